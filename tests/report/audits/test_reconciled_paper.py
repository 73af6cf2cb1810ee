"""Figures that were found, or a refusal: the paper holds what the screen says."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from allocator.asking.reconciling import bounds_of
from allocator.audit.reconcile import CannotBe, Reconciled, reconcile
from allocator.model.indicator import Uncertain
from allocator.model.instance import Instance
from allocator.reading.instances.read import load
from allocator.report.audits.reconciled import as_csv, as_screen, refusal_on_screen
from allocator.report.audits.reconciled_paper import reconciled_paper
from allocator.report.paper import set_paper
from allocator.report.paper.paper import Paper, Table
from allocator.report.paper.said import said_rows
from allocator.words.say import say
from tests.cli.audits.test_reconcile import example

Found = tuple[Reconciled | CannotBe, Instance, Uncertain]


def found(folder: Path, *rows: str) -> Found:
    """What comes of published rows, such as "A,places,15"."""
    instance = load(example(folder, *rows))
    name, bounds = bounds_of(instance, None, None, ())
    return reconcile(instance, name, bounds.tolerances, bounds.free), instance, bounds


def said(paper: Paper, lang: str) -> list[str]:
    sections = [line for each in paper.sections for line in (*each.said, *each.notes)]
    return [say(line, lang) for line in (*paper.summary, *sections)]


def table_of(paper: Paper) -> Table:
    return next(table for section in paper.sections for table in section.tables)


def on_screen(found: Found, lang: str) -> str:
    result, instance, bounds = found
    if isinstance(result, CannotBe):
        return refusal_on_screen(result, instance, bounds, lang)
    return as_screen(result, instance, bounds, lang)


@pytest.mark.parametrize("rows", [("A,places,15", "NL,places,100"), ("A,places,14",)])
def test_what_the_paper_says_of_figures_stands_on_the_screen(
    tmp_path: Path, rows: tuple[str, ...]
) -> None:
    given = found(tmp_path, *rows)
    paper = reconciled_paper(*given)
    for lang in ("en", "nl"):
        screen = " ".join(on_screen(given, lang).split())
        assert said(paper, lang)
        for line in said(paper, lang):
            assert " ".join(line.split()) in screen
        for cells in said_rows(table_of(paper), lang)[1:]:
            assert " ".join(cells[:5]) in screen


def test_what_the_paper_says_of_a_refusal_stands_on_the_screen(tmp_path: Path) -> None:
    given = found(tmp_path, "P1,places,30", "A,places,14", "B,places,14")
    paper = reconciled_paper(*given)
    for lang in ("en", "nl"):
        screen = " ".join(on_screen(given, lang).split())
        for line in said(paper, lang):
            assert line in screen
    cells = {row.cells[0]: row.cells[-1] for row in table_of(paper).rows}
    assert cells == {"West": 30, "Aalst": 14, "Boom": 14}


def test_the_figures_are_those_of_the_csv(tmp_path: Path) -> None:
    given = found(tmp_path, "A,places,15")
    result, instance, _ = given
    assert isinstance(result, Reconciled)
    listed = [line.split(",") for line in as_csv(result, instance).splitlines()[1:]]
    lines = {line[0]: line[2:] for line in listed}
    for row in table_of(reconciled_paper(*given)).rows:
        _, before, after, change, _, low, high = row.cells
        for cell, written in zip((before, after, low, high), lines[row.code], strict=True):
            # twelve decimals in a csv
            assert (cell is None) == (written == "")
            assert cell is None or abs(cell - Fraction(written)) < Fraction(1, 10**11)  # type: ignore[operator]
        assert change == after - before  # type: ignore[operator]


def test_it_is_set_as_a_workbook_and_a_page(tmp_path: Path) -> None:
    for folder, rows in (("yes", ["A,places,15"]), ("no", ["A,places,14", "P1,places,40"])):
        paper = reconciled_paper(*found(tmp_path / folder, *rows))
        assert set_paper(paper, "xlsx", "nl").startswith(b"PK")
        assert b"Reconciliation: Example" in set_paper(paper, "html", "en")
