"""Every shipped rule on every shipped instance: what can be run can be explained."""

from __future__ import annotations

import pytest

import allocator
from allocator.model.problem import InputError
from allocator.reading.instances.folders import instance_names
from allocator.reading.rules import rule_names, versions
from allocator.report.distribution.explain import Explainer

RULES = [f"{name}@{day}" for name in rule_names() for day in versions(name)]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "name", [n for n in instance_names() if "h2" not in n or n.endswith("2022-h2")]
)
def test_what_runs_can_be_explained(name: str, rule: str) -> None:
    try:
        distribution = allocator.distribute(allocator.load(name, rule))
    except InputError:
        return  # another rule may want other streams, indicators or levels
    division = distribution.instance.division
    sample = [areas[len(areas) // 2] for areas in (division.at(a.level) for a in division.areas)]
    explainer = Explainer(distribution, "nl")
    for area in dict.fromkeys(sample):
        for explanation in explainer.of(area):
            assert explanation.lines
