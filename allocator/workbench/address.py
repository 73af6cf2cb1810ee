"""What a page shows stands in its address: the instance, and everything that was asked otherwise.

So a link shows a colleague the same numbers, back and forward work, and nothing is kept here. The
same scenario as a command line gives the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from shlex import quote
from typing import Any
from urllib.parse import quote as quoted
from urllib.parse import urlencode

#: Longer addresses are refused by some browsers and proxies; such a scenario goes into a file.
LONGEST = 6_000

#: Signs that may not stand in a page; another one shows where they were.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

#: What may be asked otherwise of a distribution, as one text each; options of the same name.
OPTIONS = ("rule", "key", "keep", "missing", "rounding", "method")
#: What else is one text each, by the name it has in an address.
SINGLE = (
    *(*OPTIONS, "inside", "stream", "sample", "beside", "month", "bounds"),
    *("indicator", "tolerance"),
)
#: How a table that was brought is read: words of their own, and words with a name behind a dot.
READING = ("level", "notation", "sheet")
READING_OF = ("column", "name")
#: What only a plan is asked, in the same two ways: per municipality what it pledges, and its cap.
PLANNING = ("alternatives", "fall_out", "must_meet", "seconds")
PLANNING_OF = ("pledge", "cap")


@dataclass(frozen=True)
class Scenario:
    """An instance and what was asked otherwise; "" where its rule decides."""

    instance: str  # by name
    lang: str = "nl"
    rule: str = ""
    key: str = ""
    keep: str = ""  # a level whose areas keep their numbers
    missing: str = ""
    rounding: str = ""
    method: str = ""
    inside: str = ""
    stream: str = ""  # the one that maps show
    beside: str = ""  # the letter of the key whose differences a map shows
    sample: str = ""  # how many keys are tried at once
    month: str = ""  # of a half-year, from 1 to 6
    bounds: str = ""  # of its three states, as percentages of the norm
    indicator: str = ""  # the figures that are uncertain
    tolerance: str = ""  # how far each of them may be off
    totals: Mapping[str, str] = field(default_factory=dict)  # per stream, as typed
    factors: Mapping[str, str] = field(default_factory=dict)  # per figure how much it counts, in %
    keys: tuple[str, ...] = ()  # those that are compared
    weights: tuple[str, ...] = ()  # formulas that are mixed, with the bounds of their weights
    reading: Mapping[str, str] = field(default_factory=dict)  # how a table that was brought is read
    without: tuple[str, ...] = ()  # the locations that a plan does not use
    planning: Mapping[str, str] = field(default_factory=dict)  # what else only a plan is asked
    free: tuple[str, ...] = ()  # the areas whose uncertain figure says nothing

    def with_(self, **changes: Any) -> Scenario:
        """The same with something else asked."""
        return replace(self, **changes)

    stray: tuple[str, ...] = ()  # names in an address that no page knows

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What differs from the instance, in a fixed order."""
        found = [(name, str(getattr(self, name))) for name in SINGLE if getattr(self, name)]
        found += [(f"total.{name}", n) for name, n in sorted(self.totals.items()) if n]
        found += [
            (f"counts.{name}", typed) for name, typed in sorted(self.factors.items()) if typed
        ]
        found += [("with", key) for key in self.keys if key]
        found += [("weights", each) for each in self.weights]
        found += [(name, typed) for name, typed in sorted(self.reading.items()) if typed]
        found += [("without", name) for name in self.without]
        found += [(name, typed) for name, typed in sorted(self.planning.items()) if typed]
        found += [("free", code) for code in self.free]
        return found if self.lang == "nl" else [*found, ("lang", self.lang)]

    @property
    def typed_totals(self) -> tuple[str, ...]:
        """The national numbers as `--total` takes them.

        >>> Scenario("nl/reception-2024", totals={"places": "90000"}).typed_totals
        ('places=90000',)
        """
        return tuple(f"{stream}={typed}" for stream, typed in sorted(self.totals.items()) if typed)

    def address(self, page: str, *more: str) -> str:
        """Where a page shows this scenario.

        >>> Scenario("nl/reception-2024", key="population").address("verdeling")
        '/verdeling/nl/reception-2024?key=population'
        """
        path = "/".join(quoted(each, safe="") for each in more)
        asked = urlencode(self.pairs)
        where = f"/{page}/{quoted(self.instance)}" + (f"/{path}" if path else "")
        return f"{where}?{asked}" if asked else where

    def to_file(self, page: str) -> str:
        """Where the question of a page is kept in a file."""
        return "/vraag" + self.address(page)

    def to_areas(self, page: str) -> Callable[[str], str]:
        """Where a page shows each area in this scenario; made for hundreds of links."""
        before, sign, asked = self.address(page, "").partition("?")
        return lambda code: f"{before}/{quoted(code, safe='')}{sign}{asked}"

    def command(self, verb: str, *more: str) -> str:
        """The command line that gives the same.

        >>> Scenario("nl/reception-2024", key="1", totals={"places": "90000"}).command("run")
        'allocator run nl/reception-2024 --key 1 --total places=90000 --lang nl'
        """
        words = ["allocator", verb, self.instance, *more]
        for name in OPTIONS:
            if getattr(self, name):
                words += [f"--{name}", getattr(self, name)]
        for typed in self.typed_totals:
            words += ["--total", typed]
        return " ".join(quote(word) for word in [*words, "--lang", self.lang])


