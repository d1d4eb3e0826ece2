"""The frustration index and the landscape beyond what can be looked at whole, held to what can."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.analysis.balance import Frustration, frustration, out_of_place, triads
from game.analysis.frustration import fewest_out_of_place
from game.analysis.landscape import landscape
from game.analysis.tipping import tipping
from game.errors import InvalidArgument
from game.kernel.declare import Floats


def network(seed: int, states: int, density: float, noise: float | None = None) -> Floats:
    """Signed ties: two camps with some ties out of place or, without `noise`, signs by chance."""
    random = np.random.default_rng(seed)
    side = np.where(random.random(states) < 0.5, 1.0, -1.0)
    share = 0.5 if noise is None else noise
    signs = np.outer(side, side) * np.where(random.random((states, states)) < share, -1.0, 1.0)
    upper = np.triu(signs * (random.random((states, states)) < density), 1)
    return np.asarray(upper + upper.T)


@given(st.integers(0, 10_000), st.integers(3, 11), st.sampled_from([0.3, 0.6, 1.0]))
@settings(max_examples=15, deadline=None)
def test_the_programme_and_all_splits_agree(seed, states, density):
    signs = network(seed, states, density)
    camps, bound = fewest_out_of_place(signs, 60.0)
    whole = frustration(signs)
    assert whole.exact
    assert bound == len(out_of_place(signs, camps)) == whole.index


@pytest.mark.parametrize(("density", "noise"), [(1.0, 0.1), (0.1, 0.1)])
def test_the_index_of_150_states_is_proved(density, noise):
    signs = network(1, 150, density, noise)
    found = frustration(signs)
    assert found.exact
    assert found.index == len(found.out_of_place) == len(out_of_place(signs, found.camps))
    assert 0 < found.share < 1


def test_a_search_that_ends_too_early_says_so():
    found = frustration(network(1, 60, 1.0), seconds=0.01)
    assert isinstance(found, Frustration)
    assert not found.exact
    assert found.bound < found.index


def test_without_scipy_small_tables_are_counted_and_large_ones_say_what_is_missing(monkeypatch):
    for name in ("scipy", "scipy.optimize", "scipy.sparse.linalg"):
        monkeypatch.setitem(sys.modules, name, None)
    assert frustration(network(1, 12, 1.0)).exact
    with pytest.raises(InvalidArgument, match=r"pip install 'realpolitik\[data\]'"):
        frustration(network(1, 21, 1.0))
    with pytest.raises(InvalidArgument, match=r"pip install 'realpolitik\[data\]'"):
        tipping(network(1, 21, 1.0), 0.9)


@pytest.mark.parametrize("states", [3, 6, 12])
def test_triads_are_counted_as_one_by_one(states):
    signs = network(3, states, 0.7)
    products = [
        [signs[i, j], signs[i, k], signs[j, k]].count(1.0)
        for i in range(states) for j in range(i) for k in range(j) if signs[i, j] and signs[i, k] and signs[j, k]
    ]  # fmt: skip
    found = triads(signs)
    counted = [products.count(friendly) for friendly in (3, 2, 1, 0)]
    assert [found.friends, found.two_friends, found.one_friend, found.enemies] == counted


@given(st.integers(0, 10_000))
@settings(max_examples=4, deadline=None)
def test_descents_find_the_lowest_minimum_and_a_bound_below_it(seed):
    table = network(seed, 12, 1.0) * 3
    whole, sought = landscape(table), landscape(table, exact=False)
    assert (whole.exact, sought.exact, whole.gap) == (True, False, 0.0)
    assert sought.minima[0].energy == pytest.approx(whole.minima[0].energy)
    assert sought.bound <= whole.minima[0].energy + 1e-6
    assert sought.mean == pytest.approx(whole.mean)


def test_the_order_of_states_changes_neither_minima_nor_basins():
    table = network(5, 9, 0.8)
    order = np.random.default_rng(2).permutation(9)
    one, other = landscape(table), landscape(table[np.ix_(order, order)])
    assert [each.energy for each in one.minima] == [each.energy for each in other.minima]
    assert sorted(each.basin for each in one.minima) == pytest.approx(sorted(each.basin for each in other.minima))


def test_a_state_without_ties_may_stand_on_either_side():
    table = np.zeros((4, 4))
    table[0, 1] = table[1, 0] = -1.0
    (only,) = landscape(table).minima
    assert only.free.tolist() == [False, False, True, True]
    assert (only.energy, only.basin) == (-2.0, 1.0)


@pytest.mark.parametrize("states", [1, 2, 20])
def test_a_table_without_ties_is_one_level_stretch(states):
    (only,) = landscape(np.zeros((states, states))).minima
    assert (only.energy, only.basin) == (0.0, 1.0)
