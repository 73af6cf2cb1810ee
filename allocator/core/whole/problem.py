"""The question: exact quotas per leaf area and part, in one tree of areas.

A `Problem` also knows what follows from it without any solving: the common denominator, every sum,
and the floor and ceiling that each sum may become.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from math import lcm

from allocator.core.whole.cost import METHODS

Cell = tuple[str, str]
"""A leaf area and a part."""
Sum = tuple[str, str | None]
"""An area and a part, or None for the whole; a cell is the sum of a leaf and a part."""
Limits = tuple[int | None, int | None]


class Refused(ValueError):
    """The problem cannot be solved as put; the message says why, in the reader's names."""


@dataclass(frozen=True)
class Problem:
    """Quotas that are to become whole numbers, adding up at every level and for every part."""

    parents: Mapping[str, str | None]
    """Every area's parent, None for the root; its order is the order of areas in ties."""
    parts: tuple[str, ...]
    """The disjoint parts that together are the whole; their order counts in ties."""
    quotas: Mapping[Cell, Fraction]
    """The exact quota, or fair share under limits, of every leaf and part."""
    method: str = "largest-remainder"
    """Who goes up between floor and ceiling: see `allocator.core.whole.cost`."""
    limits: Mapping[Sum, Limits] = field(default_factory=dict)
    """Whole lower and upper limits inside floor and ceiling, None where there is none."""

    def __post_init__(self) -> None:
        wrong = [f"unknown method {self.method!r}"] if self.method not in METHODS else []
        roots = [area for area, parent in self.parents.items() if parent is None]
        if len(roots) != 1:
            wrong.append(f"one area must be the root, found {len(roots)}: {roots[:5]}")
        wrong += [
            f"{area}: its parent {parent} is not among the areas"
            for area, parent in self.parents.items()
            if parent is not None and parent not in self.parents
        ]
        if len(set(self.parts)) != len(self.parts) or not self.parts:
            wrong.append(f"the parts must be one or more different names, found {self.parts}")
        if not wrong:
            wrong += self._wrong_quotas()
        if wrong:
            raise Refused("; ".join(wrong))

    def _wrong_quotas(self) -> list[str]:
        wrong = []
        if len(self.upward) != len(self.parents):
            lost = sorted(set(self.parents) - set(self.upward))
            wrong.append(f"areas in a circle, not under the root: {', '.join(lost[:5])}")
        expected = {(leaf, part) for leaf in self.leaves for part in self.parts}
        for cell in sorted(expected ^ self.quotas.keys())[:5]:
            wrong.append(f"{cell}: " + ("no quota" if cell in expected else "no such cell"))
        wrong += [f"{cell}: quota {q} below 0" for cell, q in self.quotas.items() if q < 0]
        wrong += [
            f"{key}: no such sum to limit"
            for key in self.limits
            if key[0] not in self.parents or key[1] not in (*self.parts, None)
        ]
        return wrong

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """The areas right under each inner area."""
        found: dict[str, list[str]] = {}
        for area, parent in self.parents.items():
            if parent is not None:
                found.setdefault(parent, []).append(area)
        return found

    @cached_property
    def upward(self) -> tuple[str, ...]:
        """All areas, each after those under it; the root comes last."""
        found = [area for area, parent in self.parents.items() if parent is None]
        for area in found:  # grows while it is walked
            found.extend(self.children.get(area, ()))
        return tuple(reversed(found))

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The areas that have none under them, in the given order."""
        return tuple(area for area in self.parents if area not in self.children)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every leaf and part, in the order that decides ties."""
        return tuple((leaf, part) for leaf in self.leaves for part in self.parts)

    @cached_property
    def unit(self) -> int:
        """The common denominator of all quotas."""
        return lcm(*{quota.denominator for quota in self.quotas.values()})

    @cached_property
    def shares(self) -> dict[Sum, int]:
        """The quota of every sum, as a whole number of 1/unit."""
        unit = self.unit
        whole = {c: q.numerator * (unit // q.denominator) for c, q in self.quotas.items()}
        return self.sums(whole)

    @cached_property
    def bounds(self) -> dict[Sum, tuple[int, int]]:
        """The least and the largest whole number that every sum may become."""
        unit = self.unit
        found = {key: (q // unit, -(-q // unit)) for key, q in self.shares.items()}
        for key, (low, high) in self.limits.items():
            floor, ceiling = found[key]
            least = floor if low is None else max(low, floor)
            most = ceiling if high is None else min(high, ceiling)
            if least > most:
                raise Refused(
                    f"{name_of(key)}: limits {low} to {high} leave no room between "
                    f"floor {floor} and ceiling {ceiling} of its share"
                )
            found[key] = (least, most)
        return found

    def sums(self, numbers: Mapping[Cell, int]) -> dict[Sum, int]:
        """Every area's sum for each part and the whole."""
        found: dict[Sum, int] = dict.fromkeys(
            ((area, part) for area in self.upward for part in (*self.parts, None)), 0
        )
        for cell, number in numbers.items():
            found[cell] = number
        for area in self.upward:
            parent = self.parents[area]
            whole = 0
            for part in self.parts:
                number = found[area, part]
                whole += number
                if parent is not None:
                    found[parent, part] += number
            found[area, None] = whole
        return found

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the question: a lot that was drawn for it names this."""
        cells = [f"{leaf}|{part}|{self.quotas[leaf, part]}" for leaf, part in self.cells]
        limits = [f"{key}|{self.limits[key]}" for key in sorted(self.limits, key=str)]
        lines = [self.method, *self.parts, *map(str, self.parents.items()), *cells, *limits]
        return sha256("\n".join(lines).encode()).hexdigest()


def name_of(key: Sum) -> str:
    """A sum in words.

    >>> name_of(("Zeeland", "minors")), name_of(("Zeeland", None))
    ('minors in Zeeland', 'the whole of Zeeland')
    """
    area, part = key
    return f"the whole of {area}" if part is None else f"{part} in {area}"
