"""balance: the friend of my friend becomes my friend, the enemy of my friend my enemy.

Heider (1946); Marvel, Kleinberg, Kleinberg and Strogatz (2011); Morrison, Kutz and Gabbay (2023). With X the relations
over 100, as they show, and S(X)[i, j] = sum over k of X[i, k] (X[k, j] + X[j, k]) / 2,

    change of memory[i, j] = 100 L sigma(z),  z = alpha (S(X) - anchor S(X0)) / L,  sigma(z) = z / sqrt(1 + z z)

`anchor` 1 makes the author's table X0 an equilibrium, 0 gives the published form. With a memory that loses the share
beta a turn and lambda0 the largest eigenvalue of the symmetrised start table, alpha = coupling beta / (2 lambda0). A
table tips into two camps where the coupling is high, near 1 in a large table and above it in a small one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.causes import TRIAD_BALANCE
from game.kernel.changes import felt
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Floats,
    Value,
    leaf,
)
from game.kernel.known import shown_in
from game.kernel.numerics import (
    on_coarse_grid,
    on_grid,
    sigmoid_of,
)
from game.kernel.phases import RULES
from game.kernel.step import Step

BALANCE = RULES.index("balance")


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: balance:`."""

    coupling: Value = leaf(
        0.35, 0.0, 5.0, "1", "pull towards balanced triads; from about 1 the start table is unstable",
        "Morrison, Kutz and Gabbay 2023, in our dimensionless form",
    )  # fmt: skip
    anchor: Value = leaf(1.0, 0.0, 1.0, "1", "1: the start table is at rest; 0: the published form")
    limit: Value = leaf(0.03, 0.001, 1.0, "of the scale a turn", "the most one turn can pull")
    alpha: Value = leaf(
        -1.0, -1.0, 10.0, "a turn", "the coefficient itself; -1 takes it from the coupling and the start table"
    )


@kernel
def balance(step: Step, params: Params) -> None:
    """The pull of triads on the memory `memory` of every pair.

    >>> from game.testing import change_by, context, triad, with_relations
    >>> board = triad().board
    >>> bool(change_by(balance, context(board), Params()).memories.any())  # the author's table is at rest
    False
    >>> quarrel = with_relations(board, {"borea -> cestia": -90, "cestia -> borea": -90})
    >>> change = change_by(balance, context(quarrel), Params())
    >>> bool(change.memories[0, 1, 0, 2] < 0)  # arda sides with its friend
    True
    """
    setting, shown = step.setting, shown_in(step)
    states = shown.shape[0]
    parts, drawn = np.zeros((states, states)), np.zeros((states, states))
    shares(shown, parts)
    triads(parts, drawn)
    alpha = params.coupling * setting.critical_rate[0] if params.alpha < 0.0 else params.alpha
    cause = (TRIAD_BALANCE, 0, 0, 0)
    for i in range(states):
        for j in range(states):
            if i != j:
                pull = balance_pull(drawn[i, j], setting.opening_pull[i, j], alpha, params)
                felt(step.changes, step.rows, BALANCE, cause, setting.lasting, False, i, j, pull)


@kernel
def shares(relation: Floats, shares: Floats) -> None:
    """Relations in shares of the scale, on the coarse grid, written to `shares` [N, N]."""
    for i in range(relation.shape[0]):
        for j in range(relation.shape[1]):
            shares[i, j] = on_coarse_grid(relation[i, j] / 100.0)


@kernel
def triads(shares: Floats, drawn: Floats) -> None:
    """S(X): how the friends and enemies of each pair stand towards it, added to `drawn` [N, N]."""
    states = shares.shape[0]
    mutual = np.zeros((states, states))
    for k in range(states):
        for j in range(states):
            mutual[k, j] = on_coarse_grid((shares[k, j] + shares[j, k]) / 2.0)
    for i in range(states):
        for k in range(states):
            share = shares[i, k]
            if share != 0.0:
                for j in range(states):
                    drawn[i, j] += share * mutual[k, j]


@kernel
def balance_pull(drawn: float, opening_pull: float, alpha: float, params: Params) -> float:
    """100 L sigma(alpha (S(X) - anchor S(X0)) / L) of one pair."""
    gap = drawn - params.anchor * opening_pull
    return on_grid(100.0 * params.limit * sigmoid_of(alpha * gap / params.limit))
