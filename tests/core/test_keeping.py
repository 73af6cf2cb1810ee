"""Areas that keep the numbers of another rule exactly, with a key of their own inside them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

import allocator
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each, kept_figures
from allocator.model.distribution import Distribution
from allocator.model.indicator import Kind, Quality
from allocator.model.instance import Instance
from allocator.model.limits import Limit
from allocator.model.problem import InputError, Place
from allocator.model.rule import (
    NO_KEY,
    Choice,
    Crossing,
    Direction,
    Method,
    Rounding,
    Rule,
    Step,
)
from allocator.model.streams import KeyText, Stream, Streams
from tests.strategies import BY_ITSELF, NAME, PARTS, instance_of, rule_of, with_level

KEY = KeyText("key", Place("--key"))
PROVINCES = {"A": "P1", "B": "P1", "C": "P2", "D": "P2"}


def of_four(
    people: str, key: str, places: int, minors: int, rounding: Rounding = Rounding.HALF_UP
) -> Instance:
    """Four municipalities in two provinces: people by the rule, `key` for another key."""
    base = instance_of(values(people), PROVINCES, {"places": 1}, rounding)
    other = replace(base.indicators["people"], name="key", values=values(key))
    total = base.totals["places"]
    return replace(
        base,
        indicators={**base.indicators, "key": other},
        streams=PARTS,
        totals={
            "places": replace(total, number=places),
            "minors": replace(total, stream="minors", number=minors),
        },
    )


def values(written: str) -> dict[str, Fraction]:
    return dict(zip("ABCD", map(Fraction, written.split()), strict=True))


def numbers(distribution: Distribution, stream: str, codes: str = "ABCD") -> list[int]:
    return [distribution.number(code, stream) for code in codes]


def provinces(distribution: Distribution) -> dict[tuple[str, str], int]:
    return at_level(distribution, "province")


def at_level(distribution: Distribution, level: str) -> dict[tuple[str, str], int]:
    division = distribution.instance.division
    streams = distribution.instance.streams.names
    return {
        (a.code, s): distribution.number(a.code, s) for a in division.at(level) for s in streams
    }


def kept(instance: Instance, key: KeyText = KEY, level: str = "province") -> Distribution:
    return distribute(inside_each(another_key(instance, key), level, distribute(instance)))


# --- Another key ---


def test_another_key_divides_everything_by_itself() -> None:
    found = distribute(another_key(of_four("1 2 3 4", "4 3 2 1", 100, 10), KEY))
    assert numbers(found, "places") == [40, 30, 20, 10]
    assert numbers(found, "minors") == [4, 3, 2, 1]
    assert numbers(found, "regular") == [36, 27, 18, 9]


def test_streams_lose_the_keys_of_their_own() -> None:
    plain = of_four("1 2 3 4", "4 3 2 1", 100, 10)
    places, minors, regular = plain.streams.all
    own = Streams((places, replace(minors, key=KeyText("people", Place(""))), regular))
    found = another_key(replace(plain, streams=own), KEY)
    assert [stream.key for stream in found.streams.all] == [None, None, None]
    assert numbers(distribute(found), "minors") == [4, 3, 2, 1]


def test_nothing_of_the_law_is_said_of_a_key_of_ones_own() -> None:
    instance = allocator.load("nl/reception-2024")
    found = another_key(instance, KeyText("population", Place("--key")))
    rule, own = found.rule, instance.rule
    assert (rule.name, rule.legal_basis, rule.formula, rule.after) == ("nl/own-key", (), None, ())
    assert rule.direction is Direction.BOTTOM_UP
    assert (rule.ties, rule.choice, rule.limits) == (own.ties, own.choice, own.limits)
    assert rule.title.en == "Own key (population), otherwise as nl/reception-places@2024-02-01"
    assert found.published is None
    assert [str(told) for told in found.changed] == ["By another key than the rule's: population."]


def test_a_key_of_ones_own_goes_straight_to_the_leaves() -> None:
    """4, 3, 2 and 1 of 10, whatever the rule shares between provinces first."""
    base = of_four("1 2 3 4", "4 3 2 1", 100, 10, Rounding.CONSISTENT)
    steps = (
        Step("province", KeyText("1", Place(""))),
        Step("municipality", KeyText("people", KEY.place)),
    )
    rule = replace(base.rule, steps=steps, direction=Direction.TOP_DOWN)
    found = distribute(another_key(replace(base, rule=rule), KEY))
    assert [found.quota(code, "places") for code in "ABCD"] == [40, 30, 20, 10]


# --- Kept inside a level ---


def test_each_province_keeps_its_number_and_the_key_divides_it() -> None:
    """By the rule A to D have 10, 20, 30 and 40 of 100: the provinces keep 30 and 70.

    Inside the west 30 x 4/7 = 17 1/7 and 30 x 3/7 = 12 6/7; inside the east 70 x 2/3 = 46 2/3 and
    70 x 1/3 = 23 1/3.
    """
    found = kept(of_four("1 2 3 4", "4 3 2 1", 100, 10))
    assert [found.quota(code, "places") for code in "ABCD"] == [
        Fraction(120, 7),
        Fraction(90, 7),
        Fraction(140, 3),
        Fraction(70, 3),
    ]
    assert numbers(found, "places") == [17, 13, 47, 23]
    assert [found.quota(code, "places") for code in ("P1", "P2")] == [30, 70]


def test_both_streams_keep_what_rounding_gave_them() -> None:
    """100 over weights 1, 1, 1 and 4 is 14 2/7, 14 2/7, 14 2/7 and 57 1/7: 28 and 71, that is 99.

    Of 10 minors 1 3/7 three times and 5 5/7: 2 and 7, that is 9.
    """
    instance = of_four("1 1 1 4", "1 1 1 1", 100, 10)
    found = kept(instance)
    assert provinces(found) == provinces(distribute(instance))
    assert [found.number(code, "places") for code in ("P1", "P2", "NL")] == [28, 71, 99]
    assert [found.number(code, "minors") for code in ("P1", "P2", "NL")] == [2, 7, 9]
    assert [drift.difference for drift in found.drift] == [0, 0, 0]
    totals = {name: total.number for name, total in found.instance.totals.items()}
    assert totals == {"places": 99, "minors": 9}
    sources = {total.source for total in found.instance.totals.values()}
    assert [source.en for source in sources] == [
        f"the sum of what areas keep by {instance.rule.version}"
    ]
    assert [str(told) for told in found.instance.changed][1:] == [
        "Each province keeps the number that nl/random@2023-01-01 gives it.",
        "x: the numbers that areas keep add up to 99, where 100 is divided.",
        "x: the numbers that areas keep add up to 9, where 10 is divided.",
    ]


def test_totals_that_came_out_are_not_said_to_be_others() -> None:
    instance = of_four("1 2 3 4", "4 3 2 1", 100, 10)
    found = kept(instance)
    assert found.instance.totals == instance.totals
    assert len(found.instance.changed) == 2


def test_what_is_kept_is_a_figure_like_any_other() -> None:
    instance = of_four("1 2 3 4", "4 3 2 1", 100, 10)
    found = kept(instance)
    places, minors = kept_figures(found.instance)
    assert places.source == instance.rule.title
    assert places.title.en == f"{PARTS.named('places').title.en} by {instance.rule.version}"
    assert (places.year, places.reference.en) == (instance.division.day.year, instance.period)
    assert (places.name, minors.name) == ("kept_places", "kept_minors")
    assert (places.kind, places.quality) == (Kind.COUNT, Quality.INVENTED)
    assert places.values == {"A": 10, "B": 20, "C": 30, "D": 40}
    assert found.used == ("kept_places", "key", "kept_minors")
    assert kept_figures(of_four("1 2 3 4", "4 3 2 1", 100, 10)) == ()


def test_a_number_is_as_good_as_the_worst_figure_in_it() -> None:
    base = of_four("1 2 3 4", "4 3 2 1", 100, 10)
    people = base.indicators["people"]
    for first, second in ((Quality.OFFICIAL, Quality.INFERRED), (Quality.OWN, Quality.APPROXIMATE)):
        other = replace(people, name="other", quality=second)
        figures = {"people": replace(people, quality=first), "other": other, "key": people}
        steps = (Step("", KeyText("people + other", KEY.place)),)
        rule = replace(base.rule, steps=steps)
        found = kept(replace(base, indicators=figures, rule=rule))
        worst = max(first, second, key=tuple(Quality).index)
        assert {each.quality for each in kept_figures(found.instance)} == {worst}


def test_a_province_that_keeps_nothing_needs_no_weight() -> None:
    """The west has nobody and keeps 0; that the key is 0 there too is no error."""
    found = kept(of_four("0 0 3 4", "0 0 1 1", 70, 7))
    assert numbers(found, "places") == [0, 0, 35, 35]


def test_a_province_with_a_number_and_no_weight_is_named() -> None:
    with pytest.raises(InputError) as caught:
        kept(of_four("1 2 3 4", "0 0 1 1", 100, 10))
    assert str(caught.value.problems[0]) == (
        "--key: The key gives every area in P1 weight 0, so nothing can be shared. "
        "Change the key, or the figures it uses."
    )


def test_a_negative_weight_is_named() -> None:
    with pytest.raises(InputError, match="--key: The key gives a negative weight for C"):
        kept(of_four("1 2 3 4", "1 1 -1 2", 100, 10))


def test_the_key_of_the_level_above_does_not_matter_inside() -> None:
    """share() is that inside the province, and rescaling every province's key changes nothing."""
    instance = of_four("1 2 3 4", "4 3 2 1", 100, 10)
    plain = kept(instance)
    shared = kept(instance, KeyText("share(key)", KEY.place))
    assert plain.numbers == shared.numbers
    assert {sum(each.values()) for each in [shared.steps["places"][-1].weights]} == {2}


