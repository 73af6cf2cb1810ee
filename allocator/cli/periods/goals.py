"""From the options of `catchup` to one of its three answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from allocator.core.tie_order import tie_order
from allocator.key.reader import read_key
from allocator.model.indicator import Kind
from allocator.model.problem import InputError, Place, Problem
from allocator.model.streams import KeyText
from allocator.periods.account import Account, Line
from allocator.periods.catch_up import agreed_goal, extra_goal
from allocator.periods.spreading import Behind, CatchingUp, check, spread
from allocator.reading.formats.numerals import Numerals, Unreadable, percent, whole
from allocator.report.periods import catch_up, spreading
from allocator.words.text import Text, text

T = TypeVar("T")

#: The counts on which a load may rest.
PEOPLE, VACANCIES = "population", "vacancies"
#: The top of the usual band, in percent of the dwellings that fall vacant.
USUAL = "10"


@dataclass(frozen=True)
class Question:
    """What was typed; None for what was not."""

    extra: str | None
    agreed: str | None
    key: str | None
    over: int | None
    per_1000: str | None
    of_vacancies: str | None
    per_dwelling: str | None
    pace: str | None


def answered(
    account: Account, stream: str, asked: Question, form: str, lang: str, within: str
) -> str:
    """The table of the one question that was put."""
    _refuse_mixed(asked)
    if asked.agreed is not None:
        number = _read("--agreed", asked.agreed, whole)
        place = Place("--key")
        key = KeyText("population" if asked.key is None else asked.key, place)
        read_key(key.written, place)
        agreed = agreed_goal(account, stream, number, key)
        if form == "csv":
            return catch_up.agreed_as_csv(agreed)
        return catch_up.agreed_on_screen(agreed, lang, within)
    if asked.over is not None:
        question = _catching_up(account, stream, asked.over, asked)
        answer = spread(question)
        wrong = check(answer)
        assert not wrong, wrong  # it is proven before it is shown
        found = spreading.Spreading(account, stream, answer, asked.per_1000 is None)
        return (
            spreading.as_csv(found) if form == "csv" else spreading.as_screen(found, lang, within)
        )
    balances = account.instance.balances
    own = balances.catch_up.get(stream)
    carried_on = {c: left for (c, name), left in balances.carried_on.items() if name == stream}
    if asked.extra is None and own is None and not carried_on:
        raise _mixed(text("No goal is asked."), text("Give --goal, --agreed or --over."))
    number = own.number if own else 0
    if asked.extra is not None:
        number = _read("--goal", asked.extra, whole)
    extra = extra_goal(account, stream, number, carried_on)
    return (
        catch_up.extra_as_csv(extra)
        if form == "csv"
        else catch_up.extra_on_screen(extra, lang, within)
    )


def _refuse_mixed(asked: Question) -> None:
    """One question at a time, with the options that belong to it."""
    questions = [asked.extra is not None, asked.agreed is not None, asked.over is not None]
    if sum(questions) > 1:
        raise _mixed(
            text("Several questions are put at once."),
            text("Give one of --goal, --agreed and --over."),
        )
    if asked.key is not None and asked.agreed is None:
        raise _mixed(text("--key belongs to --agreed."), text("Leave it out, or add --agreed."))
    loads = (asked.per_1000, asked.of_vacancies, asked.per_dwelling, asked.pace)
    if asked.over is None and any(each is not None for each in loads):
        raise _mixed(
            text("A load or pace belongs to --over."),
            text("Say over how many half-years: --over 4."),
        )
    if asked.over is not None:
        by_dwelling = asked.per_dwelling is not None
        part = asked.of_vacancies is not None
        if (asked.per_1000 is not None) == by_dwelling or (part and not by_dwelling):
            raise _mixed(
                text("It is not said, or said twice, how much an area can take."),
                text("Give --per-1000 X, or --per-dwelling X with --of-vacancies PERCENT."),
            )


def _catching_up(account: Account, stream: str, half_years: int, asked: Question) -> CatchingUp:
    """The question for the mathematics; later half-years ask what this one does."""
    instance = account.instance
    if asked.per_1000 is not None:
        load = _read("--per-1000", asked.per_1000, _amount)
        bases = {code: n / 1000 for code, n in _figures(account, PEOPLE).items()}
    else:
        load = _read(
            "--of-vacancies", USUAL if asked.of_vacancies is None else asked.of_vacancies, percent
        )
        each = _read("--per-dwelling", asked.per_dwelling or "", _amount)
        bases = {code: n * each for code, n in _figures(account, VACANCIES).items()}
    pace = _read("--pace", asked.pace, whole) if asked.pace is not None else None
    areas = []
    for leaf in tie_order(instance):
        line = account.lines[leaf.code, stream]
        targets = _targets(line, half_years)
        areas.append(Behind(leaf.code, line.backlog, targets, bases[leaf.code]))
    return CatchingUp(tuple(areas), load, (pace,) * half_years)


def _targets(line: Line, half_years: int) -> tuple[int, ...]:
    """What each half-year asks of an area, until its head start is used up."""
    ahead, found = line.ahead, []
    for _ in range(half_years):
        asked = max(line.effective, 0)
        found.append(max(asked - ahead, 0))
        ahead = max(ahead - asked, 0)
    return tuple(found)


def _figures(account: Account, name: str) -> Mapping[str, Fraction]:
    indicator = account.instance.indicators.get(name)
    if indicator and indicator.kind is Kind.COUNT:
        return indicator.values
    raise InputError(
        Problem(
            Place(account.instance.file),
            text("There is no count named {name}.", name=f"'{name}'"),
            text("Add it under `indicators:`, per area."),
        )
    )


def _amount(written: str) -> Fraction:
    number = Numerals().read(written)
    if number <= 0:
        raise Unreadable(
            text("{written} is not above 0.", written=f"'{written}'"), text("Write more than 0.")
        )
    return number


def _read(option: str, written: str, read: Callable[[str], T]) -> T:
    try:
        return read(written)
    except Unreadable as error:
        raise InputError(Problem(Place(option), error.found, error.mend)) from error


def _mixed(found: Text, mend: Text) -> InputError:
    return InputError(Problem(Place(""), found, mend))
