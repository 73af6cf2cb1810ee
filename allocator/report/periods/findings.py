"""What came of the sums and dates of a record, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from allocator.key.formula import Call, Formula, Name, Negative, Number, Operation
from allocator.model.indicator import Quality
from allocator.model.record import Figure, Range, Record
from allocator.periods.notice import Announced, Timing
from allocator.periods.record import Beside, Finding, Outcome, Sum
from allocator.report.cautions import QUALITIES
from allocator.words.numbers import exact
from allocator.words.say import say
from allocator.words.text import Text, Value, counted, series, signed, text

_TERMS = {
    "net": text("number in force"),
    "announced": text("number first announced"),
    "adds_up_to": text("sum by the rule"),
    "rows": text("sum of the published table"),
    "opening": text("opening balance"),
    "next_opening": text("next opening balance"),
    "in_all": text("in all"),
    "realised": text("realised"),
    "closing": text("closing balance"),
}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "/"}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}


def finding_said(finding: Finding, record: Record, lang: str) -> str:
    """What was compared, the sum with its numbers, and how the published ones stand to it."""
    told = _told(finding, record, lang)
    if finding.resting and not finding.missing:
        told = text(
            "{sentence} It rests on what was not published: {names}.",
            sentence=told,
            names=series([_term(name, record) for name in finding.resting]),
        )
    return say(
        text(
            "{period}, {subject}: {sentence}",
            period=str(finding.period),
            subject=finding.statement.says,
            sentence=told,
        ),
        lang,
    )


def _told(finding: Finding, record: Record, lang: str) -> Text:
    if finding.missing:
        return text(
            "cannot be reckoned, for the record lacks {names}.",
            names=series([_term(name, record) for name in finding.missing]),
        )
    sum_: Value = _sum(finding.sum, record, lang)
    if finding.statement.implies:
        name = _term(finding.statement.implies, record)
        return text("{sum}; this implies {name}, which was not published.", sum=sum_, name=name)
    besides = signed([_beside(each, finding, record, lang) for each in finding.besides], "; ")
    if all(each.figure and not each.figure.implied for each in finding.besides):
        return text("{sum}; published: {others}.", sum=sum_, others=besides)
    return text("{sum}; beside it: {others}.", sum=sum_, others=besides)


def _sum(sum_: Sum, record: Record, lang: str) -> str:
    """The sum in words, in numbers, and what it comes to."""

    def term(name: str) -> str:
        return say(_term(name, record), lang)

    def value(name: str) -> str:
        range_ = sum_.inputs[name][0].range
        said = say(_number(range_), lang)
        return said if range_.single and range_.low >= 0 else f"({said})"

    assert sum_.result is not None
    written = [_written(sum_.formula, term, lang)]
    if not isinstance(sum_.formula, Name):
        written.append(_written(sum_.formula, value, lang))
    return " = ".join([*written, say(_number(sum_.result), lang)])


def _beside(beside: Beside, finding: Finding, record: Record, lang: str) -> Text:
    """A number or another sum, and how much more or less it is."""
    assert finding.other is not None
    other: Value = _sum(finding.other, record, lang)
    if beside.figure:
        other = text(
            "{number} ({source})", number=_number(beside.range), source=_source(beside.figure)
        )
    if beside.outcome is Outcome.HOLDS:
        return text("{other}, exactly the same", other=other)
    if beside.outcome is Outcome.WITHIN:
        return text("{other}, and one lies within the other", other=other)
    if beside.low != beside.high:
        return text(
            "{other}, {low} at the low end and {high} at the high end",
            other=other,
            low=_change(beside.low, lang),
            high=_change(beside.high, lang),
        )
    if beside.low > 0:
        return text("{other}, {more} more", other=other, more=beside.low)
    return text("{other}, {fewer} fewer", other=other, fewer=-beside.low)


def _source(figure: Figure) -> Value:
    if figure.implied:
        return text("implied")
    if figure.quality in (None, Quality.OFFICIAL):
        return figure.source
    return text("{source}, {quality}", source=figure.source, quality=QUALITIES[figure.quality])


def _term(name: str, record: Record) -> Value:
    return record.terms.get(name) or _TERMS[name]


def _number(range_: Range) -> Value:
    if range_.single:
        return range_.low
    return text("{low} to {high}", low=range_.low, high=range_.high)


def _change(number: Fraction, lang: str) -> str:
    return ("+" if number > 0 else "") + exact(number, lang)


def _written(formula: Formula, said: Callable[[str], str], lang: str) -> str:
    """The formula with something said in place of each name."""
    match formula:
        case Number():
            return exact(formula.value, lang)
        case Name():
            return said(formula.name)
        case Negative():
            return f"−{_wrapped(formula.of, 3, said, lang)}"
        case Operation():
            strength = _STRENGTH[formula.sign]
            # a - (b - c) and a / (b * c) keep their parentheses on the right
            left = _wrapped(formula.left, strength, said, lang)
            right = _wrapped(formula.right, strength + (formula.sign in "-/"), said, lang)
            return f"{left} {_SIGNS[formula.sign]} {right}"
        case Call():
            raise AssertionError("a function is refused where the record is read")


def _wrapped(formula: Formula, least: int, said: Callable[[str], str], lang: str) -> str:
    written = _written(formula, said, lang)
    strength = _STRENGTH[formula.sign] if isinstance(formula, Operation) else 3
    return f"({written})" if strength < least else written


def dates_said(announced: Iterable[Announced], lang: str) -> Iterator[str]:
    """Which numbers were announced in time, and what is to be said of each other date."""
    announced = tuple(announced)
    timely = [
        text("{period} ({day})", period=str(each.period), day=each.day)
        for each in announced
        if each.timing is Timing.IN_TIME
    ]
    if timely:
        yield say(
            text("Announced as early as the law asks: {periods}.", periods=series(timely, 40)), lang
        )
    for each in announced:
        if each.timing is not Timing.IN_TIME:
            yield say(
                text(
                    "{period}: {day} ({source}) is {beside} that art. {article} allows; {verdict}",
                    period=str(each.period),
                    day=each.day,
                    source=each.source,
                    beside=_beside_the_last_day(each),
                    article=each.article,
                    verdict=_VERDICTS[each.timing],
                ),
                lang,
            )


def _beside_the_last_day(announced: Announced) -> Text:
    late, latest = announced.days_late, announced.latest
    if late > 0:
        return counted(
            late,
            "{number} day after {latest}, the last day",
            "{number} days after {latest}, the last day",
            latest=latest,
        )
    if late < 0:
        return counted(
            -late,
            "{number} day before {latest}, the last day",
            "{number} days before {latest}, the last day",
            latest=latest,
        )
    return text("the last day")


_VERDICTS = {
    Timing.LATE: text("the number was announced too late."),
    Timing.UNDECIDED: text(
        "it is not known to be the day of the first announcement, so this says nothing yet."
    ),
    Timing.REVISED: text("on that day the number replaced the one announced before."),
}
