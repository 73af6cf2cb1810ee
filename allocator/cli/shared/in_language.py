"""The words of the command line itself, in the reader's language.

What a verb does and what its options mean is written in English where they are made, and has its
Dutch in the catalogue like every other sentence. The messages of click, which reads what is typed,
come from the same catalogue. Dutch is spoken where it is asked for, by `--lang nl` or by
ALLOCATOR_LANG; the language of the machine is not followed, since what a script reads must not
depend on whose machine it runs on.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cache
from inspect import cleandoc

import click

#: The variable that says the language of every command, where none is typed.
VARIABLE = "ALLOCATOR_LANG"
LANGUAGES = ("en", "nl")
DOMAIN = "allocator"

#: What click says to who uses these verbs; a pair is for one and for many.
CLICK: tuple[str | tuple[str, str], ...] = (
    "Usage:",
    "Options",
    "Commands",
    "[OPTIONS]",
    "COMMAND [ARGS]...",
    "Show this message and exit.",
    "default: {default}",
    "env var: {var}",
    "required",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "Missing argument",
    "Missing option",
    "Missing command.",
    "Choose from:\n\t{choices}",
    "No such option {name!r}.",
    "No such command {name!r}.",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    "Option {name!r} does not take a value.",
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
)


class Verbs(click.Group):
    """A group whose verbs are shown in its own language."""

    lang = "en"

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        return found if found is None else in_language(found, self.lang)


def asked_language(typed: Sequence[str]) -> str:
    """The language that is typed last, or that the variable says; click refuses any other.

    >>> asked_language(["run", "x", "--lang", "nl"]), asked_language(["--lang=nl", "--help"])
    ('nl', 'nl')
    """
    said = os.environ.get(VARIABLE, "")
    for n, word in enumerate(typed):
        if word == "--":
            break
        if word == "--lang":
            said = "".join(typed[n + 1 : n + 2])
        elif word.startswith("--lang="):
            said = word.removeprefix("--lang=")
    return said if said in LANGUAGES else LANGUAGES[0]


def let_click_speak(lang: str) -> None:
    """Click asks the standard catalogues of the machine, unless it is told which are meant."""
    os.environ["LANGUAGE"] = lang
    if lang != "en":
        from allocator.words.say import CATALOGUE

        gettext.bindtextdomain(DOMAIN, CATALOGUE)
        gettext.textdomain(DOMAIN)


def paragraphs(help_: str | None) -> list[str]:
    """A help's paragraphs, each on one line: these are its sentences in the catalogue.

    >>> paragraphs("Divide the totals\\n    of INSTANCE.\\n\\n    A file gets a receipt.")
    ['Divide the totals of INSTANCE.', 'A file gets a receipt.']
    """
    return [" ".join(part.split()) for part in cleandoc(help_ or "").split("\n\n") if part]


def words_of(command: click.Command) -> Iterator[str]:
    """Every sentence and name in the help of a verb, or of a group and its verbs."""
    yield from paragraphs(command.help)
    for parameter in command.params:
        yield from _words_of(parameter)
    if isinstance(command, click.Group):
        for verb in command.commands.values():
            yield from words_of(verb)


def _words_of(parameter: click.Parameter) -> Iterator[str]:
    if isinstance(parameter, click.Option) and parameter.help:
        yield parameter.help
    if (named := _placeholder(parameter)) is not None:
        yield named


def _placeholder(parameter: click.Parameter) -> str | None:
    """What stands for its value in a help; lists of choices are typed as they stand."""
    if parameter.metavar is None and isinstance(parameter, click.Argument) and parameter.name:
        return None if isinstance(parameter.type, click.Choice) else parameter.name.upper()
    return parameter.metavar


def in_language(command: click.Command, lang: str) -> click.Command:
    """The same verb with its help in a language; in English it is itself."""
    if lang == "en":
        return command

    said = _catalogue(lang).gettext
    spoken = copy(command)
    spoken.help = "\n\n".join(map(said, paragraphs(command.help)))
    spoken.options_metavar = said(command.options_metavar or "")
    spoken.params = [_spoken(parameter, said) for parameter in command.params]
    spoken._help_option = None  # click keeps the one that it made in another language
    if isinstance(spoken, Verbs):
        spoken.lang = lang
        spoken.subcommand_metavar = said(spoken.subcommand_metavar or "")
    return spoken


def _spoken(parameter: click.Parameter, said: Callable[[str], str]) -> click.Parameter:
    spoken = copy(parameter)
    if isinstance(spoken, click.Option) and spoken.help:
        spoken.help = said(spoken.help)
    if (named := _placeholder(parameter)) is not None:
        spoken.metavar = said(named)
    return spoken


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    from allocator.words.say import CATALOGUE

    return gettext.translation(DOMAIN, CATALOGUE, [lang])
