"""The frustration index of a network with more states than all splits of can be looked at.

One unknown f a tie, 1 if it is out of place, and one x a state, its camp. Around every closed walk an even number of
ties is out of place where the signs multiply to +1, an odd number where they multiply to -1. So if some ties of a walk
are counted as out of place and their number has the wrong parity,

    sum over the ties counted as out of place of (1 - f) + sum over the others of f >= 1.

Without these cuts the relaxed programme says nothing. Those of triangles are added as they are violated, those of
longer walks where triangles do not help; the walk that violates most is a shortest path (Barahona and Mahjoub 1986).
Where the bound meets a split that searches have found, that split is proved; else the programme is solved in integers.

Aref, Mason and Wilson (2020), A modeling and computational study of the frustration index in signed networks,
*Networks* 75(1), 95-110. Barahona and Mahjoub (1986), On the cut polytope, *Mathematical Programming* 36, 157-173.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

import numpy as np

from game.analysis.descents import SEARCH_STEPS, SEARCHES, best_found, random_sides
from game.errors import InvalidArgument
from game.kernel.declare import Booleans, Floats, Integers

ROUNDS = 200
"""How often violated cuts are added."""

AT_ONCE = 4000
"""How many cuts are added in a round, the most violated first."""

FEW = 100
"""Below how many violated triangles longer walks are looked at as well."""

WORTH = 0.01
"""What share of the gap `PATIENCE` rounds have to close for cuts to go on being added."""

PATIENCE = 6

SLACK = 1e-6

Cut = tuple[int, ...]
"""The ties of a closed walk, numbered from 1 and in order, those counted as out of place below 0."""


def fewest_out_of_place(signs: Floats, seconds: float) -> tuple[Booleans, int]:
    """A split [N] with few ties out of place, and a number of them that no split is below; they are equal where proved.

    `signs` is [N, N], symmetric, of -1, 0 and 1. Raises InvalidArgument without scipy.
    """
    try:
        import scipy.optimize
    except ImportError:
        raise InvalidArgument(
            f"to count the ties out of place among {len(signs)} states exactly takes scipy; "
            "pip install 'realpolitik[data]'"
        ) from None
    del scipy
    until = monotonic() + seconds
    network = Network(signs)
    sides = best_found(signs * 2.0, random_sides(len(signs), SEARCHES), SEARCH_STEPS * len(signs))
    wrong = [network.out_of_place(each) for each in sides]
    best, side = min(wrong), sides[int(np.argmin(wrong))]
    cuts, bound = network.relaxed(best, until)
    if bound < best and monotonic() < until:
        side, best, bound = network.solved(cuts, side, best, bound, until - monotonic())
    return side * side[0] > 0.0, bound


class Network:
    """The ties of a network: `first` and `second` [M] the states of each, `sign` [M]; and its triangles.

    `corners` [K, 3] numbers the ties of each triangle, `odd` [K] is whether their signs multiply to -1.
    """

    def __init__(self, signs: Floats) -> None:
        self.states = len(signs)
        self.first, self.second = np.nonzero(np.triu(signs, 1))
        self.sign = signs[self.first, self.second]
        self.number = np.full((self.states, self.states), -1)
        self.number[self.first, self.second] = np.arange(len(self.first))
        self.corners = self._triangles()
        self.odd = self.sign[self.corners].prod(axis=1) < 0.0
        self.number = np.maximum(self.number, self.number.T)

    def _triangles(self) -> Integers:
        tied, found = self.number >= 0, [np.zeros((0, 3), dtype=np.int64)]
        for i in range(self.states):
            # Both of the others come after the first, in order.
            j, k = np.nonzero(tied & tied[i] & tied[i][:, None])
            found.append(np.stack([self.number[i, j], self.number[i, k], self.number[j, k]], axis=1))
        return np.concatenate(found)

    def out_of_place(self, side: Floats) -> int:
        """How many ties a split is at odds with, its sides being +1 or -1 [N]."""
        return int(np.count_nonzero(self.sign * side[self.first] * side[self.second] < 0.0))

    # ---- cuts

    def disjoint(self) -> list[Cut]:
        """The cuts of triangles that are out of balance and share no tie: each of them holds a tie out of place."""
        taken = [False] * len(self.sign)
        cuts = []
        for one, two, three in self.corners[self.odd].tolist():
            if not (taken[one] or taken[two] or taken[three]):
                taken[one] = taken[two] = taken[three] = True
                cuts.append(tuple(sorted((one + 1, two + 1, three + 1))))
        return cuts

    def violated(self, f: Floats, known: set[Cut]) -> list[Cut]:
        """Cuts that f [M] violates and that are not known yet: of triangles and, where those are few, of walks."""
        fresh = [cut for cut in self._triangle_cuts(f) if cut not in known]
        if len(fresh) < FEW:
            fresh += [cut for cut in self._walk_cuts(f) if cut not in known]
        return list(dict.fromkeys(fresh))

    def _triangle_cuts(self, f: Floats) -> Iterator[Cut]:
        """The cuts of triangles that f violates, the worst first."""
        around = f[self.corners]
        total = around.sum(axis=1)[:, None]
        # Form 3 takes all three ties alike, forms 0 to 2 set one apart from the other two.
        apart = np.where(self.odd[:, None], total - 2.0 * around - 1.0, 2.0 * around - total)
        alike = np.where(self.odd[:, None], 1.0 - total, total - 2.0)
        excess = np.concatenate([apart, alike], axis=1)
        over = np.argwhere(excess > SLACK)
        worst = over[np.argsort(-excess[tuple(over.T)], kind="stable")[:AT_ONCE]]
        single = worst[:, 1:] == np.arange(3)
        odd, form = self.odd[worst[:, 0]][:, None], worst[:, 1:]
        sign = np.where(form == 3, np.where(odd, 1, -1), np.where(odd == single, 1, -1))
        cuts = np.sort((self.corners[worst[:, 0]] + 1) * sign, axis=1)
        return map(tuple, cuts.tolist())

    def _walk_cuts(self, f: Floats) -> Iterator[Cut]:
        """The cuts of closed walks that f violates: a shortest one through each state.

        Every state is there twice; a tie leads to the side that its sign says at the price f, to the other at 1 - f.
        A closed walk of wrong parity leads from a state to its double.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        n, i, j = self.states, self.first, self.second
        price = np.clip(f, 0.0, 1.0) + 1e-9
        other = np.clip(1.0 - f, 0.0, 1.0) + 1e-9
        turn = np.where(self.sign > 0.0, 0, n)
        start = np.concatenate([i, i + n, i, i + n])
        goal = np.concatenate([j + turn, j + n - turn, j + n - turn, j + turn])
        cost = np.concatenate([price, price, other, other])
        graph = csr_array((cost, (start, goal)), shape=(2 * n, 2 * n))
        length, before = dijkstra(graph, directed=False, indices=np.arange(n), return_predecessors=True, limit=1.0)
        close = length[np.arange(n), np.arange(n) + n]
        for state in np.argsort(close, kind="stable").tolist():
            if close[state] < 1.0 - SLACK:
                yield self._walk(before[state], state)

    def _walk(self, before: Integers, state: int) -> Cut:
        """The cut of the walk from the double of a state back to it."""
        n, here, cut = self.states, state + self.states, []
        while here != state:
            back = int(before[here])
            tie = int(self.number[here % n, back % n])
            as_signed = (here < n) == (back < n) if self.sign[tie] > 0.0 else (here < n) != (back < n)
            cut.append(tie + 1 if as_signed else -(tie + 1))
            here = back
        return tuple(sorted(cut))

    def rows(self, cuts: Sequence[Cut], offset: int = 0) -> tuple[Any, Floats]:
        """The cuts as rows of `A f <= b`, the ties' columns beginning at `offset`."""
        from scipy.sparse import csr_array

        ties = np.array([tie for cut in cuts for tie in cut], dtype=np.int64)
        row = np.repeat(np.arange(len(cuts)), [len(cut) for cut in cuts])
        shape = (len(cuts), offset + len(self.sign))
        matrix = csr_array((-np.sign(ties).astype(np.float64), (row, np.abs(ties) - 1 + offset)), shape=shape)
        return matrix, np.asarray(np.bincount(row[ties < 0], minlength=len(cuts)) - 1.0, dtype=np.float64)

    # ---- programmes

    def relaxed(self, best: int, until: float) -> tuple[list[Cut], int]:
        """The cuts that bind, and how many ties at least are out of place: `best` where that is proved."""
        from scipy.optimize import linprog

        cuts = self.disjoint() or list(self._walk_cuts(np.zeros(len(self.sign))))
        bound, values = 0, [0.0]
        for _ in range(ROUNDS):
            left = until - monotonic()
            stuck = len(values) > PATIENCE and values[-1] - values[-PATIENCE] < WORTH * (best - values[-1])
            if bound >= best or not cuts or left <= 0.0 or stuck:
                break
            rows, limit = self.rows(cuts)
            found = linprog(
                np.ones(len(self.sign)), A_ub=rows, b_ub=limit, bounds=(0.0, 1.0), method="highs",
                options={"time_limit": left},
            )  # fmt: skip
            if found.status != 0:
                break
            values.append(found.fun)
            bound = max(bound, int(np.ceil(found.fun - SLACK)))
            binding = [cut for cut, slack in zip(cuts, found.slack.tolist(), strict=True) if slack < SLACK]
            fresh = self.violated(found.x, set(binding))
            if not fresh:
                break
            cuts = binding + fresh
        return cuts, min(bound, best)

    def solved(
        self, cuts: Sequence[Cut], side: Floats, best: int, bound: int, seconds: float
    ) -> tuple[Floats, int, int]:
        """The best split, how many ties it has out of place, and the bound, after the programme in integers."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        states, ties = self.states, len(self.sign)
        high = np.ones(states + ties)
        # The mirror image of a split is the same split: the state with most ties is held on one side.
        high[np.argmax(np.bincount(np.concatenate([self.first, self.second]), minlength=states))] = 0.0
        found = milp(
            np.concatenate([np.zeros(states), np.ones(ties)]),
            integrality=np.concatenate([np.ones(states), np.zeros(ties)]),
            bounds=Bounds(np.zeros(states + ties), high),
            constraints=LinearConstraint(*self._programme(cuts, best)),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if found.x is not None:
            proposed = np.where(found.x[:states] > 0.5, 1.0, -1.0)
            if self.out_of_place(proposed) <= best:
                side, best = proposed, self.out_of_place(proposed)
        if found.status == 0:
            return side, best, best
        proved = found.mip_dual_bound
        return side, best, min(best, max(bound, int(np.ceil(proved - SLACK)) if proved is not None else 0))

    def _programme(self, cuts: Sequence[Cut], best: int) -> tuple[Any, float, Floats]:
        """The rows of the programme in integers, over x [N] and f [M], with their lower and upper limits."""
        from scipy.sparse import csr_array, vstack

        states, ties = self.states, len(self.sign)
        row, friendly = np.arange(ties), self.sign > 0.0
        shape = (ties, states + ties)
        f = csr_array((np.ones(ties), (row, row + states)), shape=shape)
        one = csr_array((np.ones(ties), (row, self.first)), shape=shape)
        other = csr_array((np.where(friendly, -1.0, 1.0), (row, self.second)), shape=shape)
        walks, limit = self.rows(cuts, states)
        total = csr_array(np.concatenate([np.zeros(states), np.ones(ties)])[None])
        # f >= x[i] - x[j] and its mirror image for friends, f >= x[i] + x[j] - 1 and 1 - x[i] - x[j] for enemies.
        least = np.where(friendly, 0.0, 1.0)
        rows = vstack([one + other - f, -(one + other) - f, walks, total], format="csr")
        return rows, -np.inf, np.concatenate([least, -least, limit, [best]])
