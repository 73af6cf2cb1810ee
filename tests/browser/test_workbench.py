"""The workbench in a browser: for everybody, by keyboard, on a phone, without JavaScript."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from allocator.workbench.app import application

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

#: The pages that are looked at, as they are and as somebody changed them.
PAGES = [
    "/?",
    "/verdeling/nl/reception-2024",
    "/verdeling/nl/reception-2024?counts.ses_woa=50&keep=province",
    "/verdeling/nl/reception-2024?key=popul",
    "/verdeling/de/koenigstein-2015",
    "/verdeling/nl/reception-2024-capped-example",
    "/gemeente/nl/reception-2024/GM0687",
    "/gemeente/nl/housing-2023-h1/PV29",
    "/nowhere",
    "/plan/nl/plan-example-zeeland",
    "/plan/nl/plan-example-zeeland?without=goes-4&alternatives=1",
    "/plan/nl/plan-example-zeeland?pledge.GM0717=150",
    "/plan/nl/plan-example-zeeland?pledge.GM0717=many",
    "/plan/nl/reception-2024",
    "/doorrekening/nl/reception-2024",
    "/doorrekening/nl/reception-2024?weights=1=2..0&sample=x",
    "/doorrekening/nl/reception-2024?weights=population=0..1&weights=1=0..1&inside=PV29&sample=20",
    "/taak/unknown",
    "/vergelijken/nl/reception-2024?with=population&with=room=land_ha&inside=PV25",
    "/vergelijken/nl/reception-2024?with=popul&inside=PV25",
    "/vergelijken/eu/resettlement-2015-places?with=1",
    "/herzien/nl/housing-2023-h2",
    "/herzien/nl/reception-2024",
    "/herzien/nl/reception-2024?total.places=many",
    "/voortgang/nl/balances-2021-h2-example?month=4",
    "/voortgang/nl/balances-2021-h2-example?month=9",
    "/voortgang/nl/housing-2021-h2",
    "/controle/nl/reception-2024",
    "/controle/nl/reception-2024?total.places=many",
    "/controle/nl/reception-2024-by-population",
    "/controle/nl/reception-2024/gone",
    "/herkomst/nl/reception-2024",
    "/verzoenen/nl/reception-2024",
    "/verzoenen/nl/reception-2024?tolerance=many&free=unknown",
    "/verzoenen/nl/minors-2024-3660",
]
#: A plan that takes some seconds.
LONG = "/plan/nl/plan-example-noord-brabant?alternatives=10&lang=en"


@pytest.fixture(scope="session")
def bench() -> Iterator[str]:
    """The address of a workbench on a port that was free."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    host = f"127.0.0.1:{listening.getsockname()[1]}"
    settings = uvicorn.Config(application({host}), log_level="warning")
    server = uvicorn.Server(settings)
    serving = threading.Thread(target=server.run, args=([listening],), daemon=True)
    serving.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://{host}"
    server.should_exit = True
    serving.join(10)


