"""What is typed: keys, totals, weights, bounds, half-years, days and names."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from allocator.asking.half_years import read_bounds
from allocator.asking.names import areas_named
from allocator.asking.totals import read_totals
from allocator.asking.weights import read_weights
from allocator.core.distribute import distribute
from allocator.core.keeping import another_key
from allocator.key.evaluate import Figures, evaluate
from allocator.key.factors import with_factors
from allocator.key.formula import indicators
from allocator.key.reader import read_key
from allocator.key.written import with_values
from allocator.model.half_year import HalfYear
from allocator.model.indicator import Kind
from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place
from allocator.model.streams import KeyText
from allocator.reading.instances.read import load
from allocator.reading.rules import find_rule
from allocator.report.distribution import exact_json, explain_screen, screen, tidy
from allocator.words.say import LANGUAGES
from tests.fuzz.draw import seeds
from tests.fuzz.draw.formulas import bent_formula
from tests.fuzz.draw.signs import encoded, in_words, odd_day, odd_number, odd_text, odd_value
from tests.fuzz.reader import Files, Reader
from tests.fuzz.scratch import placed
from tests.fuzz.watch import Failure

_NAMES = ("people", "score", "total")
_FIGURES = Figures(
    ("Aalst", "Boom", "Cuijk"),
    {
        "people": [Fraction(1000), Fraction(2000), Fraction(0)],
        "score": [Fraction("0.5"), Fraction("-0.25"), Fraction(1)],
    },
    {"people": Kind.COUNT, "score": Kind.RATE},
    total=Fraction(100),
)


@cache
def example() -> Instance:
    """The small instance of the tests, with a figure that is as long as any may be."""
    files = seeds.small()
    people = files["people.csv"].replace(b"A,Aalst,1000", b"A,Aalst," + b"9" * 30)
    return load(placed({**files, "people.csv": people}, "long"))


def _key(source: Random) -> Files:
    return {"key.txt": encoded(bent_formula(source, _NAMES))}


def _typed(files: Files, name: str) -> str:
    """What was typed, as Python has it: what is no UTF-8 comes in as half pairs of surrogates."""
    return files[name].decode("utf-8", "surrogateescape")


def _read_key(files: Files) -> object:
    """The key read, written out with values and with factors, and computed."""
    written = _typed(files, "key.txt")
    formula = read_key(written, Place("--key"))
    for name in indicators(formula):
        assert name in written
    for lang in LANGUAGES:
        with_values(formula, lambda _: Fraction(-1, 3), lang)
    factors = {"people": Fraction(1, 3), "score": Fraction(0)}
    try:
        read_key(with_factors(written, factors))
    except InputError as error:
        said = str(error)
        if "more than" not in said and "longer than" not in said:
            raise Failure("factors", f"make {written!r} unreadable: {said}") from error
    return evaluate(formula, _FIGURES, written, Place("--key"))


def _read_key_and_divide(files: Files) -> object:
    """An instance divided by the key, and told in every form."""
    key = KeyText(_typed(files, "key.txt"), Place("--key"))
    found = distribute(another_key(example(), key))
    exact_json.as_json(found)
    tidy.as_csv(found)
    for lang in LANGUAGES:
        screen.as_screen(found, lang)
        explain_screen.as_screen(found, found.instance.division.areas[:2], lang)
    return found


def _words(source: Random) -> Files:
    """Lists of what is typed behind options that may be repeated."""
    good = {
        "totals": ["places=100", "minors=5", "20000"],
        "weights": ["people", "land_ha=30%..0.7", "score=0.2", "1/land_ha=0..1"],
        "bounds": ["100,90", "90,50"],
        "half": ["2023-H1", "2024-H2"],
        "day": ["2023-01-01"],
        "name": ["Middelburg", "GM0687", "goes", "Zeeland"],
        "rule": ["nl/reception-places", "nl/reception-places@2024-02-01"],
    }
    content = {
        option: [_word(source, [value]) for value in source.sample(values, min(2, len(values)))]
        for option, values in good.items()
    }
    return {"typed.json": json.dumps(content).encode()}


def _word(source: Random, good: list[str]) -> str:
    kind = source.randrange(40)
    word = source.choice(good)
    if kind > 5:
        return word
    if kind < 3:
        return in_words(source, word)
    if kind == 3:
        return f"{word.partition('=')[0]}={odd_number(source)}"
    return source.choice((odd_text, odd_value, odd_day, odd_number))(source)


@cache
def _dutch() -> Instance:
    return load("nl/plan-example-zeeland")


def _read_words(files: Files) -> object:
    content: dict[str, list[str]] = json.loads(files["typed.json"])
    refused: list[InputError] = []

    def tried(read: Any, *given: Any) -> None:
        try:
            read(*given)
        except InputError as error:
            refused.append(error)

    tried(read_totals, tuple(content["totals"]))
    tried(read_weights, tuple(content["weights"]))
    tried(read_bounds, content["bounds"][0])
    HalfYear.read(content["half"][0])
    for name in content["name"]:
        tried(areas_named, name, _dutch().division)
    tried(find_rule, content["rule"][0], _dutch().day, Place("--rule"))
    if refused:
        raise InputError(*(problem for error in refused for problem in error.problems))
    return content


READERS = (
    Reader("key", _key, _read_key),
    Reader("key-divided", _key, _read_key_and_divide, one_in=4),
    Reader("typed", _words, _read_words, one_in=4),
)
