"""Whether places can flow within bounds, decided in whole numbers.

All bounds are brought to one common denominator; then shortest augmenting paths carry what is
too much at some vertices to where it is missing. What remains stands in a set of vertices that
cannot let it go: the smallest such set is the same whatever the order of the arcs.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

Bounds = tuple[int, int, Fraction | None, Fraction | None]
"""An arc: tail, head, least flow, largest flow; None where there is no bound."""


def stuck(arcs: Sequence[Bounds], surplus: dict[int, Fraction]) -> set[int] | None:
    """The smallest worst set of vertices that more must enter than can leave; None if all flows.

    Six places must come to vertex 1, and only five can leave it:

    >>> six, five, none = Fraction(6), Fraction(5), Fraction(0)
    >>> stuck([(0, 1, six, six), (1, 0, none, five)], {})
    {1}
    >>> stuck([(0, 1, five, six), (1, 0, none, five)], {}) is None
    True
    """
    scale = 1
    for _, _, low, high in arcs:
        for bound in (low, high):
            if bound is not None and scale % bound.denominator:
                scale = lcm(scale, bound.denominator)
    scale = lcm(scale, *(each.denominator for each in surplus.values()))
    excess = {v: _whole(each, scale) for v, each in surplus.items()}
    room: list[int] = []
    ends: list[int] = []
    leaving: dict[int, list[int]] = {}
    endless = _endless(arcs, surplus, scale)
    for tail, head, low, high in arcs:
        if tail == head:
            continue
        least = -endless if low is None else _whole(low, scale)
        most = endless if high is None else _whole(high, scale)
        flow = least if low is not None else min(most, 0)
        excess[head] = excess.get(head, 0) + flow
        excess[tail] = excess.get(tail, 0) - flow
        leaving.setdefault(tail, []).append(len(ends))
        leaving.setdefault(head, []).append(len(ends) + 1)
        ends += (head, tail)
        room += (most - flow, flow - least)
    return _augment(excess, leaving, ends, room)


def _whole(number: Fraction, scale: int) -> int:
    return number.numerator * (scale // number.denominator)


def _endless(arcs: Sequence[Bounds], surplus: dict[int, Fraction], scale: int) -> int:
    """More than all finite bounds together."""
    finite = [b for arc in arcs for b in arc[2:] if b is not None]
    return 1 + sum(abs(_whole(b, scale)) for b in (*finite, *surplus.values()))


def _augment(
    excess: dict[int, int], leaving: dict[int, list[int]], ends: list[int], room: list[int]
) -> set[int] | None:
    """Carry excess along shortest paths (Dinic); the vertices reached when none is left."""
    while True:
        sources = [v for v, e in excess.items() if e > 0]
        if not sources:
            return None
        depth = dict.fromkeys(sources, 0)
        queue = list(sources)
        reached_sink = False
        for v in queue:
            if excess.get(v, 0) < 0:
                reached_sink = True
            for arc in leaving.get(v, ()):
                if room[arc] and ends[arc] not in depth:
                    depth[ends[arc]] = depth[v] + 1
                    queue.append(ends[arc])
        if not reached_sink:
            return set(depth)
        tried = dict.fromkeys(depth, 0)
        for source in sources:
            while excess[source] > 0 and _advance(
                source, excess, depth, tried, leaving, ends, room
            ):
                pass


def _advance(
    source: int,
    excess: dict[int, int],
    depth: dict[int, int],
    tried: dict[int, int],
    leaving: dict[int, list[int]],
    ends: list[int],
    room: list[int],
) -> bool:
    """Carry one path's worth from a source one layer at a time; False when no path is left."""
    path: list[int] = []
    v = source
    while excess.get(v, 0) >= 0:
        arcs = leaving.get(v, ())
        while tried[v] < len(arcs):
            arc = arcs[tried[v]]
            if room[arc] and depth.get(ends[arc], -1) == depth[v] + 1:
                path.append(arc)
                v = ends[arc]
                break
            tried[v] += 1
        else:
            if not path:
                return False
            v = ends[path.pop() ^ 1]
            tried[v] += 1
    amount = min(excess[source], -excess[v], *(room[arc] for arc in path))
    for arc in path:
        room[arc] -= amount
        room[arc ^ 1] += amount
    excess[source] -= amount
    excess[v] += amount
    return True
