"""A sentence that is said later, in the reader's language.

Every message of the program is made where the fact is known and worded where it is shown, so it
travels as an English sentence with named places and the values that go there.
The catalogue in this folder holds the Dutch of each sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Union

#: What may stand in a sentence. A whole number is printed with the separators of the language;
#: what must stay as it is (a year, a code, a line number) is given as text.
Value = Union[str, int, Fraction, date, "Text", "LocalText", "Series"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence of the catalogue, with its values."""

    sentence: str  # the English sentence, which is also its key in the catalogue
    values: Mapping[str, Value]  # what goes into its named places
    plural: str | None = None  # the English sentence for another number than one
    number: int = 1  # the number that chooses between the two

    def __str__(self) -> str:
        from allocator.words.say import say

        return say(self, "en")


@dataclass(frozen=True, slots=True)
class LocalText:
    """A title or remark that a rule or instance gives in both languages itself."""

    nl: str  # in Dutch
    en: str  # in English

    @property
    def both(self) -> dict[str, str]:
        """As a file writes it."""
        return {"nl": self.nl, "en": self.en}


@dataclass(frozen=True, slots=True)
class Series:
    """Several values in one place of a sentence: "a, b and 3 more"."""

    items: tuple[Value, ...]  # what is named
    more: int = 0  # how many are left unnamed
    either: bool = False  # "a, b or c" instead of "a, b and c"
    sign: str = ""  # what stands between them instead: "a + b + c"


def text(sentence: str, /, **values: Value) -> Text:
    """A sentence of the catalogue."""
    return Text(sentence, values)


def counted(number: int, one: str, many: str, /, **values: Value) -> Text:
    """A sentence that differs between one and many; `{number}` is the number itself."""
    return Text(one, {"number": number, **values}, many, number)


def series(items: Sequence[Value], at_most: int = 8) -> Series:
    """The first few of a list, and how many are not named.

    >>> series(["a", "b", "c", "d"], at_most=2)
    Series(items=('a', 'b'), more=2, either=False, sign='')
    """
    if len(items) <= at_most + 1:
        return Series(tuple(items))
    return Series(tuple(items[:at_most]), len(items) - at_most)


def signed(items: Sequence[Value], sign: str) -> Series:
    """Several values with a sign between them."""
    return Series(tuple(items), sign=sign)


def either(items: Sequence[Value]) -> Series:
    """Several possibilities, of which one is meant."""
    return Series(tuple(items), either=True)


def change(number: int) -> Value:
    """A difference with its sign: "+3", "−3" or "0"."""
    return text("+{number}", number=number) if number > 0 else number
