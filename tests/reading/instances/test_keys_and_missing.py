"""Keys of one's own on an instance, figures that areas lack, rule files that go on after a key."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from allocator.core.distribute import distribute
from allocator.core.keeping import another_key
from allocator.core.quotas import weighed_by
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place
from allocator.model.rule import AfterKind
from allocator.model.streams import KeyText
from allocator.reading.instances.parts.indicators import Missing
from allocator.reading.instances.read import load
from allocator.reading.instances.variants import variants
from allocator.report.cautions import cautions
from tests.example import FILES, INSTANCE, PEOPLE, RULE, bent, write_example

LACKING = ("GM0060", "GM0088", "GM0096", "GM0277", "GM0339")
NAMES = "Ameland, Schiermonnikoog, Vlieland, Rozendaal and Renswoude"


def key(written: str, place: str = "--key") -> KeyText:
    return KeyText(written, Place(place))


def told(asked: str | Path, *written: str, missing: Missing = Missing.ERROR) -> list[str]:
    """Every problem of an instance with keys, folders cut off, its excerpt under it."""
    keys = [key(each) for each in written]
    with pytest.raises(InputError) as caught:
        distribute(load(asked, keys=keys, missing=missing))
    folder = f"{asked}/" if isinstance(asked, Path) else ""
    return [
        f"{each}{chr(10) if each.excerpt else ''}{each.excerpt}".replace(folder, "")
        for each in caught.value.problems
    ]


def weights(instance: Instance, written: str) -> dict[str, Fraction]:
    division = instance.division
    return dict(weighed_by(key(written), division.leaves, division, instance.indicators).weights)


# --- Keys of one's own ---


def test_figures_of_a_key_are_taken_from_the_shared_tables() -> None:
    instance = load("nl/reception-2024", keys=[key("population / woz_value")])
    assert list(instance.indicators) == ["population", "ses_woa", "woz_value"]
    assert instance.indicators["woz_value"].year == 2024
    assert instance.rule.version == "nl/reception-places@2024-02-01"  # asking changes nothing yet


def test_an_instance_keeps_the_year_of_its_own_figures() -> None:
    """The act's instance has inhabitants of 2023, though there are some of 2024."""
    plain, asked = load("nl/reception-2024"), load("nl/reception-2024", keys=[key("population")])
    assert asked.indicators == plain.indicators


def test_figures_that_no_key_names_are_not_read() -> None:
    assert list(load("nl/housing-2023-h1", keys=[key("1")]).indicators) == ["population"]


def test_a_typo_points_at_the_character() -> None:
    (problem,) = told("nl/housing-2023-h1", "2 * popluation / dwellings")
    assert problem == (
        "--key: There is no indicator 'popluation'. Did you mean 'population'?\n"
        "2 * popluation / dwellings\n    ^"
    )
    (problem,) = told("nl/housing-2023-h1", "population * (1 + )")
    assert problem == (
        "--key: ')' does not fit here. Something is missing before it, or it closes nothing.\n"
        "population * (1 + )\n                  ^"
    )


def test_an_unknown_name_is_told_what_there_is() -> None:
    (problem,) = told("nl/housing-2023-h1", "xyz")
    assert problem.startswith(
        "--key: There is no indicator 'xyz'. The indicators here are: population, "
        "corporation_dwellings, corporation_share, density, "
    )
    assert problem.endswith("woz_value, total.\nxyz\n^")


def test_problems_of_several_keys_are_told_together() -> None:
    assert told("nl/housing-2023-h1", "populatio", "", "1 +", "dwelings + popul") == [
        "--key: There is no indicator 'populatio'. Did you mean 'population'?\npopulatio\n^",
        "--key: There is no indicator 'dwelings'. Did you mean 'dwellings'?\ndwelings + popul\n^",
        "--key: There is no indicator 'popul'. Did you mean 'population'?\n"
        "dwelings + popul\n           ^",
        "--key: The key is empty. Expected a number, an indicator, a function or a parenthesis.",
        "--key: The key breaks off. Expected a number, an indicator, a function or a parenthesis."
        "\n1 +\n   ^",
    ]


