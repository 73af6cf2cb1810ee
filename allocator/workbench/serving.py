"""Starts the workbench: on this machine alone, unless it is told by which other names it goes."""

from __future__ import annotations

import webbrowser
from threading import Timer

import click

from allocator.model.problem import InputError, Place, Problem
from allocator.words.say import say
from allocator.words.text import text

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def serve(host: str, port: int, allowed: tuple[str, ...], opens: bool, lang: str) -> None:
    """Serves until it is stopped."""
    try:
        import uvicorn

        from allocator.workbench.app import application
    except ImportError as error:
        raise InputError(
            Problem(
                Place(""),
                text("The workbench needs {package}.", package=error.name or "starlette"),
                text("Install it with: pip install 'allocator[workbench]'"),
            )
        ) from error
    if host not in (*LOOPBACK, "::1") and not allowed:
        raise InputError(
            Problem(
                Place("--host"),
                text("At {host} others on the network can ask too.", host=host),
                text("Say by which names they may: --allow-host NAME."),
            )
        )
    names = {f"{name}:{port}" for name in (*LOOPBACK, *allowed)} | {*allowed}
    address = f"http://{LOOPBACK[0]}:{port}/" + ("?lang=en" if lang == "en" else "")
    click.echo(
        say(text("The workbench is at {address}; stop it with Ctrl-C.", address=address), lang)
    )
    if opens:
        Timer(1.0, webbrowser.open, (address,)).start()
    uvicorn.run(application(names), host=host, port=port, log_level="warning", server_header=False)
