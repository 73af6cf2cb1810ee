"""The page that compares keys says what the report and the command line say."""

from __future__ import annotations

import re
import shlex
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from allocator.cli.main import allocator
from tests.workbench.asking import client

HERE = "/vergelijken/nl/reception-2024"
Asked = list[tuple[str, str]]
QUESTIONS: list[Asked] = [
    [("with", "population"), ("inside", "PV25")],
    [("with", "land=land_ha"), ("with", "1"), ("keep", "province"), ("rounding", "consistent")],
    [("with", "nl/reception-by-density"), ("total.places", "90000")],
    [("with", "population"), ("inside", "Walcheren=Middelburg,Veere,Vlissingen")],
    [("counts.ses_woa", "50"), ("with", "population"), ("missing", "mean")],
]


def address(asked: Asked, path: str = "", lang: str = "en") -> str:
    return f"{HERE}{path}?{urlencode([*asked, ('lang', lang)])}"


def shown_command(page: str) -> list[str]:
    found = re.search(r"<pre><code>allocator (.*?)</code></pre>", page)
    assert found
    return shlex.split(unescape(found[1]))


def rows(page: str) -> dict[str, list[str]]:
    found = re.findall(r'<tr data-code="(\w+)"[^>]*>(.*?)</tr>', page)
    return {code: re.findall(r'<td class="n">(.*?)</td>', row) for code, row in found}


OTHER_FORMS = [(QUESTIONS[0], form) for form in ("json", "html", "xlsx")]


@pytest.mark.parametrize(("asked", "form"), [*((q, "csv") for q in QUESTIONS), *OTHER_FORMS])
def test_the_command_that_is_shown_gives_the_same_file(
    asked: Asked, form: str, tmp_path: Path
) -> None:
    page = client().get(address(asked))
    assert page.status_code == 200
    out = tmp_path / f"out.{form}"
    command = [*shown_command(page.text), "--out", str(out)]
    CliRunner().invoke(allocator, command, catch_exceptions=False)
    assert client().get(address(asked, f"/{form}")).content == out.read_bytes()


@pytest.mark.parametrize("asked", QUESTIONS)
def test_the_table_of_the_page_is_that_of_the_file(asked: Asked) -> None:
    page = rows(client().get(address(asked)).text)
    keys = 1 + sum(name in ("with", "counts.ses_woa") for name, _ in asked)
    found: dict[str, list[str]] = {}
    for line in client().get(address(asked, "/csv")).text.splitlines()[1:]:
        _, code, *_, stream, _, number, _, _, _, _ = line.split(",")
        if stream == "places":
            found.setdefault(code, []).append(f"{int(number):,}")
    assert {code: numbers[:keys] for code, numbers in page.items()} == found


def test_which_of_two_keys_is_more_even_inside_gelderland() -> None:
    page = client().get(HERE, params={"with": "population", "inside": "PV25", "lang": "en"}).text
    said = page.partition('id="said"')[2].partition("</div>")[0]
    assert "in Gelderland is B (population): a Gini of 0.0009, against A 0.0619" in said
    assert "60.8% under A and 100.0% under B" in said
    assert "Under B Nijmegen gains most beside A (+182), and Ede loses most (−53)." in said


def test_equal_keys_are_equally_even() -> None:
    page = client().get(HERE, params={"with": "2 * (ses_woa + 1) * population", "lang": "en"}).text
    assert "In Nederland all keys are equally even per inhabitant: their Gini is 0.0756." in page
    assert "Under B everybody gets the same as under A." in page


def test_a_key_of_the_distribution_page_is_compared() -> None:
    page = client().get(HERE, params={"key": "population", "lang": "en"}).text
    assert 'id="f-with-1" name="with" value="population"' in page


def test_every_other_key_has_a_map_of_its_own() -> None:
    asked = [("with", "population"), ("with", "1")]
    of_b = client().get(address(asked, "/kaart"))
    of_c = client().get(address([*asked, ("beside", "C")], "/kaart"))
    assert of_b.headers["content-type"] == of_c.headers["content-type"] == "image/svg+xml"
    assert "B: population, beside A: the key of the rule" in of_b.text
    assert "C: 1, beside A: the key of the rule" in of_c.text
    assert 'data-code="GM0687"' in of_b.text


def test_the_curves_tell_the_gini_of_the_table() -> None:
    asked = {"with": "population", "inside": "PV25", "lang": "en"}
    curves = client().get(f"{HERE}/lorenz", params=asked).text
    assert "Gini 0.0009" in curves
    assert "Gini 0.0619" in curves


def test_each_wrong_key_is_told_at_its_field() -> None:
    asked = [("with", "popul"), ("with", "population"), ("with", "1/0")]
    page = client().get(address(asked))
    assert page.status_code == 422
    fields = [
        page.text.partition(f'id="f-with-{n}"')[2].partition('<div class="field')[0]
        for n in (1, 2, 3)
    ]
    assert ['aria-invalid="true"' in field for field in fields] == [True, False, True]
    assert "Did you mean" in fields[0]


@pytest.mark.parametrize(
    "asked",
    [
        [("with", "../../etc/passwd.yaml")],
        [("with", "name=/etc/rule.yml")],
        [("with", "nl/reception-places@../../../x.yaml")],
        [("rule", "/etc/rule.yaml")],
        [("with", str(n)) for n in range(1, 7)],
        [("with", "population"), ("missing", "<script>")],
        [("with", "population"), ("rounding", "sideways")],
        [("with", "population"), ("inside", "=")],
        [("with", "<script>alert(1)</script>")],
        [("counts.ses_woa", "many")],
        [("total.places", "1e999")],
        [("keep", "province"), ("inside", "PV25"), ("with", "1")],
    ],
)
def test_hostile_and_wrong_questions_are_told_in_words(asked: Asked) -> None:
    for path in ("", "/kaart", "/lorenz", "/csv"):
        answer = client().get(address(asked, path))
        assert answer.status_code == 422
        assert "<script>" not in answer.text.partition("<body")[2]
    assert 'class="problem"' in client().get(address(asked)).text


def test_without_other_keys_there_is_no_map() -> None:
    assert client().get(HERE).status_code == 200
    assert client().get(f"{HERE}/kaart").status_code == 404
    assert client().get(f"{HERE}/pdf").status_code == 404
