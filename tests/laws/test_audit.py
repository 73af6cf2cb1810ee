"""Whatever is changed in a table that the program wrote is found there, and nowhere else.

The table itself has no differences, and every larger area is the sum of its rows. With one digit
changed the audit tells that row alone, and just the sums that it is in, or is. Two numbers that
changed places are told at these two; the sums that hold both still hold. A row that is missing is
named, and its sums are not judged. In a file a name on the wrong row is a problem of that line,
unless nothing says which area was meant. In a result no digit of a number, quota, figure or total
can be another one.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator import verify
from allocator.asking.auditing import Typed, of_file
from allocator.audit.published import Audit, SumCheck, audited
from allocator.core.distribute import distribute
from allocator.model.distribution import Distribution
from allocator.model.downloaded import Downloaded
from allocator.model.instance import Instance, Published, PublishedRow, Quantity
from allocator.model.problem import InputError
from allocator.reading.instances.read import load
from allocator.report.distribution.exact_json import as_data, digest
from tests.strategies import NAME, instances, together

TABLES = instances() | together()
often = settings(max_examples=40, deadline=None)
few = settings(max_examples=3, deadline=None)


class Tables(NamedTuple):
    """A table as the program gave it, and as it was published; printed when a law is broken."""

    own: Distribution
    published: tuple[PublishedRow, ...]

    @property
    def audit(self) -> Audit:
        return audited(self.own, Published(NAME, self.published))

    def __str__(self) -> str:
        parents = {leaf.code: leaf.parent for leaf in self.own.instance.division.leaves}
        rows = {(row.code, row.stream): row.number for row in self.published}
        audit = self.audit
        return (
            f"A: {dict(self.own.numbers)} {parents}\nB: {rows}\n"
            f"different: {[each.row for each in audit.different]}\noff: {sorted(off(audit))}"
        )


def own_table(instance: Instance) -> Tables:
    own = distribute(instance)
    rows = (
        PublishedRow(row.area.code, row.stream.name, row.number, Quantity.NUMBER, "")
        for row in own.rows()
    )
    return Tables(own, tuple(rows))


def changed(tables: Tables, *others: PublishedRow) -> Tables:
    """The table with other numbers in some rows, none of them the number that was to be divided."""
    assume(not any(tables.own.instance.repeats_total(row) for row in others))
    by_cell = {(row.code, row.stream): row for row in others}
    rows = (by_cell.get((row.code, row.stream), row) for row in tables.published)
    return Tables(tables.own, tuple(rows))


def with_another_digit(data: st.DataObject, number: int) -> int:
    written = str(number)
    at = data.draw(st.integers(0, len(written) - 1))
    digit = data.draw(st.sampled_from([each for each in "0123456789" if each != written[at]]))
    return int(f"{written[:at]}{digit}{written[at + 1 :]}")


Sum = tuple[str, str, str]


def name_of(check: SumCheck) -> Sum:
    return check.area.code, check.level, check.stream


def off(audit: Audit) -> set[Sum]:
    """The areas whose own number is not the sum of the rows of some level in them."""
    return {name_of(each) for each in audit.sums if each.sum != each.published}


def touched(tables: Tables, row: PublishedRow) -> set[Sum]:
    """The sums that a row is in, or that it should be."""
    division = tables.own.instance.division
    level, members = division.by_code[row.code].level, division.members
    return {
        name_of(check)
        for check in tables.audit.sums
        if check.stream == row.stream
        and (
            check.area.code == row.code
            or (check.level == level and {*members[row.code]} <= {*members[check.area.code]})
        )
    }


# --- In a table ---


@often
@given(TABLES)
def test_the_table_itself_is_clean(instance: Instance) -> None:
    tables = own_table(instance)
    audit = tables.audit
    assert len(audit.compared) == len(tables.published), str(tables)
    assert not audit.different, str(tables)
    assert not off(audit), str(tables)
    assert all(not areas for areas in audit.unpublished.values()), str(tables)


@often
@given(TABLES, st.data())
def test_another_digit_is_told_at_its_row_and_its_sums(
    instance: Instance, data: st.DataObject
) -> None:
    own = own_table(instance)
    row = data.draw(st.sampled_from(own.published))
    other = replace(row, number=with_another_digit(data, row.number))
    tables = changed(own, other)
    audit = tables.audit
    assert [each.row for each in audit.different] == [other], str(tables)
    assert audit.different[0].difference == row.number - other.number, str(tables)
    assert off(audit) == touched(own, row), str(tables)


@often
@given(TABLES, st.data())
def test_two_numbers_that_changed_places_are_told_at_both(
    instance: Instance, data: st.DataObject
) -> None:
    own = own_table(instance)
    one, two = data.draw(st.permutations(own.published))[:2]
    assume(one.number != two.number)
    tables = changed(own, replace(one, number=two.number), replace(two, number=one.number))
    audit = tables.audit
    told = {(each.row.code, each.row.stream) for each in audit.different}
    assert told == {(one.code, one.stream), (two.code, two.stream)}, str(tables)
    alone = touched(own, one) ^ touched(own, two)
    both = touched(own, one) & touched(own, two)
    assert alone <= off(audit) <= alone | both, str(tables)
    if len({own.own.instance.division.by_code[each.code].level for each in (one, two)}) == 1:
        assert off(audit) == alone, str(tables)  # a sum that holds both still holds


@often
@given(TABLES, st.data())
def test_a_missing_row_is_named_and_its_sums_are_not_judged(
    instance: Instance, data: st.DataObject
) -> None:
    own = own_table(instance)
    row = data.draw(st.sampled_from(own.published))
    tables = Tables(own.own, tuple(each for each in own.published if each != row))
    audit = tables.audit
    level = instance.division.by_code[row.code].level
    missing = {
        (level, stream, area.code)
        for (level, stream), areas in audit.unpublished.items()
        for area in areas
    }
    alone = not any(
        each.stream == row.stream and instance.division.by_code[each.code].level == level
        for each in tables.published
    )
    assert missing == (set() if alone else {(level, row.stream, row.code)}), str(tables)
    assert not audit.different, str(tables)
    for check in audit.sums:
        is_in = check.level == level and name_of(check) in touched(own, row)
        assert check.complete is not (is_in and check.area.code != row.code), str(tables)
        judged = check.complete and check.published is not None
        assert not judged or check.sum == check.published, str(tables)


# --- In a file ---

#: Twelve provinces, one stream.
MINORS = "nl/minors-2024-3660"


class Lines(NamedTuple):
    """The rows of a file, each with a code, a name and a number."""

    rows: tuple[tuple[str, str, int], ...]
    total: int

    def __str__(self) -> str:
        return "\n".join(f"{code},{name},{number}" for code, name, number in self.rows)

    def read(self, coded: bool) -> tuple[Audit, Downloaded]:
        """Its audit, with the codes or by the names alone."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "published.csv"
            heading = "Provinciecode,Provincie,Aantal" if coded else "Provincie,Aantal"
            lines = [(str(code), name, str(n))[not coded :] for code, name, n in self.rows]
            path.write_text("\n".join([heading, *map(",".join, lines), ""]), "utf-8")
            return of_file(path, Typed(None, (str(self.total),), MINORS, None, None, *NOTHING))


