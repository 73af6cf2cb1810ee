"""The canonical result of every shipped instance, kept as two hashes in `hashes.json`.

`numbers` covers the quotas and whole numbers, `result` all that the json tells beside them. Each
has a `why`: the sentence of the changelog under which it last changed.
`python -m tests.same.kept NAME ...` prints what the results are now.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import allocator
from allocator.report.distribution.exact_json import as_data, digest

HASHES = Path(__file__).parent / "hashes.json"
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"

Hashes = dict[str, dict[str, str]]


def kept() -> Hashes:
    """What the repository holds."""
    found: Hashes = json.loads(HASHES.read_text("utf-8"))
    return found


def hashed(name: str) -> dict[str, str]:
    """What the result of an instance is now, by its name or folder."""
    data = as_data(allocator.distribute(allocator.load(name)))
    return {"numbers": digest(data["cells"]), "result": digest(data)}


def changelog() -> str:
    """The changelog in one line, so that a sentence is found wherever it was broken."""
    return " ".join(CHANGELOG.read_text("utf-8").split())


def renewed(names: Iterable[str], why: str) -> Hashes:
    """The hashes of these instances; one that changed, or is new, gets a new reason."""
    before = kept() if HASHES.exists() else {}
    found = {}
    for name in sorted(names):
        now, was = hashed(name), before.get(name, {})
        same = all(was.get(each) == value for each, value in now.items())
        found[name] = was if same else {**now, "why": why}
    return found


if __name__ == "__main__":
    json.dump({name: hashed(name) for name in sys.argv[1:]}, sys.stdout)
