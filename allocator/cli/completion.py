"""`allocator completion`: what a shell needs to complete verbs, options and names."""

from __future__ import annotations

import click

from allocator.cli.shared.output import write_out
from allocator.cli.shared.speaking import quiet_anyway

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@quiet_anyway
def command(shell: str) -> None:
    """Print the script that lets a shell complete verbs, options and names.

    For bash, in ~/.bashrc: eval "$(allocator completion bash)". For zsh, in ~/.zshrc: eval
    "$(allocator completion zsh)". For fish: allocator completion fish >
    ~/.config/fish/completions/allocator.fish
    """
    from click.shell_completion import get_completion_class

    root = click.get_current_context().find_root()
    found = get_completion_class(shell)
    assert found is not None
    write_out(found(root.command, {}, "allocator", "_ALLOCATOR_COMPLETE").source())
