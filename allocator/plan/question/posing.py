"""From an instance, its numbers and what a board brings, to the question that a plan answers.

Here it is decided what counts already and what is left to find; what does not count, or is left
out, is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from allocator.model.distribution import Distribution
from allocator.model.plan import Counting, Location, PlaceKind, PlanAsked, PlanRule
from allocator.plan.question.agreed import Moved, Places, after_agreements
from allocator.plan.question.counting import NotCounted, Reason, not_counted
from allocator.plan.question.problem import Bound, Municipality, Problem, Site
from allocator.words.text import text

#: What readers call the places of a kind.
KINDS = {
    PlaceKind.REGULAR: text("regular places"),
    PlaceKind.MINORS: text("minors' places"),
    PlaceKind.SPECIAL: text("special places"),
}


@dataclass(frozen=True)
class Posed:
    """The question of a plan, and what was decided on the way to it."""

    problem: Problem
    area: str  # the code of the province
    numbers: Mapping[str, Places]  # by the rule, per municipality and for the province
    tasks: Mapping[str, Places]  # per municipality its number after agreements
    moved: tuple[Moved, ...]  # what each agreement moves
    counted: tuple[Location, ...]  # the locations that are there and count
    already: Mapping[str, Places]  # what counts already, per municipality and in the province
    to_find: Places  # what the province must still find, 0 where it has enough
    not_counted: tuple[NotCounted, ...]  # what is there and does not count
    left_out: tuple[NotCounted, ...]  # the candidates that are not planned with


def posed(distribution: Distribution, asked: PlanAsked, rule: PlanRule) -> Posed:
    """The question of a plan for the province that is asked about."""
    division, day = distribution.instance.division, distribution.instance.day
    codes = division.members[asked.area]
    numbers = {
        code: Places(distribution.number(code, rule.whole), distribution.number(code, rule.minors))
        for code in (*codes, asked.area)
    }
    own = {code: numbers[code] for code in codes}
    tasks, moved = after_agreements(own, asked.agreements, rule.minors, division)
    existing, candidates = _by_name(asked.locations, True), _by_name(asked.locations, False)
    gone = _not_in_term(existing, day, rule.counting)
    lasting = [each for each in existing if each.name not in gone]
    there = {code: _there(code, lasting) for code in codes}
    small = _too_small(lasting, there, rule.counting, distribution)
    counts = tuple(each for each in lasting if each.name not in small)
    already = {code: _places(each for each in counts if each.areas == (code,)) for code in codes}
    already[asked.area] = _places(counts)
    out = _not_in_term(candidates, day, rule.counting) | _refused(candidates, asked.refused)
    problem = _problem(
        asked,
        rule,
        numbers[asked.area],
        [Municipality(code, tasks[code].whole, tasks[code].minors, there[code]) for code in codes],
        [each for each in candidates if each.name not in out],
    )
    return Posed(
        problem=problem,
        area=asked.area,
        numbers=numbers,
        tasks=tasks,
        moved=moved,
        counted=counts,
        already=already,
        to_find=to_find(numbers[asked.area], already[asked.area]),
        not_counted=tuple((gone | small)[e.name] for e in existing if e.name in gone | small),
        left_out=tuple(out[each.name] for each in candidates if each.name in out),
    )


def to_find(number: Places, already: Places) -> Places:
    """What is left of a province's number after what counts already.

    Zeeland's 2,104, of which 179 for minors, less 406 that count, of which 36 for minors; minors'
    places that count lower both. In an over-full province nothing is left:

    >>> to_find(Places(2104, 179), Places(406, 36))
    Places(whole=1698, minors=143)
    >>> to_find(Places(100, 8), Places(120, 0))
    Places(whole=0, minors=8)
    """
    rest = number - already
    return Places(max(0, rest.whole), max(0, rest.minors))


def _by_name(locations: Iterable[Location], existing: bool) -> list[Location]:
    """Those that are there, or the candidates; by name, so that the order of rows says nothing."""
    found = [location for location in locations if location.existing is existing]
    return sorted(found, key=lambda location: location.name)


def _not_in_term(
    locations: Iterable[Location], day: date, counting: Counting
) -> dict[str, NotCounted]:
    """By name, the locations that are not available for as long or as early as the law asks."""
    found = ((each.name, not_counted(each, day, counting)) for each in locations)
    return {name: reason for name, reason in found if reason}


def _refused(locations: Iterable[Location], refused: Sequence[str]) -> dict[str, NotCounted]:
    return {
        each.name: NotCounted(
            each, Reason.REFUSED, text("{title} is refused by the board.", title=each.title)
        )
        for each in locations
        if each.name in refused
    }


def _there(code: str, lasting: Iterable[Location]) -> dict[str, int]:
    """Per kind the places of a municipality that are there for long enough."""
    found = {kind.value: 0 for kind in PlaceKind}
    for location in lasting:
        if location.areas == (code,):
            found[location.kind.value] += location.largest
    return found


def _too_small(
    lasting: Iterable[Location],
    there: Mapping[str, Mapping[str, int]],
    counting: Counting,
    distribution: Distribution,
) -> dict[str, NotCounted]:
    """By name, the locations whose municipality has too few places of their kind to count."""
    found = {}
    for location in lasting:
        (code,) = location.areas
        in_all, least = there[code][location.kind.value], counting.least[location.kind]
        if in_all >= least:
            continue
        says = text(
            "{title}: {area} has {number} {kind}; fewer than {least} in one municipality do not "
            "count ({article}).",
            title=location.title,
            area=distribution.instance.division.by_code[code].name,
            number=in_all,
            kind=KINDS[location.kind],
            least=least,
            article=counting.least_article,
        )
        found[location.name] = NotCounted(location, Reason.TOO_SMALL, says)
    return found


def _places(locations: Iterable[Location]) -> Places:
    """The places of locations, and those of them that are for minors."""
    found = Places(0, 0)
    for location in locations:
        minors = location.largest if location.kind is PlaceKind.MINORS else 0
        found += Places(location.largest, minors)
    return found


def _problem(
    asked: PlanAsked,
    rule: PlanRule,
    number: Places,
    municipalities: Sequence[Municipality],
    candidates: Sequence[Location],
) -> Problem:
    """The question in whole numbers, without dates and reasons."""
    wishes = asked.wishes
    return Problem(
        municipalities=tuple(municipalities),
        sites=tuple(
            Site(c.name, c.areas, c.kind.value, c.smallest, c.largest, c.cost) for c in candidates
        ),
        least={kind.value: least for kind, least in rule.counting.least.items()},
        minors=PlaceKind.MINORS.value,
        whole=number.whole,
        of_minors=number.minors,
        beyond=rule.beyond,
        bounds=tuple(
            Bound(p.name, p.area, p.stream == rule.minors, p.at_least, p.at_most)
            for p in asked.pledges
        ),
        smallest=wishes.smallest,
        largest=wishes.largest,
        small=wishes.small,
        small_part=wishes.small_part,
    )
