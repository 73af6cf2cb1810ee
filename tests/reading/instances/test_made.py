"""An instance made on the spot is the one on the shelf, and says what it lacks by its options."""

from __future__ import annotations

from datetime import date

import pytest

from allocator.core.distribute import distribute
from allocator.model.instance import Instance
from allocator.model.problem import InputError
from allocator.reading.instances.folders import instance_names
from allocator.reading.instances.made import made
from allocator.reading.instances.read import load

#: What cannot be made: an instance with a rule, limits or areas of its own.
OWN = tuple(
    name
    for name in instance_names()
    if not name.startswith("nl/")
    or name.endswith(("-example", "-by-income"))
    or name.startswith("nl/plan-example")
)


def again(shelved: Instance) -> Instance:
    """The same question, asked by options."""
    return made(
        shelved.rule.version,
        {name: total.number for name, total in shelved.totals.items()},
        shelved.period,
        None if shelved.half_year else shelved.day,
        {name: indicator.year for name, indicator in shelved.indicators.items()},
        shelved.division.tree,
        shelved.division.also,
    )


@pytest.mark.parametrize("name", sorted(set(instance_names()) - set(OWN)))
def test_it_is_the_one_on_the_shelf(name: str) -> None:
    shelved = load(name)
    one = again(shelved)
    assert (one.day, one.period, one.rule) == (shelved.day, shelved.period, shelved.rule)
    assert one.division == shelved.division
    assert one.indicators == shelved.indicators
    assert one.changed == ()
    assert {total.number for total in one.totals.values()} == {
        total.number for total in shelved.totals.values()
    }


@pytest.mark.parametrize(
    "name", ["nl/housing-2016-h2", "nl/housing-2022-h2", "nl/housing-2025-h2", "nl/ukraine-2022-03"]
)
def test_levels_and_years_follow_from_rule_and_day(name: str) -> None:
    shelved = load(name)
    ((stream, total),) = shelved.totals.items()
    period, day = (shelved.period, None) if shelved.half_year else (None, shelved.day)
    one = made(shelved.rule.name, {stream: total.number}, period, day)
    assert one.division == shelved.division
    assert one.indicators == shelved.indicators


def test_a_number_without_a_name_is_that_of_the_only_stream() -> None:
    one = made("nl/housing-target", {"": 21200}, "2023-H1")
    assert {name: total.number for name, total in one.totals.items()} == {"permit_holders": 21200}
    assert one.name == "nl/housing-target-2023-h1"
    assert distribute(one).number("GM0687", "permit_holders") == 60
    other = made("nl/proportional-to-inhabitants", {"": 3660}, day=date(2024, 1, 1))
    assert other.streams.names == ("number",)


REFUSED = {
    "no period": (("nl/housing-target", {"": 1}), "--period: It is not said for which period"),
    "no half-year": (("nl/housing-target", {"": 1}, "2023"), "--period: '2023' is no half-year."),
    "no rule": (("nl/housing", {"": 1}, "2023-H1"), "--rule: There is no rule 'nl/housing'."),
    "no force": (
        ("nl/reception-places", {"": 1}, "2023-H1"),
        "--rule: No version of nl/reception-places is in force",
    ),
    "no stream": (
        ("nl/housing-target", {"permit_holder": 1}, "2023-H1"),
        "--total: The rule distributes no 'permit_holder'. Did you mean 'permit_holders'?",
    ),
    "no total": (("nl/housing-target", {}, "2023-H1"), "--total: The total of 'permit_holders'"),
    "no number": (
        ("nl/proportional-to-inhabitants", {}, "2024-H1"),
        "--total: No number is given to be divided.",
    ),
    "which stream": (
        ("nl/reception-places", {"": 1}, None, date(2024, 2, 1)),
        "--total: There are several streams: places, minors. Say which: --total places=N.",
    ),
    "parts": (
        ("nl/reception-places", {"places": 1, "minors": 2}, None, date(2024, 2, 1)),
        "--total: 'minors' add up to 2, more than 'places' (1)",
    ),
    "other year": (
        ("nl/housing-target", {"": 1}, "2023-H1", None, {"population": 2021}),
        "--year: 'population' is of 2021, and nl/housing-target",
    ),
    "strange year": (
        ("nl/housing-target", {"": 1}, "2023-H1", None, {"people": 2021}),
        "--year: The rule nl/housing-target does not ask for 'people'.",
    ),
    "no areas": (
        ("nl/housing-target", {"": 1}, "2031-H1"),
        "--period: The table 'areas' has no year 2031.",
    ),
    "another day": (
        ("nl/housing-target", {"": 1}, "2023-H1", date(2023, 2, 1)),
        "--on: 2023-H1 begins on 1 January 2023.",
    ),
    "no level": (
        ("nl/housing-target", {"": 1}, "2023-H1", None, {}, ("country", "village")),
        "No area has the level village.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_it_lacks_is_told_by_option(case: str) -> None:
    arguments, told = REFUSED[case]
    with pytest.raises(InputError) as refused:
        made(*arguments)  # type: ignore[arg-type]
    assert told in str(refused.value)
