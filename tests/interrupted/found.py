"""What a folder holds after an interruption, and whether any of it is a half."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tests.interrupted.ways import Kind, Way

#: Every file by its path; a folder that is empty holds nothing.
Held = Mapping[str, bytes]

#: What a process that was killed may leave: of this name, which the next run takes away.
LEFT = re.compile(r"(^|/)\.[^/]+\.part(/|$)")


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): b"" if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
        if not path.is_dir() or not any(path.iterdir())
    }


def halves(way: Way, before: Held, after: Held, now: Held) -> list[str]:
    """What is neither as it was nor as it should become, nor named as a leftover."""
    whole = {path: content for path, content in now.items() if not LEFT.search(path)}
    wrong = [
        f"{path} is neither the old nor the new one"
        for path, content in whole.items()
        if content not in (before.get(path), after.get(path))
    ]
    wrong += [f"{path} is gone" for path in before if path in after and path not in whole]
    begun = set(whole) - set(before)
    if way.kind is Kind.FOLDER and begun and whole != after:
        wrong.append(f"half a folder: {', '.join(sorted(begun))}")
    return wrong


def left(now: Held) -> list[str]:
    """The leftovers in it."""
    return [path for path in now if LEFT.search(path)]
