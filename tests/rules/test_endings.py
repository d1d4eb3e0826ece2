"""endings: the run is over where an ending's conditions hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.kernel.world import start_world
from game.rules.endings import Params, endings
from game.testing import change_by, context, triad

ENDINGS = """\
endings:
  war: {when: [islet.tension >= 100], text: The islet burns.}
  quarrel: {when: [islet.tension >= 90, arda -> cestia < 0], text: They no longer speak.}
"""


def over_at(tension):
    board = triad(endings=ENDINGS).board
    world = replace(start_world(board), tension=np.array([[tension]]))
    return change_by(endings, context(board, world), Params()).over[0]


def test_nothing_ends_while_no_condition_holds():
    assert over_at(89.0) == -1


def test_the_ending_whose_conditions_all_hold_is_reached():
    assert over_at(95.0) == 1


def test_of_several_the_first_in_the_file_counts():
    assert over_at(100.0) == 0


def test_a_threshold_compares_hundredths_so_that_a_last_bit_never_decides():
    assert over_at(99.9999999) == 0


def test_an_ending_once_reached_stays():
    board = triad(endings=ENDINGS).board
    world = replace(start_world(board), tension=np.array([[100.0]]), over=np.array([1], dtype=np.int16))
    assert change_by(endings, context(board, world), Params()).over[0] == 1
