"""The checker that stands alone, on results of keys that go on: steps after the key, the total,
shares inside larger areas, kept numbers and areas that lack a figure. Forgers are caught, and a
result that is read back gives the same again.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest

from allocator import verify
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key, inside_each
from allocator.model.distribution import Distribution
from allocator.model.indicator import Indicator, Kind
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place
from allocator.model.rule import NO_KEY, After, AfterKind, Choice, Direction, Method, Rounding, Step
from allocator.model.streams import KeyText
from allocator.reading.instances.parts.indicators import Missing
from allocator.reading.instances.read import load
from allocator.reading.results.read import read_result
from allocator.report.distribution.exact_json import as_json, digest
from tests.strategies import NAME, instance_of
from tests.test_verify import at, changed, fields, forged, kind_of, random_instance, same_meaning

Data = dict[str, Any]

KEYS = (
    "people + 1",
    "share(people + other)",
    "people * (total + national(there)) / national(people + 1) - there",
    "share(people + 1) * total + other / (other + 1)",
    "capped(people - 2 * there, -3, total)",
    "(score + 2) * other",
)
UPPER = ("share(people + 1)", "people + other + 1", "1", "total + share(there + 1)")
#: How each kind of step may be written; a bound that never binds is as good as any.
AFTER = (
    (AfterKind.POSITIVE, "", "", ""),
    (AfterKind.RESCALE, "", "", ""),
    (AfterKind.EXEMPT, "there", "2 * national(there) / 9 + 1", ""),
    (AfterKind.EXEMPT, "people / (other + 1)", "3", ""),
    (AfterKind.CAPPED, "", "1 / 3", ""),
    (AfterKind.CAPPED, "", "", "share(people + 1) * total + 1"),
    (AfterKind.CAPPED, "", "1 / 2", "total + 1"),
)


def key(written: str) -> KeyText:
    return KeyText(written, Place("rule"))


def step(kind: AfterKind, of: str, least: str, most: str) -> After:
    held, lowest, highest = (key(each) if each else None for each in (of, least, most))
    return After(kind, held, lowest, highest, "1(2)", NAME)


def with_keys(rng: Random, base: Instance) -> Instance:
    """An instance with three more figures, of which some areas lack one, by a key that goes on."""
    people = base.indicators["people"]

    def figure(name: str, most: int, kind: Kind = Kind.COUNT) -> Indicator:
        found = {code: Fraction(rng.randint(0, most)) for code in people.values}
        lacking = frozenset(code for code in found if rng.random() < 0.15)
        lacking = lacking if rng.random() < 0.5 and len(lacking) < len(found) else frozenset()
        found.update(dict.fromkeys(lacking, Fraction(0)))
        return replace(people, name=name, kind=kind, values=found, lacking=lacking)

    figures = (figure("other", 9), figure("there", 4), figure("score", 1, Kind.RATE))
    after = [step(*rng.choice(AFTER)) for _ in range(rng.choice([0, 1, 1, 2, 3]))]
    written = rng.choice(KEYS)
    if "-" in written:
        after.insert(0, step(*AFTER[0]))
    steps: tuple[Step, ...] = (Step("", key(written)),)
    direction = Direction.BOTTOM_UP
    if rng.random() < 0.4:
        steps = (Step("province", key(rng.choice(UPPER))), Step("municipality", key(written)))
        direction = Direction.TOP_DOWN
    rule = replace(base.rule, steps=steps, direction=direction, after=tuple(after))
    return replace(
        base,
        rule=rule,
        indicators={**base.indicators, **{each.name: each for each in figures}},
        limits=base.limits if rng.random() < 0.5 else (),
    )


def kept(rng: Random, instance: Instance) -> Instance:
    """The same where provinces keep the numbers of the rule without steps, or of another rule."""
    plain = replace(instance.rule, steps=(Step("", key("people + 1")),), after=())
    plain = replace(plain, direction=Direction.BOTTOM_UP)
    if rng.random() < 0.5:
        last = replace(instance.rule.steps[-1], level="municipality")
        steps = (Step("province", NO_KEY, by=plain), last)
        rule = replace(instance.rule, steps=steps, direction=Direction.TOP_DOWN)
        return replace(instance, rule=rule)
    own = distribute(replace(instance, rule=plain))
    asked = another_key(instance, instance.rule.steps[-1].key)
    return inside_each(asked, "province", own)


@cache
def random_results(count: int) -> list[str]:
    """Results of random instances; those without an answer are left out."""
    found = []
    roundings = [*[Rounding.CONSISTENT] * 5, Rounding.TEXTBOOK, Rounding.HALF_UP, Rounding.DOWN]
    for seed in range(count):
        rng = Random(seed)
        rounding = rng.choice(roundings)
        choice = Choice(rounding, rng.choice(list(Method)), fixed=rng.choice([(), ("province",)]))
        try:
            instance = with_keys(rng, random_instance(rng, rounding))
            instance = replace(instance, rule=replace(instance.rule, choice=choice))
            if rounding is Rounding.CONSISTENT and rng.random() < 0.4:
                instance = kept(rng, instance)
            found.append(as_json(distribute(instance, instance.rule.choice)))
        except (InputError, ValueError):
            continue
    return found


# --- Right results ---


def test_random_results_of_keys_that_go_on_are_right() -> None:
    seen: Counter[str] = Counter()
    for written in random_results(700):
        data = json.loads(written)
        assert verify.verify(data) == []
        rule = data["rule"]
        seen["results"] += 1
        seen["kept"] += "own" in rule["steps"][0]
        seen["levels"] += len(rule["steps"]) > 1 and "share(" in rule["steps"][-1]["key"]
        seen["total"] += any("total" in one["key"] for one in rule["steps"])
        seen["lacking"] += any(one.get("lacking") for one in data["indicators"])
        seen.update({one["do"] for one in rule.get("after", [])})
    assert seen["results"] > 300, seen
    assert min(seen.values()) > 20, seen


REAL: dict[str, Callable[[], str]] = {
    "kept provinces": lambda: as_json(real_kept("population", "province")),
    "kept safety regions": lambda: as_json(real_kept("share(population) + 1", "safety_region")),
    "who lacks income": lambda: as_json(real_kept("population / median_income", "province")),
    "a rule that keeps": lambda: real("nl/reception-2024-province-then-population"),
    "what is there": lambda: real("nl/reception-existing-counted-example"),
    "Denmark": lambda: real("dk/refugee-quotas-example"),
    "Belgium": lambda: real("be/distribution-2016-example"),
    "relocation": lambda: real("eu/relocation-2015-example"),
}


def real(name: str) -> str:
    return as_json(distribute(load(name)))


def real_kept(written: str, level: str) -> Distribution:
    asked = KeyText(written, Place("--key"))
    loaded = load("nl/reception-2024", keys=[asked], missing=Missing.EXCLUDE)
    return distribute(inside_each(another_key(loaded, asked), level, distribute(loaded)))


@cache
def shipped(kind: str) -> str:
    return REAL[kind]()


@pytest.mark.parametrize("kind", REAL)
def test_real_results_are_right(kind: str) -> None:
    assert verify.verify(json.loads(shipped(kind))) == []


def test_the_same_level_twice_is_shared_twice() -> None:
    """Inside itself every province has all: a share of 1, not that of the country."""
    base = random_instance(Random(3), Rounding.CONSISTENT)
    steps = tuple(
        Step(level, key("share(people + 1)")) for level in ("province", "province", "municipality")
    )
    rule = replace(base.rule, steps=steps, direction=Direction.TOP_DOWN)
    data = json.loads(as_json(distribute(replace(base, rule=rule, limits=()))))
    assert set(data["weights"][1]["values"].values()) == {"1"}
    assert verify.verify(data) == []


# --- Forged results ---

#: What is written for people, besides what the other tests of the checker know.
FOR_READING = re.compile(r"rule\.after\.#\.(article|says).*|indicators\.#\.assumed.*")


def test_every_entry_of_the_new_kinds_is_held_against_the_others() -> None:
    rng = Random(11)
    places: dict[str, list[tuple[str, tuple[str | int, ...]]]] = {}
    wanted = re.compile(r"rule\.(after|steps).*|weights.*|indicators.*")
    for written in random_results(700)[:250]:
        for path in fields(json.loads(written)):
            kind = kind_of(path)
            if wanted.match(kind) and not FOR_READING.fullmatch(kind):
                places.setdefault(kind, []).append((written, path))
    for kind in (
        *("rule.after.#.do", "rule.after.#.of", "rule.after.#.least", "rule.after.#.most"),
        *("rule.steps.#.own", "rule.steps.#.own.places", "rule.steps.#.key"),
        *("indicators.#.lacking", "indicators.#.lacking.#"),
    ):
        assert len(places[kind]) > 10, kind
    missed = []
    for found in places.values():
        for written, path in rng.sample(found, min(len(found), 15)):
            before, after = json.loads(written), json.loads(written)
            how = changed(rng, after, path)
            if not forged(after) and not harmless(before, after, path):
                missed.append(how)
    assert missed == []


def harmless(before: Data, after: Data, path: tuple[str | int, ...]) -> bool:
    """Changes on which no number rests: only words, or the same weights follow from both."""
    if same_meaning(before, after, path) or FOR_READING.fullmatch(kind_of(path)):
        return True
    one, other = at(before, path), at(after, path)
    if isinstance(one, dict):
        gone = one.keys() - other.keys()
        if all(FOR_READING.fullmatch(kind_of((*path, name))) for name in gone):
            return True
    try:
        return all(recomputed(data) == written_weights(before) for data in (before, after))
    except InputError as error:
        # a lowest that is forged above the highest: the program refuses it, the weights are at most
        # the highest all the same
        return "The lowest is above the highest" in str(error)


def written_weights(data: Data) -> list[dict[str, Fraction]]:
    return [
        {code: Fraction(each) for code, each in one["values"].items()} for one in data["weights"]
    ]


def recomputed(data: Data) -> list[dict[str, Fraction]]:
    """The weights that follow from what is written, as the program itself computes them."""
    content = {name: value for name, value in data.items() if name != "hash"}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.json"
        path.write_text(json.dumps({**content, "hash": digest(content)}), "utf-8")
        result = read_result(path)
    found = distribute(result.instance, result.choice)
    return [dict(one.weights) for steps in found.steps.values() for one in steps]


def worked() -> Data:
    """Four areas by people 1 to 4, at most 3, with C exempt and D without a figure."""
    province = {"A": "P1", "B": "P1", "C": "P2", "D": "P2", "E": "P2"}
    people = {code: Fraction(n) for n, code in enumerate(province, 1)}
    base = instance_of(people, province, {"places": 12}, Rounding.CONSISTENT)
    there = replace(
        base.indicators["people"],
        name="there",
        values={**dict.fromkeys("ABE", Fraction(0)), "C": Fraction(9), "D": Fraction(0)},
        lacking=frozenset("D"),
    )
    after = (
        step(AfterKind.EXEMPT, "there", "total - 3", ""),
        step(AfterKind.CAPPED, "", "", "3"),
        step(AfterKind.RESCALE, "", "", ""),
    )
    rule = replace(base.rule, after=after)
    instance = replace(base, rule=rule, indicators={**base.indicators, "there": there})
    data: Data = json.loads(as_json(distribute(instance)))
    return data


def test_the_worked_sum() -> None:
    """1, 2, none, none and 3 of 5 are 1/6, 1/3, 0, 0 and 1/2: 2, 4, 0, 0 and 6 of 12."""
    data = worked()
    assert data["weights"][0]["values"] == {"A": "1/6", "B": "1/3", "C": "0", "D": "0", "E": "1/2"}
    assert [cell["number"] for cell in data["cells"]][:5] == [2, 4, 0, 0, 6]
    assert indicator(data, "there")["lacking"] == ["D"]
    assert verify.verify(data) == []


def forge(change: Callable[[Data], None]) -> list[str]:
    data = worked()
    change(data)
    return forged(data)


def indicator(data: Data, name: str) -> Data:
    (found,) = (one for one in data["indicators"] if one["name"] == name)
    return cast(Data, found)


FORGERIES: dict[str, Callable[[Data], None]] = {
    "a weight": lambda data: data["weights"][0]["values"].update(A="1/5"),
    "the last step left out": lambda data: data["rule"]["after"].pop(),
    "all steps left out": lambda data: data["rule"].pop("after"),
    "the steps in another order": lambda data: data["rule"]["after"].reverse(),
    "another bound": lambda data: data["rule"]["after"][1].update(most="4"),
    "a bound turned around": lambda data: data["rule"]["after"][1].update(least="3", most=None),
    "an exemption that is none": lambda data: data["rule"]["after"][0].update(least="total"),
    "another exempt": lambda data: data["rule"]["after"][0].update(of="people", least="5"),
    "another thing to do": lambda data: data["rule"]["after"][2].update(do="positive"),
    "a step more": lambda data: data["rule"]["after"].append(
        {**data["rule"]["after"][1], "most": "1/4"}
    ),
    "nobody lacks a figure": lambda data: indicator(data, "there").pop("lacking"),
    "another lacks it": lambda data: indicator(data, "there").update(lacking=["A"]),
    "one more lacks it": lambda data: indicator(data, "there").update(lacking=["A", "D"]),
    "an area that is none lacks it": lambda data: indicator(data, "there").update(
        lacking=["D", "X"]
    ),
    "an area that is none is assumed": lambda data: indicator(data, "there").update(assumed=["X"]),
    "what exempts": lambda data: indicator(data, "there")["values"].update(C="8"),
    "who is exempt": lambda data: indicator(data, "there")["values"].update(E="9"),
    "another total": lambda data: data["totals"][0].update(number=13),
    "a formula that is none": lambda data: data["rule"]["after"][1].update(most="3 +"),
    "a bound that the step does not take": lambda data: data["rule"]["after"][2].update(most="3"),
    "an unknown name": lambda data: data["rule"]["after"][1].update(most="peple"),
    "a bound of nothing": lambda data: data["rule"]["after"][0].update(of=None),
    "an unknown thing to do": lambda data: data["rule"]["after"][0].update(do="exmpt"),
    "lacking that is no list": lambda data: indicator(data, "there").update(lacking="D"),
    "own keys of a step": lambda data: data["rule"]["steps"][0].update(own={"places": "there"}),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_entry_is_caught(name: str) -> None:
    reasons = forge(FORGERIES[name])
    assert reasons, name
    assert not [reason for reason in reasons if "breaks off" in reason], reasons


@pytest.mark.parametrize("kind", ["kept provinces", "a rule that keeps"])
def test_a_kept_number_that_is_moved_between_provinces_is_caught(kind: str) -> None:
    """Ten of Utrecht's go to Zeeland in the figures, the weights and nowhere else."""
    data = json.loads(shipped(kind))
    places = indicator(data, "kept_places")["values"]
    places["GM0344"] = str(Fraction(places["GM0344"]) - 10)
    places["GM0687"] = str(Fraction(places["GM0687"]) + 10)
    assert forged(data)
    values = data["weights"][0]["values"]
    values["PV26"] = str(Fraction(values["PV26"]) - 10)
    values["PV29"] = str(Fraction(values["PV29"]) + 10)
    assert any("quota" in reason for reason in forged(data))