def test_problems_of_the_instance_are_told_beside_those_of_a_key(tmp_path: Path) -> None:
    folder = write_example(tmp_path, **bent("people.csv", "1000", "10x0"))
    problems = told(folder, "peopel")
    assert len(problems) == 2
    assert any(
        "There is no indicator 'peopel'. Did you mean 'people'?" in each for each in problems
    )
    assert any(each.startswith("people.csv:2: ") for each in problems)


def test_figures_that_came_later_are_told_where_they_were_asked() -> None:
    """The first dwellings are of 2020, the first incomes of 2024."""
    assert told("nl/housing-2016-h2", "dwellings", "median_income") == [
        f"--key: There are no figures of '{name}' of 1 July 2016 or earlier. The first are of "
        f"{year}: take a later period, or make an instance with your own."
        for name, year in (("dwellings", 2020), ("median_income", 2024))
    ]


# --- Figures that areas lack ---


@pytest.mark.parametrize("written", ["median_income", "population / mean_income"])
def test_areas_without_a_figure_are_listed_and_a_choice_is_asked(written: str) -> None:
    name = "median_income" if "median" in written else "mean_income"
    listed = (
        "Ameland (GM0060), Schiermonnikoog (GM0088), Vlieland (GM0096), Rozendaal (GM0277) and "
        "Renswoude (GM0339)"
    )
    assert told("nl/reception-2024", written) == [
        f"instances/nl/tables/income/2024.csv: There is no '{name}' for {listed}. "
        "Add a line for each; `run`, `explain`, `compare`, `sweep` and `margins` "
        "also take --missing exclude or mean."
    ]


def incomes(missing: Missing, written: str = "median_income") -> Instance:
    return load("nl/reception-2024", keys=[key(written)], missing=missing)


def test_leaving_areas_out_gives_them_nothing_and_says_so() -> None:
    instance = incomes(Missing.EXCLUDE)
    figures = instance.indicators["median_income"]
    assert figures.lacking == frozenset(LACKING)
    assert figures.assumed == frozenset()
    found = distribute(another_key(instance, key("median_income")))
    for stream in found.instance.streams.names:
        assert [found.number(code, stream) for code in LACKING] == [0] * 5
    assert sum(1 for each in weights(instance, "median_income").values() if not each) == 5
    assert (
        "Left out, for want of median standardised income, in thousands of euros: " + NAMES + "."
    ) in [str(each) for each in cautions(found)]


def test_who_is_left_out_is_in_no_sum() -> None:
    """A share is that among the others, and 1 divided by nothing is not asked of the five."""
    instance = incomes(Missing.EXCLUDE)
    for written in ("population / median_income", "inverse(median_income)"):
        assert {weights(instance, written)[code] for code in LACKING} == {Fraction(0)}
    shares = weights(instance, "share(population) + 0 * median_income")
    assert sum(shares.values()) == 1
    people = instance.indicators["population"].values
    counted = sum((people[code] for code in people if code not in LACKING), Fraction(0))
    assert shares["GM0687"] == people["GM0687"] / counted
    national = weights(instance, "national(population) + 0 * median_income")
    assert national["GM0687"] == counted


def test_keys_that_do_not_need_the_figure_leave_nobody_out() -> None:
    instance = incomes(Missing.EXCLUDE)
    assert all(weights(instance, "population").values())
    found = distribute(another_key(instance, key("population")))
    assert not [each for each in cautions(found) if "Left out" in str(each)]


