"""The places of circles that are kept per year: one circle per municipality, by inhabitants.

Pictures start from these places, so that the country looks the same in each of them. They are
computed once and stored; only additions, divisions and square roots are used, which give the same
result on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import pi, sqrt

from allocator.model.geography import Point
from allocator.report.pictures.maps.circles import Disc, settled

#: What all circles cover together, in km²; rather more than half of the land.
COVERED = 18_000
#: Kilometres to a degree of latitude, and to one of longitude at 52.2° north.
NORTH, EAST = 111.2, 68.16
#: The point from which kilometres are counted.
LON, LAT = 5.3, 52.2
#: Gaps in km between circles, and between those of two provinces.
GAP, BETWEEN = 0.4, 1.6
ROUNDS = 600


def stored_points(
    centroids: Mapping[str, Point],
    inhabitants: Mapping[str, int],
    provinces: Mapping[str, str],
    borders: Iterable[tuple[str, str]],
) -> dict[str, Point]:
    """Per code where its circle stands, in kilometres to the east and the north.

    >>> alone = stored_points({"A": (5.4, 52.3)}, {"A": 100}, {"A": "P"}, [])
    >>> alone
    {'A': (6.8, 11.1)}
    """
    codes = sorted(centroids)
    place = {code: index for index, code in enumerate(codes)}
    discs = [
        Disc(
            x=(centroids[code][0] - LON) * EAST,
            y=(centroids[code][1] - LAT) * NORTH,
            r=radius(inhabitants[code], sum(inhabitants.values())),
            group=provinces[code],
        )
        for code in codes
    ]
    pairs = [(place[one], place[other]) for one, other in borders]
    found = settled(discs, GAP, BETWEEN, ROUNDS, pairs)
    return {code: (round(d.x, 1), round(d.y, 1)) for code, d in zip(codes, found, strict=True)}


def radius(inhabitants: int, everyone: int) -> float:
    """The radius of a municipality's circle in kilometres.

    >>> round(radius(931_298, 17_942_942), 1)
    17.2
    """
    return sqrt(COVERED * inhabitants / everyone / pi)
