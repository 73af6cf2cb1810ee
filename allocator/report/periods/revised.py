"""A revision on a screen and as csv: old, new, and the difference between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from allocator.core.cells import title_of
from allocator.core.exact import to_a_thousandth
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.streams import Stream
from allocator.periods.account import counted_by, joint_changes
from allocator.periods.revision import Revision
from allocator.report.cautions import cautions
from allocator.report.layout import capital, wrapped
from allocator.report.paper.paper import Column, Kind
from allocator.report.paper.tree import Tree
from allocator.report.periods.balances import each_change
from allocator.report.tables import as_csv_table
from allocator.words.levels import level_name
from allocator.words.say import say
from allocator.words.text import Text, Value, series, signed, text


def as_screen(found: Revision, lang: str) -> str:
    """The report for a screen, stream after stream."""
    instance = found.original.instance
    parts = [say(instance.title, lang)]
    for stream in instance.streams.all:
        parts.append("\n".join(wrapped(say(line, lang)) for line in summary(found, stream)))
        parts.append("\n".join(wrapped(say(each, lang), "! ") for each in beware(found, stream)))
        parts.append("\n".join(numbers(found, stream).lines(lang)))
    told = [wrapped(capital(say(each, lang)), "! ") for each in cautions(found.revised)]
    parts.append("\n".join((*told, *(wrapped(say(each, lang), "- ") for each in outside(found)))))
    return "\n\n".join(part for part in parts if part) + "\n"


def summary(found: Revision, stream: Stream) -> Iterator[Text]:
    """From which number to which, and how many rise, fall and stay."""
    steps = [found.original, *([found.before] if found.before else []), found.revised]
    asked = [_drift(each, stream) for each in steps]
    yield text(
        "{stream}: {steps}.",
        stream=stream.title,
        steps=signed([_step(number, allocated) for number, allocated in asked], " → "),
    )
    old, new = found.previous, found.revised
    leaves = [leaf.code for leaf in old.instance.division.leaves]
    changes = [new.numbers[c, stream.name] - old.numbers[c, stream.name] for c in leaves]
    yield text(
        "{more} {level} get more, {fewer} get fewer, {same} the same.",
        more=sum(number > 0 for number in changes),
        fewer=sum(number < 0 for number in changes),
        same=sum(number == 0 for number in changes),
        level=level_name(old.instance.division.leaf_level, len(leaves)),
    )


def _drift(distribution: Distribution, stream: Stream) -> tuple[int, int]:
    return next((d.asked, d.allocated) for d in distribution.drift if d.stream == stream.name)


def _step(asked: int, allocated: int) -> Text:
    return (
        text("{asked}", asked=asked)
        if asked == allocated
        else text("{asked} (adds up to {allocated})", asked=asked, allocated=allocated)
    )


def beware(found: Revision, stream: Stream) -> Iterator[Text]:
    """What is below 0 after joint changes, and what was realised already."""
    if stream.rest_of:
        return
    below, above = found.below_nothing(stream.name), found.already_above(stream.name)
    if below:
        yield text("Below 0, to be mended by another change: {areas}.", areas=_named(found, below))
    if above:
        yield text(
            "Realised more than is now to do, {sum} in all: {areas}.",
            sum=sum(above.values()),
            areas=_named(found, above),
        )


def _named(found: Revision, numbers: Mapping[str, int]) -> Value:
    names = found.revised.instance.division.by_code
    largest = sorted(numbers.items(), key=lambda one: (-abs(one[1]), one[0]))
    return series([each_change(names[code].name, number) for code, number in largest])


def numbers(found: Revision, stream: Stream) -> Tree:
    """What every area had, gets now, and how much that differs."""
    columns = columns_of(found, stream)
    return Tree(
        found.revised.instance.division,
        [Column(each.title, Kind.CHANGE if each.signed else Kind.WHOLE) for each in columns],
        lambda area: [each.of(area) for each in columns],
    )


@dataclass(frozen=True)
class _Column:
    name: str
    title: Value
    of: Callable[[Area], int]
    signed: bool = False


def columns_of(found: Revision, stream: Stream) -> list[_Column]:
    """The original, the step before where there was one, the new number, and what differs."""
    instance = found.revised.instance

    def number_in(distribution: Distribution) -> Callable[[Area], int]:
        return lambda area: distribution.numbers[area.code, stream.name]

    old, new = number_in(found.previous), number_in(found.revised)
    columns = [_Column("original", text("original"), number_in(found.original))]
    if found.before:
        columns.append(_Column("before", text("before"), number_in(found.before)))
    columns.append(_Column("number", text("new"), new))
    columns.append(
        _Column("difference", text("difference"), lambda area: new(area) - old(area), signed=True)
    )
    if stream.rest_of:
        return columns
    changed = joint_changes(instance, stream.name)
    if changed:

        def effective(area: Area) -> int:
            return new(area) + sum(changed.get(c, 0) for c in instance.division.members[area.code])

        columns.append(_Column("effective", text("with joint changes"), effective))
    if instance.balances.realised:
        done = counted_by(instance)

        def realised(area: Area) -> int:
            leaves = instance.division.members[area.code]
            return sum(done.get((leaf, stream.name), 0) for leaf in leaves)

        columns.append(_Column("realised", text("realised"), realised))
    return columns


def outside(found: Revision) -> Iterator[Text]:
    """Sums that left the floor and ceiling of their share, so that nobody had to go back."""
    instance = found.revised.instance
    names = instance.division.by_code
    for one in found.revised.outside:
        yield text(
            "{area}, {part}: {number} is outside the floor and ceiling of its share {share}, since "
            "no number may cross the earlier one.",
            area=names[one.code].name if one.code in names else one.code,
            part=title_of(instance.streams, one.part) if one.part else text("in all"),
            number=one.number,
            share=to_a_thousandth(one.share),
        )


def as_csv(found: Revision) -> str:
    """A line per area of every level and stream; a column that does not apply is empty."""
    instance = found.revised.instance
    by_stream = {s.name: columns_of(found, s) for s in instance.streams.all}
    names = list(dict.fromkeys(c.name for columns in by_stream.values() for c in columns))
    lines: list[list[object]] = []
    for area in instance.division.areas:
        for stream, columns in by_stream.items():
            values = {column.name: column.of(area) for column in columns}
            identity = [area.level, area.code, area.name, area.parent, stream]
            lines.append([*identity, *(values.get(name, "") for name in names)])
    return as_csv_table(("level", "code", "name", "parent", "stream", *names), lines)
