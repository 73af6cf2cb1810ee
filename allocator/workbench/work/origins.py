"""What a published table may have been made from, as work for a process of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from allocator.asking.totals import read_totals
from allocator.audit.infer import infer
from allocator.reading.instances.read import load
from allocator.reading.instances.variants import variants
from allocator.report.audits.infer import as_csv, as_json
from allocator.report.audits.infer_paper import infer_paper
from allocator.report.paper.paper import Paper
from allocator.words.text import Value
from allocator.workbench.address import Scenario, read
from allocator.workbench.asked import instance_of
from allocator.workbench.brought import audit_of
from allocator.workbench.uploads import Upload
from allocator.workbench.work.jobs import Ear

#: The page's part of an address.
HERE = "herkomst"


@dataclass(frozen=True)
class Origin:
    """What was found, as each reader gets it."""

    paper: Paper
    csv: str
    json: str


@dataclass(frozen=True)
class OriginWork:
    """A table whose origin is sought; the same question is the same work."""

    instance: str
    pairs: tuple[tuple[str, str], ...]  # what is asked, as in an address
    number: str = ""  # of the table, where it was brought
    upload: Upload | None = None

    @property
    def title(self) -> Value:
        return self.upload.name if self.upload else instance_of(self.instance).title

    @property
    def gives_best(self) -> bool:
        return False

    def address(self, lang: str) -> str:
        more = (self.number,) if self.number else ()
        return read(self.instance, self.pairs).with_(lang=lang).address(HERE, *more)

    def __call__(self, ear: Ear) -> Origin:
        scenario = read(self.instance, self.pairs)
        totals = scenario.typed_totals
        own = load(self.instance, scenario.rule or None, read_totals(totals))
        if self.upload:
            audit, _ = audit_of(scenario, self.upload)
            own = replace(own, published=audit.published)
        found = variants(self.instance, own)
        inferred = infer(found.instances, found.rules, found.not_tried)
        return Origin(infer_paper(inferred), as_csv(inferred), as_json(inferred))


def work_of(scenario: Scenario, number: str, upload: Upload | None) -> OriginWork:
    """What is to be found, the same in every language."""
    plain = Scenario(
        scenario.instance,
        rule=scenario.rule,
        totals=scenario.totals,
        reading=scenario.reading if upload else {},
    )
    return OriginWork(scenario.instance, tuple(plain.pairs), number, upload)
