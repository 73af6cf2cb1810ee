"""The shapes of half-years: what a rule lays down for them, and the files of an instance."""

from __future__ import annotations

from pydantic import Field

from allocator.model.indicator import Quality
from allocator.reading.shapes.shape import (
    Both,
    Line,
    OnceOrBoth,
    Percent,
    QualifiedName,
    Shape,
    Whole,
    YesNo,
)


class RealisedKindShape(Shape):
    title: Both = Field(description="what readers call it")
    counts: YesNo = Field(description="yes or no: whether it counts toward the number")


class ProgressShape(Shape):
    on_schedule: Percent = Field(description="percent of the norm from which all is well")
    slightly_behind: Percent = Field(description="percent of the norm below which it is not")
    source: OnceOrBoth = Field(description="who set these bounds")


class NoticeShape(Shape):
    weeks: Whole = Field(description="how many weeks before the period the number must be public")
    article: Line = Field(description="where the law says so")


class BalancesShape(Shape):
    """A file of balances, of what was realised, of joint changes or of goals."""

    file: Line = Field(description="a file of this folder")
    dialect: str = Field("", description="nl for semicolons and decimal commas")
    quality: Quality = Field(description="official, approximate, own or invented")
    source: OnceOrBoth = Field(description="who keeps these figures")


class FollowsShape(Shape):
    instance: QualifiedName = Field(description="the instance of the half-year before")
    account: Line = Field(description="a file of this folder: its account")
