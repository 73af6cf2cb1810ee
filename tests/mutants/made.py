"""Every small change that could be made inside the functions of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import libcst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

Way = tuple[type, Callable[[Any], Any]]

# What these are given, or stands behind `raise`, is a message for a reader.
SAYING = {"text", "counted", "refused", "_misfit"}
# With something else inside, these fail wherever they are reached.
PLAIN = {"len", "isinstance"}


@dataclass(frozen=True)
class Mutant:
    """The `number`th change that can be made in a function, in a file below the checkout."""

    file: str
    source: str
    function: str
    number: int
    first_line: int
    last_line: int
    function_lines: range
    in_message: bool
    only_wording: bool
    changed: Callable[[], str]

    @property
    def name(self) -> str:
        return f"{self.file}:{self.function}:{self.number}"

    @property
    def package(self) -> str:
        return str(Path(self.file).parent.relative_to("allocator"))


@dataclass(frozen=True)
class Within:
    """What a node stands in."""

    classes: tuple[str, ...] = ()
    function: str = ""
    lines: range = range(0)
    saying: bool = False


def negated(condition: Any) -> Any:
    bare = condition.with_changes(lpar=[libcst.LeftParen()], rpar=[libcst.RightParen()])
    return libcst.UnaryOperation(libcst.Not(), bare)


def other_way_round(node: Any) -> Iterator[Any]:
    yield node.with_changes(test=negated(node.test))


def never_repeated(node: Any) -> Iterator[Any]:
    yield node.with_changes(iter=libcst.List([]))


WAYS: list[Way] = [
    *mutation_operators,
    (libcst.If, other_way_round),
    (libcst.CompIf, other_way_round),
    (libcst.For, never_repeated),
]


def with_another(module: Any, node: Any, other: Any) -> str:
    return str(module.deep_replace(node, other).code)


def mutants_of(file: str) -> list[Mutant]:
    """All of them, in the order of the file."""
    source = Path(file).read_text("utf-8")
    wrapper = MetadataWrapper(libcst.parse_module(source))
    positions = wrapper.resolve(PositionProvider)
    module = wrapper.module
    made: list[Mutant] = []
    counts: dict[str, int] = {}

    def lines(node: Any) -> range:
        place = positions[node]
        return range(place.start.line, place.end.line + 1)

    def change(node: Any, within: Within) -> None:
        for kind, way in WAYS:
            if not isinstance(node, kind) or (kind is libcst.Call and _is_plain(node)):
                continue
            for other in way(node):
                number = counts[within.function] = counts.get(within.function, 0) + 1
                span = lines(node) if node in positions else within.lines
                made.append(
                    Mutant(
                        file=file,
                        source=source,
                        function=within.function,
                        number=number,
                        first_line=span[0],
                        last_line=span[-1],
                        function_lines=within.lines,
                        in_message=within.saying,
                        only_wording=within.saying and isinstance(node, libcst.BaseString),
                        changed=partial(with_another, module, node, other),
                    )
                )

    def walk(node: Any, within: Within) -> None:
        if isinstance(node, libcst.Annotation | libcst.Decorator | libcst.Parameters):
            return
        if isinstance(node, libcst.ClassDef) and not within.function:
            within = Within((*within.classes, node.name.value))
        elif isinstance(node, libcst.FunctionDef) and not within.function:
            name = ".".join([*within.classes, node.name.value])
            within = Within(within.classes, name, lines(node))
        elif _says(node) and within.function:
            within = Within(within.classes, within.function, within.lines, saying=True)
        if within.function:
            change(node, within)
        for child in node.children:
            walk(child, within)

    walk(module, Within())
    return made


def _called(node: Any) -> str:
    return str(node.func.value) if isinstance(node.func, libcst.Name) else ""


def _is_plain(node: Any) -> bool:
    return _called(node) in PLAIN


def _says(node: Any) -> bool:
    return isinstance(node, libcst.Raise) or (
        isinstance(node, libcst.Call) and _called(node) in SAYING
    )
