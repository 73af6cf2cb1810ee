"""Watches one input: it is read or refused in words, soon, and within a bounded memory."""

from __future__ import annotations

import re
import resource
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from pathlib import Path
from types import FrameType

from allocator.model.problem import InputError
from allocator.words.say import LANGUAGES, say

#: Any input must be done with in so many seconds of the processor, which a busy machine does not
#: change; by the clock it may take so many times as long.
SECONDS = 5.0
WAITING = 12
#: It may take so much more memory.
MEGABYTES = 500

#: The longest message that is still worth getting, in characters, and the most of one input.
LONGEST = 2_000
MOST = 1_000

#: Signs that move a cursor, turn or end a line where nobody sees it, or cannot be written at all.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


_STATUS = Path("/proc/self/status")
PEAK = Path("/proc/self/clear_refs")


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Seen:
    """What came of one input."""

    outcome: Outcome
    seconds: float  # of the processor
    megabytes: float  # at most in use meanwhile, above what was before


class Failure(Exception):
    """What an input must not do, and how it was seen."""

    def __init__(self, kind: str, told: str = "") -> None:
        super().__init__(f"{kind}: {told}" if told else kind)
        self.kind, self.told = kind, told


class _TooLong(BaseException):
    """No `except Exception` on the way holds it up."""


def watched(read: Callable[[], object], seconds: float = SECONDS) -> Seen:
    """What comes of reading one input; a `Failure` where it did what no input may do."""
    _forget_the_peak()
    before = most_memory()
    start = time.process_time()
    outcome = Outcome.ACCEPTED
    printed = StringIO()
    try:
        with redirect_stdout(printed), _at_most(seconds):
            try:
                if read() is Outcome.REFUSED:
                    outcome = Outcome.REFUSED
            except InputError as error:
                check_told(error)
                outcome = Outcome.REFUSED
    except Failure:
        raise
    except _TooLong as late:
        raise Failure("hang", f"not done after {seconds} s\n{_where(late)}") from None
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        raise Failure("traceback", "".join(traceback.format_exception(error))) from error
    if printed.getvalue():
        raise Failure("printed", repr(printed.getvalue()[:200]))
    seen = Seen(outcome, time.process_time() - start, most_memory() - before)
    if seen.megabytes > MEGABYTES:
        raise Failure("memory", f"{seen.megabytes:.0f} MB more than before")
    return seen


def check_told(error: InputError) -> None:
    """Every problem can be said in each language, on one line, at a length that is read."""
    if not error.problems:
        raise Failure("message", "a refusal without a problem")
    if len(error.problems) > MOST:
        raise Failure("message", f"{len(error.problems)} problems of one input")
    for problem in error.problems:
        _check_words(str(problem.place), "the place")
        for line in problem.excerpt.split("\n"):
            _check_words(line, "the excerpt")
        for lang in LANGUAGES:
            for part in (problem.found, problem.mend):
                said = say(part, lang)
                _check_words(said, part.sentence)
                if not said.strip():
                    raise Failure("message", f"an empty sentence in {lang}")


def _check_words(said: str, what: str) -> None:
    if unfit := _UNFIT.search(said):
        raise Failure("message", f"U+{ord(unfit[0]):04X} in {what}: {said[:200]!r}")
    if len(said) > LONGEST:
        raise Failure("message", f"{len(said)} characters in {what}: {said[:200]!r}")


def _forget_the_peak() -> None:
    """The most memory is counted anew, where the system can: an input hides behind no earlier."""
    with suppress(OSError):
        PEAK.write_bytes(b"5")


def most_memory() -> float:
    """The most memory that this process used since its peak was forgotten, in megabytes.

    What getrusage tells on Linux begins with what the process used that started this one.
    """
    if _STATUS.exists():
        peak = int(_STATUS.read_bytes().partition(b"VmHWM:")[2].split(maxsplit=1)[0])
        return peak / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer; signals reach the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("an input can only be watched in the main thread")

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong

    timers = {
        signal.SIGPROF: (signal.ITIMER_PROF, seconds),
        signal.SIGALRM: (signal.ITIMER_REAL, seconds * WAITING),
    }
    earlier = {sign: signal.signal(sign, stop) for sign in timers}
    for timer, most in timers.values():
        signal.setitimer(timer, most)
    try:
        yield
    finally:
        for timer, _ in timers.values():
            signal.setitimer(timer, 0)
        for sign, before in earlier.items():
            signal.signal(sign, before)


def _where(late: BaseException) -> str:
    frames = traceback.extract_tb(late.__traceback__)
    return "".join(traceback.format_list(frames[-8:-1]))


@contextmanager
def nothing_left_in(folder: Path) -> Iterator[None]:
    """Whatever is tried meanwhile leaves no new file in a folder, and changes none."""
    before = _files_in(folder)
    yield
    after = _files_in(folder)
    if left := sorted(set(after) - set(before)):
        raise Failure("left over", ", ".join(left))
    if other := sorted(name for name in before if after.get(name) != before[name]):
        raise Failure("changed", ", ".join(other))


def _files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
