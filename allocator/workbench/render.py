"""Sets pages of the workbench: its templates with the parts that reports are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import HTMLResponse

from allocator.report.paper.page import WORDS, environment, speaking
from allocator.words.text import text

TEMPLATES = Path(__file__).parent / "templates"

#: The words of the frame around every page.
FRAME = {
    **WORDS,
    "start": text("Start"),
    "distribution": text("Distribution"),
    "compare": text("Compare keys"),
    "sweep": text("Many keys"),
    "revise": text("Revise"),
    "plan": text("Plan"),
    "audit": text("Check a table"),
    "progress": text("Progress"),
    "pages": text("Pages"),
    "change": text("Change the question"),
    "compute": text("Compute"),
    "as_it_is": text("As it is"),
    "take_along": text("Take along"),
    "same_command": text("The same on the command line"),
    "mend": text("Mend this first"),
    "add_key": text("Type a key beside that of the rule: then this shows which is more even."),
    "set_beside": text("Set beside it"),
    "how_even": text("How even the keys are per inhabitant"),
    "measure": text("Measure"),
    "curves": text("Lorenz curves"),
    "another_number": text("Type another national number: then this shows who falls and rises."),
    "working": text("Computing"),
    "map": text("Map"),
    "about": text("Where it comes from"),
    "near": text("How near to another number"),
    "elsewhere": text("Other years, other tasks"),
    "open_question": text("Open a question that was saved"),
    "question_file": text("File with the question"),
    "open": text("Open"),
    "save_question": text("Save this question"),
    "not_here": text("There is no such page here."),
    "all_instances": text("All cases"),
    "question": text("What would you like to know?"),
}


#: The pages of an instance that there are.
PAGES = ("verdeling", "vergelijken", "herzien", "voortgang", "controle", "plan", "doorrekening")
#: And those of which a question may be saved.
SAVED = (
    *("verdeling", "vergelijken", "herzien", "plan", "doorrekening", "voortgang"),
    "verzoenen",
)


def page(
    template: str,
    lang: str,
    status: int = 200,
    here: str = "",
    within: tuple[str, ...] = (),
    **values: Any,
) -> HTMLResponse:
    """A page in one language; `here` and `within` are its parts of an address."""
    found = environment(TEMPLATES).get_template(template)
    frame = speaking(lang, FRAME) | {"pages": PAGES, "saved": SAVED, "here": here, "within": within}
    return HTMLResponse(found.render(frame | values), status)
