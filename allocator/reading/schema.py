"""The shape of the YAML files: which keys there are, what they mean, what may stand in them.

Every value arrives as text (see `yaml_text`); a key that is not listed here is a problem that names
the nearest one. The sentence under a key is its documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from allocator.model.indicator import Kind, Quality
from allocator.model.plan import PlaceKind
from allocator.model.problem import InputError, Problems
from allocator.model.rule import (
    AfterKind,
    Crossing,
    Direction,
    Mergers,
    Method,
    Rounding,
    YearAsked,
)
from allocator.reading.formats import numerals
from allocator.reading.formats.yaml_text import YamlFile
from allocator.words.text import LocalText, Text, text


def _reading(read: Callable[[str], Any]) -> BeforeValidator:
    """A reader of text as a step of validation; what it finds wrong keeps its own words."""

    def validated(value: Any) -> Any:
        if not isinstance(value, str):
            raise PydanticCustomError("own", "{shown}", _found(_NO_TEXT, text("Write one value.")))
        try:
            return read(value)
        except numerals.Unreadable as error:
            raise PydanticCustomError("own", "{shown}", _found(error.found, error.mend)) from error

    return BeforeValidator(validated)


_IN_BOTH = text("Write {example}.", example="{nl: ..., en: ...}")
_NO_TEXT = text("a single value is wanted here, not a list or a mapping.")


def _found(found: Text, mend: Text) -> dict[str, Any]:
    return {"shown": str(found), "found": found, "mend": mend}


Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
TableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
QualifiedName = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9][a-z0-9-]*$")]
Day = Annotated[date, _reading(numerals.day)]
Whole = Annotated[int, _reading(numerals.whole)]
Balance = Annotated[int, _reading(numerals.balance)]
Year = Annotated[int, _reading(numerals.year)]
YesNo = Annotated[bool, _reading(numerals.yes_or_no)]
Amount = Annotated[Fraction, _reading(numerals.amount)]
Percent = Annotated[Fraction, _reading(numerals.percent)]


class Shape(BaseModel):
    """A mapping with known keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(Shape):
    """A text in both languages."""

    nl: Line
    en: Line

    def local(self) -> LocalText:
        return LocalText(self.nl, self.en)


def _in_both(value: Any) -> Any:
    return {"nl": value, "en": value} if isinstance(value, str) and value else value


#: A text that may be given once, when it reads the same in both languages.
OnceOrBoth = Annotated[Both, BeforeValidator(_in_both)]


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


class BalancesShape(Shape):
    """A file of balances, of what was realised, of joint changes or of goals."""

    file: Line = Field(description="a file of this folder")
    dialect: str = Field("", description="nl for semicolons and decimal commas")
    quality: Quality = Field(description="official, approximate, own or invented")
    source: OnceOrBoth = Field(description="who keeps these figures")


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


class FollowsShape(Shape):
    instance: QualifiedName = Field(description="the instance of the half-year before")
    account: Line = Field(description="a file of this folder: its account")


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


S = TypeVar("S", bound=Shape)


def shaped(shape: type[S], file: YamlFile) -> S:
    """The file in its shape, or every key that does not fit."""
    try:
        return shape.model_validate(file.data)
    except ValidationError as error:
        problems = Problems()
        for detail in error.errors():
            found, mend = _worded(shape, detail)
            path = [part for part in detail["loc"] if part != "[key]"]
            problems.add(file.place(*path), found, mend)
        raise InputError(*problems.shortened()) from error


def _worded(shape: type[Shape], detail: ErrorDetails) -> tuple[Text, Text]:
    """Our words for what pydantic found."""
    path = [str(part) for part in detail["loc"] if part != "[key]"]
    key = f"'{path[-1]}'" if path else text("the file")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "own":
            return text("{key}: {found}", key=key, found=context["found"]), context["mend"]
        case "missing":
            return text("The key {key} is missing.", key=key), text("Add it.")
        case "extra_forbidden":
            known = _keys_at(shape, path[:-1])
            near = get_close_matches(path[-1], known, 1)
            mend = (
                text("Did you mean {near}?", near=f"'{near[0]}'")
                if near
                else text("The keys here are: {names}.", names=", ".join(known))
            )
            return text("There is no key {key} here.", key=key), mend
        case "enum":
            written = str(detail["input"])
            allowed = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            near = get_close_matches(written, allowed, 1)
            mend = (
                text("Did you mean {near}?", near=f"'{near[0]}'")
                if near
                else text("Write one of: {names}.", names=", ".join(allowed))
            )
            return text("{key} cannot be {written}.", key=key, written=f"'{written}'"), mend
        case "string_too_short":
            return text("{key} is empty.", key=key), text("Fill it in.")
        case "too_short":
            return text("{key} has too few entries.", key=key), text("Add what is missing.")
        case "string_pattern_mismatch" if "/" in context.get("pattern", ""):
            return (
                text("{written} is no name here.", written=f"'{detail['input']}'"),
                text("Write country/name, in small letters, such as nl/my-region."),
            )
        case "string_pattern_mismatch":
            return (
                text("{written} is no name here.", written=f"'{detail['input']}'"),
                text("Use small letters, digits, and _ or - between them, as in the other files."),
            )
        case "string_type":
            return text("{key}: {found}", key=key, found=_NO_TEXT), text("Write one value.")
        case "list_type":
            return text("{key} must be a list.", key=key), text("Write [a, b], or lines with -.")
        case "model_type" if isinstance(detail["input"], str) and "Both" in str(context):
            return text("{key} must be given in both languages.", key=key), _IN_BOTH
        case "dict_type" | "model_type" | "model_attributes_type":
            return (
                text("{key} must be a mapping.", key=key),
                text("Write `key: value` lines under it, indented."),
            )
    return text("{key}: {found}", key=key, found=detail["msg"]), text("See the format's page.")


def _keys_at(shape: type[Shape], path: list[str]) -> list[str]:
    """The keys that a shape knows at a place."""
    here: Any = shape
    for part in path:
        if not (isinstance(here, type) and issubclass(here, Shape)):
            break
        field = here.model_fields.get(part)
        here = next(_shapes(field.annotation), None) if field else here
    if isinstance(here, type) and issubclass(here, Shape):
        return [field.alias or name for name, field in here.model_fields.items()]
    return []


def _shapes(annotation: Any) -> Iterator[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _shapes(inner)
