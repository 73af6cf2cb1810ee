"""Neither the order of the rows nor the names of the areas change what anybody gets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import allocator
from allocator.model.instance import Instance
from tests.example import FILES, write_example
from tests.strategies import instance_of, instances, together, with_level


@given(st.data(), instances())
def test_renaming_codes_permutes_the_result(data: st.DataObject, instance: Instance) -> None:
    leaves = [area.code for area in instance.division.leaves]
    renamed = dict(zip(leaves, data.draw(st.permutations(leaves)), strict=True))
    weights = instance.indicators["people"].values
    other = instance_of(
        {renamed[leaf]: weights[leaf] for leaf in leaves},
        {renamed[leaf]: instance.division.by_code[leaf].parent for leaf in leaves},
        {name: total.number for name, total in instance.totals.items()},
        instance.rule.choice.rounding,
    )
    before, after = allocator.distribute(instance), allocator.distribute(other)
    for leaf in leaves:
        for stream in instance.streams.names:
            assert before.number(leaf, stream) == after.number(renamed[leaf], stream)


@pytest.mark.parametrize("name", ["areas.csv", "people.csv", "scores.csv"])
def test_row_order_changes_nothing(tmp_path: Path, name: str) -> None:
    head, *rows = FILES[name].splitlines(keepends=True)
    turned = {name.replace(".", "_"): "".join([head, *reversed(rows)])}
    before = allocator.distribute(allocator.load(write_example(tmp_path / "before")))
    after = allocator.distribute(allocator.load(write_example(tmp_path / "after", **turned)))
    assert list(before.rows()) == list(after.rows())


@given(st.data(), together())
def test_together_too_unless_a_tie_was_decided_by_code(
    data: st.DataObject, instance: Instance
) -> None:
    before = allocator.distribute(instance)
    if any(proof.ties for proof in before.proofs):
        return
    leaves = [area.code for area in instance.division.leaves]
    renamed = dict(zip(leaves, data.draw(st.permutations(leaves)), strict=True))
    weights = instance.indicators["people"].values
    plain = instance_of(
        {renamed[leaf]: weights[leaf] for leaf in leaves},
        {renamed[leaf]: instance.division.by_code[leaf].parent for leaf in leaves},
        {"places": 0},
        instance.rule.choice.rounding,
    )
    rings = {
        renamed[leaf]: r.code
        for r in instance.division.at("ring")
        for leaf in instance.division.members[r.code]
    }
    other = replace(
        instance,
        division=with_level(plain.division, "ring", rings),
        indicators=plain.indicators,
    )
    after = allocator.distribute(other)
    for leaf in leaves:
        for stream in instance.streams.names:
            assert before.number(leaf, stream) == after.number(renamed[leaf], stream)
