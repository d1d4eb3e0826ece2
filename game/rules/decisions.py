"""decisions: an event that waited for its decider takes the course that was chosen.

Where nobody chose, the option is drawn by the weights of the file: P(option) = weight / sum of weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.causes import Happening
from game.kernel.changes import PENDING, begun
from game.kernel.compiled import kernel
from game.kernel.events import option_drawn
from game.kernel.ledger import Change
from game.kernel.phases import RULES
from game.kernel.records import changed
from game.kernel.step import Step
from game.submodels.context import StepContext
from game.submodels.event_effects import Occurrence, consequences, k_consequences, k_option_taken

DECISIONS = RULES.index("decisions")


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: the weights are the scenario's."""


def decisions(context: StepContext, params: Params) -> Change:
    """The effects of what deciders chose; nothing waits any more.

    >>> from dataclasses import replace
    >>> from game.testing import context, triad
    >>> talks = "{headline: Talks, at: 9, decider: arda, options: {speak: {label: Speak, weight: 1, effects: %s}}}"
    >>> seen = context(triad(events="events: {talks: " + talks % "{islet.tension: -3}" + "}").board)
    >>> waiting = replace(seen, world=replace(seen.world, pending=~seen.world.pending))
    >>> decisions(waiting, Params()).tension.tolist()
    [[-3.0]]
    """
    world = context.world
    waiting = world.pending & world.running[:, None]
    if not waiting.any():
        return Change()
    occurrences = []
    for index in np.flatnonzero(waiting.any(axis=0)).tolist():
        event = context.board.events[index]
        given = context.orders.option[:, index]
        drawn = option_drawn(event, context.board.event_keys[index], context.turn, context.draws)
        chosen = np.where(given >= 0, given, drawn)
        for number, option in enumerate(event.options):
            where = waiting[:, index] & (chosen == number)
            if where.any():
                occurrences.append(Occurrence(Happening(index, number), option.effects, where))
    change = consequences(context, occurrences, "decisions", context.turn + 1)
    return changed(change, pending=world.pending & ~waiting)


# ---- kernels


@kernel
def k_decisions(step: Step, params: Params) -> None:
    """The effects of what deciders chose, or of what the weights drew; nothing waits any more."""
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
            occurring[place] = world.pending.size + table.first_option[event] + k_option_taken(step, event)
            place += 1
    k_consequences(step, occurring, DECISIONS, step.turn + 1)
