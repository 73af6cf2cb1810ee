"""The question of a plan in whole numbers: municipalities, sites, what is to be found, and wishes.

It knows nothing of instances, dates and laws: what counts has been decided before it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Site:
    """A location that may be opened."""

    name: str  # by which sites are ordered
    areas: tuple[str, ...]  # its municipality, or the pool that shares its places
    kind: str
    smallest: int  # at least so many places when it is opened
    largest: int
    cost: int | None  # None where it is not known


@dataclass(frozen=True)
class Municipality:
    """One municipality of the province."""

    code: str
    whole: int  # its indicative number of places, after agreements
    minors: int  # of which for minors
    there: Mapping[
        str, int
    ]  # per kind the durable places that are there, whether they count or not


@dataclass(frozen=True, slots=True)
class Bound:
    """What a municipality must carry at least, or at most: a pledge or a cap."""

    name: str  # what messages call it
    area: str
    minors: bool  # of the minors' places; else of all places
    at_least: int | None
    at_most: int | None


@dataclass(frozen=True)
class Problem:
    """Everything that a plan starts from."""

    municipalities: tuple[Municipality, ...]
    sites: tuple[Site, ...]
    least: Mapping[str, int]  # per kind: fewer in one municipality do not count
    minors: str  # the kind that is for minors
    whole: int  # the province's number of places, what is there included
    of_minors: int  # of which for minors
    beyond: tuple[Fraction, ...]  # deviations by stage, as parts of the indicative number
    bounds: tuple[Bound, ...] = ()
    smallest: int | None = None  # wish: no new location below so many places
    largest: int | None = None  # wish: none above
    small: int | None = None  # wish: a location is small below so many places
    small_part: Fraction | None = None  # wish: this part of all new places in small locations
