"""Texts and numbers that are hard on readers, and bytes that are no text at all."""

from __future__ import annotations

from random import Random

#: Signs that somebody's editor, clipboard or malice puts into a text.
SIGNS = (
    *("\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\ufffd"),
    *("\ud800", "\udfff", "\u202e", "\u2066", "\u200b", "\u200d", "\u00ad", "\u0301", "\u0345"),
    *("\u0131", "ß", "\ufb03", "\u1e9e", "Ǆ", "ﬀ", "İ", "\U0001f469\u200d\U0001f680", "\U0010ffff"),
    *("\u00a0", "\u2007", "\u202f", "\u3000", "\t", "\v", "\f", "\r", "\n", "\r\n", " "),
    *('"', "'", "`", "\\", "/", "%", "{", "}", "{0}", "{name}", "%s", "$", "&amp;", "<b>", "]]>"),
    *(",", ";", ":", "|", "=", "#", "!", "*", "&", "@", "-", "--", "?", "~", "^", "+", "(", ")"),
)

#: Digits that are not those of every day.
OTHER_DIGITS = ("\uff10\uff11\uff12", "\u0661\u0662", "½", "²", "Ⅻ", "१२", "\U0001d7d9", "①")

NUMBERS = (
    *("0", "-0", "00", "1", "-1", "+1", "007", "1.", ".5", "0.1", "-0.2156", "1.5", "1,5", "1/3"),
    *("1/0", "1e5", "1E400", "-1e-400", "1e999999999", "0x1F", "0b1", "1_000", "1.000", "1,000"),
    *("1.000.000", "1.234,5", "1 000", "1\u00a0000", "1'000", "nan", "NaN", "inf", "-Infinity"),
    *("null", "None", "-", "–", "—", "−3", ".", "n/a", "x", "€ 5", "5%", "(5)", "5-", "5,-", "1d"),
    *("2147483648", "9223372036854775808", "-9223372036854775809", "1" * 30, "9" * 31, "9" * 400),
    *("0." + "3" * 28, "0." + "0" * 300 + "1", "1" + "0" * 5_000, "340282366920938463463374607"),
)

DAYS = (
    *("2023-01-01", "2023-02-29", "2024-02-29", "2023-02-30", "2023-13-01", "0000-01-01"),
    *("0001-01-01", "9999-12-31", "10000-01-01", "2023-1-1", "01-01-2023", "1-1-2023", "20230101"),
    *("2023-01-01T00:00:00", "2023-W01-1", "2023-H1", "2023-H2", "2023-H3", "0000-H1", "9999-H2"),
    *("2023", "23", "-2023-01-01", "１２３４-01-01", "1 januari 2023", "previous", "yesterday"),
)

WORDS = (
    *(
        "",
        " ",
        "yes",
        "no",
        "true",
        "null",
        "~",
        "Utrecht",
        "Bergen",
        "'s-Gravenhage",
        "Súdwest-Fryslân",
    ),
    *("GM0344", "GM0000", "NL", "PV20", "Totaal", "totaal nederland", "onbekend", "population"),
    *("land_ha", "places", "minors", "permit_holders", "../../etc/passwd", "/dev/zero", "CON", "."),
    *("__class__", "{0.__class__}", "{number}", "code", "name", "level", "stream", "number"),
    *("=1+1", "=HYPERLINK(1)", "<script>alert(1)</script>", "'; DROP TABLE x; --", "a" * 300),
)

_LONG = (31, 81, 256, 1_000, 3_000, 70_000)


def odd_number(source: Random) -> str:
    """Something that stands where a number should, now and then a plain one."""
    kind = source.randrange(10)
    if kind < 6:
        return source.choice(NUMBERS)
    if kind < 8:
        return str(source.randrange(-20, 100_000))
    if kind == 8:
        return source.choice(OTHER_DIGITS)
    return source.choice(NUMBERS) + source.choice(SIGNS)


def odd_day(source: Random) -> str:
    """Something that stands where a day, a half-year or a year should."""
    return source.choice(DAYS)


def odd_text(source: Random) -> str:
    """Something that stands where a name or another text should."""
    kind = source.randrange(12)
    if kind < 5:
        return source.choice(WORDS)
    if kind < 8:
        return "".join(source.choice(SIGNS) for _ in range(source.randrange(1, 5)))
    if kind == 8:
        return source.choice(WORDS) + source.choice(SIGNS) + source.choice(WORDS)
    if kind == 9:
        return source.choice("aA0é ,;\u0301(") * source.choice(_LONG)
    if kind == 10:
        return "".join(chr(source.randrange(0x20, 0x3000)) for _ in range(source.randrange(1, 9)))
    return odd_value(source)


def odd_value(source: Random) -> str:
    """A number, a day or a text."""
    return source.choice((odd_number, odd_day, odd_text, odd_number))(source)


def in_words(source: Random, written: str) -> str:
    """A text with a few of its signs replaced, doubled, moved or lost."""
    for _ in range(source.randrange(1, 4)):
        at = source.randrange(len(written) + 1)
        end = min(len(written), at + source.randrange(4))
        kind = source.randrange(6)
        if kind == 0:
            written = written[:at] + written[end:]
        elif kind == 1:
            written = written[:end] + written[at:end] + written[end:]
        elif kind == 2:
            written = written[:at] + written[at:].swapcase()
        else:
            written = written[:at] + source.choice(SIGNS) + written[end:]
    return written


def encoded(written: str) -> bytes:
    """As UTF-8; half a pair of surrogates stays half, so that the bytes are no UTF-8 any more."""
    return written.encode("utf-8", "surrogatepass")


_BYTES = (
    *(
        b"",
        b"\0",
        b"\xff",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\xc3",
        b"\xe9",
        b"\xed\xa0\x80",
        b"\x80",
    ),
    *(b"\r", b"\n", b"\r\n", b"\t", b'"', b",", b";", b":", b"{", b"}", b"[", b"]", b"-", b"\\"),
    *(b"9" * 40, b"nan", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"[" * 2_000, b"{" * 50),
)


def noise(source: Random, content: bytes) -> bytes:
    """A file with a few of its bytes replaced, lost, doubled or flipped, or in another encoding."""
    kind = source.randrange(20)
    if kind == 0:
        return source.randbytes(source.randrange(1, 300))
    if kind == 1:
        return in_another_encoding(source, content)
    if kind == 2:
        return content[: source.randrange(len(content) + 1)]
    for _ in range(source.randrange(1, 6)):
        at = source.randrange(len(content) + 1)
        end = min(len(content), at + source.choice((0, 1, 1, 2, 6, 40)))
        what = source.randrange(4)
        if what == 0:
            middle = source.choice(_BYTES)
        elif what == 1:
            middle = content[at:end] * 2
        elif what == 2:
            middle = bytes(byte ^ (1 << source.randrange(8)) for byte in content[at:end])
        else:
            other = source.randrange(len(content) + 1)
            middle = content[other : other + source.randrange(30)]
        content = content[:at] + middle + content[end:]
    return content


def in_another_encoding(source: Random, content: bytes) -> bytes:
    """The same text as another program would write it."""
    written = content.decode("utf-8", "replace")
    codec = source.choice(
        ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp037", "utf-7")
    )
    return written.encode(codec, "replace")
