"""Any key by the one entry to the mathematics, key after key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allocator.comparison.sweep.design import Point
from allocator.comparison.sweep.question import Question, told_with_key
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.problem import InputError

#: Whole numbers by stream, leaf and key, in the orders of the question.
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Exactly:
    """The exact way, for whatever rule and rounding."""

    question: Question

    @property
    def at_a_time(self) -> int:
        """So many keys take about a second, over all municipalities."""
        return 25

    def numbers(self, points: Sequence[Point]) -> Numbers:
        question = self.question
        codes = [leaf.code for leaf in question.leaves]
        found = np.empty((len(question.streams), len(codes), len(points)), np.int64)
        kept: dict[tuple[int, ...], Distribution] = {}
        for place, point in enumerate(points):
            table = distributed(question, point, kept).numbers
            for row, stream in enumerate(question.streams):
                found[row, :, place] = [table[code, stream] for code in codes]
        return found


def distributed(
    question: Question, point: Point, kept: dict[tuple[int, ...], Distribution]
) -> Distribution:
    """The distribution by the key of a point."""
    try:
        return distribute(question.at(point, kept), question.choice)
    except InputError as error:
        raise told_with_key(error, question.space.key(point)) from error
