"""Every json that the program writes fits its published schema, and what is bent does not."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from jsonschema import Draft202012Validator as Validator

from allocator.cli.schema import FOLDER
from allocator.reading.library import instances_folder
from allocator.workbench.render import SAVED
from tests.cli.distribution.test_together import equal_areas
from tests.cli.runner import run
from tests.example import INSTANCE, write_example
from tests.workbench.asking import client

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
#: An instance whose published number comes out when a score is a little higher.
SMALL = f"""{INSTANCE}published: {{file: published.csv, source: {{nl: krant, en: paper}}}}
uncertain: {{score: {{tolerance: 0.1, source: our own bounds}}}}
"""
PUBLISHED = "name,code,stream,number\nAalst,A,places,15\n"
RECEPTION, HOUSING = "nl/reception-2024", "nl/housing-2023-h1"

#: Commands and the schema of what they write.
OUTPUTS: tuple[tuple[str, str], ...] = (
    ("result", f"run {HOUSING}"),
    ("result", "run nl/reception-2024-capped-example"),
    ("result", "run eu/relocation-2015-example"),
    ("result", "run dk/refugee-quotas-example"),
    ("result", "run nl/ukraine-2022-03"),
    ("result", "run nl/reception-existing-counted-example"),
    ("result", f"run {HOUSING} --rounding consistent --method webster"),
    ("result", f"run {RECEPTION} --key median_income*population --missing mean --rounding down"),
    ("result", f"run {RECEPTION} --key population/median_income --keep province --missing exclude"),
    ("result", "run ./equal --rounding consistent"),
    ("diff", f"diff nl/housing-2022-h2 {HOUSING}"),
    ("diff", f"diff {RECEPTION} nl/reception-2024-capped-example"),
    ("diff", f"diff {HOUSING} {RECEPTION}"),
    ("diff", "diff nl/housing-2023-h2-announced nl/housing-2023-h2"),
    ("diff", "diff nl/reception-2024 nl/reception-2024-by-population"),
    ("compare", f"compare {RECEPTION} --key population --with {HOUSING}"),
    ("compare", f"compare {RECEPTION} --key people=population --inside Zeeland"),
    ("sweep", f"sweep {HOUSING} --weights population=0.2..0.8 --weights land_ha --grid 0.1"),
    (
        "sweep",
        f"sweep {RECEPTION} --weights population --weights dwellings --sample 20 "
        "--inside Zeeland --total places=90000..100000",
    ),
    ("margins", f"margins {RECEPTION} Middelburg"),
    ("margins", f"margins {HOUSING} --inside Zeeland"),
    ("plan", "plan nl/plan-example-zeeland --alternatives 1 --without goes-4"),
    (
        "plan",
        "plan nl/plan-example-zeeland --area Zeeland --locations locations.csv "
        "--pledges pledges.csv --agreements agreements.csv --cap Goes=300 --pledge Veere=20",
    ),
    ("series", "series nl/housing"),
    ("series", "series nl/housing --area Middelburg"),
    ("audit", f"audit {HOUSING}"),
    ("audit", f"audit {RECEPTION}"),
    ("infer", "infer nl/places-2024-77100"),
    ("weights", "infer nl/places-2024-77100 --weights population --weights land_ha"),
    ("weights", "infer nl/places-2024-77100 --weights population=0.1..0.3 --weights land_ha"),
    ("audit", "audit table.csv --rule nl/housing-target --total 21200 --period 2023-H1"),
    ("reconciled", "reconcile ./small"),
    ("reconciled", "reconcile ./small --tolerance 0.001"),
)
#: Those that are written beside something else: the command, and the file in its folder.
BESIDE: tuple[tuple[str, str, str], ...] = (
    ("receipt", f"run {HOUSING} --dialect nl --out x.csv", "x.csv.receipt.json"),
    (
        "receipt",
        f"run {RECEPTION} --rule nl/reception-by-population --total places=90000 --keep province "
        "--key population --rounding consistent --method hill --ties order --missing error "
        "--out x.json",
        "x.json.receipt.json",
    ),
    (
        "receipt",
        "run nl/reception-2024-capped-example --fix province --out x.txt",
        "x.txt.receipt.json",
    ),
    ("receipt", "run ./small --rule small/rule.yaml --out x.txt", "x.txt.receipt.json"),
    (
        "sweep-parts",
        f"sweep {HOUSING} --weights population --weights land_ha --grid 0.5 --resume parts",
        "parts/question.json",
    ),
)


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


@contextmanager
def desk() -> Iterator[pytest.MonkeyPatch]:
    """A folder to work in, with files of one's own."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.chdir(folder)
        Path("table.csv").write_text("gemeente;aantal\nMiddelburg;59\nVeere;26\n", "utf-8")
        write_example(Path("small"), instance_yaml=SMALL, published_csv=PUBLISHED)
        equal_areas(Path("equal"))
        for path in (instances_folder() / "nl" / "plan-example-zeeland").glob("*.csv"):
            shutil.copy(path, path.name)
        yield patch


