"""Explains one area's numbers: the law's formula, the values put in, the quotient, the rounding.

The explanation is a list of lines with a label, so that a screen, a sheet and a page can each set
it in their own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from textwrap import wrap

from allocator.core.quotas import figures_at
from allocator.key.evaluate import Figures, evaluate
from allocator.key.formula import Formula, Name, indicators
from allocator.key.reader import read_key
from allocator.key.written import with_values
from allocator.model.areas import Area
from allocator.model.distribution import Distribution, Shares
from allocator.model.indicator import Indicator, Quality
from allocator.model.instance import Instance
from allocator.model.rule import Rounding, Symbol
from allocator.model.streams import Stream
from allocator.report.cautions import QUALITIES
from allocator.words.levels import level_name
from allocator.words.numbers import decimals, exact, whole
from allocator.words.say import say
from allocator.words.text import Value, series, text

PLACES = 12  # decimals of a quotient, as in the csv
SCREEN = 100  # columns of a screen

_ROUNDINGS = {
    Rounding.UP: text("up to the next whole number"),
    Rounding.HALF_UP: text("to the nearest whole number, a half upward"),
    Rounding.HALF_EVEN: text("to the nearest whole number, a half to the even one"),
    Rounding.DOWN: text("down to the whole number below"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation."""

    label: str  # what it is about; "" goes on with the line above
    said: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an area gets its number in one stream."""

    heading: str  # the stream and the number
    lines: tuple[Line, ...]


def explained(distribution: Distribution, area: Area, lang: str) -> tuple[Explanation, ...]:
    """The explanation of every stream of an area."""
    return tuple(
        _Writer(distribution, area, stream, lang).explanation()
        for stream in distribution.instance.streams.all
    )


def who(area: Area, instance: Instance, lang: str) -> str:
    """The area with its code, its level and what it lies in."""
    above = list(instance.division.above(area))
    names = [upper.name for upper in above]
    said = [
        f"{upper.name} ({say(level_name(upper.level), lang)})"
        if names.count(upper.name) > 1
        else upper.name
        for upper in above
    ]
    lies_in = say(text(" in {above}", above=", ".join(said)), lang) if above else ""
    return f"{area.name} ({area.code}), {say(level_name(area.level), lang)}{lies_in}"


@dataclass(frozen=True)
class _Writer:
    """Writes the explanation of one cell."""

    distribution: Distribution
    area: Area
    stream: Stream
    lang: str

    @property
    def instance(self) -> Instance:
        return self.distribution.instance

    def explanation(self) -> Explanation:
        number = self.distribution.number(self.area.code, self.stream.name)
        heading = f"{say(self.stream.title, self.lang)}: {whole(number, self.lang)}"
        if self.stream.rest_of:
            lines = self._rest()
        elif self.area.level == self.instance.division.leaf_level:
            lines = self._leaf()
        else:
            lines = self._sum()
        return Explanation(heading, tuple(lines))

    def _line(self, label: Value, said: Value) -> Line:
        return Line(say(label, self.lang), say(said, self.lang))

    def _number(self, code: str, stream: str) -> str:
        return whole(self.distribution.number(code, stream), self.lang)

    def _rest(self) -> Iterator[Line]:
        """What the parts leave of their whole, never rounded by itself."""
        streams = self.instance.streams
        wanted = [self.stream.rest_of, *(part.name for part in streams.parts(self.stream.rest_of))]
        titles = " − ".join(say(streams.named(name).title, self.lang) for name in wanted)
        numbers = " − ".join(self._number(self.area.code, name) for name in wanted)
        yield self._line(text("rest"), titles)
        result = self._number(self.area.code, self.stream.name)
        yield self._line("", f"{numbers} = {result}")

    def _sum(self) -> Iterator[Line]:
        """A larger area has the sum of what lies in it."""
        division = self.instance.division
        leaves = division.members[self.area.code]
        quota = self.distribution.quota(self.area.code, self.stream.name)
        number = self.distribution.number(self.area.code, self.stream.name)
        yield self._line(
            text("sum"),
            text(
                "of {count} {level}, each rounded by itself",
                count=len(leaves),
                level=level_name(division.leaf_level, len(leaves)),
            ),
        )
        for code in leaves:
            name = division.by_code[code].name
            yield self._line("", f"{self._number(code, self.stream.name)}  {name}")
        yield self._line(text("exact share"), self._quotient(quota))
        sign = "+" if number >= quota else ""
        yield self._line(text("by rounding"), sign + decimals(number - quota, 3, self.lang))

    def _leaf(self) -> Iterator[Line]:
        rule = self.instance.rule
        steps = self.distribution.shares[self.stream.name]
        if rule.formula and len(steps) == 1:
            yield from self._law(steps[0])
        base = Fraction(self.instance.totals[self.stream.name].number)
        for step in steps:
            yield from self._step(step, base, with_key=not rule.formula or len(steps) > 1)
            base = self._share_of(step, base)
        rounded = self._number(self.area.code, self.stream.name)
        yield self._line(
            text("rounding"),
            text("{how}: {number}", how=_ROUNDINGS[self.distribution.rounding], number=rounded),
        )
        yield from self._portions()
        for index, basis in enumerate(rule.legal_basis):
            article = text(", article {article}", article=basis.article) if basis.article else ""
            act = f" ({basis.act})" if basis.act else ""
            yield self._line(
                text("legal basis") if index == 0 else "",
                text(
                    "{title}{act}{article}: {says}",
                    act=act,
                    article=article,
                    title=basis.title,
                    says=basis.says,
                ),
            )

    def _law(self, step: Shares) -> Iterator[Line]:
        """The formula as the law prints it, and what its signs are here."""
        formula = self.instance.rule.formula
        assert formula is not None
        for index, line in enumerate(formula.lines):
            yield self._line(text("the law") if index == 0 else "", line)
        said_before: set[str] = set()
        for index, symbol in enumerate(formula.symbols):
            value, origin = self._symbol(symbol, step)
            said = f"{symbol.sign} {self._equals(value)}  {say(symbol.means, self.lang)}"
            if origin and origin not in said_before:
                said = f"{said} ({origin})"
            said_before.add(origin)
            yield self._line(text("where") if index == 0 else "", said)

    def _symbol(self, symbol: Symbol, step: Shares) -> tuple[Fraction, str]:
        """What a sign of the law is here, and where it comes from."""
        match symbol.is_:
            case "total":
                total = self.instance.totals[self.stream.name]
                return Fraction(total.number), say(total.source, self.lang)
            case "weight":
                return step.weights[self.area.code], ""
            case "weights":
                return sum(step.weights.values(), Fraction(0)), ""
        formula = read_key(symbol.is_)
        return self._value(formula), self._origins(formula)

    def _step(self, step: Shares, base: Fraction, with_key: bool) -> Iterator[Line]:
        """One step downward: the key with its values, and the exact quotient."""
        holder = self._holder(step.level)
        formula = read_key(step.key.written)
        if with_key:
            yield self._line(
                text("key"),
                text(
                    "{key} (for each {level})", key=step.key.written, level=level_name(step.level)
                ),
            )
            origins = self._origins(formula)
            if origins:
                yield self._line(text("source"), origins)
        weight = step.weights[holder.code]
        put_in = with_values(formula, lambda part: self._value(part, holder), self.lang)
        plain = put_in == exact(weight, self.lang)
        said = put_in if plain else f"{put_in} {self._equals(weight)}"
        yield self._line(text("weight"), said)
        siblings = self._siblings(step)
        weights = sum((step.weights[area.code] for area in siblings), Fraction(0))
        yield self._line(
            text("quotient"),
            f"{exact(base, self.lang)} × {self._digits(weight)} / {self._digits(weights)}",
        )
        yield self._line("", f"= {self._quotient(self._share_of(step, base))}")

    def _holder(self, level: str) -> Area:
        """The area of a level that this one is or lies in."""
        if self.area.level == level:
            return self.area
        return next(area for area in self.instance.division.above(self.area) if area.level == level)

    def _siblings(self, step: Shares) -> tuple[Area, ...]:
        """Those who share with the holder: all under the area where the step before ended."""
        division = self.instance.division
        steps = self.distribution.shares[self.stream.name]
        position = steps.index(step)
        above = self._holder(steps[position - 1].level) if position else division.root
        return division.within(above, step.level)

    def _share_of(self, step: Shares, base: Fraction) -> Fraction:
        weights = sum((step.weights[area.code] for area in self._siblings(step)), Fraction(0))
        return base * step.weights[self._holder(step.level).code] / weights

    def _value(self, formula: Formula, area: Area | None = None) -> Fraction:
        """The value of a part of a formula for one area."""
        at = area or self.area
        division = self.instance.division
        areas = division.at(at.level)
        names = indicators(formula)
        used = {name: self.instance.indicators[name] for name in names}
        if isinstance(formula, Name):
            return figures_at(used[formula.name], [at], division)[0]
        figures = Figures(
            tuple(area.name for area in areas),
            {name: figures_at(indicator, areas, division) for name, indicator in used.items()},
            {name: indicator.kind for name, indicator in used.items()},
        )
        return evaluate(formula, figures)[areas.index(at)]

    def _origins(self, formula: Formula) -> str:
        """Source, date and quality of the indicators in a formula."""
        return "; ".join(
            say(origin(self.instance.indicators[name]), self.lang) for name in indicators(formula)
        )

    def _portions(self) -> Iterator[Line]:
        """Where an area was carried through mergers: from which old ones, and how much."""
        for indicator in self.instance.indicators.values():
            parts = indicator.portions.get(self.area.code, ())
            for index, part in enumerate(parts):
                share = "" if part.share == 1 else f" × {exact(part.share, self.lang)}"
                said = text(
                    "{amount} from {name}{share}",
                    amount=self._digits(part.amount),
                    name=f"{part.name} ({part.code})",
                    share=share,
                )
                yield self._line(
                    text("{name} made of", name=indicator.title) if index == 0 else "", said
                )
            if indicator.inferred(self.area.code):
                yield self._line(
                    text("inferred"),
                    text("parts of a municipality count in proportion to the persons who moved"),
                )

    def _digits(self, value: Fraction) -> str:
        """A fraction in full where that can be read, else to its decimals."""
        written = exact(value, self.lang)
        return written if len(written) <= 24 else decimals(value, PLACES, self.lang)

    def _equals(self, value: Fraction) -> str:
        """What a value equals, or what it is to some decimals."""
        written = exact(value, self.lang)
        if "/" not in written:
            return f"= {written}"
        in_full = f"= {written} " if len(written) <= 24 else ""
        return f"{in_full}≈ {decimals(value, PLACES, self.lang)}"

    def _quotient(self, value: Fraction) -> str:
        """The exact quotient, and its decimals where it has many."""
        written = exact(value, self.lang)
        if "/" not in written:
            return written
        return f"{written} ≈ {decimals(value, PLACES, self.lang)}"


def origin(indicator: Indicator) -> Value:
    """Where an indicator comes from, of which date, and how far it is to be trusted."""
    said = text("{source}; {reference}", source=indicator.source, reference=indicator.reference)
    if indicator.quality is Quality.OFFICIAL:
        return said
    return text("{quality}: {origin}", quality=QUALITIES[indicator.quality], origin=said)


def as_screen(distribution: Distribution, areas: tuple[Area, ...], lang: str) -> str:
    """The explanations of some areas as lines for a screen."""
    instance = distribution.instance
    written = []
    for area in areas:
        heading = f"{who(area, instance, lang)}\n{say(instance.title, lang)}"
        paragraphs = [
            "\n".join([explanation.heading, *_set(explanation.lines)])
            for explanation in explained(distribution, area, lang)
        ]
        written.append("\n\n".join([heading, *paragraphs]))
    if len(areas) > 1:
        codes = series(tuple(area.code for area in areas))
        asked = text("Several areas have this name: {codes}. All of them follow.", codes=codes)
        written.insert(0, say(asked, lang))
    return "\n\n".join(written) + "\n"


def _set(lines: tuple[Line, ...]) -> Iterator[str]:
    """Labels in a column of their own, what is said wrapped beside them."""
    width = max((len(line.label) for line in lines), default=0)
    for line in lines:
        said = wrap(line.said, SCREEN - width - 4, break_long_words=False) or [""]
        yield f"  {line.label.ljust(width)}  {said[0]}".rstrip()
        yield from (f"  {' ' * width}    {more}" for more in said[1:])
