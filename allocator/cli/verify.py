"""`allocator verify`: whether a result is what its inputs, its rule and its proof say."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.shared.speaking import quiet_anyway


@click.command("verify")
@click.argument("result", type=click.Path(path_type=Path), metavar="RESULT.json")
@quiet_anyway
def command(result: Path) -> None:
    """Recompute RESULT.json from the inputs in it, without a solver.

    The same check runs alone, with nothing but Python: the file verify.py that is written beside
    every json result.
    """
    import sys

    from allocator import verify

    sys.exit(verify.main([str(result)]))
