"""Renews the Dutch catalogue from the code: `make words`.

New sentences arrive without a translation, sentences that are gone go, and the compiled file that
the program reads is written anew. The test beside this file tells when it was forgotten.
"""

from __future__ import annotations

import ast
import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import allocator
from allocator.cli.main import allocator as allocator_command
from allocator.cli.shared.in_language import CLICK, words_of

PACKAGE = Path(allocator.__file__).parent
PO = PACKAGE / "words" / "catalogue" / "nl" / "LC_MESSAGES" / "allocator.po"
KEYWORDS = {"text": (1,), "counted": (2, 3)}


def sentences() -> Catalog:
    """Every sentence that the code says, however deep in others, and the helps of the verbs."""
    found = Catalog(charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                places = KEYWORDS.get(node.func.id, ())
                given = [node.args[n - 1] for n in places if len(node.args) >= n]
                said = [str(e.value) for e in given if isinstance(e, ast.Constant)]
                if said and len(said) == len(places):
                    found.add(said[0] if len(said) == 1 else tuple(said))
    for sentence in (*words_of(allocator_command), *CLICK):
        found.add(sentence)
    return found


def renewed() -> Catalog:
    """The catalogue with the code's sentences and the translations that there are."""
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="nl", domain="allocator")
    catalogue.update(sentences(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    # the same catalogue gives the same bytes on any day
    catalogue.creation_date = catalogue.revision_date = datetime(2024, 1, 1, tzinfo=UTC)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    content = io.BytesIO()
    write_po(content, catalogue, no_location=True, omit_header=True, sort_output=True, width=96)
    return content.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    content = io.BytesIO()
    write_mo(content, catalogue)
    return content.getvalue()


def main() -> None:
    catalogue = renewed()
    PO.write_bytes(written(catalogue))
    PO.with_suffix(".mo").write_bytes(compiled(catalogue))
    missing = [message.id for message in catalogue if message.id and not _said(message.string)]
    print(f"{len(catalogue)} sentences, {len(missing)} without Dutch")
    for sentence in missing:
        print(f"  {sentence}")


def _said(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


if __name__ == "__main__":
    main()
