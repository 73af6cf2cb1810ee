"""A share of the comparison with the plain implementation; docs/evidence.md tells of the whole."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from allocator.model.proof import FairShares as Shares
from tests.second.__main__ import main, stretch
from tests.second.compared import compare

PLAIN = Path(__file__).parent / "plain"

#: So many of each kind, and sorts of question that must be among them.
SHARE: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "bottom-up": (1_500, ("answered", "refused")),
    "top-down": (500, ("answered", "refused")),
    "consistent": (1_000, ("answered", "refused")),
    "leximax": (250, ("in full", "with a shortfall", "refused")),
    "roll": (1_000, ("through changes", "as they were")),
    "merge": (1_500, ("changed", "unchanged")),
}


@pytest.mark.parametrize("kind", SHARE)
def test_both_implementations_agree(kind: str) -> None:
    count, sorts = SHARE[kind]
    seen = Counter(compare(kind, number) for number in range(count))
    for sort in sorts:
        assert seen[sort] >= count // 50, f"{kind} no longer asks for what is {sort}"


def test_the_plain_implementation_takes_nothing_from_the_program() -> None:
    """Of what is imported only the standard library and its own modules."""
    for path in PLAIN.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert not name.startswith("allocator"), path.name
                assert not name.startswith("tests") or name.startswith("tests.second.plain")


def _in_reverse(right: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given: tuple(reversed(right(*given)))


#: Per kind a function of the program and a slip in it.
SLIPS: Mapping[str, tuple[str, Callable[[Callable[..., Any]], Callable[..., Any]]]] = {
    "bottom-up": ("allocator.core.quotas.added", lambda right: lambda of: right(of) + 1),
    "top-down": (
        "allocator.core.quotas.steps_of",
        lambda right: lambda *given: right(*given)[-1:],
    ),
    "consistent": ("allocator.core.together.tie_order", _in_reverse),
    "leximax": (
        "allocator.core.fair.fair_shares",
        lambda _: lambda problem: Shares(problem.quotas, (), ()),
    ),
    "roll": ("allocator.periods.rolling.row_of_missed", _in_reverse),
    "merge": (
        "allocator.periods.carrying.divided",
        lambda right: lambda n, parts: right(n, dict.fromkeys(parts, Fraction(1, len(parts)))),
    ),
}


@pytest.mark.parametrize("kind", SHARE)
def test_a_slip_in_the_program_is_told_with_both_answers(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, slip = SLIPS[kind]
    monkeypatch.setattr(place, slip(pkgutil.resolve_name(place)))
    _, differing, _ = stretch(kind, 0, 40)
    assert len(differing) > 1
    assert re.match(rf"{kind} \d+:\n  .+: program .+, plain .+", differing[0])


def test_the_command_counts_what_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--from", "3", "--count", "5", "--kind", "merge"]) == 0
    first, told, last = capsys.readouterr().out.splitlines()
    assert first == "seed 20261121, numbers 3 to 7"
    assert told.startswith("merge: 5 agree (")
    assert last == "0 differ"
