"""Small questions of any kind, few enough plans to try every one; all of it is invented."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from allocator.plan.question.problem import Bound, Municipality, Problem, Site

CODES = "ABCD"
KINDS = ("regular", "minors", "special")
MOST_PLANS = 3000
PARTS = ((), (Fraction(1), Fraction(1, 2), Fraction(1, 4)), (Fraction(1, 3),))


@st.composite
def problems(draw: st.DrawFn, shared: bool = True) -> Problem:
    """Up to four municipalities and eight sites, with any wishes and bounds."""
    towns = tuple(draw(municipality(code)) for code in CODES[: draw(st.integers(1, 4))])
    least = {kind: draw(st.integers(1, 4)) for kind in KINDS}
    codes = [town.code for town in towns]
    small = draw(st.none() | st.integers(1, 5))
    part = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])
    return Problem(
        municipalities=towns,
        sites=draw(sites(codes, least, shared)),
        least=least,
        minors="minors",
        whole=max(0, sum(town.whole for town in towns) + draw(st.integers(-2, 4))),
        of_minors=draw(st.integers(0, 5)),
        beyond=draw(st.sampled_from(PARTS)),
        bounds=tuple(
            Bound(
                f"bound {i}",
                draw(st.sampled_from(codes)),
                draw(st.booleans()),
                draw(st.none() | st.integers(0, 5)),
                draw(st.none() | st.integers(0, 9)),
            )
            for i in range(draw(st.integers(0, 2)))
        ),
        smallest=draw(st.none() | st.none() | st.integers(0, 4)),
        largest=draw(st.none() | st.none() | st.integers(0, 5)),
        small=small,
        small_part=None if small is None else draw(part),
    )


@st.composite
def municipality(draw: st.DrawFn, code: str) -> Municipality:
    """Some have places already, perhaps too few to count."""
    whole = draw(st.integers(0, 9))
    there = draw(st.dictionaries(st.sampled_from(KINDS), st.integers(0, 5), max_size=2))
    return Municipality(code, whole, draw(st.integers(0, min(3, whole))), there)


@st.composite
def sites(
    draw: st.DrawFn, codes: list[str], least: dict[str, int], shared: bool
) -> tuple[Site, ...]:
    """In any order of names, as long as the plans with them can all be tried."""
    found: list[Site] = []
    plans = 1
    for name in draw(st.permutations("abcdefgh")):
        kind = draw(st.sampled_from(("regular", *KINDS)))
        in_pool = shared and len(codes) > 1 and draw(st.integers(0, 5)) == 0
        areas = draw(st.permutations(codes))[: 2 if in_pool else 1]
        smallest = draw(st.integers(0, 4))
        if in_pool:
            smallest = max(smallest, least[kind])
        largest = smallest + draw(st.integers(0, 1 if in_pool else 2))
        plans *= 1 + sum(size + 1 if in_pool else 1 for size in range(smallest, largest + 1))
        if plans > MOST_PLANS:
            break
        cost = draw(st.none() | st.sampled_from([0, 7, 1_000_003, 98_765_432]))
        found.append(Site(name, tuple(areas), kind, smallest, largest, cost))
    return tuple(found)
