"""The textbook methods on elections from books: refusals, ties as an outcome, monotony.

A biproportional table is proven by its own multipliers.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from allocator.core.textbook.biproportional import biproportional
from allocator.core.textbook.divisor import apportion
from allocator.core.textbook.largest_remainder import largest_remainder
from allocator.core.whole.cost import DIVISOR_METHODS, signpost
from allocator.core.whole.problem import Refused


def test_balinski_and_youngs_six_states() -> None:
    """Balinski and Young, Fair Representation: five methods, five answers."""
    people = [27_744, 25_178, 19_947, 14_614, 9_225, 3_292]
    weights = {str(n): Fraction(p) for n, p in enumerate(people)}
    found = {m: list(apportion(weights, 36, m).numbers.values()) for m in DIVISOR_METHODS}
    assert found == {
        "adams": [10, 9, 7, 5, 3, 2],
        "dean": [10, 9, 7, 5, 4, 1],
        "hill": [10, 9, 7, 6, 3, 1],
        "webster": [10, 9, 8, 5, 3, 1],
        "jefferson": [11, 9, 7, 5, 3, 1],
    }
    # quotas 9.988, 9.064, 7.181, 5.261, 3.321, 1.185
    assert list(largest_remainder(weights, 36).numbers.values()) == [10, 9, 7, 5, 4, 1]


@pytest.mark.parametrize(
    ("method", "means"),
    [
        ("adams", ["0", "1", "2", "3"]),  # the smaller of n and n + 1
        ("dean", ["0", "4/3", "12/5", "24/7"]),  # their harmonic mean
        ("hill", ["0", "2", "6", "12"]),  # their geometric mean, squared
        ("webster", ["1/2", "3/2", "5/2", "7/2"]),  # their arithmetic mean
        ("jefferson", ["1", "2", "3", "4"]),  # the larger
    ],
)
def test_signposts_are_means_of_two_neighbours(method: str, means: list[str]) -> None:
    """Balinski and Young: a divisor method rounds at a mean of n and n + 1."""
    assert [Fraction(*signpost(method, n)) for n in range(4)] == [*map(Fraction, means)]


def test_refusals() -> None:
    weights = {"A": Fraction(1), "B": Fraction(1), "C": Fraction(0)}
    with pytest.raises(Refused, match="at least 1"):
        apportion(weights, 1, "hill")
    with pytest.raises(Refused, match="too many"):
        apportion(weights, 9, "webster", maximum={"A": 4, "B": 4})
    with pytest.raises(Refused, match="too many"):
        largest_remainder(weights, 9, maximum={"A": 4, "B": 4})
    with pytest.raises(Refused, match="too few"):
        largest_remainder(weights, 1, {"A": 2})


@pytest.mark.parametrize("method", [*DIVISOR_METHODS, "largest-remainder"])
def test_a_minimum_that_is_the_maximum_is_the_number(method: str) -> None:
    weights = {"A": Fraction(1), "B": Fraction(1), "C": Fraction(2)}
    for fixed in range(1, 7):
        least, most = {"A": fixed}, {"A": fixed}
        if method == "largest-remainder":
            found = largest_remainder(weights, 9 + fixed, least, most).numbers
        else:
            found = apportion(weights, 9 + fixed, method, least, most).numbers
        assert found == {"A": fixed, "B": 3, "C": 6}
    with pytest.raises(Refused, match="no number from minimum 3 to maximum 2"):
        apportion(weights, 9, "webster", {"A": 3}, {"A": 2})


def test_a_tie_is_an_outcome() -> None:
    weights = {"A": Fraction(1), "B": Fraction(1), "C": Fraction(2)}
    found = apportion(weights, 6, "webster")  # the sixth: 1 / 1.5 for A and for B
    assert found.numbers == {"A": 2, "B": 1, "C": 3}
    assert (found.tied, found.drawn) == (("A", "B"), 1)
    four = apportion(weights, 4, "webster")
    assert (four.numbers, four.tied, four.drawn) == ({"A": 1, "B": 1, "C": 2}, (), 0)
    assert largest_remainder(weights, 5).tied == ()
    half = largest_remainder({"A": Fraction(1), "B": Fraction(1)}, 3)
    assert half.tied == ("A", "B")
    assert (half.drawn, half.cutoff) == (1, Fraction(1, 2))
    assert half.numbers == {"A": 2, "B": 1}


def test_divisors_are_house_monotone_and_large_totals_are_quick() -> None:
    draw = Random(2)
    weights = {str(n): Fraction(draw.randint(1, 10**6)) for n in range(40)}
    for method in DIVISOR_METHODS:
        before = apportion(weights, 100_000, method).numbers
        after = apportion(weights, 100_001, method).numbers
        assert all(after[name] >= before[name] for name in weights)
        assert sum(after.values()) == 100_001


def test_biproportional_multipliers_prove_it() -> None:
    draw = Random(3)
    for _ in range(50):
        rows = {f"r{n}": 0 for n in range(draw.randint(1, 5))}
        columns = {f"c{n}": 0 for n in range(draw.randint(1, 5))}
        weights = {(r, c): Fraction(draw.choice([0, 1, 2, 50, 999])) for r in rows for c in columns}
        for row, column in draw.choices(list(weights), k=20):
            if weights[row, column]:
                rows[row] += 1
                columns[column] += 1
        found = biproportional(weights, rows, columns)
        for (row, column), number in found.numbers.items():
            scaled = weights[row, column] * found.rows[row] * found.columns[column]
            assert abs(scaled - number) <= Fraction(1, 2)
        for row, total in rows.items():
            assert sum(found.numbers[row, c] for c in columns) == total
        for column, total in columns.items():
            assert sum(found.numbers[r, column] for r in rows) == total


def test_biproportional_weights_may_be_of_very_different_size() -> None:
    tiny, huge = Fraction(1, 10**40), Fraction(10**40)
    weights = {("1", "A"): tiny, ("1", "B"): tiny, ("2", "A"): huge, ("2", "B"): huge * 3}
    found = biproportional(weights, {"1": 4, "2": 8}, {"A": 5, "B": 7})
    assert found.numbers == {("1", "A"): 2, ("1", "B"): 2, ("2", "A"): 3, ("2", "B"): 5}


def test_biproportional_says_why_not() -> None:
    weights = {("1", "A"): Fraction(5), ("2", "A"): Fraction(1), ("2", "B"): Fraction(1)}
    with pytest.raises(
        Refused, match=r"rows 1 need 3, but have weight only in columns A, which take 2"
    ):
        biproportional(weights, {"1": 3, "2": 1}, {"A": 2, "B": 2})
    with pytest.raises(Refused, match="rows add to 4, columns to 5"):
        biproportional(weights, {"1": 3, "2": 1}, {"A": 3, "B": 2})
