"""Published numbers that follow from approximate figures, and those that cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import allocator
from allocator.audit.reconcile import CannotBe, Reconciled, reach, reconcile
from allocator.audit.reconcile.posing import question, with_values
from allocator.core.rounding import ROUND
from allocator.model.indicator import Indicator, Kind, Quality
from allocator.model.instance import Instance, Published, PublishedRow, Quantity, Total
from allocator.model.limits import Limit
from allocator.model.problem import InputError, Place
from allocator.model.rule import Choice, Rounding, Step
from allocator.model.streams import KeyText, Stream, Streams
from tests.strategies import BY_ITSELF, NAME, PARTS, instance_of, instances

F = Fraction
KEY = "(score + 1) * people"
#: What rounding to six decimals may add to the largest change, in times the tolerance.
DECIMALS = F(1, 1_000)
Scores = Mapping[str, Fraction]


def scored(plain: Instance, scores: Scores, key: str = KEY) -> Instance:
    """The instance with a key that uses a score."""
    rule = replace(plain.rule, steps=(Step("", KeyText(key, Place("rule"))),))
    score = Indicator(
        "score", NAME, Kind.RATE, 2022, NAME, NAME, "", Quality.APPROXIMATE, scores, {}
    )
    return replace(plain, rule=rule, indicators={**plain.indicators, "score": score})


def small(
    scores: Mapping[str, str],
    totals: Mapping[str, int],
    people: Mapping[str, int] | None = None,
    rounding: Rounding = Rounding.HALF_UP,
    key: str = KEY,
) -> Instance:
    """One province, all leaves with 1,000 people unless said otherwise."""
    weights = {code: F((people or {}).get(code, 1_000)) for code in scores}
    plain = instance_of(weights, dict.fromkeys(scores, "P"), dict(totals), rounding)
    return scored(plain, {code: F(score) for code, score in scores.items()}, key)


def publishing(instance: Instance, numbers: Mapping[tuple[str, str], int]) -> Instance:
    rows = (PublishedRow(*cell, number, Quantity.NUMBER, "") for cell, number in numbers.items())
    return replace(instance, published=Published(NAME, tuple(rows)))


def moved(instance: Instance, scores: Scores) -> Instance:
    return with_values(instance, "score", scores)


def follows(instance: Instance, found: Reconciled) -> bool:
    """Whether the rule gives the published numbers for what was found."""
    numbers = allocator.distribute(found.put_on(instance)).numbers
    return all(numbers[row.code, row.stream] == row.number for row in found.rows)


def off_thresholds(instance: Instance) -> bool:
    """Whether no leaf's quota is near where its rounding changes."""
    offset = F(1, 2) if "half" in instance.rule.choice.rounding else F(0)
    table = allocator.distribute(instance).quotas
    cells = product(instance.division.leaves, instance.streams.given)
    quotas = [table[leaf.code, stream.name] for leaf, stream in cells]
    return all(F(1, 100) < (quota - offset) % 1 < F(99, 100) for quota in quotas if quota)


# The publication of January 2024


@pytest.fixture(scope="module")
def reception() -> Instance:
    return allocator.load("nl/reception-2024")


@pytest.fixture(scope="module")
def reconciled(reception: Instance) -> Reconciled:
    found = reconcile(
        reception, "ses_woa", reception.uncertain["ses_woa"].tolerances, free=["GM0277"]
    )
    assert isinstance(found, Reconciled)
    return found


def test_reception_2024_follows_within_half_the_tolerance(
    reception: Instance, reconciled: Reconciled
) -> None:
    """Twelve provinces and 27 municipalities, in 44 numbers; it takes a few seconds."""
    assert len(reconciled.rows) == 44
    assert follows(reception, reconciled)
    assert [row.code for row in reconciled.as_totals] == ["NL", "NL"]
    assert reconciled.least_largest
    assert reconciled.least_total
    assert reconciled.at_least <= reconciled.largest <= reconciled.at_least + DECIMALS < F(1, 2)
    assert reconciled.indicator.quality is Quality.APPROXIMATE


