"""Sweeps: designs, what comes of them by hand and beside `distribute`, and who may do the work."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import allocator
from allocator.comparison.sweep import (
    PARTS,
    Design,
    Grid,
    Point,
    Question,
    Sample,
    Space,
    Swept,
    TotalRange,
    Weight,
    fingerprint,
    grid,
    sample,
    sweep,
)
from allocator.comparison.sweep.alone import Alone
from allocator.comparison.sweep.exactly import Exactly
from allocator.comparison.sweep.quickly import Quickly
from allocator.comparison.sweep.sweeping import Way, way_of
from allocator.core.choice import chosen
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each
from allocator.model.instance import Instance
from allocator.model.problem import InputError, NoAnswer, Place
from allocator.model.rule import Choice
from allocator.model.streams import KeyText, Streams
from allocator.reading.instances.read import load
from allocator.reading.results.sweeps import SweepFolder
from allocator.report.comparison.sweep import as_csv, to_frame
from tests.example import write_example

RECEPTION = "nl/reception-2024"
SES = "(ses_woa + 1) * population"


def weight(formula: str, low: float = 0, high: float = 1) -> Weight:
    return Weight(KeyText(formula, Place("--weights")), round(low * PARTS), round(high * PARTS))


def space(*weights: Weight, totals: tuple[TotalRange, ...] = ()) -> Space:
    return Space(weights, totals)


BOTH = space(weight("population"), weight(SES))


def example(tmp_path: Path) -> Instance:
    """People 1,000, 2,000, 3,000, 4,000; scores 0.5, -0.25, 0, 0.1; 100 places, 10 for minors."""
    return allocator.load(write_example(tmp_path))


EXAMPLE = space(weight("people"), weight("(score + 1) * people"))


def numbers(found: Swept, code: str, stream: str) -> tuple[int, ...]:
    one = found.of(code, stream)
    return one.lowest, one.lower_quartile, one.median, one.upper_quartile, one.highest


def test_three_keys_by_hand(tmp_path: Path) -> None:
    """By score 14.4, 14.4, 28.8 and 42.3 places; by people 10, 20, 30 and 40; half of each between.

    Aalst has 14, 12 and 10 under the keys with 0, a half and 1 for people. Of minors it has 1.44,
    1.22 and 1: always 1.
    """
    found = sweep(example(tmp_path), grid(EXAMPLE, 5_000))
    assert [point.weights for point in found.design.points] == [
        (0, 10_000),
        (5_000, 5_000),
        (10_000, 0),
    ]
    assert numbers(found, "A", "places") == (10, 10, 12, 14, 14)
    assert numbers(found, "D", "places") == (40, 40, 41, 42, 42)
    aalst = found.of("A", "places")
    assert (aalst.lowest_by, aalst.highest_by, aalst.distinct) == (2, 0, 3)
    assert aalst.reference == 14  # the key of its own rule is the second formula
    assert numbers(found, "P1", "places") == (28, 28, 29, 30, 30)
    assert numbers(found, "R2", "places") == (56, 56, 58, 60, 60)  # 14 + 42, 17 + 41, 20 + 40
    assert numbers(found, "A", "regular") == (9, 9, 11, 13, 13)
    assert [area.code for area in found.still("minors")] == ["A", "C", "D"]
    assert found.still("places") == ()


def test_a_key_of_the_sweep_is_the_same_by_itself() -> None:
    design = sample(replace(BOTH, weights=(*BOTH.weights, weight("land_ha", 0, 0.3))), 60, 5)
    instance = load(RECEPTION, keys=[KeyText("land_ha", Place(""))])
    found = sweep(instance, design)
    for code in ("GM0687", "GM0363", "PV29", "VR19", "NL"):
        one = found.of(code, "places")
        for place, number in ((one.lowest_by, one.lowest), (one.highest_by, one.highest)):
            written = design.space.key(design.points[place]).written
            key = KeyText(written, Place("--key"))
            assert distribute(another_key(instance, key)).number(code, "places") == number


def test_weights_are_written_so_that_the_key_can_be_typed() -> None:
    both = space(weight("population"), weight("land_ha"))
    assert both.key(Point((3_500, 6_500), ())).written == (
        "0.35 * share(population) + 0.65 * share(land_ha)"
    )
    assert both.key(Point((10_000, 0), ())).written == "1 * share(population) + 0 * share(land_ha)"


def test_a_seed_is_the_same_keys_for_ever() -> None:
    """These stood here when this was written, under Python 3.11."""
    asked = space(
        *(weight("population", 0.2, 0.8), weight("land_ha", 0, 0.5), weight("dwellings", 0.1, 0.1)),
        totals=(TotalRange("places", 90_000, 96_000),),
    )
    assert sample(asked, 3, 7).points == (
        Point((6201, 2799, 1000), (92849,)),
        Point((6763, 2237, 1000), (95654,)),
        Point((4714, 4286, 1000), (90247,)),
    )
    assert sample(asked, 3, 8).points != sample(asked, 3, 7).points


def test_a_sample_of_three_weights_is_spread_evenly_over_the_triangle() -> None:
    """Beyond 1 - 1/√3 of a weight lies the corner that is a third of the triangle."""
    three = space(weight("a"), weight("b"), weight("c"))
    points = sample(three, 3_000, 1).points
    cut = 1 - 3**-0.5
    for place in range(3):
        beyond = sum(point.weights[place] > cut * PARTS for point in points)
        assert 0.9 * 1_000 < beyond < 1.1 * 1_000


def test_a_grid_keeps_a_fixed_weight_and_has_every_total() -> None:
    asked = space(
        *(weight("a", 0.35, 0.35), weight("b"), weight("c", 0.1, 1)),
        totals=(TotalRange("places", 10, 13), TotalRange("others", 5, 5)),
    )
    design = grid(asked, 1_300)
    assert [point.weights for point in design.points[::3]] == [
        (3_500, steps * 1_300, (5 - steps) * 1_300) for steps in range(5)
    ]
    assert [point.totals for point in design.points[:3]] == [(10, 5), (11, 5), (13, 5)]
    by_two = grid(replace(asked, totals=(TotalRange("places", 10, 13, 2),)), 1_300)
    assert [point.totals for point in by_two.points[:4]] == [(10,), (12,), (13,), (10,)]
    assert (design.made, sample(asked, 1, 2).made) == (Grid(1_300), Sample(1, 2))


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: grid(space(), 500), "There are no weights."),
        (
            lambda: grid(space(weight("a", 0.2, 0.4), weight("b", 0, 0.1)), 500),
            "The highest weights add up to 0.5, 0.5 too little.",
        ),
        (
            lambda: sample(space(weight("a", 0.7, 0.8), weight("b", 0.5, 1)), 10, 1),
            "The lowest weights add up to 1.2, 0.2 too much.",
        ),
        (
            lambda: sample(space(weight("a", 0.8, 0.2), weight("b", 0, 2)), 10, 1),
            "The weight of 'a' cannot be from 0.8 to 0.2. Write the lowest first, between 0 and 1.",
        ),
        (
            lambda: sample(space(weight("a * b"), weight("a*b")), 10, 1),
            "'a*b' is named twice.",
        ),
        (
            lambda: grid(space(weight("a"), weight("b")), 3_000),
            "No weights between these bounds are multiples of 0.3 and add up to 1.",
        ),
        (
            lambda: grid(space(weight("a", 0.11, 0.12), weight("b")), 1_000),
            "No weights between these bounds are multiples of 0.1 and add up to 1.",
        ),
        (lambda: grid(space(weight("a"), weight("b")), 0), "0 is no step between weights."),
        (
            lambda: grid(space(weight("a"), weight("b"), weight("c")), 5),
            "These are 2,003,001 keys. Between 1 and 1,000,000 are tried.",
        ),
        (
            lambda: grid(space(weight("a"), totals=(TotalRange("x", 0, 10**12, 1),)), 10_000),
            "These are 1,000,000,000,001 keys.",
        ),
        (lambda: sample(space(weight("a")), 1_000_001, 1), "These are 1,000,001 keys."),
        (lambda: sample(space(weight("a")), 0, 1), "These are 0 keys."),
        (
            lambda: sample(space(weight("a"), totals=(TotalRange("x", 5, 4),)), 1, 1),
            "A total of 'x' cannot be from 5 to 4.",
        ),
        (
            lambda: sample(space(weight("a"), totals=(TotalRange("x", 4, 5, 1),)), 1, 1),
            "A step of totals is for a grid",
        ),
        (
            lambda: sample(space(weight("a"), totals=(TotalRange("x", 4, 5),) * 2), 1, 1),
            "'x' is named twice.",
        ),
    ],
)
def test_what_is_no_design_is_refused(made: Callable[[], object], said: str) -> None:
    with pytest.raises(InputError) as error:
        made()
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("people * * 2", "people * * 2\n         ^"),
        ("peeple", "Did you mean 'people'?"),
        ("score", "The key gives a negative weight for Boom."),
        ("national(score)", "is not a count"),
        ("people) + share(score", "')' does not fit here."),
    ],
)
def test_a_formula_that_is_no_key_is_refused_as_keys_are(
    tmp_path: Path, formula: str, said: str
) -> None:
    with pytest.raises(InputError) as error:
        sweep(example(tmp_path), grid(space(weight("people"), weight(formula)), 5_000))
    problem = error.value.problems[0]
    assert said in f"{problem} {problem.excerpt}"
    assert problem.place == Place("--weights")


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        ((TotalRange("regular", 1, 2),), "The rule distributes no 'regular'."),
        ((TotalRange("places", 9, 100),), "may add up to 10, more than 9"),
        ((TotalRange("places", 50, 90), TotalRange("minors", 1, 51)), "may add up to 51"),
    ],
)
def test_totals_that_the_rule_does_not_divide_are_refused(
    tmp_path: Path, ranges: tuple[TotalRange, ...], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        sweep(example(tmp_path), grid(replace(EXAMPLE, totals=ranges), 5_000))


def test_totals_that_are_not_certain_move_every_number(tmp_path: Path) -> None:
    """By people alone, of 80, 90 and 100 places Delden has two fifths."""
    asked = space(weight("people"), totals=(TotalRange("places", 80, 100),))
    found = sweep(example(tmp_path), grid(asked, PARTS))
    assert numbers(found, "D", "places") == (32, 32, 36, 40, 40)
    assert numbers(found, "NL", "places") == (80, 80, 90, 100, 100)
    assert found.of("D", "minors").distinct == 1
    assert found.reference.number("NL", "places") == 99  # by the rule: 14 + 14 + 29 + 42


def test_a_key_whose_parts_come_out_above_their_whole_is_named(tmp_path: Path) -> None:
    """Of 2 minors and 2 others each of four equal areas has 0.5, rounded up to 1; of 4 places 1."""
    plain = example(tmp_path)
    places, minors, _ = plain.streams.all
    others = replace(minors, name="others")
    total = plain.totals["minors"]
    instance = replace(
        plain,
        streams=Streams((places, minors, others)),
        totals={
            "places": replace(plain.totals["places"], number=4),
            "minors": replace(total, number=2),
            "others": replace(total, stream="others", number=2),
        },
        rule=replace(plain.rule, choice=chosen(plain.rule, "down")),
    )
    asked = space(weight("people * people"), weight("people / people"))
    # rounded down nothing is wrong: by the squares of people Delden has 32/30 of 2, the others none
    assert sweep(instance, grid(asked, PARTS)).of("NL", "minors").highest == 1
    with pytest.raises(InputError) as error:
        sweep(instance, grid(asked, PARTS), chosen(instance.rule, "half-up"))
    above, key = error.value.problems
    assert "come out above" in str(above.found)
    assert str(key.found) == (
        "This is so with the key 0 * share(people * people) + 1 * share(people / people)."
    )


def way(instance: Instance, design: Design, choice: Choice | None, keep: str, inside: str) -> Way:
    question = Question(instance, design.space, choice, keep, inside)
    return way_of(question, question.at(design.points[0], {}))


def test_the_quick_way_is_taken_where_it_can_be(tmp_path: Path) -> None:
    reception = allocator.load(RECEPTION)
    design = grid(BOTH, 5_000)
    together = chosen(reception.rule, "consistent")
    assert isinstance(way(reception, design, None, "", ""), Quickly)
    assert isinstance(way(reception, design, together, "", ""), Exactly)
    assert isinstance(way(reception, design, None, "province", ""), Exactly)
    assert isinstance(way(reception, design, None, "province", "PV29"), Alone)
    assert isinstance(way(reception, design, None, "safety_region", "VR19"), Exactly)
    by_total = grid(space(weight("people"), weight("capped(people, 0, 20 * total)")), 5_000)
    assert isinstance(way(example(tmp_path), by_total, None, "", ""), Exactly)
    huge = replace(reception.totals["places"], number=10**12)
    many = replace(reception, totals={**reception.totals, "places": huge})
    assert isinstance(way(many, design, None, "", ""), Exactly)
    limited = allocator.load("nl/reception-2024-capped-example")
    assert isinstance(way(limited, design, None, "", ""), Exactly)
    assert isinstance(way(limited, design, None, "province", "PV29"), Exactly)


def test_a_formula_with_the_total_in_it_is_another_key_for_every_stream(tmp_path: Path) -> None:
    """Capped at 20 times 100 places people are 1,000 and three times 2,000; by 10 minors, alike."""
    asked = space(weight("capped(people, 0, 20 * total)"))
    found = sweep(example(tmp_path), grid(asked, PARTS))
    assert [found.of(code, "places").median for code in "ABCD"] == [14, 29, 29, 29]
    assert [found.of(code, "minors").median for code in "ABCD"] == [3, 3, 3, 3]


@pytest.mark.parametrize(
    ("name", "rounding", "keep", "inside"),
    [
        (RECEPTION, "consistent", "", ""),
        (RECEPTION, None, "province", ""),
        (RECEPTION, None, "province", "PV29"),
        (RECEPTION, None, "safety_region", "VR19"),
        ("nl/reception-2024-capped-example", None, "", ""),
        ("nl/reception-2024-capped-example", None, "province", "PV29"),
    ],
)
def test_every_way_gives_what_the_key_gives_by_itself(
    name: str, rounding: str | None, keep: str, inside: str
) -> None:
    instance = allocator.load(name)
    choice = chosen(instance.rule, rounding) if rounding else None
    ranges = () if instance.limits else (TotalRange("places", 95_000, 97_000),)
    design = sample(replace(BOTH, totals=ranges), 3, 4)
    found = sweep(instance, design, choice, keep, inside)
    tables = []
    for point in design.points:
        totals = {**instance.totals}
        for stream, number in design.space.numbers(point).items():
            totals[stream] = replace(totals[stream], number=number)
        own = replace(instance, totals=totals)
        asked = another_key(own, design.space.key(point))
        if keep:
            asked = inside_each(asked, keep, distribute(own))
        tables.append(distribute(asked, choice))
    held = set(instance.division.members[inside or "NL"])
    looked_at = [
        a.code for a in instance.division.areas if held >= set(instance.division.members[a.code])
    ]
    assert [each.area.code for each in found.spreads[::3]] == looked_at
    for each in found.spreads:
        mine = sorted(table.number(each.area.code, each.stream.name) for table in tables)
        assert [each.lowest, each.median, each.highest] == mine
        assert each.reference == found.reference.number(each.area.code, each.stream.name)


def test_ties_that_must_be_drawn_are_told_with_the_key() -> None:
    """96,000 places over 342 municipalities alike are 280 each, and 240 of these have one more."""
    instance = allocator.load(RECEPTION)
    alike = space(weight("population / population"), weight("population", 0, 0))
    with pytest.raises(NoAnswer) as error:
        sweep(instance, grid(alike, PARTS), chosen(instance.rule, "consistent", ties="refuse"))
    assert "These cells tie" in str(error.value.problems[0])
    assert "This is so with the key 1 * share(population / population)" in str(error.value)


KEPT = (allocator.load(RECEPTION), sample(BOTH, 60, 2), None, "province", "PV29")


def test_a_way_can_be_sent_elsewhere() -> None:
    instance, design = KEPT[:2]
    together = chosen(instance.rule, "consistent")
    for choice, keep, inside in ((None, "", ""), (together, "", ""), (None, "province", "PV29")):
        here = way(instance, design, choice, keep, inside)
        there = pickle.loads(pickle.dumps(here))
        assert (there.numbers(design.points[:2]) == here.numbers(design.points[:2])).all()


def test_one_process_or_two_or_threads_give_the_same() -> None:
    here = sweep(*KEPT)
    with ThreadPoolExecutor(3) as threads:
        assert sweep(*KEPT, executor=threads, at_a_time=7) == here
    with ProcessPoolExecutor(2) as processes:
        assert sweep(*KEPT, executor=processes, at_a_time=20) == here


def test_a_problem_comes_back_from_another_process() -> None:
    instance = allocator.load(RECEPTION)
    alike = grid(space(weight("population / population")), PARTS)
    choice = chosen(instance.rule, "consistent", ties="refuse")
    with ProcessPoolExecutor(1) as process, pytest.raises(NoAnswer, match="so with the key 1"):
        sweep(instance, alike, choice, executor=process)


def test_a_cluster_gives_the_same() -> None:
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    here = sweep(*KEPT)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert sweep(*KEPT, executor=client.get_executor(), at_a_time=20) == here


def test_progress_is_told_part_by_part() -> None:
    heard: list[tuple[int, int]] = []
    sweep(*KEPT, progress=lambda done, number: heard.append((done, number)), at_a_time=25)
    assert heard == [(25, 60), (50, 60), (60, 60)]


class _Stop(Exception):
    pass


def test_a_sweep_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance, design = KEPT[:2]
    question = Question(instance, design.space, None, "province", "PV29")
    asked = fingerprint(question, design)

    def stop(done: int, number: int) -> None:
        if done == 40:
            raise _Stop

    kept = SweepFolder.opened(tmp_path / "parts", asked)
    with pytest.raises(_Stop):
        sweep(*KEPT, progress=stop, kept=kept, at_a_time=20)
    again = SweepFolder.opened(tmp_path / "parts", fingerprint(question, design))
    assert again.parts == 2
    worked: list[int] = []
    exact = Alone.numbers

    def counting(self: Alone, points: tuple[Point, ...]) -> object:
        worked.append(len(points))
        return exact(self, points)

    monkeypatch.setattr(Alone, "numbers", counting)
    assert sweep(*KEPT, kept=again, at_a_time=20) == sweep(*KEPT)
    assert worked == [20, 60]
    assert again.parts == 3


def test_a_part_that_is_damaged_is_worked_out_again(tmp_path: Path) -> None:
    instance, design, *_ = KEPT
    question = Question(instance, design.space, None, "province", "PV29")
    folder = SweepFolder.opened(tmp_path, fingerprint(question, design))
    here = sweep(*KEPT, kept=folder, at_a_time=20)
    first, second, third = sorted(tmp_path.glob("*.npy"))
    first.write_bytes(first.read_bytes()[:-9])
    second.write_bytes(b"")
    third.write_bytes(pickle.dumps("not an array"))
    assert sweep(*KEPT, kept=folder, at_a_time=20) == here


def test_a_folder_of_another_question_is_refused_with_what_differs(tmp_path: Path) -> None:
    instance, design, *_ = KEPT
    question = Question(instance, design.space)
    asked = fingerprint(question, design)
    SweepFolder.opened(tmp_path / "parts", asked)
    people = instance.indicators["population"]
    more = {code: value + (code == "GM0687") for code, value in people.values.items()}
    others = replace(
        instance,
        indicators={**instance.indicators, "population": replace(people, values=more)},
        totals={**instance.totals, "minors": replace(instance.totals["minors"], number=8_100)},
    )
    asked_now = fingerprint(
        Question(others, design.space, chosen(instance.rule, "up"), "province"), sample(BOTH, 60, 3)
    )
    with pytest.raises(InputError) as error:
        SweepFolder.opened(tmp_path / "parts", asked_now)
    assert str(error.value.problems[0].found) == (
        "The sweep in this folder asked something else; what differs: the totals, the figures of "
        "population, the rounding, what areas keep and the weights and totals that are tried."
    )
    (tmp_path / "parts" / "question.json").write_text("[]")
    with pytest.raises(InputError, match="does not say what a sweep asked"):
        SweepFolder.opened(tmp_path / "parts", asked)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all")
    for path in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(InputError, match="no folder in which a sweep was kept"):
            SweepFolder.opened(path, {"instance": "x"})
    with pytest.raises(InputError, match="cannot be made"):
        SweepFolder.opened(tmp_path / "letter.txt" / "parts", {"instance": "x"})


def test_a_fingerprint_is_the_same_in_every_process() -> None:
    """Sets of codes have no order of their own: a fingerprint may not show one."""
    instance, design, *_ = KEPT
    people = instance.indicators["population"]
    lacking = replace(people, lacking=frozenset(people.values))
    some = replace(instance, indicators={**instance.indicators, "population": lacking})
    here = fingerprint(Question(some, design.space), design)
    with ProcessPoolExecutor(1) as process:
        assert process.submit(fingerprint, Question(some, design.space), design).result() == here


def test_areas_without_a_figure_have_nothing_under_any_key(tmp_path: Path) -> None:
    """Left out for want of a score, they are left out of a key with no weight for it as well."""
    instance = example(tmp_path)
    score = replace(instance.indicators["score"], lacking=frozenset({"A"}))
    some = replace(instance, indicators={**instance.indicators, "score": score})
    found = sweep(some, grid(EXAMPLE, 5_000))
    assert numbers(found, "A", "places") == (0, 0, 0, 0, 0)
    assert found.of("D", "places").lowest == 44  # of 9,000 people without Aalst


def test_a_frame_has_what_the_csv_has(tmp_path: Path) -> None:
    found = sweep(example(tmp_path), grid(EXAMPLE, 5_000))
    frame = to_frame(found)
    line = frame[(frame.code == "A") & (frame.stream == "places")].iloc[0]
    assert (line.lowest, line["median"], line.highest) == (10, 12, 14)
    assert line.lowest_key == "1 * share(people) + 0 * share((score + 1) * people)"
    assert frame.to_csv(index=False) == as_csv(found)


def test_an_unknown_cell_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        sweep(example(tmp_path), grid(EXAMPLE, 5_000)).of("X", "places")
