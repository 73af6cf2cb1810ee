"""`allocator explain`: why an area gets its number."""

from __future__ import annotations

from typing import Any

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import another_key, another_rounding, another_rule
from allocator.cli.shared.output import write_out
from allocator.cli.shared.speaking import speaking


@click.command("explain")
@click.argument("instance", shell_complete=completing.instances)
@click.argument("area", shell_complete=completing.areas)
@another_rule
@another_key
@another_rounding
@speaking
def command(instance: str, area: str, lang: str, **question: Any) -> None:
    """Explain the number of AREA (a name or code) in INSTANCE."""
    from allocator.asking.names import areas_named
    from allocator.asking.question import answered
    from allocator.reading.country.tables import other_names_of
    from allocator.report.distribution.explain_screen import as_screen

    distribution = answered(instance, **question)
    division, country = distribution.instance.division, distribution.instance.country
    found = areas_named(area, division, other_names_of(country))
    write_out(as_screen(distribution, found, lang))
