"""Who carries out whose task under a plan, as transfers between municipalities for the ledger.

Who carries fewer than its number hands over, who carries more takes over, over the fewest borders.
What nobody carries stays with those it was asked of; what all carry beyond is no transfer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from allocator.core.cells import parts_of, title_of
from allocator.model.balances import Cell, Entry
from allocator.model.problem import Place, Problems
from allocator.model.streams import Streams
from allocator.periods import transfers
from allocator.periods.transfers import Neighbours, NotProven, Plan, Transfer
from allocator.words.text import either, text

#: A place beyond all borders, after every code: it takes what nobody carries.
BEYOND = "\U0010ffff"

#: The heading of a ledger's csv.
COLUMNS = ("entry", "code", "name", "stream", "change", "swap", "rate", "source")


@dataclass(frozen=True, slots=True)
class Handover:
    """One line that two municipalities sign."""

    giver: str
    taker: str
    number: int
    path: tuple[str, ...]  # from giver to taker over the fewest borders; () where none lead there

    @property
    def borders(self) -> int | None:
        """How many borders it crosses; None where none lead there."""
        return len(self.path) - 1 if self.path else None


@dataclass(frozen=True)
class Exchange:
    """The transfers of one part, what they leave, and what proves them the cheapest."""

    lines: tuple[Handover, ...]  # by giver, then by taker
    short: Mapping[str, int]  # per area, what nobody carries of its number
    beyond: Mapping[str, int]  # per area, what it carries beyond its number and for nobody
    proof: Plan  # the same with a place beyond all borders that settles what is left

    @property
    def crossings(self) -> int:
        """Number × borders of all lines that go over borders."""
        return sum(line.number * (line.borders or 0) for line in self.lines)

    @property
    def changes(self) -> dict[str, int]:
        """What each area's number changes by; they add up to nothing."""
        found: dict[str, int] = {}
        for line in self.lines:
            found[line.giver] = found.get(line.giver, 0) - line.number
            found[line.taker] = found.get(line.taker, 0) + line.number
        return dict(sorted(found.items()))


def exchange(
    indicative: Mapping[str, int], planned: Mapping[str, int], neighbours: Neighbours
) -> Exchange:
    """The transfers from indicative to planned numbers of the same areas, as far as they balance.

    As much as can be is handed over; of that as little as can be where no border leads; then the
    least number × borders. Of equal ways it is the one that gives the first pair in code order the
    most, then the second, and so on, so there is one only. What remains stays with those for whom
    it is farther.

    Of a row of four, A and D carry 3 and 4 fewer than theirs, and C 5 more. D is the neighbour, so
    it hands over all 4; A hands over 1 across B, and 2 of A's number remain:

    >>> row = {"A": ("B",), "B": ("A", "C"), "C": ("B", "D"), "D": ("C",)}
    >>> found = exchange(
    ...     {"A": 10, "B": 8, "C": 6, "D": 4}, {"A": 7, "B": 8, "C": 11, "D": 0}, row
    ... )
    >>> [(line.giver, line.taker, line.number, line.path) for line in found.lines]
    [('A', 'C', 1, ('A', 'B', 'C')), ('D', 'C', 4, ('D', 'C'))]
    >>> found.short, found.beyond, found.crossings
    ({'A': 2}, {}, 6)
    """
    before, after, graph = _with_beyond(indicative, planned, neighbours)
    proof = transfers.plan(before, after, graph)
    transfers.check(before, after, graph, proof)
    return _read(proof)


def check(
    indicative: Mapping[str, int],
    planned: Mapping[str, int],
    neighbours: Neighbours,
    found: Exchange,
) -> None:
    """Raise `NotProven` unless these are the transfers; no solver is asked."""
    before, after, graph = _with_beyond(indicative, planned, neighbours)
    transfers.check(before, after, graph, found.proof)
    if found != _read(found.proof):
        raise NotProven("the lines are not those that are proven")


