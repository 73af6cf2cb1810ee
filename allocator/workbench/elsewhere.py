"""What other cases of the book say of one area: its numbers over the years, its other tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allocator.model.instance import Instance
from allocator.reading.instances.folders import instance_names
from allocator.report.paper.paper import Column, Kind, Row, Table
from allocator.words.text import text
from allocator.workbench import asked
from allocator.workbench.address import Scenario


@dataclass(frozen=True)
class Case:
    """One case of the book that has a number for the area."""

    instance: Instance
    numbers: dict[str, int]  # per stream of the case, by name


def history(instance: Instance, code: str) -> Table | None:
    """The area's numbers by the same rule, period after period; None where there is but one."""
    rule, streams = instance.rule.name, instance.streams.names
    same = [
        each
        for each in _cases(instance.country)
        if each.rule.name == rule and each.streams.names == streams
    ]
    found = list(_numbered(_one_a_day(same), code))
    if len(found) < 2:
        return None
    columns = (
        Column(text("period"), Kind.TEXT),
        *(Column(stream.title) for stream in instance.streams.all),
    )
    rows = tuple(Row((each.instance.period, *each.numbers.values())) for each in found)
    return Table(text("Numbers by the same rule"), columns, rows)


#: The rules of a country that are tasks, and no proposals.
TASKS = {"nl": ("nl/housing-target", "nl/reception-places", "nl/equal-per-safety-region")}


def other_tasks(instance: Instance, code: str) -> Table | None:
    """What the area has to do by other rules, each of the latest period that began before it."""
    latest: dict[str, Instance] = {}
    for each in _one_a_day(_cases(instance.country)):
        other = each.rule.name != instance.rule.name and each.day <= instance.day
        if other and each.rule.name in TASKS.get(instance.country, ()):
            latest[each.rule.name] = each
    rows = tuple(
        Row((each.instance.title, stream.title, each.numbers[stream.name]))
        for each in _numbered(list(latest.values()), code)
        for stream in each.instance.streams.given
    )
    columns = (
        Column(text("task"), Kind.TEXT),
        Column(text("stream"), Kind.TEXT),
        Column(text("number")),
    )
    return Table(text("Its other tasks"), columns, rows) if rows else None


def _cases(country: str) -> list[Instance]:
    """The cases of a country that are no examples with invented figures, by their first day."""
    names = [name for name in instance_names() if name.startswith(f"{country}/")]
    found = [asked.instance_of(name) for name in names if not name.endswith("-example")]
    return sorted(
        (each for each in found if each.plan is None), key=lambda each: (each.day, each.name)
    )


def _one_a_day(cases: list[Instance]) -> list[Instance]:
    """Of a number and the one that replaced it, the one that replaced it."""
    replaced = {each.revision_of for each in cases}
    return [each for each in cases if each.name not in replaced]


def _numbered(cases: list[Instance], code: str) -> Iterator[Case]:
    for each in cases:
        if code in each.division.by_code:
            found = asked.distribution_of(Scenario(each.name))
            names = [stream.name for stream in each.streams.all]
            yield Case(each, {name: found.number(code, name) for name in names})