@cache
def written(command: str, lang: str) -> str:
    with desk() as patch:
        outcome = run(patch, *command.split(), "--format", "json", "--lang", lang)
    assert outcome.status in (0, 1), outcome.err
    return outcome.out


@cache
def beside(command: str, file: str) -> str:
    with desk() as patch:
        outcome = run(patch, *command.split())
        assert outcome.status == 0, outcome.err
        return Path(file).read_text("utf-8")


def all_of(name: str) -> Iterator[Any]:
    """Every json of a schema that the tests know."""
    yield from (json.loads(written(said, "en")) for kind, said in OUTPUTS if kind == name)
    yield from (json.loads(beside(said, file)) for kind, said, file in BESIDE if kind == name)
    for page in SAVED if name == "question" else ():
        yield client().get(f"/vraag/{page}/nl/reception-2024?key=population&total.places=9").json()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_fits_its_schema(name: str) -> None:
    Validator.check_schema(schema(name))
    documents = list(all_of(name))
    assert documents
    for document in documents:
        assert document["format"] == f"allocator-{name}/1"
        assert [error.message for error in Validator(schema(name)).iter_errors(document)] == []


@pytest.mark.parametrize("command", [said for _, said in OUTPUTS])
def test_json_is_the_same_in_both_languages(command: str) -> None:
    assert written(command, "en") == written(command, "nl")


# Schemas, gone through beside what they describe


