"""The command line from a cold start, as somebody at a prompt waits for it."""

from __future__ import annotations

from pathlib import Path

from allocator.reading.library import instances_folder
from benchmarks.measuring.turns import Task

_MAIN = ["-c", "from allocator.cli.main import main; main()"]
_POPULATION = instances_folder() / "nl" / "tables" / "population" / "2022.csv"

#: What an analyst would write in ten minutes: floats, no provinces, no checks, no explanation.
_PANDAS = f"""
import math, pandas
people = pandas.read_csv({str(_POPULATION)!r})
share = 21200 * people.population / people.population.sum()
people["number"] = [math.ceil(quota) for quota in share]
print(people.to_csv(index=False))
"""

_SHEETS = Path(__file__).parents[1] / "build" / "cold" / "allocator.xlsx"
_SHEETS.parent.mkdir(parents=True, exist_ok=True)
_TO_EXCEL = f"people.to_excel({str(_SHEETS.with_stem('pandas'))!r}, engine='xlsxwriter')"

#: Five keys over 342 municipalities side by side, in floats, without the rounding of each level.
_COMPARE = f"""
import pandas
from pathlib import Path
tables = Path({str(_POPULATION.parents[1])!r})
read = lambda name: pandas.read_csv(tables / name).set_index("code")
people = read("population/2023.csv").population
score = read("ses-woa-approx/2022.csv").ses_woa
land = read("land/2023.csv").land_ha
keys = {{"rule": (score + 1) * people, "people": people, "land": land, "one": people * 0 + 1}}
keys["half"] = keys["rule"] / keys["rule"].sum() + people / people.sum()
table = pandas.DataFrame({{name: (96000 * key / key.sum()).round() for name, key in keys.items()}})
print(table.to_csv(), table.sub(table["rule"], axis=0).to_csv())
"""
_SWEPT = ("population=0..1", "land_ha=0..1", "(ses_woa + 1) * population=0..1")
_FIVE = (
    "population",
    "land_ha",
    "1",
    "0.5 * share((ses_woa + 1) * population) + 0.5 * share(population)",
)

#: The same province and sites for the peer: 56 municipalities with 150, 13 with 40.
_PLAN = """
import sys
from allocator.plan.solving.solve import solve
from tests.plan.random_plans import province_plan
province, sites, seed = sys.argv[1:]
print(solve(province_plan(province, int(sites), int(seed))).values)
"""


def _plan(municipalities: int, province: str, sites: str) -> Task:
    return Task(
        f"the plan of {municipalities} municipalities and {sites} candidates",
        ["-c", _PLAN, province, sites, "0"],
        "one PuLP program with HiGHS, aim by aim, in floats",
        ["-m", "benchmarks.plain.plan", province, sites, "0"],
        at_most=5,
        quick=municipalities < 20,
    )


COLD = (
    Task("allocator --help", [*_MAIN, "--help"], "python -c pass", ["-c", "pass"]),
    Task(
        "allocator run nl/housing-2023-h1",
        [*_MAIN, "run", "nl/housing-2023-h1"],
        "six lines of pandas",
        ["-c", _PANDAS],
    ),
    Task(
        "allocator run nl/reception-2024 --format json",
        [*_MAIN, "run", "nl/reception-2024", "--format", "json"],
        "six lines of pandas",
        ["-c", _PANDAS],
    ),
    Task(
        "allocator run nl/reception-2024 --format html",
        [*_MAIN, "run", "nl/reception-2024", "--format", "html"],
        "six lines of pandas, its table as html without a word",
        ["-c", _PANDAS.replace("to_csv(index=False)", "to_html(index=False)")],
    ),
    Task(
        "allocator run nl/reception-2024, as xlsx",
        [*_MAIN, "run", "nl/reception-2024", "--out", str(_SHEETS)],
        "six lines of pandas, its table as one sheet",
        ["-c", _PANDAS.replace("print(people.to_csv(index=False))", _TO_EXCEL)],
    ),
    Task(
        "allocator reconcile nl/reception-2024",
        [*_MAIN, "reconcile", "nl/reception-2024"],
        "one PuLP program at the given scale, in floats",
        ["-m", "benchmarks.plain.reconcile"],
        at_most=3,
        quick=False,
    ),
    Task(
        "allocator compare nl/reception-2024, five keys",
        [*_MAIN, "compare", "nl/reception-2024", *(a for key in _FIVE for a in ("--key", key))],
        "ten lines of pandas",
        ["-c", _COMPARE],
    ),
    Task(
        "allocator sweep nl/reception-2024, 10,000 keys",
        [
            *(*_MAIN, "sweep", "nl/reception-2024", "--sample", "10000", "--format", "csv"),
            *(word for weight in _SWEPT for word in ("--weights", weight)),
        ],
        "the same in numpy and pandas, in floats",
        ["-m", "benchmarks.plain.sweep"],
    ),
    _plan(13, "PV29", "40"),
    _plan(56, "PV30", "150"),
)
