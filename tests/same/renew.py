"""`python -m tests.same.renew "SENTENCE OF CHANGELOG.md"`: keep the results as they are now.

First add a line to CHANGELOG.md that tells users what changed; its sentence is kept beside each
result that did.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from allocator.reading.instances.folders import instance_names
from tests.same.kept import HASHES, changelog, kept, renewed


def main(words: Sequence[str]) -> int:
    why = " ".join(" ".join(words).split())
    if not why or why not in changelog():
        print("Give a sentence that stands in CHANGELOG.md and says what changed.")
        return 2
    before = kept() if HASHES.exists() else {}
    after = renewed(instance_names(), why)
    HASHES.write_text(json.dumps(after, indent=1) + "\n", "utf-8")
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name, {}), after.get(name, {})
        if one != other:
            numbers = one.get("numbers") != other.get("numbers")
            print(f"{name}: {'other numbers' if numbers else 'told otherwise'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
