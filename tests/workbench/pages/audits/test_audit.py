"""A table that is brought: read with care, shown as the command line has it, gone in an hour."""

from __future__ import annotations

import html
import io
import re
import shlex
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from httpx2 import Response

from allocator.cli.main import allocator
from allocator.report.audits.paper import audit_paper
from allocator.report.paper import set_paper
from allocator.workbench import uploads
from allocator.workbench.address import Scenario
from allocator.workbench.brought import audit_of
from allocator.workbench.guard import LARGEST as LARGEST_BODY
from allocator.workbench.uploads import KEPT, LARGEST, Upload, Uploads
from tests.workbench.asking import client

#: One whose figures are all official, so that nothing is tried within tolerances.
HERE = "/controle/nl/reception-2024-by-population"
PUBLISHED = "/controle/nl/reception-2024"
TABLE = "gemeente;opvangplaatsen\nMiddelburg;261\nAmsterdam;4479\nEnschede;638\n"
UNCLEAR = "gemeente;opvangplaatsen\nMidelburg;261\nBergen;120\nPieterburen;12\n"


def bring(content: str | bytes, name: str = "krant.csv", **more: str) -> Response:
    """The page to which a browser goes after bringing a file."""
    found: Response = client().post(
        HERE, data={"lang": "en", **more}, files={"file": (name, content)}
    )
    return found


def number_of(page: Response) -> str:
    return page.url.path.rpartition("/")[2]


def command_shown(page: Response) -> list[str]:
    shown = re.search(r"<pre><code>(allocator .*?)</code></pre>", page.text)
    assert shown
    return shlex.split(html.unescape(shown[1]))[1:]


def test_the_page_of_an_instance_shows_what_the_command_line_shows() -> None:
    page = client().get(f"{PUBLISHED}?lang=en")
    assert page.status_code == 200
    command = [*command_shown(page), "--format", "csv"]
    done = CliRunner().invoke(allocator, command, catch_exceptions=False)
    assert client().get(f"{PUBLISHED}/bestand/csv?lang=en").text == done.stdout
    assert "33 numbers are not what the rule gives" in page.text


@pytest.mark.parametrize(
    ("table", "asked"),
    [
        (TABLE, ""),
        (TABLE, "&total.places=90000"),
        (UNCLEAR, "&name.Midelburg=GM0687&name.Bergen=GM0373&name.Pieterburen=-"),
        ("gemeente;a;b\nMiddelburg;261;3\nAmsterdam;4479;4\n", "&column.places=B"),
    ],
)
def test_the_command_that_is_shown_reads_a_table_likewise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, asked: str
) -> None:
    brought = bring(table)
    page = client().get(f"{brought.url}{asked}")
    assert page.status_code == 200, page.text
    (tmp_path / "krant.csv").write_text(table, "utf-8")
    monkeypatch.chdir(tmp_path)
    command = [*command_shown(page), "--format", "csv"]
    done = CliRunner().invoke(allocator, command, catch_exceptions=False)
    csv = client().get(f"{HERE}/{number_of(brought)}/bestand/csv?lang=en{asked}")
    assert csv.text == done.stdout


def test_page_and_files_hold_the_same_numbers() -> None:
    brought = bring(TABLE)
    rows = re.findall(r'<tr data-code="(\w+)">(.*?)</tr>', brought.text)
    for line in client().get(f"{HERE}/{number_of(brought)}/bestand/csv").text.splitlines()[1:]:
        cells = line.split(",")
        told = [row for code, row in rows if code == cells[1]]
        assert any(all(f">{int(n):,}</td>" in row for n in cells[5:7]) for row in told)


def test_files_are_the_report_of_the_command_line() -> None:
    number = number_of(bring(TABLE))
    audit, read = audit_of(
        Scenario("nl/reception-2024-by-population"), Upload("krant.csv", TABLE.encode(), 0)
    )
    for form in ("xlsx", "html"):
        file = client().get(f"{HERE}/{number}/bestand/{form}?lang=en")
        assert file.content == set_paper(audit_paper(audit, read), form, "en")


def test_a_workbook_is_read_by_its_content_whatever_its_name() -> None:
    content = client().get("/bestand/nl/reception-2024-by-population/xlsx").content
    page = bring(content, "krant.csv")
    assert "krant.csv.xlsx" in page.text
    assert page.status_code in (200, 422)
    assert "U+" not in page.text  # it was not taken for a text


def test_a_name_in_doubt_is_asked_at_a_field_of_its_own() -> None:
    page = bring(UNCLEAR)
    assert page.status_code == 422
    for name in ("Midelburg", "Bergen", "Pieterburen"):
        field = page.text.partition(f'id="f-name.{name}"')[2].partition("</select>")[0]
        assert 'value="-"' in field
        assert "selected>Choose" in field
    bergen = page.text.partition('id="f-name.Bergen"')[2].partition("</select>")[0]
    assert set(re.findall(r'value="(GM\d+)"', bergen)) >= {"GM0373", "GM0893"}
    assert "--name" not in page.text


def test_a_column_in_doubt_is_asked_at_its_field() -> None:
    page = bring("gemeente;a;b\nMiddelburg;261;3\nAmsterdam;4479;4\n")
    assert page.status_code == 422
    field = page.text.partition('id="h-column.places"')[2].partition("</div>")[0]
    assert "B &#39;a&#39;, C &#39;b&#39;" in field or "B &#39;a&#39; and C &#39;b&#39;" in field
    assert "--column" not in page.text


