"""The proof: one price per sum's node, from which every rounding can be checked by hand.

`prove` accepts numbers from anybody. The prices are the largest ones, none above nothing, that
support the numbers; every optimum has the same, so they are canonical and name no solver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.whole.cost import LARGEST_REMAINDER, Cost, Ratio
from allocator.core.whole.network import Network, network
from allocator.core.whole.problem import Cell, Problem, Refused, Sum, name_of


@dataclass(frozen=True)
class Certificate:
    """Prices under which no change of the table pays."""

    prices: Mapping[Sum, Cost]
    """Per (inner area, part), and (area, None) for a whole; only those that are not zero."""


def prove(problem: Problem, numbers: Mapping[Cell, int]) -> Certificate:
    """The certificate of an optimum; raises `ImprovingCircle` where the numbers are not one."""
    net = network(problem)
    return certificate_of(net, net.distances(net.residual(values_of(problem, numbers))))


def certificate_of(net: Network, prices: Sequence[Cost]) -> Certificate:
    """The prices by node as a certificate."""
    priced = zip(net.nodes, prices, strict=True)
    return Certificate({node: price for node, price in priced if price != net.zero})


def values_of(problem: Problem, numbers: Mapping[Cell, int]) -> list[int]:
    """The number on every arc, in the network's order; refused outside floor and ceiling."""
    if numbers.keys() != problem.quotas.keys():
        raise Refused("the numbers are not for the same leaves and parts as the quotas")
    sums, values = problem.sums(numbers), []
    for area in reversed(problem.upward):
        for part in (*problem.parts, None):
            number, (low, high) = sums[area, part], problem.bounds[area, part]
            if not low <= number <= high:
                raise Refused(f"{name_of((area, part))} is {number}, not from {low} to {high}")
            values.append(number)
    return values


@dataclass(frozen=True)
class CutOffs:
    """The prices in a planner's terms.

    Largest remainder: a cell goes up where remainder > cutoff[its inner area, part] + relief[leaf],
    stays down where it is smaller; where they are equal the table's own tie rule decided.
    A divisor method: it goes up where quota * cutoff * relief > signpost (Hill: with quota squared
    and n(n+1)); None is a multiplier beyond all bounds, which a signpost of 0 needs.
    """

    cutoff: Mapping[Sum, Fraction | None]
    """Per inner area and part."""
    relief: Mapping[str, Fraction | None]
    """Per leaf whose whole binds; for the others nothing is added (multiplied by 1)."""


def cut_offs(problem: Problem, certificate: Certificate) -> CutOffs:
    """The certificate's prices as remainders (largest remainder) or multipliers (divisors).

    >>> quotas = {("A", "x"): Fraction(5, 4), ("B", "x"): Fraction(7, 4)}
    >>> two = Problem({"NL": None, "A": "NL", "B": "NL"}, ("x",), quotas)
    >>> cut_offs(two, prove(two, {("A", "x"): 1, ("B", "x"): 2})).cutoff["NL", "x"]
    Fraction(1, 2)
    """
    relief: dict[str, Fraction | None] = {}
    inner: dict[Sum, Fraction | None] = {
        (area, part): _cutoff(problem, certificate.prices.get((area, part)))
        for area in problem.children
        for part in problem.parts
    }
    for leaf in problem.leaves:
        price = certificate.prices.get((leaf, None))
        if price is not None:
            relief[leaf] = _relief(problem, price)
    return CutOffs(inner, relief)


def _cutoff(problem: Problem, price: Cost | None) -> Fraction | None:
    if problem.method == LARGEST_REMAINDER:
        assert price is None or isinstance(price, int)
        return Fraction(1, 2) + Fraction(price or 0, 2 * problem.unit)
    return Fraction(1) if price is None else _finite(-price)


def _relief(problem: Problem, price: Cost) -> Fraction | None:
    if problem.method == LARGEST_REMAINDER:
        assert isinstance(price, int)
        return Fraction(-price, 2 * problem.unit)
    return _finite(price)


def _finite(price: Cost) -> Fraction | None:
    assert isinstance(price, Ratio)
    return price.fraction if price.zeros == 0 else None
