"""An instance as it might have been: figures of other years, maps of other days, other keys.

What cannot be made, such as a rate on the map of another day, is told with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from math import prod
from pathlib import Path
from typing import TypeVar

from allocator.key.formula import indicators as named_in
from allocator.key.formula import names_total
from allocator.key.reader import read_key
from allocator.model.indicator import Indicator
from allocator.model.instance import Instance
from allocator.model.mergers import Change, between
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import Rule
from allocator.model.streams import KeyText
from allocator.reading.country.areas import Map
from allocator.reading.country.tables import changes_of, years_of
from allocator.reading.instances.opened import Opened, opened
from allocator.reading.instances.parts.areas import Ground, map_on
from allocator.reading.instances.parts.indicators import read_indicator
from allocator.reading.instances.parts.sources import NOTHING_ASKED, source_of
from allocator.reading.rules import read_rule, rule_names, versions
from allocator.words.text import Text, series, text

#: With more combinations of years than this, one indicator's year is changed at a time.
MOST_TOGETHER = 100

T = TypeVar("T")


@dataclass(frozen=True)
class Variants:
    """Everything that the instance's table may have been made from."""

    instances: tuple[Instance, ...]  # first the instance as it is
    rules: tuple[Rule, ...]  # first its own; of the others those whose keys have their figures
    not_tried: tuple[tuple[Text, Text], ...]  # what could not be made, and why


def variants(asked: str | Path, own: Instance) -> Variants:
    """What an instance, asked for by name or folder and loaded, may have been made from.

    Years and maps go up to the year of the period's first day; a rule's wish for a year is not
    looked at.
    """
    search = _Search(opened(asked), own)
    rules = tuple(search.rules())
    return Variants(tuple(search.instances(rules)), rules, tuple(search.not_tried))


