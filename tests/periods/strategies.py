"""Random changes of municipalities, random accounts, and one account to work out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

import allocator
from allocator.model.balances import NOTHING_KNOWN, Balances, Cell, Entry, Opening, Realised
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.model.mergers import Change, portions
from allocator.model.problem import Place
from allocator.model.rule import RealisedKind, Rounding
from allocator.periods.account import Account, account
from tests.strategies import NAME, instance_of, instances, together

#: Kinds of realised numbers, of which the last does not count.
KINDS = (RealisedKind("housed", NAME, True), RealisedKind("visited", NAME, False))


def codes_of(instance: Instance) -> list[str]:
    return [leaf.code for leaf in instance.division.leaves]


def of_stream(cells: Mapping[Cell, int], stream: str) -> dict[str, int]:
    return {code: number for (code, name), number in cells.items() if name == stream}


# --- Changes: of what a day touches, each area is merged, split or loses a part ---


@st.composite
def changes(draw: st.DrawFn, codes: Iterable[str], only: str = "") -> tuple[Change, ...]:
    """Changes on up to three days; later ones touch what earlier ones made."""
    found: tuple[Change, ...] = ()
    for number in range(draw(st.integers(0, 3))):
        alive = sorted(portions(codes, found))
        day = date(2023, 2 + number, 1)
        for old in draw(st.lists(st.sampled_from(alive), unique=True, max_size=3)):
            new = [f"X{number}", f"Y{number}", *(code for code in alive if code != old)]
            found += draw(_of_one(day, old, new, only))
    return found


def whole_mergers(codes: Iterable[str]) -> st.SearchStrategy[tuple[Change, ...]]:
    """Changes in which every area goes over as a whole."""
    return changes(codes, "merge")


@st.composite
def _of_one(draw: st.DrawFn, day: date, old: str, new: list[str], only: str) -> tuple[Change, ...]:
    kind = only or draw(st.sampled_from(("merge", "split", "boundary")))
    living = new[2:] or new  # a part that is cut off goes to who is there already
    heirs = draw(
        st.lists(
            st.sampled_from(living if kind == "boundary" else new),
            unique=True,
            min_size=2 if kind == "split" else 1,
            max_size=1 if kind == "merge" else 4,
        )
    )
    persons = [draw(st.integers(1, 9_000)) for _ in heirs]
    staying = draw(st.integers(1, 9_000)) if kind == "boundary" else 0
    return tuple(
        Change(day, old, old, heir, heir, kind, moved, sum(persons) + staying)
        for heir, moved in zip(heirs, persons, strict=True)
    )


def shuffled(found: tuple[Change, ...]) -> st.SearchStrategy[tuple[Change, ...]]:
    return st.permutations(found).map(tuple)


def after(instance: Instance, found: tuple[Change, ...]) -> Instance:
    """The instance in the division after changes, with nothing known of balances.

    A new area lies in the province of the first it was made of.
    """
    people, by_code = instance.indicators["people"].values, instance.division.by_code
    parts = portions(codes_of(instance), found)
    weights = {
        new: sum((share * people[old] for old, share in olds.items()), Fraction(0))
        for new, olds in parts.items()
    }
    province_of = {new: by_code[min(olds)].parent for new, olds in parts.items()}
    plain = instance_of(weights, province_of, {}, instance.rule.choice.rounding)
    return replace(
        plain,
        rule=instance.rule,
        streams=instance.streams,
        totals=instance.totals,
    )


# --- Accounts ---


@st.composite
def balances_of(draw: st.DrawFn, instance: Instance) -> Balances:
    """Anything that may be known of a half-year, for every area and given stream."""
    cells = [(c, s.name) for s in instance.streams.given for c in codes_of(instance)]

    def row(least: int, most: int) -> list[int]:
        numbers = st.integers(least, most)
        return draw(st.lists(numbers, min_size=len(cells), max_size=len(cells)))

    openings = {}
    for cell, computed, shift, percent, missed in zip(
        cells, row(-60, 60), row(-3, 3), row(0, 100), row(0, 4), strict=True
    ):
        published = None if shift == 3 else computed + shift
        plain = Opening(computed, published, missed=missed)
        excusable = max(plain.balance, 0) * percent // 100
        openings[cell] = replace(plain, excusable=excusable, reason="fire" if excusable else "")
    realised = [
        Realised(*cell, month, kind, number)
        for month, kind in ((1, "housed"), (4, "housed"), (4, "visited"))
        for cell, number in zip(cells, row(0, 60), strict=True)
    ]
    return replace(
        NOTHING_KNOWN,
        openings=openings,
        realised=tuple(realised),
        ledger=draw(ledgers(instance)),
    )


@st.composite
def ledgers(draw: st.DrawFn, instance: Instance) -> tuple[Entry, ...]:
    """Up to three joint changes of two areas or more, also by more than an area has."""
    codes, found = codes_of(instance), []
    for number in range(draw(st.integers(0, 3))):
        changed: dict[str, int] = {}
        for _ in range(draw(st.integers(1, 2))):
            giver, taker = draw(st.sampled_from(codes)), draw(st.sampled_from(codes))
            persons = draw(st.integers(1, 400))
            changed[giver] = changed.get(giver, 0) - persons
            changed[taker] = changed.get(taker, 0) + persons
        stream = draw(st.sampled_from([each.name for each in instance.streams.given]))
        found.append(entry(f"change {number}", stream, changed))
    return tuple(found)


def entry(name: str, stream: str, changed: Mapping[str, int]) -> Entry:
    return Entry(name, stream, changed, "", Fraction(0), "", Place(""))


@st.composite
def distributions(draw: st.DrawFn) -> Distribution:
    """Rounded each by itself or together, with balances."""
    plain = draw(st.one_of(instances(), together()))
    instance = replace(plain, rule=replace(plain.rule, realised=KINDS))
    return allocator.distribute(replace(instance, balances=draw(balances_of(instance))))


def accounts() -> st.SearchStrategy[Account]:
    return distributions().map(account)


# --- A worked example: A, B and C are asked 50, 30 and 20; A and B lie in P1 ---


def abc(known: Balances) -> Instance:
    weights = {"A": Fraction(5), "B": Fraction(3), "C": Fraction(2)}
    province_of = {"A": "P1", "B": "P1", "C": "P2"}
    plain = instance_of(weights, province_of, {"x": 100}, Rounding.UP)
    return replace(plain, rule=replace(plain.rule, realised=KINDS), balances=known)


def account_with(**known: Any) -> Account:
    return account(allocator.distribute(abc(replace(NOTHING_KNOWN, **known))))


def rows(**numbers: int) -> tuple[Realised, ...]:
    """Housed in the whole half-year."""
    return tuple(Realised(code, "x", None, "housed", number) for code, number in numbers.items())
