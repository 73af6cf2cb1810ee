"""Puts the functions of a changed file in the place of the ones that are loaded."""

from __future__ import annotations

import gc
import inspect
from collections import Counter, defaultdict
from types import CodeType, FunctionType
from typing import Any

Loaded = dict[tuple[str, str, int], list[FunctionType]]


def functions_in(source: str, path: str) -> dict[str, CodeType]:
    """The code of each function of a file, and of the methods of its classes; none inside another.

    >>> [*functions_in("def a(): pass\\nclass B:\\n  def c(self): pass", "x.py")]
    ['a 1', 'B.c 1']
    """
    found: dict[str, CodeType] = {}
    counts: Counter[str] = Counter()

    def look(code: CodeType) -> None:
        for part in code.co_consts:
            if not isinstance(part, CodeType):
                continue
            if part.co_flags & inspect.CO_OPTIMIZED:
                counts[part.co_qualname] += 1
                found[f"{part.co_qualname} {counts[part.co_qualname]}"] = part
            else:
                look(part)

    look(compile(source, path, "exec", dont_inherit=True))
    return found


def meaning(code: CodeType) -> tuple[Any, ...]:
    """What a function does, whatever lines it stands on."""
    parts = (
        meaning(part) if isinstance(part, CodeType) else (type(part), part)
        for part in code.co_consts
    )
    names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    arguments = (code.co_argcount, code.co_kwonlyargcount, code.co_flags)
    return (code.co_code, code.co_exceptiontable, names, arguments, tuple(parts))


def changed_functions(original: str, changed: str, path: str) -> dict[str, CodeType]:
    """The new code of the functions that do something else; raises SyntaxError for no Python."""
    before = functions_in(original, path)
    after = functions_in(changed, path)
    return {
        name: code
        for name, code in after.items()
        if name in before and meaning(code) != meaning(before[name])
    }


def loaded_functions() -> Loaded:
    """Every function in memory by file, name and first line."""
    found = defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType):
            code = thing.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(thing)
    return found


def swap(source: str, path: str, changed: dict[str, CodeType], loaded: Loaded) -> int:
    """From now on the loaded functions run the changed code. How many there were."""
    before = functions_in(source, path)
    swapped = 0
    for name, code in changed.items():
        old = before[name]
        for function in loaded.get((path, old.co_qualname, old.co_firstlineno), ()):
            function.__code__ = code
            swapped += 1
    return swapped
