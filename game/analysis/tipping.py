"""tipping: how strong the pull of triads has to be for a start table to fall apart, by the rule as it runs.

With X the relations over 100, diagonal 0, and S(X) = X (X + X') / 2 off the diagonal, 0 on it, a turn without deeds is

    M(t + 1) = kept (M(t) + alpha (S(X0 + M(t)) - anchor S(X0)))

`M` being what the pull has done so far, `kept` the share of it that a turn keeps. (The rule also limits what one turn
can pull, which moves no threshold of `anchor` 1.) A state's regard for itself is no relation: for N states that
regard each other alike the pull is (N - 2) / (N - 1) of what the formula with a full diagonal gives, so the tipping
point of a small table lies above that of the published, continuous form.

Marvel, Kleinberg, Kleinberg and Strogatz (2011), Continuous-time model of structural balance, *PNAS* 108(5), 1771-1776.
Morrison, Kutz and Gabbay (2023), Transitions between peace and systemic war as bifurcations in a signed network
dynamical system, *Network Science* 11(3), 458-501.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from game.analysis.tables import mutual, square
from game.errors import InvalidArgument
from game.kernel.declare import Floats

DENSE = 20
"""Up to how many states all modes of a table are computed; of more, the leading ones are found by iteration."""

STEPS = 2000
"""How many steps a search for a resting point takes at most."""

ESCAPED = 100.0
"""A table with a relation so many times the scale has run away."""


@dataclass(frozen=True, slots=True)
class Tipping:
    """Where a table tips: `rate`, the alpha at which it does, infinite where it never does; `growth`, what the pull
    multiplies the leading mode by for each unit of alpha; and that mode [N, N], of greatest size 1.
    """

    rate: float
    growth: float
    mode: Floats


def triad_pull(shares: Floats) -> Floats:
    """S(X) [N, N]: how the friends and enemies of each pair stand towards it, diagonal 0.

    >>> triad_pull(np.array([[0.0, 0.5, 0.4], [0.5, 0.0, 0.0], [0.4, 0.0, 0.0]])).round(3).tolist()
    [[0.0, 0.0, 0.0], [0.0, 0.0, 0.2], [0.0, 0.2, 0.0]]
    """
    pull = shares @ mutual(shares)
    np.fill_diagonal(pull, 0.0)
    return np.asarray(pull)


def tipping(shares: ArrayLike, kept: float, anchor: float = 1.0, names: Sequence[str] | None = None) -> Tipping:
    """The rate alpha at which a start table tips into camps.

    `shares` is [N, N], relations over 100; `kept` the share of a memory that a turn keeps, between 0 and 1; `anchor`
    from 0 to 1. With anchor 1 the table is at rest, and the rate is where it ceases to be stable; below, where there
    ceases to be a resting point near it. Three states that regard each other at 0.5, of which half is kept a turn:
    the leading mode grows by 2 (N - 2) 0.5 = 1 for each unit of alpha, and kept (1 + alpha) = 1 at alpha 1.

    >>> found = tipping([[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]], 0.5)
    >>> round(found.growth, 6), round(found.rate, 6)
    (1.0, 1.0)
    >>> round(tipping([[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]], 0.5, anchor=0.0).rate, 3)
    0.5

    Raises InvalidArgument for a table that is not square or not finite, and for a number out of its range.
    """
    table = square(shares, names)
    _within(kept, "the share of a memory that a turn keeps")
    _within(anchor, "the anchor", ends=True)
    values, mode = _modes(table)
    rate = _stable_up_to(values, kept)
    if anchor < 1.0:
        rate = _at_rest_up_to(table, kept, anchor, rate)
    return Tipping(rate, float(values.real[0]), mode)


def peace_root(loss: float, alpha: float, strength: float) -> float:
    """Where the leading mode comes to rest with anchor 0: (b - sqrt(b^2 - 4 a b s)) / (2 a). NaN where it runs away.

    `loss` b is what a turn loses of a memory, `alpha` a the rate, `strength` s the leading eigenvalue of the start
    table; for the rule as it runs, half of `Tipping.growth`, and 1 / kept - 1 for the loss. Morrison, Kutz and Gabbay
    (2023), equation for the peaceful branch.

    >>> round(peace_root(0.3, 0.9 * 0.3 / (4 * 0.05), 0.05), 6)
    0.075975
    """
    if alpha == 0.0:
        return strength
    inner = loss * loss - 4.0 * alpha * loss * strength
    return float((loss - np.sqrt(inner)) / (2.0 * alpha)) if inner >= 0.0 else float("nan")


def free_flow(shares: ArrayLike, time: float) -> Floats:
    """Where dX/dt = X X takes a symmetric table [N, N] by a time: X0 (I - X0 t)^-1. Marvel et al. (2011), equation 2.

    Here the diagonal counts, as published. It runs away at 1 over the largest eigenvalue.

    >>> free_flow([[0.0, 0.5], [0.5, 0.0]], 1.0).round(6).tolist()
    [[0.333333, 0.666667], [0.666667, 0.333333]]

    Raises InvalidArgument for a table that is not square or not finite, and for a time at or after it has run away.
    """
    table = np.asarray(shares, dtype=np.float64)
    square(table)
    largest = float(np.linalg.eigvalsh(mutual(table))[-1])
    if not time >= 0.0 or time * largest >= 1.0:
        end = f"1 / {largest:g} = {1.0 / largest:g}" if largest > 0.0 else "any time"
        raise InvalidArgument(f"at the time {time:g} the table has run away; give a time from 0 to below {end}")
    return np.asarray(table @ np.linalg.inv(np.eye(len(table)) - table * time))


def _within(value: float, what: str, *, ends: bool = False) -> None:
    if not (0.0 <= value <= 1.0 if ends else 0.0 < value < 1.0):
        between = "from 0 to 1" if ends else "between 0 and 1"
        raise InvalidArgument(f"{what} is {value:g}; give a number {between}")


# ---- the linearised pull: D -> D (X + X') / 2 + X (D + D') / 2 off the diagonal


def _turned(change: Floats, table: Floats) -> Floats:
    pull = change @ mutual(table) + table @ mutual(change)
    np.fill_diagonal(pull, 0.0)
    return np.asarray(pull)


def _modes(table: Floats) -> tuple[Any, Any]:
    """Eigenvalues [K] of the linearised pull, that with the largest real part first, and its mode [N, N]."""
    states = len(table)
    apart = np.flatnonzero(~np.eye(states, dtype=np.bool_))
    if states < 2 or not table.any():
        return np.zeros(1), np.ones((states, states)) - np.eye(states)

    def turned(vector: Floats) -> Floats:
        change = np.zeros(states * states)
        change[apart] = vector.ravel()
        return _turned(change.reshape(states, states), table).ravel()[apart]

    if states <= DENSE:
        values, vectors = np.linalg.eig(np.stack([turned(unit) for unit in np.eye(len(apart))], axis=1))
    else:
        values, vectors = _largest_real(turned, len(apart))
    first = np.argsort(-values.real, kind="stable")
    mode = np.zeros(states * states)
    mode[apart] = vectors[:, first[0]].real
    size = mode[np.argmax(np.abs(mode))]
    return values[first], (mode / size).reshape(states, states)


def _largest_real(turned: Callable[[Floats], Floats], size: int) -> tuple[Any, Any]:
    try:
        from scipy.sparse.linalg import LinearOperator, eigs
    except ImportError:
        raise InvalidArgument(
            f"where a table of more than {DENSE} states tips takes scipy to find; pip install 'realpolitik[data]'"
        ) from None
    operator = LinearOperator((size, size), matvec=turned, dtype=np.float64)
    return tuple(eigs(operator, k=6, which="LR", v0=np.ones(size), tol=1e-12))


def _stable_up_to(values: Any, kept: float) -> float:
    """The least alpha above 0 at which kept |1 + alpha value| = 1 for one of some eigenvalues; infinite if for none."""
    size = np.abs(values) ** 2
    moving = size > 1e-24
    size, real = size[moving], values.real[moving]
    if not size.size:
        return float("inf")
    return float(((np.sqrt(real**2 + size * (1.0 / kept**2 - 1.0)) - real) / size).min())


# ---- where there is a resting point


def _at_rest_up_to(table: Floats, kept: float, anchor: float, stable: float) -> float:
    """The largest alpha at which the memory comes to rest from nothing; infinite where it always does."""
    if not np.isfinite(stable):
        return float("inf")
    low, high = 0.0, stable
    while _comes_to_rest(table, kept, anchor, high):
        low, high = high, 2.0 * high
        if high > 1e3 * stable:
            return float("inf")
    while high - low > 1e-4 * high:
        middle = (low + high) / 2.0
        low, high = (middle, high) if _comes_to_rest(table, kept, anchor, middle) else (low, middle)
    return low


def _comes_to_rest(table: Floats, kept: float, anchor: float, alpha: float) -> bool:
    """Whether the memory comes to rest with this rate, by iterating what it has to be there.

    Just past the tipping point it lingers before it runs away: then its steps grow again.
    """
    strength = alpha * kept / (1.0 - kept)
    at_start = anchor * triad_pull(table)
    memory = np.zeros_like(table)
    before = moved = np.inf
    for _ in range(STEPS):
        change = strength * (triad_pull(table + memory) - at_start) - memory
        before, moved = moved, float(np.abs(change).max())
        # A whole step would swing to and fro where a turn of the game, which is a small one, does not.
        memory = memory + change / 3.0
        if moved < 1e-10:
            return True
        if not moved < ESCAPED:
            return False
    return moved < before