def test_a_name_taken_with_doubt_is_said_and_may_be_taken_back() -> None:
    page = bring("gemeente;opvangplaatsen\nMiddelburg;261\nDe Friese Meren;120\n")
    assert page.status_code == 200
    assert "1 name was taken with some doubt" in page.text
    field = page.text.partition('id="f-name.De_Friese_Meren"')[2].partition("</select>")[0]
    assert '<option value="GM1940" selected>' in field
    aside = client().get(f"{page.url}&name.De Friese Meren=-")
    assert 'data-code="GM1940"' in page.text
    assert (
        'data-code="GM1940"'
        not in aside.text.partition("Every published number")[2].partition("Not published")[0]
    )


def test_a_municipality_that_was_gone_is_asked_and_its_heirs_are_told() -> None:
    page = bring("gemeente;opvangplaatsen\nMiddelburg;261\nHaaren;12\n")
    assert page.status_code == 422
    assert "was gone on 1 February 2024; it went into Oisterwijk" in page.text


def test_a_table_is_gone_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    kept = Uploads(lambda: now[0])
    for module in ("bringing", "audits.audit"):
        monkeypatch.setattr(f"allocator.workbench.pages.{module}.UPLOADS", kept)
    page = bring(TABLE)
    assert client().get(str(page.url)).status_code == 200
    now[0] = float(KEPT)
    gone = client().get(str(page.url))
    assert gone.status_code == 404
    assert "kept for an hour" in gone.text
    assert client().get(f"{HERE}/{number_of(page)}/bestand/csv").status_code == 404


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert bring(TABLE).status_code == 200
    assert bring(UNCLEAR).status_code == 422
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\Windows\\win.ini",
        "<script>alert(1)</script>.csv",
        "-rf.csv",
        "\u202evsc.exe",
    ],
)
def test_the_name_of_a_file_is_only_shown(name: str) -> None:
    page = bring(TABLE, name)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text
    shown = command_shown(page)[1]
    assert not {"/", "\\"} & set(shown)
    assert not shown.startswith("-")


def workbook(**parts: bytes) -> bytes:
    """An archive with the parts of a workbook, packed tightly."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        workbook(workbook=b" " * 110_000_000),  # a bomb: 110 kB that unpack to 110 MB
        workbook(workbook=b"<a>" * 2_000_000),
        workbook(workbook=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        workbook(workbook=b"<workbook/>")[:-30],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
        b"%PDF-1.7 and so on",
        b"\0" * 1000,
        b"\xff\xfe" + "gemeente;aantal".encode("utf-16-le"),
        b"gemeente;opvangplaatsen\n" + b"Utrecht;1\n" * 100_000,
        b"," * 2_000_000,
        b'"' * 200_001,
        b"gemeente;opvangplaatsen\n=cmd|'/c calc'!A1;12\n<img src=x onerror=alert(1)>;3\n",
        b"PK\x03\x04" + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    ],
    ids=range(13),
)
def test_a_hostile_file_is_told_in_words(content: bytes) -> None:
    page = bring(content, "table.xlsx")
    assert page.status_code == 422
    assert '<div class="summary" id="said" role="alert">' in page.text
    assert "<img src=x" not in page.text
    assert client().get(HERE).status_code == 200


def test_too_large_too_many_and_nothing() -> None:
    assert bring(b"1" * (LARGEST + 1)).status_code == 422
    assert bring(b"").status_code == 422
    assert client().post(HERE, data={"lang": "en"}).status_code == 422
    two = [("file", ("a.csv", TABLE)), ("file", ("b.csv", TABLE))]
    assert client().post(HERE, files=two).status_code == 422
    many = {f"field{each}": "1" for each in range(20)}
    assert bring(TABLE, **many).status_code == 422
    assert client().post(HERE, content=b"{}", headers={"Content-Type": "x/y"}).status_code == 422


def test_a_body_without_a_length_ends_where_it_is_too_large() -> None:
    sent = (b"1" * 1_000_000 for _ in range(LARGEST_BODY // 1_000_000 + 2))
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client().post(HERE, content=sent, headers=kind).status_code in (413, 422)


def test_another_site_may_bring_nothing() -> None:
    found = client().post(
        HERE, files={"file": ("a.csv", TABLE)}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert found.status_code == 403


def test_a_table_is_of_the_distribution_that_is_chosen() -> None:
    page = bring(TABLE, of="nl/places-2024-77100")
    assert page.url.path.startswith("/controle/nl/places-2024-77100/")
    assert bring(TABLE, of="../../etc").url.path.startswith(HERE)


def test_an_instance_without_a_table_asks_for_one() -> None:
    page = client().get(f"{HERE}?lang=en")
    assert page.status_code == 200
    assert 'type="file"' in page.text
    assert "Bring one to check it" in page.text


def test_whether_a_newspaper_follows_the_law_is_four_steps_away() -> None:
    """From the start page: the errand, the file, the button, and the first sentence says it."""
    assert f'href="{PUBLISHED}?lang=en"' in client().get("/?lang=en").text
    page = client().get(f"{PUBLISHED}?lang=en").text
    assert f'<form method="post" action="{PUBLISHED}" enctype="multipart/form-data">' in page
    brought = bring("gemeente;opvangplaatsen\nMiddelburg;900\n", of="nl/reception-2024").text
    said = brought.partition('id="said">')[2].partition("</p>")[0]
    assert "1 number of this table is not what the rule gives." in said


def test_the_form_may_hold_what_is_kept() -> None:
    """The largest file that is kept fits in the largest body that is read."""
    assert uploads.LARGEST < LARGEST_BODY


def test_a_name_that_is_asked_of_a_country_without_a_list_of_areas_is_told() -> None:
    here = "/controle/be/distribution-2016-example"
    brought = client().post(here, files={"file": ("x.csv", TABLE)}, follow_redirects=False)
    answer = client().get(brought.headers["location"], params={"name.Midelburg": "GM0687"})
    assert answer.status_code == 422
    assert "areas" in answer.text
