"""A later total without taking anything back: the revised table around an original one.

Where a part's total rises no cell falls, where it falls no cell rises; where it stays, so do its
cells. The totals are exact and limits are kept. Then as few units as possible stand outside floor
and ceiling, at any level; then the least cost decides, then the order of cells. Without limits such
a table always exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from allocator.core.whole.cost import LARGEST_REMAINDER, Cost, Ratio, pricing, zero_of
from allocator.core.whole.network import Network, network
from allocator.core.whole.problem import Cell, Problem, Refused, Sum, name_of
from allocator.core.whole.solve import Lot, Whole, decide
from allocator.core.whole.suggest import suggest


@dataclass(frozen=True)
class Outside:
    """A sum that could not stay between floor and ceiling of its share."""

    sum: Sum
    """The area and part, None for the whole."""
    number: int
    """What it became."""
    floor: int
    """The largest whole number not above its share."""
    ceiling: int
    """The smallest whole number not below its share."""


@dataclass(frozen=True)
class Revised:
    """The revised table and every sum that it could not keep in its place."""

    whole: Whole
    """Numbers, ties and proof; its prices hold the weight of a unit outside as well."""
    outside: tuple[Outside, ...]
    """The sums outside floor and ceiling, the smallest areas first."""


def revise(problem: Problem, original: Mapping[Cell, int], ties: str | Lot = "order") -> Revised:
    """The revised table.

    Largest remainder alone would give A its 1.4 as 1; it keeps the 2 that it had.

    >>> from fractions import Fraction
    >>> quotas = {"A": Fraction(14, 10), "B": Fraction(33, 10), "C": Fraction(33, 10)}
    >>> tree = {"NL": None, "A": "NL", "B": "NL", "C": "NL"}
    >>> problem = Problem(tree, ("x",), {(leaf, "x"): quota for leaf, quota in quotas.items()})
    >>> found = revise(problem, {("A", "x"): 2, ("B", "x"): 2, ("C", "x"): 1})
    >>> list(found.whole.numbers.values()), found.outside
    ([2, 3, 3], ())
    """
    if original.keys() != problem.quotas.keys():
        raise Refused("the original is not for the same leaves and parts as the quotas")
    bounds = _hard_bounds(problem, original)
    net = network(problem)
    step = _steps(problem, net)
    net = replace(net, limits=[bounds[name] for name in net.names], step=step)
    carried = problem.sums(_start(problem, bounds, net))
    values = [carried[name] for name in net.names]
    whole = decide(problem, net, values, ties)
    sums = problem.sums(whole.numbers)
    _refuse_broken(problem, sums)
    outside = []
    for key, number in sums.items():
        floor, ceiling = _floor_and_ceiling(problem, key)
        if not floor <= number <= ceiling:
            outside.append(Outside(key, number, floor, ceiling))
    return Revised(whole, tuple(outside))


def _refuse_broken(problem: Problem, sums: Mapping[Sum, int]) -> None:
    """Breaking a limit costs more than anything else, so one that is broken cannot be kept."""
    for key, (low, high) in problem.limits.items():
        number = sums[key]
        if (low is not None and number < low) or (high is not None and number > high):
            raise Refused(
                f"{name_of(key)}: the limits cannot be kept without crossing earlier numbers"
            )


def _floor_and_ceiling(problem: Problem, key: Sum) -> tuple[int, int]:
    share, unit = problem.shares[key], problem.unit
    return share // unit, -(-share // unit)


def _hard_bounds(problem: Problem, original: Mapping[Cell, int]) -> dict[Sum, tuple[int, int]]:
    """What no step may leave: the root's sums, and each cell's original number and limits."""
    root = problem.upward[-1]
    most = problem.bounds[root, None][1]
    found: dict[Sum, tuple[int, int]] = {}
    for key in problem.bounds:
        limits = problem.limits.get(key) if key in problem.quotas else None
        low, high = limits or (None, None)
        found[key] = (low or 0, most if high is None else high)
    for part in (*problem.parts, None):
        found[root, part] = problem.bounds[root, part]
    for part in problem.parts:
        before = sum(original[leaf, part] for leaf in problem.leaves)
        low, high = problem.bounds[root, part]
        for leaf in problem.leaves:
            number, (least, top) = original[leaf, part], found[leaf, part]
            least = max(least, number) if before <= low else least
            top = min(top, number) if before >= high else top
            if least > top:
                raise Refused(f"{part} in {leaf}: the original {number} is outside its limits")
            found[leaf, part] = (least, top)
    return found


def _steps(problem: Problem, net: Network) -> Callable[[int, int], Cost]:
    """A unit outside floor and ceiling costs more than all changes of cost together, and one
    outside a limit more than all of those.
    """
    zero, price = zero_of(problem.method), pricing(problem.method, problem.unit)
    most = problem.bounds[problem.upward[-1], None][1]
    units = len(net.names) * (most + 1)  # as many may be outside at most
    penalty: Cost
    breach: Cost
    if problem.method == LARGEST_REMAINDER:
        penalty = 8 * units * problem.unit
        breach = 4 * units * penalty
    else:
        penalty = Ratio(1, 1, zeros=-4 * len(net.names))
        breach = Ratio(1, 1, zeros=-16 * len(net.names) * units)
    limits = [problem.limits.get(name, (None, None)) for name in net.names]
    places = [_floor_and_ceiling(problem, name) for name in net.names]
    shares = [problem.shares[name] if name in problem.quotas else None for name in net.names]

    def step(arc: int, number: int) -> Cost:
        share, (floor, ceiling) = shares[arc], places[arc]
        low, high = limits[arc]
        cost = zero if share is None else price(share, number)
        if number < floor:
            cost -= penalty
        elif number >= ceiling:
            cost += penalty
        if low is not None and number < low:
            cost -= breach
        elif high is not None and number >= high:
            cost += breach
        return cost

    return step


def _start(
    problem: Problem, bounds: Mapping[Sum, tuple[int, int]], net: Network
) -> dict[Cell, int]:
    """The best table pressed between the bounds, each part brought back to its total."""
    numbers = suggest(replace(problem, limits={}))
    arc_of = {name: arc for arc, name in enumerate(net.names)}
    for part in problem.parts:
        cells = [(leaf, part) for leaf in problem.leaves]
        missing = sum(numbers[cell] for cell in cells)
        for cell in cells:
            low, high = bounds[cell]
            numbers[cell] = min(max(numbers[cell], low), high)
            missing -= numbers[cell]
        while missing:
            up = missing > 0
            free = [
                c for c in cells if (numbers[c] < bounds[c][1] if up else numbers[c] > bounds[c][0])
            ]
            best, least = free[0], None
            for cell in free:
                arc, number = arc_of[cell], numbers[cell]
                cost = net.step(arc, number) if up else -net.step(arc, number - 1)
                if least is None or cost < least:
                    best, least = cell, cost
            numbers[best] += 1 if up else -1
            missing -= 1 if up else -1
    return numbers
