"""Whatever bytes a file of balances holds, its reader reads it or tells what is wrong."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.model.instance import Instance
from allocator.model.problem import InputError
from allocator.reading.balances.read import with_balances
from allocator.reading.instances.read import load
from tests.example import INSTANCE, write_example

GOOD = {
    "opening": """\
code,stream,computed,published,excusable,reason,missed,excused
A,places,5,6,2,fire,3,1
B,places,-3,,,,,
C,places,0,,,,,
D,places,,2,,,,
""",
    "realised": """\
code,name,stream,month,number
A,Aalst,minors,1,4
B,Boom,minors,2023-01,0
C,Cuijk,minors,1,2
D,,minors,1,3
""",
    "ledger": """\
entry,code,stream,change,swap,rate
1,A,places,-3,s,
1,B,places,3,s,
2,A,minors,6,s,2
2,B,minors,-6,s,2
""",
}
PIECES = (
    *(b"", b",", b"\n", b"\r\n", b'"', b";", b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\xe9"),
    *(b"0", b"-", b"9" * 40, b"1.5", b"1/0", b"1/3", b"7", b"2023-13", b"0000-01", b"nan"),
    *(
        "−½٣".encode(),
        b"places",
        b"minors",
        b"regular",
        b"NL",
        b"P1",
        b"GM0788",
        b"Boom",
        b"stream",
    ),
)


@cache
def example() -> Instance:
    with TemporaryDirectory() as folder:
        return load(write_example(Path(folder), instance_yaml=INSTANCE))


@st.composite
def mutated(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file in which a few passages are replaced by something else."""
    content = good
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 6)))
        content = content[:start] + draw(st.sampled_from(PIECES)) + content[end:]
    return content


@pytest.mark.parametrize("key", GOOD)
@settings(max_examples=300)
@given(data=st.data())
def test_a_bent_file_is_read_or_refused(key: str, data: st.DataObject) -> None:
    content = data.draw(mutated(GOOD[key].encode()))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{key}.csv"
        path.write_bytes(content)
        with suppress(InputError):
            found = with_balances(example(), **{key: path}).balances
            assert all(sum(entry.changes.values()) == 0 for entry in found.ledger)
            assert all(row.number >= 0 and 1 <= row.by <= 6 for row in found.realised)


@pytest.mark.parametrize("key", GOOD)
def test_what_is_bent_is_good(tmp_path: Path, key: str) -> None:
    path = tmp_path / f"{key}.csv"
    path.write_text(GOOD[key], "utf-8")
    with_balances(example(), **{key: path})
