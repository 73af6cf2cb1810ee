"""Random instances for the laws: any tree of two levels over any leaves, any streams and totals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from allocator.model.areas import Area, Division
from allocator.model.balances import NOTHING_KNOWN
from allocator.model.indicator import Indicator, Kind, Quality
from allocator.model.instance import Instance, Total
from allocator.model.limits import Limit
from allocator.model.problem import Place
from allocator.model.rule import (
    OWN_BOUNDS,
    Choice,
    Crossing,
    Direction,
    Method,
    Rounding,
    Rule,
    Step,
)
from allocator.model.streams import KeyText, Stream, Streams
from allocator.words.text import LocalText

DAY = date(2023, 1, 1)
NAME = LocalText("x", "x")
BY_ITSELF = (Rounding.UP, Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.DOWN)
TOGETHER = Rounding.CONSISTENT
PARTS = Streams(
    (
        Stream("places", NAME),
        Stream("minors", NAME, part_of="places"),
        Stream("regular", NAME, rest_of="places"),
    )
)


def rule_of(rounding: Rounding, key: str = "people") -> Rule:
    return Rule(
        name="nl/random",
        valid_from=DAY,
        valid_until=None,
        checked_on=DAY,
        title=NAME,
        legal_basis=(),
        streams=None,
        indicators={},
        steps=(Step("", KeyText(key, Place("rule"))),),
        after=(),
        direction=Direction.BOTTOM_UP,
        choice=Choice(rounding),
        ties=("code",),
        crossing=Crossing.REFUSED,
        limits=(),
        formula=None,
        realised=(),
        progress=OWN_BOUNDS,
        notice=None,
        plan=None,
        gaps=(),
        file="rule",
    )


def instance_of(
    weights: dict[str, Fraction],
    province_of: dict[str, str],
    totals: dict[str, int],
    rounding: Rounding,
) -> Instance:
    """An instance of municipalities in provinces, with weights as an indicator."""
    leaves = sorted(weights)
    provinces = sorted(set(province_of.values()))
    members: dict[str, tuple[str, ...]] = {leaf: (leaf,) for leaf in leaves}
    members |= {p: tuple(leaf for leaf in leaves if province_of[leaf] == p) for p in provinces}
    members["NL"] = tuple(leaves)
    areas = (
        *(Area(leaf, leaf, "municipality", province_of[leaf]) for leaf in leaves),
        *(Area(province, province, "province", "NL") for province in provinces),
        Area("NL", "NL", "country", ""),
    )
    division = Division(DAY, ("country", "province", "municipality"), (), areas, members)
    people = Indicator(
        name="people",
        title=NAME,
        kind=Kind.COUNT,
        year=2022,
        reference=NAME,
        source=NAME,
        licence="",
        quality=Quality.INVENTED,
        values=weights,
        portions={},
    )
    given = tuple(Stream(name, NAME) for name in totals)
    return Instance(
        name="nl/random",
        title=NAME,
        day=DAY,
        period="2023-H1",
        rule=rule_of(rounding),
        streams=Streams(given),
        totals={name: Total(name, number, NAME, None) for name, number in totals.items()},
        division=division,
        indicators={"people": people},
        published=None,
        limits=(),
        notes=(),
        revision_of="",
        changed=(),
        uncertain={},
        balances=NOTHING_KNOWN,
        existing={},
        plan=None,
        file="",
    )


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Between 1 and 12 municipalities in up to 4 provinces, weights that may be 0 but not all."""
    size = draw(st.integers(1, 12))
    leaves = [f"M{number:02d}" for number in range(size)]
    weight = st.fractions(min_value=0, max_value=1_000, max_denominator=50)
    weights = {leaf: draw(weight) for leaf in leaves}
    if not any(weights.values()):
        weights[leaves[0]] = Fraction(1)
    province_of = {leaf: f"P{draw(st.integers(1, 4))}" for leaf in leaves}
    totals = {"places": draw(st.integers(0, 5_000)), "holders": draw(st.integers(0, 50))}
    return instance_of(weights, province_of, totals, draw(st.sampled_from(BY_ITSELF)))


@st.composite
def together(draw: st.DrawFn, method: Method | None = None) -> Instance:
    """Places with minors inside them, rounded together by any method; keys may differ."""
    plain = draw(instances())
    leaves = [area.code for area in plain.division.leaves]
    places = draw(st.integers(0, 300))
    minors = draw(st.integers(0, places))
    totals = {
        "places": Total("places", places, NAME, None),
        "minors": Total("minors", minors, NAME, None),
    }
    choice = Choice(TOGETHER, method or draw(st.sampled_from(Method)))
    ring = {leaf: f"R{draw(st.integers(1, 3))}" for leaf in leaves}
    return replace(
        plain,
        streams=PARTS,
        totals=totals,
        rule=replace(plain.rule, choice=choice, crossing=Crossing.REPORTED),
        division=with_level(plain.division, "ring", ring),
    )


def with_level(division: Division, level: str, holder: dict[str, str]) -> Division:
    """The division with another level beside the tree, in which each leaf lies as said."""
    codes = sorted(set(holder.values()))
    leaves = division.leaves
    members = {code: tuple(a.code for a in leaves if holder[a.code] == code) for code in codes}
    beside = tuple(Area(code, code, level, "NL") for code in codes)
    upper = division.areas[len(leaves) :]
    return replace(
        division,
        also=(level,),
        areas=(*leaves, *beside, *upper),
        members={**division.members, **members},
    )


@st.composite
def limited(draw: st.DrawFn) -> Instance:
    """The same under floors and caps: on areas of any level, on pools, on any stream."""
    plain = draw(together())
    by_code = plain.division.by_code
    areas = [area.code for area in plain.division.areas if area.level != "ring"]
    found = []
    for number in range(draw(st.integers(1, 4))):
        code, stream = draw(st.sampled_from(areas)), draw(st.sampled_from(PARTS.names))
        held = plain.division.members[code]
        pool = number == 0 and by_code[code].level == "province" and len(held) > 2
        size, floor = draw(st.integers(0, 120)), draw(st.booleans())
        found.append(
            Limit(
                f"limit {number}",
                NAME,
                stream,
                held[:2] if pool else (code,),
                size if floor else None,
                None if floor else size,
            )
        )
    return replace(plain, limits=tuple(found))
