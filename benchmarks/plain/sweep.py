"""A peer of `sweep`: 10,000 keys over three figures, as written in an hour with pandas and numpy.

In floats: a quota that should lie on a half may be rounded to the other side. No areas above the
municipalities, no regular places, no keys that can be typed, and quartiles between two numbers.
"""

from __future__ import annotations

import numpy
import pandas

from allocator.reading.library import instances_folder

KEYS = 10_000
PLACES, MINORS = 96_000, 8_140
_TABLES = instances_folder() / "nl" / "tables"


def main() -> None:
    people = pandas.read_csv(_TABLES / "population" / "2023.csv").set_index("code").population
    score = pandas.read_csv(_TABLES / "ses-woa-approx" / "2022.csv").set_index("code").ses_woa
    land = pandas.read_csv(_TABLES / "land" / "2023.csv").set_index("code").land_ha
    figures = pandas.DataFrame(
        {"people": people, "by score": (score + 1) * people, "land": land}
    ).dropna()
    shares = (figures / figures.sum()).to_numpy()
    weights = numpy.random.default_rng(1).dirichlet(numpy.ones(shares.shape[1]), KEYS)
    for stream, total in (("places", PLACES), ("minors", MINORS)):
        numbers = numpy.floor(total * shares @ weights.T + 0.5)
        table = pandas.DataFrame(
            {
                "lowest": numbers.min(axis=1),
                "quartile 1": numpy.quantile(numbers, 0.25, axis=1),
                "median": numpy.quantile(numbers, 0.5, axis=1),
                "quartile 3": numpy.quantile(numbers, 0.75, axis=1),
                "highest": numbers.max(axis=1),
                "lowest by": numbers.argmin(axis=1),
                "highest by": numbers.argmax(axis=1),
            },
            index=figures.index,
        )
        print(stream)
        print(table.to_csv())


if __name__ == "__main__":
    main()
