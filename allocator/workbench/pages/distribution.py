"""The distribution: map, table, totals and drift, with the question beside it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from allocator.model.distribution import Distribution
from allocator.model.problem import InputError
from allocator.reading.country.cartogram import layout_of, layout_or_none
from allocator.report.cautions import cautions
from allocator.report.distribution import exact_json, tidy
from allocator.report.distribution.paper import numbers_of, paper_of
from allocator.report.distribution.screen import origins, rule_line, summary, together
from allocator.report.paper import set_paper
from allocator.report.pictures.maps.of import map_of
from allocator.report.pictures.svg import Picture
from allocator.words.text import Text, counted
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.pages.asking import elsewhere, fields, spoken
from allocator.workbench.pages.taken import KINDS, attached, drawing, has_map
from allocator.workbench.render import page

#: The page's part of an address.
HERE = "verdeling"


def view(scenario: Scenario, request: Request) -> Response:
    """The page."""
    try:
        found = asked.distribution_of(scenario)
    except InputError as error:
        form = fields(scenario, error)
        return page(
            "distribution.html",
            scenario.lang,
            status=422,
            here=HERE,
            scenario=scenario,
            fields=form,
            told=[spoken(problem, scenario.lang) for problem in elsewhere(form, error)],
            instance=asked.instance_of(scenario.instance),
            found=None,
        )
    rule = asked.by_the_rule(scenario)
    plain = Scenario(scenario.instance, totals=scenario.totals)
    as_it_is = asked.question_of(scenario) == asked.question_of(plain)
    before = None if as_it_is else rule
    return page(
        "distribution.html",
        scenario.lang,
        here=HERE,
        scenario=scenario,
        fields=fields(scenario),
        told=[],
        instance=found.instance,
        found=found,
        summary=[*([moved(rule, found)] if before else []), *summary(found), *together(found)],
        caution_list=list(cautions(found)),
        map_address=scenario.address("kaart") if has_map(found.instance.country) else "",
        numbers=numbers_of(found, before),
        footer=[*origins(found.instance), rule_line(found.instance)],
        notes=[*found.instance.notes, *found.instance.rule.gaps],
        files=[(form, scenario.address("bestand", form)) for form in KINDS],
        command=asked.spelled_out(scenario).command("run"),
        link=scenario.to_areas("gemeente"),
    )


def moved(before: Distribution, after: Distribution) -> Text:
    """How many get more and fewer than by the rule."""
    stream = after.instance.streams.all[0]
    leaves = [leaf.code for leaf in after.instance.division.leaves]
    changes = [after.number(c, stream.name) - before.number(c, stream.name) for c in leaves]
    more, fewer = sum(n for n in changes if n > 0), -sum(n for n in changes if n < 0)
    return counted(
        sum(1 for n in changes if n > 0),
        "Beside the rule: {number} area gets more {stream}, {losing} get fewer; {moved} move.",
        "Beside the rule: {number} areas get more {stream}, {losing} get fewer; {moved} move.",
        stream=stream.title,
        losing=sum(1 for n in changes if n < 0),
        moved=min(more, fewer),
    )


def picture(scenario: Scenario, request: Request) -> Response:
    """The map, apart from the page so that the numbers need not wait for it."""
    return drawing(scenario, _map)


def _map(scenario: Scenario) -> Picture:
    found = asked.distribution_of(scenario)
    streams = found.instance.streams
    stream = scenario.stream if scenario.stream in streams.names else streams.all[0].name
    where = layout_of(found.instance.country, found.instance.division)
    return map_of(found, stream, scenario.lang, where)


def file(scenario: Scenario, request: Request) -> Response:
    """The same numbers as a file."""
    form = request.path_params["form"]
    if form not in KINDS:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    try:
        found = asked.distribution_of(scenario)
    except InputError:
        return view(scenario, request)
    content: bytes
    if form == "csv":
        content = tidy.as_csv(found).encode()
    elif form == "json":
        content = exact_json.as_json(found).encode()
    else:
        where = layout_or_none(found.instance)
        content = set_paper(
            paper_of(found, asked.inputs_of(scenario), scenario.lang, where), form, scenario.lang
        )
    return attached(content, form, scenario.instance.replace("/", "-"))
