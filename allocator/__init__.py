"""Divides a national number over provinces and municipalities, exactly and explained.

>>> import allocator
>>> target = allocator.distribute(allocator.load("nl/housing-2023-h1"))
>>> target.number("GM0687", "permit_holders")  # Middelburg
60
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.model.problem import InputError

if TYPE_CHECKING:
    from allocator.model.distribution import Distribution
    from allocator.model.instance import Instance

__version__ = "0.1.0"
__all__ = ["InputError", "distribute", "load"]


def load(
    instance: str | Path,
    rule: str | None = None,
    totals: Mapping[str, int] | int | None = None,
) -> Instance:
    """An instance by name ("nl/housing-2023-h1") or by the path of its folder.

    `rule` puts another rule on it, by name, by name@date or by the path of a rule file; `totals`
    changes national numbers: per stream, or one number where there is one stream.
    """
    from allocator.reading.instances import load as read  # late, so that --help stays quick

    return read(instance, rule, totals)


def distribute(
    instance: Instance,
    rounding: str | None = None,
    method: str | None = None,
    ties: str | None = None,
    fixed: Iterable[str] | None = None,
) -> Distribution:
    """Divide the totals of an instance by its rule, perhaps with another rounding.

    `rounding` is up, half-up, half-even, down, consistent or textbook; `method`, for the last two,
    largest-remainder, webster, adams, jefferson, hill or dean; `ties` order or refuse; `fixed`
    names the levels whose areas keep their own share under limits.
    """
    from allocator.core.choice import chosen
    from allocator.core.distribute import distribute as divide

    return divide(instance, chosen(instance.rule, rounding, method, ties, fixed))
