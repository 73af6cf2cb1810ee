"""A key after one figure of one area has changed, without computing it for every area again.

One changed figure gives all other areas nothing but other factors, the same for each of them. So
the area's own weight and the sum of all weights follow exactly from sums that are made once.
"""

# Why this is exact. Let the figure of area a in one indicator change, and all others stay. Then
# every part of a formula has vectors v1 ... vk that do not depend on the change, and factors
# f1 ... fk that do, such that its value for each area i other than a is f1·v1[i] + ... + fk·vk[i]:
#
# - A part that does not name the indicator, or names it outside every sum over areas, has for i the
#   value it had before: one vector, with factor 1.
# - national(x) is the same for all areas: the vector of ones, and the sum as its factor. By what
#   holds for x, that sum is f1·(sum of v1 − v1[a]) + ... + fk·(sum of vk − vk[a]) + x for a.
# - share(x) is x divided by that sum: the vectors of x, and its factors divided. Only where all
#   areas share in the same; where they share in several, the factors would differ among these.
# - Of −x, x + y, x − y and x × y the vectors and factors follow by the distributive law.
# - x / y and inverse(y) need y to have one vector: 1 / (f·v[i]) = (1/f)·(1/v[i]). Before the change
#   y was not 0 anywhere, so no v[i] is, and only f = 0 divides by zero.
#
# The value for a itself is the formula with the new figure and the new sums put in. Other parts
# (bounds around something that a sum changes, a division by several vectors) are left to the
# computation over all areas: `NotFollowed`.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from allocator.core.exact import added
from allocator.key.evaluate import Figures, evaluate
from allocator.key.formula import Call, Formula, Name, Negative, Number, Operation, parts
from allocator.key.formula import indicators as named_in
from allocator.key.reader import read_key
from allocator.model.streams import KeyText

ONE = Fraction(1)
NOUGHT = Fraction(0)


class NotFollowed(Exception):
    """The change cannot be followed from sums: the key must be computed for every area."""


class Refuses(Exception):
    """The key refuses the changed figure: it divides by zero, or gives a negative weight."""


@dataclass(frozen=True, eq=False)
class Vector:
    """A value per area that no change touches."""

    values: tuple[Fraction, ...]
    within: tuple[str, ...]  # what each area shares in
    _products: dict[Vector, Vector] = field(default_factory=dict)

    @cached_property
    def total(self) -> Fraction:
        return added(self.values)

    @cached_property
    def inside(self) -> Mapping[str, Fraction]:
        """The sum over the areas that share in the same, by what they share in."""
        found: dict[str, list[Fraction]] = {}
        for upper, value in zip(self.within, self.values, strict=True):
            found.setdefault(upper, []).append(value)
        return {upper: added(each) for upper, each in found.items()}

    @cached_property
    def lowest(self) -> Fraction:
        return min(self.values)

    @cached_property
    def highest(self) -> Fraction:
        return max(self.values)

    @cached_property
    def inverse(self) -> Vector:
        return Vector(tuple(ONE / value for value in self.values), self.within)

    def times(self, other: Vector) -> Vector:
        """The product area by area, made once."""
        if other not in self._products:
            pairs = zip(self.values, other.values, strict=True)
            product = Vector(tuple(one * two for one, two in pairs), self.within)
            self._products[other] = other._products[self] = product
        return self._products[other]


#: What a part is worth to every other area: a factor for each vector.
Terms = dict[Vector, Fraction]


class ChangedKey:
    """A key over the areas of a level, of which one indicator changes in one area at a time."""

    def __init__(self, key: KeyText, figures: Figures, name: str) -> None:
        self.key, self.figures, self.name = key, figures, name
        self.formula = read_key(key.written, key.place)
        self.within = figures.within or ("",) * len(figures.areas)
        self.one_whole = len(set(self.within)) == 1
        self.ones = Vector((ONE,) * len(figures.areas), self.within)
        self._before: dict[int, Vector] = {}
        # the parts of one formula live as long as it does, so each may be known by its id
        every = list(parts(self.formula))
        self._touched = {id(part) for part in every if name in named_in(part)}
        self._same = {id(part) for part in every if _same_everywhere(part)}
        self._moving = {
            id(part)
            for part in every
            if any(_sums(inner) and id(inner) in self._touched for inner in parts(part))
        }

    def after(self, at: int, figure: Fraction) -> Changed:
        """The key with another figure for the area at this place."""
        return Changed(self, at, figure)

    def touches(self, part: Formula) -> bool:
        """Whether the part names the indicator."""
        return id(part) in self._touched

    def is_same(self, part: Formula) -> bool:
        """Whether the part has one value for all areas."""
        return id(part) in self._same

    def moves(self, part: Formula) -> bool:
        """Whether the part changes for other areas than the one whose figure does."""
        return id(part) in self._moving

    def before(self, part: Formula) -> Vector:
        """The values of a part as they are without any change."""
        if id(part) not in self._before:
            values = evaluate(part, self.figures, self.key.written, self.key.place)
            self._before[id(part)] = Vector(tuple(values), self.within)
        return self._before[id(part)]


def _sums(part: Formula) -> bool:
    return isinstance(part, Call) and part.function in ("national", "share")


def _same_everywhere(part: Formula) -> bool:
    """Whether a part speaks of no area in particular: numbers, and sums over all areas."""
    match part:
        case Number():
            return True
        case Name():
            return False
        case Negative():
            return _same_everywhere(part.of)
        case Operation():
            return _same_everywhere(part.left) and _same_everywhere(part.right)
        case Call(function="national"):
            return True
        case Call(function="share"):
            return False
        case Call():
            return all(_same_everywhere(argument) for argument in part.arguments)


