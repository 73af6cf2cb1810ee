"""Every name of the register is its own, and every other name is that of an area."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest

from allocator.model.problem import Problems
from allocator.reading.country.areas import read_areas
from allocator.reading.country.gazetteer import gazetteer
from allocator.reading.country.other_names import OTHER_NAMES
from allocator.reading.country.register import read_register
from allocator.reading.country.tables import tables_folder
from allocator.reading.formats.csv_table import PLAIN
from allocator.words.plain import plainly

LEVELS = ("country", "province", "safety_region", "municipality")
REGISTER = read_register("nl")
BESIDE = ("safety_region", "corop_region", "labour_market_region")
#: The days on which each division of the record begins.
DAYS = sorted(
    {change.day for change in REGISTER.changes} | {date(year, 1, 1) for year in range(2015, 2026)}
)
with (tables_folder("nl") / "names" / OTHER_NAMES).open(encoding="utf-8", newline="") as _file:
    OTHERS = list(csv.DictReader(_file))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_name_of_a_day_is_that_of_one_municipality(day: date) -> None:
    known = gazetteer("nl", day, LEVELS)
    there = [
        span
        for span in REGISTER.spans
        if (span.start or day) <= day and (span.end is None or day < span.end)
    ]
    assert {span.code for span in there} == {area.code for area in known.at("municipality")}
    for span in there:
        for written in (span.name, span.name.upper(), f"Gemeente {span.name}"):
            found = known.named(written)
            of_level = [area.code for area in found.areas if area.level == "municipality"]
            assert of_level == [span.code], written
            assert not found.doubtful
        for written in (span.code, span.code[2:], span.code[2:].lstrip("0")):
            coded = known.coded(written, "municipality")
            assert [area.code for area in coded] == [span.code]


@pytest.mark.parametrize("span", REGISTER.spans, ids=lambda span: span.name)
def test_a_name_of_another_day_is_told_and_never_taken(span: object) -> None:
    """Save for a rename: then the municipality is the same, and that is told too."""
    from allocator.model.lineage import Span

    assert isinstance(span, Span)
    days = [span.end] if span.end else []
    days += [span.start - timedelta(days=1)] if span.start and span.start > DAYS[0] else []
    for day in days:
        known = gazetteer("nl", day, LEVELS)
        found = known.named(span.name)
        municipalities = [area for area in found.areas if area.level == "municipality"]
        if municipalities and municipalities[0].code != span.code:
            assert found.doubtful
            assert {span.name, municipalities[0].name} in (
                {"Groesbeek", "Berg en Dal"},
                {"De Friese Meren", "De Fryske Marren"},
            )
        else:
            assert not municipalities
            assert known.life(span.name) is not None
            assert known.life(span.code) is not None


def test_every_other_name_is_that_of_an_area_and_of_no_other() -> None:
    names: dict[str, set[str]] = {}
    own: dict[str, str] = {}
    for path in sorted((tables_folder("nl") / "areas").glob("*.csv")):
        for code, record in read_areas(path, PLAIN, BESIDE, Problems()).items():
            if record["level"] in LEVELS:
                names.setdefault(plainly(record["name"]), set()).add(code)
                own[code] = record["name"]
    for span in REGISTER.spans:
        names.setdefault(plainly(span.name), set()).add(span.code)
        own[span.code] = span.name
    for row in OTHERS:
        assert own[row["code"]] == row["name"]
        assert plainly(row["other"]) not in names, row


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row["other"])
def test_an_other_name_is_found(row: dict[str, str]) -> None:
    days = {span.code: (span.end or DAYS[-1]) - timedelta(days=1) for span in REGISTER.spans}
    known = gazetteer("nl", days.get(row["code"], DAYS[-1]), LEVELS)
    found = known.named(row["other"])
    assert row["code"] in {area.code for area in found.areas}
    assert found.why is not None
    same = {other["code"] for other in OTHERS if plainly(other["other"]) == plainly(row["other"])}
    assert {area.code for area in found.areas} == same


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Bergen", {"GM0893", "GM0373"}),
        ("Bergen (L)", {"GM0893"}),
        ("Bergen NH", {"GM0373"}),
        ("Utrecht", {"GM0344", "PV26", "VR09"}),
        ("Utrecht (gem.)", {"GM0344"}),
        ("Provincie Utrecht", {"PV26"}),
        ("Province of Utrecht", {"PV26"}),
        ("Veiligheidsregio Utrecht", {"VR09"}),
        ("Groningen (p)", {"PV20"}),
        ("Gemeente 's-Gravenhage", {"GM0518"}),
        ("gemeente Den Haag*", {"GM0518"}),
        ("Friesland", {"PV21", "VR02"}),
        ("Provincie Friesland", {"PV21"}),
        ("Kaag & Braassem", {"GM1884"}),
        ("Hengelo (O)", {"GM0164"}),
        ("Beek (l)", {"GM0888"}),
        ("Provincie Amsterdam", set()),
        ("Amsterdam-Noord", set()),
        ("Amsterdm", set()),
        ("Weesp", set()),
        ("", set()),
        ("*", set()),
    ],
)
def test_names_as_people_write_them(written: str, codes: set[str]) -> None:
    known = gazetteer("nl", date(2023, 1, 1), LEVELS)
    assert {area.code for area in known.named(written).areas} == codes
