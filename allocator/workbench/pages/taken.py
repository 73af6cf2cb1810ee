"""What a page offers to take along: files of several forms, and whether there is a map."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from allocator.model.problem import InputError
from allocator.reading.country.tables import CARTOGRAM, tables_folder
from allocator.report.pictures.svg import Picture
from allocator.workbench.address import Scenario
from allocator.workbench.pages.asking import spoken
from allocator.workbench.render import page

#: What each form of a file is.
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
#: With those that only a plan has.
MEDIA = {**KINDS, "md": "text/markdown; charset=utf-8", "ledger.csv": KINDS["csv"]}


def attached(content: bytes, form: str, name: str) -> Response:
    """A file that the browser keeps under this name."""
    told = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=MEDIA[form], headers=told)


def drawing(scenario: Scenario, draw: Callable[[Scenario], Picture | None]) -> Response:
    """A picture of a scenario; what is wrong with the scenario in plain text."""
    try:
        drawn = draw(scenario)
    except InputError as error:
        told = "\n".join(spoken(problem, scenario.lang) for problem in error.problems)
        return Response(told, 422, media_type="text/plain; charset=utf-8")
    if drawn is None:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    return Response(drawn.svg, media_type="image/svg+xml")


def has_map(country: str) -> bool:
    """Whether the places of a country's areas are kept here."""
    return (tables_folder(country) / CARTOGRAM / "table.yaml").is_file()
