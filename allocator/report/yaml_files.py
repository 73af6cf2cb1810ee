"""Writes YAML as people write it: texts without quotes, keys in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


class _Plain(yaml.SafeDumper):
    """No text wants quotes for looking like a number: our reader takes every value as text."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


_Plain.yaml_implicit_resolvers = {}


def written_yaml(data: Mapping[str, Any]) -> str:
    """The file's text.

    >>> written_yaml({"year": "2023", "list": ["a"]})
    'year: 2023\\nlist:\\n  - a\\n'
    """
    written: str = yaml.dump(data, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=98)
    return written
