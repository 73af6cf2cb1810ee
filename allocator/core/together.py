"""Whole numbers for all areas together, so that every level and every stream adds up.

Each whole with its parts is one question to `allocator.core.whole`, around the quotas or, under
limits, around the fair shares; these keep every limit, and so do their floors and ceilings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction

from allocator.core.cells import parts_of, wholes
from allocator.core.exact import added
from allocator.core.nesting import Crossing, Nesting, nested
from allocator.core.refused import refused
from allocator.core.tie_order import tie_order
from allocator.core.whole import problem as whole_problem
from allocator.core.whole.certificate import cut_offs
from allocator.core.whole.cost import Cost, Ratio
from allocator.core.whole.solve import Lot as DrawnLot
from allocator.core.whole.solve import Undecided, Whole, solve
from allocator.model.instance import Instance
from allocator.model.problem import NoAnswer, Place, Problem
from allocator.model.proof import Cell, CutOff, Price, Proof, Tie
from allocator.model.rule import Choice, Ties
from allocator.model.rule import Crossing as CrossingRule
from allocator.model.streams import Stream
from allocator.words.text import series, text


def tree_of(instance: Instance, fixed: tuple[str, ...]) -> Nesting:
    """The tree in which everything adds up; what crosses it is refused, or only reported."""
    names = instance.division.by_code
    try:
        nesting = nested(instance, instance.limits)
    except Crossing as crossing:
        raise refused(
            instance,
            text(
                "The pool of {name} crosses {others}.",
                name=f"'{crossing.code.removeprefix('pool:')}'",
                others=series([names[c].name if c in names else c for c in crossing.others]),
            ),
            text("Pools do not overlap, and none cuts through a province."),
        ) from crossing
    for level, pool in nesting.cut_by.items():
        if instance.rule.crossing is CrossingRule.REFUSED:
            raise refused(
                instance,
                text(
                    "The pool of {name} cuts through areas of the level {level}, whose sums could "
                    "then not be kept.",
                    name=f"'{pool.removeprefix('pool:')}'",
                    level=level,
                ),
                text(
                    "Take {level} out of `also:`, or write `crossing: reported` in the rule.",
                    level=level,
                ),
            )
    if nesting.crossing and instance.rule.crossing is CrossingRule.REFUSED:
        raise refused(
            instance,
            text(
                "{levels} cross the main tree, so not all sums can be kept.",
                levels=series(nesting.crossing),
            ),
            text("Take them out of `also:`, or write `crossing: reported` in the rule."),
        )
    _refuse_limits_beside(instance, nesting)
    _refuse_limits_around(instance, fixed, nesting)
    return nesting


def _refuse_limits_beside(instance: Instance, nesting: Nesting) -> None:
    for limit in instance.limits:
        if limit.node not in nesting.parents:
            raise refused(
                instance,
                text("The limit {name} is on an area that crosses the tree.", name=limit.name),
                text("Limit the areas it consists of."),
            )


def _refuse_limits_around(instance: Instance, fixed: tuple[str, ...], nesting: Nesting) -> None:
    """A level can be fixed once, below the root, if it nests, and no limit may lie around it."""
    division = instance.division
    known = [
        level for level in (*division.tree[1:], *division.also) if level not in nesting.crossing
    ]
    for level in fixed:
        if level not in known or fixed.count(level) > 1:
            raise refused(
                instance,
                text("{level} cannot be fixed.", level=f"'{level}'"),
                text("Name each once, of: {names}.", names=", ".join(known)),
            )
        for limit in instance.limits:
            held = {leaf for code in limit.areas for leaf in division.members[code]}
            inside = [
                area for area in division.at(level) if held > set(division.members[area.code])
            ]
            if inside:
                raise refused(
                    instance,
                    text(
                        "The limit {name} holds {area}, whose share is fixed.",
                        name=f"'{limit.name}'",
                        area=inside[0].name,
                    ),
                    text("Limit the areas of that level, or do not fix it."),
                )


def rounded_together(
    instance: Instance, shares: Mapping[Cell, Fraction], choice: Choice, nesting: Nesting
) -> tuple[dict[Cell, int], tuple[Proof, ...]]:
    """The numbers of all parts, and a proof per whole."""
    questions = questions_of(instance, shares, choice, nesting)
    numbers: dict[Cell, int] = {}
    proofs, undecided = [], []
    for whole, question in questions:
        try:
            with refusals_worded(instance):
                answer = solve(question, ties_of(choice, question))
        except Undecided as tied:
            undecided.append(tied)
            continue
        numbers.update(answer.numbers)
        proofs.append(_proof(instance, whole, question, answer, nesting))
    refuse_undecided(instance, undecided)
    return numbers, tuple(proofs)


def questions_of(
    instance: Instance, shares: Mapping[Cell, Fraction], choice: Choice, nesting: Nesting
) -> list[tuple[Stream, whole_problem.Problem]]:
    found = [
        (whole, _question(instance, whole, shares, choice, nesting))
        for whole in wholes(instance.streams)
    ]
    _refuse_other_lots(instance, choice, [question.fingerprint for _, question in found])
    return found


@contextmanager
def refusals_worded(instance: Instance) -> Iterator[None]:
    """What the mathematics refuses becomes a problem of the instance."""
    try:
        yield
    except whole_problem.Refused as reason:
        raise refused(
            instance,
            text("The whole numbers cannot be found: {reason}.", reason=str(reason)),
            text("Mend the limits or the lot."),
        ) from reason


def refuse_undecided(instance: Instance, undecided: list[Undecided]) -> None:
    if undecided:
        raise NoAnswer(*(_to_draw(instance, tied) for tied in undecided))


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
    return whole_problem.Problem(
        parents={code: nesting.parents[code] or None for code in (*leaves, *inner)},
        parts=parts,
        quotas={(leaf, part): shares[leaf, part] for leaf in leaves for part in parts},
        method=choice.method.value,
    )


def _refuse_other_lots(instance: Instance, choice: Choice, digests: list[str]) -> None:
    if isinstance(choice.ties, Ties):
        return
    for lot in choice.ties:
        if lot.drawn_for not in digests:
            raise refused(
                instance,
                text("The lot was drawn for other figures ({digest}).", digest=lot.drawn_for),
                text("Ask with `--ties refuse` what is to be drawn now."),
            )


def ties_of(choice: Choice, question: whole_problem.Problem) -> str | DrawnLot:
    """The lot that was drawn for this whole; where none was, nothing may be left to draw."""
    if isinstance(choice.ties, Ties):
        return choice.ties.value
    for lot in choice.ties:
        if lot.drawn_for == question.fingerprint:
            return DrawnLot(lot.order, lot.drawn_for)
    return Ties.REFUSE.value


def _to_draw(instance: Instance, undecided: Undecided) -> Problem:
    """What is to be drawn, and the file to fill in."""
    names = instance.division.by_code
    cells = [cell for tied in undecided.ties for cell in tied]
    lines = [f"  - {{area: {leaf}, part: {part}}}  # {names[leaf].name}" for leaf, part in cells]
    groups = [
        series([f"{names[leaf].name} {part}" for leaf, part in tied]) for tied in undecided.ties
    ]
    return Problem(
        Place(instance.file),
        text("These cells tie: {cells}.", cells=series(groups)),
        text("Draw their order, put these lines in it, and give them with --ties FILE.yaml."),
        "\n".join([f"drawn_for: {undecided.drawn_for}", "order:", *lines]),
    )


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
        outside=tuple(_outside(instance, question, answer, nesting)),
    )


def _price(price: Cost) -> Price:
    if isinstance(price, Ratio):
        return Price(price.fraction, price.zeros)
    assert isinstance(price, int)
    return Price(Fraction(price))


def _outside(
    instance: Instance, question: whole_problem.Problem, answer: Whole, nesting: Nesting
) -> Iterator[tuple[str, str]]:
    """The sums of levels that cross the tree and left the floor and ceiling of their share."""
    division = instance.division
    for level in nesting.crossing:
        for area in division.at(level):
            for part in question.parts:
                cells = [(leaf, part) for leaf in division.members[area.code]]
                share = added(question.quotas[cell] for cell in cells)
                if abs(sum(answer.numbers[cell] for cell in cells) - share) >= 1:
                    yield area.code, part
