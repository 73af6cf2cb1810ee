"""The shape of a rule file."""

from __future__ import annotations

from pydantic import Field

from allocator.model.rule import (
    AfterKind,
    Crossing,
    Direction,
    Mergers,
    Method,
    Rounding,
    YearAsked,
)
from allocator.reading.shapes.balances import NoticeShape, ProgressShape, RealisedKindShape
from allocator.reading.shapes.plans import PlanRuleShape
from allocator.reading.shapes.shape import (
    Both,
    Day,
    Identifier,
    Line,
    OnceOrBoth,
    QualifiedName,
    Shape,
    Whole,
)


class LegalBasisShape(Shape):
    act: str = Field("", description="the number of the act; none for a proposal or practice")
    article: str = Field("", description="the article")
    title: Both = Field(description="the name of the act")
    says: Both = Field(description="what it lays down, in a sentence")


class StreamShape(Shape):
    title: Both = Field(description="what readers call it")
    part_of: str = Field("", description="the whole it lies inside")
    rest_of: str = Field("", description="the whole of which it is what the parts leave")
    key: str = Field("", description="a key of its own, instead of the rule's")


class IndicatorAskedShape(Shape):
    year: YearAsked = Field(YearAsked.ANY, description="previous, latest or any")
    mergers: Mergers = Field(Mergers.BY_PERSONS, description="by-persons or decided")
    article: str = Field("", description="where the law says so")


class LevelShape(Shape):
    level: Identifier = Field(description="the areas that share what stands above them")
    key: str = Field("", description="by which key")
    rule: str = Field("", description="instead, of the first level: whose numbers it keeps")


class AfterShape(Shape):
    """A step after the key."""

    do: AfterKind = Field(description="positive, exempt, capped or rescale")
    of: str = Field("", description="exempt: the formula that is held against the bound")
    reaches: str = Field("", description="exempt: the bound, a formula; who reaches it is exempt")
    at_least: str = Field("", description="capped: the lowest weight, a formula")
    at_most: str = Field("", description="capped: the highest weight, a formula")
    article: str = Field("", description="where the law says so")
    says: Both = Field(description="what is done, in a sentence")


class SymbolShape(Shape):
    means: Both = Field(description="what the sign stands for")
    is_: Line = Field(alias="is", description="total, weight, weights, or a formula")


class FormulaShape(Shape):
    lines: list[Line] = Field(min_length=1, description="the formula as the law prints it")
    symbols: dict[Line, SymbolShape] = Field(description="its signs")


class LimitShape(Shape):
    """A floor or a cap, on one area, on a pool of areas, or on each area of a level."""

    name: Line = Field(description="what messages call it")
    source: OnceOrBoth = Field(description="who set it, and where it stands")
    stream: Identifier = Field(description="a whole, a part or a rest")
    areas: list[Line] = Field(
        default_factory=list, description="codes; several are a pool that is limited in all"
    )
    each: str = Field("", description="instead of areas: every area of this level by itself")
    at_least: Whole | None = Field(None, description="the floor")
    at_most: Whole | None = Field(None, description="the cap")
    exactly: Whole | None = Field(None, description="floor and cap at once")
    per_1000: Identifier | None = Field(
        None, description="the indicator of which floor and cap are so many per 1,000"
    )
    nothing_or: Whole | None = Field(None, description="nothing at all, or at least so many")


class RuleShape(Shape):
    """A rule file."""

    rule: QualifiedName = Field(description="its name: country/name")
    valid_from: Day = Field(description="the first day on which it holds")
    valid_until: Day | None = Field(None, description="the last day, where it is known")
    checked_on: Day = Field(description="when it was last checked against its source")
    title: Both = Field(description="its name for readers")
    legal_basis: list[LegalBasisShape] = Field(min_length=1, description="what it carries out")
    streams: dict[Identifier, StreamShape] | None = Field(
        None, description="what it distributes; without it, whatever the instance names"
    )
    indicators: dict[Identifier, IndicatorAskedShape] = Field(
        default_factory=dict, description="of which year the indicators must be"
    )
    key: str = Field("", description="the key, from the total straight to the leaves")
    levels: list[LevelShape] = Field(
        default_factory=list, description="keys level by level, instead of one key"
    )
    after: list[AfterShape] = Field(
        default_factory=list, description="what is done with weights after the key"
    )
    direction: Direction = Field(description="bottom-up or top-down")
    rounding: Rounding = Field(description="up, half-up, half-even, down, consistent or textbook")
    method: Method = Field(
        Method.LARGEST_REMAINDER, description="who goes up where areas are rounded together"
    )
    ties: list[Identifier] = Field(
        default_factory=lambda: ["code"],
        description="what orders areas that tie: code, or an indicator, the larger first",
    )
    fixed: list[Identifier] = Field(
        default_factory=list, description="levels whose areas keep their share under limits"
    )
    crossing: Crossing = Field(
        Crossing.REFUSED, description="levels that cross the tree: refused or reported"
    )
    limits: list[LimitShape] = Field(default_factory=list, description="floors and caps")
    formula: FormulaShape | None = Field(None, description="the law's own formula")
    realised: dict[Identifier, RealisedKindShape] = Field(
        default_factory=dict, description="the kinds of persons or places that are realised"
    )
    progress: ProgressShape | None = Field(
        None, description="from which part of the norm an area is on schedule"
    )
    notice: NoticeShape | None = Field(None, description="when the number must be public")
    plan: PlanRuleShape | None = Field(None, description="what holds for the plans of provinces")
    gaps: list[Both] = Field(default_factory=list, description="what is not known")
