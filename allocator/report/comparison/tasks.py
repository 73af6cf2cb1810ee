"""All tasks of an area together, for a screen: the numbers, their sum, what is there already."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from allocator.comparison.side_by_side import Comparison
from allocator.comparison.tasks import Task, Tasks
from allocator.model.areas import Area
from allocator.report.cautions import cautions
from allocator.report.layout import aligned, capital, in_tree, wrapped
from allocator.words.numbers import decimals, whole
from allocator.words.say import say
from allocator.words.text import Text, text

NONE = "–"


def tasks_table(tasks: Tasks, comparison: Comparison, everybody: bool, lang: str) -> Iterator[str]:
    """The tasks under the first key, and per 1,000 inhabitants under every key."""
    yield say(text("All tasks together"), lang)
    yield "\n".join(wrapped(say(line, lang), "- ") for line in _legend(tasks))
    others = [each for each in tasks.tasks if each.distribution is not tasks.tasks[0].distribution]
    told = dict.fromkeys(
        capital(say(caution, lang)) for task in others for caution in cautions(task.distribution)
    )
    yield "\n".join(wrapped(line, "! ") for line in told)
    yield "\n".join(_table(tasks, comparison, everybody, lang))


def _legend(tasks: Tasks) -> Iterator[Text]:
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
    there = any(task.there for task in tasks.tasks)
    heading = ["", *(f"({place})" for place in range(1, len(tasks.tasks) + 1))]
    heading += [say(text("together"), lang), say(text("per 1,000"), lang)]
    heading += [say(text("there already"), lang)] if there else []
    lines = [heading]
    wanted = {area.code for area in comparison.areas}
    for depth, area in in_tree(tasks.division):
        if area.code not in wanted or not (everybody or area.level != tasks.division.leaf_level):
            continue
        lines.append(["  " * depth + area.name, *_cells(tasks, comparison, area, there, lang)])
    return aligned(lines)


def _cells(
    tasks: Tasks, comparison: Comparison, area: Area, there: bool, lang: str
) -> Iterator[str]:
    for task in tasks.tasks:
        yield _number(tasks.number(task, area.code), lang)
    both = tasks.together(area.code)
    yield _number(both, lang)
    people = comparison.inhabitants(area.code)
    yield decimals(both * 1000 / people, 2, lang) if people else NONE
    if there:
        known = tasks.there(area.code)
        yield NONE if known is None else _number(known, lang)


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
