"""How even a distribution is per inhabitant: exact measures, and the words for them.

`measured` computes them all from two tables, of numbers and of inhabitants; docs/fairness.md says
what each of them means and what it does not.
"""

from allocator.comparison.fairness.apart import (
    Apart,
    furthest_apart,
    largest_difference,
    neighbours_apart,
)
from allocator.comparison.fairness.concentration import Point, gini, gini_over_areas, lorenz
from allocator.comparison.fairness.deviation import (
    Extreme,
    deviations,
    highest,
    largest_deviation,
    lowest,
    mean_deviation,
    ratios,
    to_move,
    within,
)
from allocator.comparison.fairness.measures import (
    CORRELATION,
    FURTHEST,
    LORENZ,
    MEASURES,
    NEIGHBOURS,
    PAIRS,
    TENTH,
    Fairness,
    Measure,
    Named,
    measured,
)
from allocator.comparison.fairness.placed import Placed, placed
from allocator.comparison.fairness.relation import Correlation, correlation

__all__ = [
    "CORRELATION",
    "FURTHEST",
    "LORENZ",
    "MEASURES",
    "NEIGHBOURS",
    "PAIRS",
    "TENTH",
    "Apart",
    "Correlation",
    "Extreme",
    "Fairness",
    "Measure",
    "Named",
    "Placed",
    "Point",
    "correlation",
    "deviations",
    "furthest_apart",
    "gini",
    "gini_over_areas",
    "highest",
    "largest_deviation",
    "largest_difference",
    "lorenz",
    "lowest",
    "mean_deviation",
    "measured",
    "neighbours_apart",
    "placed",
    "ratios",
    "to_move",
    "within",
]
