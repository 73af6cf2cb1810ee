"""From a file that a reader brought to its audit, and to what is to be asked about it.

What the file is, its first bytes say; it is read under a name of our own, in a folder of its own
that is gone afterwards. Its own name is only shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from shlex import quote
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from allocator.asking.auditing import TABLES, Typed, of_file, of_instance
from allocator.audit.published import Audit
from allocator.model.downloaded import Downloaded
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.country.gazetteer import gazetteer
from allocator.reading.downloaded.areas import Known
from allocator.words.text import LocalText, text
from allocator.workbench.address import Scenario
from allocator.workbench.asked import instance_of
from allocator.workbench.uploads import Upload

#: What a name is said to be when its line is to be left aside.
ASIDE = "-"
#: The longest name of a file that is shown.
LONGEST = 80

#: So many lines a table may have for each area, and beside them; long tables of hostile names take
#: long to read.
LINES_PER_AREA, LINES_BESIDE = 5, 500
#: So many bytes may be packed in a workbook.
LARGEST_INSIDE = 30_000_000
#: The folder of the sheets in it.
SHEETS = "xl/worksheets/"

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"


def ending_of(content: bytes) -> str:
    """The ending that a file should have by its first bytes.

    >>> ending_of(b"PK\\x03\\x04..."), ending_of(b"code;naam"), ending_of(b"%PDF-1.7")
    ('.xlsx', '.csv', '.pdf')
    """
    if content.startswith(_ZIP):
        return ".ods" if _OPEN_DOCUMENT in content[:200] else ".xlsx"
    if content.startswith(b"%PDF-"):
        return ".pdf"
    return ".xls" if content.startswith(_OLD) else ".csv"


def shown_name(name: str, content: bytes) -> str:
    """The name of a file as it is shown: no folders, no signs that cannot be seen, its true ending.

    >>> shown_name("C:\\\\Temp\\\\-opvang.xls", b"code;naam")
    'opvang.xls.csv'
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    plain = "".join(sign for sign in last if sign.isprintable()).lstrip("-. ")[-LONGEST:]
    ending = ending_of(content)
    given = Path(plain).suffix.lower()
    texts = given in TABLES[:3] and ending == ".csv"
    books = given in (".xlsx", ".xlsm") and ending == ".xlsx"
    return plain if texts or books or given == ending else f"{plain or 'tabel'}{ending}"


def lines_in(content: bytes) -> int:
    """At most so many lines a table has, told before it is read.

    >>> lines_in(b"code;number\\nGM0344;1988\\n")
    2
    """
    if ending_of(content) != ".xlsx":
        return max(content.count(b"\n"), content.count(b"\r"))
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST_INSIDE:
                return LARGEST_INSIDE
            sheets = [part for part in parts if part.filename.startswith(SHEETS)]
            # each row has a tag that begins it, and mostly one that ends it
            return sum(archive.read(sheet).count(b"row") for sheet in sheets) // 2
    except Exception:  # zipfile stumbles in many ways over a damaged archive; its reader tells that
        return 0


@contextmanager
def as_path(upload: Upload, most: int) -> Iterator[Path]:
    """The file under a name of our own, for as long as it is read; it has no more lines than so."""
    ending = ending_of(upload.content)
    if lines_in(upload.content) > most:
        raise InputError(
            Problem(
                Place(upload.name),
                text("The table is too long: at most {most} lines are read here.", most=most),
                text("Leave out what does not belong to it, or check it on the command line."),
            )
        )
    if ending == ".pdf":
        raise InputError(
            Problem(
                Place(upload.name),
                text("This is a PDF, from which no table is read."),
                text("Copy its table into a sheet and save that as .xlsx or .csv."),
            )
        )
    with TemporaryDirectory(prefix="allocator-") as folder:
        path = Path(folder) / f"table{ending}"
        path.write_bytes(upload.content)
        yield path


