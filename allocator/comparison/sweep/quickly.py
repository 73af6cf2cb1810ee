"""All keys at once, where each number is a quota rounded by itself straight from the total.

Floats find the quotas; wherever one is so near to where rounding turns that a float could be on the
wrong side, whole numbers decide. Every number is the one that `distribute` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from allocator.comparison.sweep.design import PARTS, Point
from allocator.comparison.sweep.exactly import Numbers, distributed
from allocator.comparison.sweep.question import Question
from allocator.core.rounding import ROUND
from allocator.key.formula import TOTAL, Name, parts
from allocator.key.reader import read_key
from allocator.model.instance import Instance
from allocator.model.rule import Rounding

Floats = NDArray[np.float64]

# How far a quota in floats can be from the exact one. Let u = 2^-53, the most that one operation is
# off, as a part of its outcome. For m formulas the quota is (w1·f1 + ... + wm·fm) × (T / PARTS).
# Each share f is the float nearest to its fraction: one factor between 1 - u and 1 + u. The weights
# w and the total T are whole numbers below 2^53, and so exact. Each term is multiplied, and goes
# through at most m - 1 additions; the division by PARTS and the multiplication with the sum are two
# more. No term is negative, so nothing cancels, and the outcome is the exact quota times a factor
# between (1 - u)^(m + 3) and (1 + u)^(m + 3). That is less than (m + 4)·u from 1; we take eight
# times as much, which also covers that the margin itself is computed in floats.
# The distance to the nearest whole number is exact in floats, as both are multiples of the quota's
# last digit. Its distance to a half is exact from 1/4 on, and below that no margin reaches it, as
# margins stay below 1/8 (`_fits`).
_UNIT = 2.0**-53

#: Shares below this might become 0 in a product; then the exact way is taken.
_SMALLEST = 2.0**-500


def _relative_margin(formulas: int) -> float:
    return 8 * (formulas + 4) * _UNIT


@dataclass(frozen=True)
class Quickly:
    """The quick way, with the shares of each formula over one denominator."""

    question: Question
    rounding: Rounding
    shares: tuple[tuple[int, ...], ...]  # per formula a numerator for each leaf
    denominator: int

    @property
    def at_a_time(self) -> int:
        """So many keys fit the memory near the processor."""
        return 2_000

    def numbers(self, points: Sequence[Point]) -> Numbers:
        found = np.stack([self._of(stream, points) for stream in self.question.streams])
        self._refuse_parts_above_whole(found, points)
        return found

    def _of(self, stream: str, points: Sequence[Point]) -> NDArray[np.int64]:
        """A stream's numbers by leaf and key."""
        totals = self._totals(stream, points)
        quotas = self._mixed(points) * (np.array(totals, np.float64) / PARTS)
        found = _ROUND[self.rounding](quotas).astype(np.int64)
        for leaf, place in zip(*np.nonzero(self._near(quotas)), strict=True):
            found[leaf, place] = self._exact(int(leaf), points[place], totals[place])
        return found

    def _mixed(self, points: Sequence[Point]) -> Floats:
        """Per leaf and key the shares times their weights, in parts of 1, added up."""
        weights = np.array([point.weights for point in points], np.float64).T
        shares = np.array(
            [[each / self.denominator for each in formula] for formula in self.shares], np.float64
        )
        mixed: Floats = shares[0][:, None] * weights[0]
        for share, weight in zip(shares[1:], weights[1:], strict=True):
            mixed += share[:, None] * weight
        return mixed

    def _near(self, quotas: Floats) -> NDArray[np.bool_]:
        """Where the exact quota could be on the other side of where rounding turns.

        A quota of 0 is exact: no share that counts is 0 in floats.
        """
        off = np.abs(quotas - np.rint(quotas))
        if self.rounding in (Rounding.HALF_UP, Rounding.HALF_EVEN):
            off = 0.5 - off
        return (off <= quotas * _relative_margin(len(self.shares))) & (quotas > 0)

    def _exact(self, leaf: int, point: Point, total: int) -> int:
        """One number in whole numbers and fractions."""
        mixed = sum(
            weight * share[leaf] for weight, share in zip(point.weights, self.shares, strict=True)
        )
        return ROUND[self.rounding](Fraction(total * mixed, PARTS * self.denominator))

    def _totals(self, stream: str, points: Sequence[Point]) -> list[int]:
        for place, each in enumerate(self.question.space.totals):
            if each.stream == stream:
                return [point.totals[place] for point in points]
        return [self.question.instance.totals[stream].number] * len(points)

    def _refuse_parts_above_whole(self, found: Numbers, points: Sequence[Point]) -> None:
        """Where a key gives parts that are more than their whole, let `distribute` say so."""
        streams, names = self.question.instance.streams, self.question.streams
        above = np.zeros(len(points), np.bool_)
        for row, name in enumerate(names):
            inside = [names.index(part.name) for part in streams.parts(name)]
            above |= (found[inside].sum(axis=0) > found[row]).any(axis=0)
        if above.any():
            distributed(self.question, points[int(above.argmax())], {})
            raise AssertionError("the two ways differ")


_ROUND = {
    Rounding.UP: np.ceil,
    Rounding.DOWN: np.floor,
    Rounding.HALF_UP: np.rint,
    Rounding.HALF_EVEN: np.rint,
}


def quickly(question: Question, asked: Instance) -> Quickly | None:
    """The quick way, where the question allows it."""
    instance = question.instance
    choice = question.choice or asked.rule.choice
    one_step = len(asked.rule.steps) == 1 and asked.rule.steps[0].by is None
    if question.keep or instance.limits or choice.rounding not in ROUND or not one_step:
        return None
    if asked.rule.steps[0].level not in ("", instance.division.leaf_level):
        return None
    if any(_names_total(weight.formula.written) for weight in question.space.weights):
        return None
    each = [question.shares(place) for place in range(len(question.space.weights))]
    denominator = lcm(*(share.denominator for shares in each for share in shares.values()))
    shares = tuple(
        tuple(int(shares[leaf.code] * denominator) for leaf in question.leaves) for shares in each
    )
    found = Quickly(question, choice.rounding, shares, denominator)
    return found if _fits(found) else None


def _names_total(written: str) -> bool:
    """Whether a formula depends on the number that is divided."""
    return any(isinstance(part, Name) and part.name == TOTAL for part in parts(read_key(written)))


def _fits(found: Quickly) -> bool:
    """Whether the bound above holds: totals are exact, margins small, and no share is lost."""
    totals = [each.number for each in found.question.instance.totals.values()]
    largest = max(*totals, *(each.high for each in found.question.space.totals), 1)
    smallest = min((share for shares in found.shares for share in shares if share), default=1)
    return (
        largest * PARTS < 2**53
        and largest * _relative_margin(len(found.shares)) < 1 / 8
        and smallest / found.denominator > _SMALLEST
    )
