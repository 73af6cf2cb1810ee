"""The folder of the next half-year: instance.yaml, opening balances, and the account before.

Everything that belongs to the half-year before (realised numbers, joint changes, the published
table, limits, remarks) stays with it; files that still hold are taken along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allocator.model.balances import Cell, Opening
from allocator.model.half_year import HalfYear
from allocator.model.indicator import Quality
from allocator.model.instance import Instance
from allocator.periods.account import Account
from allocator.report.tables import as_csv_table
from allocator.report.yaml_files import written_yaml
from allocator.words.text import LocalText

INSTANCE, OPENING, BEFORE, CARRIED_ON = (
    "instance.yaml",
    "opening.csv",
    "before.csv",
    "carried-on.csv",
)
OPENING_COLUMNS = ("computed", "published", "excusable", "reason", "missed", "excused")
ACCOUNT_COLUMNS = ("number", "changed", "opening", "realised", "closing")
#: What an instance.yaml says of its own half-year only.
OF_ITS_PERIOD = (
    *("date", "totals", "published", "limits", "opening", "realised", "ledger", "goal"),
    *("catch_up", "carried_on", "follows", "revision_of", "notes"),
)
ROLLED = LocalText("doorgerekend uit het vorige halfjaar", "reckoned from the half-year before")
GIVEN = LocalText("opgegeven bij het doorrekenen", "given when the period was begun")


@dataclass(frozen=True)
class Next:
    """What the next half-year begins with."""

    account: Account  # of the half-year before
    half: HalfYear
    name: str  # of the instance
    totals: Mapping[str, int]
    years: Mapping[str, int]  # of the indicators whose year moves on
    openings: Mapping[Cell, Opening]
    names: Mapping[str, str]  # per area
    carried_on: Mapping[Cell, int]  # what an extra goal left, per area right under the country


def files_of(coming: Next, written: Mapping[str, Any]) -> dict[str, bytes]:
    """The files by name; `written` is the instance.yaml of the half-year before."""
    quality = _quality(coming.account.instance).value
    title = coming.account.instance.rule.title
    kept = {key: value for key, value in written.items() if key not in OF_ITS_PERIOD}
    data: dict[str, Any] = {
        **kept,
        "instance": coming.name,
        "title": {"nl": f"{title.nl}, {coming.half}", "en": f"{title.en}, {coming.half}"},
        "period": str(coming.half),
        "indicators": {
            name: {**shape, "year": str(coming.years.get(name, shape["year"]))}
            for name, shape in written.get("indicators", {}).items()
        },
        "totals": {
            stream: {"number": str(number), "source": GIVEN.both}
            for stream, number in coming.totals.items()
        },
        "opening": {"file": OPENING, "quality": quality, "source": ROLLED.both},
        "follows": {"instance": coming.account.instance.name, "account": BEFORE},
    }
    tables = {OPENING: _openings(coming), BEFORE: _before(coming.account)}
    if coming.carried_on:
        data["carried_on"] = {"file": CARRIED_ON, "quality": quality, "source": ROLLED.both}
        lines = [(code, stream, number) for (code, stream), number in coming.carried_on.items()]
        tables[CARRIED_ON] = as_csv_table(("code", "stream", "number"), lines)
    tables[INSTANCE] = written_yaml(data)
    return {name: content.encode() for name, content in tables.items()}


def _quality(instance: Instance) -> Quality:
    """What is reckoned is to be trusted no more than the least of what it rests on."""
    balances = instance.balances
    origins = (balances.opening, balances.realising, balances.agreed)
    qualities = [origin.quality for origin in origins if origin]
    qualities += [indicator.quality for indicator in instance.indicators.values()]
    order = (Quality.INVENTED, Quality.OWN, Quality.APPROXIMATE, Quality.INFERRED)
    return next((quality for quality in order if quality in qualities), Quality.OFFICIAL)


def _openings(coming: Next) -> str:
    heading = ("code", "name", "stream", *OPENING_COLUMNS)
    lines = [
        (
            *(code, coming.names[code], stream, opening.computed, ""),
            *(opening.excusable, opening.reason, opening.missed, opening.excused),
        )
        for (code, stream), opening in coming.openings.items()
    ]
    return as_csv_table(heading, lines)


def _before(account: Account) -> str:
    """The account of the half-year that is closed, in its own division."""
    names = account.instance.division.by_code
    lines = [
        (
            *(code, names[code].name, stream, line.number, line.changed),
            *(line.opening, line.realised, line.closing),
        )
        for (code, stream), line in account.leaves.items()
    ]
    return as_csv_table(("code", "name", "stream", *ACCOUNT_COLUMNS), lines)