def _with_beyond(
    indicative: Mapping[str, int], planned: Mapping[str, int], neighbours: Neighbours
) -> tuple[dict[str, int], dict[str, int], Neighbours]:
    """The two tables and the borders, with a place beyond all borders that makes them balance.

    Every area that changes has a way to it of its own, all equally long, so it draws nobody more
    than another. There and back is longer than any way over borders: only those go through it
    between whom no border leads.
    """
    if indicative.keys() != planned.keys():
        raise ValueError("the tables must hold the same areas")
    changing = sorted(code for code in planned if planned[code] != indicative[code])
    unbalanced = sum(indicative.values()) - sum(planned.values())
    length = _longest(changing, neighbours) // 2 + 1
    ways = {code: list(others) for code, others in neighbours.items()}
    for code in changing:
        steps = [f"{BEYOND}{code} {step}" for step in range(1, length)]
        for one, other in pairwise((code, *steps, BEYOND)):
            ways.setdefault(one, []).append(other)
            ways.setdefault(other, []).append(one)
    graph = {code: tuple(others) for code, others in ways.items()}
    return {**indicative, BEYOND: 0}, {**planned, BEYOND: unbalanced}, graph


def _longest(codes: Iterable[str], neighbours: Neighbours) -> int:
    """The most borders that anybody is away from one of these areas, where a way leads there."""
    most = 0
    for start in codes:
        away, waiting = {start: 0}, [start]
        for here in waiting:  # grows while it is walked
            for code in neighbours.get(here, ()):
                if code not in away:
                    away[code] = away[here] + 1
                    waiting.append(code)
        most = max(most, *away.values())
    return most


def _read(proof: Plan) -> Exchange:
    """What the lines say: those to and from the place beyond are what is left."""
    return Exchange(
        lines=tuple(_handover(line) for line in proof.lines if BEYOND not in _ends(line)),
        short={line.giver: line.persons for line in proof.lines if line.taker == BEYOND},
        beyond={line.taker: line.persons for line in proof.lines if line.giver == BEYOND},
        proof=proof,
    )


def _ends(line: Transfer) -> tuple[str, str]:
    return line.giver, line.taker


def _handover(line: Transfer) -> Handover:
    return Handover(line.giver, line.taker, line.persons, () if BEYOND in line.path else line.path)


def exchanges(
    streams: Streams,
    whole: str,
    indicative: Mapping[Cell, int],
    planned: Mapping[Cell, int],
    neighbours: Neighbours,
) -> dict[str, Exchange]:
    """The transfers of every part of a whole, each by itself.

    The areas are those of the plan; a table may hold others. Of what is given, the whole and the
    parts that have a total of their own, the last part is what these leave.
    """
    before = of_parts(streams, whole, indicative, {code for code, _ in planned})
    after = of_parts(streams, whole, planned, {code for code, _ in planned})
    return {part: exchange(before[part], after[part], neighbours) for part in before}


def of_parts(
    streams: Streams, whole: str, numbers: Mapping[Cell, int], codes: Iterable[str]
) -> dict[str, dict[str, int]]:
    """Per part the numbers of areas; a part that is not given is what the others leave.

    Goes is asked 209 places of which 18 for minors, so 191 regular ones:

    >>> from allocator.model.streams import Stream
    >>> from allocator.words.text import LocalText
    >>> title = LocalText("", "")
    >>> streams = Streams((
    ...     Stream("places", title),
    ...     Stream("minors", title, part_of="places"),
    ...     Stream("regular", title, rest_of="places"),
    ... ))
    >>> of_parts(streams, "places", {("Goes", "places"): 209, ("Goes", "minors"): 18}, ["Goes"])
    {'minors': {'Goes': 18}, 'regular': {'Goes': 191}}
    """
    order = sorted(codes)
    given = [part.name for part in streams.parts(whole)]
    found: dict[str, dict[str, int]] = {}
    for part in parts_of(streams, streams.named(whole)):
        if part == whole or part in given:
            found[part] = {code: numbers[code, part] for code in order}
        else:
            found[part] = {
                code: numbers[code, whole] - sum(numbers[code, each] for each in given)
                for code in order
            }
    below = sorted({code for part in found.values() for code, n in part.items() if n < 0})
    if below:
        raise ValueError(f"the parts are above their whole in {', '.join(below)}")
    return found


