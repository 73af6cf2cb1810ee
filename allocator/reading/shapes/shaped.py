"""A file in its shape, or every key that does not fit, with the nearest one that does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from allocator.model.problem import InputError, Problems
from allocator.reading.formats.yaml_text import YamlFile
from allocator.reading.shapes.shape import NO_TEXT, Shape
from allocator.words.nearest import nearest
from allocator.words.text import Text, text

S = TypeVar("S", bound=Shape)
_IN_BOTH = text("Write {example}.", example="{nl: ..., en: ...}")


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
            mend = nearest(
                path[-1], known, text("The keys here are: {names}.", names=", ".join(known))
            )
            return text("There is no key {key} here.", key=key), mend
        case "enum":
            written = str(detail["input"])
            allowed = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            mend = nearest(
                written, allowed, text("Write one of: {names}.", names=", ".join(allowed))
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
            return text("{key}: {found}", key=key, found=NO_TEXT), text("Write one value.")
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
