"""Draws requests: a page that is asked well, with something hostile in one, two or three places."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from random import Random

from allocator.workbench.address import OPTIONS, PLANNING, PLANNING_OF, READING, READING_OF, SINGLE
from allocator.workbench.guard import LARGEST, LONGEST
from allocator.workbench.render import SAVED
from tests.fuzz.draw.formulas import bent_formula, formula
from tests.fuzz.draw.signs import in_words, noise, odd_number, odd_text, odd_value
from tests.fuzz.draw.tables import bent_table
from tests.fuzz.draw.workbooks import drawn_workbook
from tests.fuzz.forms.fields import form_of
from tests.fuzz.forms.requests import JOB, LAST, Asked, as_files, as_question, quoted
from tests.fuzz.reader import Files

#: What must never stand in a page as it was typed.
MARKERS = ("<x9q onmouseover=1>", "'\"><x9q onmouseover=1>", '" onx9q="1', "' onx9q='1", "</x9q>")

MINORS, PLAN, HALF = "nl/minors-2024-3660", "nl/plan-example-zeeland", "nl/balances-2021-h2-example"
REVISED = "nl/housing-2023-h2"
SMALL = (
    *(MINORS, "at/basic-care-example", "be/distribution-2016-example", "eu/solidarity-example"),
    *("eu/relocation-2015-example", "dk/refugee-quotas-example", "uk/one-in-200-example"),
)
LARGE = "nl/reception-2024"

FIGURES = ("population", "land_ha", "ses_woa", "1", "total", "nothing_like_it")
FORMS = ("csv", "json", "xlsx", "html", "svg", "txt", "markdown", "CSV", "", "x")
NUMBERED = ("total", "counts", "pledge", "cap", "column", "name")
TRICKS = (
    *("..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%00", "%ff", "%ed%a0%80", ".", "%2F", "%5c.."),
    *("%3Cx9q%20onmouseover=1%3E", "nl%2Fminors-2024-3660", "tables", "records", "a" * 4_000),
    *("%E2%80%AE", "-", "%20", "bestand", "kaart", "~", "%25%30%30", "con", "%0d%0aX:1", "{0}"),
)
OTHER_KINDS = (
    *("multipart/form-data", "text/plain", "", "multipart/form-data; boundary=other"),
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=" + "é" * 9),
)
HEADERS = (
    *(
        ("host", "evil.example"),
        ("host", ""),
        ("host", "LOCALHOST:8765"),
        ("accept-encoding", "gzip"),
    ),
    *(("sec-fetch-site", "cross-site"), ("content-length", "-1"), ("content-length", "9" * 30)),
    *(("content-length", "x"), ("range", "bytes=0-1"), ("if-none-match", "*"), ("cookie", "a=b")),
    *(("content-type", "text/plain"), ("accept-language", "\xff"), ("x-forwarded-host", "evil")),
)


def _names(source: Random) -> str:
    """Any name that an address may hold, or one that it may not."""
    kind = source.randrange(10)
    if kind < 5:
        return source.choice((*SINGLE, *READING, *PLANNING, "with", "weights", "without", "free"))
    if kind < 8:
        head = source.choice((*NUMBERED, *READING_OF, *PLANNING_OF))
        return f"{head}.{source.choice(('minors', 'places', 'GM0687', 'population', 'NL'))}"
    if kind == 8:
        return f"{source.choice(NUMBERED)}.{odd_text(source)}"
    return source.choice((odd_text(source), source.choice(MARKERS), "lang", "", "."))


def _good(source: Random, name: str, offered: list[str]) -> str:
    """A value that may well be what the field asks for."""
    head = name.partition(".")[0]
    if offered and source.randrange(3):
        return source.choice(offered)
    if head in ("key", "with"):
        return formula(source, FIGURES[: source.choice((1, 1, 4))], source.randrange(3))
    if head == "weights":
        bounds = source.choice(("20%..80%", "0..1", "0.2..0.8", "1"))
        return f"{source.choice(FIGURES[:4])}={bounds}"
    return {
        "sample": str(source.randrange(1, 25)),
        "month": str(source.randrange(1, 7)),
        "bounds": source.choice(("90,100", "80 95", "75,90")),
        "tolerance": source.choice(("0.1", "0,05", "0")),
        "seconds": "1",
        "alternatives": source.choice(("0", "1")),
        "counts": str(source.randrange(0, 200)),
        "pledge": str(source.randrange(0, 40)),
        "cap": str(source.randrange(100, 400)),
        "stream": source.choice(("minors", "places", "regular")),
        "rule": source.choice(("", "", "nl/reception-places@2024-02-01", "nl/housing-target")),
        "inside": source.choice(("PV29", "GM0687", "NL")),
        "rounding": source.choice(("up", "half-up", "down", "consistent", "")),
        "method": source.choice(("webster", "largest-remainder", "")),
        "keep": source.choice(("", "", "", "province")),
        "missing": source.choice(("mean", "exclude", "")),
    }.get(head, str(source.randrange(0, 100_000)) if head in NUMBERED else "")


def _hostile(source: Random, name: str, offered: list[str]) -> str:
    """A value that is wrong in some way, or only nearly right."""
    kind = source.randrange(12)
    if kind < 3:
        return source.choice(MARKERS)
    if kind < 5:
        return odd_number(source)
    if kind < 7:
        return odd_text(source)
    if kind < 9:
        return in_words(source, _good(source, name, offered))
    if kind == 9 or name in ("key", "with"):
        return bent_formula(source, FIGURES)
    if kind == 10:
        return f"{bent_formula(source, FIGURES)}={odd_value(source)}..{odd_value(source)}"
    return _good(source, name, offered) + source.choice(MARKERS)


def pairs(source: Random, fields: dict[str, list[str]]) -> list[tuple[str, str]]:
    """A question: some of the fields well filled in, and something hostile beside them."""
    names = [name for name in fields if name not in ("file", "viewport")] or ["key"]
    found = [
        (name, _good(source, name, fields.get(name, [])))
        for name in source.sample(names, min(len(names), source.randrange(5)))
    ]
    for _ in range(source.choice((0, 0, 1, 1, 1, 2, 3))):
        name = source.choice(names) if source.randrange(5) else _names(source)
        found.append((name, _hostile(source, name, fields.get(name, []))))
    if found and not source.randrange(6):
        found.append(source.choice(found))
    if not source.randrange(40):
        found += [found[-1] if found else ("without", "x")] * source.choice((30, 300))
    source.shuffle(found)
    lang = source.choice(("en", "nl")) if source.randrange(9) else odd_text(source)
    return [*found, ("lang", lang)] if source.randrange(3) else found


def question(source: Random, fields: dict[str, list[str]]) -> str:
    """A question as it goes over the line, now and then damaged on its way."""
    written = as_question(pairs(source, fields))
    kind = source.randrange(25)
    if kind == 0:
        return quoted_noise(source, written)
    if kind == 1:
        return written.replace("&", source.choice((";", "&&", "&=", "%26", "?", "#")))
    if kind == 2:
        return written + "&" + "a" * source.choice((10, LONGEST - 400, LONGEST + 10))
    return written


def quoted_noise(source: Random, written: str) -> str:
    """The same with some bytes changed, in signs that a line can carry."""
    content = noise(source, written.encode())
    return "".join(chr(byte) if 33 <= byte < 127 else f"%{byte:02X}" for byte in content)


def _extra_headers(source: Random) -> tuple[tuple[str, str], ...]:
    return (source.choice(HEADERS),) if not source.randrange(30) else ()


def _get(source: Random, path: str, asked: str) -> Asked:
    method = (
        source.choice(("POST", "HEAD", "PUT", "OPTIONS")) if not source.randrange(60) else "GET"
    )
    return Asked(path, asked, method, headers=_extra_headers(source))


def _segment(source: Random, good: tuple[str, ...]) -> str:
    """A part of a path."""
    if source.randrange(4):
        return source.choice(good)
    return source.choice(TRICKS) if source.randrange(2) else quoted(odd_text(source))


def _instance(source: Random, good: tuple[str, ...]) -> str:
    kind = source.randrange(30)
    if kind == 0:
        return f"{source.choice(TRICKS)}/{source.choice(TRICKS)}"
    if kind == 1:
        return quoted(source.choice(("nl/nothing", "nl/tables", "xx/y", "../x"))).replace(
            "%2F", "/"
        )
    return source.choice(SMALL) if kind < 4 else source.choice(good)


#: Per page: the instances that it is mostly asked of, a question that shows its whole form, and
#: what may follow behind the instance.
PAGES: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "verdeling": ((*SMALL, MINORS, LARGE), "", ("",)),
    "kaart": ((MINORS, LARGE), "", ("",)),
    "bestand": ((MINORS, *SMALL), "", tuple(f"/{form}" for form in FORMS)),
    "gemeente": ((MINORS,), "", ("/PV27", "/PV29", "/NL", "/GM0687", "/LD01")),
    "vergelijken": (
        (MINORS, *SMALL),
        "with=population",
        ("", "", "", "/kaart", "/lorenz", *(f"/{form}" for form in FORMS)),
    ),
    "herzien": (
        (MINORS, *SMALL, REVISED),
        "",
        ("", "", "", "/kaart", *(f"/{form}" for form in FORMS)),
    ),
    "voortgang": (
        (HALF, MINORS),
        "",
        ("", "/bestand/csv", "/bestand/xlsx", "/x", "/x/bestand/csv"),
    ),
    "controle": ((MINORS, *SMALL), "", ("", "/bestand/csv", "/bestand/html", "/x", "/x/bestand/x")),
    "herkomst": ((MINORS,), "", ("", "/bestand/csv", "/x", "/x/bestand/csv")),
    "verzoenen": ((LARGE, MINORS), "", ("", "/bestand/csv", "/bestand/x")),
    "doorrekening": (
        (MINORS, "at/basic-care-example"),
        "weights=population%3D20%25..80%25&weights=1%3D0..1&sample=5",
        ("", "", "/bestand/csv", "/bestand/json", "/bestand/xlsx"),
    ),
    "plan": ((PLAN, PLAN, MINORS), "", ("", "", "/bestand/csv", "/bestand/ledger", "/bestand/x")),
}
#: A page whose form may be asked of any instance is read from this one.
MODELS = {"voortgang": HALF, "verzoenen": LARGE, "plan": PLAN}
#: Pages with no form of their own.
FORM_OF = {
    **{"kaart": "verdeling", "bestand": "verdeling", "gemeente": "verdeling"},
    "herkomst": "controle",
}


def _fields(page: str, instance: str = "") -> dict[str, list[str]]:
    own = FORM_OF.get(page, page)
    instances, shown, _ = PAGES[own]
    of = instance if instance in instances and own not in MODELS else MODELS.get(own, MINORS)
    form = form_of(f"/{own}/{of}", shown)
    return form.fields | {name: [] for name in OPTIONS if name not in form.fields}


def _page(page: str, source: Random) -> Files:
    """A page of an instance, and now and then its answer's job."""
    instances, _, ends = PAGES[page]
    end = source.choice(ends)
    if not source.randrange(20):
        end = f"{end}/{_segment(source, ('x', 'csv'))}"
    instance = _instance(source, instances)
    path = f"/{page}/{instance}{end}"
    asked = question(source, _fields(page, instance))
    if page == "doorrekening" and source.randrange(3):
        asked = f"{PAGES[page][1]}&{asked}"
    found = [_get(source, path, asked)]
    if page in ("doorrekening", "plan", "verzoenen", "herkomst"):
        found += _of_job(source)
    return as_files(found)


