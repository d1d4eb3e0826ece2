"""drift: memories fade, disputes cool."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.world import start_world
from game.rules.drift import Params, drift
from game.testing import change_by, context, triad


def faded(board, turns):
    world = start_world(board)
    memories = world.memories.copy()
    memories[:, :, 0, 1] = 64.0
    world = replace(world, memories=memories)
    for _ in range(turns):
        world = replace(world, memories=world.memories + change_by(drift, context(board, world), Params()).memories)
    return world.memories[0, :, 0, 1]


@pytest.mark.parametrize(("layer", "half_life"), [(0, 2), (1, 24), (2, 120)])
def test_a_memory_halves_every_half_life(layer, half_life):
    assert faded(triad().board, half_life)[layer] == pytest.approx(32, abs=2e-3)


def test_one_turn_leaves_the_factor_of_each_memory():
    board = triad().board
    assert faded(board, 1) == pytest.approx(64 * 2 ** (-1 / np.array([2, 24, 120])), abs=1e-4)


def test_a_dispute_cools_halfway_to_its_start_in_a_half_life():
    board = triad().board
    world = replace(start_world(board), tension=np.array([[80.0]]))
    for _ in range(6):
        world = replace(
            world,
            tension=world.tension + change_by(drift, context(board, world), Params(tension_half_life=6.0)).tension,
        )
    assert world.tension[0, 0] == pytest.approx(60, abs=1e-3)


def test_what_is_at_its_start_stays_there():
    board = triad().board
    change = change_by(drift, context(board), Params())
    assert not change.memories.any()
    assert not change.tension.any()
