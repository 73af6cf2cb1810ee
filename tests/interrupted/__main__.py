"""`python -m tests.interrupted --count 50`: every way of writing, interrupted in every way.

Where disks may be mounted (as root on Linux), a small disk that fills up and a read-only one too.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.interrupted import trials
from tests.interrupted.forked import program
from tests.interrupted.places import Half, Tried
from tests.interrupted.ways import WAYS, Way

SEED = 20261121
DISK = 2 * 1024 * 1024  # bytes of the small disk


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.interrupted")
    parser.add_argument("--count", type=int, default=20, help="random kills of every way")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first of them")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", nargs="*", choices=[way.name for way in WAYS], metavar="WAY")
    asked = parser.parse_args(words)
    total: Counter[str] = Counter()
    wrong = 0
    for way in WAYS:
        if asked.only and way.name not in asked.only:
            continue
        start = time.perf_counter()
        seen: Counter[str] = Counter()
        try:
            for part in _tried(way, asked.seed, asked.first, asked.count):
                seen += part
        except Half as half:
            wrong += 1
            print(f"HALF {half}", flush=True)
        total += seen
        print(f"{way.name}: {_told(seen)}; {time.perf_counter() - start:.0f} s", flush=True)
    print(f"seed {asked.seed}: {_told(total)}; {wrong} ways left a half")
    return 1 if wrong else 0


def _tried(way: Way, seed: int, first: int, count: int) -> Iterator[Counter[str]]:
    with tempfile.TemporaryDirectory() as folder:
        tried = Tried.of(way, Path(folder))
        yield Counter({"killed before a call": trials.killed_before_calls(tried)})
        yield Counter({"killed inside a file": trials.killed_inside_files(tried)})
        yield Counter({"full from a call on": trials.without_room(tried)})
        yield Counter({"file too large": trials.limited(tried)})
        yield Counter({"nowhere to write": trials.nowhere(tried)})
        yield trials.killed_at_random(tried, seed, first, count)
    with tempfile.TemporaryDirectory() as folder, _disk(Path(folder)) as mounted:
        if mounted:
            yield from _on_a_disk(way, Path(folder))


def _on_a_disk(way: Way, folder: Path) -> Iterator[Counter[str]]:
    """A disk with less and less room, and one that has become read-only."""
    tried = Tried.of(way, folder)
    filler = folder / "filler"
    room = sum(map(len, tried.after.values())) - sum(map(len, tried.before.values()))
    refused = 0
    for left in range(0, max(room, 0) + 32_768, 4_096):
        place = tried.anew()
        _fill(filler, left)
        end = program(place, way.command)
        if end.status:
            tried.check_refused(place, end)
            refused += 1
        filler.unlink()
        tried.check(place)
    yield Counter({"disk full": refused})
    place = tried.anew()
    _remount("ro", folder)
    end = program(place, way.command)
    tried.check_refused(place, end)
    _remount("rw", folder)
    tried.check(place)
    yield Counter({"disk read-only": 1})


def _fill(filler: Path, left: int) -> None:
    """A file that takes the room of the disk but for so many bytes."""
    with filler.open("wb", 0) as file:
        try:
            while True:
                file.write(bytes(4_096))
        except OSError:
            file.truncate(max(0, file.tell() - left))


@contextmanager
def _disk(folder: Path) -> Iterator[bool]:
    mounted = _mount("-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder)
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


def _remount(access: str, folder: Path) -> None:
    if not _mount("-o", f"remount,{access}", folder):
        raise SystemExit(f"The small disk cannot be mounted again as {access}.")


def _mount(*words: object) -> bool:
    try:
        return subprocess.run(["mount", *map(str, words)], capture_output=True).returncode == 0
    except OSError:
        return False


def _told(seen: Counter[str]) -> str:
    return ", ".join(f"{number} {what}" for what, number in seen.items())


if __name__ == "__main__":
    raise SystemExit(main())
