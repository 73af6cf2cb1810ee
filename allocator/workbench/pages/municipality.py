"""One area: what it gets, all streams together, why, and how near it is to another number."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from allocator.model.problem import InputError
from allocator.report.cautions import cautions
from allocator.report.distribution.explain import Explainer
from allocator.report.distribution.explain_screen import who
from allocator.workbench import asked
from allocator.workbench.address import Scenario
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
        above=list(found.instance.division.above(area)),
        explained=Explainer(found, scenario.lang).of(area),
        caution_list=list(cautions(found)),
        command=asked.spelled_out(scenario).command("explain", area.code),
    )
