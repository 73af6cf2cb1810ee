"""One distribution as a folder: the numbers, the figures they rest on, and why each is what it is.

Nothing is in it that the result does not hold; it is the same in files that any program opens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator, Kind
from allocator.report.distribution import tidy
from allocator.report.distribution.exact_json import as_json as exact
from allocator.report.distribution.exact_json import indicators_of
from allocator.report.distribution.explain import Explainer, origin
from allocator.report.distribution.screen import notes_of
from allocator.report.package.descriptor import NAME, Field, File, Folder, Origin, as_json
from allocator.report.tables import as_csv_table
from allocator.words.numbers import machine_decimals
from allocator.words.text import Value, text

#: Of more areas there is no explanation: nobody reads that many, and they take minutes to write.
EXPLAINED = 2_000
RESULT, RECEIPT, README = "result.json", "receipt.json", "README.txt"

CODE = Field("code", "string", text("The area's code."))
AREA = Field("name", "string", text("The area's name."))
STREAM = Field("stream", "string", text("What is divided."))
NUMBERS = (
    Field("level", "string", text("The kind of area.")),
    CODE,
    AREA,
    Field("parent", "string", text("The code of the area that holds it.")),
    STREAM,
    Field("quota", "number", text("The exact share to twelve decimals; result.json has all.")),
    Field("number", "integer", text("The whole number.")),
)
EXPLANATION = (
    CODE,
    AREA,
    STREAM,
    Field("line", "integer", text("The place of the line in the explanation, from 1.")),
    Field("label", "string", text("What the line is about; empty: it goes on with the one above.")),
    Field("said", "string", text("What is said.")),
)


def files_of(
    distribution: Distribution, receipt: bytes, tables: Sequence[Origin], lang: str
) -> dict[str, bytes]:
    """The files by name. `receipt` is that of result.json, `tables` the shared tables behind it."""
    files = tuple(_files(distribution, receipt, tuple(tables), lang))
    instance = distribution.instance
    folder = Folder(
        name=instance.name.replace("/", "-"),
        title=instance.title,
        says=text(
            "What the rule {rule} gives, with the figures that it rests on. result.json holds all "
            "of it exactly, receipt.json says how it was made, README.txt what to beware of. Each "
            "source names its licence; figures that are passed on keep theirs.",
            rule=instance.rule.version,
        ),
        files=files,
        origins=(*_totals(distribution), *_law(distribution), *_figures(distribution), *tables),
    )
    return {
        **{file.path: file.content for file in files},
        README: notes_of(distribution, lang).encode(),
        NAME: as_json(folder, lang),
    }


def _files(
    distribution: Distribution, receipt: bytes, tables: tuple[Origin, ...], lang: str
) -> Iterator[File]:
    origins = (*_totals(distribution), *_figures(distribution), *tables)
    yield File(
        path="numbers.csv",
        content=tidy.as_csv(distribution).encode(),
        title=text("A whole number per area and stream"),
        fields=NUMBERS,
        key=("code", "stream"),
        origins=origins,
    )
    for indicator in indicators_of(distribution):
        yield _figures_file(distribution, indicator)
    if len(distribution.instance.division.areas) <= EXPLAINED:
        yield File(
            path="explanation.csv",
            content=_explanation(distribution, lang).encode(),
            title=text("Why every area gets its number"),
            fields=EXPLANATION,
            key=("code", "stream", "line"),
            origins=origins,
        )
    everything = text("The whole distribution, exactly, in the format allocator-result/1")
    yield File(RESULT, exact(distribution).encode(), everything, origins=origins)
    yield File(RECEIPT, receipt, text("What result.json was made of and with"))


def _figures_file(distribution: Distribution, indicator: Indicator) -> File:
    """The figure per leaf as the key met it; a leaf that was left out for want of one has none."""
    lines = [
        (leaf.code, leaf.name, machine_decimals(indicator.values[leaf.code]))
        if leaf.code not in indicator.lacking
        else (leaf.code, leaf.name, "")
        for leaf in distribution.instance.division.leaves
    ]
    whole = indicator.kind is Kind.COUNT and all(
        value.denominator == 1 for value in indicator.values.values()
    )
    value = Field("value", "integer" if whole else "number", origin(indicator))
    return File(
        path=f"figures-{indicator.name}.csv",
        content=as_csv_table(("code", "name", "value"), lines).encode(),
        title=indicator.title,
        fields=(CODE, AREA, value),
        key=("code",),
        origins=(Origin(indicator.source, indicator.licence),),
        licence=indicator.licence,
    )


def _explanation(distribution: Distribution, lang: str) -> str:
    explainer = Explainer(distribution, lang)
    streams = distribution.instance.streams.all
    lines = [
        (area.code, area.name, stream.name, place, line.label, line.said)
        for area in distribution.instance.division.areas
        for stream, why in zip(streams, explainer.of(area), strict=True)
        for place, line in enumerate(why.lines, 1)
    ]
    return as_csv_table([field.name for field in EXPLANATION], lines)


def _totals(distribution: Distribution) -> Iterator[Origin]:
    """Who announced the national numbers; a number by itself has no licence."""
    for total in distribution.instance.totals.values():
        yield Origin(total.source, None)


def _law(distribution: Distribution) -> Iterator[Origin]:
    for basis in distribution.instance.rule.legal_basis:
        said: Value = basis.title
        if basis.act:
            said = text("{title} ({act})", title=said, act=basis.act)
        yield Origin(said, None)


def _figures(distribution: Distribution) -> Iterator[Origin]:
    for indicator in indicators_of(distribution):
        yield Origin(indicator.source, indicator.licence)
