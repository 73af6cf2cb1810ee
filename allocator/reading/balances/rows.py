"""The area and the stream of a row; an area that is not there names what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from allocator.model.areas import Area, Division
from allocator.model.balances import Cell
from allocator.model.lineage import ending, founding
from allocator.model.mergers import Change
from allocator.model.problem import Place, Problems
from allocator.model.streams import Streams
from allocator.reading.downloaded.areas import gazetteer_of_division
from allocator.reading.formats.csv_table import Dialect, Record, Table
from allocator.reading.workbooks.as_made import AsMade, by_title
from allocator.reading.workbooks.table_file import read_table
from allocator.words.levels import level_name
from allocator.words.nearest import nearest
from allocator.words.plain import plainly
from allocator.words.text import series, text

NOTHING_ELSE: Mapping[str, tuple[str, ...]] = {}
NOTHING_BESIDE: Mapping[str, Mapping[str, str]] = {}


@dataclass(frozen=True)
class Frame:
    """What the rows of a file are about: the areas and streams of an instance."""

    division: Division
    streams: Streams
    changes: tuple[Change, ...]
    other_names: Mapping[str, tuple[str, ...]]
    problems: Problems

    def table(
        self,
        path: Path,
        dialect: Dialect,
        required: Iterable[str],
        optional: Iterable[str],
        summed: tuple[str, ...],
        called: Mapping[str, tuple[str, ...]] = NOTHING_ELSE,
        beside: Mapping[str, Mapping[str, str]] = NOTHING_BESIDE,
    ) -> Table:
        """The file, with `stream` among its columns where there are several.

        Of a workbook: `summed` are the columns of which a row of totals gives the sum, `called`
        what else people call a column, `beside` what a heading says of numbers side by side.
        """
        several = len(self.streams.given) > 1
        wanted = ("code", *(("stream",) if several else ()), *required)
        more = ("name", *(() if several else ("stream",)), *optional)
        made = self.made(summed, called, beside)
        return read_table(path, dialect, self.problems, wanted, more, made)

    def made(
        self,
        summed: tuple[str, ...],
        called: Mapping[str, tuple[str, ...]] = NOTHING_ELSE,
        beside: Mapping[str, Mapping[str, str]] = NOTHING_BESIDE,
    ) -> Callable[[], AsMade]:
        """What is known of a table, asked only where it stands in a workbook."""

        def known() -> AsMade:
            headings = {**by_title(self.streams), **beside}
            return AsMade(
                gazetteer_of_division(self.division, self.other_names),
                self.division.leaf_level,
                streams=self.streams,
                told=lambda heading: headings.get(plainly(heading), {}),
                summed=summed,
                called=called,
            )

        return known

    def meant(self, column: str, written: str) -> str:
        """What a value stands for: where there is one stream, a row without one is of that."""
        given = self.streams.given
        alone = column == "stream" and len(given) == 1
        return written or (given[0].name if alone else "")

    def cell(self, record: Record) -> Cell | None:
        """The area and stream of a row, or None with the problem noted."""
        area, stream = self.area(record), self.stream(record)
        return (area.code, stream) if area and stream else None

    def area(self, record: Record) -> Area | None:
        """The leaf that a row is about; its name, where one is given, must be that area's."""
        code, name = record["code"], record["name"]
        area = self.division.by_code.get(code)
        day = self.division.day
        if area is None:
            self._unknown(record, code)
            return None
        if area.level != self.division.leaf_level:
            self.problems.add(
                record.place,
                text("{area} ({code}) is a larger area.", area=area.name, code=code),
                text(
                    "Give a row for each {level} in it.", level=level_name(self.division.leaf_level)
                ),
            )
            return None
        if name and not self._is_named(area, name):
            self.problems.add(
                record.place,
                text(
                    "{code} is {area} on {day}, and the row is named {name}.",
                    code=code,
                    area=area.name,
                    day=day,
                    name=name,
                ),
                text("Mend the code or the name."),
            )
        return area

    def _is_named(self, area: Area, name: str) -> bool:
        """Whether an area may be called so: spelt otherwise, or by another name of it."""
        plain = plainly(name)
        return plain == plainly(area.name) or area.code in self.other_names.get(plain, ())

    def stream(self, record: Record, elsewhere: Sequence[str] = ()) -> str | None:
        """The stream of a row: one of the instance's, or of those that are known elsewhere."""
        own = [stream.name for stream in self.streams.given]
        names = list(dict.fromkeys((*own, *elsewhere)))
        written = record["stream"]
        if not written and len(own) == 1:
            return own[0]
        if written in names:
            return written
        self.problems.add(
            record.place,
            text("There is no stream {name} here.", name=f"'{written}'"),
            nearest(written, names, text("The streams are: {names}.", names=", ".join(names))),
        )
        return None

    def _unknown(self, record: Record, code: str) -> None:
        day = self.division.day
        gone = [change for change in ending(code, self.changes) if change.day <= day]
        coming = founding(code, day, self.changes)
        if gone:
            heirs = [f"{change.new_name} ({change.new_code})" for change in gone]
            self.problems.add(
                record.place,
                text(
                    "{name} ({code}) was gone from {day} on: it went to {heirs}.",
                    name=gone[0].old_name,
                    code=code,
                    day=gone[0].day,
                    heirs=series(heirs),
                ),
                text("Count its persons there."),
            )
        elif coming:
            parts = [f"{change.old_name} ({change.old_code})" for change in coming]
            self.problems.add(
                record.place,
                text(
                    "{name} ({code}) begins on {start}; on {day} there were {parts}.",
                    name=coming[0].new_name,
                    code=code,
                    start=coming[0].day,
                    day=day,
                    parts=series(parts),
                ),
                text("Give the numbers of these."),
            )
        else:
            near = next(
                (leaf for leaf in self.division.leaves if leaf.name == record["name"]), None
            )
            self.problems.add(
                record.place,
                text("There is no area {code} on {day}.", code=code or "-", day=day),
                text("{area} has the code {code}.", area=near.name, code=near.code)
                if near
                else text("Mend the code, or take the line out."),
            )

    def refuse_missing(self, table: Table, found: Iterable[Cell]) -> None:
        """Every area must have a row, in each stream that the file speaks of."""
        if not table.records:
            self.problems.add(
                Place(table.file),
                text("The table has a heading and no rows."),
                text("Add a line for each {level}.", level=level_name(self.division.leaf_level)),
            )
        unread = {record["code"] for record in table.records}  # those have a problem of their own
        have = set(found)
        for stream in sorted({stream for _, stream in have}):
            lacking = [
                f"{leaf.name} ({leaf.code})"
                for leaf in self.division.leaves
                if (leaf.code, stream) not in have
                and (len(self.streams.given) > 1 or leaf.code not in unread)
            ]
            if lacking:
                self.problems.add(
                    Place(table.file),
                    text(
                        "There is no row for {areas}{stream}.",
                        areas=series(lacking),
                        stream=text(" ({stream})", stream=self.streams.named(stream).title)
                        if len(self.streams.given) > 1
                        else "",
                    ),
                    text("Add a line for each, with 0 where there is nothing."),
                )
