"""Circles never overlap, and their areas keep their proportions, wherever they start from."""

from __future__ import annotations

from itertools import combinations
from math import hypot, pi, sqrt

from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.model.geography import Layout
from allocator.report.pictures.maps.cartogram import RING, circles
from allocator.report.pictures.maps.circles import Disc, apart, settled
from allocator.report.pictures.maps.marks import Mark

places = st.tuples(st.integers(-9, 9), st.integers(-9, 9))
numbers = st.one_of(st.integers(0, 9), st.integers(0, 1_000_000))
areas = st.lists(st.tuples(places, numbers, st.sampled_from("ABC")), max_size=40)


def marks_of(drawn: list[tuple[tuple[int, int], int, str]]) -> tuple[list[Mark], Layout]:
    marks = [
        Mark(str(n), f"area {n}", group, number, None) for n, (_, number, group) in enumerate(drawn)
    ]
    points = {str(n): (float(x), float(y)) for n, ((x, y), _, _) in enumerate(drawn)}
    return marks, Layout(points, "")  # type: ignore[arg-type]


@settings(max_examples=80, deadline=None)
@given(areas)
def test_no_two_circles_overlap_and_areas_are_in_proportion(
    drawn: list[tuple[tuple[int, int], int, str]],
) -> None:
    marks, layout = marks_of(drawn)
    discs, per_root = circles(marks, layout)
    for one, other in combinations(discs, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= one.r + other.r - 1e-6
    for mark, disc in zip(marks, discs, strict=True):
        exact = per_root * sqrt(mark.number)
        if mark.number:
            assert exact - 0.01 - 1e-9 <= disc.r <= exact + 1e-9


def test_a_circle_of_four_times_the_number_is_twice_as_wide() -> None:
    marks, layout = marks_of([((0, 0), 400, "A"), ((9, 9), 100, "A"), ((0, 9), 0, "A")])
    (large, small, none), per_root = circles(marks, layout)
    assert abs(large.r - 2 * small.r) < 0.02
    assert abs(pi * large.r**2 / 400 - pi * per_root**2) < 0.1
    assert 0 < none.r < RING * 3


def test_a_village_makes_way_for_a_city() -> None:
    city, village = settled([Disc(0, 0, 50, ""), Disc(40, 0, 5, "")], 1, 1, 100, home=0)
    assert abs(city.x) < 1
    assert village.x - city.x >= 55.9


def test_circles_of_two_provinces_stand_further_apart() -> None:
    start = [Disc(0, 0, 5, "A"), Disc(6, 0, 5, "A"), Disc(100, 0, 5, "A"), Disc(106, 0, 5, "B")]
    one, two, three, four = settled(start, 1, 4, 100)
    assert two.x - one.x >= 10.9
    assert four.x - three.x >= 13.9


def test_circles_that_cannot_make_room_shrink_together() -> None:
    found, factor = apart([Disc(0, 0, 10, ""), Disc(5, 0, 10, ""), Disc(50, 0, 4, "")])
    assert factor == 0.25
    assert [disc.r for disc in found] == [2.5, 2.5, 1.0]
