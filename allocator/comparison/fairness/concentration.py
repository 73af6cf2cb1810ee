"""The Lorenz curve and the Gini that follows from it: how unequal areas are per inhabitant.

In the headline Gini every inhabitant counts once, so a large municipality weighs more than a small
one. In the Gini over areas every area counts once.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby, pairwise

from allocator.comparison.fairness.numerators import numerators
from allocator.comparison.fairness.placed import Placed
from allocator.core.exact import added

#: A point of the curve: a part of the inhabitants and the part of the total that they have.
Point = tuple[Fraction, Fraction]


def lorenz(areas: Placed) -> tuple[Point, ...]:
    """What part of the total the inhabitants with fewest have, from (0, 0) to (1, 1).

    Areas come from fewest to most per inhabitant; those that have equally many make one step, so
    that the curve bends at each point. There is none where the total is 0. Of 20,000, 30,000 and
    50,000 inhabitants with 10, 30 and 60: the first fifth has 10/100, the first half 40/100.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> curve = lorenz(placed({"a": 10, "b": 30, "c": 60}, lived))
    >>> [f"{inhabitants} {places}" for inhabitants, places in curve]
    ['0 0', '1/5 1/10', '1/2 2/5', '1 1']
    """
    if not areas.total:
        return ()
    persons = numerators(areas.inhabitants.values())
    from_fewest = sorted(zip(persons, areas.numbers.values(), strict=True), key=_per_person)
    everyone = sum(persons)
    points = [(Fraction(0), Fraction(0))]
    living, having = 0, 0
    for _, alike in groupby(from_fewest, _per_person):
        for each_living, each_having in alike:
            living += each_living
            having += each_having
        points.append((Fraction(living, everyone), Fraction(having, areas.total)))
    return tuple(points)


def _per_person(area: tuple[int, int]) -> Fraction:
    persons, number = area
    return Fraction(number, persons)


def gini(areas: Placed) -> Fraction | None:
    """Half the mean difference per inhabitant between two inhabitants, relative to the mean.

    `Σ_i Σ_j p_i p_j |n_i/p_i − n_j/p_j| / (2 × total × everyone)`, which is 1 − 2 × the area
    under the Lorenz curve. Under the points (0, 0), (1/5, 1/10), (1/2, 2/5) and (1, 1) lie
    0.01 + 0.075 + 0.35 = 0.435, so it is 1 − 0.87.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> gini(placed({"a": 10, "b": 30, "c": 60}, lived))
    Fraction(13, 100)
    """
    curve = lorenz(areas)
    if not curve:
        return None
    # twice a trapezium under each step
    return 1 - added((x - left) * (y + below) for (left, below), (x, y) in pairwise(curve))


def gini_over_areas(areas: Placed) -> Fraction | None:
    """The same with every area counted once: `Σ_i Σ_j |x_i − x_j| / (2 × areas × Σ x_i)`.

    Here x is the number per 1,000 inhabitants: 0.5, 1 and 1.2. The differences are 0.5, 0.7 and
    0.2, each counted twice: 2.8 / (2 × 3 × 2.7) = 14/81. From fewest to most, the k-th of m areas
    is the larger of a pair k − 1 times and the smaller m − k times, so no pair has to be built.

    >>> from allocator.comparison.fairness.placed import placed
    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> gini_over_areas(placed({"a": 10, "b": 30, "c": 60}, lived))
    Fraction(14, 81)
    """
    from_fewest = sorted(numerators(areas.per_thousand.values()))
    if not any(from_fewest):
        return None
    many = len(from_fewest)
    differences = sum((2 * k - many - 1) * x for k, x in enumerate(from_fewest, start=1))
    return Fraction(differences, many * sum(from_fewest))
