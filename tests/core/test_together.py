"""Rounding together and sharing under limits, on the real tables."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import pytest

import allocator
from allocator.model.instance import Instance
from allocator.model.limits import Limit
from allocator.model.problem import NoAnswer, Place
from allocator.model.rule import Choice, Lot, Method, Rounding, Step
from allocator.model.streams import KeyText
from allocator.words.say import say
from allocator.words.text import LocalText
from tests.cli.distribution.test_together import with_limits
from tests.example import AREAS, bent, write_example
from tests.strategies import instance_of

HERE = LocalText("test", "test")
WADDEN = ("GM0448", "GM0096", "GM0093", "GM0060", "GM0088")


def limit(name: str, code: str | tuple[str, ...], least: int | None, most: int | None) -> Limit:
    codes = (code,) if isinstance(code, str) else code
    return Limit(name, HERE, "places", codes, least, most)


def limited(*limits: Limit) -> Instance:
    return replace(allocator.load("nl/reception-2024"), limits=limits)


def test_the_minors_table_adds_up_with_noord_brabant_one_higher() -> None:
    """Of the remainders that half-up leaves down, Noord-Brabant's 0.4859 is the largest."""
    instance = allocator.load("nl/minors-2024-3660")
    distribution = allocator.distribute(instance, rounding="consistent")
    assert distribution.number("NL", "minors") == 3_660
    assert instance.published is not None
    higher = {
        row.code: distribution.number(row.code, "minors") - row.number
        for row in instance.published.rows
        if distribution.number(row.code, "minors") != row.number
    }
    assert higher == {"PV30": 1}
    assert distribution.number("PV30", "minors") == 540


@pytest.mark.parametrize("method", Method)
def test_reception_2024_adds_up_in_every_cell(method: Method) -> None:
    instance = allocator.load("nl/reception-2024")
    distribution = allocator.distribute(instance, rounding="consistent", method=method.value)
    totals = [drift.allocated for drift in distribution.drift]
    assert totals == [96_000, 8_140, 87_860]
    for row in distribution.rows():
        assert floor(row.quota) <= row.number <= ceil(row.quota)
        if row.stream.name == "minors":
            assert row.number <= distribution.number(row.area.code, "places")


def test_a_proof_says_of_each_cell_why_it_goes_up() -> None:
    """Its remainder is above the cut-off of its inner area and part, and the relief of the leaf."""
    instance = allocator.load("nl/reception-2024")
    found = allocator.distribute(instance, rounding="consistent")
    for proof in found.proofs:
        cuts = {(cut.area, cut.part): cut.at for cut in proof.cut_offs}
        for leaf in instance.division.leaves:
            for part in proof.parts:
                cut = cuts[proof.parents[leaf.code], part]
                assert cut is not None
                lead = found.quotas[leaf.code, part] % 1 - cut - (cuts.get((leaf.code, "")) or 0)
                rises = found.number(leaf.code, part) > found.quotas[leaf.code, part]
                assert lead == 0 or rises == (lead > 0)


@pytest.mark.parametrize(
    "method", [each for each in Method if each is not Method.LARGEST_REMAINDER]
)
def test_a_multiplier_is_the_price_of_its_sum(method: Method) -> None:
    """One over the price for a part of an area that has others inside; the price for a leaf."""
    instance = allocator.load("nl/minors-2024-3660")
    (proof,) = allocator.distribute(instance, rounding="consistent", method=method.value).proofs
    seen = 0
    for cut in proof.cut_offs:
        price = proof.prices.get((cut.area, cut.part))
        if price and not price.zeros:
            inner = cut.area in proof.parents.values()
            assert cut.at == (1 / price.number if inner else price.number)
            seen += 1
    assert seen


@pytest.mark.parametrize("fixed", [("province", "province"), ("country",)])
def test_a_level_is_fixed_once_and_has_to_be_there(fixed: tuple[str, ...]) -> None:
    with pytest.raises(allocator.InputError, match="cannot be fixed"):
        allocator.distribute(limited(), rounding="consistent", fixed=[*fixed])


