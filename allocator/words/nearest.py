"""What may have been meant by a name that there is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from allocator.words.text import Text, either, text


def nearest(written: str, known: Iterable[str], otherwise: Text) -> Text:
    """The known name that is most like what was written; `otherwise` where none is like it.

    >>> str(nearest("popultion", ["population", "dwellings"], text("Write a name.")))
    "Did you mean 'population'?"
    """
    near = get_close_matches(written, list(known), 1)
    return text("Did you mean {near}?", near=f"'{near[0]}'") if near else otherwise


def perhaps(near: Sequence[str], otherwise: Text) -> Text:
    """Names of which one may have been meant; `otherwise` where there are none.

    >>> str(perhaps(["Goes", "Goeree"], text("Write a name.")))
    'Did you mean Goes or Goeree?'
    """
    return text("Did you mean {near}?", near=either(near)) if near else otherwise
