"""What is done with weights after the key, where a formula cannot say it.

A rule names the steps in their order: weights below zero become zero, areas are exempt, weights are
kept between bounds, or are divided by their sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.exact import added
from allocator.model.rule import After, AfterKind
from allocator.model.streams import KeyText

#: What a formula gives for every area.
Values = Callable[[KeyText], Mapping[str, Fraction]]


@dataclass(frozen=True)
class Weighed:
    """The weights of areas, and what led to them."""

    values: Mapping[str, Fraction]  # what the key gives
    stages: tuple[tuple[After, Mapping[str, Fraction]], ...]  # each step with the weights after it
    exempt: frozenset[str] = (
        frozenset()
    )  # the areas that a step exempted, and none gave a weight again
    lacking: frozenset[str] = frozenset()  # the leaves that were left out for want of a figure

    @property
    def weights(self) -> Mapping[str, Fraction]:
        """The weights after the last step."""
        return self.stages[-1][1] if self.stages else self.values

    def without(self, lacking: frozenset[str], codes: Iterable[str]) -> Weighed:
        """The same, with weight 0 for areas that were left out, in the order of the codes."""
        order = list(codes)

        def filled(found: Mapping[str, Fraction]) -> dict[str, Fraction]:
            return {code: found.get(code, Fraction(0)) for code in order}

        stages = tuple((step, filled(found)) for step, found in self.stages)
        return Weighed(filled(self.values), stages, self.exempt, lacking)


def after_the_key(
    values: Mapping[str, Fraction],
    steps: Sequence[After],
    formula: Values,
    within: Mapping[str, str],
) -> Weighed:
    """The key's values put through every step after it.

    `within` names for each area what it shares in; nothing where all share in the same.
    """
    found = dict(values)
    stages = []
    exempt: set[str] = set()
    for step in steps:
        if step.kind is AfterKind.EXEMPT:
            exempt |= _exempt(step, formula)
        found = _done(step, found, formula, within)
        stages.append((step, found))
    still = frozenset(code for code in exempt if not found[code])
    return Weighed(values, tuple(stages), still)


def _exempt(step: After, formula: Values) -> set[str]:
    """The areas that reach the bound of an exemption."""
    assert step.of is not None
    assert step.least is not None
    held, bound = formula(step.of), formula(step.least)
    return {code for code, number in held.items() if number >= bound[code]}


def _done(
    step: After, weights: Mapping[str, Fraction], formula: Values, within: Mapping[str, str]
) -> dict[str, Fraction]:
    match step.kind:
        case AfterKind.POSITIVE:
            return {code: max(weight, Fraction(0)) for code, weight in weights.items()}
        case AfterKind.EXEMPT:
            exempt = _exempt(step, formula)
            return {c: Fraction(0) if c in exempt else weight for c, weight in weights.items()}
        case AfterKind.CAPPED:
            found = dict(weights)
            if step.least is not None:
                least = formula(step.least)
                found = {code: max(weight, least[code]) for code, weight in found.items()}
            if step.most is not None:
                most = formula(step.most)
                found = {code: min(weight, most[code]) for code, weight in found.items()}
            return found
        case AfterKind.RESCALE:
            return _rescaled(weights, within)


def _rescaled(weights: Mapping[str, Fraction], within: Mapping[str, str]) -> dict[str, Fraction]:
    """Weights divided by their sum over the areas that share in the same.

    >>> _rescaled({"A": Fraction(3), "B": Fraction(1)}, {})
    {'A': Fraction(3, 4), 'B': Fraction(1, 4)}
    """
    inside: dict[str, list[Fraction]] = {}
    for code, weight in weights.items():
        inside.setdefault(within.get(code, ""), []).append(weight)
    sums = {upper: added(each) or Fraction(1) for upper, each in inside.items()}
    return {code: weight / sums[within.get(code, "")] for code, weight in weights.items()}
