"""Dependence: how much a state would miss what another provides, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.world import start_world
from game.submodels.dependence import dependence as dependence_kernel
from game.submodels.dependence import dependence_by_kind
from game.testing import triad
from tests.submodels.stepping import step

ARDA, BOREA, CESTIA = range(3)
KINDS = ("arms_supply", "energy")


@pytest.fixture(scope="module")
def board():
    """The triad with arms of which 0.6 is missed and energy of which 0.5 is."""
    made = triad(agreements="").board
    column = np.zeros(len(made.agreements.names))
    for name, share in zip(KINDS, (0.6, 0.5), strict=True):
        column[made.agreements.names.index(name)] = share
    return replace(made, agreements=replace(made.agreements, dependence=column))


def supplied(board, *supplies, **terms):
    """The world with some (kind, giver, receiver, volume) in force."""
    world = start_world(board)
    agreements, volume = world.agreements.copy(), world.volume.copy()
    for name, giver, receiver, amount in supplies:
        cell = (0, board.agreements.names.index(name), giver, receiver)
        agreements[cell], volume[cell] = 6, amount
    return replace(world, agreements=agreements, volume=volume, **terms)


def dependence(board, world):
    """How much i would miss what j provides `[N, N]`."""
    at, states = step(board, world), range(3)
    return np.array([[dependence_kernel(at.setting, at.world, i, j) for j in states] for i in states])


def test_a_sole_supplier_of_the_usual_volume_is_missed_by_all_of_the_kinds_share(board):
    found = dependence(board, supplied(board, ("arms_supply", ARDA, BOREA, 1.0)))
    assert found[BOREA, ARDA] == pytest.approx(0.6, abs=1e-6)
    assert np.count_nonzero(found) == 1


def test_other_sources_of_the_same_kind_make_less_dependent(board):
    # 0.6 x min(1, v) x v / V: 0.6 x 1 x 1/4 on arda, 0.6 x 1 x 3/4 on cestia.
    world = supplied(board, ("arms_supply", ARDA, BOREA, 1.0), ("arms_supply", CESTIA, BOREA, 3.0))
    found = dependence(board, world)
    assert found[BOREA, ARDA] == pytest.approx(0.15, abs=1e-6)
    assert found[BOREA, CESTIA] == pytest.approx(0.45, abs=1e-6)


def test_a_trickle_is_missed_less_than_the_usual_volume(board):
    found = dependence(board, supplied(board, ("arms_supply", ARDA, BOREA, 0.25)))
    assert found[BOREA, ARDA] == pytest.approx(0.15, abs=1e-6)


def test_kinds_add_up_to_a_whole_and_no_further(board):
    both = supplied(board, ("arms_supply", ARDA, BOREA, 1.0), ("energy", ARDA, BOREA, 1.0))
    assert dependence(board, both)[BOREA, ARDA] == 1


def test_what_is_suspended_provides_nothing(board):
    world = supplied(board, ("arms_supply", ARDA, BOREA, 1.0), ("arms_supply", CESTIA, BOREA, 1.0))
    suspended = world.suspended.copy()
    suspended[0, board.agreements.names.index("arms_supply"), ARDA, BOREA] = True
    found = dependence(board, replace(world, suspended=suspended))
    assert found[BOREA, ARDA] == 0
    assert found[BOREA, CESTIA] == pytest.approx(0.6, abs=1e-6)


def test_where_no_kind_makes_dependent_nobody_depends(board):
    free = replace(board, agreements=replace(board.agreements, dependence=np.zeros(len(board.agreements.names))))
    world = supplied(free, ("arms_supply", ARDA, BOREA, 1.0))
    assert not dependence(free, world).any()
    at = step(free, world)
    kinds = range(len(free.agreements.names))
    assert not any(dependence_by_kind(at.setting, at.world, kind, ARDA, BOREA) for kind in kinds)
