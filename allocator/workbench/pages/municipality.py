"""One area: what it gets, all streams together, why, and how near it is to another number."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from allocator.comparison.margins import margins
from allocator.model.areas import Area
from allocator.model.distribution import Distribution
from allocator.model.problem import InputError
from allocator.report.cautions import cautions
from allocator.report.comparison.margins import told
from allocator.report.distribution.explain import Explainer
from allocator.report.distribution.explain_screen import who
from allocator.report.paper.paper import Table
from allocator.words.text import Value
from allocator.workbench import asked
from allocator.workbench.address import Scenario
from allocator.workbench.elsewhere import history, other_tasks
from allocator.workbench.pages import distribution
from allocator.workbench.render import page


def view(scenario: Scenario, request: Request) -> Response:
    """The page."""
    try:
        found = asked.distribution_of(scenario)
    except InputError:
        return distribution.view(scenario, request)
    area = found.instance.division.by_code.get(request.path_params["code"])
    if area is None:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    return page(
        "municipality.html",
        scenario.lang,
        here="gemeente",
        within=(area.code,),
        scenario=scenario,
        instance=found.instance,
        area=area,
        who=who(area, found.instance, scenario.lang),
        explained=Explainer(found, scenario.lang).of(area),
        caution_list=list(cautions(found)),
        near=_near(found, area, scenario.lang),
        tables=_tables(found, area),
        link=lambda code: "",
        command=asked.spelled_out(scenario).command("explain", area.code),
    )


def _near(found: Distribution, area: Area, lang: str) -> list[Value]:
    """By how much a figure must change before the number does, where that is quick to tell.

    Where areas are rounded together each try divides the whole again, which takes seconds.
    """
    if found.proofs or area.level != found.instance.division.leaf_level:
        return []
    return list(told(found, margins(found, [area]), lang))


def _tables(found: Distribution, area: Area) -> list[Table]:
    """Its numbers over the years, and its other tasks."""
    several = (history(found.instance, area.code), other_tasks(found.instance, area.code))
    return [table for table in several if table]
