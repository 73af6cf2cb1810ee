"""A plain question in the nouns of the program, and the program's answer to it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction

from allocator.core.distribute import distribute
from allocator.model.balances import NOTHING_KNOWN, Balances, Entry, Opening, Realised
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator, Kind
from allocator.model.instance import Instance, Total
from allocator.model.limits import Limit
from allocator.model.mergers import Change
from allocator.model.problem import InputError, Place
from allocator.model.rule import Choice, Crossing, Method, RealisedKind, Rounding, Step
from allocator.model.streams import KeyText, Stream, Streams
from tests.second.plain import half_year as plain
from tests.second.plain.question import Answer, Question, Refused
from tests.strategies import NAME, instance_of, with_level

DAY = date(2022, 12, 31)
#: Kinds of what is realised, of which the last does not count.
REALISED = (RealisedKind("housed", NAME, True), RealisedKind("visited", NAME, False))


def distributed(question: Question) -> Distribution:
    """What the program makes of it."""
    try:
        return distribute(instance(question))
    except InputError as error:
        raise Refused from error


def answer(question: Question) -> Answer:
    """Its answer, in plain dictionaries."""
    found = distributed(question)
    shares = missing = None
    if found.shares is not None:
        shares = {(leaf, _plain(part)): x for (leaf, part), x in found.shares.shares.items()}
        missing = {}
        for shortfall in found.shares.shortfalls:
            area, _, part = shortfall.totals[-1].partition(" ")
            missing[area, _plain(part)] = shortfall.number
    named = {cell: n for cell, n in found.numbers.items() if cell[1] in question.names}
    return Answer(dict(found.quotas), named, shares, missing)


def instance(question: Question) -> Instance:
    """The question as an instance."""
    bare = instance_of(
        question.figures["people"], question.province_of, {}, Rounding(question.rounding)
    )
    people = bare.indicators["people"]
    common = question.keys[next(iter(question.totals))]
    rule = replace(
        bare.rule,
        steps=tuple(
            Step(level, KeyText(key, Place("rule")))
            for level, key in (("province", question.province_key), ("", common))
            if key
        ),
        choice=Choice(
            Rounding(question.rounding),
            Method(question.method),
            fixed=("province",) if question.provinces_keep_theirs else (),
        ),
        ties=question.order,
        crossing=Crossing.REPORTED,
    )
    division = bare.division
    if question.ring_of:
        division = with_level(division, "ring", question.ring_of)
    return replace(
        bare,
        rule=rule,
        streams=Streams(tuple(_stream(question, common, each.name) for each in question.streams)),
        totals={name: Total(name, number, NAME, None) for name, number in question.totals.items()},
        division=division,
        indicators={name: _figures(people, name, of) for name, of in question.figures.items()},
        limits=tuple(
            Limit(f"limit {n}", NAME, limit.stream, limit.areas, limit.least, limit.most)
            for n, limit in enumerate(question.limits)
        ),
    )


def balances(
    openings: dict[str, plain.Opening],
    changed: list[tuple[str, int]],
    realised: list[tuple[str, int, bool]],
) -> Balances:
    """What a half-year has beside its numbers, all of it of the stream of places."""
    return replace(
        NOTHING_KNOWN,
        openings={
            (leaf, "places"): Opening(*(getattr(was, each.name) for each in fields(was)))
            for leaf, was in openings.items()
        },
        realised=tuple(
            Realised(leaf, "places", (None, 1, 6)[n % 3], REALISED[not counts].name, number)
            for n, (leaf, number, counts) in enumerate(realised)
        ),
        ledger=tuple(
            Entry(f"change {n}", "places", {leaf: by}, "", Fraction(0), "", Place(""))
            for n, (leaf, by) in enumerate(changed)
        ),
    )


def change(move: plain.Move) -> Change:
    """The program goes by persons; the kind of change only tells how it came about."""
    day = DAY + timedelta(days=move.day)
    return Change(day, move.old, move.old, move.new, move.new, "merge", move.persons, move.of)


def _stream(question: Question, common: str, name: str) -> Stream:
    asked = next(each for each in question.streams if each.name == name)
    own = question.keys.get(name, common)
    key = None if own == common else KeyText(own, Place("rule"))
    return Stream(name, NAME, asked.part_of, asked.rest_of, key)


def _figures(like: Indicator, name: str, values: dict[str, Fraction]) -> Indicator:
    kind = Kind.RATE if name == "score" else Kind.COUNT
    return replace(like, name=name, kind=kind, values=values)


def _plain(part: str) -> str:
    """The part without a stream has a name of its own in either implementation."""
    return f"-{part.removeprefix('rest of ')}" if part.startswith("rest of ") else part
