"""Reads a key: a short text such as `(ses_woa + 1) * population / national(population)`.

The grammar is a sum of products of signed terms; a term is a number, an indicator, a function or a
formula in parentheses.
Whatever does not fit it is an error that points at the character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from allocator.key.formula import FUNCTIONS, Call, Formula, Name, Negative, Number, Operation
from allocator.model.problem import InputError, Place, Problem
from allocator.words.text import Text, text
from allocator.words.visible import pointed

LONGEST = 2_000  # characters
DEEPEST = 50  # parentheses within parentheses
MOST_PARTS = 400  # numbers, names and signs

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?![\w.]))|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/(),]))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, name, sign or end
    written: str
    at: int


def read_key(written: str, place: Place | None = None) -> Formula:
    """The formula in a text.

    >>> read_key("2 * population")
    Operation(sign='*', left=Number(written='2', at=0), right=Name(name='population', at=4), at=2)
    """
    return _Reader(written, place or Place("")).formula()


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, written: str, place: Place) -> None:
        self.written, self.place = written, place
        self.tokens = self._tokens()
        self.next = 0
        self.depth = 0

    def formula(self) -> Formula:
        found = self._sum()
        if self._now.kind != "end":
            raise self._stray()
        return found

    def _tokens(self) -> list[_Token]:
        if len(self.written) > LONGEST:
            raise self._error(
                0,
                text("The key is longer than {most} characters.", most=LONGEST),
                text("Shorten it."),
            )
        tokens, at, end = [], 0, len(self.written.rstrip())
        while at < end:
            match = _TOKEN.match(self.written, at)
            if not match:
                raise self._unreadable(
                    at + len(self.written[at:]) - len(self.written[at:].lstrip())
                )
            kind = match.lastgroup or ""
            tokens.append(_Token(kind, match[kind], match.start(kind)))
            at = match.end()
        if len(tokens) > MOST_PARTS:
            raise self._error(
                tokens[MOST_PARTS].at,
                text("The key has more than {most} parts.", most=MOST_PARTS),
                text("Shorten it."),
            )
        return [*tokens, _Token("end", "", end)]

    @property
    def _now(self) -> _Token:
        return self.tokens[self.next]

    def _take(self) -> _Token:
        token = self._now
        self.next += 1
        return token

    def _sees(self, signs: str) -> bool:
        return self._now.kind == "sign" and self._now.written in signs

    def _sum(self) -> Formula:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error(
                self._now.at,
                text("The key is nested more than {most} deep.", most=DEEPEST),
                text("Write it with fewer parentheses."),
            )
        found = self._product()
        while self._sees("+-"):
            sign = self._take()
            found = Operation(sign.written, found, self._product(), sign.at)
        self.depth -= 1
        return found

    def _product(self) -> Formula:
        found = self._signed()
        while self._sees("*/"):
            sign = self._take()
            found = Operation(sign.written, found, self._signed(), sign.at)
        return found

    def _signed(self) -> Formula:
        if not self._sees("+-"):
            return self._term()
        sign = self._take()
        if self._sees("+-"):
            raise self._stray()
        of = self._term()
        return Negative(of, sign.at) if sign.written == "-" else of

    def _term(self) -> Formula:
        token = self._take()
        if token.kind == "number":
            return Number(token.written, token.at)
        if token.kind == "name":
            return self._call(token) if self._sees("(") else self._indicator(token)
        if token.written == "(":
            found = self._sum()
            self._close()
            return found
        self.next -= 1
        raise self._stray()

    def _indicator(self, token: _Token) -> Formula:
        if token.written in FUNCTIONS:
            raise self._error(
                token.at,
                text("{name} is a function and wants parentheses.", name=f"'{token.written}'"),
                text("Write {call}.", call=f"{token.written}(...)"),
            )
        return Name(token.written, token.at)

    def _call(self, token: _Token) -> Formula:
        wanted = FUNCTIONS.get(token.written)
        if wanted is None:
            near = get_close_matches(token.written, FUNCTIONS, 1)
            raise self._error(
                token.at,
                text("There is no function {name}.", name=f"'{token.written}'"),
                text("Did you mean {near}?", near=near[0])
                if near
                else text("The functions are {names}.", names=", ".join(FUNCTIONS)),
            )
        self._take()
        arguments = [self._sum()]
        while self._sees(","):
            self._take()
            arguments.append(self._sum())
        self._close()
        if len(arguments) != wanted:
            raise self._error(
                token.at,
                text(
                    "{name} takes {wanted} values, and {found} are given.",
                    name=f"'{token.written}'",
                    wanted=wanted,
                    found=len(arguments),
                ),
                text("Write {call}.", call=_CALLS[token.written]),
            )
        return Call(token.written, tuple(arguments), token.at)

    def _close(self) -> None:
        if not self._sees(")"):
            raise self._stray(missing=")")
        self._take()

    def _stray(self, missing: str = "") -> InputError:
        token = self._now
        if token.kind == "end":
            found = (
                text("The key is empty.")
                if not self.written.strip()
                else text("The key breaks off.")
            )
        else:
            found = text("{written} does not fit here.", written=f"'{token.written}'")
        if missing:
            mend = text("A {sign} is missing.", sign=f"'{missing}'")
        elif token.written == "," and self.next and self.tokens[self.next - 1].kind == "number":
            mend = text("Write a decimal point, not a comma.")
        elif token.kind in ("name", "number"):
            mend = text("An operation (+ - * /) is missing before it.")
        elif token.written == ")":
            mend = text("Something is missing before it, or it closes nothing.")
        else:
            mend = text("Expected a number, an indicator, a function or a parenthesis.")
        return self._error(token.at, found, mend)

    def _unreadable(self, at: int) -> InputError:
        rest = self.written[at:]
        found = text("{character} cannot be read here.", character=repr(rest[0]))
        if re.match(r"\d+\.?\d*[eE]", rest):
            return self._error(
                at, text("A number with an exponent is not read."), text("Write it in full.")
            )
        if re.match(r"\.?\d", rest):
            return self._error(
                at,
                text("{written} is not a number.", written=f"'{rest.split()[0][:20]}'"),
                text("Write numbers like 12 or 0.5, and indicators from a letter on."),
            )
        mends = {
            "%": text("Write a percentage as a division by 100."),
            "^": text("There are no powers; multiply instead."),
            "×": text("Write * to multiply."),
            "÷": text("Write / to divide."),
            ":": text("Write / to divide."),
            "−": text("Write - (a hyphen) to subtract."),
            "–": text("Write - (a hyphen) to subtract."),
        }
        return self._error(at, found, mends.get(rest[0], text("Only + - * / ( ) and names are.")))

    def _error(self, at: int, found: Text, mend: Text) -> InputError:
        return InputError(Problem(self.place, found, mend, pointed(self.written, at)))


_CALLS = {
    "share": "share(x)",
    "national": "national(x)",
    "inverse": "inverse(x)",
    "capped": "capped(x, lowest, highest)",
}
