"""Whether areas with a higher figure of some kind have more per inhabitant.

It is Pearson's correlation over areas, each counted once; exact but for the last root.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from allocator.comparison.fairness.numerators import numerators
from allocator.comparison.fairness.placed import placed

#: Decimals of r.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Correlation:
    """How closely two figures of areas go together on a straight line."""

    sign: int  # 1: both rise together; −1: one falls where the other rises; 0: neither
    r_squared: Fraction  # exact; 1 is a straight line

    @property
    def r(self) -> Fraction:
        """From −1 to 1, rounded to six decimals by a root in whole numbers; halves away from 0.

        The root of 49/52 is 0.97072534…: twice a million of these is 1,941,450 and some, of which
        the half, rounded, is 970,725.

        >>> Correlation(1, Fraction(49, 52)).r
        Fraction(38829, 40000)
        >>> float(_)
        0.970725
        """
        doubled = isqrt(int(self.r_squared * (2 * 10**DECIMALS) ** 2))
        return Fraction(self.sign * ((doubled + 1) // 2), 10**DECIMALS)


def correlation(
    numbers: Mapping[str, int],
    inhabitants: Mapping[str, Fraction],
    values: Mapping[str, Fraction],
) -> Correlation | None:
    """Pearson's r between the number per 1,000 inhabitants and an indicator's values.

    `r = Σ (x_i − x̄)(y_i − ȳ) / √(Σ (x_i − x̄)² × Σ (y_i − ȳ)²)`; None where one of the two does not
    vary. 0.5, 1 and 1.2 per 1,000 beside 1, 2 and 3: from their means they are −0.4, 0.1, 0.3 and
    −1, 0, 1, so that r² = 0.7² / (0.26 × 2) = 49/52.

    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> values = {"a": Fraction(1), "b": Fraction(2), "c": Fraction(3)}
    >>> correlation({"a": 10, "b": 30, "c": 60}, lived, values)
    Correlation(sign=1, r_squared=Fraction(49, 52))
    """
    per_thousand = placed(numbers, inhabitants).per_thousand
    missing = [code for code in per_thousand if code not in values]
    if missing:
        raise ValueError(f"there is no value for {', '.join(missing)}")
    x = _from_the_mean(numerators(per_thousand.values()))
    y = _from_the_mean(numerators(values[code] for code in per_thousand))
    squares = sum(a * a for a in x) * sum(b * b for b in y)
    if not squares:
        return None
    both = sum(a * b for a, b in zip(x, y, strict=True))
    return Correlation((both > 0) - (both < 0), Fraction(both * both, squares))


def _from_the_mean(numbers: list[int]) -> list[int]:
    """How far each lies from the mean, times how many there are: a common factor changes no r.

    >>> _from_the_mean([1, 2, 6])
    [-6, -3, 9]
    """
    total = sum(numbers)
    return [len(numbers) * number - total for number in numbers]
