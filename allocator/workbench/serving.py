"""Starts the workbench: on this machine alone, unless it is told by which other names it goes."""

from __future__ import annotations

import webbrowser
from threading import Timer

import click

from allocator.model.problem import InputError, Place, Problem
from allocator.words.say import say
from allocator.words.text import text

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
EVERYWHERE = ("0.0.0.0", "[::]")
HTTP = 80  # a browser does not write this port


def bracketed(host: str) -> str:
    """A host as an address writes it.

    >>> bracketed("::1"), bracketed("127.0.0.1")
    ('[::1]', '127.0.0.1')
    """
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def names(host: str, port: int, allowed: tuple[str, ...]) -> set[str]:
    """What the Host header of a request may say: names of this machine, and those allowed."""
    own = {*LOOPBACK, *allowed} | ({bracketed(host)} - {*EVERYWHERE})
    bare = own if port == HTTP else {*allowed}
    return {f"{name}:{port}" for name in own} | bare


def address(host: str, port: int, allowed: tuple[str, ...]) -> str:
    """Where a browser finds it."""
    everywhere = bracketed(host) in EVERYWHERE
    name = (*allowed, LOOPBACK[0])[0] if everywhere else bracketed(host)
    return f"http://{name}/" if port == HTTP else f"http://{name}:{port}/"


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
    if bracketed(host) not in LOOPBACK and not allowed:
        raise InputError(
            Problem(
                Place("--host"),
                text("At {host} others on the network can ask too.", host=host),
                text("Say by which names they may: --allow-host NAME."),
            )
        )
    where = address(host, port, allowed) + ("?lang=en" if lang == "en" else "")
    click.echo(
        say(text("The workbench is at {address}; stop it with Ctrl-C.", address=where), lang)
    )
    if opens:
        Timer(1.0, webbrowser.open, (where,)).start()
    app = application(names(host, port, allowed))
    uvicorn.run(app, host=host.strip("[]"), port=port, log_level="warning", server_header=False)
