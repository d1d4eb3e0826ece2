"""Why a game is over: the condition that held, and the turns in which what it asks about rose most."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from game.play import commands as wanted
from game.play import debrief_page
from game.play.dispatch import Director
from game.play.explained.endings import end_of
from game.play.snapshot import Counterfactual


@pytest.fixture
def director(tmp_path):
    director = Director(tmp_path)
    assert director.carry_out(wanted.Begin("classroom-triad", ("arda",), 1, turns=8)) is None
    return director


def hot(director):
    """The match as if its first dispute had come to blows in the next turn: no more of it than an ending asks about."""
    match = director.current
    before = match.history.world
    tension = before.tension.copy()
    tension[0, 0] = 100.0
    after = replace(before, tension=tension)
    board = match.history.board
    history = SimpleNamespace(board=board, world=after, worlds=[before, after])
    return SimpleNamespace(history=history, ending=lambda: board.endings[0].name), float(before.tension[0, 0])


def test_a_game_that_goes_on_has_no_ending(director):
    assert end_of(director.current) is None
    assert director.snapshot().game.end is None


def test_an_ending_says_which_condition_held_and_when_the_tension_rose_most(director):
    match, before = hot(director)
    found = end_of(match)
    assert found.text == match.history.board.endings[0].text
    assert "ension" in found.because
    assert "100" in found.because
    (rise,) = found.rises
    assert (rise.turn, rise.level) == (1, 100.0)
    assert rise.size == pytest.approx(100.0 - before)


def test_the_debrief_says_why_it_ended_and_which_order_would_have_averted_it(director):
    match, _ = hot(director)
    game = replace(director.snapshot().game, end=end_of(match), ending=match.history.board.endings[0].text)
    assert debrief_page.verdict(game).startswith("Ended early")
    said = debrief_page.why(game)
    assert said[0].startswith("It ended because ")
    assert "(turn 1): +" in said[1]
    kept = Counterfactual(
        1, "January 2001", "Arda threatens Borea", "arda", "borea", "arda", (0.0,), (0.0,), 0.0, 0.0, 0
    )
    assert "would not have prevented it" in debrief_page.why(game, (kept,))[-1]
    averting = replace(kept, averted=True)
    assert "Arda threatens Borea" in debrief_page.why(game, (averting,))[-1]
    assert "would not have ended then" in debrief_page.aside(averting)


def test_where_every_turn_was_played_there_is_nothing_to_explain(director):
    game = director.snapshot().game
    assert debrief_page.why(game) == ()
    assert debrief_page.verdict(game).startswith("All turns played")


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_places_are_counted_as_people_count(number, said):
    assert debrief_page.ordinal(number) == said
