"""A plan on the small example, to be bent in tests: West, of two municipalities.

The key gives Aalst and Boom 1,500 places each, 150 of them for minors; Cuijk 3,000, Delden 4,400.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.model.instance import Instance
from allocator.model.plan import PlanAsked
from allocator.model.problem import InputError
from allocator.reading.instances.read import load
from tests.example import INSTANCE, RULE, write_example

PLAN_RULE = """\
plan:
  whole: places
  minors: minors
  counting:
    least: {regular: 100, minors: 16, special: 16}
    least_article: art. 3
    years: 5
    months: 12
    term_article: art. 2
  deduction_article: art. 2
  beyond: [100, 50]
  grant_above: 75
  grant_article: art. 9
"""

PLAN = """\
plan:
  area: P1
  locations: {file: locations.csv, quality: invented, source: an example}
  pledges: {file: pledges.csv}
  agreements: {file: agreements.csv}
  wishes: {smallest: 20, largest: 400, small: 150, small_part: 30}
  refused: [b-2]
"""

LOCATIONS = """\
name,title,code,kind,status,size,smallest,largest,opens,ends,durable,cost,source
a-1,Oude kazerne,A,regular,existing,200,,,,,yes,,board
a-2,,A,minors,candidate,,16,40,2023-03-01,2030-12-31,,250000,board
b-1,,Boom,regular,candidate,,100,300,2023-04-01,,yes,,board
b-2,,B,special,candidate,30,,,2023-04-01,,yes,,board
ab,Aan de grens,A+B,regular,candidate,,100,200,2023-04-01,,yes,,board
"""

PLEDGES = """\
name,code,stream,at_least,at_most,source
pledge of Aalst,A,places,300,,letter
cap of Boom,B,places,,1600,letter
minors in Boom,Boom,minors,16,40,letter
"""

AGREEMENTS = """\
name,carrier,of,stream,number,source
Aalst for Boom,A,B,places,100,minutes
"""

FILES = {"locations": LOCATIONS, "pledges": PLEDGES, "agreements": AGREEMENTS}


def write_plan(
    folder: Path,
    plan: str = PLAN,
    plan_rule: str = PLAN_RULE,
    **tables: str,
) -> Path:
    """The example with its plan; `pledges="..."` replaces a table."""
    totals = INSTANCE.replace("number: 100,", "number: 10400,").replace(
        "number: 10,", "number: 1040,"
    )
    write_example(folder, instance_yaml=totals + plan, rule_yaml=RULE + plan_rule)
    for name, content in {**FILES, **tables}.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return folder


def read(folder: Path, plan: str = PLAN, **tables: str) -> PlanAsked:
    """The plan as it is read."""
    asked = instance(folder, plan, **tables).plan
    assert asked is not None
    return asked


def instance(folder: Path, plan: str = PLAN, **tables: str) -> Instance:
    return load(write_plan(folder, plan, **tables))


def told(folder: Path, plan: str = PLAN, **tables: str) -> list[tuple[str, str, str]]:
    """Of every problem the file with the line, what was found and what to do."""
    with pytest.raises(InputError) as caught:
        load(write_plan(folder, plan, **tables))
    return [
        (str(problem.place).removeprefix(f"{folder}/"), str(problem.found), str(problem.mend))
        for problem in caught.value.problems
    ]


def bent(name: str, old: str, new: str) -> dict[str, str]:
    """One of the plan's tables with a passage replaced."""
    content = FILES[name]
    assert old in content, f"{old!r} is not in {name}"
    return {name: content.replace(old, new, 1)}


def with_line(name: str, line: str) -> dict[str, str]:
    """One of the plan's tables with a line more."""
    return {name: FILES[name] + line + "\n"}
