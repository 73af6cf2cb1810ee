"""Measures of fairness beside published answers, real tables, and tables with nothing in them."""

from __future__ import annotations

import doctest
from fractions import Fraction
from pathlib import Path

import numpy
import pytest

import allocator
from allocator.comparison.fairness import (
    CORRELATION,
    FURTHEST,
    LORENZ,
    MEASURES,
    NEIGHBOURS,
    Correlation,
    Extreme,
    correlation,
    furthest_apart,
    measured,
    neighbours_apart,
)
from allocator.words.say import say

PAGE = Path(__file__).parents[2] / "docs" / "fairness.md"


def people(*thousands: int) -> dict[str, Fraction]:
    """Inhabitants of areas a, b, c, ..., in thousands; invented."""
    return {chr(ord("a") + i): Fraction(1000 * many) for i, many in enumerate(thousands)}


def per_area(*numbers: int) -> dict[str, int]:
    return {chr(ord("a") + i): number for i, number in enumerate(numbers)}


def test_the_gini_of_care_per_region_as_the_r_package_gini_has_it() -> None:
    """The example of gini.1994b, after Brown (1994): https://rdrr.io/cran/Gini/man/gini.1994b.html."""
    inhabitants = (
        "382.8 522.7 192.4 227.4 490.2 108.0 222.5 220.5 231.2 375.3 323.9 79.9 305.7 98.7"
    )
    care = "2778 3333 1673 1708 2118 1077 1850 1557 2010 2587 2482 616 2010 936 633 582"
    found = measured(
        per_area(*map(int, care.split())),
        dict(
            zip("abcdefghijklmnop", map(Fraction, f"{inhabitants} 46.1 35.3".split()), strict=True)
        ),
    )
    assert found.gini is not None
    assert round(found.gini, 7) == Fraction("0.1216807")


@pytest.mark.parametrize(
    ("name", "stream"),
    [("nl/housing-2023-h1", "permit_holders"), ("nl/reception-2024", "minors")],
)
def test_real_tables_as_numpy_measures_them(name: str, stream: str) -> None:
    distribution = allocator.distribute(allocator.load(name))
    indicators = distribution.instance.indicators
    inhabitants = indicators["population"].values
    numbers = {code: distribution.number(code, stream) for code in inhabitants}
    found = measured(numbers, inhabitants)

    n = numpy.array(list(numbers.values()), float)
    p = numpy.array([float(inhabitants[code]) for code in numbers])
    per, share = n / p, n.sum() * p / p.sum()
    order = numpy.argsort(per)
    x = numpy.concatenate(([0], p[order].cumsum() / p.sum()))
    y = numpy.concatenate(([0], n[order].cumsum() / n.sum()))
    expected = {
        "highest": (n / share).max(),
        "lowest": (n / share).min(),
        "gini": 1 - ((y[1:] + y[:-1]) * (x[1:] - x[:-1])).sum(),
        "gini_over_areas": abs(per[:, None] - per).mean() / (2 * per.mean()),
        "to_move": abs(n - share).sum() / n.sum() / 2,
        "mean_deviation": abs(n - share).mean(),
        "largest_deviation": abs(n - share).max(),
        "within": (abs(n - share) <= share / 10).mean(),
        "largest_difference": 1000 * (per.max() - per.min()),
    }
    for measure in MEASURES:
        value = measure.value(found)
        assert value is not None
        assert float(value) == pytest.approx(expected[measure.name], rel=1e-9), measure.name
    for indicator in indicators.values():
        related = correlation(numbers, inhabitants, indicator.values)
        assert related is not None
        values = [float(indicator.values[code]) for code in numbers]
        assert float(related.r) == pytest.approx(numpy.corrcoef(per, values)[0, 1], abs=6e-7)


def test_a_table_without_a_total() -> None:
    found = measured(per_area(0, 0, 0), people(1, 2, 3))
    values = {measure.name: measure.value(found) for measure in MEASURES}
    assert values == {
        "highest": None,
        "lowest": None,
        "gini": None,
        "gini_over_areas": None,
        "to_move": None,
        "mean_deviation": Fraction(0),
        "largest_deviation": Fraction(0),
        "within": Fraction(1),
        "largest_difference": Fraction(0),
    }
    assert (found.lorenz, found.furthest) == ((), ())
    assert correlation(per_area(0, 0), people(1, 2), people(1, 2)) is None


def test_a_table_without_areas() -> None:
    for found in (measured({}, {}), measured({"sea": 4}, {"sea": Fraction(0)})):
        assert {measure.value(found) for measure in MEASURES} == {None}
        assert (found.areas, found.total) == (0, 0)
        assert (found.lorenz, found.furthest) == ((), ())
    assert correlation({}, {}, {}) is None
    assert furthest_apart({}, {}, 3) == neighbours_apart({}, {}, [("a", "b")], 3) == ()


