"""Divides a national number over provinces and municipalities, exactly and explained.

>>> import allocator
>>> target = allocator.distribute(allocator.load("nl/housing-2023-h1"))
>>> target.number("GM0687", "permit_holders")  # Middelburg
60
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.model.problem import InputError

if TYPE_CHECKING:
    import pandas

    from allocator.model.distribution import Distribution
    from allocator.model.instance import Instance

__version__ = "0.1.0"
__all__ = ["InputError", "compare", "distribute", "load"]


def load(
    instance: str | Path,
    rule: str | None = None,
    totals: Mapping[str, int] | int | None = None,
) -> Instance:
    """An instance by name ("nl/housing-2023-h1") or by the path of its folder.

    `rule` puts another rule on it, by name, by name@date or by the path of a rule file; `totals`
    changes national numbers: per stream, or one number where there is one stream.
    """
    from allocator.reading.instances.read import load as read  # late, so that --help stays quick

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


def compare(
    instance: str | Path,
    keys: Mapping[str, str] | Sequence[str],
    inside: str | None = None,
    keep: str | None = None,
    per: str | None = None,
    missing: str | None = None,
    rounding: str | None = None,
) -> pandas.DataFrame:
    """What everybody gets in an instance by its own rule and by other keys, as a pandas frame.

    A key is a formula, a rule's name or the path of a rule file; a mapping gives each a name.
    `inside` names a province or region, which keeps its number; `keep` a level whose areas all do.
    Fractions are floats there, for looking at only.

    >>> import allocator
    >>> table = allocator.compare("nl/reception-2024", {"land": "land_ha"}, inside="Zeeland")
    >>> places = table.query("name == 'Middelburg' and stream == 'places'")
    >>> places[["key", "number"]].values.tolist()
    [['nl/reception-places@2024-02-01', 261], ['land', 57]]
    """
    from allocator.asking.comparing import Typed, compared
    from allocator.report.comparison import as_frame

    keys = [keys] if isinstance(keys, str) else keys
    named = keys.items() if isinstance(keys, Mapping) else ((key, key) for key in keys)
    typed = Typed(
        keys=tuple(f"{name}={key}" for name, key in named),
        rule=None,
        totals=(),
        inside=inside,
        keep=keep,
        per=per,
        missing=missing,
        rounding=rounding,
        method=None,
        ties=None,
        fixed=(),
    )
    return as_frame(compared(str(instance), typed))
