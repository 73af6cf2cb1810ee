"""The distribution on a screen: first in a sentence, then as a table, then what to beware of."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.core.cells import title_of
from allocator.core.keeping import OWN_KEY
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.instance import Instance
from allocator.report.cautions import cautions
from allocator.report.distribution.against_published import BESIDE, published
from allocator.report.layout import aligned, capital, tree_table, wrapped
from allocator.words.levels import level_name
from allocator.words.numbers import decimals, whole
from allocator.words.say import say
from allocator.words.text import Text, series, text


def as_screen(distribution: Distribution, lang: str) -> str:
    """The whole report for a screen."""
    instance = distribution.instance
    parts = [
        wrapped(say(instance.title, lang)),
        "\n".join(wrapped(say(line, lang)) for line in summary(distribution)),
        "\n".join(wrapped(say(line, lang)) for line in origins(instance)),
        "\n".join(wrapped(say(line, lang)) for line in together(distribution)),
        beware(distribution, lang),
        "\n".join(_table(distribution, lang)),
        *_published(distribution, lang),
        notes(distribution, lang),
        wrapped(say(rule_line(instance), lang)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def remarks(distribution: Distribution, lang: str) -> str:
    """What is approximate, inferred or unknown, each under a sign of its own."""
    both = (beware(distribution, lang), notes(distribution, lang))
    return "\n".join(part for part in both if part)


def beware(distribution: Distribution, lang: str) -> str:
    """The cautions."""
    return "\n".join(wrapped(capital(say(each, lang)), "! ") for each in cautions(distribution))


def notes(distribution: Distribution, lang: str) -> str:
    """The remarks of the instance, and what the law leaves open."""
    instance = distribution.instance
    return "\n".join(
        wrapped(say(note, lang), "- ") for note in (*instance.notes, *instance.rule.gaps)
    )


def summary(distribution: Distribution) -> Iterator[Text]:
    """Per stream: what was divided, what it came to, and the difference."""
    instance = distribution.instance
    leaves = len(instance.division.leaves)
    level = level_name(instance.division.leaf_level, leaves)
    for drift in distribution.drift:
        title = instance.streams.named(drift.stream).title
        asked = text(
            "{asked} {stream} over {areas} {level}: the numbers add up to {allocated}",
            asked=drift.asked,
            stream=title,
            areas=leaves,
            level=level,
            allocated=drift.allocated,
        )
        if drift.difference == 0:
            yield text("{sentence}.", sentence=asked)
        elif drift.difference > 0:
            yield text(
                "{sentence}, {difference} more (drift +{difference}).",
                sentence=asked,
                difference=drift.difference,
            )
        else:
            yield text(
                "{sentence}, {difference} fewer (drift −{difference}).",
                sentence=asked,
                difference=-drift.difference,
            )


def origins(instance: Instance) -> Iterator[Text]:
    """Who announced the totals, and what they replaced."""
    for total in instance.totals.values():
        stream = instance.streams.named(total.stream).title
        announced = total.announced
        yield (
            text(
                "{number} {stream}: {source} ({day}).",
                number=total.number,
                stream=stream,
                source=total.source,
                day=announced,
            )
            if announced
            else text(
                "{number} {stream}: {source}.",
                number=total.number,
                stream=stream,
                source=total.source,
            )
        )
    if instance.revision_of:
        yield text("It replaces {name}.", name=instance.revision_of)


def together(distribution: Distribution) -> Iterator[Text]:
    """The limits that held, and the ties that an order or a lot decided."""
    instance = distribution.instance
    if instance.limits:
        told = [
            text("{name} ({source})", name=one.name, source=one.source) for one in instance.limits
        ]
        yield text("Under limits: {limits}.", limits=series(told))
    for tie in distribution.ties:
        cells = [
            text(
                "{area} ({part}: {number})",
                area=instance.division.by_code[leaf].name,
                part=title_of(instance.streams, part),
                number=number,
            )
            for (leaf, part), number in tie.numbers.items()
        ]
        yield text("Equal claims, decided by {by}: {cells}.", by=_BY[tie.by], cells=series(cells))


_BY = {"order": text("the rule's order"), "lot": text("a drawn lot")}


def _table(distribution: Distribution, lang: str) -> Iterator[str]:
    """Country, provinces and leaves, indented as they lie in each other; then the other levels."""
    instance = distribution.instance
    streams = instance.streams.all

    def cells(area: Area) -> Iterator[str]:
        for stream in streams:
            yield whole(distribution.number(area.code, stream.name), lang)
            yield decimals(distribution.quota(area.code, stream.name), 3, lang)

    heading = [title for stream in streams for title in (stream.title, text("quota"))]
    return tree_table(instance.division, heading, lambda area: list(cells(area)), lang)


def _published(distribution: Distribution, lang: str) -> Iterator[str]:
    """How the numbers compare with the published ones, and every row that differs."""
    instance = distribution.instance
    said, different = published(distribution)
    if said:
        yield wrapped(" ".join(say(sentence, lang) for sentence in said))
    if different:
        lines = [[say(title, lang) for title in BESIDE]]
        for beside in different:
            sign = "+" if beside.difference > 0 else ""
            lines.append(
                [
                    instance.division.by_code[beside.row.code].name,
                    say(instance.streams.named(beside.row.stream).title, lang),
                    whole(beside.row.number, lang),
                    whole(beside.computed, lang),
                    sign + whole(beside.difference, lang),
                ]
            )
        yield "\n".join(aligned(lines, texts=2))


def rule_line(instance: Instance) -> Text:
    rule = instance.rule
    if rule.name.endswith(OWN_KEY):  # it is no law, and nobody checked it
        return text("{title}.", title=rule.title)
    return text(
        "Rule {version}: {title}, in force from {start}; last checked on {checked}.",
        version=rule.version,
        title=rule.title,
        start=rule.valid_from,
        checked=rule.checked_on,
    )


def notes_of(distribution: Distribution, lang: str) -> str:
    """What a csv has no room for: the question, where it comes from, and what to beware of."""
    instance = distribution.instance
    parts = [
        wrapped(say(instance.title, lang)),
        "\n".join(wrapped(say(line, lang)) for line in summary(distribution)),
        "\n".join(wrapped(say(line, lang)) for line in origins(instance)),
        "\n".join(wrapped(say(line, lang)) for line in together(distribution)),
        remarks(distribution, lang),
        wrapped(say(rule_line(instance), lang)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
