"""Steps after the key: each by itself with a worked sum, several in a row, floors beside them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import allocator
from allocator.core.after import after_the_key
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.indicator import Kind
from allocator.model.instance import Instance, Total
from allocator.model.limits import Limit, LimitAsked
from allocator.model.problem import InputError, Place
from allocator.model.rule import After, AfterKind, Choice, Direction, Rounding, Step
from allocator.model.streams import KeyText
from tests.example import RULE, write_example
from tests.strategies import NAME, instance_of

HERE = Place("rule")


def key(written: str) -> KeyText:
    return KeyText(written, HERE)


def after(kind: AfterKind, of: str = "", least: str = "", most: str = "") -> After:
    held, lowest, highest = (key(each) if each else None for each in (of, least, most))
    return After(kind, held, lowest, highest, article="", says=NAME)


POSITIVE = after(AfterKind.POSITIVE)
RESCALE = after(AfterKind.RESCALE)


def weights(*written: str) -> dict[str, Fraction]:
    """The weights of A, B, C ... as they are written."""
    return {chr(ord("A") + place): Fraction(each) for place, each in enumerate(written)}


def numbers_only(asked: KeyText) -> dict[str, Fraction]:
    """Formulas that are one number, the same for every area."""
    return dict.fromkeys("ABCD", Fraction(asked.written))


def done(
    given: dict[str, Fraction], *steps: After, within: dict[str, str] | None = None
) -> list[Fraction]:
    return list(after_the_key(given, steps, numbers_only, within or {}).weights.values())


# --- Each step by itself ---


def test_a_weight_below_zero_becomes_zero() -> None:
    assert done(weights("3", "-2", "0", "-1/2"), POSITIVE) == [3, 0, 0, 0]


def test_who_reaches_the_bound_is_exempt_and_who_is_just_below_is_not() -> None:
    held = weights("5", "9/2", "6", "0")

    def formula(asked: KeyText) -> dict[str, Fraction]:
        return held if asked.written == "held" else numbers_only(asked)

    step = after(AfterKind.EXEMPT, of="held", least="5")
    found = after_the_key(weights("1", "2", "3", "4"), [step], formula, {})
    assert list(found.weights.values()) == [0, 2, 0, 4]


@pytest.mark.parametrize(
    ("least", "most", "found"),
    [
        ("2", "", ["2", "2", "5/2", "7"]),
        ("", "3", ["-1", "2", "5/2", "3"]),
        ("2", "3", ["2", "2", "5/2", "3"]),
        ("2", "2", ["2", "2", "2", "2"]),
    ],
)
def test_a_weight_stays_between_its_bounds(least: str, most: str, found: list[str]) -> None:
    given = weights("-1", "2", "5/2", "7")
    assert done(given, after(AfterKind.CAPPED, least=least, most=most)) == list(
        map(Fraction, found)
    )


def test_weights_are_divided_by_their_sum() -> None:
    third = Fraction(1, 3)
    assert done(weights("2", "1", "3", "0"), RESCALE) == [third, Fraction(1, 6), third * 3 / 2, 0]


def test_or_by_their_sum_in_the_area_around_them() -> None:
    """2 and 1 in the west are 2/3 and 1/3 of 3; 3 and 0 in the east are all and nothing of 3."""
    west = {"A": "west", "B": "west", "C": "east", "D": "east"}
    found = done(weights("2", "1", "3", "0"), RESCALE, within=west)
    assert found == [Fraction(2, 3), Fraction(1, 3), 1, 0]


def test_a_sum_of_zero_leaves_the_weights_as_they_are() -> None:
    assert done(weights("0", "0"), RESCALE) == [0, 0]
    assert done(weights("2", "-2"), RESCALE) == [2, -2]


# --- In a row ---


def test_the_order_of_steps_is_that_of_the_rule() -> None:
    """5, -1 and 2 add up to 6; without the -1 to 7."""
    given = weights("5", "-1", "2")
    assert done(given, POSITIVE, RESCALE) == [Fraction(5, 7), 0, Fraction(2, 7)]
    assert done(given, RESCALE, POSITIVE) == [Fraction(5, 6), 0, Fraction(1, 3)]


def test_every_stage_is_kept_with_its_step() -> None:
    given = weights("5", "-1", "2")
    cap = after(AfterKind.CAPPED, most="3")
    found = after_the_key(given, (POSITIVE, cap, RESCALE), numbers_only, {})
    assert found.values == given
    assert [step for step, _ in found.stages] == [POSITIVE, cap, RESCALE]
    assert [list(each.values()) for _, each in found.stages] == [
        [5, 0, 2],
        [3, 0, 2],
        [Fraction(3, 5), 0, Fraction(2, 5)],
    ]
    assert found.weights == found.stages[-1][1]
    assert after_the_key(given, (), numbers_only, {}).weights == given


def test_areas_that_were_left_out_have_weight_zero_at_every_stage() -> None:
    found = after_the_key(weights("4", "-1"), (POSITIVE, RESCALE), numbers_only, {})
    whole = found.without(frozenset("X"), "XAB")
    assert whole.values == {"X": 0, "A": 4, "B": -1}
    assert [each for _, each in whole.stages] == [
        {"X": 0, "A": 4, "B": 0},
        {"X": 0, "A": 1, "B": 0},
    ]
    assert [list(each) for each in (whole.values, whole.weights)] == [["X", "A", "B"]] * 2


def test_exempt_is_who_has_no_weight_in_the_end() -> None:
    """A and C are exempt; a later floor gives both a weight again."""
    held = weights("9", "0", "9")

    def formula(asked: KeyText) -> dict[str, Fraction]:
        return held if asked.written == "held" else numbers_only(asked)

    exempt = after(AfterKind.EXEMPT, of="held", least="9")
    floor = after(AfterKind.CAPPED, least="1")
    given = weights("4", "5", "6")
    assert after_the_key(given, [exempt], formula, {}).exempt == {"A", "C"}
    assert after_the_key(given, [exempt, floor], formula, {}).exempt == frozenset()
    assert after_the_key(given, [POSITIVE], formula, {}).exempt == frozenset()


# --- In a distribution ---

PROVINCES = {"A": "P1", "B": "P1", "C": "P2", "D": "P2"}


def of_four(
    people: dict[str, Fraction], total: int, written: str, *steps: After, rounding: Rounding
) -> Instance:
    """Four municipalities in two provinces, by a key and steps after it."""
    base = instance_of(people, PROVINCES, {"places": total}, rounding)
    return replace(base, rule=replace(base.rule, steps=(Step("", key(written)),), after=steps))


def quotas(distribution: Distribution) -> list[Fraction]:
    return [distribution.quota(code, "places") for code in "ABCD"]


def numbers(distribution: Distribution) -> list[int]:
    return [distribution.number(code, "places") for code in "ABCD"]


def test_a_key_below_zero_is_refused_unless_it_is_made_zero() -> None:
    people = weights("10", "20", "30", "40")
    instance = of_four(people, 60, "people - 20", rounding=Rounding.HALF_UP)
    with pytest.raises(InputError, match="negative weight for A"):
        distribute(instance)
    mended = replace(instance, rule=replace(instance.rule, after=(POSITIVE,)))
    assert quotas(distribute(mended)) == [0, 0, 20, 40]


def test_what_is_after_the_key_is_shown_step_by_step() -> None:
    """Places less what is there: 40 - 50, 30 - 0, 20 - 10 and 10 - 0 are -10, 30, 10 and 10."""
    people, there = weights("40", "30", "20", "10"), weights("50", "0", "10", "0")
    written = "people * (total + national(there)) / national(people) - there"
    base = of_four(people, 40, written, POSITIVE, RESCALE, rounding=Rounding.CONSISTENT)
    more = replace(base.indicators["people"], name="there", values=there)
    instance = replace(base, indicators={**base.indicators, "there": more})
    found = distribute(instance)
    (step,) = found.steps["places"]
    assert list(step.values.values()) == [-10, 30, 10, 10]
    assert [list(each.values()) for _, each in step.after] == [
        [0, 30, 10, 10],
        [0, Fraction(3, 5), Fraction(1, 5), Fraction(1, 5)],
    ]
    assert step.weights == step.after[-1][1]
    assert quotas(found) == [0, 24, 8, 8]
    assert found.used == ("people", "there")


def test_figures_that_only_a_later_step_names_are_used_too() -> None:
    base = of_four(
        weights("10", "20", "30", "40"),
        90,
        "people",
        after(AfterKind.EXEMPT, of="there", least="2 * national(there) / 4"),
        rounding=Rounding.CONSISTENT,
    )
    there = replace(base.indicators["people"], name="there", values=weights("8", "0", "0", "0"))
    found = distribute(replace(base, indicators={**base.indicators, "there": there}))
    assert found.used == ("people", "there")
    assert quotas(found) == [0, 20, 30, 40]


def test_all_exempt_is_a_key_without_weights() -> None:
    nobody = after(AfterKind.EXEMPT, of="1", least="1")
    instance = of_four(weights("1", "1", "1", "1"), 4, "people", nobody, rounding=Rounding.UP)
    with pytest.raises(InputError, match="gives every area in NL weight 0"):
        distribute(instance)
    assert numbers(distribute(replace(instance, totals=of_total(instance, 0)))) == [0, 0, 0, 0]


def of_total(instance: Instance, number: int) -> dict[str, Total]:
    return {name: replace(total, number=number) for name, total in instance.totals.items()}


def test_only_the_last_step_downward_has_steps_after_its_key() -> None:
    """30 and 70 of 100 are the provinces'; inside each, bounds of 15 and 35 make all equal.

    A and B have 15 each of 30, C and D 35 each of 70; were the provinces held to 35 as well they
    had 50 each.
    """
    bounds = after(AfterKind.CAPPED, least="15", most="15")
    people = weights("10", "20", "30", "40")
    base = of_four(people, 100, "people", bounds, rounding=Rounding.CONSISTENT)
    steps = (Step("province", key("people")), Step("municipality", key("people")))
    rule = replace(base.rule, steps=steps, direction=Direction.TOP_DOWN)
    found = distribute(replace(base, rule=rule))
    upper, lower = found.steps["places"]
    assert upper.after == ()
    assert [step.kind for step, _ in lower.after] == [AfterKind.CAPPED]
    assert quotas(found) == [15, 15, 35, 35]


def test_going_down_weights_are_rescaled_inside_each_province() -> None:
    people = weights("10", "30", "30", "30")
    base = of_four(people, 100, "people", RESCALE, rounding=Rounding.CONSISTENT)
    steps = (Step("province", key("1")), Step("municipality", key("people")))
    rule = replace(base.rule, steps=steps, direction=Direction.TOP_DOWN)
    found = distribute(replace(base, rule=rule))
    lower = found.steps["places"][-1]
    assert list(lower.weights.values()) == [Fraction(1, 4), Fraction(3, 4), *[Fraction(1, 2)] * 2]
    assert set(lower.sums.values()) == {1}


def test_each_stream_is_held_to_its_own_total() -> None:
    """At most a quarter of what is divided: of 100 that is 25, of 8 it is 2."""
    people = weights("10", "20", "30", "40")
    base = instance_of(people, PROVINCES, {"places": 100, "holders": 8}, Rounding.HALF_UP)
    cap = after(AfterKind.CAPPED, most="total / 4")
    steps = (Step("", key("share(people) * total")),)
    found = distribute(replace(base, rule=replace(base.rule, steps=steps, after=(cap, RESCALE))))
    # 10, 20, 25 and 25 of 80; 4/5, 8/5, 2 and 2 of 32/5: the same shares
    for stream, total in (("places", 100), ("holders", 8)):
        shares = [found.quota(code, stream) / total for code in "ABCD"]
        assert shares == [Fraction(1, 8), Fraction(1, 4), Fraction(5, 16), Fraction(5, 16)]


@pytest.mark.parametrize(("least", "most"), [("5", "3"), ("people", "20")])
def test_bounds_that_cross_are_refused(least: str, most: str) -> None:
    bounds = after(AfterKind.CAPPED, least=least, most=most)
    instance = of_four(weights("10", "20", "30", "40"), 9, "people", bounds, rounding=Rounding.UP)
    crossed = "A, B, C and D" if least == "5" else "C and D"
    with pytest.raises(InputError) as caught:
        distribute(instance)
    assert f"The lowest is above the highest for {crossed}. Mend `at_least:`" in str(caught.value)


def test_a_rate_may_be_a_bound_at_the_leaves_and_is_refused_above_them() -> None:
    bound = after(AfterKind.EXEMPT, of="score", least="1")
    base = of_four(weights("1", "1", "1", "1"), 4, "people", bound, rounding=Rounding.UP)
    scores = replace(
        base.indicators["people"], name="score", kind=Kind.RATE, values=weights("1", "0", "0", "2")
    )
    instance = replace(base, indicators={**base.indicators, "score": scores})
    assert quotas(distribute(instance)) == [0, 2, 2, 0]


# --- Floors ---


def floor(code: str, least: int | None, name: str = "floor", most: int | None = None) -> Limit:
    named = f"{name} ({code}, {code})"
    return Limit(named, NAME, "places", (code,), least, most, of_rule=True)


def asked(name: str, each: str = "municipality") -> LimitAsked:
    return LimitAsked(name, NAME, "places", (), each, 5, None, None, "", HERE)


def under_floors(
    limits: tuple[Limit, ...], *own: LimitAsked, people: dict[str, Fraction] | None = None
) -> Instance:
    """20 places over 1, 1, 4 and 4 people; A is exempt and everybody is asked for 5 at least."""
    exempt = after(AfterKind.EXEMPT, of="people * 0 + there", least="1")
    base = of_four(
        people or weights("1", "1", "4", "4"), 20, "people", exempt, rounding=Rounding.CONSISTENT
    )
    there = replace(base.indicators["people"], name="there", values=weights("1", "0", "0", "0"))
    return replace(
        base,
        indicators={**base.indicators, "there": there},
        rule=replace(base.rule, limits=own),
        limits=limits,
    )


def test_the_exempt_are_free_of_the_rules_floors() -> None:
    """B must have 5, C and D share the other 15; A, which is exempt, has nothing."""
    limits = tuple(floor(code, 5) for code in "ABCD")
    found = distribute(under_floors(limits, asked("floor")))
    assert numbers(found)[:2] == [0, 5]
    assert sum(numbers(found)) == 20
    assert [limit.areas for limit in found.instance.limits] == [("B",), ("C",), ("D",)]


def test_floors_of_the_instance_bind_the_exempt_all_the_same() -> None:
    """A floor that no rule asked for is somebody's decision on this one area."""
    own = replace(floor("A", 5), of_rule=False)
    found = distribute(under_floors((own,), asked("another floor")))
    assert numbers(found)[0] == 5


