"""The shape of a record file: what was published of a number besides the numbers themselves."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from allocator.model.indicator import Quality
from allocator.reading.shapes.shape import (
    Balance,
    Both,
    Day,
    Identifier,
    Line,
    OnceOrBoth,
    QualifiedName,
    Shape,
    YesNo,
)


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class FigureShape(Shape):
    """A number that was published, or a range of numbers."""

    number: Balance | None = Field(None, description="a whole number; a head start is negative")
    low: Balance | None = Field(None, description="instead: the lowest it may be")
    high: Balance | None = Field(None, description="and the highest")
    source: OnceOrBoth = Field(description="who published it, where")
    quality: Quality | None = Field(None, description="approximate, where it is an estimate")


#: One figure, or a list of what several sources say; sums are made with the first.
FigureShapes = Annotated[list[FigureShape], Field(min_length=1), BeforeValidator(_one_or_more)]


class StatementShape(Shape):
    """A sum over figures, beside what was published or instead of it."""

    sum: Line = Field(description="a formula over figures: + - * / and parentheses")
    beside: str = Field("", description="the figure, or the sum of figures, it should equal")
    implies: str = Field("", description="instead: the figure it gives where none was published")
    says: Both = Field(description="what is compared or follows, in words")


class AnnouncedShape(Shape):
    day: Day = Field(description="when the number was announced, earlier than its instance says")
    first: YesNo = Field(False, description="yes where that is known to be the first time")
    source: OnceOrBoth = Field(description="where it was announced")


class PeriodRecordShape(Shape):
    figures: dict[Identifier, FigureShapes] = Field(
        default_factory=dict, description="opening, in_all, realised, closing, or one of the terms"
    )
    statements: list[StatementShape] = Field(
        default_factory=list, description="sums over the figures that should hold"
    )
    announced: AnnouncedShape | None = Field(None, description="an announcement known besides")
    notes: list[Both] = Field(default_factory=list, description="what a reader should know")


class RecordShape(Shape):
    """A record file: what was published of a number, besides the numbers themselves."""

    record: QualifiedName = Field(description="its name; instances `name-...` give the numbers")
    title: Both = Field(description="its name for readers")
    rule: QualifiedName = Field(description="the name of the rule that those instances follow")
    stream: Identifier = Field(description="the stream that is followed")
    terms: dict[Identifier, OnceOrBoth] = Field(
        default_factory=dict, description="what readers call the figures of its own"
    )
    periods: dict[str, PeriodRecordShape] = Field(
        min_length=1, description="per half-year, such as 2022-H1"
    )
    notes: list[Both] = Field(default_factory=list, description="what a reader should know")
