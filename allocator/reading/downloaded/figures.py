"""Numbers as people write them: in Dutch or English notation, with marks of footnotes.

A column is written in one notation. Where its figures do not say which, it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from allocator.reading.formats.numerals import LONGEST

DUTCH, ENGLISH = "nl", "en"
NOTATIONS = (DUTCH, ENGLISH)


def words(written: str) -> frozenset[str]:
    """Words that are told apart from others, written one after the other."""
    return frozenset(written.split())


#: What stands where there is no number.
NO_NUMBER = words(
    "- − – — -- x . .. ... … ? n.v.t. nvt n.v.t n.b. nb n.b n/a n.a. na onbekend unknown"
)

_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_MARK = r"(?:\*+|[¹²³⁰⁴-⁹]+|[†‡]+|\([a-z]\))"
_MARKS = re.compile(rf"(?:\s*{_MARK})+$")
_WHOLE = r"0|[1-9][0-9]*|[1-9][0-9]{0,2}(?: [0-9]{3})+"
_FORMS = {
    DUTCH: re.compile(rf"(-|)({_WHOLE}|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+)(?:,([0-9]+))?"),
    ENGLISH: re.compile(rf"(-|)({_WHOLE}|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+)(?:\.([0-9]+))?"),
}


def tidied(written: str) -> str:
    """A cell without signs that nobody sees, and with plain spaces.

    >>> tidied(" 1\\u00a0234 \\n")
    '1 234'
    """
    return " ".join(written.translate(_INVISIBLE).split())


def without_marks(written: str) -> str:
    """A text without the marks of footnotes around it.

    >>> without_marks("Weesp*"), without_marks("1.234¹"), without_marks("12 (a)")
    ('Weesp', '1.234', '12')
    """
    return _MARKS.sub("", written.lstrip("*").strip()).strip()


def readings(written: str) -> dict[str, Fraction]:
    """What a figure is in each notation in which it can be written.

    >>> readings("1.234")
    {'nl': Fraction(1234, 1), 'en': Fraction(617, 500)}
    >>> readings("1234,0"), readings("twelve")
    ({'nl': Fraction(1234, 1)}, {})
    """
    cleaned = without_marks(written)
    cleaned = cleaned.replace("−", "-").replace("–", "-").removeprefix("+")
    found: dict[str, Fraction] = {}
    for notation, form in _FORMS.items():
        match = form.fullmatch(cleaned) if len(cleaned) <= LONGEST else None
        if match:
            sign, whole, decimals = match.groups()
            digits = re.sub("[ .,]", "", whole)
            found[notation] = Fraction(f"{sign}{digits}.{decimals or 0}")
    return found


def notations(figures: Iterable[Mapping[str, Fraction]]) -> tuple[str, ...]:
    """The notations in which a column can be written that do not read all of it alike.

    One means that it is known, none that the column is written in both ways.

    >>> notations([readings("1.234"), readings("12,5")])
    ('nl',)
    >>> notations([readings("1.234"), readings("12")]), notations([readings("1 234")])
    (('nl', 'en'), ('nl',))
    """
    known = [one for one in figures if one]
    possible = tuple(name for name in NOTATIONS if all(name in one for one in known))
    if all(len(set(one.values())) == 1 for one in known):
        return possible[:1]
    return possible