def test_a_single_area_has_its_share() -> None:
    found = measured(per_area(7), people(3))
    assert found.highest == found.lowest == Extreme("a", Fraction(1))
    assert found.gini == found.gini_over_areas == found.to_move == found.largest_difference == 0
    assert found.furthest == ()
    assert correlation(per_area(7), people(3), people(5)) is None


def test_places_where_nobody_lives_are_left_out_and_named() -> None:
    found = measured(per_area(5, 10, 30), people(0, 20, 60))
    assert found.left_out == ("a",)
    assert (found.areas, found.total, found.gini) == (2, 40, Fraction(0))
    assert neighbours_apart(per_area(5, 10, 31), people(0, 20, 60), [("a", "b")], 3) == ()


@pytest.mark.parametrize(
    ("numbers", "inhabitants", "named"),
    [
        (per_area(1, 2), people(1), "b"),
        (per_area(1), people(1, 2), "b"),
        (per_area(1, -2), people(1, 2), "b"),
        (per_area(1, 2), people(-1, -2), "a, b"),
    ],
)
def test_tables_that_cannot_be_measured_are_refused(
    numbers: dict[str, int], inhabitants: dict[str, Fraction], named: str
) -> None:
    with pytest.raises(ValueError, match=rf" for {named}$"):
        measured(numbers, inhabitants)


def test_a_correlation_needs_a_value_for_every_area() -> None:
    with pytest.raises(ValueError, match=r"^there is no value for b, c$"):
        correlation(per_area(1, 2, 3), people(1, 2, 3), people(9))


@pytest.mark.parametrize(
    ("r_squared", "r"),
    [
        (Fraction(0), "0"),
        (Fraction(1), "1"),
        (Fraction(1, 4 * 10**12), "0.000001"),  # the root is 0.0000005, a half
        (Fraction(1, 4 * 10**12) - Fraction(1, 10**40), "0"),
        (Fraction(1, 3), "0.577350"),  # 0.57735026...
        (Fraction("0.9999995") ** 2, "1"),
        (Fraction("0.9999995") ** 2 - Fraction(1, 10**40), "0.999999"),  # no float sees that
    ],
)
def test_a_root_is_rounded_to_six_decimals(r_squared: Fraction, r: str) -> None:
    assert Correlation(1, r_squared).r == Fraction(r)
    assert Correlation(-1, r_squared).r == -Fraction(r)


def test_the_gini_over_areas_may_rise_where_the_gini_falls() -> None:
    """A large area's place weighs little there and much in a small one; the page tells of it."""
    inhabitants = {code: Fraction(100) for code in "abcde"} | {
        "f": Fraction(10),
        "g": Fraction(1000),
    }
    before = measured(per_area(100, 100, 100, 100, 100, 11, 1300), inhabitants)
    after = measured(per_area(100, 100, 100, 100, 100, 12, 1299), inhabitants)
    assert before.gini is not None
    assert before.gini_over_areas is not None
    assert after.gini is not None
    assert after.gini_over_areas is not None
    assert after.gini < before.gini
    assert after.gini_over_areas > before.gini_over_areas


def test_exactly_the_margin_is_within_it() -> None:
    """22 and 78 where the shares are 20 and 80: both are 2 off, a tenth and a fortieth."""
    assert measured(per_area(22, 78), people(20, 80)).within == 1
    assert measured(per_area(22, 78), people(20, 80), margin=Fraction(1, 11)).within == Fraction(
        1, 2
    )
    assert measured(per_area(22, 78), people(20, 80), margin=Fraction(1, 41)).within == 0


def test_equal_claims_are_told_by_code() -> None:
    """Two areas have 2 per 1,000 and two have 1, so four pairs are equally far apart."""
    found = measured(
        {"d": 2, "b": 1, "c": 1, "a": 2}, dict.fromkeys("dbca", Fraction(1000)), pairs=3
    )
    assert [(pair.more, pair.fewer) for pair in found.furthest] == [
        ("a", "b"),
        ("a", "c"),
        ("d", "b"),
    ]
    assert found.highest == Extreme("a", Fraction(4, 3))
    assert found.lowest == Extreme("b", Fraction(2, 3))
    assert found.largest_deviation == Extreme("a", Fraction(1, 2))


def test_the_page_has_the_words_and_the_sums_of_the_program() -> None:
    page = " ".join(PAGE.read_text("utf-8").split())
    for named in (*MEASURES, LORENZ, FURTHEST, NEIGHBOURS, CORRELATION):
        assert f"**{say(named.title, 'en')}.**" in page, named.name
        assert say(named.says, "en").removesuffix(".") in page, named.name
    failures, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (failures, tried > 8) == (0, True)
