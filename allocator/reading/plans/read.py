"""Puts a plan on an instance: the files it names, or others given beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from allocator.model.indicator import Quality
from allocator.model.instance import Instance
from allocator.model.plan import Agreement, Location, PlanAsked, PlanRule, Pledge, Wishes
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.balances.read import frame_of
from allocator.reading.balances.rows import Frame
from allocator.reading.country.tables import dialect_of
from allocator.reading.formats.csv_table import Dialect, written_as
from allocator.reading.formats.files import inside
from allocator.reading.formats.yaml_text import YamlFile
from allocator.reading.plans.agreements import read_agreements
from allocator.reading.plans.locations import read_locations
from allocator.reading.plans.pledges import read_pledges
from allocator.reading.plans.rows import PlanRows, province_of
from allocator.reading.plans.wishes import check_refused, read_wishes
from allocator.reading.shapes.plans import PlanShape
from allocator.words.text import LocalText, Text, text

#: The tables of a plan, by the key or option that names them.
FILES = ("locations", "pledges", "agreements")

OWN = LocalText("eigen opgave", "the user's own figures")

#: Qualities from the most to the least to be trusted; a plan is as good as the worst of its parts.
TRUST = (Quality.OFFICIAL, Quality.INFERRED, Quality.APPROXIMATE, Quality.OWN, Quality.INVENTED)

Given = Mapping[str, tuple[Path, Dialect]]


@dataclass(frozen=True)
class _Tables:
    """What stands in the tables of a plan."""

    locations: tuple[Location, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    agreements: tuple[Agreement, ...] = ()


def read_plan(
    shape: PlanShape, folder: Path, file: YamlFile, frame: Frame, rule: PlanRule
) -> PlanAsked | None:
    """The plan that an instance.yaml describes, or None with every problem of it noted."""
    problems = frame.problems
    before = len(problems.found)
    province = province_of(shape.area, frame.division, file.place("plan", "area"), problems)
    rows = PlanRows(frame, rule, province)
    given = _files_of(shape, folder, file, frame)
    refused_at = file.place("plan", "refused")
    tables, refused = _read(given, rows, _Tables(), shape.refused, refused_at)
    wishes = read_wishes(shape.wishes, lambda key: file.place("plan", "wishes", key), problems)
    if len(problems.found) > before or province is None:
        return None
    return PlanAsked(
        area=province.code,
        locations=tables.locations,
        pledges=tables.pledges,
        agreements=tables.agreements,
        wishes=wishes,
        refused=refused,
        quality=shape.locations.quality,
        source=shape.locations.source.local(),
    )


def with_plan(
    instance: Instance,
    area: str | None = None,
    locations: Path | None = None,
    pledges: Path | None = None,
    agreements: Path | None = None,
    refused: Sequence[str] = (),
    wishes: Wishes | None = None,
) -> Instance:
    """The instance with a plan of a user's own: files instead of its own, and names refused beside.

    Of another province than the instance's plan nothing is kept.
    """
    frame = frame_of(instance)
    rule = _rule_of(instance)
    known = instance.plan
    if area:
        province = province_of(area, frame.division, Place("--area"), frame.problems)
        frame.problems.raise_any()
        known = known if known and province and province.code == known.area else None
    elif known:
        province = frame.division.by_code[known.area]
    else:
        raise _not_said(instance, "--area", text("It is not said of which province the plan is."))
    if not known and not locations:
        raise _not_said(
            instance, "--locations", text("There is no table of locations for this province.")
        )
    assert province is not None
    paths = {"locations": locations, "pledges": pledges, "agreements": agreements}
    given = {key: (path, written_as(path)) for key, path in paths.items() if path}
    kept = _Tables(known.locations, known.pledges, known.agreements) if known else _Tables()
    names = (*(known.refused if known else ()), *refused)
    rows = PlanRows(frame, rule, province)
    tables, found = _read(given, rows, kept, names, Place("--without"))
    frame.problems.raise_any()
    quality, source = _origin(known, kept, given)
    plan = PlanAsked(
        area=province.code,
        locations=tables.locations,
        pledges=tables.pledges,
        agreements=tables.agreements,
        wishes=wishes or (known.wishes if known else Wishes()),
        refused=found,
        quality=quality,
        source=source,
    )
    return replace(instance, plan=plan)


def _files_of(shape: PlanShape, folder: Path, file: YamlFile, frame: Frame) -> Given:
    """The tables that an instance names, each in its dialect."""
    found = {}
    for key in FILES:
        table = getattr(shape, key)
        if table:
            with frame.problems.collecting():
                path = inside(folder, table.file, file.place("plan", key, "file"))
                found[key] = path, dialect_of(table.dialect, file.place("plan", key, "dialect"))
    return found


def _read(
    given: Given, rows: PlanRows, known: _Tables, refused: Sequence[str], refused_at: Place
) -> tuple[_Tables, tuple[str, ...]]:
    """The tables, those that are given instead of those that are known, and who is refused."""
    found, names = known, tuple(refused)
    before = len(rows.problems.found)
    if "locations" in given:
        with rows.problems.collecting():
            found = replace(found, locations=read_locations(*given["locations"], rows))
    if len(rows.problems.found) == before and found.locations:
        # only a table without problems says which names there are not
        names = check_refused(refused, found.locations, refused_at, rows.problems)
    if "pledges" in given:
        with rows.problems.collecting():
            found = replace(found, pledges=read_pledges(*given["pledges"], rows))
    if "agreements" in given:
        with rows.problems.collecting():
            found = replace(found, agreements=read_agreements(*given["agreements"], rows))
    return found, names


def _origin(known: PlanAsked | None, kept: _Tables, given: Given) -> tuple[Quality, LocalText]:
    """How far a plan with files of a user's own is to be trusted: as far as its worst part."""
    if known is None:
        return Quality.OWN, OWN
    left = [key for key in FILES if key not in given and getattr(kept, key)]
    if not left:
        return Quality.OWN, OWN
    if not given:
        return known.quality, known.source
    both = LocalText(f"{known.source.nl}; {OWN.nl}", f"{known.source.en}; {OWN.en}")
    return max(known.quality, Quality.OWN, key=TRUST.index), both


def _rule_of(instance: Instance) -> PlanRule:
    """What the rule of the instance lays down for plans."""
    if instance.rule.plan:
        return instance.rule.plan
    raise InputError(
        Problem(
            Place(instance.rule.file),
            text("The rule {rule} lays down nothing for plans.", rule=instance.rule.version),
            text("Add `plan:` to it, or use another rule."),
        )
    )


def _not_said(instance: Instance, option: str, found: Text) -> InputError:
    return InputError(
        Problem(
            Place(instance.file),
            found,
            text("Add `plan:` to the instance, or type {option}.", option=option),
        )
    )
