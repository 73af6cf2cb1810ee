"""Writes the page of what each Dutch rule leaves open, from the `gaps:` of the rule files.

`make words` renews it; the test beside this file tells when that was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from allocator.reading.rules import read_rule, rule_names, versions
from allocator.words.say import say

PAGE = Path(__file__).parents[2] / "docs" / "open-questions.md"
BEFORE = """\
# What the laws leave open

Each rule file says what its law or source does not decide, and what is done here instead.
`allocator run` and `explain` show it under the numbers; this page has it for all Dutch rules.
"""


def page() -> str:
    """The latest version of each rule, with its gaps."""
    return "\n".join([BEFORE, *(line for name in rule_names() for line in _rule(name))])


def _rule(name: str) -> Iterator[str]:
    rule = read_rule(list(versions(name).values())[-1])
    if name.startswith("nl/") and rule.gaps:
        yield f"## {say(rule.title, 'en')}"
        yield ""
        yield f"`{rule.version}`"
        yield ""
        yield from (f"- {say(gap, 'en')}" for gap in rule.gaps)
        yield ""


def main() -> None:
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
