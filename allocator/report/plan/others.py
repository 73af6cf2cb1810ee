"""Other plans: the next best, what it costs when one falls out, and why there may be none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from allocator.model.plan import Wishes
from allocator.plan.after.planned import Planned
from allocator.plan.beside.alternatives import NextBest, Without
from allocator.plan.beside.collide import Demand, DemandKind
from allocator.plan.solving.answer import Plan, Stopped
from allocator.report.plan.said import aim
from allocator.words.text import Text, Value, change, counted, series, signed, text

NAMED = 8


@dataclass(frozen=True)
class Others:
    """What was asked beside the best plan."""

    next_best: NextBest = field(default_factory=NextBest)
    wanted: int = 0  # how many of these were asked for
    falling_out: tuple[Without, ...] = ()  # for each opened location, the best plan without it
    refused: Without | None = None  # what the refused locations cost

    def alternatives(self, planned: Planned) -> Iterator[Text]:
        """The next best plans in words."""
        return alternatives(planned, self.next_best, self.wanted) if self.wanted else iter(())


def alternatives(planned: Planned, found: NextBest, wanted: int) -> Iterator[Text]:
    """Each with what it opens and leaves out, and how much it is off."""
    titles = {location.name: location.title for location in planned.asked.locations}
    best = frozenset(planned.plan.opened)
    for place, other in enumerate(found.plans, 1):
        opened = frozenset(other.opened)
        more = [titles[name] for name in sorted(opened - best)]
        fewer = [titles[name] for name in sorted(best - opened)]
        yield text(
            "({place}) added: {more}; left out: {fewer}; {differences}.",
            place=str(place),
            more=series(list(more), NAMED) if more else text("none"),
            fewer=series(list(fewer), NAMED) if fewer else text("none"),
            differences=_differences(planned, _more(planned.plan, other)),
        )
        if not other.proven:
            yield text("({place}) is not proven to be the next best.", place=str(place))
    if len(found.plans) < wanted:
        yield _and_no_more(found)


def _and_no_more(found: NextBest) -> Text:
    """Why there are fewer than were wanted."""
    match found.stopped:
        case Stopped.TIME:
            return text("The time was over: there may be more plans that differ so much.")
        case Stopped.ASKED:
            return text("Stopped on request: there may be more plans that differ so much.")
    return counted(
        len(found.plans),
        "No more plans differ so much: {number} in all.",
        "No more plans differ so much: {number} in all.",
    )


def _more(best: Plan, other: Plan) -> tuple[int, ...]:
    return tuple(n - before for n, before in zip(other.values, best.values, strict=True))


def _differences(planned: Planned, more: Sequence[int]) -> Value:
    """Where a plan is off from the best one, aim by aim."""
    told = [
        text("{change} {aim}", change=change(number), aim=aim(stage))
        for number, stage in zip(more, planned.plan.stages, strict=True)
        if number
    ]
    return signed(told, "; ") if told else text("just as good")


def falling_out(planned: Planned, found: Sequence[Without]) -> Iterator[Text]:
    """What happens when each of the opened locations falls out, the others being free to change."""
    for each in found:
        yield _without(planned, each, "")


def refusal(planned: Planned, cost: Without | None) -> Iterator[Text]:
    """What the refused locations cost."""
    if cost is not None:
        yield _without(planned, cost, text("Refused: "))


def _without(planned: Planned, each: Without, before: Value) -> Text:
    titles = {location.name: location.title for location in planned.asked.locations}
    names = series([titles[name] for name in each.names])
    if each.more is None:
        reason = (
            text("no plan holds all pledges, caps and wishes")
            if each.stopped is Stopped.NO
            else text("no plan was found in time")
        )
        return text("{before}Without {names}: {reason}.", before=before, names=names, reason=reason)
    return text(
        "{before}Without {names}: {differences}.",
        before=before,
        names=names,
        differences=_differences(planned, each.more),
    )


def demands(
    found: Sequence[Demand], area: str, number: int, minors: int, wishes: Wishes
) -> list[Text]:
    """Demands that collide, in the planner's words."""
    return [_demand(each, area, number, minors, wishes) for each in found]


def _demand(each: Demand, area: str, number: int, minors: int, wishes: Wishes) -> Text:
    match each.kind:
        case DemandKind.BOUND:
            return text("{name}", name=each.name)
        case DemandKind.SMALLEST:
            return text("no new location below {number} places", number=wishes.smallest or 0)
        case DemandKind.LARGEST:
            return text("no new location above {number} places", number=wishes.largest or 0)
        case DemandKind.SMALL_PART:
            return text(
                "at least {part}% of new places in locations below {number}",
                part=100 * (wishes.small_part or Fraction(0)),
                number=wishes.small or 0,
            )
        case DemandKind.MINORS:
            return text("{area} must have {number} places for minors", area=area, number=minors)
        case DemandKind.PLACES:
            return text("{area} must have {number} places", area=area, number=number)
