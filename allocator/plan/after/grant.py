"""The grant for places above a part of a province's number, and who shares in it.

Everything is counted in places: no amount is known. How it is shared between the province and its
municipalities stands in none of the sources, so that is asked, or left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.proportion import in_proportion
from allocator.core.rounding import down
from allocator.core.textbook.largest_remainder import largest_remainder
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.plan.after.rest_task import Standing
from allocator.words.text import text


@dataclass(frozen=True)
class Split:
    """The places above, between the province and the municipalities; all parts add up to them."""

    exact_province: Fraction  # what the province has, before rounding
    exact: Mapping[str, Fraction]  # what each entitled municipality has, before rounding
    province: int  # the same in whole places
    whole: Mapping[str, int]
    unclaimed: int  # the municipalities' places where none of them is entitled

    def amounts(self, per_place: Fraction) -> dict[str, Fraction]:
        """What each entitled municipality has at an amount per place, exactly.

        >>> split = Split(Fraction(0), {"A": Fraction(5, 3)}, 0, {"A": 2}, 0)
        >>> split.amounts(Fraction(3000))
        {'A': Fraction(5000, 1)}
        """
        return {code: places * per_place for code, places in self.exact.items()}


@dataclass(frozen=True)
class Grant:
    """The places that a grant follows for, and who is entitled."""

    number: int  # of the province
    carried: int  # in the province
    bound: Fraction  # the part of the number above which a place counts
    places: int  # that count
    proportions: Mapping[str, Fraction]  # among the entitled; they add up to 1, or there are none
    split: Split | None  # None where it is not known what the province has of it


def grant(
    instance: Instance,
    standing: Standing,
    above: Fraction,
    offered: Mapping[str, int],
    province_part: Fraction | None = None,
) -> Grant:
    """The grant of a province for places above a part of its number, and who is entitled to it.

    Entitled is who offered places and met its number, and in it that of every part; the entitled
    share in proportion to all places that they offered.
    """
    codes = instance.division.members[standing.area]
    number = sum(standing.numbers[code, standing.whole] for code in codes)
    carried = sum(standing.carried[code, standing.whole] for code in codes)
    places = places_above(number, carried, above)
    met = [code for code in codes if standing.has_met(code, instance.streams)]
    proportions = among({code: offered[code] for code in met})
    return Grant(
        number,
        carried,
        above * number,
        places,
        proportions,
        None
        if province_part is None
        else _split(instance, standing.area, places, proportions, province_part),
    )


def places_above(number: int, carried: int, part: Fraction) -> int:
    """The places above a part of the number: the first is the one with which it is exceeded.

    The act says "every place above 75%" and nothing of a bound that is no whole number. Of 2,109
    it is 1,581.75: with the 1,582nd place the bound is exceeded, so that is the first that counts.
    (To count only what lies above the bound entirely would be one place fewer.) Of 2,104 it is
    1,578, and the first is the 1,579th.

    >>> places_above(2109, 2000, Fraction(3, 4)), places_above(2104, 2000, Fraction(3, 4))
    (419, 422)
    >>> places_above(2109, 1581, Fraction(3, 4)), places_above(2109, 1582, Fraction(3, 4))
    (0, 1)
    """
    return max(0, carried - down(part * number))


def among(offered: Mapping[str, int]) -> dict[str, Fraction]:
    """The proportions among those that offered places.

    >>> among({"Goes": 150, "Hulst": 0, "Tholen": 50})
    {'Goes': Fraction(3, 4), 'Tholen': Fraction(1, 4)}
    """
    in_all = sum(offered.values())
    return {code: Fraction(number, in_all) for code, number in offered.items() if number}


def _split(
    instance: Instance,
    area: str,
    places: int,
    proportions: Mapping[str, Fraction],
    province_part: Fraction,
) -> Split:
    """The province's part and the municipalities'; of equal remainders the latter goes up."""
    if not 0 <= province_part <= 1:
        raise InputError(
            Problem(
                Place(""),
                text("{part} is no part of a whole.", part=province_part),
                text("Write what the province has of the grant, between 0 and 1."),
            )
        )
    between = {"municipalities": 1 - province_part, "province": province_part}
    two = largest_remainder(between, places).numbers
    weights = {code: proportions.get(code, Fraction(0)) for code in instance.division.members[area]}
    claimed = two["municipalities"] if proportions else 0
    found = in_proportion(instance, {area: claimed}, weights)
    return Split(
        exact_province=places * province_part,
        exact={code: places * (1 - province_part) * each for code, each in proportions.items()},
        province=two["province"],
        whole={code: found[code] for code in proportions},
        unclaimed=two["municipalities"] - claimed,
    )
