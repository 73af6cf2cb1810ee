"""A model: an instance that is written as a folder of YAML and CSV, and read as users' are."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allocator.model.instance import Instance
from allocator.reading.instances.read import load
from allocator.report.tables import as_csv_table
from allocator.report.yaml_files import written_yaml

DAY = "2024-01-01"
REST = "regular"


@dataclass(frozen=True)
class Stream:
    """A total and the key by which it is shared."""

    total: int
    key: str


@dataclass(frozen=True)
class Model:
    """Areas in levels, figures of the leaves, and what is shared by them."""

    name: str
    levels: tuple[str, ...]
    """From the root to the leaves."""
    areas: Mapping[str, tuple[str, str]]
    """The level and the parent of each, larger areas first; the root has the parent ""."""
    figures: Mapping[str, Mapping[str, str]]
    """For each leaf a number as it is written in a table."""
    streams: Mapping[str, Stream]
    """The first is the whole; the others are parts of it, and what they leave is one part more."""
    limits: tuple[Mapping[str, Any], ...] = ()

    @property
    def leaves(self) -> list[str]:
        return [code for code, (level, _) in self.areas.items() if level == self.levels[-1]]

    @property
    def parts(self) -> int:
        """How many numbers each leaf gets that are not sums of others."""
        return len(self.streams)

    def write(self, folder: Path) -> None:
        """An instance with its rule in one folder."""
        areas = [(code, code, *place) for code, place in self.areas.items()]
        _write(folder / "areas.csv", as_csv_table(("code", "name", "level", "parent"), areas))
        for name, values in self.figures.items():
            _write(folder / f"{name}.csv", as_csv_table(("code", name), [*values.items()]))
        _write(folder / "rule.yaml", written_yaml(self._rule()))
        _write(folder / "instance.yaml", written_yaml(self._instance()))

    def read(self) -> Instance:
        """The same through the readers."""
        with tempfile.TemporaryDirectory() as folder:
            self.write(Path(folder))
            return load(folder)

    def _rule(self) -> dict[str, Any]:
        whole, *parts = self.streams
        streams: dict[str, Any] = {whole: {"title": _same(whole)}}
        for part in parts:
            key = self.streams[part].key
            streams[part] = {"part_of": whole, "title": _same(part), "key": key}
        if parts:
            streams[REST] = {"rest_of": whole, "title": _same(REST)}
        return {
            "rule": "nl/benchmark",
            "valid_from": DAY,
            "checked_on": DAY,
            "title": _same("a benchmark"),
            "legal_basis": [{"title": _same("none"), "says": _same("shared by a key")}],
            "streams": streams,
            "key": self.streams[whole].key,
            "direction": "bottom-up",
            "rounding": "consistent",
            "ties": ["code"],
        }

    def _instance(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "instance": "nl/benchmark",
            "title": _same(self.name),
            "rule": "rule.yaml",
            "period": "2024",
            "date": DAY,
            "totals": {
                name: {"number": stream.total, "source": "invented"}
                for name, stream in self.streams.items()
            },
            "areas": {"file": "areas.csv", "tree": list(self.levels)},
            "indicators": {name: self._indicator(name) for name in self.figures},
        }
        if self.limits:
            found["limits"] = [dict(limit) for limit in self.limits]
        return found

    def _indicator(self, name: str) -> dict[str, Any]:
        decimal = any("." in value for value in self.figures[name].values())
        return {
            "file": f"{name}.csv",
            "year": "2024",
            "kind": "rate" if decimal else "count",
            "quality": "invented",
            "title": _same(name),
            "source": "invented",
        }


def _same(said: str) -> dict[str, str]:
    return {"nl": said, "en": said}


def _write(file: Path, content: str) -> None:
    file.write_text(content, "utf-8")
