"""capital: refilled every turn, little carried over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.world import start_world
from game.rules.capital import Params, capital
from game.testing import change_by, context, triad


@pytest.mark.parametrize(("left", "after"), [(0.0, 4.0), (1.5, 5.5), (2.0, 6.0), (4.0, 6.0)])
def test_income_comes_on_top_of_what_may_be_carried(left, after):
    board = triad().board
    world = replace(start_world(board), capital=np.full((1, 3), left))
    change = change_by(capital, context(board, world), Params())
    assert (world.capital + change.capital).tolist() == [[after] * 3]
