"""How far provinces and municipalities are within a half-year, against the norm of a month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from allocator.asking.half_years import account_of, month_asked, read_bounds, realised_known
from allocator.model.half_year import MONTHS, HalfYear
from allocator.model.problem import InputError, Place, Problem
from allocator.model.streams import Stream
from allocator.periods.account import Account
from allocator.periods.progress import Standings, State, last_month, standings
from allocator.reading.instances.opened import header
from allocator.report.paper import set_paper
from allocator.report.paper.paper import Cell, Section, Table
from allocator.report.periods.paper import status_paper
from allocator.report.periods.status import STATES, as_csv
from allocator.words.numbers import month_name
from allocator.words.say import say
from allocator.words.text import LocalText, Text, text
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.brought import as_path, with_lines
from allocator.workbench.pages.asking import Choice, Field, spoken, with_problems
from allocator.workbench.pages.bringing import GONE, within_upload
from allocator.workbench.pages.bringing import WORDS as BRINGING
from allocator.workbench.pages.start import titles
from allocator.workbench.pages.taken import KINDS, attached
from allocator.workbench.render import page
from allocator.workbench.uploads import UPLOADS, Upload

#: The page's part of an address.
HERE = "voortgang"
#: What may be taken along.
FORMS = tuple(form for form in KINDS if form != "json")
MONTHS_WRITTEN = tuple(str(month) for month in range(1, MONTHS + 1))

#: The sign of each state, so that it is not told by its place or colour alone.
SIGNS = {State.ON_SCHEDULE: "✓", State.SLIGHTLY_BEHIND: "~", State.BEHIND: "✗"}

WORDS = {
    **BRINGING,
    "bring": text("Bring what was realised"),
    "file": text("File with what was realised"),
    "columns": text(
        "A line per municipality, with the columns code, number and, where months are known, month "
        "(1 to 6)."
    ),
    "check": text("Show the progress"),
    "known": text("Half-years of which it is known"),
    "provinces": text("The country and its larger areas"),
}


#: So many lines a file may have for each area: months, streams and kinds of what was realised.
LINES_PER_AREA = 30

NO_HALF_YEAR = text("Progress is kept per half-year, and this distribution is of no half-year.")
BRING_IT = text("Bring a file with it here.")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the smallest areas are in a state."""

    sign: str
    state: Text
    number: int


def view(scenario: Scenario, request: Request) -> Response:
    """The page: with what a reader brought where the address has its number."""
    number = request.path_params.get("number", "")
    upload = UPLOADS.of(number) if number else None
    if number and upload is None:
        return _page(scenario, 404, told=[say(GONE, scenario.lang)])
    if asked.instance_of(scenario.instance).half_year is None:
        return _page(scenario, 200, told=[say(NO_HALF_YEAR, scenario.lang)])
    try:
        account = _account(scenario.instance, upload)
        half = realised_known(account)
    except InputError as error:
        told = [_mended(each, scenario.lang) for each in with_lines(error).problems]
        return _page(scenario, 422 if upload else 200, told=told)
    form = fields(scenario, account, half)
    try:
        now = _standings(scenario, account)
    except InputError as error:
        return _page(scenario, 422, number, fields=with_problems(form, error))
    paper = status_paper(now, half, scenario.lang)
    return _page(
        scenario,
        200,
        number,
        fields=form,
        paper=replace(paper, sections=tuple(_on_page(each) for each in paper.sections)),
        counts=[
            (stream.title, _counts(now, stream)) for stream in now.account.instance.streams.given
        ],
        files=[
            (form, scenario.address(HERE, *within_upload(number), "bestand", form))
            for form in FORMS
        ],
        command=command_of(scenario, upload),
        link=Scenario(scenario.instance, scenario.lang).to_areas("gemeente"),
    )


def _mended(problem: Problem, lang: str) -> str:
    """A problem in one line; where the command line wants a file, it is brought here."""
    if "--realised" not in problem.mend.sentence:
        return spoken(problem, lang)
    return f"{say(problem.found, lang)} {say(BRING_IT, lang)}"


def _account(name: str, upload: Upload | None) -> Account:
    if upload is None:
        return _own_account(name)
    areas = len(asked.instance_of(name).division.areas)
    with as_path(upload, LINES_PER_AREA * areas) as path:
        return account_of(name, realised=path)


@lru_cache(maxsize=16)
def _own_account(name: str) -> Account:
    return account_of(name)


def _standings(scenario: Scenario, account: Account) -> Standings:
    """Where everybody stands at the month that is asked for, by the bounds that are asked for."""
    bounds = read_bounds(scenario.bounds) if scenario.bounds else account.instance.rule.progress
    return standings(account, month_asked(account, _month(scenario)), bounds)


