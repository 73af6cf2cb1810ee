"""Fair shares under limits: exact, with a proof, or with the conflict named.

`fair_shares` computes, `check_shares` proves without solving, `conflicts` says what collides.
"""

from allocator.core.shares.check import check_shares
from allocator.core.shares.conflict import Conflict, Side, conflicts, conflicts_in_full
from allocator.core.shares.problem import (
    Cell,
    Level,
    Limit,
    Problem,
    Shares,
    Shortfall,
    Signed,
    Total,
)
from allocator.core.shares.solve import LimitsCollide, fair_shares

__all__ = [
    "Cell",
    "Conflict",
    "Level",
    "Limit",
    "LimitsCollide",
    "Problem",
    "Shares",
    "Shortfall",
    "Side",
    "Signed",
    "Total",
    "check_shares",
    "conflicts",
    "conflicts_in_full",
    "fair_shares",
]
