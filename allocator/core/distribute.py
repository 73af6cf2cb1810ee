"""The one entry to the mathematics: an instance in, a distribution out.

Weights from the key, exact quotas from the weights, fair shares where limits bind, whole numbers by
the rule's rounding, and sums upward. What rounding adds or loses is in the result as drift.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import TypeVar

from allocator.core.alone import by_the_textbook
from allocator.core.cells import parts_of, split, wholes
from allocator.core.exact import added
from allocator.core.fair import shares_under_limits
from allocator.core.keeping import keeping, kept_figures
from allocator.core.quotas import shared_out, used
from allocator.core.revised import revised_together
from allocator.core.rounding import ROUND
from allocator.core.together import rounded_together, tree_of
from allocator.key.evaluate import endless, is_endless
from allocator.model.areas import Division
from allocator.model.distribution import Cell, Distribution, Outside, Shared
from allocator.model.instance import Instance
from allocator.model.limits import Limit
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.proof import FairShares, Proof, Tie
from allocator.model.rule import Choice, Rounding
from allocator.model.streams import Streams
from allocator.words.text import series, text

Amount = TypeVar("Amount", int, Fraction)


def distribute(
    instance: Instance, choice: Choice | None = None, earlier: Mapping[Cell, int] | None = None
) -> Distribution:
    """Divide the totals of an instance by its rule, or with another choice of rounding.

    Where areas are rounded together, no number crosses that of an `earlier` table: of a part whose
    total rises none falls, of one whose total falls none rises.
    """
    choice = choice or instance.rule.choice
    instance = _with_kept_numbers(instance)
    choice = _with_kept_shares(choice, instance)
    _refuse_losing_what_is_kept(instance, choice)
    problems = Problems()
    steps: dict[str, tuple[Shared, ...]] = {}
    for stream in instance.streams.given:
        with problems.collecting():
            steps[stream.name] = shared_out(instance, stream)
    _once(problems).raise_any()
    instance = _without_floors_of_the_exempt(instance, steps)
    leaf_quotas = {
        (code, name): quota
        for name, downward in steps.items()
        for code, quota in downward[-1].quotas.items()
    }
    quotas = with_sums(instance.division, instance.streams, leaf_quotas, added)
    _refuse_endless(steps, quotas)
    found = _whole(instance, leaf_quotas, choice, earlier)
    numbers = with_sums(instance.division, instance.streams, found.numbers, sum)
    _refuse_parts_above_whole(instance, numbers)
    return Distribution(
        instance,
        choice,
        steps,
        used(instance),
        quotas,
        numbers,
        found.shares,
        found.proofs,
        found.ties,
        found.outside,
    )


def _refuse_endless(
    steps: Mapping[str, tuple[Shared, ...]], quotas: Mapping[Cell, Fraction]
) -> None:
    """Every exact number that comes of it can be written out."""
    for downward in steps.values():
        for step in downward:
            inner = () if step is downward[-1] else step.quotas.values()  # the last are all quotas
            if any(map(is_endless, chain(step.sums.values(), step.weights.values(), inner))):
                raise InputError(endless(step.key.place, step.key.written))
    if any(map(is_endless, quotas.values())):
        last = next(iter(steps.values()))[-1]
        raise InputError(endless(last.key.place, last.key.written))


def _once(problems: Problems) -> Problems:
    """A problem of a key that several streams have is told once."""
    found: list[Problem] = []
    for problem in problems.found:
        if problem not in found:
            found.append(problem)
    return Problems(found)


def _with_kept_numbers(instance: Instance) -> Instance:
    """Where a rule begins with the numbers of another rule, the instance that holds these."""
    by = instance.rule.steps[0].by
    if by is None:
        return instance
    keys = {stream.name: stream.key for stream in by.streams.all} if by.streams else {}
    streams = [replace(stream, key=keys.get(stream.name)) for stream in instance.streams.all]
    inner = replace(instance, rule=by, streams=Streams(tuple(streams)))
    if by.choice.rounding in ROUND:
        inner = replace(inner, limits=())  # they are kept inside the areas of the level
    kept = keeping(instance, distribute(inner))
    choice = _with_kept_shares(kept.rule.choice, kept)
    return replace(kept, rule=replace(kept.rule, choice=choice))


def _refuse_losing_what_is_kept(instance: Instance, choice: Choice) -> None:
    """Areas rounded one by one do not add up to the number that the area around them keeps."""
    if kept_figures(instance) and choice.rounding is not Rounding.CONSISTENT:
        raise InputError(
            Problem(
                Place("--rounding"),
                text("Areas keep their numbers only where all are rounded together."),
                text("Use `--rounding consistent`, or write it in the rule."),
            )
        )


def _with_kept_shares(choice: Choice, instance: Instance) -> Choice:
    """Under limits, what areas keep stays with them: their level is fixed."""
    level = instance.rule.steps[0].level
    if not instance.limits or not kept_figures(instance) or level in choice.fixed:
        return choice
    return replace(choice, fixed=(*choice.fixed, level))


def _without_floors_of_the_exempt(
    instance: Instance, steps: Mapping[str, Sequence[Shared]]
) -> Instance:
    """What gets nothing by the rule is under no floor of the rule either."""
    exempt = {name: downward[-1].exempt for name, downward in steps.items()}

    if not any(exempt.values()):
        return instance

    def relieved(limit: Limit) -> bool:
        inside = {leaf for code in limit.areas for leaf in instance.division.members[code]}
        return limit.of_rule and inside <= exempt.get(limit.stream, frozenset())

    limits = tuple(
        replace(limit, at_least=None) if relieved(limit) else limit for limit in instance.limits
    )
    kept = tuple(
        limit
        for limit in limits
        if limit.at_least is not None or limit.at_most is not None or limit.nothing_or is not None
    )
    return instance if kept == instance.limits else replace(instance, limits=kept)


@dataclass(frozen=True)
class _Whole:
    """Whole numbers for the given streams at the leaves, and what led to them."""

    numbers: dict[Cell, int]
    shares: FairShares | None = None
    proofs: tuple[Proof, ...] = ()
    ties: tuple[Tie, ...] = ()
    outside: tuple[Outside, ...] = ()


def _whole(
    instance: Instance,
    quotas: Mapping[Cell, Fraction],
    choice: Choice,
    earlier: Mapping[Cell, int] | None,
) -> _Whole:
    """The numbers at the leaves for every given stream; each by itself, or all together."""
    if choice.rounding in ROUND:
        if instance.limits:
            raise InputError(
                Problem(
                    Place(instance.file),
                    text("Limits are kept where areas are rounded together."),
                    text("Use `--rounding consistent`, or write it in the rule."),
                )
            )
        round_ = ROUND[choice.rounding]
        return _Whole({cell: round_(quota) for cell, quota in quotas.items()})
    if choice.rounding is Rounding.TEXTBOOK:
        numbers, ties = by_the_textbook(instance, quotas, choice)
        return _Whole(numbers, ties=ties)
    nesting = tree_of(instance, choice.fixed)
    leaves = tuple(area.code for area in instance.division.leaves)
    cells: dict[Cell, Fraction] = {}
    for whole in wholes(instance.streams):
        cells.update(split(instance.streams, whole, quotas, leaves))
    _refuse_negative(instance, cells)
    found = shares_under_limits(instance, cells, choice.fixed) if instance.limits else None
    shares = found.shares if found else cells
    proofs: tuple[Proof, ...] = ()
    outside: tuple[Outside, ...] = ()
    if earlier is None:
        numbers, proofs = rounded_together(instance, shares, choice, nesting)
        ties = tuple(tie for proof in proofs for tie in proof.ties)
    else:
        numbers, ties, outside = revised_together(instance, shares, choice, nesting, earlier)
    for whole in wholes(instance.streams):
        parts = parts_of(instance.streams, whole)
        for leaf in leaves:
            numbers[leaf, whole.name] = sum(numbers[leaf, part] for part in parts)
    return _Whole(numbers, found, proofs, ties, outside)


def _refuse_negative(instance: Instance, cells: Mapping[Cell, Fraction]) -> None:
    """A rest below 0 means that parts are above their whole already before rounding."""
    below = [instance.division.by_code[leaf].name for (leaf, _), q in cells.items() if q < 0]
    if below:
        raise InputError(
            Problem(
                Place(instance.file),
                text("The parts come out above their whole in {areas}.", areas=series(below)),
                text("Change the totals or the keys; a part is never cut to fit its whole."),
            )
        )


def with_sums(
    division: Division,
    streams: Streams,
    leaves: Mapping[Cell, Amount],
    total: Callable[[list[Amount]], Amount],
) -> dict[Cell, Amount]:
    """Every cell of the table: the rest of a whole by subtraction, larger areas by addition."""
    table: dict[Cell, Amount] = dict(leaves)
    for stream in streams.given:
        for area in division.areas:
            codes = division.members[area.code]
            table[area.code, stream.name] = total([leaves[c, stream.name] for c in codes])
    for rest in streams.rests:
        for area in division.areas:
            left = table[area.code, rest.rest_of]
            for part in streams.parts(rest.rest_of):
                left = left - table[area.code, part.name]
            table[area.code, rest.name] = left
    return table


def _refuse_parts_above_whole(instance: Instance, numbers: Mapping[Cell, int]) -> None:
    """Minors above places is an error of the key or the totals; nothing is clipped."""
    problems = Problems()
    for whole in instance.streams.given:
        parts = instance.streams.parts(whole.name)
        above = [
            area.name
            for area in instance.division.leaves
            if sum(numbers[area.code, part.name] for part in parts) > numbers[area.code, whole.name]
        ]
        if above:
            problems.add(
                Place(instance.file),
                text(
                    "{parts} come out above {whole} in {areas}.",
                    parts=series([part.title for part in parts]),
                    whole=whole.title,
                    areas=series(above),
                ),
                text("Change the totals or the keys; a part is never cut to fit its whole."),
            )
    problems.raise_any()
