"""A plan for machines: json with everything, csv per municipality, and a ledger of its swaps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from allocator.model.balances import Entry
from allocator.plan.after.planned import Planned
from allocator.plan.after.swaps import COLUMNS, entries, rows
from allocator.plan.question.agreed import Places
from allocator.plan.question.counting import NotCounted
from allocator.plan.solving.answer import Plan
from allocator.report.distribution.exact_json import as_data, digest
from allocator.report.plan.others import Others
from allocator.report.plan.screen import beware
from allocator.report.tables import as_csv_table

FORMAT = "allocator-plan/1"
HEADING = (
    *("code", "name", "indicative", "indicative_minors", "task", "task_minors", "already"),
    *("already_minors", "planned", "planned_minors", "carried", "carried_minors", "difference"),
)


def as_csv(planned: Planned) -> str:
    """A line per municipality, the province first."""
    names = planned.distribution.instance.division.by_code
    lines = []
    for code in (planned.posed.area, *planned.codes):
        task, carried = planned.task(code), planned.carried(code)
        pairs = (
            *(planned.posed.numbers[code], task, planned.posed.already[code]),
            *(planned.planned_in(code), carried),
        )
        numbers = [number for pair in pairs for number in (pair.whole, pair.minors)]
        lines.append((code, names[code].name, *numbers, carried.whole - task.whole))
    return as_csv_table(HEADING, lines)


def as_ledger(planned: Planned) -> str:
    """The agreements and swaps as a ledger that `swap --ledger` and instances read."""
    instance = planned.distribution.instance
    source = f"plan {instance.name}"
    made = (*_agreed(planned, source), *entries(instance.streams, planned.swaps, source))
    names = {area.code: area.name for area in instance.division.leaves}
    return as_csv_table(COLUMNS, rows(made, names))


def _agreed(planned: Planned, source: str) -> Iterator[Entry]:
    """The agreements as entries: the task goes from one municipality to another."""
    rule = planned.rule
    for each in planned.posed.moved:
        agreement = each.agreement
        for stream, number in ((rule.whole, each.places.whole), (rule.minors, each.places.minors)):
            if number:
                changes = {agreement.of: -number, agreement.carrier: number}
                name = f"{agreement.name} ({stream})"
                yield Entry(name, stream, changes, "", Fraction(0), source, agreement.place)


def as_json(planned: Planned, others: Others, receipt: Mapping[str, Any]) -> str:
    """The plan, what it was made of, and the hash of the indicative numbers it rests on."""
    posed, plan = planned.posed, planned.plan
    numbers = as_data(planned.distribution)
    data = {
        "format": FORMAT,
        "instance": planned.distribution.instance.name,
        "rule": planned.distribution.instance.rule.version,
        "area": posed.area,
        "numbers_hash": digest(numbers),
        "quality": planned.asked.quality.value,
        "source": planned.asked.source.both,
        "number": _places(posed.numbers[posed.area]),
        "already": _places(posed.already[posed.area]),
        "to_find": _places(posed.to_find),
        "municipalities": [
            {
                "code": code,
                "indicative": _places(posed.numbers[code]),
                "task": _places(planned.task(code)),
                "already": _places(posed.already[code]),
                "carried": _places(planned.carried(code)),
                "uncounted": planned.uncounted_in(code),
            }
            for code in planned.codes
        ],
        "plan": _plan(plan),
        "alternatives": [_plan(other) for other in others.next_best.plans],
        "alternatives_stopped": others.next_best.stopped.value or None,
        "falling_out": [
            {
                "locations": list(each.names),
                "more": list(each.more) if each.more else None,
                "stopped": each.stopped.value or None,
            }
            for each in others.falling_out
        ],
        "not_counted": [_reason(each) for each in posed.not_counted],
        "left_out": [_reason(each) for each in posed.left_out],
        "swaps": {
            part: {
                "lines": [
                    {
                        "giver": line.giver,
                        "taker": line.taker,
                        "number": line.number,
                        "path": list(line.path),
                    }
                    for line in exchange.lines
                ],
                "short": {code: n for code, n in exchange.short.items() if n},
                "beyond": {code: n for code, n in exchange.beyond.items() if n},
            }
            for part, exchange in planned.swaps.items()
        },
        "rest": {
            "rests": dict(planned.rest.rests),
            "shares": [
                [code, stream, number]
                for (code, stream), number in planned.rest.shares.items()
                if number
            ],
        },
        "grant": {
            "bound": str(planned.grant.bound),
            "places": planned.grant.places,
            "proportions": {code: str(part) for code, part in planned.grant.proportions.items()},
        },
        "cautions": [str(caution) for caution in beware(planned)],
        "receipt": dict(receipt),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _places(places: Places) -> dict[str, int]:
    return {"places": places.whole, "minors": places.minors}


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "locations": {name: plan.sizes[name] for name in plan.opened},
        "shared": [[name, code, number] for (name, code), number in plan.credits.items() if number],
        "stages": [
            {
                "aim": stage.aim.value,
                "part": str(stage.part) if stage.part is not None else None,
                "value": stage.value,
                "bound": stage.bound,
                "proven": stage.proven,
            }
            for stage in plan.stages
        ],
        "proven": plan.proven,
        "stopped": plan.stopped.value or None,
    }


def _reason(each: NotCounted) -> dict[str, str]:
    return {"location": each.location.name, "reason": each.reason.value, "says": str(each.says)}
