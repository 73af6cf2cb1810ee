"""Keys inside larger areas: share() is that of the area around, national() of the whole country.

And `total`, by which a key speaks of the number that is divided.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from allocator.key.evaluate import Figures, evaluate, refuse_unknown
from allocator.key.formula import indicators, names_total
from allocator.key.reader import read_key
from allocator.model.indicator import Kind
from allocator.model.problem import InputError, Place
from allocator.model.streams import KeyText

PEOPLE = (10, 30, 20, 40)
WEST_AND_EAST = ("west", "west", "east", "east")
KINDS = {"people": Kind.COUNT, "score": Kind.RATE}


def figures(
    within: tuple[str, ...] = (),
    total: int | None = None,
    people: tuple[int, ...] = PEOPLE,
) -> Figures:
    return Figures(
        ("Aalst", "Boom", "Cuijk", "Delden"),
        {
            "people": [Fraction(each) for each in people],
            "score": [Fraction(each, 10) for each in (5, -2, 0, 1)],
        },
        KINDS,
        within,
        None if total is None else Fraction(total),
    )


def values(written: str, of: Figures) -> list[Fraction]:
    return evaluate(read_key(written), of, written, Place("key"))


def told(written: str, of: Figures) -> str:
    with pytest.raises(InputError) as caught:
        values(written, of)
    return "\n".join(f"{each}\n{each.excerpt}" for each in caught.value.problems)


# --- share() and national() ---


def test_without_a_larger_area_a_share_is_that_of_the_country() -> None:
    assert values("share(people)", figures()) == [Fraction(each, 100) for each in PEOPLE]


def test_inside_larger_areas_a_share_is_that_of_the_area_around() -> None:
    """10 and 30 of 40 in the west, 20 and 40 of 60 in the east."""
    found = values("share(people)", figures(WEST_AND_EAST))
    assert found == [Fraction(1, 4), Fraction(3, 4), Fraction(1, 3), Fraction(2, 3)]


def test_national_is_the_whole_country_all_the_same() -> None:
    assert values("national(people)", figures(WEST_AND_EAST)) == [100] * 4
    found = values("people / national(people)", figures(WEST_AND_EAST))
    assert found == [Fraction(each, 100) for each in PEOPLE]


def test_areas_of_one_larger_area_need_not_stand_together() -> None:
    """10 and 20 of 30, 30 and 40 of 70."""
    found = values("share(people)", figures(("x", "y", "x", "y")))
    assert found == [Fraction(1, 3), Fraction(3, 7), Fraction(2, 3), Fraction(4, 7)]


def test_an_area_by_itself_has_all() -> None:
    found = values("share(people)", figures(("west", "east", "east", "east")))
    assert found == [1, Fraction(1, 3), Fraction(2, 9), Fraction(4, 9)]


def test_one_area_around_all_is_the_country() -> None:
    alone = figures(("NL",) * 4)
    for written in ("share(people)", "share(share(people))", "share(people + share(people))"):
        assert values(written, alone) == values(written, figures())


def test_shares_inside_each_other() -> None:
    """A share of shares is the same share; a share of shares plus 1 is 5/4 and 7/4 of 3."""
    west = figures(WEST_AND_EAST)
    assert values("share(share(people))", west) == values("share(people)", west)
    found = values("share(share(people) + 1)", west)
    assert found[:2] == [Fraction(5, 12), Fraction(7, 12)]
    # national() of shares counts the larger areas
    assert values("national(share(people))", west) == [2] * 4
    assert values("national(share(people))", figures()) == [1] * 4


def test_only_an_area_around_that_has_nothing_divides_by_zero() -> None:
    west = figures(WEST_AND_EAST, people=(0, 0, 20, 40))
    assert told("share(people)", west) == (
        "key: The key divides by zero for Aalst and Boom. "
        "Change the key, or the figures of these areas.\nshare(people)\n^"
    )
    assert values("share(people)", figures(people=(0, 0, 20, 40)))[:2] == [0, 0]


def test_a_sum_of_zero_of_signed_figures_is_told_too() -> None:
    assert "divides by zero for Aalst and Cuijk." in told(
        "2 * share(people - 15)", figures(("x", "y", "x", "y"))
    )


def test_a_share_of_a_rate_is_taken_inside_as_well() -> None:
    found = values("share(score + 1)", figures(WEST_AND_EAST))
    assert found == [Fraction(15, 23), Fraction(8, 23), Fraction(10, 21), Fraction(11, 21)]


# --- total ---


def test_total_is_the_number_that_is_divided() -> None:
    assert values("total", figures(total=500)) == [500] * 4
    assert values("people * total / 100 - 50", figures(total=500)) == [0, 100, 50, 150]
    assert values("capped(people, 0, total / 20)", figures(total=500)) == [10, 25, 20, 25]


def test_total_is_that_of_the_country_inside_larger_areas_too() -> None:
    found = values("share(people) * total", figures(WEST_AND_EAST, total=12))
    assert found == [3, 9, 4, 8]


def test_total_may_be_zero() -> None:
    assert values("people + total", figures(total=0)) == list(PEOPLE)
    assert "divides by zero for Aalst, Boom, Cuijk and Delden" in told(
        "people / total", figures(total=0)
    )


def test_where_nothing_is_divided_there_is_no_total() -> None:
    assert told("people + total", figures()) == (
        "key: There is no indicator 'total'. The indicators here are: people, score.\n"
        "people + total\n         ^"
    )


def test_names_like_total_are_near_misses() -> None:
    assert "There is no indicator 'totals'. Did you mean 'total'?" in told(
        "totals", figures(total=5)
    )
    assert "There is no indicator 'Total'. Did you mean 'total'?" in told("Total", figures(total=5))


def test_total_has_no_kind_that_could_not_be_added_up() -> None:
    """It is a number, like 5: with a rate it stays a rate, which has no sum."""
    assert values("national(total)", figures(total=5)) == [20] * 4
    assert "score is not a count, and the sum of a rate over areas means nothing." in told(
        "national(score * total)", figures(total=5)
    )
    assert values("national(people * total)", figures(total=5)) == [500] * 4


def test_total_is_no_indicator_of_a_formula() -> None:
    formula = read_key("(total + national(there)) * share(people) - there")
    assert indicators(formula) == ("there", "people")
    assert names_total(formula)
    assert not names_total(read_key("totals + people"))


# --- Unknown names ---


def test_every_unknown_name_is_told_with_its_place() -> None:
    assert told("peple + scor / people", figures()) == (
        "key: There is no indicator 'peple'. Did you mean 'people'?\n"
        "peple + scor / people\n^\n"
        "key: There is no indicator 'scor'. Did you mean 'score'?\n"
        "peple + scor / people\n        ^"
    )


def test_a_key_is_held_against_known_names_without_figures() -> None:
    refuse_unknown(KeyText("people + total", Place("--key")), ("people",))
    with pytest.raises(InputError) as caught:
        refuse_unknown(KeyText("people + x", Place("--key")), ("people",))
    assert str(caught.value) == (
        "--key: There is no indicator 'x'. The indicators here are: people, total."
    )
    with pytest.raises(InputError, match="The key breaks off"):
        refuse_unknown(KeyText("people +", Place("--key")), ("people",))
