"""The form of a YAML file: what is too much is told at once, and in little memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.model.problem import InputError
from allocator.reading.formats.yaml_text import MOST, read_yaml


@pytest.mark.parametrize("written", ["[" + "a," * 499_000 + "]", "- b\n" * 200_000])
def test_a_file_of_very_many_values_is_refused_at_once(tmp_path: Path, written: str) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(written, "utf-8")
    with pytest.raises(InputError, match="More than 100,000 keys, texts and lists"):
        read_yaml(path)


def test_as_many_values_as_may_be_are_read(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text("".join(f"- {n}\n" for n in range(MOST - 10)), "utf-8")
    assert len(read_yaml(path).data) == MOST - 10
