"""A folder in which a way is tried again and again, always from the same beginning."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.interrupted.forked import End, here, program
from tests.interrupted.found import Held, halves, held, left
from tests.interrupted.ways import Kind, Way, prepare


class Half(AssertionError):
    """What an interruption must not leave."""

    def __init__(self, way: Way, wrong: list[str]) -> None:
        super().__init__("\n    ".join([way.name, *wrong]))


@dataclass(frozen=True)
class Tried:
    """One way, with what stands there before and after it."""

    way: Way
    kept: Path  # the beginning, which nobody touches
    before: Held
    after: Held

    @classmethod
    def of(cls, way: Way, folder: Path) -> Tried:
        """Make what was there before, and see what comes of the way without interruption."""
        kept, tried = folder / "kept", folder / "tried"
        kept.mkdir()
        prepare(kept)
        if way.kind is Kind.FILES:
            _done(kept, way.earlier)
        shutil.copytree(kept, tried)
        before = held(kept)
        _done(tried, way.command)
        after = held(tried)
        assert before != after, "an old file and a new one are told apart"
        return cls(way, kept, before, after)

    def check(self, folder: Path) -> None:
        """After an interruption: no half, and the next run ends as if there had been none."""
        now = held(folder)
        if wrong := halves(self.way, self.before, self.after, now):
            raise Half(self.way, wrong)
        if self.way.kind is Kind.FOLDER and now == self.after:
            return  # whole already, and a second one is refused
        again = program(folder, self.way.command)
        if again.status:
            raise Half(self.way, ["the next run does not end well", again.said])
        now = held(folder)
        if now != self.after:
            other = [
                path for path in {**now, **self.after} if now.get(path) != self.after.get(path)
            ]
            raise Half(self.way, ["the next run leaves something else", *other])

    def check_refused(self, folder: Path, end: End) -> None:
        """After an error of the system: told, and nothing is other than it was."""
        now = held(folder)
        wrong = halves(self.way, self.before, self.after, now)
        if self.way.kind is not Kind.PARTS and now != self.before:
            wrong.append(f"written all the same: {', '.join(set(now) ^ set(self.before))}")
        wrong += [f"{path} is left" for path in left(now)]
        names = (*self.way.places, *(Path(path).name for path in self.after))
        named = any(name in end.said for name in names)
        if end.status != 2 or "Traceback" in end.said or not named:
            wrong.append(f"exit status {end.status}: {end.said}")
        if wrong:
            raise Half(self.way, wrong)

    def stands(self, now: Held) -> str:
        """What is there: the old, the new, or something between the two of several files."""
        whole = {path: content for path, content in now.items() if path not in left(now)}
        return "old" if whole == self.before else "new" if whole == self.after else "between"

    def anew(self) -> Path:
        """The folder as it was at the beginning."""
        tried = self.kept.with_name("tried")
        shutil.rmtree(tried)
        shutil.copytree(self.kept, tried)
        return tried


def _done(folder: Path, arguments: tuple[str, ...]) -> None:
    end = here(folder, arguments)
    assert end.status == 0, end.said
