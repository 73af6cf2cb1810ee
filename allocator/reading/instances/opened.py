"""An instance of which nothing but its instance.yaml is read yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from allocator.model.problem import Problems
from allocator.reading.country.tables import dialect_of
from allocator.reading.formats.csv_table import Dialect
from allocator.reading.formats.files import inside
from allocator.reading.formats.yaml_text import YamlFile, read_yaml
from allocator.reading.instances.folders import folder_of
from allocator.reading.shapes.instances import InstanceShape
from allocator.reading.shapes.shaped import shaped
from allocator.words.text import Text


@dataclass(frozen=True)
class Opened:
    """What an instance says of itself, and the problems that its reading finds."""

    folder: Path
    file: YamlFile
    shape: InstanceShape
    problems: Problems

    @property
    def country(self) -> str:
        return self.shape.instance.partition("/")[0]

    def problem(self, found: Text, mend: Text, *path: str) -> None:
        """Note what is wrong at a key of instance.yaml."""
        self.problems.add(self.file.place(*path), found, mend)

    def table(self, key: str, file: str, dialect: str) -> tuple[Path, Dialect]:
        """A table that stands in the instance's folder, named under a key of instance.yaml."""
        path = inside(self.folder, file, self.file.place(key, "file"))
        return path, dialect_of(dialect, self.file.place(key, "dialect"))


def opened(asked: str | Path) -> Opened:
    """An instance by name or folder."""
    folder = folder_of(asked)
    file = read_yaml(folder / "instance.yaml")
    return Opened(folder, file, shaped(InstanceShape, file), Problems())


def header(name: str) -> InstanceShape:
    """What an instance says of itself, without its tables."""
    return opened(name).shape
