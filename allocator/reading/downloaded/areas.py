"""Finds the areas of a day by the names and codes that people give them.

A name is taken for an area only where no other can be meant; what is near to one is told, and
never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from allocator.model.areas import Division
from allocator.model.lineage import Register, Span, ending
from allocator.model.mergers import Change
from allocator.reading.downloaded.figures import without_marks
from allocator.words.levels import level_name
from allocator.words.plain import plainly
from allocator.words.text import Text, series, text

_HINTS = {
    "municipality": "gemeente van|gemeente|gem|gm|g|municipality of|municipality",
    "province": "provincie|prov|pv|p|province of|province",
    "safety_region": "veiligheidsregio|vr|safety region",
}
_CODE = re.compile(r"([A-Z]*) ?0*([0-9]+)")


@dataclass(frozen=True, slots=True)
class Known:
    """An area of the day."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class Found:
    """The areas that a name may mean, and why where it is not written so."""

    areas: tuple[Known, ...]
    why: Text | None = None
    doubtful: bool = False


NOWHERE = Found(())


@dataclass(frozen=True)
class Gazetteer:
    """The areas of a day by name and code, with those that were there before or after it."""

    day: date
    areas: dict[str, Known]
    root: str  # the code of the country
    register: Register
    by_name: dict[str, tuple[str, ...]]  # by their names in the register, written plainly
    others: dict[str, tuple[str, ...]]  # by their other names

    def at(self, level: str) -> list[Known]:
        return [area for area in self.areas.values() if area.level == level]

    def coded(self, written: str, level: str) -> tuple[Known, ...]:
        """The areas that a code may be of: GM0344, gm344, 0344 or, where the level is known, 344.

        A bare number without its zeros is that of any area with it.
        """
        written = written.upper().strip()
        match, exact = _CODE.fullmatch(written), self.areas.get(written)
        if exact or not match:
            return (exact,) if exact else ()
        letters, digits = match.groups()
        return tuple(
            area
            for area in self.areas.values()
            if (own := _CODE.fullmatch(area.code))
            and own[2] == digits
            and (own[1] == letters if letters else area.level == level or not level)
            and (bool(letters) or len(written) <= len(area.code) - len(own[1]))
        )

    def named(self, written: str) -> Found:
        """The areas of a name, of every level that it may be of."""
        hinted, name = _hint(written)
        for one in dict.fromkeys((name, without_marks(name))):
            plain = plainly(one.replace("&", " en "))
            current = self._known(self.by_name.get(plain, ()))
            other = self._known(self.others.get(plain, ()))
            found = current + tuple(area for area in other if area not in current)
            if hinted:
                found = tuple(area for area in found if area.level == hinted)
            if found:
                return Found(found, self._why(written, found, current, hinted))
        return NOWHERE if hinted not in ("", "municipality") else self._of_another_day(name)

    def near(self, written: str) -> tuple[Known, ...]:
        """The areas whose names are spelt nearly so."""
        names = {**self.others, **self.by_name}
        close = get_close_matches(plainly(_hint(written)[1]), names, 3, 0.75)
        codes = dict.fromkeys(code for name in close for code in names[name])
        return self._known(codes)

    def life(self, written: str) -> Text | None:
        """Why a municipality of this name or code is not there on the day, where there was one."""
        span = self._span(_hint(written)[1])
        if span is None:
            return None
        changes = self.register.changes
        if span.end is not None and span.end <= self.day:
            went = [change for change in ending(span.code, changes) if change.day == span.end]
            return text(
                "The municipality {name} ({code}) was gone on {day}; it went into {heirs}.",
                name=span.name,
                code=span.code,
                day=self.day,
                heirs=series([f"{c.new_name} ({c.new_code})" for c in went]),
            )
        came = [c for c in changes if c.new_code == span.code and c.day == span.start]
        return text(
            "The municipality {name} ({code}) was not there yet on {day}; it came from {parts}.",
            name=span.name,
            code=span.code,
            day=self.day,
            parts=series([f"{c.old_name} ({c.old_code})" for c in came]),
        )

    def _known(self, codes: Iterable[str]) -> tuple[Known, ...]:
        return tuple(self.areas[code] for code in codes if code in self.areas)

    def _why(
        self, written: str, found: tuple[Known, ...], current: tuple[Known, ...], hinted: str
    ) -> Text | None:
        if any(area.name == written for area in found):
            return None
        if found[0] not in current:
            return text("another name of it")
        if hinted:
            return text("the name says of which level it is")
        return text("spelt otherwise")

    def _span(self, written: str) -> Span | None:
        """The municipality of this name or code that is not there on the day."""
        wanted, code = plainly(without_marks(written)), written.strip().upper()
        spans = [s for s in self.register.spans if _plain(s.name) == wanted or s.code == code]
        return next((span for span in spans if span.code not in self.areas), None)

    def _of_another_day(self, name: str) -> Found:
        """The municipality that a name of another day is of, where no more was changed than it."""
        span = self._span(name)
        for change in self.register.changes if span else ():
            if not span or not _is_rename(change, self.register.changes):
                continue
            pair = {change.old_code, change.new_code}
            other = pair - {span.code}
            if span.code in pair and (found := self._known(other)):
                why = text("renamed from {old} on {day}", old=change.old_name, day=change.day)
                return Found(found, why, doubtful=True)
        return NOWHERE


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """A name of the register as names are compared; each is compared with every line."""
    return plainly(name)


