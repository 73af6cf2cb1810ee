"""A share of the fuzzing in the ordinary tests; docs/fuzzing.md tells of the whole."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.every import every
from tests.fuzz.reader import drawn
from tests.fuzz.readers import READERS as FILES
from tests.fuzz.watch import Failure, Outcome, watched

SEED = 1

#: So many inputs of each reader, and fewer of those that take longer.
SHARE = 120

#: Readers whose inputs a change makes smaller when one fails.
SHRUNK = ("yaml", "csv", "key", "rule", "shared-table", "balances", "plan", "borders", "receipt")

#: The forms of the workbench have tests of their own.
READERS = [reader.name for reader in FILES]


@pytest.mark.parametrize("name", READERS)
def test_hostile_input_is_read_or_refused_in_words(name: str) -> None:
    reader = every()[name]
    seen = []
    for number in range(max(2, SHARE // reader.one_in)):
        files = drawn(reader, SEED, number)
        try:
            seen.append(watched(lambda: reader.read(files)).outcome)  # noqa: B023
        except Failure as failure:
            pytest.fail(f"{name}, input {number} of seed {SEED}: {failure}")
    assert Outcome.REFUSED in seen, "what is drawn is no longer hostile"
    if len(seen) > 50:
        assert Outcome.ACCEPTED in seen, "nothing that is drawn comes through any more"


@pytest.mark.parametrize("name", SHRUNK)
@settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(source=st.randoms(use_true_random=False))
def test_what_hypothesis_chooses_is_read_or_refused_in_words(name: str, source: Random) -> None:
    reader = every()[name]
    files = reader.draw(source)
    watched(lambda: reader.read(files))


def test_an_input_is_the_same_however_many_are_drawn() -> None:
    for name in ("yaml", "csv", "xlsx", "instance", "published"):
        reader = every()[name]
        assert drawn(reader, SEED, 5) == drawn(reader, SEED, 5)
        assert drawn(reader, SEED, 5) != drawn(reader, SEED, 6)
