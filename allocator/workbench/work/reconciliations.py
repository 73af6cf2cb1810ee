"""Figures from which a published table follows, as work for a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from shlex import join

from allocator.asking.reconciling import bounds_of
from allocator.audit.reconcile import CannotBe, reconcile
from allocator.model.indicator import Uncertain
from allocator.model.instance import Instance
from allocator.report.audits import reconciled as report
from allocator.report.audits.reconciled import PLACES
from allocator.report.audits.reconciled_paper import reconciled_paper
from allocator.report.paper.paper import Paper
from allocator.words.text import Value, text
from allocator.workbench.address import Scenario, read
from allocator.workbench.asked import instance_of
from allocator.workbench.work.jobs import Ear

#: The page's part of an address.
HERE = "verzoenen"

TITLE = text("Which figures would give exactly this table?")


@dataclass(frozen=True)
class Reconciliation:
    """What was found, as each reader gets it."""

    paper: Paper
    csv: str  # "" where there are no figures to list
    json: str
    enough: Fraction | None = None  # one tolerance for all that would do, where these do not


@dataclass(frozen=True)
class ReconcileWork:
    """Figures to be found; the same question is the same work."""

    instance: str
    pairs: tuple[tuple[str, str], ...]  # what is asked, as in an address

    @property
    def title(self) -> Value:
        return instance_of(self.instance).title

    @property
    def gives_best(self) -> bool:
        return False

    def address(self, lang: str) -> str:
        return read(self.instance, self.pairs).with_(lang=lang).address(HERE)

    def __call__(self, ear: Ear) -> Reconciliation:
        instance = instance_of(self.instance)
        name, bounds = bounds_asked(read(self.instance, self.pairs), instance)
        found = reconcile(instance, name, bounds.tolerances, bounds.free)
        paper = reconciled_paper(found, instance, bounds)
        if isinstance(found, CannotBe):
            json = report.refusal_as_json(found, instance, name)
            return Reconciliation(paper, "", json, _enough(found, bounds))
        return Reconciliation(
            paper, report.as_csv(found, instance), report.as_json(found, instance)
        )


def _enough(found: CannotBe, bounds: Uncertain) -> Fraction | None:
    """One tolerance for all, of six decimals, wide enough for the figures found beyond theirs."""
    if found.beyond is None:
        return None
    widest = max(bounds.tolerances.values(), default=Fraction(0))
    return Fraction(ceil(widest * found.beyond.largest * 10**PLACES), 10**PLACES)


def work_of(scenario: Scenario) -> ReconcileWork:
    """What is to be found, the same in every language."""
    return ReconcileWork(scenario.instance, tuple(_own(scenario).pairs))


def bounds_asked(scenario: Scenario, instance: Instance) -> tuple[str, Uncertain]:
    """Which figures are uncertain, and how far each may be off."""
    own = _own(scenario)
    return bounds_of(instance, own.indicator or None, own.tolerance or None, own.free)


def _own(scenario: Scenario) -> Scenario:
    """What this page alone is asked; a decimal comma is read too."""
    return Scenario(
        scenario.instance,
        indicator=scenario.indicator,
        tolerance=scenario.tolerance.replace(",", "."),
        free=scenario.free,
    )


def command_of(scenario: Scenario) -> str:
    """The command line that gives the same.

    >>> command_of(Scenario("nl/reception-2024", tolerance="0,1", free=("GM0093",), lang="en"))
    'allocator reconcile nl/reception-2024 --tolerance=0.1 --free=GM0093 --lang en'
    """
    own = _own(scenario)
    words = [f"--indicator={own.indicator}"] if own.indicator else []
    words += [f"--tolerance={own.tolerance}"] if own.tolerance else []
    words += [f"--free={code}" for code in own.free]
    return join(["allocator", "reconcile", own.instance, *words, "--lang", scenario.lang])
