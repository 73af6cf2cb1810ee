"""Reads what a rule lays down for plans: what counts, and how unevenness weighs."""

from __future__ import annotations

from allocator.model.plan import Counting, PlaceKind, PlanRule
from allocator.model.problem import Problems
from allocator.model.streams import Streams
from allocator.reading.formats.yaml_text import YamlFile
from allocator.reading.shapes.plans import PlanRuleShape
from allocator.words.text import text


def read_plan_rule(
    shape: PlanRuleShape | None, streams: Streams | None, file: YamlFile, problems: Problems
) -> PlanRule | None:
    """The plan's part of a rule; its streams are a whole of the rule and a part of that."""
    if shape is None:
        return None
    counting = shape.counting
    for kind in PlaceKind:
        if kind not in counting.least:
            problems.add(
                file.place("plan", "counting", "least"),
                text(
                    "It is not said from how many {kind} places on they count.",
                    kind=f"'{kind.value}'",
                ),
                text("Add it; 1 where every place counts."),
            )
    if list(shape.beyond) != sorted(set(shape.beyond), reverse=True) or 0 in shape.beyond:
        problems.add(
            file.place("plan", "beyond"),
            text("The deviations do not go from large to small."),
            text("Write each once, the largest first, such as [100, 50, 25, 10]."),
        )
    parts = [part.name for part in streams.parts(shape.whole)] if streams else []
    if shape.minors not in parts:
        problems.add(
            file.place("plan", "minors"),
            text(
                "{minors} is no part of {whole} in this rule.",
                minors=f"'{shape.minors}'",
                whole=f"'{shape.whole}'",
            ),
            text("Name a whole under `whole:`, and under `minors:` a stream that is part of it."),
        )
    return PlanRule(
        whole=shape.whole,
        minors=shape.minors,
        counting=Counting(
            least={kind: counting.least.get(kind, 1) for kind in PlaceKind},
            least_article=counting.least_article.local(),
            years=counting.years,
            months=counting.months,
            term_article=counting.term_article.local(),
        ),
        deduction_article=shape.deduction_article.local(),
        beyond=tuple(shape.beyond),
        grant_above=shape.grant_above,
        grant_article=shape.grant_article.local(),
    )