#: No year, tree, column, name, level, notation or sheet is typed.
NOTHING: Any = ((), None, (), (), "", None, "")


@st.composite
def files(draw: st.DrawFn) -> Lines:
    """The provinces' numbers of any total, in any order."""
    total = draw(st.integers(0, 20_000))
    own = distribute(load(MINORS, None, {"minors": total}))
    leaves = draw(st.permutations(own.instance.division.leaves))
    rows = tuple((leaf.code, leaf.name, own.number(leaf.code, "minors")) for leaf in leaves)
    return Lines(rows, total)


@few
@given(files(), st.booleans(), st.data())
def test_another_digit_in_a_file_is_told_at_its_line(
    lines: Lines, coded: bool, data: st.DataObject
) -> None:
    assert not lines.read(coded)[0].different, str(lines)
    at = data.draw(st.integers(0, len(lines.rows) - 1))
    code, name, number = lines.rows[at]
    other = code, name, with_another_digit(data, number)
    after = Lines((*lines.rows[:at], other, *lines.rows[at + 1 :]), lines.total)
    audit, _ = after.read(coded)
    assert [each.row.code for each in audit.different] == [code], f"A:\n{lines}\nB:\n{after}"
    (of_country,) = audit.sums
    off_by = of_country.sum - sum(number for _, _, number in lines.rows)
    assert off_by == other[2] - number, f"A:\n{lines}\nB:\n{after}"


