"""Carrying numbers through mergers, splits and border changes loses nothing and makes nothing.

A head start is carried as the backlog of that size; what goes over as a whole is exact, and any
other part is less than one from its exact proportion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.model.mergers import Change
from allocator.periods.carrying import carried, divided, inherited
from tests.periods.strategies import changes, shuffled, whole_mergers

CODES = "ABCDEFGH"
NUMBERS = st.fixed_dictionaries(dict.fromkeys(CODES, st.integers(-500, 500)))
calm = settings(max_examples=150, deadline=None)


def exact(numbers: Mapping[str, int], found: Iterable[Change]) -> dict[str, Fraction]:
    """The numbers after changes in exact proportion."""
    sums: dict[str, Fraction] = {}
    for old, heirs in inherited(numbers, found).items():
        for new, share in heirs.items():
            sums[new] = sums.get(new, Fraction(0)) + numbers[old] * share
    return sums


def broken_parts(codes: Iterable[str], found: Iterable[Change]) -> dict[str, int]:
    """Per new area, of how many old ones it has a part that is not the whole."""
    parts: dict[str, int] = {}
    for heirs in inherited(codes, found).values():
        for new, share in heirs.items():
            parts[new] = parts.get(new, 0) + (share != 1)
    return parts


def day_by_day(numbers: Mapping[str, int], found: Iterable[Change]) -> dict[str, int]:
    for _, same_day in groupby(found, lambda change: change.day):
        numbers = carried(numbers, list(same_day))
    return dict(numbers)


@calm
@given(NUMBERS, changes(CODES))
def test_the_sum_stays(numbers: dict[str, int], found: tuple[Change, ...]) -> None:
    assert sum(carried(numbers, found).values()) == sum(numbers.values())
    assert sum(day_by_day(numbers, found).values()) == sum(numbers.values())


@calm
@given(NUMBERS, changes(CODES))
def test_a_head_start_is_carried_as_a_backlog(
    numbers: dict[str, int], found: tuple[Change, ...]
) -> None:
    turned = carried({code: -number for code, number in numbers.items()}, found)
    assert turned == {code: -number for code, number in carried(numbers, found).items()}


@calm
@given(NUMBERS)
def test_without_changes_nothing_changes(numbers: dict[str, int]) -> None:
    assert carried(numbers, ()) == numbers


@calm
@given(NUMBERS, whole_mergers(CODES))
def test_who_merges_as_a_whole_brings_all_it_has(
    numbers: dict[str, int], found: tuple[Change, ...]
) -> None:
    assert carried(numbers, found) == exact(numbers, found)
    assert carried(numbers, found) == day_by_day(numbers, found)


@calm
@given(NUMBERS, changes(CODES))
def test_every_other_part_is_less_than_one_from_its_proportion(
    numbers: dict[str, int], found: tuple[Change, ...]
) -> None:
    proportion, parts = exact(numbers, found), broken_parts(numbers, found)
    for code, number in carried(numbers, found).items():
        assert abs(number - proportion[code]) < parts[code] or number == proportion[code]


@calm
@given(NUMBERS, changes(CODES))
def test_days_apart_and_at_once_differ_by_the_broken_parts_at_most(
    numbers: dict[str, int], found: tuple[Change, ...]
) -> None:
    """Each carrying is less than one per broken part from the exact proportion."""
    at_once, apart = carried(numbers, found), day_by_day(numbers, found)
    assert at_once.keys() == apart.keys()
    parts, codes = sum(broken_parts(numbers, found).values()), list(numbers)
    for _, same_day in groupby(found, lambda change: change.day):
        moves = list(same_day)
        parts += sum(broken_parts(codes, moves).values())
        codes = list(carried(dict.fromkeys(codes, 0), moves))
    assert all(abs(at_once[code] - apart[code]) <= parts for code in apart)


@calm
@given(NUMBERS, changes(CODES), st.data())
def test_no_order_of_rows_matters(
    numbers: dict[str, int], found: tuple[Change, ...], data: st.DataObject
) -> None:
    turned = {code: numbers[code] for code in data.draw(st.permutations(CODES))}
    assert carried(turned, data.draw(shuffled(found))) == carried(numbers, found)


@calm
@given(
    st.integers(-900, 900), st.dictionaries(st.sampled_from(CODES), st.integers(1, 99), min_size=1)
)
def test_heirs_have_the_floor_or_the_ceiling_and_the_first_code_the_tie(
    number: int, persons: dict[str, int]
) -> None:
    shares = {code: Fraction(part, sum(persons.values())) for code, part in persons.items()}
    parts = divided(number, shares)
    assert sum(parts.values()) == number
    assert all(abs(parts[code] - number * share) < 1 for code, share in shares.items())
    for one in parts:
        for other in parts:
            if shares[one] == shares[other] and one < other:
                assert abs(parts[one]) >= abs(parts[other])
