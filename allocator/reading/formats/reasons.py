"""Why the system did not do what it was asked, in words of ours and what to do about it."""

from __future__ import annotations

import errno

from allocator.words.text import Text, Value, text

_FULL = text("there is no room left on the disk")
_TOO_LARGE = text("it is larger than any file may be here")

_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _TOO_LARGE,
    errno.EROFS: text("nothing can be written on this disk"),
    errno.EACCES: text("you have no permission"),
    errno.EPERM: text("you have no permission"),
    errno.ENOENT: text("there is no such folder"),
    errno.ENOTDIR: text("a part of its path is no folder"),
    errno.ENAMETOOLONG: text("its name is too long"),
}

_ROOM = text("Make room, or choose a place on another disk.")
_MENDS = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: text("Choose a place on another disk, or raise the limit (`ulimit -f`)."),
    errno.ENAMETOOLONG: text("Choose a shorter name."),
}


def reason_of(error: OSError) -> Value:
    """Why something could not be written or read; what is rare in the words of the system.

    >>> str(reason_of(OSError(errno.ENOSPC, "...")))
    'there is no room left on the disk'
    """
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def mend_of(error: OSError) -> Text | None:
    """What to do, where that follows from the reason alone."""
    return _MENDS.get(error.errno or 0)
