"""decisions: an event that waited for its decider takes the course that was chosen.

Where nobody chose, the option is drawn by the weights of the file: P(option) = weight / sum of weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.causes import Happening
from game.kernel.events import option_drawn
from game.kernel.ledger import Change
from game.kernel.records import changed
from game.submodels.context import StepContext
from game.submodels.event_effects import Occurrence, consequences


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
