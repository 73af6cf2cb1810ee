"""The reports that are looked at in a browser, each written by the command line."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from allocator.cli.main import allocator

REPORTS = {
    "run": ["run", "nl/reception-2024"],
    "run together": ["run", "nl/reception-2024-capped-example"],
    "run abroad": ["run", "de/koenigstein-2015"],
    "compare": ["compare", "nl/reception-2024", "--key", "population", "--key", "land_ha"],
    "compare inside": ["compare", "nl/reception-2024", "--key", "1", "--inside", "Zeeland"],
    "sweep": [
        *("sweep", "nl/reception-2024", "--sample", "50"),
        *("--weights", "population", "--weights", "land_ha"),
    ],
    "margins": ["margins", "nl/reception-2024", "Middelburg"],
    "plan": ["plan", "nl/plan-example-zeeland"],
    "audit": ["audit", "nl/minors-2024-3660"],
    "diff": ["diff", "nl/housing-2022-h2", "nl/housing-2023-h1"],
    "series": ["series", "nl/housing"],
    "revise": ["revise", "nl/housing-2023-h2", "--rounding", "consistent"],
    "status": ["status", "nl/balances-2021-h2-example"],
}


def written(folder: Path, report: str, lang: str) -> Path:
    """The file of a report, which is made once."""
    path = folder / f"{report.replace(' ', '-')}-{lang}.html"
    if not path.exists():
        command = [*REPORTS[report], "--out", str(path), "--lang", lang]
        done = CliRunner().invoke(allocator, command, catch_exceptions=False)
        assert path.exists(), done.output
    return path
