"""Explains a number that was rounded together with all others: share, remainder, cut-off, ties.

With the cut-off in hand anyone can check a rounding in a spreadsheet: a cell goes up where its
remainder is above the cut-off of its area and part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from allocator.core.cells import parts_in, title_of
from allocator.core.exact import added
from allocator.core.whole.cost import signpost
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.proof import Proof, Tie
from allocator.model.rule import Method
from allocator.model.streams import Stream
from allocator.words.numbers import decimals, quotient, whole
from allocator.words.text import Text, Value, series, text

PLACES = 6  # decimals of a remainder beside a cut-off


#: A leaf that was rounded, after its remainder.
Rounded = tuple[Fraction, str]


class Proven:
    """What a proof tells, looked up once for the explanation of many leaves."""

    def __init__(self, distribution: Distribution, proof: Proof) -> None:
        self.distribution = distribution
        self.proof = proof
        self.cuts = {(cut.area, cut.part): cut.at for cut in proof.cut_offs}

    def exact(self, leaf: str, part: str) -> Fraction:
        """The share that is rounded."""
        shares = self.distribution.shares
        return (shares.shares if shares else self.distribution.quotas)[leaf, part]

    @cached_property
    def beside(self) -> dict[tuple[str, str], tuple[Rounded | None, Rounded | None]]:
        """Per area above and part: the last leaf to go up, and the first to stay down.

        Leaves whose whole had to stay within floor and ceiling stand under a cut-off of their own.
        """
        up: dict[tuple[str, str], Rounded] = {}
        down: dict[tuple[str, str], Rounded] = {}
        instance = self.distribution.instance
        named = [part for part in self.proof.parts if part in instance.streams.names]
        for leaf in instance.division.leaves:
            if self.cuts.get((leaf.code, "")):
                continue
            for part in named:
                share = self.exact(leaf.code, part)
                found = share - floor(share), leaf.code
                above = self.proof.parents[leaf.code] or "", part
                if not found[0]:
                    continue
                if self.distribution.numbers[leaf.code, part] > share:
                    up[above] = min(up.get(above, found), found)
                else:
                    down[above] = max(down.get(above, found), found)
        return {above: (up.get(above), down.get(above)) for above in {**up, **down}}


@dataclass(frozen=True)
class Together:
    """The words on one leaf and stream."""

    proven: Proven
    area: Area
    stream: Stream
    lang: str

    @property
    def distribution(self) -> Distribution:
        return self.proven.distribution

    @property
    def proof(self) -> Proof:
        return self.proven.proof

    def lines(self) -> Iterator[tuple[Value, Value]]:
        """A label and what is said, line by line."""
        yield from self._share()
        part = self.stream.name
        if part not in self.proof.parts:
            yield text("rounding"), self._whole()
            return
        yield text("rounding"), self._remainder()
        yield from self._cut_off(part)
        yield from self._neighbours(part)
        for tie in self.proof.ties:
            if (self.area.code, part) in tie.numbers:
                yield text("tie"), self._tie(tie)

    def _share(self) -> Iterator[tuple[Value, Value]]:
        """Under limits: the fair share that takes the quota's place, and what holds it."""
        shares = self.distribution.shares
        if shares is None:
            return
        streams = self.distribution.instance.streams
        cells = [(self.area.code, part) for part in parts_in(streams, self.stream.name)]
        share = added(shares.shares[cell] for cell in cells)
        quota = self.distribution.quota(self.area.code, self.stream.name)
        yield text("fair share"), quotient(share, self.lang)
        if share == quota:
            return
        if quota:
            yield "", text("{ratio} times the quota", ratio=self._short(share / quota))
        level = next((one for one in shares.levels if set(one.cells) & set(cells)), None)
        if level:
            holding = [self._sum_name(side.name) for side in level.binding]
            yield text("held by"), series(holding)

    def _sum_name(self, name: str) -> Value:
        """A limit by its name and source; a total in words."""
        instance = self.distribution.instance
        for limit in instance.limits:
            if limit.name == name:
                return text("{name} ({source})", name=name, source=limit.source)
        code, _, part = name.partition(" ")
        return text(
            "the number of {part} in {area}",
            part=title_of(instance.streams, part),
            area=self._name(code),
        )

    def _whole(self) -> Text:
        """A whole is the sum of its parts; the part without a stream is what they leave."""
        streams = self.distribution.instance.streams
        number = self.distribution.number(self.area.code, self.stream.name)
        named = [part for part in self.proof.parts if part in streams.names]
        numbers = [self.distribution.number(self.area.code, part) for part in named]
        if len(named) < len(self.proof.parts):
            numbers.append(number - sum(numbers))
        return text(
            "the sum of its parts, {sum} = {number}: the floor or the ceiling of its share",
            sum=" + ".join(whole(each, self.lang) for each in numbers),
            number=number,
        )

    def _exact(self, leaf: str, part: str) -> Fraction:
        return self.proven.exact(leaf, part)

    def _remainder(self) -> Text:
        share = self._exact(self.area.code, self.stream.name)
        low = floor(share)
        number = self.distribution.number(self.area.code, self.stream.name)
        values: dict[str, Value] = {
            "floor": low,
            "remainder": self._short(share - low),
            "number": number,
            "method": self.proof.method,
        }
        if number > low:
            return text(
                "with all others ({method}): floor {floor}, remainder {remainder}, goes up to "
                "{number}",
                **values,
            )
        return text(
            "with all others ({method}): floor {floor}, remainder {remainder}, stays at {number}",
            **values,
        )

    def _cut_off(self, part: str) -> Iterator[tuple[Value, Value]]:
        """The cut-off of the area right above, and the relief of a leaf whose whole binds."""
        above = self.proof.parents[self.area.code]
        relief = self.proven.cuts.get((self.area.code, ""))
        if self.proof.method != Method.LARGEST_REMAINDER:
            yield from self._signpost(part)
            return
        cut = self.proven.cuts.get((above, part))
        if cut is not None:
            yield (
                text("cut-off"),
                text(
                    "{cut} in {area}: above it a cell goes up, below it one stays",
                    cut=self._short(cut),
                    area=self._name(above),
                ),
            )
        remainder = self._exact(self.area.code, part) % 1
        if cut is not None and remainder and remainder == cut + (relief or 0):
            yield "", text("this cell sets the cut-off itself, and goes as the sums need")
        if relief:
            yield (
                "",
                text(
                    "{relief} added here, since the whole must stay within floor and ceiling",
                    relief=self._short(relief),
                ),
            )

    def _signpost(self, part: str) -> Iterator[tuple[Value, Value]]:
        """A divisor method: the share times its multipliers, against the method's signpost."""
        above = self.proof.parents[self.area.code]
        share = self._exact(self.area.code, part)
        low = floor(share)
        if share == low:
            return
        factors = [
            self.proven.cuts.get((above, part)),
            self.proven.cuts.get((self.area.code, ""), Fraction(1)),
        ]
        at = Fraction(*signpost(self.proof.method, low))
        claim = share * share if self.proof.method == Method.HILL else share
        squared = self.proof.method == Method.HILL
        values: dict[str, Value] = {
            "share": self._short(claim),
            "factors": " × ".join(
                "∞" if factor is None else self._short(factor) for factor in factors
            ),
            "signpost": self._short(at),
        }
        label = text("signpost")
        if None not in factors:
            reached = claim * (factors[0] or 0) * (factors[1] or 0)
            values["reached"] = self._short(reached)
            if reached == at:
                yield "", text("this cell sets the cut-off itself, and goes as the sums need")
            if squared:
                yield (
                    label,
                    text(
                        "{share} (the share squared) × {factors} = {reached}, beside {signpost} "
                        "(squared): above it, up",
                        **values,
                    ),
                )
            else:
                yield (
                    label,
                    text(
                        "{share} × {factors} = {reached}, beside {signpost}: above it, up",
                        **values,
                    ),
                )
        else:
            yield (
                label,
                text(
                    "{share} × {factors}, beside {signpost}: a first unit goes before all else",
                    **values,
                ),
            )

    def _neighbours(self, part: str) -> Iterator[tuple[Value, Value]]:
        """Who came nearest on the other side of the same cut-off."""
        proof = self.proof
        if proof.method != Method.LARGEST_REMAINDER or self.proven.cuts.get((self.area.code, "")):
            return
        above = proof.parents[self.area.code] or ""
        up, down = self.proven.beside.get((above, part), (None, None))
        if up and down:
            (last, goes), (first, stays) = up, down
            yield (
                text("beside it"),
                text(
                    "the last to go up is {up} ({last}), the first to stay down {down} ({first})",
                    up=self._name(goes),
                    last=self._short(last),
                    down=self._name(stays),
                    first=self._short(first),
                ),
            )

    def _tie(self, tie: Tie) -> Text:
        streams = self.distribution.instance.streams
        cells: list[Value] = [
            text(
                "{area} ({part}: {number})",
                area=self._name(leaf),
                part=title_of(streams, part),
                number=number,
            )
            for (leaf, part), number in tie.numbers.items()
        ]
        if tie.by == "lot":
            return text("equal claims of {cells}; a drawn lot decided", cells=series(cells))
        return text("equal claims of {cells}; the rule's order decided", cells=series(cells))

    def _name(self, code: str) -> str:
        area = self.distribution.instance.division.by_code.get(code)
        return area.name if area else code.removeprefix("pool:")

    def _short(self, number: Fraction) -> str:
        return decimals(number, PLACES, self.lang)
