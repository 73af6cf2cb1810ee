"""The textbook methods against the packages `apportionment` and `votelib`, ties and limits too.

`python -m tests.core.textbook.second_opinion COUNT SEED [NAME ...]` runs them with larger counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from random import Random

from apportionment.methods import TiesException, compute
from votelib.evaluate.core import Tie
from votelib.evaluate.proportional import BiproportionalEvaluator, HighestAverages, LargestRemainder

from allocator.core.textbook.biproportional import biproportional
from allocator.core.textbook.divisor import Apportionment, apportion
from allocator.core.textbook.largest_remainder import Remainders, largest_remainder
from allocator.core.whole.cost import LARGEST_REMAINDER, METHODS
from allocator.core.whole.problem import Problem, Refused
from allocator.core.whole.solve import solve
from tests.core.whole.alone import Comparison, each, main

SIGNPOSTS: dict[str, Callable[[int], int | Fraction]] = {
    "jefferson": lambda n: n + 1,
    "webster": lambda n: 2 * n + 1,
    "adams": lambda n: n,
    "dean": lambda n: Fraction(2 * n * (n + 1), 2 * n + 1),
    "hill": lambda n: n * (n + 1),  # votes are squared with it
}
FIRST_FOR_ALL = ("adams", "dean", "hill")


@dataclass(frozen=True)
class Election:
    """Votes to be divided by a method; `low` and `high` are empty for most."""

    method: str
    votes: dict[str, int]
    total: int
    low: dict[str, int]
    high: dict[str, int]


def election(draw: Random, limits: bool) -> Election:
    """Up to twelve parties; divisor methods get a minimum and maximum for each where asked."""
    method = draw.choice(METHODS)
    count = draw.randint(1, 12)
    scale = draw.choice([5, 100, 10**6])
    votes = {f"p{n}": draw.randint(1, scale) for n in range(count)}
    total = draw.randint(count, 12 * count)
    low: dict[str, int] = {}
    high: dict[str, int] = {}
    if limits and method != LARGEST_REMAINDER and draw.random() < 0.4:
        low = {name: draw.randint(0, 3) for name in votes}
        high = {name: draw.randint(max(1, low[name]), 20) for name in votes}
    return Election(method, votes, total, low, high)


def ours(of: Election) -> Apportionment | Remainders:
    weights = {name: Fraction(votes) for name, votes in of.votes.items()}
    if of.method == LARGEST_REMAINDER:
        return largest_remainder(weights, of.total)
    return apportion(weights, of.total, of.method, of.low, of.high)


def apportionment(count: int, seed: int) -> Counter[str]:
    """Numbers and whether there is a tie, without limits, against `apportionment`."""

    def compare(draw: Random) -> str:
        of = election(draw, limits=False)
        found, votes = ours(of), list(of.votes.values())
        name = of.method.replace("-", "_")
        try:
            theirs = compute(name, votes, of.total, fractions=True, tiesallowed=False)
        except TiesException:
            assert found.tied, f"they see a tie and we none: {of}"
            return "same: a tie"
        assert not found.tied, f"we see a tie and they none: {of}"
        assert list(found.numbers.values()) == theirs, of
        return "same numbers"

    return each(count, seed, compare)


def votelib(count: int, seed: int) -> Counter[str]:
    """Numbers, and who is tied for how many units, with limits, against `votelib`."""

    def compare(draw: Random) -> str:
        of = election(draw, limits=True)
        try:
            found = ours(of)
        except Refused:
            return "refused"
        start = _start(of)
        if all(start.get(n, 0) >= of.high.get(n, of.total) for n in of.votes):
            assert found.numbers == start, of  # votelib cannot begin where nobody takes more
            return "same: nothing to divide"
        theirs = _by_votelib(of)
        shared = [key for key in theirs if isinstance(key, Tie)]
        tied = {name for tie in shared for name in tie}
        assert tied == set(found.tied), of
        assert sum(theirs[tie] for tie in shared) == found.drawn * bool(shared), of
        for name in of.votes.keys() - tied:
            assert theirs.get(name, 0) == found.numbers[name], of
        return "same tie" if shared else "same numbers"

    return each(count, seed, compare)


def _start(of: Election) -> dict[str, int]:
    """What everybody who gets any has before votelib begins."""
    first = 1 if of.method in FIRST_FOR_ALL else 0
    start = {name: max(of.low.get(name, 0), first) for name in of.votes}
    return {name: number for name, number in start.items() if number}


def _by_votelib(of: Election) -> dict[object, int]:
    if of.method == LARGEST_REMAINDER:
        return dict(LargestRemainder("hare").evaluate(of.votes, of.total))
    start = _start(of)
    votes = {n: v * v for n, v in of.votes.items()} if of.method == "hill" else of.votes
    found = dict(
        HighestAverages(SIGNPOSTS[of.method]).evaluate(
            votes, of.total, prev_gains=start, max_seats=of.high
        )
    )
    for name, number in start.items():
        found[name] = found.get(name, 0) + number
    return found


def votelib_tables(count: int, seed: int) -> Counter[str]:
    """Biproportional tables against `votelib`, which takes the column totals by Webster."""
    return each(count, seed, _same_table)


def _same_table(draw: Random) -> str:
    rows, columns = draw.randint(2, 5), draw.randint(2, 5)
    votes = {
        f"r{r}": {f"c{c}": draw.randint(1, 10**5) for c in range(columns)} for r in range(rows)
    }
    seats = {row: draw.randint(1, 12) for row in votes}
    sums = {c: sum(votes[row][c] for row in votes) for c in votes["r0"]}
    party = apportion({c: Fraction(v) for c, v in sums.items()}, sum(seats.values()), "webster")
    if party.tied:
        return "columns tie"
    weights = {(r, c): Fraction(v) for r, line in votes.items() for c, v in line.items()}
    found = biproportional(weights, seats, party.numbers)
    theirs = BiproportionalEvaluator("sainte_lague", apportioner=seats).evaluate(
        votes, sum(seats.values())
    )
    table = {(r, c): theirs.get(r, {}).get(c, 0) for r in seats for c in sums}
    assert found.ties or table == dict(found.numbers), f"{votes} {seats}"
    return "table with ties" if found.ties else "same table"


def one_level(count: int, seed: int) -> Counter[str]:
    """One level and one part: `solve` against the textbook between floor and ceiling."""
    return each(count, seed, _same_as_whole)


def _same_as_whole(draw: Random) -> str:
    of = election(draw, limits=False)
    everybody = sum(of.votes.values())
    quotas = {name: Fraction(of.total * votes, everybody) for name, votes in of.votes.items()}
    parents: dict[str, str | None] = {"all": None} | dict.fromkeys(of.votes, "all")
    cells = {(name, "seats"): quota for name, quota in quotas.items()}
    whole = solve(Problem(parents, ("seats",), cells, of.method))
    low = {name: floor(quota) for name, quota in quotas.items()}
    high = {name: ceil(quota) for name, quota in quotas.items()}
    try:
        found = ours(Election(of.method, of.votes, of.total, low, high))
    except Refused:
        return "refused: not everybody gets one"
    assert {name: number for (name, _), number in whole.numbers.items()} == found.numbers, of
    assert {name for tie in whole.ties for name, _ in tie.numbers} == set(found.tied), of
    return "same tie" if found.tied else "same numbers"


COMPARISONS: dict[str, Comparison] = {
    "apportionment": apportionment,
    "votelib": votelib,
    "votelib-tables": votelib_tables,
    "one-level": one_level,
}

if __name__ == "__main__":
    main("tests.core.textbook.second_opinion", COMPARISONS)
