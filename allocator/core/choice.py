"""Another choice of rounding than the rule's, as somebody types it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from allocator.model.problem import InputError, Place, Problem
from allocator.model.rule import Choice, Lot, Method, Rounding, Rule, Ties
from allocator.words.text import text

E = TypeVar("E", bound=StrEnum)


def chosen(
    rule: Rule,
    rounding: str | None = None,
    method: str | None = None,
    ties: str | tuple[Lot, ...] | None = None,
    fixed: Iterable[str] | None = None,
) -> Choice:
    """The rule's choice with what is named changed.

    A method by itself means that areas are rounded together.
    """
    choice = rule.choice
    if rounding or method:
        kind = _one_of(Rounding, rounding, "rounding") if rounding else Rounding.CONSISTENT
        if not rounding and choice.rounding is Rounding.TEXTBOOK:
            kind = choice.rounding
        choice = replace(choice, rounding=kind)
    if method:
        choice = replace(choice, method=_one_of(Method, method, "method"))
    if ties:
        decided = _one_of(Ties, ties, "ties") if isinstance(ties, str) else ties
        choice = replace(choice, ties=decided)
    if fixed is not None:
        choice = replace(choice, fixed=tuple(fixed))
    by_itself = choice.rounding not in (Rounding.CONSISTENT, Rounding.TEXTBOOK)
    if by_itself and (method or ties or fixed is not None):
        raise InputError(
            Problem(
                Place("--rounding"),
                text(
                    "{rounding} rounds each area by itself: a method, ties and fixed levels have "
                    "no part in it.",
                    rounding=f"'{choice.rounding}'",
                ),
                text("Use `--rounding consistent`."),
            )
        )
    return choice


def _one_of(kind: type[E], written: str, name: str) -> E:
    try:
        return kind(written)
    except ValueError:
        raise InputError(
            Problem(
                Place(f"--{name}"),
                text("{key} cannot be {written}.", key=name, written=f"'{written}'"),
                text("Write one of: {names}.", names=", ".join(kind)),
            )
        ) from None
