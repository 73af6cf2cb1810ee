"""What cannot be done with an instance, said with its file."""

from __future__ import annotations

from allocator.model.instance import Instance
from allocator.model.problem import InputError, Place, Problem
from allocator.words.text import Text


def refused(instance: Instance, found: Text, mend: Text) -> InputError:
    """An error about an instance as a whole."""
    return InputError(Problem(Place(instance.file), found, mend))