@pytest.mark.parametrize("method", Method)
def test_the_method_of_the_rule_decides_inside(method: Method) -> None:
    base = of_four("1 1 1 4", "5 1 1 1", 100, 10)
    instance = replace(base, rule=replace(base.rule, choice=Choice(Rounding.CONSISTENT, method)))
    found = kept(instance)
    assert found.choice == Choice(Rounding.CONSISTENT, method)
    assert provinces(found) == provinces(distribute(instance))


@pytest.mark.parametrize(
    ("level", "mend"),
    [
        ("provinces", "Did you mean 'province'?"),
        ("x", "The levels are: province."),
        ("", "The levels are: province."),
        ("country", "The levels are: province."),
        ("municipality", "The levels are: province."),
    ],
)
def test_a_level_that_cannot_be_kept_is_told(level: str, mend: str) -> None:
    instance = of_four("1 2 3 4", "4 3 2 1", 100, 10)
    with pytest.raises(InputError) as caught:
        kept(instance, level=level)
    assert (
        str(caught.value)
        == f"--keep: '{level}' is no level between all and the smallest areas. {mend}"
    )


def test_a_level_beside_the_tree_keeps_too() -> None:
    """Regions that lie inside the provinces: A; B; C with D."""
    base = of_four("1 1 1 4", "2 3 5 7", 103, 11)
    region = {"A": "R1", "B": "R2", "C": "R3", "D": "R3"}
    instance = replace(base, division=with_level(base.division, "region", region))
    found = kept(instance, level="region")
    before = distribute(instance)
    assert at_level(found, "region") == at_level(before, "region")
    assert provinces(found) == provinces(before)
    assert numbers(found, "places", "AB") == numbers(before, "places", "AB")


