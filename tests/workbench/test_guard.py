"""Who may ask, and how much: hostile requests get an answer in words and harm nothing."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from allocator.workbench.guard import LARGEST, Guard
from tests.workbench.asking import HOST, client


def test_another_name_is_refused() -> None:
    for host in ("evil.example", "localhost", "127.0.0.1:8765.evil.example", ""):
        assert client().get("/", headers={"Host": host}).status_code == 421


def test_every_answer_says_what_a_page_may_do() -> None:
    for path in ("/", "/static/page.css", "/nothing", "/verdeling/nl/reception-2024?key=1%2F0"):
        policy = client().get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "set-cookie" not in client().get(path).headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/bestand/nl/reception-2024/../../etc",
        "/bestand/nl/reception-2024/py",
        "/gemeente/nl/reception-2024/<script>",
        "/%00",
    ],
)
def test_no_path_of_a_request_is_opened(path: str) -> None:
    assert client().get(path).status_code == 404


@pytest.mark.parametrize(
    "key",
    [
        "__import__('os')",
        "(" * 500,
        "1" * 5000,
        "9**9**9",
        "population\x00",
        "<script>alert(1)</script>",
        "national(" * 50 + ")" * 50,
        "1/0",
    ],
)
def test_a_hostile_key_is_told_in_words(key: str) -> None:
    answer = client().get("/verdeling/nl/reception-2024", params={"key": key})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_too_long_and_too_large() -> None:
    assert client().get("/?key=" + "1" * 20_000).status_code == 414
    answer = client().post("/", content=b"x" * (LARGEST + 1))
    assert answer.status_code == 413


def test_another_site_may_not_send_anything() -> None:
    answer = client().post("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    image = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert client().get("/", headers=image).status_code == 403
    frame = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}
    assert client().get("/", headers=frame).status_code == 403
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    assert client().get("/", headers=link).status_code == 200


def test_a_page_that_crashes_has_a_number_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr("allocator.workbench.pages.start.page", crash)
    answer = client().get("/")
    assert answer.status_code == 500
    assert "inside" not in answer.text
    number = next(word for word in answer.text.split() if len(word) == 8 and word.isalnum())
    assert number in caplog.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_crash_has_a_number_that_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def crash(scope: object, receive: object, send: object) -> None:
        raise RuntimeError("inside")

    answer = TestClient(Guard(crash, frozenset({HOST})), base_url=f"http://{HOST}").get("/")
    assert answer.status_code == 500
    assert "inside" not in answer.text
    number = next(word for word in answer.text.split() if len(word) == 8 and word.isalnum())
    assert number in caplog.text


@pytest.mark.parametrize("name", ["/etc/passwd", "x.yaml", "nl/nothing", "nl/housing-target@../x"])
def test_a_rule_is_one_of_the_book(name: str) -> None:
    for page in ("verdeling", "herzien", "vergelijken", "voortgang", "controle", "doorrekening"):
        answer = client().get(f"/{page}/nl/reception-2024", params={"rule": name})
        assert answer.status_code in (200, 422)
        assert "root:" not in answer.text
    assert client().get("/verdeling/nl/reception-2024", params={"rule": name}).status_code == 422


@pytest.mark.parametrize("what", ["missing", "rounding", "method", "keep", "inside", "stream"])
def test_a_choice_that_there_is_not(what: str) -> None:
    asked = {"key": "population", what: "foo"}
    for page in ("verdeling", "kaart", "bestand/x", "gemeente", "vergelijken", "herzien"):
        path = {
            "bestand/x": "/bestand/nl/reception-2024/xlsx",
            "gemeente": "/gemeente/nl/reception-2024/GM0687",
        }.get(page, f"/{page}/nl/reception-2024")
        assert client().get(path, params=asked).status_code < 500
