"""The transfers that lead from the numbers of an instance to a table that was agreed."""

from __future__ import annotations

from pathlib import Path

from allocator.model.problem import InputError, NoAnswer, Place, Problem, Problems
from allocator.periods.account import Account
from allocator.periods.transfers import CutOff, Plan, check, plan
from allocator.reading.balances.read import agreed_numbers
from allocator.reading.country.neighbours import neighbours
from allocator.words.text import change, series, text


def transfers_to(account: Account, stream: str, path: Path) -> Plan:
    """Who takes over how many from whom, with the least persons × borders crossed."""
    instance = account.instance
    found = agreed_numbers(instance, path)
    leaves = [leaf.code for leaf in instance.division.leaves]
    before = {code: account.lines[code, stream].effective for code in leaves}
    after = {code: found.get((code, stream), before[code]) for code in leaves}
    place = Place(str(path))
    if not any(name == stream for _, name in found):
        raise InputError(
            Problem(
                place,
                text("There is no number of {stream}.", stream=f"'{stream}'"),
                text("Say which stream the table is of, or give one with that stream."),
            )
        )
    if sum(before.values()) != sum(after.values()):
        raise NoAnswer(
            Problem(
                place,
                text(
                    "The agreed numbers add up to {after}, and the numbers to {before} "
                    "({difference}).",
                    after=sum(after.values()),
                    before=sum(before.values()),
                    difference=change(sum(after.values()) - sum(before.values())),
                ),
                text(
                    "A joint change leaves the sum as it is, and areas that the table does not "
                    "name keep their number: mend the agreed table."
                ),
            )
        )
    problems = Problems()
    graph = neighbours(instance.country, instance.day, leaves, Place("neighbours"), problems)
    problems.raise_any()
    try:
        found_plan = plan(before, after, graph)
        check(before, after, graph, found_plan)
        return found_plan
    except CutOff as cut_off:
        names = instance.division.by_code
        raise NoAnswer(
            Problem(
                place,
                text(
                    "No border leads from or to {areas}.",
                    areas=series([names[code].name for code in cut_off.codes]),
                ),
                text("Transfers go from neighbour to neighbour; agree on these by themselves."),
            )
        ) from cut_off
