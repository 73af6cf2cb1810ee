"""The shape of a shared table's table.yaml."""

from __future__ import annotations

from pydantic import Field

from allocator.model.indicator import Kind, Quality
from allocator.reading.shapes.shape import Both, Day, Identifier, Line, OnceOrBoth, Shape, TableName


class ColumnShape(Shape):
    title: Both = Field(description="what it counts")
    kind: Kind = Field(description="count or rate")
    quality: Quality = Field(description="official, approximate, own or invented")


class TableShape(Shape):
    """A shared table's table.yaml."""

    table: TableName = Field(description="its name")
    title: Both = Field(description="its name for readers")
    publisher: OnceOrBoth = Field(description="who counted")
    series: OnceOrBoth = Field(description="the publisher's table, and how it was derived from it")
    licence: Line = Field(description="the licence of the figures")
    reference: Both | None = Field(None, description="reference date, with {year}")
    divisions: dict[str, Day] = Field(
        default_factory=dict, description="per year the day whose map it follows, if not 1 January"
    )
    levels: list[Identifier] = Field(
        default_factory=list, description="of a table of areas: its columns beside the parent"
    )
    columns: dict[Identifier, ColumnShape] = Field(
        default_factory=dict, description="its figures, besides code and name"
    )
    notes: list[Both] = Field(default_factory=list, description="what a reader should know")
