"""What comes of a plan's question: the sites with their places, stage by stage how good that is.

A stage is one aim, and a whole number that is as small as the stages before it allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from allocator.plan.question.problem import Problem


class Aim(StrEnum):
    """What a stage keeps as small as it can."""

    PLACES = "places"  # places that the province lacks
    MINORS = "minors"  # places for minors that it lacks
    BEYOND = "beyond"  # places outside a part of the indicative numbers
    APART = "apart"  # places above or below the indicative numbers, in all
    SITES = "sites"  # new sites that are opened
    COST = "cost"  # what they cost, as far as that is known
    NAMES = "names"  # the order of names, among plans that are equally good; no number


class Stopped(StrEnum):
    """Why a search ended before everything was proven."""

    NO = ""
    TIME = "time"  # the seconds were over
    ASKED = "asked"  # somebody wanted the best so far


@dataclass(frozen=True, slots=True)
class Stage:
    """One aim, and how far it was met."""

    aim: Aim
    part: Fraction | None  # of BEYOND: beyond this part of the indicative number
    value: int  # what the plan has
    bound: int | None  # no plan has less that is as good in the stages before; None: not known
    proven: bool  # that no plan has less

    @property
    def gap(self) -> Fraction | None:
        """How much smaller the value may still get, as a part of it; None where nobody knows.

        >>> Stage(Aim.SITES, None, value=40, bound=38, proven=False).gap
        Fraction(1, 20)
        """
        if self.bound is None:
            return None
        return Fraction(self.value - self.bound, self.value) if self.value else Fraction(0)


@dataclass(frozen=True)
class Plan:
    """Which sites are opened, how large, and what municipalities then carry."""

    sizes: Mapping[str, int]  # per site, by name; 0 where it is not opened
    credits: Mapping[tuple[str, str], int]  # per shared site and municipality: its places there
    carried: Mapping[tuple[str, str], int]  # per municipality and kind: the places that count
    uncounted: Mapping[tuple[str, str], int]  # and those that are too few of their kind to count
    stages: tuple[Stage, ...]
    unique: bool  # proven: of all plans this good, the first in the order of names
    stopped: Stopped = Stopped.NO

    @property
    def opened(self) -> tuple[str, ...]:
        """The names of the sites that are opened, in order."""
        return tuple(sorted(name for name, size in self.sizes.items() if size))

    @property
    def proven(self) -> bool:
        """Whether there is no better plan and no other one that is as good and comes first."""
        return self.unique and all(stage.proven for stage in self.stages)

    @property
    def values(self) -> tuple[int, ...]:
        """The stages' numbers: plans are compared by them, the first stage first."""
        return tuple(stage.value for stage in self.stages)


@dataclass(frozen=True, slots=True)
class Apart:
    """Another plan, and in how many sites one must at least differ from it, open or not."""

    opened: frozenset[str]
    differ: int


class NoPlan(ValueError):
    """Nothing fits the wishes and bounds: they collide."""


class NothingFound(ValueError):
    """The search ended before there was any plan; there may be one."""

    def __init__(self, stopped: Stopped) -> None:
        """Keep the reason for whoever words it."""
        super().__init__(stopped.value)
        self.stopped = stopped


def aims(problem: Problem) -> tuple[tuple[Aim, Fraction | None], ...]:
    """The stages in their order, each with the part that it is about."""
    return (
        (Aim.PLACES, None),
        (Aim.MINORS, None),
        *((Aim.BEYOND, part) for part in problem.beyond),
        (Aim.APART, None),
        (Aim.SITES, None),
        (Aim.COST, None),
    )
