"""The page on a plan's files names every column and key there is, and its examples can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from allocator.model.plan import Wishes
from allocator.reading.instances.read import load
from allocator.reading.plans import agreements, locations, pledges
from allocator.reading.shapes.plans import CountingShape, PlanRuleShape, PlanShape, WishesShape
from allocator.reading.shapes.shape import Shape
from tests.reading.plans.files import FILES, write_plan

PAGE = Path(__file__).parents[3] / "docs" / "plan-format.md"
SHAPES = (PlanShape, WishesShape, PlanRuleShape, CountingShape)


def test_every_column_is_named() -> None:
    page = PAGE.read_text("utf-8")
    for table in (locations, pledges, agreements):
        for column in (*table.REQUIRED, *table.OPTIONAL):
            assert re.search(rf"^\|[^|]*`{column}`", page, re.MULTILINE), column


@pytest.mark.parametrize("shape", SHAPES)
def test_every_key_is_named(shape: type[Shape]) -> None:
    page = PAGE.read_text("utf-8")
    for key in shape.model_fields:
        assert re.search(rf"(^|[ {{`]){key}(:|`)", page, re.MULTILINE), key


def test_the_examples_can_be_read(tmp_path: Path) -> None:
    plan, rule = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    plan = plan.replace("area: Zeeland", "area: West").replace("locations.xlsx", "locations.csv")
    plan = plan.replace("refused: [goes-4, hulst-3]", "refused: [a-2, b-2]")
    asked = load(write_plan(tmp_path, plan, rule, **FILES))
    assert asked.plan is not None
    assert asked.plan.wishes != Wishes()
    assert asked.plan.refused == ("a-2", "b-2")
    assert asked.rule.plan is not None
    act = load("nl/reception-2024").rule.plan
    assert asked.rule.plan == act