def test_a_level_that_crosses_the_tree_is_refused_or_told() -> None:
    base = of_four("1 1 1 4", "2 3 5 7", 103, 11)
    ring = {"A": "R1", "B": "R2", "C": "R1", "D": "R2"}
    crossing = replace(base, division=with_level(base.division, "ring", ring))
    with pytest.raises(InputError, match="cross the main tree, so not all sums can be kept"):
        kept(crossing, level="ring")
    rule = replace(crossing.rule, crossing=Crossing.REPORTED)
    found = kept(replace(crossing, rule=rule), level="ring")
    told = {cell for proof in found.proofs for cell in proof.outside}
    streams = {cell: found.number(*cell) for cell in told if cell[1]}
    before = at_level(distribute(crossing), "ring")
    differing = {cell for cell, number in at_level(found, "ring").items() if number != before[cell]}
    assert {code for code, _ in differing} <= {code for code, _ in told}, (streams, told)


# --- Under limits ---


def limited(rounding: Rounding = Rounding.CONSISTENT) -> Instance:
    """D has 40 by the rule and may have 30."""
    base = of_four("1 2 3 4", "1 2 3 4", 100, 10, rounding)
    return replace(base, limits=(Limit("cap", NAME, "places", ("D",), None, 30),))


def test_under_limits_what_a_province_keeps_stays_in_it() -> None:
    """By the rule the cap of D sends 10 to all others: the west keeps 35 under any key."""
    instance = limited()
    found = kept(instance)
    assert [found.number(code, "places") for code in ("P1", "P2", "D")] == [35, 65, 30]
    assert provinces(found) == provinces(distribute(instance))
    assert found.choice.fixed == ("province",)


