"""The keys of a comparison as readers know them: a letter in tables, with name and formula."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from allocator.comparison.side_by_side import Alternative, Comparison
from allocator.core.cells import wholes
from allocator.core.keeping import kept_figures
from allocator.model.streams import Stream
from allocator.report.cautions import cautions
from allocator.words.text import Text, Value, counted, series, signed, text


def lettered(comparison: Comparison) -> list[tuple[str, Alternative]]:
    """Every key with its letter, the first being what others are held to."""
    return [(_letter(place), each) for place, each in enumerate(comparison.all)]


def _letter(place: int) -> str:
    """A, B ... Z, AA, AB ...

    >>> _letter(0), _letter(25), _letter(26)
    ('A', 'Z', 'AA')
    """
    rest, last = divmod(place, len(ascii_uppercase))
    return (_letter(rest - 1) if rest else "") + ascii_uppercase[last]


def streams_of(comparison: Comparison) -> tuple[Stream, ...]:
    """The streams that are looked at: those with a total of their own."""
    return comparison.reference.distribution.instance.streams.given


def wholes_of(comparison: Comparison) -> tuple[Stream, ...]:
    return wholes(comparison.reference.distribution.instance.streams)


def legend(comparison: Comparison) -> Iterator[Text]:
    """What every letter stands for."""
    for letter, alternative in lettered(comparison):
        rule = alternative.distribution.instance.rule
        kept = {each.name for each in kept_figures(alternative.distribution.instance)}
        written = [step.key.written for step in rule.steps]
        formula = signed([key for key in written if key not in kept], "; ")
        if alternative is comparison.reference:
            name: Value = text("{title} ({rule})", title=rule.title, rule=rule.version)
        else:
            name = alternative.name
        if name == rule.steps[-1].key.written:
            yield text("{letter}: {name}", letter=letter, name=name)
        else:
            yield text("{letter}: {name}: {key}", letter=letter, name=name, key=formula)


def drifts(comparison: Comparison) -> Iterator[Text]:
    """Where a key's numbers do not add up to what was divided, or are rounded in another way."""
    own = comparison.reference.distribution.rounding
    other = [
        letter for letter, each in lettered(comparison)[1:] if each.distribution.rounding is not own
    ]
    if other:
        yield text(
            "Under A numbers are rounded {own}, under {letters} otherwise: a difference of 1 may "
            "come from that.",
            own=own.value,
            letters=series(list(other)),
        )
    for letter, alternative in lettered(comparison):
        for drift in alternative.distribution.drift:
            title = alternative.distribution.instance.streams.named(drift.stream).title
            size = abs(drift.difference)
            if drift.difference > 0:
                yield counted(
                    size,
                    "Under {letter} the {title} add up to {sum}, {number} more than is divided.",
                    "Under {letter} the {title} add up to {sum}, {number} more than are divided.",
                    letter=letter,
                    title=title,
                    sum=drift.allocated,
                )
            elif drift.difference:
                yield counted(
                    size,
                    "Under {letter} the {title} add up to {sum}, {number} fewer than is divided.",
                    "Under {letter} the {title} add up to {sum}, {number} fewer than are divided.",
                    letter=letter,
                    title=title,
                    sum=drift.allocated,
                )


def cautions_of(comparison: Comparison) -> list[Text]:
    """The cautions of all keys, each once, with the keys that it is about where it is not all.

    What the legend tells is left out.
    """
    found: dict[str, Text] = {}
    about: dict[str, list[str]] = {}
    for letter, other in lettered(comparison):
        instance = other.distribution.instance
        own = comparison.reference.distribution.instance.changed
        said = {str(told) for told in instance.changed} - {str(told) for told in own}
        kept = [each.title for each in kept_figures(instance)]
        for caution in cautions(other.distribution):
            if str(caution) not in said and caution.values.get("name") not in kept:
                found.setdefault(str(caution), caution)
                about.setdefault(str(caution), []).append(letter)
    return [
        caution
        if len(about[key]) == len(comparison.all)
        else text("Under {letters}: {caution}", letters=series(list(about[key])), caution=caution)
        for key, caution in found.items()
    ]
