"""`allocator explain`: why an area gets its number."""

from __future__ import annotations

import click

from allocator.cli.common import another_rule, speaking, write_out


@click.command("explain")
@click.argument("instance")
@click.argument("area")
@another_rule
@speaking
def command(instance: str, area: str, rule: str | None, totals: tuple[str, ...], lang: str) -> None:
    """Explain the number of AREA (a name or code) in INSTANCE."""
    from allocator.cli.totals import read_totals
    from allocator.core.distribute import distribute
    from allocator.reading.instances import load
    from allocator.report.explain_screen import as_screen
    from allocator.report.names import areas_named

    loaded = load(instance, rule, read_totals(totals))
    found = areas_named(area, loaded.division)
    write_out(as_screen(distribute(loaded), found, lang))
