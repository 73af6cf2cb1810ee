"""The receipt as json, and what became of a run that was done again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from allocator.audit.receipt import Replay
from allocator.model.distribution import Distribution
from allocator.model.receipt import Receipt, Source
from allocator.report.layout import wrapped
from allocator.words.say import say
from allocator.words.text import Text, Value, counted, series, text

FORMAT = "allocator-receipt/1"
#: Numbers that differ are told one by one up to so many.
TOLD = 20


def as_json(receipt: Receipt) -> str:
    """The receipt as json, the same bytes for the same run with the same versions."""
    asked, written = receipt.question, receipt.written
    question = {
        "instance": _source(asked.instance),
        **_named("rule", asked.rule),
        "totals": dict(asked.totals),
        "rounding": asked.rounding,
        "method": asked.method,
        **_named("ties", asked.ties),
        "fixed": list(asked.fixed),
        "key": asked.key,
        "keep": asked.keep,
        "missing": asked.missing,
    }
    data = {
        "format": FORMAT,
        "versions": dict(receipt.versions),
        "instance": receipt.name,
        "rule": {"version": receipt.rule, **_source(receipt.rule_file)},
        "question": {
            name: value for name, value in question.items() if value not in (None, {}, [])
        },
        "inputs": [
            {**_source(source), "sha256": digest} for source, digest in receipt.inputs.items()
        ],
        "result": {"hash": receipt.hash, "parts": dict(receipt.parts)},
        "written": {
            "format": written.form.value,
            "lang": written.lang,
            **({"dialect": written.dialect} if written.dialect == "nl" else {}),
            "files": [{"file": name, "sha256": hash_} for name, hash_ in written.files.items()],
        },
    }
    return json.dumps(data, indent=1) + "\n"


def _source(source: Source) -> dict[str, str]:
    return {"of": source.of.value, "file": source.file}


def _named(key: str, value: str | Source | None) -> dict[str, Any]:
    """What is named by a name, or under another key by a file."""
    return {f"{key}_file": _source(value)} if isinstance(value, Source) else {key: value}


def as_screen(replay: Replay, distribution: Distribution, lang: str) -> str:
    """Whether the result is the same, and what is not."""
    lines = [wrapped(say(_verdict(replay), lang))]
    lines += [wrapped(say(line, lang), "! ") for line in _wrong(replay, distribution)]
    lines += [wrapped(say(line, lang), "- ") for line in _noted(replay)]
    return "\n".join(lines) + "\n"


def _verdict(replay: Replay) -> Text:
    values: dict[str, Value] = {
        "name": replay.now.name,
        "rule": replay.now.rule,
        "hash": replay.now.hash,
    }
    if replay.same:
        return counted(
            len(replay.then.inputs),
            "The same: {name} by {rule} from {number} input, {hash}.",
            "The same: {name} by {rule} from {number} inputs, {hash}.",
            **values,
        )
    if replay.same_result:
        return text("The same result, and not all else: {name} by {rule}, {hash}.", **values)
    return text(
        "Another result: {name} by {rule} gives {hash}, and the receipt says {then}.",
        then=replay.then.hash,
        **values,
    )


def _wrong(replay: Replay, distribution: Distribution) -> Iterator[Text]:
    if not replay.same_result and replay.parts:
        yield text("These parts of the result differ: {names}.", names=series(replay.parts, 30))
    told = list(replay.numbers.items())[::-1]  # the country first
    names, streams = distribution.instance.division.by_code, distribution.instance.streams
    for (code, stream), (then, now) in told[:TOLD]:
        yield text(
            "{area}, {stream}: {then} then, {now} now.",
            area=names[code].name if code in names else code,
            stream=streams.named(stream).title if stream in streams.names else stream,
            then=text("none") if then is None else then,
            now=text("none") if now is None else now,
        )
    if told[TOLD:]:
        yield counted(
            len(told) - TOLD,
            "{number} more number differs.",
            "{number} more numbers differ.",
        )
    if not replay.same_label:
        yield text(
            "The receipt calls it {name} by {rule}.", name=replay.then.name, rule=replay.then.rule
        )
    for name in replay.changed:
        yield text("{name} is not the file that the receipt is of: it was changed.", name=name)
    for name in replay.others:
        yield text("{name} does not hold what the run gives.", name=name)


def _noted(replay: Replay) -> Iterator[Text]:
    for name in replay.absent:
        yield text("{name} is not beside the receipt.", name=name)
    for name in replay.reworded:
        yield text(
            "This version says {name} in other words, so its text is not compared.", name=name
        )
    for name, (then, now) in replay.versions.items():
        yield text(
            "Another version of {name}: {now} here, {then} then.",
            name=name,
            now=now or text("none"),
            then=then or text("none"),
        )