def _of_job(source: Random) -> list[Asked]:
    """What is done with work under way, with numbers that there are and that there are not."""
    found = []
    for _ in range(source.choice((0, 0, 1, 1, 2, 4))):
        number = JOB if source.randrange(6) else _segment(source, ("x", "A" * 22))
        what = source.choice(("", "/stop", "/opnieuw", "/stop", "/x"))
        method = "POST" if what and source.randrange(8) else "GET"
        asked = source.choice(("", "lang=en", as_question([(_names(source), odd_text(source))])))
        found.append(Asked(f"/taak/{number}{what}", asked, method))
    return found


def _job(source: Random) -> Files:
    """Work that is asked for, followed, stopped and asked again."""
    page = source.choice(("doorrekening", "plan"))
    instances, shown, _ = PAGES[page]
    large = shown.replace("sample=5", f"sample={source.choice((500, 20_000))}")
    path = f"/{page}/{source.choice((*instances, LARGE))}"
    return as_files(
        [Asked(path, large), *_of_job(source), *_of_job(source), _get(source, path, large)]
    )


def _start(source: Random) -> Files:
    """The first page, and addresses of no page."""
    kind = source.randrange(4)
    if kind == 0:
        return as_files([_get(source, "/", question(source, {"lang": ["en", "nl"]}))])
    words = ("static", "page.css", "verdeling", "nl", "taak", "vraag", "minors-2024-3660", "kaart")
    parts = [_segment(source, words) for _ in range(source.randrange(1, 6))]
    return as_files([_get(source, "/" + "/".join(parts), question(source, {}))])


