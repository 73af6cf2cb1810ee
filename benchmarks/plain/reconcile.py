"""A peer of `reconcile`: one mixed-integer program at the given scale, as written in an hour.

In floats, without a proof over other scales and without running the rule on what it finds.
"""

from __future__ import annotations

import pulp

import allocator
from allocator.model.instance import Quantity

LIMIT = 120  # seconds
HALF = 0.5 - 1e-6


def main() -> None:
    instance = allocator.load("nl/reception-2024")
    assert instance.published is not None
    people = {code: float(n) for code, n in instance.indicators["population"].values.items()}
    scores = {code: float(s) for code, s in instance.indicators["ses_woa"].values.items()}
    bounds = instance.uncertain["ses_woa"]
    whole = sum((scores[code] + 1) * people[code] for code in people)
    program = pulp.LpProblem("plain", pulp.LpMinimize)
    largest = program.add_variable("largest", 0)
    share = {}
    for code, given in scores.items():
        score = program.add_variable(f"s_{code}", -1)
        if code not in bounds.free:
            room = float(bounds.tolerances[code]) * largest
            program += score - given <= room
            program += given - score <= room
        share[code] = (score + 1) * (people[code] / whole)
    program += pulp.lpSum(share.values()) == 1
    program.setObjective(largest)
    rounded = {}
    for stream, total in instance.totals.items():
        rows = [
            (instance.division.members[row.code], row.number)
            for row in instance.published.rows
            if row.stream == stream and row.quantity is Quantity.NUMBER and row.code != "NL"
        ]
        for leaves, number in rows:
            for code in leaves:
                if (code, stream) not in rounded:
                    each = program.add_variable(f"n_{code}_{stream}", 0, cat=pulp.LpInteger)
                    program += total.number * share[code] - each <= HALF
                    program += each - total.number * share[code] <= HALF
                    rounded[code, stream] = each
            program += pulp.lpSum(rounded[code, stream] for code in leaves) == number
    program.solve(pulp.HiGHS(msg=False, threads=1, timeLimit=LIMIT))
    print(pulp.LpSolution[program.sol_status], largest.value())


if __name__ == "__main__":
    main()
