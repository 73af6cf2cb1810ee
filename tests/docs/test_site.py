"""Every page has its place on the site, which asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SITE = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))


def named(entries: object) -> Iterator[str]:
    """The pages of a part of the navigation."""
    if isinstance(entries, str):
        yield entries
    elif isinstance(entries, dict):
        for entry in entries.values():
            yield from named(entry)
    elif isinstance(entries, list):
        for entry in entries:
            yield from named(entry)


def test_every_page_is_reached() -> None:
    """A page for each command is reached from the list of commands."""
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    commands = {page for page in pages if page.startswith("commands/")}
    reached = list(named(SITE["nav"]))
    assert set(reached) == pages - commands | {"commands/index.md"}
    assert len(reached) == len(set(reached))
    listed = (DOCS / "commands" / "index.md").read_text("utf-8")
    for page in commands - {"commands/index.md"}:
        assert f"({Path(page).name})" in listed


def test_the_site_asks_nothing_of_the_network() -> None:
    assert SITE["theme"]["font"] is False
    assert not {"analytics", "consent"} & set(SITE.get("extra", {}))
    assert set(SITE["plugins"][0]) == {"search"}
    assert len(SITE["plugins"]) == 1
