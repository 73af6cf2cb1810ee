"""The command line over bad files: told in words, with its status, and no file written."""

from __future__ import annotations

import json
import re
import sys
from random import Random
from tempfile import TemporaryFile
from unittest.mock import patch

from allocator.cli.main import main
from tests.fuzz.draw import seeds
from tests.fuzz.draw.formulas import bent_formula
from tests.fuzz.draw.signs import encoded, odd_number, odd_text
from tests.fuzz.draw.tables import bent_table
from tests.fuzz.draw.workbooks import drawn_workbook
from tests.fuzz.reader import Files, Reader
from tests.fuzz.readers import borders, published, results, shelf
from tests.fuzz.readers.instances import bent_instance, with_a_plan
from tests.fuzz.scratch import placed
from tests.fuzz.watch import Failure, Outcome
from tests.reading.balances.test_mutations import GOOD as BALANCES
from tests.reading.plans.files import FILES as PLANS

#: Where a command is to write, in the folder of its input.
OUT = "written"

#: What is asked over a bent instance; {} is its folder, {out} begins the name of what is written.
_OF_INSTANCES = (
    *("run {} --out {out}.csv", "run {} --out {out}.json", "run {} --out {out}.html --lang nl"),
    *("run {} --out {out}.xlsx", "run {} --rounding consistent --out {out}.json", "check {}"),
    *("explain {} Aalst --lang nl", "compare {} --key people --out {out}.csv", "status {}"),
    *("margins {} Aalst", "revise {} --total places=90 --out {out}.json", "infer {}"),
    *("plan {} --out {out}.json", "sweep {} --weights people --weights score --sample 3"),
    *("check {}/rule.yaml", "roll {} --period 2023-H2 --total places=50 --folder {out}"),
    *("diff {} {} --out {out}.csv", "map {} --out {out}.svg", "catchup {}", "series {}"),
)
#: What is asked of the good instance with one bad file beside it, {file}.
_BESIDE = {
    "opening.csv": "status {} --opening {file} --out {out}.csv",
    "realised.xlsx": "status {} --realised {file} --out {out}.json",
    "locations.csv": "plan {} --locations {file} --area P1 --out {out}.json",
    "lots.yaml": "run {} --rounding consistent --ties {file} --out {out}.json",
    "rule2.yaml": "run {} --rule {file} --out {out}.csv",
    "result.json": "diff {file} {} --out {out}.json",
    "receipt.json": "replay {file} --out {out}.csv",
    "borders.geojson": "map {} --geometry {file} --out {out}.svg",
    "table.csv": "audit {file} --of nl/minors-2024-3660 --out {out}.csv",
    "table.xlsx": "audit {file} --of nl/minors-2024-3660 --out {out}.xlsx",
}

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def _over_an_instance(source: Random) -> Files:
    words = source.choice(_OF_INSTANCES).split()
    return {**bent_instance(source, with_a_plan()), "words.json": json.dumps(words).encode()}


def _with_a_file(source: Random) -> Files:
    name = source.choice(tuple(_BESIDE))
    words = _BESIDE[name].split()
    files = {**with_a_plan(), name: _bad(source, name), "words.json": json.dumps(words).encode()}
    return {**files, "which.txt": name.encode()}


_READERS = (*borders.READERS, *published.READERS, *results.READERS, *shelf.READERS)
_BY_NAME = {reader.name: reader for reader in _READERS}
#: Which reader's inputs a file of this name is.
_DRAWN = {
    "lots.yaml": _BY_NAME["lots"],
    "rule2.yaml": _BY_NAME["rule"],
    "result.json": _BY_NAME["result"],
    "receipt.json": _BY_NAME["receipt"],
    "borders.geojson": _BY_NAME["borders"],
    "table.csv": _BY_NAME["published"],
    "table.xlsx": _BY_NAME["published-xlsx"],
}


def _bad(source: Random, name: str) -> bytes:
    """A bad file of the kind that its name says."""
    match name:
        case "opening.csv":
            return bent_table(source, seeds.written_rows(BALANCES["opening"]))
        case "realised.xlsx":
            return drawn_workbook(source, seeds.written_rows(BALANCES["realised"]))
        case "locations.csv":
            return bent_table(source, seeds.written_rows(PLANS["locations"]))
    return next(iter(_DRAWN[name].draw(source).values()))


def _typed(source: Random) -> Files:
    """Hostile words behind the options of a run of the good instance."""
    options = {
        "--total": f"{source.choice(('places', 'minors', 'x'))}={odd_number(source)}",
        "--key": bent_formula(source, ("people", "score")),
        "--rule": source.choice(("nl/housing-target", "nl/x", odd_text(source))),
        "--rounding": source.choice(("up", "consistent", "textbook", odd_text(source))),
        "--method": source.choice(("webster", "hill", odd_text(source))),
        "--ties": source.choice(("order", "refuse", odd_text(source))),
        "--fix": source.choice(("province", odd_text(source))),
        "--missing": source.choice(("mean", "exclude", odd_text(source))),
        "--keep": source.choice(("province", odd_text(source))),
    }
    chosen = source.sample(tuple(options), source.randrange(1, 4))
    words = ["run", "{}", *(word for name in chosen for word in (name, options[name]))]
    words += ["--out", "{out}.json"]
    said = json.dumps([encoded(word).decode("utf-8", "surrogateescape") for word in words])
    return {**with_a_plan(), "words.json": said.encode()}


def _run(files: Files) -> object:
    """The status, with everything that must be true of one."""
    folder = placed(files, "command")
    named = files.get("which.txt", b"").decode()
    places = {"{}": str(folder), "{file}": str(folder / named), "{out}": str(folder / OUT)}
    words = [_filled(word, places) for word in json.loads(files["words.json"])]
    status: object = 0
    with (
        TemporaryFile("w", encoding="utf-8") as out,
        TemporaryFile("w+", encoding="utf-8", errors="backslashreplace") as err,
        patch.object(sys, "argv", ["allocator", *words]),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        try:
            main()
        except SystemExit as exit_:
            status = exit_.code
        err.seek(0)
        said = err.read()
    written = sorted(path.name for path in folder.iterdir() if path.name not in files)
    if status not in (0, 1, 2, None):
        raise Failure("status", f"{status!r}: {said[-300:]}")
    if status == 2:
        if written:
            raise Failure("left over", f"{written} after {said[:300]}")
        if not said.strip():
            raise Failure("message", "nothing is said of what is wrong")
    if said.startswith("Stopped"):
        raise Failure("message", f"it is not said over what: {said[:300]}")
    if unfit := _CONTROL.search(said):
        raise Failure("message", f"U+{ord(unfit[0]):04X} on the screen: {said[:300]!r}")
    return Outcome.REFUSED if status else Outcome.ACCEPTED


def _filled(word: str, places: dict[str, str]) -> str:
    for sign, path in places.items():
        word = word.replace(sign, path)
    return word


READERS = (
    Reader("command", _over_an_instance, _run, one_in=20),
    Reader("command-file", _with_a_file, _run, one_in=20),
    Reader("command-typed", _typed, _run, one_in=20),
)
