"""contest: who would prevail, guarantors counted, and who knows it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.known import public_in, relation_in, shown_in
from game.kernel.world import start_world
from game.measures import conflict as measures
from game.submodels.conflict import (
    backing as backing_kernel,
)
from game.submodels.conflict import (
    chance as chance_kernel,
)
from game.submodels.conflict import (
    expected as expected_kernel,
)
from game.submodels.conflict import (
    guarantee,
    losses,
    odds,
    strength,
)
from game.submodels.conflict import (
    guarded as guarded_kernel,
)
from game.submodels.conflict import (
    peril as peril_kernel,
)
from game.testing import triad, with_relations
from tests.submodels.stepping import step

ARDA, BOREA, CESTIA = range(3)


@pytest.fixture
def board():
    return triad().board


def strengths(board, world):
    at = step(board, world)
    return [strength(at.setting, at.world, state) for state in range(3)]


def backing(board, world, i, j):
    at = step(board, world)
    return backing_kernel(at.setting, at.world, relation_in(at), at.world, i, j)


def chance(board, world, i, j):
    at = step(board, world)
    return chance_kernel(at.setting, at.world, relation_in(at), i, j)


def expected(board, world, i, j):
    at = step(board, world)
    return expected_kernel(at.setting, at.world, public_in(at), relation_in(at), shown_in(at), i, j)


def guarded(board, world, i, j):
    at = step(board, world)
    return guarded_kernel(at.setting, public_in(at), shown_in(at), i, j)


def peril(board, world):
    at, found = step(board, world), np.ones((3, 3))
    peril_kernel(at.setting, public_in(at), shown_in(at), found)
    return found


def concealing(board, state, amount):
    """The start, but a state has hidden so much of what makes its power."""
    world = start_world(board)
    concealed = world.concealed.copy()
    concealed[0, state, 0] = amount
    return replace(world, concealed=concealed)


def test_equal_sides_have_equal_odds_and_a_giant_is_not_certain_to_win():
    assert odds(3.0, 3.0) == 0.5
    # 10^0.4 / (1 + 10^0.4) = 2.5119 / 3.5119
    assert odds(10.0, 1.0) == pytest.approx(0.71525, abs=1e-5)


@pytest.mark.parametrize("ratio", [1.0, 1.7, 6.0, 40.0])
def test_the_odds_of_the_two_sides_add_up_to_one(ratio):
    assert odds(ratio, 1.0) + odds(1.0, ratio) == pytest.approx(1.0, abs=1e-12)


def test_capability_is_power_in_shares_of_the_greatest(board):
    # 60, 40 and 20 over 60
    assert strengths(board, start_world(board)) == pytest.approx([1, 2 / 3, 1 / 3], abs=1e-5)


def test_what_is_concealed_counts_for_the_truth_and_for_its_owner_alone(board):
    world, armed = start_world(board), concealing(board, CESTIA, 40.0)
    assert strengths(board, armed)[CESTIA] == pytest.approx(1.0, abs=1e-5)
    assert chance(board, armed, ARDA, CESTIA) < chance(board, world, ARDA, CESTIA)
    assert expected(board, armed, ARDA, CESTIA) == expected(board, world, ARDA, CESTIA)
    assert expected(board, armed, CESTIA, ARDA) > expected(board, world, CESTIA, ARDA)


def test_a_guarantor_adds_its_capability_times_its_relation_and_reach(board):
    world = start_world(board)
    # borea is two thirds as strong as arda, regards it at 50 and borders on it: 2/3 * 0.5 * 1
    assert backing(board, world, ARDA, CESTIA) == pytest.approx(1 / 3, abs=1e-5)
    # arda has the full 1 and regards borea at 60
    assert backing(board, world, BOREA, CESTIA) == pytest.approx(0.6, abs=1e-5)
    assert backing(board, world, CESTIA, ARDA) == backing(board, world, CESTIA, BOREA) == 0.0
    # 4/3 against 1/3: 4^0.4 / (1 + 4^0.4) = 1.7411 / 2.7411
    assert chance(board, world, ARDA, CESTIA) == pytest.approx(0.6352, abs=1e-4)


def test_nobody_fights_for_one_ward_against_another(board):
    world = start_world(board)
    agreements = world.agreements.copy()
    pact = board.agreements.names.index("defence_pact")
    agreements[0, pact, BOREA, CESTIA] = agreements[0, pact, CESTIA, BOREA] = 9
    assert not guarded(board, replace(world, agreements=agreements), CESTIA, ARDA)
    assert guarded(board, world, CESTIA, ARDA)


def test_a_guarantor_that_dislikes_its_ward_or_is_at_war_does_not_come(board):
    cold = with_relations(board, {"borea -> arda": -5})
    assert not guarded(cold, start_world(cold), CESTIA, ARDA)
    world = start_world(board)
    busy = replace(world, out=world.out | (np.arange(3) == BOREA))
    assert not guarded(board, busy, CESTIA, ARDA)


def test_peril_is_felt_only_before_guarded_states_one_expects_to_lose_to(board):
    found = peril(board, start_world(board))
    # cestia gives itself 1 - 0.6352 against arda: 1 - 2 * 0.3648
    assert found[CESTIA, ARDA] == pytest.approx(0.2704, abs=2e-4)
    assert found[ARDA, CESTIA] == 0
    alone = triad(agreements="").board
    assert not peril(alone, start_world(alone)).any()


def test_losses_are_a_share_of_what_makes_power_and_never_more_than_there_is(board):
    at, lost = step(board), np.zeros((3, 1))
    losses(at.setting, at.world, np.array([0.1, 0.0, 1.0]), lost)
    assert lost[:, 0] == pytest.approx([-6, 0, -20], abs=1e-4)


def test_a_state_reckons_with_what_it_conceals_itself_and_not_with_what_its_guarantor_does(board):
    nobody, own, guarantor = (
        expected(board, world, ARDA, CESTIA)
        for world in (start_world(board), concealing(board, ARDA, 25.0), concealing(board, BOREA, 25.0))
    )
    # Borea is bound to fight for arda against cestia; what it hides from arda, arda can't count on.
    assert own > nobody == guarantor


def test_what_is_measured_is_what_the_rules_reckon_with(board):
    world = concealing(board, CESTIA, 40.0)
    at = step(board, world)
    odds, bound = measures.chances(board, world), measures.guarantees(board, world)
    assert odds.shape == bound.shape == (1, 3, 3)
    for i in range(3):
        for j in range(3):
            assert odds[0, i, j] == chance(board, world, i, j)
            assert bound[0, i, j] == guarantee(at.setting, at.world, i, j)
    assert bound[0, BOREA, ARDA] > 0.0 == bound[0, CESTIA, ARDA]
