"""From a closed half-year to the folder of the next, checked before it appears."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from allocator.asking.half_years import account_of, month_asked, realised_known
from allocator.asking.new_folder import identifier, put, refuse_existing, taken_along
from allocator.core.distribute import distribute
from allocator.model.areas import Division
from allocator.model.balances import Cell
from allocator.model.half_year import MONTHS, HalfYear
from allocator.model.instance import Instance
from allocator.model.mergers import Change, between, concerning
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import IndicatorAsked, YearAsked
from allocator.periods.account import Account, account
from allocator.periods.carrying import carried
from allocator.periods.catch_up import extra_goal
from allocator.periods.rolling import rolled
from allocator.reading.country.tables import changes_of, years_of
from allocator.reading.formats.yaml_text import YamlFile, read_yaml
from allocator.reading.instances.folders import folder_of, instance_names
from allocator.reading.rules import find_rule, rule_file
from allocator.report.package import NAME
from allocator.report.package.next_folder import package_of
from allocator.report.periods.next_folder import INSTANCE, Next, files_of
from allocator.report.periods.rolled import Rolled
from allocator.words.text import series, text


def written_folder(
    asked: str, period: str, totals: Mapping[str, int], out: Path | None, **files: Path | None
) -> Rolled:
    """The folder of the next half-year, written whole or not at all."""
    before = account_of(asked, **files)
    instance = before.instance
    half = _following(instance, period)
    _refuse_unfinished(before)
    old_folder = folder_of(asked).resolve()
    folder = out or Path(_name_of(old_folder.name, instance, half))
    refuse_existing(folder)
    changes = _changes(instance, old_folder, half)
    openings = rolled(before, changes)
    coming = Next(
        account=before,
        half=half,
        name=_own_name(instance.country, folder.name),
        totals=_by_stream(instance, totals),
        years=_years(instance, old_folder, half),
        openings=openings,
        names=_names(instance.division, changes),
        carried_on=_carried_on(before, changes),
    )
    written = read_yaml(old_folder / INSTANCE)
    contents = {**taken_along(old_folder, written.data), **files_of(coming, written.data)}
    contents[NAME] = package_of(coming, contents, written.data)
    return Rolled(before, account(distribute(put(folder, contents))), changes, folder)


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


def _name_of(old: str, instance: Instance, half: HalfYear) -> str:
    """The old folder's name with the new period in it."""
    own = instance.period.lower()
    stem = old.removesuffix("-announced")
    return stem.replace(own, str(half).lower()) if own in stem else f"{stem}-{half}".lower()


def _own_name(country: str, folder: str) -> str:
    """A name for the instance that none on the shelf has."""
    name = f"{country}/{identifier(folder)}"
    return f"{name}-own" if name in instance_names() else name


def _changes(instance: Instance, folder: Path, half: HalfYear) -> tuple[Change, ...]:
    """The changes of the instance's own areas until the next half-year."""
    problems = Problems()
    changes = between(changes_of(instance.country, problems), instance.day, half.day)
    leaves = [leaf.code for leaf in instance.division.leaves]
    own = concerning(leaves, changes)
    file = read_yaml(folder / INSTANCE)
    if own and "file" in file.data["areas"]:
        problems.add(
            file.place("areas", "file"),
            text(
                "Areas of this file merge or split until {half}: {areas}.",
                half=str(half),
                areas=series(list(dict.fromkeys(change.old_name for change in own))),
            ),
            text("Use the shared table of areas, or begin {half} by hand.", half=str(half)),
        )
    problems.raise_any()
    return own


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
        if asked is None:
            continue
        if not table:
            _refuse_old_figures(name, indicator, asked, half, shape)
        elif asked.year is YearAsked.PREVIOUS:
            found[name] = half.day.year - 1
        elif asked.year is YearAsked.LATEST:
            known = [y for y in years_of(instance.country, table) if y <= half.day.year]
            found[name] = max(known, default=half.day.year)
    return found


def _refuse_old_figures(
    name: str, written: Mapping[str, str], asked: IndicatorAsked, half: HalfYear, file: YamlFile
) -> None:
    """Figures in a file of one's own cannot be made a year younger."""
    wanted = str(half.day.year - 1)
    if asked.year is YearAsked.PREVIOUS and written["year"] != wanted:
        raise InputError(
            Problem(
                file.place("indicators", name),
                text(
                    "{name} is a file of {year}, and {half} asks for figures of {wanted}.",
                    name=f"'{name}'",
                    year=written["year"],
                    half=str(half),
                    wanted=wanted,
                ),
                text(
                    "Put both years into a shared table, or begin {half} by hand.", half=str(half)
                ),
            )
        )


def _carried_on(before: Account, changes: tuple[Change, ...]) -> dict[Cell, int]:
    """What is left of extra goals, per area right under the country."""
    found: dict[Cell, int] = {}
    balances, division = before.instance.balances, before.instance.division
    for stream in before.instance.streams.given:
        own = balances.catch_up.get(stream.name)
        earlier = {c: n for (c, name), n in balances.carried_on.items() if name == stream.name}
        left = dict(earlier)
        if own:  # without a goal there is nothing to meet or to miss
            extra = extra_goal(before, stream.name, own.number, earlier)
            left = {a.code: extra.remains(a.code) or 0 for a in division.at(division.tree[1])}
        if division.tree[1] == division.leaf_level:
            left = carried(left, changes)
        found |= {(code, stream.name): number for code, number in left.items()}
    return found
