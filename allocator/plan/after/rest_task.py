"""The rest task: what the minister would spread where a province does not carry its number.

It goes by the same key over the municipalities that have not met theirs; those that met it are
exempt. A share may be more than a municipality lacks itself, so both are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.cells import parts_of
from allocator.core.exact import added
from allocator.core.proportion import in_proportion
from allocator.model.balances import Cell
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.problem import NoAnswer, Place, Problem
from allocator.model.streams import Streams
from allocator.words.text import text


@dataclass(frozen=True)
class Standing:
    """What each municipality of an area was asked, and what it carries."""

    area: str  # the code of a province, or of the country
    whole: str  # the stream that all places are in
    numbers: Mapping[Cell, int]  # asked after agreements, in the whole and its given parts
    carried: Mapping[Cell, int]  # of what is there and what is planned, in the same streams

    def has_met(self, code: str, streams: Streams) -> bool:
        """Whether a municipality carries its number, and in it that of every part."""
        asked = (self.whole, *(part.name for part in streams.parts(self.whole)))
        return all(self.carried[code, name] >= self.numbers[code, name] for name in asked)


@dataclass(frozen=True)
class RestTask:
    """What nobody carries, spread; parts add up to their whole, areas to the rest."""

    area: str  # the code of the province, or of the country
    rests: Mapping[str, int]  # per stream, what nobody carries
    lacks: Mapping[Cell, int]  # per municipality and stream, what it lacks itself
    exact: Mapping[Cell, Fraction]  # per municipality and stream, its share before rounding
    shares: Mapping[Cell, int]  # per municipality and stream, its share of the rest

    @property
    def above(self) -> dict[Cell, int]:
        """By how much a share is more than a municipality lacks itself, where it is."""
        more = {cell: share - self.lacks[cell] for cell, share in self.shares.items()}
        return {cell: number for cell, number in more.items() if number > 0}


def rest_task(distribution: Distribution, standing: Standing) -> RestTask:
    """The rest of an area, first of each part with a number of its own, then of the other places.

    A part's rest goes over those that lack some of it. Places of a part beyond its number are
    places still, so the other places are short by what the whole is short after the parts' rests;
    that goes over those that still lack places, their share in the parts' rests counted. So whoever
    met its number, and in it that of every part, is exempt, and wherever there is a rest somebody
    is not. Weights are those of the rule's last step; what parts leave goes by that of the whole.

    Suppose that all of Zeeland carry their number, but Goes and Kapelle nothing and Middelburg 90
    places more. Goes is asked 209 and Kapelle 81, so 200 of these 290 remain. At the weights,
    0.722 to 0.278, Goes would be given 144 and Kapelle 56:

    >>> import allocator
    >>> asked = allocator.distribute(allocator.load("nl/reception-2024"))
    >>> middelburg, goes, kapelle = "GM0687", "GM0664", "GM0678"
    >>> carried = dict(asked.numbers)
    >>> carried[middelburg, "places"] += 90
    >>> carried.update({(c, s): 0 for c in (goes, kapelle) for s in ("places", "minors")})
    >>> rest = rest_task(asked, Standing("PV29", "places", asked.numbers, carried))
    >>> rest.rests
    {'places': 200, 'minors': 25, 'regular': 175}
    >>> [[rest.shares[c, s] for s in rest.rests] for c in (goes, kapelle, middelburg)]
    [[144, 18, 126], [56, 7, 49], [0, 0, 0]]
    """
    streams, whole = distribution.instance.streams, standing.whole
    parts = [part.name for part in streams.parts(whole)]
    leaves = distribution.instance.division.members[standing.area]
    lacks: dict[Cell, int] = {}
    found = {}
    for part in parts:
        missing = {c: standing.numbers[c, part] - standing.carried[c, part] for c in leaves}
        lacks.update({(code, part): max(0, number) for code, number in missing.items()})
        found[part] = _spread(distribution, standing.area, part, missing)
    missing = {c: standing.numbers[c, whole] - standing.carried[c, whole] for c in leaves}
    others = next(each for each in parts_of(streams, streams.named(whole)) if each not in parts)
    for code, number in missing.items():
        in_parts = sum(lacks[code, part] for part in parts)
        lacks[code, others] = max(0, number - in_parts)
        lacks[code, whole] = lacks[code, others] + in_parts
    still = {c: n - sum(found[part].shares[c] for part in parts) for c, n in missing.items()}
    found[others] = _spread(distribution, standing.area, whole, still)
    return _told(standing, leaves, lacks, found)


@dataclass(frozen=True)
class _Spread:
    """The rest of one part."""

    rest: int
    exact: Mapping[str, Fraction]
    shares: Mapping[str, int]


def _spread(
    distribution: Distribution, area: str, stream: str, missing: Mapping[str, int]
) -> _Spread:
    """What an area misses in all, by the key, over those that miss some themselves."""
    rest = max(0, sum(missing.values()))
    key = distribution.steps[stream][-1].weights
    weights = {code: key[code] if number > 0 else Fraction(0) for code, number in missing.items()}
    in_all = added(weights.values())
    if rest and not in_all:
        raise _no_weight(distribution.instance, area, rest)
    shares = in_proportion(distribution.instance, {area: rest}, weights)
    return _Spread(
        rest,
        {code: rest * weight / (in_all or 1) for code, weight in weights.items()},
        {code: shares[code] for code in missing},
    )


def _no_weight(instance: Instance, area: str, rest: int) -> NoAnswer:
    return NoAnswer(
        Problem(
            Place(instance.file),
            text(
                "{number} remain in {area}, and the key gives weight 0 to everybody that has not "
                "met its number.",
                number=rest,
                area=instance.division.by_code[area].name,
            ),
            text("Plan these places, or use a key that is above 0 there."),
        )
    )


def _told(
    standing: Standing,
    leaves: tuple[str, ...],
    lacks: Mapping[Cell, int],
    found: Mapping[str, _Spread],
) -> RestTask:
    """Every part, and the whole as their sum."""
    whole = standing.whole
    exact = {(code, part): each.exact[code] for part, each in found.items() for code in leaves}
    shares = {(code, part): each.shares[code] for part, each in found.items() for code in leaves}
    for code in leaves:
        exact[code, whole] = added(each.exact[code] for each in found.values())
        shares[code, whole] = sum(each.shares[code] for each in found.values())
    rests = {whole: sum(each.rest for each in found.values())}
    rests.update({part: each.rest for part, each in found.items()})
    return RestTask(standing.area, rests, lacks, exact, shares)
