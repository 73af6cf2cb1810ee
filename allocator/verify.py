"""Checks a result of the allocator with nothing but Python: `python verify.py RESULT.json`.

This file stands alone. It imports nothing of the program that made the result and solves nothing.
It reads what the result starts from (areas, figures, keys, totals, limits), computes every weight,
quota and sum again in fractions, and holds the whole numbers against the proofs that the result
carries. Nothing is believed because the result says so, and no decimal is ever rounded.

It ends with 0 and a list of what was checked; with 1 and every reason why things do not belong
together; with 2 for a file that is not a result. What no one can see from the result alone is
whether its figures are the published ones: compare those with the sources that it names.
"""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from math import lcm
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = "allocator-result/1"
ONE_BY_ONE: dict[str, Callable[[Fraction], int]] = {
    "up": lambda quota: -(-quota.numerator // quota.denominator),
    "down": lambda quota: quota.numerator // quota.denominator,
    "half-up": lambda quota: (2 * quota.numerator + quota.denominator) // (2 * quota.denominator),
    "half-even": round,
}
REMAINDER = "largest-remainder"
METHODS = (REMAINDER, "webster", "adams", "jefferson", "hill", "dean")
SAID = 25  # reasons told one by one: one forged total makes hundreds
STAGES = ("zero quota", "least shortfall", "shortfall", "deviation")

Cell = tuple[str, str]  # an area and a stream or part
Sum = tuple[str, str | None]  # the same; None stands for the whole, all parts together


class Unfit(ValueError):
    """Something cannot be read or computed; the message says what."""


# --- Reading: every entry must have its form, before anything is computed with it -----------------

Reader = Callable[[Any, str], Any]
#: Of a level beside the tree; of a stream, or a step, with a key of its own; of a rule that goes on
#: after the key; of an indicator that some areas lack.
OPTIONAL = {"leaves", "key", "own", "after", "lacking", "assumed"}
FRACTION = re.compile(r"-?\d{1,4300}(/0*[1-9]\d{0,4299})?", re.ASCII)


def text(value: Any, at: str) -> str:
    if not isinstance(value, str):
        raise Unfit(f"{at} is not a text")
    return value


def whole(value: Any, at: str) -> int:
    if type(value) is not int:  # true and 1.0 are no whole numbers
        raise Unfit(f"{at} is not a whole number")
    return value


def fraction(value: Any, at: str) -> Fraction:
    if not isinstance(value, str) or not FRACTION.fullmatch(value):
        raise Unfit(f"{at} is not a fraction such as '7/3', of at most 4,300 digits")
    return Fraction(value)


def maybe(reader: Reader) -> Reader:
    return lambda value, at: None if value is None else reader(value, at)


def one_of(*names: str) -> Reader:
    def read(value: Any, at: str) -> str:
        if value not in names:
            raise Unfit(f"{at} is none of: {', '.join(names)}")
        return text(value, at)

    return read


def many(reader: Reader) -> Reader:
    def read(value: Any, at: str) -> list[Any]:
        if not isinstance(value, list):
            raise Unfit(f"{at} is not a list")
        return [reader(one, f"{at}[{n}]") for n, one in enumerate(value)]

    return read


def per_code(reader: Reader) -> Reader:
    def read(value: Any, at: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Unfit(f"{at} is not a table")
        return {code: reader(one, f"{at}.{code}") for code, one in value.items()}

    return read


def row(*readers: Reader) -> Reader:
    def read(value: Any, at: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(readers):
            raise Unfit(f"{at} is not a list of {len(readers)}")
        return tuple(reader(one, at) for reader, one in zip(readers, value, strict=True))

    return read


def record(**readers: Reader) -> Reader:
    """Named entries; those with other names are for people to read, and not computed with."""

    def read(value: Any, at: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Unfit(f"{at} is not a record")
        for name in sorted(readers.keys() - value.keys() - OPTIONAL):
            raise Unfit(f"{at} has no {name}")
        return {name: reader(value.get(name), f"{at}.{name}") for name, reader in readers.items()}

    return read


def ties(value: Any, at: str) -> Any:
    if isinstance(value, list):
        return many(record(drawn_for=text, order=many(row(text, text))))(value, at)
    return one_of("order", "refuse")(value, at)


SECTIONS: dict[str, Reader] = {
    "rule": record(
        direction=one_of("bottom-up", "top-down"),
        steps=many(record(level=maybe(text), key=text, own=maybe(per_code(text)))),
        after=maybe(
            many(
                record(
                    do=one_of("positive", "exempt", "capped", "rescale"),
                    of=maybe(text),
                    least=maybe(text),
                    most=maybe(text),
                )
            )
        ),
        rounding=one_of(*ONE_BY_ONE, "consistent", "textbook"),
        ties=many(text),
    ),
    "choice": record(
        rounding=one_of(*ONE_BY_ONE, "consistent", "textbook"),
        method=one_of(*METHODS),
        ties=ties,
        fixed=many(text),
    ),
    "totals": many(record(stream=text, number=whole)),
    "streams": many(
        record(name=text, part_of=maybe(text), rest_of=maybe(text), key=maybe(text)),
    ),
    "tree": many(text),
    "also": many(text),
    "areas": many(record(code=text, level=text, parent=maybe(text), leaves=maybe(many(text)))),
    "indicators": many(
        record(
            name=text,
            kind=one_of("count", "rate"),
            values=per_code(fraction),
            lacking=maybe(many(text)),
            assumed=maybe(many(text)),
        )
    ),
    "weights": many(record(stream=text, level=text, key=text, values=per_code(fraction))),
    "cells": many(record(code=text, stream=text, quota=fraction, number=whole)),
    "limits": many(
        record(
            name=text,
            stream=text,
            areas=many(text),
            at_least=maybe(whole),
            at_most=maybe(whole),
            nothing_or=maybe(whole),
        )
    ),
    "shares": maybe(
        record(
            values=many(row(text, text, fraction)),
            shortfalls=many(record(totals=many(text), number=fraction)),
            levels=many(
                record(
                    stage=one_of(*STAGES),
                    size=fraction,
                    binding=many(row(text, whole, fraction)),
                    cells=many(row(text, text)),
                )
            ),
        )
    ),
    "proofs": many(
        record(
            whole=text,
            method=one_of(*METHODS),
            parts=many(text),
            tree=many(row(text, maybe(text))),
            fingerprint=text,
            prices=many(row(text, maybe(text), fraction, whole)),
            cut_offs=many(row(text, maybe(text), maybe(fraction))),
            ties=many(record(by=one_of("order", "lot"), cells=many(row(text, text, whole)))),
            outside=many(row(text, text)),
        )
    ),
    "drift": many(record(stream=text, asked=whole, allocated=whole, difference=whole)),
    "published": many(
        record(code=text, stream=text, number=whole, computed=whole, difference=whole)
    ),
}


def in_form(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """All sections, read; and a reason for each that has not its form."""
    sections, reasons = {}, []
    for name, reader in SECTIONS.items():
        try:
            sections[name] = reader(data.get(name), name)
        except (ValueError, RecursionError) as error:
            reasons.append(str(error))
    return sections, reasons


def once(names: Iterable[Any], what: str) -> Iterator[str]:
    """A reason for every name that comes twice: the later one would silently replace the first."""
    seen = set()
    for name in names:
        if name in seen:
            yield f"{what} {said(name)} comes twice"
        seen.add(name)


def said(name: Any) -> str:
    """A cell or a sum as people read it."""
    if not isinstance(name, tuple):
        return str(name)
    return " ".join("whole" if part is None else str(part) for part in name)


# --- The areas and the streams --------------------------------------------------------------------


class Result:
    """A result as it was written, and what follows from its areas and streams."""

    def __init__(self, sections: Mapping[str, Any], raw: dict[str, Any]) -> None:
        self.raw = raw
        self.rule, self.choice = sections["rule"], sections["choice"]
        self.rounding, self.method = self.choice["rounding"], self.choice["method"]
        self.tree, self.also, self.areas = sections["tree"], sections["also"], sections["areas"]
        self.streams, self.weights = sections["streams"], sections["weights"]
        self.indicators, self.limits = sections["indicators"], sections["limits"]
        self.shares, self.proofs = sections["shares"], sections["proofs"]
        self.drift, self.published = sections["drift"], sections["published"]
        self.totals = {total["stream"]: total["number"] for total in sections["totals"]}
        self.cells = sections["cells"]
        self.quota = {(one["code"], one["stream"]): one["quota"] for one in self.cells}
        self.number = {(one["code"], one["stream"]): one["number"] for one in self.cells}
        self.area = {area["code"]: area for area in self.areas}
        self.given = [one["name"] for one in self.streams if one["rest_of"] is None]
        self.rests = {one["rest_of"]: one["name"] for one in self.streams if one["rest_of"]}
        self.whole_of = {one["name"]: one["part_of"] or one["rest_of"] for one in self.streams}
        self.wholes = [name for name, whole_name in self.whole_of.items() if not whole_name]
        self.members: dict[str, list[str]] = {}

    def at(self, level: str) -> list[str]:
        """The areas of a level, by code."""
        return sorted(area["code"] for area in self.areas if area["level"] == level)

    @property
    def leaves(self) -> list[str]:
        return self.at(self.tree[-1])

    def named_parts(self, whole_name: str) -> list[str]:
        """The streams with a total of their own inside a whole."""
        return [one["name"] for one in self.streams if one["part_of"] == whole_name]

    def parts(self, whole_name: str) -> list[str]:
        """What adds up to a whole without overlap; a rest without a name gets one here."""
        inside = [name for name, around in self.whole_of.items() if around == whole_name]
        rest = [] if whole_name in self.rests else [f"rest of {whole_name}"]
        return [*inside, *rest] if inside else [whole_name]

    def split(self, amounts: Mapping[Cell, Any], whole_name: str) -> dict[Cell, Any]:
        """The amounts of the parts of a whole at every leaf."""
        parts, named = self.parts(whole_name), self.named_parts(whole_name)
        found = {}
        for leaf in self.leaves:
            left = amounts[leaf, whole_name] - sum(amounts[leaf, part] for part in named)
            for part in parts:
                found[leaf, part] = amounts[leaf, part] if part in named else left
        return found

    def cells_of(self, limit: Mapping[str, Any]) -> frozenset[Cell]:
        """The leaves and parts whose sum a limit is on."""
        name = limit["stream"]
        parts = [name] if self.whole_of[name] else self.parts(name)
        leaves = {leaf for code in limit["areas"] for leaf in self.members[code]}
        return frozenset((leaf, part) for leaf in leaves for part in parts)

    def in_order(self) -> list[str]:
        """The leaves in the rule's order of ties: by indicator, the larger first, or by code."""
        figures: dict[str, Any] = {one["name"]: one["values"] for one in self.indicators}
        unknown = [name for name in self.rule["ties"] if name != "code" and name not in figures]
        if unknown:
            raise Unfit(f"the order of ties needs figures that are not here: {unknown[0]}")

        def place(leaf: str) -> list[Any]:
            names = self.rule["ties"]
            return [leaf if name == "code" else -figures[name][leaf] for name in names]

        return sorted(self.leaves, key=place)


def wrong_tree(result: Result) -> Iterator[str]:
    """Every area has its place, so that all that is said about sums has one meaning."""
    tree, also, area = result.tree, result.also, result.area
    yield from once([*tree, *also], "the level")
    yield from once((one["code"] for one in result.areas), "the area")
    if not tree or len(result.at(tree[0])) != 1:
        yield "there is not exactly one area at the top"
        return
    for code, one in area.items():
        level, parent = one["level"], area.get(one["parent"])
        if not code or level not in (*tree, *also) or (one["leaves"] is None) == (level in also):
            yield f"the area {code!r} is not of a level that is named, in the form of that level"
        elif level in tree:
            above = tree[tree.index(level) - 1] if level != tree[0] else None
            if (parent["level"] if parent else one["parent"]) != above:
                yield f"{code} does not lie in an area of the level above it"
    lowest = {one["parent"] for one in area.values() if one["level"] in tree}
    for code, one in area.items():
        if one["level"] in tree[:-1] and code not in lowest:
            yield f"nothing lies in {code}"


def place_leaves(result: Result) -> Iterator[str]:
    """Write down which leaves lie in which area; levels beside the tree hold each leaf once."""
    leaves, members = result.leaves, result.members
    for leaf in leaves:
        code = leaf
        while code is not None:
            members.setdefault(code, []).append(leaf)
            code = result.area[code]["parent"]
    for level in result.also:
        listed = [leaf for code in result.at(level) for leaf in result.area[code]["leaves"]]
        if sorted(listed) != leaves:
            yield f"the level {level} does not hold every leaf once"
            return
        for code in result.at(level):
            held = members[code] = sorted(result.area[code]["leaves"])
            around = result.area[held[0]]["parent"] if held else ""
            while around and not {*held} <= {*members[around]}:
                around = result.area[around]["parent"]
            if result.area[code]["parent"] != around:
                yield f"{code} does not stand under the smallest area that holds all of it"


def wrong_streams(result: Result) -> Iterator[str]:
    names = [one["name"] for one in result.streams]
    yield from once(names, "the stream")
    for one in result.streams:
        around = result.whole_of[one["name"]]
        if one["rest_of"] and one["key"] is not None:
            yield f"{one['name']} is a rest and has no key"
        if (one["part_of"] and one["rest_of"]) or (around and around not in result.wholes):
            yield f"the stream {one['name']} does not lie in one whole"
    yield from once((one["rest_of"] for one in result.streams if one["rest_of"]), "the rest of")
    if sorted(total["stream"] for total in result.raw["totals"]) != sorted(result.given):
        yield "the totals are not those of the streams that are no rest"
    yield from (f"the total of {name} is below 0" for name, n in result.totals.items() if n < 0)


def wrong_contents(result: Result) -> Iterator[str]:
    """Nothing is missing, nothing comes twice, and every name that is used is known."""
    cells = [(one["code"], one["stream"]) for one in result.cells]
    yield from once(cells, "the cell")
    expected = {(code, name) for code in result.area for name in result.whole_of}
    yield from (f"there is no cell {said(cell)}" for cell in sorted(expected.difference(cells)))
    yield from (f"there is a stray cell {said(cell)}" for cell in sorted({*cells} - expected))
    yield from once((one["name"] for one in result.indicators), "the indicator")
    for one in result.indicators:
        named = {*(one["lacking"] or ()), *(one["assumed"] or ())}
        if named - {*result.leaves}:
            yield f"{one['name']} lacks areas that are none"
        if sorted(one["values"]) != result.leaves:
            yield f"the figures of {one['name']} are not those of the leaves"
    yield from once((limit["name"] for limit in result.limits), "the limit")
    for limit in result.limits:
        yield from wrong_limit(result, limit)
    yield from once(result.rule["ties"], "the order of ties")
    levels = [one["level"] for one in result.rule["steps"]]
    if not levels or (levels == [None]) != (result.rule["direction"] == "bottom-up"):
        yield "the steps of the rule do not go in its direction"
    yield from once(result.choice["fixed"], "the fixed level")
    if not {*result.choice["fixed"]} <= {*result.tree[1:], *result.also}:
        yield "a fixed level is no level below the root"
    together = result.rounding == "consistent"
    if (result.shares is not None) != (together and bool(result.limits)):
        yield "shares under limits belong where areas are rounded together under limits"
    if [proof["whole"] for proof in result.proofs] != (result.wholes if together else []):
        yield "there is not one proof for each whole that is rounded together"


def wrong_limit(result: Result, limit: Mapping[str, Any]) -> Iterator[str]:
    low, high, least = limit["at_least"], limit["at_most"], limit["nothing_or"]
    if limit["stream"] not in result.whole_of or not {*limit["areas"]} <= {*result.area}:
        yield f"the limit {limit['name']} is on an area or a stream that is not here"
    yield from once(limit["areas"], f"in the limit {limit['name']} the area")
    if not limit["areas"] or (least is None) == (low is None and high is None):
        yield f"the limit {limit['name']} does not say one thing"
    if any(n is not None and n < 0 for n in (low, high, least)):
        yield f"the limit {limit['name']} is below 0"


# --- From figures to weights ----------------------------------------------------------------------

TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?(?![\w.]))|([A-Za-z_]\w*)|([-+*/(),]))", re.ASCII)
FUNCTIONS = {"share": 1, "national": 1, "inverse": 1, "capped": 3}
Values = list[Fraction]


class Key:
    """A key read from left to right and computed on the way, for all areas at once.

    A key is a sum of products of signed terms; a term is a number, an indicator, a function or a
    key in parentheses. The text is never handed to Python to run.
    """

    def __init__(self, written: str, figures: Mapping[str, Values], within: Sequence[str]) -> None:
        self.written, self.figures, self.areas = written, figures, len(within)
        self.within = within  # per area what it shares in
        self.tokens: list[str] = []
        at, end = 0, len(written.rstrip())
        while at < end:
            match = TOKEN.match(written, at)
            if not match or end > 2_000:
                raise self.unreadable()
            self.tokens.append(match[0].strip())
            at = match.end()
        self.tokens.reverse()  # the next one is the last of the list

    def unreadable(self) -> Unfit:
        return Unfit(f"the key {self.written[:200]!r} cannot be read")

    def sees(self, signs: str) -> bool:
        return bool(self.tokens) and self.tokens[-1] in signs

    def take(self, wanted: str = "") -> str:
        if not self.tokens or (wanted and self.tokens[-1] != wanted):
            raise self.unreadable()
        return self.tokens.pop()

    def values(self) -> Values:
        found = self.sum(1)
        if self.tokens:
            raise self.unreadable()
        return found

    def sum(self, depth: int) -> Values:
        if depth > 50:
            raise self.unreadable()
        found = self.product(depth)
        while self.sees("+-"):
            sign = -1 if self.take() == "-" else 1
            found = [a + sign * b for a, b in zip(found, self.product(depth), strict=True)]
        return found

    def product(self, depth: int) -> Values:
        found = self.signed(depth)
        while self.sees("*/"):
            if self.take() == "/":
                found = self.divided(found, self.signed(depth))
            else:
                found = [a * b for a, b in zip(found, self.signed(depth), strict=True)]
        return found

    def signed(self, depth: int) -> Values:
        sign = self.take() if self.sees("+-") else "+"
        found = self.term(depth)
        return [-a for a in found] if sign == "-" else found

    def term(self, depth: int) -> Values:
        token = self.take()
        if token[0].isdigit():
            return [Fraction(token)] * self.areas
        if token == "(":
            found = self.sum(depth + 1)
            self.take(")")
            return found
        if token in FUNCTIONS:
            return self.called(token, depth)
        if token not in self.figures:
            raise Unfit(f"the key {self.written[:200]!r} needs figures of {token}")
        return self.figures[token]

    def called(self, name: str, depth: int) -> Values:
        self.take("(")
        given = [self.sum(depth + 1)]
        while self.sees(","):
            self.take()
            given.append(self.sum(depth + 1))
        self.take(")")
        if len(given) != FUNCTIONS[name]:
            raise self.unreadable()
        if name == "capped":
            if any(low > high for low, high in zip(given[1], given[2], strict=True)):
                raise Unfit(f"the key {self.written[:200]!r} has a lowest above its highest")
            return [min(max(x, low), high) for x, low, high in zip(*given, strict=True)]
        if name == "inverse":
            return self.divided([Fraction(1)] * self.areas, given[0])
        if name == "national":
            return [added(given[0])] * self.areas
        return self.divided(given[0], inside(self.within, given[0]))

    def divided(self, tops: Values, bottoms: Values) -> Values:
        if not all(bottoms):
            raise Unfit(f"the key {self.written[:200]!r} divides by zero")
        return [top / bottom for top, bottom in zip(tops, bottoms, strict=True)]


def added(numbers: Iterable[Fraction]) -> Fraction:
    """The exact sum, over one common denominator: much faster than adding one by one."""
    ratios = [number.as_integer_ratio() for number in numbers]
    common = lcm(*{bottom for _, bottom in ratios})
    return Fraction(sum(top * (common // bottom) for top, bottom in ratios), common)


def inside(within: Sequence[str], values: Values) -> Values:
    """For every area the sum over those that share in the same."""
    sums: dict[str, Values] = {}
    for upper, value in zip(within, values, strict=True):
        sums.setdefault(upper, []).append(value)
    summed = {upper: added(each) for upper, each in sums.items()}
    return [summed[upper] for upper in within]


def computed(
    result: Result, key: str, level: str, upper: str, total: int, after: Sequence[Any]
) -> dict[str, Fraction]:
    """The weight of every area of a level; larger areas have the sum of their leaves.

    An area that lacks a figure which is needed has weight 0 and is left out of every sum.
    """
    at_leaves = level == result.tree[-1]
    written = [key, *(one[name] for one in after for name in ("of", "least", "most") if one[name])]
    named = {token for each in written for token in re.findall(r"\w+", each)}
    lacking = {
        code for one in result.indicators if one["name"] in named for code in one["lacking"] or ()
    }
    everybody = result.at(level)
    codes = [code for code in everybody if not lacking.issuperset(result.members[code])]
    figures = {
        one["name"]: [
            added(one["values"][leaf] for leaf in result.members[code] if leaf not in lacking)
            for code in codes
        ]
        for one in result.indicators
        if at_leaves or one["kind"] == "count"  # a sum of rates means nothing
    }
    figures["total"] = [Fraction(total)] * len(codes)
    holder = {leaf: code for code in result.at(upper) for leaf in result.members[code]}
    within = [holder[result.members[code][0]] for code in codes]

    def values(formula: str) -> Values:
        return Key(formula, figures, within).values()

    found = values(key)
    for one in after:
        if one["do"] == "positive":
            found = [max(weight, Fraction(0)) for weight in found]
        elif one["do"] == "exempt":
            held = zip(found, values(one["of"] or "-"), values(one["least"] or "-"), strict=True)
            found = [Fraction(0) if of >= bound else weight for weight, of, bound in held]
        elif one["do"] == "rescale":
            sums = inside(within, found)
            found = [weight / (total or 1) for weight, total in zip(found, sums, strict=True)]
        else:
            if one["least"]:
                found = list(map(max, found, values(one["least"])))
            if one["most"]:
                found = list(map(min, found, values(one["most"])))
    return {**dict.fromkeys(everybody, Fraction(0)), **dict(zip(codes, found, strict=True))}


#: What each step after the key is computed with.
TAKEN = {"positive": (), "rescale": (), "exempt": ("of", "least"), "capped": ("least", "most")}


def wrong_weights(result: Result) -> Iterator[str]:
    """The weights are what the rule's keys give for the figures that are written beside them."""
    steps = [(step["level"] or result.tree[-1], step) for step in result.rule["steps"]]
    expected = [(name, level) for name in result.given for level, _ in steps]
    after = result.rule["after"] or []
    if [(entry["stream"], entry["level"]) for entry in result.weights] != expected:
        yield "the weights are not those of every stream at every step of the rule"
        return
    for one in after:
        for name in ("of", "least", "most"):
            if one[name] and name not in TAKEN[one["do"]]:
                yield f"the step {one['do']} takes no {name}"
    own = {one["name"]: one for one in result.streams}
    known: dict[tuple[str, str, int, int], dict[str, Fraction]] = {}
    for n, entry in enumerate(result.weights):
        level, step = steps[n % len(steps)]
        stream, last = own[entry["stream"]], (n + 1) % len(steps) == 0
        key = (step["own"] or {}).get(entry["stream"], step["key"])
        key = (last and stream["key"]) or key  # a key of its own stands for the rule's last one
        if entry["key"] != key:
            yield f"the key of {entry['stream']} at {level} is not the rule's"
        asked = entry["key"], level, result.totals[entry["stream"]], n % len(steps)
        if asked not in known:
            upper = steps[n % len(steps) - 1][0] if n % len(steps) else result.tree[0]
            total = result.totals[entry["stream"]]
            known[asked] = computed(
                result, entry["key"], level, upper, total, after if last else []
            )
        yield from wrong_values(entry, known[asked])
    formulas = [entry["key"] for entry in result.weights]
    formulas += [one[name] for one in after for name in ("of", "least", "most") if one[name]]
    read = {token for formula in formulas for token in re.findall(r"\w+", formula)}
    for one in result.indicators:
        if one["name"] not in read | {*result.rule["ties"]}:
            yield f"nothing rests on the figures of {one['name']}"


def wrong_values(entry: Mapping[str, Any], right: Mapping[str, Fraction]) -> Iterator[str]:
    if sorted(entry["values"]) != sorted(right):
        yield f"the weights of {entry['stream']} are not those of the areas of {entry['level']}"
        return
    for code, weight in entry["values"].items():
        if weight != right[code] or weight < 0:
            yield f"{code}: the key gives {entry['stream']} the weight {right[code]}, not {weight}"


# --- From weights to quotas, and the sums ---------------------------------------------------------


def handed_down(result: Result, name: str) -> dict[str, Fraction]:
    """A total shared out step by step in proportion to the weights, unrounded, to the leaves."""
    upper, quotas = result.tree[0], {result.at(result.tree[0])[0]: Fraction(result.totals[name])}
    for entry in result.weights:
        if entry["stream"] != name:
            continue
        holder = {leaf: code for code in quotas for leaf in result.members[code]}
        inside: dict[str, list[str]] = {code: [] for code in quotas}
        for code in result.at(entry["level"]):
            holders = {holder[leaf] for leaf in result.members[code]}
            if len(holders) != 1:
                raise Unfit(f"{code} does not lie inside one {upper} to share from")
            inside[holders.pop()].append(code)
        weight, lower = entry["values"], dict[str, Fraction]()
        if weight.keys() != {one for codes in inside.values() for one in codes}:
            raise Unfit(f"the weights of {name} are not those of the areas of {entry['level']}")
        for code, base in quotas.items():
            total = added(weight[one] for one in inside[code])
            if base and not total:
                raise Unfit(f"all weights in {code} are 0, so nothing can be shared out")
            lower.update({one: base * weight[one] / (total or 1) for one in inside[code]})
        upper, quotas = entry["level"], lower
    if sorted(quotas) != result.leaves:
        raise Unfit("the steps of the rule do not end at the leaves")
    return quotas


def with_sums(result: Result, amounts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Every cell of the table: larger areas by addition, the rest of a whole by subtraction."""
    table: dict[Cell, int] = {}
    for code, leaves in result.members.items():
        for name in result.given:
            table[code, name] = sum(amounts[leaf, name] for leaf in leaves)
        for around, rest in result.rests.items():
            parts = sum(table[code, part] for part in result.named_parts(around))
            table[code, rest] = table[code, around] - parts
    return table


def wrong_quotas(result: Result) -> Iterator[str]:
    exact = {
        (leaf, name): quota
        for name in result.given
        for leaf, quota in handed_down(result, name).items()
    }
    unit = lcm(*{quota.denominator for quota in exact.values()})
    counted = {c: q.numerator * (unit // q.denominator) for c, q in exact.items()}
    for cell, number in with_sums(result, counted).items():
        quota = result.quota[cell]
        if quota.numerator * unit != number * quota.denominator:
            yield f"the quota of {said(cell)} is {Fraction(number, unit)}, not {quota}"


def wrong_sums(result: Result) -> Iterator[str]:
    """Larger areas have the sum of their leaves, and parts stay within their whole."""
    number = result.number
    for cell, right in with_sums(result, number).items():
        if number[cell] != right:
            yield f"the number of {said(cell)} is {number[cell]}, but its sum is {right}"
    for cell, n in number.items():
        if n < 0:
            yield f"the number of {said(cell)} is below 0"
    for leaf in result.leaves:
        for name in result.wholes:
            if sum(number[leaf, part] for part in result.named_parts(name)) > number[leaf, name]:
                yield f"the parts of {name} are above their whole in {leaf}"


def wrong_reports(result: Result) -> Iterator[str]:
    """What the result says about drift and about published numbers follows from its table."""
    root = result.at(result.tree[0])[0]
    if [drift["stream"] for drift in result.drift] != list(result.whole_of):
        yield "the drift is not told for every stream once"
    for drift in result.drift:
        cell = root, drift["stream"]
        right = (result.quota.get(cell), result.number.get(cell))
        difference = drift["allocated"] - drift["asked"]
        if (drift["asked"], drift["allocated"]) != right or drift["difference"] != difference:
            yield f"the drift of {drift['stream']} is not what its numbers say"
    for one in result.published:
        number = result.number.get((one["code"], one["stream"]))
        if one["computed"] != number or one["difference"] != one["computed"] - one["number"]:
            yield f"{one['code']} {one['stream']}: wrongly compared with the published number"


def wrong_limits(result: Result) -> Iterator[str]:
    """The whole numbers themselves keep every limit, whatever the shares were."""
    if result.limits and result.rounding in ONE_BY_ONE:
        yield "limits are not kept where every area is rounded by itself"
    table = {c: n for name in result.wholes for c, n in result.split(result.number, name).items()}
    for limit in result.limits:
        number = sum(table[cell] for cell in result.cells_of(limit))
        low, high, least = limit["at_least"], limit["at_most"], limit["nothing_or"]
        if (low is not None and number < low) or (high is not None and number > high):
            yield f"the limit {limit['name']} is broken: {number}"
        if least is not None and 0 < number < least:
            yield f"the limit {limit['name']} is broken: {number} is neither 0 nor at least {least}"


# --- Rounding without proofs ----------------------------------------------------------------------


def wrong_rounding(result: Result) -> Iterator[str]:
    if result.rounding == "textbook":
        yield from wrong_textbook(result)
    for cell, number in result.number.items() if result.rounding in ONE_BY_ONE else ():
        if cell[1] in result.given and result.area[cell[0]]["level"] == result.tree[-1]:
            right = ONE_BY_ONE[result.rounding](result.quota[cell])
            if number != right:
                yield f"{said(cell)}: {result.quota[cell]} is rounded {result.rounding} to {right}"


def wrong_textbook(result: Result) -> Iterator[str]:
    if len(result.streams) != 1:
        yield "the textbook's methods divide one stream"
        return
    name, order = result.given[0], result.in_order()
    total = result.totals[name]
    quota = {leaf: result.quota[leaf, name] for leaf in order}
    number = {leaf: result.number[leaf, name] for leaf in order}
    low, high = dict.fromkeys(order, 0), dict.fromkeys(order, total)
    for limit in result.limits:
        if limit["areas"][1:] or limit["areas"][0] not in low or limit["nothing_or"] is not None:
            yield f"the limit {limit['name']} is not one that the textbook's methods keep"
            return
        leaf = limit["areas"][0]
        low[leaf] = max(low[leaf], limit["at_least"] or 0)
        high[leaf] = min([high[leaf], *(n for n in [limit["at_most"]] if n is not None)])
    if sum(number.values()) != total or any(not low[x] <= number[x] <= high[x] for x in order):
        yield f"the numbers do not add to {total} within the limits"
    if result.method == REMAINDER:
        tie = yield from wrong_remainders(quota, number, low, high)
    else:
        tie = yield from wrong_divisor(result.method, quota, number, low, high)
    if tie and result.choice["ties"] != "order":
        yield "here the order decides ties, and it was not to"


def wrong_remainders(
    quota: Mapping[str, Fraction],
    number: Mapping[str, int],
    low: Mapping[str, int],
    high: Mapping[str, int],
) -> Generator[str, None, bool]:
    """Shares between the limits by one multiplier, floors, and the largest remainders go up.

    Says at the end whether equal ones tied.
    """
    total = sum(number.values())

    def shares(by: Fraction) -> dict[str, Fraction]:
        return {x: min(max(by * q, Fraction(low[x])), Fraction(high[x])) for x, q in quota.items()}

    turns = sorted({end[x] / q for x, q in quota.items() if q for end in (low, high)})
    fits = bisect_right(turns, Fraction(total), key=lambda by: added(shares(by).values()))
    by = turns[fits - 1] if fits else Fraction(0)  # from here to the next turn nobody is held anew
    found = shares(by)
    free = added(q for x, q in quota.items() if low[x] <= by * q < high[x])
    if free:
        found = shares(by + (total - added(found.values())) / free)
    ups = total - sum(share.numerator // share.denominator for share in found.values())
    ranked = sorted(found, key=lambda x: -(found[x] % 1))  # equal ones keep their order
    raised = {*ranked[:ups]}
    for x, share in found.items():
        if number[x] != share.numerator // share.denominator + (x in raised):
            yield f"{x}: the largest remainders do not give {number[x]} for {share}"
    last, first = ranked[max(0, ups - 1) :][:1], ranked[ups:][:1]
    return bool(ups > 0 and first and found[last[0]] % 1 == found[first[0]] % 1)


def wrong_divisor(
    method: str,
    quota: Mapping[str, Fraction],
    number: Mapping[str, int],
    low: Mapping[str, int],
    high: Mapping[str, int],
) -> Generator[str, None, bool]:
    """Nobody who could have one more has a stronger claim than anybody who could have one less.

    Says at the end whether equal ones tied.
    """
    first = 1 if signpost(method, 0) == 0 else 0  # then everybody with a quota has a first unit
    square = 2 if method == "hill" else 1
    last, claims = {}, {}
    for x, q in quota.items():
        least = max(low[x], min(first, high[x]))
        if not q and number[x] != low[x]:
            yield f"{x} has no quota and {number[x]}"
        if q and number[x] < least:
            yield f"{x} must have at least {least}"
        if q and number[x] > least:
            last[x] = signpost(method, number[x] - 1) / q**square
        if q and number[x] < high[x]:
            claims[x] = signpost(method, number[x]) / q**square
    if not last or not claims:
        return False
    most, least_claim = max(last.values()), min(claims.values())
    if most > least_claim:
        yield f"{min(claims, key=lambda x: claims[x])} has the stronger claim by {method}"
    elif most == least_claim:
        up = [last.get(x) == most for x in quota if most in (last.get(x), claims.get(x))]
        if up != sorted(up, reverse=True):
            yield "equal claims were not decided in the order of ties"
    return most == least_claim


def signpost(method: str, n: int) -> Fraction:
    """The quota from which n+1 is the better number than n; for Hill its square."""
    tops = {"adams": 2 * n, "hill": 2 * n * (n + 1), "webster": 2 * n + 1, "jefferson": 2 * n + 2}
    return Fraction(2 * n * (n + 1), 2 * n + 1) if method == "dean" else Fraction(tops[method], 2)


# --- Fair shares under limits ---------------------------------------------------------------------

Piece = Cell | frozenset[str]  # a cell, or what is missing, by the names of the totals that miss it


class Shares:
    """The shares with their sums: totals may be missed where limits leave no room, limits never."""

    def __init__(self, result: Result) -> None:
        self.quota = {
            cell: quota
            for name in result.wholes
            for cell, quota in result.split(result.quota, name).items()
        }
        self.value: dict[Piece, Fraction] = {}
        self.members: dict[str, set[Piece]] = {}
        self.own: dict[tuple[str, int], Fraction] = {}  # at most (+1) or at least (-1) so many
        for code in [result.at(result.tree[0])[0], *self.fixed(result)]:
            for part in {part: 0 for _, part in self.quota}:
                cells = {(leaf, part) for leaf in result.members[code]}
                self.members[f"{code} {part}"] = {*cells}
                number = added(self.quota[cell] for cell in cells)
                self.own[f"{code} {part}", 1] = self.own[f"{code} {part}", -1] = number
        self.totals = list(self.members)
        meeting: dict[Cell, list[str]] = {cell: [] for cell in self.quota}
        for name in self.totals:
            for cell in self.members[name]:
                assert isinstance(cell, tuple)
                meeting[cell].append(name)
        self.weight: dict[Piece, Fraction] = {}  # in which units what is missing is compared
        for cell, names in meeting.items():
            piece = frozenset(names)
            self.weight[piece] = self.weight.get(piece, Fraction(0)) + self.quota[cell]
        for gap in list(self.weight):
            assert isinstance(gap, frozenset)
            self.weight[gap] = self.weight[gap] or min(self.own[name, 1] for name in gap)
            for name in gap:
                self.members[name].add(gap)
            self.value[gap] = Fraction(0)
        self.settled: set[Piece] = set()
        self.tight: set[str] = set()

    @staticmethod
    def fixed(result: Result) -> list[str]:
        return [code for level in result.choice["fixed"] for code in result.at(level)]

    def take_over(self, result: Result) -> Iterator[str]:
        """The values as they are written, and the limits on them."""
        values = [((code, part), share) for code, part, share in result.shares["values"]]
        yield from once((cell for cell, _ in values), "the share of")
        if {cell for cell, _ in values} != {*self.quota}:
            raise Unfit("the shares are not those of every leaf and part")
        self.value.update(values)
        gaps = [frozenset(gap["totals"]) for gap in result.shares["shortfalls"]]
        yield from once(gaps, "a shortfall")
        for gap, entry in zip(gaps, result.shares["shortfalls"], strict=True):
            if gap not in self.weight or entry["number"] <= 0 or len(gap) != len(entry["totals"]):
                raise Unfit(f"no shortfall can be that of {', '.join(entry['totals'])}")
            self.value[gap] = entry["number"]
        yield from once([*self.totals, *(limit["name"] for limit in result.limits)], "the sum")
        for limit in result.limits:
            name, low, high = limit["name"], limit["at_least"], limit["at_most"]
            self.members[name] = {*result.cells_of(limit)}
            if limit["nothing_or"] is not None:  # who opens is taken as it is; the rest is proven
                low, high = (limit["nothing_or"], None) if self.sum_of(name) else (None, 0)
            self.own.update({(name, -1): Fraction(low)} if low is not None else {})
            self.own.update({(name, 1): Fraction(high)} if high is not None else {})

    def sum_of(self, name: str) -> Fraction:
        return added(self.value[piece] for piece in self.members[name])

    def compared(self, stage: str) -> dict[Piece, tuple[Fraction, Fraction]]:
        """Where each piece would like to be at a stage, and in which units its distance counts."""
        zero = Fraction(0)
        if stage == "zero quota":
            return {cell: (zero, Fraction(1)) for cell, q in self.quota.items() if not q}
        if stage == "deviation":
            return {cell: (q, q) for cell, q in self.quota.items() if q}
        return {gap: (zero, w) for gap, w in self.weight.items()} if stage == "shortfall" else {}


def wrong_shares(result: Result) -> Iterator[str]:
    """The shares deviate from the quotas as little as the limits allow, the largest first.

    Every level adds up signed limits, a sum that no shares can leave. Each cell in it that is not
    settled yet stands as far as the level's deviation lets it, and the sum is only just met: so
    no shares do better, and none do as well with other values for these cells.
    """
    if result.shares is None:
        return
    shares = Shares(result)
    yield from shares.take_over(result)
    for piece, share in shares.value.items():
        if share < 0:
            yield f"the share of {said(piece)} is below 0"
    for (name, sign), bound in shares.own.items():
        if sign * shares.sum_of(name) > sign * bound:
            yield f"the shares of {name} add to {shares.sum_of(name)} beyond {bound}"
    levels = list(result.shares["levels"])
    for stage in STAGES:
        compared, size = shares.compared(stage), None
        while levels and levels[0]["stage"] == stage:
            level = levels.pop(0)
            if size is not None and level["size"] > size:
                yield f"a level of {stage} is larger than the one before it"
            size = level["size"]
            yield from wrong_level(shares, level, compared)
        for piece, (centre, _) in compared.items():
            if piece not in shares.settled and shares.value[piece] != centre:
                yield f"no level of {stage} says why {said(piece)} is not {centre}"
            shares.settled.add(piece)
    if levels:
        yield "the levels do not come in the order of their stages"
    stages = {level["stage"] for level in result.shares["levels"]}
    if bool(result.shares["shortfalls"]) != ("least shortfall" in stages):
        yield "no level says why so much is missing"


def wrong_level(
    shares: Shares, level: Mapping[str, Any], compared: Mapping[Piece, tuple[Fraction, Fraction]]
) -> Iterator[str]:
    """One level; what it settles is taken over for the next."""
    where = f"level of {level['stage']} {level['size']}"
    signs: dict[Piece, int] = {}
    for name, sign, number in level["binding"]:
        held = name in shares.tight and shares.sum_of(name) == number
        if sign not in (1, -1) or not (held or shares.own.get((name, sign)) == number):
            yield f"{where}: {name} does not hold it at {number}"
            return
        for piece in shares.members[name]:
            signs[piece] = signs.get(piece, 0) + sign
    met = added(sign * shares.value[piece] for piece, sign in signs.items())
    if met != added(sign * number for _, sign, number in level["binding"]):
        yield f"{where}: the signed sum is not met"
    before = set(shares.settled)
    if level["stage"] == "least shortfall":
        yield from wrong_shortfall(shares, level, signs)
    else:
        yield from wrong_reach(shares, level, signs, compared, where)
    if sorted(level["cells"]) != sorted(shares.quota.keys() & (shares.settled - before)):
        yield f"{where}: it settles other cells than it says"
    shares.tight |= {name for name, _, _ in level["binding"]}


def wrong_reach(
    shares: Shares,
    level: Mapping[str, Any],
    signs: Mapping[Piece, int],
    compared: Mapping[Piece, tuple[Fraction, Fraction]],
    where: str,
) -> Iterator[str]:
    """Every piece of the sum that is not settled must stand as far as the level lets it."""
    sizes = []
    for piece, sign in signs.items():
        if piece in shares.settled or not sign:
            continue
        centre, weight = compared.get(piece, (Fraction(0), Fraction(0)))
        reach = weight * level["size"]
        bound = max(Fraction(0), centre - reach) if sign > 0 else centre + reach
        if shares.value[piece] != bound or (sign < 0 and piece not in compared):
            yield f"{where}: {said(piece)} does not stand as far as it may"
        sizes += [abs(shares.value[piece] - centre) / weight] if weight else []
        shares.settled.add(piece)
    if sizes and max(sizes) != level["size"]:
        yield f"{where}: the deviation is {max(sizes)}"


def wrong_shortfall(
    shares: Shares, level: Mapping[str, Any], signs: Mapping[Piece, int]
) -> Iterator[str]:
    """Each cell counts at least once in the sum, so no more than the sum can be placed."""
    missing = added(x for piece, x in shares.value.items() if isinstance(piece, frozenset))
    if missing != level["size"]:
        yield f"{missing} is missing, not {level['size']}"
    if any(name in shares.totals and sign < 0 for name, sign, _ in level["binding"]):
        yield "a total that may be missed cannot be what must come"
    for piece, x in shares.value.items():
        sign = signs.get(piece, 0)
        if isinstance(piece, frozenset):
            if sign and x:
                yield f"what is missing of {', '.join(sorted(piece))} could be less"
            shares.settled |= {piece} if sign else set()
        elif piece not in shares.settled and sign != 1:
            if sign < 1 or x:
                yield f"more could be placed in {said(piece)}"
            shares.settled.add(piece)


# --- Whole numbers together: the tree, the prices, the ties ---------------------------------------


def nest(sets: Sequence[tuple[str, Sequence[str]]], leaves: Sequence[str]) -> dict[str, str | None]:
    """The parent of every leaf and set, the smallest set that holds it; larger sets come first."""
    around: dict[str, str | None] = dict.fromkeys(leaves)
    parents: dict[str, str | None] = {}
    for code, held in sorted(sets, key=lambda one: -len(one[1])):  # equal ones keep their order
        holders = {around[leaf] for leaf in held}
        if len(holders) > 1:
            raise Unfit(f"{code} crosses other areas, so not everything can add up")
        parents[code] = holders.pop()
        around.update(dict.fromkeys(held, code))
    return {**around, **parents}


def nested(result: Result) -> tuple[dict[str, str | None], list[str]]:
    """The tree in which everything adds up that can, and the levels that cross it."""

    def sets(level: str) -> list[tuple[str, list[str]]]:
        return [(code, result.members[code]) for code in result.at(level)]

    found = [one for level in result.tree[:-1] for one in sets(level)]
    for limit in sorted(result.limits, key=node_of):
        if len(limit["areas"]) > 1:
            found.append((node_of(limit), sorted({leaf for leaf, _ in result.cells_of(limit)})))
    order = result.in_order()
    parents, crossing = nest(found, order), []
    for level in result.also:
        try:
            parents = nest([*found, *sets(level)], order)
            found += sets(level)
        except Unfit:
            crossing.append(level)
    return parents, crossing


def node_of(limit: Mapping[str, Any]) -> str:
    """The area that a limit is on, or the code of its pool."""
    areas: list[str] = limit["areas"]
    return areas[0] if len(areas) == 1 else f"pool:{limit['name']}"


class Price(NamedTuple):
    """What a unit costs, in a form that can be added without ever taking a root or a logarithm.

    For largest remainders a whole number, counted in the common denominator of the shares. For a
    divisor method the logarithm of tiny**zeros * number, so that adding multiplies; tiny is smaller
    than any fraction, for a signpost of 0 goes before all else. Hill's are squared.
    """

    number: Fraction
    zeros: int = 0


class Question:
    """What was rounded together: shares in a tree, and from where to where each sum may go."""

    def __init__(self, result: Result, proof: Mapping[str, Any]) -> None:
        name, self.method = proof["whole"], proof["method"]
        self.parents, self.crossing = nested(result)
        self.parts = result.parts(name)
        self.inner = {parent for parent in self.parents.values() if parent is not None}
        self.cells = [(x, part) for x in self.parents if x not in self.inner for part in self.parts]
        if result.shares is None:
            self.exact = result.split(result.quota, name)
        else:
            given = {(code, part): share for code, part, share in result.shares["values"]}
            self.exact = {cell: given[cell] for cell in self.cells}
        self.unit = lcm(*{share.denominator for share in self.exact.values()})
        counted = {c: s.numerator * (self.unit // s.denominator) for c, s in self.exact.items()}
        self.share, self.number = self.sums(counted), self.sums(result.split(result.number, name))
        self.zero = Price(Fraction(self.method != REMAINDER))

    def sums(self, amounts: Mapping[Cell, int]) -> dict[Sum, int]:
        found: dict[Sum, int] = {
            (area, part): 0 for area in self.parents for part in (*self.parts, None)
        }
        found.update({cell: amounts[cell] for cell in self.cells})
        leaves = [area for area in self.parents if area not in self.inner]
        for area in [*leaves, *reversed([area for area in self.parents if area in self.inner])]:
            for part in self.parts:
                parent, amount = self.parents[area], found[area, part]
                found[area, None] += amount
                if parent is not None:
                    found[parent, part] += amount
        return found

    def room(self, key: Sum) -> tuple[int, int]:
        """Floor and ceiling of a sum's share: both keep every limit that the share keeps."""
        return self.share[key] // self.unit, -(-self.share[key] // self.unit)

    def ends(self, key: Sum) -> tuple[Sum, Sum]:
        """Between which prices a sum stands: parts come down from above, the whole goes up."""
        (area, part), parent = key, self.parents[key[0]]
        here: Sum = (area, part if area in self.inner else None)
        above: Sum = ("", None) if parent is None else (parent, part)
        return (here, above) if part is None else (above, here)

    def step(self, cell: Cell, n: int) -> Price:
        """What it costs to raise a cell from n to n+1."""
        if self.method == REMAINDER:
            return Price(Fraction((2 * n + 1) * self.unit - 2 * self.share[cell]))
        share, post = self.exact[cell], signpost(self.method, n)
        return Price((post or 1) / (share**2 if self.method == "hill" else share), int(post == 0))

    def gain(self, start: Price, step: Price, end: Price) -> int:
        """Its sign says whether start + step is below, at or above end."""
        zeros = start.zeros + step.zeros - end.zeros
        if self.method == REMAINDER or zeros:
            return -zeros or (start.number + step.number - end.number).numerator
        top = start.number.numerator * step.number.numerator * end.number.denominator
        return top - start.number.denominator * step.number.denominator * end.number.numerator

    def fingerprint(self) -> str:
        """The digest of the question that a lot is drawn for."""
        cells = [f"{leaf}|{part}|{self.exact[leaf, part]}" for leaf, part in self.cells]
        lines = [self.method, *self.parts, *map(str, self.parents.items()), *cells]
        return sha256("\n".join(lines).encode()).hexdigest()


def wrong_proofs(result: Result) -> Iterator[str]:
    asked = result.choice["ties"]
    for lot in () if isinstance(asked, str) else asked:
        if len([proof for proof in result.proofs if lots_for([lot], proof)]) != 1:
            yield f"the lot for {lot['drawn_for']} was drawn for other figures"
    for proof in result.proofs:
        question = Question(result, proof)
        for reason in wrong_question(result, question, proof):
            yield f"{proof['whole']}: {reason}"
        prices, reasons = read_prices(question, proof)
        free: dict[Sum, tuple[Sum, Sum]] = {}
        for reason in reasons or wrong_prices(question, prices, free):
            yield f"{proof['whole']}: {reason}"
        if not reasons:
            for reason in [
                *wrong_cut_offs(question, proof, prices),
                *wrong_ties(result, question, proof, free),
            ]:
                yield f"{proof['whole']}: {reason}"


def wrong_question(result: Result, q: Question, proof: Mapping[str, Any]) -> Iterator[str]:
    """The proof answers the question that the areas, the rule and the limits put."""
    if proof["method"] != result.method or proof["parts"] != q.parts:
        yield "the proof is of another method or of other parts"
    if proof["tree"] != list(q.parents.items()):
        yield "the proof's tree is not the one of the areas and limits, in the order of ties"
    if proof["fingerprint"] != q.fingerprint():
        yield "the proof has another fingerprint than the question"
    yield from (f"the share of {said(c)} is below 0" for c, share in q.exact.items() if share < 0)
    for limit in result.limits:
        if node_of(limit) not in q.parents:
            yield f"the limit {limit['name']} is on an area that crosses the tree"
    outside = []
    for code, part in ((c, p) for level in q.crossing for c in result.at(level) for p in q.parts):
        cells = [(leaf, part) for leaf in result.members[code]]
        number = sum(q.number[cell] for cell in cells)
        if abs(number - added(q.exact[cell] for cell in cells)) >= 1:
            outside.append((code, part))
    if proof["outside"] != outside:
        yield "other sums leave floor and ceiling than those that are named as outside"


def read_prices(q: Question, proof: Mapping[str, Any]) -> tuple[dict[Sum, Price], list[str]]:
    """The price of every sum's node; what is not listed has the price of nothing."""
    inner = [(area, part) for area in q.parents if area in q.inner for part in q.parts]
    nodes: list[Sum] = [("", None), *inner, *((area, None) for area in q.parents)]
    prices = dict.fromkeys(nodes, q.zero)
    listed: dict[Sum, Price] = {(a, part): Price(n, zeros) for a, part, n, zeros in proof["prices"]}
    reasons = list(once(((area, part) for area, part, _, _ in proof["prices"]), "the price of"))
    for key, price in listed.items():
        plain = price.zeros == 0 and price.number.denominator == 1
        if key not in prices or not (plain if q.method == REMAINDER else price.number > 0):
            reasons.append(f"the price of {said(key)} is none of this table and method")
        elif q.gain(q.zero, price, q.zero) >= 0:
            reasons.append(f"the listed price of {said(key)} is not below nothing")
    return {**prices, **listed}, reasons


def wrong_prices(
    q: Question, prices: Mapping[Sum, Price], free: dict[Sum, tuple[Sum, Sum]]
) -> Iterator[str]:
    """No change pays at these prices, and they are the canonical ones.

    Any other table that adds up differs by circles of steps. Around a circle the prices cancel, so
    when no single step pays, no circle does. The largest prices of this kind are the canonical
    ones: each is reached from a price of nothing by steps that cost exactly the difference.
    Those steps are handed on in `free`, with where they lead.
    """
    onward: dict[Sum, list[Sum]] = {}
    for key, number in q.number.items():
        (low, high), (start, end), (area, part) = q.room(key), q.ends(key), key
        if not low <= number <= high:
            yield f"{said(key)}: {number} is not from {low} to {high}"
        elif low < high:
            cell = area not in q.inner and part is not None
            step = q.step((area, part or ""), low) if cell else q.zero
            gain = q.gain(prices[start], step, prices[end])
            if (gain < 0) if number == low else (gain > 0):
                yield f"{said(key)}: one {'more' if number == low else 'less'} would be better"
            if gain == 0:
                free[key] = (start, end) if number == low else (end, start)
                onward.setdefault(free[key][0], []).append(free[key][1])
    seen = {node for node, price in prices.items() if price == q.zero}
    reached(seen, onward)
    for node in sorted(prices.keys() - seen, key=str):
        yield f"the price of {said(node)} is not the canonical one"


def reached(seen: set[Sum], onward: Mapping[Sum, Iterable[Sum]]) -> None:
    """Add to some nodes all that can be reached from them."""
    wave = list(seen)
    for node in wave:  # grows while it is walked
        fresh = {there for there in onward.get(node, ()) if there not in seen}
        seen |= fresh
        wave.extend(fresh)


def wrong_cut_offs(
    q: Question, proof: Mapping[str, Any], prices: Mapping[Sum, Price]
) -> Iterator[str]:
    """The cut-offs are the prices in a planner's terms: remainders, or multipliers."""
    right: dict[Sum, Fraction | None] = {}
    for key, price in prices.items():
        inner = key[0] in q.inner and key[1] is not None
        relief = key[0] in q.parents and key[0] not in q.inner and price != q.zero
        if q.method == REMAINDER and (inner or relief):
            at = price.number / (2 * q.unit)
            right[key] = Fraction(1, 2) + at if inner else -at
        elif inner or relief:
            right[key] = None if price.zeros else 1 / price.number if inner else price.number
    listed = [((area, part), at) for area, part, at in proof["cut_offs"]]
    yield from once((key for key, _ in listed), "the cut-off of")
    for key in sorted(right.keys() ^ dict(listed).keys(), key=str):
        yield f"the cut-off of {said(key)} is missing or stray"
    for key, at in listed:
        if key in right and at != right[key]:
            yield f"the cut-off of {said(key)} is {right[key]}, not {at}"


def wrong_ties(
    result: Result,
    q: Question,
    proof: Mapping[str, Any],
    free: Mapping[Sum, tuple[Sum, Sum]],
) -> Iterator[str]:
    """Where other tables cost as little, this is the one that raises the first cells in order.

    Two tables of equal cost differ by circles of steps that cost nothing, so a cell is tied when
    its step lies on such a circle.
    """
    mark = circles(free.values())
    tied = [c for c in q.cells if c in free and mark[free[c][0]] == mark[free[c][1]]]
    asked = result.choice["ties"]
    lots = [] if isinstance(asked, str) else [lot["order"] for lot in lots_for(asked, proof)]
    order: list[Cell] = tied if asked == "order" else lots[0] if lots else []
    if sorted(order) != sorted(tied):
        yield "other cells tie than those that were drawn"
        return
    listed = [((a, part), n) for tie in proof["ties"] for a, part, n in tie["cells"]]
    if sorted(listed) != sorted((cell, q.number[cell]) for cell in tied):
        yield "other cells tie, or with other numbers, than are listed"
        return
    place = {cell: n for n, cell in enumerate(order)}
    for tie in proof["ties"]:
        places = [place[area, part] for area, part, _ in tie["cells"]]
        if not places or places != sorted(places) or tie["by"] != ("lot" if lots else "order"):
            yield "a tie is not listed in the order that decided it"
    yield from wrong_order(q, order, free, mark)


def lots_for(lots: list[Any], proof: Mapping[str, Any]) -> list[Any]:
    """The lots that were drawn for exactly this question."""
    return [lot for lot in lots if lot["drawn_for"] == proof["fingerprint"]]


def wrong_order(
    q: Question, order: list[Cell], free: Mapping[Sum, tuple[Sum, Sum]], mark: dict[Sum, Any]
) -> Iterator[str]:
    """No circle that costs nothing raises a cell and leaves all cells before it as they are.

    The cells are decided in order, and the step of a decided one is taken out. Nodes with another
    mark lie on no circle together: what was searched in vain gets a mark of its own, since no
    circle that enters it comes out again.
    """
    out: dict[Sum, dict[Sum, Sum]] = {}
    for key, (start, end) in free.items():
        out.setdefault(start, {})[key] = end
    for cell in order:
        start, end = free[cell]
        del out[start][cell]
        if q.number[cell] > q.room(cell)[0] or mark[start] != mark[end]:
            continue
        seen, wave = {end}, [end]
        for node in wave:  # grows while it is walked
            for there in out.get(node, {}).values():
                if there not in seen and mark[there] == mark[start]:
                    seen.add(there)
                    wave.append(there)
        if start in seen:
            yield f"{said(cell)} could be one more, and comes before those that would be less"
            return
        mark.update(dict.fromkeys(seen, cell))


def circles(steps: Iterable[tuple[Sum, Sum]]) -> dict[Sum, Any]:
    """A mark for every node: two have the same one when a circle of steps holds both.

    Walk forward and write down who is finished first; then, from the last one finished, walk
    backward: whoever is met lies on a circle with it (Kosaraju).
    """
    onward: dict[Sum, list[Sum]] = {}
    back: dict[Sum, list[Sum]] = {}
    for start, end in steps:
        onward.setdefault(start, []).append(end)
        back.setdefault(end, []).append(start)
    finished, seen, mark = [], set[Sum](), dict[Sum, Any]()
    for first in onward:
        trail = [] if first in seen else [(first, iter(onward[first]))]
        seen.add(first)
        while trail:
            node, ways = trail[-1]
            there = next((end for end in ways if end not in seen), None)
            if there is None:
                finished.append(trail.pop()[0])
            else:
                seen.add(there)
                trail.append((there, iter(onward.get(there, ()))))
    for first in reversed(finished):
        wave = [] if first in mark else [first]
        mark.setdefault(first, first)
        for node in wave:  # grows while it is walked
            fresh = {before for before in back.get(node, ()) if before not in mark}
            mark.update(dict.fromkeys(fresh, first))
            wave.extend(fresh)
    return mark


# --- All together ---------------------------------------------------------------------------------


def wrong_hash(result: Result) -> Iterator[str]:
    """The hash shows that the file is as it was written; the other checks hold without it."""
    content = {name: value for name, value in result.raw.items() if name != "hash"}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if result.raw.get("hash") != f"sha256:{sha256(canonical.encode()).hexdigest()}":
        yield "the hash is not that of the content"


Check = Callable[[Result], Iterator[str]]
STRUCTURE: tuple[Check, ...] = (wrong_tree, wrong_streams, place_leaves, wrong_contents)
CHECKS: dict[Check, str] = {
    wrong_hash: "the hash is that of the content",
    wrong_weights: "every weight follows from the rule's keys and the figures",
    wrong_quotas: "every quota follows from the totals and the weights",
    wrong_sums: "larger areas are the sums of their leaves, and wholes those of their parts",
    wrong_reports: "drift and comparisons with published numbers are right",
    wrong_limits: "the numbers keep every limit",
    wrong_rounding: "every number is its quota rounded as the result says",
    wrong_shares: "the shares under limits deviate as little as can be",
    wrong_proofs: "all sums are floor or ceiling of their share, at least cost, ties in order",
}


def reasons_of(check: Check, result: Result) -> list[str]:
    """What a check finds; one that breaks off has not passed, so that too is a reason."""
    found: list[str] = []
    try:
        for reason in check(result):
            found.append(reason)
    except Unfit as unfit:
        found.append(str(unfit))
    except Exception as error:  # whatever a forged file provokes, it must not look like a pass
        found.append(f"{check.__name__} breaks off: {type(error).__name__}: {error}")
    return found


def verify(data: dict[str, Any]) -> list[str]:
    """Every reason why the parts of a result do not belong together; empty when all is well."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return [f"this is not a result in the format {FORMAT}"]
    sections, reasons = in_form(data)
    if reasons:
        return reasons
    result = Result(sections, data)
    for check in STRUCTURE:  # what comes later relies on what comes before
        reasons = reasons_of(check, result)
        if reasons:
            return reasons
    return [reason for check in CHECKS for reason in reasons_of(check, result)]


def checked(data: dict[str, Any]) -> Iterator[str]:
    """What was checked in a result that is right, and what is beyond its proofs."""
    idle: set[Check] = {wrong_rounding} if data["proofs"] else {wrong_proofs}
    idle |= set() if data["limits"] else {wrong_limits, wrong_shares}
    yield from (sentence for check, sentence in CHECKS.items() if check not in idle)
    if any(limit["nothing_or"] is not None for limit in data["limits"]):
        yield "NOT proven: that just these areas had best get nothing, where a limit allows it"
    yield "titles, sources, qualities and publications are covered by the hash alone"


def read(path: str) -> dict[str, Any]:
    """The json of a file, refused where two readers could understand it differently."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        for reason in once((name for name, _ in found), "the entry"):
            raise Unfit(reason)
        return dict(found)

    def constant(name: str) -> Any:
        raise Unfit(f"{name} is not a number")

    try:
        written = Path(path).read_text(encoding="utf-8")
        data = json.loads(written, object_pairs_hook=pairs, parse_constant=constant)
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise Unfit(f"{path} {unreadable(error)}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Unfit(f"{path} is not a result in the format {FORMAT}")
    return data


def unreadable(error: Exception) -> str:
    """What is wrong with a file that is no result, and what to do."""
    match error:
        case FileNotFoundError():
            return "is not there: name the json that a run wrote with --out"
        case IsADirectoryError():
            return "is a folder: name the json in it"
        case PermissionError():  # what Windows also says of a folder
            return "may not be read: ask for permission, or name a file"
        case OSError():
            return f"cannot be read: {error.strerror or 'the system refuses'}; take another copy"
        case UnicodeDecodeError():
            return f"is not text in UTF-8, from byte {error.start + 1} on: take the json as written"
        case json.JSONDecodeError():
            at = f"line {error.lineno}, column {error.colno}"
            return f"is no json: it goes wrong at {at}; take the file as it was written"
        case RecursionError():
            return "is nested more deeply than any result: take the json that a run wrote"
        case MemoryError():
            return "is too large to be read here: take a machine with more memory"
        case Unfit():
            return f"is no result: {error}"
    return "has a number with more digits than any result: take the json that a run wrote"


def say(line: str) -> None:
    """Print a line whatever is in it: hostile names move no cursor and break no encoding."""
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line[:1_000])
    encoding = sys.stdout.encoding or "ascii"
    print(shown.encode(encoding, "backslashreplace").decode(encoding))


def main(argv: Sequence[str]) -> int:
    """Check the file that is named; 0 right, 1 wrong, 2 not a result."""
    if len(argv) != 1:
        say("Usage: python verify.py RESULT.json")
        return 2
    try:
        data = read(argv[0])
    except Unfit as unfit:
        say(str(unfit))
        return 2
    reasons = verify(data)
    say(f"{argv[0]}: " + (f"{len(reasons)} wrong" if reasons else "right"))
    for line in reasons[:SAID] or checked(data):
        say(f"- {line}")
    if len(reasons) > SAID:
        say(f"- and {len(reasons) - SAID} more, most of them likely from the first ones")
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
