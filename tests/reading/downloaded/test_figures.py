"""Numbers in either notation, with what people write around them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.reading.downloaded.figures import notations, readings, tidied


def dutch(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def english(number: int) -> str:
    return f"{number:,}"


@given(st.integers(-(10**9), 10**9))
def test_a_number_in_either_notation_can_be_read_back(number: int) -> None:
    assert readings(dutch(number))["nl"] == number
    assert readings(english(number))["en"] == number
    assert readings(tidied(english(number).replace(",", "\u202f"))) == {"nl": number, "en": number}


@given(st.lists(st.integers(0, 10**7), min_size=1), st.sampled_from([dutch, english]))
def test_a_column_is_read_right_or_its_notation_is_open(
    numbers: list[int], written: object
) -> None:
    assert callable(written)
    column = [readings(written(number)) for number in numbers]
    possible = notations(column)
    assert possible
    if len(possible) == 1:
        assert [one[possible[0]] for one in column] == numbers


@given(st.text(max_size=12))
def test_whatever_is_read_is_written_with_digits(written: str) -> None:
    for value in readings(tidied(written)).values():
        assert isinstance(value, Fraction)
        digits = "".join(sign for sign in written if sign in "0123456789")
        assert digits.lstrip("0").startswith(str(abs(value.numerator)).rstrip("0")[:1]) or not value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1.234", {"nl": 1234, "en": Fraction(1234, 1000)}),
        ("1,234", {"en": 1234, "nl": Fraction(1234, 1000)}),
        ("1.234.567", {"nl": 1234567}),
        ("1234,0", {"nl": 1234}),
        ("0.500", {"en": Fraction(1, 2)}),
        ("1234.567", {"en": Fraction(1234567, 1000)}),
        ("−5", {"nl": -5, "en": -5}),
        ("+5", {"nl": 5, "en": 5}),
        ("12 (a)", {"nl": 12, "en": 12}),
        ("12¹", {"nl": 12, "en": 12}),
        ("1 234", {"nl": 1234, "en": 1234}),
        ("1 23", {}),
        ("12 (8)", {}),
        ("12%", {}),
        ("1.23.456", {}),
        ("1,234.5,6", {}),
        ("007", {}),
        ("٣", {}),
        ("9" * 5000, {}),
        ("1e5", {}),
        ("--5", {}),
        ("", {}),
    ],
)
def test_what_a_figure_may_be(written: str, read: dict[str, Fraction]) -> None:
    assert readings(written) == read
