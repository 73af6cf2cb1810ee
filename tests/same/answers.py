"""What the program answers in this environment, each answer as a hash, with the versions it ran on.

`python -m tests.same.answers PACKAGE ...` prints the versions of these packages and the answers:
every shipped instance, plans, and verbs that ask a solver or write with a library. Receipts are
left out, since they name the versions.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Iterator, MutableMapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

import allocator
from allocator.cli.main import main as command_line
from allocator.plan.question.problem import Problem
from allocator.plan.solving.solve import solve
from allocator.reading.instances.folders import instance_names
from allocator.report.distribution.exact_json import digest
from allocator.workbench.app import application
from tests.plan.random_plans import province_plan, with_pools, with_wishes
from tests.same.kept import hashed
from tests.same.limited import limited

#: What is asked on the command line, each with the file that it is written to.
TYPED = (
    ("plan nl/plan-example-zeeland --alternatives 1", "plan.json"),
    ("reconcile nl/reception-2024", "reconciled.json"),
    ("sweep nl/reception-2024 --weights population --weights land_ha --sample 200", "sweep.json"),
    ("infer nl/places-2024-77100 --weights population --weights land_ha", "weights.json"),
    ("compare nl/reception-2024 --key population --inside Zeeland", "compare.json"),
    ("run nl/reception-2024", "numbers.csv"),
    ("run nl/reception-2024 --lang nl", "report.html"),
    ("run nl/reception-2024", "annex.xlsx"),
)


#: Pages of the workbench.
PAGES = ("/", "/verdeling/nl/minors-2024-3660", "/gemeente/nl/minors-2024-3660/PV29")


def answers() -> Iterator[tuple[str, str]]:
    """Every question with the hash of its answer."""
    for name in instance_names():
        for part, value in hashed(name).items():
            yield f"{name}, {part}", value
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        limits = hashed(str(limited(folder / "limited")))
        yield "limits with nothing_or", limits["numbers"]
        for typed, name in TYPED:
            yield f"{typed} --out {name}", digest(_typed(typed.split(), folder / name))
        numbers = _audited(folder / "annex.xlsx", folder / "audit.json")
        yield "audit of annex.xlsx", digest(numbers)
    for name, problem in plans().items():
        plan = solve(problem)
        credits = sorted((*key, number) for key, number in plan.credits.items())
        yield name, digest([plan.values, dict(plan.sizes), credits, plan.proven])
    for path in PAGES:
        yield f"page {path}", digest(asyncio.run(_page(path)).decode())
    frame = allocator.distribute(allocator.load("nl/reception-2024")).to_frame()
    yield "to_frame()", digest(frame.to_csv(index=False, lineterminator="\n"))


async def _page(path: str) -> bytes:
    """A page of the workbench, without a server between."""
    whole = b""
    scope = {
        **{"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http"},
        **{"method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"lang=en"},
        **{"root_path": "", "client": ("127.0.0.1", 1), "server": ("localhost", 8765)},
        "headers": [(b"host", b"localhost:8765")],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal whole
        if message.get("status", 200) != 200:
            raise RuntimeError(f"{path}: {message}")
        whole += message.get("body", b"")

    await application({"localhost:8765"})(scope, receive, send)
    return whole


def plans() -> dict[str, Problem]:
    """Provinces with invented sites, some shared, some under wishes."""
    return {
        "Drenthe, 40 sites": province_plan("PV22", 40, 0),
        "Zeeland, 40 sites, small-scale": with_wishes(province_plan("PV29", 40, 0), 0),
        "Utrecht, 30 sites and 3 shared": with_pools(province_plan("PV26", 30, 3), 3, 3),
    }


def _audited(workbook: Path, out: Path) -> Any:
    """What an audit reads out of a workbook that was just written."""
    asked = ["audit", str(workbook), "--of", "nl/reception-2024", "--sheet", "Municipalities"]
    return _typed([*asked, "--column", "places=reception places number"], out)


def _typed(words: list[str], out: Path) -> Any:
    """What the command line writes, in a form that does not tell who wrote it."""
    _run([*words, "--quiet", "--out", str(out)])
    match out.suffix:
        case ".json":
            data = json.loads(out.read_text("utf-8"))
            return {name: value for name, value in data.items() if name != "receipt"}
        case ".xlsx":
            book = load_workbook(out)
            return {sheet.title: [list(row) for row in sheet.values] for sheet in book}
    return sha256(out.read_bytes()).hexdigest()


def _run(words: list[str]) -> None:
    """`allocator WORDS...` in this process."""
    told = io.StringIO()
    before = sys.argv
    sys.argv = ["allocator", *words]
    try:
        with contextlib.redirect_stderr(told), contextlib.redirect_stdout(told):
            command_line()
    except SystemExit as end:
        if end.code:
            raise RuntimeError(f"allocator {' '.join(words)}: {told.getvalue()}") from end
    finally:
        sys.argv = before


def main(packages: list[str]) -> None:
    versions = {name: version(name) for name in packages}
    json.dump({"versions": versions, "answers": dict(answers())}, sys.stdout, indent=1)


if __name__ == "__main__":
    main(sys.argv[1:])
