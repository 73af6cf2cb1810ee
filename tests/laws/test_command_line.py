"""What holds of any two ways to ask the command line the same, and of what it writes.

The order of rows and the unit of a count change nothing. Every larger area is the sum of its
municipalities. Screen, csv, json and workbook tell the same numbers, in both languages. What
`explain` explains is the number of `run`. An audit of one's own table finds nothing, a result is
right to `verify`, and `replay` makes it again. The rule's own key, typed, is the rule's key; beside
itself it moves nothing.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.cli.runner import Outcome, run
from tests.laws.drawn_folders import KEY, Drawn, drawn

some = settings(max_examples=8, deadline=None)
few = settings(max_examples=3, deadline=None)
Numbers = dict[tuple[str, str], str]


class Run(NamedTuple):
    """What was typed and what came of it; printed when a law is broken."""

    typed: tuple[str, ...]
    outcome: Outcome

    def __str__(self) -> str:
        return f"$ allocator {' '.join(self.typed)}\n{self.outcome.out}{self.outcome.err}"

    @property
    def rows(self) -> list[dict[str, str]]:
        """The lines of a csv."""
        return list(csv.DictReader(self.outcome.out.splitlines()))

    @property
    def numbers(self) -> Numbers:
        """Per area and stream the number of a csv."""
        return {(row["code"], row["stream"]): row["number"] for row in self.rows}


def typed(*words: object) -> Run:
    """One run in this process, which must end well."""
    written = tuple(map(str, words))
    with pytest.MonkeyPatch.context() as monkeypatch:
        done = Run(written, run(monkeypatch, *written))
    assert done.outcome.status == 0, str(done)
    return done


def both(one: object, other: object) -> str:
    return f"A: {one}\nB: {other}"


@contextmanager
def folder_of(instance: Drawn, **how: Any) -> Iterator[Path]:
    with TemporaryDirectory() as place:
        yield instance.write(Path(place) / "folder", **how)


def as_csv(instance: Drawn, *words: str, **how: Any) -> Run:
    with folder_of(instance, **how) as folder:
        return typed("run", folder, "--format", "csv", *words)


# --- The same question otherwise ---


@some
@given(drawn(), st.randoms(use_true_random=False))
def test_rows_in_another_order_give_the_same_csv(instance: Drawn, lot: random.Random) -> None:
    one, other = as_csv(instance), as_csv(instance, lot=lot)
    assert one.outcome.out == other.outcome.out, both(one, other)


@some
@given(drawn(), st.integers(2, 1_000))
def test_a_count_in_another_unit_gives_the_same_numbers(instance: Drawn, times: int) -> None:
    one, other = as_csv(instance), as_csv(instance, times=times)
    assert one.rows == other.rows, both(one, other)


@some
@given(drawn())
def test_the_rules_own_key_typed_gives_the_same_numbers(instance: Drawn) -> None:
    one, other = as_csv(instance), as_csv(instance, "--key", KEY)
    assert one.rows == other.rows, both(one, other)


@few
@given(drawn())
def test_a_key_beside_itself_moves_nothing(instance: Drawn) -> None:
    with folder_of(instance) as folder:
        one = typed("run", folder, "--format", "csv")
        other = typed("compare", folder, "--key", KEY, "--format", "json")
    document = json.loads(other.outcome.out)
    for key in document["keys"]:
        for stream in key["streams"].values():
            moved = stream["gaining"], stream["losing"], stream["moved"]
            assert moved == ([], [], 0), both(one, other)
    assert {cell["difference"] for cell in document["cells"]} == {0}, both(one, other)
    told = {(cell["code"], cell["stream"]): str(cell["number"]) for cell in document["cells"]}
    assert told == one.numbers, both(one, other)


# --- The same answer otherwise ---


@some
@given(drawn())
def test_larger_areas_are_the_sums_of_their_municipalities(instance: Drawn) -> None:
    one = as_csv(instance)
    leaves = [row for row in one.rows if row["level"] == "municipality"]
    for row in one.rows:
        if row["level"] != "municipality":
            inside = [
                int(leaf["number"])
                for leaf in leaves
                if leaf["stream"] == row["stream"] and row["code"] in ("NL", leaf["parent"])
            ]
            assert int(row["number"]) == sum(inside), f"{row}\n{one}"


@few
@given(drawn())
def test_csv_json_and_workbook_tell_the_same_numbers(instance: Drawn) -> None:
    with folder_of(instance) as folder:
        one = typed("run", folder, "--format", "csv")
        other = typed("run", folder, "--out", folder / "result.json")
        data = json.loads((folder / "result.json").read_text("utf-8"))
        typed("run", folder, "--out", folder / "annex.xlsx")
        book = load_workbook(folder / "annex.xlsx")
    in_json = {(cell["code"], cell["stream"]): str(cell["number"]) for cell in data["cells"]}
    assert in_json == one.numbers, both(one, f"{other}{in_json}")
    in_book: Numbers = {}
    for name in ("Nederland", "Provinces", "Municipalities"):
        streams, headings, *lines = book[name].values
        for line in lines:
            for at, heading in enumerate(headings):
                if heading == "number":
                    in_book[str(line[1]), str(streams[at])] = str(line[at])
    assert in_book == one.numbers, both(one, in_book)


@some
@given(drawn(), st.data())
def test_both_languages_tell_the_same_numbers(instance: Drawn, data: st.DataObject) -> None:
    area = data.draw(st.sampled_from(sorted(instance.people)))
    with folder_of(instance) as folder:
        for words in (("run", folder), ("explain", folder, area)):
            one, other = typed(*words, "--lang", "en"), typed(*words, "--lang", "nl")
            assert digits(one) == digits(other), both(one, other)
        csvs = [typed("run", folder, "--format", "csv", "--lang", each) for each in ("en", "nl")]
    assert csvs[0].outcome.out == csvs[1].outcome.out, both(*csvs)


def digits(told: Run) -> list[str]:
    """Every number of a text, without what parts its thousands or its decimals."""
    return [re.sub(r"[.,]", "", each) for each in re.findall(r"\d[\d.,]*", told.outcome.out)]


@some
@given(drawn(), st.data())
def test_what_is_explained_is_the_number_of_the_run(instance: Drawn, data: st.DataObject) -> None:
    with folder_of(instance) as folder:
        one = typed("run", folder, "--format", "csv")
        code = data.draw(st.sampled_from(sorted({code for code, _ in one.numbers})))
        other = typed("explain", folder, code)
    for stream in ("places", "minors", "regular"):
        (number,) = re.findall(rf"^{stream}: ([\d,]+)", other.outcome.out, re.MULTILINE)
        assert number.replace(",", "") == one.numbers[code, stream], both(one, other)


# --- What was written, read again ---


@some
@given(drawn(), st.sampled_from(["places", "minors", "regular"]))
def test_an_audit_of_ones_own_table_finds_nothing(instance: Drawn, stream: str) -> None:
    """Of one stream at a time: an audit expects each area once."""
    with folder_of(instance) as folder:
        one = typed("run", folder, "--format", "csv")
        heading, *lines = one.outcome.out.splitlines()
        table = folder / "own.csv"
        own = [line for line in lines if f",{stream}," in line]
        table.write_text("\n".join([heading, *own, ""]), "utf-8")
        words = ("--of", folder, "--column", f"{stream}=number", "--format", "json")
        other = typed("audit", table, *words)
    document = json.loads(other.outcome.out)
    assert len(document["rows"]) == len(own), both(one, other)
    different = [row for row in document["rows"] if row["published"] != row["computed"]]
    assert not different, both(one, other)
    assert all(check["sum"] == check["published"] for check in document["sums"]), both(one, other)


@some
@given(drawn())
def test_a_result_is_right_and_made_again(instance: Drawn) -> None:
    with folder_of(instance) as folder:
        one = typed("run", folder, "--out", folder / "result.json")
        right = typed("verify", folder / "result.json")
        assert right.outcome.out.startswith(f"{folder / 'result.json'}: right\n"), both(one, right)
        again = typed("replay", folder / "result.json.receipt.json")
        assert again.outcome.out.startswith("The same: nl/example"), both(one, again)
