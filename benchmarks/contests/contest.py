"""What a contest is: questions, the solvers that answer them, and when two answers are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Q = TypeVar("Q")
Run = Callable[[], Any]
"""Answers once; whatever is not timed was done before."""
OURS = "ours"


@dataclass(frozen=True)
class Answer:
    """What is compared of an answer."""

    digest: str
    """Of all numbers."""
    cost: float = 0.0
    """Where several tables are equally good, what they cost."""


@dataclass(frozen=True)
class Solver(Generic[Q]):
    """A way to answer."""

    prepare: Callable[[Q], Run]
    gives: str
    """In a few words what it gives, or does not."""


@dataclass(frozen=True)
class Contest(Generic[Q]):
    """A kind of question, from small to large, and everybody who answers it."""

    title: str
    says: str
    """What a reader must know to read the table."""
    questions: Mapping[str, Callable[[], Q]]
    solvers: Mapping[str, Solver[Q]]
    """The first is ours."""
    judged: Callable[[Q, Any], Answer]
    """Raises where an answer breaks the question's own terms."""
    why: str = ""
    """Why a peer can be faster."""


class Differs(Exception):
    """Two solvers gave answers that are not equally good: the run ends."""


TOLERANCE = 1e-6
"""How far the cost of a solver in floats may be off."""


def compared(ours: Answer, theirs: Answer) -> str:
    """In words how alike two answers are."""
    if ours.digest == theirs.digest:
        return "same numbers"
    if ours.cost == theirs.cost != 0:
        return "another table of the same cost"
    if abs(ours.cost - theirs.cost) <= TOLERANCE and ours.cost:
        return "another table, its cost equal to within 0.000001"
    raise Differs(f"the numbers differ; ours costs {ours.cost}, theirs {theirs.cost}")


def digest(numbers: Iterable[object]) -> str:
    """A short name of all numbers in their order."""
    return hashlib.sha256("\n".join(map(str, numbers)).encode()).hexdigest()[:16]
