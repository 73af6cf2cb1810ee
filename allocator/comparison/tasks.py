"""All tasks of an area together: what several distributions ask of it, and what is there already.

Numbers of an earlier map are carried to the later one as persons moved, so that a municipality
that was merged has the sum of what its parts had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from allocator.core.cells import wholes
from allocator.core.exact import added
from allocator.model.areas import Division
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator
from allocator.model.mergers import Change, between, concerning, portions, unaccounted
from allocator.model.problem import InputError, Place, Problem
from allocator.model.streams import Stream
from allocator.words.text import series, text


@dataclass(frozen=True)
class Task:
    """One stream that is asked of areas, a whole with its parts in it."""

    distribution: Distribution  # where it comes from
    stream: Stream
    numbers: Mapping[str, Fraction]  # per leaf of the map that is looked at
    there: Indicator | None  # what is there already, where the instance has it

    @property
    def carried(self) -> bool:
        """Whether a number was carried to a later map and is no whole number there."""
        return any(number.denominator != 1 for number in self.numbers.values())


@dataclass(frozen=True)
class Tasks:
    """Everything that is asked of the areas of one map."""

    division: Division
    tasks: tuple[Task, ...]

    def number(self, task: Task, code: str) -> Fraction:
        """What a task asks of an area of any level."""
        return added(task.numbers[leaf] for leaf in self.division.members[code])

    def together(self, code: str) -> Fraction:
        """What all tasks ask of an area."""
        return added(self.number(task, code) for task in self.tasks)

    def there(self, code: str) -> Fraction | None:
        """What is there already of those tasks of which that is known; None where it is of none."""
        known = [task.there for task in self.tasks if task.there]
        leaves = self.division.members[code]
        return added(each.values[leaf] for each in known for leaf in leaves) if known else None


def together(distributions: Sequence[Distribution], changes: Iterable[Change]) -> Tasks:
    """The tasks of several distributions on the latest of their maps."""
    latest = max(distributions, key=lambda each: each.instance.division.day).instance.division
    moves = tuple(changes)
    tasks = [
        Task(
            distribution,
            stream,
            _on(latest, distribution, _numbers(distribution, stream), moves),
            _there(latest, distribution, stream, moves),
        )
        for distribution in distributions
        for stream in wholes(distribution.instance.streams)
    ]
    return Tasks(latest, tuple(tasks))


def _numbers(distribution: Distribution, stream: Stream) -> dict[str, Fraction]:
    """The numbers of a stream on the map of its own distribution."""
    leaves = distribution.instance.division.leaves
    return {leaf.code: Fraction(distribution.numbers[leaf.code, stream.name]) for leaf in leaves}


def _there(
    division: Division, distribution: Distribution, stream: Stream, changes: tuple[Change, ...]
) -> Indicator | None:
    """What is there already, on a later map as the numbers are."""
    instance = distribution.instance
    found = instance.indicators.get(instance.existing.get(stream.name, ""))
    if found is None:
        return None
    return replace(found, values=_on(division, distribution, found.values, changes))


def _on(
    division: Division,
    distribution: Distribution,
    figures: Mapping[str, Fraction],
    changes: tuple[Change, ...],
) -> dict[str, Fraction]:
    """Figures of a distribution's own map on a later one."""
    own = distribution.instance.division
    wanted = {leaf.code for leaf in division.leaves}
    moved = concerning(figures, between(changes, own.day, division.day))
    _refuse_lost(distribution, unaccounted(figures, moved), division.day)
    found = {
        code: added(share * figures[old] for old, share in parts.items())
        for code, parts in portions(figures, moved).items()
    }
    _refuse_lost(distribution, sorted(wanted ^ found.keys()), division.day)
    return {leaf.code: found[leaf.code] for leaf in division.leaves}


def _refuse_lost(distribution: Distribution, codes: Sequence[str], day: date) -> None:
    if codes:
        raise InputError(
            Problem(
                Place("--with"),
                text(
                    "The numbers of {name} cannot be brought to the map of {day}: {codes}.",
                    name=distribution.instance.name,
                    day=day,
                    codes=series(list(codes)),
                ),
                text("Give an instance over the same areas."),
            )
        )
