"""endings: the run is over where an ending's conditions hold; of several, the first in the file counts."""

from __future__ import annotations

from dataclasses import dataclass

from game.kernel.catalogue import NONE
from game.kernel.changes import OVER, begun
from game.kernel.compiled import kernel
from game.kernel.known import public_in, shown_in
from game.kernel.step import Step
from game.kernel.world import NEVER
from game.submodels.evaluation import holds


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: endings are the scenario's."""


@kernel
def endings(step: Step, params: Params) -> None:
    """Which ending a run that goes on has come to.

    >>> from game.testing import change_by, context, triad
    >>> board = triad(endings="endings: {war: {when: [islet.tension >= 40], text: War.}}").board
    >>> change_by(endings, context(board), Params()).over.tolist()  # the first one in the file; -1 is none
    [0]
    """
    setting, endings = step.setting, step.setting.programs.ending
    if endings.size == 0 or step.world.over[0] != NEVER:
        return
    public, shown = public_in(step), shown_in(step)
    for ending in range(endings.size):
        if holds(setting, public, public, shown, step.turn - 1, True, NONE, endings[ending], 0, 0):
            over = begun(step.changes, OVER, step.changes.world.over, step.world.over)
            over[0] = ending
            return
