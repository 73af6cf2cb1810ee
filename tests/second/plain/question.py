"""What both implementations are asked, in plain dictionaries."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Cell = tuple[str, str]
"""An area and a stream or part."""


class Refused(Exception):
    """The question has no answer by its rule."""


@dataclass(frozen=True)
class Stream:
    """Something that is divided, perhaps as a part of a whole, or as what its parts leave."""

    name: str
    part_of: str = ""
    rest_of: str = ""


@dataclass(frozen=True)
class Limit:
    """At least and at most so many of a stream in some areas together."""

    stream: str
    areas: tuple[str, ...]  # one area of any level, or several leaves
    least: int | None
    most: int | None


@dataclass(frozen=True)
class Question:
    """Leaves in provinces and rings, their figures, and a rule."""

    province_of: dict[str, str]
    ring_of: dict[str, str]  # a level beside the provinces; empty where there is none
    figures: dict[str, dict[str, Fraction]]
    keys: dict[str, str]  # per stream that has a total, by which the leaves share it
    totals: dict[str, int]
    streams: tuple[Stream, ...]
    rounding: str
    method: str = "largest-remainder"
    order: tuple[str, ...] = ("code",)  # who goes first where there is a tie
    limits: tuple[Limit, ...] = ()
    province_key: str = ""  # by which provinces share first, and leaves then inside each; or ""
    provinces_keep_theirs: bool = False  # whether limits leave each province its own share

    @property
    def names(self) -> list[str]:
        return [stream.name for stream in self.streams]

    @property
    def leaves(self) -> list[str]:
        return sorted(self.province_of)

    @property
    def tree(self) -> dict[str, list[str]]:
        """The leaves of every area of the main tree."""
        held = {leaf: [leaf] for leaf in self.leaves}
        for province in sorted(set(self.province_of.values())):
            held[province] = [leaf for leaf in self.leaves if self.province_of[leaf] == province]
        return {**held, "NL": self.leaves}

    @property
    def rings(self) -> dict[str, list[str]]:
        """The leaves of every area of the level beside the tree."""
        names = sorted(set(self.ring_of.values()))
        return {name: [x for x in self.leaves if self.ring_of[x] == name] for name in names}

    @property
    def wholes(self) -> list[str]:
        return [s.name for s in self.streams if not s.part_of and not s.rest_of]

    def parts(self, whole: str) -> list[str]:
        """The parts of a whole; what is left of it is one of them, also where it has no name."""
        inside = [s.name for s in self.streams if whole in (s.part_of, s.rest_of)]
        if not inside:
            return [whole]
        return inside if any(s.rest_of == whole for s in self.streams) else [*inside, f"-{whole}"]


@dataclass(frozen=True)
class Answer:
    """The exact share and the whole number of every area in every stream."""

    quotas: dict[Cell, Fraction]
    numbers: dict[Cell, int]
    shares: dict[Cell, Fraction] | None = None  # per leaf and part, under limits
    missing: dict[Cell, Fraction] | None = None  # per area and part what could not be placed
