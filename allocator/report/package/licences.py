"""Licences as data packages name them.

A table's licence is recorded in words, with the attribution that it asks for and any doubt. Those
words are kept; beside them stands the identifier that a program looks for, where there is one.
"""

from __future__ import annotations

from typing import Any

#: Per beginning of what was recorded: the identifier, and where the licence can be read.
KNOWN = {
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "dl-de/by-2-0": ("DL-DE-BY-2.0", "https://www.govdata.de/dl-de/by-2-0"),
    "EUPL-1.2": ("EUPL-1.2", "https://eupl.eu/1.2/en/"),
}


def licence(recorded: str) -> dict[str, Any] | None:
    """A recorded licence for a program; None where it is none of those that are known.

    >>> licence('CC BY 4.0 ("Bron: CBS"), to be confirmed')["name"]
    'CC-BY-4.0'
    >>> licence("own figures") is None
    True
    """
    for beginning, (name, path) in KNOWN.items():
        if recorded.startswith(beginning):
            return {"name": name, "path": path, "title": recorded}
    return None
