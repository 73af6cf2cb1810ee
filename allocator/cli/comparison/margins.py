"""`allocator margins`: how much a figure must change before a number becomes another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import another_key, another_rounding, another_rule
from allocator.cli.shared.output import PAPERS, into, to_file
from allocator.cli.shared.speaking import speaking

if TYPE_CHECKING:
    from allocator.model.areas import Area
    from allocator.model.distribution import Distribution

FORMS = ("table", "csv", "json", *PAPERS)

#: Where each try divides the whole again, more than one area may take so many minutes.
PATIENCE = 5


@click.command("margins")
@click.argument("instance", shell_complete=completing.instances)
@click.argument("areas", nargs=-1, metavar="[AREA]...", shell_complete=completing.areas)
@click.option(
    "--inside",
    shell_complete=completing.areas,
    metavar="AREA",
    help="Everybody in this province or other larger area.",
)
@another_rule
@another_key
@another_rounding
@to_file(*FORMS)
@speaking
def command(
    instance: str,
    areas: tuple[str, ...],
    inside: str | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
    **question: Any,
) -> None:
    """Tell by how much a figure must change before the number of AREA is another.

    Without AREA: of every municipality. Where areas are rounded together each try divides the whole
    again, so name a few areas then.
    """
    from allocator.asking.question import answered
    from allocator.cli.shared.progress import at_work
    from allocator.comparison.margins import margins
    from allocator.report.comparison import margins as report
    from allocator.report.distribution.screen import remarks

    to = into(form, out, dialect, lang, FORMS)
    with at_work(lang):
        distribution = answered(instance, **question)
        leaves = asked(distribution, areas, inside)
        refuse_long(distribution, len(leaves))
        found = margins(distribution, leaves)
    if to.paper:
        from allocator.report.comparison.paper import margins_paper

        to.give_paper(margins_paper(distribution, found, lang))
        return
    if to.form == "csv":
        content = report.as_csv(found)
    elif to.form == "json":
        content = report.as_json(distribution, found)
    else:
        content = report.as_screen(distribution, found, lang)
    to.give(content)
    if to.form == "csv":
        click.echo(remarks(distribution, lang), err=True)


def asked(distribution: Distribution, names: Sequence[str], inside: str | None) -> list[Area]:
    """The leaves that are meant: those named, and those in a larger area; otherwise all."""
    from allocator.asking.names import areas_named
    from allocator.model.problem import Problems
    from allocator.reading.country.tables import other_names_of
    from allocator.report.layout import by_name

    division = distribution.instance.division
    others = other_names_of(distribution.instance.country)
    found: dict[str, Area] = {}
    problems = Problems()
    for name in names:
        with problems.collecting():
            for area in _leaves(areas_named(name, division, others), division.leaf_level):
                found[area.code] = area
    held: list[str] = []
    if inside is not None:
        with problems.collecting():
            # a city and its province may have one name: here the larger is meant
            held += division.members[areas_named(inside, division, others)[-1].code]
    problems.raise_any()
    if not names and inside is None:
        held += [leaf.code for leaf in division.leaves]
    found |= {area.code: area for area in sorted((division.by_code[c] for c in held), key=by_name)}
    return list(found.values())


def _leaves(areas: Sequence[Area], level: str) -> list[Area]:
    """Those of the areas that have a number of their own, and not a sum."""
    from allocator.model.problem import InputError, Place, Problem
    from allocator.words.levels import level_name
    from allocator.words.text import text

    leaves = [area for area in areas if area.level == level]
    if leaves:
        return leaves
    raise InputError(
        Problem(
            Place(""),
            text(
                "{area} is a {level}: its number is a sum.",
                area=areas[-1].name,
                level=level_name(areas[-1].level),
            ),
            text("For everybody in it: --inside {area}.", area=f"'{areas[-1].name}'"),
        )
    )


def refuse_long(distribution: Distribution, areas: int) -> None:
    """Many areas are not looked at where each try divides the whole again, and that takes long."""
    from allocator.comparison.margins import times_divided
    from allocator.core.distribute import distribute
    from allocator.core.rounding import ROUND
    from allocator.model.problem import InputError, Place, Problem
    from allocator.words.text import counted, text

    times = times_divided(distribution, areas)
    if areas < 2 or not times:
        return
    began = perf_counter()
    distribute(distribution.instance, distribution.choice)
    minutes = times * (perf_counter() - began) / 60
    if minutes <= PATIENCE:
        return
    few = max(1, int(areas * PATIENCE / minutes))
    hours = round(minutes / 60)
    raise InputError(
        Problem(
            Place(""),
            text(
                "Here each try divides the whole again: for {areas} areas about {times} times, "
                "which takes {time}.",
                areas=areas,
                times=times,
                time=counted(hours, "about {number} hour", "about {number} hours")
                if hours > 1
                else counted(round(minutes), "about {number} minute", "about {number} minutes"),
            ),
            text(
                "Name fewer areas, about {few}, or have each rounded by itself: "
                "--rounding half-up.",
                few=few,
            )
            if distribution.rounding not in ROUND
            else text("Name fewer areas, about {few}.", few=few),
        )
    )
