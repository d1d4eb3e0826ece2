"""What a turn's moves are put down to: suspicion rises where regard falls by it, and falls where regard rises."""

from __future__ import annotations

import numpy as np

from game.match.match import Setup, begin
from game.play.observation import Sight
from game.play.turn_review import moves
from game.scenario import load


def test_suspicion_grows_where_it_takes_relation_away_and_falls_where_it_gives_it_back():
    match = begin(Setup(load("south-caucasus-2012"), 3))
    board, told = match.history.board, set()
    for _ in range(12):
        before, match = match.history, match.advance()
        change = match.history.world.suspicion[0] - before.world.suspicion[0]
        for move in moves(Sight(match, None), before, match.history, most=400):
            for name, value in move.rows:
                if name.startswith("suspicion of "):
                    first, second = board.state(move.first), board.state(move.second)
                    word = "grows" if change[first, second] > 0 else "falls"
                    assert name == f"suspicion of {board.names[second]} {word}"
                    assert np.isclose(value, -change[first, second])
                    told.add(word)
    assert told == {"grows", "falls"}
