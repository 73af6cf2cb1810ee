"""The json: everything that the distribution starts from and everything it comes to, exactly.

Fractions are written as text ("7/3", "12"), so that no reader rounds them by accident. The format
has a name with a version and is described in docs/result-format.md.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator
from allocator.model.limits import Limit
from allocator.model.proof import FairShares, Proof
from allocator.model.rule import After, Choice, Rule, Step, Ties
from allocator.model.streams import Stream
from allocator.report.cautions import cautions
from allocator.report.distribution.against_published import beside_published

FORMAT = "allocator-result/1"


def as_json(distribution: Distribution) -> str:
    """The distribution as json, the same bytes for the same inputs."""
    data = as_data(distribution)
    data["hash"] = digest(data)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def digest(data: Any) -> str:
    """The SHA-256 of a result, or of a part of it, in canonical json: keys sorted, no spaces."""
    content = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{sha256(content.encode()).hexdigest()}"


def as_data(distribution: Distribution) -> dict[str, Any]:
    """The distribution as plain data."""
    instance = distribution.instance
    return {
        "format": FORMAT,
        "instance": instance.name,
        "title": instance.title.both,
        "period": instance.period,
        "date": instance.day.isoformat(),
        "rule": _rule(instance.rule),
        "choice": _choice(distribution.choice),
        "totals": [
            {
                "stream": total.stream,
                "number": total.number,
                "source": total.source.both,
                "announced": total.announced.isoformat() if total.announced else None,
            }
            for total in instance.totals.values()
        ],
        "streams": [_stream(stream) for stream in instance.streams.all],
        "tree": list(instance.division.tree),
        "also": list(instance.division.also),
        "areas": [
            {
                "code": area.code,
                "name": area.name,
                "level": area.level,
                "parent": area.parent or None,
                **(
                    {"leaves": list(instance.division.members[area.code])}
                    if area.level in instance.division.also
                    else {}
                ),
            }
            for area in instance.division.areas
        ],
        "indicators": [_indicator(indicator) for indicator in indicators_of(distribution)],
        "weights": [
            {
                "stream": stream,
                "level": step.level,
                "key": step.key.written,
                "values": {code: str(weight) for code, weight in step.weights.items()},
            }
            for stream, steps in distribution.steps.items()
            for step in steps
        ],
        "cells": [
            {
                "code": row.area.code,
                "stream": row.stream.name,
                "quota": str(row.quota),
                "number": row.number,
            }
            for row in distribution.rows()
        ],
        "limits": [_limit(limit) for limit in instance.limits],
        "shares": _shares(distribution.shares) if distribution.shares else None,
        "proofs": [_proof(proof) for proof in distribution.proofs],
        "drift": [
            {
                "stream": drift.stream,
                "asked": drift.asked,
                "allocated": drift.allocated,
                "difference": drift.difference,
            }
            for drift in distribution.drift
        ],
        "published": [
            {
                "code": beside.row.code,
                "stream": beside.row.stream,
                "number": beside.row.number,
                "computed": beside.computed,
                "difference": beside.difference,
                "source": beside.row.source,
            }
            for beside in beside_published(distribution)
        ],
        "cautions": [str(caution) for caution in cautions(distribution)],
        "gaps": [gap.both for gap in instance.rule.gaps],
        "notes": [note.both for note in instance.notes],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
        "checked_on": rule.checked_on.isoformat(),
        "title": rule.title.both,
        "direction": rule.direction.value,
        "steps": [_step(step) for step in rule.steps],
        **({"after": [_after(step) for step in rule.after]} if rule.after else {}),
        "rounding": rule.choice.rounding.value,
        "ties": list(rule.ties),
        "legal_basis": [
            {
                "act": basis.act,
                "article": basis.article,
                "title": basis.title.both,
                "says": basis.says.both,
            }
            for basis in rule.legal_basis
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    own = {name: key.written for name, key in step.own}
    return {
        "level": step.level or None,
        "key": step.key.written,
        **({"own": own} if own else {}),
    }


def _after(step: After) -> dict[str, Any]:
    return {
        "do": step.kind.value,
        "of": step.of.written if step.of else None,
        "least": step.least.written if step.least else None,
        "most": step.most.written if step.most else None,
        "article": step.article,
        "says": step.says.both,
    }


def indicators_of(distribution: Distribution) -> list[Indicator]:
    """Those of the keys, and those that order ties."""
    named = distribution.instance.indicators
    order = [name for name in distribution.instance.rule.ties if name in named]
    return [named[name] for name in dict.fromkeys((*distribution.used, *order))]


def _choice(choice: Choice) -> dict[str, Any]:
    ties: Any = choice.ties
    if not isinstance(choice.ties, Ties):
        ties = [
            {"drawn_for": lot.drawn_for, "order": [list(cell) for cell in lot.order]}
            for lot in choice.ties
        ]
    return {
        "rounding": choice.rounding.value,
        "method": choice.method.value,
        "ties": ties,
        "fixed": list(choice.fixed),
    }


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "name": limit.name,
        "source": limit.source.both,
        "stream": limit.stream,
        "areas": list(limit.areas),
        "at_least": limit.at_least,
        "at_most": limit.at_most,
        "nothing_or": limit.nothing_or,
    }


def _shares(shares: FairShares) -> dict[str, Any]:
    return {
        "values": [[area, part, str(share)] for (area, part), share in shares.shares.items()],
        "shortfalls": [
            {"totals": list(short.totals), "number": str(short.number)}
            for short in shares.shortfalls
        ],
        "levels": [
            {
                "stage": level.stage,
                "size": str(level.size),
                "binding": [[side.name, side.sign, str(side.number)] for side in level.binding],
                "cells": [list(cell) for cell in level.cells],
            }
            for level in shares.levels
        ],
    }


def _proof(proof: Proof) -> dict[str, Any]:
    """Prices and cut-offs; in "prices" the part of a whole is null."""
    return {
        "whole": proof.whole,
        "method": proof.method,
        "parts": list(proof.parts),
        "tree": [[area, parent or None] for area, parent in proof.parents.items()],
        "fingerprint": proof.fingerprint,
        "prices": [
            [area, part or None, str(price.number), price.zeros]
            for (area, part), price in proof.prices.items()
        ],
        "cut_offs": [
            [cut.area, cut.part or None, None if cut.at is None else str(cut.at)]
            for cut in proof.cut_offs
        ],
        "ties": [
            {
                "by": tie.by,
                "cells": [[area, part, number] for (area, part), number in tie.numbers.items()],
            }
            for tie in proof.ties
        ],
        "outside": [list(cell) for cell in proof.outside],
    }


def _stream(stream: Stream) -> dict[str, Any]:
    return {
        "name": stream.name,
        "title": stream.title.both,
        "part_of": stream.part_of or None,
        "rest_of": stream.rest_of or None,
        "key": stream.key.written if stream.key else None,
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "name": indicator.name,
        "title": indicator.title.both,
        "kind": indicator.kind.value,
        "year": indicator.year,
        "reference": indicator.reference.both,
        "quality": indicator.quality.value,
        "source": indicator.source.both,
        "licence": indicator.licence,
        "values": {code: str(value) for code, value in sorted(indicator.values.items())},
        "inferred": sorted(code for code in indicator.portions if indicator.inferred(code)),
        **({"lacking": sorted(indicator.lacking)} if indicator.lacking else {}),
        **({"assumed": sorted(indicator.assumed)} if indicator.assumed else {}),
    }