def test_a_cap_lets_all_others_rise_by_one_ratio() -> None:
    """95,000 over what the free municipalities would have had: one ratio for every free cell."""
    instance = limited(
        limit("Amsterdam", "GM0363", None, 1_000),
        *(limit(f"none {code}", code, None, 0) for code in WADDEN),
    )
    found = allocator.distribute(instance, rounding="consistent")
    assert found.shares is not None
    capped = {"GM0363", *WADDEN}
    ratios = {
        share / found.quotas[cell]
        for cell, share in found.shares.shares.items()
        if cell[0] not in capped
    }
    free = sum(
        found.quota(area.code, "places")
        for area in instance.division.leaves
        if area.code not in capped
    )
    assert ratios == {Fraction(95_000) / free}
    assert found.number("GM0363", "places") == 1_000
    assert [found.number(code, "places") for code in WADDEN] == [0] * 5
    assert found.number("NL", "places") == 96_000


def test_with_provinces_fixed_there_is_one_ratio_per_province() -> None:
    instance = limited(limit("Amsterdam", "GM0363", None, 1_000))
    found = allocator.distribute(instance, rounding="consistent", fixed=["province"])
    assert found.shares is not None
    for province in instance.division.at("province"):
        members = [c for c in instance.division.members[province.code] if c != "GM0363"]
        ratios = {
            found.shares.shares[code, part] / found.quotas[code, part]
            for code in members
            for part in ("minors", "regular")
        }
        assert len(ratios) == 1
        assert (ratios == {Fraction(1)}) == (province.code != "PV27")


def test_what_cannot_be_placed_is_told_per_province_and_stream() -> None:
    """Zeeland's 13 municipalities capped at 100 each: 1,300 of 2,102 places."""
    zeeland = allocator.load("nl/reception-2024").division.members["PV29"]
    instance = limited(*(limit(f"cap {code}", code, None, 100) for code in zeeland))
    found = allocator.distribute(instance, rounding="consistent", fixed=["province"])
    assert found.shares is not None
    missing = sum(short.number for short in found.shares.shortfalls)
    assert missing == found.quota("PV29", "places") - 1_300
    assert {name.partition(" ")[0] for s in found.shares.shortfalls for name in s.totals} == {
        "NL",
        "PV29",
    }


def test_a_conflict_of_three_among_forty_is_named_as_those_three() -> None:
    leaves = allocator.load("nl/reception-2024").division.leaves
    slack = [limit(f"slack {area.code}", area.code, None, 9_000) for area in leaves[:37]]
    three = [
        limit("pledge of Zeeland", "PV29", 2_400, None),
        limit("cap of the three cities", ("GM0687", "GM0718", "GM0664"), None, 300),
        limit(
            "cap of the rest",
            tuple(
                code
                for code in allocator.load("nl/reception-2024").division.members["PV29"]
                if code not in ("GM0687", "GM0718", "GM0664")
            ),
            None,
            1_500,
        ),
    ]
    with pytest.raises(NoAnswer) as caught:
        allocator.distribute(limited(*slack, *three), rounding="consistent")
    (problem,) = caught.value.problems
    said = str(problem)
    assert "600 too many" in said
    for each in three:
        assert each.name in said
    assert "slack" not in said


def test_a_pool_is_limited_in_all() -> None:
    pool = ("GM0687", "GM0718")
    found = allocator.distribute(limited(limit("pool", pool, None, 300)), rounding="consistent")
    assert sum(found.number(code, "places") for code in pool) == 300


def test_nothing_or_at_least_so_many() -> None:
    thresholds = [
        Limit(f"sixteen {code}", HERE, "places", (code,), None, None, nothing_or=16)
        for code in WADDEN
    ]
    found = allocator.distribute(limited(*thresholds), rounding="consistent")
    numbers = [found.number(code, "places") for code in WADDEN]
    assert all(number == 0 or number >= 16 for number in numbers)
    assert found.number("NL", "places") == 96_000


def test_ties_are_told_refused_or_drawn(tmp_path: Path) -> None:
    """Four areas of equal weight share 6 places: two of them get 2, by order of code."""
    people = {"people_csv": "code,name,people\n" + "".join(f"{c},,5\n" for c in "ABCD")}
    flat = bent("rule.yaml", "key: (score + 1) * people", "key: people")
    totals = {
        "instance_yaml": bent("instance.yaml", "number: 100", "number: 6")["instance_yaml"]
        .replace("number: 10,", "number: 0,")
        .replace("\n  also: [region]", "")
    }
    instance = allocator.load(
        write_example(
            tmp_path,
            areas_csv="\n".join(
                line.rpartition(",")[0] for line in AREAS.splitlines() if ",region," not in line
            ),
            **people,
            **flat,
            **totals,
        )
    )
    found = allocator.distribute(instance, rounding="consistent")
    (proof,) = found.proofs
    assert [found.number(code, "places") for code in "ABCD"] == [2, 1, 2, 1]
    assert proof.ties
    with pytest.raises(NoAnswer, match="These cells tie"):
        allocator.distribute(instance, rounding="consistent", ties="refuse")


