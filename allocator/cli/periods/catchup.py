"""`allocator catchup`: goals beyond the law, and backlogs spread over the next half-years."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import own_files
from allocator.cli.shared.output import into, to_file
from allocator.cli.shared.speaking import speaking


@click.command("catchup")
@click.argument("instance", shell_complete=completing.instances)
@click.option("--goal", "extra", metavar="N", help="An extra goal, shared by backlog.")
@click.option("--agreed", metavar="N", help="A goal in all; what the law asks is part of it.")
@click.option("--key", metavar="FORMULA", help="The key for what is agreed beyond the law.")
@click.option(
    "--over",
    type=click.IntRange(1, 10),
    metavar="N",
    help="Spread backlogs over so many half-years.",
)
@click.option("--per-1000", metavar="X", help="At most so many persons per 1,000 inhabitants.")
@click.option("--per-dwelling", metavar="X", help="Persons housed in a dwelling, on average.")
@click.option(
    "--of-vacancies",
    metavar="PERCENT",
    help="With --per-dwelling: at most this part of dwellings that fall vacant; default 10.",
)
@click.option("--pace", metavar="N", help="At most so many caught up in a half-year, in all.")
@click.option("--stream", metavar="STREAM", help="Which stream, where there are several.")
@click.option(
    "--area",
    shell_complete=completing.areas,
    metavar="AREA",
    help="On screen only this area and what lies in it.",
)
@own_files("opening", "realised", "ledger")
@to_file("table", "csv")
@speaking
def command(
    instance: str,
    extra: str | None,
    agreed: str | None,
    key: str | None,
    over: int | None,
    per_1000: str | None,
    of_vacancies: str | None,
    per_dwelling: str | None,
    pace: str | None,
    stream: str | None,
    area: str | None,
    form: str | None,
    out: Path | None,
    dialect: str,
    lang: str,
    **files: Path | None,
) -> None:
    """Divide a goal beyond the law over the areas of INSTANCE, by their backlogs or by a key.

    Three questions: an extra goal from backlogs (--goal, or the instance's own); a goal that was
    agreed in all (--agreed with --key); backlogs spread over the next half-years (--over, with
    --per-1000, or --per-dwelling for a part of the dwellings that fall vacant).
    """
    from allocator.asking.half_years import account_of, area_asked, stream_asked
    from allocator.cli.periods import goals

    to = into(form, out, dialect, lang)
    account = account_of(instance, **files)
    name = stream_asked(account.instance, stream).name
    within = area_asked(account.instance, area)
    question = goals.Question(extra, agreed, key, over, per_1000, of_vacancies, per_dwelling, pace)
    content = goals.answered(account, name, question, to.form, lang, within)
    to.give(content)