def test_another_fixed_level_does_not_let_a_province_go() -> None:
    base = limited()
    region = {"A": "R1", "B": "R2", "C": "R3", "D": "R3"}
    instance = replace(base, division=with_level(base.division, "region", region))
    asked = inside_each(another_key(instance, KEY), "province", distribute(instance))
    found = distribute(asked, replace(asked.rule.choice, fixed=("region",)))
    assert provinces(found) == provinces(distribute(instance))
    assert found.choice.fixed == ("region", "province")


# --- `levels: rule:` ---


def by(inner: Rule, instance: Instance, key: str = "key") -> Instance:
    """The instance by a rule whose provinces keep the numbers of an inner one."""
    steps = (
        Step("province", NO_KEY, by=inner),
        Step("municipality", KeyText(key, Place("rule"))),
    )
    rule = rule_of(Rounding.CONSISTENT)
    return replace(
        instance,
        rule=replace(rule, name="nl/outer", steps=steps, direction=Direction.TOP_DOWN),
    )


@pytest.mark.parametrize("rounding", [*BY_ITSELF, Rounding.CONSISTENT])
def test_a_rule_that_keeps_is_the_same_as_keeping(rounding: Rounding) -> None:
    instance = of_four("1 1 1 4", "5 1 3 1", 100, 10, rounding)
    found, asked = distribute(by(instance.rule, instance)), kept(instance)
    assert found.numbers == asked.numbers
    assert found.quotas == asked.quotas
    assert provinces(found) == provinces(distribute(instance))
    assert [drift.difference for drift in found.drift] == [0, 0, 0]
    assert kept_figures(found.instance) == kept_figures(asked.instance)
    assert found.instance.totals == asked.instance.totals
    assert found.instance.rule.steps[0].by is None


def test_the_inner_rule_has_the_keys_of_its_own_streams_and_no_others() -> None:
    """The outer rule gives minors equal parts inside each province, the inner one by people.

    Of 10 minors 3 and 7 are kept: 1 1/2 twice and 3 1/2 twice.
    """
    instance = of_four("1 2 3 4", "4 3 2 1", 100, 10)
    places, minors, regular = PARTS.all
    equal = Streams((places, replace(minors, key=KeyText("1", Place("rule"))), regular))
    found = distribute(by(instance.rule, replace(instance, streams=equal)))
    assert provinces(found) == provinces(distribute(instance))
    assert [found.quota(code, "minors") for code in "ABCD"] == [
        Fraction(n, 2) for n in (3, 3, 7, 7)
    ]


def test_a_stream_with_a_key_of_its_own_in_the_inner_rule_has_it_there_only() -> None:
    """The inner rule gives minors equal parts, 5 and 5 of 10; inside, the outer key holds."""
    instance = of_four("1 2 3 4", "4 3 2 1", 100, 10, Rounding.CONSISTENT)
    places, minors, regular = PARTS.all
    equal = Streams((places, replace(minors, key=KeyText("1", Place("rule"))), regular))
    inner = replace(instance.rule, streams=equal)
    found = distribute(by(inner, instance))
    assert [found.number(code, "minors") for code in ("P1", "P2")] == [5, 5]
    assert [found.quota(code, "minors") for code in "AC"] == [Fraction(20, 7), Fraction(10, 3)]


