"""The papers of half-years hold every number that the csv has, in both languages."""

from __future__ import annotations

import json
from datetime import date

import pytest

from allocator.asking.half_years import account_of, month_asked, realised_known
from allocator.asking.revising import revision_of
from allocator.model.half_year import HalfYear
from allocator.periods.progress import Standings, standings
from allocator.periods.revision import Revision
from allocator.periods.series import Series, national, shelf
from allocator.reading.instances.records import find_record, instances_of
from allocator.report.paper.paper import Paper
from allocator.report.periods import revised, series_data, status
from allocator.report.periods.paper import revised_paper, series_paper, status_paper
from allocator.report.periods.series import HEADING
from allocator.report.periods.series import title_of as series_title
from allocator.words.say import say
from tests.report.paper.looked_up import (
    Heading,
    differing,
    lines,
    numbers_in,
    rows_of,
    same,
    tables,
)

BEHIND = "behind it"
STATUS: dict[str, Heading] = {
    "number": (BEHIND, "number"),
    "changed": (BEHIND, "joint changes"),
    "computed": (BEHIND, "opening, computed"),
    "published": (BEHIND, "opening, published"),
    "excusable": (BEHIND, "excusable"),
    "missed": (BEHIND, "half-years not met in a row"),
    "excused": (BEHIND, "excused half-years"),
    "opening": "opening",
    "corrected": "to do",
    "norm": "norm",
    "realised": "realised",
}


@pytest.fixture(scope="module")
def now() -> tuple[Standings, HalfYear]:
    account = account_of("nl/balances-2021-h2-example")
    month, bounds = month_asked(account, 4), account.instance.rule.progress
    return standings(account, month, bounds), realised_known(account)


@pytest.fixture(scope="module")
def lowered() -> Revision:
    """27,300 permit holders became 17,600."""
    return revision_of("nl/housing-2023-h2", {}, None)


@pytest.fixture(scope="module")
def over_the_years() -> Series:
    record = find_record("nl/housing")
    return national(shelf(record, instances_of(record), None, None))


def test_status_has_every_number_of_its_csv(now: tuple[Standings, HalfYear]) -> None:
    table = tables(status_paper(*now, "en"))["Permit holders"]
    rows = list(rows_of(status.as_csv(now[0])))
    assert differing(table, rows, STATUS, norm=3) == []
    assert len(rows) == len(table.rows) > 342


def test_status_tells_every_month(now: tuple[Standings, HalfYear]) -> None:
    table = tables(status_paper(*now, "en"))["Month by month"]
    assert [str(row.cells[0]) for row in table.rows] == [
        *("1 July", "2 August", "3 September", "4 October")
    ]


def test_a_revision_has_every_number_of_its_csv(lowered: Revision) -> None:
    table = tables(revised_paper(lowered, "en"))["Permit holders"]
    where: dict[str, Heading] = {
        "original": "original",
        "number": "new",
        "difference": "difference",
    }
    rows = list(rows_of(revised.as_csv(lowered)))
    assert differing(table, rows, where) == []
    assert rows[0].keys() - where.keys() == {"level", "code", "name", "parent", "stream"}


def test_a_series_has_every_number_of_its_csv(over_the_years: Series) -> None:
    title = str(series_title(over_the_years))
    found = dict(lines(tables(series_paper([over_the_years], "en"))[title]))
    for row in rows_of(series_data.as_csv([over_the_years])):
        cells = found[row["period"]]
        assert [n for n in HEADING if not same(cells[str(HEADING[n])], row[n])] == []


def test_a_series_says_which_numbers_were_not_published(over_the_years: Series) -> None:
    title = str(series_title(over_the_years))
    found = dict(lines(tables(series_paper([over_the_years], "en"))[title]))
    computed = found["2016-H2"]["computed, not published"]
    assert say(computed or "", "en") == "adds up to and corrected"


def test_sums_that_do_not_fit_are_cautions(over_the_years: Series) -> None:
    (section,) = series_paper([over_the_years], "en").sections
    assert any("2020-H2" in str(caution) for caution in section.cautions)
    sums = [row.cells for row in section.tables[1].rows if row.cells[0] == "2020-H2"]
    assert (6500, 9000, 2500) in [(cells[2], cells[4], cells[6]) for cells in sums]


def test_days_of_announcement_are_days(over_the_years: Series) -> None:
    given = json.loads(series_data.as_json([over_the_years]))["series"][0]["announced"]
    found = dict(lines(tables(series_paper([over_the_years], "en"))["Days of announcement"]))
    assert len(found) == len(given) > 0
    for each in given:
        cells = found[each["period"]]
        assert cells["announced on"] == date.fromisoformat(each["day"])
        assert cells["last day"] == date.fromisoformat(each["latest"])


def test_both_languages_have_the_same_numbers(
    now: tuple[Standings, HalfYear], lowered: Revision, over_the_years: Series
) -> None:
    def papers(lang: str) -> list[Paper]:
        series = series_paper([over_the_years], lang)
        return [status_paper(*now, lang), revised_paper(lowered, lang), series]

    for dutch, english in zip(papers("nl"), papers("en"), strict=True):
        assert numbers_in(dutch, "nl") == numbers_in(english, "en")
