"""What a plan comes to, in sentences: for a screen and for the chapter of a report."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from allocator.plan.after.planned import Planned
from allocator.plan.solving.answer import Aim, Stage, Stopped
from allocator.words.numbers import decimals
from allocator.words.text import Text, Value, counted, series, text

#: So many names stand in one sentence.
NAMED = 12


def name_of(planned: Planned, code: str) -> str:
    return planned.distribution.instance.division.by_code[code].name


def summary(planned: Planned) -> Iterator[Text]:
    """The number, what counts of it, what is to be found, and whether the plan finds it."""
    posed = planned.posed
    number, already = posed.numbers[posed.area], posed.already[posed.area]
    yield text(
        "{area} is asked {number} places, {minors} of them for minors. {already} count already, "
        "{already_minors} of them for minors, so {find} are to be found in all, and {find_minors} "
        "for minors ({article}).",
        area=name_of(planned, posed.area),
        number=number.whole,
        minors=number.minors,
        already=already.whole,
        already_minors=already.minors,
        find=posed.to_find.whole,
        find_minors=posed.to_find.minors,
        article=planned.rule.deduction_article,
    )
    found = planned.planned_in(posed.area)
    yield counted(
        len(planned.plan.opened),
        "The plan opens {number} location of {candidates}, with {places} places that count, "
        "{minors} of them for minors.",
        "The plan opens {number} locations of {candidates}, with {places} places that count, "
        "{minors} of them for minors.",
        candidates=len(posed.problem.sites),
        places=found.whole,
        minors=found.minors,
    )
    yield from _met(planned)


def _met(planned: Planned) -> Iterator[Text]:
    stages = {stage.aim: stage for stage in planned.plan.stages if stage.part is None}
    places, minors = stages[Aim.PLACES].value, stages[Aim.MINORS].value
    if not places and not minors:
        yield text("With that the province's number is met, that of minors included.")
    elif places:
        yield counted(
            places,
            "The province stays {number} place short in all, and {minors} for minors.",
            "The province stays {number} places short in all, and {minors} for minors.",
            minors=minors,
        )
    else:
        yield counted(
            minors,
            "The province's number is met, and {number} place for minors is short.",
            "The province's number is met, and {number} places for minors are short.",
        )


def certainty(planned: Planned, lang: str) -> Iterator[Text]:
    """How far it is proven that no plan is better."""
    plan = planned.plan
    if plan.proven:
        yield text(
            "Proven: in the order below no plan does better, and of those that do as well this is "
            "the first by the names of locations."
        )
        return
    if plan.stopped is Stopped.TIME:
        yield text("The time was over: this is the best plan found, not proven to be the best.")
    elif plan.stopped is Stopped.ASKED:
        yield text("Stopped on request: this is the best plan found, not proven to be the best.")
    first = next((stage for stage in plan.stages if not stage.proven), None)
    if first is None:
        yield text("Another plan may do as well: that this one comes first is not proven.")
    elif first.gap is None:
        yield text("How much better a plan may be is not known.")
    else:
        yield text(
            "Proven within {part}%: {aim}. Of the aims after it nothing is claimed.",
            part=decimals(first.gap * 100, 1, lang),
            aim=aim(first),
        )


def aim(stage: Stage) -> Text:
    """What a stage keeps as small as it can."""
    match stage.aim:
        case Aim.PLACES:
            return text("places short")
        case Aim.MINORS:
            return text("places for minors short")
        case Aim.BEYOND:
            return text(
                "places more than {part}% away from a municipality's number",
                part=100 * (stage.part or Fraction(0)),
            )
        case Aim.APART:
            return text("places above or below the municipalities' numbers")
        case Aim.SITES:
            return text("new locations")
        case Aim.COST:
            return text("euros, as far as costs are known")
        case Aim.NAMES:
            return text("the order of names")


def not_counted(planned: Planned) -> Iterator[Text]:
    """What is there and does not count, what is left out, and who shelters below the law's size."""
    for each in planned.posed.not_counted:
        yield each.says
    for each in planned.posed.left_out:
        yield text("Left out: {reason}", reason=each.says)
    for code in planned.codes:
        number = planned.uncounted_in(code)
        if number:
            yield counted(
                number,
                "{area} has {number} place in locations too small to count; it shelters somebody "
                "all the same.",
                "{area} has {number} places in locations too small to count; they shelter people "
                "all the same.",
                area=name_of(planned, code),
            )


