"""Whole numbers for all areas together: every table of floors and ceilings is tried."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from tests.second.plain import shares
from tests.second.plain.bottom_up import leaf_quotas, summed
from tests.second.plain.question import Answer, Cell, Question, Refused

Ups = tuple[int, ...]
"""Per leaf, in the order of ties: 1 for the ceiling of its quota, 0 for the floor."""


def answer(question: Question) -> Answer:
    """The best of all tables whose every sum is the floor or the ceiling of its own quota."""
    given = leaf_quotas(question)
    numbers: dict[Cell, int] = {}
    fair: dict[Cell, Fraction] | None = {} if question.limits else None
    missing: dict[Cell, Fraction] | None = {} if question.limits else None
    for whole in question.wholes:
        quotas = split(question, whole, given)
        if fair is not None and missing is not None:
            quotas, lacking = shares.under_limits(question, whole, quotas)
            fair |= quotas
            missing |= lacking
        numbers |= best_table(question, question.parts(whole), quotas)
        for leaf in question.leaves:
            numbers[leaf, whole] = sum(numbers[leaf, part] for part in question.parts(whole))
    leaves = {
        (leaf, name): numbers[leaf, name] for leaf in question.leaves for name in question.totals
    }
    return Answer(summed(question, given), summed(question, leaves), fair, missing)


def split(question: Question, whole: str, given: dict[Cell, Fraction]) -> dict[Cell, Fraction]:
    """The quotas of the parts of a whole; the part without a total is what the others leave."""
    found = {}
    parts = question.parts(whole)
    for leaf in question.leaves:
        left = given[leaf, whole]
        for part in parts:
            if part in question.totals:
                found[leaf, part] = given[leaf, part]
                left -= given[leaf, part]
        for part in parts:
            if part not in question.totals:
                if left < 0:
                    raise Refused
                found[leaf, part] = left
    return found


def best_table(
    question: Question, parts: list[str], quotas: dict[Cell, Fraction]
) -> dict[Cell, int]:
    """Of the tables of least cost the one in which the earliest cells go up."""
    leaves, sets = in_order(question), kept_sets(question)
    ways = [ways_of_a_part(leaves, sets, part, quotas) for part in parts]
    best: tuple[tuple[int, Fraction], Ups] | None = None
    for chosen in product(*ways):
        table = {
            (leaf, part): floor(quotas[leaf, part]) + ups[place]
            for part, ups in zip(parts, chosen, strict=True)
            for place, leaf in enumerate(leaves)
        }
        if not all(fits(table, quotas, [(x, p) for x in inside for p in parts]) for inside in sets):
            continue
        up = [cell for cell in table if table[cell] > quotas[cell]]
        rank = cost(question.method, [quotas[cell] for cell in up])
        lateness = tuple(
            -chosen[part][place] for place in range(len(leaves)) for part in range(len(parts))
        )
        if best is None or (rank, lateness) < best:
            best, found = (rank, lateness), table
    assert best is not None, "a table always exists"
    return found


def ways_of_a_part(
    leaves: list[str], sets: list[list[str]], part: str, quotas: dict[Cell, Fraction]
) -> list[Ups]:
    """Every way to take floors and ceilings in one part that keeps its own sums."""
    choices = [(0, 1) if quotas[leaf, part] % 1 else (0,) for leaf in leaves]
    found = []
    for ups in product(*choices):
        table = {
            (leaf, part): floor(quotas[leaf, part]) + up
            for leaf, up in zip(leaves, ups, strict=True)
        }
        if all(fits(table, quotas, [(leaf, part) for leaf in inside]) for inside in sets):
            found.append(ups)
    return found


def fits(table: dict[Cell, int], quotas: dict[Cell, Fraction], cells: list[Cell]) -> bool:
    """Whether a sum is the floor or the ceiling of its quota: less than 1 from it."""
    return -1 < sum(table[cell] for cell in cells) - sum(quotas[cell] for cell in cells) < 1


def cost(method: str, quotas: list[Fraction]) -> tuple[int, Fraction]:
    """What it costs that the cells with these quotas go up; the least is best.

    Largest remainder: the sum of squares of what is above less that of what would be below. The
    others: the square of the product of signpost / quota, so that no root is taken; a signpost of 0
    comes before anything else.

    >>> cost("largest-remainder", [Fraction(7, 4)])
    (0, Fraction(-1, 2))
    >>> cost("webster", [Fraction(7, 4)])
    (0, Fraction(36, 49))
    """
    if method == "largest-remainder":
        return 0, sum(((1 - q % 1) ** 2 - (q % 1) ** 2 for q in quotas), Fraction(0))
    free, product_of = 0, Fraction(1)
    for q in quotas:
        n = floor(q)
        squared = {
            "webster": Fraction(2 * n + 1, 2) ** 2,
            "adams": Fraction(n) ** 2,
            "jefferson": Fraction(n + 1) ** 2,
            "hill": Fraction(n * (n + 1)),
            "dean": Fraction(2 * n * (n + 1), 2 * n + 1) ** 2,
        }[method]
        if squared == 0:
            free -= 1
            product_of /= q**2
        else:
            product_of *= squared / q**2
    return free, product_of


def kept_sets(question: Question) -> list[list[str]]:
    """The areas and pools whose sums are kept, and the level beside the tree if it crosses none."""
    pools = [list(limit.areas) for limit in question.limits if len(limit.areas) > 1]
    sets = [*question.tree.values(), *pools]
    rings = list(question.rings.values())
    crosses = any(
        set(a) & set(b) and not set(a) <= set(b) and not set(b) <= set(a)
        for a in rings
        for b in sets
    )
    return sets if crosses else [*sets, *rings]


def in_order(question: Question) -> list[str]:
    """The leaves by the rule's order of ties: by a figure, the larger first, or by code."""

    def place(leaf: str) -> tuple[Fraction | str, ...]:
        return tuple(
            leaf if name == "code" else -question.figures[name][leaf] for name in question.order
        )

    return sorted(question.leaves, key=place)


def floor(quota: Fraction) -> int:
    return quota.numerator // quota.denominator
