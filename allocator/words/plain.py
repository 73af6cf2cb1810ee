"""Names without what people leave out when they type them, to compare them with."""

from __future__ import annotations

import unicodedata


def plainly(name: str) -> str:
    """A name without accents, capitals, hyphens and quotes.

    >>> plainly("Súdwest-Fryslân"), plainly("'s-Gravenhage")
    ('sudwest fryslan', 's gravenhage')
    """
    apart = unicodedata.normalize("NFKD", name)
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign)).lower()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())
