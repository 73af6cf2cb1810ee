"""A search for weights with the instance that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.comparison.find import Found
from allocator.model.instance import Instance


@dataclass(frozen=True)
class Sought:
    """The best weights of some formulas."""

    instance: Instance
    found: Found
    fairest: bool  # whether the table is one by inhabitants, and not the published one


def as_key(weights: Mapping[str, str]) -> str:
    """The formulas with their weights as one key.

    >>> as_key({"population": "0.35", "land_ha": "0.65", "1": "0"})
    '0.35 * share(population) + 0.65 * share(land_ha)'
    """
    terms = [f"{weight} * share({name})" for name, weight in weights.items() if weight != "0"]
    return " + ".join(terms)