def _multipart(source: Random, parts: list[tuple[str, str | None, bytes]]) -> tuple[str, bytes]:
    """A form with files as a browser sends it, more often than not; its kind, and its body."""
    boundary = source.choice(("x9", "-" * 30 + "1", "a" * 70, "b" * 300))
    lines = []
    for name, file, content in parts:
        told = f'form-data; name="{name}"' + (f'; filename="{file}"' if file is not None else "")
        lines.append(
            f"--{boundary}\r\nContent-Disposition: {told}\r\n\r\n".encode("utf-8", "surrogatepass")
            + content
            + b"\r\n"
        )
    body = b"".join(lines) + f"--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; boundary={boundary}"
    damaged = source.randrange(14)
    if damaged == 0:
        body = noise(source, body)
    elif damaged == 1:
        kind = source.choice(OTHER_KINDS)
    elif damaged == 2:
        body = body[: source.randrange(len(body) + 1)]
    elif damaged == 3:
        body = body.replace(b"\r\n", source.choice((b"\n", b"\r", b"\r\n\r\n")))
    elif damaged == 4:
        body = body.replace(
            b"form-data", source.choice((b"attachment", b"", b"form-data; x=" + b"y" * 9_000))
        )
    return kind, body


def _file_name(source: Random) -> str:
    if source.randrange(3):
        return source.choice(
            ("table.csv", "tabel.xlsx", "../../x.csv", "C:\\x.csv", "<x9q onmouseover=1>.csv")
        )
    return odd_text(source).replace('"', "%22").replace("\r", "").replace("\n", "")


