"""The shape of the YAML files: which keys there are, what they mean, what may stand in them.

Every value arrives as text (see `yaml_text`); a key that is not listed here is a problem that names
the nearest one. The sentence under a key is its documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from allocator.model.indicator import Kind, Quality
from allocator.model.problem import InputError, Problems
from allocator.model.rule import Crossing, Direction, Mergers, Method, Rounding, YearAsked
from allocator.reading import numerals
from allocator.reading.yaml_text import YamlFile
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
Year = Annotated[int, _reading(numerals.year)]


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
    key: Line = Field(description="by which key")


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
    gaps: list[Both] = Field(default_factory=list, description="what is not known")


class TotalShape(Shape):
    number: Whole = Field(description="the national number")
    source: OnceOrBoth = Field(description="who announced it, where")
    announced: Day | None = Field(None, description="when")


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
    totals: dict[Identifier, TotalShape] = Field(min_length=1, description="the national numbers")
    areas: AreasShape = Field(description="which areas")
    indicators: dict[Identifier, IndicatorShape] = Field(
        default_factory=dict, description="the figures for the key"
    )
    published: PublishedShape | None = Field(None, description="the table as published")
    limits: list[LimitShape] = Field(default_factory=list, description="floors and caps")
    revision_of: str = Field("", description="the instance whose total this one replaces")
    notes: list[Both] = Field(default_factory=list, description="what a reader should know")


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
