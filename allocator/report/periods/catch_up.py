"""Goals beyond the law on a screen and as csv: from backlogs, and agreed in all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from allocator.model.areas import Area
from allocator.periods.account import Account
from allocator.periods.catch_up import Agreed, Extra
from allocator.report.layout import tree_table, wrapped
from allocator.report.periods.balances import each_change, remarks_on_balances
from allocator.report.tables import as_csv_table
from allocator.words.numbers import whole
from allocator.words.say import say
from allocator.words.text import Text, Value, change, series, text

AREA = ("level", "code", "name", "parent", "stream")


def extra_on_screen(extra: Extra, lang: str, within: str) -> str:
    """An extra goal from backlogs, and how much of it was done where that is known."""
    account = extra.account
    done = account.lines[account.instance.division.root.code, extra.stream].realised is not None
    heading = [text("backlog"), text("head start"), text("extra goal")]
    if done:
        heading += [text("balance fell by"), text("still to do")]

    def cells(area: Area) -> list[str]:
        line = account.lines[area.code, extra.stream]
        numbers: list[Value] = [line.backlog, line.ahead, extra.goals[area.code]]
        if done:
            known = (extra.caught_up(area.code), extra.remains(area.code))
            numbers += [*(n for n in known if n is not None)]
        return [say(number, lang) for number in numbers]

    return _report(account, _of_extra(extra), heading, cells, lang, within)


def _of_extra(extra: Extra) -> Iterator[Text]:
    instance = extra.account.instance
    root = instance.division.root.code
    line = extra.account.lines[root, extra.stream]
    yield text(
        "{asked} {stream} to catch up: the backlogs add up to {backlog}, besides head starts of "
        "{ahead}.",
        asked=extra.goals[root],
        stream=instance.streams.named(extra.stream).title,
        backlog=line.backlog,
        ahead=line.ahead,
    )
    names = instance.division.by_code
    if any(extra.carried_on.values()):
        yield text(
            "Of this {asked} is the new goal; an earlier goal left {carried}.",
            asked=extra.asked,
            carried=series([each_change(names[c].name, n) for c, n in extra.carried_on.items()]),
        )
    if extra.left_out:
        yield text(
            "Not between 0 and the backlog, and so left out: {areas}.",
            areas=series([each_change(names[c].name, n) for c, n in extra.left_out.items()]),
        )
    caught, remains = extra.caught_up(root), extra.remains(root)
    if caught is not None and remains is not None:
        yield (
            text("The balance fell by {number}.", number=caught)
            if caught >= 0
            else text("The balance rose by {number}.", number=-caught)
        )
        yield (
            text("That is {number} beyond the goal.", number=-remains)
            if remains <= 0
            else text("Of the goal {number} is still to do.", number=remains)
        )
        drift = line.number - instance.totals[extra.stream].number
        if drift:
            yield text(
                "What rounding adds to the national number, {drift}, is counted as asked here; "
                "without it the balance fell by {number}.",
                drift=drift,
                number=caught + drift,
            )


def extra_as_csv(extra: Extra) -> str:
    lines = []
    for area in extra.account.instance.division.areas:
        line = extra.account.lines[area.code, extra.stream]
        known = (extra.caught_up(area.code), extra.remains(area.code))
        lines.append(
            (
                *_area(area, extra.stream),
                *(line.backlog, line.ahead, extra.carried_on.get(area.code, "")),
                *(extra.goals[area.code], *("" if each is None else each for each in known)),
            )
        )
    columns = ("backlog", "ahead", "carried_on", "goal", "caught_up", "left")
    return as_csv_table((*AREA, *columns), lines)


def agreed_on_screen(agreed: Agreed, lang: str, within: str) -> str:
    """A goal in all beside what the law asks."""
    account = agreed.account
    heading = [text("by law"), text("beyond it"), text("agreed in all")]

    def cells(area: Area) -> list[str]:
        line = account.lines[area.code, agreed.stream]
        numbers = (line.corrected, agreed.beyond[area.code], agreed.goal(area.code))
        return [whole(number, lang) for number in numbers]

    return _report(account, _of_agreed(agreed), heading, cells, lang, within)


def _of_agreed(agreed: Agreed) -> Iterator[Text]:
    instance = agreed.account.instance
    root = instance.division.root.code
    line = agreed.account.lines[root, agreed.stream]
    yield text(
        "{asked} {stream} in all: {law} by law, and {beyond} beyond it by the key {key}.",
        asked=agreed.asked,
        stream=instance.streams.named(agreed.stream).title,
        law=line.corrected,
        beyond=agreed.beyond[root],
        key=agreed.key.written,
    )
    national = instance.totals[agreed.stream].number + line.opening
    if national != line.corrected:
        yield text(
            "The national number and the opening balance are {national}; the rounding of the law "
            "makes the numbers of areas add up to {law}, {drift}.",
            national=national,
            law=line.corrected,
            drift=change(line.corrected - national),
        )


def agreed_as_csv(agreed: Agreed) -> str:
    lines = []
    for area in agreed.account.instance.division.areas:
        line = agreed.account.lines[area.code, agreed.stream]
        numbers = (line.corrected, agreed.beyond[area.code], agreed.goal(area.code))
        lines.append((*_area(area, agreed.stream), *numbers))
    return as_csv_table((*AREA, "by_law", "beyond", "goal"), lines)


def _report(
    account: Account,
    summary: Iterator[Text],
    heading: Sequence[Value],
    cells: Callable[[Area], Sequence[str]],
    lang: str,
    within: str,
) -> str:
    parts = [
        say(account.instance.title, lang),
        "\n".join(wrapped(say(line, lang)) for line in summary),
        "\n".join(tree_table(account.instance.division, heading, cells, lang, within)),
        "\n".join(remarks_on_balances(account, lang)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _area(area: Area, stream: str) -> tuple[str, ...]:
    return area.level, area.code, area.name, area.parent, stream
