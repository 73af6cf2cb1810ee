"""The shapes of plans: what a rule lays down for them, and what a provincial board brings."""

from __future__ import annotations

from pydantic import Field

from allocator.model.plan import PlaceKind
from allocator.reading.shapes.balances import BalancesShape
from allocator.reading.shapes.shape import Identifier, Line, OnceOrBoth, Percent, Shape, Whole


class CountingShape(Shape):
    least: dict[PlaceKind, Whole] = Field(
        description="per kind: so many in one municipality, or they do not count"
    )
    least_article: OnceOrBoth = Field(description="where the law says so")
    years: Whole = Field(description="available for so many years or longer")
    months: Whole = Field(description="from the first day on, or from a day so many months later")
    term_article: OnceOrBoth = Field(description="where the law says so")


class PlanRuleShape(Shape):
    """What a rule lays down for the plans of provinces."""

    whole: Identifier = Field(description="the stream that all places are in")
    minors: Identifier = Field(description="the stream of the minors' places, a part of it")
    counting: CountingShape = Field(description="which places count")
    deduction_article: OnceOrBoth = Field(description="where the law deducts what counts already")
    beyond: list[Percent] = Field(
        min_length=1, description="percent beyond an indicative number that weigh, largest first"
    )
    grant_above: Percent = Field(description="percent of a province's number; places above it earn")
    grant_article: OnceOrBoth = Field(description="where the law says so")


class PlanTableShape(Shape):
    """A table of pledges or agreements, of which each row names its source."""

    file: Line = Field(description="a file of this folder")
    dialect: str = Field("", description="nl for semicolons and decimal commas")


class WishesShape(Shape):
    smallest: Whole | None = Field(None, description="no new location below so many places")
    largest: Whole | None = Field(None, description="none above so many")
    small: Whole | None = Field(None, description="a location is small below so many places")
    small_part: Percent | None = Field(
        None, description="percent of the new places in small locations, at least"
    )


class PlanShape(Shape):
    """What a provincial board brings to the table."""

    area: Line = Field(description="the code or name of the province")
    locations: BalancesShape = Field(description="the locations, there and possible")
    pledges: PlanTableShape | None = Field(None, description="pledges and caps of municipalities")
    agreements: PlanTableShape | None = Field(None, description="who carries out whose task")
    wishes: WishesShape | None = Field(None, description="how small-scale it should be")
    refused: list[Line] = Field(
        default_factory=list, description="the names of candidates that are not to be used"
    )
