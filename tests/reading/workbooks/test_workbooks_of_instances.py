"""Instances whose tables are workbooks, as people make them, read as those with csv files."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from allocator.model.instance import Instance
from allocator.model.problem import InputError
from allocator.reading.instances.folders import folder_of
from allocator.reading.instances.read import load

BALANCES = "nl/balances-2021-h2-example"
RECEPTION = "nl/reception-2024"
MONTHS = ("juli", "augustus", "september", "okt", "nov", datetime(2021, 12, 1))


def copied(name: str, to: Path, **changed: str) -> Path:
    """The folder of an instance, its own files under other names."""
    folder = to / name.rpartition("/")[2]
    shutil.copytree(folder_of(name), folder)
    yaml = (folder / "instance.yaml").read_text("utf-8")
    for old, new in changed.items():
        assert f"file: {old}.csv" in yaml
        yaml = yaml.replace(f"file: {old}.csv", f"file: {new}")
    (folder / "instance.yaml").write_text(yaml, "utf-8")
    return folder


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def saved(path: Path, rows: Iterable[Iterable[object]], merged: Iterable[str] = ()) -> None:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    book.save(path)


def number(written: str) -> int | None:
    return int(written) if written else None


def told(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load(folder)
    return str(caught.value).replace(f"{folder}/", "")


def realised_by_month(folder: Path) -> list[list[object]]:
    """A row for each municipality and kind, the months side by side."""
    rows: dict[tuple[str, str], list[object]] = {}
    for line in lines(folder / "realised.csv"):
        key = line["name"], line["kind"]
        row = rows.setdefault(key, [*key, *[None] * len(MONTHS)])
        row[1 + int(line["month"])] = int(line["number"])
    return list(rows.values())


def test_realised_numbers_with_a_column_for_each_month(tmp_path: Path) -> None:
    wanted = load(BALANCES).balances
    folder = copied(BALANCES, tmp_path, realised="coa.xlsx", opening="saldi.xlsx")
    rows = realised_by_month(folder)
    sums = [sum(number(str(row[at] or 0)) or 0 for row in rows) for at in range(2, 8)]
    heading: list[object] = ["Gemeente", "Soort", "Gehuisvest"]
    table: list[list[object]] = [["Huisvesting vergunninghouders 2021-2"], [], heading]
    table += [[None, None, *MONTHS], *rows, ["Totaal", None, *sums], []]
    table += [["Bron: COA", "stand per maandeinde"]]
    saved(folder / "coa.xlsx", table, ("A1:H1", "A3:A4", "B3:B4", "C3:H3"))
    opening = [
        [line["code"][2:], line["name"], *(number(line[one]) for one in OPENING)]
        for line in lines(folder / "opening.csv")
    ]
    heading = ["Gemeentecode", "Gemeente", "Berekend saldo", "Gepubliceerd", "Missed", "Excused"]
    saved(folder / "saldi.xlsx", [["Saldi"], heading, *opening, ["* voorlopig"]])
    found = load(folder).balances
    assert sorted(map(str, found.realised)) == sorted(map(str, wanted.realised))
    plain = {cell: (one.computed, one.published) for cell, one in wanted.openings.items()}
    assert {cell: (one.computed, one.published) for cell, one in found.openings.items()} == plain


OPENING = ("computed", "published", "missed", "excused")


def test_a_target_is_not_taken_for_what_was_realised(tmp_path: Path) -> None:
    folder = copied(BALANCES, tmp_path, realised="coa.xlsx")
    rows = [[line["name"], 5] for line in lines(folder / "opening.csv")]
    saved(folder / "coa.xlsx", [["Gemeente", "Taakstelling"], *rows])
    assert "coa.xlsx:1: The column 'number' is missing. Write 'number' over" in told(folder)
    saved(
        folder / "coa.xlsx",
        [["Gemeente", "Taakstelling", "Gerealiseerd"], *([*row, 3] for row in rows)],
    )
    assert {row.number for row in load(folder).balances.realised} == {3}


def published(instance: Instance) -> list[str]:
    assert instance.published
    return sorted(f"{row.code} {row.stream} {row.number}" for row in instance.published.rows)


def test_a_published_table_with_the_streams_side_by_side(tmp_path: Path) -> None:
    wanted = load(RECEPTION)
    assert wanted.published
    folder = copied(RECEPTION, tmp_path, published="coa.xlsx")
    of: dict[str, dict[str, int]] = {}
    for row in wanted.published.rows:
        of.setdefault(row.code, {})[row.stream] = row.number
    titles = {stream.name: stream.title.nl for stream in wanted.streams.all}
    rows: list[list[object]] = [
        [wanted.division.by_code[code].name, code, *(numbers.get(one) for one in titles)]
        for code, numbers in of.items()
    ]
    heading = ["Naam", "Code", *(f"Aantal {title}" for title in titles.values())]
    saved(folder / "coa.xlsx", [["Verdeling 2024"], [], heading, *rows, [], ["Bron: COA"]])
    assert published(load(folder)) == published(wanted)


INSTANCE = """
instance: nl/mine
title: {nl: Mijn, en: Mine}
rule: nl/proportional-to-inhabitants
period: 2023-H1
streams: {places: {title: {nl: opvangplaatsen, en: reception places}}}
totals: TOTALS
areas: {file: areas.csv, tree: [country, municipality]}
indicators:
  population:
    {file: inwoners.xlsx, year: 2022, kind: count, quality: own, division: 2023-01-01,
     title: {nl: inwoners, en: inhabitants}, source: register}