# --- The ledger ---


@dataclass(frozen=True, slots=True)
class Return:
    """What municipalities agreed to do in return, in another task."""

    name: str  # what the ledger calls the swap; unique
    who: str  # whoever hands over or takes over
    partner: str  # with whom, or "" for everybody it hands over to or takes over from
    part: str  # what is handed over
    other: str  # the stream of the other task, in which the taker hands over in return
    rate: Fraction  # so many of it for each that is handed over
    place: Place  # where it was written

    def covers(self, part: str, line: Handover) -> bool:
        """Whether a transfer is one that it is in return for."""
        if part != self.part or self.who not in (line.giver, line.taker):
            return False
        other = line.taker if self.who == line.giver else line.giver
        return self.partner in ("", other)


def entries(streams: Streams, found: Mapping[str, Exchange], source: str) -> tuple[Entry, ...]:
    """The joint changes that the transfers are, with nothing in return."""
    return across(streams, found, (), {}, source)


def across(
    streams: Streams,
    found: Mapping[str, Exchange],
    returns: Sequence[Return],
    names: Mapping[str, str],
    source: str,
) -> tuple[Entry, ...]:
    """The joint changes that the transfers are, and the swaps where something is done in return.

    A ledger knows the streams that have a total of their own. So what is handed over of a part
    with a total is an entry in it and one in its whole; of what parts leave, one in the whole.
    A transfer with a return is the first half of a swap; the second is in the other stream.

    Veere hands 8 places over to Goes, and takes over one permit holder for every two of them:

    >>> from allocator.model.streams import Stream
    >>> from allocator.words.text import LocalText
    >>> streams = Streams((Stream("places", LocalText("", "")),))
    >>> found = exchange({"Veere": 139, "Goes": 209}, {"Veere": 131, "Goes": 217}, {})
    >>> agreed = Return("swap", "Veere", "", "places", "holders", Fraction(1, 2), Place(""))
    >>> names = {"Veere": "Veere", "Goes": "Goes"}
    >>> for entry in across(streams, {"places": found}, [agreed], names, ""):
    ...     print(entry.name, entry.stream, entry.changes, str(entry.rate), sep=": ")
    places 001: places: {'Veere': -8, 'Goes': 8}: 0
    places 001 in return: holders: {'Veere': 4, 'Goes': -4}: 1/2
    """
    _refuse(streams, found, returns, names)
    made: list[Entry] = []
    for part, each in found.items():
        for number, line in enumerate(each.lines, 1):
            name = f"{part} {number:03d}"
            back = next((agreed for agreed in returns if agreed.covers(part, line)), None)
            if back is None:
                first = Entry(name, part, _changes(line, 1), "", Fraction(0), source, Place(""))
                made += _counted(streams, first)
                continue
            swap = f"{back.name}, {name}"
            first = Entry(name, part, _changes(line, 1), swap, Fraction(0), source, back.place)
            in_return = _changes(line, -back.rate)
            other = f"{name} in return"
            second = Entry(other, back.other, in_return, swap, back.rate, source, back.place)
            made += [*_counted(streams, first), *_counted(streams, second)]
    return tuple(made)


def _changes(line: Handover, times: int | Fraction) -> dict[str, int]:
    """What a transfer takes from the giver and adds to the taker, times a whole result."""
    number = int(line.number * times)
    return {line.giver: -number, line.taker: number}


def _counted(streams: Streams, entry: Entry) -> Iterator[Entry]:
    """The entry in the streams that its part is counted in; the first is half of the swap."""
    first, *rest = _streams_of(streams, entry.stream)
    yield replace(entry, stream=first)
    for stream in rest:
        name = f"{entry.name} ({stream})"
        yield replace(entry, name=name, stream=stream, swap="", rate=Fraction(0))


