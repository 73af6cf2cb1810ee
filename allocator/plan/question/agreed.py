"""Tasks after agreements: a municipality carries out the task of another, all of it or a number.

Only what the rule itself gives a municipality can be given away, so the order of agreements does
not matter, and the sum over the province stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allocator.model.areas import Division
from allocator.model.plan import Agreement
from allocator.model.problem import Problems
from allocator.words.text import text


@dataclass(frozen=True, slots=True)
class Places:
    """Places, and how many of them are for minors."""

    whole: int
    minors: int

    def __add__(self, other: Places) -> Places:
        return Places(self.whole + other.whole, self.minors + other.minors)

    def __sub__(self, other: Places) -> Places:
        return Places(self.whole - other.whole, self.minors - other.minors)


@dataclass(frozen=True, slots=True)
class Moved:
    """What an agreement moves from one municipality to another."""

    agreement: Agreement
    places: Places


def after_agreements(
    numbers: Mapping[str, Places],
    agreements: Sequence[Agreement],
    minors: str,
    division: Division,
) -> tuple[dict[str, Places], tuple[Moved, ...]]:
    """The task of each municipality after the agreements, and what each of them moves."""
    problems = Problems()
    moved: list[Moved] = []
    for code in numbers:
        own = [each for each in agreements if each.of == code]
        moved += _given_away(numbers[code], own, minors, division.by_code[code].name, problems)
    problems.raise_any()
    tasks = dict(numbers)
    for each in moved:
        tasks[each.agreement.of] -= each.places
        tasks[each.agreement.carrier] += each.places
    order = {agreement.name: place for place, agreement in enumerate(agreements)}
    return tasks, tuple(sorted(moved, key=lambda each: order[each.agreement.name]))


def _given_away(
    own: Places, agreements: Sequence[Agreement], minors: str, area: str, problems: Problems
) -> list[Moved]:
    """What a municipality's agreements take, minors' places first and those without number last."""
    left, found = own, []

    def turn(agreement: Agreement) -> tuple[bool, bool, str]:
        return agreement.stream != minors, agreement.number is None, agreement.name

    for agreement in sorted(agreements, key=turn):
        of_minors = agreement.stream == minors
        there = left.minors if of_minors else left.whole
        number = there if agreement.number is None else agreement.number
        if number > there:
            problems.add(
                agreement.place,
                text(
                    "{name} gives away {number} ({stream}) of {area}, whose task has {own}, of "
                    "which {left} are left.",
                    name=f"'{agreement.name}'",
                    number=number,
                    stream=agreement.stream,
                    area=area,
                    own=own.minors if of_minors else own.whole,
                    left=there,
                ),
                text("Lower the number, or leave it empty for all that is left."),
            )
            continue
        places = Places(number, number) if of_minors else out_of(left, number)
        left -= places
        found.append(Moved(agreement, places))
    return found


def out_of(task: Places, number: int) -> Places:
    """So many places out of a task: first those that are not for minors, then theirs.

    Of a task of 45 places, 4 of them for minors, 30 are places of other kinds; all 45 take the 4:

    >>> out_of(Places(45, 4), 30), out_of(Places(45, 4), 43), out_of(Places(45, 4), 45)
    (Places(whole=30, minors=0), Places(whole=43, minors=2), Places(whole=45, minors=4))
    """
    return Places(number, max(0, number - (task.whole - task.minors)))
