"""A run with all that it read, and its result in files with a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from allocator import verify
from allocator.asking.question import answered
from allocator.asking.totals import read_totals
from allocator.cli.shared.output import DIALECTS, dialect_of
from allocator.model.distribution import Distribution
from allocator.model.receipt import Form, Question, Receipt, Source, Written
from allocator.reading.formats.files import recording
from allocator.reading.formats.writing import write_whole
from allocator.reading.instances.folders import folder_of
from allocator.reading.library import shown
from allocator.reading.results.receipts import inputs, sources, versions_here
from allocator.report import receipt
from allocator.report.distribution import exact_json, screen, tidy
from allocator.words.say import say
from allocator.words.text import text


@dataclass(frozen=True)
class Run:
    """A distribution, what was asked for it, and the files that it was made of."""

    distribution: Distribution
    question: Question
    rule_file: Source
    inputs: Mapping[Source, str]
    paths: tuple[Path, ...]  # of the inputs, here


def run(instance: str, **asked: Any) -> Run:
    """The answer to what was typed, with every file that was read for it."""
    with recording() as read:
        distribution = answered(instance, **asked)
    named = sources(read, folder_of(instance))
    found = distribution.instance
    rule_file = named[found.rule.file]
    rule, ties = asked["rule"], asked["ties"]
    question = Question(
        instance=named[found.file],
        rule=rule_file if rule and rule.endswith((".yaml", ".yml")) else rule or None,
        totals={
            stream or found.streams.given[0].name: number
            for stream, number in read_totals(asked["totals"]).items()
        },
        rounding=asked["rounding"] or None,
        method=asked["method"] or None,
        ties=ties if ties in (None, "order", "refuse") else named[shown(Path(ties))],
        fixed=asked["fixed"],
        key=asked.get("key") or None,
        keep=asked.get("keep") or None,
        missing=asked.get("missing") or None,
    )
    files = inputs(read, folder_of(instance))
    return Run(distribution, question, rule_file, files, tuple(read))


def written(done: Run, form: Form, lang: str, dialect: str) -> bytes:
    """The result in one of its forms."""
    distribution = done.distribution
    match form:
        case Form.CSV:
            return dialect_of(dialect, form.value)(tidy.as_csv(distribution)).encode()
        case Form.JSON:
            return exact_json.as_json(distribution).encode()
        case Form.TABLE:
            return screen.as_screen(distribution, lang).encode()
    from allocator.reading.country.cartogram import layout_or_none
    from allocator.report.distribution.paper import paper_of
    from allocator.report.paper import set_paper

    paper = paper_of(distribution, done.inputs, lang, layout_or_none(distribution.instance))
    return set_paper(paper, form.value, lang)


def receipt_of(
    done: Run, name: str, form: Form, lang: str, dialect: str = DIALECTS[0]
) -> tuple[Receipt, dict[str, bytes]]:
    """The receipt of a run, and the files by name that it is of: a csv has notes beside it."""
    distribution = done.distribution
    files = {name: written(done, form, lang, dialect)}
    if form is Form.CSV:
        files[f"{name}.notes.txt"] = screen.notes_of(distribution, lang).encode()
    data = exact_json.as_data(distribution)
    digests = {name: sha256(content).hexdigest() for name, content in files.items()}
    found = Receipt(
        versions=versions_here(),
        name=distribution.instance.name,
        rule=distribution.instance.rule.version,
        rule_file=done.rule_file,
        question=done.question,
        inputs=done.inputs,
        written=Written(form, lang, dialect if form is Form.CSV else DIALECTS[0], digests),
        hash=exact_json.digest(data),
        parts={name: exact_json.digest(part) for name, part in data.items()},
    )
    return found, files


def keep(done: Run, out: Path, form: Form, lang: str, dialect: str) -> None:
    """Write the result with its receipt, and beside a json the program that checks it."""
    made, files = receipt_of(done, out.name, form, lang, dialect)
    files[f"{out.name}.receipt.json"] = receipt.as_json(made).encode()
    checker = Path(verify.__file__).read_bytes()
    if form is Form.JSON and _may_be_written(out.with_name("verify.py"), checker):
        files.setdefault("verify.py", checker)
    write_whole({out.with_name(name): content for name, content in files.items()})
    for name in files:
        click.echo(say(text("Written: {path}", path=str(out.with_name(name))), lang), err=True)


def _may_be_written(path: Path, checker: bytes) -> bool:
    """A file of somebody else by this name is left alone; an older one of ours is renewed."""
    try:
        return path.read_bytes().startswith(checker[: checker.index(b"\n")])
    except FileNotFoundError:
        return True
    except OSError:
        return False
