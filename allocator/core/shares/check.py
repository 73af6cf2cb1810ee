"""The proof checked by someone who does not solve: sums, signs and comparisons, all exact.

Read the levels in order. A level adds its signed limits; every solution keeps that sum. Cells
that were settled before have their value. Each other cell of the sum stands as far as it may
within the level's deviation, and the sum is just met: so no solution does better, and none does
as well with other values for these cells.
"""

from fractions import Fraction

from allocator.core.shares.problem import (
    Cell,
    Level,
    Problem,
    Shares,
    Stage,
    added,
    meeting_totals,
    shortfall_weights,
)

Piece = Cell | frozenset[str]
"""A cell, or a shortfall by the names of the totals that miss it."""
STAGES: tuple[Stage, ...] = ("zero quota", "least shortfall", "shortfall", "deviation")


class _Proof:
    """What is known so far: values that every best solution has, and sums that are tight."""

    def __init__(self, problem: Problem, result: Shares) -> None:
        meets = meeting_totals(problem)
        self.problem = problem
        self.value: dict[Piece, Fraction] = dict.fromkeys(meets.values(), Fraction(0))
        self.value |= {frozenset(each.totals): each.number for each in result.shortfalls}
        for cell, share in result.shares.items():
            self.value[cell] = share
        self.weight = shortfall_weights(problem)
        self.members: dict[str, set[Piece]] = {e.name: set(e.cells) for e in problem.limits}
        for total in problem.totals:
            missing = {names for names in meets.values() if total.name in names}
            self.members[total.name] = set(total.cells) | missing
        self.totals = {total.name for total in problem.totals}
        self.settled: set[Piece] = set()
        self.tight: set[str] = set()

    def sum_of(self, name: str) -> Fraction:
        return added(self.value[piece] for piece in self.members[name])


def check_shares(problem: Problem, result: Shares) -> list[str]:
    """Everything that is wrong with a result; an empty list is the proof that it is right."""
    if list(result.shares) != list(problem.quotas):
        return ["the cells of the shares are not the cells of the quotas"]
    proof = _Proof(problem, result)
    faults = _infeasible(proof)
    levels = list(result.levels)
    for stage in STAGES:
        compared = _compared(proof, stage)
        size: Fraction | None = None
        while levels and levels[0].stage == stage:
            level = levels.pop(0)
            if size is not None and level.size > size:
                faults.append(f"{stage}: the level {level.size} comes after {size}")
            size = level.size
            faults += _wrong_level(proof, level, compared)
        for piece, (centre, _) in compared.items():
            if piece not in proof.settled and proof.value[piece] != centre:
                faults.append(f"{stage}: no level settles {piece}")
            proof.settled.add(piece)
    missing = sum((each.number for each in result.shortfalls), Fraction(0))
    if bool(missing) != any(level.stage == "least shortfall" for level in result.levels):
        faults.append(f"least shortfall: no level says why {missing} is missing")
    return faults + [f"the level of stage {level.stage} is out of order" for level in levels]


def _infeasible(proof: _Proof) -> list[str]:
    faults = [f"{piece} is below 0" for piece, x in proof.value.items() if x < 0]
    for limit in proof.problem.limits:
        x = proof.sum_of(limit.name)
        if limit.low is not None and x < limit.low:
            faults.append(f"{limit.name}: {x} is below {limit.low}")
        if limit.high is not None and x > limit.high:
            faults.append(f"{limit.name}: {x} is above {limit.high}")
    for total in proof.problem.totals:
        if proof.sum_of(total.name) != total.number:
            faults.append(f"{total.name}: {proof.sum_of(total.name)} is not {total.number}")
    return faults


def _compared(proof: _Proof, stage: Stage) -> dict[Piece, tuple[Fraction, Fraction]]:
    """Centre and weight of each piece that a stage compares."""
    quotas = proof.problem.quotas
    zero = Fraction(0)
    if stage == "zero quota":
        return {cell: (zero, Fraction(1)) for cell, q in quotas.items() if not q}
    if stage == "deviation":
        return {cell: (q, q) for cell, q in quotas.items() if q}
    if stage == "shortfall":
        return {piece: (zero, weight) for piece, weight in proof.weight.items()}
    return {}


