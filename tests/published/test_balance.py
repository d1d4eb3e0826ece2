"""The balance rule against what is published about it.

V6: Morrison, Kutz and Gabbay (2023), the rule without anchor and with loss: peace below the critical rate, runaway
above, and no way back. V6b: with the anchor the start table is a fixed point, stable below coupling 1. V7: Marvel,
Kleinberg, Kleinberg and Strogatz (2011), dX/dt = X X: the closed solution, and the camps of the leading eigenvector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, snap
from game.measures.balance import triads
from game.rules.balance import Params, balance_pull

STEP = 0.05
"""Turns a step: with the rule's slow rates, the continuous limit to a part in a thousand."""

LOSS = 0.3
LAMBDA = 0.05
STATES = 12
UNIFORM = np.full((STATES, STATES), LAMBDA / STATES)
"""Everybody likes everybody a little: one mode, of eigenvalue LAMBDA."""

CRITICAL = LOSS / (4.0 * LAMBDA)


def pull(shares: Floats, start: Floats, alpha: float, anchor: float) -> Floats:
    """The rule's pull in shares of the scale a turn."""
    now = triads(snap(shares[None], COARSE))[0]
    at_start = triads(snap(start[None], COARSE))[0] if anchor else np.zeros(now.shape)
    params = Params(anchor=anchor, limit=1.0)
    pulled = [balance_pull(*pair, alpha, params) for pair in zip(now.flat, at_start.flat, strict=True)]
    return np.reshape(pulled, now.shape) / 100


def leading(table: Floats) -> float:
    return float(np.linalg.eigvalsh((table + table.T) / 2.0)[-1])


def settled(table: Floats, alpha: float, turns: float, *, anchor: float = 0.0, memory: Floats | None = None) -> Floats:
    """The memory after so many turns of dM/dt = pull(X0 + M) - loss M, or when the scale ends."""
    memory = np.zeros_like(table) if memory is None else memory
    for _ in range(int(turns / STEP)):
        memory = memory + STEP * (pull(table + memory, table, alpha, anchor) - LOSS * memory)
        if np.abs(table + memory).max() > 0.9:
            break
    return memory


def test_below_the_critical_rate_relations_settle_at_the_published_root():
    alpha = 0.9 * CRITICAL
    root = (LOSS - np.sqrt(LOSS**2 - 4.0 * alpha * LOSS * LAMBDA)) / (2.0 * alpha)
    assert leading(UNIFORM + settled(UNIFORM, alpha, 80)) == pytest.approx(root, rel=0.01)


def test_just_above_the_critical_rate_they_run_away():
    assert np.abs(UNIFORM + settled(UNIFORM, 1.02 * CRITICAL, 400)).max() > 0.9


def test_on_the_way_back_they_stay_polarised_at_half_the_critical_rate():
    alpha = 0.5 * CRITICAL
    unstable = (LOSS + np.sqrt(LOSS**2 - 4.0 * alpha * LOSS * LAMBDA)) / (2.0 * alpha)
    above = UNIFORM * (1.1 * unstable / LAMBDA - 1.0)
    below = UNIFORM * (0.9 * unstable / LAMBDA - 1.0)
    assert leading(UNIFORM + settled(UNIFORM, alpha, 60, memory=above)) > 1.1 * unstable
    assert leading(UNIFORM + settled(UNIFORM, alpha, 60, memory=below)) < 0.9 * unstable


def test_with_the_anchor_the_start_table_is_a_fixed_point():
    table = symmetric(np.random.default_rng(1), 7) * 0.3
    assert not pull(table, table, 2.0, 1.0).any()


@pytest.mark.parametrize(("coupling", "grows"), [(0.98, False), (1.02, True)])
def test_with_the_anchor_the_start_table_is_stable_just_below_coupling_one(coupling, grows):
    # A thirtieth of the leading eigenvalue: small enough for the linear law, large against the grid's rounding.
    table = symmetric(np.random.default_rng(4), 8) * 0.1
    values, vectors = np.linalg.eigh(table)
    alpha = coupling * LOSS / (2.0 * values[-1])
    shock = np.outer(vectors[:, -1], vectors[:, -1]) * values[-1] / 300.0
    after = settled(table, alpha, 60, anchor=1.0, memory=shock)
    assert (leading(after) > leading(shock)) is grows


def symmetric(random: np.random.Generator, states: int, mean: float = 0.0) -> Floats:
    table = random.normal(mean, 1.0, (states, states))
    return np.asarray((table + table.T) / 2.0)


def flow(shares: Floats) -> Floats:
    """dX/dt = S(X), which is X X where X is symmetric."""
    return np.asarray(triads(snap(shares[None], 30))[0])


def integrated(slope: Callable[[Floats], Floats], table: Floats, time: float, steps: int) -> Floats:
    """The classical Runge-Kutta method of fourth order."""
    step = time / steps
    for _ in range(steps):
        first = slope(table)
        second = slope(table + step / 2 * first)
        third = slope(table + step / 2 * second)
        fourth = slope(table + step * third)
        table = table + step / 6 * (first + 2 * second + 2 * third + fourth)
    return table


@pytest.mark.parametrize("seed", range(5))
def test_the_free_flow_has_the_published_closed_solution(seed):
    table = symmetric(np.random.default_rng(seed), 6)
    time = 0.5 / leading(table)
    solution = table @ np.linalg.inv(np.eye(6) - table * time)
    assert integrated(flow, table, time, 200) == pytest.approx(solution, abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_the_free_flow_ends_in_the_camps_of_the_leading_eigenvector(seed):
    table = symmetric(np.random.default_rng(seed), 6)
    vector = np.linalg.eigh(table)[1][:, -1]
    late = integrated(flow, table, 0.999 / leading(table), 4000)
    assert (np.sign(late) == np.sign(np.outer(vector, vector))).all()


@pytest.mark.parametrize(("mean", "published"), [(0.0, 0.12), (0.5, 0.46), (1.0, 0.84)])
def test_how_often_four_states_become_one_camp_is_as_published(mean, published):
    tables = np.random.default_rng(11).normal(mean, 1.0, (4000, 4, 4))
    tables = np.triu(tables) + np.swapaxes(np.triu(tables, 1), 1, 2)
    tables = tables[np.linalg.eigvalsh(tables)[:, -1] > 1e-2]
    # The flow is homogeneous: a table over its leading eigenvalue takes exactly one unit of time to run away.
    late = integrated(flows, tables / np.linalg.eigvalsh(tables)[:, -1, None, None], 0.995, 400)
    one_camp = (late > 0).all(axis=(1, 2)).mean()
    assert one_camp == pytest.approx(published, abs=0.03)


def flows(shares: Floats) -> Floats:
    """The flow of many tables at once."""
    return triads(snap(shares, 30))
