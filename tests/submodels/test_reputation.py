"""Trust: a Beta count that starts from the published record and moves with what was kept and broken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kernel.numerics import COARSE, snap
from game.kernel.setting import HONOURED, NEVER_CERTAIN, setting_of
from game.kernel.world import start_world
from game.measures.reputation import trust
from game.submodels.reputation import PRIOR
from game.submodels.reputation import credit as credit_kernel
from game.submodels.reputation import trust as trust_kernel
from game.submodels.reputation import trust_in as trust_in_kernel
from game.testing import triad
from tests.pledged import GOODWILL, KINDS, NO_PACT, pledged
from tests.submodels.stepping import step

ARDA, BOREA = 0, 1
NEAR = 2.0**-COARSE


@pytest.fixture(scope="module")
def board():
    return pledged(triad().board)


def with_record(board, kept, broken):
    """The start, but arda has seen so many pledges of borea kept and broken."""
    world = start_world(board)
    record = {"kept": world.kept.copy(), "broken": world.broken.copy()}
    record["kept"][0, ARDA, BOREA], record["broken"][0, ARDA, BOREA] = kept, broken
    return replace(world, **record)


def trust_in(board, world, kind):
    """How far arda trusts the word of borea in a kind of pledge."""
    at = step(board, world)
    return trust_in_kernel(at.setting, at.world, kind, ARDA, BOREA)


def credit(board, world, i, j):
    at = step(board, world)
    return credit_kernel(at.setting, at.world, i, j)


def test_where_nothing_was_seen_it_is_the_published_share_of_the_kind(board):
    world = start_world(board)
    assert trust_in(board, world, NO_PACT) == pytest.approx(0.74, abs=NEAR)
    assert trust_in(board, world, GOODWILL) == pytest.approx(0.41, abs=NEAR)
    assert trust(board, world)[0, ARDA, BOREA] == pytest.approx(0.575, abs=NEAR)  # (0.74 + 0.41) / 2


def test_a_scenario_without_kinds_of_pledge_takes_one_share_for_all():
    plain = pledged(triad().board, kinds={name: KINDS[name] for name in ()})
    assert setting_of(plain).honoured == HONOURED
    assert trust(plain, start_world(plain))[0, ARDA, BOREA] == pytest.approx(HONOURED, abs=NEAR)


def test_what_is_kept_raises_it_and_what_is_broken_lowers_it(board):
    # (4 x 0.74 + 2) / (4 + 2) = 0.8267 and (4 x 0.74) / (4 + 1) = 0.592
    assert trust_in(board, with_record(board, 2.0, 0.0), NO_PACT) == pytest.approx(4.96 / 6, abs=NEAR)
    assert trust_in(board, with_record(board, 0.0, 1.0), NO_PACT) == pytest.approx(0.592, abs=NEAR)


def test_it_is_between_two_states_and_one_way(board):
    found, usual = trust(board, with_record(board, 0.0, 5.0)), trust(board, start_world(board))
    assert np.argwhere(found != usual).tolist() == [[0, ARDA, BOREA]]


def test_credit_is_trust_over_the_usual_trust(board):
    world = with_record(board, 0.0, 4.0)
    # trust (4 x 0.575) / 8 = 0.2875, half of 0.575
    assert credit(board, world, ARDA, BOREA) == pytest.approx(0.5, abs=1e-5)
    assert credit(board, world, BOREA, ARDA) == 1.0
    assert credit(board, start_world(board), ARDA, BOREA) == 1.0


@given(st.floats(0, 1), st.floats(0, 2000), st.floats(0, 2000))
def test_it_is_never_certain(board, reliability, kept, broken):
    table = replace(board.pledges, reliability=snap(np.full(2, reliability), COARSE))
    found = trust(replace(board, pledges=table), with_record(board, snap(kept, COARSE), snap(broken, COARSE)))
    assert ((found > 0.0) & (found < 1.0)).all()


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0.01, 10))
def test_more_kept_never_lowers_it_and_more_broken_never_raises_it(board, kept, broken, more):
    now = trust(board, with_record(board, kept, broken))[0, ARDA, BOREA]
    assert trust(board, with_record(board, kept + more, broken))[0, ARDA, BOREA] >= now
    assert trust(board, with_record(board, kept, broken + more))[0, ARDA, BOREA] <= now


def test_the_prior_weighs_four_pledges_and_is_never_certain_itself():
    sure = pledged(triad().board, kinds={"oath": {**KINDS["no_pact"], "reliability": 1.0}})
    assert setting_of(sure).honoured == 1.0 - NEVER_CERTAIN
    assert trust_in(sure, start_world(sure), 0) == pytest.approx(1.0 - NEVER_CERTAIN, abs=NEAR)
    assert PRIOR == 4.0


def test_what_is_measured_is_what_the_rules_reckon_with_run_by_run(board):
    world = start_world(board, 2)
    broken = world.broken.copy()
    broken[1, ARDA, BOREA] = 3.0
    found = trust(board, replace(world, broken=broken))
    assert found.shape == (2, 3, 3)
    for replica in range(2):
        at = step(board, replace(world, broken=broken), replica=replica)
        for i in range(3):
            for j in range(3):
                assert found[replica, i, j] == trust_kernel(at.setting, at.world, i, j)
    assert found[1, ARDA, BOREA] < found[0, ARDA, BOREA]
