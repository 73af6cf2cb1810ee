"""Reads YAML as text: mappings, lists and strings, each with its line.

Nothing is guessed from how a value looks (`no` stays "no", `-0.2156` stays that text), so numbers
keep their digits. Duplicate keys, aliases and other things that make a file mean more than it says
are problems.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from allocator.model.problem import Place, Problems
from allocator.reading.formats.files import read_bytes
from allocator.reading.library import shown
from allocator.words.text import text

LARGEST = 1_000_000  # bytes
DEEPEST = 30  # levels
MOST = 100_000  # keys, texts, lists and mappings

Keys = tuple[str | int, ...]
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class YamlFile:
    """What a file says, and on which line it says it."""

    name: str  # the file as the reader knows it
    data: Any  # mappings, lists and texts
    lines: dict[Keys, int] = field(repr=False)  # per key or item, its line

    def place(self, *path: str | int) -> Place:
        """Where a key stands; where it is missing, what it is missing from."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.name, self.lines.get(path, 1))


def read_yaml(path: Path) -> YamlFile:
    """The file, or every problem of its notation."""
    name = shown(path)
    content = read_bytes(path, LARGEST)
    problems = Problems()
    try:
        written = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.add(
            Place(name, line),
            text("There is a letter that is not in UTF-8."),
            text("Save the file as UTF-8."),
        )
        problems.raise_any()
        raise
    builder = _Builder(name, problems)
    try:
        data = builder.build(written)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or getattr(error, "reason", None) or "?"
        problems.add(
            Place(name, mark.line + 1 if mark else None),
            text("This is not YAML: {detail}.", detail=str(detail)),
            text("Check the indentation, colons and quotes here and on the line above."),
        )
    problems.raise_any()
    return YamlFile(name, data, builder.lines)


class _Builder:
    """Builds the data from the events of the YAML parser, without recursion."""

    def __init__(self, name: str, problems: Problems) -> None:
        self.name, self.problems = name, problems
        self.lines: dict[Keys, int] = {}

    def build(self, written: str) -> Any:
        root: list[Any] = []
        # Each open mapping or list, its path, and the key that waits for its value.
        stack: list[tuple[Any, Keys, str | None]] = [(root, (), None)]
        values = 0
        for event in yaml.parse(written, Loader=_Loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            values += isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
            if values > MOST:
                self.problems.add(
                    Place(self.name, line),
                    text("More than {most} keys, texts and lists stand here.", most=MOST),
                    text("Leave out what does not belong to it."),
                )
                self.problems.raise_any()
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self.problems.add(
                    Place(self.name, line),
                    text("Anchors and aliases (& and *) are not read."),
                    text("Write the value out; a text that begins with & or * wants quotes."),
                )
                self.problems.raise_any()
            elif isinstance(event, yaml.ScalarEvent):
                self._put(stack, event.value, line)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                holder: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                self._open(stack, holder, line)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                stack.pop()
            elif isinstance(event, yaml.DocumentStartEvent) and root:
                self.problems.add(
                    Place(self.name, line),
                    text("A second document begins here."),
                    text("Put it in a file of its own."),
                )
                self.problems.raise_any()
        if not root:
            self.problems.add(Place(self.name), text("The file is empty."), text("Fill it in."))
        return root[0] if root else ""

    def _open(self, stack: list[tuple[Any, Keys, str | None]], holder: Any, line: int) -> None:
        if len(stack) > DEEPEST:
            self.problems.add(
                Place(self.name, line),
                text("This is nested more than {most} deep.", most=DEEPEST),
                text("Write it flatter."),
            )
            self.problems.raise_any()
        outer, _, waiting = stack[-1]
        if isinstance(outer, dict) and waiting is None:
            self.problems.add(
                Place(self.name, line),
                text("A key must be a text, and this is a list or a mapping."),
                text("Quote it if it is meant as text."),
            )
            self.problems.raise_any()
        path = self._put(stack, holder, line)
        stack.append((holder, path, None))

    def _put(self, stack: list[tuple[Any, Keys, str | None]], value: Any, line: int) -> Keys:
        """Set a value where the stack stands; a text in a mapping without a key is a key."""
        holder, path, key = stack[-1]
        if isinstance(holder, dict):
            if key is None:
                if value in holder:
                    self.problems.add(
                        Place(self.name, line),
                        text(
                            "The key {key} stands here a second time; first on line {line}.",
                            key=f"'{value}'",
                            line=str(self.lines[(*path, value)]),
                        ),
                        text("Keep one of the two."),
                    )
                else:
                    self.lines[(*path, value)] = line
                stack[-1] = (holder, path, value)
                return path
            holder[key] = value
            stack[-1] = (holder, path, None)
            return (*path, key)
        holder.append(value)
        if len(stack) == 1:
            return path
        here = (*path, len(holder) - 1)
        self.lines[here] = line
        return here
