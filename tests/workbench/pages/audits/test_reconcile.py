"""Figures that would give a table: found apart, and as the command line finds them."""

from __future__ import annotations

import re
import shlex
from fractions import Fraction
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from click.testing import CliRunner
from httpx2 import Response

from allocator.cli.main import allocator
from allocator.reading.instances.read import load
from allocator.report.audits.reconciled import held
from allocator.words.say import say
from allocator.workbench.address import Scenario, read
from allocator.workbench.uploads import UPLOADS
from allocator.workbench.work.reconciliations import (
    ReconcileWork,
    bounds_asked,
    command_of,
    work_of,
)
from tests.workbench.asking import client

RECEPTION = "nl/reception-2024"
PROVINCES = "nl/minors-2024-3660"
PLACES = "nl/places-2024-77100"
SHARES = "eu/resettlement-2015-shares"
TOGETHER = "de/koenigstein-2015"  # which is rounded so that every level adds up
HERE = f"/verzoenen/{RECEPTION}"


def typed(command: str, *more: str) -> str:
    words = shlex.split(command)[1:]
    return CliRunner().invoke(allocator, [*words, *more], catch_exceptions=False).stdout


def commanded(instance: str, query: str) -> str:
    return command_of(read(instance, parse_qsl(query)))


def answered(instance: str, form: str, query: str) -> Response:
    """The file, once it is there: a request waits some seconds for it."""
    for _ in range(5):
        file: Response = client().get(f"/verzoenen/{instance}/bestand/{form}?{query}")
        if file.headers.get("content-disposition"):
            return file
    raise AssertionError(file.text)


def test_page_and_file_are_those_of_the_command_line() -> None:
    query = "indicator=listed&tolerance=0,01&free=AT&lang=en"
    command = commanded(SHARES, query)
    assert answered(SHARES, "csv", query).text == typed(command, "--format", "csv")
    assert answered(SHARES, "json", query).json()["rows"] == 28
    page = client().get(f"/verzoenen/{SHARES}?{query}")
    assert page.status_code == 200
    assert command in page.text
    assert "all 28 published numbers follow" in page.text
    assert "0.01 for each, as asked" in page.text
    assert "at most twice the weight as given: Austria." in page.text


def test_a_refusal_is_a_page_without_a_csv(tmp_path: Path) -> None:
    query, out = "indicator=population&tolerance=1&lang=en", tmp_path / "x.html"
    assert typed(commanded(PLACES, query), "--out", str(out)) == ""
    assert answered(PLACES, "html", query).content == out.read_bytes()
    assert answered(PLACES, "json", query).json()["figures"] is None
    page = client().get(f"/verzoenen/{PLACES}?{query}")
    assert page.status_code == 200
    assert "This number cannot come out: Limburg reception places 4,355." in page.text
    assert "/bestand/html" in page.text
    assert "/bestand/csv" not in page.text
    csv = client().get(f"/verzoenen/{PLACES}/bestand/csv?{query}")
    assert csv.url.path == f"/verzoenen/{PLACES}"


def test_a_tolerance_that_is_wide_enough_is_offered() -> None:
    beyond = Fraction(answered(RECEPTION, "json", "tolerance=0.01").json()["largest"]) / 100
    page = client().get(f"{HERE}?tolerance=0.01&lang=en").text
    offered = re.search(r"off by ([0-9.]+) at most</a>", page)
    assert offered
    assert f"?tolerance={offered[1]}&amp;lang=en" in page
    assert beyond <= Fraction(offered[1]) < beyond + Fraction(1, 10**6)


def test_the_same_question_is_the_same_work_in_every_language() -> None:
    plain = Scenario(RECEPTION, key="1", month="3", tolerance="0,1", totals={"places": "9"})
    works = {work_of(plain.with_(lang=lang)) for lang in ("nl", "en")}
    assert works == {ReconcileWork(RECEPTION, (("tolerance", "0.1"),))}
    assert works.pop().address("en") == f"{HERE}?tolerance=0.1&lang=en"


def test_a_free_area_comes_beside_those_of_the_instance() -> None:
    instance = load(RECEPTION)
    _, bounds = bounds_asked(Scenario(RECEPTION, free=("GM0093",)), instance)
    lines = " ".join(say(line, "en") for line in held(instance, bounds))
    assert "Rozendaal and Terschelling" in lines


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("tolerance=-1", "f-tolerance", "is negative"),
        ("tolerance=1e9999999", "f-tolerance", "1e9999999"),
        ("free=%3Cscript%3E", "f-free-1", "There is no area &lt;script&gt;"),
        ("indicator=../../etc/passwd", "f-indicator", "There is no indicator"),
        ("indicator=population", "f-indicator", "It is not said how far"),
    ],
)
def test_what_does_not_fit_stands_at_its_field(query: str, field: str, said: str) -> None:
    page = client().get(f"{HERE}?{query}&lang=en")
    assert page.status_code == 422
    assert said in page.text
    assert client().get(f"{HERE}/bestand/xlsx?{query}&lang=en").status_code == 422
    if query != "indicator=population":  # which is mended at the tolerance, or in the instance
        at = page.text.index(f'id="{field}"')
        assert 'aria-invalid="true"' in page.text[at : page.text.index(">", at)]


def test_what_is_lacking_is_told() -> None:
    none = client().get("/verzoenen/nl/reception-2024-by-population?lang=en")
    assert none.status_code == 200
    assert "No published table" in none.text
    certain = client().get(f"/verzoenen/{PROVINCES}?lang=en")
    assert certain.status_code == 200
    assert "It is not known which figures of this case may be off." in certain.text
    assert 'name="tolerance"' in certain.text
    assert client().get(f"{HERE}/bestand/py").status_code == 404


def test_a_rule_that_cannot_be_turned_round_says_why() -> None:
    work = work_of(Scenario(TOGETHER, indicator="population", tolerance="1"))
    page = client().get(work.address("en"))
    while page.status_code == 202:
        page = client().get(work.address("en"))
    assert page.status_code == 422
    assert "Only rules that round each area by itself can be reconciled." in page.text


def test_the_published_table_leads_here_and_one_that_is_brought_does_not() -> None:
    of = f"/controle/{PROVINCES}"
    assert f'href="/verzoenen/{PROVINCES}?lang=en"' in client().get(f"{of}?lang=en").text
    number = UPLOADS.keep("a.csv", b"provincie;amv\nZeeland;80\nDrenthe;103\n")
    brought = client().get(f"{of}/{number}?lang=en")
    assert brought.status_code == 200
    assert "/verzoenen/" not in brought.text


def test_the_figures_that_the_instance_calls_uncertain_are_chosen_already() -> None:
    page = client().get(f"{HERE}?tolerance=x&lang=en").text
    assert '<option value="" selected>SES-WOA score</option>' in page
