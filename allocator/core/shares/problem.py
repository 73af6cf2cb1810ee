"""The question and the answer: quotas, fixed totals and limits; shares, shortfalls and levels.

A cell is a leaf area and a part of a whole (Middelburg, minors). A total is a sum that is fixed
and may only be missed when the limits leave no room; a limit is a sum that is never broken.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.exact import added
from allocator.model.proof import Cell, Level, Shortfall, Signed, Stage
from allocator.model.proof import FairShares as Shares

__all__ = [
    "Cell",
    "Level",
    "Limit",
    "Problem",
    "Shares",
    "Shortfall",
    "Signed",
    "Stage",
    "Total",
    "added",
]

Number = int | Fraction


@dataclass(frozen=True)
class Limit:
    """A floor, a cap, or both, on the sum of some cells."""

    name: str
    """What messages call it; unique among limits and totals."""
    source: str
    """Who set it and where it stands."""
    cells: frozenset[Cell]
    """The cells whose sum is limited."""
    low: Number | None = None
    """The sum is at least this; None when there is no floor."""
    high: Number | None = None
    """The sum is at most this; None when there is no cap."""


@dataclass(frozen=True)
class Total:
    """A fixed sum: the national number of a part, or a province's number."""

    name: str
    """What messages call it; unique among limits and totals."""
    source: str
    """Who set it and where it stands."""
    cells: frozenset[Cell]
    """The cells that add to the number."""
    number: Number
    """The sum. Less is placed only where the limits leave no room, never more."""


@dataclass(frozen=True)
class Problem:
    """Quotas to keep as close to as the totals and limits allow."""

    quotas: Mapping[Cell, Fraction]
    """Every cell's quota, in the order in which results list the cells."""
    totals: tuple[Total, ...]
    """The fixed sums; each cell lies in the national total of its part."""
    limits: tuple[Limit, ...] = ()
    """The limits; sums inside one part nest, sums over several parts nest."""

    def __post_init__(self) -> None:
        """Find every slip of the caller in one go."""
        sums: tuple[Limit | Total, ...] = (*self.totals, *self.limits)
        names = Counter(each.name for each in sums)
        slips = [f"the name {name!r} is used {n} times" for name, n in names.items() if n > 1]
        slips += [f"the quota of {cell} is below 0" for cell, q in self.quotas.items() if q < 0]
        slips += [
            f"{each.name!r} has the cell {cell}, which has no quota"
            for each in sums
            for cell in sorted(each.cells - self.quotas.keys())
        ]
        slips += [f"{each.name!r} has no cells" for each in sums if not each.cells]
        slips += [f"{total.name!r} is below 0" for total in self.totals if total.number < 0]
        covered = {c for total in self.totals if single_part(total.cells) for c in total.cells}
        slips += [f"no total of one part holds {c}" for c in self.quotas if c not in covered]
        slips += [f"the totals inside {name} leave cells out" for name in self._with_gaps()]
        if slips:
            raise ValueError("; ".join(slips))

    def _with_gaps(self) -> list[str]:
        """Totals that are divided into totals, but not wholly: then a shortfall has no place."""
        everything = frozenset(self.quotas)
        found = []
        for within_part in (True, False):
            family = [t for t in self.totals if single_part(t.cells) == within_part]
            around = [(repr(t.name), t.cells) for t in family]
            for name, cells in around if within_part else [*around, ("the whole", everything)]:
                inside = {c for t in family if t.cells < cells for c in t.cells}
                if inside and inside != cells:
                    found.append(name)
        return found


def single_part(cells: frozenset[Cell]) -> bool:
    """Whether a sum stays inside one part.

    >>> single_part(frozenset({("Goes", "minors"), ("Tholen", "minors")}))
    True
    """
    return len({part for _, part in cells}) == 1


def shortfall_weights(problem: Problem) -> dict[frozenset[str], Fraction]:
    """In which units what is missing where totals meet is compared: the quota of the cells there.

    Where the quota is 0, it is the smallest of the totals.
    """
    numbers = {total.name: Fraction(total.number) for total in problem.totals}
    sharing: dict[frozenset[str], list[Fraction]] = {}
    for cell, names in meeting_totals(problem).items():
        sharing.setdefault(names, []).append(problem.quotas[cell])
    return {
        names: added(quotas) or min(numbers[name] for name in names)
        for names, quotas in sharing.items()
    }


def meeting_totals(problem: Problem) -> dict[Cell, frozenset[str]]:
    """The totals in which each cell lies: cells that share them share their shortfall."""
    found: dict[Cell, set[str]] = {cell: set() for cell in problem.quotas}
    for total in problem.totals:
        for cell in total.cells:
            found[cell].add(total.name)
    return {cell: frozenset(names) for cell, names in found.items()}
