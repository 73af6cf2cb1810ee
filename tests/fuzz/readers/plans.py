"""The tables of a plan: locations, pledges and agreements."""

from __future__ import annotations

from functools import cache
from random import Random

from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.plan.question.posing import posed
from allocator.reading.instances.read import load
from allocator.reading.plans.read import with_plan
from tests.fuzz.draw import seeds
from tests.fuzz.draw.tables import bent_table
from tests.fuzz.draw.workbooks import drawn_workbook
from tests.fuzz.reader import Files, Reader
from tests.fuzz.readers.instances import with_a_plan
from tests.fuzz.scratch import placed
from tests.reading.plans.files import FILES


@cache
def example() -> Distribution:
    """The small instance with a plan, divided."""
    return distribute(load(placed(with_a_plan(), "plan-example")))


def _plan(source: Random) -> Files:
    key = source.choice(tuple(FILES))
    rows = seeds.written_rows(FILES[key])
    if source.randrange(12) == 0:
        return {f"{key}.xlsx": drawn_workbook(source, rows)}
    return {f"{key}.csv": bent_table(source, rows, source.choice((",", ",", ",", ";")))}


def _read(files: Files) -> object:
    """Read, and posed as a question in whole numbers where it is good."""
    path = placed(files) / next(iter(files))
    distribution = example()
    rule = distribution.instance.rule.plan
    plan = with_plan(distribution.instance, **{path.stem: path}).plan  # type: ignore[arg-type]
    assert plan is not None
    assert rule is not None
    return posed(distribution, plan, rule)


READERS = (Reader("plan", _plan, _read),)
