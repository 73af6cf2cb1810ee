"""Reads rule files, and picks the one that is in force on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from allocator.key.reader import read_key
from allocator.model.problem import InputError, Place, Problem, Problems
from allocator.model.rule import (
    NO_KEY,
    OWN_BOUNDS,
    After,
    AfterKind,
    Choice,
    Direction,
    IndicatorAsked,
    LawFormula,
    LegalBasis,
    Notice,
    Progress,
    RealisedKind,
    Rule,
    Step,
    Symbol,
)
from allocator.model.streams import KeyText, Stream, Streams
from allocator.reading.formats import numerals
from allocator.reading.formats.yaml_text import YamlFile, read_yaml
from allocator.reading.instances.parts.limits import limits_asked
from allocator.reading.library import rules_folder
from allocator.reading.plans.rule import read_plan_rule
from allocator.reading.shapes.rules import FormulaShape, LevelShape, RuleShape, StreamShape
from allocator.reading.shapes.shaped import shaped
from allocator.words.nearest import perhaps
from allocator.words.text import series, text

#: What a sign of the law's formula may be besides a formula over indicators.
WHOLE_TABLE = ("total", "weight", "weights")

#: How the name of a rule file ends.
YAML = (".yaml", ".yml")


def rule_names() -> list[str]:
    """The rules that come with the program."""
    folder = rules_folder()
    return sorted(
        {path.parent.relative_to(folder).as_posix() for path in folder.glob("*/*/*.yaml")}
    )


def versions(name: str) -> dict[date, Path]:
    """A rule's files by the day from which each holds."""
    files = sorted((rules_folder() / name).glob("*.yaml"))
    return {numerals.day(path.stem): path for path in files}


def find_rule(asked: str, day: date, place: Place, inner: bool = False) -> Rule:
    """The rule that is asked for: by name, by name@date, or by the path of its file.

    An `inner` rule is one whose numbers another rule keeps; it keeps none itself.
    """
    if asked.endswith(YAML):
        return rule_file(Path(asked), day)
    name, _, version = asked.partition("@")
    if name not in rule_names():
        near = get_close_matches(name, rule_names(), 2, 0.4)
        raise InputError(
            Problem(
                place,
                text("There is no rule {name}.", name=f"'{name}'"),
                perhaps(near, text("`allocator list` shows the rules there are.")),
            )
        )
    if not version:
        return in_force(name, day, place, inner)
    dated = {moment.isoformat(): path for moment, path in versions(name).items()}
    if version not in dated:
        raise InputError(
            Problem(
                place,
                text("{name} has no version of {version}.", name=name, version=f"'{version}'"),
                text("Its versions are: {names}.", names=", ".join(dated)),
            )
        )
    return read_rule(dated[version], inner)


def rule_file(path: Path, day: date) -> Rule:
    """The rule in a file of one's own, if it is in force on a day."""
    rule = read_rule(path)
    if rule.valid_from <= day and (rule.valid_until is None or day <= rule.valid_until):
        return rule
    raise InputError(
        Problem(
            Place(rule.file),
            text("{name} is not in force on {day}.", name=rule.version, day=day),
            text("Mend `valid_from:` or `valid_until:`, or use it for another period."),
        )
    )


def in_force(name: str, day: date, place: Place, inner: bool = False) -> Rule:
    """The version of a rule that is in force on a day."""
    earlier = [path for moment, path in versions(name).items() if moment <= day]
    if earlier:
        rule = read_rule(earlier[-1], inner)
        if rule.valid_until is None or day <= rule.valid_until:
            return rule
    spans = []
    for path in versions(name).values():
        rule = read_rule(path)
        spans.append(
            text("from {start} until {end}", start=rule.valid_from, end=rule.valid_until)
            if rule.valid_until
            else text("from {start} on", start=rule.valid_from)
        )
    raise InputError(
        Problem(
            place,
            text("No version of {name} is in force on {day}.", name=name, day=day),
            text(
                "It is in force {spans}. To use it all the same, name a version: {example}.",
                spans=series(tuple(spans)),
                example=f"{name}@{next(iter(versions(name))).isoformat()}",
            ),
        )
    )


