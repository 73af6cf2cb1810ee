"""The watch sees what it is there for: each slip that is planted ends in a failure."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from allocator.model.problem import InputError, Place, Problem
from allocator.words.text import text
from tests.fuzz import counted, kept, watch
from tests.fuzz.__main__ import main
from tests.fuzz.reader import Files, Reader
from tests.fuzz.watch import Failure, Outcome, nothing_left_in, watched


def refused(name: str) -> InputError:
    return InputError(Problem(Place("x.csv", 1), text("No {name}.", name=name), text("Add it.")))


def raising(error: BaseException) -> Callable[[], object]:
    def read() -> object:
        raise error

    return read


def failure(read: Callable[[], object], seconds: float = 5) -> Failure:
    with pytest.raises(Failure) as caught:
        watched(read, seconds)
    return caught.value


def test_what_is_read_and_what_is_refused_in_words_are_told_apart() -> None:
    assert watched(lambda: "read").outcome is Outcome.ACCEPTED
    assert watched(raising(refused("column"))).outcome is Outcome.REFUSED
    assert watched(lambda: Outcome.REFUSED).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "error", [KeyError("x"), RecursionError(), MemoryError(), AssertionError(), SystemExit(3)]
)
def test_a_traceback_is_seen(error: BaseException) -> None:
    found = failure(raising(error))
    assert found.kind == "traceback"
    assert type(error).__name__ in found.told


def test_a_hang_is_seen_whether_it_computes_or_waits() -> None:
    def computes() -> object:
        while True:
            try:
                sum(range(100))
            except Exception:
                return None

    for read, where in ((computes, "in computes"), (lambda: time.sleep(60), "time.sleep")):
        found = failure(read, seconds=0.02)
        assert found.kind == "hang"
        assert where in found.told


def test_what_is_printed_beside_a_result_is_seen() -> None:
    assert failure(lambda: print("0 is out of range")).kind == "printed"


def test_much_memory_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MEGABYTES", 40)
    peak = iter((100.0, 160.0))
    monkeypatch.setattr(watch, "most_memory", lambda: next(peak))
    assert failure(lambda: None).kind == "memory"


@pytest.mark.skipif(not watch.PEAK.exists(), reason="this system tells only the highest peak")
def test_much_memory_is_seen_again_after_an_earlier_peak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MEGABYTES", 100)
    for _ in range(2):
        assert failure(lambda: len(b"x" * 150_000_000)).kind == "memory"


def test_the_memory_of_a_process_is_measured_in_megabytes() -> None:
    """In a process of its own, since what was once in use counts for ever."""
    words = (
        "from tests.fuzz.watch import most_memory; before = most_memory();"
        "block = b'x' * 150_000_000; print(most_memory() - before)"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, check=True, text=True)
    assert 130 < float(done.stdout) < 170


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (InputError(), "without a problem"),
        (InputError(*refused("x").problems * 2_000), "2000 problems"),
        (InputError(Problem(Place(""), text(""), text("x"))), "an empty sentence"),
        (InputError(Problem(Place(""), text("a\x1bb"), text("x"))), "U\\+001B"),
        (InputError(Problem(Place(""), text("a" * 3_000), text("x"))), "3000 characters"),
    ],
)
def test_a_message_that_nobody_can_use_is_seen(error: InputError, why: str) -> None:
    found = failure(raising(error))
    assert found.kind == "message"
    with pytest.raises(Failure, match=why):
        raise found


def test_a_sentence_that_cannot_be_said_is_seen() -> None:
    found = failure(raising(InputError(Problem(Place(""), text("{lost}"), text("x")))))
    assert found.kind == "traceback"
    assert "KeyError: 'lost'" in found.told


def test_a_file_that_is_left_over_or_changed_is_seen(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("as it was", "utf-8")
    with pytest.raises(Failure, match="left over: half"), nothing_left_in(tmp_path):
        (tmp_path / "half.csv").write_text("code,num", "utf-8")
    with pytest.raises(Failure, match="changed: old"), nothing_left_in(tmp_path):
        (tmp_path / "old.csv").write_text("another", "utf-8")
    with nothing_left_in(tmp_path):
        pass


def planted(files: Files) -> object:
    """A reader that stumbles over every seventh input."""
    number = int(files["number.json"])
    if number % 7 == 0:
        raise ZeroDivisionError(f"at {number}")
    raise refused("column")


PLANTED = Reader(
    "planted-slip", lambda source: {"number.json": b"%d" % source.randrange(700)}, planted
)


def test_what_fails_in_a_counted_run_is_kept_and_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path)
    for module in ("counted", "__main__"):
        monkeypatch.setattr(f"tests.fuzz.{module}.every", lambda: {PLANTED.name: PLANTED})
    found = counted.stretch(PLANTED.name, 1, 0, 60)
    again = counted.stretch(PLANTED.name, 1, 20, 40)
    assert len(found.failed) + found.seen[Outcome.REFUSED] == 60
    assert 2 <= len(found.failed) <= 20
    assert set(again.failed) <= set(found.failed), "input n is the same wherever a run begins"
    assert "ZeroDivisionError: at" in found.failed[0]
    folder = next(iter(sorted(tmp_path.iterdir())))
    assert json.loads((folder / "number.json").read_bytes()) % 7 == 0
    assert main(["--again", str(folder)]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out
    (folder / "number.json").write_bytes(b"8")
    assert main(["--again", str(folder)]) == 0
    assert "refused" in capsys.readouterr().out
