"""Fair shares: quotas under limits, for all streams of an instance at once.

What the limits leave is divided so that the largest relative deviation is as small as possible,
then the next, and so on; without a limit that binds, the shares are the quotas.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from allocator.core.cells import parts_in, parts_of, title_of, wholes
from allocator.core.exact import added, to_a_thousandth
from allocator.core.shares.conflict import Conflict, Side
from allocator.core.shares.problem import Cell, Limit, Problem, Shares, Total
from allocator.core.shares.solve import LimitsCollide, fair_shares
from allocator.core.tie_order import tie_order
from allocator.model import limits
from allocator.model.instance import Instance
from allocator.model.problem import NoAnswer, Place
from allocator.model.problem import Problem as Trouble
from allocator.words.text import Value, series, signed, text


def shares_under_limits(
    instance: Instance, quotas: Mapping[Cell, Fraction], fixed: tuple[str, ...]
) -> Shares:
    """The fair shares of all cells, with their proof."""
    problem = Problem(quotas, tuple(_totals(instance, quotas, fixed)), tuple(_limits(instance)))
    try:
        if any(limit.nothing_or is not None for limit in instance.limits):
            return _shares_with_thresholds(instance, problem)
        return fair_shares(problem)
    except LimitsCollide as collision:
        raise NoAnswer(*(_told(instance, each) for each in collision.conflicts)) from collision


def _shares_with_thresholds(instance: Instance, problem: Problem) -> Shares:
    """Where a limit says "nothing, or at least so many", who opens is chosen first."""
    from allocator.core.shares.thresholds import (  # brings the solver, which costs a second
        Threshold,
        ThresholdsCollide,
        Unsolved,
        shares_with_thresholds,
    )

    places = {area.code: place for place, area in enumerate(tie_order(instance))}
    thresholds = [
        Threshold(limit.name, limit.source.en, _cells(instance, limit), limit.nothing_or)
        for limit in instance.limits
        if limit.nothing_or is not None
    ]
    # who opens among equals: the earliest in the order of ties, whatever the file's order
    thresholds.sort(key=lambda one: sorted(places[leaf] for leaf, _ in one.cells))
    try:
        return shares_with_thresholds(problem, thresholds).shares
    except Unsolved as unsolved:
        raise NoAnswer(
            Trouble(
                Place(instance.file),
                text("The solver could not choose who opens ({reason}).", reason=str(unsolved)),
                text("Ask with fewer thresholds, or with limits in their place."),
            )
        ) from unsolved
    except ThresholdsCollide as collision:
        raise NoAnswer(
            Trouble(
                Place(instance.file),
                text(
                    "These thresholds cannot hold together with the limits: {names}.",
                    names=series(collision.names),
                ),
                text("Change one of them; without any one of them the others fit."),
            )
        ) from collision


def _cells(instance: Instance, limit: limits.Limit) -> frozenset[Cell]:
    leaves = {leaf for code in limit.areas for leaf in instance.division.members[code]}
    parts = parts_in(instance.streams, limit.stream)
    return frozenset((leaf, part) for leaf in leaves for part in parts)


def _limits(instance: Instance) -> list[Limit]:
    return [
        Limit(limit.name, limit.source.en, _cells(instance, limit), limit.at_least, limit.at_most)
        for limit in instance.limits
        if limit.nothing_or is None
    ]


def _totals(
    instance: Instance, quotas: Mapping[Cell, Fraction], fixed: tuple[str, ...]
) -> list[Total]:
    """The national number of every part; and for fixed levels that of every area."""
    division = instance.division
    areas = [division.root, *(area for level in fixed for area in division.at(level))]
    found = []
    for area in areas:
        for whole in wholes(instance.streams):
            for part in parts_of(instance.streams, whole):
                cells = frozenset((leaf, part) for leaf in division.members[area.code])
                number = added(quotas[cell] for cell in cells)
                found.append(Total(f"{area.code} {part}", area.name, cells, number))
    return found


def _told(instance: Instance, conflict: Conflict) -> Trouble:
    """A conflict in plain words: who wants what, and by how much it does not fit."""
    must = signed([to_a_thousandth(side.number) for side in conflict.must] or ["0"], " + ")
    sums = signed([must, *(to_a_thousandth(side.number) for side in conflict.may)], " − ")
    may = series([_side(instance, side) for side in conflict.may], at_most=40)
    return Trouble(
        Place(instance.file),
        text(
            "These limits cannot hold together: {must} must come, and there is room for {may}: "
            "{sums} = {excess} too many.",
            must=series([_side(instance, side) for side in conflict.must], at_most=40),
            may=may if conflict.may else "0",
            sums=sums,
            excess=to_a_thousandth(conflict.excess),
        ),
        text("Change one of them; without any one of them the others fit."),
    )


def _side(instance: Instance, side: Side) -> Value:
    """A limit with its source; or a total, or a fixed share, in words."""
    code, _, part = side.name.partition(" ")
    if side.name not in {limit.name for limit in instance.limits}:
        title = title_of(instance.streams, part)
        return text(
            "{number} (all {part} in {area})",
            number=to_a_thousandth(side.number),
            part=title,
            area=instance.division.by_code[code].name,
        )
    return text(
        "{number} ({name}, {source})",
        number=to_a_thousandth(side.number),
        name=side.name,
        source=side.source,
    )