def test_the_mean_of_the_others_is_assumed_and_said() -> None:
    instance = incomes(Missing.MEAN)
    figures = instance.indicators["median_income"]
    assert (figures.assumed, figures.lacking) == (frozenset(LACKING), frozenset())
    known = [value for code, value in figures.values.items() if code not in LACKING]
    assert len(known) == 337
    mean = sum(known, Fraction(0)) / 337
    assert [figures.values[code] for code in LACKING] == [mean] * 5
    found = distribute(another_key(instance, key("median_income * population")))
    assert all(found.number(code, "places") for code in LACKING)
    assert (
        "Assumed: median standardised income, in thousands of euros of " + NAMES + " is the mean "
        "of the others."
    ) in [str(each) for each in cautions(found)]


def lacking(tmp_path: Path, people: str = PEOPLE, scores: str = FILES["scores.csv"]) -> Path:
    return write_example(tmp_path / "example", people_csv=people, scores_csv=scores)


WITHOUT_D = PEOPLE.replace("D,Delden,4000\n", "")


def test_the_instances_own_figures_are_read_by_the_same_choice(tmp_path: Path) -> None:
    """1,000, 2,000 and 3,000 have a mean of 2,000."""
    folder = lacking(tmp_path, WITHOUT_D)
    assert told(folder) == [
        "people.csv: There is no 'people' for Delden (D). "
        "Add a line for each; `run`, `explain`, `compare`, `sweep` and `margins` "
        "also take --missing exclude or mean."
    ]
    excluded = load(folder, missing=Missing.EXCLUDE).indicators["people"]
    assert excluded.values["D"] == 0
    assert excluded.lacking == {"D"}
    mean = load(folder, missing=Missing.MEAN).indicators["people"]
    assert mean.values["D"] == 2000
    assert mean.assumed == {"D"}


def test_who_lacks_one_of_two_figures_is_left_out(tmp_path: Path) -> None:
    """Of A, B and C, with weights 1,500, 1,500 and 3,000: C has no score, A and B share all."""
    folder = lacking(tmp_path, WITHOUT_D, FILES["scores.csv"].replace("C,Cuijk,0\n", ""))
    found = distribute(load(folder, missing=Missing.EXCLUDE))
    assert [found.number(code, "places") for code in "ABCD"] == [50, 50, 0, 0]
    said = [str(each) for each in cautions(found) if "Left out" in str(each)]
    assert said == ["Left out, for want of score: Cuijk.", "Left out, for want of people: Delden."]


def test_a_larger_area_is_left_out_where_nobody_in_it_has_a_figure(tmp_path: Path) -> None:
    """The east has no figure at all; of the west, 1,000 and 2,000, all is shared by people."""
    top_down = RULE.replace(
        "key: (score + 1) * people\ndirection: bottom-up",
        "levels:\n  - {level: province, key: people}\n  - {level: municipality, key: people}\n"
        "direction: top-down",
    ).replace("half-up", "consistent")
    instance = INSTANCE.replace("  also: [region]\n", "")
    people = WITHOUT_D.replace("C,Cuijk,3000\n", "")
    areas = "\n".join(
        line.rpartition(",")[0] for line in FILES["areas.csv"].splitlines() if line[0] != "R"
    )
    folder = write_example(
        tmp_path, rule_yaml=top_down, instance_yaml=instance, people_csv=people, areas_csv=areas
    )
    found = distribute(load(folder, missing=Missing.EXCLUDE))
    assert [found.quota(code, "places") for code in ("P1", "P2")] == [100, 0]
    partly = write_example(tmp_path, people_csv=WITHOUT_D)
    found = distribute(load(partly, missing=Missing.EXCLUDE))
    # 3,000 in the west and 3,000 in the east
    assert [found.quota(code, "places") for code in ("P1", "P2", "C")] == [50, 50, 50]


@pytest.mark.parametrize("missing", Missing)
def test_nobody_with_a_figure_is_a_problem_whatever_is_chosen(
    tmp_path: Path, missing: Missing
) -> None:
    folder = lacking(tmp_path, "code,name,people\n")
    problems = told(folder, missing=missing)
    assert any("There is no 'people' for Aalst (A), Boom (B)" in each for each in problems)


