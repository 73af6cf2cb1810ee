"""Limits: what an area, a larger area or a pool of areas must have at least, or at most.

Each has a name and a source, so that messages can speak of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from allocator.model.problem import Place
from allocator.words.text import LocalText


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on the sum of some areas in one stream."""

    name: str  # what messages call it; unique
    source: LocalText  # who set it, and where it stands
    stream: str  # a whole, a part or a rest
    areas: tuple[str, ...]  # the code of an area of any level, or those of a pool
    at_least: int | None  # None where there is no floor
    at_most: int | None  # None where there is no cap
    nothing_or: int | None = None  # nothing at all, or at least so many
    per_1000: str = ""  # the indicator of which it was so many per 1,000, or ""
    of_rule: bool = False  # whether the rule sets it, and not the instance

    @property
    def node(self) -> str:
        """The area, or the pool under a code of its own."""
        return self.areas[0] if len(self.areas) == 1 else f"pool:{self.name}"


@dataclass(frozen=True, slots=True)
class LimitAsked:
    """A limit as a rule or an instance writes it, before it is put on areas."""

    name: str
    source: LocalText
    stream: str
    areas: tuple[str, ...]  # codes; none where it is on each area of a level
    each: str  # the level, or ""
    at_least: int | None
    at_most: int | None
    nothing_or: int | None
    per_1000: str  # the indicator of which the numbers are so many per 1,000, or ""
    place: Place
    of_rule: bool = False  # whether the rule sets it, and not the instance
