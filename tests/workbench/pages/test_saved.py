"""A question in a file is the question of the address."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.asking import client

ADDRESS = "/verdeling/nl/reception-2024?key=population&counts.ses_woa=50&lang=en"


def opened(content: bytes) -> tuple[int, str]:
    answer = client().post("/vraag", files={"file": ("x.json", content)}, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", "")


def test_there_and_back() -> None:
    page = client().get(ADDRESS).text
    link = page.partition('href="/vraag/')[2].partition('"')[0].replace("&amp;", "&")
    saved = client().get(f"/vraag/{link}")
    assert saved.headers["content-disposition"].endswith('.question.json"')
    status, location = opened(saved.content)
    assert status == 303
    assert client().get(location).text == client().get(location.replace("&", "&")).text
    assert "key=population" in location


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"[" * 100_000,
        b"{}",
        json.dumps({"format": "allocator-question/1", "page": "static", "asked": []}).encode(),
        json.dumps(
            {
                "format": "allocator-question/1",
                "page": "verdeling",
                "instance": "../../etc",
                "asked": [],
            }
        ).encode(),
        json.dumps(
            {
                "format": "allocator-question/1",
                "page": "verdeling",
                "instance": "nl/reception-2024",
                "asked": [["key", "1" * 20_000]],
            }
        ).encode(),
        b"x" * 200_000,
        b'{"format":"allocator-question/1","page":"verdeling","instance":"nl/reception-2024",'
        b'"asked":[["key","\\ud800"]]}',
    ],
)
def test_another_file_is_told(content: bytes) -> None:
    assert opened(content)[0] == 422


@given(st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=5))
def test_no_pair_is_no_crash(pair: object) -> None:
    saved = {
        "format": "allocator-question/1",
        "page": "verdeling",
        "instance": "nl/reception-2024",
        "asked": [pair],
    }
    assert opened(json.dumps(saved).encode())[0] in (303, 422)
