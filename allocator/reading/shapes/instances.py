"""The shape of an instance's instance.yaml."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, model_validator

from allocator.model.indicator import Kind, Quality
from allocator.reading.shapes.balances import BalancesShape, FollowsShape
from allocator.reading.shapes.plans import PlanShape
from allocator.reading.shapes.rules import LimitShape, StreamShape
from allocator.reading.shapes.shape import (
    Amount,
    Both,
    Day,
    Identifier,
    Line,
    OnceOrBoth,
    QualifiedName,
    Shape,
    Whole,
    Year,
)


class TotalShape(Shape):
    number: Whole = Field(description="the national number")
    source: OnceOrBoth = Field(description="who announced it, where")
    announced: Day | None = Field(None, description="when")


class TotalsFileShape(Shape):
    """A table of the national numbers, of which each row may name its source."""

    file: Line = Field(description="a file of this folder")
    dialect: str = Field("", description="nl for semicolons and decimal commas")
    source: OnceOrBoth | None = Field(None, description="who announced them, where no row says so")
    announced: Day | None = Field(None, description="when, where no row says so")


class AreasShape(Shape):
    table: str = Field("", description="a shared table of areas")
    file: str = Field("", description="or a file of this folder")
    dialect: str = Field("", description="nl for semicolons and decimal commas")
    tree: list[Identifier] = Field(min_length=2, description="levels from the root to the leaves")
    also: list[Identifier] = Field(default_factory=list, description="levels beside the tree")


class IndicatorShape(Shape):
    """Figures from a shared table, or from a file that then says what its figures are."""

    OF_A_FILE: ClassVar = ("dialect", "division", "kind", "quality", "title", "source", "licence")

    table: str = Field("", description="a shared table")
    file: str = Field("", description="or a file of this folder")
    dialect: str = Field("", description="nl for semicolons and decimal commas")
    column: str = Field("", description="its column, where that has another name")
    year: Year = Field(description="the year of the figures")
    division: Day | None = Field(None, description="the day whose map a file's figures follow")
    kind: Kind | None = Field(None, description="count or rate, of a file's figures")
    quality: Quality | None = Field(None, description="of a file's figures")
    title: Both | None = Field(None, description="what a file's figures count")
    source: OnceOrBoth | None = Field(None, description="where a file's figures come from")
    licence: str = Field("", description="under which a file's figures were published")


class PublishedShape(Shape):
    file: Line = Field(description="a file of this folder")
    dialect: str = Field("", description="nl for semicolons and decimal commas")
    source: Both = Field(description="who published it, where and when")


class SmallShape(Shape):
    indicator: Identifier = Field(description="the count by which areas are small")
    below: Whole = Field(description="below how many")
    tolerance: Amount = Field(description="how far their figures may be off")


class UncertainShape(Shape):
    """How far an indicator's figures may be off."""

    tolerance: Amount = Field(description="how far, up or down, in the indicator's own unit")
    small: SmallShape | None = Field(None, description="another tolerance for small areas")
    free: list[Line] = Field(default_factory=list, description="codes whose figure says nothing")
    source: OnceOrBoth = Field(description="who set these bounds")


class InstanceShape(Shape):
    """An instance's instance.yaml."""

    instance: QualifiedName = Field(description="its name: country/name, as its folder")
    title: Both = Field(description="its name for readers")
    rule: Line = Field(description="the rule's name, or a rule file of this folder")
    period: Line = Field(description="the half-year, such as 2023-H1, or another name")
    date: Day | None = Field(None, description="the period's first day, where it is no half-year")
    streams: dict[Identifier, StreamShape] | None = Field(
        None, description="what is distributed, where the rule leaves that open"
    )
    totals: dict[Identifier, TotalShape] = Field(description="the national numbers")
    totals_file: TotalsFileShape | None = Field(
        None, description="or their table, also written `totals: {file: ...}`"
    )
    areas: AreasShape = Field(description="which areas")
    indicators: dict[Identifier, IndicatorShape] = Field(
        default_factory=dict, description="the figures for the key"
    )
    published: PublishedShape | None = Field(None, description="the table as published")
    limits: list[LimitShape] = Field(default_factory=list, description="floors and caps")
    opening: BalancesShape | None = Field(None, description="the balances at the start")
    realised: BalancesShape | None = Field(None, description="what was realised in the period")
    ledger: BalancesShape | None = Field(None, description="joint changes and swaps")
    goal: BalancesShape | None = Field(None, description="a goal that was agreed, per area")
    catch_up: dict[Identifier, TotalShape] = Field(
        default_factory=dict, description="an extra national goal from backlogs"
    )
    carried_on: BalancesShape | None = Field(
        None, description="what an earlier extra goal left, per area right under the country"
    )
    follows: FollowsShape | None = Field(None, description="the half-year before, as it was closed")
    uncertain: dict[Identifier, UncertainShape] = Field(
        default_factory=dict, description="how far indicators may be off that are known roughly"
    )
    existing: dict[Identifier, Identifier] = Field(
        default_factory=dict, description="per stream the indicator of what is there already"
    )
    plan: PlanShape | None = Field(None, description="what a province plans with")
    revision_of: str = Field("", description="the instance whose total this one replaces")
    notes: list[Both] = Field(default_factory=list, description="what a reader should know")

    @model_validator(mode="before")
    @classmethod
    def _totals_of_a_file(cls, data: Any) -> Any:
        """`totals: {file: ...}` names a table; a stream of that name would have a mapping."""
        totals = data.get("totals") if isinstance(data, dict) else None
        if isinstance(totals, dict) and isinstance(totals.get("file"), str):
            return {**data, "totals": {}, "totals_file": totals}
        if isinstance(data, dict) and "totals_file" in data:
            return {"totals": {}, **data}
        return data
