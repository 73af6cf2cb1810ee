"""The same model under limits that bind: caps below and floors above what leaves would get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from benchmarks.models.model import Model


def limited(model: Model, count: int) -> Model:
    """Limits on the whole of drawn leaves; with several streams they couple these."""
    draw = Random(20261121)
    people = {leaf: int(number) for leaf, number in model.figures["population"].items()}
    total = model.streams["places"].total
    per_head = total / sum(people.values())
    sizeable = [leaf for leaf, number in people.items() if number * per_head >= 20]
    limits: list[Mapping[str, Any]] = []
    for leaf in draw.sample(sizeable, count):
        near = people[leaf] * per_head
        kind, bound = draw.choice(
            [("at_most", int(near * draw.uniform(0.2, 0.5)))] * 2
            + [("at_least", int(near * draw.uniform(1.6, 2.0)) + 1)]
        )
        limits.append(
            {
                "name": f"{kind} in {leaf}",
                "source": "invented",
                "stream": "places",
                "areas": [leaf],
                kind: bound,
            }
        )
    return replace(model, name=f"{model.name} under {count} limits", limits=tuple(limits))