def _month(scenario: Scenario) -> int | None:
    if not scenario.month:
        return None
    if scenario.month in MONTHS_WRITTEN:
        return int(scenario.month)
    raise InputError(
        Problem(
            Place("--month"),
            text("{written} is no month of a half-year.", written=f"'{scenario.month}'"),
            text("Choose one from 1 to 6."),
        )
    )


def fields(scenario: Scenario, account: Account, half: HalfYear) -> list[Field]:
    """Of which month, and what counts as behind."""
    last, known = last_month(account), account.instance.balances.realised
    assert last is not None, "asked when something is known"
    months = range(1, last + 1) if all(row.month for row in known) else (last,)
    several = [
        Choice(
            "" if month == last else str(month),
            text(
                "{number}: {month}",
                number=month,
                month=month_name(half.day.month + month - 1, scenario.lang),
            ),
            scenario.month in (str(month), "" if month == last else str(month)),
        )
        for month in reversed(months)
    ]
    rule = account.instance.rule.progress
    own = ",".join(say(bound * 100, "en") for bound in (rule.on_schedule, rule.slightly_behind))
    return [
        Field("month", text("At the end of month"), scenario.month, choices=tuple(several)),
        Field(
            "bounds",
            text("On schedule, and slightly behind, from so many percent of the norm"),
            scenario.bounds or own,
            text("Two percentages, the larger first, such as 100,90."),
            own=own,
        ),
    ]


def _counts(now: Standings, stream: Stream) -> list[Count]:
    counts = now.counts(stream.name)
    return [Count(SIGNS[state], STATES[state], counts[state]) for state in State]


def _on_page(section: Section) -> Section:
    """The section with a sign at each state, and its larger areas before all others."""
    tables = tuple(_signed(table) for table in section.tables)
    larger = [_larger(table) for table in tables if any(row.depth > 1 for row in table.rows)]
    return replace(section, tables=(*tables[:-1], *larger, *tables[-1:]))


def _larger(table: Table) -> Table:
    rows = tuple(row for row in table.rows if row.depth < 2)
    return replace(table, title=WORDS["provinces"], rows=rows)


def _signed(table: Table) -> Table:
    signs = {said.sentence: SIGNS[state] for state, said in STATES.items()}

    def cell(value: Cell) -> Cell:
        sign = signs.get(value.sentence) if isinstance(value, Text) else None
        return text("{sign} {state}", sign=sign, state=value) if sign and value else value

    rows = [replace(row, cells=tuple(cell(each) for each in row.cells)) for row in table.rows]
    return replace(table, rows=tuple(rows))


def command_of(scenario: Scenario, upload: Upload | None) -> str:
    """The command line that gives the same.

    >>> command_of(Scenario("nl/housing-2024-h1", month="3"), None)
    'allocator status nl/housing-2024-h1 --month 3 --lang nl'
    """
    options = {
        "--realised": upload.name if upload else "",
        "--month": scenario.month,
        "--bounds": scenario.bounds,
    }
    words = [word for pair in options.items() if pair[1] for word in pair]
    return Scenario(scenario.instance, scenario.lang).command("status", *words)


def file(scenario: Scenario, request: Request) -> Response:
    """The same as a file."""
    form, number = request.path_params["form"], request.path_params.get("number", "")
    if form not in FORMS:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    upload = UPLOADS.of(number) if number else None
    if number and upload is None:
        return view(scenario, request)
    try:
        account = _account(scenario.instance, upload)
        half, now = realised_known(account), _standings(scenario, account)
    except InputError:
        return view(scenario, request)
    if form == "csv":
        content = as_csv(now).encode()
    else:
        content = set_paper(status_paper(now, half, scenario.lang), form, scenario.lang)
    return attached(content, form, f"{HERE}-{scenario.instance.replace('/', '-')}")


def refused(scenario: Scenario, why: Text) -> Response:
    """The page with what is wrong at the field of the file."""
    if asked.instance_of(scenario.instance).half_year is None:
        return _page(scenario, 422, told=[say(NO_HALF_YEAR, scenario.lang)])
    return _page(scenario, 422, wrong=say(why, scenario.lang))


def _known(lang: str) -> Iterator[tuple[str, LocalText]]:
    """The half-years of which it is known what was realised."""
    for name, title in titles():
        if header(name).realised:
            yield Scenario(name, lang).address(HERE), title


def _page(scenario: Scenario, status: int, number: str = "", **found: object) -> Response:
    plain = Scenario(scenario.instance)
    lang = scenario.lang
    nothing: dict[str, object] = {"paper": None, "fields": [], "told": [], "wrong": ""}
    return page(
        "progress.html",
        lang,
        status,
        here=HERE,
        within=within_upload(number),
        scenario=scenario,
        instance=asked.instance_of(scenario.instance),
        action=plain.address(HERE, *within_upload(number)),
        bring=plain.address(HERE),
        known=[] if found.get("paper") else list(_known(lang)),
        says={name: say(sentence, lang) for name, sentence in WORDS.items()},
        **(nothing | found),
    )
