"""One level and one stream: the textbook's methods against three packages that know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.textbook.divisor import apportion
from allocator.core.textbook.largest_remainder import largest_remainder
from benchmarks.contests.contest import OURS, Answer, Contest, Run, Solver, digest
from benchmarks.models.model import Model
from benchmarks.models.sizes import SIZES, sized


@dataclass(frozen=True)
class Votes:
    """Votes, and a total at which nobody ties by largest remainder nor by Webster."""

    votes: dict[str, int]
    total: int


def votes_of(model: Model) -> Votes:
    """Inhabitants as votes; the total goes up until nobody ties."""
    votes = {leaf: int(number) for leaf, number in model.figures["population"].items()}
    weights = {leaf: Fraction(number) for leaf, number in votes.items()}
    total = model.streams["places"].total
    while largest_remainder(weights, total).tied or apportion(weights, total, "webster").tied:
        total += 1
    return Votes(votes, total)


def _question(size: str) -> Callable[[], Votes]:
    return lambda: votes_of(sized(size, 1))


def our_remainders(of: Votes) -> Run:
    def run() -> list[int]:
        weights = {name: Fraction(votes) for name, votes in of.votes.items()}
        return [*largest_remainder(weights, of.total).numbers.values()]

    return run


def our_webster(of: Votes) -> Run:
    def run() -> list[int]:
        weights = {name: Fraction(votes) for name, votes in of.votes.items()}
        return [*apportion(weights, of.total, "webster").numbers.values()]

    return run


def by_apportionment(method: str, fractions: bool) -> Callable[[Votes], Run]:
    def prepare(of: Votes) -> Run:
        from apportionment.methods import compute

        votes, names = [*of.votes.values()], [*of.votes]
        return lambda: compute(method, votes, of.total, fractions, names, tiesallowed=False)

    return prepare


def remainders_by_votelib(of: Votes) -> Run:
    from votelib.evaluate.proportional import LargestRemainder

    def run() -> list[int]:
        found = LargestRemainder("hare").evaluate(of.votes, of.total)
        return [found.get(name, 0) for name in of.votes]

    return run


def webster_by_votelib(of: Votes) -> Run:
    from votelib.evaluate.proportional import HighestAverages

    def run() -> list[int]:
        found = HighestAverages("sainte_lague").evaluate(of.votes, of.total)
        return [found.get(name, 0) for name in of.votes]

    return run


def by_iteround(of: Votes) -> Run:
    from iteround import saferound

    def run() -> list[int]:
        everybody = sum(of.votes.values())
        quotas = [of.total * votes / everybody for votes in of.votes.values()]
        return [int(number) for number in saferound(quotas, 0, topline=of.total)]

    return run


def judged(of: Votes, numbers: list[int]) -> Answer:
    assert sum(numbers) == of.total
    return Answer(digest(map(int, numbers)))


_QUESTIONS = {size: _question(size) for size in SIZES}

REMAINDERS = Contest(
    "One level, largest remainder",
    "Inhabitants are the votes; a total at which nobody ties.",
    _QUESTIONS,
    {
        OURS: Solver(our_remainders, "exact; who ties"),
        "apportionment": Solver(
            by_apportionment("largest_remainder", fractions=True), "fractions; sees a tie"
        ),
        "apportionment, in floats": Solver(
            by_apportionment("largest_remainder", fractions=False), "floats; sees a tie"
        ),
        "votelib": Solver(remainders_by_votelib, "fractions; who ties"),
        "iteround": Solver(by_iteround, "floats; no ties"),
    },
    judged,
    why=(
        "Ours builds an exact fraction for each area, to show it; floats hold each number in one "
        "machine word, and decide a tie by their last digit."
    ),
)
WEBSTER = Contest(
    "One level, Webster",
    "The same votes; each number is the votes by one divisor, rounded to the nearest.",
    _QUESTIONS,
    {
        OURS: Solver(our_webster, "exact; who ties; multipliers as proof"),
        "apportionment": Solver(
            by_apportionment("saintelague", fractions=True), "fractions; sees a tie"
        ),
        "votelib": Solver(webster_by_votelib, "fractions; who ties"),
    },
    judged,
)
