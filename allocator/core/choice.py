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
    ties: str | Lot | None = None,
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
        decided = ties if isinstance(ties, Lot) else _one_of(Ties, ties, "ties")
        choice = replace(choice, ties=decided)
    return choice if fixed is None else replace(choice, fixed=tuple(fixed))


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
