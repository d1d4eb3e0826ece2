"""V12: memories halve every half-life, and the shares of all causes add up to the relation.

Exponential decay with a half-life makes every past cause keep an exact share of what is left (docs/decisions/0007).
"""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

import game
from tests.published.rule_that_runs import bare, played, uniform


@pytest.mark.parametrize("half_life", [1, 3, 10])
def test_a_memory_halves_every_half_life(half_life):
    scenario = bare(uniform(3, 0.0), half_life, shock=uniform(3, 40.0), turns=60)
    run = played(scenario, 3 * half_life + 1, {"balance.alpha": 0.0})
    left = run[1::half_life, 0, 1]
    assert left[1:] == pytest.approx(left[:-1] / 2.0, rel=1e-4)
    assert np.all(left > 0.0)


@pytest.mark.parametrize("name", ["classroom-triad", "hegemon-and-five"])
def test_the_causes_of_every_relation_add_up_to_it_after_every_turn(name):
    match = game.begin(game.Setup(name, 5))
    while not match.finished:
        match = match.advance()
    board, series = match.history.board, match.history.series()
    for turn in range(match.history.turn + 1):
        for (i, first), (j, second) in permutations(enumerate(board.states), 2):
            shares = sum(row.left for row in game.explain(match.history, first, second, turn).rows)
            assert shares == pytest.approx(series[turn, i, j], abs=1e-9)
