"""The page of many keys never differs from the command line."""

from __future__ import annotations

import html
import re
import shlex
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from allocator.cli.main import allocator
from allocator.workbench.app import application
from allocator.workbench.work.jobs import Jobs
from tests.workbench.asking import HOST

PAGE = "/doorrekening/nl/reception-2024"
QUESTION = urlencode(
    [
        ("weights", "population=20%..80%"),
        ("weights", "(ses_woa + 1) * population=20%..80%"),
        ("sample", "40"),
        ("inside", "PV29"),
        ("total.places", "90000"),
        ("lang", "en"),
    ]
)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    jobs = Jobs(1)
    yield TestClient(application({HOST}, jobs), base_url=f"http://{HOST}")
    jobs.close()


def test_the_command_that_is_shown_gives_the_same_files(client: TestClient) -> None:
    end = time.monotonic() + 120
    while (page := client.get(f"{PAGE}?{QUESTION}")).status_code == 202:
        assert time.monotonic() < end
    shown = re.search(r"<pre><code>allocator (sweep .*?)</code></pre>", page.text)
    assert shown
    for form in ("csv", "json", "html"):
        command = [*shlex.split(html.unescape(shown[1])), "--format", form]
        done = CliRunner().invoke(allocator, command, catch_exceptions=False)
        file = client.get(f"{PAGE}/bestand/{form}?{QUESTION}")
        assert file.text == done.stdout
        assert "attachment" in file.headers["content-disposition"]


def test_without_formulas_it_shows_how(client: TestClient) -> None:
    page = client.get(f"{PAGE}?lang=en")
    assert page.status_code == 200
    example = re.search(r'<a href="([^"]*weights=[^"]*)">', page.text)
    assert example
    assert client.get(html.unescape(example[1])).status_code in (200, 202)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"weights": "population=2..1"}, "weights-1"),
        ({"weights": "__import__('os')=0..1"}, "weights-1"),
        ({"weights": "population=0..1", "sample": "20001"}, "sample"),
        ({"weights": "population=0..1", "sample": "9" * 4000}, "sample"),
    ],
)
def test_a_typing_error_is_told_at_its_field(
    client: TestClient, asked: dict[str, str], field: str
) -> None:
    end = time.monotonic() + 120
    while (page := client.get(PAGE, params=asked)).status_code == 202:
        assert time.monotonic() < end
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text.partition(f'id="f-{field}"')[2].partition(">")[0]


def test_a_form_that_there_is_not(client: TestClient) -> None:
    assert client.get(f"{PAGE}/bestand/exe?{QUESTION}").status_code == 404
