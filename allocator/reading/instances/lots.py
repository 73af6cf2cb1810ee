"""Reads drawn lots: the order of tied cells, and the digest of the question each was drawn for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from allocator.model.problem import InputError, Place, Problem
from allocator.model.rule import Lot
from allocator.reading.formats.files import is_file
from allocator.reading.formats.yaml_text import YamlFile, read_yaml
from allocator.reading.shapes.shape import Line, Shape
from allocator.reading.shapes.shaped import shaped
from allocator.words.text import text


class DrawnShape(Shape):
    area: Line = Field(description="the code of the area")
    part: Line = Field(description="the stream")


class LotShape(Shape):
    drawn_for: Line = Field(description="the digest that the refusal named")
    order: list[DrawnShape] = Field(min_length=1, description="the first drawn first")


class LotsShape(Shape):
    """A file of lots, one for each whole that ties."""

    lots: list[LotShape] = Field(min_length=1, description="the lots")


def read_lots(written: str) -> tuple[Lot, ...]:
    """The lots in a file: one, or several under `lots:`."""
    path = Path(written)
    if not is_file(path):
        raise InputError(
            Problem(
                Place("--ties"),
                text("{written} is neither order nor refuse, nor a file.", written=f"'{written}'"),
                text("Name the file with the drawn lot."),
            )
        )
    file = read_yaml(path)
    data: Any = file.data
    if not isinstance(data, dict) or "lots" not in data:
        file = YamlFile(file.name, {"lots": [data]}, file.lines)
    return tuple(
        Lot(lot.drawn_for, tuple((drawn.area, drawn.part) for drawn in lot.order))
        for lot in shaped(LotsShape, file).lots
    )
