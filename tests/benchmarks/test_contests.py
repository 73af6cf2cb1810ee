"""A contest ends where a peer's answer is worse, and its questions are answered alike."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from benchmarks.contests.contest import OURS, Answer, Contest, Differs, compared
from benchmarks.contests.one_level import REMAINDERS, WEBSTER
from benchmarks.contests.rows_by_columns import ROWS_BY_COLUMNS
from benchmarks.contests.together import TOGETHER
from benchmarks.measuring.times import Times
from benchmarks.page.of_contests import Row, beaten_in


def test_another_table_must_cost_the_same() -> None:
    ours = Answer("a", 2.5)
    assert compared(ours, Answer("a", 2.5)) == "same numbers"
    assert compared(ours, Answer("b", 2.5)) == "another table of the same cost"
    assert "to within" in compared(ours, Answer("b", 2.5 + 1e-9))
    with pytest.raises(Differs, match=r"ours costs 2\.5, theirs 2\.6"):
        compared(ours, Answer("b", 2.6))
    with pytest.raises(Differs, match="the numbers differ"):
        compared(Answer("a"), Answer("b"))


@pytest.mark.parametrize(
    ("contest", "peers"),
    [
        (REMAINDERS, ("apportionment", "votelib")),
        (WEBSTER, ("votelib",)),
        (ROWS_BY_COLUMNS, ("votelib",)),
        (TOGETHER, ("networkx, from quotas",)),
    ],
    ids=["remainders", "webster", "rows by columns", "together"],
)
def test_the_smallest_question_is_answered_alike(
    contest: Contest[Any], peers: tuple[str, ...]
) -> None:
    question = pickle.loads(pickle.dumps(next(iter(contest.questions.values()))()))
    ours = contest.judged(question, contest.solvers[OURS].prepare(question)())
    for peer in peers:
        theirs = contest.judged(question, contest.solvers[peer].prepare(question)())
        assert compared(ours, theirs) == "same numbers"


def test_a_table_that_does_not_add_up_is_refused() -> None:
    question = next(iter(TOGETHER.questions.values()))()
    numbers = dict(TOGETHER.solvers[OURS].prepare(question)())
    numbers[question.cells[0]] += 1
    with pytest.raises(ValueError, match="is"):
        TOGETHER.judged(question, numbers)


def test_who_was_faster_is_told_with_what_it_gives() -> None:
    rows = [
        Row("342", OURS, Times((2.0,)), 9, ""),
        Row("342", "iteround", Times((1.0,)), 9, "same numbers"),
        Row("342", "votelib", Times((3.0,)), 9, "same numbers"),
        Row("342", "apportionment", None, 0, "too slow"),
    ]
    (beaten,) = beaten_in(rows, REMAINDERS)
    assert beaten.line == "- iteround: ours takes 2 times as long (floats; no ties)"
