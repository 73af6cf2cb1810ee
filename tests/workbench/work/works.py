"""Small pieces of work for the tests of jobs, each told apart by its name."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from allocator.model.problem import InputError, Place, Problem
from allocator.words.text import text
from allocator.workbench.work.jobs import Ear


@dataclass(frozen=True)
class Work:
    """What all have in common."""

    name: str = ""

    @property
    def gives_best(self) -> bool:
        return True

    @property
    def title(self) -> str:
        return self.name

    def address(self, lang: str) -> str:
        return f"/?lang={lang}"


class Short(Work):
    """Is done at once."""

    def __call__(self, ear: Ear) -> str:
        ear.tell(1, 2)
        return f"done: {self.name}"


class UntilStopped(Work):
    """Goes on until somebody wants what there is."""

    def __call__(self, ear: Ear) -> str:
        steps = 0
        while not ear.stop():
            steps += 1
            ear.tell(steps, 0)
            time.sleep(0.01)
        return "the best so far"


class Deaf(Work):
    """Never asks whether it should stop."""

    def __call__(self, ear: Ear) -> None:
        ear.tell(1, 0)
        time.sleep(60)


class AllOrNothing(Deaf):
    """Has nothing before it has all."""

    @property
    def gives_best(self) -> bool:
        return False


class Refusing(Work):
    """Has no answer, for a reason."""

    def __call__(self, ear: Ear) -> None:
        raise InputError(Problem(Place("here"), text("found"), text("mend")))


class Wrong(Work):
    """Has an error of ours."""

    def __call__(self, ear: Ear) -> None:
        raise ZeroDivisionError


class Dying(Work):
    """Takes its process along."""

    def __call__(self, ear: Ear) -> None:
        os._exit(1)
