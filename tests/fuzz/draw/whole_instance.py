"""The small instance of the tests with everything on it that an instance.yaml can name."""

from __future__ import annotations

from functools import cache

from tests.fuzz.draw.seeds import EXAMPLE
from tests.reading.balances.test_mutations import GOOD
from tests.reading.plans import files as plans

_CELLS = [(code, stream) for code in "ABCD" for stream in ("places", "minors")]

#: The tables of balances, as an instance names them and as they are given beside it.
BALANCES = {
    **GOOD,
    "opening": "code,stream,computed,published,excusable,reason,missed,excused\n"
    + "".join(f"{code},{name},3,4,1,fire,1,\n" for code, name in _CELLS),
    "goal": "code,stream,goal\n" + "".join(f"{code},{name},5\n" for code, name in _CELLS),
    "carried_on": "code,stream,number\nP1,places,4\nP2,places,-2\n",
}

_BEFORE = """\
code,name,stream,number,changed,opening,realised,closing
A,Aalst,places,10,0,2,5,7
B,Boom,places,20,-3,0,17,0
"""
_PUBLISHED = "code,name,stream,number\nA,Aalst,places,14\nB,Boom,places,14\nP1,West,places,28\n"
_TOTALS = "stream,number,source\nplaces,10400,an example\nminors,1040,an example\n"

_MORE = """\
published: {file: published.csv, source: {nl: een krant, en: a newspaper}}
limits:
- {name: cap, source: {nl: x, en: an example}, stream: places, areas: [A, B], at_most: 3000}
- {name: none, source: {nl: x, en: an example}, stream: places, areas: [C], at_least: 10}
uncertain:
  score:
    tolerance: 0.02
    small: {indicator: people, below: 2000, tolerance: 0.05}
    free: [C]
    source: {nl: eigen grenzen, en: own bounds}
existing: {places: people}
catch_up: {places: {number: 15, source: an example, announced: 2022-10-01}}
follows: {instance: xx/before, account: before.csv}
notes: [{nl: een opmerking, en: a remark}]
revision_of: nl/housing-2022-h2
"""
_RULE = """\
realised: {moved: {title: {nl: verhuisd, en: moved}, counts: yes}}
progress: {on_schedule: 90, slightly_behind: 75, source: {nl: x, en: an example}}
notice: {weeks: 13, article: art. 28}
ties: [people, code]
gaps: [{nl: niets gezegd, en: nothing is said}]
formula:
  lines: ["T = W x"]
  symbols: {W: {is: weight, means: {nl: gewicht, en: weight}}}
"""


@cache
def whole_instance() -> dict[str, bytes]:
    """Its files by name."""
    description = EXAMPLE["instance.yaml"]
    start, end = description.index("totals:"), description.index("areas:")
    named = "".join(
        f"{key}: {{file: {key}.csv, quality: invented, source: an example}}\n" for key in BALANCES
    )
    written = (
        f"{description[:start]}totals: {{file: totals.csv}}\n{description[end:]}"
        f"{named}{_MORE}{plans.PLAN}"
    )
    files = {
        **EXAMPLE,
        "instance.yaml": written,
        "rule.yaml": EXAMPLE["rule.yaml"] + plans.PLAN_RULE + _RULE,
        "totals.csv": _TOTALS,
        "before.csv": _BEFORE,
        "published.csv": _PUBLISHED,
        **{f"{key}.csv": table for key, table in (*BALANCES.items(), *plans.FILES.items())},
    }
    return {name: content.encode() for name, content in files.items()}
