"""Indicators: a figure per area, with its date, source and quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from allocator.model.mergers import Portion
from allocator.words.text import LocalText


class Quality(StrEnum):
    """How far a figure is to be trusted; whatever is not official says so wherever it shows."""

    OFFICIAL = "official"  # published by the office that counts it
    INFERRED = "inferred"  # computed back from something that was published
    APPROXIMATE = "approximate"  # estimated from other figures
    OWN = "own"  # brought by the user
    INVENTED = "invented"  # made up for an example


class Kind(StrEnum):
    """Whether figures of areas may be added up."""

    COUNT = "count"  # persons, dwellings, km2: a province has the sum of its municipalities
    RATE = "rate"  # a score, a percentage, a mean: a sum over areas means nothing


@dataclass(frozen=True)
class Indicator:
    """A figure per leaf area."""

    name: str  # the name a key uses
    title: LocalText  # what it counts, for readers
    kind: Kind  # whether it may be added up
    year: int  # the year it is of
    reference: LocalText  # its reference date, or the year
    source: LocalText  # publisher and table
    licence: str  # under which it was published
    quality: Quality  # how far it is to be trusted
    values: Mapping[str, Fraction]  # the figure per leaf
    portions: Mapping[
        str, tuple[Portion, ...]
    ]  # for carried leaves: from which old areas, how much
    lacking: frozenset[str] = frozenset()  # leaves without a figure, left out by choice
    assumed: frozenset[str] = frozenset()  # leaves without one, given the mean of the others

    def inferred(self, code: str) -> bool:
        """Whether an area's figure rests on how persons moved when a municipality was split."""
        return any(portion.share != 1 for portion in self.portions.get(code, ()))


@dataclass(frozen=True)
class Uncertain:
    """How far an indicator's figures may be off."""

    tolerances: Mapping[str, Fraction]  # per leaf, in the indicator's own unit
    free: tuple[str, ...]  # leaves of which the figure says nothing
    source: LocalText  # who set this