@pytest.fixture
def laptop(browser: Browser, bench: str) -> Iterator[Page]:
    """A laptop's window in which asking anything of another server is an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=bench)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith((f"{bench}/", "data:"))] == []
    assert errors == []


@pytest.fixture
def plain(browser: Browser, bench: str) -> Iterator[Page]:
    """A window without JavaScript."""
    context = browser.new_context(java_script_enabled=False, base_url=bench)
    yield context.new_page()
    context.close()


def in_language(address: str, lang: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={lang}"


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("address", PAGES)
def test_it_is_for_everybody(laptop: Page, address: str, lang: str) -> None:
    """Nothing that axe can see is wrong; headings go down by one; a phone need not scroll aside."""
    laptop.goto(in_language(address, lang))
    expect(laptop.locator("#answer[data-again]")).to_have_count(0, timeout=30_000)
    assert laptop.evaluate("document.documentElement.lang") == lang
    found = Axe().run(laptop)
    assert found.violations_count == 0, found.generate_report()
    levels = laptop.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    laptop.set_viewport_size({"width": 360, "height": 740})
    assert laptop.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_location_is_left_out_by_keyboard(laptop: Page) -> None:
    laptop.goto("/plan/nl/plan-example-zeeland?lang=en")
    laptop.locator("summary", has_text="Leave these locations out").press("Enter")
    box = laptop.get_by_label("Locatie Goes 4")
    box.press("Space")
    laptop.wait_for_url("**without=goes-4*", timeout=30_000)
    expect(laptop.locator("#answer")).to_contain_text("Without locatie Goes 4", timeout=30_000)
    expect(box).to_be_focused()
    expect(laptop.locator("p[role=status]")).to_contain_text("Zeeland is asked 2,104 places")
    laptop.reload()
    expect(box).to_be_checked()


def test_progress_is_announced_and_a_stop_shows_the_best_so_far(laptop: Page) -> None:
    laptop.goto(f"{LONG}&seconds=100")
    stop = laptop.get_by_role("button", name="Stop, and show the best so far")
    stop.focus()
    expect(laptop.locator("p[role=status]")).to_contain_text("steps are done", timeout=30_000)
    expect(stop).to_be_focused()
    stop.press("Enter")
    laptop.wait_for_url("**/plan/**", timeout=30_000)
    expect(laptop.locator("#said")).to_contain_text("Noord-Brabant is asked", timeout=30_000)


def test_without_javascript_long_work_comes_to_its_answer(plain: Page) -> None:
    plain.goto(f"{LONG}&seconds=101")
    plain.wait_for_url("**/taak/**", timeout=30_000)
    expect(plain.locator("progress")).to_be_visible()
    plain.get_by_role("button", name="Stop, and show the best so far").click()
    plain.wait_for_url("**/plan/**", timeout=30_000)
    expect(plain.locator("#said")).to_contain_text("Noord-Brabant is asked")


def test_without_javascript_a_form_is_sent(plain: Page) -> None:
    plain.goto("/plan/nl/plan-example-zeeland?lang=en")
    plain.locator("summary", has_text="What municipalities pledge").click()
    plain.get_by_label("Veere, at least").fill("150")
    plain.get_by_role("button", name="Compute").click()
    expect(plain.locator("#said")).to_contain_text("do not go together", timeout=30_000)


@pytest.mark.parametrize("address", [each for each in PAGES if each[:5] in ("/verg", "/herz")])
def test_without_javascript_the_same_is_said(laptop: Page, plain: Page, address: str) -> None:
    """The same sentences and numbers; what the script draws, an image shows."""
    found = []
    for page in (laptop, plain):
        page.goto(address)
        rows = page.locator("tbody tr[data-code]").all_inner_texts()
        found.append((page.locator("#said").inner_text(), rows))
    assert found[0] == found[1]


def test_what_middelburg_gets_and_why_in_two_clicks(laptop: Page, plain: Page) -> None:
    for page in (laptop, plain):
        page.goto("/?lang=en")
        page.get_by_role("link", name="What does my municipality get, and why?").click()
        page.locator("table").get_by_role("link", name="Middelburg").click()
        expect(page.locator("h1")).to_have_text("Middelburg")
        text = page.locator("main").inner_text()
        assert "Reception places: 261" in text
        assert "to the nearest whole number, a half upward: 261" in text


def test_what_if_the_score_counts_half(laptop: Page) -> None:
    laptop.goto("/?lang=en")
    laptop.get_by_role("link", name="What does my municipality get, and why?").click()
    laptop.locator("figure[data-drawn] svg").wait_for()
    row = laptop.locator('tr[data-code="GM0344"]')  # Utrecht
    before = row.inner_text()
    field = laptop.get_by_label("How much SES-WOA score counts, in percent")
    field.fill("50")
    laptop.wait_for_url("**counts.ses_woa=50*")
    expect(laptop.locator("#said")).to_contain_text("Beside the rule")
    expect(field).to_be_focused()
    assert row.inner_text() != before
    laptop.go_back()
    assert "counts" not in laptop.url


def test_back_and_forward_take_back_a_choice(laptop: Page) -> None:
    laptop.goto("/verdeling/nl/reception-2024?lang=en")
    before = laptop.locator("#said").inner_text()
    laptop.get_by_label("Rounding").select_option("up")
    laptop.wait_for_url("**rounding=up*")
    expect(laptop.locator("#said")).not_to_have_text(before)
    after = laptop.locator("#said").inner_text()
    with laptop.expect_event("load"):
        laptop.go_back()
    expect(laptop.locator("#said")).to_have_text(before, use_inner_text=True)
    expect(laptop.get_by_label("Rounding")).to_have_value("")
    laptop.go_forward()
    expect(laptop.locator("#said")).to_have_text(after, use_inner_text=True)


def test_a_question_is_saved_and_opened_again(laptop: Page) -> None:
    laptop.goto("/verdeling/nl/reception-2024?key=population&lang=en")
    with laptop.expect_download() as kept:
        laptop.get_by_role("link", name="Save this question").click()
    shown = laptop.locator("#said").inner_text()
    laptop.goto("/?lang=en")
    laptop.get_by_label("File with the question").set_input_files(kept.value.path())
    laptop.get_by_role("button", name="Open").click()
    assert laptop.locator("#said").inner_text() == shown


def test_which_of_two_keys_is_more_even_inside_gelderland_in_five_clicks(laptop: Page) -> None:
    laptop.goto("/?lang=en")
    laptop.get_by_role("link", name="Reception places under the Distribution Act, first").click()
    laptop.get_by_role("link", name="Compare keys").click()
    laptop.get_by_role("link", name="inhabitants alone").click()
    laptop.wait_for_url("**with=population*")  # and until its script is there
    laptop.get_by_label("Inside").select_option("PV25")
    said = laptop.locator("#said")
    expect(said).to_contain_text("Most even per inhabitant in Gelderland is B (population)")
    laptop.wait_for_url("**inside=PV25*")
    address, shown = laptop.url, said.inner_text()
    laptop.goto("about:blank")
    laptop.goto(address)
    assert laptop.locator("#said").inner_text() == shown


def test_what_is_typed_keeps_the_focus_and_is_announced(laptop: Page) -> None:
    laptop.goto("/herzien/nl/housing-2023-h1?lang=en")
    field = laptop.get_by_label("National number of permit holders")
    field.fill("20000")
    expect(laptop.locator("#said")).to_contain_text("Nobody gets more permit holders")
    expect(field).to_be_focused()
    announced = laptop.locator("p[role=status]").filter(has_text="Nobody gets more permit holders")
    expect(announced).to_have_count(1)


def test_map_and_table_mark_what_the_other_points_at(laptop: Page) -> None:
    laptop.goto("/vergelijken/nl/reception-2024?with=population&inside=PV25")
    laptop.locator("figure[data-drawn] svg [data-code]").first.wait_for()
    row = laptop.locator('tr[data-code="GM0268"]')
    circle = laptop.locator('svg [data-code="GM0268"]').first
    row.hover()
    expect(circle).to_have_class("marked")
    laptop.locator("h1").hover()
    expect(row).to_have_class("d2")
    circle.hover(force=True)
    expect(row).to_have_class("d2 marked")


#: What a newspaper may print: a misspelt name, a name of two municipalities, a village.
NEWSPAPER = "gemeente;opvangplaatsen\nMiddelburg;900\nMidelburg;1\nBergen;120\nPieterburen;12\n"


def brought(page: Page, table: str) -> None:
    """From the start page: the errand, the file, the button."""
    page.goto("/?lang=en")
    page.get_by_role("link", name="Does a published table follow the law?").click()
    file: FilePayload = {"name": "krant.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.get_by_label("File with the table").set_input_files([file])
    page.get_by_role("button", name="Check this table").click()


def test_whether_a_newspaper_follows_the_law_in_three_clicks(laptop: Page, plain: Page) -> None:
    for page in (laptop, plain):
        brought(page, "gemeente;opvangplaatsen\nMiddelburg;900\n")
        expect(page.locator("#said")).to_contain_text(
            "1 number of this table is not what the rule gives"
        )


def test_names_in_doubt_are_chosen_by_keyboard_until_the_table_is_read(laptop: Page) -> None:
    brought(laptop, NEWSPAPER)
    said = laptop.locator("#said")
    expect(said).to_contain_text("3 questions are to be answered first")
    found = Axe().run(laptop)
    assert found.violations_count == 0, found.generate_report()
    bergen = laptop.get_by_label("Which area is 'Bergen'?")
    bergen.select_option("GM0373")
    expect(said).to_contain_text("2 questions are to be answered first")
    laptop.get_by_label("Which area is 'Pieterburen'?").select_option("-")
    laptop.get_by_label("Which area is 'Midelburg'?").select_option("-")
    expect(said).to_contain_text("of this table are not what the rule gives", timeout=15_000)
    assert "name.Bergen=GM0373" in laptop.url
    shown = said.inner_text()
    laptop.reload()
    assert said.inner_text() == shown
    found = Axe().run(laptop)
    assert found.violations_count == 0, found.generate_report()


def test_another_month_keeps_the_focus_and_is_announced(laptop: Page) -> None:
    laptop.goto("/voortgang/nl/balances-2021-h2-example?lang=en")
    month = laptop.get_by_label("At the end of month")
    month.focus()
    month.press("ArrowDown")
    laptop.wait_for_url("**month=5*")
    expect(month).to_be_focused()
    announced = laptop.locator("p[role=status]").filter(has_text="by the end of month 5")
    expect(announced).to_have_count(1)
