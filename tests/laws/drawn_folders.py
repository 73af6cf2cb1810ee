"""Random instances as folders of files: a few Dutch municipalities with invented figures."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from allocator.words.numbers import plain_decimals
from tests.example import INSTANCE, RULE, write_example

KEY = "(score + 1) * people"
#: Under their codes and names of 2023: one has its province's name, one a sign in its own.
PLACES = {
    "GM0106": ("Assen", "PV22", "Drenthe"),
    "GM0114": ("Emmen", "PV22", "Drenthe"),
    "GM0344": ("Utrecht", "PV26", "Utrecht"),
    "GM0363": ("Amsterdam", "PV27", "Noord-Holland"),
    "GM0373": ("Bergen (NH.)", "PV27", "Noord-Holland"),
    "GM0392": ("Haarlem", "PV27", "Noord-Holland"),
    "GM0687": ("Middelburg", "PV29", "Zeeland"),
    "GM0718": ("Vlissingen", "PV29", "Zeeland"),
}
ROUNDINGS = ("up", "half-up", "half-even", "down", "consistent")


@dataclass(frozen=True)
class Drawn:
    """An instance of places, minors among them and a rest."""

    people: dict[str, int]  # per municipality
    score: dict[str, Fraction]
    places: int
    minors: int
    rounding: str

    def write(self, folder: Path, times: int = 1, lot: random.Random | None = None) -> Path:
        """As files, with so many times the people, and each table's rows in an order of lot."""
        codes = sorted(self.people)
        provinces = {PLACES[code][1]: PLACES[code][2] for code in codes}
        areas = [
            ("NL", "Nederland", "country", ""),
            *((code, name, "province", "NL") for code, name in provinces.items()),
            *((code, PLACES[code][0], "municipality", PLACES[code][1]) for code in codes),
        ]
        people = [(code, PLACES[code][0], str(self.people[code] * times)) for code in codes]
        scores = [(code, PLACES[code][0], plain_decimals(self.score[code], 2)) for code in codes]
        return write_example(
            folder,
            instance_yaml=INSTANCE.replace("number: 100,", f"number: {self.places},")
            .replace("number: 10,", f"number: {self.minors},")
            .replace("  also: [region]\n", "")
            .replace("year: 2022\n", "year: 2022\n    division: 2023-01-01\n"),
            rule_yaml=RULE.replace("rounding: half-up", f"rounding: {self.rounding}"),
            areas_csv=_table("code,name,level,parent", areas, lot),
            people_csv=_table("code,name,people", people, lot),
            scores_csv=_table("code,name,score", scores, lot),
        )


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """Two to eight municipalities; the minors are never more than the places."""
    codes = draw(st.sets(st.sampled_from(sorted(PLACES)), min_size=2))
    people = {code: draw(st.integers(1, 200_000)) for code in sorted(codes)}
    score = {code: Fraction(draw(st.integers(-90, 150)), 100) for code in sorted(codes)}
    places = draw(st.integers(0, 20_000))
    minors = draw(st.integers(0, places))
    return Drawn(people, score, places, minors, draw(st.sampled_from(ROUNDINGS)))


def _table(heading: str, rows: Iterable[tuple[str, ...]], lot: random.Random | None) -> str:
    lines = [",".join(row) for row in rows]
    if lot:
        lot.shuffle(lines)
    return "\n".join([heading, *lines, ""])
