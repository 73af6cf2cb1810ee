"""From a closed half-year to the folder of the next, checked before it appears."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from allocator.cli.periods.question import account_of, month_asked, realised_known
from allocator.core.distribute import distribute
from allocator.model.areas import Division
from allocator.model.balances import Cell
from allocator.model.half_year import MONTHS, HalfYear
from allocator.model.instance import Instance
from allocator.model.mergers import Change, between
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import YearAsked
from allocator.periods.account import Account, account
from allocator.periods.catch_up import extra_goal
from allocator.periods.rolling import rolled
from allocator.reading.instances import folder_of, load
from allocator.reading.rules import find_rule, rule_file
from allocator.reading.tables import changes_of, years_of
from allocator.reading.yaml_text import read_yaml
from allocator.report.periods.next_folder import INSTANCE, Next, files_of
from allocator.report.periods.rolled import Rolled
from allocator.words.text import text


def written_folder(
    asked: str, period: str, totals: Mapping[str, int], out: Path | None, **files: Path | None
) -> Rolled:
    """The folder of the next half-year, written whole or not at all."""
    before = account_of(asked, **files)
    instance = before.instance
    half = _following(instance, period)
    _refuse_unfinished(before)
    old_folder = folder_of(asked)
    folder = out or Path(_name_of(old_folder.name, instance, half))
    _refuse_existing(folder)
    changes = between(_changes(instance), instance.day, half.day)
    openings = rolled(before, changes)
    coming = Next(
        account=before,
        half=half,
        name=f"{instance.country}/{_identifier(folder.name)}",
        totals=_by_stream(instance, totals),
        years=_years(instance, old_folder, half),
        openings=openings,
        names=_names(instance.division, changes),
        carried_on=_carried_on(before),
    )
    written = read_yaml(old_folder / INSTANCE)
    contents = {**_taken_along(old_folder, written.data), **files_of(coming, written.data)}
    return Rolled(before, account(distribute(_put(folder, contents))), changes, folder)


def _following(instance: Instance, period: str) -> HalfYear:
    """The half-year that is asked for, if it follows that of the instance."""
    half, own = HalfYear.read(period), instance.half_year
    place = Place("--period")
    if own is None:
        raise InputError(
            Problem(
                Place(instance.file),
                text("{period} is no half-year.", period=f"'{instance.period}'"),
                text("Only half-years follow each other, such as 2023-H1 and 2023-H2."),
            )
        )
    if half is None:
        raise InputError(
            Problem(
                place,
                text("{period} is no half-year.", period=f"'{period}'"),
                text("Write it like {next}.", next=str(own.next)),
            )
        )
    if half != own.next:
        raise InputError(
            Problem(
                place,
                text("{period} does not follow {own}.", period=period, own=str(own)),
                text(
                    "After {own} comes {next}: no half-year can be left out, since its number "
                    "would be missing from the balances.",
                    own=str(own),
                    next=str(own.next),
                ),
            )
        )
    return half


def _refuse_unfinished(account: Account) -> None:
    """A half-year is closed when what was realised is known to its last day."""
    half = realised_known(account)
    last = month_asked(account, None)
    if last < MONTHS:
        raise InputError(
            Problem(
                Place(account.instance.file),
                text(
                    "Numbers are known up to month {last} of {period}.", last=last, period=str(half)
                ),
                text("Give all {months} months with --realised, 0 included.", months=MONTHS),
            )
        )


def _refuse_existing(folder: Path) -> None:
    if folder.exists() or folder.is_symlink():
        raise InputError(
            Problem(
                Place(str(folder)),
                text("This is there already, and it is not overwritten."),
                text("Name another folder with --out, or move this one away."),
            )
        )


def _name_of(old: str, instance: Instance, half: HalfYear) -> str:
    """The old folder's name with the new period in it."""
    own = instance.period.lower()
    stem = old.removesuffix("-announced")
    return stem.replace(own, str(half).lower()) if own in stem else f"{stem}-{half}".lower()


