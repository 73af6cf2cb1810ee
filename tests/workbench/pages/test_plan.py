"""The page of a plan never differs from the command line; long work shows how far it is."""

from __future__ import annotations

import html
import re
import shlex
import time
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from httpx2 import Response
from starlette.testclient import TestClient

from allocator.cli.main import allocator
from allocator.workbench.app import application
from allocator.workbench.work.jobs import Jobs
from tests.workbench.asking import HOST
from tests.workbench.work.works import Deaf, Dying, UntilStopped

ZEELAND = "/plan/nl/plan-example-zeeland"
BRABANT = "/plan/nl/plan-example-noord-brabant"


@pytest.fixture(scope="module")
def jobs() -> Iterator[Jobs]:
    jobs = Jobs(1)
    yield jobs
    jobs.close()


@pytest.fixture(scope="module")
def client(jobs: Jobs) -> TestClient:
    return TestClient(application({HOST}, jobs), base_url=f"http://{HOST}")


def answered(client: TestClient, address: str) -> Response:
    """The page once there is an answer, asked for again and again as a browser does."""
    end = time.monotonic() + 120
    while (page := client.get(address)).status_code == 202:
        assert time.monotonic() < end
    return page


def command_in(page: Response) -> list[str]:
    shown = re.search(r"<pre><code>allocator (plan .*?)</code></pre>", page.text)
    assert shown
    return shlex.split(html.unescape(shown[1]))


@pytest.mark.parametrize(
    ("asked", "forms"),
    [
        ("", {"json": "json", "html": "html"}),
        (
            "&without=goes-4&pledge.GM0717=110&cap.GM0715=270&alternatives=1&seconds=90",
            {"json": "json", "md": "markdown"},
        ),
    ],
)
def test_the_command_that_is_shown_gives_the_same_files(
    client: TestClient, asked: str, forms: dict[str, str]
) -> None:
    page = answered(client, f"{ZEELAND}?lang=en{asked}")
    assert page.status_code == 200
    for form, option in forms.items():
        command = [*command_in(page), "--format", option]
        done = CliRunner().invoke(allocator, command, catch_exceptions=False)
        file = client.get(f"{ZEELAND}/bestand/{form}?lang=en{asked}")
        assert file.text == done.stdout
        assert "attachment" in file.headers["content-disposition"]


def test_every_number_of_the_file_stands_in_the_page(client: TestClient) -> None:
    page = _zeeland(client)
    rows: dict[str, str] = {}
    for code, row in re.findall(r'<tr data-code="(\w+)"[^>]*>(.*?)</tr>', page):
        rows.setdefault(code, row)
    _, *lines = client.get(f"{ZEELAND}/bestand/csv?lang=en").text.splitlines()
    assert len(lines) == 14
    for line in lines:
        code, _, indicative, *_, carried, _, _ = line.split(",")
        for number in (indicative, carried):
            assert f">{int(number):,}</td>" in rows[code]


def _zeeland(client: TestClient) -> str:
    return answered(client, f"{ZEELAND}?lang=en").text


def test_first_in_a_sentence_what_is_met(client: TestClient) -> None:
    said = _zeeland(client).partition('id="said"')[2]
    assert "With that the province&#39;s number is met" in said
    assert "Proven: in the order below no plan does better" in said.partition("</div>")[0]


def test_a_location_leads_to_the_plan_without_it(client: TestClient) -> None:
    page = _zeeland(client)
    assert f'href="{ZEELAND}?without=goes-4&amp;lang=en"' in page
    without = answered(client, f"{ZEELAND}?without=goes-4&lang=en").text
    assert "Refused: Without locatie Goes 4" in without
    assert 'value="goes-4" checked' in without


def test_wishes_that_collide_are_told(client: TestClient) -> None:
    page = answered(client, f"{ZEELAND}?pledge.GM0717=150&lang=en")
    assert page.status_code == 200
    said = page.text.partition('id="said"')[2].partition("</div>")[0]
    assert "Veere=150 and grens Veere" in said


def test_why_the_number_cannot_be_met(client: TestClient) -> None:
    names = re.findall(r'value="((?:middelburg|reimerswaal|sluis|tholen)-\d)"', _zeeland(client))
    asked = "&".join(f"without={name}" for name in names)
    page = answered(client, f"{ZEELAND}?{asked}&lang=en")
    assert "The province stays" in page.text
    link = re.search(r'<a href="([^"]*must_meet=1[^"]*)">', page.text)
    assert link
    why = answered(client, html.unescape(link[1])).text.partition('id="said"')[2]
    assert "Zeeland must have 2,104 places" in why.partition("</div>")[0]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("pledge.GM0717=many", "pledge.GM0717"),
        ("cap.GM0717=-1", "cap.GM0717"),
        ("alternatives=99", "alternatives"),
        ("seconds=0", "seconds"),
    ],
)
def test_a_typing_error_is_told_at_its_field(client: TestClient, asked: str, field: str) -> None:
    page = client.get(f"{ZEELAND}?{asked}&lang=en")
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text.partition(f'id="f-{field}"')[2].partition(">")[0]


