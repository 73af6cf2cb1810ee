"""The checker that stands alone: right results pass, and forgers are caught, hash or no hash."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

import allocator
from allocator import verify
from allocator.core.distribute import distribute
from allocator.model.areas import Area
from allocator.model.instance import Instance, Total
from allocator.model.limits import Limit
from allocator.model.problem import InputError, Place
from allocator.model.rule import Choice, Crossing, Direction, Lot, Method, Rounding, Step
from allocator.model.streams import KeyText, Stream, Streams
from allocator.report.distribution.exact_json import as_json, digest
from tests.example import bent, write_example
from tests.strategies import NAME, instance_of

Data = dict[str, Any]
Steps = tuple[str | int, ...]

REAL = {
    "by the act": ("nl/reception-2024", {}),
    "published": ("nl/housing-2023-h1", {}),
    "together": ("nl/reception-2024", {"rounding": "consistent"}),
    "by quotient": ("nl/reception-2024", {"method": "hill"}),
    "top down": ("nl/ukraine-2022-03", {"rounding": "consistent"}),
    "textbook": ("nl/minors-2024-3660", {"rounding": "textbook", "method": "dean"}),
    "remainders": ("nl/minors-2024-3660", {"rounding": "textbook"}),
    "limits": ("nl/reception-2024-capped-example", {"fixed": ["province"]}),
    "limits by quotient": ("nl/reception-2024-capped-example", {"method": "webster"}),
}


@cache
def real(kind: str) -> str:
    name, options = REAL[kind]
    return as_json(allocator.distribute(allocator.load(name), **options))  # type: ignore[arg-type]


def forged(data: Data) -> list[str]:
    """What is found when the forger has renewed the hash."""
    content = {name: value for name, value in data.items() if name != "hash"}
    return verify.verify({**content, "hash": digest(content)})


# --- Right results ---


@pytest.mark.parametrize("kind", REAL)
def test_real_results_are_right(kind: str) -> None:
    assert verify.verify(json.loads(real(kind))) == []


def test_the_example_is_right_in_every_rounding(tmp_path: Path) -> None:
    instance = allocator.load(write_example(tmp_path / "example"))
    for rounding in ("up", "down", "half-up", "half-even", "consistent"):
        try:
            result = as_json(allocator.distribute(instance, rounding))
        except InputError:
            continue  # parts above their whole
        assert verify.verify(json.loads(result)) == [], rounding


def random_instance(rng: Random, rounding: Rounding) -> Instance:
    """A few municipalities with equals among them, so that ties are common."""
    leaves = [f"M{n}" for n in range(rng.randint(1, 9))]
    province = {leaf: f"P{rng.randint(1, 3)}" for leaf in leaves}
    most = rng.choice([1, 3, 10, 1000])
    people = {leaf: Fraction(rng.randint(0, most), rng.choice([1, 1, 2])) for leaf in leaves}
    people[leaves[0]] += 1
    base = instance_of(people, province, {"places": 1}, rounding)
    total = rng.randint(0, 30)
    streams, totals = [Stream("places", NAME)], {"places": total}
    if rounding is not Rounding.TEXTBOOK and rng.random() < 0.7:
        streams.append(Stream("minors", NAME, part_of="places"))
        totals["minors"] = rng.randint(0, total)
        if rng.random() < 0.6:
            streams.append(Stream("regular", NAME, rest_of="places"))
    elif rounding is not Rounding.TEXTBOOK:
        streams.append(Stream("other", NAME))
        totals["other"] = rng.randint(0, 9)
    if rng.random() < 0.6:
        base = replace(base, division=with_regions(rng, base, leaves, province))
    key = rng.choice(["people", "people", "(people + capped(people, 1, 3)) / national(people)"])
    steps: tuple[Step, ...] = (Step("", KeyText(key, Place("rule"))),)
    direction = Direction.BOTTOM_UP
    if rng.random() < 0.3:
        keys = KeyText(rng.choice(["people", "1"]), Place("")), KeyText("people + 1", Place(""))
        steps = (Step("province", keys[0]), Step("municipality", keys[1]))
        direction = Direction.TOP_DOWN
    ties = rng.choice([("code",), ("people", "code")])
    rule = replace(base.rule, steps=steps, direction=direction, ties=ties)
    return replace(
        base,
        rule=replace(rule, crossing=Crossing.REPORTED),
        streams=Streams(tuple(streams)),
        totals={name: Total(name, number, NAME, None) for name, number in totals.items()},
        limits=random_limits(rng, base, province, streams, rounding),
    )


def with_regions(rng: Random, base: Instance, leaves: list[str], province: dict[str, str]) -> Any:
    """Two regions beside the tree, which may cross it."""
    region = {leaf: f"R{rng.randint(1, 2)}" for leaf in leaves}
    members, areas = dict(base.division.members), list(base.division.areas[: len(leaves)])
    for code in sorted(set(region.values())):
        members[code] = tuple(leaf for leaf in leaves if region[leaf] == code)
        around = {province[leaf] for leaf in members[code]}
        areas.append(Area(code, code, "region", around.pop() if len(around) == 1 else "NL"))
    areas += base.division.areas[len(leaves) :]
    return replace(base.division, also=("region",), areas=tuple(areas), members=members)


def random_limits(
    rng: Random,
    base: Instance,
    province: dict[str, str],
    streams: list[Stream],
    rounding: Rounding,
) -> tuple[Limit, ...]:
    found: list[Limit] = []
    leaves = sorted(province)
    rng.shuffle(leaves)
    for n, leaf in enumerate(leaves[: rng.choice([0, 0, 1, 2, 4])]):
        codes: tuple[str, ...] = (leaf,)
        if rounding is Rounding.CONSISTENT and rng.random() < 0.4:
            inside = [other for other in leaves if province[other] == province[leaf]]
            pool = tuple(rng.sample(inside, rng.randint(1, len(inside))))
            codes = rng.choice([(province[leaf],), pool])
        least, most = rng.choice([(None, 0), (None, 2), (None, 5), (1, None), (3, None), (2, 2)])
        stream = rng.choice(streams).name
        found.append(Limit(f"limit {n}", NAME, stream, codes, least, most))
    once = {(limit.areas, limit.stream): limit for limit in found}  # no limit hides another
    return tuple(once.values()) if rounding in (Rounding.CONSISTENT, Rounding.TEXTBOOK) else ()


@cache
def random_results(count: int) -> list[str]:
    """Results of random instances; those without an answer are left out."""
    found = []
    roundings = [*[Rounding.CONSISTENT] * 5, Rounding.TEXTBOOK, Rounding.HALF_UP, Rounding.UP]
    for seed in range(count):
        rng = Random(seed)
        rounding = rng.choice(roundings)
        instance = random_instance(rng, rounding)
        fixed = rng.choice([(), (), ("province",)])
        try:
            result = distribute(instance, Choice(rounding, rng.choice(list(Method)), fixed=fixed))
        except (InputError, ValueError):
            continue
        found.append(as_json(result))
    return found


def test_random_results_are_right() -> None:
    results = [json.loads(result) for result in random_results(600)]
    tied = sum(any(proof["ties"] for proof in data["proofs"]) for data in results)
    short = sum(bool(data["shares"] and data["shares"]["shortfalls"]) for data in results)
    assert len(results) > 400
    assert tied > 50
    assert short > 20
    for data in results:
        assert verify.verify(data) == []


# --- Forged results: one field after another ---

#: What is written for people, and not computed with: no sum can show that it was changed.
FOR_READING = re.compile(
    r"title|instance|period|date|hash|cautions|gaps|notes|.*\.source|totals\.#\.announced"
    r"|rule\.(name|valid_from|valid_until|checked_on|title|legal_basis|rounding).*"
    r"|areas\.#\.name|streams\.#\.title|indicators\.#\.(title|year|reference|quality|licence)"
    r"|indicators\.#\.(inferred|kind)"  # at the leaves a count and a rate are computed with alike
)


def fields(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """The place of every entry that carries meaning."""
    if FOR_READING.fullmatch(pattern(path)):
        return
    if path:
        yield path
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from fields(inside, (*path, name))
    if isinstance(value, list):
        for n, inside in enumerate(value):
            yield from fields(inside, (*path, n))


def pattern(path: Steps) -> str:
    """The kind of a field: the same for every area, cell, price or level.

    >>> pattern(("cells", 12, "quota"))
    'cells.#.quota'
    """
    return ".".join("#" if isinstance(step, int) else step for step in path)


def kind_of(path: Steps) -> str:
    """As the pattern, where names of a table are areas."""
    return re.sub(r"\.values\.[^.]+", ".values.*", pattern(path))


def at(data: Any, path: Steps) -> Any:
    for step in path:
        data = data[step]
    return data


def changed(rng: Random, data: Data, path: Steps) -> str:
    """Change an entry into another one that could stand there; says how."""
    where, name, old = at(data, path[:-1]), path[-1], at(data, path)
    others = []
    if old is None or isinstance(old, str):  # what stands there elsewhere looks most like it
        alike = (at(data, other) for other in fields(data) if kind_of(other) == kind_of(path))
        others = [value for value in alike if value not in (old, None)]
    if isinstance(old, bool):
        where[name] = not old
    elif isinstance(old, int):
        where[name] = old + rng.choice([1, -1, 2, 10**6])
    elif isinstance(old, str) and re.fullmatch(r"-?\d+(/\d+)?", old):
        where[name] = str(
            Fraction(old) + Fraction(rng.choice([1, -1, 7]), rng.choice([1, 7, 10**9]))
        )
    elif isinstance(old, str):
        where[name] = rng.choice(others) if others and rng.random() < 0.7 else old + "1"
    elif old is None:
        where[name] = rng.choice(others) if others else rng.choice([0, "1", "x"])
    elif old and rng.random() < 0.5:
        gone = rng.choice(list(old)) if isinstance(old, dict) else rng.randrange(len(old))
        del old[gone]
        return f"{gone} is left out of {path}"
    elif isinstance(old, list) and old:
        old.append(rng.choice(old))
        return f"something comes twice in {path}"
    else:
        where[name] = None
    return f"{path}: {old} became {where[name]}"


def same_meaning(before: Data, after: Data, path: Steps) -> bool:
    """Changes that no one can call wrong: nothing in the result rests on them."""
    field, choice = kind_of(path), before["choice"]
    together = choice["rounding"] in ("consistent", "textbook")
    if not together and field in ("choice.method", "choice.ties", "rule.ties", "rule.ties.#"):
        return True  # every area is rounded by itself
    if field.startswith("choice.fixed") and not (before["shares"] or {}).get("levels"):
        return True  # only where a limit binds is anything kept
    if field.startswith("rule.ties"):
        return not before["proofs"] or in_order(before) == in_order(after)
    if field == "areas.#.parent" and not before["proofs"]:
        code = at(before, path[:2])["code"]  # an empty area is nothing in any sum
        return {one["quota"] for one in before["cells"] if one["code"] == code} == {"0"}
    if field.startswith("shares.levels.#"):
        # another proof, as good, of the same shares; or the size of a level that moves no cell
        return bool(before["shares"]["values"] == after["shares"]["values"])
    if isinstance(at(before, path), dict):
        gone = {*at(before, path)} - {*at(after, path)}
        if field == "streams.#" and gone == {"key"}:
            return at(before, path)["key"] is None  # left out and null are the same
        return all(FOR_READING.fullmatch(pattern((*path, name))) for name in gone)
    if field == "limits.#.stream" and limited(before, path) == limited(after, path):
        return True  # the part that is no longer limited, or now is too, is 0 there
    if field.startswith("limits"):
        return not binding(before, path)
    return before == after


def binding(data: Data, path: Steps) -> bool:
    """Whether shares or sums rest on a limit; one that never binds leaves no trace in a result."""
    if data["choice"]["rounding"] == "textbook" or len(path) == 1:
        return False
    limit = at(data, path[:2])
    levels = data["shares"]["levels"]
    sides = {(name, sign, number) for level in levels for name, sign, number in level["binding"]}
    own = {"at_least": -1, "at_most": 1}
    held = {name: (limit["name"], own[name], str(limit[name])) in sides for name in own}
    if len(path) == 3 and path[2] in own:
        return held[str(path[2])]
    pool = bool(limit["areas"][1:]) and path[2:3] in ((), ("areas",), ("name",))
    return pool or any(held.values())


def limited(data: Data, path: Steps) -> Fraction:
    """The sum of the shares that a limit is on."""
    result = read(data)
    shares = {(area, part): Fraction(share) for area, part, share in data["shares"]["values"]}
    return sum((shares[cell] for cell in result.cells_of(at(data, path[:2]))), Fraction(0))


def read(data: Data) -> verify.Result:
    result = verify.Result(verify.in_form(data)[0], data)
    assert list(verify.wrong_tree(result)) == list(verify.place_leaves(result)) == []
    return result


def in_order(data: Data) -> list[str]:
    return read(data).in_order()


def caught(rng: Random, written: str, path: Steps) -> str:
    """Nothing where the change is found, or leaves the meaning as it was; else what was changed."""
    before, after = json.loads(written), json.loads(written)
    how = changed(rng, after, path)
    return "" if forged(after) or same_meaning(before, after, path) else how


def test_every_kind_of_field_is_held_against_the_others() -> None:
    """Of every kind of field, in many small results, some are changed and each is caught."""
    rng = Random(1)
    places: dict[str, list[tuple[str, Steps]]] = {}
    for written in random_results(600)[:150]:
        for path in fields(json.loads(written)):
            places.setdefault(kind_of(path), []).append((written, path))
    assert len(places) > 70
    missed = []
    for found in places.values():
        for written, path in rng.sample(found, min(len(found), 12)):
            missed.append(caught(rng, written, path))
    assert [how for how in missed if how] == []


@pytest.mark.parametrize("kind", ["by the act", "top down", "limits", "limits by quotient"])
def test_one_changed_number_among_thousands_is_found(kind: str) -> None:
    rng = Random(kind)
    places = [path for path in fields(json.loads(real(kind))) if len(path) > 2]
    kinds = {kind_of(path): path for path in rng.sample(places, len(places))}
    assert [how for path in kinds.values() if (how := caught(rng, real(kind), path))] == []


def test_the_hash_by_itself() -> None:
    """A title is no more than words; the hash shows that it is not the one that was written."""
    data = json.loads(real("textbook"))
    data["title"]["en"] = "Another title"
    assert verify.verify(data) == ["the hash is not that of the content"]
    assert forged(data) == []


# --- Forged results: whole tables that hang together ---


def tied(ties: tuple[str, ...], choice: Choice | None = None) -> Data:
    """Seven places over six equals in three provinces."""
    province = {f"M{n}": f"P{n // 2}" for n in range(6)}
    base = instance_of(dict.fromkeys(province, Fraction(2)), province, {"places": 7}, Rounding.UP)
    rank = {leaf: Fraction(n) for n, leaf in enumerate(province)}
    people = base.indicators["people"]
    indicators = {"people": people, "rank": replace(people, name="rank", values=rank)}
    steps = (Step("", KeyText("people + 0 * rank", Place(""))),)
    instance = replace(base, indicators=indicators, rule=replace(base.rule, ties=ties, steps=steps))
    chosen = choice or Choice(Rounding.CONSISTENT)
    result: Data = json.loads(as_json(distribute(instance, chosen)))
    return result


def numbers(data: Data) -> list[int]:
    return [cell["number"] for cell in data["cells"]]


@pytest.mark.parametrize("rounding", [Rounding.CONSISTENT, Rounding.TEXTBOOK])
@pytest.mark.parametrize("method", Method)
def test_another_table_that_is_as_good_is_not_the_one_that_the_order_chooses(
    method: Method, rounding: Rounding
) -> None:
    choice = Choice(rounding, method)
    right, other = tied(("code",), choice), tied(("rank", "code"), choice)
    assert verify.verify(right) == verify.verify(other) == []
    assert numbers(right) != numbers(other)
    right["cells"] = other["cells"]
    for proof, another in zip(right["proofs"], other["proofs"], strict=True):
        became = {cell[0]: cell[2] for tie in another["ties"] for cell in tie["cells"]}
        for tie in proof["ties"]:
            tie["cells"] = [[area, part, became[area]] for area, part, _ in tie["cells"]]
    reasons = " ".join(forged(right))
    assert re.search("before those|order of ties|largest remainders", reasons)
    assert "better" not in reasons


def test_every_other_order_of_ties_gives_a_table_that_is_refused() -> None:
    """In small results with ties any two equal cells, exchanged, are noticed."""
    exchanged = 0
    for written in random_results(600):
        data = json.loads(written)
        for proof in data["proofs"]:
            cells = [tuple(cell) for tie in proof["ties"] for cell in tie["cells"]]
            for first in cells:
                for second in cells:
                    if first[2] != second[2] and first[1] == second[1]:
                        exchanged += 1
                        assert forged(with_exchanged(written, proof["whole"], first, second))
    assert exchanged > 100


def with_exchanged(written: str, whole: str, first: tuple[Any, ...], second: Any) -> Data:
    """The numbers of two tied cells exchanged, with all sums and the list of ties made to fit."""
    data: Data = json.loads(written)
    result = read(data)
    number = {cell: n for cell, n in result.number.items() if cell[1] in result.given}
    split = result.split(number, whole)
    split[first[:2]], split[second[:2]] = second[2], first[2]
    for leaf in result.leaves:
        parts = [split[leaf, part] for part in result.parts(whole)]
        number[leaf, whole] = sum(parts)
        named = [part for part in result.named_parts(whole) if part != whole]
        number.update({(leaf, part): split[leaf, part] for part in named})
    table = verify.with_sums(result, number)
    for cell in data["cells"]:
        cell["number"] = table[cell["code"], cell["stream"]]
    for proof in data["proofs"]:
        for tie in proof["ties"] if proof["whole"] == whole else ():
            tie["cells"] = [[area, part, split[area, part]] for area, part, _ in tie["cells"]]
    return data


def test_a_lot_decides_only_what_it_was_drawn_for() -> None:
    by_order = tied(("code",))
    proof = by_order["proofs"][0]
    order = [(area, part) for tie in proof["ties"] for area, part, _ in tie["cells"]][::-1]
    lot = Lot(proof["fingerprint"], tuple(order))
    drawn = tied(("code",), Choice(Rounding.CONSISTENT, ties=(lot,)))
    assert numbers(drawn) != numbers(by_order)
    assert verify.verify(drawn) == []
    for change in (
        {"drawn_for": "0" * 64},
        {"order": [list(cell) for cell in order[::-1]]},
        {"order": [list(cell) for cell in order[1:]]},
    ):
        lots = [{**drawn["choice"]["ties"][0], **change}]
        assert forged({**drawn, "choice": {**drawn["choice"], "ties": lots}})
    assert forged({**drawn, "choice": {**drawn["choice"], "ties": "order"}})
    assert forged({**by_order, "choice": {**by_order["choice"], "ties": "refuse"}})


def test_nothing_or_so_many_is_kept_and_said_not_to_be_proven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    province = {f"M{n}": "P" for n in range(4)}
    people = {leaf: Fraction(n + 1) for n, leaf in enumerate(province)}
    base = instance_of(people, province, {"places": 20}, Rounding.CONSISTENT)
    limits = tuple(Limit(f"least {x}", NAME, "places", (x,), None, None, 5) for x in province)
    instance = replace(base, limits=limits)
    data: Data = json.loads(as_json(distribute(instance)))
    assert verify.verify(data) == []
    (tmp_path / "result.json").write_text(json.dumps(data))
    assert verify.main([str(tmp_path / "result.json")]) == 0
    assert "NOT proven" in capsys.readouterr().out
    data["limits"][-1]["nothing_or"] = 19
    assert any("neither 0 nor at least 19" in reason for reason in forged(data))


def test_another_key_with_its_own_weights_is_not_the_rules(tmp_path: Path) -> None:
    """All of another rule's result under the name of this one: the rule's key is what differs."""
    right = allocator.load(write_example(tmp_path / "one"))
    other = allocator.load(
        write_example(
            tmp_path / "two", **bent("rule.yaml", "key: (score + 1) * people", "key: people")
        )
    )
    data, another = (
        json.loads(as_json(allocator.distribute(each, "half-even"))) for each in (right, other)
    )
    assert verify.verify(data) == verify.verify(another) == []
    assert forged({**another, "rule": data["rule"]})


# --- Files that are no results, or mean harm ---

HOSTILE: dict[str, str | bytes] = {
    "empty": "",
    "not json": "result",
    "cut off": '{"format": "allocator-result/1",\n "instance": ',
    "not utf-8": b"\xff\xfe{}",
    "a list": "[]",
    "a number": "1",
    "another format": '{"format": "allocator-result/2"}',
    "deep": "[" * 200_000,
    "deep inside": '{"format": "allocator-result/1", "rule": '
    + '{"a":' * 90_000
    + "1"
    + "}" * 90_001,
    "not a number": '{"format": "allocator-result/1", "totals": NaN}',
    "infinite": '{"format": "allocator-result/1", "totals": -Infinity}',
    "huge": '{"format": "allocator-result/1", "totals": ' + "9" * 100_000 + "}",
    "twice": '{"format": "allocator-result/1", "format": "allocator-result/1"}',
    "nothing in it": '{"format": "allocator-result/1"}',
}


#: How Python itself puts it, which helps no reader.
PYTHONS_OWN = re.compile(r"Error|Errno|codec|recursion|Expecting|char \d|delimiter|set_int_max")
SAID_OF = {
    "empty": "is no json: it goes wrong at line 1, column 1",
    "not json": "is no json: it goes wrong at line 1, column 1",
    "cut off": "is no json: it goes wrong at line 2, column 14",
    "not utf-8": "is not text in UTF-8, from byte 1 on",
    "deep": "is nested more deeply than any result",
    "deep inside": "is nested more deeply than any result",
    "huge": "has a number with more digits than any result",
    "twice": "is no result: the entry format comes twice",
    "infinite": "is no result: -Infinity is not a number",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_result_is_told_in_words(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, content = tmp_path / "x.json", HOSTILE[name]
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert verify.main([str(file)]) == (1 if name == "nothing in it" else 2)
    said = capsys.readouterr().out
    assert not PYTHONS_OWN.search(said), said
    assert SAID_OF.get(name, "") in said


def test_no_file_a_folder_or_no_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = tmp_path / "none.json"
    assert verify.main([str(none)]) == 2
    assert capsys.readouterr().out == (
        f"{none} is not there: name the json that a run wrote with --out\n"
    )
    assert verify.main([str(tmp_path)]) == 2
    assert capsys.readouterr().out == f"{tmp_path} is a folder: name the json in it\n"
    assert verify.main([]) == 2
    assert not PYTHONS_OWN.search(capsys.readouterr().out)


ODD: list[Callable[[], Any]] = [
    lambda: None,
    lambda: True,
    lambda: -1,
    lambda: 10**4000,
    lambda: 1.5,
    lambda: float("inf"),
    lambda: "",
    lambda: "1/0",
    lambda: "9" * 4_300,
    lambda: "\ud800\x1b[2J",
    lambda: "NL",
    lambda: [],
    lambda: [[]],
    lambda: {},
    lambda: {"a": {"a": []}},
]


def test_any_wrong_thing_anywhere_is_a_reason_and_no_traceback(tmp_path: Path) -> None:
    """Hardly ever does a check break off: at texts and numbers that cannot be written out."""
    rng = Random(2)
    results = random_results(600)
    places = {
        (kind_of(path), n % 8): (written, path)
        for n, written in enumerate(results[:40])
        for path in fields(json.loads(written))
    }
    for written, path in places.values():
        data = json.loads(written)
        at(data, path[:-1])[path[-1]] = rng.choice(ODD)()
        before = json.loads(written)
        reasons = verify.verify(data)
        assert reasons or data == before, path
        broken = [reason for reason in reasons if "breaks off" in reason]
        assert not [reason for reason in broken if not re.search("surrogates|4300", reason)]


def test_hostile_names_are_printed_harmlessly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(real("textbook"))
    data["areas"][0]["code"] = "\x1b[2J\ud800\n"
    (tmp_path / "x.json").write_text(json.dumps(data))
    assert verify.main([str(tmp_path / "x.json")]) == 1
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["together", "limits", "textbook"])
def test_it_runs_alone(kind: str, tmp_path: Path) -> None:
    """In another folder, without this package and without anything that was installed."""
    shutil.copy(verify.__file__, tmp_path / "verify.py")
    (tmp_path / "right.json").write_text(real(kind), encoding="utf-8")
    data = json.loads(real(kind))
    data["cells"][0]["number"] += 1
    (tmp_path / "wrong.json").write_text(json.dumps({**data, "hash": ""}), encoding="utf-8")
    (tmp_path / "none.json").write_text("{}")
    for name, code in (("right", 0), ("wrong", 1), ("none", 2)):
        command = [sys.executable, "-I", "-S", "verify.py", f"{name}.json"]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        assert (ran.returncode, ran.stderr) == (code, b"")
        assert ran.stdout.startswith(f"{name}.json".encode())
