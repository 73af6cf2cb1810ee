"""Margins worked out by hand, and figures, keys and limits that are out of the ordinary."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import allocator
from allocator.comparison.margins import Step, figures_behind, margins, times_divided
from allocator.comparison.margins.figures import Room, Rooms, resolution
from allocator.comparison.margins.limits import limits_with, not_followed
from allocator.comparison.margins.outcomes import Outcomes
from allocator.comparison.margins.totals import TotalOutcomes
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator, Kind
from allocator.model.problem import Place
from allocator.model.rule import Choice, Rounding
from allocator.model.streams import KeyText
from tests.example import RULE, bent, write_example

Found = dict[tuple[str, str], tuple[tuple[Fraction, int] | None, tuple[Fraction, int] | None]]


def found(distribution: Distribution, code: str) -> Found:
    """Per stream and figure the step down and the step up."""

    def pair(step: Step | None) -> tuple[Fraction, int] | None:
        return (step.change, step.becomes) if step else None

    area = distribution.instance.division.by_code[code]
    return {(m.stream, m.what): (pair(m.down), pair(m.up)) for m in margins(distribution, [area])}


def example(folder: Path, **changed: str | bytes) -> Distribution:
    return distribute(allocator.load(write_example(folder / "example", **changed)))


def by_key(name: str, key: str) -> Distribution:
    return distribute(another_key(allocator.load(name), KeyText(key, Place("--key"))))


def test_the_margins_of_aalst_by_hand(tmp_path: Path) -> None:
    """Weights 1,500, 1,500, 3,000 and 4,400; Aalst has 100 × 1,500 / 10,400 = 14.4 of 100.

    It gets 15 from 14.5 on: 100w ≥ 14.5 × (8,900 + w), so w ≥ 1,509.4, which are 1,006.2 people at
    a score of 0.5, or a score of 0.5094. It gets 13 below 13.5: w < 1,389.02.
    """
    distribution = example(tmp_path)
    assert distribution.number("A", "places") == 14
    assert distribution.number("A", "minors") == 1
    assert found(distribution, "A") == {
        ("places", "score"): ((Fraction("-0.12"), 13), (Fraction("0.01"), 15)),
        ("places", "people"): ((Fraction(-74), 13), (Fraction(7), 15)),
        ("places", "total"): ((Fraction(-7), 13), (Fraction(1), 15)),
        ("minors", "score"): ((Fraction("-1.04"), 0), (Fraction("0.08"), 2)),
        ("minors", "people"): ((Fraction(-688), 0), (Fraction(48), 2)),
        ("minors", "total"): ((Fraction(-7), 0), (Fraction(1), 2)),
    }


def test_one_step_may_pass_several_numbers(tmp_path: Path) -> None:
    """10,000 places over 10 people, one of them in Aalst: another one makes 1,000 into 1,818."""
    few = "code,name,people\nA,Aalst,1\nB,Boom,2\nC,Cuijk,3\nD,Delden,4\n"
    rule = RULE.replace("(score + 1) * people", "people")
    distribution = example(
        tmp_path,
        people_csv=few,
        rule_yaml=rule,
        **bent("instance.yaml", "places: {number: 100,", "places: {number: 10000,"),
    )
    steps = (Fraction(-1), 0), (Fraction(1), 1818)
    assert found(distribution, "A")["places", "people"] == steps


def test_a_number_that_never_changes_has_no_margin(tmp_path: Path) -> None:
    """Of a total of 0 everybody gets 0, however many people there are."""
    nothing = example(
        tmp_path, **bent("instance.yaml", "minors: {number: 10,", "minors: {number: 0,")
    )
    margins_of_minors = found(nothing, "A")
    assert margins_of_minors["minors", "people"] == (None, None)
    assert margins_of_minors["minors", "total"] == (
        None,
        (Fraction(4), 1),
    )  # 4 × 1500 / 10400 > 0.5


def test_a_change_that_the_key_refuses_ends_the_way(tmp_path: Path) -> None:
    """Delden scores -1, and by this key -1.1 divides by zero; further down weights are negative."""
    scores = "code,name,score\nA,Aalst,0.3\nB,Boom,1\nC,Cuijk,1\nD,Delden,-1\n"
    rule = RULE.replace("(score + 1) * people", "people / (score + 1.1)")
    distribution = example(tmp_path, scores_csv=scores, rule_yaml=rule)
    down, up = found(distribution, "D")["places", "score"]
    assert down is None
    assert up is not None
    for score in ("-1.1", "-1.2"):
        assert Outcomes(distribution).after("D", "score", Fraction(score)) is None


@pytest.mark.parametrize(
    ("key", "what", "figure"),
    [
        # Delden's people leave the others too small a share of them
        ("share(people) - 0.1 * share(score + 1)", "people", "100000"),
        ("capped(1, score, 0.5) * people", "score", "0.6"),  # the lowest above the highest
        ("people / (national(people) - 16000)", "people", "10000"),
        ("(score + 1) * people", "score", "-1.5"),
    ],
)
def test_what_the_key_refuses_is_refused_for_one_area_too(
    tmp_path: Path, key: str, what: str, figure: str
) -> None:
    scores = "code,name,score\nA,Aalst,0.3\nB,Boom,0.1\nC,Cuijk,0.2\nD,Delden,0\n"
    people = "code,name,people\nA,Aalst,1000\nB,Boom,2000\nC,Cuijk,3000\nD,Delden,20000\n"
    rule = RULE.replace("(score + 1) * people", key)
    outcomes = Outcomes(example(tmp_path, rule_yaml=rule, scores_csv=scores, people_csv=people))
    assert outcomes.follows(what)
    assert outcomes.followed("D", what, Fraction(figure)) is None
    assert outcomes.divided_again("D", what, Fraction(figure)) is None


def test_a_province_that_is_left_without_weights_is_refused(tmp_path: Path) -> None:
    """With 999 people in Aalst there are 9,999: then nobody weighs anything but by a score."""
    rule = RULE.replace(
        "key: (score + 1) * people\ndirection: bottom-up",
        "levels:\n  - {level: province, key: '1'}\n"
        "  - {level: municipality, key: people * (national(people) - 9999) + score}\n"
        "direction: top-down",
    )
    scores = "code,name,score\nA,Aalst,0.5\nB,Boom,0\nC,Cuijk,0\nD,Delden,0\n"
    outcomes = Outcomes(example(tmp_path, rule_yaml=rule, scores_csv=scores))
    assert outcomes.one_by_one
    assert outcomes.after("A", "people", Fraction(1001)) is not None
    assert outcomes.after("A", "people", Fraction(999)) is None


def test_what_is_left_out_of_a_sum_does_not_change_it(tmp_path: Path) -> None:
    """Aalst lacks a score, so its people do not count for West; inside West they do."""
    rule = RULE.replace(
        "key: (score + 1) * people\ndirection: bottom-up",
        "levels:\n  - {level: province, key: people + score}\n"
        "  - {level: municipality, key: people}\ndirection: top-down",
    )
    scores = "code,name,score\nA,Aalst,5\nB,Boom,100\nC,Cuijk,0\nD,Delden,0\n"
    counts = bent("instance.yaml", "kind: rate", "kind: count")
    folder = write_example(tmp_path / "example", rule_yaml=rule, scores_csv=scores, **counts)
    loaded = allocator.load(folder)
    lacking = replace(loaded.indicators["score"], lacking=frozenset({"A"}))
    lacks = replace(loaded, indicators={**loaded.indicators, "score": lacking})
    outcomes = Outcomes(distribute(lacks))
    now, after = (outcomes.after("A", "people", Fraction(n)) for n in (1000, 2000))
    assert now is not None
    assert after is not None
    # West has Boom's 2,000 + 100 and East 7,000; a third of West's are Aalst's, then a half
    west = Fraction(100 * 2100, 9100)
    assert (now.quotas["places"], after.quotas["places"]) == (west / 3, west / 2)


def test_a_part_above_its_whole_that_rounding_hides(tmp_path: Path) -> None:
    """1 place of which 2 for minors: all are 0 here, but what changes may be refused."""
    instance = allocator.load(write_example(tmp_path / "example"))
    numbers = {"places": 1, "minors": 2}
    totals = {name: replace(instance.totals[name], number=n) for name, n in numbers.items()}
    even = {code: Fraction(1) for code in instance.indicators["people"].values}
    people = replace(instance.indicators["people"], values=even)
    score = replace(instance.indicators["score"], values=dict.fromkeys(even, Fraction(0)))
    hidden = replace(instance, totals=totals, indicators={"people": people, "score": score})
    distribution = distribute(hidden, Choice(Rounding.DOWN))
    assert not Outcomes(distribution).one_by_one


def test_what_other_parts_leave_of_a_whole(tmp_path: Path) -> None:
    """Of 100 places 10 are for minors and 30 for families: at most 70 are left for minors."""
    rule = RULE.replace(
        "  regular:",
        "  families: {part_of: places, title: {nl: gezinnen, en: families}}\n  regular:",
    )
    totals = bent("instance.yaml", "areas:", "  families: {number: 30, source: an example}\nareas:")
    distribution = example(tmp_path, rule_yaml=rule, **totals)
    outcomes = TotalOutcomes(distribution, "minors")
    assert (outcomes.lowest, outcomes.highest) == (0, 70)
    assert (TotalOutcomes(distribution, "places").lowest, outcomes.in_proportion) == (40, False)


def test_a_total_stays_within_that_of_its_whole(tmp_path: Path) -> None:
    """Of 3 places 3 are for minors: more minors, or fewer places, are no question."""
    totals = bent("instance.yaml", "places: {number: 100,", "places: {number: 3,")
    totals = {
        k: str(v).replace("minors: {number: 10,", "minors: {number: 3,") for k, v in totals.items()
    }
    found_ = found(example(tmp_path, **totals), "B")
    assert found_["places", "total"] == (None, (Fraction(1), 1))  # 4 × 1500 / 10400 > 0.5
    assert found_["minors", "total"] == (None, None)


def test_the_numbers_that_larger_areas_keep_are_no_figures() -> None:
    instance = allocator.load("nl/housing-2023-h1")
    own = another_key(instance, KeyText("population", Place("--key")))
    distribution = distribute(inside_each(own, "province", distribute(instance)))
    assert set(distribution.used) == {"kept_permit_holders", "population"}
    assert figures_behind(distribution, "permit_holders") == ("population",)
    found_ = found(distribution, "GM0687")
    assert list(found_) == [("permit_holders", "population")]
    down, up = found_["permit_holders", "population"]
    number = distribution.number("GM0687", "permit_holders")
    assert down is not None
    assert up is not None
    assert (down[1], up[1]) == (number - 1, number + 1)


def test_limits_of_a_rule_move_with_the_figure_that_they_are_per_1000_of() -> None:
    """At most 6 per 1,000: 31,461 inhabitants may have 188 places, and 31,600 may have 189."""
    distribution = distribute(allocator.load("nl/reception-2024-floor-and-cap"))
    assert distribution.number("GM0274", "places") == 188
    after = Outcomes(distribution).after("GM0274", "population", Fraction(31_600))
    assert after is not None
    assert after.numbers["places"] == 189


@pytest.mark.parametrize(
    "name",
    ["nl/reception-2024-floor-and-cap", "uk/one-in-200-example", "nl/social-dwellings-30-example"],
)
def test_limits_made_again_are_those_that_were_read(name: str) -> None:
    instance = allocator.load(name)
    assert instance.limits
    assert limits_with(instance, instance.indicators) == instance.limits


def test_a_figure_that_moves_a_limit_of_the_instance_is_left_out() -> None:
    distribution = distribute(allocator.load("nl/social-dwellings-30-example"))
    instance = distribution.instance
    assert {name: len(leaves) for name, leaves in not_followed(instance).items()} == {
        "new_dwellings": len(instance.division.leaves)
    }
    assert "new_dwellings" in figures_behind(distribution, "social_dwellings")


def test_an_area_has_no_margin_of_a_figure_that_it_lacks() -> None:
    instance = allocator.load("nl/reception-2024")
    score = instance.indicators["ses_woa"]
    lacking = replace(score, lacking=frozenset({"GM0687"}))
    left_out = replace(instance, indicators={**instance.indicators, "ses_woa": lacking})
    distribution = distribute(left_out)
    assert distribution.number("GM0687", "places") == 0
    assert found(distribution, "GM0687") == {
        ("places", "population"): (None, None),
        ("places", "total"): (None, None),
        ("minors", "population"): (None, None),
        ("minors", "total"): (None, None),
    }


def test_a_sum_has_no_margin_of_its_own() -> None:
    distribution = distribute(allocator.load("nl/reception-2024"))
    with pytest.raises(ValueError, match="Zeeland is no municipality"):
        margins(distribution, [distribution.instance.division.by_code["PV29"]])
    assert {stream for stream, _ in found(distribution, "GM0687")} == {"places", "minors"}


@pytest.mark.parametrize(
    ("key", "followed"),
    [
        ("(ses_woa + 1) * population / national(population)", True),
        ("population", True),
        ("0.4 * share(population) + 0.6 * share((ses_woa + 1) * population)", True),
        ("capped(ses_woa + 1, 0.8, 1.2) * population", True),
        ("2 * share(population) - 0.9 * share((ses_woa + 1) * population)", True),
        ("inverse(ses_woa + 2) * population / (national(population) + 1)", True),
        ("capped(share(population), 0, 0.01)", False),
        ("population / (share(population) + 0.1)", False),
    ],
)
def test_a_key_is_followed_or_the_whole_is_divided_again(key: str, followed: bool) -> None:
    distribution = by_key("nl/reception-2024", key)
    outcomes = Outcomes(distribution)
    assert outcomes.follows("population") is followed
    figure = distribution.instance.indicators["population"].values["GM0687"] + 1_000
    one = outcomes.after("GM0687", "population", figure)
    assert one == outcomes.divided_again("GM0687", "population", figure)
    assert one is not None
    assert bool(times_divided(distribution, 1)) is not followed


def test_how_often_the_whole_is_divided_again() -> None:
    instance = allocator.load("nl/reception-2024")
    assert times_divided(distribute(instance), 342) == 0
    together = distribute(instance, Choice(Rounding.CONSISTENT))
    # two streams of three figures each, two ways, about ten tries
    assert times_divided(together, 342) == 342 * 2 * 3 * 2 * 10


def indicator(kind: Kind, *values: str) -> Indicator:
    any_one = allocator.load("nl/reception-2024").indicators["ses_woa"]
    figures = {f"M{n}": Fraction(value) for n, value in enumerate(values)}
    return replace(any_one, kind=kind, values=figures)


@pytest.mark.parametrize(
    ("kind", "values", "step"),
    [
        (Kind.COUNT, ("49000/3", "12.5"), "1"),
        (Kind.RATE, ("294000", "363000"), "1"),
        (Kind.RATE, ("-0.2156", "0.08"), "0.0001"),
        (Kind.RATE, ("33.6", "39"), "0.1"),
        (Kind.RATE, ("1/3", "0.5"), "0.000001"),
    ],
)
def test_figures_change_by_their_last_decimal(
    kind: Kind, values: tuple[str, ...], step: str
) -> None:
    assert resolution(indicator(kind, *values)) == Fraction(step)


def test_a_mean_that_stands_for_a_missing_figure_has_no_decimals_of_its_own() -> None:
    made_up = replace(indicator(Kind.RATE, "1/3", "0.5"), assumed=frozenset({"M0"}))
    assert resolution(made_up) == Fraction("0.1")


def test_how_far_figures_are_changed() -> None:
    people = Rooms(indicator(Kind.COUNT, "10", "500", "49000/3"))
    assert people.of("M0") == Room(Fraction(1), 16_323, 10)  # to the largest, 16,333
    assert people.of("M1") == Room(Fraction(1), 15_833, 500)
    assert people.of("M2") == Room(Fraction(1), 147_000, 16_333)  # to ten times itself
    scores = Rooms(indicator(Kind.RATE, "-0.2", "0.5"))
    assert scores.of("M0") == Room(Fraction(1, 10), 50, 50)
    values = Rooms(indicator(Kind.RATE, "300", "500"))
    assert values.of("M0") == Room(Fraction(1), 5_000, 300)
