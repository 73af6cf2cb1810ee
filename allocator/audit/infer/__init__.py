"""Which figures, map, key, rounding and total give a published table best.

Every combination is worked out exactly; those that give the same numbers are one explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from allocator.audit.infer.settings import Refusal, Setting, Sharing, sharings
from allocator.audit.infer.ways import ALONE, TOGETHER, Table, Totals, Way, matched, said
from allocator.core.refused import refused
from allocator.model.instance import Instance, PublishedRow, Quantity
from allocator.model.problem import InputError
from allocator.model.rule import Choice, Rounding, Rule
from allocator.words.text import counted, text

__all__ = ["Explanation", "Inferred", "Refusal", "Setting", "Sharing", "Way", "infer"]


@dataclass(frozen=True)
class Explanation:
    """Ways that give the same number for every compared row."""

    place: int  # 1 for the best; those that miss alike have the same
    ways: tuple[Way, ...]  # the announced total first, then those most like the instance
    matched: int  # rows with the published number
    largest: int  # the largest miss
    missed: int  # all misses added up

    @property
    def merit(self) -> tuple[int, int, int]:
        """How well it does; the best sorts first."""
        return -self.matched, self.largest, self.missed

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number it gives for each row."""
        return self.ways[0].numbers


@dataclass(frozen=True)
class Inferred:
    """Everything that was tried on a published table, the best first."""

    instance: Instance
    rows: tuple[PublishedRow, ...]  # those that are compared
    with_balance: int  # how many published rows are not
    explanations: tuple[Explanation, ...]
    settings: tuple[Setting, ...]  # figures, maps and keys
    tried: int  # settings with a rounding that were worked out
    set_aside: int  # those that were not, since they cannot come first
    not_tried: tuple[Refusal, ...]

    @property
    def own(self) -> Explanation | None:
        """What the instance's own settings give, if these can be worked out."""
        for each in self.explanations:
            if not any(_strange(each.ways[0], self.instance)):
                return each
        return None

    def announced(self, way: Way) -> Explanation | None:
        """What the same way gives at the announced totals, if that was worked out."""
        totals = {name: self.instance.totals[name].number for name in way.totals}
        wanted = way.choice, totals
        for each in self.explanations:
            for other in each.ways:
                if other.sharing is way.sharing and (other.choice, other.totals) == wanted:
                    return each
        return None

    def told_apart(
        self, one: Explanation, other: Explanation
    ) -> Iterator[tuple[PublishedRow, int, int]]:
        """The rows in which two explanations differ, with the number of each."""
        for row, first, second in zip(self.rows, one.numbers, other.numbers, strict=True):
            if first != second:
                yield row, first, second


def infer(
    variants: Sequence[Instance], rules: Sequence[Rule], not_tried: Iterable[Refusal] = ()
) -> Inferred:
    """What explains the published table of the first variant, the instance as it is.

    The first rule is the instance's own. More rows matched is better, then a smaller largest miss,
    then fewer misses in all, then the announced total and the instance's own key, rounding, years
    and map, in this order.
    """
    own = variants[0]
    published = own.published.rows if own.published else ()
    numbers = tuple(row for row in published if row.quantity is Quantity.NUMBER)
    rows = tuple(row for row in numbers if not own.repeats_total(row)) or numbers
    _refuse_unfit(own, rows)
    found, without_shares = sharings(variants, rules)
    if not found:
        _, why = without_shares[0]
        raise refused(own, why, text("Mend the key or its figures first."))
    search = _Search([Table(sharing, rows) for sharing in found], [*not_tried, *without_shares])
    search.alone()
    search.together()
    return Inferred(
        own,
        rows,
        sum(row.quantity is not Quantity.NUMBER for row in published),
        tuple(_explanations(search.ways, rows, own)),
        tuple(setting for sharing in found for setting in sharing.settings),
        search.tried,
        search.set_aside,
        tuple(search.refused),
    )


@dataclass
class _Search:
    """The ways found so far."""

    tables: list[Table]  # the instance's own sharing first
    refused: list[Refusal]
    ways: list[Way] = field(default_factory=list)
    tried: int = 0
    set_aside: int = 0

    def alone(self) -> None:
        """Every leaf rounded by itself."""
        for table in self.tables:
            for choice in ALONE:
                self.ways += table.alone(choice)
                self.tried += len(table.sharing.settings)

    def together(self) -> None:
        """All leaves rounded with an eye on the others, where that may come first.

        Under the instance's own sharing it is always worked out.
        """
        own, choices = self.tables[0], TOGETHER
        if len(own.sharing.instance.streams.all) > 1:
            choices = tuple(each for each in TOGETHER if each.rounding is Rounding.CONSISTENT)
            what = text("a method over the leaves")
            self.refused.append((what, text("It divides one stream, and here are more.")))
        most = max(matched(own.rows, way.numbers) for way in self.ways)
        for table in self.tables:
            for choice in choices:
                self._together(table, choice, 0 if table is own else most)

    def _together(self, table: Table, choice: Choice, least: int) -> None:
        settings = len(table.sharing.settings)
        possible = [t for t in table.plausible if table.possible(choice, t) >= least]
        found = list(self._worked_out(table, choice, possible))
        self.ways += found
        self.tried += settings if found else 0
        self.set_aside += 0 if possible else settings

    def _worked_out(
        self, table: Table, choice: Choice, possible: Iterable[Totals]
    ) -> Iterator[Way]:
        """The ways at these totals, until one of them gives every row."""
        for totals in possible:
            try:
                way = table.together(choice, totals)
            except InputError as error:
                self.refused.append((said(choice), error.problems[0].found))
                continue
            yield way
            if matched(table.rows, way.numbers) == len(table.rows):
                return


def _refuse_unfit(own: Instance, rows: Sequence[PublishedRow]) -> None:
    """There is something to compare with, and no limit that other maps would want anew."""
    if own.limits:
        raise refused(
            own,
            text("Under limits it is not looked for what explains a table."),
            text("Ask it of an instance without limits."),
        )
    if not rows:
        raise refused(
            own,
            counted(
                len(own.published.rows),
                "The one published number has a backlog in it and cannot be compared.",
                "The {number} published numbers have a backlog in them and cannot be compared.",
            )
            if own.published
            else text("No published table is named."),
            text("Give a table under `published:`, with rows of the quantity `number`."),
        )


def _explanations(
    ways: Iterable[Way], rows: Sequence[PublishedRow], own: Instance
) -> list[Explanation]:
    """The ways with the same numbers together, and the best of these first."""
    alike: dict[tuple[int, ...], list[Way]] = {}
    for way in sorted(ways, key=lambda way: _strange(way, own)):
        alike.setdefault(way.numbers, []).append(way)
    found = []
    for numbers, equal in alike.items():
        misses = [abs(row.number - number) for row, number in zip(rows, numbers, strict=True)]
        found.append(Explanation(0, tuple(equal), misses.count(0), max(misses), sum(misses)))
    found.sort(key=lambda each: each.merit)
    merits = [each.merit for each in found]
    return [replace(each, place=1 + merits.index(each.merit)) for each in found]


def _strange(way: Way, own: Instance) -> tuple[bool, ...]:
    """In what a way differs from the instance; sorts by total, key, rounding, years and map."""
    key, years, map_ = way.sharing.settings[0].strange
    announced = all(own.totals[name].number == total for name, total in way.totals.items())
    return not announced, key, not _own_rounding(way.choice, own.rule.choice), years, map_


def _own_rounding(choice: Choice, own: Choice) -> bool:
    return choice.rounding is own.rounding and (choice in ALONE or choice.method is own.method)
