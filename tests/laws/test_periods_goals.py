"""Goals beyond the law: what is asked is divided to the last person, in proportion.

Nobody is asked more than its backlog and nobody ahead is asked anything; an agreed goal lowers no
number.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.core.proportion import in_proportion
from allocator.model.areas import Division
from allocator.model.instance import Instance
from allocator.model.problem import NoAnswer, Place
from allocator.model.streams import KeyText
from allocator.periods.account import Account
from allocator.periods.catch_up import agreed_goal, extra_goal, with_sums
from tests.periods.strategies import accounts, codes_of
from tests.strategies import instances

calm = settings(max_examples=80, deadline=None)


def refuse_disproportion(
    division: Division, level: str, found: Mapping[str, int], weights: Mapping[str, int | Fraction]
) -> None:
    """Each area of a level has the floor or ceiling of its part of what the one above it has."""
    whole = {code: sum(weights[leaf] for leaf in held) for code, held in division.members.items()}
    for area in division.at(level):
        share = found[area.parent] * Fraction(whole[area.code]) / (whole[area.parent] or 1)
        assert abs(found[area.code] - share) < 1


@calm
@given(instances(), st.data())
def test_in_proportion(instance: Instance, data: st.DataObject) -> None:
    """The numbers of some provinces; who lies in none of them gets nothing."""
    division = instance.division
    weights = {code: Fraction(data.draw(st.integers(0, 9))) for code in codes_of(instance)}
    sums = {
        province.code: data.draw(st.integers(0, 99))
        for province in division.at("province")
        if any(weights[leaf] for leaf in division.members[province.code])
        and data.draw(st.booleans())
    }
    found = with_sums(instance, in_proportion(instance, sums, weights))
    for province in division.at("province"):
        assert found[province.code] == sums.get(province.code, 0)
    refuse_disproportion(division, "municipality", found, weights)


@calm
@given(accounts(), st.data())
def test_an_extra_goal(found: Account, data: st.DataObject) -> None:
    division = found.instance.division
    for stream in (each.name for each in found.instance.streams.given):
        backlog = {area.code: found.line(area.code, stream).backlog for area in division.areas}
        asked = data.draw(st.integers(0, backlog["NL"]))
        goals = extra_goal(found, stream, asked, {}).goals
        assert goals["NL"] == asked
        assert all(0 <= number <= backlog[code] for code, number in goals.items())
        refuse_disproportion(division, "province", goals, backlog)
        refuse_disproportion(division, "municipality", goals, backlog)
        assert not extra_goal(found, stream, asked, {}).left_out


@calm
@given(accounts(), st.data())
def test_what_an_earlier_goal_left_is_carried_on(found: Account, data: st.DataObject) -> None:
    """Onto a province's own part, as far as it fits between nothing and its backlog."""
    division = found.instance.division
    provinces = [area.code for area in division.at("province")]
    for stream in (each.name for each in found.instance.streams.given):
        backlog = {area.code: found.line(area.code, stream).backlog for area in division.areas}
        asked = data.draw(st.integers(0, backlog["NL"]))
        on = {code: data.draw(st.integers(-40, 40)) for code in provinces}
        plain, extra = (extra_goal(found, stream, asked, each) for each in ({}, on))
        assert extra.goals["NL"] == asked + sum(on.values()) - sum(extra.left_out.values())
        for code in provinces:
            wanted = plain.goals[code] + on[code]
            assert extra.goals[code] == min(max(wanted, 0), backlog[code])
            assert extra.left_out.get(code, 0) == wanted - extra.goals[code]
        assert all(0 <= number <= backlog[code] for code, number in extra.goals.items())
        refuse_disproportion(division, "municipality", extra.goals, backlog)


@calm
@given(accounts(), st.data())
def test_what_is_left_of_a_goal_is_what_the_balance_did_not_fall(
    found: Account, data: st.DataObject
) -> None:
    division = found.instance.division
    for stream in (each.name for each in found.instance.streams.given):
        asked = data.draw(st.integers(0, found.line("NL", stream).backlog))
        extra = extra_goal(found, stream, asked, {})
        for area in division.areas:
            line = found.line(area.code, stream)
            assert line.closing is not None
            assert extra.caught_up(area.code) == line.opening - line.closing
            assert extra.remains(area.code) == (
                extra.goals[area.code] - line.opening + line.closing
            )
        left = [extra.remains(area.code) or 0 for area in division.at("province")]
        assert sum(left) == extra.remains("NL")


@calm
@given(accounts(), st.data())
def test_more_than_all_backlogs_is_refused(found: Account, data: st.DataObject) -> None:
    stream = found.instance.streams.given[0].name
    too_much = found.line("NL", stream).backlog + data.draw(st.integers(1, 50))
    with pytest.raises(NoAnswer, match="all backlogs add up to"):
        extra_goal(found, stream, too_much, {})


@calm
@given(accounts(), st.integers(0, 300), st.data())
def test_an_agreed_goal(found: Account, more: int, data: st.DataObject) -> None:
    """Exactly what was agreed, and nobody below its corrected number."""
    instance = found.instance
    for stream in (each.name for each in instance.streams.given):
        lines = {code: found.line(code, stream) for code in codes_of(instance)}
        weights: dict[str, Mapping[str, int | Fraction]] = {
            "people": instance.indicators["people"].values,
            "number": {code: line.number for code, line in lines.items()},
            "corrected": {code: max(line.corrected, 0) for code, line in lines.items()},
            "backlog": {code: line.backlog for code, line in lines.items()},
        }
        key = data.draw(st.sampled_from(sorted(weights)))
        asked = found.line("NL", stream).corrected + more
        if more and not any(weights[key].values()):
            with pytest.raises(NoAnswer, match="weight 0"):
                agreed_goal(found, stream, asked, KeyText(key, Place("")))
            continue
        agreed = agreed_goal(found, stream, asked, KeyText(key, Place("")))
        assert agreed.goal("NL") == asked
        for area in instance.division.areas:
            assert agreed.goal(area.code) >= found.line(area.code, stream).corrected
        refuse_disproportion(instance.division, "province", agreed.beyond, weights[key])
        whole = sum(weights[key].values(), Fraction(0))
        for code in lines:
            share = more * Fraction(weights[key][code]) / (whole or 1)
            assert abs(agreed.beyond[code] - share) < 1


@calm
@given(accounts(), st.integers(1, 300))
def test_less_than_the_law_asks_is_refused(found: Account, less: int) -> None:
    stream = found.instance.streams.given[0].name
    asked = found.line("NL", stream).corrected - less
    with pytest.raises(NoAnswer, match="the law asks"):
        agreed_goal(found, stream, asked, KeyText("people", Place("")))
