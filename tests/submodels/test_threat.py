"""Threat: capability, reach and hostility together, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.submodels.threat import hostility, threat
from game.testing import triad
from tests.submodels.stepping import step

ARDA, BOREA, CESTIA = range(3)
CAPABILITY = np.array([1.0, 0.5, 0.25])


@pytest.fixture(scope="module")
def setting():
    """The triad, where arda's power reaches cestia by half."""
    board = triad().board
    reach = board.reach.copy()
    reach[ARDA, CESTIA] = 0.5
    return step(replace(board, reach=reach)).setting


def regarding(i, j, share):
    """Relations in shares of the scale, all cool but one."""
    shares = np.zeros((3, 3))
    shares[i, j] = share
    return shares


@pytest.mark.parametrize(("share", "hostile"), [(-0.75, 0.75), (0.0, 0.0), (0.5, 0.0)])
def test_only_who_stands_against_somebody_is_hostile(share, hostile):
    assert hostility(share) == hostile


def test_a_threat_is_capability_times_hostility_as_far_as_it_reaches(setting):
    # arda is hostile to cestia at 0.75, has the full 1 and reaches it by half: 0.75 x 1 x 0.5
    assert threat(setting, regarding(ARDA, CESTIA, -0.75), CAPABILITY, CESTIA, ARDA) == 0.375
    # borea has half of it and borders on cestia: 0.75 x 0.5 x 1
    assert threat(setting, regarding(BOREA, CESTIA, -0.75), CAPABILITY, CESTIA, BOREA) == 0.375


def test_it_is_the_hostility_of_the_other_that_threatens_and_not_ones_own(setting):
    assert threat(setting, regarding(CESTIA, ARDA, -0.75), CAPABILITY, CESTIA, ARDA) == 0.0


def test_a_friend_however_strong_is_no_threat(setting):
    assert threat(setting, regarding(ARDA, BOREA, 0.9), CAPABILITY, BOREA, ARDA) == 0.0