@pytest.mark.parametrize(
    ("of_the_rule", "of_the_instance"),
    [
        ("floor", "floor (by the board)"),  # begins as the rule's
        ("floor (article 3)", "floor"),
    ],
)
def test_names_with_parentheses_tell_the_two_apart(of_the_rule: str, of_the_instance: str) -> None:
    own = replace(floor("A", 3), name=of_the_instance, of_rule=False)
    instance = under_floors((floor("A", 5, of_the_rule), own), asked(of_the_rule))
    found = distribute(instance)
    assert [limit.name for limit in found.instance.limits] == [of_the_instance]
    assert numbers(found)[0] == 3


def test_a_cap_beside_the_floor_stays() -> None:
    found = distribute(under_floors((floor("A", 5, most=9),), asked("floor")))
    (limit,) = found.instance.limits
    assert (limit.at_least, limit.at_most) == (None, 9)
    assert numbers(found)[0] == 0


def test_each_stream_has_its_own_exempt() -> None:
    """A is exempt where more than 8 are divided: of places, not of permit holders."""
    base = under_floors((floor("A", 5), of_holders("A")), asked("floor"))
    exempt = after(AfterKind.EXEMPT, of="there * (total - 8)", least="1")
    streams = instance_of(weights("1"), {"A": "P1"}, {"places": 20, "holders": 8}, Rounding.UP)
    rule = replace(base.rule, after=(exempt,))
    found = distribute(replace(base, rule=rule, streams=streams.streams, totals=streams.totals))
    assert [limit.stream for limit in found.instance.limits] == ["holders"]
    assert (found.number("A", "places"), found.number("A", "holders")) == (0, 5)


