"""The key reader: what it takes, what it refuses, and where it points."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.key.evaluate import Figures, evaluate
from allocator.key.reader import read_key
from allocator.key.written import with_values
from allocator.model.indicator import Kind
from allocator.model.problem import InputError

FIGURES = Figures(
    ("A", "B"),
    {"people": [Fraction(30), Fraction(10)], "score": [Fraction("0.5"), Fraction("-0.2156")]},
    {"people": Kind.COUNT, "score": Kind.RATE},
)


def values(key: str) -> list[Fraction]:
    return evaluate(read_key(key), FIGURES, key)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("1", [1, 1]),
        ("people", [30, 10]),
        ("2 + 3 * 4", [14, 14]),
        ("(2 + 3) * 4", [20, 20]),
        ("10 - 4 - 3", [3, 3]),
        ("100 / 10 / 2", [5, 5]),
        ("-people + 40", [10, 30]),
        ("people * -1 + 40", [10, 30]),
        ("score", [Fraction(1, 2), Fraction(-2156, 10_000)]),
        ("share(people)", [Fraction(3, 4), Fraction(1, 4)]),
        ("national(people)", [40, 40]),
        ("inverse(people)", [Fraction(1, 30), Fraction(1, 10)]),
        ("capped(people, 15, 25)", [25, 15]),
        ("national(score * people)", [Fraction("12.844"), Fraction("12.844")]),
        ("0.1 + 0.2", [Fraction(3, 10), Fraction(3, 10)]),
    ],
)
def test_values_are_exact(key: str, expected: list[Fraction]) -> None:
    assert values(key) == expected


@pytest.mark.parametrize(
    ("key", "at", "said"),
    [
        ("", 0, "The key is empty."),
        ("people *", 8, "The key breaks off."),
        ("(people", 7, "A ')' is missing."),
        ("people)", 6, "')' does not fit here."),
        ("people score", 7, "An operation (+ - * /) is missing before it."),
        ("people ** 2", 8, "'*' does not fit here."),
        ("--people", 1, "'-' does not fit here."),
        ("people ^ 2", 7, "There are no powers"),
        ("30% * people", 2, "Write a percentage as a division by 100."),
        ("people × 2", 7, "Write * to multiply."),
        ("1e5", 0, "A number with an exponent is not read."),
        ("2.5E3", 0, "A number with an exponent is not read."),
        ("1.2.3", 0, "'1.2.3' is not a number."),
        ("0,5 * people", 1, "Write a decimal point, not a comma."),
        ("shar(people)", 0, "Did you mean share?"),
        ("share", 0, "is a function and wants parentheses"),
        ("capped(people, 1)", 0, "'capped' takes 3 values, and 2 are given."),
        ("__import__('os')", 11, "cannot be read here"),
        ("people.real", 6, "cannot be read here"),
        ("popple", 0, "There is no indicator 'popple'."),
        ("national(score)", 0, "is not a count"),
        ("national(5 / score)", 0, "is not a count"),
        ("inverse(score - score)", 0, "divides by zero for A and B"),
        ("capped(people, 5, 1)", 0, "The lowest is above the highest"),
    ],
)
def test_what_is_refused_points_at_the_character(key: str, at: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        values(key)
    (problem,) = caught.value.problems
    assert said in str(problem)
    if key:
        assert problem.excerpt == f"{key}\n{' ' * at}^"


@pytest.mark.parametrize("key", ["(" * 100 + "1" + ")" * 100, "1+" * 900 + "1", "1" * 3_000])
def test_a_hostile_key_is_refused_quickly(key: str) -> None:
    with pytest.raises(InputError):
        values(key)


def test_the_longest_key_that_is_taken_can_be_computed() -> None:
    assert values("+".join(["1"] * 200)) == [200, 200]


KEYS = st.recursive(
    st.one_of(
        st.just("people"),
        st.just("score"),
        st.decimals(0, 99, places=2).map(lambda number: f"{number:.2f}"),
    ),
    lambda inner: st.one_of(
        st.builds(lambda a, sign, b: f"({a} {sign} {b})", inner, st.sampled_from("+-*"), inner),
        st.builds(lambda a: f"capped({a}, 0, 10)", inner),
    ),
    max_leaves=8,
)


@given(KEYS)
def test_a_key_written_with_its_values_computes_to_the_same(key: str) -> None:
    formula = read_key(key)
    at_first = {name: column[0] for name, column in FIGURES.values.items()}
    written = with_values(formula, lambda part: at_first[part.name], "en")  # type: ignore[union-attr]
    plain = written.replace("×", "*").replace("−", "-").replace(",0", ", 0").replace("--", "- -")
    nothing = Figures(("A",), {}, {})
    assert evaluate(read_key(plain), nothing) == [values(key)[0]]


@given(st.text(max_size=40))
def test_any_text_is_a_key_or_a_problem(written: str) -> None:
    with suppress(InputError):
        read_key(written)


@pytest.mark.parametrize("written", ["(1 + {})", "((1) + {})", "({} + (1))"])
def test_how_deep_a_key_may_be_nested_does_not_depend_on_what_stands_beside(written: str) -> None:
    key = "people"
    for _ in range(24):
        key = written.format(key)
    assert read_key(key)
    for _ in range(26):
        key = written.format(key)
    with pytest.raises(InputError, match="nested more than 50 deep"):
        read_key(key)
