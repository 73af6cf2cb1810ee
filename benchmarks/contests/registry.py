"""Every contest by a short name, imported when it is asked for.

OR-Tools brings a HiGHS of its own, which must not meet ours in one process.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.contests.contest import Contest

CONTESTS = {
    "remainders": ("one_level", "REMAINDERS"),
    "webster": ("one_level", "WEBSTER"),
    "rows-by-columns": ("rows_by_columns", "ROWS_BY_COLUMNS"),
    "together": ("together", "TOGETHER"),
    "shares": ("shares", "SHARES"),
}


def contest(name: str) -> Contest[Any]:
    module, constant = CONTESTS[name]
    found: Contest[Any] = getattr(import_module(f"benchmarks.contests.{module}"), constant)
    return found
