"""A number over the half-years, in force and as first announced, with what was published of it.

What the record leaves open stays open: a half-year without a number is a gap, never a 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from allocator.core.distribute import distribute
from allocator.model.areas import Area, Division
from allocator.model.balances import Cell
from allocator.model.distribution import Distribution
from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance, Quantity
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.record import Figure, Range, Record
from allocator.model.rule import Rounding
from allocator.periods.account import Line
from allocator.periods.notice import Announced, dates
from allocator.periods.record import Checked, Figures, Finding, checked
from allocator.periods.revision import revise
from allocator.words.text import LocalText, Text, text
from allocator.words.text import series as listed

#: The numbers of an entry, in the order of a table.
COLUMNS = (
    *("announced", "in_force", "adds_up_to", "published"),
    *("opening", "corrected", "realised", "closing"),
)


class Basis(StrEnum):
    """What a number rests on, where it was not published itself."""

    COMPUTED = "computed"  # by the rule, or from the numbers beside it
    IMPLIED = "implied"  # by other published numbers
    RESTING = "implied-by-computed"  # by a published number and a computed one


@dataclass(frozen=True, slots=True)
class Entry:
    """One half-year; what is not known is None."""

    period: HalfYear
    announced: int | None = None  # the number as first announced
    in_force: int | None = None  # the number that holds
    adds_up_to: int | None = None  # what the rule's rounding makes of it over all areas
    published: int | None = None  # what was published of the outcome of the rule
    opening: int | None = None
    corrected: int | None = None  # the number with the opening balance in it
    realised: int | None = None
    closing: int | None = None
    basis: Mapping[str, Basis] = field(default_factory=dict)  # per column that is not published
    note: Text | None = None  # what the numbers are of, where that is not plain

    @classmethod
    def of(
        cls,
        period: HalfYear,
        numbers: Mapping[str, int],
        basis: Mapping[str, Basis],
        note: Text | None = None,
    ) -> Entry:
        """A half-year from its numbers by column."""
        return cls(
            period,
            announced=numbers.get("announced"),
            in_force=numbers.get("in_force"),
            adds_up_to=numbers.get("adds_up_to"),
            published=numbers.get("published"),
            opening=numbers.get("opening"),
            corrected=numbers.get("corrected"),
            realised=numbers.get("realised"),
            closing=numbers.get("closing"),
            basis=basis,
            note=note,
        )

    def number(self, column: str) -> int | None:
        found: int | None = getattr(self, column)
        return found


@dataclass(frozen=True)
class Numbers:
    """The instances of one half-year, each of which replaces the one before it."""

    steps: tuple[Instance, ...]

    @property
    def first(self) -> Instance:
        return self.steps[0]

    @property
    def in_force(self) -> Instance:
        return self.steps[-1]

    @cached_property
    def announced(self) -> Distribution:
        """The table as first announced."""
        return distribute(self.first)

    @cached_property
    def holding(self) -> Distribution:
        """The table in force; rounded together, a revision crosses no earlier number."""
        if self.in_force is self.first:
            return self.announced
        if self.in_force.rule.choice.rounding is not Rounding.CONSISTENT:
            return distribute(self.in_force)
        known = replace(self.first, balances=self.in_force.balances)
        original = replace(self.announced, instance=known)
        found: Distribution | None = None
        for step in self.steps[1:]:
            found = revise(original, step.totals, found).revised
        return original if found is None else found


@dataclass(frozen=True)
class Series:
    """A row of half-years, with what was found about them."""

    record: Record
    area: Area  # the whole country, or one area
    entries: tuple[Entry, ...]
    gaps: tuple[HalfYear, ...]  # half-years of which no number is known
    findings: tuple[Finding, ...] = ()
    announced: tuple[Announced, ...] = ()
    notes: tuple[Text | LocalText, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """A record with the instances it goes with, from a first to a last half-year."""

    record: Record
    numbers: Mapping[HalfYear, Numbers]
    first: HalfYear
    last: HalfYear
    accounts: Mapping[HalfYear, Mapping[Cell, Line]] = field(default_factory=dict)
    """Of half-years that were rolled, the lines of the leaves."""

    @property
    def periods(self) -> Iterator[HalfYear]:
        half = self.first
        while half <= self.last:
            yield half
            half = half.next

    @property
    def gaps(self) -> tuple[HalfYear, ...]:
        return tuple(half for half in self.periods if half not in self.numbers)

    @property
    def divisions(self) -> Iterator[Division]:
        """The maps on which an area may be looked up: the last within the range, and so on back."""
        inside = [half for half in self.numbers if self.first <= half <= self.last]
        outside = [half for half in self.numbers if half not in inside]
        for half in (*sorted(inside, reverse=True), *sorted(outside, reverse=True)):
            yield self.numbers[half].in_force.division

    @cached_property
    def checked(self) -> Checked:
        """The figures of the whole record and what came of its sums."""
        given = {half: self._given(numbers) for half, numbers in self.numbers.items()}
        return checked(self.record, given)

    def _given(self, numbers: Numbers) -> Figures:
        stream, instance = self.record.stream, numbers.in_force
        root = instance.division.root.code
        found = {
            "net": self._total(instance),
            "announced": self._total(numbers.first),
            "adds_up_to": _figure(self.of_areas(numbers.holding, (root,)), instance.rule.title),
        }
        for row in instance.published.rows if instance.published else ():
            if (row.code, row.stream, row.quantity) == (root, stream, Quantity.NUMBER):
                found["rows"] = _figure(row.number, LocalText(row.source, row.source))
        return {name: (figure,) for name, figure in found.items()}

    def _total(self, instance: Instance) -> Figure:
        total = instance.totals[self.record.stream]
        return _figure(total.number, total.source)

    def of_areas(self, table: Distribution, codes: Iterable[str]) -> int:
        """What a table gives areas together."""
        return sum(table.numbers[code, self.record.stream] for code in codes)


def _figure(number: int, source: LocalText) -> Figure:
    return Figure(Range.of(number), source)


def shelf(
    record: Record,
    instances: Iterable[Instance],
    first: HalfYear | None = None,
    last: HalfYear | None = None,
) -> Shelf:
    """The record with its instances, from a half-year to another or from end to end."""
    instances = tuple(instances)
    _refuse_equal_names(instances)
    by_half: dict[HalfYear, list[Instance]] = {}
    for instance in instances:
        if instance.half_year:
            by_half.setdefault(instance.half_year, []).append(instance)
    numbers = {half: _numbers(half, found) for half, found in sorted(by_half.items())}
    known = sorted({*numbers, *record.periods})
    ends = first or known[0], last or known[-1]
    for half, place in ((first, "--from"), (last, "--to")):
        if half and not known[0] <= half <= known[-1]:
            raise InputError(
                Problem(
                    Place(place),
                    text(
                        "{half} lies outside the record, which goes from {first} to {last}.",
                        half=str(half),
                        first=str(known[0]),
                        last=str(known[-1]),
                    ),
                    text("Ask for half-years within it."),
                )
            )
    if ends[0] > ends[1]:
        raise InputError(
            Problem(
                Place("--from"),
                text("{first} comes after {last}.", first=str(ends[0]), last=str(ends[1])),
                text("Exchange the two."),
            )
        )
    return Shelf(record, numbers, *ends)


def _refuse_equal_names(instances: Iterable[Instance]) -> None:
    """Which instance replaces which is said by their names."""
    problems = Problems()
    seen: dict[str, Instance] = {}
    for instance in instances:
        other = seen.setdefault(instance.name, instance)
        if other is not instance:
            problems.add(
                Place(instance.file),
                text(
                    "The instance of {file} is named {name} too.", file=other.file, name=other.name
                ),
                text("Give each a name of its own under `instance:`."),
            )
    problems.raise_any()


def _numbers(half: HalfYear, instances: list[Instance]) -> Numbers:
    """From the one that replaces none before it to the one that no other replaces."""
    by_name = {instance.name: instance for instance in instances}
    replaced = {instance.revision_of for instance in instances}
    steps = [instance for instance in instances if instance.name not in replaced][:1]
    while steps and steps[0].revision_of in by_name and len(steps) <= len(instances):
        steps.insert(0, by_name[steps[0].revision_of])
    if len(steps) != len(instances):  # one more where some replace each other
        raise InputError(
            Problem(
                Place(instances[0].file),
                text(
                    "Which number of {period} is in force cannot be seen: {names}.",
                    period=str(half),
                    names=listed(list(by_name)),
                ),
                text("Say `revision_of:` in those that replace another, one after the other."),
            )
        )
    return Numbers(tuple(steps))


def national(kept: Shelf) -> Series:
    """The series of the whole country, with every sum of the record and every known date."""
    entries = [_national(kept, half) for half in kept.periods]
    last = kept.numbers[max(kept.numbers)].in_force
    return Series(
        record=kept.record,
        area=last.division.root,
        entries=tuple(entries),
        gaps=kept.gaps,
        findings=tuple(f for f in kept.checked.findings if kept.first <= f.period <= kept.last),
        announced=tuple(found for half in kept.periods for found in _dates(kept, half)),
        notes=(*_notes(kept), *kept.record.notes),
    )


def _notes(kept: Shelf) -> Iterator[Text]:
    for half in kept.periods:
        for note in kept.record.of(half).notes:
            yield text("{period}: {note}", period=str(half), note=note)


def _dates(kept: Shelf, half: HalfYear) -> Iterator[Announced]:
    if half in kept.numbers:
        numbers, known = kept.numbers[half], kept.record.of(half).announced
        yield from dates(half, numbers.first, numbers.in_force, kept.record.stream, known)


#: Which figure stands in which column, where one was published or is implied.
_FIGURES = {
    "announced": "announced",
    "in_force": "net",
    "adds_up_to": "adds_up_to",
    "published": "rows",
    "opening": "opening",
    "corrected": "in_all",
    "realised": "realised",
    "closing": "closing",
}
_SUMS = {
    "corrected": {"in_force": 1, "opening": 1},
    "closing": {"in_force": 1, "opening": 1, "realised": -1},
}


def _national(kept: Shelf, half: HalfYear) -> Entry:
    """One half-year: the first of several published numbers, or a sum where none was published."""
    figures = kept.checked.figures.get(half, {})
    found: dict[str, int] = {}
    basis = {"adds_up_to": Basis.COMPUTED} if "adds_up_to" in figures else {}
    for column, name in _FIGURES.items():
        figure = figures[name][0] if name in figures else None
        if figure and figure.range.whole is not None:
            found[column] = figure.range.whole
            if figure.implied:
                basis[column] = Basis.IMPLIED
    for column, parts in _SUMS.items():
        if column not in found and parts.keys() <= found.keys():
            found[column] = sum(sign * found[part] for part, sign in parts.items())
            implied = Basis.IMPLIED in {basis.get(part) for part in parts}
            basis[column] = Basis.IMPLIED if implied else Basis.COMPUTED
    return Entry.of(half, found, basis)