def _is_rename(change: Change, changes: Iterable[Change]) -> bool:
    """Whether a municipality got another name and code, and no persons came or went."""
    coming = [c for c in changes if c.new_code == change.new_code and c.day == change.day]
    return change.kind == "rename" and coming == [change]


def gazetteer_of(
    day: date, areas: Iterable[Known], others: Mapping[str, tuple[str, ...]]
) -> Gazetteer:
    """The areas of an instance by name and code, without those of other days."""
    by_code = {area.code: area for area in areas}
    root = next((area.code for area in by_code.values() if not area.parent), "")
    nobody = Register((), (), day, day)
    return Gazetteer(day, by_code, root, nobody, by_name(by_code.values()), dict(others))


def gazetteer_of_division(division: Division, others: Mapping[str, tuple[str, ...]]) -> Gazetteer:
    """The areas of a division by name and code."""
    areas = (Known(area.code, area.name, area.level, area.parent) for area in division.areas)
    return gazetteer_of(division.day, areas, others)


def by_name(areas: Iterable[Known]) -> dict[str, tuple[str, ...]]:
    """The codes of areas by their names, written plainly."""
    found: dict[str, tuple[str, ...]] = {}
    for area in areas:
        plain = plainly(area.name)
        found[plain] = (*found.get(plain, ()), area.code)
    return found


def _hint(written: str) -> tuple[str, str]:
    """The level that a name says it is of, and the name without it.

    >>> _hint("Gemeente Utrecht"), _hint("Utrecht (prov.)"), _hint("Hengelo (O.)")
    (('municipality', 'Utrecht'), ('province', 'Utrecht'), ('', 'Hengelo (O.)'))
    """
    for level, words in _HINTS.items():
        before = re.fullmatch(rf"(?:{words})\.?:? +(.+)", written, re.IGNORECASE)
        after = re.fullmatch(rf"(.+?),? *\((?:{words})\.?\)\W*", written, re.IGNORECASE)
        match = before if before and len(before[0].split()[0]) > 1 else after
        if match:
            return level, match[1]
    return "", written


def listed(areas: Iterable[Known]) -> Text:
    """Areas that may be meant, each with its code and level."""
    named = [
        text("{area} ({code}), {level}", area=a.name, code=a.code, level=level_name(a.level))
        for a in areas
    ]
    return text("{areas}", areas=series(named))
