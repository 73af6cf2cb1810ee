"""What an area brings into a half-year, what it realises in it, and what areas agreed among them.

A balance above 0 is a backlog, below 0 a head start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.model.half_year import MONTHS
from allocator.model.indicator import Quality
from allocator.model.problem import Place
from allocator.words.text import LocalText

#: A cell of a table: an area's code and a stream's name.
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures of a file come from."""

    source: LocalText
    quality: Quality


@dataclass(frozen=True, slots=True)
class Opening:
    """An area's balance at the start, as published and as computed; one of them is known.

    >>> Opening(computed=1821, published=1830).balance
    1830
    """

    computed: int | None = None  # what the half-year before left
    published: int | None = None  # what was published; it is what the area is held to
    excusable: int = 0  # how many persons of a backlog are excused
    reason: str = ""  # why
    missed: int = 0  # half-years in a row that ended in a backlog, the excused ones left out
    excused: int = 0  # half-years of that row whose whole backlog was excusable

    @property
    def balance(self) -> int:
        """The balance that counts: the published one where there is one."""
        known = self.computed if self.published is None else self.published
        return known or 0

    @property
    def difference(self) -> int | None:
        """How much more was published than computed, where both are known."""
        if self.computed is None or self.published is None:
            return None
        return self.published - self.computed


@dataclass(frozen=True, slots=True)
class Realised:
    """Persons housed, or places made, in a month or in the whole half-year."""

    code: str
    stream: str
    month: int | None  # from 1 to 6; None where only the whole half-year is known
    kind: str  # as the rule names it; "" where the rule names none
    number: int

    @property
    def by(self) -> int:
        """The month at whose end it had been realised."""
        return self.month or MONTHS


@dataclass(frozen=True, slots=True)
class Entry:
    """A joint change: some areas take over from others, and their sum stays what it was."""

    name: str
    stream: str
    changes: Mapping[str, int]  # per area what its number changes by
    swap: str  # the swap between two streams that it is half of, or ""
    rate: Fraction  # in the second half: so many for each person or place of the first; else 0
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Closed:
    """The line of an area in the account of a half-year that is over."""

    number: int
    changed: int
    opening: int
    realised: int
    closing: int


@dataclass(frozen=True)
class Before:
    """The half-year before, as it was closed."""

    instance: str
    lines: Mapping[Cell, Closed]


@dataclass(frozen=True, slots=True)
class ExtraGoal:
    """By how much all backlogs together shall fall, beyond the number of the period."""

    number: int
    source: LocalText


@dataclass(frozen=True)
class Balances:
    """Everything of a half-year that the distribution itself does not need."""

    openings: Mapping[Cell, Opening]
    opening: Origin | None  # None: no balances are known
    realised: tuple[Realised, ...]
    realising: Origin | None  # None: nothing is known of what was realised
    ledger: tuple[Entry, ...]
    agreed: Origin | None  # where the ledger comes from
    goals: Mapping[Cell, int]  # what was agreed beyond the law, in all, per area
    goal: Origin | None
    catch_up: Mapping[str, ExtraGoal]  # per stream, an extra national goal from backlogs
    carried_on: Mapping[Cell, int]  # per province what an earlier extra goal left
    before: Before | None  # None where it does not follow another


NOTHING_KNOWN = Balances({}, None, (), None, (), None, {}, None, {}, {}, None)
