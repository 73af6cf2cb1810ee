"""A folder of this process in which inputs are put, as quickly as may be."""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

#: Where files need no disk, if there is such a place.
_IN_MEMORY = Path("/dev/shm")


@lru_cache(maxsize=1)
def _folder(_process: int) -> Path:
    beside = str(_IN_MEMORY) if os.access(_IN_MEMORY, os.W_OK) else None
    folder = Path(mkdtemp(prefix="allocator-fuzz-", dir=beside))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def placed(files: Mapping[str, bytes], within: str = "") -> Path:
    """A folder that holds these files and no others.

    `within` names one of several folders, so that the files of two readers do not meet.
    """
    folder = _folder(os.getpid()) / (within or "input")
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
