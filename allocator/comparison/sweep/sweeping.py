"""Tries every key of a design, part by part, here or by whoever is handed the parts.

The outcome is the same in whatever order the parts come back, and however large they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

import numpy as np

from allocator.comparison.sweep.alone import alone
from allocator.comparison.sweep.design import Design, Point
from allocator.comparison.sweep.exactly import Exactly, Numbers
from allocator.comparison.sweep.question import Question, checked
from allocator.comparison.sweep.quickly import quickly
from allocator.comparison.sweep.tally import Tally, Whole
from allocator.core.distribute import distribute
from allocator.model.areas import Area
from allocator.model.distribution import Cell, Distribution
from allocator.model.instance import Instance
from allocator.model.rule import Choice
from allocator.model.streams import Stream

#: So many parts are handed out at a time.
HANDED_OUT = 64


class Way(Protocol):
    """A way to the numbers of some keys."""

    @property
    def question(self) -> Question:
        """What is asked of each of them."""

    @property
    def at_a_time(self) -> int:
        """How many keys make a part of the work."""

    def numbers(self, points: Sequence[Point]) -> Numbers:
        """The numbers of these keys."""


class Kept(Protocol):
    """Where finished parts are kept; a part is a range of places in the design."""

    def of(self, part: range) -> Numbers | None:
        """What was found for a part before."""

    def keep(self, part: range, numbers: Numbers) -> None:
        """Keep what was found."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Between what the number of an area moves in one stream."""

    area: Area
    stream: Stream
    lowest: int
    lower_quartile: int
    median: int
    upper_quartile: int
    highest: int
    reference: int  # by the rule of the instance itself
    lowest_by: int  # the place in the design of the first key that gives the lowest
    highest_by: int
    distinct: int  # how many different numbers there are

    @property
    def moves(self) -> bool:
        return self.lowest != self.highest


@dataclass(frozen=True)
class Swept:
    """What all keys of a design give."""

    question: Question
    design: Design
    reference: Distribution  # by the rule of the instance itself
    choice: Choice  # of rounding, for every key
    spreads: tuple[Spread, ...]  # by area in the division's order, then by stream in the rule's

    def of(self, code: str, stream: str) -> Spread:
        """The spread of an area, by its code, in a stream."""
        return self._by_cell[code, stream]

    @cached_property
    def _by_cell(self) -> Mapping[Cell, Spread]:
        return {(each.area.code, each.stream.name): each for each in self.spreads}

    def leaves(self, stream: str) -> tuple[Spread, ...]:
        """The spreads of the leaves in a stream."""
        level = self.question.instance.division.leaf_level
        return tuple(
            each for each in self.spreads if each.area.level == level and each.stream.name == stream
        )

    def still(self, stream: str) -> tuple[Area, ...]:
        """The leaves whose number is the same under every key."""
        return tuple(each.area for each in self.leaves(stream) if not each.moves)


def sweep(
    instance: Instance,
    design: Design,
    choice: Choice | None = None,
    keep: str = "",
    inside: str = "",
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    kept: Kept | None = None,
    at_a_time: int | None = None,
) -> Swept:
    """Every key of a design on an instance, and between what each number moves.

    With a level to `keep`, its areas keep the number that the instance's rule gives them, and keys
    divide it inside each; `inside` is the code of one of these areas, the only one that is looked
    at. Parts of the work go to an `executor`, in this process where there is none; `progress` hears
    how many keys are done, of how many; `kept` has the parts that were done before.
    """
    question = checked(Question(instance, design.space, choice, keep, inside))
    reference = distribute(instance)
    asked = question.at(design.points[0], {})
    way = way_of(question, asked)
    size = at_a_time or way.at_a_time
    number = len(design.points)
    parts = [range(start, min(start + size, number)) for start in range(0, number, size)]
    tally: Tally | None = None
    done = 0
    for part, numbers in _found(way, design, parts, executor, kept):
        one = Tally.of(_table(question, numbers), part.start)
        tally = tally.together(one) if tally else one
        done += len(part)
        if progress:
            progress(done, number)
    assert tally is not None, "a design has a key"
    spreads = tuple(_spreads(question, tally, reference))
    return Swept(question, design, reference, choice or asked.rule.choice, spreads)


def way_of(question: Question, asked: Instance) -> Way:
    """The quickest way there is; `asked` is the instance by any one of the keys."""
    return quickly(question, asked) or alone(question, asked) or Exactly(question)


def _found(
    way: Way, design: Design, parts: Sequence[range], executor: Executor | None, kept: Kept | None
) -> Iterator[tuple[range, Numbers]]:
    """The numbers of every part: those that were kept first, then those that are worked out."""
    shape = len(way.question.streams), len(way.question.leaves)
    waiting = []
    for part in parts:
        before = kept.of(part) if kept else None
        if before is None or before.shape[:2] != shape:
            waiting.append(part)
        else:
            yield part, before
    worked_out = _handed_out if executor else _here
    for part, numbers in worked_out(way, design, waiting, executor):
        if kept:
            kept.keep(part, numbers)
        yield part, numbers


def _here(
    way: Way, design: Design, parts: Sequence[range], _: Executor | None
) -> Iterator[tuple[range, Numbers]]:
    for part in parts:
        yield part, way.numbers(design.points[part.start : part.stop])


def _handed_out(
    way: Way, design: Design, parts: Sequence[range], executor: Executor | None
) -> Iterator[tuple[range, Numbers]]:
    """Some parts at a time, each given back as soon as it is ready."""
    assert executor is not None
    ahead = iter(parts)
    out: dict[Future[Numbers], range] = {}
    try:
        while True:
            for part in islice(ahead, HANDED_OUT - len(out)):
                points = design.points[part.start : part.stop]
                out[executor.submit(way.numbers, points)] = part
            if not out:
                return
            for future in wait(out, return_when=FIRST_COMPLETED).done:
                yield out.pop(future), future.result()
    finally:
        for future in out:
            future.cancel()


def _table(question: Question, numbers: Numbers) -> Whole:
    """A line for every area and stream, rests and sums included, and a column for every key."""
    division, streams = question.instance.division, question.instance.streams
    places = {leaf.code: place for place, leaf in enumerate(question.leaves)}
    inside = [[places[leaf] for leaf in division.members[a.code]] for a in question.areas]
    of: dict[str, Whole] = {}
    for name, leaves in zip(question.streams, numbers.astype(np.int64), strict=True):
        larger = [leaves[each].sum(axis=0) for each in inside[len(leaves) :]]
        of[name] = np.stack([*leaves, *larger])  # the leaves come first in a division
    for rest in streams.rests:
        parts = [of[part.name] for part in streams.parts(rest.rest_of)]
        of[rest.name] = of[rest.rest_of] - np.sum(parts, axis=0)
    table = np.stack([of[name] for name in streams.names], axis=1)
    return table.reshape(-1, numbers.shape[2])


def _spreads(question: Question, tally: Tally, reference: Distribution) -> Iterator[Spread]:
    found = tally.summary()
    streams = question.instance.streams.all
    cells = ((area, stream) for area in question.areas for stream in streams)
    for place, (area, stream) in enumerate(cells):
        yield Spread(
            area=area,
            stream=stream,
            lowest=int(found.lowest[place]),
            lower_quartile=int(found.quartiles[0][place]),
            median=int(found.quartiles[1][place]),
            upper_quartile=int(found.quartiles[2][place]),
            highest=int(found.highest[place]),
            reference=reference.number(area.code, stream.name),
            lowest_by=int(found.lowest_by[place]),
            highest_by=int(found.highest_by[place]),
            distinct=int(found.distinct[place]),
        )
