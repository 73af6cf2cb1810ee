"""Laws of tables on a narrow screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allocator.report.layout import GAP, LEAST, aligned, on_screen, wrapped

WORD = st.text("abcdefg", min_size=1, max_size=9)
NUMBER = st.integers(0, 10**6).map(str)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A heading of one or several words over numbers, with names before them."""
    columns = draw(st.integers(1, 7))
    heading = [" ".join(draw(st.lists(WORD, min_size=1, max_size=4))) for _ in range(columns)]
    rows = draw(st.lists(st.lists(NUMBER, min_size=columns, max_size=columns), min_size=1))
    return [["area", *heading], *([draw(st.text("xyz", max_size=40)), *row] for row in rows)]


@given(tables(), st.integers(LEAST + GAP + 9, 120))
def test_every_line_fits_and_every_number_is_there(table: list[list[str]], columns: int) -> None:
    with on_screen(columns):
        lines = list(aligned(table))
    assert max(map(len, lines)) <= columns
    shown = " ".join(lines).split()
    for row in table[1:]:
        for number in row[1:]:
            assert number in shown
    for word in " ".join(table[0]).split():
        assert word in shown


@given(tables(), st.integers(1, 200))
def test_a_table_that_fits_is_as_it_was(table: list[list[str]], columns: int) -> None:
    plain = list(aligned(table))
    with on_screen(columns):
        shown = list(aligned(table))
    if max(map(len, plain)) <= columns and all(len(line) <= columns for line in plain):
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        if sum(widths) + GAP * (len(widths) - 1) <= columns:
            assert shown == plain
    with on_screen(None):
        assert list(aligned(table)) == plain


@given(st.lists(WORD, min_size=1).map(" ".join), st.integers(20, 150))
def test_a_paragraph_is_never_wider_than_the_screen_or_a_page(said: str, columns: int) -> None:
    with on_screen(columns):
        lines = wrapped(said, "! ").splitlines()
    assert max(map(len, lines)) <= min(columns, 100)
    assert " ".join(lines).split()[1:] == said.split()


def test_a_list_of_texts_is_folded_and_not_cut() -> None:
    with on_screen(40):
        lines = list(aligned([["nl/a", "2024", "a title of more words than there is room"]], 3))
    assert max(map(len, lines)) <= 40
    assert "…" not in "".join(lines)
    assert " ".join(" ".join(lines).split()) == "nl/a 2024 a title of more words than there is room"