def _wrong_level(
    proof: _Proof, level: Level, compared: dict[Piece, tuple[Fraction, Fraction]]
) -> list[str]:
    """Check one level and take over what it settles."""
    faults = _wrong_signs(proof, level)
    signs: dict[Piece, int] = {}
    for signed in level.binding:
        for piece in proof.members[signed.name]:
            signs[piece] = signs.get(piece, 0) + signed.sign
    most = sum((signed.sign * signed.number for signed in level.binding), Fraction(0))
    if added(sign * proof.value[piece] for piece, sign in signs.items() if sign) != most:
        faults.append(f"{level.stage} {level.size}: the signed sum is not met")
    before = set(proof.settled)
    if level.stage == "least shortfall":
        faults += _wrong_least_shortfall(proof, level, signs)
    else:
        faults += _wrong_bounds(proof, level, signs, compared)
    if set(level.cells) != (proof.settled - before) & proof.problem.quotas.keys():
        faults.append(f"{level.stage} {level.size}: settles other cells than it says")
    proof.tight |= {signed.name for signed in level.binding}
    return faults


def _wrong_bounds(
    proof: _Proof,
    level: Level,
    signs: dict[Piece, int],
    compared: dict[Piece, tuple[Fraction, Fraction]],
) -> list[str]:
    """Every piece of the sum that is not settled must stand as far as the level lets it."""
    faults = []
    sizes = []
    for piece, sign in signs.items():
        if piece in proof.settled or not sign:
            continue
        centre, weight = compared.get(piece, (Fraction(0), Fraction(0)))
        if sign < 0 and piece not in compared:
            faults.append(f"{level.stage} {level.size}: nothing holds {piece} down")
        reach = weight * level.size
        bound = max(Fraction(0), centre - reach) if sign > 0 else centre + reach
        if proof.value[piece] != bound:
            faults.append(f"{level.stage} {level.size}: {piece} is not at {bound}")
        proof.settled.add(piece)
        if weight:
            sizes.append(abs(proof.value[piece] - centre) / weight)
    if sizes and max(sizes) != level.size:
        faults.append(f"{level.stage} {level.size}: the deviation is {max(sizes)}")
    return faults


def _wrong_signs(proof: _Proof, level: Level) -> list[str]:
    """Each side must be the limit's own, or that of a sum which is tight already."""
    own: dict[tuple[str, int], Fraction] = {}
    for limit in proof.problem.limits:
        if limit.low is not None:
            own[limit.name, -1] = Fraction(limit.low)
        if limit.high is not None:
            own[limit.name, 1] = Fraction(limit.high)
    for total in proof.problem.totals:
        own[total.name, 1] = own[total.name, -1] = Fraction(total.number)
    return [
        f"{level.stage} {level.size}: {signed.name} has no such bound {signed.number}"
        for signed in level.binding
        if own.get((signed.name, signed.sign)) != signed.number
        and not (signed.name in proof.tight and proof.sum_of(signed.name) == signed.number)
    ]


def _wrong_least_shortfall(proof: _Proof, level: Level, signs: dict[Piece, int]) -> list[str]:
    """Each cell counts at least once in the sum, so no more than the sum can be placed."""
    faults = []
    for signed in level.binding:
        if signed.name in proof.totals and signed.sign < 0:
            faults.append(f"least shortfall: {signed.name} may be missed, it cannot be a floor")
    missing = Fraction(0)
    for piece, x in proof.value.items():
        if piece not in proof.problem.quotas:
            missing += x
            if signs.get(piece, 0):
                proof.settled.add(piece)
                if x:
                    faults.append(f"least shortfall: {piece} could be less")
        elif piece not in proof.settled and signs.get(piece, 0) != 1:
            if signs.get(piece, 0) < 1 or x:
                faults.append(f"least shortfall: more could be placed in {piece}")
            proof.settled.add(piece)
    if missing != level.size:
        faults.append(f"least shortfall: {missing} is missing, not {level.size}")
    return faults
