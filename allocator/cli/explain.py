"""`allocator explain`: why an area gets its number."""

from __future__ import annotations

from typing import Any

import click

from allocator.cli.common import another_rounding, another_rule, speaking, write_out


@click.command("explain")
@click.argument("instance")
@click.argument("area")
@another_rule
@another_rounding
@speaking
def command(instance: str, area: str, lang: str, **question: Any) -> None:
    """Explain the number of AREA (a name or code) in INSTANCE."""
    from allocator.cli.question import answered
    from allocator.report.explain_screen import as_screen
    from allocator.report.names import areas_named

    distribution = answered(instance, **question)
    found = areas_named(area, distribution.instance.division)
    write_out(as_screen(distribution, found, lang))
