"""endings: the run is over where an ending's conditions hold; of several, the first in the file counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.ledger import Change
from game.kernel.world import NEVER
from game.submodels.context import StepContext
from game.submodels.evaluation import Sight, holds


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: endings are the scenario's."""


def endings(context: StepContext, params: Params) -> Change:
    """Which ending each replica has come to `[R]`.

    >>> from game.testing import context, triad
    >>> board = triad(endings="endings: {war: {when: [islet.tension >= 40], text: War.}}").board
    >>> endings(context(board), Params()).over.tolist()  # the first one in the file; -1 is none
    [0]
    """
    board, world = context.board, context.world
    if not board.endings:
        return Change()
    over = world.over.copy()
    sight = Sight(board, context.public, context.apparent)
    for index, ending in enumerate(board.endings):
        reached = holds(ending.when, sight) & (over == NEVER)
        over = np.where(reached, np.int16(index), over)
    return Change(over=over)
