"""Which weights of given keys bring a table nearest, or share most fairly: exact, with a proof.

`find` answers, `proven_least` checks its proof without searching, `rounded` makes weights that
people can say. Nothing here knows where the shares and the table come from.
"""

from allocator.comparison.find.decimals import Rounded, rounded
from allocator.comparison.find.question import Bounds, Measure, Question, Row, fair_rows
from allocator.comparison.find.search import Found, Proof, find, measured, proven_least

__all__ = [
    "Bounds",
    "Found",
    "Measure",
    "Proof",
    "Question",
    "Rounded",
    "Row",
    "fair_rows",
    "find",
    "measured",
    "proven_least",
    "rounded",
]
