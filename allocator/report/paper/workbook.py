"""A paper as a workbook: what it says on the first sheet, then a sheet per table and level.

Numbers are numbers, so that a planner can go on reckoning with them. What is not known is an empty
cell: a dash would be a text, on which a formula stumbles. The same paper gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING

from allocator.report.layout import capital
from allocator.report.paper.paper import Cell, Column, Kind, Paper, Section, Table
from allocator.report.paper.said import said_cell
from allocator.report.paper.sheets import Names, Sheet, sheets_of
from allocator.words.say import say
from allocator.words.text import Value, text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: The same for every workbook, as it is no fact about the numbers.
CREATED = datetime(1980, 1, 1)
#: A cell holds so many characters; what is longer goes on in the next one.
CELL = 32767
#: Whole numbers with more digits are written as text, since a spreadsheet rounds them.
DIGITS = 15
#: A line of text is so wide, in characters.
PAGE = 72
#: So many signs of prose take the room of one digit, in which widths are counted.
PROSE = 1.1
WIDEST, NARROWEST = 70, 9
#: A line of text is so high, in points, and a row at most so much.
LINE, HIGHEST = 15, 405
#: A filter's arrow takes so many signs of a heading.
ARROW = 3
#: Tables with more columns are printed across.
UPRIGHT = 7
A4 = 9
ACCENT = "#1F4E79"


@dataclass
class _Book:
    """The workbook that is being written, with its formats, each made once."""

    file: Workbook
    lang: str
    formats: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def format(self, **wanted: object) -> Format:
        asked = {"font_name": "Calibri", "font_size": 11, "valign": "top", **wanted}
        key = tuple(sorted(asked.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(asked)
        return self.formats[key]

    def say(self, value: Value) -> str:
        return say(value, self.lang)


def as_workbook(paper: Paper, lang: str) -> bytes:
    """The paper as the bytes of an xlsx file."""
    from xlsxwriter.workbook import Workbook  # only those who want a workbook wait for it

    written = BytesIO()
    book = _Book(Workbook(written, {"in_memory": True}), lang)
    book.file.set_properties({"title": book.say(paper.title), "created": CREATED})
    names = Names()
    front = names.free(book.say(text("Explanation of this workbook")))
    sheets = sheets_of(paper, names, lang)
    _front(book, paper, front, sheets)
    for sheet in (sheet for each in sheets for sheet in each):
        _sheet(book, sheet)
    book.file.close()
    return written.getvalue()


def _front(book: _Book, paper: Paper, name: str, sheets: Sequence[Sequence[Sheet]]) -> None:
    """What the paper says, with a link to each sheet."""
    page = _Page(book, book.file.add_worksheet(name))
    page.line(book.say(paper.title), size=16, bold=True, font_color=ACCENT)
    page.lines(paper.summary)
    page.lines(paper.cautions, "! ")
    for section, own in zip(paper.sections, sheets, strict=True):
        page.heading(section.title)
        _section(page, section)
        for sheet in own:
            page.link(sheet.name, sheet.title)
    page.heading(text("Of this workbook"))
    page.lines(_of_the_workbook(paper))
    page.lines(paper.footer)
    _print(page.sheet, book.say(paper.title), wide=False)


def _section(page: _Page, section: Section) -> None:
    page.lines(section.said)
    page.lines(section.cautions, "! ")
    page.lines(section.notes, "- ")


def _of_the_workbook(paper: Paper) -> Iterator[Value]:
    """How its cells are to be read."""
    yield text(
        "An empty cell is a number that is not known or means nothing there. Separators of "
        "thousands and decimals follow the settings of your computer."
    )
    if any(section.pictures for section in paper.sections):
        yield text("A workbook holds no pictures: the page has them.")


class _Page:
    """Paragraphs under each other in one wide column."""

    def __init__(self, book: _Book, sheet: Worksheet) -> None:
        self.book, self.sheet, self.row = book, sheet, 0
        sheet.set_column(0, 0, PAGE)
        sheet.hide_gridlines(2)

    def line(self, said: str, size: int = 11, **look: object) -> None:
        shown = self.book.format(text_wrap=True, font_size=size, **look)
        for part in _in_cells(said):
            self.sheet.write_string(self.row, 0, part, shown)
            self.sheet.set_row(self.row, _height([(part, PAGE * PROSE * 11 / size)]) * size / 11)
            self.row += 1

    def lines(self, values: Iterable[Value], sign: str = "") -> None:
        for value in values:
            self.line(sign + capital(self.book.say(value)))

    def heading(self, title: Value) -> None:
        self.row += 1
        self.line(self.book.say(title), size=13, bold=True, font_color=ACCENT)

    def link(self, sheet: str, said: str) -> None:
        place = "internal:'{}'!A1".format(sheet.replace("'", "''"))
        look = self.book.format(text_wrap=True, font_color="#0563C1", underline=1)
        self.sheet.write_url(self.row, 0, place, look, f"→ {said}"[:CELL])
        self.row += 1


def _in_cells(said: str) -> Iterator[str]:
    yield said[:CELL]
    for start in range(CELL, len(said), CELL):
        yield said[start : start + CELL]


def _height(cells: Iterable[tuple[str, float]]) -> float:
    """How high a row is in which texts of these widths are wrapped; not every program finds out.

    >>> _height([("Zeeland", 20), ("as many words as go on two lines", 20)])
    30
    """
    lines = max(len(wrap(said, max(int(width), 1))) for said, width in cells)
    return min(HIGHEST, LINE * max(lines, 1))


def _sheet(book: _Book, sheet: Sheet) -> None:
    """A table under a heading that stays in sight, to be filtered and printed."""
    table, page = sheet.table, book.file.add_worksheet(sheet.name)
    widths = list(_widths(table, book.lang))
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    heading = _heading(book, page, table.columns, widths)
    texts = [n for n, column in enumerate(table.columns) if column.kind is Kind.TEXT]
    for place, row in enumerate(table.rows, heading + 1):
        for column, (cell, of) in enumerate(zip(row.cells, table.columns, strict=True)):
            _cell(book, page, place, column, cell, of, int(column > 0) or row.depth)
        said = [(book.say(row.cells[n] or ""), widths[n] - 2) for n in texts]
        page.set_row(place, _height(said or [("", 1)]))
    last = len(table.columns) - 1
    page.freeze_panes(heading + 1, 1)
    page.autofilter(heading, 0, heading + len(table.rows), last)
    page.repeat_rows(0, heading)
    _print(page, sheet.title, wide=last >= UPRIGHT)


def _heading(
    book: _Book, page: Worksheet, columns: Sequence[Column], widths: Sequence[float]
) -> int:
    """The titles of columns, under those of groups where there are any; the row they stand in."""
    look = {"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"}
    right = book.format(align="right", **look)
    heading = int(any(column.group for column in columns))
    first = 0
    for column, each in enumerate(columns):
        left = each.kind in (Kind.TEXT, Kind.DAY)
        shown = book.format(align="left", indent=int(column > 0), **look) if left else right
        page.write_string(heading, column, book.say(each.title), shown)
        if column + 1 < len(columns) and columns[column + 1].group == each.group:
            continue
        if each.group:
            over = book.format(align="center", **look)
            if column > first:
                page.merge_range(0, first, 0, column, book.say(each.group), over)
            else:
                page.write_string(0, first, book.say(each.group), over)
        first = column + 1
    titles = [book.say(column.title) for column in columns]
    page.set_row(
        heading, _height((t, width - ARROW) for t, width in zip(titles, widths, strict=True))
    )
    return heading


def _cell(
    book: _Book, page: Worksheet, row: int, column: int, cell: Cell, of: Column, depth: int
) -> None:
    """A number as a number, a text as a text whatever it begins with, nothing as an empty cell."""
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        day = book.format(num_format="dd-mm-yyyy", align="left", indent=1)
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)
    elif isinstance(cell, (int, Fraction)) and of.kind is not Kind.TEXT and _fits(cell):
        page.write_number(row, column, float(cell), book.format(num_format=_number_format(of)))
    else:
        said = said_cell(cell, of, book.lang)[:CELL]
        page.write_string(
            row, column, said, book.format(text_wrap=True, align="left", indent=depth)
        )


def _fits(number: int | Fraction) -> bool:
    return isinstance(number, Fraction) or abs(number) < 10**DIGITS


def _number_format(column: Column) -> str:
    """How a number of this column is shown, as spreadsheets write it; a real minus before it.

    >>> _number_format(Column("number")), _number_format(Column("off", Kind.CHANGE))
    ('#,##0;"−"#,##0', '+#,##0;"−"#,##0;0')
    >>> _number_format(Column("part", Kind.PERCENT, 1))
    '0.0%;"−"0.0%'
    """
    decimals = f".{'0' * column.places}" if column.places else ""
    shown = f"0{decimals}%" if column.kind is Kind.PERCENT else f"#,##0{decimals}"
    if column.kind is Kind.CHANGE or column.signed:
        return f'+{shown};"−"{shown};{shown.removeprefix("#,##")}'
    return f'{shown};"−"{shown}'


def _widths(table: Table, lang: str) -> Iterator[float]:
    """As wide as the widest cell, and as the longest word of the heading with its arrow."""
    for place, column in enumerate(table.columns):
        cells = [len(said_cell(row.cells[place], column, lang)) for row in table.rows]
        depth = 1 if place else 2 * max(row.depth for row in table.rows)
        words = [len(word) + ARROW for word in say(column.title, lang).split()]
        yield min(WIDEST, max(NARROWEST, max(cells) + depth + 2, *words))


def _print(page: Worksheet, title: str, wide: bool) -> None:
    """On A4, as wide as a sheet of it, with the title and the number of each page."""
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    if wide:
        page.set_landscape()
    page.set_header(f"&L{title[:200].replace('&', '&&')}")
    page.set_footer("&R&P / &N")
