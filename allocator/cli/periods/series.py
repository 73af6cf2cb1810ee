"""`allocator series`: a national number over the half-years, and what its record gets wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.shared import completing
from allocator.cli.shared.output import ENDINGS, PAPERS, into, to_file
from allocator.cli.shared.speaking import speaking

if TYPE_CHECKING:
    from allocator.model.half_year import HalfYear
    from allocator.periods.series import Series, Shelf


@click.command("series")
@click.argument("record", shell_complete=completing.records)
@click.option("--from", "first", metavar="HALF", help="From this half-year, such as 2016-H2.")
@click.option("--to", "last", metavar="HALF", help="To this half-year.")
@click.option(
    "--area", shell_complete=completing.areas, metavar="AREA", help="One area: its name or code."
)
@click.option("--stream", metavar="STREAM", help="Which stream, where there are several.")
@to_file(*ENDINGS, *PAPERS)
@speaking
def command(
    record: str,
    first: str | None,
    last: str | None,
    area: str | None,
    stream: str | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
) -> None:
    """Show the numbers of RECORD, such as nl/housing, half-year by half-year.

    RECORD may be a folder that holds the folders of half-years which `allocator roll` wrote.
    Every sum of the published record is made again, and told where it does not fit.
    """
    from allocator.periods.series import national, shelf
    from allocator.reading.formats.files import is_folder
    from allocator.reading.instances.records import find_record, instances_of, stream_among
    from allocator.words.say import say
    from allocator.words.text import text

    to = into(form, out, dialect, lang, (*ENDINGS, *PAPERS))
    ends = _half_year(first, "--from"), _half_year(last, "--to")
    if is_folder(Path(record)):
        kept = _own(Path(record), stream, *ends)
        several = _areas(kept, next(kept.divisions).root.code if area is None else area)
    else:
        found = find_record(record)
        stream_among([found.stream], stream)
        kept = shelf(found, instances_of(found), *ends)
        several = (national(kept),) if area is None else _areas(kept, area)
    if to.paper:
        from allocator.report.periods.paper import series_paper

        to.give_paper(series_paper(several, lang))
        return
    to.give(_written(several, to.form, lang))
    if to.form == "csv":
        lost = text("The findings and notes are not in the csv; the table and the json have them.")
        click.echo(f"! {say(lost, lang)}", err=True)


def _own(folder: Path, stream: str | None, first: HalfYear | None, last: HalfYear | None) -> Shelf:
    """Half-years of one's own, with the account of each."""
    from allocator.periods.chain import accounts
    from allocator.periods.series import shelf
    from allocator.reading.instances.records import own_instances, own_record

    instances = own_instances(folder)
    kept = shelf(own_record(folder, instances, stream), instances, first, last)
    return replace(kept, accounts=accounts(kept.numbers))


def _half_year(written: str | None, option: str) -> HalfYear | None:
    from allocator.model.half_year import HalfYear
    from allocator.model.problem import InputError, Place, Problem
    from allocator.words.text import text

    half = HalfYear.read(written) if written is not None else None
    if written is not None and half is None:
        raise InputError(
            Problem(
                Place(option),
                text("{period} is no half-year.", period=f"'{written}'"),
                text("Write it like 2022-H1."),
            )
        )
    return half


def _areas(kept: Shelf, asked: str) -> tuple[Series, ...]:
    """The series of every area of this name, on the latest map that knows it."""
    from allocator.asking.names import areas_named
    from allocator.model.problem import InputError, Problems
    from allocator.periods.area_series import of_area
    from allocator.periods.series import national
    from allocator.reading.country.tables import changes_of, other_names_of

    problems = Problems()
    changes = changes_of(kept.record.country, problems)
    problems.raise_any()
    others = other_names_of(kept.record.country)
    unknown = None
    for division in kept.divisions:
        try:
            areas = areas_named(asked, division, others)
        except InputError as error:
            unknown = unknown or error
            continue
        return tuple(
            national(kept)
            if area == division.root and not kept.accounts
            else of_area(kept, area, division, changes)
            for area in areas
        )
    assert unknown is not None
    raise unknown


def _written(several: tuple[Series, ...], form: str, lang: str) -> str:
    from allocator.report.periods.series import as_screen
    from allocator.report.periods.series_data import as_csv, as_json

    if form == "csv":
        return as_csv(several)
    if form == "json":
        return as_json(several)
    return as_screen(several, lang)
