"""contest: who would prevail, guarantors counted, and who knows it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.world import relations, start_world
from game.submodels.conflict import (
    backing,
    chances,
    expected,
    guarded,
    losses,
    odds,
    peril,
    strengths,
)
from game.testing import triad, with_relations

ARDA, BOREA, CESTIA = range(3)


@pytest.fixture
def board():
    return triad().board


def test_equal_sides_have_equal_odds_and_a_giant_is_not_certain_to_win():
    assert odds(np.array(3.0), np.array(3.0)) == 0.5
    # 10^0.4 / (1 + 10^0.4) = 2.5119 / 3.5119
    assert odds(np.array(10.0), np.array(1.0)) == pytest.approx(0.71525, abs=1e-5)


@pytest.mark.parametrize("ratio", [1.0, 1.7, 6.0, 40.0])
def test_the_odds_of_the_two_sides_add_up_to_one(ratio):
    first, second = np.array(ratio), np.array(1.0)
    assert float(odds(first, second) + odds(second, first)) == pytest.approx(1.0, abs=1e-12)


def test_capability_is_power_in_shares_of_the_greatest(board):
    # 60, 40 and 20 over 60
    assert strengths(board, start_world(board))[0] == pytest.approx([1, 2 / 3, 1 / 3], abs=1e-5)


def test_what_is_concealed_counts_for_the_truth_and_for_its_owner_alone(board):
    world = start_world(board)
    concealed = world.concealed.copy()
    concealed[0, CESTIA, 0] = 40.0
    armed = replace(world, concealed=concealed)
    assert strengths(board, armed)[0, CESTIA] == pytest.approx(1.0, abs=1e-5)
    assert chances(board, armed)[0, ARDA, CESTIA] < chances(board, world)[0, ARDA, CESTIA]
    assert expected(board, armed)[0, ARDA, CESTIA] == expected(board, world)[0, ARDA, CESTIA]
    assert expected(board, armed)[0, CESTIA, ARDA] > expected(board, world)[0, CESTIA, ARDA]


def test_a_guarantor_adds_its_capability_times_its_relation_and_reach(board):
    world = start_world(board)
    helped = backing(board, world, relations(board, world))[0]
    # borea is two thirds as strong as arda, regards it at 50 and borders on it: 2/3 * 0.5 * 1
    assert helped[ARDA, CESTIA] == pytest.approx(1 / 3, abs=1e-5)
    # arda has the full 1 and regards borea at 60
    assert helped[BOREA, CESTIA] == pytest.approx(0.6, abs=1e-5)
    assert not helped[CESTIA].any()
    # 4/3 against 1/3: 4^0.4 / (1 + 4^0.4) = 1.7411 / 2.7411
    assert chances(board, world)[0, ARDA, CESTIA] == pytest.approx(0.6352, abs=1e-4)


def test_nobody_fights_for_one_ward_against_another(board):
    world = start_world(board)
    agreements = world.agreements.copy()
    pact = board.agreements.names.index("defence_pact")
    agreements[0, pact, BOREA, CESTIA] = agreements[0, pact, CESTIA, BOREA] = 9
    assert not guarded(board, replace(world, agreements=agreements))[0, CESTIA, ARDA]
    assert guarded(board, world)[0, CESTIA, ARDA]


def test_a_guarantor_that_dislikes_its_ward_or_is_at_war_does_not_come(board):
    cold = with_relations(board, {"borea -> arda": -5})
    assert not guarded(cold, start_world(cold))[0, CESTIA, ARDA]
    world = start_world(board)
    busy = replace(world, out=world.out | (np.arange(3) == BOREA))
    assert not guarded(board, busy)[0, CESTIA, ARDA]


def test_peril_is_felt_only_before_guarded_states_one_expects_to_lose_to(board):
    world = start_world(board)
    found = peril(board, world, relations(board, world))[0]
    # cestia gives itself 1 - 0.6352 against arda: 1 - 2 * 0.3648
    assert found[CESTIA, ARDA] == pytest.approx(0.2704, abs=2e-4)
    assert found[ARDA, CESTIA] == 0
    alone = triad(agreements="").board
    assert not peril(alone, start_world(alone), alone.opening).any()


def test_losses_are_a_share_of_what_makes_power_and_never_more_than_there_is(board):
    world = start_world(board)
    lost = losses(board, world, np.array([[0.1, 0.0, 1.0]]))[0, :, 0]
    assert lost == pytest.approx([-6, 0, -20], abs=1e-4)


def test_a_state_reckons_with_what_it_conceals_itself_and_not_with_what_its_guarantor_does():
    board = triad().board
    world = start_world(board)
    found = {}
    for name, place in (("nobody", None), ("arda", 0), ("borea", 1)):
        concealed = world.concealed.copy()
        if place is not None:
            concealed[0, place, 0] = 25.0
        found[name] = float(expected(board, replace(world, concealed=concealed))[0, 0, 2])
    # Borea is bound to fight for arda against cestia; what it hides from arda, arda can't count on.
    assert found["arda"] > found["nobody"] == found["borea"]
