"""The paper of a plan holds every number that its csv and json have, in both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from allocator.asking.planning import Typed, asked, best
from allocator.plan.after.planned import Planned
from allocator.plan.beside.alternatives import NextBest, alternatives
from allocator.plan.solving.answer import Stopped
from allocator.plan.solving.watch import Patience
from allocator.report.paper.paper import Paper
from allocator.report.plan.data import as_csv, as_json
from allocator.report.plan.others import Others
from allocator.report.plan.paper import chapter_of, paper_of
from tests.report.paper.looked_up import Heading, differing, lines, numbers_in, rows_of, tables

WHOLE: dict[str, Heading] = {
    "indicative": "indicative",
    "task": "after agreements",
    "already": "counts already",
    "planned": "planned",
    "carried": "carried",
}
MINORS: dict[str, Heading] = {f"{name}_minors": heading for name, heading in WHOLE.items()}


@pytest.fixture(scope="module")
def made() -> tuple[Planned, Others]:
    files = dict.fromkeys(("area", "locations", "pledges", "agreements"))
    question = asked("nl/plan-example-zeeland", Typed(without=(), pledge=(), cap=(), **files))
    patience = Patience(None, lambda what, place, of: None)
    plan = best(question, patience)
    next_best = alternatives(question.posed.problem, plan, 1, 2, patience)
    return question.with_plan(plan), Others(next_best, 1)


@pytest.fixture(scope="module")
def paper(made: tuple[Planned, Others]) -> Paper:
    return paper_of(*made, "en")


@pytest.fixture(scope="module")
def data(made: tuple[Planned, Others]) -> Any:
    return json.loads(as_json(*made, {}))


def test_every_number_of_the_csv_is_there(made: tuple[Planned, Others], paper: Paper) -> None:
    rows = list(rows_of(as_csv(made[0])))
    found = tables(paper)
    assert differing(found["Per municipality"], rows, {**WHOLE, "difference": "difference"}) == []
    assert differing(found["Places for minors"], rows, MINORS) == []
    assert len(rows) == len(found["Per municipality"].rows) == 14


def test_the_aims_of_every_plan_are_there(paper: Paper, data: Any) -> None:
    every = [cells for _, cells in lines(tables(paper)["The aims, in every plan"])]
    plans = {"this plan": data["plan"], "(1)": data["alternatives"][0]}
    for heading, plan in plans.items():
        values = [stage["value"] for stage in plan["stages"]]
        assert [cells[heading] for cells in every] == values
    bounds = [stage["bound"] for stage in data["plan"]["stages"]]
    assert [cells["no plan has less than"] for cells in every] == bounds


def test_locations_have_the_places_of_the_plan(paper: Paper, data: Any) -> None:
    found = [cells["places"] for _, cells in lines(tables(paper)["Locations"])]
    assert found == list(data["plan"]["locations"].values())
    shared = [cells["places"] for _, cells in lines(tables(paper)["Shared locations"])]
    assert shared == [number for _, _, number in data["plan"]["shared"]]


def test_swaps_rest_and_grant_are_there(paper: Paper, data: Any) -> None:
    found = tables(paper)
    swaps = [cells["number"] for _, cells in lines(found["Swaps, from numbers to plan"])]
    parts = data["swaps"].values()
    assert swaps == [line["number"] for part in parts for line in part["lines"]]
    shares = [cells["share of the rest"] for _, cells in lines(found["The rest task"])]
    assert [n for n in shares if n] == [number for _, _, number in data["rest"]["shares"]]
    grant = [str(cells["part"]) for _, cells in lines(found["The grant"])]
    assert grant == list(data["grant"]["proportions"].values())


def test_the_tables_behind_a_plan_are_not_in_its_chapter(made: tuple[Planned, Others]) -> None:
    paper, chapter = paper_of(*made, "en"), chapter_of(*made, "en")
    assert paper.sections[:-1] == chapter.sections


def test_both_languages_have_the_same_numbers(made: tuple[Planned, Others], paper: Paper) -> None:
    assert numbers_in(paper_of(*made, "nl"), "nl") == numbers_in(paper, "en")


def test_a_search_that_was_cut_short_does_not_say_that_there_are_no_more(
    made: tuple[Planned, Others],
) -> None:
    planned, others = made
    found = others.next_best.plans
    for stopped, says in (
        (Stopped.NO, "No more plans differ so much: 1 in all."),
        (Stopped.TIME, "The time was over: there may be more plans that differ so much."),
        (Stopped.ASKED, "Stopped on request: there may be more plans that differ so much."),
    ):
        cut_short = Others(NextBest(found, stopped), 2)
        assert str(list(cut_short.alternatives(planned))[-1]) == says
        document = json.loads(as_json(planned, cut_short, {}))
        assert document["alternatives_stopped"] == (stopped.value or None)
    enough = Others(NextBest(found, Stopped.TIME), 1)
    assert not any("more plans" in str(line) for line in enough.alternatives(planned))
