"""All tasks of an area together, for a screen: the numbers, their sum, what is there already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from allocator.comparison.side_by_side import Comparison
from allocator.comparison.tasks import Task, Tasks
from allocator.model.areas import Area
from allocator.report.cautions import cautions
from allocator.report.layout import aligned, capital, in_tree, wrapped
from allocator.report.paper.paper import Column, Kind, Row, Table
from allocator.report.paper.said import said_cell
from allocator.words.levels import level_name
from allocator.words.numbers import decimals, whole
from allocator.words.say import say
from allocator.words.text import Text, text

TITLE = text("All tasks together")


def tasks_table(tasks: Tasks, comparison: Comparison, everybody: bool, lang: str) -> Iterator[str]:
    """The tasks under the first key, and per 1,000 inhabitants under every key."""
    yield say(TITLE, lang)
    yield "\n".join(wrapped(say(line, lang), "- ") for line in legend(tasks))
    yield "\n".join(wrapped(line, "! ") for line in beware(tasks, lang))
    yield "\n".join(_table(tasks, comparison, everybody, lang))


def beware(tasks: Tasks, lang: str) -> list[str]:
    """The cautions of the other tasks, each once."""
    others = [each for each in tasks.tasks if each.distribution is not tasks.tasks[0].distribution]
    every = (caution for task in others for caution in cautions(task.distribution))
    return list(dict.fromkeys(capital(say(caution, lang)) for caution in every))


def legend(tasks: Tasks) -> Iterator[Text]:
    for place, task in enumerate(tasks.tasks, 1):
        instance = task.distribution.instance
        yield text(
            "({place}) {stream}: {title} ({name}), {period}.",
            place=str(place),
            stream=task.stream.title,
            title=instance.title,
            name=instance.name,
            period=instance.period,
        )
        if task.carried:
            yield text(
                "({place}) is carried to the map of {day} in proportion to the persons who moved; "
                "≈ marks what is no whole number there.",
                place=str(place),
                day=tasks.division.day,
            )


def _table(tasks: Tasks, comparison: Comparison, everybody: bool, lang: str) -> Iterator[str]:
    columns = _columns(tasks)
    lines = [["", *(say(column.title, lang) for column in columns)]]
    for depth, area in _areas(tasks, comparison, everybody):
        pairs = zip(_cells(tasks, comparison, area), columns, strict=True)
        told = [
            _number(cell, lang)
            if column.kind is Kind.WHOLE and cell is not None
            else said_cell(cell, column, lang)
            for cell, column in pairs
        ]
        lines.append(["  " * depth + area.name, *told])
    return aligned(lines)


def table(tasks: Tasks, comparison: Comparison) -> Table:
    """The same of every area, with decimals where a number was carried to another map."""
    every = [(d, a, list(_cells(tasks, comparison, a))) for d, a in _areas(tasks, comparison, True)]
    whole = [
        all(c is None or c.denominator == 1 for c in column)
        for column in zip(*(cells for _, _, cells in every), strict=True)
    ]
    columns = [
        column if is_whole else replace(column, kind=Kind.DECIMAL, places=column.places or 1)
        for column, is_whole in zip(_columns(tasks), whole, strict=True)
    ]
    rows = tuple(
        Row((area.name, *cells), depth, level_name(area.level, 2), area.code)
        for depth, area, cells in every
    )
    return Table(TITLE, (Column(text("area"), Kind.TEXT), *columns), rows, sorts=True)


def _areas(tasks: Tasks, comparison: Comparison, everybody: bool) -> Iterator[tuple[int, Area]]:
    wanted = {area.code for area in comparison.areas}
    for depth, area in in_tree(tasks.division):
        if area.code in wanted and (everybody or area.level != tasks.division.leaf_level):
            yield depth, area


def _columns(tasks: Tasks) -> list[Column]:
    columns = [Column(f"({place})") for place in range(1, len(tasks.tasks) + 1)]
    columns += [Column(text("together")), Column(text("per 1,000"), Kind.DECIMAL, 2)]
    there = any(task.there for task in tasks.tasks)
    return [*columns, *([Column(text("there already"))] if there else [])]


def _cells(tasks: Tasks, comparison: Comparison, area: Area) -> Iterator[Fraction | None]:
    for task in tasks.tasks:
        yield tasks.number(task, area.code)
    both = tasks.together(area.code)
    yield both
    people = comparison.inhabitants(area.code)
    yield both * 1000 / people if people else None
    if any(task.there for task in tasks.tasks):
        yield tasks.there(area.code)


def _number(number: Fraction, lang: str) -> str:
    if number.denominator == 1:
        return whole(number.numerator, lang)
    return f"≈ {decimals(number, 1, lang)}"


def task_data(tasks: Tasks) -> list[dict[str, object]]:
    """The tasks as json has them."""
    return [_data(tasks, task) for task in tasks.tasks]


def _data(tasks: Tasks, task: Task) -> dict[str, object]:
    there = task.there
    return {
        "instance": task.distribution.instance.name,
        "stream": task.stream.name,
        "numbers": {code: str(number) for code, number in task.numbers.items()},
        "there": {code: str(value) for code, value in there.values.items()} if there else None,
    }