@pytest.mark.parametrize("missing", Missing)
def test_a_figure_that_cannot_be_read_is_never_one_that_lacks(
    tmp_path: Path, missing: Missing
) -> None:
    folder = lacking(tmp_path, PEOPLE.replace("4000", "n.b."))
    (problem,) = told(folder, missing=missing)
    assert problem.startswith("people.csv:5: ")


def test_areas_below_the_leaves_that_lack_a_figure_are_listed_by_code(tmp_path: Path) -> None:
    """Where provinces are the leaves, Oost has one of two; its mean is that of West alone."""
    instance = INSTANCE.replace(
        "tree: [country, province, municipality]", "tree: [country, province]"
    )
    instance = instance.replace("  also: [region]\n", "")
    instance = instance[: instance.index("  score:")]
    areas = "\n".join(
        line.rpartition(",")[0] for line in FILES["areas.csv"].splitlines() if line[0] != "R"
    )
    rule = RULE.replace("(score + 1) * people", "people")
    folder = write_example(
        tmp_path, instance_yaml=instance, areas_csv=areas, rule_yaml=rule, people_csv=WITHOUT_D
    )
    assert told(folder) == [
        "people.csv: There is no 'people' for D. "
        "Add a line for each; `run`, `explain`, `compare`, `sweep` and `margins` "
        "also take --missing exclude or mean."
    ]


# --- Rules: what is done after the key ---

SAYS = "says: {nl: x, en: x}"


def with_after(*steps: str) -> str:
    written = "".join(f"  - {{{step}}}\n" for step in steps)
    return RULE.replace("direction:", f"after:\n{written}direction:")


def test_what_is_done_after_the_key_is_read_in_its_order(tmp_path: Path) -> None:
    rule = with_after(
        f"do: positive, article: '1', {SAYS}",
        f"do: exempt, of: people, reaches: 2 * national(people), {SAYS}",
        f"do: capped, at_least: '1', at_most: total, {SAYS}",
        f"do: capped, at_most: total, {SAYS}",
        f"do: rescale, {SAYS}",
    )
    instance = load(write_example(tmp_path, rule_yaml=rule))
    after = instance.rule.after
    assert [each.kind for each in after] == [
        *(AfterKind.POSITIVE, AfterKind.EXEMPT, AfterKind.CAPPED, AfterKind.CAPPED),
        AfterKind.RESCALE,
    ]
    assert [[each.written for each in step.keys] for step in after] == [
        [],
        ["people", "2 * national(people)"],
        ["1", "total"],
        ["total"],
        [],
    ]
    assert (after[0].article, after[0].says.en) == ("1", "x")
    assert [each.place.line for each in after[1].keys] == [16, 16]
    assert [each.written for each in instance.rule.keys] == [
        "(score + 1) * people",
        *("people", "2 * national(people)", "1", "total", "total"),
    ]


AFTER = {
    "an exemption without its bound": (
        f"do: exempt, of: people, {SAYS}",
        "rule.yaml:15: The step 'exempt' has no `reaches:`. Add it, with a formula.",
    ),
    "an exemption of nothing": (
        f"do: exempt, reaches: '1', {SAYS}",
        "rule.yaml:15: The step 'exempt' has no `of:`. Add it, with a formula.",
    ),
    "bounds that are none": (
        f"do: capped, {SAYS}",
        "rule.yaml:15: The step 'capped' has no `at_most:`. Add it, with a formula.",
    ),
    "a bound too many": (
        f"do: rescale, at_most: '1', {SAYS}",
        "rule.yaml:15: The step 'rescale' takes no `at_most:`. Take it out.",
    ),
    "a bound of another step": (
        f"do: capped, at_most: '1', reaches: '2', {SAYS}",
        "rule.yaml:15: The step 'capped' takes no `reaches:`. Take it out.",
    ),
    "a misspelt step": (
        f"do: exmpt, {SAYS}",
        "rule.yaml:15: 'do' cannot be 'exmpt'. Did you mean 'exempt'?",
    ),
    "a step of no kind": (SAYS, "rule.yaml:15: The key 'do' is missing. Add it."),
    "a step without words": (
        "do: positive",
        "rule.yaml:15: The key 'says' is missing. Add it.",
    ),
    "a misspelt entry": (
        f"do: exempt, of: people, reach: '1', {SAYS}",
        "rule.yaml:15: There is no key 'reach' here. Did you mean 'reaches'?",
    ),
    "a formula that breaks off": (
        f"do: capped, at_most: 2 *, {SAYS}",
        "rule.yaml:15: The key breaks off. Expected a number, an indicator, a function or a "
        "parenthesis.\n2 *\n   ^",
    ),
}