def _identifier(name: str) -> str:
    """A folder's name as an instance may be named."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "next"


def _changes(instance: Instance) -> tuple[Change, ...]:
    problems = Problems()
    changes = changes_of(instance.country, problems)
    problems.raise_any()
    return changes


def _by_stream(instance: Instance, totals: Mapping[str, int]) -> dict[str, int]:
    """Each number with its stream; what is wrong with the names the reading of the folder tells."""
    only = instance.streams.given[0].name
    if "" in totals and len(totals) > 1:
        raise InputError(
            Problem(
                Place("--total"),
                text("Of several numbers one names no stream."),
                text("Say which: --total {name}=N.", name=only),
            )
        )
    return {name or only: number for name, number in totals.items()}


def _names(division: Division, changes: tuple[Change, ...]) -> dict[str, str]:
    old = {area.code: area.name for area in division.areas}
    return {**{change.new_code: change.new_name for change in changes}, **old}


def _years(instance: Instance, folder: Path, half: HalfYear) -> dict[str, int]:
    """The years that the rule in force then asks of figures from shared tables."""
    shape = read_yaml(folder / INSTANCE)
    written = shape.data["rule"]
    place = shape.place("rule")
    by_file = written.endswith((".yaml", ".yml"))
    rule = rule_file(folder / written, half.day) if by_file else find_rule(written, half.day, place)
    found = {}
    for name, indicator in shape.data.get("indicators", {}).items():
        asked = rule.indicators.get(name)
        table = indicator.get("table")
        if asked is None or not table:
            continue
        if asked.year is YearAsked.PREVIOUS:
            found[name] = half.day.year - 1
        elif asked.year is YearAsked.LATEST:
            known = [y for y in years_of(instance.country, table) if y <= half.day.year]
            found[name] = max(known, default=half.day.year)
    return found


def _carried_on(before: Account) -> dict[Cell, int]:
    """What is left of extra goals, per area right under the country."""
    found: dict[Cell, int] = {}
    balances, division = before.instance.balances, before.instance.division
    for stream in before.instance.streams.given:
        own = balances.catch_up.get(stream.name)
        earlier = {c: n for (c, name), n in balances.carried_on.items() if name == stream.name}
        if own is None and not earlier:
            continue
        extra = extra_goal(before, stream.name, own.number if own else 0, earlier)
        for area in division.at(division.tree[1]):
            found[area.code, stream.name] = extra.remains(area.code) or 0
    return found


def _taken_along(folder: Path, written: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of the old folder that the new instance.yaml still names."""
    shapes = [written["areas"], *written.get("indicators", {}).values()]
    names = [written["rule"], *(shape["file"] for shape in shapes if "file" in shape)]
    return {n: (folder / n).read_bytes() for n in names if (folder / n).is_file()}


def _put(folder: Path, contents: Mapping[str, bytes]) -> Instance:
    """The folder, which appears only when it can be read and divided."""
    staged = Path()
    try:
        staged = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        for name, content in contents.items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_bytes(content)
        distribute(load(staged))
        staged.chmod(0o755)
        staged.rename(folder)
    except InputError as error:
        told = [_as_if_in(folder, staged, each) for each in error.problems]
        raise InputError(*told) from error
    except OSError as error:
        raise InputError(
            Problem(
                Place(str(folder)),
                text(
                    "The folder cannot be written: {reason}.", reason=error.strerror or str(error)
                ),
                text("Choose a place in a folder that exists and that you may write to."),
            )
        ) from error
    finally:
        if staged.name and staged.exists():
            shutil.rmtree(staged, ignore_errors=True)
    return load(folder)


def _as_if_in(folder: Path, staged: Path, problem: Problem) -> Problem:
    """A problem of the folder that was tried, as one of the folder or the number asked for."""
    instance = read_yaml(staged / INSTANCE)
    totals = {line for key, line in instance.lines.items() if key[:1] == ("totals",)}
    if problem.place.file == instance.name and problem.place.line in totals:
        return replace(problem, place=Place("--total"))
    file = problem.place.file.replace(str(staged), str(folder))
    return replace(problem, place=replace(problem.place, file=file))
