"""The form beside the numbers: what may be asked otherwise, with what is asked now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from allocator.asking.totals import read_totals
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Problem
from allocator.model.rule import Rounding
from allocator.words.levels import level_name
from allocator.words.say import say
from allocator.words.text import Value, text
from allocator.workbench import asked
from allocator.workbench.address import Scenario

#: Keys that people ask for, beside that of the rule; each shown where its figures are known.
SUGGESTED = (
    ("population", text("inhabitants alone")),
    ("1", text("equal for each municipality")),
    ("land_ha", text("area of land")),
    ("corporation_dwellings", text("corporation dwellings")),
)

ROUNDINGS = {
    Rounding.CONSISTENT: text("so that every level adds up"),
    Rounding.HALF_UP: text("to the nearest, a half upward"),
    Rounding.UP: text("upward"),
    Rounding.DOWN: text("downward"),
}
MISSING = {
    "exclude": text("leave them out"),
    "mean": text("give them the mean of the others"),
}


@dataclass(frozen=True)
class Choice:
    """One of several possibilities."""

    value: str
    said: Value
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One thing that may be asked."""

    name: str
    label: Value
    value: str
    help: Value = ""
    choices: tuple[Choice, ...] = ()  # of a list
    suggested: tuple[Choice, ...] = ()  # beside what may be typed
    own: str = ""  # what it is where nothing else is asked
    number: bool = False
    problems: tuple[Problem, ...] = ()
    place: int = 0  # among fields of the same name

    @property
    def id(self) -> str:
        """What its label points at."""
        name = self.name.replace(" ", "_")
        return f"{name}-{self.place}" if self.place else name


def fields(scenario: Scenario, error: InputError | None = None) -> list[Field]:
    """What may be asked of an instance, each with the problem that it has."""
    instance = asked.instance_of(scenario.instance)
    found = [_key(scenario, instance)]
    for name in asked.may_count_less(scenario) if not _broken(scenario) else ():
        title = instance.indicators[name].title
        label = text("How much {figure} counts, in percent", figure=title)
        value = scenario.factors.get(name, "100")
        found.append(Field(f"counts.{name}", label, value, own="100", number=True))
    found += total_fields(scenario, instance)
    found.append(rounding_field(scenario, instance))
    if scenario.key or scenario.factors:
        found.append(keep_field(scenario, instance))
        found.append(missing_field(scenario))
    return with_problems(found, error)


def _broken(scenario: Scenario) -> bool:
    """Whether the key cannot be read at all."""
    try:
        list(asked.may_count_less(scenario))
    except InputError:
        return True
    return False


def _key(scenario: Scenario, instance: Instance) -> Field:
    own = asked.key_of_rule(instance)
    return Field(
        "key",
        text("Key"),
        scenario.key,
        text("Empty: the key of the rule, {key}.", key=own),
        suggested=tuple(
            Choice(key, said, scenario.key == key)
            for key, said in SUGGESTED
            if asked.has_figures(scenario.instance, key)
        ),
    )


def total_fields(scenario: Scenario, instance: Instance) -> list[Field]:
    """The national number of every stream that has one."""
    found = []
    for total in instance.totals.values():
        title = instance.streams.named(total.stream).title
        label = text("National number of {stream}", stream=title)
        own = str(total.number)
        value = scenario.totals.get(total.stream, own)
        found.append(Field(f"total.{total.stream}", label, value, own=own, number=True))
    return found


def rounding_field(scenario: Scenario, instance: Instance) -> Field:
    own = ROUNDINGS.get(instance.rule.choice.rounding)
    first = text("as the rule says: {how}", how=own) if own else text("as the rule says")
    several = [Choice("", first, not scenario.rounding)]
    several += [
        Choice(each.value, said, scenario.rounding == each.value)
        for each, said in ROUNDINGS.items()
    ]
    return Field("rounding", text("Rounding"), scenario.rounding, choices=tuple(several))


def keep_field(scenario: Scenario, instance: Instance) -> Field:
    between = instance.division.tree[1:-1]
    several = [Choice("", text("none"), not scenario.keep)]
    several += [Choice(each, level_name(each, 2), scenario.keep == each) for each in between]
    label = text("Who keep their number under the rule")
    return Field("keep", label, scenario.keep, choices=tuple(several))


def missing_field(scenario: Scenario) -> Field:
    several = [Choice("", text("say so, and stop"), not scenario.missing)]
    several += [Choice(each, said, scenario.missing == each) for each, said in MISSING.items()]
    label = text("Areas without a figure")
    return Field("missing", label, scenario.missing, choices=tuple(several))


def shown_field(scenario: Scenario, instance: Instance) -> Field:
    """Which of several streams the page is about."""
    given = instance.streams.given
    chosen = scenario.stream if scenario.stream in [s.name for s in given] else given[0].name
    several = tuple(Choice(each.name, each.title, each.name == chosen) for each in given)
    return Field("stream", text("Shown"), chosen, choices=several)


def with_problems(found: list[Field], error: InputError | None) -> list[Field]:
    """Each problem at the field that it is about."""
    if error is None:
        return found

    def about(each: Field, problem: Problem) -> bool:
        file = problem.place.file.removeprefix("--")
        return file == each.name or (file == "total" and _is_no_total(each))

    return [
        replace(each, problems=tuple(p for p in error.problems if about(each, p))) for each in found
    ]


def _is_no_total(field: Field) -> bool:
    """Whether what was typed for a national number is no number by itself."""
    head, _, stream = field.name.partition(".")
    if head != "total":
        return False
    try:
        read_totals((f"{stream}={field.value}",))
    except InputError:
        return True
    return False


def elsewhere(found: list[Field], error: InputError) -> list[Problem]:
    """The problems that belong to no field."""
    placed = {id(problem) for each in found for problem in each.problems}
    return [problem for problem in error.problems if id(problem) not in placed]


def spoken(problem: Problem, lang: str) -> str:
    """A problem in one line."""
    return f"{say(problem.found, lang)} {say(problem.mend, lang)}"
