"""Fair shares under limits, from Hoffman's theorem: every set of nodes of the network is tried.

Amounts can flow around within bounds exactly when out of no set of nodes more must flow than may
flow in. A deviation t widens the bounds of what is compared. So the least t is the largest that
any set asks for, and what crosses such a set stands at its bound. That is settled, and the rest
goes on with a smaller t.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from tests.second.plain.question import Cell, Limit, Question, Refused

ZERO, ONE = Fraction(0), Fraction(1)
ROOT, MISSING = "root", "missing"
Cut = tuple[list[int], list[int]]


@dataclass
class Arc:
    """Something that flows, within bounds."""

    tail: str
    head: str
    low: Fraction
    high: Fraction | None  # None where there is no bound


@dataclass(frozen=True)
class Compared:
    """How far an arc is from its target is measured in units of its own."""

    target: Fraction
    unit: Fraction


def under_limits(
    question: Question, whole: str, quotas: dict[Cell, Fraction]
) -> tuple[dict[Cell, Fraction], dict[Cell, Fraction]]:
    """The fair share of every cell of a whole, and what is missing per area and part."""
    arcs, cells, lacking = network(question, whole, quotas)
    if any(arc.high is not None and arc.low > arc.high for arc in arcs):
        raise Refused
    cuts = cuts_of(arcs)
    settle(arcs, cuts, {i: Compared(ZERO, ONE) for i, cell in cells.items() if not quotas[cell]})
    in_all = next(i for i, arc in enumerate(arcs) if arc.tail == MISSING)
    settle(arcs, cuts, {in_all: Compared(ZERO, ONE)})
    gaps = {}
    for i, (area, part) in lacking.items():
        asked = sum((quotas[leaf, part] for leaf in question.tree[area]), ZERO)
        gaps[i] = Compared(ZERO, asked or ONE)
    settle(arcs, cuts, gaps)
    settle(arcs, cuts, {i: Compared(quotas[c], quotas[c]) for i, c in cells.items() if quotas[c]})
    found = {cell: arcs[i].low for i, cell in cells.items()}
    return found, {place: arcs[i].low for i, place in lacking.items() if arcs[i].low}


def network(
    question: Question, whole: str, quotas: dict[Cell, Fraction]
) -> tuple[list[Arc], dict[int, Cell], dict[int, Cell]]:
    """From the root through the totals and limits of each part, the cells, the limits of all parts.

    Also which arc is which cell, and which is what an area misses of a part.
    """
    parts = question.parts(whole)
    arcs: list[Arc] = []
    lacking: dict[int, Cell] = {}
    bottom: dict[Cell, str] = {}  # from where a cell is filled
    for part in parts:
        all_of_it = sum((quotas[leaf, part] for leaf in question.leaves), ZERO)
        arcs.append(Arc(ROOT, f"NL {part}", all_of_it, all_of_it))
        ends = {"NL": question.leaves}
        if question.provinces_keep_theirs:
            ends = {p: question.tree[p] for p in sorted(set(question.province_of.values()))}
            for province, inside in ends.items():
                own = sum((quotas[leaf, part] for leaf in inside), ZERO)
                arcs.append(Arc(f"NL {part}", f"{province} {part}", own, own))
        for area, inside in ends.items():
            lacking[len(arcs)] = area, part
            arcs.append(Arc(f"{area} {part}", MISSING, ZERO, None))
            bottom |= {(leaf, part): f"{area} {part}" for leaf in inside}
    arcs.append(Arc(MISSING, ROOT, ZERO, None))
    for part in parts:
        for number, (limit, leaves) in enumerate(_from_large_to_small(question, {part}, whole)):
            node = f"limit {number} of {part}"
            arcs.append(_limited(bottom[leaves[0], part], node, limit))
            bottom |= {(leaf, part): node for leaf in leaves}
    top = dict.fromkeys(question.leaves, ROOT)  # into what a leaf empties
    if len(parts) > 1:
        for number, (limit, leaves) in enumerate(_from_large_to_small(question, set(parts), whole)):
            node = f"limit {number} of all"
            arcs.append(_limited(node, top[leaves[0]], limit))
            top |= dict.fromkeys(leaves, node)
    cells = {}
    for cell, node in bottom.items():
        cells[len(arcs)] = cell
        arcs.append(Arc(node, top[cell[0]], ZERO, None))
    return arcs, cells, lacking


def _from_large_to_small(
    question: Question, parts: set[str], whole: str
) -> list[tuple[Limit, list[str]]]:
    """The limits on just these parts, with their leaves."""
    found = []
    for limit in question.limits:
        if (set(question.parts(whole)) if limit.stream == whole else {limit.stream}) == parts:
            leaves = [leaf for area in limit.areas for leaf in question.tree[area]]
            found.append((limit, leaves))
    return sorted(found, key=lambda one: -len(one[1]))


def _limited(tail: str, head: str, limit: Limit) -> Arc:
    most = None if limit.most is None else Fraction(limit.most)
    return Arc(tail, head, Fraction(limit.least or 0), most)


def settle(arcs: list[Arc], cuts: list[Cut], compared: dict[int, Compared]) -> None:
    """Give each compared arc its flow: the largest deviation least, then the next, and so on.

    Of 10 persons by quotas 6, 3 and 1 the first takes 4 at most; the others rise by half:

    >>> arcs = [Arc(ROOT, "all", Fraction(10), Fraction(10)), Arc("all", "cap", ZERO, Fraction(4))]
    >>> arcs += [Arc(tail, ROOT, ZERO, None) for tail in ("cap", "all", "all")]
    >>> asked = {i: Compared(Fraction(q), Fraction(q)) for i, q in ((2, 6), (3, 3), (4, 1))}
    >>> settle(arcs, cuts_of(arcs), asked)
    >>> [str(arc.low) for arc in arcs[2:]]
    ['4', '9/2', '3/2']
    """
    left = dict(compared)
    while left:
        t = ZERO
        for leaving, entering in cuts:
            t = _least(arcs, left, leaving, entering, t)
        tight = [cut for cut in cuts if _excess(arcs, left, *cut, t) == 0] if t else []
        settled = {i: _bounds(arcs[i], left.get(i), t)[0] for leaving, _ in tight for i in leaving}
        for _, entering in tight:
            for i in entering:
                high = _bounds(arcs[i], left.get(i), t)[1]
                assert high is not None
                settled[i] = high
        if t == 0:
            settled = {i: one.target for i, one in left.items()}
        assert settled.keys() & left.keys(), "nothing is settled"
        for i in settled.keys() & left.keys():
            arcs[i].low = arcs[i].high = settled[i]
            del left[i]


def cuts_of(arcs: list[Arc]) -> list[Cut]:
    """For every set of nodes which arcs leave it, and which enter it."""
    nodes = sorted({arc.head for arc in arcs})
    found = []
    for size in range(len(nodes)):
        for some in combinations(nodes, size):
            leaving = [i for i, a in enumerate(arcs) if a.tail in some and a.head not in some]
            entering = [i for i, a in enumerate(arcs) if a.head in some and a.tail not in some]
            found.append((leaving, entering))
    return found


def _bounds(arc: Arc, one: Compared | None, t: Fraction) -> tuple[Fraction, Fraction | None]:
    if one is None:
        return arc.low, arc.high
    low, high = max(arc.low, one.target - one.unit * t), one.target + one.unit * t
    return low, high if arc.high is None else min(arc.high, high)


def _excess(
    arcs: list[Arc], left: dict[int, Compared], leaving: list[int], entering: list[int], t: Fraction
) -> Fraction | None:
    """How much more must flow out than may flow in; None where anything may."""
    must = sum((_bounds(arcs[i], left.get(i), t)[0] for i in leaving), ZERO)
    for i in entering:
        high = _bounds(arcs[i], left.get(i), t)[1]
        if high is None:
            return None
        must -= high
    return must


def _least(
    arcs: list[Arc], left: dict[int, Compared], leaving: list[int], entering: list[int], t: Fraction
) -> Fraction:
    """The least deviation, not below t, at which no more must flow out than may flow in.

    The excess is straight between the deviations at which a lower bound reaches that of its arc.
    """
    now = _excess(arcs, left, leaving, entering, t)
    if now is None or now <= 0:
        return t
    bends = [(left[i].target - arcs[i].low) / left[i].unit for i in leaving if i in left]
    for bend in sorted(bend for bend in bends if bend > t):
        then = _excess(arcs, left, leaving, entering, bend)
        assert then is not None
        if then <= 0:
            return t + (bend - t) * now / (now - then)
        t, now = bend, then
    slope = sum(left[i].unit for i in entering if i in left)
    if not slope:
        raise Refused
    return t + now / slope
