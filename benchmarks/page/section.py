"""A part of the page, and in what somebody else was faster there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Beaten:
    """A peer that took less time."""

    peer: str
    gives: str
    """What it gives for it, where that differs from peer to peer."""
    ratios: tuple[float, ...]
    """Our time in its own, for each question in which it was faster."""
    asked: int
    """How many questions it answered."""

    @property
    def line(self) -> str:
        """One line of a list.

        >>> Beaten("iteround", "floats", (4.0, 9.5), 4).line
        '- iteround, in 2 of 4: ours takes 4 to 9.5 times as long (floats)'
        """
        least, most = min(self.ratios), max(self.ratios)
        times = f"{least:.2g}" if f"{least:.2g}" == f"{most:.2g}" else f"{least:.2g} to {most:.2g}"
        many = "" if self.asked == 1 else f", in {len(self.ratios)} of {self.asked}"
        gives = f" ({self.gives})" if self.gives else ""
        return f"- {self.peer}{many}: ours takes {times} times as long{gives}"


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    title: str
    says: str
    table: str
    beaten: tuple[Beaten, ...] = ()
    why: str = ""
    """Why a peer can be faster here."""

    @property
    def markdown(self) -> str:
        return f"## {self.title}\n\n{self.says}\n\n{self.table}\n"


def table(heading: Sequence[str], lines: Sequence[Sequence[str]], texts: Sequence[int]) -> str:
    """Columns of numbers stand to the right, those named in `texts` to the left.

    >>> print(table(("what", "s"), [("all", "1")], (0,)))
    | what | s |
    |---|---:|
    | all | 1 |
    """
    rule = "|".join("---" if column in texts else "---:" for column in range(len(heading)))
    rows = [" | ".join(line) for line in (heading, *lines)]
    return "\n".join([f"| {rows[0]} |", f"|{rule}|", *(f"| {row} |" for row in rows[1:])])


def where_others_are_faster(sections: Sequence[Section]) -> str:
    """The list of all who were, section by section."""
    found = []
    for section in sections:
        if section.beaten:
            lines = "\n".join(each.line for each in section.beaten)
            found.append(f"**{section.title}.** {section.why}\n\n{lines}\n")
    told = "\n".join(found) or "Nobody was, in this run.\n"
    return f"## Where a peer is faster\n\n{told}"