@dataclass
class _Search:
    opened: Opened
    own: Instance
    not_tried: list[tuple[Text, Text]] = field(default_factory=list)

    def rules(self) -> Iterator[Rule]:
        """The instance's own rule, then every other version in its country's rule book."""
        reason = _not_by_key_alone(self.own.rule)
        own_keys = [stream.key for stream in self.own.streams.all if stream.key]
        if any(names_total(read_key(key.written, key.place)) for key in own_keys):
            reason = reason or text("The key depends on the total.")
        if reason:
            raise InputError(
                Problem(
                    Place(self.own.file),
                    reason,
                    text("Ask this of a table whose rule has only a key."),
                )
            )
        yield self.own.rule
        for name in rule_names():
            if name.startswith(f"{self.own.country}/"):
                for path in versions(name).values():
                    rule = read_rule(path)
                    if rule.version != self.own.rule.version and self._can_be_tried(rule):
                        yield rule

    def _can_be_tried(self, rule: Rule) -> bool:
        reason = _not_by_key_alone(rule)
        if reason:
            self._refuse(text("the key of {rule}", rule=rule.version), reason)
        return reason is None and self._has_figures(rule)

    def _has_figures(self, rule: Rule) -> bool:
        lacking = sorted(_used(rule) - self.own.indicators.keys())
        if lacking:
            what = text("the key of {rule} ({names})", rule=rule.version, names=", ".join(lacking))
            self._refuse(what, text("The instance has no figures of these names."))
        return not lacking

    def instances(self, rules: Sequence[Rule]) -> Iterator[Instance]:
        """The instance as it is, then with figures of other years and maps of other days."""
        yield self.own
        used = {name for rule in rules for name in _used(rule)}
        used |= {name for stream in self.own.streams.all for name in _named_in(stream.key)}
        years = {name: self._years(name, name in used) for name in self.own.indicators}
        own_years = {name: figures.year for name, figures in self.own.indicators.items()}
        changes = changes_of(self.own.country, Problems())
        chosen = self._together(years, own_years)
        for day in self._days():
            map_ = self._map_on(day, changes)
            if map_ is None:
                continue
            figures = self._figures(years, map_, changes)
            for of_years in chosen:
                own_map = day == self.own.division.day
                if all(each in figures for each in of_years.items()) and not (
                    own_map and of_years == own_years
                ):
                    yield replace(
                        self.own,
                        division=map_.division,
                        indicators={each[0]: figures[each] for each in of_years.items()},
                    )

    def _years(self, name: str, used: bool) -> list[int]:
        """The years of an indicator that can be tried."""
        shape = self.opened.shape.indicators[name]
        if not used:
            return [shape.year]
        if shape.file:
            what = text("other years of {name}", name=f"'{name}'")
            self._refuse(what, text("Its figures stand in a file of one year."))
            return [shape.year]
        return [
            year
            for year in years_of(self.own.country, shape.table)
            if year <= self.own.day.year or year == shape.year
        ]

    def _together(
        self, years: Mapping[str, list[int]], own: Mapping[str, int]
    ) -> list[dict[str, int]]:
        """Every combination of years; where these are too many, those with one year changed."""
        if prod(len(each) for each in years.values()) <= MOST_TOGETHER:
            return [dict(zip(years, chosen, strict=True)) for chosen in product(*years.values())]
        self._refuse(
            text("every combination of years of {names}", names=series(list(years))),
            text("They are too many, so one year was changed at a time."),
        )
        changed = [
            {**own, name: year} for name in years for year in years[name] if year != own[name]
        ]
        return [dict(own), *changed]

    def _days(self) -> list[date]:
        """The instance's own day, then 1 January of every year up to it."""
        own = self.own.division.day
        table = self.opened.shape.areas.table
        if not table:
            self._refuse(text("maps of other days"), text("The areas stand in a file of one day."))
            return [own]
        years = [year for year in years_of(self.own.country, table) if year <= own.year]
        return [own, *(day for day in (date(year, 1, 1) for year in years) if day != own)]

    def _map_on(self, day: date, changes: tuple[Change, ...]) -> Map | None:
        """The map of a day, if it has every area that the published table names."""
        what = text("the map of {day}", day=day)
        found = self._made(
            what, lambda problems: map_on(replace(self.opened, problems=problems), day, changes)
        )
        if found is None:
            return None
        rows = self.own.published.rows if self.own.published else ()
        missing = [row.code for row in rows if row.code not in found.division.by_code]
        if missing:
            names = self.own.division.by_code
            self._refuse(
                what,
                text(
                    "It has no {areas}, which the published table names.",
                    areas=series([names[code].name for code in dict.fromkeys(missing)], 3),
                ),
            )
            return None
        return found

    def _figures(
        self, years: Mapping[str, list[int]], map_: Map, changes: tuple[Change, ...]
    ) -> dict[tuple[str, int], Indicator]:
        """Every indicator of every year that can be brought to a map."""
        found = {}
        for name, each in years.items():
            for year in each:
                what = text(
                    "{title} of {year} on the map of {day}",
                    title=self.own.indicators[name].title,
                    year=str(year),
                    day=map_.division.day,
                )
                figures = self._made(what, self._reader(name, year, map_, changes))
                if figures:
                    found[name, year] = figures
        return found

    def _reader(
        self, name: str, year: int, map_: Map, changes: tuple[Change, ...]
    ) -> Callable[[Problems], Indicator]:
        def read(problems: Problems) -> Indicator:
            opened = replace(self.opened, problems=problems)
            shape = opened.shape.indicators[name].model_copy(update={"year": year})
            source = source_of(name, shape, opened.folder, opened.country, opened.file)
            if source.division and between(changes, map_.division.day, source.division):
                why = text("They follow a later map, and municipalities changed in between.")
                raise InputError(Problem(source.place, why, text("Take an earlier year.")))
            return read_indicator(
                source,
                NOTHING_ASKED,
                self.own.rule,
                Ground(opened, map_, changes),
            )

        return read

    def _made(self, what: Text, make: Callable[[Problems], T | None]) -> T | None:
        """What can be made without a problem, or None with the first problem noted."""
        problems = Problems()
        with problems.collecting():
            found = make(problems)
            if not problems.found:
                return found
        self._refuse(what, problems.found[0].found)
        return None

    def _refuse(self, what: Text, why: Text) -> None:
        self.not_tried.append((what, why))


def _not_by_key_alone(rule: Rule) -> Text | None:
    """Why the numbers of a rule are not a total in proportion to weights; None where they are."""
    if rule.limits:
        return text("Limits decide as well as the key.")
    if rule.steps[0].by is not None:
        return text("It keeps the numbers of another rule.")
    if any(names_total(read_key(key.written, key.place)) for key in rule.keys):
        return text("The key depends on the total.")
    return None


def _used(rule: Rule) -> set[str]:
    """The indicators that a rule's keys name."""
    return {name for key in rule.keys for name in _named_in(key)}


def _named_in(key: KeyText | None) -> tuple[str, ...]:
    return tuple(named_in(read_key(key.written, key.place))) if key else ()