@pytest.mark.parametrize("case", AFTER)
def test_entries_that_are_missing_or_wrong_are_told(tmp_path: Path, case: str) -> None:
    step, problem = AFTER[case]
    assert told(write_example(tmp_path, rule_yaml=with_after(step))) == [problem]


def test_all_that_is_wrong_after_the_key_is_told_together(tmp_path: Path) -> None:
    rule = with_after(f"do: exempt, {SAYS}", f"do: positive, of: people, {SAYS}")
    rule = rule.replace("key: (score + 1) * people", "key: (score + 1 * people")
    problems = told(write_example(tmp_path, rule_yaml=rule))
    assert len(problems) == 4
    assert "rule.yaml:16: The step 'positive' takes no `of:`. Take it out." in problems


def test_a_name_that_no_figure_has_is_told_where_it_stands(tmp_path: Path) -> None:
    rule = with_after(f"do: exempt, of: peple, reaches: '1', {SAYS}")
    assert set(told(write_example(tmp_path, rule_yaml=rule))) == {
        "rule.yaml:15: There is no indicator 'peple'. Did you mean 'people'?\npeple\n^"
    }


def test_a_problem_that_both_streams_have_is_told_once(tmp_path: Path) -> None:
    rule = with_after(f"do: exempt, of: peple, reaches: '1', {SAYS}")
    assert len(told(write_example(tmp_path, rule_yaml=rule))) == 1


# --- Rules: the numbers of another rule are kept ---

LAST = "  - {level: municipality, key: population}\n"
FIRST = "  - {level: province, rule: nl/proportional-to-inhabitants}\n"


def keeping(tmp_path: Path, *levels: str, rule: str = RULE, **entries: str) -> Path:
    """The example over its provinces only, with inhabitants, by levels."""
    instance = INSTANCE.replace("  also: [region]\n", "").replace("people:", "population:", 1)
    instance = instance[: instance.index("  score:")].replace("people.csv", "population.csv")
    areas = "\n".join(
        line.rpartition(",")[0] for line in FILES["areas.csv"].splitlines() if line[0] != "R"
    )
    written = rule.replace("key: (score + 1) * people\n", f"levels:\n{''.join(levels)}")
    written = written.replace("people: {year", "population: {year").replace("half-up", "consistent")
    files = {
        "instance_yaml": instance,
        "areas_csv": areas,
        "rule_yaml": written.replace("bottom-up", "top-down"),
        "population_csv": PEOPLE.replace("people", "population"),
    }
    folder = write_example(tmp_path, **{**files, **entries})
    (folder / "people.csv").unlink()
    return folder


def test_a_rule_may_begin_with_the_numbers_of_another(tmp_path: Path) -> None:
    instance = load(keeping(tmp_path, FIRST, LAST))
    first, last = instance.rule.steps
    assert first.by is not None
    assert first.by.version == "nl/proportional-to-inhabitants@2022-01-01"
    assert (last.by, last.key.written) == (None, "population")
    assert [each.written for each in instance.rule.keys] == ["population", "population"]
    found = distribute(instance)
    assert [found.number(code, "places") for code in ("P1", "P2", *"ABCD")] == [
        *(30, 70),
        *(10, 20, 30, 40),
    ]