def with_lines(error: InputError) -> InputError:
    """The same problems, each with the line of the table that it is about."""
    return InputError(
        *(
            replace(each, found=text("Line {line}: {found}", line=str(line), found=each.found))
            if (line := each.place.line)
            else each
            for each in error.problems
        )
    )


def audit_of(scenario: Scenario, upload: Upload | None) -> tuple[Audit, Downloaded | None]:
    """The table that was brought, or the instance's own, beside what its rule gives."""
    if upload is None:
        return _own(scenario.instance, _typed(scenario, brought=False)), None
    areas = len(instance_of(scenario.instance).division.areas)
    with as_path(upload, LINES_PER_AREA * areas + LINES_BESIDE) as path:
        audit, read = of_file(path, _typed(scenario, brought=True))
    named = replace(audit.published, source=LocalText(upload.name, upload.name))
    return replace(audit, published=named), replace(read, file=upload.name)


@lru_cache(maxsize=16)
def _own(instance: str, typed: Typed) -> Audit:
    return of_instance(instance, typed)


def _typed(scenario: Scenario, brought: bool) -> Typed:
    """The options of the command line that ask the same."""
    read = scenario if brought else scenario.with_(reading={})
    return Typed(
        rule=scenario.rule or None,
        totals=scenario.typed_totals,
        of=scenario.instance if brought else None,
        period=None,
        day=None,
        years=(),
        tree=None,
        columns=tuple(f"{what}={heading}" for what, heading in _of("column", read)),
        names=tuple(f"{name}={code}" for name, code in codes_of(read).items()),
        level=read.reading.get("level", ""),
        notation=read.reading.get("notation") or None,
        sheet=read.reading.get("sheet", ""),
    )


def codes_of(scenario: Scenario) -> dict[str, str]:
    """Per name in the table the code that was chosen for it, "" to leave its line aside."""
    return {name: "" if code == ASIDE else code for name, code in _of("name", scenario)}


def _of(word: str, scenario: Scenario) -> Iterator[tuple[str, str]]:
    for name, typed in sorted(scenario.reading.items()):
        head, dot, tail = name.partition(".")
        if head == word and dot:
            yield tail, typed


def command_of(scenario: Scenario, upload: Upload | None) -> str:
    """The command line that gives the same audit.

    >>> asked = Scenario("nl/reception-2024", reading={"name.Hengelo": "GM0164", "sheet": "Blad 1"})
    >>> command_of(asked, Upload("a.csv", b"", 0)).removeprefix("allocator audit a.csv --of ")
    "nl/reception-2024 --name Hengelo=GM0164 --sheet 'Blad 1' --lang nl"
    """
    typed = _typed(scenario, upload is not None)
    words = ["allocator", "audit", upload.name if upload else scenario.instance]
    single = {"of": typed.of, "rule": typed.rule}
    several = {"total": typed.totals, "column": typed.columns, "name": typed.names}
    last = {"level": typed.level, "notation": typed.notation, "sheet": typed.sheet}
    for option, value in single.items():
        words += [f"--{option}", value] if value else []
    for option, values in several.items():
        words += [word for each in values for word in (f"--{option}", each)]
    for option, value in last.items():
        words += [f"--{option}", value] if value else []
    return " ".join(quote(word) for word in [*words, "--lang", scenario.lang])


def asked_name(problem: Problem) -> str:
    """The name in a table that a problem asks about, "" where it asks about something else."""
    if "--name {example}" not in problem.mend.sentence:
        return ""
    return str(problem.mend.values["example"]).strip('"').rpartition("=")[0]


def candidates(name: str, instance: Instance) -> list[Known]:
    """The areas that a name may be of: those named so, and those named nearly so."""
    division = instance.division
    try:
        known = gazetteer(instance.country, division.day, (*division.tree, *division.also))
    except InputError:  # told where the table is read, which needs the same list of areas
        return []
    near = () if known.life(name) else known.near(name)  # of one that was gone, none is near
    found = dict.fromkeys((*known.coded(name, ""), *known.named(name).areas, *near))
    return [area for area in found if area.code in division.by_code]
