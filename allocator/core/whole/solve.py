"""From quotas to whole numbers, with every tie and a proof: the entry to this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.core.whole.certificate import Certificate, certificate_of, values_of
from allocator.core.whole.network import Network, improve, network
from allocator.core.whole.problem import Cell, Problem, Refused, Sum
from allocator.core.whole.suggest import suggest
from allocator.core.whole.ties import settle, tied_arcs


@dataclass(frozen=True)
class Tie:
    """Cells that another table of the same least cost rounds otherwise."""

    numbers: Mapping[Cell, int]
    """The tied cells in the order that decided, with what they became."""
    by: str
    """What decided: `order` or `lot`."""


@dataclass(frozen=True)
class Lot:
    """A drawn order of tied cells, with what it was drawn for."""

    order: tuple[Cell, ...]
    """All tied cells, the first drawn first."""
    drawn_for: str
    """The `fingerprint` of the problem; a lot is refused for any other."""


class Undecided(ValueError):
    """Ties that the caller wants decided by a lot: exactly these cells are to be drawn."""

    def __init__(self, ties: tuple[tuple[Cell, ...], ...], drawn_for: str) -> None:
        self.ties, self.drawn_for = ties, drawn_for
        told = "; ".join(", ".join(f"{leaf} {part}" for leaf, part in tie[:9]) for tie in ties[:9])
        super().__init__(f"{len(ties)} ties to be drawn: {told}")


@dataclass(frozen=True)
class Whole:
    """The table, what was tied in it, and why it is the best."""

    numbers: Mapping[Cell, int]
    """A whole number for every leaf and part."""
    ties: tuple[Tie, ...]
    """Empty when no other table costs as little."""
    certificate: Certificate
    """The prices that prove it."""


def solve(problem: Problem, ties: str | Lot = "order") -> Whole:
    """The table of least cost; among equals the one that rounds up the earliest cells.

    `ties` is `order`, `refuse` (raises `Undecided`), or a `Lot`.

    >>> from fractions import Fraction
    >>> half = Fraction(1, 2)
    >>> quotas = {("A", "x"): half, ("B", "x"): half, ("C", "x"): Fraction(2)}
    >>> found = solve(Problem({"NL": None, "A": "NL", "B": "NL", "C": "NL"}, ("x",), quotas))
    >>> list(found.numbers.values()), found.ties[0].numbers
    ([1, 0, 2], {('A', 'x'): 1, ('B', 'x'): 0})
    """
    net = network(problem)
    return decide(problem, net, values_of(problem, suggest(problem)), ties)


def decide(problem: Problem, net: Network, values: list[int], ties: str | Lot) -> Whole:
    """Prove an optimum, name its ties, and settle them."""
    prices, residual = improve(net, values)
    groups = tied_arcs(prices, residual)
    cells = problem.cells
    place: dict[Sum, int] = {cell: n for n, cell in enumerate(cells)}
    cells_of = [
        [cells[n] for n in sorted(place[net.names[a]] for a in group if net.names[a] in place)]
        for group in groups
    ]
    order = _order(problem, cells_of, ties)
    arc_of = {net.names[arc]: arc for group in groups for arc in group}
    found = []
    for group, tied in zip(groups, cells_of, strict=True):
        ordered = sorted(tied, key=order.__getitem__)
        settle(net, values, prices, group, [arc_of[cell] for cell in ordered])
        numbers = {cell: values[arc_of[cell]] for cell in ordered}
        found.append(Tie(numbers, "lot" if isinstance(ties, Lot) else "order"))
    carried = dict(zip(net.names, values, strict=True))
    numbers = {cell: carried[cell] for cell in cells}
    return Whole(numbers, tuple(found), certificate_of(net, prices))


def _order(problem: Problem, groups: list[list[Cell]], ties: str | Lot) -> dict[Cell, int]:
    """The place of every tied cell in the deciding order."""
    tied = {cell for group in groups for cell in group}
    if isinstance(ties, Lot):
        if ties.drawn_for != problem.fingerprint:
            raise Refused("the lot was drawn for other figures")
        if len(ties.order) != len(tied) or set(ties.order) != tied:
            raise Refused("the lot names other cells than those that are tied")
        return {cell: n for n, cell in enumerate(ties.order)}
    if ties == "refuse" and tied:
        raise Undecided(tuple(tuple(group) for group in groups), problem.fingerprint)
    if ties not in ("order", "refuse"):
        raise Refused(f"ties are decided by order, refuse or a lot, not by {ties!r}")
    return {cell: n for n, cell in enumerate(problem.cells)}
