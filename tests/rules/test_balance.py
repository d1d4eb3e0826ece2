"""balance: the pull of triads, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from game.kernel.numerics import snap
from game.measures.balance import triads
from game.rules.balance import Params, balance, balance_pull
from game.testing import change_by, context, triad, with_relations

ARDA, BOREA, CESTIA = range(3)


def test_triads_by_hand():
    # S[0, 1] goes over k = 0, 1, 2 with X[0, k] times the mean of X[k, 1] and X[1, k]; X[0, 0] = X[1, 1] = 0.
    shares = snap(np.array([[[0.0, 0.5, -0.25], [0.5, 0.0, -0.5], [-0.25, -0.5, 0.0]]]))
    assert triads(shares)[0, 0, 1] == pytest.approx(-0.25 * -0.5)
    assert triads(shares)[0, 0, 2] == pytest.approx(0.5 * -0.5)


def test_the_pull_by_hand():
    # z = 0.2 * 0.125 / 0.05 = 0.5, sigma(0.5) = 0.5 / sqrt(1.25), times 100 * 0.05.
    pull = balance_pull(-0.25 * -0.5, 0.0, 0.2, Params(anchor=0.0, limit=0.05))
    assert pull == pytest.approx(5 * 0.5 / 1.25**0.5, abs=1e-9)


def test_the_start_table_is_at_rest_with_the_anchor():
    change = change_by(balance, context(triad().board), Params(coupling=5.0))
    assert not change.memories.any()


def test_the_start_table_is_not_at_rest_without_it():
    change = change_by(balance, context(triad().board), Params(coupling=1.0, anchor=0.0))
    assert change.memories[0, 1, ARDA, BOREA] > 0
    assert change.memories[0, 1, ARDA, CESTIA] < 0


def test_the_enemy_of_a_friend_is_pulled_away_after_a_dispute():
    board = triad().board
    dispute = with_relations(board, {"borea -> cestia": -80, "cestia -> borea": -80})
    change = change_by(balance, context(dispute), Params())
    assert change.memories[0, 1, ARDA, CESTIA] < 0


def test_no_turn_pulls_more_than_the_limit():
    board = with_relations(triad().board, {"borea -> cestia": 100, "cestia -> borea": 100})
    change = change_by(balance, context(board), Params(coupling=5.0, limit=0.01))
    assert 0 < np.abs(change.memories).max() <= 1.0


def test_it_pulls_on_the_lasting_memory_only():
    board = with_relations(triad().board, {"borea -> cestia": 100})
    change = change_by(balance, context(board), Params())
    assert not change.memories[:, [0, 2]].any()


def test_nobody_is_pulled_towards_itself():
    board = with_relations(triad().board, {"borea -> cestia": 100})
    change = change_by(balance, context(board), Params(coupling=5.0))
    assert not np.diagonal(change.memories[0, 1]).any()
