"""Rules: by which key, with which rounding and on which legal ground a number is divided.

A rule is data, dated by the day from which it holds. What the law leaves open is recorded in it as
a gap, and shown with the numbers that rest on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from allocator.model.limits import LimitAsked
from allocator.model.plan import PlanRule
from allocator.model.problem import Place
from allocator.model.streams import KeyText, Streams
from allocator.words.text import LocalText


class Rounding(StrEnum):
    """How a quota becomes a whole number."""

    UP = "up"  # to the next whole number
    HALF_UP = "half-up"  # to the nearest, a half upward
    HALF_EVEN = "half-even"  # to the nearest, a half to the even one
    DOWN = "down"  # to the whole number below
    CONSISTENT = "consistent"  # all areas together, so that every level adds up
    TEXTBOOK = "textbook"  # one stream over the leaves, by the method alone


class Method(StrEnum):
    """Who goes up where areas are rounded together."""

    LARGEST_REMAINDER = "largest-remainder"
    WEBSTER = "webster"
    ADAMS = "adams"
    JEFFERSON = "jefferson"
    HILL = "hill"
    DEAN = "dean"


@dataclass(frozen=True, slots=True)
class Lot:
    """A drawn order of tied cells, with the digest of the question it was drawn for."""

    drawn_for: str
    order: tuple[tuple[str, str], ...]  # (area, part), the first drawn first


class Crossing(StrEnum):
    """What is done with levels beside the tree that cross it."""

    REFUSED = "refused"
    REPORTED = (
        "reported"  # their sums are told where they leave the floor and ceiling of their quota
    )


class Ties(StrEnum):
    """What is done where the mathematics ties."""

    ORDER = "order"  # the rule's order of areas and streams decides
    REFUSE = "refuse"  # stop and say what is to be drawn


@dataclass(frozen=True, slots=True)
class Choice:
    """How quotas become whole numbers."""

    rounding: Rounding
    method: Method = Method.LARGEST_REMAINDER
    ties: Ties | tuple[Lot, ...] = Ties.ORDER  # lots: one per whole that ties
    fixed: tuple[str, ...] = ()  # levels whose areas keep their own share under limits


class YearAsked(StrEnum):
    """Of which year the rule wants an indicator."""

    PREVIOUS = "previous"  # the calendar year before that of the period's first day
    LATEST = "latest"  # the most recent; never later than the period's first day
    ANY = "any"  # the rule does not say


class Mergers(StrEnum):
    """How figures of an earlier division reach that of the period's first day."""

    BY_PERSONS = "by-persons"  # in proportion to the persons who moved
    DECIDED = "decided"  # an authority fixed them: they must be given in the right division


class Direction(StrEnum):
    """Whether sums follow from the leaves, or the leaves from the sums."""

    BOTTOM_UP = "bottom-up"  # every leaf straight from the national total
    TOP_DOWN = "top-down"  # level by level, each with a key of its own


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An article, or the proposal or practice, that a part of the rule carries out."""

    act: str  # the act's number in the register of legislation, or the proposal's name
    article: str  # "29(1)", or ""
    title: LocalText  # the act's name
    says: LocalText  # what it lays down, in one sentence


@dataclass(frozen=True, slots=True)
class Symbol:
    """A sign in the law's formula, and what it is here."""

    sign: str  # as the law prints it
    means: LocalText  # what it stands for
    is_: KeyText  # `total`, `weight`, `weights`, or a formula over indicators


@dataclass(frozen=True, slots=True)
class LawFormula:
    """The formula as the law writes it, to be shown beside the numbers."""

    lines: tuple[str, ...]
    symbols: tuple[Symbol, ...]


class AfterKind(StrEnum):
    """What is done with weights after the key, where a formula cannot say it."""

    POSITIVE = "positive"  # a weight below 0 becomes 0
    EXEMPT = "exempt"  # an area that reaches a bound has no weight
    CAPPED = "capped"  # a weight stays between bounds
    RESCALE = "rescale"  # weights are divided by their sum


