"""The kept parts of a sweep: what is damaged is found again, not read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from allocator.reading.results.sweeps import SweepFolder

ASKED = {"instance": "nl/x"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"'shape': (2", b"'shape': [2"),
        (b"{'descr'", b"{{{{{{{{"),
        (b"'shape': (2", b"'shape': (9"),
        (b"'shape': (2, 3, 4), }", b"'shape': (99999999999,)"),
        (b"<u2", b"|O8"),
        (b"\x93NUMPY\x01", b"\x93NUMPY\x07"),
        (b"\x93NUMPY", b"PK\x03\x04AB"),
    ],
)
def test_a_damaged_part_is_as_good_as_none(tmp_path: Path, old: bytes, new: bytes) -> None:
    folder = SweepFolder.opened(tmp_path, ASKED)
    folder.keep(range(4), np.arange(300, 324).reshape(2, 3, 4))
    assert folder.of(range(4)) is not None
    [path] = tmp_path.glob("*.npy")
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    assert folder.of(range(4)) is None
