"""Weights found on real tables and on small ones reckoned by hand; refusals; a second opinion.

The second opinion is a plain linear program over every row, solved in floats by HiGHS, which shares
nothing with the search but the question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import floor

import pulp
import pytest

import allocator
from allocator.comparison.find import (
    Bounds,
    Measure,
    Question,
    Row,
    fair_rows,
    find,
    measured,
    proven_least,
    rounded,
)
from allocator.core.quotas import shares, weights
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place
from allocator.model.streams import KeyText

F = Fraction
KEYS = {
    "inhabitants": "population",
    "scores": "(ses_woa + 1) * population",
    "equal": "1 + 0 * population",
}


def keys_of(instance: Instance, *names: str) -> dict[str, dict[str, Fraction]]:
    """The shares of all leaves by keys that an instance has the figures for."""
    division = instance.division
    found = {}
    for name in names:
        key = KeyText(KEYS[name], Place("test"))
        by_leaf = weights(key, division.leaves, division, instance.indicators)
        found[name] = dict(zip(by_leaf, shares(F(1), list(by_leaf.values())), strict=True))
    return found


@cache
def reception() -> Instance:
    return allocator.load("nl/reception-2024")


def each_municipality(total: int, mixed: Mapping[str, Fraction]) -> tuple[Row, ...]:
    """A table of 342 rows as weights make it, rounded half up."""
    keys = keys_of(reception(), *mixed)
    return tuple(
        Row(
            area.code,
            "places",
            F(floor(total * sum(w * keys[name][area.code] for name, w in mixed.items()) + F(1, 2))),
            F(total),
            (area.code,),
        )
        for area in reception().division.leaves
    )


def test_the_published_places_for_minors_went_by_inhabitants_alone() -> None:
    """Twelve provinces, 3,660 places: the published numbers are rounded, so a trace of another key
    comes nearer still; to four decimals it is nothing."""
    instance = allocator.load("nl/minors-2024-3660")
    assert instance.published is not None
    rows = tuple(
        Row(row.code, row.stream, F(row.number), F(3660), instance.division.members[row.code])
        for row in instance.published.rows
    )
    keys = keys_of(instance, "inhabitants", "equal")
    found = find(Question(keys, rows, Measure.LARGEST))
    assert found.unique
    assert found.value == found.at_least < F(1, 2)
    assert found.worst == (("PV29", "minors"), ("PV30", "minors"))
    said = rounded(found, 4)
    assert said is not None
    assert said.weights == {"inhabitants": 1, "equal": 0}
    assert found.value < said.value < F(1, 2)
    by_ratio = find(Question(keys, rows, Measure.RATIO))
    assert by_ratio.weights == {"inhabitants": 1, "equal": 0}


def test_a_key_of_two_parts_shows_in_a_rounded_table_of_all_municipalities() -> None:
    mixed = {"inhabitants": F("0.35"), "scores": F("0.65")}
    rows = each_municipality(96_000, mixed)
    keys = keys_of(reception(), "inhabitants", "scores", "equal")
    found = find(Question(keys, rows, Measure.LARGEST))
    assert found.unique
    assert found.value == found.at_least <= F(1, 2)
    assert found.weights != {**mixed, "equal": 0}
    said = rounded(found, 2)
    assert said is not None
    assert said.weights == {**mixed, "equal": 0}
    assert said.value <= F(1, 2)


def two_of_three() -> Question:
    """A, B and C with places in proportion 3, 1, 0 and 0, 1, 3; both keys give B a quarter."""
    keys = {
        "up": {"A": F(3, 4), "B": F(1, 4), "C": F(0)},
        "down": {"A": F(0), "B": F(1, 4), "C": F(3, 4)},
    }
    rows = tuple(
        Row(code, "places", F(target), F(80), (code,))
        for code, target in {"A": 45, "B": 20, "C": 15}.items()
    )
    return Question(keys, rows, Measure.LARGEST)


def test_a_bound_that_is_in_the_way_is_in_the_proof() -> None:
    """45, 20 and 15 need 0.75 and 0.25; at 0.5 and 0.5 A and C are 15 off, 60 for each 1."""
    question = replace(two_of_three(), bounds={"up": Bounds(high=F(1, 2))})
    found = find(question)
    assert found.weights == {"up": F(1, 2), "down": F(1, 2)}
    assert found.value == 15
    assert found.worst == (("A", "places"), ("C", "places"))
    assert [(held.component, held.side) for held in found.proof.bounds] == [("up", "high")]
    assert found.proof.bounds[0].multiplier == 60
    assert find(two_of_three()).weights == {"up": F(3, 4), "down": F(1, 4)}


def test_one_component_has_all_the_weight() -> None:
    question = two_of_three()
    found = find(replace(question, components={"up": question.components["up"]}))
    assert found.weights == {"up": 1}
    assert found.ranges == {"up": (F(1), F(1))}
    assert found.value == found.at_least == 15
    assert found.unique


def test_weights_that_are_fixed_are_only_measured() -> None:
    fixed = {"up": Bounds(F(1, 3), F(1, 3)), "down": Bounds(F(2, 3), F(2, 3))}
    found = find(replace(two_of_three(), bounds=fixed))
    assert found.weights == {"up": F(1, 3), "down": F(2, 3)}
    assert found.value == found.at_least == 25
    assert found.unique


def test_of_equal_components_only_the_sum_is_known() -> None:
    """The one whose name comes first gets the least, and the ranges tell what else would do."""
    question = two_of_three()
    keys = {**question.components, "again": question.components["up"]}
    found = find(replace(question, components=keys, bounds={"up": Bounds(high=F(1, 2))}))
    assert not found.unique
    assert found.value == found.at_least == 0
    assert found.weights == {"up": F(1, 2), "down": F(1, 4), "again": F(1, 4)}
    assert found.ranges == {
        "up": (F(0), F(1, 2)),
        "down": (F(1, 4), F(1, 4)),
        "again": (F(1, 4), F(3, 4)),
    }


def test_a_row_may_hold_several_leaves_of_a_stream_of_its_own() -> None:
    """A and B are 60 of 80 places and 6 of 8 minors, with 2/3 and 1/3: 20 + 40 x 2/3 is 140/3."""
    question = two_of_three()
    places = Row("AB", "places", F(60), F(80), ("A", "B"))
    minors = Row("AB", "minors", F(6), F(8), ("A", "B"))
    asked = replace(question, rows=(places, minors))
    assert measured(asked, {"up": F(2, 3), "down": F(1, 3)}) == 0
    assert measured(asked, {"up": F(0), "down": F(1)}) == 40
    ratio = replace(asked, measure=Measure.RATIO)
    assert measured(ratio, {"up": F(0), "down": F(1)}) == F(2, 3)
    found = find(replace(asked, measure=Measure.MEAN))
    assert found.weights == {"up": F(2, 3), "down": F(1, 3)}
    assert found.value == 0


def test_the_gini_index_is_least_where_everybody_has_as_much() -> None:
    """3,000, 1,000 and 1,000 inhabitants. At 3/4 they have 45, 20 and 15 places: 15 for each
    thousand in A and C, 20 in B, so (3 x 5 + 1 x 5) / (5 x 80) is left; with one key alone 1/5."""
    inhabitants = {"A": 3000, "B": 1000, "C": 1000}
    question = replace(
        two_of_three(), rows=fair_rows(F(80), inhabitants, "places"), measure=Measure.GINI
    )
    assert measured(question, {"up": F(1), "down": F(0)}) == F(1, 5)
    found = find(question)
    assert found.weights == {"up": F(3, 4), "down": F(1, 4)}
    assert found.value == found.at_least == F(1, 20)
    assert found.worst == (("B", "places"),)


def test_a_proof_that_was_tampered_with_does_not_hold() -> None:
    question = two_of_three()
    question = replace(question, bounds={"up": Bounds(high=F(1, 2))})
    proof = find(question).proof
    assert proven_least(question, proof) == 15
    line, held = proof.lines[0], proof.bounds[0]
    higher = {name: height + 1 for name, height in line.line.items()}
    wrong = {
        "does not touch": replace(proof, lines=(replace(line, line=higher),)),
        "make no mean": replace(proof, lines=(replace(line, multiplier=F(2)),)),
        "do not level out": replace(proof, bounds=(replace(held, multiplier=F(59)),)),
    }
    for said, tampered in wrong.items():
        with pytest.raises(ArithmeticError, match=said):
            proven_least(question, tampered)
    with pytest.raises(ArithmeticError, match="do not level out"):
        proven_least(question, replace(proof, level=proof.level + 1))
    with pytest.raises(ArithmeticError, match="make no mean"):
        proven_least(question, replace(proof, bounds=(replace(held, multiplier=F(-60)),)))


def test_rounded_weights_keep_bounds_that_have_more_decimals() -> None:
    """0.755 at most is 0.75 at most to two decimals; three thirds that are fixed cannot be said."""
    question = two_of_three()
    rows = tuple(
        replace(row, target=t) for row, t in zip(question.rows, (F(50), F(20), F(10)), strict=True)
    )
    bounded = replace(question, rows=rows, bounds={"up": Bounds(high=F("0.755"))})
    found = find(bounded)
    assert found.weights["up"] == F("0.755")
    said = rounded(found, 2)
    assert said is not None
    assert said.weights == {"up": F("0.75"), "down": F("0.25")}
    assert said.value == measured(bounded, said.weights) == 5
    fixed = replace(question, bounds={"up": Bounds(F(1, 3), F(1, 3))})
    assert rounded(find(fixed), 4) is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"components": {}}, "There is no component to weigh."),
        ({"rows": ()}, "There is no number to come near."),
        (
            {"bounds": {"up": Bounds(F("0.7")), "down": Bounds(F("0.5"))}},
            "The lowest weights add up to 1.2, and weights add up to 1. Lower some of them.",
        ),
        (
            {"bounds": {"up": Bounds(high=F("0.5")), "down": Bounds(high=F("0.3"))}},
            "The highest weights add up to 0.8, and weights add up to 1. Raise some of them.",
        ),
        (
            {"bounds": {"up": Bounds(F("0.6"), F("0.4"))}},
            "The lowest weight of up is 0.6, above its highest, 0.4.",
        ),
        ({"bounds": {"upp": Bounds()}}, "Bounds are given for upp, and no component is called so."),
        (
            {"measure": Measure.RATIO, "rows": (Row("A", "places", F(0), F(80), ("A",)),)},
            "The measure 'ratio' divides by the target, which is not above 0 for A.",
        ),
        (
            {"measure": Measure.GINI, "rows": two_of_three().rows[:2]},
            "The rows do not add up to one number above 0, the same for every component.",
        ),
    ],
)
def test_what_cannot_be_asked_is_told(change: dict[str, object], told: str) -> None:
    with pytest.raises(InputError) as caught:
        find(replace(two_of_three(), **change))  # type: ignore[arg-type]
    assert told in str(caught.value)
    assert all(problem.place == Place("--weights") for problem in caught.value.problems)


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = replace(two_of_three(), rows=(), bounds={"up": Bounds(F(2), F(1)), "side": Bounds()})
    with pytest.raises(InputError) as caught:
        find(wrong)
    assert len(caught.value.problems) == 3


def solved_by_highs(question: Question) -> float:
    """The least value of a measure by one plain program in floats."""
    program = pulp.LpProblem("second", pulp.LpMinimize)
    weight = {
        name: program.add_variable(
            f"w{place}", float(question.room(name).low), float(question.room(name).high)
        )
        for place, name in enumerate(question.components)
    }
    program += pulp.lpSum(weight.values()) == 1
    numbers = [
        row.total
        * pulp.lpSum(
            float(sum(key[leaf] for leaf in row.leaves)) * weight[name]
            for name, key in question.components.items()
        )
        for row in question.rows
    ]
    targets = [row.target for row in question.rows]
    if question.measure is Measure.GINI:
        pairs = list(combinations(range(len(targets)), 2))
        off = [numbers[i] * targets[j] - numbers[j] * targets[i] for i, j in pairs]
        size = sum(targets) * question.rows[0].total
    else:
        off = [number - target for number, target in zip(numbers, targets, strict=True)]
        size = F(len(targets) if question.measure is Measure.MEAN else 1)
    if question.measure in (Measure.MEAN, Measure.GINI):
        distances = [program.add_variable(f"d{place}", 0) for place in range(len(off))]
        program.setObjective(pulp.lpSum(distances))
    else:
        worst = program.add_variable("worst", 0)
        ratio = question.measure is Measure.RATIO
        distances = [worst * (float(target) if ratio else 1) for target in targets]
        program.setObjective(worst)
    for distance, each in zip(distances, off, strict=True):
        program += distance >= each
        program += distance >= -each
    program.solve(pulp.HiGHS(msg=False, threads=1))
    assert program.sol_status == pulp.LpSolutionOptimal
    return float(pulp.value(program.objective)) / float(size)


@pytest.mark.parametrize("measure", Measure)
def test_highs_finds_the_same_value_on_real_tables(measure: Measure) -> None:
    """Fairness per inhabitant of all municipalities; for the Gini index, of twelve provinces."""
    instance = reception()
    division = instance.division
    keys = keys_of(instance, "scores", "equal")
    level = "province" if measure is Measure.GINI else division.leaf_level
    areas = division.at(level)
    people = instance.indicators["population"].values
    rows = tuple(
        Row(
            area.code,
            "places",
            F(96_000)
            * sum(people[leaf] for leaf in division.members[area.code])
            / sum(people.values()),
            F(96_000),
            division.members[area.code],
        )
        for area in areas
    )
    keys["halves"] = {
        leaf: (2 * keys["equal"][leaf] + people[leaf] / sum(people.values())) / 3
        for leaf in keys["equal"]
    }
    bounds = {"scores": Bounds(F(0), F("0.8")), "halves": Bounds(F("0.05"), F(1))}
    question = Question(keys, rows, measure, bounds)
    found = find(question)
    assert found.value == found.at_least > 0
    assert solved_by_highs(question) == pytest.approx(float(found.value), rel=1e-6)
