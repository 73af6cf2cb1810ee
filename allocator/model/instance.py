"""Instances: a rule, national totals and figures of one period, and the table as published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from allocator.model.areas import Division
from allocator.model.balances import Balances
from allocator.model.half_year import HalfYear
from allocator.model.indicator import Indicator, Uncertain
from allocator.model.limits import Limit
from allocator.model.plan import PlanAsked
from allocator.model.rule import Rule
from allocator.model.streams import Streams
from allocator.words.text import LocalText, Text


class Quantity(StrEnum):
    """What a published number counts."""

    NUMBER = "number"  # the number the rule gives
    CORRECTED = "corrected"  # that number with the backlog or head start in it


@dataclass(frozen=True, slots=True)
class Total:
    """A national number to be divided."""

    stream: str
    number: int
    source: LocalText  # who announced it, where
    announced: date | None  # when, where that is known


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One number of a published table."""

    code: str
    stream: str
    number: int
    quantity: Quantity
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it was published, whole or in part."""

    source: LocalText
    rows: tuple[PublishedRow, ...]


@dataclass(frozen=True, repr=False)
class Instance:
    """Everything that one distribution starts from."""

    name: str
    title: LocalText
    day: date  # the first day of the period it is for
    period: str  # the period as people name it
    rule: Rule
    streams: Streams
    totals: Mapping[str, Total]
    division: Division
    indicators: Mapping[str, Indicator]
    published: Published | None
    limits: tuple[Limit, ...]  # the rule's and its own
    notes: tuple[LocalText, ...]  # what a reader should know about these figures
    revision_of: str  # the instance whose total this one replaces, or ""
    changed: tuple[Text, ...]  # what was asked otherwise than its file does
    uncertain: Mapping[str, Uncertain]  # per indicator that is known only roughly
    balances: Balances  # what the period begins with, and what is done in it
    existing: Mapping[str, str]  # per stream the indicator that counts what is there already
    plan: PlanAsked | None  # what a provincial board plans with
    file: str  # its instance.yaml

    def repeats_total(self, row: PublishedRow) -> bool:
        """Whether a published row is the national number that is divided, and no outcome."""
        total = self.totals.get(row.stream)
        root = self.division.root.code
        return row.code == root and total is not None and row.number == total.number

    @property
    def half_year(self) -> HalfYear | None:
        """The period, where it is a half-year."""
        return HalfYear.read(self.period)

    @property
    def country(self) -> str:
        return self.name.partition("/")[0]

    def __repr__(self) -> str:
        totals = ", ".join(f"{total.number} {name}" for name, total in self.totals.items())
        leaves = len(self.division.leaves)
        return f"<Instance {self.name}: {totals} over {leaves} areas by {self.rule.version}>"
