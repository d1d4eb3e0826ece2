"""triggers: an act that was done sets the events that wait for it."""

from __future__ import annotations

import numpy as np
import pytest

from game.kernel.draws import Draws
from game.kernel.orders import no_orders
from game.kernel.world import start_world
from game.rules.triggers import Params, triggers
from game.testing import change_by, context, triad
from game.turn import step

EVENTS = """\
events:
  thanks: {headline: Thanks, after: {act: praise, speaker: arda, target: borea}, effects: {borea -> arda: {mood: 1}}}
  echo: {headline: An echo, after: {act: praise, delay: 2}, effects: {borea -> arda: {mood: 1}}}
  parade: {headline: A parade, after: {act: trade_agreement}, effects: {borea -> arda: {mood: 1}}}
"""


@pytest.fixture(scope="module")
def board():
    return triad(events=EVENTS).board


def test_the_event_is_due_at_the_next_opening(board):
    change = change_by(triggers, context(board, orders=["arda: praise borea"]), Params())
    assert change.due[0].tolist() == [2, 4, -1]


def test_another_actor_does_not_set_it(board):
    change = change_by(triggers, context(board, orders=["borea: praise arda"]), Params())
    assert change.due[0].tolist() == [-1, 4, -1]


def test_an_act_that_a_decider_chose_sets_it_too():
    text = (
        EVENTS
        + """\
  meeting:
    headline: A meeting
    at: 1
    decider: arda
    options: {speak: {label: Speak, weight: 1, effects: {act: {act: praise, speaker: arda, target: borea}}}}
"""
    )
    made = triad(events=text)
    nobody, consent = no_orders(made.board), np.zeros((1, 3, made.board.orders), dtype=bool)
    world, _ = step(made.board, start_world(made.board), nobody, consent, made.parameters, Draws.of(1))
    assert world.due[0].tolist() == [2, 4, -1, 1]


def test_a_refused_deal_triggers_nothing(board):
    order = "arda: trade_agreement borea"
    assert change_by(triggers, context(board, orders=[order]), Params()).due[0, 2] == 2
    assert change_by(triggers, context(board, orders=[order], refused=[order]), Params()).due[0, 2] == -1
