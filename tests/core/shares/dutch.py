"""Reception 2024 with the approximate scores: 96,000 places of which 8,140 for minors."""

from __future__ import annotations

import csv
import random
from fractions import Fraction
from pathlib import Path

from allocator.core.shares.problem import Cell, Limit, Problem, Total

FIGURES = Path("/work/shared/figures")
NUMBERS = {"minors": 8140, "regular": 96000 - 8140}
WADDEN = ("Texel", "Vlieland", "Terschelling", "Ameland", "Schiermonnikoog")


def rows(name: str, year: str) -> list[dict[str, str]]:
    with (FIGURES / name).open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["year"] == year]


def provinces() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("nl_population.csv", "2023"):
        found.setdefault(row["province"], []).append(row["name"])
    return found


def quotas() -> dict[Cell, Fraction]:
    scores = {row["name"]: row["ses_woa"] for row in rows("nl_ses_woa_2022_approx.csv", "2022")}
    weights = {
        row["name"]: (Fraction(scores[row["name"]]) + 1) * int(row["population"])
        for row in rows("nl_population.csv", "2023")
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
