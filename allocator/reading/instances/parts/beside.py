"""What an instance has beside its numbers: the table as published, balances and goals, a plan."""

from __future__ import annotations

from dataclasses import replace

from allocator.model.areas import Division
from allocator.model.balances import NOTHING_KNOWN, Balances, Before, ExtraGoal, Origin
from allocator.model.half_year import HalfYear
from allocator.model.instance import Published
from allocator.model.mergers import Change
from allocator.model.plan import PlanAsked
from allocator.model.rule import Rule
from allocator.model.streams import Streams
from allocator.reading.balances.before import read_before
from allocator.reading.balances.read import FILES, read_balances
from allocator.reading.balances.rows import Frame
from allocator.reading.country.tables import other_names_of
from allocator.reading.formats.files import inside
from allocator.reading.instances.opened import Opened
from allocator.reading.instances.parts.published import read_published
from allocator.reading.plans.read import read_plan
from allocator.reading.shapes.balances import BalancesShape
from allocator.words.text import text


def published_of(opened: Opened, division: Division, streams: Streams) -> Published | None:
    """The table as it was published, where the instance has one."""
    shape = opened.shape.published
    if shape is None:
        return None
    with opened.problems.collecting():
        path, dialect = opened.table("published", shape.file, shape.dialect)
        others = other_names_of(opened.country)
        source = shape.source.local()
        return read_published(path, dialect, source, division, streams, others, opened.problems)
    return None


def balances_of(
    opened: Opened, division: Division, streams: Streams, rule: Rule, changes: tuple[Change, ...]
) -> Balances:
    """What the half-year has beside its numbers."""
    given = {}
    for key in FILES:
        shape: BalancesShape | None = getattr(opened.shape, key)
        if shape:
            with opened.problems.collecting():
                path, dialect = opened.table(key, shape.file, shape.dialect)
                given[key] = path, dialect, Origin(shape.source.local(), shape.quality)
    others = other_names_of(opened.country) if given else {}
    frame = Frame(division, streams, changes, others, opened.problems)
    half = HalfYear.read(opened.shape.period)
    goals, before = _extra_goals(opened, streams), _before(opened)
    known = replace(NOTHING_KNOWN, catch_up=goals, before=before)
    return read_balances(given, known, frame, rule, half, opened.file.place("period"))


def _extra_goals(opened: Opened, streams: Streams) -> dict[str, ExtraGoal]:
    given = [stream.name for stream in streams.given]
    for name in opened.shape.catch_up:
        if name not in given:
            opened.problem(
                text("There is no stream {name} here.", name=f"'{name}'"),
                text("The streams are: {names}.", names=", ".join(given)),
                "catch_up",
                name,
            )
    return {
        name: ExtraGoal(goal.number, goal.source.local())
        for name, goal in opened.shape.catch_up.items()
    }


def _before(opened: Opened) -> Before | None:
    shape = opened.shape.follows
    if shape is None:
        return None
    with opened.problems.collecting():
        path = inside(opened.folder, shape.account, opened.file.place("follows", "account"))
        return Before(shape.instance, read_before(path, opened.problems))
    return None


def plan_of(
    opened: Opened,
    division: Division,
    streams: Streams,
    rule: Rule,
    own_rule: Rule,
    changes: tuple[Change, ...],
) -> PlanAsked | None:
    """What the board plans with; by another rule that knows no plans there is none."""
    shape = opened.shape.plan
    if shape is None or (rule.plan is None and rule is not own_rule):
        return None
    if rule.plan is None:
        opened.problem(
            text("The rule {rule} lays down nothing for plans.", rule=rule.version),
            text("Add `plan:` to it, or use another rule."),
            "plan",
        )
        return None
    others = other_names_of(opened.country)
    frame = Frame(division, streams, changes, others, opened.problems)
    return read_plan(shape, opened.folder, opened.file, frame, rule.plan)
