"""Which two areas are treated furthest apart per 1,000 inhabitants: of all, or of neighbours.

Areas that have equally many are not apart. Of pairs that are equally far apart those come first
whose area with more comes first by code, then whose area with fewer does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush, nsmallest

from allocator.comparison.fairness.placed import Placed, placed


@dataclass(frozen=True, slots=True)
class Apart:
    """Two areas of which one has more per inhabitant."""

    more: str  # the code of the area that has more
    fewer: str  # the code of the area that has fewer
    high: Fraction  # what the one has per 1,000 inhabitants
    low: Fraction  # what the other has per 1,000 inhabitants

    @property
    def difference(self) -> Fraction:
        """How many more per 1,000 inhabitants."""
        return self.high - self.low

    @property
    def order(self) -> tuple[Fraction, str, str]:
        """By which pairs are sorted: furthest apart first, then by code."""
        return -self.difference, self.more, self.fewer


def largest_difference(areas: Placed) -> Fraction | None:
    """What areas differ at most per 1,000 inhabitants: `1000 × (max n_i/p_i − min n_i/p_i)`.

    From 0.5 to 1.2 is 0.7; None where there are no areas.

    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> largest_difference(placed({"a": 10, "b": 30, "c": 60}, lived))
    Fraction(7, 10)
    """
    per = areas.per_thousand.values()
    return max(per) - min(per) if per else None


def furthest_apart(
    numbers: Mapping[str, int], inhabitants: Mapping[str, Fraction], n: int
) -> tuple[Apart, ...]:
    """The n pairs of areas that differ most per 1,000 inhabitants: `1000 × (n_i/p_i − n_j/p_j)`.

    10 for 20,000 inhabitants, 30 for 30,000 and 60 for 50,000 are 0.5, 1 and 1.2 per 1,000:

    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> for pair in furthest_apart({"a": 10, "b": 30, "c": 60}, lived, n=2):
    ...     print(pair.more, pair.fewer, pair.difference)
    c a 7/10
    b a 1/2
    """
    return furthest_of(placed(numbers, inhabitants), n)


def furthest_of(areas: Placed, n: int) -> tuple[Apart, ...]:
    """The same for areas that are placed already, without looking at every pair.

    With the areas sorted from most to fewest and from fewest to most, a pair's successor in either
    list comes later in the order. So the next pair is always among the successors of those found,
    of which each first area keeps one in the heap.
    """
    per = areas.per_thousand
    from_most = sorted(per, key=lambda code: (-per[code], code))
    from_fewest = sorted(per, key=lambda code: (per[code], code))

    def entry(i: int, j: int) -> tuple[tuple[Fraction, str, str], int, int, Apart]:
        more, fewer = from_most[i], from_fewest[j]
        pair = Apart(more, fewer, per[more], per[fewer])
        return pair.order, i, j, pair

    heap = [entry(0, 0)] if per else []
    found: list[Apart] = []
    while heap and len(found) < n:
        _, i, j, pair = heappop(heap)
        if pair.difference <= 0:
            break
        found.append(pair)
        if j + 1 < len(per):
            heappush(heap, entry(i, j + 1))
        if j == 0 and i + 1 < len(per):
            heappush(heap, entry(i + 1, 0))
    return tuple(found)


def neighbours_apart(
    numbers: Mapping[str, int],
    inhabitants: Mapping[str, Fraction],
    pairs: Iterable[tuple[str, str]],
    n: int,
) -> tuple[Apart, ...]:
    """Of the pairs of areas that border on each other, the n that differ most per 1,000.

    A pair may be given in either order, or in both. Pairs with an area that is not measured are
    passed over, so a province can be measured with the borders of the whole country. Where a
    borders on b and b on c, the pair of c and a does not count:

    >>> lived = {"a": Fraction(20_000), "b": Fraction(30_000), "c": Fraction(50_000)}
    >>> borders = [("a", "b"), ("b", "c")]
    >>> for pair in neighbours_apart({"a": 10, "b": 30, "c": 60}, lived, borders, n=5):
    ...     print(pair.more, pair.fewer, pair.difference)
    b a 1/2
    c b 1/5
    """
    per = placed(numbers, inhabitants).per_thousand
    apart = set()
    for one, other in pairs:
        if one in per and other in per and per[one] != per[other]:
            fewer, more = sorted((one, other), key=lambda code: per[code])
            apart.add(Apart(more, fewer, per[more], per[fewer]))
    return tuple(nsmallest(n, apart, key=lambda pair: pair.order))
