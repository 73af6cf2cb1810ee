"""What a reader knows of a table, so that it is found in a workbook as people make it.

Areas may be named by code, number or name; columns by what people call them; the streams may stand
side by side. What may mean two things stays a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from allocator.model.streams import Streams
from allocator.reading.downloaded.areas import Gazetteer, Known
from allocator.reading.downloaded.figures import notations, readings
from allocator.reading.downloaded.headings import counted_by
from allocator.reading.formats.numerals import Numerals
from allocator.words.plain import plainly

#: What people call the columns of our tables, written plainly.
CALLED: Mapping[str, tuple[str, ...]] = {
    "stream": ("stroom", "doelgroep"),
    "number": ("aantal", "aantallen"),
    "month": ("maand",),
    "kind": ("soort",),
    "quantity": ("grootheid",),
    "source": ("bron",),
    "computed": ("berekend", "berekend saldo"),
    "published": ("gepubliceerd", "gepubliceerd saldo"),
    "excusable": ("verschoonbaar",),
    "reason": ("reden",),
    "missed": ("gemist",),
    "excused": ("verschoond",),
    "entry": ("afspraak",),
    "change": ("wijziging", "mutatie"),
    "swap": ("ruil",),
    "rate": ("ruilvoet",),
    "goal": ("doel",),
    "announced": ("bekendgemaakt", "bekendgemaakt op", "aangekondigd", "datum"),
}
_TOTALS = (
    *("totaal", "eindtotaal", "totaal generaal", "algemeen totaal", "totaal nederland"),
    *("nederland totaal", "landelijk totaal", "landelijk", "som", "total", "grand total", "sum"),
)


@dataclass(frozen=True)
class AsMade:
    """What is known of the areas, columns and streams of a table."""

    areas: Gazetteer  # the areas that rows may be of; none where rows are of streams alone
    leaf: str  # the level of the rows, meant where a name is of several levels
    larger: bool = False  # whether larger areas, up to the country, have rows of their own
    streams: Streams | None = None  # those that rows may be of
    told: Callable[[str], Mapping[str, str]] = field(default=lambda heading: {})
    """What a heading says of the numbers below it, where such columns stand side by side."""
    summed: tuple[str, ...] = ()  # the columns of which a row of totals gives the sum
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What else a column may be called in this table, written plainly."""

    @property
    def day(self) -> date:
        return self.areas.day

    def is_called(self, heading: str, column: str) -> bool:
        """Whether a heading is that of a column: no word more and no word less."""
        names = (plainly(column), *CALLED.get(column, ()), *self.called.get(column, ()))
        return plainly(heading) in names

    def stream(self, written: str) -> str:
        """The name of the stream that is written by its title, or that there is alone."""
        streams, plain = self.streams.all if self.streams else (), plainly(written)
        if not written and len(streams) == 1:
            return streams[0].name
        for stream in streams:
            if plain in (plainly(stream.title.nl), plainly(stream.title.en)):
                return stream.name
        return written

    def knows_stream(self, written: str) -> bool:
        names = self.streams.names if self.streams else ()
        return bool(written) and self.stream(written) in names

    def is_total(self, written: Iterable[str]) -> bool:
        """Whether a row is that of the total over all areas."""
        for one in written:
            root = [area.code for area in self.areas.named(one).areas] == [self.areas.root]
            if plainly(one) in _TOTALS or root or one == self.areas.root:
                return True
        return False

    def holding(self, codes: Iterable[str]) -> set[str]:
        """The larger areas in which areas lie."""
        found: set[str] = set()
        for code in codes:
            area = self.areas.areas.get(code)
            while area and area.parent and area.parent not in found:
                found.add(area.parent)
                area = self.areas.areas.get(area.parent)
        return found

    def found(self, code: str, name: str, province: str, level: str) -> tuple[Known, ...]:
        """The areas that a row may be of, by its code or else its name."""
        if code:
            return self._of_level(self.areas.coded(code, level), level)
        if not name:
            return ()
        areas = self._of_level(self.areas.named(name).areas, level)
        if len(areas) > 1 and province:
            held = {area.code for area in self.areas.named(province).areas}
            areas = tuple(area for area in areas if area.parent in held) or areas
        return areas

    def _of_level(self, areas: tuple[Known, ...], level: str) -> tuple[Known, ...]:
        """Those of the level that the heading names, or of several those of the rows' own.

        Where only the rows' own level counts, a larger area is one of which they are part: Zeeland
        is the province, and not the safety region of this name.
        """
        if self.larger and not level:
            return areas
        wanted = tuple(area for area in areas if area.level == (level or self.leaf))
        if not wanted and not self.larger:
            wanted = tuple(area for area in areas if area.code in self._parents)
        return wanted or areas

    @cached_property
    def _parents(self) -> set[str]:
        return {area.parent for area in self.areas.areas.values()}


def by_words(streams: Streams, day: date) -> Callable[[str], Mapping[str, str]]:
    """The stream and quantity that a heading of a published table names in words.

    >>> from allocator.model.streams import Stream
    >>> from allocator.words.text import LocalText
    >>> minors = Stream("minors", LocalText("amv-plaatsen", "places for minors"))
    >>> by_words(Streams((minors,)), date(2024, 1, 1))("Aantal amv-plaatsen")
    {'stream': 'minors', 'quantity': 'number'}
    """

    def told(heading: str) -> Mapping[str, str]:
        found = counted_by(heading, streams, day)
        if found is None or not found.named:
            return {}
        return {"stream": found.stream, "quantity": str(found.quantity)}

    return told


def by_title(streams: Streams) -> dict[str, Mapping[str, str]]:
    """The stream that a heading names by its title alone, so that no target is taken for it."""
    return {
        plainly(title): {"stream": stream.name}
        for stream in streams.given
        for title in (stream.title.nl, stream.title.en, stream.name)
    }


def numerals_of(cells: Iterable[object], said: Numerals) -> Numerals:
    """How the numbers of a column that stand there as text are written.

    >>> numerals_of(["1.234", 12], Numerals()), numerals_of(["0.5"], Numerals())
    (Numerals(dutch=True), Numerals(dutch=False))

    A count reads "1.234" as a thousand and more; a rate is refused, since it may be either. With
    "1,234" alone both are refused.
    """
    written = [cell for cell in cells if isinstance(cell, str) and readings(cell)]
    possible = notations(map(readings, written))
    unclear = len(possible) > 1 and any("," in cell for cell in written)
    dutch = bool(written) and "nl" in possible and not unclear
    return Numerals(dutch=True) if dutch else said
