"""Keeps an input that failed, so that it can be tried again alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.fuzz.reader import Files, Reader
from tests.fuzz.watch import Failure

FOLDER = Path(__file__).parents[2] / "build" / "fuzz"
TOLD = "failure.txt"


def keep(reader: Reader, seed: int, number: int, files: Files, failure: Failure) -> str:
    """Write the input into a folder of its own; what is told of it ends with how to try it again.

    A folder's name begins with that of the reader, since that says who is to read it.
    """
    folder = FOLDER / f"{reader.name}-{seed}-{number}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / TOLD).write_text(str(failure), "utf-8", "backslashreplace")
    lines = failure.told.strip().splitlines() or [""]
    last = lines[-1] if failure.kind == "traceback" else lines[0]
    again = f"python -m tests.fuzz --again build/fuzz/{folder.name}"
    said = last[:300].encode("ascii", "backslashreplace").decode()
    return f"FAILED {reader.name} {number}: {failure.kind}: {said}\n    {again}"


def kept(folder: Path) -> tuple[str, Files]:
    """The name of the reader and the input in a folder."""
    name = folder.name.rsplit("-", 2)[0]
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    files.pop(TOLD, None)
    return name, files
