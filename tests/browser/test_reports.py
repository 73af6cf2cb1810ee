"""Reports as html: no network, readable by everybody, and all there without JavaScript."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.reports import REPORTS, written

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("report", REPORTS)
def test_it_is_for_everybody(page: Page, folder: Path, report: str, lang: str) -> None:
    """Nothing that axe can see is wrong; headings go down by one; a phone need not scroll aside."""
    page.goto(written(folder, report, lang).as_uri())
    assert page.evaluate("document.documentElement.lang") == lang
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_table_sorts_and_goes_back(page: Page, folder: Path) -> None:
    page.goto(written(folder, "run", "nl").as_uri())
    table = page.locator("table[data-sorts]").first
    names = table.locator("tbody th").all_inner_texts()
    head = table.get_by_role("button", name="Inwoners")
    head.click()
    expect(head.locator("xpath=..")).to_have_attribute("aria-sort", "descending")
    assert table.locator("tbody th").all_inner_texts()[:2] == ["Nederland", "Zuid-Holland"]
    head.click()
    assert table.locator("tbody th").first.inner_text() == "Schiermonnikoog"
    head.click()
    assert table.locator("tbody th").all_inner_texts() == names


def test_a_table_is_filtered_without_regard_to_accents(page: Page, folder: Path) -> None:
    page.goto(written(folder, "run", "nl").as_uri())
    page.locator(".filter input").first.fill("sudwest")
    shown = page.locator("table[data-sorts] tbody tr:visible")
    assert shown.locator("th").all_inner_texts() == ["Súdwest-Fryslân"]


def test_from_a_number_to_its_explanation(page: Page, folder: Path) -> None:
    page.goto(written(folder, "run", "nl").as_uri())
    page.locator("table[data-sorts]").get_by_role("link", name="Middelburg").click()
    why = page.locator("#why-GM0687")
    expect(why).to_be_visible()
    assert "261" in why.inner_text()


def test_without_javascript_everything_is_there(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written(folder, "run", "nl").as_uri())
    page.locator("table[data-sorts]").get_by_role("link", name="Middelburg").click()
    expect(page.locator("#why-GM0687")).to_be_visible()
    assert page.locator("table[data-sorts] tbody tr").count() == 342 + 12 + 25 + 1
    context.close()