_AREAS = (
    *(("PV20", "Groningen", "149"), ("PV21", "Fryslân", "123"), ("PV22", "Drenthe", "95")),
    *(("PV23", "Overijssel", "247"), ("PV24", "Flevoland", "99"), ("PV25", "Gelderland", "447")),
    *(
        ("PV26", "Utrecht", "300"),
        ("PV27", "Noord-Holland", "635"),
        ("PV28", "Zuid-Holland", "803"),
    ),
    *(("PV29", "Zeeland", "79"), ("PV30", "Noord-Brabant", "539"), ("PV31", "Limburg", "143")),
)
_HEADS = (
    ("code", "name", "number"),
    ("Provincie", "Naam", "Aantal"),
    ("code", "name", "minors"),
    ("code", "month", "number"),
    ("code", "stream", "number"),
)


def _table(source: Random) -> bytes:
    """A table that somebody brings."""
    rows = [list(source.choice(_HEADS)), *(list(row) for row in _AREAS)]
    if not source.randrange(4):
        rows = [[*row, odd_value(source)] for row in rows]
    if not source.randrange(6):
        rows[source.randrange(len(rows))][1] = source.choice(MARKERS)
    kind = source.randrange(8)
    if kind < 5:
        return bent_table(source, rows, source.choice(",;\t"))
    if kind < 7:
        return drawn_workbook(source, rows)
    if not source.randrange(150):
        return b"code;name;number\n" + b"PV20;Groningen;1\n" * source.choice((3_000, 650_000))
    return noise(source, bent_table(source, rows))


