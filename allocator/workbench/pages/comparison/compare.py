"""Two to five keys side by side: which is more even, who gains most, and every number.

The tables, sentences and measures are those of the report of `allocator compare`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat

from starlette.requests import Request
from starlette.responses import Response

from allocator.asking.comparing import Typed, compared
from allocator.comparison.fairness import CORRELATION, MEASURES, Fairness
from allocator.comparison.side_by_side import Alternative, Comparison
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.streams import Stream
from allocator.reading.country.cartogram import layout_of, layout_or_none
from allocator.reading.rules import YAML
from allocator.report.comparison import as_csv, as_json
from allocator.report.comparison.evenness import known_of, measured
from allocator.report.comparison.keys import cautions_of, drifts, legend, lettered, streams_of
from allocator.report.comparison.paper import paper_of
from allocator.report.comparison.pictures import curves_of, difference_of, looked_at
from allocator.report.comparison.screen import figures, inside, moved
from allocator.report.comparison.tables import shown, side_by_side, tables_of
from allocator.report.distribution.screen import rule_line
from allocator.report.paper import set_paper
from allocator.report.paper.paper import Cell, Column, Table
from allocator.report.pictures.svg import Picture
from allocator.words.text import Text, text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.pages.asking import SUGGESTED, spoken
from allocator.workbench.pages.comparison.compare_form import MOST, form_of
from allocator.workbench.pages.comparison.verdict import gains, verdict
from allocator.workbench.pages.taken import KINDS, attached, drawing, has_map
from allocator.workbench.render import page

#: The page's part of an address.
HERE = "vergelijken"


@dataclass(frozen=True)
class Measured:
    """One measure of how even the keys are."""

    column: Column  # its title and how it is written
    values: tuple[Cell, ...]  # per key
    says: Text  # what it means


def view(scenario: Scenario, request: Request) -> Response:
    """The page."""
    try:
        found = comparison_of(scenario)
    except InputError as error:
        return _refused(scenario, error)
    stream = _stream(scenario, found)
    known = known_of(found, stream)
    other = _other(scenario, found)
    instance = found.reference.distribution.instance
    return page(
        "compare.html",
        scenario.lang,
        here=HERE,
        scenario=scenario,
        fields=form_of(scenario, keys_of(scenario)),
        told=[],
        instance=instance,
        found=found,
        stream=stream,
        summary=[*verdict(found, known, scenario.lang), *gains(found, stream), *inside(found)],
        legend=list(legend(found)),
        suggested=list(_suggested(scenario)),
        caution_list=cautions_of(found),
        letters=[letter for letter, _ in lettered(found)],
        measures=list(_measures(found, stream, known)),
        curves_address=scenario.address(HERE, "lorenz"),
        map_of=other[0] if other and has_map(instance.country) else "",
        map_address=scenario.address(HERE, "kaart"),
        maps=[
            (letter, scenario.with_(beside=letter).address(HERE))
            for letter, _ in lettered(found)[1:]
        ],
        moved=list(_moved(found, stream, scenario.lang)),
        numbers=_numbers(found, stream),
        notes=[*figures(found), *drifts(found), *instance.notes, *instance.rule.gaps],
        footer=[rule_line(instance)],
        files=[(form, scenario.address(HERE, form)) for form in KINDS],
        command=command(scenario),
        link=_to_areas(scenario),
    )


def _refused(scenario: Scenario, error: InputError) -> Response:
    """What is wrong, each thing at its field."""
    keys = _readable_keys(scenario)[:MOST]
    alone = [_problems_of(scenario, key) for key in keys]
    form = form_of(scenario, keys, alone, error)
    placed = [problem for each in form for problem in each.problems]
    return page(
        "compare.html",
        scenario.lang,
        status=422,
        here=HERE,
        scenario=scenario,
        fields=form,
        told=[spoken(each, scenario.lang) for each in error.problems if each not in placed],
        instance=asked.instance_of(scenario.instance),
        found=None,
    )


def _problems_of(scenario: Scenario, key: str) -> tuple[Problem, ...]:
    """What is wrong with one key by itself."""
    try:
        comparison_of(Scenario(scenario.instance, rule=scenario.rule, keys=(key,)))
    except InputError as error:
        return tuple(each for each in error.problems if each.place.file == "--key")
    return ()


def keys_of(scenario: Scenario) -> tuple[str, ...]:
    """The keys beside that of the rule: the one that was asked on another page comes first."""
    own = asked.key_of(scenario)
    return tuple(dict.fromkeys((*([own] if own else []), *scenario.keys)))


def _readable_keys(scenario: Scenario) -> tuple[str, ...]:
    try:
        return keys_of(scenario)
    except InputError:  # how much a figure counts was typed wrongly on another page
        return scenario.keys


def comparison_of(scenario: Scenario) -> Comparison:
    """What the scenario compares."""
    keys = keys_of(scenario)
    _refuse(keys)
    typed = Typed(
        keys=keys,
        rule=scenario.rule or None,
        totals=scenario.typed_totals,
        inside=scenario.inside or None,
        keep=scenario.keep or None,
        per=None,
        missing=scenario.missing or None,
        rounding=scenario.rounding or None,
        method=scenario.method or None,
        ties=None,
        fixed=(),
    )
    return _compared(scenario.instance, typed)


@lru_cache(maxsize=24)
def _compared(instance: str, typed: Typed) -> Comparison:
    return compared(instance, typed)


def _refuse(keys: tuple[str, ...]) -> None:
    """What the command line may be asked and a page may not: files, and any number of keys."""
    problems = Problems()
    for written in keys:
        if written.endswith(YAML):
            problems.add(
                Place("--key"),
                text("{name} is a file, and no file is read from an address.", name=f"'{written}'"),
                text("Type a formula, or name a rule that comes with the program."),
            )
    if len(keys) > MOST:
        problems.add(
            Place("--key"),
            text("{number} keys are too many to read side by side.", number=len(keys) + 1),
            text("Compare at most {number}, that of the rule included.", number=MOST + 1),
        )
    problems.raise_any()


def command(scenario: Scenario) -> str:
    """The command line that gives the same."""
    words = [word for key in keys_of(scenario) for word in ("--key", key)]
    if scenario.inside:
        words += ["--inside", scenario.inside]
    return scenario.with_(key="", factors={}).command("compare", *words)


def _stream(scenario: Scenario, found: Comparison) -> Stream:
    """The stream that is shown: the one that was asked, or the first."""
    several = streams_of(found)
    return next((each for each in several if each.name == scenario.stream), several[0])


def _other(scenario: Scenario, found: Comparison) -> tuple[str, Alternative] | None:
    """The key that the map sets beside the first, with its letter."""
    several = lettered(found)[1:]
    asked_for = [each for each in several if each[0] == scenario.beside]
    return next(iter((*asked_for, *several)), None)


def _suggested(scenario: Scenario) -> Iterator[tuple[str, Text]]:
    """Keys that can be set beside these with one click."""
    keys = keys_of(scenario)
    formulas = [key.rpartition("=")[2].strip() for key in keys]
    for key, said in SUGGESTED if len(keys) < MOST else ():
        if key not in formulas and asked.has_figures(scenario.instance, key):
            yield scenario.with_(key="", factors={}, keys=(*keys, key)).address(HERE), said


def _measures(found: Comparison, stream: Stream, known: dict[str, Fairness]) -> Iterator[Measured]:
    """How even the keys are, with what each measure means; nothing without inhabitants."""
    if found.per is None:
        return
    several = measured(found, stream, known)
    meanings = chain((measure.says for measure in MEASURES), repeat(CORRELATION.says))
    for (column, values), says in zip(several, meanings, strict=False):
        yield Measured(column, tuple(values), says)


def _moved(found: Comparison, stream: Stream, lang: str) -> Iterator[list[Text]]:
    """What each key moves, in some sentences."""
    for letter, other in lettered(found)[1:]:
        yield list(moved(found, letter, other, stream, lang))


def _numbers(found: Comparison, stream: Stream) -> Table:
    """The table of the report: every area under every key, a province as deep as elsewhere."""
    also = found.reference.distribution.instance.division.also
    deeper = 1 if looked_at(found) else 0
    rows = [(depth + deeper, area) for depth, area in shown(found, everybody=True)]
    rows += [(1 + deeper, area) for area in found.areas if area.level in also]
    return side_by_side(stream.title, list(tables_of(found, stream, rows)))


def _to_areas(scenario: Scenario) -> object:
    """Where an area's number under the rule is explained; nowhere for a region of one's own."""
    plain = scenario.with_(key="", keep="", factors={}, keys=(), inside="", beside="")
    to, known = plain.to_areas("gemeente"), asked.instance_of(scenario.instance).division.by_code
    return lambda code: to(code) if code in known else ""


def picture(scenario: Scenario, request: Request) -> Response:
    """The map of what differs, apart from the page so that the numbers need not wait for it."""
    return drawing(scenario, _map)


def curves(scenario: Scenario, request: Request) -> Response:
    """The Lorenz curves of all keys."""
    return drawing(scenario, _lorenz)


def _map(scenario: Scenario) -> Picture | None:
    found = comparison_of(scenario)
    other = _other(scenario, found)
    if other is None:
        return None
    instance = found.reference.distribution.instance
    where = layout_of(instance.country, instance.division)
    return difference_of(found, other, _stream(scenario, found).name, scenario.lang, where)


def _lorenz(scenario: Scenario) -> Picture | None:
    found = comparison_of(scenario)
    return curves_of(found, _stream(scenario, found).name, scenario.lang)


def file(scenario: Scenario, request: Request) -> Response:
    """The same numbers as a file."""
    form = request.path_params["form"]
    if form not in KINDS:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    try:
        found = comparison_of(scenario)
    except InputError as error:
        return _refused(scenario, error)
    if form == "csv":
        content = as_csv(found).encode()
    elif form == "json":
        content = as_json(found, None).encode()
    else:
        where = layout_or_none(found.reference.distribution.instance)
        content = set_paper(paper_of(found, None, scenario.lang, where), form, scenario.lang)
    return attached(content, form, f"{scenario.instance.replace('/', '-')}-{HERE}")
