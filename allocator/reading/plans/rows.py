"""What the rows of a plan's files are about: the municipalities of a province, and two streams.

A municipality may be named by its code or by its name, as boards write it in their tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from allocator.model.areas import Area, Division
from allocator.model.lineage import ending, founding
from allocator.model.plan import PlanRule
from allocator.model.problem import Place, Problems
from allocator.reading.balances.rows import Frame
from allocator.reading.formats.csv_table import Record
from allocator.reading.formats.numerals import Numerals, Unreadable, day, whole
from allocator.words.levels import level_name
from allocator.words.nearest import nearest, perhaps
from allocator.words.plain import plainly
from allocator.words.text import either, series, text


@dataclass(frozen=True)
class PlanRows:
    """The province and the streams that rows are about."""

    frame: Frame
    rule: PlanRule
    province: Area | None  # None where it is not known; then no row is held against it

    @property
    def problems(self) -> Problems:
        return self.frame.problems

    def named(self, record: Record) -> bool:
        """Whether the row has a name, by which messages and options speak of it."""
        if not record["name"]:
            self.problems.add(
                record.place,
                text("The line has no name."),
                text("Give it a short name of its own, so that messages can speak of it."),
            )
        return bool(record["name"])

    def stream(self, record: Record) -> str | None:
        """The whole that a plan is about, or the part of it that is for minors."""
        written, names = record["stream"], (self.rule.whole, self.rule.minors)
        if written in names:
            return written
        self.problems.add(
            record.place,
            text("{name} is no stream of a plan.", name=f"'{written}'"),
            nearest(written, names, text("Write one of: {names}.", names=", ".join(names))),
        )
        return None

    def area(self, record: Record, column: str) -> Area | None:
        """The municipality of the province in a column, or None with the problem noted."""
        return self.area_named(record, column, record[column])

    def area_named(self, record: Record, column: str, written: str) -> Area | None:
        """The municipality of the province that is written so, or None with the problem noted."""
        if not written:
            self.problems.add(
                record.place,
                text("{column} names no municipality.", column=f"'{column}'"),
                text("Write its code or its name."),
            )
            return None
        area = self._known(record, written)
        if area is None or self.province is None:
            return area
        if area.code in self.frame.division.members[self.province.code]:
            return area
        self.problems.add(
            record.place,
            text(
                "{area} ({code}) does not lie in {province}.",
                area=area.name,
                code=area.code,
                province=self.province.name,
            ),
            text("A plan is of one province: mend the code, or take the line out."),
        )
        return None

    def _known(self, record: Record, written: str) -> Area | None:
        """The leaf of this code or name; where names are alike the one in the province."""
        frame = self.frame
        known = frame.division.by_code.get(written)
        changed = ending(written, frame.changes) or founding(
            written, frame.division.day, frame.changes
        )
        if known or changed:  # a code: what is wrong with it is told as in other tables
            return frame.area(replace(record, cells={"code": written}))
        found = list(_leaves_named(written, frame))
        if len(found) > 1 and self.province:
            inside = frame.division.members[self.province.code]
            found = [leaf for leaf in found if leaf.code in inside] or found
        if len(found) == 1:
            return found[0]
        self._unknown(record, written, found)
        return None

    def _unknown(self, record: Record, written: str, found: list[Area]) -> None:
        level = level_name(self.frame.division.leaf_level)
        if found:
            self.problems.add(
                record.place,
                text("{name} is the name of several areas.", name=f"'{written}'"),
                text("Write the code: {codes}.", codes=either([leaf.code for leaf in found])),
            )
            return
        near = self._near(written)
        self.problems.add(
            record.place,
            text(
                "There is no {level} {name} on {day}.",
                level=level,
                name=f"'{written}'",
                day=self.frame.division.day,
            ),
            perhaps(near, text("Write the code or the name of a {level}.", level=level)),
        )

    def _near(self, written: str) -> list[str]:
        """The municipalities of the province that are written most like it, or of the country."""
        division = self.frame.division
        inside = division.members[self.province.code] if self.province else ()
        for leaves in ([division.by_code[code] for code in inside], division.leaves):
            spelt = {plainly(leaf.name): leaf for leaf in leaves} | {
                leaf.code.lower(): leaf for leaf in leaves
            }
            close = get_close_matches(plainly(written), spelt, 2, 0.7)
            found = dict.fromkeys(spelt[name] for name in close)
            if found:
                return [f"{leaf.name} ({leaf.code})" for leaf in found]
        return []


def _leaves_named(written: str, frame: Frame) -> Iterator[Area]:
    """The leaves of this name, spelt otherwise or by another name of theirs."""
    plain = plainly(written)
    others = frame.other_names.get(plain, ())
    for leaf in frame.division.leaves:
        if plainly(leaf.name) == plain or leaf.code in others:
            yield leaf


def province_of(written: str, division: Division, place: Place, problems: Problems) -> Area | None:
    """The province, or what a country has for one, of this code or name, or None."""
    levels = division.tree[1:-1] or division.tree[:1]
    upper = [area for level in levels for area in division.at(level)]
    plain = plainly(written)
    found = [area for area in upper if area.code == written or plainly(area.name) == plain]
    if len(found) == 1:
        return found[0]
    spelt = {plainly(area.name): area for area in upper} | {a.code.lower(): a for a in upper}
    near = dict.fromkeys(spelt[name] for name in get_close_matches(plain, spelt, 2, 0.6))
    if found:
        mend = text("Write the code: {codes}.", codes=either([area.code for area in found]))
    elif near:
        mend = text(
            "Did you mean {near}?", near=either([f"{area.name} ({area.code})" for area in near])
        )
    else:
        names = [f"{area.name} ({area.code})" for area in upper]
        mend = text("Write the code or the name of one: {names}.", names=series(names))
    problems.add(
        place,
        text("{name} is the name of several areas.", name=f"'{written}'")
        if found
        else text("A plan is of a province, and {name} is none.", name=f"'{written}'"),
        mend,
    )
    return None


def perhaps_whole(written: str, numerals: Numerals) -> int | None:
    """A whole number of 0 or more, or None where nothing is written."""
    return whole(written, numerals) if written else None


def perhaps_places(written: str, numerals: Numerals) -> int | None:
    """A number of places, 1 or more, or None where nothing is written."""
    number = perhaps_whole(written, numerals)
    if number == 0:
        raise Unreadable(
            text("0 places are nothing to plan with."),
            text("Write 1 or more, or take the line out."),
        )
    return number


def perhaps_day(written: str, _: Numerals) -> date | None:
    """A day, or None where nothing is written."""
    return day(written) if written else None
