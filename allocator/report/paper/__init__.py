"""Reports that people hand round: one paper, set as a workbook or as a page."""

from __future__ import annotations

from allocator.report.paper.paper import Paper


def set_paper(paper: Paper, form: str, lang: str) -> bytes:
    """The paper as xlsx or html."""
    if form == "xlsx":
        from allocator.report.paper.workbook import as_workbook

        return as_workbook(paper, lang)
    from allocator.report.paper.page import as_page

    return as_page(paper, lang).encode()
