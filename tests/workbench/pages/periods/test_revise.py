"""The page of another national number says what the report and the command line say."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator.cli.main import allocator
from tests.workbench.asking import client
from tests.workbench.pages.comparison.test_compare import rows, shown_command

QUESTIONS = [
    ("nl/reception-2024", {"total.places": "90000"}),
    ("nl/reception-2024", {"total.places": "99000", "rounding": "consistent"}),
    ("nl/reception-2024", {"total.minors": "9000", "stream": "minors"}),
    ("nl/housing-2023-h2", {}),
    ("nl/housing-2023-h2", {"total.permit_holders": "25000"}),
]


@pytest.mark.parametrize(
    ("instance", "asked", "form"),
    [*((*each, "csv") for each in QUESTIONS), (*QUESTIONS[0], "html"), (*QUESTIONS[3], "xlsx")],
)
def test_the_command_that_is_shown_gives_the_same_file(
    instance: str, asked: dict[str, str], form: str, tmp_path: Path
) -> None:
    page = client().get(f"/herzien/{instance}", params={**asked, "lang": "en"})
    assert page.status_code == 200
    out = tmp_path / f"out.{form}"
    command = [*shown_command(page.text), "--out", str(out)]
    CliRunner().invoke(allocator, command, catch_exceptions=False)
    file = client().get(f"/herzien/{instance}/{form}", params={**asked, "lang": "en"})
    assert file.content == out.read_bytes()


@pytest.mark.parametrize(("instance", "asked"), QUESTIONS)
def test_the_table_of_the_page_is_that_of_the_file(instance: str, asked: dict[str, str]) -> None:
    address = f"/herzien/{instance}"
    page = rows(client().get(address, params={**asked, "lang": "en"}).text)
    head, *lines = client().get(f"{address}/csv", params={**asked, "lang": "en"}).text.splitlines()
    wanted = asked.get("stream", lines[0].split(",")[4])
    before = head.split(",").index("original")
    for line in lines:
        cells = line.split(",")
        if cells[4] == wanted:
            whole = [f"{abs(int(n)):,}" for n in cells[before:] if n]
            assert [each.lstrip("+−") for each in page[cells[1]]] == whole


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("90000", "Nobody gets more reception places: the number falls."),
        ("99000", "Nobody gets fewer reception places: the number rises."),
    ],
)
def test_nobody_goes_against_the_direction(number: str, told: str) -> None:
    asked = {"total.places": number, "rounding": "consistent", "lang": "en"}
    page = client().get("/herzien/nl/reception-2024", params=asked).text
    assert told in page
    signs = {cells[-1][0] for cells in rows(page).values()} - {"0"}
    assert signs == {"−" if number == "90000" else "+"}


def test_numbers_are_explained_only_where_the_explanation_gives_them() -> None:
    """What an earlier table keeps from its quota has no page that explains it."""
    plain = client().get("/herzien/nl/reception-2024?total.places=90000").text
    assert 'href="/gemeente/nl/reception-2024/GM0687?total.places=90000"' in plain
    bound = client().get("/herzien/nl/reception-2024?total.places=96001&rounding=consistent").text
    assert 'data-code="GM0687"' in bound
    assert 'href="/gemeente/' not in bound


def test_without_another_number_the_page_asks_for_one() -> None:
    page = client().get("/herzien/nl/reception-2024?lang=en&key=population&total.places=96000")
    assert page.status_code == 200
    assert "Type another national number" in page.text
    assert client().get("/herzien/nl/reception-2024/kaart").status_code == 404
    assert client().get("/herzien/nl/reception-2024/csv").status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        {"total.places": "many"},
        {"total.places": "-5"},
        {"total.places": "9" * 400},
        {"total.elephants": "5"},
        {"total.places": "90000", "rounding": "<script>"},
    ],
)
def test_wrong_numbers_are_told_in_words(asked: dict[str, str]) -> None:
    for path in ("", "/kaart", "/csv", "/xlsx"):
        answer = client().get(f"/herzien/nl/reception-2024{path}", params=asked)
        assert answer.status_code == 422
        assert "<script>" not in answer.text.partition("<body")[2]


def test_the_map_shows_the_difference() -> None:
    drawn = client().get("/herzien/nl/reception-2024/kaart?total.places=90000&lang=en")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "(90,000), beside" in drawn.text
