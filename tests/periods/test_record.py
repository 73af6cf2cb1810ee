"""The sums of a record: exact over ranges, implied figures, and what cannot be reckoned."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from allocator.key.formula import Formula, Name, Negative, Number, Operation, indicators
from allocator.key.reader import read_key
from allocator.model.half_year import HalfYear
from allocator.model.problem import InputError, Place
from allocator.model.record import Figure, PeriodRecord, Range, Record, Statement
from allocator.model.streams import KeyText
from allocator.periods.record import Checked, Outcome, checked, reckoned
from allocator.words.text import LocalText

NAME = LocalText("x", "x")
HALF = HalfYear(2022, 1)
PLACE = Place("record.yaml", 7)


def figures(**numbers: int | tuple[int, int]) -> dict[str, tuple[Figure, ...]]:
    return {
        name: (Figure(Range.of(*number) if isinstance(number, tuple) else Range.of(number), NAME),)
        for name, number in numbers.items()
    }


def statement(sum_: str, beside: str = "", implies: str = "") -> Statement:
    other = KeyText(beside, PLACE) if beside else None
    return Statement(NAME, KeyText(sum_, PLACE), other, implies)


def outcome(
    periods: dict[HalfYear, PeriodRecord],
    numbers: dict[HalfYear, dict[str, tuple[Figure, ...]]] | None = None,
) -> Checked:
    record = Record("nl/x", NAME, "nl/x", "places", {}, periods, (), "record.yaml")
    return checked(record, numbers or {})


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> str:
    """A sum in which every name stands once; `?` waits for the name."""
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(["?", "?", "?", "2", "0.5", "-?"]))
    left, right = draw(sums(depth - 1)), draw(sums(depth - 1))
    return f"({left}) {draw(st.sampled_from('+-*/'))} ({right})"


def computed(formula: Formula, values: dict[str, Fraction]) -> Fraction:
    """The plain value, without ranges."""
    match formula:
        case Number():
            return formula.value
        case Name():
            return values[formula.name]
        case Negative():
            return -computed(formula.of, values)
        case Operation():
            left, right = computed(formula.left, values), computed(formula.right, values)
            match formula.sign:
                case "+":
                    return left + right
                case "-":
                    return left - right
                case "*":
                    return left * right
                case _:
                    return left / right
        case _:
            raise AssertionError(formula)


@given(st.data())
def test_a_sum_over_ranges_reaches_its_ends_and_never_leaves_them(data: st.DataObject) -> None:
    written = data.draw(sums())
    while "?" in written:
        written = written.replace("?", f"x{written.count('?')}", 1)
    formula = read_key(written)
    whole = st.integers(-20, 20)
    values = {
        name: Range.of(*sorted((data.draw(whole), data.draw(whole))))
        for name in indicators(formula)
    }
    try:
        found = reckoned(formula, values, PLACE)
    except InputError:  # a divisor may be zero
        reject()
    corners = [
        computed(formula, dict(zip(values, corner, strict=True)))
        for corner in product(*((range_.low, range_.high) for range_ in values.values()))
    ]
    assert (min(corners), max(corners)) == (found.low, found.high)
    inside = {
        name: data.draw(st.fractions(min_value=range_.low, max_value=range_.high))
        for name, range_ in values.items()
    }
    assert found.low <= computed(formula, inside) <= found.high


def test_what_was_carried_on_is_compared_with_every_number_of_it() -> None:
    opening = (*figures(x=1830)["x"], *figures(x=1833)["x"])
    found = outcome(
        {
            HALF: PeriodRecord(figures(opening=3728, realised=11886)),
            HALF.next: PeriodRecord({"opening": opening}),
        },
        {HALF: figures(net=10000)},
    )
    (finding,) = found.findings
    assert finding.sum.result == Range.of(1842)
    assert [(each.low, each.outcome) for each in finding.besides] == [
        (Fraction(-12), Outcome.OFF),
        (Fraction(-9), Outcome.OFF),
    ]


def test_checks_are_left_out_where_something_is_not_known_or_only_implied() -> None:
    implying = statement("net - 1", implies="opening")
    found = outcome(
        {HALF: PeriodRecord(figures(realised=5, closing=1), (implying,))}, {HALF: figures(net=10)}
    )
    assert [finding.statement for finding in found.findings] == [implying]
    assert found.figures[HALF]["opening"][0].range == Range.of(9)
    assert found.figures[HALF]["opening"][0].implied


def test_what_one_half_year_implies_serves_the_half_year_before() -> None:
    found = outcome(
        {
            HALF: PeriodRecord({}, (statement("next_opening + 1", implies="closing"),)),
            HALF.next: PeriodRecord(figures(in_all=7), (statement("in_all", implies="opening"),)),
        }
    )
    assert found.figures[HALF]["closing"][0].range == Range.of(8)
    assert [finding.period for finding in found.findings] == [HALF, HALF.next]
    assert found.findings[0].resting == ("next_opening",)


def test_a_statement_that_lacks_a_figure_says_which() -> None:
    told = statement("opening + net", "in_all")
    (finding,) = outcome({HALF: PeriodRecord(figures(opening=1), (told,))}).findings
    assert finding.missing == ("net", "in_all")
    assert finding.besides == ()
    assert not finding.holds


@pytest.mark.parametrize(
    ("beside", "expected"),
    [((1, 3), Outcome.HOLDS), (2, Outcome.WITHIN), ((0, 5), Outcome.WITHIN), (4, Outcome.OFF)],
)
def test_a_range_holds_or_holds_another_or_is_off(
    beside: int | tuple[int, int], expected: Outcome
) -> None:
    own = PeriodRecord(figures(opening=(1, 3), in_all=beside), (statement("opening", "in_all"),))
    (finding,) = outcome({HALF: own}).findings
    assert [each.outcome for each in finding.besides] == [expected]


def test_a_range_that_stands_in_a_sum_twice_is_refused() -> None:
    own = PeriodRecord(figures(opening=(1, 3)), (statement("opening - opening", "opening"),))
    with pytest.raises(InputError) as raised:
        outcome({HALF: own})
    assert str(raised.value) == (
        "record.yaml:7: 'opening' is a range, and stands in the sum twice. "
        "Write the sum so that each range stands in it once."
    )


def test_a_division_by_zero_is_told_with_its_place() -> None:
    own = PeriodRecord(figures(opening=(-1, 3)), (statement("1 / opening", "opening"),))
    with pytest.raises(InputError, match=r"record.yaml:7: The sum divides by zero\."):
        outcome({HALF: own})
