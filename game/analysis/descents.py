"""Descents through splits of too many states to look at all, and a bound below every split.

Sides x are +1 or -1, weights W [N, N] what a pair adds to the energy if it is apart (symmetric, diagonal 0), so that

    E(x) = sum over pairs of W[i, j] (1 - x[i] x[j]) / 2,    after i switches E(x) + x[i] sum over j of W[i, j] x[j]
"""

from __future__ import annotations

import numpy as np

from game.kernel.declare import Floats

STARTS = 2000
"""From how many splits descents begin."""

SEARCHES, SEARCH_STEPS = 48, 10
"""How many searches go on where descents end, and how many steps each takes for a state."""

ROUNDS = 60
"""How many steps the search for a bound takes at most."""

CELLS = 1e9
"""How many cells of a table the search for a bound may go through, all its steps together, times the states."""


def random_sides(states: int, starts: int) -> Floats:
    """Sides [S, N] to begin from, the same for every call, the first state always on +1."""
    sides = np.where(np.random.default_rng(0).random((starts, states)) < 0.5, -1.0, 1.0)
    return sides * sides[:, :1]


def descend(weights: Floats, sides: Floats, equal: float = 0.0) -> Floats:
    """Where steepest descents from many sides [S, N] end: no switch lowers the energy by more than `equal`.

    The first state is on +1. Of equally steep switches the first is taken.

    >>> weights = np.array([[0.0, 2.0, -2.0], [2.0, 0.0, -2.0], [-2.0, -2.0, 0.0]])
    >>> descend(weights, np.array([[1.0, -1.0, 1.0]])).tolist()
    [[1.0, 1.0, -1.0]]
    """
    sides = sides.copy()
    pull = sides @ weights
    going = np.arange(len(sides))
    while going.size:
        change = sides[going] * pull[going]
        best = change.argmin(axis=1)
        down = change[np.arange(len(going)), best] < -max(equal, 0.0)
        going, best = going[down], best[down]
        sides[going, best] *= -1.0
        pull[going] += 2.0 * sides[going, best][:, None] * weights[best]
    return np.asarray(sides * sides[:, :1])


def best_found(weights: Floats, sides: Floats, steps: int) -> Floats:
    """The best sides [S, N] that searches from many sides come by: each switches what is best, be it up, in every step.

    A state that has just switched stays for a while, so that a search leaves a minimum by another way than it came.
    Glover (1989), Tabu search, part I, *ORSA Journal on Computing* 1(3), 190-206.

    >>> weights = np.array([[0.0, 2.0, -2.0], [2.0, 0.0, -2.0], [-2.0, -2.0, 0.0]])
    >>> best_found(weights, np.array([[1.0, -1.0, 1.0]]), 10).tolist()
    [[1.0, 1.0, -1.0]]
    """
    sides, states = sides.copy(), len(weights)
    rows = np.arange(len(sides))
    pull = sides @ weights
    level, lowest, best = np.zeros(len(sides)), np.zeros(len(sides)), sides.copy()
    # Searches of different patience escape from different minima.
    stay = 1 + (rows * 7) % max(1, states // 4) + states // 20
    until = np.zeros(sides.shape, dtype=np.int64)
    for step in range(steps):
        change = sides * pull
        allowed = (until <= step) | (level[:, None] + change < lowest[:, None] - 1e-12)
        chosen = np.where(allowed, change, np.inf).argmin(axis=1)
        level += change[rows, chosen]
        sides[rows, chosen] *= -1.0
        pull += 2.0 * sides[rows, chosen][:, None] * weights[chosen]
        until[rows, chosen] = step + stay
        lower = level < lowest - 1e-12
        lowest[lower], best[lower] = level[lower], sides[lower]
    return np.asarray(best * best[:, :1])


def energy_bound(weights: Floats) -> float:
    """An energy below which no split lies.

    With any u that sums to 0, E(x) >= sum of pairs W / 2 - N / 4 times the largest eigenvalue of W + diag(u); the best
    u is sought by steps along the subgradient. Delorme and Poljak (1993), Laplacian eigenvalues and the maximum cut
    problem, *Mathematical Programming* 62, 557-574.

    >>> round(energy_bound(np.array([[0.0, 2.0, -2.0], [2.0, 0.0, -2.0], [-2.0, -2.0, 0.0]])), 3)
    -4.0
    """
    states = len(weights)
    half, least = weights.sum() / 4.0, np.inf
    shift = weights.mean() - weights.mean(axis=1)
    scale = float(np.abs(weights).sum()) / states or 1.0
    rounds = int(max(10, min(ROUNDS, CELLS / states**3)))
    for step in range(rounds):
        values, vectors = np.linalg.eigh(weights + np.diag(shift))
        least = min(least, float(values[-1]))
        slope = vectors[:, -1] ** 2 - 1.0 / states
        shift = shift - scale / (1.0 + step) ** 0.75 * slope
    return float(half - states / 4.0 * least)
