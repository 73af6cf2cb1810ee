"""Whole numbers for all areas together, so that every level and every stream adds up.

Each whole with its parts is one question to `allocator.core.whole`, around the quotas or, under
limits, around the fair shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from allocator.core.cells import parts_of, wholes
from allocator.core.nesting import Crossing, Nesting, nested
from allocator.core.textbook.divisor import apportion
from allocator.core.textbook.largest_remainder import largest_remainder
from allocator.core.whole import problem as whole_problem
from allocator.core.whole.certificate import cut_offs
from allocator.core.whole.cost import Cost, Ratio
from allocator.core.whole.solve import Lot as DrawnLot
from allocator.core.whole.solve import Undecided, Whole, solve
from allocator.model.areas import Area
from allocator.model.instance import Instance
from allocator.model.problem import InputError, NoAnswer, Place, Problem
from allocator.model.proof import Cell, CutOff, Price, Proof, Tie
from allocator.model.rule import Choice, Lot, Method
from allocator.model.rule import Crossing as CrossingRule
from allocator.model.streams import Stream
from allocator.words.text import Text, series, text


def tie_order(instance: Instance) -> tuple[Area, ...]:
    """The leaves as the rule orders them: by indicator, the larger first, or by code."""

    leaves = list(instance.division.leaves)
    for name in reversed(instance.rule.ties):
        if name == "code":
            leaves.sort(key=lambda area: area.code)
        else:
            values = instance.indicators[name].values
            common = lcm(*(values[area.code].denominator for area in leaves))
            whole = {area.code: int(values[area.code] * common) for area in leaves}
            leaves.sort(key=lambda area, of=whole: -of[area.code])  # type: ignore[misc]
    return tuple(leaves)


def tree_of(instance: Instance) -> Nesting:
    """The tree in which the numbers add up; what crosses it is refused or only reported."""
    try:
        nesting = nested(instance, instance.limits)
    except Crossing as crossing:
        raise _refused(
            instance,
            text(
                "The pool of {name} crosses {others}.",
                name=crossing.code.removeprefix("pool:"),
                others=series(crossing.others),
            ),
            text("A pool lies inside one province, and pools do not overlap."),
        ) from crossing
    if nesting.crossing and instance.rule.crossing is CrossingRule.REFUSED:
        raise _refused(
            instance,
            text(
                "{levels} cross the main tree, so not all sums can be kept.",
                levels=series(nesting.crossing),
            ),
            text("Take them out of `also:`, or write `crossing: reported` in the rule."),
        )
    return nesting


def rounded_together(
    instance: Instance, shares: Mapping[Cell, Fraction], choice: Choice
) -> tuple[dict[Cell, int], tuple[Proof, ...]]:
    """The numbers of all parts, and a proof per whole."""
    nesting = tree_of(instance)
    numbers: dict[Cell, int] = {}
    proofs = []
    for whole in wholes(instance.streams):
        question = _question(instance, whole, shares, choice, nesting)
        answer = _solved(instance, question, choice)
        numbers.update(answer.numbers)
        proofs.append(_proof(instance, whole, question, answer, nesting))
    return numbers, tuple(proofs)


def _question(
    instance: Instance,
    whole: Stream,
    shares: Mapping[Cell, Fraction],
    choice: Choice,
    nesting: Nesting,
) -> whole_problem.Problem:
    parts = parts_of(instance.streams, whole)
    leaves = [area.code for area in tie_order(instance)]
    inner = dict.fromkeys(nesting.parents)
    for leaf in leaves:
        del inner[leaf]
    order = [*leaves, *inner]
    return whole_problem.Problem(
        parents={code: nesting.parents[code] or None for code in order},
        parts=parts,
        quotas={
            (area.code, part): shares[area.code, part]
            for area in instance.division.leaves
            for part in parts
        },
        method=choice.method.value,
        limits=_limits(instance, whole, nesting),
    )


def _limits(
    instance: Instance, whole: Stream, nesting: Nesting
) -> dict[whole_problem.Sum, whole_problem.Limits]:
    """The limits on sums of this whole, each at its area or pool."""
    found: dict[whole_problem.Sum, whole_problem.Limits] = {}
    for limit in instance.limits:
        stream = instance.streams.named(limit.stream)
        if whole.name not in (limit.stream, stream.whole) or limit.nothing_or is not None:
            continue
        if limit.node not in nesting.parents:
            raise _refused(
                instance,
                text("The limit {name} is on an area that crosses the tree.", name=limit.name),
                text("Limit the areas it consists of."),
            )
        single = parts_of(instance.streams, whole) == (whole.name,)
        key = (
            limit.node,
            whole.name if single else None if limit.stream == whole.name else limit.stream,
        )
        low, high = found.get(key, (None, None))
        found[key] = (
            max((n for n in (low, limit.at_least) if n is not None), default=None),
            min((n for n in (high, limit.at_most) if n is not None), default=None),
        )
    return found


def _solved(instance: Instance, question: whole_problem.Problem, choice: Choice) -> Whole:
    ties = (
        DrawnLot(choice.ties.order, choice.ties.drawn_for)
        if isinstance(choice.ties, Lot)
        else choice.ties.value
    )
    try:
        return solve(question, ties)
    except Undecided as undecided:
        names = instance.division.by_code
        raise NoAnswer(
            *(
                Problem(
                    Place(instance.file),
                    text(
                        "These cells tie: {cells}.",
                        cells=series([f"{names[leaf].name} {part}" for leaf, part in tied]),
                    ),
                    text(
                        "Draw their order and give it with --ties FILE, drawn for {digest}.",
                        digest=undecided.drawn_for,
                    ),
                )
                for tied in undecided.ties
            )
        ) from undecided
    except whole_problem.Refused as refused:
        raise _refused(
            instance,
            text("The whole numbers cannot be found: {reason}.", reason=str(refused)),
            text("Mend the limits or the lot."),
        ) from refused


def _refused(instance: Instance, found: Text, mend: Text) -> InputError:
    return InputError(Problem(Place(instance.file), found, mend))


def _proof(
    instance: Instance,
    whole: Stream,
    question: whole_problem.Problem,
    answer: Whole,
    nesting: Nesting,
) -> Proof:
    cuts = cut_offs(question, answer.certificate)
    return Proof(
        whole=whole.name,
        method=question.method,
        parts=question.parts,
        parents={code: parent or "" for code, parent in question.parents.items()},
        fingerprint=question.fingerprint,
        prices={
            (area, part or ""): _price(price)
            for (area, part), price in answer.certificate.prices.items()
        },
        cut_offs=(
            *(CutOff(area, part or "", at) for (area, part), at in cuts.cutoff.items()),
            *(CutOff(leaf, "", at) for leaf, at in cuts.relief.items()),
        ),
        ties=tuple(Tie(tie.numbers, tie.by) for tie in answer.ties),
        outside=_outside(instance, question, answer, nesting),
    )


def _price(price: Cost) -> Price:
    if isinstance(price, Ratio):
        return Price(price.fraction, price.zeros)
    assert isinstance(price, int)
    return Price(Fraction(price))


def _outside(
    instance: Instance, question: whole_problem.Problem, answer: Whole, nesting: Nesting
) -> tuple[tuple[str, str], ...]:
    """The sums of levels that cross the tree and left the floor and ceiling of their quota."""
    division = instance.division
    found = []
    for level in nesting.crossing:
        for area in division.at(level):
            for part in question.parts:
                cells = [(leaf, part) for leaf in division.members[area.code]]
                share = sum((question.quotas[cell] for cell in cells), Fraction(0))
                number = sum(answer.numbers[cell] for cell in cells)
                if abs(number - share) >= 1:
                    found.append((area.code, part))
    return tuple(found)


def by_the_textbook(
    instance: Instance, shares: Mapping[Cell, Fraction], method: Method
) -> dict[Cell, int]:
    """One stream over the leaves by the method alone, with a minimum and maximum per area."""
    streams = instance.streams.all
    if len(streams) > 1:
        raise _refused(
            instance,
            text(
                "The textbook's methods divide one stream, and here are {count}.",
                count=len(streams),
            ),
            text("Use `--rounding consistent`."),
        )
    stream = streams[0].name
    order = tie_order(instance)
    weights = {area.code: shares[area.code, stream] for area in order}
    minimum, maximum = {}, {}
    for limit in instance.limits:
        if limit.at_least is not None:
            minimum[limit.node] = limit.at_least
        if limit.at_most is not None:
            maximum[limit.node] = limit.at_most
    total = instance.totals[stream].number
    try:
        if method is Method.LARGEST_REMAINDER:
            numbers = largest_remainder(weights, total, minimum, maximum).numbers
        else:
            numbers = apportion(weights, total, method.value, minimum, maximum).numbers
    except whole_problem.Refused as refused:
        raise _refused(
            instance,
            text(
                "{method} cannot divide this: {reason}.", method=method.value, reason=str(refused)
            ),
            text("Change the total or the limits, or use another method."),
        ) from refused
    return {(code, stream): number for code, number in numbers.items()}
