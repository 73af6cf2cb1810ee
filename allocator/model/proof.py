"""Why a table of whole numbers is the right one, so that anyone can check it.

The levels prove the fair shares under limits; the prices prove the whole numbers around them; the
ties say where the order of cells decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

#: A leaf area and a part.
Cell = tuple[str, str]
Stage = Literal["zero quota", "least shortfall", "shortfall", "deviation"]


@dataclass(frozen=True, slots=True)
class Signed:
    """One side of a limit or total that takes part in a sum."""

    name: str  # the limit's or total's name
    sign: Literal[-1, 1]  # +1: its sum is at most the number; -1: at least
    number: Fraction


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the proof: the signed sums that leave these cells no smaller deviation."""

    stage: Stage  # what is compared
    size: Fraction  # the deviation |x - q| / q; at `least shortfall` all that is missing
    binding: tuple[Signed, ...]  # the limits and totals that hold the cells, all of them tight
    cells: tuple[Cell, ...]  # the cells whose share this level settles


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing where several totals meet, as of one province and one part."""

    totals: tuple[str, ...]  # the names of the totals that miss it
    number: Fraction


@dataclass(frozen=True)
class FairShares:
    """The shares under limits, before they become whole numbers."""

    shares: Mapping[Cell, Fraction]  # per leaf and part
    shortfalls: tuple[Shortfall, ...]  # what could not be placed
    levels: tuple[Level, ...]  # the proof, the largest deviation first


@dataclass(frozen=True, slots=True)
class Price:
    """An exact price: a number, or for divisor methods the logarithm of tiny**zeros * number."""

    number: Fraction
    zeros: int = 0  # tiny is smaller than any fraction: signposts of 0 go before all else


@dataclass(frozen=True, slots=True)
class Tie:
    """Cells that another table, just as good, rounds otherwise."""

    numbers: Mapping[Cell, int]  # in the order that decided
    by: str  # order or lot


@dataclass(frozen=True, slots=True)
class CutOff:
    """From where on a cell goes up: by remainder, or for divisor methods by multiplier."""

    area: str
    part: str  # "" for the relief of a leaf whose whole binds
    at: Fraction | None  # None: beyond all bounds


@dataclass(frozen=True)
class Proof:
    """The proof of one whole and its parts."""

    whole: str
    method: str
    parts: tuple[str, ...]
    parents: Mapping[str, str]  # every area's parent in the tree that adds up; "" for the root
    fingerprint: str  # a digest of the question, which a lot names
    prices: Mapping[tuple[str, str], Price]  # (area, part), "" for the whole; those not zero
    cut_offs: tuple[CutOff, ...]  # the prices in a planner's terms
    ties: tuple[Tie, ...]
    outside: tuple[tuple[str, str], ...]  # (area, stream) of levels beside the tree that are not
    # between the floor and ceiling of their quota
