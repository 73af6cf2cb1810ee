"""`python -m tests.browser.pictures`: takes the pictures of the workbench that the manual shows."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from allocator.workbench.app import application
from tests.browser.conftest import QUIET

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PORT = 8767
LAPTOP, PHONE = (1280, 860), (390, 844)
SHOWN = {
    "bench-start": ("/", LAPTOP),
    "bench-distribution": ("/verdeling/nl/reception-2024?counts.ses_woa=50", LAPTOP),
    "bench-municipality": ("/gemeente/nl/reception-2024/GM0687?lang=en", LAPTOP),
    "bench-compare": (
        "/vergelijken/nl/reception-2024?with=population&with=land_ha&inside=PV25&lang=en",
        LAPTOP,
    ),
    "bench-plan": ("/plan/nl/plan-example-zeeland", LAPTOP),
    "bench-phone": ("/verdeling/nl/reception-2024", PHONE),
}


def main() -> None:
    host = f"127.0.0.1:{PORT}"
    server = uvicorn.Server(uvicorn.Config(application({host}), port=PORT, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        for name, (address, (width, height)) in SHOWN.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"http://{host}{address}")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()
    server.should_exit = True


if __name__ == "__main__":
    main()