def test_a_version_may_be_named(tmp_path: Path) -> None:
    first = FIRST.replace("inhabitants", "inhabitants@2022-01-01")
    assert load(keeping(tmp_path, first, LAST)).rule.steps[0].by is not None


ONLY_FIRST = (
    "Only the first of several levels can keep the numbers of another rule. Give this level a key."
)
KEYS_ONLY = "Name a rule of the rule book that has keys only."
KEEPS_ITSELF = f"keeps the numbers of a rule that keeps numbers itself. {KEYS_ONLY}"
LEVELS = {
    "the second level": (
        (
            "  - {level: province, key: population}\n",
            "  - {level: municipality, rule: nl/housing-target}\n",
        ),
        f"rule.yaml:15: {ONLY_FIRST}",
    ),
    "the only level": (
        ("  - {level: municipality, rule: nl/housing-target}\n",),
        f"rule.yaml:14: {ONLY_FIRST}",
    ),
    "both a key and a rule": (
        ("  - {level: province, rule: nl/proportional-to-inhabitants, key: population}\n", LAST),
        "rule.yaml:14: The level 'province' has either a key or a rule. "
        "Write `key:`, or `rule:` with the rule whose numbers it keeps.",
    ),
    "neither": (
        ("  - {level: province}\n", LAST),
        "rule.yaml:14: The level 'province' has either a key or a rule. "
        "Write `key:`, or `rule:` with the rule whose numbers it keeps.",
    ),
    "itself": (
        ("  - {level: province, rule: nl/example}\n", LAST),
        f"rule.yaml:14: nl/example {KEEPS_ITSELF}",
    ),
    "itself, dated": (
        ("  - {level: province, rule: nl/example@2023-01-01}\n", LAST),
        f"rule.yaml:14: nl/example {KEEPS_ITSELF}",
    ),
    "a rule that keeps itself": (
        (
            "  - {level: province, rule: nl/reception-province-then-population@2024-02-01}\n",
            LAST,
        ),
        "rules/nl/reception-province-then-population/2024-02-01.yaml:22: "
        f"nl/reception-province-then-population {KEEPS_ITSELF}",
    ),
    "a file": (
        ("  - {level: province, rule: other.yaml}\n", LAST),
        f"rule.yaml:14: 'other.yaml' is no rule of the rule book. {KEYS_ONLY}",
    ),
    "a misspelt rule": (
        ("  - {level: province, rule: nl/proportional-to-inhabitant}\n", LAST),
        "rule.yaml:14: There is no rule 'nl/proportional-to-inhabitant'. "
        "Did you mean nl/proportional-to-inhabitants",
    ),
    "a version that is none": (
        ("  - {level: province, rule: nl/housing-target@2001-01-01}\n", LAST),
        "rule.yaml:14: nl/housing-target has no version of '2001-01-01'. "
        "Its versions are: 2015-01-01, 2016-01-01.",
    ),
    "a rule of later": (
        ("  - {level: province, rule: nl/reception-places}\n", LAST),
        "rule.yaml:14: No version of nl/reception-places is in force on 1 January 2023.",
    ),
    "a rule under limits": (
        ("  - {level: province, rule: nl/reception-floor-and-cap@2024-02-01}\n", LAST),
        "rule.yaml:14: nl/reception-floor-and-cap@2024-02-01 has limits besides its key. "
        f"{KEYS_ONLY}",
    ),
    "a rule of other streams": (
        ("  - {level: province, rule: nl/housing-target}\n", LAST),
        "rule.yaml:14: nl/housing-target@2016-01-01 distributes permit_holders, and this rule "
        "places, minors and regular. Name a rule that distributes the same.",
    ),
}


@pytest.mark.parametrize("case", LEVELS)
def test_a_level_that_cannot_keep_numbers_is_told(tmp_path: Path, case: str) -> None:
    levels, problem = LEVELS[case]
    found, *more = told(keeping(tmp_path, *levels))
    assert found.startswith(problem)
    assert more == []


