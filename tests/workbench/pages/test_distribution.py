"""The page of a distribution never differs from the command line."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from allocator.cli.main import allocator
from tests.workbench.asking import client

QUESTIONS = [
    {},
    {"counts.ses_woa": "50"},
    {"key": "population", "keep": "province", "rounding": "consistent"},
    {"total.places": "90000", "rounding": "up"},
]


@pytest.mark.parametrize("asked", QUESTIONS)
def test_the_command_that_is_shown_gives_the_same_file(asked: dict[str, str]) -> None:
    question = urlencode({**asked, "lang": "en"})
    page = client().get(f"/verdeling/nl/reception-2024?{question}")
    assert page.status_code == 200
    shown = re.search(r"<pre><code>(allocator run .*?)</code></pre>", page.text)
    assert shown
    words = shlex.split(shown[1].replace("&#39;", "'").replace("&#34;", '"'))[1:]
    done = CliRunner().invoke(allocator, [*words, "--format", "csv"], catch_exceptions=False)
    csv = client().get(f"/bestand/nl/reception-2024/csv?{question}")
    assert csv.text == done.stdout


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_a_report_is_that_of_the_command_line_with_its_files(form: str, tmp_path: Path) -> None:
    words = ["run", "nl/reception-2024", "--key", "population", "--lang", "en"]
    out = tmp_path / f"report.{form}"
    CliRunner().invoke(allocator, [*words, "--out", str(out)], catch_exceptions=False)
    asked = f"/bestand/nl/reception-2024/{form}?key=population&lang=en"
    assert client().get(asked).content == out.read_bytes()


@pytest.mark.parametrize("asked", QUESTIONS)
def test_every_number_of_the_file_stands_in_the_page(asked: dict[str, str]) -> None:
    question = urlencode({**asked, "lang": "en"})
    page = client().get(f"/verdeling/nl/reception-2024?{question}").text
    rows = dict(re.findall(r'<tr data-code="(\w+)"[^>]*>(.*?)</tr>', page))
    for line in client().get(f"/bestand/nl/reception-2024/csv?{question}").text.splitlines()[1:]:
        _, code, *_, number = line.split(",")
        assert f">{int(number):,}</td>" in rows[code]


def test_a_typing_error_is_told_at_its_field() -> None:
    page = client().get("/verdeling/nl/reception-2024?key=popul&lang=en")
    assert page.status_code == 422
    field = page.text.partition('id="f-key"')[2].partition("</div>")[0]
    assert 'aria-invalid="true"' in field
    assert "population" in field


def test_the_same_question_has_one_address() -> None:
    page = client().get("/verdeling/nl/reception-2024?total.places=96000&counts.ses_woa=100").text
    assert "total.places=" not in page.partition("<nav")[2]


def test_one_municipality() -> None:
    page = client().get("/gemeente/nl/reception-2024/GM0687").text
    assert "opvangplaatsen: 261" in page.lower()
    assert client().get("/gemeente/nl/reception-2024/GM9999").status_code == 404


def test_another_instance_is_not_there() -> None:
    assert client().get("/verdeling/nl/..%2f..%2fetc").status_code == 404
    assert client().get("/verdeling/../../etc/passwd").status_code == 404


def test_signs_that_no_page_may_hold_are_shown_as_another() -> None:
    for asked in ({"key": "population\x00"}, {"total.x\x1f": "1"}, {"a\x7fb": "1"}):
        answer = client().get("/verdeling/nl/minors-2024-3660", params=asked)
        assert answer.status_code == 422
        assert not set(map(chr, (*range(9), *range(14, 32), 127))) & set(answer.text)
