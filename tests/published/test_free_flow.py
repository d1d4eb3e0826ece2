"""V7: dX/dt = X X, the balance rule without loss, limit or anchor.

Marvel, Kleinberg, Kleinberg and Strogatz (2011), Continuous-time model of structural balance, *PNAS* 108(5), 1771-1776.
There the diagonal counts; the rule that runs has none, and is held to the same pull between different states.
"""

from __future__ import annotations

import numpy as np
import pytest

from game.analysis.balance import leading_camps
from game.analysis.tipping import free_flow, triad_pull
from game.kernel.declare import Floats
from tests.published.rule_that_runs import bare, played


def symmetric(random: np.random.Generator, states: int, mean: float = 0.0) -> Floats:
    table = random.normal(mean, 1.0, (states, states))
    return np.asarray(np.triu(table) + np.triu(table, 1).T)


def integrated(table: Floats, time: float, steps: int) -> Floats:
    """The flow by the classical Runge-Kutta method of fourth order, of one table or of many at once."""
    step = time / steps
    for _ in range(steps):
        first = table @ table
        second = (table + step / 2 * first) @ (table + step / 2 * first)
        third = (table + step / 2 * second) @ (table + step / 2 * second)
        fourth = (table + step * third) @ (table + step * third)
        table = table + step / 6 * (first + 2 * second + 2 * third + fourth)
    return table


def largest(table: Floats) -> float:
    return float(np.linalg.eigvalsh(table)[-1])


@pytest.mark.parametrize("seed", range(5))
def test_the_flow_has_the_published_closed_solution(seed):
    table = symmetric(np.random.default_rng(seed), 6)
    time = 0.9 / largest(table)
    assert free_flow(table, time) == pytest.approx(integrated(table, time, 4000), abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_the_flow_ends_in_the_camps_of_the_leading_eigenvector(seed):
    table = symmetric(np.random.default_rng(seed), 6)
    np.fill_diagonal(table, 0.0)
    late = free_flow(table, 0.99999 / largest(table))
    camps = leading_camps(table).camps
    assert (np.sign(late) == np.where(np.equal.outer(camps, camps), 1.0, -1.0)).all()


@pytest.mark.parametrize(("mean", "published"), [(0.0, 0.12), (0.5, 0.46), (1.0, 0.84)])
def test_how_often_four_states_become_one_camp_is_as_published(mean, published):
    random = np.random.default_rng(11)
    tables = [symmetric(random, 4, mean) for _ in range(4000)]
    tipping = [table for table in tables if largest(table) > 0.0]
    one_camp = [bool((free_flow(table, 0.9999 / largest(table)) > 0.0).all()) for table in tipping]
    assert np.mean(one_camp) == pytest.approx(published, abs=0.03)


@pytest.mark.parametrize("seed", range(3))
def test_the_rule_that_runs_pulls_every_pair_as_the_flow_does(seed):
    table = np.clip(symmetric(np.random.default_rng(seed), 5, 0.2), -1.0, 1.0) * 0.3
    np.fill_diagonal(table, 0.0)
    half_life, alpha = 10_000, 0.001
    run = played(bare(100 * table, half_life), 1, {"balance.alpha": alpha, "balance.anchor": 0.0, "balance.limit": 1.0})
    moved = (run[1] - run[0]) / (alpha * 2.0 ** (-1.0 / half_life))
    assert moved == pytest.approx(triad_pull(table), abs=1e-3)
    assert triad_pull(table)[0, 1] == pytest.approx((table @ table)[0, 1])
