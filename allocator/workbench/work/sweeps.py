"""Many keys at once on a scenario, as work for a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import join

from allocator.asking.sweeping import Typed, asked
from allocator.comparison.sweep import Swept, sweep
from allocator.model.problem import InputError, Place, Problem
from allocator.reading.formats import numerals
from allocator.words.text import Value, text
from allocator.workbench.address import Scenario, read
from allocator.workbench.asked import instance_of
from allocator.workbench.work.jobs import Ear

#: So many keys are tried where nothing else is asked, and at most.
USUAL, MOST = 500, 20_000


@dataclass(frozen=True)
class SweepWork:
    """A sweep to be done; the same question is the same work."""

    instance: str
    pairs: tuple[tuple[str, str], ...]  # what is asked, as in an address

    @property
    def title(self) -> Value:
        return text("Many keys: {title}", title=instance_of(self.instance).title)

    @property
    def gives_best(self) -> bool:
        return False

    def address(self, lang: str) -> str:
        return read(self.instance, self.pairs).with_(lang=lang).address("doorrekening")

    def __call__(self, ear: Ear) -> Swept:
        question, design = asked(self.instance, typed_by(read(self.instance, self.pairs)))
        return sweep(
            question.instance,
            design,
            question.choice,
            question.keep,
            question.inside,
            progress=ear.tell,
        )


def work_of(scenario: Scenario) -> SweepWork:
    """The work of a scenario, with what belongs to a sweep alone."""
    own = Scenario(
        scenario.instance,
        keep=scenario.keep,
        missing=scenario.missing,
        rounding=scenario.rounding,
        method=scenario.method,
        inside=scenario.inside,
        sample=scenario.sample,
        totals=scenario.totals,
        weights=scenario.weights,
    )
    return SweepWork(scenario.instance, tuple(own.pairs))


def typed_by(scenario: Scenario) -> Typed:
    """What a scenario asks, as the options of the command line have it.

    >>> typed_by(Scenario("nl/reception-2024", weights=("population=20%..80%",))).sample
    500
    """
    return Typed(
        weights=scenario.weights,
        grid=None,
        sample=_sample(scenario.sample) if scenario.sample else USUAL,
        seed=None,
        totals=scenario.typed_totals,
        inside=scenario.inside or None,
        keep=scenario.keep or None,
        missing=scenario.missing or None,
        rounding=scenario.rounding or None,
        method=scenario.method or None,
        ties=None,
        fixed=(),
    )


def command_of(scenario: Scenario) -> str:
    """The command line that gives the same.

    >>> command_of(Scenario("nl/reception-2024", weights=("population=20%..80%",), lang="en"))
    'allocator sweep nl/reception-2024 --weights=population=20%..80% --sample=500 --lang en'
    """
    typed = typed_by(scenario)
    words = [f"--weights={each}" for each in typed.weights]
    words.append(f"--sample={typed.sample}")
    words += [f"--total={each}" for each in typed.totals]
    words += [
        f"--{name}={getattr(typed, name)}"
        for name in ("inside", "keep", "missing", "rounding", "method")
        if getattr(typed, name)
    ]
    return join(["allocator", "sweep", scenario.instance, *words, "--lang", scenario.lang])


def _sample(written: str) -> int:
    """How many keys, within bounds."""
    place = Place("--sample")
    try:
        number = numerals.whole(written)
    except numerals.Unreadable as error:
        raise InputError(Problem(place, error.found, error.mend)) from error
    if not 1 <= number <= MOST:
        raise InputError(
            Problem(
                place,
                text("{number} is out of range.", number=number),
                text("Write a number from {least} to {most}.", least=1, most=MOST),
            )
        )
    return number
