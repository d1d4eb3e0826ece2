"""endings: the run is over where an ending's conditions hold; of several, the first in the file counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.changes import OVER, begun
from game.kernel.compiled import kernel
from game.kernel.known import public_in, shown_in
from game.kernel.ledger import Change
from game.kernel.step import Step
from game.kernel.world import NEVER
from game.submodels.context import StepContext
from game.submodels.evaluation import Sight, holds, k_holds


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


@kernel
def k_endings(step: Step, params: Params) -> None:
    """Which ending a run that goes on has come to."""
    setting, endings = step.setting, step.setting.programs.ending
    if endings.size == 0 or step.world.over[0] != NEVER:
        return
    public, shown = public_in(step), shown_in(step)
    for ending in range(endings.size):
        if k_holds(setting, public, public, shown, step.turn - 1, True, NONE, endings[ending], 0, 0):
            over = begun(step.changes, OVER, step.changes.world.over, step.world.over)
            over[0] = ending
            return
