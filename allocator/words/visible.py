"""Shows what somebody wrote inside a sentence: on one line, nothing hidden in it, and not too long.

A file that is refused may hold anything; what a message quotes of it must move no cursor, turn no
line around and fill no screen.
"""

from __future__ import annotations

import re

LONGEST = 500  # characters of one value in a sentence
AROUND = 70  # characters of a formula on either side of the place that is pointed at

#: Signs that are not seen, end a line, change its direction or cannot be written at all.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff]"
)


def visible(written: str) -> str:
    r"""A text with what cannot be seen written out.

    >>> visible("a\tb\u202ec")
    'a\\tb\\u202ec'
    >>> len(visible("'" + "a" * 70_000 + "'")), visible("'" + "a" * 70_000 + "'")[-6:]
    (500, "a ...'")
    """
    if len(written) <= LONGEST and written.isprintable():
        return written
    shown = _UNSEEN.sub(lambda sign: ascii(sign[0])[1:-1], written[: LONGEST + 1])
    if len(shown) <= LONGEST and len(written) <= LONGEST:
        return shown
    end = " ...'" if written[0] == written[-1] == "'" else " ..."
    return shown[: LONGEST - len(end)] + end


def pointed(written: str, at: int) -> str:
    r"""A formula with a mark under one of its characters, on one line whatever is in it.

    >>> print(pointed("2 *\n* people", 4))
    2 * * people
        ^
    """
    if not written:
        return ""
    start, end = max(0, at - AROUND), at + AROUND
    before = "... " if start else ""
    after = " ..." if end < len(written) else ""
    line = _UNSEEN.sub(lambda sign: " " if sign[0].isspace() else "\ufffd", written[start:end])
    return f"{before}{line}{after}\n{' ' * (len(before) + at - start)}^"
