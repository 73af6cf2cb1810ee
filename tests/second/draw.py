"""Random questions, small enough for every table to be tried."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from tests.second.plain.half_year import Move, Opening
from tests.second.plain.question import Limit, Question, Stream

METHODS = ("largest-remainder", "webster", "adams", "jefferson", "hill", "dean")
BY_ITSELF = ("up", "half-up", "half-even", "down")
PLACES, MINORS, WOMEN = Stream("places"), Stream("minors", "places"), Stream("women", "places")
REGULAR, HOLDERS = Stream("regular", rest_of="places"), Stream("holders")
STREAMS = (
    (PLACES,),
    (PLACES, MINORS, REGULAR),
    (PLACES, MINORS, REGULAR, HOLDERS),
    (PLACES, MINORS),
    (PLACES, MINORS, WOMEN, REGULAR),
    (HOLDERS, PLACES, REGULAR, MINORS),
)


def by_itself(draw: Random) -> Question:
    """Any key, any streams; every leaf is rounded by itself."""
    streams = draw.choice(STREAMS)
    leaves = _leaves(draw, draw.randint(1, 7))
    figures = {
        "people": {leaf: _count(draw, 4_000) for leaf in leaves},
        "land": {leaf: _count(draw, 30) for leaf in leaves},
        "score": {leaf: Fraction(draw.randint(-9, 20), 10) for leaf in leaves},
    }
    rule = _formula(draw, 3)
    totals = _totals(draw, streams, 400)
    keys = {name: rule if draw.random() < 0.85 else _formula(draw, 2) for name in totals}
    rounding = draw.choice(BY_ITSELF)
    return Question(leaves, _rings(draw, leaves), figures, keys, totals, streams, rounding)


def together(draw: Random) -> Question:
    """Up to five leaves and four parts, rounded together; small figures, so that much is equal."""
    streams = draw.choice(STREAMS)
    most = 4 if len(streams) > 3 else 6 if len(streams) == 1 else 5
    leaves = _leaves(draw, draw.randint(1, most))
    return _together(draw, streams, leaves, _rings(draw, leaves))


def downward(draw: Random) -> Question:
    """Provinces share first, by a key of their own; the streams share alike inside each."""
    by_one = draw.random() < 0.5
    plain = by_itself(draw) if by_one else together(draw)
    province_key = _formula(draw, 2) if by_one else draw.choice(("people", "1", "land + 1"))
    inside = _formula(draw, 2) if by_one else draw.choice(("people", "share(land) + share(people)"))
    return replace(plain, province_key=province_key, keys=dict.fromkeys(plain.keys, inside))


def limited(draw: Random) -> Question:
    """The same with floors and caps on areas of the tree and on a pool."""
    streams = draw.choice([s for s in STREAMS if HOLDERS not in s])
    leaves = _leaves(draw, draw.randint(2, 5 if len(streams) < 4 else 3))
    plain = _together(draw, streams, leaves, {})
    keep = len(streams) == 1 and draw.random() < 0.4
    areas: list[tuple[str, ...]] = [(area,) for area in plain.tree if not keep or area != "NL"]
    wide = [p for p in sorted(set(leaves.values())) if len(plain.tree[p]) > 2]
    pools = [tuple(plain.tree[p][:2]) for p in wide]
    limits: list[Limit] = []
    for _ in range(draw.randint(1, 4)):
        on = draw.choice(pools) if pools and draw.random() < 0.2 else draw.choice(areas)
        stream = draw.choice(streams).name
        mean = plain.totals["places"] * max(1, len(on)) // len(leaves)
        least = draw.randint(0, mean) if draw.random() < 0.4 else None
        most = (least or 0) + draw.randint(0, mean + 2)
        capped = least is None or draw.random() < 0.2
        if on in pools and any(len(limit.areas) > 1 for limit in limits):
            continue
        limits.append(Limit(stream, on, least, most if capped else None))
    return replace(plain, limits=tuple(limits), provinces_keep_theirs=keep)


def one_stream(draw: Random) -> Question:
    """Places by inhabitants, each leaf rounded by itself: what a half-year begins with."""
    leaves = _leaves(draw, draw.randint(1, 7))
    people = {leaf: _count(draw, 4_000) for leaf in leaves}
    people[next(iter(leaves))] += 1
    totals = {"places": draw.randint(0, 300)}
    keys = {"places": "people"}
    return Question(leaves, {}, {"people": people}, keys, totals, (PLACES,), draw.choice(BY_ITSELF))


def opening(draw: Random) -> Opening:
    """A backlog or head start, perhaps published otherwise than computed, perhaps excused."""
    computed = draw.randint(-50, 60)
    published = None if draw.random() < 0.6 else computed + draw.randint(-3, 3)
    backlog = max(0, computed if published is None else published)
    excusable = draw.choice((0, 0, draw.randint(0, backlog), backlog))
    reason = draw.choice(("fire", "flood")) if excusable else ""
    return Opening(computed, published, excusable, reason, draw.randint(0, 4), draw.randint(0, 2))


def moves(draw: Random, codes: list[str]) -> list[Move]:
    """Mergers, splits and border changes on up to three days, one upon the other."""
    alive, found = set(codes), []
    for day in range(1, draw.randint(0, 3) + 1):
        before = sorted(alive)
        for old in draw.sample(before, min(len(before), draw.randint(0, 2))):
            stays = draw.random() < 0.3
            there = [code for code in before if code != old]
            if stays and not there:
                continue
            heirs = there if stays else [f"X{day}", f"Y{day}", *there]
            chosen = draw.sample(heirs, min(len(heirs), draw.randint(1, 3)))
            persons = [draw.randint(1, 40) for _ in chosen]
            size = sum(persons) + (draw.randint(1, 40) if stays else 0)
            found += [Move(day, old, new, n, size) for new, n in zip(chosen, persons, strict=True)]
            alive |= set(chosen)
            alive -= set() if stays else {old}
        alive |= {move.new for move in found if move.day == day}
    return found


def _together(
    draw: Random, streams: tuple[Stream, ...], leaves: dict[str, str], rings: dict[str, str]
) -> Question:
    largest = draw.choice((3, 9, 200))
    figures = {
        name: {leaf: Fraction(draw.randint(0, largest)) for leaf in leaves}
        for name in ("people", "land")
    }
    totals = _totals(draw, streams, draw.choice((6, 40)))
    keys = {name: "people" if draw.random() < 0.8 else "people + land" for name in totals}
    order = draw.choice((("code",), ("people", "code"), ("land", "people", "code")))
    method = draw.choice(METHODS) if draw.random() < 0.6 else METHODS[0]
    return Question(leaves, rings, figures, keys, totals, streams, "consistent", method, order)


def _leaves(draw: Random, count: int) -> dict[str, str]:
    provinces = draw.randint(1, 3)
    return {f"M{number}": f"P{draw.randint(1, provinces)}" for number in range(count)}


def _rings(draw: Random, leaves: dict[str, str]) -> dict[str, str]:
    if draw.random() < 0.5:
        return {}
    return {leaf: f"R{draw.randint(1, 2)}" for leaf in leaves}


def _count(draw: Random, most: int) -> Fraction:
    """A count; zero now and then, and seldom with a fraction."""
    kind = draw.random()
    if kind < 0.05:
        return Fraction(0)
    return Fraction(draw.randint(1, most), draw.choice((2, 3, 7)) if kind > 0.9 else 1)


def _totals(draw: Random, streams: tuple[Stream, ...], most: int) -> dict[str, int]:
    found = {}
    for stream in streams:
        if not stream.part_of and not stream.rest_of:
            found[stream.name] = draw.randint(0, most)
    for stream in streams:
        if stream.part_of:
            found[stream.name] = draw.randint(0, found[stream.part_of] // 2)
    return {stream.name: found[stream.name] for stream in streams if stream.name in found}


COUNTS = ("people", "land", "(score + 1) * people", "capped(people, 10, 900)", "people * 0.125")


def _formula(draw: Random, deep: int) -> str:
    """A key as somebody might type it, with or without parentheses and spaces."""
    if not deep or draw.random() < 0.15:
        return draw.choice(("people", "land", "people", "score", "total", "1", "0.2156", "3"))
    kind = draw.random()
    if kind < 0.15:
        return f"share({_formula(draw, deep - 1)})"
    if kind < 0.25:
        return f"national({draw.choice(COUNTS)})"
    if kind < 0.32:
        return f"inverse({_formula(draw, deep - 1)})"
    if kind < 0.4:
        low, high = sorted((draw.randint(0, 50), draw.randint(0, 900)))
        return f"capped({_formula(draw, deep - 1)}, {low}, {high})"
    if kind < 0.45:
        return f"-({_formula(draw, deep - 1)}) + 5000"
    sign = draw.choice((" + ", "*", " * ", "/", " - ", "+"))
    text = f"{_formula(draw, deep - 1)}{sign}{_formula(draw, deep - 1)}"
    return f"({text})" if draw.random() < 0.5 else text
