"""Bends what a YAML or JSON file says, node by node, and writes it in the ways that it can be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.fuzz.draw.signs import (
    encoded,
    in_words,
    noise,
    odd_day,
    odd_number,
    odd_text,
    odd_value,
)


@dataclass
class Pairs:
    """A mapping that may hold a key twice."""

    pairs: list[tuple[str, Any]]


@dataclass
class Items:
    """A list."""

    items: list[Any]


@dataclass
class Plain:
    """A scalar; `raw` is written as it is, without quotes."""

    written: str
    raw: bool = False


#: A place in a tree that can be bent: its holder, and the index in it.
Slot = tuple[Pairs | Items, int]


def tree_of(data: Any) -> Any:
    """A tree to be bent, from what a reader of JSON or YAML gave."""
    if isinstance(data, dict):
        return Pairs([(str(key), tree_of(value)) for key, value in data.items()])
    if isinstance(data, list):
        return Items([tree_of(value) for value in data])
    if isinstance(data, str):
        return Plain(data)
    return Plain(json.dumps(data), raw=True)


def copied(tree: Any) -> Any:
    match tree:
        case Pairs(pairs):
            return Pairs([(key, copied(value)) for key, value in pairs])
        case Items(items):
            return Items([copied(value) for value in items])
    return tree


def _slots(tree: Any) -> list[Slot]:
    found: list[Slot] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        within = node.pairs if isinstance(node, Pairs) else node.items
        for at, one in enumerate(within):
            found.append((node, at))
            value = one[1] if isinstance(node, Pairs) else one
            if isinstance(value, Pairs | Items):
                waiting.append(value)
    return found


def _get(slot: Slot) -> Any:
    holder, at = slot
    return holder.pairs[at][1] if isinstance(holder, Pairs) else holder.items[at]


def _put(slot: Slot, value: Any) -> None:
    holder, at = slot
    if isinstance(holder, Pairs):
        holder.pairs[at] = (holder.pairs[at][0], value)
    else:
        holder.items[at] = value


def bent(source: Random, tree: Any, most: int = 3) -> Any:
    """A copy of a tree with a few of its nodes bent."""
    root = Items([copied(tree)])
    for _ in range(min(source.randrange(1, most + 1), source.randrange(1, most + 1))):
        slots = _slots(root)
        # rather what lies deep than the whole
        slot = slots[max(source.randrange(len(slots)), source.randrange(len(slots)))]
        if slot[1] < len(slot[0].pairs if isinstance(slot[0], Pairs) else slot[0].items):
            source.choice(_WAYS)(source, slot, slots)
        if not root.items:
            return Plain("")
    return root.items[0]


def _removed(source: Random, slot: Slot, slots: list[Slot]) -> None:
    holder, at = slot
    del (holder.pairs if isinstance(holder, Pairs) else holder.items)[at]


def _doubled(source: Random, slot: Slot, slots: list[Slot]) -> None:
    holder, at = slot
    if isinstance(holder, Pairs):
        key, value = holder.pairs[at]
        name = key if source.randrange(2) else in_words(source, key)
        holder.pairs.insert(at, (name, copied(value)))
    else:
        times = source.choice((1, 1, 1, 2, 40))
        holder.items[at:at] = [copied(holder.items[at]) for _ in range(times)]


def _swapped(source: Random, slot: Slot, slots: list[Slot]) -> None:
    other = source.choice(slots)
    mine, theirs = _get(slot), copied(_get(other))
    if not isinstance(mine, Plain) and source.randrange(2):
        _put(slot, theirs)  # one may lie in the other
    else:
        _put(other, copied(mine))


def _valued(source: Random, slot: Slot, slots: list[Slot]) -> None:
    draw = source.choice((odd_number, odd_day, odd_text, odd_value))
    _put(slot, Plain(draw(source)))


def _raw(source: Random, slot: Slot, slots: list[Slot]) -> None:
    _put(slot, Plain(source.choice(_TOKENS), raw=True))


def _reworded(source: Random, slot: Slot, slots: list[Slot]) -> None:
    value = _get(slot)
    _put(slot, Plain(in_words(source, value.written if isinstance(value, Plain) else "")))


def _renamed(source: Random, slot: Slot, slots: list[Slot]) -> None:
    holder, at = slot
    if isinstance(holder, Pairs):
        key, value = holder.pairs[at]
        names = [k for h, _ in slots[:40] if isinstance(h, Pairs) for k, _ in h.pairs]
        drawn = (in_words(source, key), odd_text(source), source.choice(names or [key]))
        holder.pairs[at] = (source.choice(drawn), value)


def _retyped(source: Random, slot: Slot, slots: list[Slot]) -> None:
    value = _get(slot)
    if isinstance(value, Plain):
        inner = Pairs([(value.written, value)]) if source.randrange(2) else Items([value])
        _put(slot, inner)
    elif isinstance(value, Pairs):
        _put(slot, Items([one for _, one in value.pairs]))
    else:
        _put(slot, Pairs([(str(at), one) for at, one in enumerate(value.items)]))


def _emptied(source: Random, slot: Slot, slots: list[Slot]) -> None:
    _put(slot, source.choice((Items([]), Pairs([]), Plain(""), Plain("null", raw=True))))


def _deepened(source: Random, slot: Slot, slots: list[Slot]) -> None:
    value = _get(slot)
    for _ in range(source.choice((1, 2, 5, 28, 29, 30, 31, 40, 120))):
        value = Items([value]) if source.randrange(2) else Pairs([("a", value)])
    _put(slot, value)


_Way = Callable[[Random, Slot, list[Slot]], None]
_WAYS: tuple[_Way, ...] = (
    *(_removed, _removed, _doubled, _swapped, _swapped, _valued, _valued, _valued, _raw),
    *(_reworded, _reworded, _renamed, _retyped, _emptied, _deepened),
)

#: What stands in a file without quotes, in JSON or in YAML.
_TOKENS = (
    *("NaN", "Infinity", "-Infinity", "1e999", "-0", "0.1e-400", "true", "false", "null", "1E5"),
    *("1" * 5_000, "-1", "0", "007", "+1", ".5", "1_000", "0x1F", "9" * 20, "1.0", "1e0"),
    *('"\\ud800"', '"\\u0000"', '"\\udc00\\ud800"', '"\\x"', '"', "'", "\\", "//", "/* */"),
    *("&a x", "*a", "&a [*a]", "!!python/object/apply:os.system [x]", "!!binary aGk=", "!x y"),
    *(
        "<<: {a: b}",
        "? x",
        "? [a]",
        "| \n  x",
        ">-\n  x",
        "|2\n x",
        "%YAML 1.1",
        "---",
        "...",
        "\t",
    ),
    *("@x", "`x", "- - - -", "a: b: c", "[a, b", "{a: b", "}", "]", "#", "a #b", ": ", "''", '""'),
)


def as_json(tree: Any, indent: int = 0) -> str:
    """A tree as JSON, which is YAML as well; what is raw stands there as it is."""
    parts: list[str] = []
    waiting: list[Any] = [tree]
    while waiting:  # a tree may be deeper than recursion goes
        node = waiting.pop()
        match node:
            case str():
                parts.append(node)
            case Plain(written, raw):
                parts.append(written if raw else json.dumps(written, ensure_ascii=bool(indent)))
            case Items(items):
                inner = [each for one in items for each in (one, ", ")][:-1]
                waiting.extend(["]", *reversed(inner), "["])
            case Pairs(pairs):
                named = [
                    each
                    for key, one in pairs
                    for each in (json.dumps(key, ensure_ascii=bool(indent)) + ": ", one, ", ")
                ][:-1]
                waiting.extend(["}", *reversed(named), "{"])
    return "".join(parts)


def as_block(tree: Any) -> str:
    """A tree as YAML in lines with indentation, texts without quotes where that may be."""
    lines: list[str] = []
    waiting: list[tuple[Any, int, str]] = [(tree, 0, "")]
    while waiting:
        node, depth, before = waiting.pop()
        pad = "  " * depth
        if isinstance(node, Plain) or depth > 60 or _is_empty(node):
            lines.append(f"{before} {_scalar(node)}" if before else _scalar(node))
        elif isinstance(node, Pairs):
            if before:
                lines.append(before)
            inner = [(value, depth + 1, f"{pad}{_key(key)}:") for key, value in node.pairs]
            waiting.extend(reversed(inner))
        else:
            if before:
                lines.append(before)
            waiting.extend(reversed([(value, depth + 1, f"{pad}-") for value in node.items]))
    return "\n".join(lines) + "\n"


def _is_empty(node: Any) -> bool:
    return not (node.pairs if isinstance(node, Pairs) else node.items)


def _scalar(node: Any) -> str:
    if isinstance(node, Plain):
        return node.written if node.raw else _key(node.written)
    return as_json(node)


def _key(written: str) -> str:
    plain = written and all(sign.isalnum() or sign in "_./@ -()*+" for sign in written)
    if plain and written[0].isalnum() and written == written.strip():
        return written
    return json.dumps(written, ensure_ascii=False)


def bent_yaml(source: Random, tree: Any, most: int = 3) -> bytes:
    """A YAML file that says something else than a good one, or says it in an odd way."""
    changed = bent(source, tree, most)
    written = as_block(changed) if source.randrange(3) else as_json(changed)
    content = encoded(written)
    return noise(source, content) if source.randrange(7) == 0 else content


def bent_json(source: Random, tree: Any, most: int = 3) -> bytes:
    """A JSON file that says something else than a good one, or is none any more."""
    changed = bent(source, tree, most)
    content = encoded(as_json(changed, indent=source.randrange(2)))
    return noise(source, content) if source.randrange(7) == 0 else content
