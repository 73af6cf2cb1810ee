"""The seconds of repeated runs, and how a table says them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Times:
    """One number of seconds for each run."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def least(self) -> float:
        return min(self.seconds)

    @property
    def most(self) -> float:
        return max(self.seconds)

    @property
    def spread(self) -> str:
        """The fastest and the slowest.

        >>> Times((0.25, 0.2, 4.0)).spread
        '200 ms - 4.00 s'
        """
        return f"{said(self.least)} - {said(self.most)}"


def said(seconds: float) -> str:
    """Three digits at most, in the unit that suits.

    >>> said(0.00034), said(0.0123), said(0.5), said(12.345)
    ('0.34 ms', '12.3 ms', '500 ms', '12.3 s')
    """
    if seconds >= 1:
        return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"
    thousandths = 1000 * seconds
    digits = 2 if thousandths < 1 else 1 if thousandths < 100 else 0
    return f"{thousandths:.{digits}f} ms"


def ratio(own: float, peer: float) -> str:
    """How many times as long we take.

    >>> ratio(3.0, 2.0), ratio(1.0, 300.0), ratio(1.0, 0.02)
    ('1.5', '0.0033', '50')
    """
    return f"{own / peer:.2g}"
