"""Work in processes of its own: in line, joined, stopped, forgotten; none hurts another."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator

import pytest

from allocator.workbench.work.jobs import KEPT, MOST_WAITING, Full, Job, Jobs, State
from tests.workbench.work.works import (
    AllOrNothing,
    Deaf,
    Dying,
    Refusing,
    Short,
    UntilStopped,
    Work,
    Wrong,
)

LONG = 20.0


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def jobs() -> Iterator[Jobs]:
    """One process, so that all others wait."""
    jobs = Jobs(1, Clock())
    yield jobs
    jobs.close()


def ended(job: Job) -> State:
    assert job.ended.wait(LONG)
    return job.state


def after(jobs: Jobs, work: Work) -> Job:
    """The job of this work, at its end."""
    job = jobs.ask(work)  # type: ignore[arg-type]
    assert job.ended.wait(LONG)
    return job


def begun(job: Job) -> None:
    """Wait until its process has told something."""
    while not job.done:
        assert not job.ended.wait(0.01)


def test_an_answer_is_kept_and_asked_only_once(jobs: Jobs) -> None:
    job = jobs.waited(Short("a"), LONG)
    assert (job.state, job.result, job.done, job.of) == (State.DONE, "done: a", 1, 2)
    assert jobs.ask(Short("a")).number == job.number
    assert jobs.find(job.number) is not None
    assert jobs.ask(Short("b")).number != job.number


def test_the_next_waits_and_a_stop_gives_the_best_so_far(jobs: Jobs) -> None:
    first, second = jobs.ask(UntilStopped("c")), jobs.ask(Short("c"))
    begun(first)
    third = jobs.ask(Short("third"))
    assert (jobs.before(first), jobs.before(second), jobs.before(third)) == (0, 1, 2)
    assert jobs.ask(UntilStopped("c")) is first
    jobs.stop(first)
    assert ended(first) is State.DONE
    assert first.result == "the best so far"
    assert ended(second) is State.DONE
    jobs.stop(first)
    assert first.state is State.DONE


def test_what_waits_can_be_taken_out_of_the_line(jobs: Jobs) -> None:
    first, second = jobs.ask(UntilStopped("d")), jobs.ask(Short("d"))
    begun(first)
    jobs.stop(second)
    assert second.state is State.BROKEN_OFF
    jobs.stop(first)
    assert ended(first) is State.DONE
    assert second.result is None


def test_a_second_stop_breaks_off_what_does_not_listen(jobs: Jobs) -> None:
    job = jobs.ask(Deaf("e"))
    begun(job)
    jobs.stop(job)
    assert not job.ended.wait(0.05)
    jobs.stop(job)
    assert ended(job) is State.BROKEN_OFF
    assert after(jobs, Short("after e")).state is State.DONE


def test_what_has_nothing_so_far_is_broken_off_at_once(jobs: Jobs) -> None:
    job = jobs.ask(AllOrNothing("h"))
    begun(job)
    jobs.stop(job)
    assert job.state is State.BROKEN_OFF


def test_a_process_that_dies_takes_nobody_along(jobs: Jobs) -> None:
    job = after(jobs, Dying("f"))
    assert job.state is State.DIED
    assert jobs.ask(Dying("f")) is job
    assert jobs.again(job).number != job.number
    assert jobs.find(job.number) is None
    assert after(jobs, Short("after f")).state is State.DONE


@pytest.mark.parametrize(("work", "state"), [(Refusing(), State.WRONG), (Wrong(), State.DIED)])
def test_what_went_wrong_is_told(jobs: Jobs, work: Work, state: State) -> None:
    job = after(jobs, work)
    assert (job.state, job.result) == (state, None)
    assert (job.error is not None) == (state is State.WRONG)


def test_after_an_hour_it_is_forgotten() -> None:
    clock = Clock()
    jobs = Jobs(1, clock)
    job = jobs.waited(Short("g"), LONG)
    clock.now = KEPT - 1
    assert jobs.find(job.number) is not None
    clock.now = KEPT
    assert jobs.find(job.number) is None
    assert jobs.ask(Short("g")).number != job.number
    jobs.close()


def test_a_full_line_takes_nothing_more_and_the_end_ends_all() -> None:
    before = set(multiprocessing.active_children())
    jobs = Jobs(1)
    begun(jobs.ask(UntilStopped("first")))
    numbers = {jobs.ask(Short(str(place))).number for place in range(MOST_WAITING)}
    assert len(numbers) == MOST_WAITING
    assert min(map(len, numbers)) >= 22  # 16 random bytes
    with pytest.raises(Full):
        jobs.ask(Short("one more"))
    (child,) = set(multiprocessing.active_children()) - before
    jobs.close()
    end = time.monotonic() + LONG
    while child.is_alive():
        assert time.monotonic() < end
