"""A message shows what it quotes, whatever that is."""

from __future__ import annotations

import pytest

from allocator.key.reader import read_key
from allocator.model.problem import InputError, Place, Problem
from allocator.words.say import LANGUAGES, say
from allocator.words.text import counted, series, text
from allocator.words.visible import LONGEST, pointed, visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\r\nb", "a\\r\\nb"),
        ("\u202efdp.exe", "\\u202efdp.exe"),
        ("half \ud800", "half \\ud800"),
        ("\ufeffcode", "\\ufeffcode"),
        (
            "'s-Gravenhage, Súdwest-Fryslân −3 \u00a0 ½",
            "'s-Gravenhage, Súdwest-Fryslân −3 \u00a0 ½",
        ),
    ],
)
def test_what_cannot_be_seen_is_written_out(written: str, shown: str) -> None:
    assert visible(written) == shown == visible(shown)


def test_what_is_long_is_cut_off_and_says_so() -> None:
    assert visible("a" * LONGEST) == "a" * LONGEST
    for written in ("a" * 70_000, "\0" * 499):
        assert len(visible(written)) == LONGEST
        assert visible(written).endswith(" ...")
        assert visible(visible(written)) == visible(written)


def test_a_problem_quotes_nothing_that_moves_a_cursor_at_any_depth() -> None:
    inner = text("{written} is not a number.", written="'\x1b[2J'")
    found = text("{column}: {found}", column="'a\nb'", found=inner)
    mend = counted(2, "{number} {names}", "{number} {names}", names=series(["\x07", "b" * 9_000]))
    problem = Problem(Place("fi\x1ble.csv", 3), found, mend)
    assert str(problem.found) == "'a\\nb': '\\x1b[2J' is not a number."
    for lang in LANGUAGES:
        assert say(problem.mend, lang).isprintable()
        assert len(say(problem.mend, lang)) < 600
    assert str(problem.place) == "fi\\x1ble.csv:3"


def test_a_long_key_is_shown_around_the_place() -> None:
    line, mark = pointed("1 + " * 400 + "x y", 1602).splitlines()
    assert line.endswith(" + x y")
    assert line.startswith("... ")
    assert line[mark.index("^")] == "y"
    assert len(line) < 160


@pytest.mark.parametrize("key", ["people\n* * 2", "people\t* \x00", "\x1b[2J", "people * \u202e2"])
def test_a_key_on_several_lines_is_shown_on_one(key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_key(key)
    [problem] = caught.value.problems
    line, mark = problem.excerpt.splitlines()
    assert line.isprintable()
    assert mark.strip() == "^"


def test_a_key_on_several_lines_is_shown_on_several_where_no_place_is_meant() -> None:
    written = "\tscore\n* people\x1b\n" * 20
    problem = Problem(Place(""), text("x"), text("x"), written)
    lines = problem.excerpt.split("\n")
    assert len(lines) == 8
    assert lines[:2] == ["        score", "* people\\x1b"]