def _streams_of(streams: Streams, part: str) -> tuple[str, ...]:
    """The given streams that a part is counted in, its own first."""
    if part not in streams.names:
        return (part.removeprefix("rest of "),)
    stream = streams.named(part)
    if stream.rest_of:
        return (stream.rest_of,)
    return (part, stream.part_of) if stream.part_of else (part,)


def rows(ledger: Iterable[Entry], names: Mapping[str, str]) -> Iterator[tuple[str | int, ...]]:
    """The lines of a ledger's csv under `COLUMNS`.

    >>> entry = Entry("1", "holders", {"A": 3, "B": -3}, "s", Fraction(3, 2), "", Place(""))
    >>> for line in rows([entry], {"A": "Aa", "B": "Bee"}):
    ...     print(*line, sep=",")
    1,A,Aa,holders,3,s,3/2,
    1,B,Bee,holders,-3,s,3/2,
    """
    for each in ledger:
        rate = str(each.rate) if each.rate else ""
        for code, number in each.changes.items():
            yield each.name, code, names[code], each.stream, number, each.swap, rate, each.source


def _refuse(
    streams: Streams,
    found: Mapping[str, Exchange],
    returns: Sequence[Return],
    names: Mapping[str, str],
) -> None:
    """Every return that cannot be kept, told in one go."""
    problems = Problems()
    taken: dict[tuple[str, str, str], Return] = {}
    for back in returns:
        _refuse_terms(streams, back, problems)
        covered = [line for line in _lines_of(found, back.part) if back.covers(back.part, line)]
        if not covered:
            problems.add(
                back.place,
                text(
                    "{name} is in return for what {area} swaps, and the plan has no such transfer.",
                    name=f"'{back.name}'",
                    area=names.get(back.who, back.who),
                ),
                text("Mend the municipalities or the stream, or leave it out."),
            )
        for line in covered:
            _refuse_fractions(streams, back, line, names, problems)
            earlier = taken.setdefault((back.part, line.giver, line.taker), back)
            if earlier is not back:
                problems.add(
                    back.place,
                    text(
                        "{name} and {other} are both in return for what {giver} hands over to "
                        "{taker}.",
                        name=f"'{back.name}'",
                        other=f"'{earlier.name}'",
                        giver=names[line.giver],
                        taker=names[line.taker],
                    ),
                    text("Keep one of them."),
                )
    problems.raise_any()


def _lines_of(found: Mapping[str, Exchange], part: str) -> tuple[Handover, ...]:
    return found[part].lines if part in found else ()


def _refuse_terms(streams: Streams, back: Return, problems: Problems) -> None:
    """The other task must be another one, and something must be done for it."""
    if _task(streams, back.other) == _task(streams, back.part):
        problems.add(
            back.place,
            text(
                "{name} gives {stream} in return for {part}: it is the same task.",
                name=f"'{back.name}'",
                stream=f"'{back.other}'",
                part=f"'{back.part}'",
            ),
            text("Name a stream of another task; the parts of one are planned as they are."),
        )
    if back.rate <= 0:
        problems.add(
            back.place,
            text("{rate} is no rate ({name}).", rate=back.rate, name=f"'{back.name}'"),
            text("Write how many stand for one, such as 2, 0.5 or 3/2."),
        )


def _task(streams: Streams, part: str) -> str:
    """The whole that a part is counted in."""
    return _streams_of(streams, part)[-1]


def _refuse_fractions(
    streams: Streams, back: Return, line: Handover, names: Mapping[str, str], problems: Problems
) -> None:
    wanted = line.number * back.rate
    if wanted.denominator == 1:
        return
    step = back.rate.denominator
    below = line.number // step * step
    problems.add(
        back.place,
        text(
            "{giver} hands over {number} ({part}) to {taker}; at {rate} for 1 that would be "
            "{wanted} ({other}) in return.",
            giver=names[line.giver],
            number=line.number,
            part=title_of(streams, back.part),
            taker=names[line.taker],
            rate=back.rate,
            wanted=wanted,
            other=back.other,
        ),
        text(
            "Whole numbers follow from {numbers} at this rate; mend the plan or the rate.",
            numbers=either([number for number in (below, below + step) if number]),
        ),
    )
