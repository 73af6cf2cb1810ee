"""Reads receipts, and names and finds the input files that they tell of."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from allocator import __version__
from allocator.model.distribution import COLUMNS
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.receipt import Form, Of, Question, Receipt, Source, Written
from allocator.model.rule import Ties
from allocator.reading.formats.csv_table import read_csv, written_as
from allocator.reading.formats.files import inside, is_file, read_bytes
from allocator.reading.formats.json_file import JsonFile, read_json
from allocator.reading.formats.numerals import balance
from allocator.reading.instances.parts.indicators import Missing
from allocator.reading.library import instances_folder, rules_folder, shown
from allocator.reading.results.read import CellEntry, Entry
from allocator.reading.shapes.shape import Identifier, Line, QualifiedName, Shape, Whole
from allocator.reading.shapes.shaped import shaped
from allocator.words.text import text

FORMAT = "allocator-receipt/1"
LARGEST = 1_000_000  # bytes of a receipt
LARGEST_FILE = 200_000_000  # bytes of a file that it names
PACKAGES = ("highspy", "networkx", "pulp", "xlsxwriter")

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]


class Language(StrEnum):
    EN = "en"
    NL = "nl"


class SourceShape(Shape):
    of: Of = Field(description="shelf, instance or option")
    file: Line = Field(description="its name there")

    def source(self) -> Source:
        return Source(self.of, self.file)


class InputShape(SourceShape):
    sha256: Digest = Field(description="the SHA-256 of its content")


class QuestionShape(Shape):
    instance: SourceShape = Field(description="the instance.yaml")
    rule: str | None = Field(None, description="another rule, by name or name@date")
    rule_file: SourceShape | None = Field(None, description="another rule, by its file")
    totals: dict[Identifier, Whole] = Field(
        default_factory=dict, description="other national numbers"
    )
    rounding: str | None = Field(None, description="another rounding")
    method: str | None = Field(None, description="another method")
    ties: Ties | None = Field(None, description="what decides ties")
    ties_file: SourceShape | None = Field(None, description="the file of a drawn lot")
    fixed: list[str] = Field(default_factory=list, description="levels that keep their share")
    key: str | None = Field(None, description="another key")
    keep: str | None = Field(None, description="the level whose areas keep their number")
    missing: Missing | None = Field(None, description="what is done about missing figures")


class RuleOfReceipt(Shape):
    version: Line = Field(description="name@date")
    of: Of = Field(description="shelf, instance or option")
    file: Line = Field(description="its file, one of the inputs")


class FileShape(Shape):
    file: Line = Field(description="the name of a file beside the receipt")
    sha256: Digest = Field(description="the SHA-256 of its content")


class WrittenShape(Shape):
    format: Form = Field(description="table, csv, json, xlsx or html")
    lang: Language = Field(description="the language of what is said in it")
    dialect: Literal["plain", "nl"] = Field("plain", description="nl: for a Dutch spreadsheet")
    files: list[FileShape] = Field(min_length=1, description="the result first")


class ResultShape(Shape):
    hash: Hash = Field(description="the hash of the canonical result")
    parts: dict[str, Hash] = Field(description="the hash of each of its entries")


class CellsShape(Entry):
    """A result, of which only the numbers are read."""

    cells: list[CellEntry]


class ReceiptShape(Shape):
    """A receipt."""

    format: Line = Field(description="allocator-receipt/1")
    versions: dict[str, str] = Field(description="of the program, Python and the solvers")
    instance: QualifiedName = Field(description="the name of the instance")
    rule: RuleOfReceipt = Field(description="the rule that was used")
    question: QuestionShape = Field(description="what was asked")
    inputs: list[InputShape] = Field(min_length=1, description="every file that was read")
    result: ResultShape = Field(description="what came out")
    written: WrittenShape = Field(description="the files that were written")


def versions_here() -> dict[str, str]:
    """The versions of what computes and writes: the program, Python, solvers, workbooks."""
    found = {"allocator": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue  # it is imported all the same where it lies beside the program
    return found


def sources(read: Iterable[Path], folder: Path) -> dict[str, Source]:
    """The files that were read, as the reader knows each, with the name everybody has for it.

    `folder` is that of the instance.
    """
    return {shown(path): _source(path, folder) for path in read}


def inputs(read: Mapping[Path, str], folder: Path) -> dict[Source, str]:
    """The SHA-256 of each file that was read, by the name that everybody has for it, in order."""
    named = sources(read, folder)
    return dict(sorted((named[shown(path)], digest) for path, digest in read.items()))


def _source(path: Path, folder: Path) -> Source:
    for shelf in (rules_folder(), instances_folder()):
        inner = _inside(path, shelf)
        if inner:
            return Source(Of.SHELF, f"{shelf.name}/{inner}")
    inner = _inside(path, folder)
    return Source(Of.INSTANCE, inner) if inner else Source(Of.OPTION, path.name)


def _inside(path: Path, folder: Path) -> str:
    """The path from a folder on, or "": by what it links to, or else by how it is named."""
    for one, other in (
        (path.resolve(), folder.resolve()),
        (path.absolute(), folder.absolute()),
    ):
        if one.is_relative_to(other) and ".." not in one.relative_to(other).parts:
            return one.relative_to(other).as_posix()
    return ""


def read_receipt(path: Path) -> Receipt:
    """The receipt in a file, or every problem in it."""
    file = read_json(path, LARGEST)
    if not isinstance(file.data, dict) or file.data.get("format") != FORMAT:
        raise InputError(
            Problem(
                Place(file.name),
                text("This is no receipt in the format {format}.", format=FORMAT),
                text("Give a FILE.receipt.json that `allocator run --out FILE` has written."),
            )
        )
    shape = shaped(ReceiptShape, file)
    problems = Problems()
    asked = shape.question
    receipt = Receipt(
        versions=shape.versions,
        name=shape.instance,
        rule=shape.rule.version,
        rule_file=Source(shape.rule.of, shape.rule.file),
        question=Question(
            instance=asked.instance.source(),
            rule=asked.rule_file.source() if asked.rule_file else asked.rule,
            totals=asked.totals,
            rounding=asked.rounding,
            method=asked.method,
            ties=asked.ties_file.source() if asked.ties_file else asked.ties,
            fixed=tuple(asked.fixed),
            key=asked.key,
            keep=asked.keep,
            missing=asked.missing,
        ),
        inputs={each.source(): each.sha256 for each in shape.inputs},
        written=Written(
            shape.written.format,
            shape.written.lang,
            shape.written.dialect,
            {each.file: each.sha256 for each in shape.written.files},
        ),
        hash=shape.result.hash,
        parts=shape.result.parts,
    )
    _check(receipt, file, problems)
    problems.raise_any()
    return receipt


def _check(receipt: Receipt, file: JsonFile, problems: Problems) -> None:
    """What the question names is among the inputs, and a rule by name leads to no file."""
    asked = receipt.question
    named = (receipt.rule_file, asked.instance, asked.rule, asked.ties)
    for source in named:
        if isinstance(source, Source) and source not in receipt.inputs:
            problems.add(
                file.place(),
                text("{name} is not among the inputs.", name=f"'{source}'"),
                text("Give the receipt as it was written."),
            )
    by_name = re.compile(r"[a-z]+/[a-z0-9-]+(@[0-9-]+)?")
    if isinstance(asked.rule, str) and not by_name.fullmatch(asked.rule):
        problems.add(
            file.place(),
            text("There is no rule {name}.", name=f"'{asked.rule}'"),
            text("Give the receipt as it was written."),
        )
    if Path(asked.instance.file).name != "instance.yaml":
        problems.add(
            file.place(),
            text("{name} is no instance.", name=f"'{asked.instance}'"),
            text("Give the receipt as it was written."),
        )


def find(receipt: Receipt, folder: Path, beside: Path) -> dict[Source, Path]:
    """Where the inputs are here; each that is missing, or is another file, is told.

    Those of the shelf on that of this program, those of an own instance in `folder`, and those
    that options named `beside` the receipt.
    """
    problems = Problems()
    found = {}
    for source, digest in receipt.inputs.items():
        with problems.collecting():
            found[source] = _find(source, digest, receipt, folder, beside)
    problems.raise_any()
    return found


def _find(source: Source, digest: str, receipt: Receipt, folder: Path, beside: Path) -> Path:
    """An input whose content is what it was."""
    place = Place(source.file)
    mend = text(
        "Put the file as it was in {folder}, or name another folder with --instance.",
        folder=str(folder),
    )
    match source.of:
        case Of.SHELF:
            shelf = {each.name: each for each in (rules_folder(), instances_folder())}
            first, _, rest = source.file.partition("/")
            path = inside(shelf[first], rest, place) if first in shelf else Path()
            mend = text(
                "Install allocator {version}, which had it.",
                version=receipt.versions.get("allocator", "?"),
            )
        case Of.INSTANCE:
            path = inside(folder, source.file, place)
        case Of.OPTION:
            path = inside(beside, source.file, place)
            mend = text("Put the file as it was in {folder}.", folder=str(beside))
    if not is_file(path):
        raise InputError(Problem(place, text("This input is missing."), mend))
    now = sha256(read_bytes(path, LARGEST_FILE)).hexdigest()
    if now != digest:
        found = text(
            "This input is another file: its SHA-256 is {now}, and was {then}.",
            now=now[:12],
            then=digest[:12],
        )
        raise InputError(Problem(place, found, mend))
    return path


def refuse_others(receipt: Receipt, found: Mapping[Source, Path], read: Iterable[Path]) -> None:
    """The run has read what it read then, no more and no less."""
    problems = Problems()
    mend = text(
        "Install allocator {version}, which made the receipt.",
        version=receipt.versions.get("allocator", "?"),
    )
    expected = {path.resolve(): source for source, path in found.items()}
    given = {path.resolve(): path for path in read}
    for path in sorted(given.keys() - expected.keys()):
        problems.add(
            Place(shown(given[path])),
            text("The receipt does not name this input, and this program reads it."),
            mend,
        )
    for path in sorted(expected.keys() - given.keys()):
        problems.add(
            Place(expected[path].file),
            text("The receipt names this input, and this program does not read it."),
            mend,
        )
    problems.raise_any()


def digests(names: Iterable[str], folder: Path) -> dict[str, str]:
    """The SHA-256 of those of the files that are in a folder."""
    found = {}
    for name in names:
        path = inside(folder, name, Place(name))
        if is_file(path):
            found[name] = sha256(read_bytes(path, LARGEST_FILE)).hexdigest()
    return found


def numbers_in(path: Path, form: Form) -> dict[tuple[str, str], int] | None:
    """The numbers in a result that was written as csv or json; a table has none to be read."""
    problems = Problems()
    if form is Form.JSON:
        cells = shaped(CellsShape, read_json(path, LARGEST_FILE)).cells
        return {(cell.code, cell.stream): cell.number for cell in cells}
    if form.in_words:
        return None
    found = {}
    for record in read_csv(path, written_as(path), problems, COLUMNS).records:
        number = record.read("number", balance)
        if number is not None:
            found[record["code"], record["stream"]] = number
    problems.raise_any()
    return found