def test_the_key_of_one_stream_cannot_stand_for_another() -> None:
    data = json.loads(shipped("kept provinces"))
    own = data["rule"]["steps"][0]["own"]
    assert own == {"places": "kept_places", "minors": "kept_minors"}
    own["minors"] = "kept_places"
    assert any("the key of minors at province is not the rule's" in each for each in forged(data))
    del own["minors"]
    assert any("the key of minors at province is not the rule's" in each for each in forged(data))


def test_inside_provinces_a_share_is_not_that_of_the_country() -> None:
    """The same result as if it had been computed with national shares is refused."""
    data = json.loads(shipped("kept safety regions"))
    last = data["weights"][1]
    assert last["key"] == "share(population) + 1"
    people = {
        code: Fraction(each) for code, each in indicator(data, "population")["values"].items()
    }
    country = sum(people.values())
    for code in last["values"]:
        last["values"][code] = str(people[code] / country + 1)
    assert len(forged(data)) > 300


# --- Read back ---


def without_words(data: Data) -> Data:
    """A result without what only people read, and without its hash."""
    left_out = ("cautions", "gaps", "notes", "published", "hash")
    found = {name: value for name, value in data.items() if name not in left_out}
    rule = {name: value for name, value in found["rule"].items() if name != "legal_basis"}
    figures = [
        {name: value for name, value in one.items() if name != "inferred"}
        for one in found["indicators"]
    ]
    return {**found, "rule": rule, "indicators": figures}


def again(written: str, path: Path) -> Data:
    path.write_text(written, "utf-8")
    result = read_result(path)
    found = distribute(result.instance, result.choice)
    assert {cell: found.numbers[cell] for cell in result.numbers} == result.numbers
    data: Data = json.loads(as_json(found))
    return data


def test_random_results_that_are_read_back_give_the_same(tmp_path: Path) -> None:
    same_hash = 0
    for written in random_results(700)[:200]:
        before, after = json.loads(written), again(written, tmp_path / "x.json")
        assert without_words(after) == without_words(before)
        if before["cautions"] == after["cautions"]:
            assert after["hash"] == before["hash"]
            same_hash += 1
    assert same_hash > 50


@pytest.mark.parametrize("kind", REAL)
def test_real_results_that_are_read_back_give_the_same(kind: str, tmp_path: Path) -> None:
    written = shipped(kind)
    after = again(written, tmp_path / "x.json")
    before = without_words(json.loads(written))
    assert without_words(after) == before


def test_what_is_read_back_knows_who_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(shipped("who lacks income"), "utf-8")
    income = read_result(tmp_path / "x.json").instance.indicators["median_income"]
    assert len(income.lacking) == 5
    assert income.assumed == frozenset()
