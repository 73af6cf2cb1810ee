"""Another total within a period: a lower one raises nobody, a higher one lowers nobody.

Areas that are rounded by themselves promise that already; where they are rounded together, the
earlier table is a bound. A revision is always reckoned from the original.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from allocator.core.cells import parts_of, wholes
from allocator.core.distribute import distribute
from allocator.core.refused import refused
from allocator.model.balances import Cell, Opening
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance, Total
from allocator.model.rule import Method, Rounding
from allocator.periods.account import counted_by, joint_changes
from allocator.words.text import text


@dataclass(frozen=True)
class Revision:
    """An original table, the one before this where there was one, and the revised one."""

    original: Distribution
    before: Distribution | None
    revised: Distribution

    @property
    def previous(self) -> Distribution:
        """What the new numbers are set beside."""
        return self.before or self.original

    def effective(self, stream: str) -> dict[str, int]:
        """The new numbers of the leaves with the joint changes on top, also below 0."""
        instance = self.revised.instance
        changed = joint_changes(instance, stream)
        return {
            leaf.code: self.revised.numbers[leaf.code, stream] + changed.get(leaf.code, 0)
            for leaf in instance.division.leaves
        }

    def below_nothing(self, stream: str) -> dict[str, int]:
        """The leaves that gave away more than they now have, to be mended by another change."""
        return {code: number for code, number in self.effective(stream).items() if number < 0}

    def already_above(self, stream: str) -> dict[str, int]:
        """How much more leaves have realised already than the new number leaves them to do."""
        instance = self.revised.instance
        done, openings = counted_by(instance), instance.balances.openings
        to_do = {
            code: number + openings.get((code, stream), Opening()).balance
            for code, number in self.effective(stream).items()
        }
        return {
            code: done[code, stream] - number
            for code, number in to_do.items()
            if done.get((code, stream), 0) > max(number, 0)
        }


def revise(
    original: Distribution, totals: Mapping[str, Total], before: Distribution | None = None
) -> Revision:
    """The table for other totals, by the key, the inputs and the rounding of the original."""
    choice, instance = original.choice, original.instance
    _refuse_unpromised(original)
    asked = replace(instance, totals={**instance.totals, **totals})
    earlier = None
    if choice.rounding is Rounding.CONSISTENT:
        earlier = _bounds(original, before, asked)
    return Revision(original, before, distribute(asked, choice, earlier))


def _refuse_unpromised(original: Distribution) -> None:
    choice = original.choice
    if choice.rounding is Rounding.TEXTBOOK and choice.method is Method.LARGEST_REMAINDER:
        raise refused(
            original.instance,
            text("The textbook's largest remainder may lower somebody when the total rises."),
            text("Use `--rounding consistent`."),
        )


def _bounds(
    original: Distribution, before: Distribution | None, asked: Instance
) -> dict[Cell, int]:
    """Per cell the number not to be crossed: that of the original, or of a step on the way."""
    found: dict[Cell, int] = {}
    for whole in wholes(asked.streams):
        first = _parts(original, whole.name)
        then = _parts(before, whole.name) if before else first
        totals = _part_totals(asked, whole.name)
        for part, total in totals.items():
            start = sum(number for (_, name), number in first.items() if name == part)
            between = sum(number for (_, name), number in then.items() if name == part)
            further = start < between <= total or total <= between < start
            bound = then if further else first
            found |= {cell: number for cell, number in bound.items() if cell[1] == part}
    return found


def _parts(distribution: Distribution, whole: str) -> dict[Cell, int]:
    """The numbers of the parts of a whole at the leaves."""
    instance = distribution.instance
    streams = instance.streams
    found: dict[Cell, int] = {}
    for leaf in instance.division.leaves:
        left = distribution.numbers[leaf.code, whole]
        nameless = ""
        for part in parts_of(streams, streams.named(whole)):
            if part in streams.names:
                found[leaf.code, part] = distribution.numbers[leaf.code, part]
                left -= found[leaf.code, part]
            else:
                nameless = part
        if nameless:
            found[leaf.code, nameless] = left
    return found


def _part_totals(instance: Instance, whole: str) -> dict[str, int]:
    """The national numbers of the parts of a whole."""
    left = instance.totals[whole].number
    parts = parts_of(instance.streams, instance.streams.named(whole))
    found = {part: instance.totals[part].number for part in parts if part in instance.totals}
    rest = [part for part in parts if part not in found]
    if rest:
        found[rest[0]] = left - sum(found.values())
    return found
