"""decisions: an event that waited for its decider takes the course that was chosen.

Where nobody chose, the option is drawn by the weights of the file: P(option) = weight / sum of weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.changes import PENDING, begun
from game.kernel.compiled import kernel
from game.kernel.phases import RULES
from game.kernel.step import Step
from game.submodels.event_effects import consequences, option_taken

DECISIONS = RULES.index("decisions")


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: the weights are the scenario's."""


@kernel
def decisions(step: Step, params: Params) -> None:
    """The effects of what deciders chose, or of what the weights drew; nothing waits any more.

    >>> from dataclasses import replace
    >>> from game.testing import change_by, context, triad
    >>> talks = "{headline: Talks, at: 9, decider: arda, options: {speak: {label: Speak, weight: 1, effects: %s}}}"
    >>> seen = context(triad(events="events: {talks: " + talks % "{islet.tension: -3}" + "}").board)
    >>> waiting = replace(seen, world=replace(seen.world, pending=~seen.world.pending))
    >>> change_by(decisions, waiting, Params()).tension.tolist()
    [[-3.0]]
    """
    table, world, changes = step.setting.events, step.world, step.changes
    waiting = 0
    for event in range(world.pending.size):
        waiting += world.pending[event]
    if waiting == 0:
        return
    pending = begun(changes, PENDING, changes.world.pending, world.pending)
    occurring = np.zeros(waiting, np.int64)
    place = 0
    for event in range(world.pending.size):
        if world.pending[event]:
            pending[event] = False
            occurring[place] = world.pending.size + table.first_option[event] + option_taken(step, event)
            place += 1
    consequences(step, occurring, DECISIONS, step.turn + 1)