def _brought(page: str, source: Random) -> Files:
    """A table that is brought to a page, which is then asked about it."""
    instances, _, _ = PAGES[page]
    fields = _fields(page)
    parts: list[tuple[str, str | None, bytes]] = [("file", _file_name(source), _table(source))]
    for name in ("of", "lang"):
        if source.randrange(2):
            value = _good(source, name, [*fields.get(name, []), "en", MINORS])
            parts.append(
                (
                    name,
                    None,
                    (value if source.randrange(5) else odd_text(source)).encode("utf-8", "replace"),
                )
            )
    if not source.randrange(8):
        parts.append((source.choice(("file", "x", "of", "")), source.choice((None, "b.csv")), b"1"))
    if not source.randrange(60):
        parts += [("x", None, b"1")] * 20
    source.shuffle(parts)
    kind, body = _multipart(source, parts)
    found = [
        Asked(
            f"/{page}/{_instance(source, instances)}",
            "",
            "POST",
            kind,
            body,
            _extra_headers(source),
        )
    ]
    for _ in range(source.randrange(3)):
        end = source.choice(("", "", "/bestand/csv", "/bestand/html", "/bestand/xlsx"))
        found.append(_get(source, LAST + end, question(source, fields)))
    if page == "controle" and not source.randrange(3):
        found.append(_get(source, LAST.replace("@", "@herkomst-"), ""))
    return as_files(found)


def _saved(source: Random) -> Files:
    """A saved question that is opened again, and followed to its page."""
    page = source.choice(SAVED) if source.randrange(10) else odd_text(source)
    fields = _fields(page) if page in PAGES else {}
    instance = source.choice(PAGES[page][0]) if page in PAGES else MINORS
    asked: list[object] = [list(pair) for pair in pairs(source, fields)]
    if not source.randrange(5):
        odd: tuple[object, ...] = (
            [],
            ["a"],
            ["a", 1],
            None,
            {"a": "b"},
            [["a"], "b"],
            "ab",
            ["a", "b", "c"],
            1e400,
        )
        asked.append(source.choice(odd))
    saved: dict[str, object] = {
        "format": "allocator-question/1",
        "page": page,
        "instance": instance if source.randrange(12) else odd_text(source),
        "asked": asked,
    }
    if not source.randrange(6):
        saved[source.choice((*saved, odd_text(source)))] = source.choice(
            (None, 1, [], {}, "", True)
        )
    content = json.dumps(saved).encode()
    kind = source.randrange(12)
    if kind == 0:
        content = noise(source, content)
    elif kind == 1:
        content = source.choice(
            (b"[" * 90_000, b"9" * 5_000, b"x" * 200_000, b"null", b"\xff\xfe", b'"')
        )
    form, body = _multipart(source, [("file", _file_name(source), content)])
    return as_files([Asked("/vraag", "", "POST", form, body), Asked(LAST), _saved_anew(source)])


def _saved_anew(source: Random) -> Asked:
    page = source.choice(SAVED) if source.randrange(6) else _segment(source, SAVED)
    return _get(source, f"/vraag/{page}/{_instance(source, SMALL)}", question(source, {}))


def _posted(source: Random) -> Files:
    """Bodies sent where none is expected, or of a size or kind that is not."""
    path = source.choice(
        ("/", "/vraag", f"/controle/{MINORS}", f"/voortgang/{HALF}", "/taak/x/stop")
    )
    size = source.choice((0, 1, 1_000, 100_001, LARGEST + 1) if not source.randrange(9) else (0, 9))
    kind = source.choice(
        (
            "",
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
        )
    )
    method = source.choice(
        ("POST", "PUT", "DELETE", "PATCH", "TRACE", odd_text(source)[:20] or "X")
    )
    return as_files(
        [Asked(path, "", method, kind, source.randbytes(1) * size, _extra_headers(source))]
    )


DRAWN: dict[str, Callable[[Random], Files]] = {
    **{page: partial(_page, page) for page in PAGES},
    "job": _job,
    "start": _start,
    "saved": _saved,
    "posted": _posted,
    "brought-audit": partial(_brought, "controle"),
    "brought-half-year": partial(_brought, "voortgang"),
}
