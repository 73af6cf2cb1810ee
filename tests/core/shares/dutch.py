"""Reception 2024 with the approximate scores: 96,000 places of which 8,140 for minors.

Municipalities by name, in their provinces, with limits that are drawn so that every one binds.
"""

from __future__ import annotations

import csv
import random
from fractions import Fraction
from functools import cache

from allocator.core.shares.problem import Cell, Limit, Problem, Total
from allocator.reading.library import instances_folder

NUMBERS = {"minors": 8140, "regular": 96000 - 8140}
WADDEN = ("Texel", "Vlieland", "Terschelling", "Ameland", "Schiermonnikoog")


@cache
def rows(table: str, year: int) -> tuple[dict[str, str], ...]:
    file = instances_folder() / "nl" / "tables" / table / f"{year}.csv"
    with file.open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


def provinces() -> dict[str, list[str]]:
    areas = rows("areas", 2023)
    names = {row["code"]: row["name"] for row in areas if row["level"] == "province"}
    found: dict[str, list[str]] = {name: [] for name in names.values()}
    for row in areas:
        if row["level"] == "municipality":
            found[names[row["parent"]]].append(row["name"])
    return found


def quotas() -> dict[Cell, Fraction]:
    scores = {row["code"]: Fraction(row["ses_woa"]) for row in rows("ses-woa-approx", 2022)}
    weights = {
        row["name"]: (scores[row["code"]] + 1) * int(row["population"])
        for row in rows("population", 2023)
    }
    weight = sum(weights.values())
    return {(a, p): n * w / weight for a, w in weights.items() for p, n in NUMBERS.items()}


def national(q: dict[Cell, Fraction]) -> tuple[Total, ...]:
    return tuple(
        Total(f"Nederland {p}", "letter", frozenset(c for c in q if c[1] == p), n)
        for p, n in NUMBERS.items()
    )


def provincial(q: dict[Cell, Fraction], parts: tuple[tuple[str, ...], ...]) -> tuple[Total, ...]:
    found = []
    for province, areas in provinces().items():
        for group in parts:
            cells = frozenset((a, p) for a in areas for p in group)
            number = sum((q[c] for c in cells), Fraction(0))
            found.append(Total(f"{province} {'+'.join(group)}", "decision", cells, number))
    return tuple(found)


PER_PART = (("minors",), ("regular",))
PER_WHOLE = (("minors", "regular"),)


def amsterdam_and_wadden() -> tuple[Limit, ...]:
    return tuple(
        Limit(f"cap of {a}", "council", frozenset((a, p) for p in NUMBERS), None, n)
        for a, n in (("Amsterdam", 1000), *((x, 0) for x in WADDEN))
    )


def limits(q: dict[Cell, Fraction], count: int, seed: int, wholes: bool) -> tuple[Limit, ...]:
    """Caps below and floors above the quota, so that every one binds."""
    rng = random.Random(seed)
    areas = rng.sample(list(dict.fromkeys(a for a, _ in q)), count)
    found = []
    for area in areas:
        group = tuple(NUMBERS) if wholes else (rng.choice(list(NUMBERS)),)
        cells = frozenset((area, p) for p in group)
        quota = float(sum(q[c] for c in cells))
        kind = rng.choice(["cap", "cap", "floor"])
        low = int(quota * rng.uniform(1.05, 1.5)) + 1 if kind == "floor" else None
        high = int(quota * rng.uniform(0.2, 0.95)) if kind == "cap" else None
        found.append(Limit(f"{kind} of {area} {'+'.join(group)}", "council", cells, low, high))
    return tuple(found)


def problem(totals: str = "national", chosen: tuple[Limit, ...] = ()) -> Problem:
    q = quotas()
    extra = {"national": (), "part": PER_PART, "whole": PER_WHOLE}[totals]
    return Problem(q, (*national(q), *provincial(q, extra)), chosen)
