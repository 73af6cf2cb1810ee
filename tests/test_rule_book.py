"""The rule book: every rule is used, its page is right, and its sums are made again.

What is invented was invented so that it can be computed by hand; the sums here are those of the
sources, written down once more without the program's own keys.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path

import pytest

import allocator
from allocator.model.distribution import Distribution
from allocator.model.indicator import Quality
from allocator.reading.instances.folders import instance_names
from allocator.reading.instances.opened import header
from allocator.reading.library import instances_folder
from allocator.reading.rules import read_rule, rule_names, versions
from allocator.report.distribution.against_published import beside_published

PAGE = (Path(__file__).parents[1] / "docs" / "rule-book.md").read_text("utf-8")

#: Rules of before this page, which other pages are about.
EARLIER = {
    "de/proportional-to-inhabitants",
    "nl/equal-per-safety-region",
    "nl/housing-target",
    "nl/proportional-to-inhabitants",
    "nl/reception-places",
}
ON_THE_PAGE = sorted(set(rule_names()) - EARLIER)
HALF = Fraction(1, 2)


@cache
def distributed(name: str) -> Distribution:
    return allocator.distribute(allocator.load(name))


def column(path: str, name: str) -> dict[str, Fraction]:
    """A column of a file of the shelf, by code, read without the program."""
    with (instances_folder() / path).open(encoding="utf-8", newline="") as file:
        return {row["code"]: Fraction(row[name]) for row in csv.DictReader(file)}


def numbers(distribution: Distribution, stream: str) -> dict[str, int]:
    leaves = distribution.instance.division.leaves
    return {area.code: distribution.number(area.code, stream) for area in leaves}


def quotas(distribution: Distribution, stream: str) -> dict[str, Fraction]:
    leaves = distribution.instance.division.leaves
    return {area.code: distribution.quota(area.code, stream) for area in leaves}


def added(values: Mapping[str, Fraction]) -> Fraction:
    return sum(values.values(), Fraction(0))


def shares(values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    whole = added(values)
    return {code: value / whole for code, value in values.items()}


# the book


@pytest.mark.parametrize("rule", rule_names())
def test_every_rule_has_an_instance(rule: str) -> None:
    assert rule in {header(name).rule.partition("@")[0] for name in instance_names()}


@pytest.mark.parametrize("rule", ON_THE_PAGE)
def test_every_rule_is_on_the_page(rule: str) -> None:
    stem = rule.removeprefix("nl/reception-")
    assert rule in PAGE or f"nl/reception-2024-{stem}" in PAGE
    instances = [name for name in instance_names() if header(name).rule == rule]
    assert any(f"allocator run {name}" in PAGE for name in instances)


@pytest.mark.parametrize("rule", ON_THE_PAGE)
def test_a_rule_says_that_rounding_is_our_own_choice(rule: str) -> None:
    """No source seen has a rule for it, so that the file must say whose choice it is."""
    for path in versions(rule).values():
        gaps = read_rule(path).gaps
        assert any("round" in gap.en and "choice of our own" in gap.en for gap in gaps) or any(
            "each state was rounded by itself" in gap.en for gap in gaps
        )
        assert any("afgerond" in gap.nl or "fronding" in gap.nl for gap in gaps)


@pytest.mark.parametrize("rule", [name for name in ON_THE_PAGE if "nl/reception" in name])
def test_an_alternative_names_its_proposer_or_says_that_none_is_recorded(rule: str) -> None:
    for path in versions(rule).values():
        found = read_rule(path)
        nobody = "no proposer recorded here" in found.title.en
        assert nobody == all(not basis.act for basis in found.legal_basis)
        assert nobody == ("geen indiener bekend" in found.title.nl)


@pytest.mark.parametrize("name", instance_names())
def test_what_is_invented_says_so_in_its_title(name: str) -> None:
    shape = header(name)
    if Quality.INVENTED in {figures.quality for figures in shape.indicators.values()}:
        assert "invented" in shape.title.en
        assert "verzonnen" in shape.title.nl


# the page


def test_the_table_of_other_keys() -> None:
    rows = re.findall(
        r"^\| `nl/reception-([a-z-]+)`.* ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$", PAGE, re.M
    )
    assert len(rows) == 10
    for rule, *written in rows:
        name = "nl/reception-2024" if rule == "places" else f"nl/reception-2024-{rule}"
        distribution = distributed(name)
        found = [distribution.number(code, "places") for code in ("GM0363", "PV29", "GM0093")]
        assert found == [int(number.replace(",", "")) for number in written], rule


# Germany


def test_the_koenigstein_key_comes_back_exactly() -> None:
    distribution = distributed("de/koenigstein-2015")
    rows = list(beside_published(distribution))
    assert len(rows) == 16
    assert max(abs(row.difference) for row in rows) == 0
    for row in rows:
        assert distribution.quota(row.row.code, "share") == row.row.number
    assert sum(row.row.number for row in rows) == 10_000_000


def test_the_tax_shares_it_implies() -> None:
    folder = "de/koenigstein-2015"
    published = column(f"{folder}/published.csv", "number")
    population = column(f"{folder}/population.csv", "population")
    tax = shares(column(f"{folder}/tax.csv", "tax"))
    people = shares(population)
    assert added(population) == 81_197_537
    assert added(tax) == 1
    assert all(share > 0 for share in tax.values())
    per_head = {}
    for code, share in tax.items():
        assert share == (published[code] / 10_000_000 - people[code] / 3) * Fraction(3, 2)
        per_head[code] = share / people[code]
    cities = {"DE02", "DE04", "DE11"}  # Hamburg, Bremen, Berlin
    assert all(Fraction("1.24") < per_head[code] < Fraction("1.28") for code in cities)
    others = per_head.keys() - cities
    assert all(Fraction("0.95") < per_head[code] < Fraction("1.05") for code in others)


# European Union


def test_resettlement_shares_follow_from_places_but_for_ten_ties() -> None:
    rows = list(beside_published(distributed("eu/resettlement-2015-shares")))
    places = column("eu/resettlement-2015-shares/listed.csv", "listed")
    assert added(places) == 20_000
    assert sum(row.row.number for row in rows) == 9_999
    ties = {code for code, number in places.items() if number % 2}
    missed = {row.row.code for row in rows if row.difference}
    assert (len(rows), len(ties), len(missed)) == (28, 18, 10)
    assert missed < ties
    assert {row.difference for row in rows if row.difference} == {1}
    assert missed == {"CY", "EL", "FI", "FR", "HU", "IT", "LT", "MT", "SI", "UK"}


def test_resettlement_places_do_not_follow_from_shares() -> None:
    rows = list(beside_published(distributed("eu/resettlement-2015-places")))
    assert sum(not row.difference for row in rows) == 10
    for row in rows:
        assert abs(row.difference) == row.row.number % 2


def test_every_pair_of_share_and_places_fits_one_unrounded_share() -> None:
    percents = column("eu/resettlement-2015-places/listed.csv", "listed")
    places = column("eu/resettlement-2015-shares/listed.csv", "listed")
    for code, percent in percents.items():
        low = max(percent - Fraction(1, 200), (places[code] - HALF) / 200)
        high = min(percent + Fraction(1, 200), (places[code] + HALF) / 200)
        assert low < high, code


def test_relocation_by_hand() -> None:
    """Shares of inhabitants and GDP in percent; 1 per figure for the other two."""
    people = [Fraction(n, 100) for n in (50, 25, 12, 8, 4, 1)]
    gdp = [Fraction(n, 100) for n in (60, 20, 10, 6, 3, 1)]
    asked = [Fraction(n, 20) for n in (1, 1, 2, 2, 4, 10)]  # of 1/1000, 1/1000, 1/500 ...
    idle = [Fraction(n, 80) for n in (20, 10, 25, 10, 5, 10)]  # of 1/5, 1/10, 1/4 ...
    size = [p + g for p, g in zip(people, gdp, strict=True)]
    cut = [
        Fraction(4, 10) * s + min(a, Fraction(3, 10) * s) / 10 + min(u, Fraction(3, 10) * s) / 10
        for s, a, u in zip(size, asked, idle, strict=True)
    ]
    capped = [(a > s * 3 / 10, u > s * 3 / 10) for s, a, u in zip(size, asked, idle, strict=True)]
    assert capped == [(False, False)] * 2 + [(True, True)] * 4
    rest = 1 - sum(cut)
    assert rest == Fraction("0.1255")
    key = [c + rest * s / 2 for c, s in zip(cut, size, strict=True)]
    assert sum(key) == 1
    distribution = distributed("eu/relocation-2015-example")
    assert [q / 100_000 for q in quotas(distribution, "persons").values()] == key
    assert list(numbers(distribution, "persons").values()) == [
        floor(100_000 * k + HALF) for k in key
    ]


def test_solidarity_is_half_and_half() -> None:
    folder = "eu/solidarity-example"
    people = shares(column(f"{folder}/population.csv", "population"))
    gdp = shares(column(f"{folder}/gdp.csv", "gdp"))
    for stream, total in (("relocations", 30_000), ("euros", 600_000_000)):
        for code, quota in quotas(distributed(folder), stream).items():
            assert quota == total * (people[code] + gdp[code]) / 2


# Belgium, Denmark, Austria, United Kingdom


def test_the_exempt_belgian_municipality_gets_nothing_and_the_others_their_criteria() -> None:
    folder = "be/distribution-2016-example"
    people = column(f"{folder}/population.csv", "population")
    local = column(f"{folder}/local_places.csv", "local_places")
    others = column(f"{folder}/other_places.csv", "other_places")
    wages = column(f"{folder}/living_wage.csv", "living_wage")
    income = shares(column(f"{folder}/income.csv", "income"))
    places = {code: local[code] + others[code] * 3 / 4 for code in people}

    def inverse(counts: Mapping[str, Fraction]) -> dict[str, Fraction]:
        least = added(counts) / added(people) / 10
        return shares({code: 1 / max(counts[code] / people[code], least) for code in people})

    fewer_places, fewer_wages = inverse(places), inverse(wages)
    weights = {
        code: (35 * share + 20 * income[code] + 30 * fewer_places[code] + 15 * fewer_wages[code])
        for code, share in shares(people).items()
    }
    average = added(places) / added(people)
    assert average == Fraction("3.025") / 1000
    exempt = [code for code in people if places[code] / people[code] >= 2 * average]
    assert exempt == ["B5"]
    weights["B5"] = Fraction(0)
    distribution = distributed(folder)
    assert distribution.number("B5", "places") == 0
    for code, share in shares(weights).items():
        assert distribution.quota(code, "places") == 500 * share
    per_head = {code: n / people[code] for code, n in numbers(distribution, "places").items()}
    assert max(per_head, key=lambda code: per_head[code]) == "B8"  # the one without places


def test_the_danish_sum_by_hand() -> None:
    """(2p − f) × 1,200 − F: −10 becomes 0, and 1,010 goes back to 1,000."""
    distribution = distributed("dk/refugee-quotas-example")
    found = [-10, 460, 244, 153, 86, 67]
    (step,) = distribution.steps["refugees"]
    assert list(step.values.values()) == found
    assert sum(found) == 1_000
    quota = [Fraction(max(n, 0) * 1_000, 1_010) for n in found]
    assert list(quotas(distribution, "refugees").values()) == quota
    assert list(numbers(distribution, "refugees").values()) == [0, 455, 242, 152, 85, 66]
    assert [distribution.number(region, "refugees") for region in ("DR1", "DR2")] == [697, 303]


def test_an_austrian_land_has_its_share_of_inhabitants() -> None:
    people = shares(column("at/basic-care-example/population.csv", "population"))
    distribution = distributed("at/basic-care-example")
    for code, share in people.items():
        assert distribution.quota(code, "persons") == 20_000 * share
    assert sum(numbers(distribution, "persons").values()) == 20_000


def test_nobody_is_above_one_in_200_and_the_rest_share_by_inhabitants() -> None:
    folder = "uk/one-in-200-example"
    people = column(f"{folder}/population.csv", "population")
    then = column(f"{folder}/residents_2001.csv", "residents_2001")
    found = numbers(distributed(folder), "asylum_seekers")
    caps = {code: floor(residents / 200) for code, residents in then.items()}
    assert all(found[code] <= cap for code, cap in caps.items())
    at_cap = [code for code, cap in caps.items() if found[code] == cap]
    assert at_cap == ["U1", "U3", "U5"]
    left = 8_000 - sum(caps[code] for code in at_cap)
    free = {code: people[code] for code in people if code not in at_cap}
    for code, share in shares(free).items():
        assert abs(found[code] - left * share) < 1
    assert sum(found.values()) == 8_000


# the Netherlands


ALTERNATIVES = sorted(
    name
    for name in instance_names()
    if name.startswith("nl/reception-2024-") and not name.endswith("-example")
)


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_an_alternative_divides_what_the_act_divides(name: str) -> None:
    totals = {stream: total.number for stream, total in header(name).totals.items()}
    assert totals == {"places": 96_000, "minors": 8_140}
    division = distributed(name).instance.division
    assert len(division.leaves) == 342
    assert {area.code for area in division.leaves} == {
        area.code for area in distributed("nl/reception-2024").instance.division.leaves
    }


def test_there_are_nine_alternatives_on_real_figures() -> None:
    assert len(ALTERNATIVES) == 9


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("by-population", ["population/2023.csv:population"]),
        ("by-social-rent", ["dwellings/2023.csv:corporation_dwellings"]),
        ("by-area", ["land/2023.csv:land_ha"]),
        ("by-density", ["population/2023.csv:population", "land/2023.csv:density"]),
    ],
)
def test_a_municipality_has_its_share_of_the_figures(name: str, figures: list[str]) -> None:
    weights: dict[str, Fraction] = {}
    for file, _, of in (figure.partition(":") for figure in figures):
        for code, value in column(f"nl/tables/{file}", of).items():
            weights[code] = weights.get(code, Fraction(1)) * value
    distribution = distributed(f"nl/reception-2024-{name}")
    for code, share in shares(weights).items():
        assert distribution.quota(code, "places") == 96_000 * share
        assert distribution.quota(code, "minors") == 8_140 * share


def test_five_incomes_are_the_mean_of_the_others() -> None:
    used = column("nl/reception-2024-by-income/mean_income.csv", "mean_income")
    known = column("nl/tables/income/2024.csv", "mean_income")
    assumed = round(added(known) / len(known), 1)
    assert {code: used[code] for code in known} == known
    assert {used[code] for code in used.keys() - known.keys()} == {assumed}
    assert len(used) - len(known) == 5
    people = column("nl/tables/population/2023.csv", "population")
    distribution = distributed("nl/reception-2024-by-income")
    for code, share in shares({code: people[code] * used[code] for code in people}).items():
        assert distribution.quota(code, "places") == 96_000 * share


def test_a_labour_market_region_has_its_share_of_inhabitants() -> None:
    distribution = distributed("nl/reception-2024-by-labour-market-region")
    division = distribution.instance.division
    people = distribution.instance.indicators["population"].values
    regions = division.at("labour_market_region")
    assert len(regions) == 35
    crossing = 0
    for region in regions:
        inside = division.members[region.code]
        quota = 96_000 * sum(people[code] for code in inside) / sum(people.values())
        assert distribution.quota(region.code, "places") == quota
        assert floor(quota) <= distribution.number(region.code, "places") <= ceil(quota)
        provinces = [p for p in division.at("province") if {*division.members[p.code]} & {*inside}]
        crossing += len(provinces) > 1
    assert crossing


def test_provinces_are_alike_or_as_the_act_has_them() -> None:
    alike = distributed("nl/reception-2024-equal-per-province")
    kept = distributed("nl/reception-2024-province-then-population")
    act = distributed("nl/reception-2024")
    people = kept.instance.indicators["population"].values
    for province in alike.instance.division.at("province"):
        code = province.code
        assert alike.number(code, "places") == 8_000
        assert alike.number(code, "minors") in (678, 679)
        inside = act.instance.division.members[code]
        total = sum(people[leaf] for leaf in inside)
        for stream in ("places", "minors"):
            assert kept.number(code, stream) == act.number(code, stream)
            for leaf in inside:
                quota = kept.quota(leaf, stream)
                assert quota == act.number(code, stream) * people[leaf] / total


def test_nobody_is_below_the_floor_or_above_the_cap() -> None:
    distribution = distributed("nl/reception-2024-floor-and-cap")
    people = distribution.instance.indicators["population"].values
    act = quotas(distributed("nl/reception-2024"), "places")
    held = {"floor": 0, "cap": 0}
    for code, number in numbers(distribution, "places").items():
        least, most = ceil(4 * people[code] / 1000), floor(6 * people[code] / 1000)
        assert least <= number <= most
        held["floor"] += number == least and act[code] < least
        held["cap"] += number == most and act[code] > most
    assert all(held.values())


def test_existing_places_by_hand() -> None:
    """Of 880 in all: 352 − 400 becomes 0, and 428 goes back to 380."""
    distribution = distributed("nl/reception-existing-counted-example")
    (step,) = distribution.steps["places"]
    found = [Fraction(n) for n in ("-48", "160", "112", "68", "52.8", "35.2")]
    assert list(step.values.values()) == found
    quota = [max(n, Fraction(0)) * 380 / 428 for n in found]
    assert list(quotas(distribution, "places").values()) == quota


def test_at_least_30_percent_of_new_building_for_all_but_the_exempt() -> None:
    folder = "nl/social-dwellings-30-example"
    dwellings = column("nl/tables/dwellings/2024.csv", "dwellings")
    social = column("nl/tables/dwellings/2024.csv", "corporation_dwellings")
    new = column(f"{folder}/new_dwellings.csv", "new_dwellings")
    assert new == {code: ceil(8 * number / 100) for code, number in dwellings.items()}
    national = added(social) / added(dwellings)
    found = numbers(distributed(folder), "social_dwellings")
    exempt = {code for code in new if social[code] / dwellings[code] >= national}
    assert len(exempt) == 77
    for code, number in found.items():
        if code in exempt:
            assert number == 0
        else:
            assert new[code] * 3 / 10 <= number <= new[code]
    held = [c for c in found if c not in exempt and found[c] == ceil(new[c] * 3 / 10)]
    assert 0 < len(held) < len(found) - len(exempt)
    assert sum(found.values()) == 120_000
