"""What came of the mutants: a table per package, and what the survivors change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import unified_diff

from tests.mutants.made import Mutant
from tests.mutants.tried import FATES, KILLED, SURVIVED, TIMED_OUT, UNREACHED, Tried


def table(tried: Sequence[Tried]) -> str:
    """In Markdown; the score is the part that some test noticed. Messages are counted apart."""
    lines = [
        "| package | mutants | " + " | ".join(FATES) + " | score |",
        "|---|" + "---:|" * (len(FATES) + 2),
    ]
    inside = [one for one in tried if one.mutant.in_message]
    others = [one for one in tried if not one.mutant.in_message]
    for package in sorted({one.mutant.package for one in others}):
        lines.append(_row(package, [one for one in others if one.mutant.package == package]))
    lines += [_row("all", others), _row("what messages are given", inside)]
    return "\n".join(lines)


def _row(title: str, tried: Sequence[Tried]) -> str:
    fates = Counter(one.fate for one in tried)
    noticed = fates[KILLED] + fates[TIMED_OUT]
    score = f"{100 * noticed / len(tried):.1f}%" if tried else "–"
    cells = [title, len(tried), *(fates[fate] for fate in FATES), score]
    return "| " + " | ".join(map(str, cells)) + " |"


def survivors(tried: Sequence[Tried]) -> str:
    """Each that no test noticed, with the lines that it changes."""
    left = [one for one in tried if one.fate in (SURVIVED, UNREACHED)]
    left.sort(key=lambda one: (one.mutant.file, one.mutant.first_line, one.mutant.number))
    return "\n\n".join(f"{one.mutant.name} ({one.fate})\n{difference(one.mutant)}" for one in left)


def difference(mutant: Mutant) -> str:
    lines = unified_diff(
        mutant.source.splitlines(), mutant.changed().splitlines(), lineterm="", n=1
    )
    return "\n".join(list(lines)[2:])
