"""The example under limits: who opens under "nothing or at least so many" is asked of a solver."""

from __future__ import annotations

from pathlib import Path

from tests.example import bent, write_example

LIMITS = """\
limits:
  - {name: small sites, source: us, stream: minors, each: municipality, nothing_or: 4}
  - {name: full, source: us, stream: places, areas: [D], at_most: 35}
  - {name: pledge, source: us, stream: places, areas: [A], at_least: 20}
"""
TOGETHER = bent("rule.yaml", "rounding: half-up", "rounding: consistent\ncrossing: reported")


def limited(folder: Path) -> Path:
    """Write the example with its limits, rounded together."""
    changed = bent("instance.yaml", "indicators:\n", LIMITS + "indicators:\n")
    return write_example(folder, **changed, **TOGETHER)
