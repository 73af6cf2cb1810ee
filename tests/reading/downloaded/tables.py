"""Real published numbers, written down again as people write tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import strategies as st
from openpyxl import Workbook

from allocator.model.downloaded import Asked, Downloaded
from allocator.model.instance import Instance, Quantity
from allocator.reading.country.tables import other_names_of
from allocator.reading.instances.folders import instance_names
from allocator.reading.instances.read import load

Key = tuple[str, str, Quantity]
Kind = tuple[str, Quantity]

PUBLISHED = {
    name: instance
    for name in instance_names()
    if name.startswith("nl/") and (instance := load(name)).published is not None
}
LEVEL_HEADINGS = {
    "municipality": ["Gemeente", "gemeentenaam", "Naam gemeente", "Municipality"],
    "province": ["Provincie", "PROVINCIE", "provincienaam", "Province"],
    "": ["Naam", "Gebied", "naam", "Area", "Regio"],
}
CODE_HEADINGS = {
    "municipality": ["Gemeentecode", "GM-code", "gemeentenummer", "CBS-code", "code"],
    "province": ["Provinciecode", "code"],
    "": ["code", "Regiocode", "CBS code"],
}
HEADINGS = {
    ("permit_holders", Quantity.NUMBER): ["Taakstelling", "Aantal vergunninghouders"],
    ("permit_holders", Quantity.CORRECTED): [
        "Taakstelling incl. achterstand",
        "gecorrigeerde taakstelling",
        "Taakstelling (inclusief voorsprong)",
    ],
    ("places", Quantity.NUMBER): ["Opvangplaatsen", "Totaal opvangplaatsen", "Reception places"],
    ("minors", Quantity.NUMBER): ["waarvan amv", "AMV-plaatsen", "Aantal minderjarigen", "AMV's"],
    ("regular", Quantity.NUMBER): ["Reguliere plaatsen"],
}
#: Columns that nobody may take for one of the numbers above.
DECOYS = [
    *("Inwoners", "Achterstand", "Taakstelling 2019", "Opvangplaatsen exclusief amv", "2021"),
    *("Totaal inclusief amv", "Gerealiseerd", "Opvangplaatsen 2030", "amv 2e helft 2019", "Saldo"),
    *("Taakstelling excl. correctie", "Verschil", "", "Aandeel totaal", "Kosten per plaats"),
]
MARKS = ["", "*", "**", "¹", " ²", " (a)", " *", "†"]
TITLES = [["Tabel 1"], [], ["Verdeling over gemeenten; voorlopig"], ["Bron: COA, januari 2024"]]
NOTES = [["* voorlopig"], [], ["Bron: opgave van 2024"], ["¹ afgerond"], ["Toelichting: 1.234"]]
TOTALS = ["Totaal", "Eindtotaal", "TOTAAL", "Subtotaal", "Totaal Nederland"]
NOTHING = ["", "-", "x", "n.v.t."]
WRITTEN: dict[str, list[Callable[[int], str]]] = {
    "nl": [lambda n: f"{n:,}".replace(",", "."), lambda n: f"{n},0", str],
    "en": [lambda n: f"{n:,}", lambda n: f"{n}.0", str],
    "": [str, lambda n: f"{n:,}".replace(",", " "), lambda n: f"{n:,}".replace(",", "\u00a0")],
}
CODINGS = ["utf-8", "utf-8-sig", "cp1252"]


@dataclass
class Written:
    """A table that somebody made, and what is in it."""

    name: str
    expected: dict[Key, int]
    rows: list[list[str]]
    separator: str = ";"
    coding: str = "utf-8"
    workbook: bool = False
    asked: Asked = field(init=False)

    @property
    def instance(self) -> Instance:
        return PUBLISHED[self.name]

    def __post_init__(self) -> None:
        division = self.instance.division
        self.asked = Asked(self.instance.streams, (*division.tree, *division.also))

    def ask(self, **changes: object) -> None:
        self.asked = replace(self.asked, **changes)  # type: ignore[arg-type]

    def save(self, folder: Path) -> Path:
        if self.workbook:
            path = folder / "tabel.xlsx"
            book = Workbook()
            sheet = book.worksheets[0]
            for row in self.rows:
                sheet.append([int(cell) if cell.isdecimal() else cell for cell in row])
            book.save(path)
            return path
        path = folder / "tabel.csv"
        written = io.StringIO()
        csv.writer(written, delimiter=self.separator, lineterminator="\r\n").writerows(self.rows)
        path.write_bytes(written.getvalue().encode(self.coding, "replace"))
        return path


def as_read(read: Downloaded) -> dict[Key, int]:
    """The numbers of areas that were read."""
    named = [row for row in (*read.rows, *read.totals) if row.code]
    assert len({(row.code, row.stream, row.quantity) for row in named}) == len(named)
    return {(row.code, row.stream, row.quantity): row.number for row in named}


def others_of(code: str) -> list[str]:
    return OTHERS.get(code, [])


def _others() -> dict[str, list[str]]:
    path = "instances/nl/tables/names/names.csv"
    root = Path(__file__).parents[3]
    found: dict[str, list[str]] = {}
    with (root / path).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["code"], []).append(row["other"])
    assert other_names_of("nl")
    return found


OTHERS = _others()


def hinted(name: str, level: str) -> list[str]:
    words = {"municipality": ("Gemeente", "gem."), "province": ("Provincie", "prov.")}
    if level not in words:
        return []
    before, short = words[level]
    return [f"{before} {name}", f"{name} ({before.lower()})", f"{name} ({short})"]


def spellings(instance: Instance, code: str) -> list[str]:
    """Ways in which people write the name of an area."""
    area = instance.division.by_code[code]
    name = area.name
    return [
        *(name, name, name, name.upper(), name.lower(), name.replace("-", " ")),
        *(f" {name}\u00a0", name.replace("ú", "u").replace("â", "a"), name.replace("'", "’")),
        *others_of(code),
        *hinted(name, area.level),
    ]


def codes(code: str, level: str) -> list[str]:
    digits = code[2:]
    found = [code, code, code.lower(), f"{code[:2]} {digits}"]
    return [*found, digits, digits.lstrip("0")] if level else found


@st.composite
def tables(draw: st.DrawFn, coded: bool, decoys: bool = True) -> Written:
    """A table of some published rows: with codes and names, or with names alone."""
    name = draw(st.sampled_from(sorted(PUBLISHED)))
    instance = PUBLISHED[name]
    assert instance.published is not None
    by_area: dict[str, dict[tuple[str, Quantity], int]] = {}
    for row in instance.published.rows:
        by_area.setdefault(row.code, {})[row.stream, row.quantity] = row.number
    chosen = draw(st.lists(st.sampled_from(sorted(by_area)), unique=True, min_size=1, max_size=20))
    kinds = draw(st.permutations(sorted({kind for code in chosen for kind in by_area[code]})))
    levels = {instance.division.by_code[code].level for code in chosen} - {"country"}
    level = levels.pop() if len(levels) == 1 and draw(st.booleans()) else ""
    notation = draw(st.sampled_from(["nl", "en", ""]))
    extra = draw(st.lists(st.sampled_from(DECOYS), unique=True, max_size=3)) if decoys else []
    order: Sequence[Kind | str] = draw(st.permutations([*kinds, *extra]))

    def figure(number: int) -> str:
        return draw(st.sampled_from(WRITTEN[notation]))(number) + draw(st.sampled_from(MARKS))

    def cells(code: str) -> list[str]:
        found = []
        for column in order:
            if isinstance(column, tuple):
                number = by_area.get(code, {}).get(column)
                found.append(draw(st.sampled_from(NOTHING)) if number is None else figure(number))
            else:
                found.append(figure(draw(st.integers(0, 30_000))))
        return found

    heading = [draw(st.sampled_from(LEVEL_HEADINGS[level]))]
    heading += [
        draw(st.sampled_from(HEADINGS[column])) if isinstance(column, tuple) else column
        for column in order
    ]
    body = []
    for code in chosen:
        own = instance.division.by_code[code].level
        named = draw(st.sampled_from(spellings(instance, code)))
        named += draw(st.sampled_from(MARKS))
        front = [draw(st.sampled_from(codes(code, level if own == level else "")))] if coded else []
        body.append([*front, named, *cells(code)])
    if coded:
        heading = [draw(st.sampled_from(CODE_HEADINGS[level])), *heading]
    for label in draw(st.lists(st.sampled_from(TOTALS), max_size=2, unique=True)):
        place = draw(st.integers(0, len(body)))
        front = [""] if coded else []
        body.insert(place, [*front, label, *(figure(draw(st.integers(0, 99_999))) for _ in order)])
    if draw(st.booleans()):
        body.insert(draw(st.integers(0, len(body))), heading)
    rows = [*_around(draw, TITLES, last=[]), heading, *body, *_around(draw, NOTES)]
    if draw(st.booleans()):
        rows = [[*row[:1], "", *row[1:]] for row in rows]  # an empty column
    expected = {(code, *kind): n for code in chosen for kind, n in by_area[code].items()}
    written = Written(instance.name, expected, rows)
    written.separator = draw(st.sampled_from(",;\t"))
    written.coding = draw(st.sampled_from(CODINGS))
    written.workbook = draw(st.integers(0, 4)) == 0
    if (notation and draw(st.booleans())) or coded:
        written.ask(notation=notation or "nl")
    if draw(st.booleans()):
        typed = {f"{kind[0]}:{kind[1]}": heading[order.index(kind) + 1 + coded] for kind in kinds}
        written.ask(columns=typed)
    return written


def _around(
    draw: st.DrawFn, lines: Iterable[list[str]], last: list[str] | None = None
) -> list[list[str]]:
    """Lines above a table, the last of them empty, or below it."""
    found = draw(st.lists(st.sampled_from(list(lines)), max_size=3))
    return [*found, last] if found and last is not None else found
