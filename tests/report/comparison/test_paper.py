"""The paper of a comparison holds every number that its csv has, in both languages."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

import allocator
from allocator.asking.comparing import Typed, compared, tasks_of
from allocator.asking.sweeping import Typed as Sweeping
from allocator.asking.sweeping import asked
from allocator.comparison.margins import margins
from allocator.comparison.side_by_side import Comparison
from allocator.comparison.sweep import sweep
from allocator.comparison.tasks import Tasks
from allocator.report.comparison import as_csv, as_json
from allocator.report.comparison.margins import as_csv as margins_csv
from allocator.report.comparison.paper import margins_paper, paper_of, sweep_paper
from allocator.report.comparison.sweep import as_csv as sweep_csv
from allocator.report.paper.paper import Paper
from tests.report.paper.looked_up import (
    Heading,
    differing,
    lines,
    numbers_in,
    rows_of,
    same,
    tables,
)

NAMES = {"ses_woa": "SES-WOA score", "population": "inhabitants", "total": "national total"}
PER, MORE = "per 1,000 inhabitants", "more or fewer than under A"
STREAMS = {
    "places": "Reception places",
    "minors": "Places for minors (amv)",
    "regular": "Regular places",
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    nothing = dict.fromkeys(("rule", "keep", "per", "missing", "rounding", "method", "ties"))
    keys = ("people=population", "area=land_ha")
    typed = Typed(keys=keys, totals=(), inside="Zeeland", fixed=(), **nothing)
    return compared("nl/reception-2024", typed)


@pytest.fixture(scope="module")
def tasks(comparison: Comparison) -> Tasks:
    found = tasks_of(comparison, ("nl/housing-2024-h1",))
    assert found
    return found


@pytest.fixture(scope="module")
def paper(comparison: Comparison, tasks: Tasks) -> Paper:
    return paper_of(comparison, tasks, "en")


def columns(letter: str, place: int) -> dict[str, Heading]:
    """Where the csv's columns of a key stand; those of the first key have no difference."""
    found: dict[str, Heading] = {"number": ("numbers", letter), "per_1000": (PER, letter)}
    if place:
        found["difference"] = (MORE, f"{letter} − A")
        found["per_1000_difference"] = (PER, f"{letter} − A")
    return found


def test_every_number_of_the_csv_is_there(comparison: Comparison, paper: Paper) -> None:
    rows = list(rows_of(as_csv(comparison)))
    keys = list(dict.fromkeys(row["key"] for row in rows))
    found = tables(paper)
    for stream, title in STREAMS.items():
        for place, key in enumerate(keys):
            some = [row for row in rows if (row["stream"], row["key"]) == (stream, key)]
            where = columns("ABC"[place], place)
            wrong = differing(found[title], some, where, per_1000=6, per_1000_difference=6)
            assert wrong == []
            assert len(some) == len(found[title].rows)


def test_every_measure_of_the_json_is_there(comparison: Comparison, paper: Paper) -> None:
    keys = json.loads(as_json(comparison, None))["keys"]
    measured = dict(lines(tables(paper)["How even: reception places"]))
    assert list(measured) == ["A", "B", "C"]
    for letter, key in zip("ABC", keys, strict=True):
        given = key["streams"]["places"]["measures"]
        cells = list(measured[letter].values())
        wanted = [Fraction(value) for value in given.values() if isinstance(value, str)]
        assert [value for value in wanted if value not in cells] == []


def test_tasks_are_added_up(tasks: Tasks, paper: Paper) -> None:
    for code, cells in lines(tables(paper)["All tasks together"]):
        first, second = cells["(1)"], cells["(2)"]
        assert isinstance(first, Fraction)
        assert isinstance(second, Fraction)
        assert cells["together"] == first + second == tasks.together(code)


def test_both_languages_have_the_same_numbers(
    comparison: Comparison, tasks: Tasks, paper: Paper
) -> None:
    assert numbers_in(paper_of(comparison, tasks, "nl"), "nl") == numbers_in(paper, "en")


def test_margins_have_every_number_of_their_csv() -> None:
    distribution = allocator.distribute(allocator.load("nl/reception-2024"))
    division = distribution.instance.division
    found = margins(distribution, [division.by_code[c] for c in division.members["PV29"][:4]])
    paper = margins_paper(distribution, found, "en")
    where: dict[str, Heading] = {"number": "number", "figure": "now", "resolution": "in steps of"}
    where |= {"down": "down by", "up": "up by"}
    rows = list(rows_of(margins_csv(found)))
    for what, table in tables(paper).items():
        some = [row for row in rows if NAMES[row["what"]] == what]
        assert len(some) == len(table.rows) > 0
        assert differing(table, some, where, figure=9, resolution=9, down=9, up=9) == []
        for row, line in zip(some, table.rows, strict=True):
            becomes = [
                cell
                for column, cell in zip(table.columns, line.cells, strict=True)
                if str(column.title) == "becomes"
            ]
            assert same(becomes[0], row["down_becomes"])
            assert same(becomes[1], row["up_becomes"])


def test_a_sweep_has_every_number_of_its_csv() -> None:
    nothing = dict.fromkeys(("grid", "seed", "keep", "missing", "rounding", "method", "ties"))
    weights = ("population=0..1", "land_ha=0..1")
    typed = Sweeping(weights=weights, sample=20, totals=(), inside="Zeeland", fixed=(), **nothing)
    question, design = asked("nl/reception-2024", typed)
    found = sweep(question.instance, design, keep=question.keep, inside=question.inside)
    named = tables(sweep_paper(found, "en"))
    where: dict[str, Heading] = {"lowest": "lowest", "highest": "highest", "median": "median"}
    where |= {"lower_quartile": "quartile 1", "upper_quartile": "quartile 3"}
    where |= {"reference": "by the rule", "distinct": "numbers"}
    rows = list(rows_of(sweep_csv(found)))
    for stream, title in STREAMS.items():
        some = [row for row in rows if row["stream"] == stream]
        assert differing(named[title], some, where) == []
        assert len(some) == len(named[title].rows)
    keys = {str(row.cells[0]): row.cells[-1] for row in named["The keys"].rows}
    assert {row["lowest_by"]: row["lowest_key"] for row in rows}.items() <= keys.items()
