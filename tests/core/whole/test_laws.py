"""What must hold for every problem: totals, floor and ceiling at every level, anonymity, proof.

A tie is refused or drawn, and whatever is wrong with a question is told at once.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.core.whole.certificate import Certificate, cut_offs, prove
from allocator.core.whole.check import NotProven, check
from allocator.core.whole.cost import LARGEST_REMAINDER, METHODS, Ratio, signpost
from allocator.core.whole.problem import Problem, Refused
from allocator.core.whole.solve import Lot, Undecided, solve
from tests.core.whole.random_problems import cost, middling

problems = st.builds(
    lambda seed, method: middling(Random(seed), method),
    st.integers(0, 10**9),
    st.sampled_from(METHODS),
)
calm = settings(max_examples=40, deadline=None)


@calm
@given(problems)
def test_totals_and_quota(problem: Problem) -> None:
    """Every sum is floor or ceiling of its own exact quota; whole sums are exact."""
    for key, number in problem.sums(solve(problem).numbers).items():
        exact = Fraction(problem.shares[key], problem.unit)
        assert abs(number - exact) < 1


@calm
@given(problems, st.integers(0, 10**9))
def test_anonymity(problem: Problem, seed: int) -> None:
    """Without ties neither the order of areas nor that of parts changes anything."""
    found = solve(problem)
    areas = list(problem.parents)
    Random(seed).shuffle(areas)
    turned = Problem(
        {area: problem.parents[area] for area in areas},
        tuple(reversed(problem.parts)),
        problem.quotas,
        problem.method,
    )
    other = solve(turned)
    assert other.certificate == found.certificate
    assert {frozenset(tie.numbers) for tie in other.ties} == {
        frozenset(t.numbers) for t in found.ties
    }
    tied = {cell for tie in found.ties for cell in tie.numbers}
    assert all(other.numbers[c] == n for c, n in found.numbers.items() if c not in tied)


@calm
@given(problems)
def test_own_numbers_return_themselves(problem: Problem) -> None:
    numbers = solve(problem).numbers
    quotas = {cell: Fraction(number) for cell, number in numbers.items()}
    again = solve(replace(problem, quotas=quotas))
    assert again.numbers == numbers
    assert not again.ties


@calm
@given(problems)
def test_cut_offs_tell_every_rounding(problem: Problem) -> None:
    """The spreadsheet rule of `CutOffs` gives the table, but for cells exactly at the cut-off."""
    found = solve(problem)
    cuts = cut_offs(problem, found.certificate)
    for (leaf, part), number in found.numbers.items():
        low, high = problem.bounds[leaf, part]
        parent = problem.parents[leaf]
        if low == high or parent is None:
            continue
        quota = problem.quotas[leaf, part]
        cut = cuts.cutoff[parent, part]
        if problem.method == LARGEST_REMAINDER:
            relief = cuts.relief.get(leaf, Fraction(0))
            assert cut is not None
            assert relief is not None
            lead = quota - low - cut - relief
        else:
            relief = cuts.relief.get(leaf, Fraction(1))
            if cut is None or relief is None:
                continue
            power = 2 if problem.method == "hill" else 1
            post = Fraction(*signpost(problem.method, low))
            lead = quota**power * cut * relief - post if post else Fraction(1)
        assert number == high if lead > 0 else number == low if lead < 0 else True


@calm
@given(problems, st.data())
def test_the_check_sees_a_change(problem: Problem, data: st.DataObject) -> None:
    found = solve(problem)
    check(problem, found.numbers, found.certificate)
    cell = data.draw(st.sampled_from(problem.cells))
    with pytest.raises(NotProven):
        check(problem, {**found.numbers, cell: found.numbers[cell] + 1}, found.certificate)
    key = data.draw(st.sampled_from([(area, None) for area in problem.parents]))
    price = found.certificate.prices.get(key)
    lower = -1 if problem.method == LARGEST_REMAINDER else Ratio(1, 2)
    forged = {**found.certificate.prices, key: lower if price is None else price + lower}
    with pytest.raises(NotProven):
        check(problem, found.numbers, Certificate(forged))


@calm
@given(problems)
def test_the_cost_is_the_sum_of_squares_or_the_product_of_ratios(problem: Problem) -> None:
    """Counted anew from the definitions, above all cells rounded down."""
    found = solve(problem).numbers
    squares, ratios, first_units = Fraction(0), Fraction(1), 0
    for cell, number in found.items():
        quota, low = problem.quotas[cell], floor(problem.quotas[cell])
        squares += (number - quota) ** 2 - (low - quota) ** 2
        if number > low and problem.method != LARGEST_REMAINDER:
            post = Fraction(*signpost(problem.method, low))
            first_units += not post
            ratios *= (post or 1) / quota ** (2 if problem.method == "hill" else 1)
    least = cost(problem, dict(found))
    if problem.method == LARGEST_REMAINDER:
        assert isinstance(least, int)
        assert Fraction(least, problem.unit) == squares
    else:
        assert least == Ratio(ratios.numerator, ratios.denominator, first_units)


def tied() -> Problem:
    half = Fraction(1, 2)
    return Problem(
        {"NL": None, "A": "NL", "B": "NL", "C": "NL", "D": "NL"},
        ("x", "y"),
        {(leaf, part): half for leaf in "ABCD" for part in "xy"},
    )


def test_refused_and_drawn_ties() -> None:
    with pytest.raises(Undecided) as undecided:
        solve(tied(), "refuse")
    cells = tuple(cell for tie in undecided.value.ties for cell in tie)
    assert len(cells) == 8
    drawn = solve(tied(), Lot(cells[::-1], undecided.value.drawn_for))
    assert drawn.numbers["D", "y"] == 1
    assert drawn.ties[0].by == "lot"
    assert prove(tied(), drawn.numbers) == solve(tied()).certificate
    with pytest.raises(Refused, match="other figures"):
        solve(replace(tied(), method="hill"), Lot(cells, undecided.value.drawn_for))
    with pytest.raises(Refused, match="other cells"):
        solve(tied(), Lot(cells[1:], undecided.value.drawn_for))


def test_denominators_of_500_bits() -> None:
    draw = Random(4)
    unit = draw.getrandbits(500) | 1
    for method in METHODS:
        parents = {"R": None, "P": "R", "Q": "R"} | {f"L{n}": "PQ"[n % 2] for n in range(40)}
        quotas = {
            (f"L{n}", part): Fraction(draw.getrandbits(502), unit)
            for n in range(40)
            for part in "xy"
        }
        problem = Problem(parents, ("x", "y"), quotas, method)
        found = solve(problem)
        check(problem, found.numbers, found.certificate)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        Problem({"R": None, "S": None, "A": "Z"}, ("x", "x"), {}, "hamilton")
    for word in ("hamilton", "root", "Z", "different"):
        assert word in str(refused.value)
