"""`allocator plan`: which locations, how large, and who carries how much."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from allocator.cli.common import STOPPED, form_of, give_out, speaking, to_file

FORMS = ("table", "markdown", "csv", "ledger", "json")
#: Progress is told once a plan takes longer than this.
PATIENCE = 1.0


@click.command("plan")
@click.argument("instance")
@click.option("--area", metavar="PROVINCE", help="The province, where the instance names none.")
@click.option("--locations", type=click.Path(path_type=Path), help="Own table of locations.")
@click.option("--pledges", type=click.Path(path_type=Path), help="Own table of pledges and caps.")
@click.option("--agreements", type=click.Path(path_type=Path), help="Own table of agreements.")
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
    lang: str,
    **typed: Any,
) -> None:
    """Plan the locations of a province so that they meet its number in INSTANCE.

    Ctrl-C gives the best plan found so far. Exit status 1: the wishes collide, or with --must-meet
    the number cannot be met; 3: stopped before it was proven.
    """
    from allocator.cli.plans.planning import (
        Typed,
        asked,
        best,
        colliding,
        cost_of_refused,
        receipt,
    )
    from allocator.plan.alternatives import alternatives as next_best
    from allocator.plan.alternatives import without_each
    from allocator.plan.answer import Stopped
    from allocator.plan.watch import Patience
    from allocator.reading.files import recording
    from allocator.report.plan.others import Others

    form = form_of(form, out, [one for one in FORMS if one != "ledger"])
    options = Typed(**typed)
    with recording() as read:
        question = asked(instance, options)
    made_of = receipt(instance, read, options)
    patience = Patience(time_limit, _Progress(lang).tell)
    plan = best(question, patience)
    if must_meet and any(plan.values[:2]):
        raise colliding(question, True, patience)
    problem = question.posed.problem
    others = Others(
        next_best(problem, plan, alternatives, differ, patience) if alternatives else (),
        alternatives,
        without_each(problem, plan, patience) if fall_out else (),
        cost_of_refused(question, options, plan, patience),
    )
    give_out(_written(form, question.with_plan(plan), others, made_of, lang), out, lang)
    if plan.stopped is not Stopped.NO:
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


class _Progress:
    """One line on a terminal that tells what is being done, once that takes a while."""

    def __init__(self, lang: str) -> None:
        self.lang, self.began = lang, time.monotonic()

    def tell(self, what: str, place: int, of: int) -> None:
        if sys.stderr is None or not sys.stderr.isatty():
            return
        if time.monotonic() - self.began >= PATIENCE:
            bar = "#" * (30 * place // max(of, 1))
            click.echo(f"\r[{bar:<30}] {what:<30.30}\r", nl=False, err=True)
