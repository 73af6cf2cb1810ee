"""Joint changes, swaps and transfers, on a screen and as csv."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.model.balances import Entry
from allocator.periods.account import Account
from allocator.periods.transfers import Plan
from allocator.report.layout import aligned, capital, in_tree, wrapped
from allocator.report.periods.balances import cautions_on_balances, each_change
from allocator.report.tables import as_csv_table
from allocator.words.numbers import whole
from allocator.words.say import say
from allocator.words.text import Text, Value, change, counted, series, signed, text


def ledger_on_screen(account: Account, lang: str) -> str:
    """Each entry in words, then the numbers of the areas that it touches."""
    instance = account.instance
    parts = [
        say(instance.title, lang),
        "\n".join(wrapped(say(_entry(account, each), lang), "- ") for each in _ledger(account)),
        "\n".join(_touched(account, lang)),
        "\n".join(wrapped(capital(say(line, lang)), "! ") for line in _beware(account)),
    ]
    if not _ledger(account):
        parts[1] = say(text("The ledger has no entries."), lang)
    return "\n\n".join(part for part in parts if part) + "\n"


def _ledger(account: Account) -> tuple[Entry, ...]:
    return account.instance.balances.ledger


def _entry(account: Account, entry: Entry) -> Text:
    names = account.instance.division.by_code
    changes = series([each_change(names[c].name, n) for c, n in entry.changes.items()])
    stream = (
        account.instance.streams.named(entry.stream).title
        if entry.stream in account.instance.streams.names
        else entry.stream
    )
    if entry.rate:
        return text(
            "{entry}, {stream}, second half of the swap {swap} at {rate} for 1: {changes}.",
            entry=entry.name,
            stream=stream,
            swap=entry.swap,
            rate=entry.rate,
            changes=changes,
        )
    if entry.swap:
        return text(
            "{entry}, {stream}, first half of the swap {swap}: {changes}.",
            entry=entry.name,
            stream=stream,
            swap=entry.swap,
            changes=changes,
        )
    return text("{entry}, {stream}: {changes}.", entry=entry.name, stream=stream, changes=changes)


def _touched(account: Account, lang: str) -> Iterator[str]:
    """The areas whose number changes, and all larger ones, so that sums are seen to stay."""
    instance = account.instance
    heading = (text("area"), text("stream"), text("number"), text("joint changes"), text("in all"))
    lines = [[say(each, lang) for each in heading]]
    leaf = instance.division.leaf_level
    for depth, area in in_tree(instance.division):
        for stream in instance.streams.given:
            line = account.lines[area.code, stream.name]
            holds = any(
                account.lines[code, stream.name].changed
                for code in instance.division.members[area.code]
            )
            if holds and (area.level != leaf or line.changed):
                lines.append(
                    [
                        "  " * depth + area.name,
                        say(stream.title, lang),
                        whole(line.number, lang),
                        say(change(line.changed), lang),
                        whole(line.effective, lang),
                    ]
                )
    return aligned(lines if len(lines) > 1 else [], texts=2)


def _beware(account: Account) -> Iterator[Text]:
    yield from cautions_on_balances(account.instance.balances)
    yield from _below(account)
    yield from _above_whole(account)


def _below(account: Account) -> Iterator[Text]:
    names = account.instance.division.by_code
    for stream in account.instance.streams.given:
        below = [
            text("{area} {number}", area=names[code].name, number=line.effective)
            for (code, name), line in account.leaves.items()
            if name == stream.name and line.effective < 0
        ]
        if below:
            yield text(
                "Below 0, to be mended by another change ({stream}): {areas}.",
                stream=stream.title,
                areas=series(below),
            )


def _above_whole(account: Account) -> Iterator[Text]:
    """The leaves where joint changes leave parts larger than their whole."""
    instance = account.instance
    for whole_ in instance.streams.given:
        parts = instance.streams.parts(whole_.name)
        above = [
            leaf.name
            for leaf in instance.division.leaves
            if sum(account.lines[leaf.code, part.name].effective for part in parts)
            > account.lines[leaf.code, whole_.name].effective
        ]
        if parts and above:
            yield text(
                "{parts} come out above {whole} in {areas}; mend it by another change.",
                parts=series([part.title for part in parts]),
                whole=whole_.title,
                areas=series(above),
            )


def ledger_as_csv(account: Account) -> str:
    """A line per area of every level and stream."""
    lines = [
        (
            *(area.level, area.code, area.name, area.parent, stream.name),
            *(line.number, line.changed, line.effective),
        )
        for area in account.instance.division.areas
        for stream in account.instance.streams.given
        for line in [account.lines[area.code, stream.name]]
    ]
    columns = ("level", "code", "name", "parent", "stream", "number", "changed", "effective")
    return as_csv_table(columns, lines)


def transfers_on_screen(account: Account, stream: str, plan: Plan, lang: str) -> str:
    """The transfers as people can sign them."""
    instance = account.instance
    names = instance.division.by_code
    summary = counted(
        len(plan.lines),
        "{number} transfer of {persons} {stream} in all, {crossings} persons × borders: no other "
        "way comes to less. There may be ways with fewer lines.",
        "{number} transfers of {persons} {stream} in all, {crossings} persons × borders: no other "
        "way comes to less. There may be ways with fewer lines.",
        persons=sum(line.persons for line in plan.lines),
        stream=instance.streams.named(stream).title,
        crossings=plan.crossings,
    )
    heading = (text("gives"), text("takes over"), text("way"), text("number"), text("borders"))
    lines = [[say(each, lang) for each in heading]]
    for line in plan.lines:
        through = [names[code].name for code in line.path[1:-1]]
        if len(through) > 4:
            through = [*through[:2], "…", *through[-2:]]
        way: Value = text("through {areas}", areas=signed(through, ", ")) if through else "–"
        lines.append(
            [
                names[line.giver].name,
                names[line.taker].name,
                say(way, lang),
                whole(line.persons, lang),
                whole(line.borders, lang),
            ]
        )
    table = "\n".join(aligned(lines if plan.lines else [], texts=3))
    same = say(text("The two tables are the same."), lang)
    parts = [say(instance.title, lang), wrapped(say(summary, lang)) if table else same, table]
    return "\n\n".join(part for part in parts if part) + "\n"


def transfers_as_csv(account: Account, stream: str, plan: Plan) -> str:
    """A ledger with an entry for each transfer."""
    names = account.instance.division.by_code
    lines = []
    for number, line in enumerate(plan.lines, 1):
        for code, persons in ((line.giver, -line.persons), (line.taker, line.persons)):
            lines.append((f"{number:03d}", code, names[code].name, stream, persons))
    return as_csv_table(("entry", "code", "name", "stream", "change"), lines)