def test_reception_2024_values_have_six_decimals_and_lie_in_their_intervals(
    reception: Instance, reconciled: Reconciled
) -> None:
    values = reconciled.indicator.values
    assert all((value * 10**6).denominator == 1 for value in values.values())
    assert len(reconciled.intervals) == 27
    assert all(values[code] in interval for code, interval in reconciled.intervals.items())
    given = reception.indicators["ses_woa"].values
    assert {code: values[code] - given[code] for code in reconciled.changes} == reconciled.changes


def test_reception_2024_cannot_be_within_a_quarter(reception: Instance) -> None:
    tolerances = {
        code: tolerance / 4 for code, tolerance in reception.uncertain["ses_woa"].tolerances.items()
    }
    found = reconcile(reception, "ses_woa", tolerances, free=["GM0277"])
    assert isinstance(found, CannotBe)
    assert found.proven
    assert found.at_least
    assert found.beyond
    assert 1 < found.at_least <= found.beyond.largest <= found.at_least + DECIMALS * 4
    assert follows(reception, found.beyond)
    # two rows: one wants a larger sum of weights, one a smaller
    assert len(found.rows) == 2


# Laws


@st.composite
def approximated(draw: st.DrawFn) -> tuple[Instance, dict[str, Fraction], Fraction]:
    """An instance that publishes what other scores within the tolerances give; and how far off."""
    plain = draw(instances())
    leaves = [leaf.code for leaf in plain.division.leaves]
    totals = {
        "places": Total("places", draw(st.integers(0, 400)), NAME, None),
        "minors": Total("minors", 0, NAME, None),
    }
    totals["minors"] = replace(
        totals["minors"], number=draw(st.integers(0, totals["places"].number))
    )
    score = st.integers(-50, 50).map(lambda number: F(number, 100))
    given = scored(
        replace(plain, streams=PARTS, totals=totals), {code: draw(score) for code in leaves}
    )
    tolerances = {code: F(draw(st.integers(1, 8)), 100) for code in leaves}
    changes = {code: F(draw(st.integers(-1_000, 1_000)), 1_000) for code in leaves}
    scores = given.indicators["score"].values
    other = moved(given, {c: scores[c] + changes[c] * tolerances[c] for c in leaves})
    assume(off_thresholds(other))
    numbers = allocator.distribute(other).numbers
    chosen = draw(st.lists(st.sampled_from(sorted(numbers)), min_size=1, unique=True))
    table = {cell: numbers[cell] for cell in sorted(chosen)}
    return publishing(given, table), tolerances, max(map(abs, changes.values()))


@given(approximated())
@settings(deadline=None, max_examples=60)
def test_what_other_scores_gave_is_found(
    approximation: tuple[Instance, dict[str, Fraction], Fraction],
) -> None:
    instance, tolerances, off = approximation
    asked = question(instance, "score", tolerances, (), instance.published.rows)  # type: ignore
    assume(asked.rows)
    found = reconcile(instance, "score", tolerances)
    assert isinstance(found, Reconciled)
    assert follows(instance, found)
    assert found.at_least <= found.largest <= min(F(1), off + DECIMALS)
    given_ = instance.indicators["score"].values
    assert all(abs(found.changes.get(c, F(0))) <= tolerances[c] for c in given_)
    assert all(found.indicator.values[c] in each for c, each in found.intervals.items())


