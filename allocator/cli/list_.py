"""`allocator list`: the rules and instances that come with the program."""

from __future__ import annotations

import click

from allocator.cli.common import speaking, write_out


@click.command("list")
@speaking
def command(lang: str) -> None:
    """List the rules and the instances."""
    from allocator.reading.instances import header, instance_names
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
    write_out("\n".join(parts) + "\n")
