"""Reads the numbers of a column, all in one notation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from allocator.model.downloaded import LeftAside
from allocator.model.instance import Quantity
from allocator.model.problem import Problems
from allocator.reading.downloaded.figures import DUTCH, ENGLISH, notations, readings, without_marks
from allocator.reading.downloaded.grid import Cell
from allocator.reading.downloaded.headings import Counted
from allocator.reading.downloaded.layout import shown_cell
from allocator.reading.downloaded.lines import Line, is_nothing
from allocator.reading.workbooks.heading import letter
from allocator.words.text import Text, text

NAMES = {DUTCH: text("Dutch"), ENGLISH: text("English")}


@dataclass
class Column:
    """One column of numbers, and what is told of it."""

    at: int
    counted: Counted
    notation: str  # as it was asked, or ""
    problems: Problems
    said: list[Text] = field(default_factory=list)
    aside: list[LeftAside] = field(default_factory=list)

    def numbers(self, lines: Sequence[Line]) -> dict[int | None, int]:
        """The number of each line that has one."""
        self._tell_marks(cell for line in lines if isinstance(cell := line.cells[self.at], str))
        notation = self.notation or self._notation(lines)
        return dict(self._read(lines, notation)) if notation else {}

    def _tell_marks(self, cells: Iterable[str]) -> None:
        marked = [cell for cell in cells if readings(cell) and without_marks(cell) != cell]
        if marked:
            self.said.append(
                text(
                    "Column {where} has marks of footnotes at its figures, such as {example}.",
                    where=letter(self.at),
                    example=f"'{marked[0]}'",
                )
            )

    def _read(self, lines: Sequence[Line], notation: str) -> Iterator[tuple[int | None, int]]:
        for line in lines:
            cell = line.cells[self.at]
            if is_nothing(cell):
                self._leave(line, cell)
                continue
            number = self._number(cell, notation, line)
            if number is not None:
                yield line.place.line, number

    def _leave(self, line: Line, cell: Cell) -> None:
        why = text(
            "it has no number of {stream}: {written}",
            stream=f"'{self.counted.stream}'",
            written=f"'{shown_cell(cell)}'",
        )
        self.aside.append(LeftAside(line.written, why, line.place))

    def _number(self, cell: Cell, notation: str, line: Line) -> int | None:
        value = readings(cell).get(notation) if isinstance(cell, str) else cell
        told, where = f"'{shown_cell(cell)}'", letter(self.at)
        if value is None:
            found = text("{written} in column {where} is no number.", written=told, where=where)
            mend = text("Write digits; a formula is calculated and saved first.")
        elif value.denominator != 1:
            found = text("{written} is not a whole number.", written=told)
            mend = text("Write whole persons or places, or say --notation nl or en.")
        elif value < 0 and self.counted.quantity is Quantity.NUMBER:
            found = text("{written} is negative.", written=told)
            mend = text(
                "Only a number with a head start in it can be: --column {column}.",
                column=f"{self.counted.stream}:corrected={where}",
            )
        else:
            return int(value)
        self.problems.add(line.place, found, mend)
        return None

    def _notation(self, lines: Sequence[Line]) -> str:
        """The notation of the figures, or "" with the problem noted."""
        written = [(line, cell) for line in lines if isinstance(cell := line.cells[self.at], str)]
        possible = notations(readings(cell) for _, cell in written)
        if len(possible) == 1:
            return possible[0]
        telling = [(line, cell) for line, cell in written if _tells(cell)]
        whole = [n for n in possible if all(_is_whole(cell, n) for _, cell in written)]
        if len(whole) == 1:
            self.said.append(
                text(
                    "Column {where} is in {notation} notation: only so is {example} a whole "
                    "number.",
                    where=letter(self.at),
                    notation=NAMES[whole[0]],
                    example=f"'{telling[0][1]}'",
                )
            )
            return whole[0]
        if possible:
            self._ask(*telling[0])
        else:
            self._refuse_both(telling)
        return ""

    def _ask(self, line: Line, cell: str) -> None:
        numbers = readings(cell).values()
        self.problems.add(
            line.place,
            text(
                "{written} in column {where} may be {large} or {small}.",
                written=f"'{cell}'",
                where=letter(self.at),
                large=max(numbers),
                small=min(numbers),
            ),
            text("Say how the figures are written: --notation nl (1.234,5) or en (1,234.5)."),
        )

    def _refuse_both(self, telling: Sequence[tuple[Line, str]]) -> None:
        """Tell two figures of a column that are not of one notation."""
        only = {
            next(iter(readings(cell))): (line, cell) for line, cell in telling if _decides(cell)
        }
        (first, one), (second, other) = only.values()
        self.problems.add(
            second.place,
            text(
                "Column {where} is written in two ways: {one} on line {line}, and {other}.",
                where=letter(self.at),
                one=f"'{one}'",
                line=str(first.place.line),
                other=f"'{other}'",
            ),
            text("Write all figures of a column alike."),
        )


def _is_whole(cell: str, notation: str) -> bool:
    number = readings(cell).get(notation)
    return number is None or number.denominator == 1


def _decides(cell: str) -> bool:
    """Whether a figure can be read in one notation alone."""
    return len(readings(cell)) == 1


def _tells(cell: str) -> bool:
    """Whether a figure says something of its notation."""
    return _decides(cell) or len(set(readings(cell).values())) > 1
