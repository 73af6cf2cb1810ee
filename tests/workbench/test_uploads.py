"""What readers brought is found under its number, for an hour, and never grows without end."""

from __future__ import annotations

from allocator.workbench.uploads import KEPT, LARGEST, MOST_BYTES, MOST_FILES, Uploads


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_file_is_kept_for_an_hour() -> None:
    clock = Clock()
    uploads = Uploads(clock)
    number = uploads.keep("table.csv", b"1")
    clock.now += KEPT - 1
    found = uploads.of(number)
    assert found
    assert (found.name, found.content) == ("table.csv", b"1")
    clock.now += 1
    assert uploads.of(number) is None


def test_looking_at_it_does_not_keep_it_longer() -> None:
    clock = Clock()
    uploads = Uploads(clock)
    number = uploads.keep("table.csv", b"1")
    for _ in range(4):
        clock.now += KEPT / 4
        uploads.of(number)
    assert uploads.of(number) is None


def test_a_number_cannot_be_guessed() -> None:
    uploads = Uploads()
    numbers = {uploads.keep("same", b"same") for _ in range(100)}
    assert len(numbers) == 100
    assert all(len(number) >= 32 for number in numbers)
    assert uploads.of("") is None
    assert uploads.of("../../etc/passwd") is None


def test_the_oldest_goes_first_when_there_are_too_many() -> None:
    uploads = Uploads()
    numbers = [uploads.keep(str(each), b"1") for each in range(MOST_FILES + 2)]
    assert [uploads.of(number) is None for number in numbers[:3]] == [True, True, False]
    assert uploads.of(numbers[-1]) is not None


def test_the_oldest_goes_first_when_they_are_too_large() -> None:
    uploads = Uploads()
    content = b"1" * LARGEST
    numbers = [uploads.keep(str(each), content) for each in range(MOST_BYTES // LARGEST + 1)]
    assert uploads.of(numbers[0]) is None
    assert all(uploads.of(number) for number in numbers[1:])