def there(planned: Planned) -> Iterator[Text]:
    """What counts already, and the candidates that the plan leaves closed."""
    if planned.posed.counted:
        yield text(
            "Counts already: {locations}.",
            locations=series(
                [
                    text("{title} ({number})", title=each.title, number=each.largest)
                    for each in planned.posed.counted
                ],
                NAMED,
            ),
        )
    titles = {location.name: location.title for location in planned.asked.locations}
    closed = [
        titles[site.name]
        for site in planned.posed.problem.sites
        if not planned.plan.sizes[site.name]
    ]
    if closed:
        yield text("Not opened: {locations}.", locations=series(list(closed), NAMED))


def pledges(planned: Planned) -> Iterator[Text]:
    """What was promised or capped, and what the plan has there."""
    for each in planned.asked.pledges:
        carried = planned.carried(each.area)
        number = carried.minors if each.stream == planned.rule.minors else carried.whole
        if each.at_least is not None:
            yield text(
                "{name}: at least {least} in {area}; the plan has {number}.",
                name=each.name,
                least=each.at_least,
                area=name_of(planned, each.area),
                number=number,
            )
        if each.at_most is not None:
            yield text(
                "{name}: at most {most} in {area}; the plan has {number}.",
                name=each.name,
                most=each.at_most,
                area=name_of(planned, each.area),
                number=number,
            )


def agreements(planned: Planned) -> Iterator[Text]:
    """Who carries out whose task."""
    for each in planned.posed.moved:
        yield text(
            "{carrier} carries out {number} places of {of}, {minors} of them for minors ({name}).",
            carrier=name_of(planned, each.agreement.carrier),
            of=name_of(planned, each.agreement.of),
            number=each.places.whole,
            minors=each.places.minors,
            name=each.agreement.name,
        )


def swaps(planned: Planned) -> Iterator[Text]:
    """Who hands over to whom, per part."""
    streams = planned.distribution.instance.streams
    for part, exchange in planned.swaps.items():
        title: Value = streams.named(part).title if part in streams.names else part
        for line in exchange.lines:
            yield text(
                "{title}: {giver} hands over {number} to {taker}{way}.",
                title=title,
                giver=name_of(planned, line.giver),
                taker=name_of(planned, line.taker),
                number=line.number,
                way=_way(planned, line.path),
            )


def _way(planned: Planned, path: tuple[str, ...]) -> Value:
    """Over which municipalities, where they are no neighbours."""
    if len(path) == 2:
        return ""
    if not path:
        return text(" (no border leads there)")
    return text(" (over {areas})", areas=series([name_of(planned, code) for code in path[1:-1]]))


def rest(planned: Planned) -> Iterator[Text]:
    """What the minister would spread over those that did not meet their number."""
    task = planned.rest
    whole = planned.rule.whole
    if not task.rests[whole]:
        yield text("Nothing remains for the minister to spread.")
        return
    shares = [
        text(
            "{area} {number} (lacks {lacks})",
            area=name_of(planned, code),
            number=task.shares[code, whole],
            lacks=task.lacks[code, whole],
        )
        for code in planned.codes
        if task.shares[code, whole] or task.lacks[code, whole]
    ]
    yield counted(
        task.rests[whole],
        "{number} place remains. Spread by the same key over those that did not meet theirs: "
        "{shares}.",
        "{number} places remain. Spread by the same key over those that did not meet theirs: "
        "{shares}.",
        shares=series(shares, NAMED),
    )


def grants(planned: Planned, lang: str) -> Iterator[Text]:
    """For how many places a grant follows, and in which proportion."""
    found = planned.grant
    if not found.places:
        yield text(
            "No grant: the province carries {carried} places, not above {bound} ({article}).",
            carried=found.carried,
            bound=decimals(found.bound, 2, lang),
            article=planned.rule.grant_article,
        )
        return
    yield counted(
        found.places,
        "A grant follows for {number} place above {bound} ({article}). How it is divided between "
        "the province and municipalities is not known here.",
        "A grant follows for {number} places above {bound} ({article}). How it is divided between "
        "the province and municipalities is not known here.",
        bound=decimals(found.bound, 2, lang),
        article=planned.rule.grant_article,
    )
    parts = [
        text(
            "{area} {part}%",
            area=name_of(planned, code),
            part=decimals(part * 100, 1, lang),
        )
        for code, part in found.proportions.items()
    ]
    if parts:
        yield text(
            "Of the municipalities' part, in proportion to places, among those that met their "
            "number and that of minors: {parts}.",
            parts=series(parts, NAMED),
        )
    else:
        yield text("No municipality has met its number, so none has a part in it.")