def test_figures_of_the_inner_rule_are_asked_for(tmp_path: Path) -> None:
    first = "  - {level: province, rule: nl/reception-places@2024-02-01}\n"
    problems = set(told(keeping(tmp_path, first, LAST)))
    (problem,) = problems
    assert problem.startswith(
        "rules/nl/reception-places/2024-02-01.yaml:47: There is no indicator 'ses_woa'. "
        "The indicators here are: population, total."
    )


# --- What is there already ---


def existing(tmp_path: Path, written: str) -> Path:
    return write_example(
        tmp_path, instance_yaml=INSTANCE.replace("areas:\n", f"existing: {written}\nareas:\n")
    )


def test_what_is_there_already_is_an_indicator_of_the_instance(tmp_path: Path) -> None:
    instance = load(existing(tmp_path, "{places: people, regular: people}"))
    assert instance.existing == {"places": "people", "regular": "people"}


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            "{plaats: people}",
            "There is no stream 'plaats' here. The streams are: places, minors, regular.",
        ),
        (
            "{places: score}",
            "'score' is no count of what is there already. "
            "Name an indicator that counts, under `indicators:`.",
        ),
        (
            "{places: peple}",
            "'peple' is no count of what is there already. "
            "Name an indicator that counts, under `indicators:`.",
        ),
    ],
)
def test_what_is_there_must_be_a_count_of_a_stream(
    tmp_path: Path, written: str, problem: str
) -> None:
    assert told(existing(tmp_path, written)) == [f"instance.yaml:8: {problem}"]


def test_both_mistakes_are_told(tmp_path: Path) -> None:
    assert len(told(existing(tmp_path, "{plaats: people, minors: score}"))) == 2


# --- `total` ---


def test_no_figures_may_be_named_total(tmp_path: Path) -> None:
    folder = write_example(tmp_path, instance_yaml=INSTANCE.replace("  people:\n", "  total:\n", 1))
    assert (
        "instance.yaml:13: 'total' is what keys call the number that is divided. "
        "Give these figures another name."
    ) in told(folder)


def published(tmp_path: Path, in_the_rule: bool) -> Path:
    """A table of the key `people + total`, exactly as it comes out; the key of rule or instance."""
    streams = "  places: {title: {nl: plaatsen, en: places}}\n"
    keyed = "  places: {title: {nl: plaatsen, en: places}, key: people + total}\n"
    head, _, rest = RULE.partition("streams:\n")
    rule = head + rest[rest.index("indicators:") :]
    instance = INSTANCE.replace("  minors: {number: 10, source: an example}\n", "")
    instance = instance.replace("number: 100,", "number: 14000,").replace(
        "areas:\n",
        f"streams:\n{streams if in_the_rule else keyed}"
        "published: {file: pub.csv, source: {nl: x, en: x}}\nareas:\n",
    )
    if in_the_rule:
        rule = rule.replace("(score + 1) * people", "people + total")
    # 15,000, 16,000, 17,000 and 18,000 of 66,000
    rows = [("A", "Aalst", 3182), ("B", "Boom", 3394), ("C", "Cuijk", 3606), ("D", "Delden", 3818)]
    table = "".join(f"{code},{name},places,number,{number},x\n" for code, name, number in rows)
    return write_example(
        tmp_path,
        rule_yaml=rule,
        instance_yaml=instance,
        pub_csv="code,name,stream,quantity,number,source\n" + table,
    )


@pytest.mark.parametrize("in_the_rule", [True, False])
def test_a_key_that_depends_on_the_total_is_not_inferred(tmp_path: Path, in_the_rule: bool) -> None:
    """Infer shares out a total of 1, and would not even find the instance's own way."""
    folder = published(tmp_path, in_the_rule)
    instance = load(folder)
    assert instance.published is not None
    found = distribute(instance)
    assert [row.number for row in instance.published.rows] == [
        found.number(row.code, row.stream) for row in instance.published.rows
    ]
    with pytest.raises(InputError, match="depends on the total"):
        variants(folder, instance)
