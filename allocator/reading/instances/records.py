"""Reads a record of what was published of a number, and loads the instances that it goes with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from allocator.key.formula import Call, indicators, parts
from allocator.key.reader import read_key
from allocator.model.half_year import HalfYear
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.record import (
    FROM_ELSEWHERE,
    OF_EVERY_RECORD,
    Announcement,
    Figure,
    PeriodRecord,
    Range,
    Record,
    Statement,
)
from allocator.model.streams import KeyText
from allocator.reading.formats.yaml_text import YamlFile, read_yaml
from allocator.reading.instances.folders import instance_names
from allocator.reading.instances.opened import header
from allocator.reading.instances.read import load
from allocator.reading.library import instances_folder
from allocator.reading.shapes.records import (
    FigureShape,
    PeriodRecordShape,
    RecordShape,
    StatementShape,
)
from allocator.reading.shapes.shaped import shaped
from allocator.words.nearest import nearest, perhaps
from allocator.words.text import series, text


def record_names() -> list[str]:
    """The records that come with the program."""
    folder = instances_folder()
    return sorted(
        f"{path.parent.parent.name}/{path.stem}" for path in folder.glob("*/records/*.yaml")
    )


def find_record(asked: str) -> Record:
    """The record of this name."""
    if asked in record_names():
        country, _, name = asked.partition("/")
        record = read_record(instances_folder() / country / "records" / f"{name}.yaml")
        if record.name == asked:
            return record
        raise InputError(
            Problem(
                Place(record.file),
                text("The record calls itself {name}.", name=f"'{record.name}'"),
                text("Write `record: {name}`, or rename the file.", name=asked),
            )
        )
    near = get_close_matches(asked, record_names(), 3, 0.5)
    raise InputError(
        Problem(
            Place(""),
            text("There is no record {name}.", name=f"'{asked}'"),
            perhaps(near, text("The records are: {names}.", names=", ".join(record_names()))),
        )
    )


def own_instances(folder: Path) -> tuple[Instance, ...]:
    """The instances in a folder of one's own, each of a half-year."""
    problems = Problems()
    found = []
    for path in sorted(folder.glob("*/instance.yaml")):
        with problems.collecting():
            instance = load(path)  # a path, whatever instance of the shelf has its folder's name
            found.append(instance)
            if instance.half_year is None:
                problems.add(
                    Place(instance.file),
                    text("{period} is no half-year.", period=f"'{instance.period}'"),
                    text("A series is of half-years: put the others elsewhere."),
                )
    problems.raise_any()
    if found:
        return tuple(found)
    raise InputError(
        Problem(
            Place(str(folder)),
            text("There is no folder of an instance in this one."),
            text("Give the folder that holds them, such as those that `allocator roll` wrote."),
        )
    )


def own_record(
    folder: Path, instances: Sequence[Instance], asked_stream: str | None = None
) -> Record:
    """A record of which nothing was published, for instances of one rule and a stream of all."""
    rules = sorted({instance.rule.name for instance in instances})
    streams = list(dict.fromkeys(name for instance in instances for name in instance.totals))
    shared = [name for name in streams if all(name in each.totals for each in instances)]
    if len(rules) > 1 or not shared:
        raise InputError(
            Problem(
                Place(str(folder)),
                text(
                    "The instances have the rules {rules} and the streams {streams}.",
                    rules=series(rules),
                    streams=series(streams),
                ),
                text("A series is of one rule and one stream: put the others elsewhere."),
            )
        )
    rule = instances[0].rule
    name = f"{instances[0].country}/{folder.resolve().name}"
    stream = stream_among(shared, asked_stream)
    return Record(name, rule.title, rule.name, stream, {}, {}, (), str(folder))


def stream_among(known: Sequence[str], asked: str | None) -> str:
    """The stream that is asked for; where there is one, that one."""
    if asked is None and len(known) == 1:
        return known[0]
    if asked is not None and asked in known:
        return asked
    raise InputError(
        Problem(
            Place("--stream"),
            text("There are several streams: {names}.", names=", ".join(known))
            if asked is None
            else text("There is no stream {name} here.", name=f"'{asked}'"),
            text("Say which: --stream {name}.", name=known[0])
            if asked is None
            else text("The streams are: {names}.", names=", ".join(known)),
        )
    )


def instances_of(record: Record) -> tuple[Instance, ...]:
    """The instances of the shelf whose numbers the record goes with."""
    found = []
    for name in instance_names():
        if name.startswith(f"{record.name}-"):
            shape = header(name)
            if shape.rule == record.rule and record.stream in shape.totals:
                found.append(load(name))
    if found:
        return tuple(found)
    raise InputError(
        Problem(
            Place(record.file),
            text(
                "No instance {name} has {stream} by the rule {rule}.",
                name=f"'{record.name}-...'",
                stream=f"'{record.stream}'",
                rule=record.rule,
            ),
            text("Mend `record:`, `rule:` or `stream:`, or add the instances."),
        )
    )


