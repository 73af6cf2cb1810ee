"""The register of municipalities against the counts and dates of the record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from allocator.model.lineage import Register, Span
from allocator.model.mergers import Change
from allocator.reading.country.register import _spans, read_register


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register("nl")


def alive(register: Register, day: date) -> set[str]:
    return {
        span.code
        for span in register.spans
        if (span.start is None or span.start <= day) and (span.end is None or day < span.end)
    }


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2015, 1, 1), 393),
        (date(2016, 1, 1), 390),
        (date(2017, 1, 1), 388),
        (date(2018, 1, 1), 380),
        (date(2018, 12, 31), 380),
        (date(2019, 1, 1), 355),
        (date(2021, 1, 1), 352),
        (date(2022, 1, 1), 345),
        (date(2022, 3, 24), 344),  # Weesp went to Amsterdam
        (date(2023, 1, 1), 342),
        (date(2025, 12, 31), 342),
    ],
)
def test_so_many_were_there(register: Register, day: date, number: int) -> None:
    assert len(alive(register, day)) == number


def test_the_spans_of_a_code_follow_each_other(register: Register) -> None:
    for one, other in zip(register.spans, register.spans[1:], strict=False):
        assert one.code <= other.code
        if one.code == other.code:
            assert one.end == other.start
    assert all(s.start is None or s.end is None or s.start < s.end for s in register.spans)


def test_what_begins_or_ends_is_a_change(register: Register) -> None:
    came = {(change.new_code, change.day) for change in register.changes}
    went = {(change.old_code, change.day) for change in register.changes}
    for span in register.spans:
        assert span.start is None or (span.code, span.start) in came
        assert span.end is None or (span.code, span.end) in went


def test_nobody_gets_lost(register: Register) -> None:
    """Whoever took part in a change was there on its eve, or is there on its day."""
    for change in register.changes:
        eve = change.day - timedelta(days=1)
        assert change.old_code in alive(register, eve) or eve < register.first
        assert change.new_code in alive(register, change.day)


def test_from_when_until_when(register: Register) -> None:
    assert (register.first, register.last) == (date(2015, 1, 1), date(2025, 12, 31))
    of = {span.name: span for span in register.spans}
    assert of["Haaren"] == Span("GM0788", "Haaren", None, date(2021, 1, 1))
    assert of["Land van Cuijk"] == Span("GM1982", "Land van Cuijk", date(2022, 1, 1), None)
    assert of["Nissewaard"] == Span("GM1930", "Nissewaard", date(2015, 1, 1), None)
    assert of["Alkmaar"] == Span("GM0361", "Alkmaar", None, None)
    assert of["Groesbeek"] == Span("GM0241", "Groesbeek", None, date(2016, 1, 1))
    assert of["Urk"] == Span("GM0184", "Urk", None, None)


YEARS = [2015, 2016, 2017, 2018]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (dict.fromkeys(YEARS, "Oud"), [("Oud", None, None)]),
        (
            {2015: "Oud", 2016: "Oud", 2017: "Nieuw", 2018: "Nieuw"},
            [("Oud", None, date(2017, 1, 1)), ("Nieuw", date(2017, 1, 1), None)],
        ),
        ({2016: "Laat", 2017: "Laat", 2018: "Laat"}, [("Laat", date(2015, 7, 1), None)]),
        ({2015: "Kort"}, [("Kort", None, date(2016, 1, 1))]),
    ],
)
def test_spans_of_a_code(
    names: dict[int, str], expected: list[tuple[str, date | None, date | None]]
) -> None:
    begun = Change(date(2015, 7, 1), "Z", "Zand", "X", names[max(names)], "merger", 4, 4)
    changes = () if 2015 in names else (begun,)
    found = _spans("X", names, YEARS, changes, set())
    assert [(span.name, span.start, span.end) for span in found] == expected


def test_a_code_that_was_founded_on_the_first_day_begins_there() -> None:
    (span,) = _spans("X", dict.fromkeys(YEARS, "Nieuw"), YEARS, (), {"X"})
    assert span == Span("X", "Nieuw", date(2015, 1, 1), None)
