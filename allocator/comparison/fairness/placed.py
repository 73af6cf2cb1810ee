"""The areas that are measured: what each of them has, and how many live there.

An area without inhabitants has nothing per inhabitant, whatever its number: it stays out of every
measure, with its number, and is named. An area of which only one of the two is known is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from allocator.core.exact import added


@dataclass(frozen=True)
class Placed:
    """The areas that are measured, in the order of their codes."""

    numbers: Mapping[str, int]  # what each area has, 0 or more
    inhabitants: Mapping[str, Fraction]  # how many live in each, above 0
    left_out: tuple[str, ...]  # the areas without inhabitants, which are in neither of the two

    @cached_property
    def total(self) -> int:
        """What the areas have together."""
        return sum(self.numbers.values())

    @cached_property
    def everyone(self) -> Fraction:
        """How many live in the areas together."""
        return added(self.inhabitants.values())

    @cached_property
    def per_thousand(self) -> Mapping[str, Fraction]:
        """What each area has per 1,000 inhabitants: `1000 × number / inhabitants`.

        >>> placed({"a": 10, "b": 30}, {"a": Fraction(20_000), "b": Fraction(30_000)}).per_thousand
        {'a': Fraction(1, 2), 'b': Fraction(1, 1)}
        """
        return {code: 1000 * n / self.inhabitants[code] for code, n in self.numbers.items()}

    @cached_property
    def by_inhabitants(self) -> Mapping[str, Fraction]:
        """Each area's share of the total by inhabitants: `total × inhabitants / everyone`.

        40 over 20,000 and 30,000 inhabitants is 16 and 24:

        >>> areas = placed({"a": 10, "b": 30}, {"a": Fraction(20_000), "b": Fraction(30_000)})
        >>> areas.by_inhabitants
        {'a': Fraction(16, 1), 'b': Fraction(24, 1)}
        """
        if not self.numbers:
            return {}
        each = self.total / self.everyone
        return {code: each * persons for code, persons in self.inhabitants.items()}


def placed(numbers: Mapping[str, int], inhabitants: Mapping[str, Fraction]) -> Placed:
    """The areas with inhabitants, by code; those without are left out and named.

    >>> placed({"sea": 0, "b": 30}, {"sea": Fraction(0), "b": Fraction(30_000)})
    Placed(numbers={'b': 30}, inhabitants={'b': Fraction(30000, 1)}, left_out=('sea',))
    """
    only_in_one = sorted(numbers.keys() ^ inhabitants.keys())
    if only_in_one:
        raise ValueError(f"both a number and inhabitants are needed for {', '.join(only_in_one)}")
    below = sorted(code for code in numbers if numbers[code] < 0 or inhabitants[code] < 0)
    if below:
        raise ValueError(f"a number or the inhabitants are below 0 for {', '.join(below)}")
    lived_in = sorted(code for code in numbers if inhabitants[code])
    return Placed(
        {code: numbers[code] for code in lived_in},
        {code: inhabitants[code] for code in lived_in},
        tuple(sorted(numbers.keys() - set(lived_in))),
    )
