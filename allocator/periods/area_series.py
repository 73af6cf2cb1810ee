"""The number of one area over the half-years, through mergers, with what was published of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from allocator.model.areas import Area, Division
from allocator.model.half_year import HalfYear
from allocator.model.instance import Quantity
from allocator.model.lineage import ending, made_of
from allocator.model.mergers import Change, between
from allocator.periods.account import added
from allocator.periods.series import Basis, Entry, Series, Shelf
from allocator.words.text import Text, change, text
from allocator.words.text import series as listed


def of_area(kept: Shelf, area: Area, division: Division, changes: Iterable[Change]) -> Series:
    """The series of one area, as it is on the map of a day."""
    changes = tuple(changes)
    entries = [_entry(kept, half, area, division, changes) for half in kept.periods]
    return Series(
        record=kept.record,
        area=area,
        entries=tuple(entries),
        gaps=kept.gaps,
        notes=(*_borders(kept, area, changes), *_sums(kept, area), *kept.record.notes),
    )


def _entry(
    kept: Shelf, half: HalfYear, area: Area, division: Division, changes: tuple[Change, ...]
) -> Entry:
    """One half-year of an area: what the rule gives it, and what was published of it.

    Of the country the number is the one that was set; the rule's is what areas add up to.
    """
    if half not in kept.numbers:
        return Entry(half)
    numbers = kept.numbers[half]
    codes, note = _as_it_was(area, division, numbers.in_force.division, changes)
    if not codes:
        return Entry(half, note=note)
    found = {
        "announced": kept.of_areas(numbers.announced, codes),
        "in_force": kept.of_areas(numbers.holding, codes),
    }
    basis = dict.fromkeys(found, Basis.COMPUTED)
    published = numbers.in_force.published
    for row in published.rows if published else ():
        if (row.code, row.stream) == (area.code, kept.record.stream):
            column = "published" if row.quantity is Quantity.NUMBER else "corrected"
            found[column] = row.number
    if "corrected" in found:
        found["opening"] = found["corrected"] - found.get("published", found["in_force"])
        basis["opening"] = Basis.IMPLIED if "published" in found else Basis.RESTING
    own = _own_account(kept, half, codes)
    found, basis = found | own, basis | dict.fromkeys(own, Basis.COMPUTED)
    if codes == (numbers.in_force.division.root.code,):
        found["adds_up_to"], basis["adds_up_to"] = found["in_force"], basis.pop("in_force")
        found["in_force"] = numbers.in_force.totals[kept.record.stream].number
        found["announced"] = numbers.first.totals[kept.record.stream].number
        del basis["announced"]
    return Entry.of(half, found, basis, note)


def _own_account(kept: Shelf, half: HalfYear, codes: tuple[str, ...]) -> dict[str, int]:
    """What the account of a rolled half-year says of areas together."""
    if half not in kept.accounts:
        return {}
    members = kept.numbers[half].in_force.division.members
    lines = kept.accounts[half]
    inside = [lines[leaf, kept.record.stream] for code in codes for leaf in members[code]]
    line = added(inside)
    found = {"in_force": line.number, "opening": line.opening, "corrected": line.corrected}
    if line.realised is not None and line.closing is not None:
        found |= {"realised": line.realised, "closing": line.closing}
    return found


def _as_it_was(
    area: Area, division: Division, then: Division, changes: tuple[Change, ...]
) -> tuple[tuple[str, ...], Text | None]:
    """The areas of another day that are this one: itself, or all of its later parts."""
    if area.code in then.by_code:
        return (area.code,), None
    if then.day > division.day:
        days = [move.day for move in ending(area.code, changes)]
        return (), text("{area} ended on {day}.", area=area.name, day=min(days)) if days else None
    leaves = [leaf.code for leaf in then.leaves]
    made = made_of(area.code, leaves, changes, then.day, division.day)
    parts = listed([then.by_code[code].name for code in made])
    if made and all(share == 1 for share in made.values()):
        return tuple(made), text("{parts}, which became {area}.", parts=parts, area=area.name)
    if made:
        return (), text(
            "{area} was not there yet, and of {parts} not everybody went to it.",
            area=area.name,
            parts=parts,
        )
    return (), text("{area} was not there yet.", area=area.name)


def _borders(kept: Shelf, area: Area, changes: Iterable[Change]) -> Iterator[Text]:
    """The days on which persons came to an area or left it while it was there."""
    maps = [kept.numbers[half].in_force.division for half in kept.periods if half in kept.numbers]
    there = [division for division in maps if area.code in division.by_code]
    days = {
        move.day
        for before, after in pairwise(there)
        for move in between(changes, before.day, after.day)
        if (move.old_code in before.members[area.code])
        != (move.new_code in after.members[area.code])
    }
    if days:
        yield text(
            "The borders of {area} changed on {days}; each number is that of the area as it was "
            "in the half-year.",
            area=area.name,
            days=listed(sorted(days)),
        )


def _sums(kept: Shelf, area: Area) -> Iterator[Text]:
    """What was published of an area beside the sum of what was published of all its parts."""
    for half in kept.periods:
        instance = kept.numbers[half].in_force if half in kept.numbers else None
        if instance is None or instance.published is None:
            continue
        members = instance.division.members.get(area.code, ())
        for quantity in Quantity:
            rows = {
                row.code: row.number
                for row in instance.published.rows
                if (row.stream, row.quantity) == (kept.record.stream, quantity)
            }
            if area.code in rows and area.code not in members and rows.keys() >= set(members):
                yield text(
                    "{period}: of {area} {number} was published ({what}), and its parts add up to "
                    "{sum} ({difference}).",
                    period=str(half),
                    area=area.name,
                    number=rows[area.code],
                    what=_QUANTITIES[quantity],
                    sum=sum(rows[code] for code in members),
                    difference=change(sum(rows[code] for code in members) - rows[area.code]),
                )


_QUANTITIES = {
    Quantity.NUMBER: text("the number by itself"),
    Quantity.CORRECTED: text("with the balance in it"),
}
