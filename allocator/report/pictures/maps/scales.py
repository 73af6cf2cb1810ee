"""The two scales of a map: classes of numbers, and differences up and down.

Both are readable in grey print and by the colour-blind: one hue from light to dark, and for
differences a sign and a dashed edge beside the colour.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.report.pictures.maps.marks import MapOf, Mark, Shade, outline
from allocator.report.pictures.svg import GREY, INK, SMALL, Body, label, tag
from allocator.words.numbers import decimals
from allocator.words.text import Text, Value, change, text

#: One hue from light to dark.
CLASSES = ("#dbe7f2", "#aecae3", "#77a5cd", "#41789f", "#1f4e79")
FEWER, MORE = ("#c2570c", "#f3bf8f"), ("#a9c8e4", "#1f4e79")
EQUAL = "#b9bec5"
UNKNOWN = "#ffffff"  # of an area of which the value is not known

_CELL = 74  # the width of a class in a legend
_STEPS = (1, 2, 5)
#: The most decimals of a limit between classes.
FINEST = 2


@dataclass(frozen=True)
class Classes:
    """Up to five classes with about as many areas each."""

    limits: tuple[Fraction, ...]  # the lowest value, where each next class begins, and the highest
    places: int  # decimals of the limits

    @property
    def how(self) -> Text:
        return text("the darker, the higher; each class has about as many areas")

    @property
    def none(self) -> str:
        return "none"

    def shade(self, mark: Mark) -> Shade:
        if mark.value is None:
            return Shade(UNKNOWN, light=True)
        last = len(self.limits) - 2
        place = bisect_right(self.limits[1:-1], mark.value)
        colour = (place * 4 // last) if last else 2
        return Shade(CLASSES[colour], light=colour < 3)

    def counted(self, number: int) -> Value:
        return number

    def written(self, value: Fraction, lang: str) -> str:
        return decimals(value, 0 if value.denominator == 1 else 2, lang)

    def sign(self, mark: Mark) -> str:
        return ""

    def most(self, shown: MapOf) -> Iterator[Text]:
        by_number = sorted(shown.marks, key=lambda mark: (-mark.number, mark.code))
        yield text(
            "Most {counted}: {most} ({high}); fewest: {fewest} ({low}).",
            counted=shown.counted,
            most=by_number[0].name,
            high=by_number[0].number,
            fewest=by_number[-1].name,
            low=by_number[-1].number,
        )

    def legend(self, title: str, lang: str) -> Body:
        """A bar in steps with the limits under it, at both ends the lowest and the highest."""
        between = len(self.limits) - 1
        found = [label(0, 8, title, 12)]
        for place in range(between):
            mark = Mark("", "", "", 0, self.limits[place])
            found.append(_cell(place, self.shade(mark)))
        for place, limit in enumerate(self.limits):
            anchor = "start" if not place else "end" if place == between else "middle"
            shown = decimals(limit, self.places, lang)
            found.append(label(place * _CELL, 44, shown, SMALL, anchor, GREY))
        return Body(tuple(found), 52)


def classes(values: Sequence[Fraction], most: int = 5) -> Classes:
    """Classes of about as many values each, whose limits are round numbers.

    >>> found = classes([Fraction(n, 7) for n in range(100)])
    >>> [str(limit) for limit in found.limits], found.places
    (['0', '3', '6', '9', '11', '99/7'], 0)
    """
    if not values:
        return Classes((Fraction(0), Fraction(0)), 0)
    ordered = sorted(values)
    lowest, highest = ordered[0], ordered[-1]
    at = [ordered[len(ordered) * part // most] for part in range(1, most)]
    step, places = _round_step((at[-1] - at[0]) / 8 or (highest - lowest) / 8)
    rounded = sorted({round(value / step) * step for value in at})
    inner = [limit for limit in rounded if lowest < limit <= highest]
    limits = (lowest, *inner, highest)
    whole = all(limit.denominator == 1 for limit in limits)
    return Classes(limits, 0 if whole else places)


def _round_step(about: Fraction) -> tuple[Fraction, int]:
    """The largest of 1, 2, 5, 10, ..., or 0.01, 0.02, ... that is no more, and its decimals.

    >>> [str(step) for step, _ in map(_round_step, (Fraction(70), Fraction(1, 30), Fraction(0)))]
    ['50', '1/50', '1/100']
    """
    tenfold, places = Fraction(1), 0
    while tenfold > about and places < FINEST:
        tenfold, places = tenfold / 10, places + 1
    while tenfold * 10 <= about:
        tenfold *= 10
    steps = (step * tenfold for step in _STEPS if step * tenfold <= about)
    return max(steps, default=tenfold), places


@dataclass(frozen=True)
class Differences:
    """More or fewer, each in two steps, with grey for what stays the same."""

    limit: Fraction  # from here on a difference is in the further step
    places: int  # decimals of the limits

    @property
    def how(self) -> Text:
        return text("blue with + is more; orange with −, dashed or striped, is fewer")

    @property
    def none(self) -> str:
        return EQUAL

    def shade(self, mark: Mark) -> Shade:
        if not mark.number:
            return Shade(EQUAL, light=True)
        far = mark.value is not None and abs(mark.value) >= self.limit
        if mark.number < 0:
            return Shade(FEWER[not far], light=not far, dashed=True)
        return Shade(MORE[far], light=not far)

    def counted(self, number: int) -> Value:
        return change(number)

    def written(self, value: Fraction, lang: str) -> str:
        shown = decimals(value, 0 if value.denominator == 1 else 2, lang)
        return f"+{shown}" if value > 0 else shown

    def sign(self, mark: Mark) -> str:
        return "+" if mark.number > 0 else "−" if mark.number < 0 else ""

    def most(self, shown: MapOf) -> Iterator[Text]:
        up = [mark for mark in shown.marks if mark.number > 0]
        down = [mark for mark in shown.marks if mark.number < 0]
        yield text(
            "{up} get more, {down} fewer and {same} the same.",
            up=len(up),
            down=len(down),
            same=len(shown.marks) - len(up) - len(down),
        )
        for most in _largest(up):
            yield text("Most more: {name} ({number}).", name=most.name, number=change(most.number))
        for most in _largest(down):
            yield text("Most fewer: {name} ({number}).", name=most.name, number=most.number)

    def legend(self, title: str, lang: str) -> Body:
        limit = decimals(self.limit, self.places, lang)
        steps = (
            (f"≤ −{limit}", Mark("", "", "", -1, -self.limit)),
            (f"> −{limit}", Mark("", "", "", -1, Fraction(0))),
            ("0", Mark("", "", "", 0, Fraction(0))),
            (f"< +{limit}", Mark("", "", "", 1, Fraction(0))),
            (f"≥ +{limit}", Mark("", "", "", 1, self.limit)),
        )
        found = [label(0, 8, title, 12)]
        for place, (caption, mark) in enumerate(steps):
            middle = (place + 0.5) * _CELL
            shade = self.shade(mark)
            ink = INK if shade.light else "#ffffff"
            found.append(_cell(place, shade))
            found.append(label(middle, 25, self.sign(mark), 12, "middle", ink))
            found.append(label(middle, 44, caption, SMALL, "middle", GREY))
        return Body(tuple(found), 52)


def _largest(marks: Sequence[Mark]) -> list[Mark]:
    """The area with the largest number, if there is one."""
    return sorted(marks, key=lambda mark: (-abs(mark.number), mark.code))[:1]


def differences(values: Sequence[Fraction]) -> Differences:
    """The scale of differences; half of those that are not 0 lie in the further step.

    >>> str(differences([Fraction(-3), Fraction(0), Fraction(1), Fraction(9, 2)]).limit)
    '3'
    """
    sizes = sorted(abs(value) for value in values if value)
    if not sizes:
        return Differences(Fraction(1), 0)
    middle = sizes[len(sizes) // 2]
    step, places = _round_step(middle / 4)
    return Differences(max(round(middle / step) * step, step), places)


def _cell(place: int, shade: Shade) -> str:
    return tag(
        "rect",
        x=place * _CELL + (1 if shade.dashed else 0),
        y=18,
        width=_CELL - (2 if shade.dashed else 0),
        height=14,
        fill=shade.fill,
        **outline(shade),
    )