def read(instance: str, asked: Iterable[tuple[str, str]]) -> Scenario:
    """The scenario of an address.

    >>> read("nl/reception-2024", [("key", " 1 "), ("total.places", "")])
    Scenario(instance='nl/reception-2024', lang='nl', rule='', key='1', ...)
    >>> read("nl/reception-2024", [("name.Bergen (L.)", "GM0893"), ("sheet", "A")]).reading
    {'name.Bergen (L.)': 'GM0893', 'sheet': 'A'}
    >>> read("nl/plan-example-zeeland", [("without", "goes-4"), ("cap.GM0715", "270")]).pairs
    [('without', 'goes-4'), ('cap.GM0715', '270')]
    >>> read("nl/reception-2024", [("free", "GM0277"), ("tolerance", "0.1")]).pairs
    [('tolerance', '0.1'), ('free', 'GM0277')]
    """
    single: dict[str, str] = {}
    totals: dict[str, str] = {}
    factors: dict[str, str] = {}
    keys: list[str] = []
    reading: dict[str, str] = {}
    without: list[str] = []
    weights: list[str] = []
    planning: dict[str, str] = {}
    free: list[str] = []
    stray: list[str] = []
    for name, typed in asked:
        name, typed = (_CONTROL.sub("\ufffd", each) for each in (name, " ".join(typed.split())))
        head, _, tail = name.partition(".")
        if name in SINGLE:
            single[name] = typed
        elif head == "total" and tail and typed:
            totals[tail] = typed
        elif head == "counts" and tail and typed:
            factors[tail] = typed
        elif typed and (name in READING or (head in READING_OF and tail)):
            reading[name] = typed
        elif typed and (name in PLANNING or (head in PLANNING_OF and tail)):
            planning[name] = typed
        elif name == "without" and typed and typed not in without:
            without.append(typed)
        elif name == "free" and typed and typed not in free:
            free.append(typed)
        elif name == "weights" and typed:
            weights.append(typed)
        elif name == "with" and typed:
            keys.append(typed)
        elif name == "lang" and typed in ("en", "nl"):
            single["lang"] = typed
        elif typed and name != "lang":
            stray.append(name)
    return Scenario(
        instance,
        **single,
        totals=totals,
        factors=factors,
        keys=tuple(keys),
        weights=tuple(weights),
        reading=reading,
        without=tuple(without),
        planning=planning,
        free=tuple(free),
        stray=tuple(stray),
    )