@pytest.mark.parametrize(
    "asked",
    [
        {"without": "../../etc/passwd"},
        {"without": "<script>alert(1)</script>"},
        {"pledge.<script>alert(1)</script>": "1"},
        {"pledge.GM0363": "1"},
        {"cap.GM0717": "9" * 5000},
        {"alternatives": "1e9"},
    ],
)
def test_hostile_wishes_are_told_in_words(client: TestClient, asked: dict[str, str]) -> None:
    end = time.monotonic() + 120
    while (page := client.get(ZEELAND, params=asked)).status_code == 202:
        assert time.monotonic() < end
    assert page.status_code == 422
    assert "<script>alert" not in page.text


def test_a_case_without_locations_says_what_to_bring(client: TestClient) -> None:
    page = client.get("/plan/nl/reception-2024?lang=en")
    assert page.status_code == 200
    assert f'href="{BRABANT}?lang=en"' in page.text
    assert client.get("/plan/nl/reception-2024/bestand/csv").status_code == 404
    assert client.get(f"{ZEELAND}/bestand/exe").status_code == 404


def test_what_takes_long_goes_on_and_a_stop_gives_the_best_so_far(client: TestClient) -> None:
    address = f"{BRABANT}?alternatives=10&lang=en"
    page = client.get(address)
    assert page.status_code == 202
    assert '<noscript><meta http-equiv="refresh"' in page.text
    stop = re.search(r'action="(/taak/[\w-]+/stop)\?lang=en"', page.text)
    assert stop
    its_page = stop[1].removesuffix("/stop") + "?lang=en"
    shown = client.get(its_page, follow_redirects=False)
    assert (shown.status_code, "<progress" in shown.text) == (200, True)
    assert client.get(address).text.count(stop[1]) == 1  # the same computation
    sent = client.post(stop[1], follow_redirects=False)
    assert sent.status_code == 303
    page = answered(client, address)
    assert "(10) added" not in page.text
    assert client.post(stop[1], follow_redirects=False).status_code == 303
    shown = client.get(its_page, follow_redirects=False)
    assert (shown.status_code, shown.headers["location"]) == (303, address)


def test_what_was_broken_off_says_so_where_its_answer_would_stand(
    client: TestClient, jobs: Jobs
) -> None:
    address = f"{BRABANT}?alternatives=9&lang=en"
    stop = re.search(r'action="(/taak/[\w-]+)/stop', client.get(address).text)
    assert stop
    job = jobs.find(stop[1].removeprefix("/taak/"))
    assert job
    jobs.stop(job)
    jobs.stop(job)
    assert job.ended.wait(20)
    page = client.get(address)
    assert page.status_code == 200
    assert "broken off" in page.text or "is asked" in page.text
    assert f'action="{stop[1]}/opnieuw' in page.text


def test_a_key_of_ones_own_does_not_count_in_a_plan(client: TestClient) -> None:
    page = answered(client, f"{ZEELAND}?key=population&lang=en")
    assert "A plan follows the rule and the numbers of its case." in page.text
    assert "A plan follows the rule" not in _zeeland(client)


def test_who_waits_is_told_how_many_go_before(client: TestClient, jobs: Jobs) -> None:
    first = jobs.ask(UntilStopped("first"))
    while not first.done:
        time.sleep(0.01)
    second = jobs.ask(Deaf("second"))
    page = client.get(f"/taak/{second.number}?lang=en")
    assert "Waiting: 1 other computation goes before this one." in page.text
    client.post(f"/taak/{second.number}/stop")
    page = client.get(f"/taak/{second.number}?lang=en")
    assert "broken off" in page.text
    assert "<progress" not in page.text
    client.post(f"/taak/{first.number}/stop", follow_redirects=False)
    assert first.ended.wait(10)


def test_a_computation_that_breaks_down_can_be_begun_again(client: TestClient, jobs: Jobs) -> None:
    job = jobs.ask(Dying("here"))
    assert job.ended.wait(20)
    page = client.get(f"/taak/{job.number}?lang=en")
    assert "The computation broke down" in page.text
    again = client.post(f"/taak/{job.number}/opnieuw", follow_redirects=False)
    assert again.status_code == 303
    assert again.headers["location"] != f"/taak/{job.number}"
    assert client.get("/plan/nl/reception-2024").status_code == 200


def test_a_number_that_nobody_was_given(client: TestClient) -> None:
    for number in ("1", "%00", "..%2f..%2fetc", "a" * 22):
        assert client.get(f"/taak/{number}").status_code == 404
        assert client.post(f"/taak/{number}/stop").status_code in (404, 405)
        assert client.post(f"/taak/{number}/opnieuw").status_code in (404, 405)
    other = client.post("/taak/a/stop", headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403
