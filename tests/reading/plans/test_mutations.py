"""Whatever bytes a table of a plan holds, its reader reads it or tells what is wrong."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.problem import InputError
from allocator.plan.question.posing import posed
from allocator.reading.instances.read import load
from allocator.reading.plans.read import with_plan
from tests.reading.plans.files import FILES, write_plan

PIECES = (
    *(b"", b",", b"\n", b"\r\n", b'"', b";", b"+", b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\xe9"),
    *(b"0", b"-", b"9" * 40, b"1.5", b"7", b"9999-12-31", b"0001-01-01", b"2024-02-30", b"nan"),
    *("−½٣".encode(), b"places", b"minors", b"special", b"yes", b"no", b"A", b"B", b"C", b"P1"),
    *(b"Boom", b"existing", b"candidate", b"a-1", b"smallest"),
)


@cache
def example() -> Distribution:
    with TemporaryDirectory() as folder:
        return distribute(load(write_plan(Path(folder))))


@st.composite
def mutated(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file in which a few passages are replaced by something else."""
    content = good
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 6)))
        content = content[:start] + draw(st.sampled_from(PIECES)) + content[end:]
    return content


@pytest.mark.parametrize("key", FILES)
@settings(max_examples=300)
@given(data=st.data())
def test_a_bent_file_is_read_or_refused(key: str, data: st.DataObject) -> None:
    content = data.draw(mutated(FILES[key].encode()))
    distribution = example()
    rule = distribution.instance.rule.plan
    assert rule is not None
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{key}.csv"
        path.write_bytes(content)
        with suppress(InputError):
            plan = with_plan(distribution.instance, **{key: path}).plan  # type: ignore[arg-type]
            assert plan is not None
            assert all(0 < each.smallest <= each.largest for each in plan.locations)
            assert all(each.opens or each.existing for each in plan.locations)
            found = posed(distribution, plan, rule)
            assert all(0 <= task.minors <= task.whole for task in found.tasks.values())
