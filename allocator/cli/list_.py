"""`allocator list`: the rules, instances and figures that come with the program."""

from __future__ import annotations

import click

from allocator.cli.shared.output import write_out
from allocator.cli.shared.speaking import speaking


@click.command("list")
@speaking
def command(lang: str) -> None:
    """List the rules, the instances, and the figures that keys may name."""
    from allocator.reading.country.shelf import on_the_shelf
    from allocator.reading.country.tables import years_of
    from allocator.reading.instances.folders import instance_names
    from allocator.reading.instances.opened import header
    from allocator.reading.rules import read_rule, rule_names, versions
    from allocator.report.layout import aligned
    from allocator.words.say import say
    from allocator.words.text import text

    rules = [
        [f"  {name}", day.isoformat(), say(read_rule(path).title, lang)]
        for name in rule_names()
        for day, path in versions(name).items()
    ]
    instances = []
    for name in instance_names():
        shape = header(name)
        numbers = ", ".join(
            f"{say(total.number, lang)} {stream}" for stream, total in shape.totals.items()
        )
        instances.append([f"  {name}", say(shape.title.local(), lang), numbers])
    parts = [
        say(text("Rules, with the first day on which each version holds:"), lang),
        *aligned(rules, texts=3),
        "",
        say(text("Instances, with the national numbers:"), lang),
        *aligned(instances, texts=3),
    ]
    figures = []
    countries = dict.fromkeys(name.partition("/")[0] for name in instance_names())
    for country in countries:
        for figure, tables in on_the_shelf(country).items():
            years = [str(year) for year in years_of(country, tables[0].shape.table)]
            title = say(tables[0].shape.columns[figure].title.local(), lang)
            figures.append([f"  {country}  {figure}", title, f"{years[0]}-{years[-1]}"])
    parts += [
        "",
        say(text("Figures that keys may name, with their years:"), lang),
        *aligned(figures, texts=3),
    ]
    write_out("\n".join(parts) + "\n")
