"""What readers of an audit see: what comes first, under which level, and what is left out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import allocator
from allocator.audit.published import Audit, Reach, audited, reach_of
from allocator.model.downloaded import Downloaded, LeftAside, Match
from allocator.model.instance import Published, PublishedRow, Quantity
from allocator.model.problem import Place
from allocator.report.audits.audit import COLUMNS, as_csv, as_json, as_screen
from allocator.words.text import LocalText, text
from tests.example import write_example

PAPER = LocalText("krant", "paper")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """100 places of which Aalst, Boom, Cuijk and Delden get 14, 14, 29 and 42, and 10 minors."""
    return write_example(tmp_path_factory.mktemp("audit") / "example")


def audit_of(
    folder: Path, *rows: str, reach: Reach | None = None, corrected: tuple[str, ...] = ()
) -> Audit:
    """Of rows such as "A places 14", some of them with a balance in it."""
    published = [_row(one, Quantity.NUMBER) for one in rows]
    published += [_row(one, Quantity.CORRECTED) for one in corrected]
    distribution = allocator.distribute(allocator.load(folder))
    return audited(distribution, Published(PAPER, tuple(published)), reach)


def _row(written: str, quantity: Quantity) -> PublishedRow:
    code, stream, number = written.split()
    return PublishedRow(code, stream, int(number), quantity, "")


def said(audit: Audit, lang: str = "en", read: Downloaded | None = None) -> str:
    return " ".join(as_screen(audit, read, lang).split())


def paragraphs(audit: Audit) -> Iterator[list[str]]:
    for part in as_screen(audit, None, "en").split("\n\n"):
        yield part.splitlines()


def test_what_the_rule_gives_needs_no_table(folder: Path) -> None:
    found = audit_of(folder, "A places 14", "B places 14", "C places 29", "D places 42")
    _, summary, sums, *_ = paragraphs(found)
    assert summary == ["4 of 4 published numbers are what the rule gives (paper)."]
    assert sums[0] == (
        "- The 4 municipalities in Nederland (places) add up to 99, where 100 is named in all: "
        "1 too few."
    )
    assert "difference" not in said(found)
    assert "4 van de 4 gepubliceerde getallen (krant)" in said(found, "nl")


def test_a_sum_is_laid_beside_what_was_published_and_what_was_named(folder: Path) -> None:
    rows = ("A places 20", "B places 14", "C places 29", "D places 42", "P1 places 28")
    found = said(audit_of(folder, *rows, "NL places 99"))
    assert "The 2 municipalities in West (places) add up to 34, where 28 was published" in found
    assert "add up to 105, where 99 was published for it: 6 too many." in found
    assert "add up to 105, where 100 is named in all: 5 too many." in found
    assert "1 sum cannot be checked, since rows in it were not published." in found


def test_sums_that_hold_are_named_and_begin_small(folder: Path) -> None:
    rows = ("A places 14", "B places 14", "P1 places 28", "P2 places 71", "R1 places 43")
    found = said(audit_of(folder, *rows))
    assert "- These add up as they should: the 2 municipalities in West (places)." in found


def test_rows_stand_under_their_level_where_there_are_several(folder: Path) -> None:
    several = audit_of(folder, "P1 places 27", "A places 13", "P2 places 70", "B minors 3")
    table = next(part for part in paragraphs(several) if part[0].startswith("area "))
    assert [line.split("  ")[0] or line.split()[0] for line in table] == [
        *("area", "provinces", "West", "Oost", "municipalities", "Aalst", "Boom")
    ]
    one = audit_of(folder, "A places 13", "B minors 3")
    table = next(part for part in paragraphs(one) if part[0].startswith("area "))
    assert [line.split()[0] for line in table] == ["area", "Aalst", "Boom"]
    assert table[1].split() == ["Aalst", "places", "13", "14", "+1", "14.423"]
    assert "By level: 0 of 2 for provinces and 0 of 2 for municipalities." in said(several)


def test_what_is_within_reach_and_what_is_not(folder: Path) -> None:
    reach = {("A", "places"): (13, 15), ("B", "places"): (13, 15)}
    found = said(audit_of(folder, "A places 15", "B places 20", reach=reach))
    assert "1 of 2 others can come of figures within their tolerances, each number taken" in found
    assert "No figures within their tolerances give: Boom." in found
    assert "13 to 15: yes" in found
    assert "13 to 15: no" in found
    one = said(audit_of(folder, "A places 15", "B places 14", reach=reach))
    assert "1 of 1 other can come of figures within their tolerances" in one
    assert "No figures" not in one
    assert "within reach" not in said(audit_of(folder, "A places 15"))


def test_the_tolerances_are_named_with_their_source() -> None:
    instance = allocator.load("nl/reception-2024")
    assert instance.published is not None
    found = audited(allocator.distribute(instance), instance.published, reach_of(instance))
    assert "taken by itself (bounds of our own; the error of" in said(found)
    for level in ("provinces", "municipalities"):
        table = as_screen(found, None, "en").partition(f"\n{level}")[2]
        assert "\n  Groningen " in table


def test_a_balance_is_told_beside_whose_number(folder: Path) -> None:
    found = audit_of(folder, "A places 16", corrected=("A places 12", "B places 20"))
    shown = said(found)
    assert "Aalst places 12 16 publication −4" in shown
    assert "Boom places 20 14 the rule +6" in shown
    *_, a, b = csv.DictReader(io.StringIO(as_csv(found)))
    assert (a["difference"], a["implied"]) == ("", "-4")
    assert (b["computed"], b["implied"]) == ("14", "6")
    only = audit_of(folder, corrected=("A places 12",))
    assert "No published number can be compared (paper)." in said(only)


def test_the_reading_of_a_file_has_what_is_doubtful_first(folder: Path) -> None:
    place = [Place("t.csv", line) for line in range(5)]
    read = Downloaded(
        file="t.csv",
        rows=(),
        totals=(),
        recognised=(text("The columns are separated by {signs}.", signs=text("commas")),),
        matches=(
            Match("AALST", "A", "Aalst", text("spelt otherwise"), False, place[2]),
            Match("Bom", "B", "Boom", text("as --name says"), True, place[3]),
        ),
        aside=(LeftAside("Bron: x", text("it has no number"), place[4]),),
    )
    found = said(audit_of(folder, "A places 14"), "en", read)
    assert (
        "- The columns are separated by commas. "
        "- Line 3: 'Bom' is taken for Boom (B); as --name says – look whether that is right. "
        "- Line 2: 'AALST' is taken for Aalst (A); spelt otherwise. "
        "- Line 4, left aside: 'Bron: x'; it has no number." in found
    )


def test_csv_and_json_have_all_of_it(folder: Path) -> None:
    reach = {("A", "places"): (13, 15)}
    rows = ("A places 15", "B places 14", "P1 places 29", "C places 29")
    found = audit_of(folder, *rows, reach=reach, corrected=("D places 50",))
    lines = list(csv.reader(io.StringIO(as_csv(found))))
    assert lines[0] == list(COLUMNS)
    assert len(lines) == 6
    assert {len(line) for line in lines} == {len(COLUMNS)}
    assert lines[1] == [
        *("municipality", "A", "Aalst", "places", "number", "15", "14", "-1"),
        *("14.423076923077", "13", "15", ""),
    ]
    document = json.loads(as_json(found))
    assert document["rows"][0] == {
        **{"code": "A", "stream": "places", "published": 15, "computed": 14},
        **{"quota": "375/26", "reach": [13, 15]},
    }
    assert document["with_balance"][0]["implied"] == 8
    holds = {(one["code"], one["quantity"]): one["holds"] for one in document["sums"]}
    assert holds["P1", "number"] is True
    assert holds["P2", "number"] is None
    assert holds["NL", "number"] is None
    assert {"level": "municipality", "stream": "places", "codes": []} in document["unpublished"]
