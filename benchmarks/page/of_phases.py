"""The sections on our own phases, and on how they grow with the size of a model."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from benchmarks.measuring.process import asked
from benchmarks.measuring.times import Times, said
from benchmarks.models.registry import LIMITED_STREAMS, LIMITS, MODELS, STREAMS
from benchmarks.models.sizes import SIZES
from benchmarks.page.section import Section, table
from benchmarks.phases.growth import exponent
from benchmarks.phases.names import PHASES

SAYS = """\
Each model is a folder with a rule, areas and figures, and goes through the readers, `distribute`,
the check of the certificate and the csv, in a process of its own. Quotas are with all sums upward.
The 342 are those of nl/reception-2024 in 12 provinces, the 10,796 those of Germany in 401
districts in 16 Länder, all by one key; the others are drawn, in 100 departments in 13 regions, with
a key for each stream. A limit is on the whole of a municipality, and so couples its streams. Memory
is the most that the process had."""
GROWS = """\
The exponent of a power law through the four sizes: 1 where ten times the areas take ten times as
long. Fixed costs make it look smaller. Memory is what the process had above Python with its
packages."""


@dataclass(frozen=True)
class Phased:
    """What one model took."""

    model: str
    phases: dict[str, float]
    """The median of each."""
    whole: Times
    megabytes: int
    own_megabytes: int
    """Above what the process had before."""


def phased(name: str, repeats: int) -> Phased:
    told = asked("benchmarks.phases.worker", [name, str(repeats)])
    runs = told["runs"]
    return Phased(
        name,
        {phase: median(run[phase] for run in runs) for phase in PHASES if phase in runs[0]},
        Times(tuple(sum(run.values()) for run in runs)),
        told["megabytes"],
        told["megabytes"] - told["before"],
    )


def phases(repeats: int, smoke: bool) -> list[Section]:
    names = ("342 × 2", "342 × 2 under 100 limits") if smoke else MODELS
    found = {name: phased(name, repeats) for name in names}
    heading = ("areas × streams", *PHASES, "all", "fastest - slowest", "runs", "memory")
    lines = [_line(each) for each in found.values()]
    sections = [Section("Ours, phase by phase", SAYS, table(heading, lines, (0,)))]
    if not smoke:
        grown = ("streams", *PHASES, "all", "memory")
        suffixes = [f" × {n}" for n in STREAMS] + [
            f" × {n} under {LIMITS} limits" for n in LIMITED_STREAMS
        ]
        lines = [_grown(suffix, found) for suffix in suffixes]
        sections.append(Section("How it grows", GROWS, table(grown, lines, (0,))))
    return sections


def _line(one: Phased) -> tuple[str, ...]:
    times = [said(one.phases[phase]) if phase in one.phases else "" for phase in PHASES]
    runs = str(len(one.whole.seconds))
    whole = (said(one.whole.median), one.whole.spread, runs, f"{one.megabytes} MB")
    return (one.model, *times, *whole)


def _grown(suffix: str, found: dict[str, Phased]) -> tuple[str, ...]:
    sizes = [float(size.replace(",", "")) for size in SIZES]
    rows = [found[size + suffix] for size in SIZES]
    cells = [suffix.removeprefix(" × ")]
    for phase in PHASES:
        there = all(phase in row.phases for row in rows)
        costs = [row.phases[phase] for row in rows] if there else []
        cells.append(f"{exponent(sizes, costs):.2f}" if there else "")
    cells.append(f"{exponent(sizes, [row.whole.median for row in rows]):.2f}")
    memory = [max(1.0, row.own_megabytes) for row in rows]
    return (*cells, f"{exponent(sizes, memory):.2f}")
