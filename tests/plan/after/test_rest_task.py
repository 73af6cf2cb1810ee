"""The rest task of Zeeland and of a small province, worked out by hand.

What municipalities carry is invented; the numbers that it is beside are computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

import allocator
from allocator.model.balances import Cell
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance, Total
from allocator.model.problem import NoAnswer
from allocator.model.rule import Rounding
from allocator.plan.after.rest_task import Standing, rest_task
from tests.strategies import NAME, PARTS, instance_of

RECEPTION = allocator.distribute(allocator.load("nl/reception-2024"))
CODE = {
    RECEPTION.instance.division.by_code[code].name: code
    for code in RECEPTION.instance.division.members["PV29"]
}


def zeeland(**otherwise: tuple[int, int]) -> dict[Cell, int]:
    """All carry their number, but for some: so many places more, of which so many for minors."""
    found = dict(RECEPTION.numbers)
    for name, (places, minors) in otherwise.items():
        found[CODE[name], "places"] += places
        found[CODE[name], "minors"] += minors
    return found


def standing(carried: Mapping[Cell, int], area: str = "PV29") -> Standing:
    return Standing(area, "places", RECEPTION.numbers, carried)


def test_nothing_remains_where_all_carry_theirs() -> None:
    found = rest_task(RECEPTION, standing(zeeland()))
    assert found.rests == {"places": 0, "minors": 0, "regular": 0}
    assert set(found.shares.values()) == set(found.lacks.values()) == {0}


def test_it_goes_by_the_key_over_those_that_lack_some() -> None:
    """Terneuzen is asked 277 and Hulst 153; they carry 60 and 30 fewer, Vlissingen 25 more.

    So 65 remain of which none for minors. The weights are as the exact shares, about 0.644 to
    0.356: Terneuzen is given 42 and Hulst 23, less than the 60 and 30 that they lack themselves.
    """
    found = rest_task(
        RECEPTION, standing(zeeland(Terneuzen=(-60, 0), Hulst=(-30, 0), Vlissingen=(25, 0)))
    )
    terneuzen, hulst, vlissingen = CODE["Terneuzen"], CODE["Hulst"], CODE["Vlissingen"]
    assert found.rests == {"places": 65, "minors": 0, "regular": 65}
    assert [found.shares[code, "places"] for code in (terneuzen, hulst, vlissingen)] == [42, 23, 0]
    assert [found.lacks[code, "places"] for code in (terneuzen, hulst, vlissingen)] == [60, 30, 0]
    quotas = [RECEPTION.quota(code, "places") for code in (terneuzen, hulst)]
    assert found.exact[terneuzen, "places"] == 65 * quotas[0] / sum(quotas)
    assert found.above == {}


def test_a_share_may_be_more_than_what_is_lacking() -> None:
    """Goes lacks 3 places, Kapelle 60, and by the key Goes is given most of the 63."""
    found = rest_task(RECEPTION, standing(zeeland(Goes=(-3, 0), Kapelle=(-60, 0))))
    goes, kapelle = CODE["Goes"], CODE["Kapelle"]
    assert found.rests["places"] == 63
    assert [found.shares[code, "places"] for code in (goes, kapelle)] == [45, 18]
    assert found.above == {(goes, "places"): 42, (goes, "regular"): 42}


def test_minors_and_other_places_are_spread_apart() -> None:
    """Sluis lacks 11 for minors, Veere 20 regular ones; each is alone with it."""
    found = rest_task(RECEPTION, standing(zeeland(Sluis=(-11, -11), Veere=(-20, 0))))
    assert found.rests == {"places": 31, "minors": 11, "regular": 20}
    rows = {
        name: [found.shares[CODE[name], stream] for stream in ("places", "minors", "regular")]
        for name in ("Sluis", "Veere", "Goes")
    }
    assert rows == {"Sluis": [11, 11, 0], "Veere": [20, 0, 20], "Goes": [0, 0, 0]}


def test_places_for_minors_beyond_their_number_are_places() -> None:
    """Goes carries its 209, but 20 of them for minors and not 18: it has met its number."""
    met = zeeland(Goes=(0, 2))
    assert rest_task(RECEPTION, standing(met)).rests["places"] == 0
    assert standing(met).has_met(CODE["Goes"], PARTS)
    found = rest_task(RECEPTION, standing(zeeland(Goes=(0, 2), Tholen=(-9, 0))))
    assert found.rests == {"places": 9, "minors": 0, "regular": 9}
    assert found.shares[CODE["Goes"], "places"] == found.lacks[CODE["Goes"], "places"] == 0
    assert found.shares[CODE["Tholen"], "regular"] == 9


def test_who_lacks_places_because_of_minors_that_others_carry_is_not_exempt() -> None:
    """Goes carries the 11 for minors of Sluis and 11 regular ones fewer: 11 regular remain.

    Goes has met its number of places and in it that for minors, and Sluis carries 11 too few.
    """
    found = rest_task(RECEPTION, standing(zeeland(Goes=(0, 11), Sluis=(-11, -11))))
    goes, sluis = CODE["Goes"], CODE["Sluis"]
    assert found.rests == {"places": 11, "minors": 0, "regular": 11}
    assert found.shares[sluis, "regular"] == 11
    assert found.lacks[sluis, "minors"] == found.lacks[sluis, "places"] == 11
    assert found.shares[goes, "places"] == 0


def test_the_country_balances_what_its_provinces_do_not() -> None:
    """Zeeland is 65 short and Groningen (PV20) carries 40 more: of the country 25 remain."""
    carried = zeeland(Terneuzen=(-60, 0), Hulst=(-5, 0))
    carried["GM0014", "places"] += 40
    assert rest_task(RECEPTION, standing(carried)).rests["places"] == 65
    found = rest_task(RECEPTION, standing(carried, "NL"))
    assert found.rests["places"] == 25
    shares = {code: n for (code, stream), n in found.shares.items() if n and stream == "places"}
    assert shares == {CODE["Terneuzen"]: 16, CODE["Hulst"]: 9}


def test_agreements_count() -> None:
    """Sluis took over all of Hulst: Hulst is exempt with nothing, Sluis is asked both."""
    hulst, sluis = CODE["Hulst"], CODE["Sluis"]
    numbers = dict(RECEPTION.numbers)
    for stream in ("places", "minors"):
        numbers[sluis, stream] += numbers[hulst, stream]
        numbers[hulst, stream] = 0
    carried = {**RECEPTION.numbers, (hulst, "places"): 0, (hulst, "minors"): 0}
    found = rest_task(RECEPTION, Standing("PV29", "places", numbers, carried))
    assert found.shares[hulst, "places"] == 0
    assert found.shares[sluis, "places"] == found.rests["places"] == 153


def tiny(**changed: object) -> Distribution:
    """A, B and C of one province weigh 5, 3 and 0, and are asked 50, 30 and none."""
    weights = {"A": Fraction(5), "B": Fraction(3), "C": Fraction(0)}
    plain = instance_of(weights, dict.fromkeys("ABC", "P1"), {"places": 80}, Rounding.HALF_UP)
    found: Instance = replace(plain, **changed)  # type: ignore[arg-type]
    return allocator.distribute(found)


def test_one_stream_without_parts() -> None:
    """A lacks 1 and B 6; of the rest of 7 the key gives 35/8 and 21/8."""
    found = tiny()
    carried = {("A", "places"): 49, ("B", "places"): 24, ("C", "places"): 0}
    rest = rest_task(found, Standing("P1", "places", found.numbers, carried))
    assert rest.rests == {"places": 7}
    assert rest.exact["A", "places"] == Fraction(35, 8)
    assert rest.shares == {("A", "places"): 4, ("B", "places"): 3, ("C", "places"): 0}
    assert rest.above == {("A", "places"): 3}


def test_parts_have_the_weights_of_their_own_stream() -> None:
    """What parts leave of a whole goes by the whole's weights, whatever the part's key."""
    totals = {
        "places": Total("places", 80, NAME, None),
        "minors": Total("minors", 8, NAME, None),
    }
    found = tiny(streams=PARTS, totals=totals)
    (step,) = found.steps["minors"]
    turned = {"A": Fraction(1), "B": Fraction(1), "C": Fraction(0)}
    found = replace(found, steps={**found.steps, "minors": (replace(step, weights=turned),)})
    carried = dict.fromkeys(found.numbers, 0)
    rest = rest_task(found, Standing("P1", "places", found.numbers, carried))
    assert rest.shares["A", "minors"] == rest.shares["B", "minors"] == 4
    assert [rest.shares[code, "regular"] for code in "ABC"] == [45, 27, 0]


def test_weight_0_for_all_that_are_left_is_an_answer() -> None:
    """C was asked nothing by the key, took over 4 by agreement and carries none of them."""
    found = tiny()
    asked = {("A", "places"): 46, ("B", "places"): 30, ("C", "places"): 4}
    carried = {**asked, ("C", "places"): 0}
    with pytest.raises(NoAnswer) as caught:
        rest_task(found, Standing("P1", "places", asked, carried))
    assert str(caught.value) == (
        "4 remain in P1, and the key gives weight 0 to everybody that has not met its number. "
        "Plan these places, or use a key that is above 0 there."
    )
