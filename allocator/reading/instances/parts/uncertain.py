"""Reads how far an indicator's figures may be off, per leaf."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.model.areas import Division
from allocator.model.indicator import Indicator, Kind, Uncertain
from allocator.model.problem import Problems
from allocator.reading.formats.yaml_text import YamlFile
from allocator.reading.shapes.instances import UncertainShape
from allocator.words.levels import level_name
from allocator.words.text import text


def uncertain_of(
    shapes: Mapping[str, UncertainShape],
    file: YamlFile,
    division: Division,
    indicators: Mapping[str, Indicator],
    problems: Problems,
) -> dict[str, Uncertain]:
    """The tolerances by indicator; what they name must be there."""
    found = {}
    for name, shape in shapes.items():
        if name not in indicators:
            problems.add(
                file.place("uncertain", name),
                text("There is no indicator {name} here.", name=f"'{name}'"),
                text("The indicators are: {names}.", names=", ".join(indicators) or "-"),
            )
            continue
        leaves = [leaf.code for leaf in division.leaves]
        for code in shape.free:
            if code not in leaves:
                problems.add(
                    file.place("uncertain", name, "free"),
                    text("{code} is no {level}.", code=code, level=level_name(division.leaf_level)),
                    text("Write codes of the leaves."),
                )
        tolerances = dict.fromkeys(leaves, shape.tolerance)
        if shape.small:
            size = indicators.get(shape.small.indicator)
            if size is None or size.kind is not Kind.COUNT:
                problems.add(
                    file.place("uncertain", name, "small"),
                    text("There is no count named {name}.", name=f"'{shape.small.indicator}'"),
                    text("Name a count that stands under `indicators:`."),
                )
            else:
                small = [code for code in leaves if size.values[code] < shape.small.below]
                tolerances |= dict.fromkeys(small, shape.small.tolerance)
        found[name] = Uncertain(tolerances, tuple(shape.free), shape.source.local())
    return found