@dataclass(frozen=True)
class Weighed:
    """What one area weighs after a change, and all that share with it, itself included."""

    own: Fraction
    together: Fraction
    even: bool  # whether the weights of all others kept their proportions


@dataclass(frozen=True)
class Changed:
    """A key in which the figure of one area is another."""

    key: ChangedKey
    at: int  # the place of the area
    figure: Fraction  # its new figure
    _sums: dict[int, Fraction] = field(default_factory=dict)

    def weighed(self) -> Weighed:
        """The weight of the area and the sum of weights, or an exception where there are none.

        Areas with 300 and 700 inhabitants of whom the first gets 100 more:

        >>> from allocator.model.indicator import Kind
        >>> from allocator.model.problem import Place
        >>> figures = Figures(("A", "B"), {"people": [Fraction(300), Fraction(700)]},
        ...                   {"people": Kind.COUNT})
        >>> key = ChangedKey(KeyText("share(people)", Place("")), figures, "people")
        >>> key.after(0, Fraction(400)).weighed()
        Weighed(own=Fraction(4, 11), together=Fraction(1, 1), even=True)
        """
        formula = self.key.formula
        own, others = self.own(formula), self.others(formula)
        if own < 0 or not self._none_negative(others):
            raise Refuses
        here = self.key.within[self.at]
        rest = sum(
            (
                factor * (each.inside[here] - each.values[self.at])
                for each, factor in others.items()
            ),
            NOUGHT,
        )
        even = len(others) == 1 and next(iter(others.values())) > 0
        return Weighed(own, rest + own, even)

    def _none_negative(self, others: Terms) -> bool:
        """Whether no other area has a weight below 0: at a glance, or area by area."""
        if all(
            (factor >= 0 and each.lowest >= 0) or (factor <= 0 and each.highest <= 0)
            for each, factor in others.items()
        ):
            return True
        places = range(len(self.key.ones.values))
        return all(
            sum((factor * each.values[i] for each, factor in others.items()), NOUGHT) >= 0
            for i in places
            if i != self.at
        )

    def own(self, part: Formula) -> Fraction:
        """The value of a part for the area whose figure changed."""
        if not self.key.touches(part):
            return self.key.before(part).values[self.at]
        match part:
            case Negative():
                return -self.own(part.of)
            case Operation(sign="/"):
                return self.own(part.left) / _not_zero(self.own(part.right))
            case Operation():
                return _combined(part.sign, self.own(part.left), self.own(part.right))
            case Call(function="national"):
                return self._summed(part)
            case Call(function="share"):
                return self.own(part.arguments[0]) / _not_zero(self._summed(part))
            case Call(function="inverse"):
                return ONE / _not_zero(self.own(part.arguments[0]))
            case Call():
                value, low, high = (self.own(argument) for argument in part.arguments)
                if low > high:
                    raise Refuses
                return min(max(value, low), high)
        return self.figure

    def others(self, part: Formula) -> Terms:
        """The value of a part for every other area, as factors of vectors."""
        if self.key.is_same(part):
            return {self.key.ones: self.own(part)}
        if not self.key.moves(part):
            return {self.key.before(part): ONE}
        match part:
            case Negative():
                return {each: -factor for each, factor in self.others(part.of).items()}
            case Operation(sign="*"):
                return _product(self.key.ones, self.others(part.left), self.others(part.right))
            case Operation(sign="/"):
                divisor = self._inverse(self.others(part.right))
                return _product(self.key.ones, self.others(part.left), divisor)
            case Operation():
                return _sum(part.sign, self.others(part.left), self.others(part.right))
            case Call(function="share"):
                divisor = {self.key.ones: ONE / _not_zero(self._summed(part))}
                return _product(self.key.ones, self.others(part.arguments[0]), divisor)
            case Call(function="inverse"):
                return self._inverse(self.others(part.arguments[0]))
        raise NotFollowed

    def _summed(self, call: Formula) -> Fraction:
        """The sum over all areas of what a `national` or `share` is applied to."""
        assert isinstance(call, Call)
        if call.function == "share" and not self.key.one_whole:
            raise NotFollowed
        if id(call) not in self._sums:
            inner = call.arguments[0]
            rest = sum(
                (
                    factor * (each.total - each.values[self.at])
                    for each, factor in self.others(inner).items()
                ),
                NOUGHT,
            )
            self._sums[id(call)] = rest + self.own(inner)
        return self._sums[id(call)]

    def _inverse(self, terms: Terms) -> Terms:
        if len(terms) > 1:
            raise NotFollowed
        ((each, factor),) = terms.items()
        same = each is self.key.ones
        return {each if same else each.inverse: ONE / _not_zero(factor)}


def _not_zero(number: Fraction) -> Fraction:
    if not number:
        raise Refuses
    return number


def _combined(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign == "*":
        return left * right
    return left + right if sign == "+" else left - right


def _sum(sign: str, left: Terms, right: Terms) -> Terms:
    found = dict(left)
    for each, factor in right.items():
        found[each] = _combined(sign, found.get(each, NOUGHT), factor)
    return found


def _product(ones: Vector, left: Terms, right: Terms) -> Terms:
    found: Terms = {}
    for one, factor in left.items():
        for other, by in right.items():
            each = other if one is ones else one if other is ones else one.times(other)
            found[each] = found.get(each, NOUGHT) + factor * by
    return found
