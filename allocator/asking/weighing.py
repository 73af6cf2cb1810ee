"""From what was typed to a search for weights: nearest to a published table, or fairest."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from allocator.asking.weights import PLACE, Weighed, read_weights
from allocator.comparison.find import Bounds, Measure, Question, Row, find
from allocator.comparison.sought import Sought
from allocator.core.quotas import weighed_by
from allocator.model.indicator import Kind
from allocator.model.instance import Instance, Quantity
from allocator.model.problem import InputError, Place, Problem
from allocator.model.streams import KeyText
from allocator.reading.instances.read import load
from allocator.words.text import Text, text

INHABITANTS = "population"


def sought(
    asked: str, weights: tuple[str, ...], nearest: str | None, fairest: str | None
) -> Sought:
    """The weights that come nearest to the published table, or that are fairest per inhabitant."""
    if nearest and fairest:
        raise _refused(
            Place("--fairest"),
            text("Nearest to a table and fairest are two questions."),
            text("Leave one of the two out."),
        )
    weighed = read_weights(weights)
    keys = {
        each.formula.written: KeyText(f"share({each.formula.written})", PLACE) for each in weighed
    }
    instance = load(asked, keys=tuple(each.formula for each in weighed))
    rows = tuple(_by_inhabitants(instance) if fairest else _published(instance))
    question = Question(
        components={name: _shares(instance, key) for name, key in keys.items()},
        rows=rows,
        measure=Measure(fairest or nearest or Measure.LARGEST),
        bounds={each.formula.written: _bounds(each) for each in weighed},
    )
    return Sought(instance, find(question), bool(fairest))


def _bounds(weighed: Weighed) -> Bounds:
    return Bounds(weighed.low, weighed.high)


def _shares(instance: Instance, key: KeyText) -> dict[str, Fraction]:
    """What each leaf has of a formula, as a part of the whole."""
    division = instance.division
    return dict(weighed_by(key, division.leaves, division, instance.indicators).weights)


def _published(instance: Instance) -> Iterator[Row]:
    """Every published number of a stream with a total of its own, but the totals themselves."""
    if instance.published is None:
        raise _refused(
            Place(""),
            text("{name} has no published table.", name=instance.name),
            text("Add --fairest to find the fairest key instead."),
        )
    for row in instance.published.rows:
        if row.quantity is Quantity.NUMBER and row.stream in instance.totals:
            if row.code == instance.division.root.code:
                continue  # the same under all weights
            total = Fraction(instance.totals[row.stream].number)
            leaves = instance.division.members[row.code]
            yield Row(row.code, row.stream, Fraction(row.number), total, leaves)


def _by_inhabitants(instance: Instance) -> Iterator[Row]:
    """Per leaf its inhabitants' part of the first whole."""
    people = instance.indicators.get(INHABITANTS)
    if people is None or people.kind is not Kind.COUNT:
        raise _refused(
            Place("--fairest"),
            text("{name} has no inhabitants to be fair by.", name=instance.name),
            text("Add `population` under its `indicators:`."),
        )
    stream = instance.streams.given[0].name
    total = Fraction(instance.totals[stream].number)
    everybody = sum(people.values.values(), Fraction(0))
    for leaf in instance.division.leaves:
        target = total * people.values[leaf.code] / everybody
        yield Row(leaf.code, stream, target, total, (leaf.code,))


def _refused(place: Place, found: Text, mend: Text) -> InputError:
    return InputError(Problem(place, found, mend))
