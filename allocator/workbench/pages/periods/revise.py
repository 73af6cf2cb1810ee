"""Another national number for the same half-year: who gets more, who gets fewer, and how many.

The numbers are those of `allocator revise`, reckoned from the original table by its own rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from allocator.asking.revising import revision_of
from allocator.asking.totals import read_totals
from allocator.model.problem import InputError
from allocator.model.streams import Stream
from allocator.periods.revision import Revision
from allocator.reading.country.cartogram import layout_of, layout_or_none
from allocator.report.paper import set_paper
from allocator.report.paper.paper import Section
from allocator.report.periods import revised
from allocator.report.periods.paper import map_of_revision, revised_paper
from allocator.report.pictures.svg import Picture
from allocator.words.text import Text, change, text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.pages.asking import (
    Field,
    elsewhere,
    rounding_field,
    shown_field,
    spoken,
    total_fields,
    with_problems,
)
from allocator.workbench.pages.taken import KINDS, attached, drawing, has_map
from allocator.workbench.render import page

#: The page's part of an address.
HERE = "herzien"

#: What may be taken along.
FORMS = tuple(form for form in KINDS if form != "json")


def view(scenario: Scenario, request: Request) -> Response:
    """The page."""
    own = of_totals(scenario)
    try:
        found = revision_found(own)
    except InputError as error:
        return _without(scenario, 422, error)
    if found is None:
        return _without(scenario, 200)
    instance = found.revised.instance
    stream = _stream(scenario, found)
    paper = revised_paper(found, scenario.lang)
    return page(
        "revise.html",
        scenario.lang,
        here=HERE,
        scenario=scenario,
        fields=_fields(scenario),
        told=[],
        instance=instance,
        found=found,
        summary=[
            *_direction(found, stream),
            *revised.summary(found, stream),
            *_most(found, stream),
        ],
        caution_list=paper.cautions,
        section=_section(paper.sections, found, stream),
        map_address=own.address(HERE, "kaart") if has_map(instance.country) else "",
        about=paper.sections[-1],
        files=[(form, own.address(HERE, form)) for form in FORMS],
        command=own.command("revise"),
        link=_to_areas(own, found),
    )


def _without(scenario: Scenario, status: int, error: InputError | None = None) -> Response:
    """The page where there is no revision: another number has to be typed, or mended, first."""
    form = _fields(scenario, error)
    told = [spoken(each, scenario.lang) for each in elsewhere(form, error)] if error else []
    return page(
        "revise.html",
        scenario.lang,
        status=status,
        here=HERE,
        scenario=scenario,
        fields=form,
        told=told,
        instance=asked.instance_of(scenario.instance),
        found=None,
        wrong=error is not None,
    )


def of_totals(scenario: Scenario) -> Scenario:
    """What of the scenario a revision knows: other totals, rounding, and which stream is shown."""
    return Scenario(
        scenario.instance,
        scenario.lang,
        rounding=scenario.rounding,
        stream=scenario.stream,
        totals=scenario.totals,
    )


def revision_found(scenario: Scenario) -> Revision | None:
    """The revision; none where no other number is given and the instance replaces none."""
    if not scenario.totals and not asked.instance_of(scenario.instance).revision_of:
        return None
    totals = scenario.typed_totals
    return _revised(scenario.instance, totals, scenario.rounding or None)


@lru_cache(maxsize=24)
def _revised(instance: str, totals: tuple[str, ...], rounding: str | None) -> Revision:
    return revision_of(instance, read_totals(totals), rounding)


def _fields(scenario: Scenario, error: InputError | None = None) -> list[Field]:
    instance = asked.instance_of(scenario.instance)
    found = [*total_fields(scenario, instance), rounding_field(scenario, instance)]
    if len(instance.streams.given) > 1:
        found.append(shown_field(scenario, instance))
    return with_problems(found, error)


def _stream(scenario: Scenario, found: Revision) -> Stream:
    """The stream that is shown: the one that was asked, or the first."""
    given = found.revised.instance.streams.given
    return next((each for each in given if each.name == scenario.stream), given[0])


def _direction(found: Revision, stream: Stream) -> Iterator[Text]:
    """What a revision promises, as these numbers keep it."""
    changes = _changes(found, stream).values()
    more, fewer = any(n > 0 for n in changes), any(n < 0 for n in changes)
    if fewer and not more:
        yield text("Nobody gets more {stream}: the number falls.", stream=stream.title)
    elif more and not fewer:
        yield text("Nobody gets fewer {stream}: the number rises.", stream=stream.title)
    elif not more:
        yield text("Everybody keeps the same number of {stream}.", stream=stream.title)


def _most(found: Revision, stream: Stream) -> Iterator[Text]:
    """Whose number changes most; of equals the first by code."""
    changes = _changes(found, stream)
    code = min(changes, key=lambda code: (-abs(changes[code]), code))
    if changes[code]:
        yield text(
            "It changes most in {area}: {change}.",
            area=found.revised.instance.division.by_code[code].name,
            change=change(changes[code]),
        )


def _changes(found: Revision, stream: Stream) -> dict[str, int]:
    old, new = found.previous.numbers, found.revised.numbers
    codes = [leaf.code for leaf in found.revised.instance.division.leaves]
    return {code: new[code, stream.name] - old[code, stream.name] for code in codes}


def _section(sections: tuple[Section, ...], found: Revision, stream: Stream) -> Section:
    """The part of the report about this stream: the parts follow the streams."""
    return sections[found.original.instance.streams.all.index(stream)]


def _to_areas(scenario: Scenario, found: Revision) -> Callable[[str], str]:
    """Where the new numbers are explained; nowhere if earlier ones kept them from their quota."""
    if asked.distribution_of(scenario).numbers == found.revised.numbers:
        return scenario.to_areas("gemeente")
    return lambda code: ""


def picture(scenario: Scenario, request: Request) -> Response:
    """The map of what differs, apart from the page so that the numbers need not wait for it."""
    return drawing(of_totals(scenario), _map)


def _map(scenario: Scenario) -> Picture | None:
    found = revision_found(scenario)
    if found is None:
        return None
    stream = _stream(scenario, found)
    where = layout_of(found.revised.instance.country, found.revised.instance.division)
    return map_of_revision(found, stream, scenario.lang, where)


def file(scenario: Scenario, request: Request) -> Response:
    """The same numbers as a file."""
    form = request.path_params["form"]
    if form not in FORMS:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    try:
        found = revision_found(of_totals(scenario))
    except InputError as error:
        return _without(scenario, 422, error)
    if found is None:
        return _without(scenario, 422)
    if form == "csv":
        content = revised.as_csv(found).encode()
    else:
        where = layout_or_none(found.revised.instance)
        content = set_paper(revised_paper(found, scenario.lang, where), form, scenario.lang)
    return attached(content, form, f"{scenario.instance.replace('/', '-')}-{HERE}")
