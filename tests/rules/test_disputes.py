"""disputes: what drives tension, how clashes end, and how a dispute is settled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.causes import Clash
from game.kernel.draws import Draws
from game.kernel.records import one_world
from game.kernel.setting import setting_of
from game.kernel.world import NEVER, start_world
from game.rules.disputes import Params, disputes
from game.rules.drift import Params as Drift
from game.rules.drift import drift
from game.submodels.territory import SETTLED, resting
from game.submodels.territory import settled as settled_kernel
from game.testing import change_by, context, triad

ARDA, BOREA, CESTIA = range(3)
SEEDS = 4000


def hot(board, tension, **fields):
    """A moment in 4,000 replicas at that tension, each with its own luck."""
    world = start_world(board, SEEDS)
    world = replace(world, tension=np.full_like(world.tension, tension), **fields)
    return replace(context(board, world), draws=Draws.of(*range(SEEDS)))


def settled(board, world):
    """Whether the first dispute of a world is settled."""
    return settled_kernel(setting_of(board), 0, world.holder[0], world.recognition[0])


def fought(change):
    """In which replicas there was a clash, by the tension it added."""
    return change.tension[:, 0] > 0


def test_a_dispute_that_nothing_moves_is_left_alone():
    assert not change_by(disputes, context(triad().board), Params()).anything


def test_a_dispute_that_began_hot_stays_at_rest():
    board = triad(
        disputes="disputes: {islet: {name: The islet, kind: territory, held_by: arda, claimed_by: cestia, tension: 95}}"
    ).board
    assert not change_by(disputes, hot(board, 95.0), Params()).anything


@pytest.mark.parametrize(("arda", "cestia", "shift"), [(60, 40, 0.15), (20, 20, 0.25), (60, 20, 0.0), (30, 10, 0.0)])
def test_tension_grows_with_the_shift_of_the_parties_shares_of_power(arda, cestia, shift):
    # At the start 60 / (60 + 20) = 0.75; 60 against 40 is 0.6, 20 against 20 is 0.5.
    board = triad().board
    world = start_world(board)
    now = replace(world, attributes=np.array([[[arda], [40.0], [cestia]]], dtype=float))
    change = change_by(disputes, context(board, now), Params(arms=10.0))
    assert change.tension[0, 0] == pytest.approx(10 * shift, abs=1e-4)


def test_a_third_state_that_takes_a_side_raises_tension():
    board = triad().board
    change = change_by(disputes, context(board, orders=["borea: recognise_claim cestia"]), Params())
    assert change.recognition[0, 0].tolist() == [-1, 1, 1]
    assert change.tension.tolist() == [[2.0]]


def test_a_party_that_takes_the_others_side_lowers_it_and_once_both_agree_it_cools_to_a_low_level():
    board = triad().board
    world = start_world(board)
    change = change_by(
        disputes, context(board, world, ["arda: recognise_claim cestia", "arda: hand_over cestia"]), Params()
    )
    assert change.tension.tolist() == [[-10.0]]
    assert change.holder.tolist() == [[CESTIA]]
    after = replace(world, holder=change.holder, recognition=change.recognition)
    assert settled(board, after)
    assert resting(setting_of(board), one_world(after, 0), 0) == SETTLED
    # half of the way from 40 to 5 in one half-life
    cooled = change_by(drift, context(board, after), Drift(tension_half_life=1.0)).tension
    assert cooled[0, 0] == pytest.approx(-17.5, abs=1e-3)


def test_recognition_without_withdrawal_settles_nothing():
    board = triad().board
    world = start_world(board)
    agreed = np.array([[[1.0, 0.0, 1.0]]])
    assert not settled(board, replace(world, recognition=agreed))
    assert settled(board, replace(world, recognition=-agreed))


def test_what_is_held_by_another_cannot_be_given_up():
    board = triad().board
    assert not change_by(disputes, context(board, orders=["cestia: hand_over arda"]), Params()).anything


@pytest.mark.parametrize(("tension", "chance"), [(100.0, 0.25), (85.0, 0.125), (70.0, 0.0), (50.0, 0.0)])
def test_the_chance_of_a_clash_grows_from_the_threshold_on(tension, chance):
    # 0.25 (tension - 70) / 30; four standard errors of 4,000 draws are 0.027
    share = fought(change_by(disputes, hot(triad().board, tension), Params())).mean()
    assert share == pytest.approx(chance, abs=0.027)
    assert (share > 0) == (chance > 0)


def test_the_stronger_side_wins_by_the_rule_of_contest_and_both_lose_power_the_loser_more():
    board = triad().board
    change = change_by(disputes, hot(board, 100.0), Params())
    lost = change.attributes[:, :, 0]
    clashed = fought(change)
    won = lost[:, ARDA] > -0.6
    # 60 against 20: 3^0.4 / (1 + 3^0.4) = 0.6081; four standard errors of a thousand draws are 0.062
    assert won[clashed].mean() == pytest.approx(0.6081, abs=0.062)
    # 0.5 % and 1.5 % of 60 and 20
    assert np.unique(lost[clashed & won].round(3), axis=0).tolist() == [[-0.3, 0, -0.3]]
    assert np.unique(lost[clashed & ~won].round(3), axis=0).tolist() == [[-0.9, 0, -0.1]]
    assert not lost[~clashed].any()


def test_a_clash_leaves_a_scar_with_both_and_says_who_won():
    change = change_by(disputes, hot(triad().board, 100.0), Params())
    assert {entry.cause for entry in change.entries} == {Clash(0, ARDA, CESTIA), Clash(0, CESTIA, ARDA)}
    clashed = fought(change)
    assert (change.memories[clashed, 2][:, [ARDA, CESTIA], [CESTIA, ARDA]] == -4).all()
    assert not change.memories[:, :, BOREA].any()
    summed = change.entries[0].relation + change.entries[1].relation
    assert (summed == change.memories).all()


def test_parties_that_face_each_other_nowhere_do_not_clash():
    security = "disputes: {plants: {name: The plants, kind: security, parties: [arda, cestia], tension: 40}}"
    assert not change_by(disputes, hot(triad(disputes=security).board, 100.0), Params()).anything
    neighbours = security.replace("arda", "borea")
    assert fought(change_by(disputes, hot(triad(disputes=neighbours).board, 100.0), Params())).any()


def test_a_party_whose_game_is_over_does_not_clash():
    board = triad().board
    out = np.tile(np.arange(3) == ARDA, (SEEDS, 1))
    assert not change_by(disputes, hot(board, 100.0, out=out), Params()).anything


def test_the_chance_of_a_dispute_does_not_depend_on_another():
    other = "\n  marsh: {name: The marsh, kind: territory, held_by: borea, claimed_by: cestia, tension: 40}"
    one = "disputes:\n  islet: {name: The islet, kind: territory, held_by: arda, claimed_by: cestia, tension: 40}"
    alone = change_by(disputes, hot(triad(disputes=one).board, 100.0), Params())
    both = change_by(disputes, hot(triad(disputes=one + other).board, 100.0), Params())
    assert (alone.tension[:, 0] == both.tension[:, 0]).all()
    assert (both.tension[:, 0] != both.tension[:, 1]).any()


def test_security_disputes_have_no_holder():
    security = "disputes: {plants: {name: The plants, kind: security, parties: [arda, cestia], tension: 40}}"
    assert start_world(triad(disputes=security).board).holder.tolist() == [[NEVER]]
