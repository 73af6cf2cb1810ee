"""Reads an instance: its folder, the rule in force on its day, and the shared tables it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from operator import index
from pathlib import Path

from allocator.key.evaluate import refuse_unknown
from allocator.key.formula import TOTAL
from allocator.key.formula import indicators as named_in
from allocator.key.reader import read_key
from allocator.model.areas import Division
from allocator.model.balances import NOTHING_KNOWN, Balances, Before, ExtraGoal, Origin
from allocator.model.half_year import HalfYear
from allocator.model.indicator import Indicator, Kind
from allocator.model.instance import Instance, Published, Total
from allocator.model.mergers import Change, between
from allocator.model.plan import PlanAsked
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import Rule
from allocator.model.streams import KeyText, Streams
from allocator.reading.balances.before import read_before
from allocator.reading.balances.read import FILES, read_balances
from allocator.reading.balances.rows import Frame
from allocator.reading.country.areas import (
    Map,
    build,
    read_areas,
    refuse_unknown_levels,
    without_vanished,
)
from allocator.reading.country.shelf import asked_by, figures_of, on_the_shelf
from allocator.reading.country.tables import changes_of, dialect_of, other_names_of, shared_table
from allocator.reading.downloaded.areas import Gazetteer, Known, gazetteer_of
from allocator.reading.formats.csv_table import PLAIN, Record
from allocator.reading.formats.files import inside
from allocator.reading.formats.yaml_text import YamlFile, read_yaml
from allocator.reading.instances.indicators import Missing, read_indicator
from allocator.reading.instances.limits import limits_asked, on_areas
from allocator.reading.instances.published import read_published
from allocator.reading.instances.sources import NOTHING_ASKED, check_year, source_of
from allocator.reading.instances.totals import read_totals
from allocator.reading.instances.uncertain import uncertain_of
from allocator.reading.library import instances_folder
from allocator.reading.plans.read import read_plan
from allocator.reading.rules import WHOLE_TABLE, find_rule, read_streams, rule_file
from allocator.reading.shapes.balances import BalancesShape
from allocator.reading.shapes.instances import AreasShape, IndicatorShape, InstanceShape
from allocator.reading.shapes.shaped import shaped
from allocator.words.text import LocalText, Text, either, series, text


def instance_names() -> list[str]:
    """The instances that come with the program."""
    folder = instances_folder()
    return sorted(
        path.parent.relative_to(folder).as_posix() for path in folder.glob("*/*/instance.yaml")
    )


def folder_of(asked: str | Path) -> Path:
    """The folder of an instance that is asked for by name or by path."""
    shelved = instances_folder() / asked
    if str(asked) in instance_names():
        return shelved
    path = Path(asked)
    if str(asked) and path.name == "instance.yaml" and path.is_file():
        return path.parent
    if str(asked) and path.is_dir():
        if not (path / "instance.yaml").is_file():
            raise InputError(
                Problem(
                    Place(str(asked)),
                    text("There is no instance.yaml in this folder."),
                    text("Give the folder of one instance."),
                )
            )
        return path
    near = get_close_matches(str(asked), instance_names(), 3, 0.5)
    raise InputError(
        Problem(
            Place(""),
            text("There is no instance {name}.", name=f"'{asked}'"),
            text("Did you mean {near}?", near=either(near))
            if near
            else text("`allocator list` shows the instances; a folder of your own works too."),
        )
    )


def load(
    asked: str | Path,
    rule: str | None = None,
    totals: Mapping[str, int] | int | None = None,
    keys: Sequence[KeyText] = (),
    missing: Missing = Missing.ERROR,
) -> Instance:
    """An instance by name or folder, with another rule or other totals where these are given.

    What other rules and `keys` name and the instance has no figures of is taken from the shared
    tables of its country.
    """
    return reading_of(asked, missing).instance(rule, _whole_totals(totals), keys)


def reading_of(asked: str | Path, missing: Missing = Missing.ERROR) -> Reading:
    """An instance by name or folder, of which nothing but its instance.yaml is read yet."""
    folder = folder_of(asked)
    file = read_yaml(folder / "instance.yaml")
    return Reading(folder, file, shaped(InstanceShape, file), Problems(), missing)


def header(name: str) -> InstanceShape:
    """What an instance says of itself, without its tables."""
    return shaped(InstanceShape, read_yaml(folder_of(name) / "instance.yaml"))


def _whole_totals(totals: Mapping[str, int] | int | None) -> dict[str, int]:
    """Totals that a program hands over: whole numbers of 0 or more, as those of files are."""
    given = dict(totals) if isinstance(totals, Mapping) else {} if totals is None else {"": totals}
    found = {}
    for name, number in given.items():
        try:
            found[name] = index(number)  # int, or what numpy has for it; no float, no text
        except TypeError:
            found[name] = -1
        if isinstance(number, bool) or found[name] < 0:
            raise InputError(
                Problem(
                    Place("totals"),
                    text("A total cannot be {number}.", number=repr(number)),
                    text("Give a whole number of 0 or more."),
                )
            )
    return found


@dataclass(frozen=True)
class Reading:
    """The reading of one instance."""

    folder: Path
    file: YamlFile
    shape: InstanceShape
    problems: Problems
    missing: Missing  # what is done about areas without a figure

    @property
    def country(self) -> str:
        return self.shape.instance.partition("/")[0]

    def instance(
        self,
        other_rule: str | None,
        other_totals: Mapping[str, int],
        keys: Sequence[KeyText] = (),
    ) -> Instance:
        day = self._day()
        own_rule = self._rule(day)
        rule = own_rule
        if other_rule:
            with self.problems.collecting():
                rule = find_rule(other_rule, day, Place("--rule"))
        self.problems.raise_any()
        assert rule is not None
        streams = self._streams(rule, own_rule)
        own_totals = self._own_totals(streams, day)
        self.problems.raise_any()
        totals = self._totals(streams, own_totals, other_totals)
        changes = changes_of(self.country, self.problems)
        map_ = self.map_on(day, changes)
        self.problems.raise_any()
        assert map_ is not None
        wanted = asked_by(rule) if rule is not own_rule else ()
        indicators = self._indicators(rule, map_, changes, self._shapes(rule, day, wanted, keys))
        changes_of_question = tuple(self._changed(rule, own_rule, own_totals, totals))
        own_limits = limits_asked(self.shape.limits, self.file, self.problems, of_rule=False)
        self._check_ties(rule, indicators)
        self.problems.raise_any()
        limits = on_areas(
            (*rule.limits, *own_limits), map_.division, indicators, streams, self.problems
        )
        published = None if changes_of_question else self._published(map_.division, streams)
        uncertain = uncertain_of(
            self.shape.uncertain, self.file, map_.division, indicators, self.problems
        )
        balances = self._balances(map_.division, streams, rule, changes)
        plan = self._plan(map_.division, streams, rule, own_rule, changes)
        self._check_existing(streams, indicators)
        self._check_revision()
        self.problems.raise_any()
        return Instance(
            name=self.shape.instance,
            title=self.shape.title.local(),
            day=day,
            period=self.shape.period,
            rule=rule,
            streams=streams,
            totals=totals,
            division=map_.division,
            indicators=indicators,
            published=published,
            limits=limits,
            notes=tuple(note.local() for note in self.shape.notes),
            revision_of=self.shape.revision_of,
            changed=changes_of_question,
            uncertain=uncertain,
            balances=balances,
            existing=self.shape.existing,
            plan=plan,
            file=self.file.name,
        )

    def _changed(
        self,
        rule: Rule,
        own_rule: Rule | None,
        own_totals: Mapping[str, Total],
        totals: Mapping[str, Total],
    ) -> Iterator[Text]:
        """What differs from the instance as it stands in its file."""
        if own_rule is not rule:
            yield text(
                "By another rule than the instance's: {rule} instead of {own}.",
                rule=rule.version,
                own=own_rule.version if own_rule else self.shape.rule,
            )
        for name, total in own_totals.items():
            if name in totals and totals[name].number != total.number:
                yield text(
                    "With another total of {name}: {number} instead of {own}.",
                    name=f"'{name}'",
                    number=totals[name].number,
                    own=total.number,
                )

    def _day(self) -> date:
        """The first day of the period."""
        half = HalfYear.read(self.shape.period)
        if half:
            if self.shape.date in (None, half.day):
                return half.day
            self._problem(
                text("{period} begins on {day}.", period=self.shape.period, day=half.day),
                text("Leave `date:` out, or mend the period."),
                "date",
            )
        elif self.shape.date:
            return self.shape.date
        else:
            self._problem(
                text("{period} is no half-year.", period=f"'{self.shape.period}'"),
                text("Write it like 2023-H1, or add `date:` with the period's first day."),
                "period",
            )
        self.problems.raise_any()
        raise AssertionError("a period without a day is a problem")

    def _rule(self, day: date) -> Rule | None:
        place = self.file.place("rule")
        with self.problems.collecting():
            if self.shape.rule.endswith((".yaml", ".yml")):
                return rule_file(inside(self.folder, self.shape.rule, place), day)
            return find_rule(self.shape.rule, day, place)
        return None

    def _streams(self, rule: Rule, own_rule: Rule | None) -> Streams:
        """The rule's streams; where it leaves them open the instance's, or its own rule's."""
        own = read_streams(self.shape.streams, self.file, self.problems)
        streams = rule.streams or own or (own_rule.streams if own_rule else None)
        if rule.streams and own:
            self._problem(
                text("The rule {rule} names the streams itself.", rule=rule.name),
                text("Leave `streams:` out."),
                "streams",
            )
        if streams is None:
            self._problem(
                text("The rule {rule} leaves the streams open.", rule=rule.name),
                text("Name them here under `streams:`, each with a title."),
                "rule",
            )
        self.problems.raise_any()
        assert streams is not None
        return streams

    def _own_totals(self, streams: Streams, day: date) -> dict[str, Total]:
        """The totals that the instance gives, here or in a table of its own."""
        shape = self.shape.totals_file
        if shape is None:
            return {
                name: Total(name, total.number, total.source.local(), total.announced)
                for name, total in self.shape.totals.items()
            }
        if self.shape.totals:
            self._problem(
                text("The totals come from one place."),
                text("Write either `totals:` or `totals_file:`."),
                "totals_file",
            )
        with self.problems.collecting():
            path = inside(self.folder, shape.file, self.file.place("totals", "file"))
            dialect = dialect_of(shape.dialect, self.file.place("totals", "dialect"))
            source = shape.source.local() if shape.source else None
            return read_totals(path, dialect, streams, day, source, shape.announced, self.problems)
        return {}

    def _totals(
        self, streams: Streams, own: Mapping[str, Total], others: Mapping[str, int]
    ) -> dict[str, Total]:
        given = [stream.name for stream in streams.given]
        rests = {stream.name: stream for stream in streams.rests}
        totals = dict(own)
        for name, number in others.items():
            if not name and len(given) > 1:
                self.problems.add(
                    Place("--total"),
                    text("There are several streams: {names}.", names=", ".join(given)),
                    text("Say which: --total {name}=N.", name=given[0]),
                )
            elif not name and given[0] in others:
                self.problems.add(
                    Place("--total"),
                    text("Two numbers are given for {name}.", name=given[0]),
                    text("Keep one of the two."),
                )
            else:
                only = name or given[0]
                totals[only] = Total(only, number, LocalText("--total", "--total"), None)
        for name in totals:
            place = Place("--total") if name in others else self.file.place("totals", name)
            if name in rests:
                found = text(
                    "{name} is what the parts of {whole} leave, and has no total of its own.",
                    name=f"'{name}'",
                    whole=f"'{rests[name].rest_of}'",
                )
            elif name not in given:
                found = text("The rule distributes no {name}.", name=f"'{name}'")
            else:
                continue
            near = get_close_matches(name, given, 1)
            mend = (
                text("Did you mean {near}?", near=f"'{near[0]}'")
                if near
                else text("It asks totals for: {names}.", names=", ".join(given))
            )
            self.problems.add(place, found, mend)
        for name in given:
            if name not in totals:
                self._problem(
                    text("The total of {name} is missing.", name=f"'{name}'"),
                    text("Add it under `totals:`, or type --total {name}=N.", name=name),
                    "totals",
                )
        for stream in streams.all:
            parts = [
                totals[part.name] for part in streams.parts(stream.name) if part.name in totals
            ]
            whole_ = totals.get(stream.name)
            if whole_ and sum(part.number for part in parts) > whole_.number:
                self._problem(
                    text(
                        "{names} add up to {parts}, more than {whole} ({total}) they are part of.",
                        names=series([f"'{part.stream}'" for part in parts]),
                        whole=f"'{stream.name}'",
                        parts=sum(part.number for part in parts),
                        total=whole_.number,
                    ),
                    text("Mend one of the totals."),
                    "totals",
                )
        return totals

    def map_on(self, day: date, changes: tuple[Change, ...]) -> Map | None:
        """The map of a day with the instance's levels, or None with the problems noted."""
        shape = self.shape.areas
        place = self.file.place("areas")
        if bool(shape.table) == bool(shape.file):
            self._problem(
                text("Areas come from one place."),
                text("Write either `table:` or `file:`."),
                "areas",
            )
            return None
        with self.problems.collecting():
            before = len(self.problems.found)
            records = self._area_records(shape, day, changes)
            if len(self.problems.found) == before:
                tree, also = tuple(shape.tree), tuple(shape.also)
                return build(records, day, tree, also, place, self.problems)
        return None

    def _area_records(
        self, shape: AreasShape, day: date, changes: tuple[Change, ...]
    ) -> dict[str, Record]:
        """The areas of the instance's own file, or those of a shared table on the day itself."""
        if shape.file:
            path = inside(self.folder, shape.file, self.file.place("areas", "file"))
            dialect = dialect_of(shape.dialect, self.file.place("areas", "dialect"))
            levels = (*shape.tree, *shape.also)
            records = read_areas(path, dialect, levels, self.problems)
            refuse_unknown_levels(records, levels, shape.tree[-1], self.problems)
            return records
        place = self.file.place("areas", "table")
        if shape.dialect:
            self._problem(
                text("{key} is said of a file, and not beside `table:`.", key="`dialect:`"),
                text("Take it out."),
                "areas",
                "dialect",
            )
        table = shared_table(self.country, shape.table, place)
        levels = tuple(table.shape.levels)
        records = read_areas(table.file(day.year, place), PLAIN, levels, self.problems)
        within_year = between(changes, date(day.year, 1, 1), day)
        if any(change.new_code not in records for change in within_year):
            later = read_areas(table.file(day.year + 1, place), PLAIN, levels, self.problems)
            records = {**later, **records}
        return without_vanished(records, within_year)

    def areas_on(self, day: date, map_: Map, changes: tuple[Change, ...]) -> set[str]:
        """The codes for which figures of an earlier division must be there."""
        if self.shape.areas.file:
            return set()
        records = self._area_records(self.shape.areas, day, changes)
        below = [code for code, leaf in map_.finer.items() if code != leaf]
        levels = {records[code]["level"] for code in below if code in records}
        lowest = levels or {map_.division.leaf_level}
        return {code for code, record in records.items() if record["level"] in lowest}

    def known_on(self, day: date, changes: tuple[Change, ...]) -> Gazetteer:
        """The areas of a day by the names that people give them."""
        records = self._area_records(self.shape.areas, day, changes)
        areas = (
            Known(code, record["name"], record["level"], record["parent"])
            for code, record in records.items()
        )
        return gazetteer_of(day, areas, other_names_of(self.country))

    def _shapes(
        self, rule: Rule, day: date, wanted: Sequence[str], keys: Sequence[KeyText]
    ) -> dict[str, IndicatorShape]:
        """Where its figures stand: by its own file, and of other keys by the shared tables."""
        own = self.shape.indicators
        places = dict.fromkeys(wanted, Place("--rule"))
        if keys or wanted:
            shelf = on_the_shelf(self.country)
            for key in keys:
                with self.problems.collecting():
                    refuse_unknown(key, (*own, *sorted(shelf.keys() - own.keys())))
                    for name in named_in(read_key(key.written, key.place)):
                        places.setdefault(name, key.place)
            lacking = [name for name in places if name not in own and name in shelf]
            with self.problems.collecting():
                found = figures_of(self.country, lacking, rule, day, {}, places)
                more = {name: IndicatorShape.model_validate(each) for name, each in found.items()}
                return {**own, **more}
        return dict(own)

    def _indicators(
        self,
        rule: Rule,
        map_: Map,
        changes: tuple[Change, ...],
        shapes: Mapping[str, IndicatorShape],
    ) -> dict[str, Indicator]:
        def areas_on(day: date) -> set[str]:
            return self.areas_on(day, map_, changes)

        def known_on(day: date) -> Gazetteer:
            return self.known_on(day, changes)

        found = {}
        if TOTAL in shapes:
            self._problem(
                text("{name} is what keys call the number that is divided.", name=f"'{TOTAL}'"),
                text("Give these figures another name."),
                "indicators",
                TOTAL,
            )
        for name, shape in shapes.items():
            year_place = self.file.place("indicators", name, "year")
            with self.problems.collecting():
                figures = source_of(name, shape, self.folder, self.country, self.file)
                asked = rule.indicators.get(name, NOTHING_ASKED)
                check_year(figures, asked, rule, map_.division.day, year_place)
                found[name] = read_indicator(
                    *(figures, asked, rule, map_, changes, areas_on, known_on),
                    *(self.problems, self.missing),
                )
        for name in rule.indicators:
            if name not in shapes:
                self._problem(
                    text("The rule asks for {name}, which is not given.", name=f"'{name}'"),
                    text("Add it under `indicators:`."),
                    "indicators",
                )
        for symbol in rule.formula.symbols if rule.formula else ():
            if symbol.is_.written not in WHOLE_TABLE:
                with self.problems.collecting():
                    refuse_unknown(symbol.is_, tuple(shapes))
        return found

    def _check_existing(self, streams: Streams, indicators: Mapping[str, Indicator]) -> None:
        for stream, name in self.shape.existing.items():
            if stream not in streams.names:
                self._problem(
                    text("There is no stream {name} here.", name=f"'{stream}'"),
                    text("The streams are: {names}.", names=", ".join(streams.names)),
                    "existing",
                    stream,
                )
            elif name not in indicators or indicators[name].kind is not Kind.COUNT:
                self._problem(
                    text("{name} is no count of what is there already.", name=f"'{name}'"),
                    text("Name an indicator that counts, under `indicators:`."),
                    "existing",
                    stream,
                )

    def _published(self, division: Division, streams: Streams) -> Published | None:
        shape = self.shape.published
        if shape is None:
            return None
        with self.problems.collecting():
            path = inside(self.folder, shape.file, self.file.place("published", "file"))
            dialect = dialect_of(shape.dialect, self.file.place("published", "dialect"))
            others = other_names_of(self.country)
            return read_published(
                path, dialect, shape.source.local(), division, streams, others, self.problems
            )
        return None

    def _balances(
        self, division: Division, streams: Streams, rule: Rule, changes: tuple[Change, ...]
    ) -> Balances:
        given = {}
        for key in FILES:
            shape: BalancesShape | None = getattr(self.shape, key)
            if shape:
                with self.problems.collecting():
                    path = inside(self.folder, shape.file, self.file.place(key, "file"))
                    dialect = dialect_of(shape.dialect, self.file.place(key, "dialect"))
                    given[key] = path, dialect, Origin(shape.source.local(), shape.quality)
        others = other_names_of(self.country) if given else {}
        frame = Frame(division, streams, changes, others, self.problems)
        place = self.file.place("period")
        half = HalfYear.read(self.shape.period)
        known = replace(NOTHING_KNOWN, catch_up=self._extra_goals(streams), before=self._before())
        return read_balances(given, known, frame, rule, half, place)

    def _plan(
        self,
        division: Division,
        streams: Streams,
        rule: Rule,
        own_rule: Rule | None,
        changes: tuple[Change, ...],
    ) -> PlanAsked | None:
        """What the board plans with; by another rule that knows no plans there is none."""
        shape = self.shape.plan
        if shape is None or (rule.plan is None and rule is not own_rule):
            return None
        if rule.plan is None:
            self._problem(
                text("The rule {rule} lays down nothing for plans.", rule=rule.version),
                text("Add `plan:` to it, or use another rule."),
                "plan",
            )
            return None
        frame = Frame(division, streams, changes, other_names_of(self.country), self.problems)
        return read_plan(shape, self.folder, self.file, frame, rule.plan)

    def _before(self) -> Before | None:
        shape = self.shape.follows
        if shape is None:
            return None
        with self.problems.collecting():
            path = inside(self.folder, shape.account, self.file.place("follows", "account"))
            return Before(shape.instance, read_before(path, self.problems))
        return None

    def _extra_goals(self, streams: Streams) -> dict[str, ExtraGoal]:
        given = [stream.name for stream in streams.given]
        for name in self.shape.catch_up:
            if name not in given:
                self._problem(
                    text("There is no stream {name} here.", name=f"'{name}'"),
                    text("The streams are: {names}.", names=", ".join(given)),
                    "catch_up",
                    name,
                )
        return {
            name: ExtraGoal(goal.number, goal.source.local())
            for name, goal in self.shape.catch_up.items()
        }

    def _check_ties(self, rule: Rule, indicators: Mapping[str, Indicator]) -> None:
        for name in rule.ties:
            if name != "code" and name not in indicators:
                self.problems.add(
                    Place(rule.file),
                    text("Ties are ordered by {name}, which is not given.", name=f"'{name}'"),
                    text("Name `code`, or an indicator of the instance, under `ties:`."),
                )

    def _check_revision(self) -> None:
        """The instance that this one replaces is there, on the shelf or beside it."""
        name = self.shape.revision_of
        beside = self.folder.parent / name.rpartition("/")[2] / "instance.yaml"
        if name and name not in instance_names() and not beside.is_file():
            near = get_close_matches(name, instance_names(), 2, 0.6)
            self._problem(
                text("There is no instance {name}.", name=f"'{name}'"),
                text("Did you mean {near}?", near=either(near))
                if near
                else text("`allocator list` shows the instances; a folder of your own works too."),
                "revision_of",
            )

    def _problem(self, found: Text, mend: Text, *path: str) -> None:
        self.problems.add(self.file.place(*path), found, mend)
