"""A receipt: what a result was made of and with, so that anybody can make it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Of(StrEnum):
    """Where an input file belongs."""

    SHELF = "shelf"  # it comes with the program; its name begins with rules/ or instances/
    INSTANCE = "instance"  # it lies in the folder of a user's own instance
    OPTION = "option"  # it was named by an option, and has no folder of its own


class Form(StrEnum):
    """What a result is written as."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"

    @property
    def in_words(self) -> bool:
        """Whether it is made for reading, so that another version may word or set it otherwise."""
        return self in (Form.TABLE, Form.XLSX, Form.HTML)


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """An input file by the name that everybody has for it."""

    of: Of
    file: str

    def __str__(self) -> str:
        return self.file


@dataclass(frozen=True)
class Question:
    """What was asked; None and nothing where the instance and its rule decide."""

    instance: Source  # its instance.yaml
    rule: str | Source | None
    totals: Mapping[str, int]
    rounding: str | None
    method: str | None
    ties: str | Source | None
    fixed: tuple[str, ...]
    key: str | None
    keep: str | None
    missing: str | None


@dataclass(frozen=True)
class Written:
    """The files that were written."""

    form: Form
    lang: str  # of what is said in them
    dialect: str  # of a csv: nl for a Dutch spreadsheet, or plain
    files: Mapping[str, str]  # the SHA-256 of each by name, the result first


@dataclass(frozen=True)
class Receipt:
    """The versions, the question, the inputs and the result of one run."""

    versions: Mapping[str, str]  # of the program, Python and the solvers
    name: str  # of the instance
    rule: str  # name@date
    rule_file: Source
    question: Question
    inputs: Mapping[Source, str]  # the SHA-256 of each
    written: Written
    hash: str  # of the canonical result
    parts: Mapping[str, str]  # the same of each of its entries
