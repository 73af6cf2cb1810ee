"""A key with values put in, read as a sum on paper, comes to what the key comes to."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator.key.evaluate import Figures, evaluate
from allocator.key.formula import Call, Formula, Name
from allocator.key.reader import read_key
from allocator.key.written import with_values
from allocator.model.indicator import Kind
from allocator.model.problem import InputError

AREAS = ("A", "B")
NAMES = ("people", "homes")

keys = st.recursive(
    st.sampled_from([*NAMES, "2", "0.5", "7"]),
    lambda inside: st.one_of(
        st.tuples(inside, st.sampled_from("+-*/"), inside).map(lambda it: f"({' '.join(it)})"),
        inside.map(lambda it: f"-({it})"),
        inside.map(lambda it: f"share({it})"),
        inside.map(lambda it: f"national({it})"),
        st.tuples(inside, st.sampled_from(NAMES)).map(" / ".join),
        inside.map(lambda it: f"inverse({it})"),
        inside.map(lambda it: f"capped({it}, 1, 9)"),
    ),
    max_leaves=6,
)
amounts = st.builds(Fraction, st.integers(1, 2_000), st.sampled_from([1, 3, 4, 7]))


def on_paper(written: str) -> Fraction:
    """Times and over go before plus and minus, from left to right."""
    plain = written.replace("−", "-").replace("×", "*")
    numbers = re.sub(r"\d[\d,]*\d(\.\d+)?|\d+(\.\d+)?", _number, plain)
    names = {"Fraction": Fraction, "inverse": lambda x: 1 / x, "capped": _capped}
    found: Fraction = eval(numbers, names)
    return found


def _number(found: re.Match[str]) -> str:
    return f"Fraction('{found.group().replace(',', '')}')"


def _capped(value: Fraction, least: Fraction, most: Fraction) -> Fraction:
    return min(max(value, least), most)


@settings(deadline=None)
@given(keys, st.lists(amounts, min_size=4, max_size=4))
def test_what_is_written_comes_to_the_same(key: str, given_: list[Fraction]) -> None:
    indicators = {"people": given_[:2], "homes": given_[2:]}
    figures = Figures(AREAS, indicators, dict.fromkeys(NAMES, Kind.COUNT))
    formula = read_key(key)
    try:
        expected = evaluate(formula, figures)[0]
        written = with_values(formula, lambda part: evaluate(part, figures)[0], "en")
    except InputError:
        assume(False)
    assert on_paper(written) == expected, written


def test_a_value_that_is_a_quotient_is_kept_together_where_it_divides() -> None:
    """6 / 4/3 on paper is 1/2; six over four thirds is 4 1/2."""
    values = {"people": Fraction(6), "homes": Fraction(4, 3)}

    def value_of(part: Formula) -> Fraction:
        assert isinstance(part, Name)
        return values[part.name]

    def written(key: str) -> str:
        return with_values(read_key(key), value_of, "en")

    assert written("people / homes") == "6 / (4/3)"
    assert written("people * homes - homes") == "6 × 4/3 − 4/3"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("a - (a - a)", "10 − (10 − 10)"),
        ("a - a - a", "10 − 10 − 10"),
        ("a / (a * a)", "10 / (10 × 10)"),
        ("-(a + a)", "−(10 + 10)"),
        ("share(a) * a", "(10 / 10) × 10"),
        ("capped(a + a, a, 12)", "capped(10 + 10, 10, 12)"),
    ],
)
def test_parentheses_stand_where_they_are_needed(key: str, said: str) -> None:
    def value_of(part: Formula) -> Fraction:
        return Fraction(1) if isinstance(part, Call) else Fraction(10)

    assert with_values(read_key(key), value_of, "en") == said


def test_values_are_written_as_their_reader_writes_them() -> None:
    def value_of(part: Formula) -> Fraction:
        return Fraction("12345.5")

    said = "12.345,5 + 12.345,5 − 12.345,5 × 0,25"
    assert with_values(read_key("a + national(a) - a * 0.25"), value_of, "nl") == said
