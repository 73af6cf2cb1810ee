"""Is this table right? Every line of the proof recomputed, without the network and the solver.

It adds up quotas and numbers, looks at floor and ceiling, and holds every sum against two prices.
That the prices are the canonical ones shows in that each is reached from a price of zero by steps
that cost exactly their difference.
"""

from __future__ import annotations

from collections.abc import Mapping

from allocator.core.whole.certificate import Certificate
from allocator.core.whole.cost import pricing, zero_of
from allocator.core.whole.problem import Cell, Problem, Sum


class NotProven(ValueError):
    """Table, problem and certificate do not belong together; the message says where."""


def check(problem: Problem, numbers: Mapping[Cell, int], certificate: Certificate) -> None:
    """Raise `NotProven` unless the numbers keep all bounds and are proven the cheapest."""
    if numbers.keys() != problem.quotas.keys():
        raise NotProven("the table has other cells than the quotas")
    cost_of, zero = pricing(problem.method, problem.unit), zero_of(problem.method)
    sums, shares = problem.sums(numbers), problem.shares
    price = {key: certificate.prices.get(key, zero) for key in _priced(problem)}
    if not certificate.prices.keys() <= price.keys():
        raise NotProven("the certificate prices something that is not in the table")
    onward: dict[Sum, list[Sum]] = {}
    for key, (low, high) in problem.bounds.items():
        number, (start, end) = sums[key], _ends(problem, key)
        if not low <= number <= high:
            raise NotProven(f"{key}: {number} is not from {low} to {high}")
        if low == high:
            continue
        step = cost_of(shares[key], low) if key in numbers else zero
        gain = price[start] + step - price[end]  # what one more would cost at these prices
        if number == low and gain < zero:
            raise NotProven(f"{key}: one more would be better")
        if number == high and zero < gain:
            raise NotProven(f"{key}: one less would be better")
        if gain == zero:
            onward.setdefault(start if number == low else end, []).append(
                end if number == low else start
            )
    reached = [key for key, p in price.items() if p == zero]
    if any(zero < p for p in price.values()):
        raise NotProven("a price is above zero")
    seen = set(reached)
    for key in reached:  # grows while it is walked
        fresh = [there for there in onward.get(key, ()) if there not in seen]
        seen.update(fresh)
        reached.extend(fresh)
    if len(seen) < len(price):
        raise NotProven(f"not the canonical price: {min(price.keys() - seen, key=str)}")


def _priced(problem: Problem) -> list[Sum]:
    """Everything that has a price: each part and the whole of inner areas, the whole of leaves."""
    inner = [(area, part) for area in problem.children for part in problem.parts]
    return [("", None), *inner, *((area, None) for area in problem.parents)]


def _ends(problem: Problem, key: Sum) -> tuple[Sum, Sum]:
    """The two prices between which a sum stands: parts come from above, the whole goes up again."""
    area, part = key
    parent = problem.parents[area]
    here: Sum = (area, part if area in problem.children else None)
    above: Sum = ("", None) if parent is None else (parent, part)
    return (here, above) if part is None else (above, here)
