"""Claims: what gives a territory away, whose side is taken, what is settled, and which crises wait for choices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.world import ALERT, CALM, QUERY, WAR, start_world
from game.measures.territory import in_crisis
from game.submodels.territory import SETTLED, cede, conceded, recognise, resting
from game.submodels.territory import settled as settled_kernel
from game.testing import triad
from tests.submodels.stepping import step

ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def board():
    """The islet is arda's, and cestia claims it; its tension is 40."""
    return triad().board


def holding(board, state, *sides):
    """The start, but a state holds the islet, and some states take a side: 1 that of cestia, -1 that of arda."""
    world = start_world(board)
    holder, recognition = world.holder.copy(), world.recognition.copy()
    holder[0, 0] = state
    for who, side in sides:
        recognition[0, 0, who] = side
    return replace(world, holder=holder, recognition=recognition)


def settled(board, world):
    at = step(board, world)
    return settled_kernel(at.setting, 0, at.world.holder, at.world.recognition)


def test_a_dispute_is_settled_where_both_take_the_side_that_has_what_it_claims(board):
    assert not settled(board, start_world(board))
    assert settled(board, holding(board, ARDA, (CESTIA, -1.0)))
    assert settled(board, holding(board, CESTIA, (ARDA, 1.0)))
    assert not settled(board, holding(board, ARDA, (ARDA, 1.0))), "agreed, but not yet handed over"
    assert not settled(board, holding(board, CESTIA, (CESTIA, -1.0)))


def test_what_was_settled_since_the_start_cools_to_little_and_a_war_does_not_cool(board):
    at = step(board)
    assert resting(at.setting, at.world, 0) == 40.0
    done = step(board, holding(board, CESTIA, (ARDA, 1.0)))
    assert resting(done.setting, done.world, 0) == SETTLED
    fighting = step(board, replace(start_world(board), rung=np.array([[[WAR, CALM]]], dtype=np.int16)))
    assert resting(fighting.setting, fighting.world, 0) == 100.0


def deed(board, line, **fields):
    """The step of one order, whose act gives up territory or recognises claims as the fields say."""
    acts = board.acts
    values = {name: np.full_like(getattr(acts, name), value) for name, value in fields.items()}
    return step(replace(board, acts=replace(acts, **values)), None, [line])


def test_who_holds_a_territory_may_give_it_up_to_the_other_party_alone(board):
    for line, after in (("arda: praise cestia", CESTIA), ("arda: praise borea", ARDA), ("cestia: praise arda", ARDA)):
        at = deed(board, line, cedes=True)
        holder = at.world.holder.copy()
        cede(at.setting, at.world, holder, at.deeds)
        assert holder.tolist() == [after], line


@pytest.mark.parametrize(("line", "side"), [("borea: praise cestia", 1.0), ("borea: praise arda", 0.0)])
def test_the_claim_of_the_only_claimant_is_recognised_and_its_rejection_has_to_name_the_dispute(board, line, side):
    at = deed(board, line, recognises=1)  # whose side is taken is the target's
    recognition = at.world.recognition.copy()
    recognise(at.setting, recognition, at.deeds)
    assert recognition[0, BOREA] == side
    assert recognition[0, [ARDA, CESTIA]].tolist() == [-1.0, 1.0]


def test_a_party_that_comes_to_take_the_others_side_concedes(board):
    before, after = (step(board, each) for each in (start_world(board), holding(board, ARDA, (ARDA, 1.0))))
    sides = [conceded(before.setting, before.world.recognition, after.world.recognition, 0, side) for side in (0, 1)]
    assert sides == [True, False]
    assert not conceded(before.setting, after.world.recognition, after.world.recognition, 0, 0)


@pytest.mark.parametrize(
    ("rungs", "out", "waits"),
    [
        ((CALM, CALM), None, False),
        ((QUERY, CALM), None, True),
        ((CALM, ALERT), None, True),
        ((WAR, ALERT), None, False),
        ((ALERT, ALERT), CESTIA, False),
        ((ALERT, ALERT), BOREA, True),
    ],
)
def test_a_crisis_waits_for_choices_short_of_war_and_while_neither_side_is_out(board, rungs, out, waits):
    world = start_world(board)
    gone = world.out | (np.arange(3) == (-1 if out is None else out))
    assert in_crisis(board, replace(world, rung=np.array([[rungs]], dtype=np.int16), out=gone)).tolist() == [[waits]]
