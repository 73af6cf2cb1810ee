"""What a table may have been made from: found apart, and as the command line finds it."""

from __future__ import annotations

import json

from click.testing import CliRunner

from allocator.cli.main import allocator
from allocator.reading.instances.read import load
from allocator.workbench.address import Scenario
from allocator.workbench.uploads import UPLOADS, Upload
from allocator.workbench.work.origins import Origin, OriginWork, work_of
from tests.workbench.asking import client

SMALL = "eu/resettlement-2015-places"
PROVINCES = "nl/minors-2024-3660"


class Deaf:
    """Nobody who listens."""

    def tell(self, place: int, of: int) -> None:
        """Nothing."""

    def stop(self) -> bool:
        return False


def found(work: OriginWork) -> Origin:
    return work(Deaf())


def printed(instance: str, form: str) -> str:
    command = ["infer", instance, "--format", form]
    return CliRunner().invoke(allocator, command, catch_exceptions=False).stdout


def test_the_file_is_that_of_the_command_line() -> None:
    file = client().get(f"/herkomst/{SMALL}/bestand/csv")
    assert file.text == printed(SMALL, "csv")
    page = client().get(f"/herkomst/{SMALL}?lang=en")
    assert page.status_code == 200
    assert f"allocator infer {SMALL} --lang en" in page.text
    assert client().get(f"/herkomst/{SMALL}/bestand/json").text == printed(SMALL, "json")
    assert client().get(f"/herkomst/{SMALL}/bestand/xlsx").content.startswith(b"PK")


def test_a_table_that_is_brought_comes_from_what_the_published_one_comes_from() -> None:
    instance = load(PROVINCES)
    assert instance.published
    names = {area.code: area.name for area in instance.division.areas}
    rows = [row for row in instance.published.rows if row.code in names]
    stream = rows[0].stream
    lines = [f"{row.code};{names[row.code]};{row.number}" for row in rows if row.stream == stream]
    table = "\n".join(("code;naam;aantal", *lines)) + "\n"
    brought = Upload("a.csv", table.encode(), 0.0)
    asked = Scenario(PROVINCES, reading={f"column.{stream}": "aantal"})
    own, same = (
        json.loads(found(work).json)["explanations"]
        for work in (OriginWork(PROVINCES, ()), work_of(asked, "number", brought))
    )
    assert own[0]["ways"] == same[0]["ways"]
    assert own[0]["matched"] == same[0]["matched"]


def test_the_same_question_is_the_same_work_in_every_language() -> None:
    plain = Scenario(SMALL, key="1", month="3", reading={"sheet": "A"})
    works = {work_of(plain.with_(lang=lang), "", None) for lang in ("nl", "en")}
    assert works == {OriginWork(SMALL, ())}
    assert works.pop().address("en") == f"/herkomst/{SMALL}?lang=en"


def test_what_is_not_there_is_told() -> None:
    assert client().get(f"/herkomst/{SMALL}/unknown").status_code == 404
    assert client().get(f"/herkomst/{SMALL}/bestand/py").status_code == 404
    none = client().get("/herkomst/nl/reception-2024-by-population?lang=en")
    assert "No published table" in none.text


def test_no_command_is_shown_for_what_the_command_line_does_not_do() -> None:
    table = b"provincie;amv\nZeeland;80\nDrenthe;103\n"
    where = f"/herkomst/{PROVINCES}/{UPLOADS.keep('a.csv', table)}"
    client().get(f"{where}/bestand/csv")  # waits for its end
    page = client().get(f"{where}?lang=en")
    assert page.status_code == 200
    assert "allocator infer" not in page.text
    assert f"{where}/bestand/xlsx?lang=en" in page.text


def test_what_a_table_does_not_say_is_asked_on_its_own_page() -> None:
    number = UPLOADS.keep("a.csv", b"provincie;amv\nNergens;12\n")
    client().get(f"/herkomst/{PROVINCES}/{number}/bestand/csv?lang=en")  # waits for its end
    page = client().get(f"/herkomst/{PROVINCES}/{number}?lang=en")
    assert page.status_code == 422
    assert page.url.path == f"/controle/{PROVINCES}/{number}"
    assert "Which area is &#39;Nergens&#39;?" in page.text