@few
@given(files(), st.data())
def test_names_on_each_others_rows_are_told(lines: Lines, data: st.DataObject) -> None:
    """With codes beside them both lines are a problem; without, their numbers are others."""
    one, two = data.draw(st.permutations(range(len(lines.rows))))[:2]
    names = {one: lines.rows[two][1], two: lines.rows[one][1]}
    after = Lines(
        tuple((code, names.get(at, name), n) for at, (code, name, n) in enumerate(lines.rows)),
        lines.total,
    )
    with pytest.raises(InputError) as refused:
        after.read(coded=True)
    told = {problem.place.line for problem in refused.value.problems}
    assert told == {one + 2, two + 2}, f"A:\n{lines}\nB:\n{after}"
    audit, _ = after.read(coded=False)
    different = {each.row.code for each in audit.different}
    assume(lines.rows[one][2] != lines.rows[two][2])
    assert different == {lines.rows[one][0], lines.rows[two][0]}, f"A:\n{lines}\nB:\n{after}"


@few
@given(files(), st.data())
def test_a_name_of_nobody_is_told_at_its_line(lines: Lines, data: st.DataObject) -> None:
    """By its code the area is known all the same; the reader is told to look."""
    at = data.draw(st.integers(0, len(lines.rows) - 1))
    nobody = "Nergenshuizen"
    after = Lines(
        tuple((c, nobody if i == at else name, n) for i, (c, name, n) in enumerate(lines.rows)),
        lines.total,
    )
    with pytest.raises(InputError) as refused:
        after.read(coded=False)
    places = [problem.place.line for problem in refused.value.problems]
    assert places == [at + 2], f"A:\n{lines}\nB:\n{after}"
    audit, read = after.read(coded=True)
    assert not audit.different, f"A:\n{lines}\nB:\n{after}"
    doubtful = [(each.written, each.code) for each in read.matches if each.doubtful]
    assert doubtful == [(nobody, lines.rows[at][0])], f"A:\n{lines}\nB:\n{after}"


# --- In a result ---

Steps = tuple[Any, ...]
#: Where the numbers, quotas, figures and totals of a result stand.
EXACT = {
    "cells": ("number", "quota"),
    "indicators": ("values",),
    "totals": ("number",),
    "weights": ("values",),
    "drift": ("asked", "allocated", "difference"),
}


def entries(data: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Every number that counts: what holds it, and under which name or place."""
    for section, names in EXACT.items():
        for row in data[section]:
            for name in names:
                if isinstance(row[name], dict):
                    yield from ((row[name], code) for code in row[name])
                else:
                    yield row, name


def other_digits(written: str, lot: random.Random) -> Iterator[str]:
    """The same with another digit at each place."""
    for at, digit in enumerate(written):
        if digit.isdigit():
            other = lot.choice([each for each in "0123456789" if each != digit])
            yield f"{written[:at]}{other}{written[at + 1 :]}"


def without_rings(instance: Instance) -> Instance:
    """The same without the level beside the tree, which strategies hang under the country."""
    division = instance.division
    areas = tuple(area for area in division.areas if area.level not in division.also)
    return replace(instance, division=replace(division, also=(), areas=areas))


@few
@given((instances() | together()).map(without_rings), st.randoms(use_true_random=False))
def test_no_digit_of_a_result_can_be_another_one(instance: Instance, lot: random.Random) -> None:
    """The hash is made anew each time, as a forger would."""
    data = json.loads(json.dumps(as_data(distribute(instance))))
    assert verify.verify({**data, "hash": digest(data)}) == []
    held = list(entries(data))
    for holder, name in lot.sample(held, min(len(held), 8)):
        before = holder[name]
        for written in other_digits(str(before), lot):
            if written.endswith("/0"):
                continue  # no fraction at all, which its form says
            holder[name] = int(written) if isinstance(before, int) else written
            if holder[name] != before:
                reasons = verify.verify({**data, "hash": digest(data)})
                assert reasons, f"A: {name} {before}\nB: {name} {written}\n{json.dumps(data)}"
        holder[name] = before