def read_rule(path: Path, inner: bool = False) -> Rule:
    """The rule in a file, or every problem in it."""
    file = read_yaml(path)
    shape = shaped(RuleShape, file)
    problems = Problems()
    streams = read_streams(shape.streams, file, problems)
    rule = Rule(
        name=shape.rule,
        valid_from=shape.valid_from,
        valid_until=shape.valid_until,
        checked_on=shape.checked_on,
        title=shape.title.local(),
        legal_basis=tuple(
            LegalBasis(basis.act, basis.article, basis.title.local(), basis.says.local())
            for basis in shape.legal_basis
        ),
        streams=streams,
        indicators={
            name: IndicatorAsked(asked.year, asked.mergers, asked.article)
            for name, asked in shape.indicators.items()
        },
        steps=_steps(shape, file, inner, problems),
        after=_after(shape, file, problems),
        direction=shape.direction,
        choice=Choice(shape.rounding, shape.method, fixed=tuple(shape.fixed)),
        ties=tuple(shape.ties),
        crossing=shape.crossing,
        limits=limits_asked(shape.limits, file, problems, of_rule=True),
        formula=_formula(shape.formula, file, problems),
        realised=tuple(
            RealisedKind(name, kind.title.local(), kind.counts)
            for name, kind in shape.realised.items()
        ),
        progress=_progress(shape, file, problems),
        notice=Notice(shape.notice.weeks, shape.notice.article) if shape.notice else None,
        plan=read_plan_rule(shape.plan, streams, file, problems),
        gaps=tuple(gap.local() for gap in shape.gaps),
        file=file.name,
    )
    _check_dates(rule, path, file, problems)
    problems.raise_any()
    return rule


def read_streams(
    shapes: dict[str, StreamShape] | None, file: YamlFile, problems: Problems
) -> Streams | None:
    """The streams a file names, each part and rest inside a whole of the same file."""
    if shapes is None:
        return None
    if not shapes:
        problems.add(
            file.place("streams"),
            text("No streams are named."),
            text("Name at least one, or leave `streams:` out."),
        )
    streams = []
    for name, shape in shapes.items():
        place = file.place("streams", name)
        key = KeyText(shape.key, file.place("streams", name, "key")) if shape.key else None
        _check_key(key, problems)
        streams.append(Stream(name, shape.title.local(), shape.part_of, shape.rest_of, key))
        whole = shape.part_of or shape.rest_of
        if shape.part_of and shape.rest_of:
            problems.add(
                place,
                text("{name} is both a part and a rest.", name=f"'{name}'"),
                text("Keep part_of or rest_of."),
            )
        elif shape.rest_of and shape.key:
            problems.add(
                file.place("streams", name, "key"),
                text("{name} is a rest and has no key.", name=f"'{name}'"),
                text("Leave the key out: a rest is what the parts leave."),
            )
        elif whole and whole not in shapes:
            problems.add(
                place,
                text(
                    "{name} lies in {whole}, which is no stream.",
                    name=f"'{name}'",
                    whole=f"'{whole}'",
                ),
                text("The streams here are: {names}.", names=", ".join(shapes)),
            )
        elif whole and (shapes[whole].part_of or shapes[whole].rest_of):
            problems.add(
                place,
                text(
                    "{name} lies in {whole}, which lies in another itself.",
                    name=f"'{name}'",
                    whole=f"'{whole}'",
                ),
                text("Streams have two levels: a whole and its parts."),
            )
    rests = [shape.rest_of for shape in shapes.values() if shape.rest_of]
    for whole in sorted({whole for whole in rests if rests.count(whole) > 1}):
        problems.add(
            file.place("streams"),
            text("{whole} has two rests.", whole=f"'{whole}'"),
            text("A whole has one rest: what its parts leave."),
        )
    return Streams(tuple(streams))


def _steps(shape: RuleShape, file: YamlFile, inner: bool, problems: Problems) -> tuple[Step, ...]:
    if bool(shape.key) == bool(shape.levels):
        problems.add(
            file.place("key"),
            text("A rule has either a key or keys by level."),
            text("Write `key:`, or `levels:` with a key for each level."),
        )
    if shape.levels and shape.formula:
        problems.add(
            file.place("formula"),
            text("The law's formula is shown for one key, not for keys by level."),
            text("Leave `formula:` out."),
        )
    if bool(shape.levels) != (shape.direction is Direction.TOP_DOWN):
        problems.add(
            file.place("direction"),
            text("Keys by level go from the top down, and one key from the bottom up."),
            text("Write `direction: top-down` with `levels:`, `bottom-up` with `key:`."),
        )
    steps = [
        _level(step, index, shape, file, inner, problems) for index, step in enumerate(shape.levels)
    ]
    if shape.key:
        steps.append(Step("", KeyText(shape.key, file.place("key"))))
    for step in steps:
        _check_key(step.key if step.by is None and step.key.written else None, problems)
    return tuple(steps)


def _level(
    step: LevelShape,
    index: int,
    shape: RuleShape,
    file: YamlFile,
    inner: bool,
    problems: Problems,
) -> Step:
    """One step downward: by a key, or with the numbers that another rule gives."""
    place = file.place("levels", index)
    key = KeyText(step.key, file.place("levels", index, "key"))
    if bool(step.key) == bool(step.rule):
        problems.add(
            place,
            text("The level {level} has either a key or a rule.", level=f"'{step.level}'"),
            text("Write `key:`, or `rule:` with the rule whose numbers it keeps."),
        )
    if not step.rule:
        return Step(step.level, key)
    by = None
    if index or len(shape.levels) == 1:
        problems.add(
            place,
            text("Only the first of several levels can keep the numbers of another rule."),
            text("Give this level a key."),
        )
    elif step.rule.endswith(YAML):
        problems.add(
            place,
            text("{rule} is no rule of the rule book.", rule=f"'{step.rule}'"),
            text("Name a rule of the rule book that has keys only."),
        )
    elif inner or step.rule.partition("@")[0] == shape.rule:
        problems.add(
            place,
            text("{rule} keeps the numbers of a rule that keeps numbers itself.", rule=shape.rule),
            text("Name a rule of the rule book that has keys only."),
        )
    else:
        with problems.collecting():
            place = file.place("levels", index, "rule")
            by = find_rule(step.rule, shape.valid_from, place, inner=True)
            _refuse_unlike(by, shape, place, problems)
    return Step(step.level, replace(NO_KEY, place=place), by=by)


