"""Numbers as a Dutch or an English reader writes them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
_SEPARATORS = {"en": (",", "."), "nl": (".", ",")}


def whole(number: int, lang: str) -> str:
    """A whole number with the separators of the language.

    >>> whole(17590672, "nl"), whole(-1234, "en")
    ('17.590.672', '−1,234')
    """
    thousands, _ = _SEPARATORS[lang]
    return f"{number:,}".replace(",", thousands).replace("-", "−")


def decimals(number: Fraction, places: int, lang: str) -> str:
    """A fraction to so many decimals, the last one rounded half up, in the language.

    >>> decimals(Fraction(2, 3), 4, "en"), decimals(Fraction(-1, 8), 2, "nl")
    ('0.6667', '−0,13')
    """
    digits = plain_decimals(number, places)
    sign = "−" if digits.startswith("-") else ""
    head, _, tail = digits.removeprefix("-").partition(".")
    _, point = _SEPARATORS[lang]
    return sign + whole(int(head), lang) + (point + tail if tail else "")


def plain_decimals(number: Fraction, places: int) -> str:
    """A fraction to so many decimals for machines; halves are rounded away from zero.

    >>> plain_decimals(Fraction(1, 3), 12)
    '0.333333333333'
    >>> plain_decimals(Fraction(-1, 8), 2)
    '-0.13'
    """
    above, below = abs(number.numerator), number.denominator
    scaled = (above * 10**places * 2 + below) // (2 * below)
    digits = str(scaled).rjust(places + 1, "0")
    sign = "-" if number.numerator < 0 and scaled else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def exact(number: Fraction, lang: str) -> str:
    """A fraction in full: as decimals where these end within six places, else as a quotient.

    >>> exact(Fraction("-0.2156"), "nl"), exact(Fraction(49000, 3), "en")
    ('−0,2156', '49,000/3')
    """
    if number.denominator == 1:
        return whole(number.numerator, lang)
    for places in range(1, 7):
        if (number * 10**places).denominator == 1:
            return decimals(number, places, lang)
    return f"{whole(number.numerator, lang)}/{whole(number.denominator, lang)}"


def day(moment: date, lang: str) -> str:
    """A date in words.

    >>> day(date(2022, 1, 1), "nl")
    '1 januari 2022'
    """
    return f"{moment.day} {month_name(moment.month, lang)} {moment.year}"


def month_name(month: int, lang: str) -> str:
    """A month of the year in words.

    >>> month_name(3, "nl")
    'maart'
    """
    return _MONTHS[lang].split()[month - 1]


#: Decimals of a quotient that is not written in full; as in the csv.
PLACES = 12
#: A quotient of two numbers is written in full up to so many characters.
READABLE = 24


def digits(number: Fraction, lang: str) -> str:
    """A fraction in full where that can be read, else to its decimals.

    >>> digits(Fraction(49000, 3), "en"), digits(Fraction(10**20 + 1, 10**20 - 1), "en")
    ('49,000/3', '1.000000000000')
    """
    written = exact(number, lang)
    return written if len(written) <= READABLE else decimals(number, PLACES, lang)


def in_one(number: Fraction, lang: str) -> str:
    """A fraction as `digits` has it, kept together where it is a quotient.

    >>> in_one(Fraction(49000, 3), "en"), in_one(Fraction(5), "en")
    ('(49,000/3)', '5')
    """
    written = digits(number, lang)
    return f"({written})" if "/" in written else written


def equals(number: Fraction, lang: str) -> str:
    """What a number equals, or what it is to some decimals.

    >>> equals(Fraction(1, 4), "nl"), equals(Fraction(1, 3), "en")
    ('= 0,25', '= 1/3 ≈ 0.333333333333')
    """
    written = exact(number, lang)
    if "/" not in written:
        return f"= {written}"
    in_full = f"= {written} " if len(written) <= READABLE else ""
    return f"{in_full}≈ {decimals(number, PLACES, lang)}"


def quotient(number: Fraction, lang: str) -> str:
    """A quotient in full however long it is, with its decimals.

    >>> quotient(Fraction(65188675, 1099417), "en")
    '= 65,188,675/1,099,417 ≈ 59.293857562690'
    """
    written = exact(number, lang)
    return f"= {written}" + (f" ≈ {decimals(number, PLACES, lang)}" if "/" in written else "")


def machine_decimals(number: Fraction) -> str:
    """A number for machines, with as many decimals as it has, or else twelve.

    >>> machine_decimals(Fraction(-1, 8)), machine_decimals(Fraction(2, 3))
    ('-0.125', '0.666666666667')
    """
    for places in range(PLACES):
        if 10**places % number.denominator == 0:
            return plain_decimals(number, places)
    return plain_decimals(number, PLACES)
