"""The leximax point by cuts: the exact method that decides.

Within deviation t each compared cell lies between q(1 - t) and q(1 + t), never below 0. If
places cannot flow within these bounds, the cut that is stuck says how large t must be at
least; the next t is where that cut is just met (Newton, from below, a few steps). At the
smallest t the cut is tight: everything that crosses it is settled, and what lies on its two
sides no longer touches, so each side goes on by itself. Most levels are a single sum: these are
guessed many at a time, and one flow proves the guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from allocator.core.shares.flow import Bounds, stuck
from allocator.core.shares.levels import (
    ZERO,
    Compared,
    Signs,
    bounds,
    crossing,
    next_size,
    settle_cut,
    settle_fixed,
)
from allocator.core.shares.network import Network
from allocator.core.shares.problem import Level, Stage


def settle_by_cuts(
    net: Network, settled: dict[int, Fraction], compared: dict[int, Compared], stage: Stage
) -> list[Level]:
    """Settle all compared arcs at the leximax point; adds to `settled`, returns the levels."""
    settle_fixed(net, settled)
    levels: list[Level] = []
    todo = _pieces(net, settled, range(net.size))
    while todo:
        piece = _Piece(net, settled, compared, todo.pop())
        cuts = piece.cuts()
        if cuts is None:
            settled.update(piece.centres())
            continue
        levels += [settle_cut(net, settled, compared, stage, *cut) for cut in cuts]
        todo += _pieces(net, settled, piece.vertices)
    return sorted(levels, key=lambda level: -level.size)


@dataclass(frozen=True)
class _Piece:
    """Vertices that arcs not yet settled connect, and that no such arc leaves."""

    net: Network
    settled: dict[int, Fraction]
    compared: dict[int, Compared]
    vertices: list[int]

    def centres(self) -> dict[int, Fraction]:
        """Every compared arc that is not settled, where it would like to be."""
        free = self._free(self.settled)
        return {i: self.compared[i].centre for i in free if i in self.compared}

    def cuts(self) -> list[tuple[Fraction, Signs]] | None:
        """The next levels; None when nothing compared need deviate."""
        if not self.centres():
            return None
        guessed = self._single_sums()
        proven = self._proven(guessed)
        if proven:
            return guessed[:proven]
        return self._newton(guessed[0][0] if guessed else ZERO)

    def _newton(self, size: Fraction) -> list[tuple[Fraction, Signs]] | None:
        """The largest level, from a deviation that is not too large."""
        surplus = self._surplus(self.settled)
        signs: Signs = {}
        while inside := stuck(self._room(self.settled, size), surplus):
            signs = crossing(self.net, inside)
            size = next_size(self.net, self.settled, self.compared, signs, size)
        return [(size, signs)] if signs else None

    def _single_sums(self) -> list[tuple[Fraction, Signs]]:
        """The deviation that each sum asks for by itself, largest first, without overlap.

        Each is a lower bound, because its sum is a cut; so it may be guessed to be a level.
        """
        found: list[tuple[Fraction, int, int, list[int]]] = []
        for i, content in self._contents().items():
            free = [j for j in content if j not in self.settled]
            if not free or any(j not in self.compared for j in free):
                continue
            weight = sum((self.compared[j].weight for j in free), ZERO)
            wish = sum((self.compared[j].centre for j in free), ZERO)
            wish += sum((self.settled[j] for j in content if j in self.settled), ZERO)
            low, high = self._bounds_of_sum(i)
            if high is not None and wish > high:
                found.append(((high - wish) / weight, i, 1, content))
            if low is not None and wish < low:
                found.append(((wish - low) / weight, i, -1, content))
        used: set[int] = set()
        cuts = []
        for size, i, sign, content in sorted(found):
            if used.isdisjoint(content):
                used.update(content)
                cuts.append((-size, {i: sign} | dict.fromkeys(content, -sign)))
        return cuts

    def _contents(self) -> dict[int, list[int]]:
        """What each sum adds: cells, and smaller sums that are settled, in place of their cells."""
        arcs = self.net.arcs
        here = set(self.vertices)
        contents: dict[int, list[int]] = {}
        for i in dict.fromkeys(i for v in self.vertices for i in self.net.touching[v]):
            if arcs[i].name and i not in self.settled:
                continue
            for v in {arcs[i].tail, arcs[i].head} & here:
                up = v - 1
                while up >= 0 and up != i and arcs[up].name:
                    contents.setdefault(up, []).append(i)
                    if up in self.settled:
                        break
                    v = arcs[up].tail + arcs[up].head - v
                    up = v - 1
        return contents

    def _bounds_of_sum(self, i: int) -> tuple[Fraction | None, Fraction | None]:
        if i in self.settled:
            return self.settled[i], self.settled[i]
        return self.net.arcs[i].low, self.net.arcs[i].high

    def _proven(self, cuts: list[tuple[Fraction, Signs]]) -> int:
        """How many of the guessed cuts, from the largest on, are levels.

        They are if, with their cells settled, the others find room within the last one's
        deviation.
        """
        least, most, step = 0, len(cuts), 1
        while least < most:
            count = min(least + step, most)
            if self._is_proven(cuts[:count]):
                least, step = count, step * 2
            else:
                most, step = count - 1, max(1, (count - 1 - least + 1) // 2)
        return least

    def _is_proven(self, cuts: list[tuple[Fraction, Signs]]) -> bool:
        known = dict(self.settled)
        for size, signs in cuts:
            settle_cut(self.net, known, self.compared, "deviation", size, signs)
        return not stuck(self._room(known, cuts[-1][0]), self._surplus(known))

    def _free(self, settled: dict[int, Fraction]) -> list[int]:
        """The arcs that are not settled."""
        near = dict.fromkeys(i for v in self.vertices for i in self.net.touching[v])
        return [i for i in near if i not in settled]

    def _room(self, settled: dict[int, Fraction], size: Fraction) -> list[Bounds]:
        """Between what the arcs that are not settled may vary within a deviation."""
        arcs, compared = self.net.arcs, self.compared
        return [
            (arcs[i].tail, arcs[i].head, *bounds(arcs[i], compared.get(i), size))
            for i in self._free(settled)
        ]

    def _surplus(self, settled: dict[int, Fraction]) -> dict[int, Fraction]:
        """What settled arcs bring to each vertex, less what they take away."""
        surplus = dict.fromkeys(self.vertices, ZERO)
        for v in self.vertices:
            for i in self.net.touching[v]:
                flow = settled.get(i)
                if flow and self.net.arcs[i].tail != self.net.arcs[i].head:
                    surplus[v] += flow if self.net.arcs[i].head == v else -flow
        return surplus


def _pieces(net: Network, settled: dict[int, Fraction], vertices: Iterable[int]) -> list[list[int]]:
    """The vertices sorted into pieces that arcs not yet settled connect."""
    piece_of: dict[int, list[int]] = {}
    for start in vertices:
        if start in piece_of:
            continue
        piece = piece_of[start] = [start]
        for v in piece:
            for i in net.touching[v]:
                if i in settled:
                    continue
                for w in (net.arcs[i].tail, net.arcs[i].head):
                    if w not in piece_of:
                        piece_of[w] = piece
                        piece.append(w)
    return list({id(piece): piece for piece in piece_of.values()}.values())
