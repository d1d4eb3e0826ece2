"""goals: what each state has achieved."""

from __future__ import annotations

from game.kernel.world import start_world
from game.measures.objectives import objective_points, objectives_met
from game.testing import triad

OBJECTIVES = """\
objectives:
  arda:
    public: [{when: borea -> arda >= 50, points: 30, label: A friend}]
    hidden: [{when: islet.tension < 30, points: 50, label: A quiet islet}]
  cestia:
    public: [{when: "arda -> cestia < 0", points: 10, label: No love lost}]
"""


def test_points_are_held_where_the_condition_holds():
    board = triad(objectives=OBJECTIVES).board
    assert objectives_met(board, start_world(board)).tolist() == [[True, False, True]]
    assert objective_points(board, start_world(board)).tolist() == [[30, 0, 10]]


def test_without_objectives_nobody_has_points():
    board = triad().board
    assert objective_points(board, start_world(board)).tolist() == [[0, 0, 0]]
