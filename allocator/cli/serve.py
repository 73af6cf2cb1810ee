"""`allocator serve`: the workbench, in a browser on this machine."""

from __future__ import annotations

import click

from allocator.cli.shared.speaking import speaking


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen at.",
)
@click.option("--port", default=8765, show_default=True, metavar="NUMBER", help="And its port.")
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="Another name under which it is asked for; repeat it.",
)
@click.option("--open/--no-open", "opens", default=True, help="Open a browser, or not.")
@speaking
def command(host: str, port: int, allowed: tuple[str, ...], opens: bool, lang: str) -> None:
    """Open the workbench in a browser: keys, maps, plans and checks, on this machine alone."""
    from allocator.workbench.serving import serve

    serve(host, port, allowed, opens, lang)
