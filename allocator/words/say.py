"""Says a sentence in Dutch or English.

English is the language the sentences are written in; Dutch comes from the gettext catalogue beside
this file (`make words` renews it from the code).
"""

from __future__ import annotations

import gettext
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from allocator.words import numbers
from allocator.words.text import LocalText, Series, Text, Value

LANGUAGES = ("en", "nl")
CATALOGUE = Path(__file__).parent / "catalogue"


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation("allocator", CATALOGUE, [lang])


def say(sentence: Value, lang: str) -> str:
    """The words of a sentence, a title or a value in one language."""
    match sentence:
        case Text():
            return _sentence(sentence, lang)
        case LocalText():
            return sentence.nl if lang == "nl" else sentence.en
        case Series():
            return _series(sentence, lang)
        case int():
            return numbers.whole(sentence, lang)
        case Fraction():
            return numbers.exact(sentence, lang)
        case date():
            return numbers.day(sentence, lang)
    return sentence


def _sentence(sentence: Text, lang: str) -> str:
    catalogue = _catalogue(lang)
    if sentence.plural is None:
        template = catalogue.gettext(sentence.sentence)
    else:
        template = catalogue.ngettext(sentence.sentence, sentence.plural, sentence.number)
    return template.format_map({name: say(value, lang) for name, value in sentence.values.items()})


def _series(items: Series, lang: str) -> str:
    said = [say(item, lang) for item in items.items]
    if items.more:
        more = {"en": f"{items.more} more", "nl": f"nog {items.more}"}[lang]
        said.append(more)
    if len(said) < 2 or items.sign:
        return items.sign.join(said)
    joined = {"en": ("and", "or"), "nl": ("en", "of")}[lang][items.either]
    return f"{', '.join(said[:-1])} {joined} {said[-1]}"
