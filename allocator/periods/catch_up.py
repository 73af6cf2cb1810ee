"""Goals beyond the law: an extra one from backlogs, and one that was agreed in all.

An extra goal goes to provinces and municipalities in proportion to backlog, so nobody is asked for
more than its backlog. An agreed goal leaves every corrected number as it is and adds the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.proportion import in_proportion
from allocator.core.quotas import weights
from allocator.model.indicator import Indicator, Kind, Quality
from allocator.model.instance import Instance
from allocator.model.problem import NoAnswer, Place, Problem
from allocator.model.streams import KeyText
from allocator.periods.account import Account
from allocator.periods.carrying import divided
from allocator.words.text import LocalText, Text, text


@dataclass(frozen=True)
class Extra:
    """An extra goal from backlogs, for a stream."""

    account: Account
    stream: str
    asked: int  # of all areas, without what was carried on
    carried_on: Mapping[str, int]  # per province what an earlier goal left; below 0 it did more
    goals: Mapping[str, int]  # per area of every level
    left_out: Mapping[str, int]  # per province what does not fit between 0 and its backlog

    def caught_up(self, code: str) -> int | None:
        """How far the balance of an area fell; None where it is not known what was realised."""
        line = self.account.lines[code, self.stream]
        return None if line.realised is None else line.realised - line.effective

    def remains(self, code: str) -> int | None:
        """What is left of an area's part, to be carried on; below 0 it did more.

        What did not fit between 0 and the backlog is part of it, so that nothing is forgotten.
        """
        done = self.caught_up(code)
        return None if done is None else self.goals[code] + self.left_out.get(code, 0) - done


def extra_goal(account: Account, stream: str, asked: int, carried_on: Mapping[str, int]) -> Extra:
    """An extra goal over provinces and from there over municipalities, by their backlogs."""
    instance = account.instance
    division = instance.division
    backlog = {area.code: account.lines[area.code, stream].backlog for area in division.areas}
    in_all = backlog[division.root.code]
    if asked > in_all:
        raise _refused(
            instance,
            text(
                "{asked} are asked, and all backlogs add up to {backlog}.",
                asked=asked,
                backlog=in_all,
            ),
            text("Ask at most that; head starts of others do not count against it."),
        )
    by_backlog = {leaf.code: Fraction(backlog[leaf.code]) for leaf in division.leaves}
    provinces = division.at(division.tree[1])
    shares = {p.code: Fraction(backlog[p.code], in_all or 1) for p in provinces}
    first = divided(asked, shares)
    parts, left_out = {}, {}
    for province in provinces:
        wanted = first[province.code] + carried_on.get(province.code, 0)
        parts[province.code] = min(max(wanted, 0), backlog[province.code])
        if wanted != parts[province.code]:
            left_out[province.code] = wanted - parts[province.code]
    goals = with_sums(instance, in_proportion(instance, parts, by_backlog))
    return Extra(account, stream, asked, carried_on, goals, left_out)


@dataclass(frozen=True)
class Agreed:
    """A goal in all, of which a part is asked by law."""

    account: Account
    stream: str
    asked: int
    key: KeyText
    beyond: Mapping[str, int]  # per area of every level, what comes on top

    def goal(self, code: str) -> int:
        return self.account.lines[code, self.stream].corrected + self.beyond[code]


def agreed_goal(account: Account, stream: str, asked: int, key: KeyText) -> Agreed:
    """The corrected numbers as they are, and what is left of the goal by a key.

    Besides the instance's indicators a key may name `number`, `corrected` (0 where it is below)
    and `backlog`; an indicator of such a name comes first.
    """
    instance = account.instance
    division = instance.division
    by_law = account.lines[division.root.code, stream].corrected
    if asked < by_law:
        raise _refused(
            instance,
            text("{asked} are agreed in all, and the law asks {law}.", asked=asked, law=by_law),
            text("Agree on more, or leave the goal out: no number is lowered."),
        )
    known = {**_from_account(account, stream), **instance.indicators}
    found = weights(key, division.leaves, division, known)
    if asked > by_law and not any(found.values()):
        raise _refused(
            instance,
            text("The key {key} gives every area weight 0.", key=f"'{key.written}'"),
            text("Choose a key that is above 0 somewhere."),
        )
    sums = {division.root.code: asked - by_law}
    return Agreed(
        account, stream, asked, key, with_sums(instance, in_proportion(instance, sums, found))
    )


def with_sums(instance: Instance, leaves: Mapping[str, int]) -> dict[str, int]:
    """The numbers of every area, from those of the leaves."""
    division = instance.division
    return {
        area.code: sum(leaves[leaf] for leaf in division.members[area.code])
        for area in division.areas
    }


def _from_account(account: Account, stream: str) -> dict[str, Indicator]:
    """What the account knows of each leaf, as a key may name it."""
    lines = {
        leaf.code: account.lines[leaf.code, stream] for leaf in account.instance.division.leaves
    }
    return {
        "number": _figure("number", {code: line.number for code, line in lines.items()}),
        "corrected": _figure(
            "corrected", {code: max(line.corrected, 0) for code, line in lines.items()}
        ),
        "backlog": _figure("backlog", {code: line.backlog for code, line in lines.items()}),
    }


def _figure(name: str, values: Mapping[str, int]) -> Indicator:
    title = LocalText(name, name)
    figures = {code: Fraction(value) for code, value in values.items()}
    return Indicator(name, title, Kind.COUNT, 0, title, title, "", Quality.OWN, figures, {})


def _refused(instance: Instance, found: Text, mend: Text) -> NoAnswer:
    return NoAnswer(Problem(Place(instance.file), found, mend))
