"""Processor, memory, date, and the version of everything that is compared."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

COMPARED = (
    *("apportionment", "votelib", "iteround", "biprop", "ortools", "networkx", "pulp", "highspy"),
    *("numpy", "pandas"),
)


def machine() -> str:
    """A line for the machine and one for the packages."""
    packages = ", ".join(f"{name} {_version(name)}" for name in COMPARED)
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return (
        f"{date.today().isoformat()}, {_processor()}, {os.cpu_count()} cores, {_gigabytes()} GB, "
        f"{system}.\n\n{packages}."
    )


def _processor() -> str:
    """Its name as Linux knows it, or what Python is told elsewhere."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"


def _gigabytes() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
