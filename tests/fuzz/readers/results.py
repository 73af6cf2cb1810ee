"""Results and receipts that were written before, and the kept parts of a sweep."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from functools import cache
from hashlib import sha256
from random import Random
from typing import Any

import numpy as np

from allocator import verify
from allocator.cli.distribution.kept import receipt_of, run
from allocator.core.distribute import distribute
from allocator.model.problem import InputError, Problem
from allocator.model.receipt import Form
from allocator.reading.instances.read import load
from allocator.reading.results.read import read_result
from allocator.reading.results.receipts import digests, find, numbers_in, read_receipt
from allocator.reading.results.sweeps import FORMAT, SweepFolder
from allocator.report.distribution import exact_json
from allocator.report.receipt import as_json
from tests.fuzz.draw import seeds
from tests.fuzz.draw.signs import noise
from tests.fuzz.draw.tables import bent_table, rows_of
from tests.fuzz.draw.trees import as_json as written_json
from tests.fuzz.draw.trees import bent, bent_json, tree_of
from tests.fuzz.reader import Files, Reader
from tests.fuzz.scratch import placed
from tests.fuzz.watch import Failure, Outcome
from tests.same.limited import LIMITS


@cache
def _results() -> tuple[str, ...]:
    """Results of the small instance: rounded one by one, together, and under a limit."""
    files = seeds.small()
    rule = files["rule.yaml"].replace(
        b"rounding: half-up", b"rounding: consistent\ncrossing: reported"
    )
    limits = files["instance.yaml"].replace(b"indicators:\n", f"{LIMITS}indicators:\n".encode())
    together = {**files, "rule.yaml": rule}
    instances = (files, together, {**together, "instance.yaml": limits})
    return tuple(
        exact_json.as_json(distribute(load(placed(each, "example")))) for each in instances
    )


@cache
def _trees() -> tuple[Any, ...]:
    return tuple(tree_of(json.loads(written)) for written in _results())


def _result(source: Random) -> Files:
    """A bent result, half of them with the hash of what stands in it now."""
    tree = source.choice(_trees())
    if source.randrange(2):
        return {"result.json": bent_json(source, tree)}
    written = written_json(bent(source, tree))
    try:
        data = json.loads(written)
    except ValueError:
        return {"result.json": written.encode("utf-8", "surrogatepass")}
    if isinstance(data, dict):
        content = {name: value for name, value in data.items() if name != "hash"}
        data["hash"] = _digest(content)
    return {"result.json": json.dumps(data).encode()}


def _digest(content: Any) -> str:
    try:
        return exact_json.digest(content)
    except (ValueError, RecursionError):
        return f"sha256:{sha256(b'').hexdigest()}"


def _verify(files: Files) -> object:
    """The checker on its own: 0, 1 or 2, whatever is in the file."""
    path = placed(files) / "result.json"
    said = io.StringIO()
    with redirect_stdout(said):
        status = verify.main([str(path)])
    if status not in (0, 1, 2):
        raise Failure("status", f"{status!r}")
    if not said.getvalue().strip():
        raise Failure("message", f"nothing is said with status {status}")
    return Outcome.ACCEPTED if status == 0 else Outcome.REFUSED


def _read_result(files: Files) -> object:
    """A result read back, and divided again where it is good."""
    result = read_result(placed(files) / "result.json")
    return distribute(result.instance, result.choice)


@cache
def _receipt() -> Any:
    done = run(
        "nl/housing-2023-h1",
        rule=None,
        totals=("20000",),
        rounding="consistent",
        method=None,
        ties=None,
        fixed=("province",),
    )
    return tree_of(json.loads(as_json(receipt_of(done, "x.csv", Form.CSV, "en")[0])))


_WRITTEN = "level,code,name,parent,stream,quota,number\ncountry,NL,Nederland,,places,9.5,10\n"


def _receipts(source: Random) -> Files:
    written = rows_of(_WRITTEN)
    beside = bent_table(source, written) if source.randrange(3) == 0 else _WRITTEN.encode()
    return {"x.receipt.json": bent_json(source, _receipt()), "x.csv": beside}


def _read_receipt(files: Files) -> object:
    folder = placed(files)
    refused: list[Problem] = []
    for form in (Form.CSV, Form.TABLE):
        try:
            numbers_in(folder / "x.csv", form)
        except InputError as error:
            refused += error.problems
    receipt = read_receipt(folder / "x.receipt.json")
    digests(receipt.written.files, folder)
    find(receipt, folder, folder)
    if refused:
        raise InputError(*refused)
    return receipt


_QUESTION = {"instance": "nl/x", "rule": "nl/y@2024-02-01", "weights": "a, b", "figures of a": "9"}


@cache
def _part() -> bytes:
    written = io.BytesIO()
    np.save(written, np.arange(24, dtype=np.uint16).reshape(2, 3, 4), allow_pickle=False)
    return written.getvalue()


def _sweep(source: Random) -> Files:
    question = json.dumps({"format": FORMAT, "question": _QUESTION}).encode()
    if source.randrange(2):
        tree = tree_of({"format": FORMAT, "question": _QUESTION})
        return {"question.json": bent_json(source, tree), "0000001-0000004.npy": _part()}
    return {"question.json": question, "0000001-0000004.npy": noise(source, _part())}


def _read_sweep(files: Files) -> object:
    folder = SweepFolder.opened(placed(files, "sweep"), _QUESTION)
    found = folder.of(range(4))
    return Outcome.REFUSED if found is None else found


READERS = (
    Reader("verify", _result, _verify, one_in=2),
    Reader("result", _result, _read_result, one_in=2),
    Reader("receipt", _receipts, _read_receipt, one_in=2),
    Reader("sweep-folder", _sweep, _read_sweep),
)
