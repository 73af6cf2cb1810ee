"""What a table may have been made from: the paper holds what the screen says."""

from __future__ import annotations

from allocator.audit.infer import infer
from allocator.reading.instances.read import load
from allocator.reading.instances.variants import variants
from allocator.report.audits.infer import as_screen
from allocator.report.audits.infer_paper import infer_paper
from allocator.report.paper.said import said_rows
from allocator.words.say import say

NAME = "eu/resettlement-2015-places"


def test_what_the_paper_says_stands_on_the_screen() -> None:
    found = variants(NAME, load(NAME))
    inferred = infer(found.instances, found.rules, found.not_tried)
    paper = infer_paper(inferred)
    for lang in ("en", "nl"):
        screen = " ".join(as_screen(inferred, lang).split())
        for sentence in paper.summary:
            assert say(sentence, lang) in screen
        for section in paper.sections:
            for sentence in (*section.said, *section.notes):
                assert say(sentence, lang) in screen
            for table in section.tables:
                for line in said_rows(table, lang):
                    assert " ".join(" ".join(line).split()) in screen
