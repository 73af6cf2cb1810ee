"""Reads a drawn lot: the order of tied cells, and the digest of the question it was drawn for."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from allocator.model.rule import Lot
from allocator.reading.schema import Line, Shape, shaped
from allocator.reading.yaml_text import read_yaml


class DrawnShape(Shape):
    area: Line = Field(description="the code of the area")
    part: Line = Field(description="the stream")


class LotShape(Shape):
    drawn_for: Line = Field(description="the digest that the refusal named")
    order: list[DrawnShape] = Field(min_length=1, description="the first drawn first")


def read_lot(path: Path) -> Lot:
    """The lot in a file."""
    shape = shaped(LotShape, read_yaml(path))
    return Lot(shape.drawn_for, tuple((drawn.area, drawn.part) for drawn in shape.order))
