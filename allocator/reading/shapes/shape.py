"""What the shapes of YAML files are made of: known keys, and values that arrive as text.

The sentence under a key is its documentation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from allocator.reading.formats import numerals
from allocator.words.text import LocalText, Text, text

NO_TEXT = text("a single value is wanted here, not a list or a mapping.")


def _reading(read: Callable[[str], Any]) -> BeforeValidator:
    """A reader of text as a step of validation; what it finds wrong keeps its own words."""

    def validated(value: Any) -> Any:
        if not isinstance(value, str):
            raise PydanticCustomError("own", "{shown}", _found(NO_TEXT, text("Write one value.")))
        try:
            return read(value)
        except numerals.Unreadable as error:
            raise PydanticCustomError("own", "{shown}", _found(error.found, error.mend)) from error

    return BeforeValidator(validated)


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