@dataclass(frozen=True, slots=True)
class After:
    """One step after the key."""

    kind: AfterKind
    of: KeyText | None  # of an exemption: what is held against its bound
    least: KeyText | None  # the bound of an exemption, or the lowest that a weight may be
    most: KeyText | None  # the highest that a weight may be
    article: str  # where the law says so, or ""
    says: LocalText  # what is done, in words

    @property
    def keys(self) -> tuple[KeyText, ...]:
        """Its formulas."""
        return tuple(key for key in (self.of, self.least, self.most) if key)


@dataclass(frozen=True)
class Step:
    """One step downward: the areas of a level share what stands above them."""

    level: str  # the level that shares, or "" for the leaves
    key: KeyText  # by which formula
    own: tuple[tuple[str, KeyText], ...] = ()  # the streams that have another key at this step
    by: Rule | None = None  # instead of a key: the rule whose numbers the areas of the level keep


#: The key of a step in which areas keep the numbers that another rule gives them.
NO_KEY = KeyText("", Place(""))


@dataclass(frozen=True, slots=True)
class RealisedKind:
    """A way in which a person is housed or a place realised."""

    name: str  # its name in files
    title: LocalText  # its name for readers
    counts: bool  # whether it counts toward the number


@dataclass(frozen=True, slots=True)
class Progress:
    """From which part of the norm on an area is on schedule, or only slightly behind."""

    on_schedule: Fraction
    slightly_behind: Fraction
    source: LocalText


OWN_BOUNDS = Progress(
    Fraction(1),
    Fraction(9, 10),
    LocalText("eigen grenzen van dit programma", "bounds of this program's own"),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """How long before the period the number must be published."""

    weeks: int
    article: str  # where the law says so


@dataclass(frozen=True, slots=True)
class IndicatorAsked:
    """What the rule asks of an indicator."""

    year: YearAsked
    mergers: Mergers
    article: str  # where the law says so, or ""


@dataclass(frozen=True)
class Rule:
    """How a number is divided, from a day on."""

    name: str  # "nl/housing-target"
    valid_from: date  # the first day on which it holds
    valid_until: date | None  # the last day, where it has one that is known
    checked_on: date  # when the file was last checked against its source
    title: LocalText
    legal_basis: tuple[LegalBasis, ...]
    streams: Streams | None  # None: whatever streams the instance names
    indicators: Mapping[str, IndicatorAsked]  # those of which the rule asks more than a figure
    steps: tuple[Step, ...]
    after: tuple[After, ...]  # what is done after the key of the last step, in this order
    direction: Direction
    choice: Choice  # how quotas become whole numbers
    ties: tuple[str, ...]  # what orders areas that tie: `code`, or an indicator, the larger first
    crossing: Crossing  # what is done with levels that cross the tree
    limits: tuple[LimitAsked, ...]
    formula: LawFormula | None  # the law's own writing
    realised: tuple[RealisedKind, ...]  # what may count toward the numbers of a period
    progress: Progress  # how areas are told apart within a period
    notice: Notice | None  # None where the rule asks for none
    plan: PlanRule | None  # None where it lays down nothing for plans
    gaps: tuple[LocalText, ...]  # what the law or the record leaves open
    file: str  # where it was read

    @property
    def keys(self) -> Iterator[KeyText]:
        """Every formula that numbers follow from, those of a rule inside it included."""
        for step in self.steps:
            if step.by is None:
                yield step.key
                yield from (key for _, key in step.own)
            else:
                yield from step.by.keys
        for stream in self.streams.all if self.streams else ():
            if stream.key:
                yield stream.key
        for after in self.after:
            yield from after.keys

    @property
    def version(self) -> str:
        """Name and date, as they are typed to ask for exactly this version."""
        return f"{self.name}@{self.valid_from.isoformat()}"
