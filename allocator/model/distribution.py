"""A distribution: a whole number per area and stream, with the exact quota it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from allocator.model.areas import Area
from allocator.model.indicator import Indicator, Quality
from allocator.model.instance import Instance
from allocator.model.proof import FairShares, Proof, Tie
from allocator.model.rule import After, Choice, Rounding
from allocator.model.streams import KeyText, Stream
from allocator.words.numbers import plain_decimals

if TYPE_CHECKING:
    import pandas

#: A cell of the table: an area's code and a stream's name.
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the rounded numbers of a stream are from the number that was asked."""

    stream: str
    asked: int
    allocated: int

    @property
    def difference(self) -> int:
        return self.allocated - self.asked


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    area: Area
    stream: Stream
    quota: Fraction  # the exact share, before rounding
    number: int

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What tells the row from all others, for readers and for machines."""
        area = self.area
        return area.level, area.code, area.name, area.parent, self.stream.name


#: The columns of the tidy table, one line per row.
COLUMNS = ("level", "code", "name", "parent", "stream", "quota", "number")


@dataclass(frozen=True, slots=True)
class Shared:
    """One step downward: the areas of a level share what the area above each of them has."""

    level: str  # of those who share
    upper: str  # of those whose number is shared
    key: KeyText
    weights: Mapping[str, Fraction]  # per area of the level
    bases: Mapping[str, Fraction]  # per area of the upper level, what is shared in it
    sums: Mapping[str, Fraction]  # per area of the upper level, the weights in it added up
    quotas: Mapping[str, Fraction]  # per area of the level, its exact share
    values: Mapping[str, Fraction]  # per area of the level, what the key gives
    after: tuple[tuple[After, Mapping[str, Fraction]], ...]  # each step after it, with its weights
    exempt: frozenset[str]  # the areas that such a step exempted
    lacking: frozenset[str]  # the leaves that were left out for want of a figure


@dataclass(frozen=True, slots=True)
class Outside:
    """A sum that a revision could not keep between the floor and the ceiling of its share."""

    code: str
    part: str  # a stream, or "" for the whole
    number: int
    share: Fraction


@dataclass(frozen=True, repr=False)
class Distribution:
    """The outcome of a rule on an instance."""

    instance: Instance
    choice: Choice
    steps: Mapping[str, tuple[Shared, ...]]  # per given stream, from the total to the leaves
    used: tuple[str, ...]  # the indicators that the keys name
    quotas: Mapping[Cell, Fraction]
    numbers: Mapping[Cell, int]
    shares: FairShares | None = None  # under limits
    proofs: tuple[Proof, ...] = ()  # of numbers that were rounded together, one per whole
    ties: tuple[Tie, ...] = ()  # equal claims, and what they became
    outside: tuple[Outside, ...] = ()  # of a revision

    @cached_property
    def drift(self) -> tuple[Drift, ...]:
        """Per stream: asked, allocated, and the difference between them."""
        root = self.instance.division.root.code
        return tuple(
            Drift(stream.name, int(self.quotas[root, stream.name]), self.numbers[root, stream.name])
            for stream in self.instance.streams.all
        )

    @property
    def rounding(self) -> Rounding:
        return self.choice.rounding

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that the numbers rest on."""
        return tuple(self.instance.indicators[name] for name in self.used)

    @property
    def doubtful(self) -> tuple[Indicator, ...]:
        """Those of them that are not official figures."""
        return tuple(each for each in self.indicators if each.quality is not Quality.OFFICIAL)

    def number(self, code: str, stream: str) -> int:
        """The whole number of an area, by its code, in a stream."""
        return self.numbers[self._cell(code, stream)]

    def quota(self, code: str, stream: str) -> Fraction:
        """The exact share of an area, by its code, in a stream."""
        return self.quotas[self._cell(code, stream)]

    def _cell(self, code: str, stream: str) -> Cell:
        if (code, stream) not in self.numbers:
            example = self.instance.division.leaves[0].code
            names = ", ".join(self.instance.streams.names)
            raise KeyError(
                f"no area with the code {code!r} (such as {example!r}) and the stream {stream!r} "
                f"(one of {names})"
            )
        return code, stream

    def rows(self) -> Iterator[Row]:
        """Every line of the table: areas in the division's order, streams in the rule's."""
        for area in self.instance.division.areas:
            for stream in self.instance.streams.all:
                cell = area.code, stream.name
                yield Row(area, stream, self.quotas[cell], self.numbers[cell])

    def to_frame(self) -> pandas.DataFrame:
        """The table as a pandas frame; quotas are rounded to floats, for looking at only."""
        import pandas  # half a second, and only notebooks want it

        frame = pandas.DataFrame(
            [(*row.identity, float(row.quota), row.number) for row in self.rows()],
            columns=list(COLUMNS),
        )
        frame.attrs["not official"] = {
            indicator.name: indicator.quality.value for indicator in self.doubtful
        }
        return frame

    def __repr__(self) -> str:
        sums = ", ".join(
            f"{drift.stream} {drift.allocated} of {drift.asked}" for drift in self.drift
        )
        leaves = len(self.instance.division.leaves)
        beware = "".join(
            f", {indicator.quality.value} {indicator.name}" for indicator in self.doubtful
        )
        return f"<Distribution {self.instance.name}: {sums}, {leaves} areas{beware}>"

    def _repr_html_(self) -> str:
        frame = self.to_frame()
        frame["quota"] = [plain_decimals(row.quota, 3) for row in self.rows()]
        return f"<p>{escape(repr(self)[1:-1])}</p>{frame.to_html(max_rows=40)}"
