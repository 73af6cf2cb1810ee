"""What is tried: a reader, and how an input for it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

#: An input: what each file of it holds. What is typed or sent stands in a file of its own too, so
#: that any input can be kept and tried again.
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Reader:
    """One way into the program."""

    name: str
    draw: Callable[[Random], Files]  # takes every choice from the source that it is given
    read: Callable[[Files], object]
    """Reads an input. Bad input ends in an InputError, or in `Outcome.REFUSED` where the program
    has told it already; an expectation that does not hold raises a `watch.Failure`."""
    one_in: int = 1  # so many times fewer inputs are tried in a counted run, where each takes long


def drawn(reader: Reader, seed: int, number: int) -> Files:
    """Input `number` of a seed, the same however many are tried."""
    return reader.draw(Random(f"{seed}/{reader.name}/{number}"))
