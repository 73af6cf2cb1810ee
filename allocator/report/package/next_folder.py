"""The datapackage.json of the folder that begins a half-year.

The folder is the same in whatever language it was asked for, so what is said in it is English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from allocator.model.instance import Instance
from allocator.report.package.descriptor import Field, File, Folder, Origin, as_json
from allocator.report.package.run_folder import AREA, CODE, STREAM
from allocator.report.periods.next_folder import BEFORE, CARRIED_ON, OPENING, ROLLED, Next
from allocator.words.text import LocalText, Value, text

_OF_LEAF = (CODE, AREA, STREAM)
#: Per file that is reckoned: what it is, and its columns.
TABLES: dict[str, tuple[Value, tuple[Field, ...]]] = {
    OPENING: (
        text("What each area begins the half-year with"),
        (
            *_OF_LEAF,
            Field("computed", "integer", text("The balance as it was reckoned.")),
            Field(
                "published", "integer", text("The balance as it was published, filled in later.")
            ),
            Field("excusable", "integer", text("How many persons of a backlog are excused.")),
            Field("reason", "string", text("Why they are excused.")),
            Field("missed", "integer", text("Half-years in a row that ended in a backlog.")),
            Field(
                "excused",
                "integer",
                text("Half-years of that row whose whole backlog was excused."),
            ),
        ),
    ),
    BEFORE: (
        text("The account of the half-year before"),
        (
            *_OF_LEAF,
            Field("number", "integer", text("The number by the rule.")),
            Field("changed", "integer", text("What joint changes made of it.")),
            Field("opening", "integer", text("The balance at the start.")),
            Field("realised", "integer", text("What was done.")),
            Field("closing", "integer", text("The balance at the end.")),
        ),
    ),
    CARRIED_ON: (
        text("What is left of extra goals"),
        (CODE, STREAM, Field("number", "integer", text("What is left."))),
    ),
}


def package_of(coming: Next, contents: Mapping[str, bytes], written: Mapping[str, Any]) -> bytes:
    """The datapackage.json; `written` is the instance.yaml of the half-year before."""
    instance = coming.account.instance
    taken = {
        shape["file"]: Origin(instance.indicators[name].source, instance.indicators[name].licence)
        for name, shape in written.get("indicators", {}).items()
        if "file" in shape
    }
    reckoned = Origin(
        LocalText(f"{instance.name}: {ROLLED.nl}", f"{instance.name}: {ROLLED.en}"), None
    )
    folder = Folder(
        name=coming.name.replace("/", "-"),
        title=text("{title}, {half}", title=instance.rule.title, half=str(coming.half)),
        says=text(
            "An instance for the half-year after {instance}: instance.yaml names the rule, the "
            "national numbers and every table.",
            instance=instance.name,
        ),
        files=tuple(_files(contents, taken, reckoned)),
        origins=(reckoned, *_behind(instance)),
    )
    return as_json(folder, "en")


def _files(
    contents: Mapping[str, bytes], taken: Mapping[str, Origin], reckoned: Origin
) -> Iterator[File]:
    """Every file; those that are taken along are passed on as they are."""
    for path, content in sorted(contents.items()):
        if path in TABLES:
            title, fields = TABLES[path]
            key = tuple(field.name for field in fields if field in (CODE, STREAM))
            yield File(path, content, title, fields, key, (reckoned,))
        elif path in taken:
            origin = taken[path]
            title = text("Figures, as in the half-year before")
            yield File(path, content, title, origins=(origin,), licence=origin.licence or "")
        else:
            yield File(path, content, text("What the instance is made of"))


def _behind(instance: Instance) -> Iterator[Origin]:
    """What the half-year before rests on."""
    for total in instance.totals.values():
        yield Origin(total.source, None)
    for indicator in instance.indicators.values():
        yield Origin(indicator.source, indicator.licence)
