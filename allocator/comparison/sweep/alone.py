"""One area by itself: the exact way where nothing outside the area matters to it.

An area that keeps its number is divided among its own municipalities; where all of its sums are
whole numbers, no other area has a say in who goes up inside it. That is a small instance instead of
the whole country.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from allocator.comparison.sweep.design import Point, weight_written
from allocator.comparison.sweep.exactly import Numbers
from allocator.comparison.sweep.question import Question, told_with_key
from allocator.core.distribute import distribute
from allocator.core.together import tree_of
from allocator.model.areas import Area, Division
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator, Kind, Quality
from allocator.model.instance import Instance
from allocator.model.problem import InputError
from allocator.model.rule import Choice, Direction, Rounding, Step, Ties
from allocator.model.streams import KeyText
from allocator.words.text import LocalText


@dataclass(frozen=True)
class Alone:
    """The exact way inside one area, by what each of its leaves has of every formula there."""

    question: Question
    choice: Choice
    division: Division  # of the area
    shares: tuple[Mapping[str, Fraction], ...]  # per formula, inside the area

    @property
    def at_a_time(self) -> int:
        """So many keys take about a second."""
        return 200

    def numbers(self, points: Sequence[Point]) -> Numbers:
        question = self.question
        codes = [leaf.code for leaf in question.leaves]
        found = np.empty((len(question.streams), len(codes), len(points)), np.int64)
        kept: dict[tuple[int, ...], Distribution] = {}
        inside: dict[tuple[int, ...], Instance] = {}
        for place, point in enumerate(points):
            if point.totals not in inside:
                inside[point.totals] = self._area(question.at(point, kept), kept[point.totals])
            try:
                table = distribute(self._by_key(inside[point.totals], point), self.choice).numbers
            except InputError as error:
                raise told_with_key(error, question.space.key(point)) from error
            for row, stream in enumerate(question.streams):
                found[row, :, place] = [table[code, stream] for code in codes]
        return found

    def _area(self, asked: Instance, outcome: Distribution) -> Instance:
        """The area as an instance, whose totals are the numbers that it keeps."""
        own = self.question.inside
        ties = {n: asked.indicators[n] for n in asked.rule.ties if n in asked.indicators}
        return replace(
            asked,
            rule=replace(asked.rule, direction=Direction.BOTTOM_UP),
            division=self.division,
            totals={
                name: replace(total, number=outcome.number(own, name))
                for name, total in asked.totals.items()
            },
            indicators={**ties, **{each.name: each for each in self._figures()}},
        )

    def _figures(self) -> Iterator[Indicator]:
        """The shares as figures that a key can name."""
        none = LocalText("", "")
        for place, values in enumerate(self.shares):
            yield Indicator(
                name=_named(place),
                title=none,
                kind=Kind.COUNT,
                year=self.division.day.year,
                reference=none,
                source=none,
                licence="",
                quality=Quality.OFFICIAL,
                values=values,
                portions={},
            )

    def _by_key(self, area: Instance, point: Point) -> Instance:
        terms = [
            f"{weight_written(part)} * {_named(place)}" for place, part in enumerate(point.weights)
        ]
        place = self.question.space.weights[0].formula.place
        step = Step("", KeyText(" + ".join(terms), place))
        return replace(area, rule=replace(area.rule, steps=(step,)))


def _named(place: int) -> str:
    return f"share_of_formula_{place}"


def alone(question: Question, asked: Instance) -> Alone | None:
    """The way inside the area that is asked for, where nothing outside it matters.

    Limits may reach over areas, a tie that must be drawn is to be told wherever it is, and the sums
    of a level that crosses the tree are not kept.
    """
    instance, division = question.instance, question.instance.division
    if not question.inside or instance.limits:
        return None
    area = division.by_code[question.inside]
    choice = question.choice or asked.rule.choice
    together = choice.rounding is Rounding.CONSISTENT and choice.ties is Ties.ORDER
    if not together or area.level not in division.tree:
        return None
    crossing = tree_of(asked, choice.fixed).crossing
    also = [level for level in division.also if level not in crossing]
    shares = tuple(
        question.shares(place, area.level) for place in range(len(question.space.weights))
    )
    return Alone(question, choice, _by_itself(division, area, also), shares)


def _by_itself(division: Division, area: Area, also: Sequence[str]) -> Division:
    """The division of one area: what lies in it, with the levels beside the tree that do too."""
    held = set(division.members[area.code])
    levels = (*division.tree[division.tree.index(area.level) + 1 :], *also)
    inside = [
        each
        for each in division.areas
        if each.level in levels and held.issuperset(division.members[each.code])
    ]
    areas = (*inside, replace(area, parent=""))
    found = {each.level for each in areas}
    return Division(
        division.day,
        division.tree[division.tree.index(area.level) :],
        tuple(level for level in also if level in found),
        areas,
        {each.code: division.members[each.code] for each in areas},
    )
