"""Every way in which the program writes files, each on the small example."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.cli.periods.half_years import BALANCES, DUTCH, OPENING, REALISED
from tests.example import INSTANCE, write_example

#: The folder that holds the example, beside what is written.
EXAMPLE = "example"

FIGURES = """\
published: {file: published.csv, source: {nl: krant, en: paper}}
uncertain: {score: {tolerance: 0.1, source: our own bounds}}
"""
PUBLISHED = "code,name,stream,number\nA,Aalst,places,15\n"

#: A hundred keys and one, in five parts, since a formula depends on the number that is divided.
SWEPT = ("--weights", "people=0..1", "--weights", "score + 1 + 0 * total=0..1", "--grid", "0.01")


class Kind(StrEnum):
    """What a way leaves."""

    FILES = "files"  # in the place of older ones
    FOLDER = "folder"  # that must be new
    PARTS = "parts"  # in a folder that grows, from which the work goes on


@dataclass(frozen=True)
class Way:
    """A command that writes, and what it wrote before."""

    name: str
    command: tuple[str, ...]
    kind: Kind = Kind.FILES
    before: tuple[str, ...] = ("--total", "places=90")  # what the older files were asked otherwise

    @property
    def place(self) -> str:
        """The file or folder that is asked for last."""
        return self.command[-1]

    @property
    def places(self) -> list[str]:
        """All files and folders that are asked for."""
        asked = zip(self.command, self.command[1:], strict=False)
        return [place for option, place in asked if option in ("--out", "--resume", "--folder")]

    @property
    def earlier(self) -> tuple[str, ...]:
        """The command whose files are overwritten."""
        return (*self.command, *self.before)


def _run(ending: str) -> Way:
    return Way(f"run {ending}", ("run", EXAMPLE, "--out", f"table.{ending}"))


WAYS = (
    *(_run(ending) for ending in ("csv", "json", "html", "xlsx", "txt")),
    Way("run folder", ("run", EXAMPLE, "--out", "case"), Kind.FOLDER),
    Way("map", ("map", "nl/minors-2024-3660", "--out", "map.svg"), before=("--total", "90")),
    Way(
        "compare",
        ("compare", EXAMPLE, "--key", "people", "--out", "compared.csv"),
        before=("--rounding", "down"),
    ),
    Way("audit", ("audit", EXAMPLE, "--out", "audit.html")),
    Way("status", ("status", EXAMPLE, "--out", "status.xlsx"), before=("--lang", "nl")),
    Way(
        "sweep with parts",
        ("sweep", EXAMPLE, *SWEPT, "--out", "swept.json", "--resume", "parts"),
        Kind.PARTS,
    ),
    Way(
        "revise folder",
        ("revise", EXAMPLE, "--total", "places=120", "--folder", "revised"),
        Kind.FOLDER,
    ),
    Way("reconcile folder", ("reconcile", EXAMPLE, "--folder", "fitted"), Kind.FOLDER),
    Way(
        "roll",
        ("roll", DUTCH, "--period", "2022-H1", "--total", "10000", "--out", "next"),
        Kind.FOLDER,
    ),
)


def prepare(folder: Path) -> None:
    """What every way starts from."""
    write_example(
        folder / EXAMPLE,
        instance_yaml=INSTANCE + FIGURES + BALANCES,
        published_csv=PUBLISHED,
        opening_csv=OPENING,
        realised_csv=REALISED,
    )