@given(st.data(), st.sampled_from(BY_ITSELF), st.sampled_from([KEY, "(2 - score) * people"]))
@settings(deadline=None, max_examples=25)
def test_no_scores_on_a_grid_are_nearer(data: st.DataObject, rounding: Rounding, key: str) -> None:
    """Three leaves, 11 scores each: all 1,331 tables are looked at."""
    leaves = ["A", "B", "C"]
    scores = {code: f"0.{data.draw(st.integers(0, 6))}" for code in leaves}
    people = {code: data.draw(st.integers(1, 4)) * 1_000 for code in leaves}
    totals = {"places": data.draw(st.integers(5, 40)), "minors": data.draw(st.integers(1, 9))}
    given_ = small(scores, totals, people, rounding, key)
    tolerance = F(1, 10)
    signs = {1: F(1), -1: F(2)}  # the weight is people times (1 + score) or (2 - score)
    sign = 1 if key == KEY else -1
    offset = F(1, 2) if "half" in rounding else F(0)
    published = {("A", "places"), ("C", "minors"), ("P", "places")}
    table: dict[tuple[str, str], int] = {}
    best_any = best = None
    grid = [tuple(each) for each in product(range(-5, 6), repeat=3)]
    grid.insert(0, data.draw(st.sampled_from(grid)))
    round_ = ROUND[rounding]
    for steps in grid:
        weights = [
            people[code] * (signs[sign] + sign * (F(scores[code]) + tolerance * step / 5))
            for code, step in zip(leaves, steps, strict=True)
        ]
        whole = sum(weights)
        quotas = {
            (code, stream): total * weight / whole
            for code, weight in zip(leaves, weights, strict=True)
            for stream, total in totals.items()
        }
        numbers = {cell: round_(quota) for cell, quota in quotas.items()}
        numbers["P", "places"] = sum(numbers[code, "places"] for code in leaves)
        robust = all(F(1, 50) < (quota - offset) % 1 < F(49, 50) for quota in quotas.values())
        if not table:
            assume(robust)
            table = {cell: numbers[cell] for cell in sorted(published)}
        if all(numbers[cell] == number for cell, number in table.items()):
            size = F(max(map(abs, steps)), 5)
            best_any = size if best_any is None else min(best_any, size)
            if robust:
                best = size if best is None else min(best, size)
    found = reconcile(publishing(given_, table), "score", dict.fromkeys(leaves, tolerance))
    assert isinstance(found, Reconciled)
    assert best_any is not None
    assert best is not None
    assert found.at_least <= best_any
    assert found.largest <= best + DECIMALS
    assert found.largest <= found.at_least + DECIMALS or not found.least_largest


@given(st.data())
@settings(deadline=None, max_examples=25)
def test_reach_is_what_the_corners_reach(data: st.DataObject) -> None:
    leaves = ["A", "B", "C"]
    scores = {code: f"0.{data.draw(st.integers(0, 9))}" for code in leaves}
    totals = {"places": data.draw(st.integers(0, 200)), "minors": data.draw(st.integers(0, 50))}
    assume(totals["minors"] <= totals["places"])
    plain = small(scores, totals, rounding=data.draw(st.sampled_from(BY_ITSELF)))
    halves = instance_of(
        dict.fromkeys(leaves, F(1)), {"A": "P", "B": "P", "C": "Q"}, {}, BY_ITSELF[0]
    )
    instance = replace(plain, streams=PARTS, division=halves.division)
    tolerances = {code: F(data.draw(st.integers(0, 30)), 100) for code in leaves}
    found = {(each.area.code, each.stream): each for each in reach(instance, "score", tolerances)}
    corners = []
    for signs in product((-2, -1, 0, 1, 2), repeat=3):
        ends = {c: F(scores[c]) + tolerances[c] * s / 2 for c, s in zip(leaves, signs, strict=True)}
        corners.append(allocator.distribute(moved(instance, ends)))
    assert "NL" not in {code for code, _ in found}
    for (code, stream), each in found.items():
        numbers = [corner.numbers[code, stream] for corner in corners]
        quotas = [corner.quotas[code, "places"] for corner in corners]
        assert (min(quotas), max(quotas)) == (
            each.least * totals["places"],
            each.most * totals["places"],
        )
        if code == "P":
            assert {each.lowest, each.highest} <= set(numbers)
        elif stream == "regular":  # its ends may lie between the corners
            assert each.lowest <= min(numbers) <= max(numbers) <= each.highest
        else:
            assert (each.lowest, each.highest) == (min(numbers), max(numbers))


