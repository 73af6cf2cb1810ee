"""The package as a library: frames, reprs, and a cheap import."""

from __future__ import annotations

import subprocess
import sys

import allocator


def test_the_frame_has_the_tidy_columns() -> None:
    frame = allocator.distribute(allocator.load("nl/reception-2024")).to_frame()
    columns = ["level", "code", "name", "parent", "stream", "quota", "number"]
    assert list(frame.columns) == columns
    assert len(frame) == 3 * (342 + 25 + 12 + 1)
    assert frame.attrs["not official"] == {"ses_woa": "approximate"}


def test_what_is_printed_says_the_drift_and_what_is_approximate() -> None:
    distribution = allocator.distribute(allocator.load("nl/reception-2024"))
    assert repr(distribution) == (
        "<Distribution nl/reception-2024: places 96004 of 96000, minors 8135 of 8140, "
        "regular 87869 of 87860, 342 areas, approximate ses_woa>"
    )
    assert "approximate ses_woa" in distribution._repr_html_()


def test_one_total_for_the_only_stream() -> None:
    instance = allocator.load("nl/housing-2023-h1", totals=20_000)
    assert instance.totals["permit_holders"].number == 20_000


def test_importing_it_imports_no_pandas_and_no_solver() -> None:
    code = (
        "import sys, allocator; d = allocator.distribute(allocator.load('nl/housing-2023-h1'));"
        "print([m for m in ('pandas', 'pulp', 'highspy', 'networkx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
