"""A plan as a whole: which province, every problem of every file at once, files of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from allocator.model.indicator import Quality
from allocator.model.instance import Instance
from allocator.model.plan import Wishes
from allocator.model.problem import InputError
from allocator.reading.formats.files import recording
from allocator.reading.instances.read import load
from allocator.reading.plans.read import with_plan
from tests.example import INSTANCE, write_example
from tests.reading.plans.files import (
    FILES,
    PLAN,
    PLAN_RULE,
    bent,
    instance,
    read,
    told,
    write_plan,
)

NAME_ONE = "Write the code or the name of one: West (P1) and Oost (P2)."


@pytest.mark.parametrize("area", ["P1", "West", "west"])
def test_a_province_by_code_or_name(tmp_path: Path, area: str) -> None:
    assert read(tmp_path, PLAN.replace("area: P1", f"area: {area}")).area == "P1"


@pytest.mark.parametrize(
    ("area", "found", "mend"),
    [
        ("Wst", "A plan is of a province, and 'Wst' is none.", "Did you mean West (P1)?"),
        ("A", "A plan is of a province, and 'A' is none.", NAME_ONE),
        ("R1", "A plan is of a province, and 'R1' is none.", NAME_ONE),
        ("NL", "A plan is of a province, and 'NL' is none.", NAME_ONE),
    ],
)
def test_what_is_no_province(tmp_path: Path, area: str, found: str, mend: str) -> None:
    problems = told(tmp_path, PLAN.replace("area: P1", f"area: {area}"))
    line = (INSTANCE + PLAN.partition("area:")[0]).count("\n") + 1
    assert problems == [(f"instance.yaml:{line}", found, mend)]


def test_zeeland_is_the_province_not_the_safety_region() -> None:
    found = load("nl/plan-example-zeeland")
    assert found.plan is not None
    for area in ("Zeeland", "PV29"):
        assert with_plan(found, area=area).plan == found.plan


def test_every_problem_of_every_file_is_told(tmp_path: Path) -> None:
    plan = PLAN.replace("small: 150, ", "")
    problems = told(
        tmp_path,
        plan,
        **bent("locations", "a-1,Oude kazerne,A,regular", "a-1,Oude kazerne,A,regulr"),
        **bent("pledges", "A,places,300", "C,places,300"),
        **bent("agreements", "A,B", "B,B"),
    )
    assert [place.partition(":")[0] for place, _, _ in problems] == [
        "locations.csv",
        "pledges.csv",
        "agreements.csv",
        "instance.yaml",
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    problems = told(tmp_path, PLAN.replace("pledges.csv", "pledge.csv"))
    assert problems == [
        (
            "pledge.csv",
            "There is no such file.",
            "Check the name; letters in capitals count.",
        )
    ]


def test_a_misspelt_key(tmp_path: Path) -> None:
    ((_, found, mend),) = told(tmp_path, PLAN.replace("pledges:", "pledge:"))
    assert (found, mend) == ("There is no key 'pledge' here.", "Did you mean 'pledges'?")


def test_a_rule_that_knows_no_plans(tmp_path: Path) -> None:
    write_plan(tmp_path, plan_rule="")
    with pytest.raises(InputError, match="lays down nothing for plans"):
        load(tmp_path)


def test_by_another_rule_that_knows_no_plans_there_is_none(tmp_path: Path) -> None:
    folder = write_plan(tmp_path)
    other = tmp_path / "other.yaml"
    rule = (folder / "rule.yaml").read_text("utf-8")
    other.write_text(rule.replace(PLAN_RULE, ""), "utf-8")
    assert load(folder, str(other)).plan is None
    assert load(folder).plan is not None


def own(folder: Path, name: str, content: str) -> Path:
    path = folder / f"own-{name}.csv"
    path.write_text(content, "utf-8")
    return path


OWN_LOCATIONS = """\
name,code,kind,status,durable,smallest,largest,opens
x-1,Cuijk,regular,candidate,,100,200,2023-05-01
x-2,Aalst,regular,candidate,,100,200,2023-05-01
"""
OWN_PLEDGES = "name,code,stream,at_least,at_most\ncap,Aalst,places,,900\n"


def test_own_files_on_an_instance_without_a_plan(tmp_path: Path) -> None:
    write_example(tmp_path, rule_yaml=(write_plan(tmp_path) / "rule.yaml").read_text("utf-8"))
    bare = load(tmp_path)
    assert bare.plan is None
    path = own(tmp_path, "locations", OWN_LOCATIONS.replace("Aalst", "Delden"))
    plan = with_plan(bare, area="Oost", locations=path, refused=["X-2"]).plan
    assert plan is not None
    assert (plan.area, plan.refused, plan.quality) == ("P2", ("x-2",), Quality.OWN)
    assert (plan.pledges, plan.agreements, plan.wishes) == ((), (), Wishes())


def test_what_is_not_said_of_an_instance_without_a_plan(tmp_path: Path) -> None:
    write_example(tmp_path, rule_yaml=(write_plan(tmp_path) / "rule.yaml").read_text("utf-8"))
    bare = load(tmp_path)
    with pytest.raises(InputError, match=r"not said of which province.*--area"):
        with_plan(bare, locations=tmp_path / "locations.csv")
    with pytest.raises(InputError, match=r"no table of locations.*--locations"):
        with_plan(bare, area="West")


def test_own_files_instead_of_those_of_the_plan(tmp_path: Path) -> None:
    shelved = instance(tmp_path)
    plan, before = with_plan(shelved, pledges=own(tmp_path, "p", OWN_PLEDGES)).plan, shelved.plan
    assert plan is not None
    assert before is not None
    assert [pledge.at_most for pledge in plan.pledges] == [900]
    assert plan.locations == before.locations
    assert plan.agreements == before.agreements
    assert plan.refused == before.refused
    # the locations are invented still
    assert plan.quality is Quality.INVENTED
    assert plan.source.en == "an example; the user's own figures"


def test_all_files_of_ones_own_are_ones_own(tmp_path: Path) -> None:
    shelved = instance(tmp_path, PLAN.replace("  refused: [b-2]\n", ""))
    path = own(tmp_path, "l", OWN_LOCATIONS.replace("Cuijk", "Boom"))
    agreements = own(tmp_path, "a", "name,carrier,of,stream,number\n1,A,B,places,\n")
    plan = with_plan(
        shelved,
        locations=path,
        pledges=own(tmp_path, "p", OWN_PLEDGES),
        agreements=agreements,
        wishes=Wishes(largest=200),
    ).plan
    assert plan is not None
    assert (plan.quality, plan.wishes) == (Quality.OWN, Wishes(largest=200))


def test_of_another_province_nothing_is_kept(tmp_path: Path) -> None:
    shelved = instance(tmp_path)
    path = own(tmp_path, "l", OWN_LOCATIONS.replace("Aalst", "Delden"))
    plan = with_plan(shelved, area="P2", locations=path).plan
    assert plan is not None
    assert (plan.area, plan.pledges, plan.agreements, plan.refused) == ("P2", (), (), ())


def refused_of(shelved: Instance, **asked: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        with_plan(shelved, **asked)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


def test_problems_of_own_files_name_them(tmp_path: Path) -> None:
    shelved = instance(tmp_path)
    path = own(tmp_path, "l", OWN_LOCATIONS)
    pledges = own(tmp_path, "p", OWN_PLEDGES.replace("places", "plaatsen"))
    told_ = refused_of(shelved, locations=path, pledges=pledges)
    assert told_[0].startswith(f"{path}:2: Cuijk (C) does not lie in West.")
    assert told_[1].startswith(f"{pledges}:2: 'plaatsen' is no stream of a plan.")
    assert refused_of(shelved, refused=["b2"]) == [
        "--without: There is no location 'b2' to refuse. Did you mean b-2?"
    ]


def test_one_workbook_with_all_three(tmp_path: Path) -> None:
    plain = instance(tmp_path).plan
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, content in FILES.items():
        sheet = book.create_sheet(name)
        for line in content.splitlines():
            sheet.append([each or None for each in line.split(",")])
    book.save(tmp_path / "plan.xlsx")
    plan = read(tmp_path, re.sub(r"file: \w+\.csv", "file: plan.xlsx", PLAN))
    assert plain is not None
    assert [each.name for each in plan.locations] == [each.name for each in plain.locations]
    assert [each.at_least for each in plan.pledges] == [each.at_least for each in plain.pledges]
    assert [each.carrier for each in plan.agreements] == ["A"]


def test_the_plan_is_part_of_what_was_read(tmp_path: Path) -> None:
    folder = write_plan(tmp_path)
    with recording() as files:
        load(folder)
    names = {path.name for path in files}
    assert {"locations.csv", "pledges.csv", "agreements.csv"} <= names
