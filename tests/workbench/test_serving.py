"""By which names the workbench goes, and which address it tells."""

from __future__ import annotations

import pytest

from allocator.workbench.serving import address, names


@pytest.mark.parametrize(
    ("host", "port", "allowed", "told"),
    [
        ("127.0.0.1", 8765, (), "http://127.0.0.1:8765/"),
        ("localhost", 8765, (), "http://localhost:8765/"),
        ("::1", 8765, (), "http://[::1]:8765/"),
        ("10.0.0.7", 8765, ("board.lan",), "http://10.0.0.7:8765/"),
        ("0.0.0.0", 8765, ("board.lan",), "http://board.lan:8765/"),
        ("::", 8765, ("board.lan",), "http://board.lan:8765/"),
        ("127.0.0.1", 80, (), "http://127.0.0.1/"),
    ],
)
def test_the_address_told_is_one_that_answers(
    host: str, port: int, allowed: tuple[str, ...], told: str
) -> None:
    assert address(host, port, allowed) == told
    assert told.removeprefix("http://").removesuffix("/") in names(host, port, allowed)


def test_no_other_name_is_answered() -> None:
    assert names("127.0.0.1", 8765, ()) == {"127.0.0.1:8765", "localhost:8765", "[::1]:8765"}
    assert "0.0.0.0:8765" not in names("0.0.0.0", 8765, ("board.lan",))
