"""What holds of any two keys that divide the same numbers over the same areas.

Rounded together, every key's numbers add up to the same totals, and where provinces keep their
numbers, to the same in every one of them; rounded one by one, each key's drift is told exactly.
A key that is another one times a number gives the same numbers. Exchanging two keys turns every
difference and every movement around. What is gained and what is lost differ by what the sums do.
Inside a province that keeps its number nobody outside it has a say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from allocator.comparison.side_by_side import Alternative, Comparison
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place
from allocator.model.rule import Choice, Rounding
from allocator.model.streams import KeyText
from allocator.report.comparison.keys import drifts
from tests.strategies import BY_ITSELF, instances, together

#: Formulas over two counts; the first may be 0 somewhere, the others nowhere.
FORMULAS = (
    "people",
    "people + 1",
    "other",
    "1",
    "share(people + other)",
    "people / national(people) + share(other)",
    "inverse(other)",
    "capped(people, 1, 300) + other",
    "(people + total) / other",
    "other * total + national(other)",
)
POSITIVE = FORMULAS[1:]
FACTORS = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000)


class Runs(NamedTuple):
    """Two runs of the same question by two keys; printed when a law is broken."""

    first: Distribution
    second: Distribution

    def __str__(self) -> str:
        return "\n".join(f"{name}: {shown(run)}" for name, run in zip("AB", self, strict=True))


def shown(run: Distribution) -> str:
    rule = run.instance.rule
    figures = {
        name: {code: str(value) for code, value in each.values.items()}
        for name, each in run.instance.indicators.items()
    }
    parents = {leaf.code: leaf.parent for leaf in run.instance.division.leaves}
    return (
        f"{[step.key.written for step in rule.steps]} {run.choice} {figures} {parents}\n"
        f"   {dict(run.numbers)}"
    )


def key(written: str) -> KeyText:
    return KeyText(written, Place("--key"))


def with_other(draw: st.DrawFn, instance: Instance) -> Instance:
    """The same with a second count that is nowhere 0."""
    people = instance.indicators["people"]
    counts = st.integers(1, 60)
    values = {leaf.code: Fraction(draw(counts)) for leaf in instance.division.leaves}
    other: Indicator = replace(people, name="other", values=values)
    return replace(instance, indicators={"people": people, "other": other})


@st.composite
def questions(draw: st.DrawFn) -> Instance:
    """Places with minors in them, rounded together by any method."""
    return with_other(draw, draw(together()))


@st.composite
def row_by_row(draw: st.DrawFn) -> Instance:
    """Two streams, every area rounded by itself."""
    return with_other(draw, draw(instances()))


def run(
    instance: Instance, written: str, level: str = "", own: Distribution | None = None
) -> Distribution:
    """By another key, perhaps inside every area of a level, which keeps the numbers of `own`."""
    asked = another_key(instance, key(written))
    try:
        kept = inside_each(asked, level, own or distribute(instance)) if level else asked
        return distribute(kept)
    except InputError as error:
        # a key with the total is another one for minors, who may then be above all places; and
        # where nobody lives and 0 is divided it is 0, and has no share
        assume(not ("total" in written and re.search("above their whole|by zero", str(error))))
        raise


def beside(runs: Runs, within: str = "NL") -> Comparison:
    people = runs.first.instance.indicators["people"]
    return Comparison(Alternative("", runs.first), (Alternative("B", runs.second),), within, people)


TWO = st.lists(st.sampled_from(POSITIVE), min_size=2, max_size=2, unique=True)


# --- The same totals ---


@given(questions(), TWO)
def test_together_all_keys_add_up_to_the_totals(instance: Instance, formulas: list[str]) -> None:
    runs = Runs(*(run(instance, written) for written in formulas))
    for each in runs:
        for stream, total in instance.totals.items():
            assert each.number("NL", stream) == total.number, str(runs)
        assert {drift.difference for drift in each.drift} == {0}, str(runs)
        assert each.number("NL", "regular") == runs.first.number("NL", "regular"), str(runs)


@given(questions() | row_by_row(), TWO)
def test_every_province_keeps_its_number_under_every_key(
    instance: Instance, formulas: list[str]
) -> None:
    """Also where the rule itself rounds one by one: the keys inside are rounded together."""
    own = distribute(instance)
    for written in formulas:
        runs = Runs(own, run(instance, written, "province"))
        for stream in instance.streams.names:
            for area in (*instance.division.at("province"), instance.division.root):
                found = runs.second.number(area.code, stream)
                assert found == own.number(area.code, stream), str(runs)
        assert {drift.difference for drift in runs.second.drift} == {0}, str(runs)
        totals = {name: total.number for name, total in runs.second.instance.totals.items()}
        assert totals == {name: own.number("NL", name) for name in instance.totals}, str(runs)


@given(row_by_row(), TWO, st.sampled_from(BY_ITSELF))
def test_row_by_row_the_drift_of_every_key_is_told_exactly(
    instance: Instance, formulas: list[str], rounding: Rounding
) -> None:
    runs = Runs(
        *(distribute(another_key(instance, key(each)), Choice(rounding)) for each in formulas)
    )
    expected = []
    for letter, each in zip("AB", runs, strict=True):
        leaves = each.instance.division.leaves
        for drift in each.drift:
            summed = sum(each.number(leaf.code, drift.stream) for leaf in leaves)
            assert drift.asked == instance.totals[drift.stream].number, str(runs)
            assert (drift.allocated, drift.difference) == (summed, summed - drift.asked), str(runs)
            if drift.difference:
                expected.append((letter, summed, abs(drift.difference), drift.difference > 0))
    told = [
        (
            said.values["letter"],
            said.values["sum"],
            said.values["number"],
            "more than" in str(said),
        )
        for said in drifts(beside(runs))
    ]
    assert told == expected, str(runs)


# --- Rescaling ---


@given(questions() | row_by_row(), st.sampled_from(FORMULAS), FACTORS, st.booleans())
def test_a_key_times_a_number_gives_no_difference(
    instance: Instance, written: str, factor: Fraction, inside: bool
) -> None:
    level = "province" if inside else ""
    scaled = f"{factor.numerator} / {factor.denominator} * ({written})"
    try:
        runs = Runs(run(instance, written, level), run(instance, scaled, level))
    except InputError as error:
        assume("weight 0" not in str(error))  # nobody of a province may have people
        raise
    comparison = beside(runs)
    assert runs.first.numbers == runs.second.numbers, str(runs)
    for stream in instance.streams.names:
        movement = comparison.movement(comparison.others[0], stream)
        assert (movement.gaining, movement.losing) == ((), ()), str(runs)
        assert (movement.more, movement.fewer, movement.moved) == (0, 0, 0), str(runs)
        assert movement.same == len(instance.division.leaves), str(runs)


@given(questions(), st.sampled_from(POSITIVE), FACTORS)
def test_inside_provinces_each_may_scale_its_own_part(
    instance: Instance, written: str, factor: Fraction
) -> None:
    """share() divides by the sum inside the province, which is a number of that province alone."""
    shared = f"{factor.numerator} * share({written}) / {factor.denominator}"
    runs = Runs(run(instance, written, "province"), run(instance, shared, "province"))
    assert runs.first.numbers == runs.second.numbers, str(runs)


# --- Exchanging two keys ---


@given(questions() | row_by_row(), TWO, st.booleans())
def test_exchanging_two_keys_turns_every_difference_around(
    instance: Instance, formulas: list[str], inside: bool
) -> None:
    level = "province" if inside else ""
    runs = Runs(*(run(instance, written, level) for written in formulas))
    for area in (*instance.division.at("province"), instance.division.root):
        one, other = beside(runs, area.code), beside(Runs(*reversed(runs)), area.code)
        for stream in instance.streams.names:
            there = one.movement(one.others[0], stream)
            back = other.movement(other.others[0], stream)
            assert (there.gaining, there.losing) == (back.losing, back.gaining), str(runs)
            assert (there.more, there.fewer) == (back.fewer, back.more), str(runs)
            assert (there.same, there.moved) == (back.same, back.moved), str(runs)
            for within in one.areas:
                cell = within.code, stream
                forth = one.change(one.others[0], cell)
                again = other.change(other.others[0], cell)
                assert forth.difference == -again.difference, str(runs)
                assert (forth.before, forth.number) == (again.number, again.before), str(runs)


# --- Gains and losses ---


@given(questions() | row_by_row(), TWO, st.booleans())
def test_gains_less_losses_are_the_difference_of_the_sums(
    instance: Instance, formulas: list[str], inside: bool
) -> None:
    level = "province" if inside else ""
    runs = Runs(*(run(instance, written, level) for written in formulas))
    for area in (*instance.division.at("province"), instance.division.root):
        comparison = beside(runs, area.code)
        (other,) = comparison.others
        for stream in instance.streams.names:
            movement = comparison.movement(other, stream)
            sums = [each.number(area.code, stream) for each in runs]
            assert movement.more - movement.fewer == sums[1] - sums[0], str(runs)
            assert comparison.change(other, (area.code, stream)).difference == sums[1] - sums[0]
            counted = len(movement.gaining) + len(movement.losing) + movement.same
            assert counted == len(comparison.leaves), str(runs)
            differences = {
                leaf.code: comparison.change(other, (leaf.code, stream)).difference
                for leaf in comparison.leaves
            }
            gained = sum(differences[code] for code in movement.gaining)
            lost = sum(differences[code] for code in movement.losing)
            assert (gained, lost) == (movement.more, -movement.fewer), str(runs)
            if level:
                assert movement.more == movement.fewer == movement.moved, str(runs)


# --- Inside a province that keeps its number ---


@given(questions(), st.sampled_from(POSITIVE), st.data())
def test_nobody_outside_a_province_that_keeps_its_number_has_a_say_in_it(
    instance: Instance, written: str, data: st.DataObject
) -> None:
    """Other figures outside move nothing inside; formulas that speak of the country aside."""
    assume("national" not in written)
    plain = replace(instance, division=replace(instance.division, also=()))
    plain = replace(
        plain,
        division=replace(
            plain.division,
            areas=tuple(area for area in plain.division.areas if area.level != "ring"),
        ),
    )
    own = distribute(plain)
    province = data.draw(st.sampled_from(plain.division.at("province")))
    held = set(plain.division.members[province.code])
    other = plain.indicators["other"]
    moved = {
        code: value if code in held else Fraction(data.draw(st.integers(1, 60)))
        for code, value in other.values.items()
    }
    elsewhere = replace(
        plain, indicators={**plain.indicators, "other": replace(other, values=moved)}
    )
    runs = Runs(*(run(each, written, "province", own) for each in (plain, elsewhere)))
    for code in held:
        for stream in plain.streams.names:
            assert runs.first.number(code, stream) == runs.second.number(code, stream), str(runs)
