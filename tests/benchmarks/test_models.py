"""Models are read like instances of users, and the first size is the reception of 2024."""

from __future__ import annotations

import allocator
from benchmarks.models.registry import MODELS, model
from benchmarks.models.sizes import drawn


def test_the_smallest_model_has_the_figures_of_the_reception_of_2024() -> None:
    ours = model("342 × 2").read()
    published = allocator.load("nl/reception-2024")
    assert ours.division.members["PV30"] == published.division.members["PV30"]
    for name in ("population", "ses_woa"):
        assert ours.indicators[name].values == published.indicators[name].values
    assert ours.streams.names == ("places", "minors", "regular")
    assert ours.totals["places"].number == published.totals["places"].number


def test_a_model_under_limits_is_divided_within_them() -> None:
    instance = model("342 × 2 under 100 limits").read()
    found = allocator.distribute(instance)
    assert len(instance.limits) == 100
    for limit in instance.limits:
        number = found.number(limit.areas[0], "places")
        assert (limit.at_least or 0) <= number <= (limit.at_most or number)
    quotas = allocator.distribute(model("342 × 2").read())
    assert any(
        quotas.number(limit.areas[0], "places") != found.number(limit.areas[0], "places")
        for limit in instance.limits
    )


def test_a_drawn_model_is_the_same_each_time() -> None:
    first, again = drawn(500, 4), drawn(500, 4)
    assert first == again
    assert first.parts == 4
    assert len(set(first.figures["population"].values())) == len(first.leaves) == 500


def test_every_model_is_named_after_its_size_and_streams() -> None:
    for name in ("342 × 1", "342 × 4", "342 × 2 under 100 limits"):
        assert MODELS[name]().name == name
