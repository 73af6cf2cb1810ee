"""Where a reader begins: the errands that people come with, and all instances."""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from allocator.reading.instances.folders import instance_names
from allocator.reading.instances.opened import header
from allocator.words.text import LocalText, Text, text
from allocator.workbench.address import Scenario
from allocator.workbench.render import page

#: Countries of the book, in the order in which readers look for them.
COUNTRIES = {
    "nl": text("Netherlands"),
    "de": text("Germany"),
    "be": text("Belgium"),
    "at": text("Austria"),
    "dk": text("Denmark"),
    "eu": text("European Union"),
    "uk": text("United Kingdom"),
}

#: The instance that errands begin with.
FIRST = "nl/reception-2024"
PROVINCE_PLAN = "nl/plan-example-zeeland"


@cache
def titles() -> tuple[tuple[str, LocalText], ...]:
    """Every instance with its title, read once."""
    return tuple((name, header(name).title.local()) for name in instance_names())


def view(request: Request, status: int = 200, problem: Text | None = None) -> Response:
    """The start page, perhaps with what is wrong with a file that was opened."""
    lang = "en" if request.query_params.get("lang") == "en" else "nl"
    first = Scenario(FIRST, lang)
    errands = (
        (
            first.address("verdeling"),
            text("What does my municipality get, and why?"),
            text("The distribution by the law, and the explanation of every number."),
        ),
        (
            first.with_(factors={"ses_woa": "50"}).address("verdeling"),
            text("What if the score counts half?"),
            text("Another key, other totals, another rounding: who gets more, who fewer."),
        ),
        (
            first.with_(keys=("population",), inside="PV25").address("vergelijken"),
            text("Which of two keys is more even?"),
            text("Up to five keys side by side, with measures of fairness."),
        ),
        (
            first.address("controle"),
            text("Does a published table follow the law?"),
            text("Upload a table: row by row beside what the rule gives."),
        ),
        (
            Scenario(PROVINCE_PLAN, lang).address("plan"),
            text("Which locations meet our number?"),
            text("A province's plan, proven to be the best, and what if one falls out."),
        ),
        (
            Scenario("nl/balances-2021-h2-example", lang).address("voortgang"),
            text("How far are we this half-year?"),
            text("Progress against the norm, with balances from before."),
        ),
    )
    groups = [
        (title, [(Scenario(n, lang), said) for n, said in titles() if n.startswith(f"{country}/")])
        for country, title in COUNTRIES.items()
    ]
    return page(
        "start.html", lang, status, problem=problem, scenario=None, errands=errands, groups=groups
    )
