"""A province's plan: the locations that are there or could be, and what was agreed and wished.

What counts toward the number, and how unevenness is weighed, are parameters of the rule, with the
article that each follows from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from allocator.model.indicator import Quality
from allocator.model.problem import Place
from allocator.words.text import LocalText


class PlaceKind(StrEnum):
    """What a place is for."""

    REGULAR = "regular"  # asylum seekers
    MINORS = "minors"  # unaccompanied minors, in locations of their own
    SPECIAL = "special"  # who needs special reception; counts among the places, not the minors


@dataclass(frozen=True, slots=True)
class Counting:
    """Which places count toward the number, and where the law says so."""

    least: Mapping[PlaceKind, int]  # so many of a kind in one municipality, or they do not count
    least_article: LocalText
    years: int  # available for so many years or longer
    months: int  # from the plan's day on, or from a day so many months later
    term_article: LocalText


@dataclass(frozen=True, slots=True)
class PlanRule:
    """What a rule lays down for plans."""

    whole: str  # the stream that all places are in
    minors: str  # the stream of the minors' places, a part of it
    counting: Counting
    deduction_article: LocalText  # where the law deducts what counts already
    beyond: tuple[Fraction, ...]  # deviations that weigh most, as parts of the indicative number
    grant_above: Fraction  # the part of the number above which places are granted for
    grant_article: LocalText


@dataclass(frozen=True, slots=True)
class Location:
    """A location that is there, or that could be."""

    name: str  # what files and options call it; unique
    title: str  # what readers call it
    areas: tuple[str, ...]  # its municipality; several are a pool that shares its places
    kind: PlaceKind
    smallest: int  # if it is used: at least so many places
    largest: int  # and at most so many
    opens: date | None  # the first day; None: it is there already
    ends: date | None  # the last day; None: not known, or none
    durable: bool  # whether it was agreed for as long as the law asks
    cost: int | None  # in whole euros, where it is known
    existing: bool  # whether it is there; then smallest is largest
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Pledge:
    """What a municipality promised at least, or will take at most."""

    name: str  # what messages call it; unique
    area: str
    stream: str  # of all places, or of minors'
    at_least: int | None
    at_most: int | None
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Agreement:
    """A municipality that carries out the task of another."""

    name: str  # what messages call it; unique
    carrier: str  # who carries it out
    of: str  # whose task it was
    stream: str
    number: int | None  # so many places; None: all of it
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Wishes:
    """How small-scale the board wants reception to be; nothing where it does not say."""

    smallest: int | None = None  # no new location below so many places
    largest: int | None = None  # none above so many
    small: int | None = None  # a location is small with fewer places than this
    small_part: Fraction | None = None  # at least this part of the new places in small locations


@dataclass(frozen=True)
class PlanAsked:
    """What a board brings to the table."""

    area: str  # the code of the province
    locations: tuple[Location, ...]
    pledges: tuple[Pledge, ...]
    agreements: tuple[Agreement, ...]
    wishes: Wishes
    refused: tuple[str, ...]  # the names of locations that are not to be used
    quality: Quality  # of all of this
    source: LocalText