def inner(found: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """A schema, or the one that it refers to."""
    return whole["$defs"][found["$ref"].rpartition("/")[2]] if "$ref" in found else found


def below(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schemas right under one, each with its place."""
    for name, each in found.get("properties", {}).items():
        yield f"properties/{name}", each
    for key in ("anyOf", "oneOf", "prefixItems"):
        for place, each in enumerate(found.get(key, [])):
            yield f"{key}/{place}", each
    for key in ("items", "additionalProperties"):
        if isinstance(found.get(key), dict):
            yield key, found[key]


def everywhere(whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema in a file, by its place."""
    todo = [("#", whole), *((f"#/$defs/{name}", one) for name, one in whole["$defs"].items())]
    while todo:
        place, found = todo.pop()
        yield place, found
        todo += [(f"{place}/{step}", each) for step, each in below(found)]


def fitting(
    found: dict[str, Any], data: Any, validator: Validator, place: str = "#"
) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Every part of a document with the schema that describes it, and that schema's place."""
    whole: Any = validator.schema
    if "$ref" in found:
        yield place, found, data
        place, found = found["$ref"], inner(found, whole)
    yield place, found, data
    for step, each in below(found):
        kind, _, name = step.partition("/")
        down = f"{place}/{step}"
        if kind in ("anyOf", "oneOf"):
            if validator.evolve(schema={**each, "$defs": whole["$defs"]}).is_valid(data):
                yield from fitting(each, data, validator, down)
        elif kind == "properties" and isinstance(data, dict) and name in data:
            yield from fitting(each, data[name], validator, down)
        elif kind == "prefixItems" and isinstance(data, list):
            yield from fitting(each, data[int(name)], validator, down)
        elif kind == "items" and isinstance(data, list):
            for one in data[:: max(1, len(data) // 100)]:
                yield from fitting(each, one, validator, down)
        elif kind == "additionalProperties" and isinstance(data, dict):
            for key in [key for key in data if key not in found.get("properties", {})][:20]:
                yield from fitting(each, data[key], validator, down)


@cache
def seen(name: str) -> dict[str, tuple[dict[str, Any], Any]]:
    """Per place of a schema the first part of a real document that it describes."""
    whole = schema(name)
    found: dict[str, tuple[dict[str, Any], Any]] = {}
    for document in all_of(name):
        for place, part, data in fitting(whole, document, Validator(whole)):
            if data is not None or place not in found:
                found[place] = part, data
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_property_is_described(name: str) -> None:
    whole = schema(name)
    assert whole["title"]
    for place, found in everywhere({"$defs": {}, **whole}):
        for key, each in found.get("properties", {}).items():
            assert each.get("description") or inner(each, whole)["description"], f"{place} {key}"


@pytest.mark.parametrize("name", NAMES)
def test_a_document_with_a_hole_a_stranger_or_a_number_as_text_is_refused(name: str) -> None:
    whole = {"$defs": {}, **schema(name)}
    bent = 0
    for place, (found, data) in seen(name).items():
        part = Validator({**found, "$defs": whole["$defs"]})
        assert part.is_valid(data), place
        for wrong in mutilated(found, data):
            bent += 1
            assert not part.is_valid(wrong), f"{place}: {wrong!r:.200}"
    assert bent > 2


def mutilated(found: dict[str, Any], data: Any) -> Iterator[Any]:
    """A part of a document without a field, with one more, or with another kind of value."""
    if isinstance(data, dict) and found.get("additionalProperties") is False:
        yield {**data, "stranger": 1}
        for key in found["required"]:
            yield {other: value for other, value in data.items() if other != key}
    elif isinstance(data, list):
        yield {str(place): value for place, value in enumerate(data)}
        if "prefixItems" in found:
            yield [*data, 1]
            yield data[:-1]
    elif isinstance(data, bool):
        yield str(data)
    elif isinstance(data, int):
        yield str(data)
        yield data + 0.5
    elif isinstance(data, str):
        yield 1
        yield [data]


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_document_with_a_field_left_out_is_refused(name: str) -> None:
    document = min(all_of(name), key=lambda each: len(str(each)))
    for key in document:
        less = copy.copy(document)
        del less[key]
        assert not Validator(schema(name)).is_valid(less), key


LOT = "#/$defs/choice/properties/ties/anyOf/1/items/properties/"
SHORTFALLS = "#/properties/shares/properties/shortfalls/items/properties/"
#: Properties that no document of these tests has: a drawn lot, totals that limits leave no room
#: for, locations that fall out one by one (half a minute), figures left out of one of two.
UNSEEN = {
    "result": {f"{LOT}drawn_for", f"{LOT}order", f"{SHORTFALLS}number", f"{SHORTFALLS}totals"},
    "diff": {
        *(f"{LOT}drawn_for", f"{LOT}order", "#/$defs/step/properties/own"),
        *("#/$defs/indicator/properties/lacking", "#/$defs/indicator/properties/assumed"),
    },
    "receipt": {
        "#/properties/question/properties/ties_file",
        "#/properties/question/properties/ties_file/properties/file",
        "#/properties/question/properties/ties_file/properties/of",
    },
    "plan": {
        "#/properties/falling_out/items/properties/locations",
        "#/properties/falling_out/items/properties/more",
        "#/properties/falling_out/items/properties/stopped",
    },
    "series": {
        "#/properties/series/items/properties/entries/items/properties/basis/properties/published"
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_every_property_of_a_schema_occurs_somewhere(name: str) -> None:
    whole = {"$defs": {}, **schema(name)}
    known = {
        place for place, _ in everywhere(whole) if place.rpartition("/")[0].endswith("/properties")
    }
    assert sorted(known - seen(name).keys()) == sorted(UNSEEN.get(name, set()))
