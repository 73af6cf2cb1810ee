"""Tasks after agreements: what one municipality takes over, the other loses, minors inside it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.model.areas import Area, Division
from allocator.model.plan import Agreement
from allocator.model.problem import InputError, Place
from allocator.plan.question.agreed import Places, after_agreements

CODES = ("A", "B", "C", "D")
MAP = Division(
    date(2024, 2, 1),
    ("province", "municipality"),
    (),
    (
        *(Area(code, f"Town {code}", "municipality", "P") for code in CODES),
        Area("P", "P", "province", ""),
    ),
    {**{code: (code,) for code in CODES}, "P": CODES},
)
#: A has 100 places, 8 of them for minors, and so on.
TASKS = {"A": Places(100, 8), "B": Places(45, 4), "C": Places(200, 17), "D": Places(0, 0)}


def agreement(name: str, carrier: str, of: str, stream: str, number: int | None) -> Agreement:
    return Agreement(name, carrier, of, stream, number, "minutes", Place("agreements.csv", 2))


def after(*agreements: Agreement) -> dict[str, Places]:
    tasks, _ = after_agreements(TASKS, agreements, "minors", MAP)
    return tasks


def test_all_of_a_task() -> None:
    # A: 100 + 45 = 145, of which 8 + 4 = 12 for minors
    tasks = after(agreement("1", "A", "B", "places", None))
    assert (tasks["A"], tasks["B"]) == (Places(145, 12), Places(0, 0))
    assert tasks["C"] == TASKS["C"]


def test_a_number_takes_no_minors_places_first() -> None:
    # B has 41 places that are not for minors; 41 of 45 leave it the 4 for minors
    tasks = after(agreement("1", "A", "B", "places", 41))
    assert (tasks["A"], tasks["B"]) == (Places(141, 8), Places(4, 4))
    # 43 take 2 of those 4 too, so that no more are for minors than there are places
    tasks = after(agreement("1", "A", "B", "places", 43))
    assert (tasks["A"], tasks["B"]) == (Places(143, 10), Places(2, 2))


def test_minors_places_are_places() -> None:
    # 3 of B's 4: B keeps 42 places, 1 of them for minors
    tasks = after(agreement("1", "A", "B", "minors", 3))
    assert (tasks["A"], tasks["B"]) == (Places(103, 11), Places(42, 1))


def test_what_is_left_beside_numbers() -> None:
    # C takes the 4 for minors, A 11 others, D what is left: 45 - 4 - 11 = 30
    agreements = (
        agreement("1", "D", "B", "places", None),
        agreement("2", "A", "B", "places", 11),
        agreement("3", "C", "B", "minors", None),
    )
    tasks, moved = after_agreements(TASKS, agreements, "minors", MAP)
    assert tasks["B"] == Places(0, 0)
    assert (tasks["A"], tasks["C"], tasks["D"]) == (
        Places(111, 8),
        Places(204, 21),
        Places(30, 0),
    )
    assert [(each.agreement.name, each.places.whole) for each in moved] == [
        ("1", 30),
        ("2", 11),
        ("3", 4),
    ]


def test_only_its_own_task_can_be_given_away() -> None:
    # A carries out B's task and gives its own 100 to C: B's 45 stay with A
    tasks = after(
        agreement("1", "A", "B", "places", None), agreement("2", "C", "A", "places", None)
    )
    assert (tasks["A"], tasks["B"], tasks["C"]) == (Places(45, 4), Places(0, 0), Places(300, 25))


@pytest.mark.parametrize(
    ("stream", "first", "second", "said"),
    [
        (
            "places",
            40,
            6,
            "'2' gives away 6 (places) of Town B, whose task has 45, of which 5 are left.",
        ),
        (
            "minors",
            3,
            2,
            "'2' gives away 2 (minors) of Town B, whose task has 4, of which 1 are left.",
        ),
    ],
)
def test_more_than_the_task(stream: str, first: int, second: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        after(agreement("1", "A", "B", stream, first), agreement("2", "C", "B", stream, second))
    (problem,) = caught.value.problems
    assert (str(problem.place), str(problem.found)) == ("agreements.csv:2", said)
    assert str(problem.mend) == "Lower the number, or leave it empty for all that is left."


def test_every_municipality_that_gives_too_much_is_told() -> None:
    with pytest.raises(InputError) as caught:
        after(agreement("1", "A", "B", "places", 46), agreement("2", "D", "C", "minors", 18))
    assert len(caught.value.problems) == 2


@st.composite
def agreed(draw: st.DrawFn) -> tuple[dict[str, Places], list[Agreement], list[Agreement]]:
    """Tasks, agreements that may give away too much, and these in another order."""
    tasks = {}
    for code in CODES:
        whole = draw(st.integers(0, 60))
        tasks[code] = Places(whole, draw(st.integers(0, whole)))
    found = []
    for name in "12345"[: draw(st.integers(1, 5))]:
        of, carrier = draw(st.permutations(CODES))[:2]
        stream = draw(st.sampled_from(("places", "minors")))
        number = draw(st.one_of(st.none(), st.integers(1, 20)))
        found.append(agreement(name, carrier, of, stream, number))
    return tasks, found, draw(st.permutations(found))


@given(agreed())
def test_nothing_is_lost_and_the_order_says_nothing(
    asked: tuple[dict[str, Places], list[Agreement], list[Agreement]],
) -> None:
    tasks, agreements, shuffled = asked
    try:
        found, moved = after_agreements(tasks, agreements, "minors", MAP)
    except InputError:
        with pytest.raises(InputError):
            after_agreements(tasks, shuffled, "minors", MAP)
        return
    assert after_agreements(tasks, shuffled, "minors", MAP)[0] == found
    assert sum(each.whole for each in found.values()) == sum(t.whole for t in tasks.values())
    assert sum(each.minors for each in found.values()) == sum(t.minors for t in tasks.values())
    assert all(0 <= each.minors <= each.whole for each in found.values())
    for each in moved:
        if each.agreement.number is not None:
            of_minors = each.agreement.stream == "minors"
            assert each.agreement.number == each.places.whole
            assert not of_minors or each.places.minors == each.places.whole