def _refuse_unlike(by: Rule, shape: RuleShape, place: Place, problems: Problems) -> None:
    """A rule whose numbers are kept distributes the same, and is under no limits of its own."""
    if by.limits:
        problems.add(
            place,
            text("{rule} has limits besides its key.", rule=by.version),
            text("Name a rule of the rule book that has keys only."),
        )
    if by.streams and shape.streams and set(by.streams.names) != shape.streams.keys():
        problems.add(
            place,
            text(
                "{rule} distributes {streams}, and this rule {own}.",
                rule=by.version,
                streams=series(list(by.streams.names)),
                own=series(list(shape.streams)),
            ),
            text("Name a rule that distributes the same."),
        )


#: What each step after the key must have, and what it may have.
_WANTED: dict[AfterKind, tuple[set[str], set[str]]] = {
    AfterKind.POSITIVE: (set(), set()),
    AfterKind.RESCALE: (set(), set()),
    AfterKind.EXEMPT: ({"of", "reaches"}, set()),
    AfterKind.CAPPED: (set(), {"at_least", "at_most"}),
}


def _after(shape: RuleShape, file: YamlFile, problems: Problems) -> tuple[After, ...]:
    found = []
    for index, step in enumerate(shape.after):
        given = {
            name: KeyText(getattr(step, name), file.place("after", index, name))
            for name in ("of", "reaches", "at_least", "at_most")
            if getattr(step, name)
        }
        needed, allowed = _WANTED[step.do]
        lacking = needed - given.keys() or (
            {"at_most"} if allowed - given.keys() == allowed != set() else set()
        )
        for name in sorted(lacking):
            problems.add(
                file.place("after", index),
                text("The step {kind} has no {key}.", kind=f"'{step.do.value}'", key=f"`{name}:`"),
                text("Add it, with a formula."),
            )
        for name in sorted(given.keys() - needed - allowed):
            problems.add(
                file.place("after", index, name),
                text(
                    "The step {kind} takes no {key}.", kind=f"'{step.do.value}'", key=f"`{name}:`"
                ),
                text("Take it out."),
            )
        for key in given.values():
            _check_key(key, problems)
        found.append(
            After(
                step.do,
                given.get("of"),
                given.get("reaches") or given.get("at_least"),
                given.get("at_most"),
                step.article,
                step.says.local(),
            )
        )
    return tuple(found)


def _progress(shape: RuleShape, file: YamlFile, problems: Problems) -> Progress:
    if shape.progress is None:
        return OWN_BOUNDS
    asked = shape.progress
    if asked.slightly_behind > asked.on_schedule:
        problems.add(
            file.place("progress"),
            text("Slightly behind begins above on schedule."),
            text("Write the larger percentage at on_schedule."),
        )
    return Progress(asked.on_schedule, asked.slightly_behind, asked.source.local())


def _check_key(key: KeyText | None, problems: Problems) -> None:
    if key:
        with problems.collecting():
            read_key(key.written, key.place)


def _formula(shape: FormulaShape | None, file: YamlFile, problems: Problems) -> LawFormula | None:
    if shape is None:
        return None
    symbols = []
    for sign, symbol in shape.symbols.items():
        is_ = KeyText(symbol.is_, file.place("formula", "symbols", sign, "is"))
        symbols.append(Symbol(sign, symbol.means.local(), is_))
        if is_.written not in WHOLE_TABLE:
            _check_key(is_, problems)
    return LawFormula(tuple(shape.lines), tuple(symbols))


def _check_dates(rule: Rule, path: Path, file: YamlFile, problems: Problems) -> None:
    if rule.valid_until is not None and rule.valid_until < rule.valid_from:
        problems.add(
            file.place("valid_until"),
            text("The rule ends on {end}, before it begins.", end=rule.valid_until),
            text("Mend one of the two dates."),
        )
    shelved = path.resolve().is_relative_to(rules_folder().resolve())
    expected = f"{rule.name}/{rule.valid_from.isoformat()}.yaml"
    if shelved and path.resolve() != (rules_folder() / expected).resolve():
        problems.add(
            file.place("rule"),
            text("The file stands elsewhere than its name and date say."),
            text("Its place is {path}.", path=f"rules/{expected}"),
        )
