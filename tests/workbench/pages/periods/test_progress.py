"""How far a half-year is: the same on the page, in a file and on the command line."""

from __future__ import annotations

import html
import re
import shlex
from csv import DictReader
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator.cli.main import allocator
from allocator.workbench.brought import as_path
from allocator.workbench.uploads import KEPT, Upload, Uploads
from tests.workbench.asking import client

HERE = "/voortgang/nl/balances-2021-h2-example"
OTHER = "/voortgang/nl/housing-2021-h2"
REALISED = "code,number,month\nGM0344,12,1\nGM0687,3,1\nGM0344,30,2\n"


def command_shown(text: str) -> list[str]:
    shown = re.search(r"<pre><code>(allocator .*?)</code></pre>", text)
    assert shown
    return shlex.split(html.unescape(shown[1]))[1:]


@pytest.mark.parametrize("asked", ["", "&month=3", "&month=1&bounds=95,50"])
def test_page_and_file_are_those_of_the_command_that_is_shown(asked: str) -> None:
    page = client().get(f"{HERE}?lang=en{asked}")
    assert page.status_code == 200
    command = [*command_shown(page.text), "--format", "csv"]
    done = CliRunner().invoke(allocator, command, catch_exceptions=False)
    csv = client().get(f"{HERE}/bestand/csv?lang=en{asked}").text
    assert csv == done.stdout
    rows = dict(re.findall(r'<tr data-code="(\w+)"[^>]*>(.*?)</tr>', page.text))
    for cells in DictReader(StringIO(csv)):
        if cells["level"] == "municipality":
            row = rows[cells["code"]]
            assert f">{int(cells['realised']):,}</td>" in row
            assert f" {cells['state']}</td>" in row


def test_every_state_has_its_sign_and_its_words() -> None:
    page = client().get(f"{HERE}?lang=en&month=4").text
    signs = dict(
        re.findall(r'<span aria-hidden="true">(.)</span> <strong>[\d,]+</strong> ([a-z ]+)<', page)
    )
    assert set(signs.values()) == {"on schedule", "slightly behind", "behind schedule"}
    assert len(set(signs)) == 3
    for sign, state in signs.items():
        assert f"<td>{sign} {state}</td>" in page
        assert f"<td>{state}</td>" not in page


def test_the_larger_areas_come_before_all() -> None:
    page = client().get(f"{HERE}?lang=en").text
    first = page.partition("The country and its larger areas</caption>")[2].partition("</table>")[0]
    assert "Zeeland" in first
    assert "Middelburg" not in first


def test_another_month_and_no_month() -> None:
    for month in ("7", "0", "x", "1000000000000"):
        page = client().get(f"{HERE}?lang=en&month={month}")
        assert page.status_code == 422
        field = page.text.partition('id="h-month"')[2].partition("</div>")[0]
        assert "problem" in field
    page = client().get(f"{HERE}?lang=en&bounds=50,90")
    assert page.status_code == 422
    assert "problem" in page.text.partition('id="h-bounds"')[2].partition("</div>")[0]


def test_a_half_year_without_realised_numbers_says_what_is_lacking() -> None:
    page = client().get(f"{OTHER}?lang=en")
    assert page.status_code == 200
    assert "It is not known what was realised in 2021-H2: permit holders." in page.text
    assert 'type="file"' in page.text
    assert f'href="{HERE}?lang=en"' in page.text
    assert "--realised" not in page.text


def test_what_is_of_no_half_year_says_so() -> None:
    page = client().get("/voortgang/nl/reception-2024?lang=en")
    assert page.status_code == 200
    assert "of no half-year" in page.text
    assert 'type="file"' not in page.text


def test_what_was_realised_may_be_brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leaves = "\n".join(f"{code},1,1" for code in _leaves())
    found = client().post(
        OTHER,
        data={"lang": "en"},
        files={"file": ("cijfers.csv", f"code,number,month\n{leaves}\n")},
    )
    assert found.status_code == 200, found.text
    (tmp_path / "cijfers.csv").write_text(f"code,number,month\n{leaves}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    command = [*command_shown(found.text), "--format", "csv"]
    done = CliRunner().invoke(allocator, command, catch_exceptions=False)
    number = found.url.path.rpartition("/")[2]
    assert client().get(f"{OTHER}/{number}/bestand/csv?lang=en").text == done.stdout


def _leaves() -> list[str]:
    page = client().get("/bestand/nl/housing-2021-h2/csv").text
    rows = [line.split(",") for line in page.splitlines()[1:]]
    return [code for level, code, *_ in rows if level == "municipality"]


def test_what_is_wrong_with_a_file_is_told_by_line() -> None:
    found = client().post(
        OTHER,
        data={"lang": "en"},
        files={"file": ("x.csv", "code,number,month\nGM9999,1,1\n<script>,2,1\n")},
    )
    assert found.status_code == 422
    assert "Line 2:" in found.text
    assert "<script>,2" not in found.text
    assert "<script>'" not in found.text


def test_what_was_brought_is_gone_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    kept = Uploads(lambda: now[0])
    for module in ("bringing", "periods.progress"):
        monkeypatch.setattr(f"allocator.workbench.pages.{module}.UPLOADS", kept)
    number = kept.keep("x.csv", REALISED.encode())
    assert client().get(f"{OTHER}/{number}").status_code != 404
    now[0] = float(KEPT)
    assert client().get(f"{OTHER}/{number}").status_code == 404


def test_a_file_is_read_under_a_name_of_our_own() -> None:
    with as_path(Upload("../../x.csv", REALISED.encode(), 0.0), 10) as path:
        assert path.name == "table.csv"
        assert path.read_bytes() == REALISED.encode()
    assert not path.parent.exists()


def test_what_is_asked_of_a_distribution_does_not_stand_in_the_command() -> None:
    page = client().get(f"{HERE}?lang=en&month=3&key=population&rounding=up")
    command = " ".join(command_shown(page.text))
    assert command == "status nl/balances-2021-h2-example --month 3 --lang en"
    assert client().get(f"{HERE}/bestand/json").status_code == 404


def test_a_file_for_no_half_year_is_told() -> None:
    answer = client().post("/voortgang/nl/minors-2024-3660", files={"file": ("x.csv", b"")})
    assert answer.status_code == 422
    assert "deze verdeling is niet van een halfjaar" in answer.text
