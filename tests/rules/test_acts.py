"""acts: what statements, deals and deeds do, by hand-computed numbers."""

from __future__ import annotations

import numpy as np
import pytest

from game.rules.acts import Params, acts
from game.testing import change_by, context, triad

GIFT = """\
acts:
  gift:
    name: Gift
    kind: deal
    roles: {giver: any, taker: any}
    text: "{giver} gives {taker} a gift"
    terms: {value: {unit: chests, low: 1, high: 4, usual: 2}}
    cost: 1
    cooldown: 5
    effects:
      taker -> giver: {memory: 8}
      giver -> taker: {mood: 2}
      rivals of giver -> taker: {memory: -10}
      neighbours of taker -> giver: {mood: 1}
      taker.military: 4
      dispute.tension: 3
    refused: {giver -> taker: {mood: -2}}
    doc: Something for nothing.
"""
MOOD, MEMORY = 0, 1
ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def board():
    return triad(acts=GIFT).board


def entry(board, change, layer, first, second):
    return change.memories[0, layer, first, second]


def test_the_parties_are_moved_by_what_the_act_says(board):
    change = change_by(acts, context(board, orders=["arda: gift borea"]), Params())
    assert entry(board, change, MEMORY, BOREA, ARDA) == 8
    assert entry(board, change, MOOD, ARDA, BOREA) == 2


def test_an_onlooker_minds_in_proportion_to_how_much_of_a_rival_it_is(board):
    # Cestia regards Arda at -60, so it is a rival of the giver by 0.6: 0.6 times -10.
    change = change_by(acts, context(board, orders=["arda: gift borea"]), Params())
    assert entry(board, change, MEMORY, CESTIA, BOREA) == pytest.approx(-6, abs=1e-5)


def test_a_neighbour_of_the_taker_thinks_better_of_the_giver(board):
    change = change_by(acts, context(board, orders=["arda: gift borea"]), Params())
    assert entry(board, change, MOOD, CESTIA, ARDA) == 1


def test_a_party_is_not_its_own_onlooker(board):
    # Arda borders Borea, yet the neighbour's share goes to third parties only.
    change = change_by(acts, context(board, orders=["arda: gift borea"]), Params())
    assert entry(board, change, MOOD, ARDA, ARDA) == 0
    assert entry(board, change, MEMORY, ARDA, BOREA) == 0


def test_a_refused_deal_does_only_what_refusal_does(board):
    order = "arda: gift borea"
    change = change_by(acts, context(board, orders=[order], refused=[order]), Params())
    assert entry(board, change, MOOD, ARDA, BOREA) == -2
    assert np.count_nonzero(change.memories) == 1
    assert not change.attributes.any()


def test_effects_scale_with_the_value_over_the_usual_value(board):
    change = change_by(acts, context(board, orders=["arda: gift borea value=3"]), Params())
    assert entry(board, change, MEMORY, BOREA, ARDA) == 12
    assert change.attributes[0, BOREA, 0] == 6


def test_attributes_and_the_disputes_between_the_parties_move(board):
    change = change_by(acts, context(board, orders=["arda: gift cestia"]), Params())
    assert change.attributes[0].tolist() == [[0], [0], [4]]
    assert change.tension[0].tolist() == [3]


def test_a_dispute_of_others_does_not_move(board):
    change = change_by(acts, context(board, orders=["arda: gift borea"]), Params())
    assert change.tension[0].tolist() == [0]


def test_an_order_costs_its_state_its_price(board):
    change = change_by(acts, context(board, orders=["arda: gift borea", "arda: gift cestia"]), Params())
    assert change.capital[0].tolist() == [-2, 0, 0]


def test_an_act_pauses_and_a_refused_deal_pauses_longer(board):
    order = "arda: gift borea"
    gift = board.acts.act("gift")
    done = change_by(acts, context(board, orders=[order]), Params())
    assert done.cooldown[0, gift, ARDA, BOREA] == 5
    refused = change_by(acts, context(board, orders=[order], refused=[order]), Params(refusal=6))
    assert refused.cooldown[0, gift, ARDA, BOREA] == 11


def test_a_cooldown_gets_shorter_by_a_turn(board):
    start = context(board)
    started = start.world.cooldown.copy()
    started[0, 0, ARDA, BOREA] = 3
    from dataclasses import replace

    change = change_by(acts, replace(start, world=replace(start.world, cooldown=started)), Params())
    assert change.cooldown[0, 0, ARDA, BOREA] == 2
    assert change.cooldown[0, 0, BOREA, ARDA] == 0


def test_strength_scales_everybody_and_onlookers_only_third_parties(board):
    seen = context(board, orders=["arda: gift borea"])
    doubled = change_by(acts, seen, Params(strength=2.0))
    assert entry(board, doubled, MEMORY, BOREA, ARDA) == 16
    assert entry(board, doubled, MEMORY, CESTIA, BOREA) == pytest.approx(-12, abs=1e-5)
    deaf = change_by(acts, seen, Params(onlookers=0.0))
    assert entry(board, deaf, MEMORY, BOREA, ARDA) == 8
    assert entry(board, deaf, MEMORY, CESTIA, BOREA) == 0


def test_two_orders_of_one_turn_add_up_whatever_their_order(board):
    one = change_by(acts, context(board, orders=["arda: gift borea", "cestia: gift borea"]), Params())
    other = change_by(acts, context(board, orders=["cestia: gift borea", "arda: gift borea"]), Params())
    assert (one.memories == other.memories).all()
    assert one.attributes[0, BOREA, 0] == 8