def test_a_lot_without_all_tied_cells_is_refused_with_the_file_of_the_instance() -> None:
    weights = dict.fromkeys("ABCD", Fraction(1))
    four = instance_of(weights, dict.fromkeys("ABCD", "P"), {"x": 6}, Rounding.CONSISTENT)
    (proof,) = allocator.distribute(four).proofs
    lot = Lot(proof.fingerprint, (("A", "x"), ("B", "x")))
    drawn = replace(four, rule=replace(four.rule, choice=Choice(Rounding.CONSISTENT, ties=(lot,))))
    with pytest.raises(allocator.InputError, match="The whole numbers cannot be found") as caught:
        allocator.distribute(replace(drawn, file="mine.yaml"))
    assert [str(problem.place) for problem in caught.value.problems] == ["mine.yaml"]


def test_a_key_that_cannot_be_computed_is_refused_where_it_stands() -> None:
    weights = dict.fromkeys("AB", Fraction(1))
    plain = instance_of(weights, dict.fromkeys("AB", "P"), {"x": 6}, Rounding.CONSISTENT)
    key = KeyText("people / (people - people)", Place("mine.yaml"))
    with pytest.raises(allocator.InputError, match="divides by zero") as caught:
        allocator.distribute(replace(plain, rule=replace(plain.rule, steps=(Step("", key),))))
    assert [str(problem.place) for problem in caught.value.problems] == ["mine.yaml"]


def test_limits_want_areas_rounded_together() -> None:
    with pytest.raises(allocator.InputError, match="rounding consistent"):
        allocator.distribute(limited(limit("cap", "GM0363", None, 1_000)))


def test_a_level_that_crosses_is_refused_or_reported(tmp_path: Path) -> None:
    """The example's regions cross its provinces: Rand holds Aalst in West and Cuijk in Oost."""
    instance = allocator.load(write_example(tmp_path / "refused"))
    with pytest.raises(allocator.InputError, match="region cross the main tree"):
        allocator.distribute(instance, rounding="consistent")
    reported = bent("rule.yaml", "rounding: half-up", "rounding: consistent\ncrossing: reported")
    folder = write_example(tmp_path / "reported", **reported)
    assert allocator.distribute(allocator.load(folder)).number("NL", "places") == 100


def test_a_variable_that_the_solver_leaves_open_is_asked_for_again() -> None:
    """Two thresholds' program in which presolve gave no value for one cell."""
    instance = limited(
        Limit("exactly one", HERE, "places", ("GM0093",), 1, 1),
        Limit("four or none", HERE, "regular", ("GM0096", "GM0088"), None, None, nothing_or=4),
    )
    small = {
        "places": replace(instance.totals["places"], number=40),
        "minors": replace(instance.totals["minors"], number=2),
    }
    found = allocator.distribute(replace(instance, totals=small), rounding="consistent")
    assert found.number("GM0093", "places") == 1
    assert sum(found.number(code, "regular") for code in ("GM0096", "GM0088")) in {0, 4, 5}


def test_a_pool_that_cuts_through_regions_is_named() -> None:
    """Amsterdam and Haarlem lie in one province, in two safety regions; the others in one."""
    pool = limit("two cities", ("GM0363", "GM0392"), None, 4_000)
    inside = limit("a pool", ("GM0687", "GM0718"), None, 400)
    with pytest.raises(allocator.InputError, match="pool of 'two cities' cuts through areas"):
        allocator.distribute(limited(inside, pool), rounding="consistent")


def test_a_conflict_writes_its_numbers_as_its_reader_does(tmp_path: Path) -> None:
    """West has 150/52 = 2.885 minors by its quota; a floor of 9 leaves 6.115 too many."""
    least = "  - {name: floor, source: board, stream: minors, areas: [P1], at_least: 9}\n"
    instance = allocator.load(with_limits(tmp_path / "x", least))
    with pytest.raises(NoAnswer) as caught:
        allocator.distribute(instance, fixed=["province"])
    (problem,) = caught.value.problems
    assert "6.115 too many" in say(problem.found, "en")
    assert "6,115 te veel" in say(problem.found, "nl")
