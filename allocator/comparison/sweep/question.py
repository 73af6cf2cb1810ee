"""What a sweep asks: an instance, its keys, and how numbers become whole.

Each point of a design is an ordinary instance with an ordinary key, so that whatever a sweep says
of it can be had by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from hashlib import sha256

from allocator.comparison.sweep.design import LARGEST, PARTS, Design, Point, Space
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each
from allocator.core.quotas import used, weighed_by
from allocator.key.formula import indicators as named_in
from allocator.key.reader import read_key
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance, Total
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import Choice, Rule
from allocator.model.streams import KeyText
from allocator.words.text import LocalText, text


@dataclass(frozen=True)
class Question:
    """What is asked of every point of a design."""

    instance: Instance  # by its own rule, with its own totals
    space: Space
    choice: Choice | None = None  # of rounding, where it is another than the rule's
    keep: str = ""  # the level whose areas keep the numbers of the rule; "" where none do
    inside: str = ""  # the code of the one area of that level that is looked at; "" for all

    @cached_property
    def leaves(self) -> tuple[Area, ...]:
        """The leaves that are looked at."""
        held = self._held
        return tuple(area for area in self.instance.division.leaves if area.code in held)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The areas of every level that are looked at, in the division's order."""
        division, held = self.instance.division, self._held
        return tuple(a for a in division.areas if held.issuperset(division.members[a.code]))

    @cached_property
    def streams(self) -> tuple[str, ...]:
        """The streams that have a total of their own."""
        return tuple(stream.name for stream in self.instance.streams.given)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The indicators that the formulas name."""
        formulas = [read_key(w.formula.written, w.formula.place) for w in self.space.weights]
        return tuple(dict.fromkeys(name for each in formulas for name in named_in(each)))

    @property
    def _held(self) -> frozenset[str]:
        division = self.instance.division
        return frozenset(division.members[self.inside or division.root.code])

    def by_the_rule(self, point: Point) -> Instance:
        """The instance by its own rule, with the totals of a point."""
        numbers = self.space.numbers(point)
        if not numbers:
            return self.instance
        said = LocalText("--total", "--total")
        others = {name: Total(name, number, said, None) for name, number in numbers.items()}
        return replace(self.instance, totals={**self.instance.totals, **others})

    def at(self, point: Point, kept: dict[tuple[int, ...], Distribution]) -> Instance:
        """The instance by the key of a point.

        What areas keep is the same for all keys with the same totals; `kept` remembers it.
        """
        own = self.by_the_rule(point)
        asked = another_key(own, self.space.key(point))
        if not self.keep:
            return asked
        if point.totals not in kept:
            kept[point.totals] = distribute(own)
        return inside_each(asked, self.keep, kept[point.totals])

    def shares(self, formula: int, upper: str = "") -> Mapping[str, Fraction]:
        """What each leaf has of a formula, as a part of the whole country or of an area around it.

        It is the key in which this formula has all the weight, so that areas are left out as in
        every other key.
        """
        weights = [0] * len(self.space.weights)
        weights[formula] = PARTS
        division = self.instance.division
        key = self.space.key(Point(tuple(weights), ()))
        return weighed_by(
            key, division.leaves, division, self.instance.indicators, upper=upper
        ).weights


def checked(question: Question) -> Question:
    """The question, if every formula can be a key and every total is one of the rule's."""
    problems = Problems()
    instance, division = question.instance, question.instance.division
    any_total = Fraction(max(total.number for total in instance.totals.values()))
    for weight in question.space.weights:
        place = weight.formula.place
        with problems.collecting():
            read_key(weight.formula.written, place)
            share = KeyText(f"share({weight.formula.written})", place)
            weighed_by(share, division.leaves, division, instance.indicators, (), any_total)
    with problems.collecting():
        _refuse_totals(question)
    problems.raise_any()
    return question


def _refuse_totals(question: Question) -> None:
    instance = question.instance
    problems = Problems()
    ranges = {each.stream: each for each in question.space.totals}
    for name in ranges.keys() - set(question.streams):
        problems.add(
            Place("--total"),
            text("The rule distributes no {name}.", name=f"'{name}'"),
            text("It asks totals for: {names}.", names=", ".join(question.streams)),
        )
    low = {name: total.number for name, total in instance.totals.items()}
    high = dict(low)
    low.update({name: each.low for name, each in ranges.items()})
    high.update({name: each.high for name, each in ranges.items()})
    for stream in instance.streams.given:
        most = sum(high[part.name] for part in instance.streams.parts(stream.name))
        if most > low[stream.name]:
            problems.add(
                Place("--total"),
                text(
                    "The parts of {whole} may add up to {parts}, more than {number}, which it may "
                    "be itself.",
                    whole=f"'{stream.name}'",
                    parts=most,
                    number=low[stream.name],
                ),
                text("Mend one of the ranges."),
            )
        if high[stream.name] > LARGEST:
            problems.add(
                Place("--total"),
                text("A total of {number} is not swept.", number=high[stream.name]),
                text("It may be {most} at most.", most=LARGEST),
            )
    problems.raise_any()


def told_with_key(error: InputError, key: KeyText) -> InputError:
    """What is wrong with one of many keys, and with which."""
    return type(error)(
        *error.problems,
        Problem(
            key.place,
            text("This is so with the key {key}.", key=key.written),
            text("Choose bounds that leave it out."),
        ),
    )


def fingerprint(question: Question, design: Design) -> dict[str, str]:
    """What the numbers of a sweep depend on, part by part, to be compared with another time."""
    instance, division = question.instance, question.instance.division
    named = dict.fromkeys((*question.names, *used(instance), *instance.rule.ties))
    figures = [instance.indicators[name] for name in named if name in instance.indicators]
    return {
        "instance": instance.name,
        "rule": instance.rule.version,
        "totals": _digest([(name, each.number) for name, each in instance.totals.items()]),
        "areas": _digest(
            [
                (division.tree, division.also),
                *((area, division.members[area.code]) for area in division.areas),
            ]
        ),
        **{
            f"figures of {each.name}": _digest(
                [
                    *(each.kind.value, sorted((c, str(v)) for c, v in each.values.items())),
                    *(sorted(each.lacking), sorted(each.assumed)),
                ]
            )
            for each in figures
        },
        "keys of the rule": _digest(_keys(instance.rule, instance)),
        "limits": _digest(instance.limits),
        "rounding": _digest((instance.rule.choice, question.choice)),
        "what areas keep": f"{question.keep} {question.inside}".strip(),
        "weights": "; ".join(weight.formula.written for weight in design.space.weights),
        "design": _digest([(point.weights, point.totals) for point in design.points]),
    }


def _keys(rule: Rule, instance: Instance) -> list[object]:
    """Every formula of a rule with where it is used, without the file in which it stands."""
    return [
        *(
            (
                *(step.level, step.key.written),
                sorted((name, key.written) for name, key in step.own),
                _keys(step.by, instance) if step.by else None,
            )
            for step in rule.steps
        ),
        *((after.kind.value, [key.written for key in after.keys]) for after in rule.after),
        *((s.name, s.whole, s.key.written if s.key else None) for s in instance.streams.all),
        *(rule.ties, rule.crossing.value),
    ]


def _digest(of: Sequence[object]) -> str:
    """The SHA-256 of plain data as Python writes it, which is the same everywhere."""
    return sha256(repr(of).encode()).hexdigest()
