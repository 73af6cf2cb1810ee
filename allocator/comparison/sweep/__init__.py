"""Thousands of keys on one instance: between what each area's number moves, and by which key.

`grid` and `sample` make a design of keys, and `sweep` tries it. Each key can be typed to
`allocator run --key`, and gives the very same numbers there.
"""

from allocator.comparison.sweep.design import (
    PARTS,
    Design,
    Grid,
    Point,
    Sample,
    Space,
    TotalRange,
    Weight,
    grid,
    sample,
)
from allocator.comparison.sweep.question import Question, fingerprint
from allocator.comparison.sweep.sweeping import Kept, Spread, Swept, sweep

__all__ = [
    "PARTS",
    "Design",
    "Grid",
    "Kept",
    "Point",
    "Question",
    "Sample",
    "Space",
    "Spread",
    "Swept",
    "TotalRange",
    "Weight",
    "fingerprint",
    "grid",
    "sample",
    "sweep",
]
