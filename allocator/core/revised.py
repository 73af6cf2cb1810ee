"""Whole numbers for another total, around those of an earlier table that nobody may cross."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from allocator.core.nesting import Nesting
from allocator.core.refused import refused
from allocator.core.together import questions_of, refusals_worded, refuse_undecided, ties_of
from allocator.core.whole.problem import Limits, Sum
from allocator.core.whole.revise import revise
from allocator.core.whole.solve import Undecided
from allocator.model.distribution import Outside
from allocator.model.instance import Instance
from allocator.model.proof import Cell, Tie
from allocator.model.rule import Choice, Ties
from allocator.model.streams import Stream
from allocator.words.text import text


def revised_together(
    instance: Instance,
    shares: Mapping[Cell, Fraction],
    choice: Choice,
    nesting: Nesting,
    earlier: Mapping[Cell, int],
) -> tuple[dict[Cell, int], tuple[Tie, ...], tuple[Outside, ...]]:
    """The numbers of all parts, what tied, and the sums that could not stay in their place."""
    if not isinstance(choice.ties, Ties):
        raise refused(
            instance,
            text("A lot was drawn for one total, and a revision has another."),
            text("Revise under `ties: order`."),
        )
    numbers: dict[Cell, int] = {}
    ties: list[Tie] = []
    outside: list[Outside] = []
    undecided = []
    for whole, plain in questions_of(instance, shares, choice, nesting):
        question = replace(plain, limits=_limits(instance, whole))
        before = {cell: earlier[cell] for cell in question.cells}
        try:
            with refusals_worded(instance):
                found = revise(question, before, ties_of(choice, question))
        except Undecided as tied:
            undecided.append(tied)
            continue
        numbers.update(found.whole.numbers)
        ties.extend(Tie(tie.numbers, tie.by) for tie in found.whole.ties)
        for one in found.outside:
            code, part = one.sum
            if part is None and len(question.parts) == 1:
                continue  # told as that part
            share = Fraction(question.shares[one.sum], question.unit)
            outside.append(Outside(code, part or "", one.number, share))
    refuse_undecided(instance, undecided)
    return numbers, tuple(ties), tuple(outside)


def _limits(instance: Instance, whole: Stream) -> dict[Sum, Limits]:
    """The limits on a whole and its parts, the tightest of each sum."""
    found: dict[Sum, Limits] = {}
    for limit in instance.limits:
        stream = instance.streams.named(limit.stream)
        if limit.nothing_or is not None:
            raise refused(
                instance,
                text("{name} is nothing or at least so many.", name=f"'{limit.name}'"),
                text("A revision cannot keep such a limit: leave it out, or write a floor."),
            )
        if whole.name in (stream.name, stream.whole):
            key = limit.node, stream.name if stream.whole else None
            low, high = found.get(key, (None, None))
            lows = [n for n in (low, limit.at_least) if n is not None]
            highs = [n for n in (high, limit.at_most) if n is not None]
            found[key] = max(lows, default=None), min(highs, default=None)
    return found
