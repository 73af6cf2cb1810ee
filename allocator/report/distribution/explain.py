"""Explains one area's numbers: the law's formula, the values put in, the quotient, the rounding.

The explanation is a list of lines with a label, so that a screen, a sheet and a page can each set
it in their own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.cells import parts_in
from allocator.core.exact import added
from allocator.core.quotas import figures_at, figures_of
from allocator.key.evaluate import evaluate
from allocator.key.formula import TOTAL, Formula, Name
from allocator.key.formula import indicators as named_in
from allocator.key.reader import read_key
from allocator.key.written import with_values
from allocator.model.areas import Area
from allocator.model.distribution import Distribution, Shared
from allocator.model.indicator import Indicator, Quality
from allocator.model.instance import Instance
from allocator.model.rule import Rounding, Symbol
from allocator.model.streams import Stream
from allocator.periods.account import Account, account
from allocator.report.cautions import QUALITIES
from allocator.report.distribution.explain_together import Proven, Together
from allocator.report.paper.paper import Explained, Line
from allocator.words.levels import level_name
from allocator.words.numbers import decimals, digits, equals, exact, in_one, quotient, whole
from allocator.words.say import say
from allocator.words.text import Series, Value, change, series, signed, text

_ROUNDINGS = {
    Rounding.UP: text("up to the next whole number"),
    Rounding.HALF_UP: text("to the nearest whole number, a half upward"),
    Rounding.HALF_EVEN: text("to the nearest whole number, a half to the even one"),
    Rounding.DOWN: text("down to the whole number below"),
    Rounding.TEXTBOOK: text("by the method alone, over all areas"),
}


def explained(distribution: Distribution, area: Area, lang: str) -> tuple[Explained, ...]:
    """The explanation of every stream of an area."""
    return Explainer(distribution, lang).of(area)


class Explainer:
    """Explains areas of one distribution one after another, and computes once what they share."""

    def __init__(self, distribution: Distribution, lang: str) -> None:
        instance = distribution.instance
        known = instance.balances.opening or instance.balances.ledger
        self.distribution = distribution
        self.lang = lang
        self.account = account(distribution) if known else None
        self.proven = {proof.whole: Proven(distribution, proof) for proof in distribution.proofs}
        self._values: dict[tuple[Formula, str, str, str], Mapping[str, Fraction]] = {}

    def of(self, area: Area) -> tuple[Explained, ...]:
        """The explanation of every stream of an area."""
        streams = self.distribution.instance.streams.all
        return tuple(_Writer(self, area, stream).explanation() for stream in streams)

    def values(
        self, formula: Formula, level: str, stream: str, step: Shared
    ) -> Mapping[str, Fraction]:
        """A part of a step's formula at every area of a level that does not lack a figure."""
        asked = formula, level, stream, step.level
        if asked not in self._values:
            instance = self.distribution.instance
            division, indicators = instance.division, instance.indicators
            areas = [
                each
                for each in division.at(level)
                if not step.lacking.issuperset(division.members[each.code])
            ]
            figures = figures_of(
                areas,
                division,
                indicators,
                level == division.leaf_level,
                Fraction(instance.totals[stream].number),
                step.upper,
                step.lacking,
            )
            codes = [each.code for each in areas]
            self._values[asked] = dict(zip(codes, evaluate(formula, figures), strict=True))
        return self._values[asked]


