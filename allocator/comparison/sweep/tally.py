"""How often each number occurs in each cell of a table, over many keys.

Tallies of parts of a sweep are put together in any order with the same outcome. They take room for
the numbers that differ, not for every key.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

#: Numbers stay below this; see `LARGEST` of a design.
_BITS = 41
#: The place of no key.
_NOWHERE = 1 << 62


@dataclass(frozen=True, eq=False)
class Tally:
    """The numbers that occur, cell after cell, in each the lowest first."""

    cells: Whole  # the place of the cell
    numbers: Whole
    keys: Whole  # under how many keys the cell has the number
    first: Whole  # of the lowest and the highest of a cell: the place of the first of these keys

    @classmethod
    def of(cls, table: Whole, start: int) -> Tally:
        """The tally of a table with a line for every cell and a column for every key.

        One cell that is 5, 4 and 5 under the keys from place 100 on:

        >>> tally = Tally.of(np.array([[5, 4, 5]]), 100)
        >>> tally.numbers.tolist(), tally.keys.tolist(), tally.first.tolist()
        ([4, 5], [1, 2], [101, 100])
        """
        lowest = table.min(axis=1)
        room = table.max(axis=1) - lowest + 1
        narrow = room <= _ROOM * table.shape[1]
        counts = [
            _counted(np.flatnonzero(narrow), table[narrow], lowest[narrow], room[narrow]),
            *(_sorted(int(cell), table[cell]) for cell in np.flatnonzero(~narrow)),
        ]
        cells, numbers, keys = (np.concatenate(each) for each in zip(*counts, strict=True))
        order = np.argsort(cells, kind="stable")
        cells, numbers, keys = cells[order], numbers[order], keys[order]
        first = np.full(len(cells), _NOWHERE)
        begins, ends = _begins_and_ends(cells)
        first[begins] = table.argmin(axis=1) + start
        first[ends] = table.argmax(axis=1) + start
        return cls(cells, numbers, keys, first)

    def together(self, other: Tally) -> Tally:
        """The tally of the keys of both."""
        cells, numbers, keys, first = (
            np.concatenate([getattr(self, name), getattr(other, name)])
            for name in ("cells", "numbers", "keys", "first")
        )
        order = np.argsort((cells << _BITS) + numbers, kind="stable")  # two sorted runs: quick
        cells, numbers = cells[order], numbers[order]
        begins = np.ones(len(order), np.bool_)
        begins[1:] = (cells[1:] != cells[:-1]) | (numbers[1:] != numbers[:-1])
        at = np.flatnonzero(begins)
        return Tally(
            cells[at],
            numbers[at],
            np.add.reduceat(keys[order], at),
            np.minimum.reduceat(first[order], at),
        )

    def summary(self) -> Summary:
        """What there is to say of each cell."""
        begins, ends = _begins_and_ends(self.cells)
        so_far = np.cumsum(self.keys)
        keys = int(so_far[ends[0]])
        before = np.arange(len(begins)) * keys  # every cell has as many keys

        def at_least(quarters: int) -> Whole:
            rank = -(-keys * quarters // 4)
            return self.numbers[np.searchsorted(so_far, before + rank)]

        return Summary(
            lowest=self.numbers[begins],
            quartiles=(at_least(1), at_least(2), at_least(3)),
            highest=self.numbers[ends],
            lowest_by=self.first[begins],
            highest_by=self.first[ends],
            distinct=ends - begins + 1,
        )


@dataclass(frozen=True, eq=False)
class Summary:
    """What there is to say of each cell, in the order of the cells.

    A quartile is the smallest number that at least a quarter (half, three quarters) of the keys do
    not exceed: always a number that some key gives.
    """

    lowest: Whole
    quartiles: tuple[Whole, Whole, Whole]  # the lower one, the median, the upper one
    highest: Whole
    lowest_by: Whole  # the place of the first key that gives the lowest
    highest_by: Whole
    distinct: Whole  # how many numbers there are


#: Cells whose numbers lie further apart than so many times the number of keys are sorted.
_ROOM = 4


def _counted(cells: Whole, table: Whole, lowest: Whole, room: Whole) -> tuple[Whole, Whole, Whole]:
    """The cells, numbers and how often each, by counting in one long row, each cell in its room."""
    starts = np.cumsum(room) - room
    places = table + (starts - lowest)[:, None]
    counts = np.bincount(places.ravel(), minlength=int(room.sum()))
    at = np.flatnonzero(counts)
    owner = np.repeat(np.arange(len(cells)), room)[at]
    return cells[owner], at - (starts - lowest)[owner], counts[at]


def _sorted(cell: int, line: Whole) -> tuple[Whole, Whole, Whole]:
    """The same of one cell whose numbers lie far apart."""
    numbers, keys = np.unique(line, return_counts=True)
    return np.full(len(numbers), cell), numbers, keys


def _begins_and_ends(cells: Whole) -> tuple[Whole, Whole]:
    """Where each cell begins in a tally, and where it ends."""
    begins = np.flatnonzero(np.diff(cells, prepend=-1))
    return begins, np.append(begins[1:], len(cells)) - 1
