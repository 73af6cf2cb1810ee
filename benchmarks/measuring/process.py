"""Asks a process of its own for a measurement, and takes its failure as an answer."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any


class Failed(Exception):
    """The process gave no measurement; the message is what it said last."""

    def __init__(self, said: str, stopped: bool = False) -> None:
        self.stopped = stopped
        super().__init__(said)


def asked(module: str, arguments: Sequence[str]) -> dict[str, Any]:
    """The line of JSON that a module prints last."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, encoding="utf-8"
    )
    if done.returncode == -signal.SIGALRM:
        raise Failed("stopped", stopped=True)
    if done.returncode:
        raise Failed((done.stderr.splitlines() or [f"ended with {done.returncode}"])[-1])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