# Small cases


def test_least_change_by_hand() -> None:
    """6 and 4 of 10 want 0.55 for A: 1.1 of 2, where both have 1 and a tolerance of 0.5."""
    instance = small({"A": "0", "B": "0"}, {"places": 10})
    instance = publishing(instance, {("A", "places"): 6, ("B", "places"): 4})
    found = reconcile(instance, "score", {"A": F(1, 2), "B": F(1, 2)})
    assert isinstance(found, Reconciled)
    assert found.at_least <= F(1, 5) <= found.largest <= F(1, 5) + DECIMALS
    assert found.intervals["A"].low == found.scale * F(55, 100) / 1_000 - 1
    assert found.intervals["A"].low_in
    assert not found.intervals["A"].high_in


def test_a_table_that_follows_needs_no_change() -> None:
    instance = small({"A": "0.1", "B": "0"}, {"places": 10})
    numbers = allocator.distribute(instance).numbers
    found = reconcile(publishing(instance, numbers), "score", {"A": F(1), "B": F(1)})
    assert isinstance(found, Reconciled)
    assert not found.changes
    assert not found.largest
    assert found.indicator == instance.indicators["score"]


def test_numbers_too_far_off_are_named_with_what_they_would_take() -> None:
    """A alone could have 6, and B alone 4; together they want 1.1 and 0.9, off by 0.1."""
    instance = small({"A": "0", "B": "0", "C": "0"}, {"places": 15})
    rows = {("C", "places"): 5, ("A", "places"): 6, ("B", "places"): 4}
    found = reconcile(publishing(instance, rows), "score", dict.fromkeys("ABC", F(8, 100)))
    assert isinstance(found, CannotBe)
    assert found.proven
    assert [row.code for row in found.rows] == ["A", "B"]
    assert found.at_least
    assert found.beyond
    assert found.at_least <= F(5, 4) <= found.beyond.largest <= F(5, 4) + DECIMALS


def test_a_province_that_is_not_its_municipalities_is_named() -> None:
    instance = small({"A": "0", "B": "0", "C": "0"}, {"places": 15})
    rows = {("A", "places"): 5, ("B", "places"): 5, ("C", "places"): 5, ("P", "places"): 16}
    found = reconcile(publishing(instance, rows), "score", dict.fromkeys("ABC", F(1, 2)))
    assert isinstance(found, CannotBe)
    assert found.at_least is None
    assert [row.code for row in found.rows] == ["A", "B", "C", "P"]


def test_a_rest_that_is_not_what_is_left_is_named_on_the_solvers_word() -> None:
    plain = small({"A": "0", "B": "0"}, {"places": 10, "minors": 4})
    instance = replace(plain, streams=PARTS)
    rows = {("B", "minors"): 2, ("A", "places"): 5, ("A", "minors"): 2, ("A", "regular"): 4}
    found = reconcile(publishing(instance, rows), "score", dict.fromkeys("AB", F(1, 2)))
    assert isinstance(found, CannotBe)
    assert not found.proven
    assert [(row.code, row.stream) for row in found.rows] == [
        ("A", "places"),
        ("A", "regular"),
    ]


def test_a_free_area_is_not_held_to_its_tolerance() -> None:
    """Only the free one may move so far; what is certain does not move."""
    instance = small({"A": "0", "B": "0", "C": "0"}, {"places": 30})
    instance = publishing(instance, {("A", "places"): 14, ("B", "places"): 8})
    found = reconcile(instance, "score", {"B": F(1, 100)}, free=["A"])
    assert isinstance(found, Reconciled)
    assert follows(instance, found)
    assert found.largest <= 1
    assert "C" not in found.changes
    assert found.changes["A"] > F(1, 2)


