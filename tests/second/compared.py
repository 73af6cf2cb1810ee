"""The comparisons: one number gives one question, and both implementations answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from random import Random
from typing import Any

from allocator.core.distribute import distribute
from allocator.model.mergers import portions
from allocator.periods.account import account
from allocator.periods.carrying import carried
from allocator.periods.rolling import rolled
from tests.second import draw, in_nouns
from tests.second.plain import bottom_up, half_year, together
from tests.second.plain.half_year import Opening
from tests.second.plain.question import Answer, Question, Refused

SEED = 20261121

Answers = tuple[str, dict[Any, Any], dict[Any, Any]]
"""What kind of question it was, the program's answer and the plain one, line by line."""


class Differs(AssertionError):
    """The two implementations do not agree."""


def compare(kind: str, number: int) -> str:
    """Ask both the question of this number; what sort of question it was."""
    sort, ours, plain = KINDS[kind](Random(f"{SEED} {kind} {number}"))
    if ours != plain:
        lines = [
            f"  {line}: program {ours.get(line)}, plain {plain.get(line)}"
            for line in dict.fromkeys((*ours, *plain))
            if ours.get(line) != plain.get(line)
        ]
        raise Differs("\n".join([f"{kind} {number}:", *lines]))
    return sort


def _bottom_up(source: Random) -> Answers:
    return _both(draw.by_itself(source), bottom_up.answer)


def _consistent(source: Random) -> Answers:
    return _both(draw.together(source), together.answer)


def _leximax(source: Random) -> Answers:
    return _both(draw.limited(source), together.answer)


def _top_down(source: Random) -> Answers:
    question = draw.downward(source)
    by_one = question.rounding in draw.BY_ITSELF
    return _both(question, bottom_up.answer if by_one else together.answer)


def _both(question: Question, plain: Callable[[Question], Answer]) -> Answers:
    sort, expected = _told(question, plain)
    return sort, _told(question, in_nouns.answer)[1], expected


def _told(question: Question, way: Callable[[Question], Answer]) -> tuple[str, dict[Any, Any]]:
    """What sort of answer it is, and the answer line by line."""
    try:
        answer = way(question)
    except Refused:
        return "refused", {"refused": True}
    whole = "answered" if answer.shares is None else "in full"
    told = {each.name: getattr(answer, each.name) for each in fields(answer)}
    return "with a shortfall" if answer.missing else whole, _flat(told)


def _flat(answer: dict[str, Any]) -> dict[Any, Any]:
    return {
        (name, place): value
        for name, table in answer.items()
        for place, value in (table.items() if isinstance(table, dict) else [("", table)])
    }


def _merge(source: Random) -> Answers:
    codes = [f"M{number}" for number in range(source.randint(1, 6))]
    moves = draw.moves(source, codes)
    numbers = {code: source.randint(-60, 60) for code in codes}
    changes = [in_nouns.change(move) for move in moves]
    source.shuffle(changes)
    ours: dict[Any, Any] = dict(carried(numbers, changes))
    ours |= {
        (new, old): part
        for new, olds in portions(codes, changes).items()
        for old, part in olds.items()
    }
    plain: dict[Any, Any] = dict(half_year.carried(numbers, moves))
    for old in codes:
        plain |= {(new, old): part for new, part in half_year.whereabouts(old, moves).items()}
    return "changed" if moves else "unchanged", ours, plain


def _roll(source: Random) -> Answers:
    question = draw.one_stream(source)
    leaves = question.leaves
    openings = {leaf: draw.opening(source) for leaf in leaves}
    changed = [
        (source.choice(leaves), source.randint(-40, 40)) for _ in range(source.randint(0, 4))
    ]
    realised = [
        (leaf, source.randint(0, 90), source.random() < 0.8)
        for leaf in leaves
        for _ in range(source.randint(1, 2))
    ]
    moves = draw.moves(source, leaves)
    numbers = bottom_up.answer(question).numbers
    asked = {leaf: numbers[leaf, "places"] for leaf in leaves}
    plain = half_year.rolled(asked, changed, openings, realised, moves)
    instance = in_nouns.instance(question)
    instance = replace(
        instance,
        rule=replace(instance.rule, realised=in_nouns.REALISED),
        balances=in_nouns.balances(openings, changed, realised),
    )
    found = rolled(account(distribute(instance)), [in_nouns.change(move) for move in moves])
    ours = {
        code: Opening(*(getattr(opening, each.name) for each in fields(Opening)))
        for (code, _), opening in found.items()
    }
    return "through changes" if moves else "as they were", ours, dict(plain)


KINDS: dict[str, Callable[[Random], Answers]] = {
    "bottom-up": _bottom_up,
    "top-down": _top_down,
    "consistent": _consistent,
    "leximax": _leximax,
    "roll": _roll,
    "merge": _merge,
}
