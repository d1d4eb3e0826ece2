"""decisions: an event that waited takes the course that was chosen, or that its weights draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.draws import Draws
from game.kernel.setting import setting_of
from game.kernel.world import start_world
from game.rules.decisions import Params, decisions
from game.submodels.event_effects import option_drawn
from game.testing import change_by, context, triad

EVENTS = """\
events:
  meeting:
    headline: A meeting
    at: 1
    decider: borea
    options:
      speak: {label: Speak, weight: 3, effects: {borea -> arda: {mood: 2}}}
      leave: {label: Leave, weight: 1, effects: {borea -> arda: {mood: -2}}}
"""
ARDA, BOREA = 0, 1


def waiting():
    board = triad(events=EVENTS).board
    return context(board, replace(start_world(board), pending=np.array([[True]])))


@pytest.mark.parametrize(("option", "mood"), [(0, 2.0), (1, -2.0)])
def test_the_chosen_option_takes_effect_and_nothing_waits_any_more(option, mood):
    seen = waiting()
    chosen = replace(seen.orders, option=np.array([[option]]))
    change = change_by(decisions, replace(seen, orders=chosen), Params())
    assert change.memories[0, 0, BOREA, ARDA] == mood
    assert not change.pending.any()


def test_without_a_choice_the_weights_draw():
    events = setting_of(triad(events=EVENTS).board).events
    drawn = [option_drawn(events, 0, 1, seed) for seed in Draws.of(*range(4000)).seeds]
    assert drawn.count(0) / len(drawn) == pytest.approx(0.75, abs=0.03)


def test_nothing_happens_where_nothing_waits():
    board = triad(events=EVENTS).board
    assert not change_by(decisions, context(board), Params()).anything
