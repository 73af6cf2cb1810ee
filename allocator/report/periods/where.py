"""The life of a municipality in words: from when until when, who came and who went, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from fractions import Fraction
from itertools import groupby

from allocator.model.lineage import Span, heirs, made_of
from allocator.model.mergers import Change
from allocator.model.problem import InputError, Place, Problem
from allocator.report.layout import wrapped
from allocator.words.nearest import perhaps
from allocator.words.plain import plainly
from allocator.words.say import say
from allocator.words.text import Text, text


def as_screen(
    asked: str,
    spans: Sequence[Span],
    changes: Sequence[Change],
    other_names: Mapping[str, tuple[str, ...]],
    day: date | None,
    lang: str,
) -> str:
    """Every municipality of this name or code, and on a day where its people live."""
    told = []
    for code, its in groupby(_named(asked, spans, other_names), key=lambda span: span.code):
        lines = [say(_life(span), lang) for span in its]
        lines += [_said(line, lang) for line in _events(code, changes)]
        if day is not None:
            lines += [_said(line, lang) for line in _on(code, day, spans, changes)]
        told.append("\n".join(lines))
    return "\n\n".join(told) + "\n"


def _named(
    asked: str, spans: Sequence[Span], other_names: Mapping[str, tuple[str, ...]]
) -> list[Span]:
    wanted = plainly(asked)
    codes = set(other_names.get(wanted, ())) | {
        s.code
        for s in spans
        if s.code.lower() == asked.strip().lower() or plainly(s.name) == wanted
    }
    found = [span for span in spans if span.code in codes]
    if found:
        return found
    names = {plainly(span.name): span.name for span in spans}
    with_more = [name for plain, name in names.items() if wanted and wanted in plain.split()]
    near = with_more or [names[name] for name in get_close_matches(wanted, names, 3, 0.7)]
    raise InputError(
        Problem(
            Place(""),
            text("There never was a municipality {name} in the record.", name=f"'{asked}'"),
            perhaps(
                near,
                text(
                    "Type a name as the register writes it, or a code such as {code}.",
                    code=spans[0].code,
                ),
            ),
        )
    )


def _life(span: Span) -> Text:
    until = span.end - timedelta(days=1) if span.end else None
    if span.start and until:
        return text(
            "{name} ({code}), a municipality from {start} until {end}.",
            name=span.name,
            code=span.code,
            start=span.start,
            end=until,
        )
    if span.start:
        return text(
            "{name} ({code}), a municipality from {start} on.",
            name=span.name,
            code=span.code,
            start=span.start,
        )
    if until:
        return text(
            "{name} ({code}), a municipality until {end}.",
            name=span.name,
            code=span.code,
            end=until,
        )
    return text("{name} ({code}), a municipality all the while.", name=span.name, code=span.code)


Line = tuple[Text, bool]  # what is said, and whether under the line before


def _said(line: Line, lang: str) -> str:
    sentence, under = line
    return wrapped(say(sentence, lang), "  " if under else "")


def _events(code: str, changes: Sequence[Change]) -> Iterator[Line]:
    """Day by day who came and who went."""
    own = [change for change in changes if code in (change.old_code, change.new_code)]
    for day, of_day in groupby(own, key=lambda change: change.day):
        moves = list(of_day)
        going = [change for change in moves if change.old_code == code]
        coming = [change for change in moves if change.new_code == code]
        if going:
            people = going[0].old_population
            ended = text(
                "It ended on {day}; its {people} inhabitants went to", day=day, people=people
            )
            ceded = text(
                "On {day} a part of its {people} inhabitants went to", day=day, people=people
            )
            yield (ended if any(c.kind != "boundary" for c in going) else ceded), False
            for change in going:
                yield _move(change.new_name, change.new_code, change), True
        if coming:
            yield text("On {day} inhabitants came from", day=day), False
            for change in coming:
                yield _move(change.old_name, change.old_code, change), True


def _move(name: str, code: str, change: Change) -> Text:
    if change.share == 1:
        return text("{name} ({code}): all {persons}", name=name, code=code, persons=change.persons)
    return text(
        "{name} ({code}): {persons} of {people}",
        name=name,
        code=code,
        persons=change.persons,
        people=change.old_population,
    )


def _on(code: str, day: date, spans: Sequence[Span], changes: Sequence[Change]) -> Iterator[Line]:
    """Which municipalities held its people on a day."""
    own = [span for span in spans if span.code == code]
    first, last = own[0], own[-1]
    there = [span for span in spans if _alive(span, day)]
    names = {span.code: span.name for span in there}
    if first.start and day < first.start:
        parts = made_of(code, names, changes, day, first.start)
        yield text("On {day} there were instead", day=day), False
    elif last.end and day >= last.end:
        before = last.end - timedelta(days=1)
        then = [span.code for span in spans if _alive(span, before)]
        parts = heirs(code, then, changes, before, day)
        yield text("On {day} its people live in", day=day), False
    else:
        yield text("On {day} it was there itself, as {name}.", day=day, name=names[code]), False
        return
    for other, share in sorted(parts.items(), key=lambda one: (-one[1], one[0])):
        yield (
            text("{name} ({code}): {share}", name=names[other], code=other, share=_part(share)),
            True,
        )


def _part(share: Fraction) -> Text:
    """How much of one municipality lies in another."""
    if share == 1:
        return text("all of it")
    return text("{percent}% of its inhabitants", percent=Fraction(round(share * 1000), 10))


def _alive(span: Span, day: date) -> bool:
    return (span.start is None or span.start <= day) and (span.end is None or day < span.end)