def test_a_national_row_that_is_not_the_total_must_come_out() -> None:
    """Three times a third of 10 is 9 where each is rounded by itself; 10 wants another table."""
    instance = publishing(small(dict.fromkeys("ABC", "0"), {"places": 10}), {("NL", "places"): 11})
    found = reconcile(instance, "score", dict.fromkeys("ABC", F(1, 2)))
    assert isinstance(found, Reconciled)
    assert follows(instance, found)
    as_total = publishing(instance, {("NL", "places"): 10, ("A", "places"): 3})
    left = reconcile(as_total, "score", dict.fromkeys("ABC", F(1, 2)))
    assert isinstance(left, Reconciled)
    assert [row.code for row in left.as_totals] == ["NL"]


def test_without_an_answer_at_any_scale_one_scale_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """11 of 10 wants 3.5, 3.5 and 3, of 10/3 each: 0.05 more and 0.1 less, or 1/13 each way."""
    instance = publishing(small(dict.fromkeys("ABC", "0"), {"places": 10}), {("P", "places"): 11})
    best = reconcile(instance, "score", dict.fromkeys("ABC", F(1, 4)))
    monkeypatch.setattr("allocator.audit.reconcile.at_any_scale", lambda *_: None)
    found = reconcile(instance, "score", dict.fromkeys("ABC", F(1, 4)))
    assert isinstance(best, Reconciled)
    assert isinstance(found, Reconciled)
    assert follows(instance, found)
    assert not found.least_largest
    # 1 + d over 1 - d is 3.5 over 3
    assert abs(best.largest - F(4, 13)) < DECIMALS
    assert best.largest - DECIMALS <= found.largest <= 1


# What cannot be asked

ROW = {("A", "places"): 5}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("share(score * people)", "not linear"),
        ("score * people / national(score * people)", "not linear"),
        ("people / (score + 1)", "not linear"),
        ("capped(score, 0, 1) * people", "not linear"),
        ("score * score * people", "not linear"),
        ("people", "does not use 'score'"),
    ],
)
def test_a_key_that_is_not_linear_in_the_figure_is_refused(key: str, said: str) -> None:
    instance = publishing(small({"A": "0.5", "B": "0.5"}, {"places": 10}, key=key), ROW)
    with pytest.raises(InputError, match=said):
        reconcile(instance, "score", {})


def test_a_key_may_be_written_in_other_ways() -> None:
    key = "people * 2 - (0 - score) * share(people) / 3"
    instance = publishing(small({"A": "0.5", "B": "0.5"}, {"places": 10}, key=key), ROW)
    assert isinstance(reconcile(instance, "score", {}), Reconciled)


def test_other_rules_and_strange_names_are_refused() -> None:
    instance = publishing(small({"A": "0", "B": "0"}, {"places": 10}), ROW)
    together = replace(instance, rule=replace(instance.rule, choice=Choice(Rounding.CONSISTENT)))
    limited = replace(instance, limits=(Limit("x", NAME, "places", ("A",), 1, None),))
    other = Stream("places", NAME, key=KeyText("people", Place("rule")))
    minors = Stream("minors", NAME)
    totals = {**instance.totals, "minors": Total("minors", 1, NAME, None)}
    keys = replace(instance, streams=Streams((other, minors)), totals=totals)
    cases = [
        (together, "score", {}, "rounds areas together"),
        (limited, "score", {}, "limits on areas"),
        (keys, "score", {}, "different keys"),
        (instance, "wealth", {}, "no indicator 'wealth'"),
        (instance, "score", {"Z": F(1)}, "No leaf area has the code Z"),
        (instance, "score", {"A": F(-1)}, "negative for A"),
        (replace(instance, published=None), "score", {}, "No number is published"),
    ]
    for case, name, tolerances, said in cases:
        with pytest.raises(InputError, match=said):
            reconcile(case, name, tolerances)
