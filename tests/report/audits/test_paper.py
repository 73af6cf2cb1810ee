"""The papers of an audit and of a difference hold every number of the csv and the json."""

from __future__ import annotations

import json
from functools import cache

import pytest

import allocator
from allocator.audit.differ import Difference, difference
from allocator.audit.published import Audit, audited, reach_of
from allocator.model.problem import Problems
from allocator.reading.country.tables import changes_of
from allocator.report.audits import audit as report
from allocator.report.audits import diff
from allocator.report.audits.paper import audit_paper, diff_paper
from tests.report.paper.looked_up import Heading, differing, lines, numbers_in, rows_of, tables

ROW: dict[str, Heading] = {
    "published": "published",
    "computed": "computed",
    "difference": "difference",
    "quota": "quota",
}


@cache
def audit_of(name: str) -> Audit:
    instance = allocator.load(name)
    assert instance.published
    return audited(allocator.distribute(instance), instance.published, reach_of(instance))


@pytest.fixture(scope="module")
def difference_() -> Difference:
    pair = [allocator.distribute(allocator.load(f"nl/housing-{h}")) for h in ("2022-h2", "2023-h1")]
    problems = Problems()
    changes = changes_of("nl", problems)
    problems.raise_any()
    return difference(pair[0], pair[1], changes)


def test_an_audit_has_every_row_of_its_csv() -> None:
    found = audit_of("nl/reception-2024")
    table = tables(audit_paper(found, None))["Every published number"]
    rows = list(rows_of(report.as_csv(found)))
    where = {**ROW, "lowest": "lowest", "highest": "highest"}
    assert differing(table, rows, where, quota=12) == []
    assert len(table.rows) == len(rows) == 44


def test_balances_are_implied() -> None:
    found = audit_of("nl/housing-2023-h1")
    table = tables(audit_paper(found, None))["Numbers with a balance in them"]
    rows = [row for row in rows_of(report.as_csv(found)) if row["quantity"] == "corrected"]
    where: dict[str, Heading] = {
        "published": "published with balance",
        "computed": "computed",
        "implied": "implied balance",
    }
    assert differing(table, rows, where) == []
    assert len(table.rows) == len(rows) > 0


def test_an_audit_has_every_sum_and_all_that_was_not_published() -> None:
    found = audit_of("nl/reception-2024")
    data = json.loads(report.as_json(found))
    named = tables(audit_paper(found, None))
    columns = ("rows published", "rows in all", "sum", "published for it", "named in all")
    sums = [tuple(cells[column] for column in columns) for _, cells in lines(named["Sums"])]
    names = ("rows", "of", "sum", "published", "named")
    assert sums == [tuple(each[name] for name in names) for each in data["sums"]]
    codes = [code for each in data["unpublished"] for code in each["codes"]]
    assert [row.code for row in named["Not published"].rows] == codes


def test_what_differs_stands_by_itself() -> None:
    found = audit_of("nl/reception-2024")
    table = tables(audit_paper(found, None))["What differs"]
    assert len(table.rows) == len(found.different)
    assert all(cells["difference"] for _, cells in lines(table))


def test_a_difference_has_every_number_of_its_csv(difference_: Difference) -> None:
    rows = list(rows_of(diff.as_csv(difference_)))
    titles = list(rows[0])[9:]  # the steps
    steps: dict[str, Heading] = {name: f"({n})" for n, name in enumerate(titles, 1)}
    where: dict[str, Heading] = {
        **{"before": ("", "A"), "after": ("", "B"), "difference": "difference"},
        **{"quota_before": ("quota", "A"), "quota_after": ("quota", "B"), **steps},
    }
    named = tables(diff_paper(difference_, "en"))
    single = [row for row in rows if "→" not in row["name"]]
    every = named["Permit holders"]
    assert differing(every, single, where, quota_before=12, quota_after=12) == []
    groups = [{**row, "code": row["name"]} for row in rows if "→" in row["name"]]
    merged = named["Merged, split, new or gone, as groups:"]
    assert differing(merged, groups, where, quota_before=12, quota_after=12) == []
    assert len(titles) == 3
    assert groups


def test_both_languages_have_the_same_numbers(difference_: Difference) -> None:
    audit = audit_of("nl/reception-2024")
    assert numbers_in(audit_paper(audit, None), "nl") == numbers_in(audit_paper(audit, None), "en")
    dutch, english = diff_paper(difference_, "nl"), diff_paper(difference_, "en")
    assert numbers_in(dutch, "nl") == numbers_in(english, "en")
