"""A small instance that stands alone, to be bent in tests: two provinces, four municipalities."""

from __future__ import annotations

from pathlib import Path

INSTANCE = """\
instance: nl/example
title: {nl: Voorbeeld, en: Example}
rule: rule.yaml
period: 2023-H1
totals:
  places: {number: 100, source: an example}
  minors: {number: 10, source: an example}
areas:
  file: areas.csv
  tree: [country, province, municipality]
  also: [region]
indicators:
  people:
    file: people.csv
    year: 2022
    kind: count
    quality: invented
    title: {nl: mensen, en: people}
    source: an example
  score:
    file: scores.csv
    year: 2022
    kind: rate
    quality: invented
    title: {nl: score, en: score}
    source: an example
"""

RULE = """\
rule: nl/example
valid_from: 2023-01-01
checked_on: 2026-11-20
title: {nl: Voorbeeldregel, en: Example rule}
legal_basis:
  - {act: none, title: {nl: geen, en: none}, says: {nl: een voorbeeld, en: an example}}
streams:
  places: {title: {nl: plaatsen, en: places}}
  minors: {part_of: places, title: {nl: minderjarigen, en: minors}}
  regular: {rest_of: places, title: {nl: regulier, en: regular}}
indicators:
  people: {year: previous}
key: (score + 1) * people
direction: bottom-up
rounding: half-up
"""

AREAS = """\
code,name,level,parent,region
NL,Nederland,country,,
P1,West,province,NL,
P2,Oost,province,NL,
R1,Rand,region,NL,
R2,Rest,region,NL,
A,Aalst,municipality,P1,R1
B,Boom,municipality,P1,R2
C,Cuijk,municipality,P2,R1
D,Delden,municipality,P2,R2
"""

PEOPLE = """\
code,name,people
A,Aalst,1000
B,Boom,2000
C,Cuijk,3000
D,Delden,4000
"""

SCORES = """\
code,name,score
A,Aalst,0.5
B,Boom,-0.25
C,Cuijk,0
D,Delden,0.1
"""

FILES = {
    "instance.yaml": INSTANCE,
    "rule.yaml": RULE,
    "areas.csv": AREAS,
    "people.csv": PEOPLE,
    "scores.csv": SCORES,
}


def write_example(folder: Path, **changed: str | bytes) -> Path:
    """Write the example; `people_csv="..."` replaces a file."""
    folder.mkdir(exist_ok=True)
    files: dict[str, str | bytes] = dict(FILES)
    files.update({name.replace("_", "."): content for name, content in changed.items()})
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def bent(name: str, old: str, new: str) -> dict[str, str]:
    """One of the example's files with a passage replaced."""
    content = FILES[name]
    assert old in content, f"{old!r} is not in {name}"
    return {name.replace(".", "_"): content.replace(old, new, 1)}