"""
AREAS = """code,name,level,parent
NL,Nederland,country,
G1,Aalst,municipality,NL
G2,Boom,municipality,NL
"""


def own(folder: Path, totals: str = "{file: brief.xlsx, source: brief van 3 maart}") -> Path:
    (folder / "instance.yaml").write_text(INSTANCE.replace("TOTALS", totals), "utf-8")
    (folder / "areas.csv").write_text(AREAS, "utf-8")
    saved(folder / "inwoners.xlsx", [["Gemeente", "Inwoners"], ["Aalst", "1.000"], ["Boom", 500]])
    saved(folder / "brief.xlsx", [["Stroom", "Aantal"], ["Opvangplaatsen", "1.500"]])
    return folder


def test_an_indicator_by_its_title_and_totals_from_a_letter(tmp_path: Path) -> None:
    instance = load(own(tmp_path))
    assert instance.indicators["population"].values == {"G1": 1000, "G2": 500}
    total = instance.totals["places"]
    assert (total.number, total.source.nl, total.announced) == (1500, "brief van 3 maart", None)


def test_totals_that_name_their_source_themselves(tmp_path: Path) -> None:
    folder = own(tmp_path, "{file: brief.xlsx}")
    heading = ["Taakstelling", "Totaal", "Bron", "Bekendgemaakt op"]
    row = ["opvangplaatsen", 2000, "Kamerbrief", date(2023, 3, 3)]
    saved(folder / "brief.xlsx", [["Bijlage 1"], [], heading, row, [], ["Afgerond op tientallen"]])
    total = load(folder).totals["places"]
    assert (total.number, total.source.en, total.announced) == (
        2000,
        "Kamerbrief",
        date(2023, 3, 3),
    )
    assert load(folder, totals=7).changed[0].values["own"] == 2000


TOTALS: dict[str, tuple[list[object], str]] = {
    "no source": (["places", 5], "It is not said who announced the total of 'places'."),
    "unknown": (["places for all", 5], "There is no stream 'places for all' here."),
    "no whole number": (["places", 5.5], "'number': '5.5' is not a whole number."),
    "no number": (["places"], "'number': the figure is empty."),
}


@pytest.mark.parametrize("case", TOTALS)
def test_doubtful_totals_are_told(tmp_path: Path, case: str) -> None:
    row, said = TOTALS[case]
    folder = own(tmp_path, "{file: brief.xlsx}")
    saved(folder / "brief.xlsx", [["stream", "number"], row])
    assert f"brief.xlsx:2: {said}" in told(folder)


def test_a_wrong_key_beside_the_file_of_totals(tmp_path: Path) -> None:
    assert "There is no key 'sorce' here." in told(own(tmp_path, "{file: brief.xlsx, sorce: x}"))


def test_totals_come_from_one_place(tmp_path: Path) -> None:
    folder = own(tmp_path, "{places: {number: 5, source: x}}\ntotals_file: {file: brief.xlsx}")
    assert "instance.yaml:8: The totals come from one place." in told(folder)


def test_areas_from_a_workbook(tmp_path: Path) -> None:
    folder = own(tmp_path)
    saved(folder / "areas.xlsx", [line.split(",") for line in AREAS.splitlines()])
    yaml = folder / "instance.yaml"
    yaml.write_text(yaml.read_text("utf-8").replace("areas.csv", "areas.xlsx"), "utf-8")
    assert [leaf.name for leaf in load(folder).division.leaves] == ["Aalst", "Boom"]
