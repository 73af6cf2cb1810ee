"""A published table beside what its rule gives: the instance's own, or one that is brought here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starlette.requests import Request
from starlette.responses import Response

from allocator.audit.published import Audit
from allocator.model.downloaded import Downloaded
from allocator.model.problem import InputError
from allocator.report.audits.audit import as_csv, as_json
from allocator.report.audits.paper import audit_paper
from allocator.report.paper import set_paper
from allocator.words.say import say
from allocator.words.text import LocalText, Text, counted, text
from allocator.workbench import asked
from allocator.workbench.address import READING, Scenario
from allocator.workbench.brought import audit_of, command_of, with_lines
from allocator.workbench.pages.asking import Field, spoken
from allocator.workbench.pages.audits.asking_of_table import elsewhere, fields, total_fields
from allocator.workbench.pages.bringing import GONE, within_upload
from allocator.workbench.pages.bringing import WORDS as BRINGING
from allocator.workbench.pages.start import titles
from allocator.workbench.pages.taken import KINDS, attached
from allocator.workbench.render import FRAME, page
from allocator.workbench.uploads import UPLOADS, Upload
from allocator.workbench.work.origins import HERE as ORIGIN
from allocator.workbench.work.reconciliations import HERE as RECONCILED
from allocator.workbench.work.reconciliations import TITLE as RECONCILE

#: The page's part of an address.
HERE = "controle"

WORDS = {
    **BRINGING,
    "bring": text("Check a table of your own"),
    "file": text("File with the table"),
    "of": text("Which distribution is it of?"),
    "check": text("Check this table"),
    "how_read": text("How the table is read"),
    "origin": text("Which key, years and rounding give this table?"),
    "origin_about": text("Hundreds of combinations are tried; that takes some seconds."),
    "reconcile": RECONCILE,
}


#: The fields that seldom matter stand behind a line that opens.
BEHIND = ("column", *READING)

NONE_YET = text("No published table of this distribution is known here. Bring one to check it.")


def view(scenario: Scenario, request: Request) -> Response:
    """The page: of a table that was brought where the address has its number."""
    number = request.path_params.get("number", "")
    upload = UPLOADS.of(number) if number else None
    if number and upload is None:
        return _page(scenario, 404, told=[say(GONE, scenario.lang)])
    if not upload and asked.instance_of(scenario.instance).published is None:
        return _page(scenario, 200, told=[say(NONE_YET, scenario.lang)])
    try:
        audit, how = audit_of(scenario, upload)
    except InputError as error:
        return _wrong(scenario, number, upload, with_lines(error))
    return _page(
        scenario,
        200,
        number,
        upload,
        _fields(scenario, upload, how),
        paper=audit_paper(audit, how),
        verdict=[verdict(audit), *doubts(how)],
        files=[
            (form, scenario.address(HERE, *within_upload(number), "bestand", form))
            for form in KINDS
        ],
        command=command_of(scenario, upload),
        origin=scenario.address(ORIGIN, *within_upload(number)),
        reconcile="" if upload else scenario.address(RECONCILED),
        link=scenario.with_(reading={}).to_areas("gemeente"),
    )


def _wrong(scenario: Scenario, number: str, upload: Upload | None, error: InputError) -> Response:
    """What is wrong, at the field where it can be mended."""
    form = _fields(scenario, upload, None, error)
    at_fields = sum(len(each.problems) for each in form)
    told = [spoken(problem, scenario.lang) for problem in elsewhere(form, error)]
    if at_fields:
        told.insert(0, say(_asked(at_fields), scenario.lang))
    return _page(scenario, 422, number, upload, form, told)


def _asked(number: int) -> Text:
    return counted(
        number,
        "{number} question is to be answered first; it stands at its field, under “{heading}”.",
        "{number} questions are to be answered first; they stand at their fields, under "
        "“{heading}”.",
        heading=FRAME["change"],
    )


def _fields(
    scenario: Scenario,
    upload: Upload | None,
    how: Downloaded | None,
    error: InputError | None = None,
) -> list[Field]:
    if upload is None:
        return total_fields(scenario, error)
    return fields(scenario, upload, how, error)


def _page(
    scenario: Scenario,
    status: int,
    number: str = "",
    upload: Upload | None = None,
    form: Sequence[Field] = (),
    told: Sequence[str] = (),
    **found: object,
) -> Response:
    plain = Scenario(scenario.instance)
    reading = [each for each in form if each.name.partition(".")[0] in BEHIND]
    return page(
        "audit.html",
        scenario.lang,
        status,
        here=HERE,
        within=within_upload(number),
        scenario=scenario,
        instance=asked.instance_of(scenario.instance),
        upload=upload,
        asking=[each for each in form if each not in reading],
        reading=reading,
        reading_open=any(each.problems or (each.value and not each.own) for each in reading),
        told=told,
        action=plain.address(HERE, *within_upload(number)),
        bring=plain.address(HERE),
        cases=_cases(scenario.instance),
        says={name: say(sentence, scenario.lang) for name, sentence in WORDS.items()},
        **({"paper": None, "wrong": ""} | found),
    )


def _cases(own: str) -> list[tuple[str, LocalText]]:
    """What a table may be of, those of the same country first."""
    country = own.partition("/")[0]
    return sorted(titles(), key=lambda each: not each[0].startswith(f"{country}/"))


def verdict(audit: Audit) -> Text:
    """Whether the table follows the rule, in a sentence."""
    different = audit.different
    if not audit.compared:
        return text("Whether this table follows the rule cannot be told.")
    if not different:
        return text("Every number of this table is what the rule gives.")
    if all(each.explained for each in different):
        return counted(
            len(different),
            "{number} number is not what the rule gives, and may come of figures that are known "
            "only roughly.",
            "{number} numbers are not what the rule gives; each may come of figures that are known "
            "only roughly.",
        )
    return counted(
        len(different),
        "{number} number of this table is not what the rule gives.",
        "{number} numbers of this table are not what the rule gives.",
    )


def doubts(how: Downloaded | None) -> Iterator[Text]:
    """How many names may have been taken for the wrong area."""
    several = [match for match in how.matches if match.doubtful] if how else []
    if several:
        yield counted(
            len(several),
            "{number} name was taken with some doubt: look whether it is right.",
            "{number} names were taken with some doubt: look whether they are right.",
        )


def file(scenario: Scenario, request: Request) -> Response:
    """The same as a file."""
    form, number = request.path_params["form"], request.path_params.get("number", "")
    upload = UPLOADS.of(number) if number else None
    if form not in KINDS:
        return page("unknown.html", scenario.lang, 404, scenario=scenario)
    if number and upload is None:
        return view(scenario, request)
    try:
        audit, how = audit_of(scenario, upload)
    except InputError:
        return view(scenario, request)
    content = _content(audit, how, form, scenario.lang)
    return attached(content, form, f"{HERE}-{scenario.instance.replace('/', '-')}")


def _content(audit: Audit, how: Downloaded | None, form: str, lang: str) -> bytes:
    if form == "csv":
        return as_csv(audit).encode()
    if form == "json":
        return as_json(audit, how).encode()
    return set_paper(audit_paper(audit, how), form, lang)


def refused(scenario: Scenario, why: Text) -> Response:
    """The page with what is wrong at the field of the file."""
    return _page(scenario, 422, wrong=say(why, scenario.lang))
