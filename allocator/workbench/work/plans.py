"""The plan that a scenario asks for, as work for a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allocator.asking.planning import Beside, Typed, answered, asked, receipt
from allocator.model.problem import Place, Problems
from allocator.plan.after.planned import Planned
from allocator.plan.solving.answer import Stopped
from allocator.plan.solving.watch import Patience
from allocator.reading.formats import numerals
from allocator.reading.formats.files import recording
from allocator.report.plan.others import Others
from allocator.words.text import Value, text
from allocator.workbench.address import Scenario, read
from allocator.workbench.asked import instance_of
from allocator.workbench.work.jobs import Ear

#: Nobody keeps a process busy for longer than so many seconds.
LONGEST = 3600
#: So many other plans are looked for at most.
MOST = 10


@dataclass(frozen=True)
class Wanted:
    """What a scenario asks of a plan, as the options of the command line have it."""

    typed: Typed
    beside: Beside
    seconds: int | None

    @property
    def words(self) -> list[str]:
        """The options as they are typed."""
        found = [f"--without={name}" for name in self.typed.without]
        found += [f"--pledge={each}" for each in self.typed.pledge]
        found += [f"--cap={each}" for each in self.typed.cap]
        if self.beside.alternatives:
            found.append(f"--alternatives={self.beside.alternatives}")
        found += ["--fall-out"] if self.beside.fall_out else []
        found += ["--must-meet"] if self.beside.must_meet else []
        return [*found, f"--time-limit={self.seconds}"] if self.seconds else found


@dataclass(frozen=True)
class Found:
    """A plan with all that was asked beside it."""

    planned: Planned
    others: Others
    made_of: Mapping[str, Any]  # the receipt
    stopped: bool  # whether something of it was cut short


@dataclass(frozen=True)
class PlanWork:
    """A plan to be found; the same question in other words is the same work."""

    instance: str
    pairs: tuple[tuple[str, str], ...]  # what is asked, as in an address

    @property
    def title(self) -> Value:
        return instance_of(self.instance).title

    @property
    def gives_best(self) -> bool:
        return True

    def address(self, lang: str) -> str:
        return read(self.instance, self.pairs).with_(lang=lang).address("plan")

    def __call__(self, ear: Ear) -> Found:
        wanted = wanted_by(read(self.instance, self.pairs))
        with recording() as files:
            question = asked(self.instance, wanted.typed)
        patience = Patience(
            wanted.seconds or LONGEST, lambda what, place, of: ear.tell(place, of), ear.stop
        )
        planned, others = answered(question, wanted.typed, wanted.beside, patience)
        stops = (planned.plan.stopped, others.next_best.stopped)
        return Found(
            planned,
            others,
            receipt(self.instance, files, wanted.typed),
            ear.stop() or any(stopped is not Stopped.NO for stopped in stops),
        )


def work_of(scenario: Scenario) -> PlanWork:
    """The work of a scenario, with what belongs to a plan alone.

    >>> work_of(Scenario("nl/plan-example-zeeland", key="1", without=("veere-1", "goes-4"))).pairs
    (('without', 'goes-4'), ('without', 'veere-1'))
    """
    without = tuple(sorted(scenario.without))
    plan = Scenario(scenario.instance, without=without, planning=scenario.planning)
    return PlanWork(scenario.instance, tuple(plan.pairs))


def wanted_by(scenario: Scenario) -> Wanted:
    """What a scenario asks, read; every problem at the field that it is about.

    >>> wanted_by(read("nl/plan-example-zeeland", [("cap.GM0715", "270"), ("seconds", "9")])).words
    ['--cap=Terneuzen=270', '--time-limit=9']
    """
    problems = Problems()
    bounds: dict[str, list[str]] = {"pledge": [], "cap": []}
    for name, typed in sorted(scenario.planning.items()):
        head, _, code = name.partition(".")
        number = _whole(name, typed, problems) if head in bounds else None
        if number is not None:
            bounds[head].append(f"{_named(code, scenario)}={number}")
    alternatives = _between(scenario, "alternatives", 0, MOST, problems)
    seconds = _between(scenario, "seconds", 1, LONGEST, problems)
    problems.raise_any()
    named = (scenario.without, tuple(bounds["pledge"]), tuple(bounds["cap"]))
    return Wanted(
        Typed(None, None, None, None, *named),
        Beside(
            alternatives or 0,
            fall_out=bool(scenario.planning.get("fall_out")),
            must_meet=bool(scenario.planning.get("must_meet")),
        ),
        seconds,
    )


def _whole(name: str, typed: str, problems: Problems) -> int | None:
    try:
        return numerals.whole(typed)
    except numerals.Unreadable as error:
        problems.add(Place(name), error.found, error.mend)
    return None


def _between(
    scenario: Scenario, name: str, least: int, most: int, problems: Problems
) -> int | None:
    """A whole number within bounds; None where nothing is typed."""
    typed = scenario.planning.get(name)
    number = _whole(name, typed, problems) if typed else None
    if number is not None and not least <= number <= most:
        problems.add(
            Place(name),
            text("{number} is out of range.", number=number),
            text("Write a number from {least} to {most}.", least=least, most=most),
        )
    return number


def _named(code: str, scenario: Scenario) -> str:
    """A municipality by its name, unless another one shares it."""
    leaves = instance_of(scenario.instance).division.leaves
    names = {leaf.code: leaf.name for leaf in leaves}
    name = names.get(code, code)
    return name if list(names.values()).count(name) == 1 else code
