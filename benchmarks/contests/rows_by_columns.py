"""Rows by columns, both with given totals: biproportional tables against `biprop` and `votelib`."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from allocator.core.textbook.biproportional import biproportional
from allocator.core.textbook.divisor import apportion
from benchmarks.contests.contest import OURS, Answer, Contest, Run, Solver, digest


@dataclass(frozen=True)
class Table:
    """Votes with the seats of every row and of every column."""

    votes: dict[str, dict[str, int]]
    rows: dict[str, int]
    columns: dict[str, int]


def drawn(rows: int, columns: int) -> Callable[[], Table]:
    """Rows of very different sizes; the seats of both sides follow from their votes by Webster."""

    def pose() -> Table:
        draw = Random(f"{rows} by {columns}")
        weight = [draw.lognormvariate(0, 1) for _ in range(columns)]
        votes = {}
        for row in range(rows):
            size = draw.lognormvariate(9, 1.3)
            votes[f"r{row}"] = {
                f"c{column}": int(size * weight[column] * draw.uniform(0.5, 1.5)) + 1
                for column in range(columns)
            }
        sums = {c: Fraction(sum(line[c] for line in votes.values())) for c in votes["r0"]}
        places = {r: Fraction(sum(line.values())) for r, line in votes.items()}
        total = 8 * rows * columns
        by_row = apportion(places, total, "webster").numbers
        by_column = apportion(sums, total, "webster").numbers
        return Table(votes, dict(by_row), dict(by_column))

    return pose


def ours(of: Table) -> Run:
    def run() -> list[int]:
        weights = {(r, c): Fraction(v) for r, line in of.votes.items() for c, v in line.items()}
        found = biproportional(weights, of.rows, of.columns)
        assert not found.ties
        return [found.numbers[r, c] for r in of.rows for c in of.columns]

    return run


def by_votelib(of: Table) -> Run:
    from votelib.evaluate.proportional import BiproportionalEvaluator

    def run() -> list[int]:
        evaluator = BiproportionalEvaluator("sainte_lague", apportioner=of.rows)
        found = evaluator.evaluate(of.votes, sum(of.rows.values()))
        return [found.get(r, {}).get(c, 0) for r in of.rows for c in of.columns]

    return run


def by_biprop(of: Table) -> Run:
    import biprop

    def run() -> list[int]:
        votes = [[*line.values()] for line in of.votes.values()]
        election: Any = biprop.Election(
            votes, party_seats=[*of.rows.values()], region_seats=[*of.columns.values()]
        )
        with redirect_stdout(io.StringIO()):  # it tells how often it went round
            found = election.lower_apportionment()
        return [int(number) for number in found.ravel()]

    return run


def judged(of: Table, numbers: list[int]) -> Answer:
    width = len(of.columns)
    lines = [numbers[at : at + width] for at in range(0, len(numbers), width)]
    assert [sum(line) for line in lines] == [*of.rows.values()]
    assert [sum(column) for column in zip(*lines, strict=True)] == [*of.columns.values()]
    return Answer(digest(numbers))


ROWS_BY_COLUMNS = Contest(
    "Rows by columns",
    "Drawn votes; the seats of every row and column are given, eight for each cell.",
    {f"{r} rows, {c} columns": drawn(r, c) for r, c in ((12, 2), (26, 9), (342, 4), (1000, 4))},
    {
        OURS: Solver(ours, "exact; who ties; multipliers as proof"),
        "biprop": Solver(by_biprop, "floats; divisors"),
        "votelib": Solver(by_votelib, "fractions"),
    },
    judged,
    why=(
        "`biprop` rounds whole arrays of floats at once; ours finds its multipliers in floats too, "
        "one by one, and then proves the table in exact fractions."
    ),
)