def test_under_limits_a_rule_that_keeps_does_so_as_well() -> None:
    """Without limits of its own the inner rule gives 30 and 70; D's cap of 30 leaves C with 40."""
    instance = limited()
    inner = rule_of(Rounding.HALF_UP)
    found = distribute(by(inner, instance))
    assert [found.number(code, "places") for code in ("P1", "P2", "C", "D")] == [30, 70, 40, 30]
    assert found.choice.fixed == ("province",)
    assert found.instance.rule.choice == found.choice
    again = distribute(by(inner, instance), Choice(Rounding.CONSISTENT, Method.WEBSTER))
    assert provinces(again) == provinces(found)


def test_keeping_what_a_rule_keeps_already() -> None:
    instance = by(rule_of(Rounding.HALF_UP), of_four("1 1 1 4", "5 1 3 1", 100, 10))
    found = kept(instance, KeyText("people", Place("--key")))
    assert provinces(found) == provinces(distribute(instance))
    assert [drift.difference for drift in found.drift] == [0, 0, 0]


def test_another_key_under_a_rule_that_keeps_leaves_what_is_kept() -> None:
    instance = by(rule_of(Rounding.HALF_UP), of_four("1 1 1 4", "5 1 3 1", 100, 10))
    found = distribute(another_key(instance, KeyText("people", Place("--key"))))
    assert provinces(found) == provinces(distribute(instance))


# --- The act, province by province ---


@cache
def reception() -> Distribution:
    return distribute(allocator.load("nl/reception-2024"))


@pytest.mark.parametrize("level", ["province", "safety_region"])
@pytest.mark.parametrize("written", ["population", "1", "share(population) + 1 / 342"])
def test_by_the_act_every_area_keeps_its_number(level: str, written: str) -> None:
    before = reception()
    asked = another_key(before.instance, KeyText(written, Place("--key")))
    found = distribute(inside_each(asked, level, before))
    assert at_level(found, level) == at_level(before, level)
    assert provinces(found) == provinces(before)
    root = before.instance.division.root.code
    assert found.number(root, "places") == 96_004
    assert found.number(root, "minors") == 8_135
    assert [drift.difference for drift in found.drift] == [0, 0, 0]


def test_the_alternative_in_the_rule_book_is_the_same_as_keeping_provinces() -> None:
    shelved = distribute(allocator.load("nl/reception-2024-province-then-population"))
    asked = another_key(reception().instance, KeyText("population", Place("--key")))
    assert shelved.numbers == distribute(inside_each(asked, "province", reception())).numbers


# --- What is said is true in every rounding ---


@pytest.mark.parametrize("rounding", BY_ITSELF)
def test_where_areas_are_rounded_by_themselves_nobody_is_said_to_keep(rounding: Rounding) -> None:
    """Either every province has what it is said to keep, or the question is refused."""
    instance = of_four("1 1 1 4", "5 1 3 1", 100, 10)
    asked = inside_each(another_key(instance, KEY), "province", distribute(instance))
    try:
        found = distribute(asked, Choice(rounding))
    except InputError:
        return
    said = "Each province keeps the number" in "".join(map(str, found.instance.changed))
    assert not said or provinces(found) == provinces(distribute(instance))


def test_one_stream_by_the_textbook_is_not_said_to_keep_either() -> None:
    base = of_four("1 1 1 4", "1 2 1 1", 100, 10)
    instance = replace(
        base, streams=Streams((Stream("places", NAME),)), totals={"places": base.totals["places"]}
    )
    asked = inside_each(another_key(instance, KEY), "province", distribute(instance))
    try:
        found = distribute(asked, Choice(Rounding.TEXTBOOK, Method.ADAMS))
    except InputError:
        return
    assert provinces(found) == provinces(distribute(instance))
