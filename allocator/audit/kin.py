"""Which areas of two divisions are set beside each other: those of one code, and groups of leaves.

Leaves that only one division has stand in one group with those whose people they took or gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.model.areas import Area, Division
from allocator.model.mergers import Change, between, concerning, portions, unaccounted

#: For every leaf of the later division, how much of which leaves of the earlier one lies in it.
Made = Mapping[str, Mapping[str, Fraction]]


@dataclass(frozen=True, slots=True)
class Kin:
    """An area of both divisions, or the leaves of a group in each; a side may be empty."""

    level: str
    before: tuple[Area, ...]
    after: tuple[Area, ...]

    @property
    def one(self) -> bool:
        """Whether this is a single area that both divisions have."""
        return len(self.before) == len(self.after) == 1 and self.before[0].code == self.code

    @property
    def code(self) -> str:
        """The area's code, or all codes of the group."""
        return "+".join(sorted({area.code for area in (*self.before, *self.after)}))


def made_of(earlier: Division, later: Division, changes: Iterable[Change]) -> Made:
    """What the later leaves are made of; without the mergers that are not known in full."""
    codes = [leaf.code for leaf in earlier.leaves]
    moves = concerning(codes, between(changes, earlier.day, later.day))
    return portions(codes, () if unaccounted(codes, moves) else moves)


def kin(earlier: Division, later: Division, made: Made) -> tuple[Kin, ...]:
    """The areas beside each other: leaves, groups of leaves, then the larger areas.

    A border between two leaves that both divisions have makes no group of them.
    """
    here = earlier.by_code
    groups = list(_groups(earlier, later, made))
    grouped = {area.code for group in groups for area in (*group.before, *group.after)}
    single = [
        Kin(area.level, (here[area.code],), (area,))
        for area in later.areas
        if area.code in here and area.code not in grouped
    ]
    leaves = [each for each in single if each.level == later.leaf_level]
    larger = [each for each in single if each.level != later.leaf_level]
    return (*leaves, *groups, *larger)


def _groups(earlier: Division, later: Division, made: Made) -> Iterator[Kin]:
    """The groups around every leaf that only one of the divisions has."""
    if earlier.leaf_level != later.leaf_level:
        return
    old = {leaf.code: leaf for leaf in earlier.leaves}
    new = {leaf.code: leaf for leaf in later.leaves}
    group_of = {code: {code} for code in old.keys() ^ new.keys()}
    for code, parts in made.items():
        for part, share in parts.items():
            both = part in new and code in old
            if code in new and part != code and (share == 1 or not both):
                _join(group_of, part, code)
    seen: set[str] = set()
    for code in sorted(group_of):
        if code not in seen:
            group = group_of[code]
            seen |= group
            before = tuple(old[each] for each in sorted(group & old.keys()))
            after = tuple(new[each] for each in sorted(group & new.keys()))
            yield Kin(later.leaf_level, before, after)


def _join(group_of: dict[str, set[str]], one: str, other: str) -> None:
    joined = group_of.get(one, {one}) | group_of.get(other, {other})
    for code in joined:
        group_of[code] = joined
