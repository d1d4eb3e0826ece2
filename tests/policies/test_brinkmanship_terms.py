"""What each choice in a crisis is worth to each side, rung by rung, is what the table of its document says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.compiled.workspaces import setting_for
from game.kernel.orders import (
    BACK_DOWN,
    ESCALATE,
    HOLD,
    OFF_RAMP,
)
from game.kernel.world import SECRET, start_world
from game.policies import Reasoner, observe
from game.policies.reasoner.crisis_bargaining import TERMS
from game.policies.reasoner.utility import Params
from game.submodels.conflict import expected, guarded
from tests.policies.plain import Plain, peninsula, stirred

ISLET, PASS, CANAL = range(3)
DANGER = (0.0, 0.0, 0.02, 0.05, 0.15, 0.35, 1.0)
FORCE = 5
CLOSE = 1e-4


@pytest.fixture(scope="module")
def board():
    return peninsula().board


def standing(world, rungs):
    """The world with both sides of every dispute on some rungs, and every crisis hot."""
    rung = np.array([[rungs, rungs, rungs]], dtype=np.int16)
    return replace(world, rung=rung, tension=np.full_like(world.tension, 90.0))


def helped(board, world, dispute, *, secret=False):
    """The world with a third state mediating for the first party of a dispute, in secret or for all to see."""
    parties = board.disputes[dispute].parties
    third = next(state for state in range(len(board.states)) if state not in parties)
    agreements, volume, secrecy = world.agreements.copy(), world.volume.copy(), world.secrecy.copy()
    kind = board.agreements.names.index("mediation")
    agreements[0, kind, third, parties[0]], volume[0, kind, third, parties[0]] = 9, 1.0
    if secret:
        secrecy[0, board.acts.secrets.index(board.acts.act("broker")), third, parties[0]] = SECRET
    return replace(world, agreements=agreements, volume=volume, secrecy=secrecy)


def weighed(board, world, dispute, side):
    """What a side of a crisis makes of each stance, by term and stance."""
    return dict(zip(TERMS, Reasoner(board, Params()).stance_terms(observe(board, world), dispute, side), strict=True))


def duel(board, world, dispute, side):
    """The odds that a side gives itself, and whether somebody guarantees the other."""
    here, parties = observe(board, world).position, board.disputes[dispute].parties
    place, pair = (here.world, here.public, here.relation, here.shown), (parties[side], parties[1 - side])
    setting = setting_for(board, 0)
    return expected(setting, *place, *pair), guarded(setting, here.public, here.shown, *pair)


def as_written(board, world, dispute, side, *, mediated, odds, deterred):
    """The table of the document, for one side of one dispute."""
    state, other = board.disputes[dispute].parties[side], board.disputes[dispute].parties[1 - side]
    rungs = world.rung[0, dispute].tolist()
    own, level = max(rungs[side], 0), max(*rungs, 0)
    sliders = {name: float(values[state]) for name, values in board.personalities.sliders.items()}
    stake, above = board.disputes[dispute].stake, min(level + 1, 6)
    win = stake * odds * (1.0 + level / 6.0)
    home = 0.15 * (0.5 + sliders["domestic_focus"]) * (0.5 if mediated else 1.0)
    resolve = 0.6 * (sliders["assertiveness"] + sliders["risk_tolerance"] - 1.0)
    fear = [DANGER[rung] * 4.0 * (1.5 - odds) for rung in (above, level)]
    plain = Plain(board, world)
    strike = next(act for act in range(len(board.acts.names)) if board.acts.force[act])
    words = plain.broken(strike, 0, (state, other)) / 4.0 * 100.0 * 0.04
    force = above >= FORCE
    table = {
        "prize": (win, 0.4 * win, 0.4 * stake, 0.0),
        "fight": (-fear[0] - (1.0 - odds if above == FORCE else 0.0), -0.5 * fear[1], -0.25 * fear[1], 0.0),
        "commitment": (-words if force else 0.0, 0.0, 0.0, 0.0),
        "guarantors": (-6.0 if force and deterred and round(100 * odds) < 50 else 0.0, 0.0, 0.0, 0.0),
        "audience": (-home * (1.0 - odds), 0.0, 0.0, -home * own),
        "resolve": (resolve, 0.5 * resolve, -0.5 * resolve, -resolve),
        "mediation": (0.0, 0.0, 0.25 if mediated else 0.0, 0.0),
    }
    return {name: dict(zip((ESCALATE, HOLD, OFF_RAMP, BACK_DOWN), row, strict=True)) for name, row in table.items()}


@pytest.mark.parametrize("rungs", [(0, 0), (1, 2), (3, 2), (4, 4), (4, 3), (2, 5), (5, 5)])
@pytest.mark.parametrize("help_", ["nobody mediates", "somebody mediates", "somebody mediates in secret"])
def test_every_choice_is_worth_what_the_table_says(board, rungs, help_):
    world = stirred(board, 1, secrets=False)
    for dispute in (ISLET, CANAL):
        if help_ != "nobody mediates":
            world = helped(board, world, dispute, secret=help_.endswith("in secret"))
    world = standing(world, rungs)
    for dispute in (ISLET, CANAL):
        for side in (0, 1):
            found, (odds, deterred) = weighed(board, world, dispute, side), duel(board, world, dispute, side)
            expected = as_written(
                board, world, dispute, side, mediated=help_ == "somebody mediates", odds=odds, deterred=deterred
            )
            assert set(expected) == set(TERMS)
            for term, row in expected.items():
                for stance, value in row.items():
                    said = (dispute, side, term, stance)
                    assert found[term][stance] == pytest.approx(value, abs=CLOSE), said


def test_some_word_would_be_broken_and_some_guarantor_feared(board):
    world = standing(stirred(board, 1, secrets=False), (4, 4))
    found = [weighed(board, world, dispute, side) for dispute in range(len(board.disputes)) for side in (0, 1)]
    assert any(each["commitment"].any() for each in found)
    assert any(each["guarantors"].any() for each in found)


def test_who_expects_to_lose_by_less_than_a_hundredth_is_not_deterred(board):
    # Two equals, each guarded by a third: at odds of a half nobody expects to lose.
    states = """\
states:
  arda: {name: Arda, stats: {military: 40, treasury: 9}, borders: [borea]}
  borea: {name: Borea, stats: {military: 90, treasury: 9}, borders: [arda, cestia]}
  cestia: {name: Cestia, stats: {military: 40, treasury: 9}, borders: [borea, dara]}
  dara: {name: Dara, stats: {military: 90, treasury: 9}, borders: [cestia]}"""
    table = """\
relations:
  table: |
    from\\to  arda  borea  cestia  dara
    arda        .     90     -40    -40
    borea      90      .     -40    -40
    cestia    -40    -40       .     90
    dara      -40    -40      90      ."""
    even = peninsula(states=states, relations=table, personalities="").board
    even = replace(even, reach=np.ones_like(even.reach))
    world = standing(start_world(even), (4, 4))
    for side in (0, 1):
        assert duel(even, world, ISLET, side) == (0.5, True)
        assert not weighed(even, world, ISLET, side)["guarantors"].any()
