"""Instances: a folder with a description, a rule and tables, read, divided and told."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from allocator.core.choice import chosen
from allocator.core.distribute import distribute
from allocator.model.instance import Instance
from allocator.reading.instances.read import load
from allocator.report.distribution import exact_json, explain_screen, screen, tidy
from allocator.words.say import LANGUAGES
from tests.fuzz.draw import seeds
from tests.fuzz.draw.tables import bent_table
from tests.fuzz.draw.trees import bent_yaml
from tests.fuzz.draw.whole_instance import whole_instance
from tests.fuzz.draw.workbooks import drawn_workbook
from tests.fuzz.reader import Files, Reader
from tests.fuzz.scratch import placed
from tests.reading.plans import files as plans


@cache
def with_a_plan() -> dict[str, bytes]:
    """The small instance with a plan on it."""
    totals = seeds.EXAMPLE["instance.yaml"].replace("number: 100,", "number: 10400,")
    totals = totals.replace("number: 10,", "number: 1040,")
    return {
        **seeds.small(),
        "instance.yaml": (totals + plans.PLAN).encode(),
        "rule.yaml": (seeds.EXAMPLE["rule.yaml"] + plans.PLAN_RULE).encode(),
        **{f"{name}.csv": written.encode() for name, written in plans.FILES.items()},
    }


def _small(source: Random) -> Files:
    return bent_instance(
        source, source.choice((seeds.small, with_a_plan, whole_instance, whole_instance))()
    )


@cache
def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _of_the_shelf(source: Random) -> Files:
    return bent_instance(source, _contents(source.choice(seeds.instances())))


def bent_instance(source: Random, good: dict[str, bytes]) -> Files:
    """The files of an instance, one or two of them bent; a table may become a workbook."""
    files = dict(good)
    for _ in range(source.choice((1, 1, 1, 2))):
        # the description more often than any table
        name = source.choice((*files, "instance.yaml", "instance.yaml"))
        content = good.get(name, b"")
        if name.endswith(".yaml"):
            files[name] = bent_yaml(source, seeds.yaml_tree(content.decode()))
        elif name.endswith(".csv"):
            rows = seeds.written_rows(content.decode())
            if source.randrange(25) == 0 and good["instance.yaml"].count(name.encode()) == 1:
                workbook = name.replace(".csv", ".xlsx")
                described = good["instance.yaml"].replace(name.encode(), workbook.encode())
                files["instance.yaml"], files[workbook] = described, drawn_workbook(source, rows)
            else:
                files[name] = bent_table(source, rows)
    return files


def _read(files: Files) -> object:
    return load(placed(files, "instance"))


def _read_and_divide(files: Files) -> object:
    """Read, divided, and told in every form that a run has."""
    instance = load(placed(files, "instance"))
    _tell(instance)
    return instance


def _tell(instance: Instance) -> None:
    # where there are limits, areas are rounded together
    rounding = "consistent" if instance.limits else None
    found = distribute(instance, chosen(instance.rule, rounding, None, None, None))
    exact_json.as_json(found)
    tidy.as_csv(found)
    for lang in LANGUAGES:
        screen.as_screen(found, lang)
        explain_screen.as_screen(found, instance.division.areas[:2], lang)


READERS = (
    Reader("instance", _small, _read, one_in=2),
    Reader("instance-divided", _small, _read_and_divide, one_in=8),
    Reader("instance-of-the-shelf", _of_the_shelf, _read, one_in=8),
)
