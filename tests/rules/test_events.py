"""events: scheduled, triggered and random ones fire when they should, and only then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.rules.events import Params, events
from game.testing import moment, triad
from game.turn import opening
from game.world import start_world

EVENTS = """\
flags: [alarmed]
events:
  storm: {headline: A storm, at: 2001-03, effects: {arda -> borea: {mood: -4}}}
  flood: {headline: A flood, after: {event: storm}, effects: {borea -> arda: {mood: -1}}}
  famine: {headline: A famine, after: {event: flood, delay: 2}, effects: {cestia -> arda: {memory: 3}}}
  raid: {headline: A raid, at: 2, when: [arda -> cestia > 0], effects: {arda -> cestia: {scar: -9}}}
  alarm: {headline: Alarm, at: 1, effects: {flag: {alarmed: true}, islet.tension: 5, arda.military: {set: 10}}}
  rumour: {headline: A rumour, at: 1, effects: {rivals of arda -> borea: {mood: -10}}}
  meeting:
    headline: A meeting
    at: 4
    decider: borea
    options:
      speak: {label: Speak, weight: 3, effects: {borea -> arda: {mood: 2}}}
      leave: {label: Leave, weight: 1, effects: {borea -> arda: {mood: -2}}}
  quake: {headline: A quake, mean_turns: 4, effects: {islet.tension: -1}}
"""
ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def made():
    sections = dict(zip(("flags", "events"), EVENTS.split("\n", 1), strict=True))
    return triad(**sections)


def fired(board, change):
    return {event.name for event, turn in zip(board.events, change.fired[0], strict=True) if turn >= 0}


def at_turn(board, turn):
    return moment(board, replace(start_world(board), turn=turn - 1))


def test_a_dated_event_fires_in_the_turn_of_its_date(made):
    board = made.board
    assert "storm" not in fired(board, events(at_turn(board, 2), Params(rate=0.0)))
    change = events(at_turn(board, 3), Params(rate=0.0))
    assert "storm" in fired(board, change)
    assert change.memories[0, 0, ARDA, BOREA] == -4


def test_what_waits_for_an_event_follows_in_the_same_opening(made):
    change = events(at_turn(made.board, 3), Params(rate=0.0))
    assert "flood" in fired(made.board, change)
    assert change.memories[0, 0, BOREA, ARDA] == -1


def test_a_delay_sets_it_for_a_later_turn(made):
    board = made.board
    change = events(at_turn(board, 3), Params(rate=0.0))
    famine = [event.name for event in board.events].index("famine")
    assert "famine" not in fired(board, change)
    assert change.due[0, famine] == 5


def test_an_event_whose_condition_fails_does_not_fire(made):
    assert "raid" not in fired(made.board, events(at_turn(made.board, 2), Params(rate=0.0)))


def test_flags_tensions_and_set_values(made):
    change = events(at_turn(made.board, 1), Params(rate=0.0))
    assert change.flags[0].tolist() == [True]
    assert change.tension[0].tolist() == [5]
    assert change.attributes[0, ARDA, 0] == 10 - 60


def test_onlookers_of_an_event_are_graded(made):
    # Cestia regards Arda at -60.
    change = events(at_turn(made.board, 1), Params(rate=0.0))
    assert change.memories[0, 0, CESTIA, BOREA] == pytest.approx(-6, abs=1e-5)


def test_an_event_with_a_decider_waits_for_the_choice(made):
    board = made.board
    meeting = [event.name for event in board.events].index("meeting")
    change = events(at_turn(board, 4), Params(rate=0.0))
    assert change.pending[0, meeting]
    assert change.memories is None or not change.memories.any()


def test_a_random_event_comes_once_in_its_mean_on_average(made):
    from game.draws import Draws

    board = made.board
    many = replace(at_turn(board, 6), world=replace(start_world(board, 4000), turn=5), draws=Draws.of(*range(4000)))
    quake = [event.name for event in board.events].index("quake")
    regard = np.repeat(many.regard, 4000, axis=0)
    change = events(replace(many, regard=regard), Params())
    share = (change.fired[:, quake] == 6).mean()
    assert share == pytest.approx(0.25, abs=0.03)


def test_an_event_fires_once_unless_it_repeats(made):
    board = made.board
    storm = [event.name for event in board.events].index("storm")
    world = replace(start_world(board), turn=2)
    again = world.fired.copy()
    again[0, storm] = 1
    change = events(moment(board, replace(world, fired=again)), Params(rate=0.0))
    assert change.fired[0, storm] == 1


def test_an_opening_happens_once(made):
    from game.draws import Draws

    world, ledger = opening(made.board, start_world(made.board), made.parameters, Draws.of(1))
    again, empty = opening(made.board, world, made.parameters, Draws.of(1))
    assert ledger.changes
    assert again is world
    assert not empty.changes