def read_record(path: Path) -> Record:
    """The record in a file, or every problem in it."""
    file = read_yaml(path)
    shape = shaped(RecordShape, file)
    reading = _Reading(file, shape, Problems())
    periods = reading.periods()
    reading.problems.raise_any()
    return Record(
        name=shape.record,
        title=shape.title.local(),
        rule=shape.rule,
        stream=shape.stream,
        terms={name: title.local() for name, title in shape.terms.items()},
        periods=periods,
        notes=tuple(note.local() for note in shape.notes),
        file=file.name,
    )


@dataclass(frozen=True)
class _Reading:
    """The reading of one record."""

    file: YamlFile
    shape: RecordShape
    problems: Problems

    @property
    def own_names(self) -> tuple[str, ...]:
        """The figures that the record may give."""
        return (*OF_EVERY_RECORD, *self.shape.terms)

    def periods(self) -> dict[HalfYear, PeriodRecord]:
        for name in set(FROM_ELSEWHERE) & set(self.shape.terms):
            self._refuse_from_elsewhere(name, self.file.place("terms", name))
        found = {}
        for written, shape in self.shape.periods.items():
            half = HalfYear.read(written)
            if half is None:
                self.problems.add(
                    self.file.place("periods", written),
                    text("{period} is no half-year.", period=f"'{written}'"),
                    text("Write it like 2022-H1."),
                )
            else:
                found[half] = self._period(written, shape)
        return dict(sorted(found.items()))

    def _period(self, written: str, shape: PeriodRecordShape) -> PeriodRecord:
        figures = {}
        for name, several in shape.figures.items():
            place = self.file.place("periods", written, "figures", name)
            self._check_own(name, place)
            figures[name] = tuple(self._figure(figure, place) for figure in several)
            if len(set(figures[name])) < len(figures[name]):
                self.problems.add(
                    place,
                    text("The same number of the same source stands here twice."),
                    text("Keep one of the two."),
                )
        statements = []
        given = set(shape.figures)
        for number, statement in enumerate(shape.statements):
            place = self.file.place("periods", written, "statements", number)
            statements.append(self._statement(statement, given, place))
            given.add(statement.implies)
        announced = shape.announced
        return PeriodRecord(
            figures=figures,
            statements=tuple(statements),
            announced=Announcement(announced.day, announced.first, announced.source.local())
            if announced
            else None,
            notes=tuple(note.local() for note in shape.notes),
        )

    def _figure(self, shape: FigureShape, place: Place) -> Figure:
        low, high = shape.low, shape.high
        if shape.number is not None and low is None and high is None:
            low = high = shape.number
        elif shape.number is not None or low is None or high is None:
            self.problems.add(
                place,
                text("A figure is one number or a range."),
                text("Write `number:`, or both `low:` and `high:`."),
            )
        elif low >= high:
            self.problems.add(
                place,
                text("A range goes up; this one goes from {low} to {high}.", low=low, high=high),
                text("Exchange the two, or write one `number:`."),
            )
        return Figure(Range.of(low or 0, high or 0), shape.source.local(), shape.quality)

    def _statement(self, shape: StatementShape, given: set[str], place: Place) -> Statement:
        if bool(shape.beside) == bool(shape.implies):
            self.problems.add(
                place,
                text("A statement is set beside something, or implies a figure."),
                text("Write either `beside:` or `implies:`."),
            )
        self._check_sum(shape.sum, place)
        if shape.beside:
            self._check_sum(shape.beside, place)
        if shape.implies:
            self._check_own(shape.implies, place)
        if shape.implies and shape.implies in given:
            self.problems.add(
                place,
                text("{name} is given already, so nothing implies it.", name=f"'{shape.implies}'"),
                text("Write `beside:` instead of `implies:`."),
            )
        return Statement(
            says=shape.says.local(),
            sum=KeyText(shape.sum, place),
            beside=KeyText(shape.beside, place) if shape.beside else None,
            implies=shape.implies,
        )

    def _check_sum(self, written: str, place: Place) -> None:
        """The sum can be read, and every figure in it has a name that is known."""
        with self.problems.collecting():
            formula = read_key(written, place)
            for part in parts(formula):
                if isinstance(part, Call):
                    self.problems.add(
                        place,
                        text("{name} means nothing in a sum.", name=f"'{part.function}'"),
                        text("Use numbers, names, + - * / and parentheses."),
                    )
            for name in indicators(formula):
                self._check_known(name, (*FROM_ELSEWHERE, *self.own_names), place)

    def _check_own(self, name: str, place: Place) -> None:
        """The record itself may give a figure of this name."""
        if name in FROM_ELSEWHERE:
            self._refuse_from_elsewhere(name, place)
        else:
            self._check_known(name, self.own_names, place)

    def _check_known(self, name: str, known: tuple[str, ...], place: Place) -> None:
        if name not in known:
            self.problems.add(
                place,
                text("There is no figure {name} here.", name=f"'{name}'"),
                nearest(
                    name,
                    known,
                    text("Name it under `terms:`; known are {names}.", names=", ".join(known)),
                ),
            )

    def _refuse_from_elsewhere(self, name: str, place: Place) -> None:
        self.problems.add(
            place,
            text("{name} comes from the instances, not from a record.", name=f"'{name}'"),
            text("Take it out, or give it another name."),
        )
