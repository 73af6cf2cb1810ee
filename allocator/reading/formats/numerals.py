"""Reads numbers from text, exactly; whatever is not plainly a number says what it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from allocator.words.text import Text, text

LONGEST = 30  # characters of a number; persons on earth have ten

_PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_DUTCH = re.compile(r"-?\d+(,\d+)?", re.ASCII)
_DUTCH_GROUPS = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", re.ASCII)


class Unreadable(Exception):
    """A text that is not what is wanted here, with what it looks like and how to mend it."""

    def __init__(self, found: Text, mend: Text) -> None:
        super().__init__(str(found))
        self.found, self.mend = found, mend


@dataclass(frozen=True, slots=True)
class Numerals:
    """A way of writing numbers."""

    dutch: bool = False  # decimal comma, and points between the thousands of a count

    def read(self, written: str, grouped: bool = False) -> Fraction:
        """The number in a text, exact; where it is a count, a Dutch one may be grouped.

        >>> Numerals().read("-0.2156"), Numerals(dutch=True).read("1.234", grouped=True)
        (Fraction(-539, 2500), Fraction(1234, 1))
        """
        cleaned = written.strip()
        if len(cleaned) > LONGEST:
            raise Unreadable(
                text("a number of more than {most} characters.", most=LONGEST),
                text("Write a shorter one."),
            )
        dutch = _DUTCH.fullmatch(cleaned) or (grouped and _DUTCH_GROUPS.fullmatch(cleaned))
        if self.dutch and dutch:
            return Fraction(cleaned.replace(".", "").replace(",", "."))
        if not self.dutch and _PLAIN.fullmatch(cleaned):
            return Fraction(cleaned)
        raise _likely(cleaned, self.dutch)


def _likely(written: str, dutch: bool) -> Unreadable:
    """What a text that is no number most likely is."""
    shown = f"'{written[:LONGEST]}'"
    if not written:
        return Unreadable(
            text("the figure is empty."), text("Fill it in; a figure of nothing is written 0.")
        )
    if re.fullmatch(r"[-+]?(inf(inity)?|nan|n/?a|null|none|-|\.|x)", written, re.IGNORECASE):
        return Unreadable(
            text("{written} is no figure.", written=shown),
            text("Each area needs a number here: find its figure."),
        )
    if written.startswith(("−", "–")):
        return Unreadable(
            text("{written} begins with a typographic minus.", written=shown),
            text("Write - (a hyphen)."),
        )
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", written):
        return Unreadable(
            text("{written} has commas between thousands, or a decimal comma.", written=shown),
            text("Write it without separators, with a point before decimals."),
        )
    if not dutch and re.fullmatch(r"-?\d{1,3}(\.\d{3})*,\d+", written):
        return Unreadable(
            text("{written} has a decimal comma.", written=shown),
            text("Write a decimal point, or say `dialect: nl` where the file is named."),
        )
    if not dutch and re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}", written):
        return Unreadable(
            text("{written} has points between thousands.", written=shown),
            text("Write it without them, or say `dialect: nl` where the file is named."),
        )
    if re.fullmatch(r"[-+]?\d*\.?\d+[eE][-+]?\d+", written):
        return Unreadable(
            text("{written} has an exponent, so digits were lost.", written=shown),
            text("Write the number in full."),
        )
    if dutch and _PLAIN.fullmatch(written):
        return Unreadable(
            text("{written} has a decimal point in a Dutch file.", written=shown),
            text("Write a decimal comma, or leave out `dialect: nl`."),
        )
    return Unreadable(
        text("{written} is not a number.", written=shown),
        text("Write digits, with a point before decimals.")
        if not dutch
        else text("Write digits, with a comma before decimals."),
    )


def whole(written: str, numerals: Numerals = Numerals()) -> int:
    """A whole number of 0 or more.

    >>> whole("17591")
    17591
    """
    number = numerals.read(written, grouped=True)
    shown = f"'{written.strip()}'"
    if number.denominator != 1 or (not numerals.dutch and "." in written):
        groups = re.fullmatch(r"\d{1,3}\.\d{3}", written.strip())
        raise Unreadable(
            text("{written} is not a whole number.", written=shown),
            text("If the point stands between thousands, leave it out.")
            if groups
            else text("Write whole persons or places."),
        )
    if number < 0:
        raise Unreadable(text("{written} is negative.", written=shown), text("Write 0 or more."))
    return number.numerator


def balance(written: str, numerals: Numerals = Numerals()) -> int:
    """A whole number; a head start makes it negative.

    >>> balance("-7")
    -7
    """
    sign = -1 if written.startswith("-") else 1
    return sign * whole(written.removeprefix("-").removeprefix("+"), numerals)


def day(written: str) -> date:
    """A date written year-month-day.

    >>> day("2023-01-01")
    datetime.date(2023, 1, 1)
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    raise Unreadable(
        text("{written} is not a date.", written=f"'{written[:LONGEST]}'"),
        text("Write it like 2023-01-01."),
    )


def year(written: str) -> int:
    """A year of four digits.

    >>> year("2023")
    2023
    """
    if re.fullmatch(r"[1-9]\d{3}", written, re.ASCII):
        return int(written)
    raise Unreadable(
        text("{written} is not a year.", written=f"'{written[:LONGEST]}'"),
        text("Write it like 2023."),
    )


def yes_or_no(written: str) -> bool:
    """Yes or no, as English words.

    >>> yes_or_no("yes")
    True
    """
    if written in ("yes", "no"):
        return written == "yes"
    raise Unreadable(
        text("{written} is neither yes nor no.", written=f"'{written[:LONGEST]}'"),
        text("Write yes or no."),
    )


def amount(written: str) -> Fraction:
    """A number of 0 or more, exact.

    >>> amount("0.02")
    Fraction(1, 50)
    """
    number = Numerals().read(written)
    if number < 0:
        raise Unreadable(
            text("{written} is negative.", written=f"'{written}'"), text("Write 0 or more.")
        )
    return number


def percent(written: str) -> Fraction:
    """A part of a whole that is written in percent.

    >>> percent("90")
    Fraction(9, 10)
    """
    return amount(written) / 100
