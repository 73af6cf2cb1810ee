"""Which limits collide: sets of which none can be left out, with their sums.

What cannot flow names a signed sum of limits that does not fit: floors add to more than the
caps around them allow. Of its limits, each is left out in the order of the names if the others
still collide without it. Then the set is relaxed and the next one looked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from allocator.core.shares.flow import stuck
from allocator.core.shares.levels import ZERO
from allocator.core.shares.network import Arc, Network, network
from allocator.core.shares.problem import Limit, Problem


@dataclass(frozen=True)
class Side:
    """A limit's floor or its cap, as it takes part in a conflict."""

    name: str
    """The limit's or total's name."""
    source: str
    """Who set it and where it stands."""
    number: Fraction
    """The floor or the cap."""


@dataclass(frozen=True)
class Conflict:
    """Limits that cannot all hold, though they could if any one of them were left out."""

    must: tuple[Side, ...]
    """The floors: so many places must come."""
    may: tuple[Side, ...]
    """The caps: for so many there is room."""
    excess: Fraction
    """How many too many: the floors' sum less the caps' sum."""

    def __str__(self) -> str:
        """The sum as one writes it down."""
        numbers = " + ".join(str(side.number) for side in self.must) or "0"
        numbers += "".join(f" - {side.number}" for side in self.may)
        names = ", ".join(side.name for side in (*self.must, *self.may))
        return f"{numbers}: {self.excess} too many ({names})"


def conflicts(problem: Problem) -> tuple[Conflict, ...]:
    """What hinders any table: floors against caps, and floors against totals; one by one.

    Two towns must take 5 each, of 8 places in all:

    >>> from allocator.core.shares.problem import Total
    >>> a, b = ("A", "places"), ("B", "places")
    >>> floors = [Limit(f"floor of {c[0]}", "pledge", frozenset({c}), low=5) for c in (a, b)]
    >>> total = Total("places", "letter", frozenset({a, b}), 8)
    >>> print(*conflicts(Problem({a: Fraction(4), b: Fraction(4)}, (total,), tuple(floors))))
    5 + 5 - 8: 2 too many (floor of A, floor of B, places)
    """
    totals = [Limit(t.name, t.source, t.cells, None, t.number) for t in problem.totals]
    return _conflicts(problem, [*totals, *problem.limits])


def conflicts_in_full(problem: Problem) -> tuple[Conflict, ...]:
    """What hinders that every total is met: also caps that leave too little room for it."""
    totals = [Limit(t.name, t.source, t.cells, t.number, t.number) for t in problem.totals]
    return _conflicts(problem, [*totals, *problem.limits])


def verified(problem: Problem, conflict: Conflict) -> bool:
    """Whether the sum proves the conflict: no cell counts more often in floors than in caps."""
    cells = {total.name: total.cells for total in problem.totals}
    cells |= {limit.name: limit.cells for limit in problem.limits}
    room = dict.fromkeys(problem.quotas, 0)
    for sides, sign in ((conflict.must, -1), (conflict.may, 1)):
        for side in sides:
            for cell in cells[side.name]:
                room[cell] += sign
    must = sum((side.number for side in conflict.must), ZERO)
    may = sum((side.number for side in conflict.may), ZERO)
    return min(room.values()) >= 0 and must - may == conflict.excess > 0


def _conflicts(problem: Problem, limits: list[Limit]) -> tuple[Conflict, ...]:
    found = [_with_itself(each) for each in limits if crossed(each)]
    limits = [each for each in limits if not crossed(each)]
    totals = {total.name for total in problem.totals}
    while names := _colliding(network(problem, (), limits), ()):
        support = [each for each in limits if each.name in names]
        net = network(problem, (), support)
        left_out: list[str] = []
        for name in sorted(names):
            if _colliding(net, (*left_out, name)):
                left_out.append(name)
        signs = _colliding(net, left_out)
        found.append(_told(support, signs))
        relaxed = signs.keys() - totals or signs.keys()
        limits = [each for each in limits if each.name not in relaxed]
    return tuple(found)


def _colliding(net: Network, left_out: Iterable[str]) -> dict[str, int]:
    """The limits of a cut that is stuck, +1 for caps and -1 for floors; empty if all flows.

    Looked at from both ends, from where too much comes and from where too little arrives: the
    shorter of the two sums is easier to read.
    """
    arcs = [replace(arc, low=None, high=None) if arc.name in left_out else arc for arc in net.arcs]
    too_much = stuck([(arc.tail, arc.head, arc.low, arc.high) for arc in arcs], {})
    if too_much is None:
        return {}
    too_little = stuck([(arc.head, arc.tail, arc.low, arc.high) for arc in arcs], {}) or set()
    forth = {arc.name: _side(arc, too_much) for arc in arcs if arc.name and _side(arc, too_much)}
    back = {arc.name: -_side(arc, too_little) for arc in arcs if _side(arc, too_little)}
    return min(forth, {name: sign for name, sign in back.items() if name}, key=len)


def _side(arc: Arc, inside: set[int]) -> int:
    """+1 for an arc that leaves a set of vertices, -1 for one that enters it."""
    return (arc.tail in inside) - (arc.head in inside)


def _told(limits: list[Limit], signs: dict[str, int]) -> Conflict:
    chosen = sorted((each for each in limits if each.name in signs), key=lambda each: each.name)
    must = tuple(
        Side(each.name, each.source, Fraction(each.low))
        for each in chosen
        if signs[each.name] < 0 and each.low is not None
    )
    may = tuple(
        Side(each.name, each.source, Fraction(each.high))
        for each in chosen
        if signs[each.name] > 0 and each.high is not None
    )
    excess = sum((s.number for s in must), ZERO) - sum((s.number for s in may), ZERO)
    return Conflict(must, may, excess)


def crossed(limit: Limit) -> bool:
    """Whether a limit's floor lies above its own cap."""
    return limit.low is not None and limit.high is not None and limit.low > limit.high


def _with_itself(limit: Limit) -> Conflict:
    low, high = Fraction(limit.low or 0), Fraction(limit.high or 0)
    floor, cap = (Side(limit.name, limit.source, n) for n in (low, high))
    return Conflict((floor,), (cap,), low - high)
