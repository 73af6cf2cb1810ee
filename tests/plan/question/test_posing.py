"""From a board's tables to the question: what counts, what is to be found, who is asked how much.

The example's key gives Aalst (A) and Boom (B) 1,500 places each, 150 of them for minors, so that
West is asked 3,000 with 300 for minors. The plan's day is 1 January 2023.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import allocator
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.indicator import Quality
from allocator.model.plan import Location, PlaceKind, PlanAsked
from allocator.plan.question.agreed import Places
from allocator.plan.question.counting import Reason
from allocator.plan.question.posing import Posed, posed
from allocator.reading.instances.read import load
from tests.plan.locations import location
from tests.reading.plans.files import write_plan


@cache
def example() -> Distribution:
    with TemporaryDirectory() as folder:
        return distribute(load(write_plan(Path(folder))))


def asked() -> PlanAsked:
    plan = example().instance.plan
    assert plan is not None
    return plan


def pose(plan: PlanAsked) -> Posed:
    rule = example().instance.rule.plan
    assert rule is not None
    return posed(example(), plan, rule)


def with_locations(*locations: Location) -> Posed:
    """Without agreements, pledges and wishes."""
    bare = replace(asked(), pledges=(), agreements=(), refused=())
    return pose(replace(bare, locations=locations))


def there(name: str, kind: PlaceKind, size: int, area: str = "A", **changed: object) -> Location:
    return location(name=name, title=name, kind=kind, size=size, areas=(area,), **changed)


def reasons(posed: Posed) -> dict[str, Reason]:
    return {each.location.name: each.reason for each in (*posed.not_counted, *posed.left_out)}


def test_the_example() -> None:
    found = pose(asked())
    assert found.numbers["P1"] == Places(3000, 300)
    # Aalst carries out 100 of Boom's places, none of them for minors
    assert (found.tasks["A"], found.tasks["B"]) == (Places(1600, 150), Places(1400, 150))
    # its barracks count: 3,000 - 200, and no minors' places are there
    assert found.already == {"A": Places(200, 0), "B": Places(0, 0), "P1": Places(200, 0)}
    assert found.to_find == Places(2800, 300)
    assert reasons(found) == {"b-2": Reason.REFUSED}
    assert str(found.left_out[0].says) == "b-2 is refused by the board."
    problem = found.problem
    assert [site.name for site in problem.sites] == ["a-2", "ab", "b-1"]
    assert [(m.code, m.whole, m.minors) for m in problem.municipalities] == [
        ("A", 1600, 150),
        ("B", 1400, 150),
    ]
    assert problem.municipalities[0].there == {"regular": 200, "minors": 0, "special": 0}
    assert problem.sites[1].areas == ("A", "B")
    # the province's own number, with what is there in it
    assert (problem.whole, problem.of_minors) == (3000, 300)
    assert (problem.least["regular"], problem.least["minors"]) == (100, 16)
    assert [(b.name, b.area, b.minors, b.at_least, b.at_most) for b in problem.bounds] == [
        ("pledge of Aalst", "A", False, 300, None),
        ("cap of Boom", "B", False, None, 1600),
        ("minors in Boom", "B", True, 16, 40),
    ]
    assert (problem.smallest, problem.largest, problem.small) == (20, 400, 150)


def test_minors_that_count_lower_both() -> None:
    found = with_locations(
        there("m", PlaceKind.MINORS, 40), there("r", PlaceKind.REGULAR, 300, "B")
    )
    # 3,000 - (40 + 300) and 300 - 40
    assert found.already["P1"] == Places(340, 40)
    assert found.to_find == Places(2660, 260)


def test_special_places_are_no_minors_places() -> None:
    found = with_locations(there("s", PlaceKind.SPECIAL, 60))
    assert found.to_find == Places(2940, 300)


def test_an_over_full_province_has_nothing_to_find() -> None:
    found = with_locations(there("r", PlaceKind.REGULAR, 3001))
    assert found.to_find == Places(0, 300)
    assert found.already["P1"] == Places(3001, 0)
    full = with_locations(
        there("r", PlaceKind.REGULAR, 2700), there("m", PlaceKind.MINORS, 301, "B")
    )
    assert full.to_find == Places(0, 0)


def test_sites_of_one_kind_in_a_municipality_count_together() -> None:
    found = with_locations(
        there("1", PlaceKind.REGULAR, 60),
        there("2", PlaceKind.REGULAR, 40),
        there("3", PlaceKind.REGULAR, 99, "B"),
        there("4", PlaceKind.SPECIAL, 15),
        there("5", PlaceKind.SPECIAL, 15, "B"),
    )
    # 60 + 40 are 100 in Aalst; 99 in Boom are one too few, and 15 and 15 are in two municipalities
    assert found.already["P1"] == Places(100, 0)
    assert reasons(found) == dict.fromkeys("345", Reason.TOO_SMALL)
    assert str(found.not_counted[0].says) == (
        "3: Boom has 99 regular places; fewer than 100 in one municipality do not count (art. 3)."
    )
    # but they are there for long enough, and a new site may make them count
    assert found.problem.municipalities[1].there == {"regular": 99, "minors": 0, "special": 15}


def test_what_is_too_short_does_not_lift_the_others() -> None:
    found = with_locations(
        there("1", PlaceKind.REGULAR, 60),
        there("2", PlaceKind.REGULAR, 40, ends=date(2027, 12, 30)),
    )
    assert found.already["P1"] == Places(0, 0)
    assert reasons(found) == {"1": Reason.TOO_SMALL, "2": Reason.TOO_SHORT}
    assert found.problem.municipalities[0].there["regular"] == 60


def test_a_location_that_ended_is_told() -> None:
    found = with_locations(there("1", PlaceKind.REGULAR, 200, ends=date(2022, 12, 31)))
    assert reasons(found) == {"1": Reason.ENDED}
    assert str(found.not_counted[0].says) == "1 ended on 31 December 2022, before 1 January 2023."


def test_candidates_that_would_not_count_are_left_out() -> None:
    late = there("late", PlaceKind.REGULAR, 200, existing=False, opens=date(2024, 1, 2))
    found = with_locations(
        late,
        replace(late, name="in time", opens=date(2024, 1, 1)),
        replace(late, name="short", opens=date(2023, 1, 1), ends=date(2027, 12, 30)),
        replace(late, name="loose", opens=date(2023, 1, 1), durable=False),
    )
    assert reasons(found) == {
        "late": Reason.TOO_LATE,
        "short": Reason.TOO_SHORT,
        "loose": Reason.NOT_DURABLE,
    }
    assert [site.name for site in found.problem.sites] == ["in time"]
    assert found.not_counted == ()


def test_the_order_of_rows_says_nothing() -> None:
    plan = asked()
    turned = replace(
        plan, locations=tuple(reversed(plan.locations)), agreements=plan.agreements[::-1]
    )
    assert pose(turned) == pose(plan)


EXAMPLES = {"nl/plan-example-zeeland": 13, "nl/plan-example-noord-brabant": 56}


@cache
def shipped(name: str) -> tuple[PlanAsked, Posed]:
    instance = allocator.load(name)
    assert instance.plan is not None
    assert instance.rule.plan is not None
    return instance.plan, posed(distribute(instance), instance.plan, instance.rule.plan)


def test_zeeland_by_hand() -> None:
    _, found = shipped("nl/plan-example-zeeland")
    assert found.numbers["PV29"] == Places(2104, 179)
    # Terneuzen 140 + 16, Middelburg 140 + 20, Vlissingen 110; minors 16 + 20
    assert found.already["PV29"] == Places(426, 36)
    assert found.to_find == Places(1678, 143)
    # Noord-Beveland's 45, 4 of them for minors, go to Goes: 209 + 45 and 18 + 4
    assert found.tasks["GM0664"] == Places(254, 22)
    assert found.tasks["GM1695"] == Places(0, 0)
    assert {each.location.name: each.reason for each in found.not_counted} == {
        "goes-1": Reason.TOO_SHORT,
        "goes-2": Reason.TOO_SMALL,
        "schouwen-duiveland-1": Reason.NOT_DURABLE,
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_shipped_example_is_invented_and_says_so(name: str) -> None:
    plan, found = shipped(name)
    assert plan.quality is Quality.INVENTED
    assert "invented" in plan.source.en
    assert "verzonnen" in plan.source.nl
    sources = {each.source for each in plan.locations} | {each.source for each in plan.pledges}
    sources |= {each.source for each in plan.agreements}
    assert sources == {"verzonnen / invented"}
    assert all("(verzonnen)" in each.title for each in plan.locations)
    assert len(found.problem.municipalities) == EXAMPLES[name]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_shipped_example_has_room_and_real_sizes(name: str) -> None:
    plan, found = shipped(name)
    sizes = {PlaceKind.REGULAR: (50, 400), PlaceKind.MINORS: (16, 40), PlaceKind.SPECIAL: (12, 60)}
    for each in plan.locations:
        low, high = sizes[each.kind]
        assert low <= each.smallest <= each.largest <= high
    room = sum(site.largest for site in found.problem.sites)
    assert 1.25 < room / found.to_find.whole < 1.35
    for_minors = sum(site.largest for site in found.problem.sites if site.kind == "minors")
    assert for_minors > found.to_find.minors
    assert any(len(site.areas) > 1 for site in found.problem.sites)
    assert found.moved
    assert {each.reason for each in found.left_out} == {Reason.TOO_LATE}
