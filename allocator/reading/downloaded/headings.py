"""What the headings of columns mean, in Dutch and English.

A heading is understood only when every word of it is; whatever else it may mean is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from allocator.model.instance import Quantity
from allocator.model.streams import Stream, Streams
from allocator.reading.downloaded.figures import words
from allocator.words.plain import plainly

#: What each level is called, in one word or two.
LEVEL_WORDS = {
    "municipality": ("gemeente", "gemeenten", "municipality", "municipalities"),
    "province": ("provincie", "provincies", "province", "provinces"),
    "safety_region": ("veiligheidsregio", "veiligheidsregio s", "safety region", "safety regions"),
    "country": ("land", "country"),
}
_ANY_CODE = ("code", "cbs code", "gebiedscode", "regiocode", "statcode", "area code")
_ANY_NAME = (
    *("naam", "name", "gebied", "gebieden", "gebiedsnaam", "regio", "regio s", "regionaam"),
    *("area", "areas", "area name", "region", "regions", "statnaam"),
)
_SHORT_CODES = {"gm code": "municipality", "gmcode": "municipality", "cbs nr": "municipality"}

#: Headings of columns by which one area can have several rows.
_KINDS = words(
    "jaar year periode period halfjaar soort type categorie category kind stroom stream doelgroep "
    "quantity onderwerp variabele variable cyclus versie version peildatum datum date"
)

#: Words of figures that are no numbers of persons or places to be divided.
_OTHER_FIGURES = words(
    "inwoners inwonertal inwoneraantal inwonersaantal bevolking population inhabitants aandeel "
    "percentage procent share ses woa score"
)

_FILLERS = words(
    "de het een van per voor in te aan of the for by waarvan daarvan s gemeente gemeentelijke "
    "municipality area"
)
_ANY_NUMBER = words(
    "aantal aantallen number numbers totaal totale total plaatsen places plekken opgave taak "
    "target task"
)
_ALL_OF_IT = words("totaal totale total")

#: Words that mean the same stream.
_FAMILIES = tuple(
    words(family)
    for family in (
        "vergunninghouders vergunninghouder statushouders statushouder permit holders huisvesten "
        "taakstelling huisvestingstaakstelling",
        "opvangplaatsen opvangplaats opvangplekken opvangopgave opvang asielopvang "
        "asielopvangplaatsen asielzoekers reception seekers asylum",
        "amv amvs amv's minderjarigen minderjarige minors unaccompanied alleenstaande "
        "amvplaatsen vreemdelingen",
        "regulier reguliere regular",
    )
)

_BALANCE = r"(achterstand|achterstanden|voorsprong|backlog)( en (achterstand|voorsprong))?"
_WITH = re.compile(
    rf"\b((incl|inclusief|including|met|with)( de)? {_BALANCE}|gecorrigeerde?|corrected)\b"
)
_WITHOUT = re.compile(rf"\b(excl|exclusief|excluding|zonder|without)( de)? {_BALANCE}\b")


class Holds(Enum):
    """What a column holds besides numbers to be read."""

    CODE = "code"
    NAME = "name"
    KIND = "kind"  # what tells rows of one area apart
    OTHER = "other"  # another figure


@dataclass(frozen=True, slots=True)
class Counted:
    """What the numbers of a column count."""

    stream: str
    quantity: Quantity
    named: bool = True  # False where the heading says no more than that it is a number


def area_column(heading: str) -> tuple[Holds, str] | None:
    """Whether a column names areas, by code or name, and of which level; "" for any.

    >>> area_column("Gemeentecode"), area_column("Naam")
    ((<Holds.CODE: 'code'>, 'municipality'), (<Holds.NAME: 'name'>, ''))
    """
    plain = plainly(heading)
    if plain in _ANY_CODE:
        return Holds.CODE, ""
    if plain in _ANY_NAME:
        return Holds.NAME, ""
    if plain in _SHORT_CODES:
        return Holds.CODE, _SHORT_CODES[plain]
    for level, called in LEVEL_WORDS.items():
        for word in called:
            if plain in _codes(word):
                return Holds.CODE, level
            if plain in _names(word):
                return Holds.NAME, level
    return None


def _codes(word: str) -> tuple[str, ...]:
    forms = (f"{word}{last}" for last in ("code", " code", "nummer", " nummer", " nr", "nr"))
    return (*forms, f"code {word}", f"cbs {word}code", f"cbs code {word}")


def _names(word: str) -> tuple[str, ...]:
    return (word, f"{word}naam", f"{word} naam", f"naam {word}", f"{word} name", f"naam van {word}")


def is_kind(heading: str) -> bool:
    return plainly(heading) in _KINDS


def is_other_figure(heading: str) -> bool:
    return bool(_OTHER_FIGURES & words(plainly(heading)))


def counted_by(heading: str, streams: Streams, day: date) -> Counted | None:
    """What a column of numbers counts, where its heading says so in words that are all known."""
    plain = _without_period(plainly(heading), day)
    quantity = Quantity.NUMBER
    corrected, plain = _taken_out(_WITH, plain)
    without, plain = _taken_out(_WITHOUT, plain)
    if corrected:
        if without:
            return None
        quantity = Quantity.CORRECTED
    said = words(plain)
    own = {stream.name: _words_of(stream) for stream in streams.all}
    if not said <= _FILLERS | _ANY_NUMBER | frozenset[str]().union(*own.values()):
        return None
    named = [stream for stream in streams.all if said & own[stream.name]]
    within = [stream for stream in named if stream.whole]
    if len(within) == 1 and all(s in within or s.name == within[0].whole for s in named):
        return Counted(within[0].name, quantity)
    if len(named) == 1:
        return Counted(named[0].name, quantity)
    wholes = [stream for stream in streams.all if not stream.whole]
    # of a whole with parts a number may be that of a part, unless it is called the total
    telling = _ANY_NUMBER if len(streams.all) == 1 else _ALL_OF_IT
    if not named and len(wholes) == 1 and (said & telling or corrected or without):
        return Counted(wholes[0].name, quantity, named=False)
    return None


def _words_of(stream: Stream) -> frozenset[str]:
    """The words that name a stream, and no number in general."""
    said = plainly(f"{stream.name.replace('_', ' ')} {stream.title.nl} {stream.title.en}")
    own = words(said) - _FILLERS - _ANY_NUMBER
    return own.union(*(family for family in _FAMILIES if family & own))


def _taken_out(form: re.Pattern[str], heading: str) -> tuple[bool, str]:
    rest, number = form.subn(" ", heading)
    return bool(number), " ".join(rest.split())


def _without_period(heading: str, day: date) -> str:
    """A heading without the period itself; that of another period stays, and is not understood.

    >>> _without_period("taakstelling 1e helft 2023", date(2023, 1, 1))
    'taakstelling'
    >>> _without_period("taakstelling 2023", date(2023, 1, 1))
    'taakstelling 2023'
    """
    for form in _periods(day):
        taken, rest = _taken_out(re.compile(rf"\b{form}\b"), heading)
        if taken:
            return rest
    return heading


def _periods(day: date) -> Iterator[str]:
    half = {(1, 1): "(h1|1e|1ste|eerste|first)", (7, 1): "(h2|2e|2de|tweede|second)"}
    which = half.get((day.month, day.day))
    if which:
        half_year = f"{which}( (helft|half|halfjaar|half year))?"
        yield f"({half_year}( van| of)? {day.year}|{day.year} {half_year})"
    else:
        yield str(day.year)
