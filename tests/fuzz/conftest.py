"""The guided runs are only collected where atheris is, which the extra `fuzz` brings."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [] if find_spec("atheris") else ["guided.py"]