def of_holders(code: str) -> Limit:
    return replace(floor(code, 5), name="floor of holders", stream="holders")


def test_an_area_without_weight_that_nobody_exempts_keeps_its_floor() -> None:
    """Nobody reaches 100, so the step changes nothing: B, without people, has its floor of 5."""
    limits = tuple(floor(code, 5) for code in "ABCD")
    people = weights("1", "0", "4", "4")
    nobody = after(AfterKind.EXEMPT, of="people", least="100")
    instance = under_floors(limits, asked("floor"), people=people)
    plain = distribute(replace(instance, rule=replace(instance.rule, after=())))
    beside = distribute(replace(instance, rule=replace(instance.rule, after=(nobody,))))
    assert numbers(plain) == [5, 5, 5, 5]
    assert numbers(beside) == numbers(plain)


# --- In a rule file ---


def test_a_rule_file_says_what_is_done_after_its_key(tmp_path: Path) -> None:
    """3,000 and 4,000 people are held to 2,000: 1,000 and three times 2,000 of 7,000."""
    says = "says: {nl: x, en: x}"
    rule = RULE.replace(
        "key: (score + 1) * people\n",
        f"key: people\nafter:\n  - {{do: capped, at_most: '2000', {says}}}\n"
        f"  - {{do: rescale, article: '3(1)', {says}}}\n",
    )
    instance = allocator.load(write_example(tmp_path, rule_yaml=rule))
    assert [(step.kind, step.article) for step in instance.rule.after] == [
        (AfterKind.CAPPED, ""),
        (AfterKind.RESCALE, "3(1)"),
    ]
    found = distribute(instance, Choice(Rounding.HALF_UP))
    assert quotas(found) == [Fraction(100, 7), *[Fraction(200, 7)] * 3]
    assert numbers(found) == [14, 29, 29, 29]
