"""Depth: what two states share, by hand, apart from what they declare; and its series over a game."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.analysis.alliance_depth import declared_series, depth_series, shared
from game.kernel.world import SECRET, start_world
from game.match.match import Setup, begin
from game.measures.alliance_depth import declared, depth, depth_parts
from game.scenario import load
from game.study import ensemble
from game.submodels.alliance_depth import FULL, PARTS
from game.testing import triad

ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def board():
    """The triad without agreements, where a base opens all of the soil and a defence pact promises all of the help."""
    made = triad(agreements="").board
    intrusion, guarantee = made.agreements.intrusion.copy(), made.agreements.guarantee.copy()
    intrusion[made.agreements.names.index("basing")] = 1.0
    guarantee[made.agreements.names.index("defence_pact")] = 1.0
    arms = (made.acts.act("arms_package"),)
    kinds = replace(made.agreements, intrusion=intrusion, guarantee=guarantee)
    return replace(made, agreements=kinds, acts=replace(made.acts, secrets=arms))


def agreeing(board, *signed, **terms):
    """The world with some (kind, giver, receiver, volume) in force; mutual ones both ways."""
    world = start_world(board)
    agreements, volume = world.agreements.copy(), world.volume.copy()
    for name, giver, receiver, amount in signed:
        kind = board.agreements.names.index(name)
        for one, other in ((giver, receiver), (receiver, giver))[: 2 if board.agreements.mutual[kind] else 1]:
            agreements[0, kind, one, other], volume[0, kind, one, other] = 6, amount
    return replace(world, agreements=agreements, volume=volume, **terms)


def parts_of(board, world, i, j, **options):
    return {name: float(part[0, i, j]) for name, part in depth_parts(board, world, **options).items()}


def test_without_agreements_depth_is_how_the_two_see_each_other(board):
    # arda regards borea at 60, borea arda at 50: 25 x 0.55. Between enemies there is nothing.
    world = start_world(board)
    assert parts_of(board, world, ARDA, BOREA) == pytest.approx(
        {"agreements": 0, "deliveries": 0, "access": 0, "relation": 13.75}, abs=1e-4
    )
    assert depth(board, world)[0, ARDA, CESTIA] == 0


def test_the_four_parts_by_hand(board):
    # A pact of commitment 1 worth 12 both ways and arms of commitment 0.3 worth 4 and 8: c = 1, w = (12 + 6) / 20.
    # Arms at twice the usual volume: 2 / 3. The pact guarantees in full: 1 / 2. Regard 60 + 12 + 4 and 50 + 12 + 8.
    kinds, names = board.agreements, board.agreements.names
    assert [float(kinds.giver[names.index(name)]) for name in ("defence_pact", "arms_supply")] == [12, 4]
    world = agreeing(board, ("defence_pact", ARDA, BOREA, 1.0), ("arms_supply", ARDA, BOREA, 2.0))
    assert parts_of(board, world, ARDA, BOREA) == pytest.approx(
        {"agreements": 25 * (1 + 0.9) / 2, "deliveries": 25 * 2 / 3, "access": 12.5, "relation": 25 * 0.73}, abs=1e-4
    )


def test_a_base_opens_soil_without_any_pact_declared(board):
    world = agreeing(board, ("basing", BOREA, CESTIA, 1.0))
    assert parts_of(board, world, BOREA, CESTIA)["access"] == 12.5
    assert not declared(board, world).any()


def test_a_pact_of_defence_is_declared_between_its_two_and_nobody_else(board):
    found = declared(board, agreeing(board, ("defence_pact", ARDA, BOREA, 1.0)))[0]
    assert found[ARDA, BOREA]
    assert found[BOREA, ARDA]
    assert np.count_nonzero(found) == 2


def test_what_is_suspended_is_not_shared(board):
    world = agreeing(board, ("arms_supply", ARDA, BOREA, 1.0))
    idle = replace(world, suspended=world.agreements > 0)
    assert (depth(board, idle) == depth(board, start_world(board))).all()


def test_what_is_secret_is_in_the_depth_as_it_is_and_not_as_it_shows(board):
    secrecy = np.zeros((1, 1, 3, 3), dtype=np.int16)
    secrecy[0, 0, ARDA, BOREA] = SECRET
    open_ = agreeing(board, ("arms_supply", ARDA, BOREA, 1.0))
    hushed = replace(open_, secrecy=secrecy, stake=secrecy * 1.0)
    assert (depth(board, hushed) == depth(board, start_world(board))).all()
    assert (depth(board, hushed, secrets=True) == depth(board, open_)).all()
    assert depth(board, open_)[0, ARDA, BOREA] > depth(board, hushed)[0, ARDA, BOREA]


@pytest.mark.parametrize("name", ["classroom-triad", "south-caucasus-2012"])
def test_depth_is_symmetric_in_bounds_and_the_exact_sum_of_its_parts(name):
    for board, world in ensemble(load(name), (1, 2, 3), turns=8, keep={"worlds"}).worlds:
        for secrets in (False, True):
            whole, parts = depth(board, world, secrets=secrets), depth_parts(board, world, secrets=secrets)
            assert tuple(parts) == PARTS
            assert (whole == sum(parts.values())).all()
            assert (whole == np.swapaxes(whole, -1, -2)).all()
            assert all(((part >= 0) & (part <= FULL)).all() for part in parts.values())
            assert not np.diagonal(whole, axis1=1, axis2=2).any()


def test_the_series_holds_the_depth_after_every_turn():
    match = begin(Setup(load("south-caucasus-2012"), 3))
    for _ in range(6):
        match = match.advance()
    history = match.history
    series, pacts = depth_series(history), declared_series(history)
    assert series.shape == pacts.shape == (7, len(history.board.states), len(history.board.states))
    for turn in (0, 4, 6):
        found = shared(history, "israel", "azerbaijan", turn)
        i, j = history.board.state("israel"), history.board.state("azerbaijan")
        assert found.depth == series[turn, i, j] == sum(found.parts.values())
        assert found.declared == pacts[turn, i, j]
    with pytest.raises(IndexError, match="no turn 7"):
        shared(history, "israel", "azerbaijan", 7)
