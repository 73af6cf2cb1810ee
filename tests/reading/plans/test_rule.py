"""What a rule lays down for plans, and what can be wrong with it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from allocator.model.plan import PlaceKind
from allocator.model.problem import InputError
from allocator.reading.instances.read import load
from tests.reading.plans.files import PLAN_RULE, write_plan


def test_the_distribution_act() -> None:
    plan = load("nl/reception-2024").rule.plan
    assert plan is not None
    assert (plan.whole, plan.minors) == ("places", "minors")
    assert plan.counting.least == {
        PlaceKind.REGULAR: 100,
        PlaceKind.MINORS: 16,
        PlaceKind.SPECIAL: 16,
    }
    assert plan.counting.least_article.en == "decree, art. 3.1"
    assert (plan.counting.years, plan.counting.months) == (5, 12)
    assert plan.counting.term_article == plan.deduction_article
    assert plan.deduction_article.nl == "wet, art. 2, derde lid"
    assert plan.beyond == (Fraction(1), Fraction(1, 2), Fraction(1, 4), Fraction(1, 10))
    assert (plan.grant_above, plan.grant_article.en) == (Fraction(3, 4), "act, art. 9(3)")


def test_a_rule_without_plans() -> None:
    assert load("nl/housing-2023-h1").rule.plan is None


BAD = {
    "a kind is missing": (
        "regular: 100, minors: 16, special: 16",
        "regular: 100, minors: 16",
        "It is not said from how many 'special' places on they count.",
    ),
    "a kind that there is not": (
        "special: 16",
        "specials: 16",
        "'specials' cannot be 'specials'.",
    ),
    "from small to large": ("[100, 50]", "[50, 100]", "The deviations do not go from large to"),
    "one deviation twice": ("[100, 50]", "[50, 50]", "The deviations do not go from large to"),
    "a deviation of nothing": ("[100, 50]", "[50, 0]", "The deviations do not go from large to"),
    "no deviations": ("[100, 50]", "[]", "'beyond' has too few entries."),
    "minors that are no part": (
        "minors: minors\n",
        "minors: regular\n",
        "'regular' is no part of 'places' in this rule.",
    ),
    "a whole that there is not": (
        "whole: places",
        "whole: place",
        "'minors' is no part of 'place' in this rule.",
    ),
    "no article": ("  grant_article: art. 9\n", "", "The key 'grant_article' is missing."),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_rule_is_told(tmp_path: Path, case: str) -> None:
    old, new, found = BAD[case]
    assert old in PLAN_RULE
    folder = write_plan(tmp_path, plan_rule=PLAN_RULE.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        load(folder)
    assert [str(problem.place).partition(":")[0] for problem in caught.value.problems] == [
        f"{folder}/rule.yaml"
    ] * len(caught.value.problems)
    assert str(caught.value.problems[0].found).startswith(found)
