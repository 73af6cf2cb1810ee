"""What the lines of a heading say: which columns name areas, and how far the heading goes.

Tables that somebody downloaded and tables of one's own in a workbook are found with the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from allocator.model.problem import InputError, Place, Problem
from allocator.reading.downloaded.figures import readings, without_marks
from allocator.reading.downloaded.headings import Holds, area_column
from allocator.words.text import series, text

HEADING_WITHIN = 50  # lines

#: Of several columns that name areas, the first of these levels is that of the rows.
_FINEST = ("municipality", "", "safety_region", "province", "country")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class AreaColumns:
    """The columns that name the area of a row."""

    code: int | None  # the column of codes
    name: int | None  # the column of names
    province: int | None  # the column that says in which province a municipality lies
    level: str  # of the areas, where a heading says so

    @property
    def any(self) -> tuple[int, ...]:
        return tuple(one for one in (self.code, self.name, self.province) if one is not None)


NO_AREAS = AreaColumns(None, None, None, "")


def letter(column: int) -> str:
    """A column as spreadsheets name it.

    >>> letter(1), letter(27)
    ('A', 'AA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def area_columns(headings: Mapping[int, str], place: Place) -> AreaColumns:
    """Which columns name the areas; two that name them alike are a problem.

    >>> area_columns({1: "Provincie", 2: "Gemeente", 3: "Aantal"}, Place(""))
    AreaColumns(code=None, name=2, province=1, level='municipality')
    """
    areas = {
        column: held
        for column, heading in headings.items()
        if (held := area_column(without_marks(heading)))
    }
    levels = {level for holds, level in areas.values() if level or holds is Holds.NAME}
    level = next((level for level in _FINEST if level in levels), "")
    name = _column(areas, Holds.NAME, level, place)
    code = _column(areas, Holds.CODE, level, place)
    provinces = (column for column, held in areas.items() if held == (Holds.NAME, "province"))
    province = next(provinces, None) if level in ("municipality", "") else None
    return AreaColumns(code, name, province, level)


def _column(
    areas: Mapping[int, tuple[Holds, str]], holds: Holds, level: str, place: Place
) -> int | None:
    """The column of codes or of names of the rows: of their level, or of any."""
    for one in (level, ""):
        columns = [column for column, held in areas.items() if held == (holds, one)]
        if len(columns) > 1:
            raise InputError(
                Problem(
                    place,
                    text(
                        "The columns {columns} name areas alike.",
                        columns=series([letter(column) for column in columns]),
                    ),
                    text("Put what stands side by side below each other, with one such column."),
                )
            )
        if columns:
            return columns[0]
    return None


def lines_of_heading(
    rows: Mapping[int, Mapping[int, object]], heading: int, areas: AreaColumns
) -> tuple[int, int]:
    """How many lines above the one that names the areas the heading has, and where it ends.

    A line above goes with it where it stands over more than the first column and the areas; a line
    below where it names no area and has no figure. The second number is the first line after it.

    >>> rows = {1: {1: "Gemeente", 2: "Aantal"}, 2: {2: "1e helft"}, 3: {1: "Goes", 2: 5}}
    >>> lines_of_heading(rows, 1, AreaColumns(None, 1, None, "municipality"))
    (0, 3)
    """
    above = 0
    while rows.get(heading - above - 1, {}).keys() - {*areas.any, min(rows[heading])}:
        above += 1
    body = heading + 1
    for line in sorted(line for line in rows if line > heading and rows[line]):
        cells = rows[line]
        named = areas.code in cells or areas.name in cells
        if named or any(map(_is_figure, cells.values())):
            break
        body = line + 1
    return above, body


def _is_figure(cell: object) -> bool:
    """Whether a cell holds a number; a year or a day may stand in a heading."""
    if isinstance(cell, str):
        return any(number not in _YEARS for number in readings(cell).values())
    return not isinstance(cell, date) and cell not in _YEARS