@dataclass(frozen=True)
class _Writer:
    """Writes the explanation of one cell."""

    explainer: Explainer
    area: Area
    stream: Stream

    @property
    def distribution(self) -> Distribution:
        return self.explainer.distribution

    @property
    def account(self) -> Account | None:
        return self.explainer.account

    @property
    def lang(self) -> str:
        return self.explainer.lang

    @property
    def instance(self) -> Instance:
        return self.distribution.instance

    def explanation(self) -> Explained:
        number = self.distribution.number(self.area.code, self.stream.name)
        heading = f"{say(self.stream.title, self.lang)}: {whole(number, self.lang)}"
        if self.stream.rest_of:
            lines = self._rest()
        elif self.area.level == self.instance.division.leaf_level:
            lines = self._leaf()
        else:
            lines = self._sum()
        return Explained(heading, (*lines, *self._to_do()))

    def _to_do(self) -> Iterator[Line]:
        """What the balance at the start and joint changes make of the number."""
        if self.account is None or self.stream.rest_of:
            return
        line = self.account.lines[self.area.code, self.stream.name]
        if line.changed:
            yield self._line(text("joint changes"), change(line.changed))
        if self.instance.balances.opening:
            yield self._line(text("opening balance"), change(line.opening))
        terms = [_term(amount) for amount in (line.changed, line.opening) if amount]
        summed = signed([line.number, *terms], " ")
        yield self._line(text("to do"), text("{sum} = {number}", sum=summed, number=line.corrected))

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
        if self.distribution.proofs and self.area.level == self.instance.division.leaf_level:
            yield from self._rounding()

    def _sum(self) -> Iterator[Line]:
        """A larger area has the sum of what lies in it."""
        division = self.instance.division
        leaves = division.members[self.area.code]
        below = division.parts(self.area)
        quota = self.distribution.quota(self.area.code, self.stream.name)
        number = self.distribution.number(self.area.code, self.stream.name)
        yield self._line(
            text("sum"),
            text(
                "of {count} {level}",
                count=len(below),
                level=level_name(below[0].level, len(below)),
            ),
        )
        width = len(whole(number, self.lang))
        for part in below:
            yield self._line(
                "", f"{self._number(part.code, self.stream.name).rjust(width)}  {part.name}"
            )
        yield self._line(text("exact share"), quotient(quota, self.lang).removeprefix("= "))
        shares = self.distribution.shares
        if shares is not None:
            parts = parts_in(self.instance.streams, self.stream.name)
            share = added(shares.shares[leaf, part] for leaf in leaves for part in parts)
            yield self._line(text("fair share"), quotient(share, self.lang).removeprefix("= "))
            quota = share
        sign = "+" if number >= quota else ""
        yield self._line(text("by rounding"), sign + decimals(number - quota, 3, self.lang))

    def _leaf(self) -> Iterator[Line]:
        rule = self.instance.rule
        steps = self.distribution.steps[self.stream.name]
        by_the_law = rule.formula is not None and len(steps) == 1 and not self.stream.key
        if by_the_law:
            yield from self._law(steps[0])
        for step in steps:
            yield from self._step(step, with_key=not by_the_law)
        yield from self._rounding()
        yield from self._portions()
        yield from self._articles()

    def _rounding(self) -> Iterator[Line]:
        """The area by itself, or together with all others."""
        if self.distribution.proofs:
            proven = self.explainer.proven[self.stream.whole or self.stream.name]
            together = Together(proven, self.area, self.stream, self.lang)
            for label, said in together.lines():
                yield self._line(label, said)
            return
        rounded = self._number(self.area.code, self.stream.name)
        how = _ROUNDINGS[self.distribution.rounding]
        yield self._line(text("rounding"), text("{how}: {number}", how=how, number=rounded))

    def _articles(self) -> Iterator[Line]:
        for index, basis in enumerate(self.instance.rule.legal_basis):
            article = text(", article {article}", article=basis.article) if basis.article else ""
            said = text(
                "{title}{act}{article}: {says}",
                act=f" ({basis.act})" if basis.act else "",
                article=article,
                title=basis.title,
                says=basis.says,
            )
            yield self._line(text("legal basis") if index == 0 else "", said)

    def _law(self, step: Shared) -> Iterator[Line]:
        """The formula as the law prints it, and what its signs are here."""
        formula = self.instance.rule.formula
        assert formula is not None
        for index, line in enumerate(formula.lines):
            yield self._line(text("the law") if index == 0 else "", line)
        said_before: set[str] = set()
        for index, symbol in enumerate(formula.symbols):
            value, origin = self._symbol(symbol, step)
            said = f"{symbol.sign} {equals(value, self.lang)}  {say(symbol.means, self.lang)}"
            if origin and origin not in said_before:
                said = f"{said} ({origin})"
            said_before.add(origin)
            yield self._line(text("where") if index == 0 else "", said)

    def _symbol(self, symbol: Symbol, step: Shared) -> tuple[Fraction, str]:
        """What a sign of the law is here, and where it comes from."""
        match symbol.is_.written:
            case "total":
                total = self.instance.totals[self.stream.name]
                return Fraction(total.number), say(total.source, self.lang)
            case "weight":
                return step.weights[self.area.code], ""
            case "weights":
                return step.sums[self.instance.division.root.code], ""
        formula = read_key(symbol.is_.written, symbol.is_.place)
        return self._value(formula, self.area, step), self._origins(formula)

    def _step(self, step: Shared, with_key: bool) -> Iterator[Line]:
        """One step downward: the key with its values, and the exact quotient."""
        division = self.instance.division
        holder, upper = division.holder(self.area, step.level), step.upper
        above = division.holder(self.area, upper).code
        formula = read_key(step.key.written)
        if with_key:
            key = text(
                "{key} (for each {level})", key=step.key.written, level=level_name(step.level)
            )
            yield self._line(text("key"), key)
            origins = self._origins(formula)
            if origins:
                yield self._line(text("source"), origins)
        weight, base = step.weights[holder.code], step.bases[above]
        yield from self._weight(step, formula, holder)
        divided = " / ".join(in_one(value, self.lang) for value in (weight, step.sums[above]))
        yield self._line(text("quotient"), f"{exact(base, self.lang)} × {divided}")
        yield self._line("", quotient(step.quotas[holder.code], self.lang))

    def _weight(self, step: Shared, formula: Formula, holder: Area) -> Iterator[Line]:
        """The key with its values, and what is done with it after the key."""
        lacking = self._lacking(step, holder)
        if lacking:
            yield self._line(text("weight"), text("0, for want of {names}", names=lacking))
            return
        value = step.values[holder.code]
        put_in = with_values(formula, lambda part: self._value(part, holder, step), self.lang)
        plain = put_in == exact(value, self.lang)
        said = put_in if plain else f"{put_in} {equals(value, self.lang)}"
        yield self._line(text("weight"), said)
        for after, weights in step.after:
            if weights[holder.code] != value:
                value = weights[holder.code]
                article = text(" (article {article})", article=after.article)
                said_after = text(
                    "{says}{article}: {weight}",
                    says=after.says,
                    article=article if after.article else "",
                    weight=digits(value, self.lang),
                )
                yield self._line(text("after the key"), said_after)

    def _lacking(self, step: Shared, holder: Area) -> Series | None:
        """The figures for want of which all of an area is left out."""
        leaves = self.instance.division.members[holder.code]
        if not step.lacking.issuperset(leaves):
            return None
        known = self.instance.indicators.values()
        return series([each.title for each in known if not each.lacking.isdisjoint(leaves)])

    def _value(self, formula: Formula, area: Area, step: Shared) -> Fraction:
        """The value of a part of a step's formula for one area."""
        if isinstance(formula, Name):
            if formula.name == TOTAL:
                return Fraction(self.instance.totals[self.stream.name].number)
            division, indicator = self.instance.division, self.instance.indicators[formula.name]
            return figures_at(indicator, [area], division, step.lacking)[0]
        return self.explainer.values(formula, area.level, self.stream.name, step)[area.code]

    def _origins(self, formula: Formula) -> str:
        """Source, date and quality of the indicators in a formula."""
        return "; ".join(
            say(origin(self.instance.indicators[name]), self.lang) for name in named_in(formula)
        )

    def _portions(self) -> Iterator[Line]:
        """Where an area was carried through mergers: from which old ones, and how much."""
        for indicator in self.distribution.indicators:
            parts = indicator.portions.get(self.area.code, ())
            for index, part in enumerate(parts):
                share = "" if part.share == 1 else f" × {exact(part.share, self.lang)}"
                said = text(
                    "{amount} from {name}{share}",
                    amount=digits(part.amount, self.lang),
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


def origin(indicator: Indicator) -> Value:
    """Where an indicator comes from, of which date, and how far it is to be trusted."""
    said = text("{source}; {reference}", source=indicator.source, reference=indicator.reference)
    if indicator.quality is Quality.OFFICIAL:
        return said
    return text("{quality}: {origin}", quality=QUALITIES[indicator.quality], origin=said)


def _term(amount: int) -> Value:
    return text("+ {number}", number=amount) if amount > 0 else text("− {number}", number=-amount)
