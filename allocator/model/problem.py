"""What is wrong with an input, said so that its owner can mend it.

A problem names the file, the line, what was found there and what to do; problems of one file are
collected and raised together.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from allocator.words.text import LocalText, Series, Text, Value, counted, text
from allocator.words.visible import visible

#: Of one kind of problem in one file, so many are told one by one; the others are counted.
TOLD_ONE_BY_ONE = 10
#: Of a formula that was written on several lines, so many are shown.
LONGEST_EXCERPT = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands that a person wrote."""

    file: str  # the file as the reader knows it, or "" for something typed on the command line
    line: int | None = None  # the line in it, counted from 1

    def __str__(self) -> str:
        file = visible(self.file)
        return file if self.line is None else f"{file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    place: Place  # where
    found: Text  # what was found
    mend: Text  # what to do
    excerpt: str = ""  # the formula itself with a mark under the place, where that helps

    def __post_init__(self) -> None:
        """What it quotes is made visible here, so that no place where it is told need do that."""
        object.__setattr__(self, "found", _in_sight(self.found))
        object.__setattr__(self, "mend", _in_sight(self.mend))
        lines = self.excerpt.splitlines()[:LONGEST_EXCERPT]
        object.__setattr__(self, "excerpt", "\n".join(visible(line.expandtabs()) for line in lines))

    def __str__(self) -> str:
        where = f"{self.place}: " if str(self.place) else ""
        return f"{where}{self.found} {self.mend}"


def _in_sight(value: Value) -> Value:
    """A value of a sentence as it can be shown."""
    match value:
        case str():
            return visible(value)
        case Text(sentence, values, plural, number):
            shown = {name: _in_sight(each) for name, each in values.items()}
            return Text(sentence, shown, plural, number)
        case Series(items):
            return replace(value, items=tuple(map(_in_sight, items)))
        case LocalText(nl, en):
            return LocalText(visible(nl), visible(en))
    return value


class InputError(Exception):
    """Bad input: carries every problem that was found, in the order of the file."""

    status = 2  # the exit status of the command line

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class NoAnswer(InputError):
    """The input is good, and the answer is no: limits that collide, ties that must be drawn."""

    status = 1


@dataclass
class Problems:
    """The problems of one reading, collected to be raised in one go."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, found: Text, mend: Text, excerpt: str = "") -> None:
        self.found.append(Problem(place, found, mend, excerpt))

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Take in what a part of the reading raises, and go on with the next part."""
        try:
            yield
        except InputError as error:
            self.found.extend(error.problems)

    def raise_any(self) -> None:
        """Raise all that was found, many of one kind in one file told as a number."""
        if self.found:
            raise InputError(*self.shortened())

    def shortened(self) -> Iterator[Problem]:
        """What was found, many of one kind in one file told as a number."""
        return _shortened(self.found)


def _shortened(problems: list[Problem]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        seen.setdefault((problem.place.file, *_kind(problem.found)), []).append(problem)
    for (file, *_), alike in seen.items():
        yield from alike[:TOLD_ONE_BY_ONE]
        rest = alike[TOLD_ONE_BY_ONE:]
        if rest and not _lines(rest):
            yield Problem(
                Place(file),
                counted(
                    len(rest),
                    "{number} more problem of this kind.",
                    "{number} more problems of this kind.",
                ),
                text("They are mended in the same way."),
            )
        elif rest:
            yield Problem(
                Place(file),
                counted(
                    len(rest),
                    "{number} more problem of this kind, at line {lines}.",
                    "{number} more problems of this kind, at lines {lines}.",
                    lines=_lines(rest),
                ),
                text("They are mended in the same way."),
            )


def _kind(found: Text) -> tuple[str, ...]:
    """The sentence, and those inside it: what is alike about problems."""
    inner = [value for value in found.values.values() if isinstance(value, Text)]
    return (found.sentence, *(sentence for value in inner for sentence in _kind(value)))


def _lines(problems: list[Problem]) -> str:
    lines = [str(problem.place.line) for problem in problems if problem.place.line is not None]
    return ", ".join(lines[:20]) + (" ..." if len(lines) > 20 else "")
