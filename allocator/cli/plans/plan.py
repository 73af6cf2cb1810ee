"""`allocator plan`: which locations, how large, and who carries how much."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from allocator.cli.shared import completing
from allocator.cli.shared.output import PAPERS, into, to_file
from allocator.cli.shared.speaking import STOPPED, speaking

FORMS = ("table", "markdown", "csv", "ledger", "json", *PAPERS)


@click.command("plan")
@click.argument("instance", shell_complete=completing.instances)
@click.option(
    "--area",
    shell_complete=completing.areas,
    metavar="PROVINCE",
    help="The province, where the instance names none.",
)
@click.option(
    "--locations", type=click.Path(path_type=Path), metavar="FILE", help="Own table of locations."
)
@click.option(
    "--pledges",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Own table of pledges and caps.",
)
@click.option(
    "--agreements", type=click.Path(path_type=Path), metavar="FILE", help="Own table of agreements."
)
@click.option("--without", multiple=True, metavar="LOCATION", help="Not this one; repeat it.")
@click.option("--pledge", multiple=True, metavar="AREA=N", help="It takes at least N; repeat it.")
@click.option("--cap", multiple=True, metavar="AREA=N", help="It takes at most N; repeat it.")
@click.option("--alternatives", type=click.IntRange(0), default=0, metavar="N", help="N next best.")
@click.option(
    "--differ",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    metavar="K",
    help="In how many locations alternatives differ at least.",
)
@click.option("--fall-out", is_flag=True, help="What if each opened location falls out?")
@click.option("--must-meet", is_flag=True, help="Why can the number not be met, if it cannot?")
@click.option("--time-limit", type=click.FloatRange(0), metavar="S", help="At most S seconds.")
@to_file(*FORMS)
@speaking
def command(
    instance: str,
    alternatives: int,
    differ: int,
    fall_out: bool,
    must_meet: bool,
    time_limit: float | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
    **typed: Any,
) -> None:
    """Plan the locations of a province so that they meet its number in INSTANCE.

    Ctrl-C gives the best plan found so far. Exit status 1: the wishes collide, or with --must-meet
    the number cannot be met; 3: stopped before it, or what was asked beside it, was proven.
    """
    from allocator.asking.planning import Beside, Typed, answered, asked, receipt
    from allocator.cli.shared.progress import Progress
    from allocator.plan.solving.answer import Stopped
    from allocator.plan.solving.watch import Patience
    from allocator.reading.formats.files import recording
    from allocator.words.text import text

    to = into(form, out, dialect, lang, [one for one in FORMS if one != "ledger"])
    options = Typed(**typed)
    with recording() as read:
        question = asked(instance, options)
    made_of = receipt(instance, read, options)
    progress = Progress(lang)

    def told(what: str, place: int, of: int) -> None:
        progress.tell(text("{place} of {of} steps", place=place, of=of), place, of)

    beside = Beside(alternatives, differ, fall_out, must_meet)
    with progress.cleared():
        planned, others = answered(question, options, beside, Patience(time_limit, told))
    if to.paper:
        from allocator.report.plan.paper import paper_of

        to.give_paper(paper_of(planned, others, lang))
    else:
        to.give(_written(to.form, planned, others, made_of, lang))
    if {planned.plan.stopped, others.next_best.stopped} != {Stopped.NO}:
        sys.exit(STOPPED)


def _written(form: str, planned: Any, others: Any, made_of: Any, lang: str) -> str:
    from allocator.report.plan.chapter import as_chapter
    from allocator.report.plan.data import as_csv, as_json, as_ledger
    from allocator.report.plan.screen import as_screen

    match form:
        case "markdown":
            return as_chapter(planned, others, lang)
        case "csv":
            return as_csv(planned)
        case "ledger":
            return as_ledger(planned)
        case "json":
            return as_json(planned, others, made_of)
    return as_screen(planned, others, lang)
