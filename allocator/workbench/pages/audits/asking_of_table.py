"""The form beside a table that was brought: what it does not say itself, and names to choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from allocator.model.downloaded import Downloaded
from allocator.model.instance import Instance, Quantity
from allocator.model.problem import InputError, Problem
from allocator.words.levels import level_name
from allocator.words.text import Text, Value, text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.brought import ASIDE, asked_name, candidates
from allocator.workbench.pages.asking import Choice, Field, with_problems
from allocator.workbench.pages.asking import fields as of_instance
from allocator.workbench.uploads import Upload

NOTATIONS = {"nl": text("Dutch: 1.234,5"), "en": text("English: 1,234.5")}


def total_fields(scenario: Scenario, error: InputError | None = None) -> list[Field]:
    """The national numbers, by which the rule is reckoned."""
    plain = Scenario(scenario.instance, totals=scenario.totals)
    totals = [each for each in of_instance(plain) if each.name.startswith("total.")]
    return with_problems(totals, error)


def fields(
    scenario: Scenario, upload: Upload, read: Downloaded | None, error: InputError | None
) -> list[Field]:
    """Names first, since they must be chosen; then columns, figures and totals."""
    instance = asked.instance_of(scenario.instance)
    problems = error.problems if error else ()
    found = [
        *_names(scenario, instance, read, problems),
        *_columns(scenario, instance),
        _notation(scenario),
        _level(scenario, instance),
    ]
    if not upload.name.endswith((".csv", ".tsv", ".txt")):
        found.append(_typed(scenario, "sheet", text("Sheet of the workbook")))
    return [*_at_fields(found, problems), *total_fields(scenario, error)]


def elsewhere(found: Iterable[Field], error: InputError) -> list[Problem]:
    """The problems that stand at no field."""
    told = [(problem.place, problem.found) for each in found for problem in each.problems]
    return [problem for problem in error.problems if (problem.place, problem.found) not in told]


def _names(
    scenario: Scenario, instance: Instance, read: Downloaded | None, problems: Iterable[Problem]
) -> Iterator[Field]:
    """A choice for each name that may mean several areas, or is taken with some doubt."""
    asking = {name: each for each in problems if (name := asked_name(each))}
    chosen = [name.partition(".")[2] for name in scenario.reading if name.startswith("name.")]
    matches = read.matches if read else ()
    doubtful = {match.written: match.code for match in matches if match.doubtful}
    for name in dict.fromkeys((*asking, *chosen, *doubtful)):
        value = scenario.reading.get(f"name.{name}", "")
        first = doubtful.get(name, "") if not value else ""
        several = [
            Choice(
                area.code,
                text("{area} ({code}), {level}", area=area.name, code=area.code, level=level),
                area.code in (value, first),
            )
            for area in candidates(name, instance)
            if (level := level_name(area.level))
        ]
        if not first:
            several.insert(0, Choice("", text("choose"), not value))
        several.append(Choice(ASIDE, text("none: leave the line aside"), value == ASIDE))
        mend = text("Choose what it is, or mend the table.")
        told = (replace(asking[name], mend=mend),) if name in asking else ()
        label = text("Which area is {name}?", name=f"'{name}'")
        yield Field(f"name.{name}", label, value, choices=tuple(several), problems=told)


def _columns(scenario: Scenario, instance: Instance) -> Iterator[Field]:
    """For each stream its heading; in a half-year also that of numbers with a balance in them."""
    for stream in instance.streams.all:
        label = text("Column with {stream}", stream=stream.title)
        yield _typed(scenario, f"column.{stream.name}", label, text("Its heading or letter."))
        if instance.half_year:
            label = text("Column with {stream} and the balance in it", stream=stream.title)
            yield _typed(scenario, f"column.{stream.name}:{Quantity.CORRECTED.value}", label)


def _typed(scenario: Scenario, name: str, label: Value, help: Value = "") -> Field:
    return Field(name, label, scenario.reading.get(name, ""), help)


def _notation(scenario: Scenario) -> Field:
    value = scenario.reading.get("notation", "")
    several = [Choice("", text("as the figures show"), not value)]
    several += [Choice(name, said, value == name) for name, said in NOTATIONS.items()]
    return Field("notation", text("How figures are written"), value, choices=tuple(several))


def _level(scenario: Scenario, instance: Instance) -> Field:
    value = scenario.reading.get("level", "")
    several = [Choice("", text("as the table shows"), not value)]
    several += [
        Choice(level, level_name(level, 2), value == level)
        for level in (*instance.division.tree[1:], *instance.division.also)
    ]
    return Field("level", text("What its names are of"), value, choices=tuple(several))


def _at_fields(found: list[Field], problems: Iterable[Problem]) -> list[Field]:
    """What the command line asks for with an option is asked at the first field of that name."""
    waiting = [each for each in problems if not asked_name(each)]
    placed = []
    for each in found:
        option = f"--{each.name.partition('.')[0]}"
        about = [problem for problem in waiting if _option_of(problem) == option]
        waiting = [problem for problem in waiting if problem not in about]
        own = tuple(replace(problem, mend=_mend_here(problem)) for problem in about)
        placed.append(replace(each, problems=(*each.problems, *own)))
    return placed


def _option_of(problem: Problem) -> str:
    """The option of the command line that a problem is about, or "" for none."""
    words = (problem.place.file, *problem.mend.sentence.split())
    return next((word for word in words if word.startswith("--")), "")


def _mend_here(problem: Problem) -> Text:
    """What to do, without naming the option."""
    if problem.place.file.startswith("--"):
        return problem.mend
    choices = problem.mend.values.get("choices")
    return choices if isinstance(choices, Text) else text("Say it in this field.")
