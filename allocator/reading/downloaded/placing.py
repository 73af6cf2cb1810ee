"""Says of which area each line of a table is, or asks.

What a heading or the whole of the table says of the level counts; a likeness never does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from allocator.model.downloaded import Asked, LeftAside, Match
from allocator.model.problem import Place, Problems
from allocator.reading.downloaded.areas import Found, Gazetteer, Known, listed
from allocator.reading.downloaded.figures import without_marks
from allocator.reading.downloaded.lines import Line
from allocator.words.levels import level_name
from allocator.words.plain import plainly
from allocator.words.text import Text, text

#: What is spelt nearly as an unknown name is looked up until there are so many problems: few are
#: told, and it takes long.
MOST_LOOKED_UP = 100

_TOTAL = re.compile(
    r"(sub|eind)?totaal\b.*|.*\b(sub|eind)?totaal|(sub |grand )?total\b.*|.*\btotal"
    r"|som|sum|landelijk"
)


@dataclass
class Placing:
    """The areas of the lines of one table."""

    known: Gazetteer
    asked: Asked
    heading_level: str  # the level that the heading names, or ""
    problems: Problems
    level: str = ""  # the level that is meant where a name is of several
    said: list[Text] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    aside: list[LeftAside] = field(default_factory=list)

    def codes(self, lines: Sequence[Line]) -> list[tuple[Line, str]]:
        """The lines that are read, each with the code of its area, or "" for a sum."""
        self.level = self._level_of(lines)
        return [(line, code) for line in lines if (code := self._code(line)) is not None]

    def _level_of(self, lines: Sequence[Line]) -> str:
        if self.asked.level:
            return self.asked.level
        named = [
            line.found.areas
            for line in lines
            if line.found.areas and all(area.code != self.known.root for area in line.found.areas)
        ]
        level = self.heading_level
        if all(any(area.level == level for area in areas) for areas in named):
            return level
        for level in self.asked.levels:
            every = {area.code for area in self.known.at(level)}
            here = [{area.code for area in areas if area.level == level} for areas in named]
            if len(here) == len(every) and all(here) and set[str]().union(*here) == every:
                self.said.append(
                    text("Every {level} is named here, and nothing else.", level=level_name(level))
                )
                return level
        return ""

    def _code(self, line: Line) -> str | None:
        """The code of a line's area, "" for a sum; None where it is left aside or a problem."""
        typed = {plainly(name): code for name, code in self.asked.names.items()}
        for one in (line.name, line.code):
            if one and plainly(one) in typed:
                return self._typed(line, typed[plainly(one)])
        coded = self.known.coded(line.code, self.heading_level) if line.code else ()
        if not line.found.areas and _TOTAL.fullmatch(plainly(without_marks(line.written))):
            return self.known.root if [area.code for area in coded] == [self.known.root] else ""
        return self._by_code(line, coded) if line.code else self._by_name(line)

    def _typed(self, line: Line, code: str) -> str | None:
        if not code:
            self.aside.append(LeftAside(line.written, text("as --name says"), line.place))
            return None
        area = self.known.areas.get(code)
        if area is None:
            self.problems.add(
                Place("--name"),
                text("There is no area {code} on {day}.", code=code, day=self.known.day),
                text("Write the code as in the table of areas, such as GM0344."),
            )
            return None
        self._match(line, area, text("as --name says"))
        return code

    def _by_code(self, line: Line, coded: tuple[Known, ...]) -> str | None:
        """By its code; the name beside it must not be that of another area."""
        renamed = self.known.named(line.code) if not coded else Found(())
        areas = coded or renamed.areas
        if not areas:
            self._unknown(line, line.code)
            return None
        both = tuple(area for area in areas if area in line.found.areas)
        if line.name and not both and (line.found.areas or self.known.life(line.name)):
            self.problems.add(
                line.place,
                text(
                    "{code} is {area}, and the row is named {name}.",
                    code=line.code,
                    area=listed(areas),
                    name=f"'{line.name}'",
                ),
                text("Did rows slip? Mend the code or the name."),
            )
            return None
        areas = both or areas
        if len(areas) > 1:
            self._several(line, areas)
            return None
        if renamed.why:
            self._match(line, areas[0], renamed.why, doubtful=True)
        elif line.name and not both:
            self._match(line, areas[0], text("by its code: no area has this name"), doubtful=True)
        return areas[0].code

    def _by_name(self, line: Line) -> str | None:
        coded = self.known.coded(line.name, self.level) if re.search(r"\d", line.name) else ()
        areas = line.found.areas or coded
        areas = tuple(area for area in areas if area.level == self.level) or areas
        if len(areas) > 1 and line.province:
            held = {area.code for area in self.known.named(line.province).areas}
            areas = tuple(area for area in areas if area.parent in held) or areas
        if not areas:
            self._unknown(line, line.name)
            return None
        if len(areas) > 1:
            self._several(line, areas)
            return None
        (area,) = areas
        if area.name != line.written:
            self._match(line, area, line.found.why or text("by its code"), line.found.doubtful)
        return area.code

    def _match(self, line: Line, area: Known, why: Text, doubtful: bool = False) -> None:
        self.matches.append(Match(line.written, area.code, area.name, why, doubtful, line.place))

    def _several(self, line: Line, areas: tuple[Known, ...]) -> None:
        self.problems.add(
            line.place,
            text("{name} may be {areas}.", name=f"'{line.written}'", areas=listed(areas)),
            text(
                "Say which: --name {example}, a column with codes, or --level where a name is of "
                "several levels.",
                example=f'"{line.written}={areas[0].code}"',
            ),
        )

    def _unknown(self, line: Line, written: str) -> None:
        looked = len(self.problems.found) < MOST_LOOKED_UP
        life, near = self.known.life(written), self.known.near(written) if looked else ()
        found = life or text(
            "There is no area {name} on {day}.", name=f"'{written}'", day=self.known.day
        )
        if near and not life:
            found = text(
                "There is no area {name} on {day}; near to it is {areas}.",
                name=f"'{written}'",
                day=self.known.day,
                areas=listed(near),
            )
        self.problems.add(
            line.place,
            found,
            text(
                "Mend it, or say what it is: --name {example}; with nothing after = its line is "
                "left aside.",
                example=f'"{line.written}={near[0].code if near and not life else ""}"',
            ),
        )
