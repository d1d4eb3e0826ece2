"""decisions: an event that waited for its decider takes the course that was chosen.

Where nobody chose, the option is drawn by the weights of the file: P(option) = weight / sum of weights.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.consequences import Occurrence, consequences
from game.declare import Integers
from game.draws import OPTION
from game.ledger import Change, Moment


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: the weights are the scenario's."""


def decisions(moment: Moment, params: Params) -> Change:
    """The effects of what deciders chose; nothing waits any more."""
    world = moment.world
    waiting = world.pending & world.running[:, None]
    if not waiting.any():
        return Change()
    occurrences = []
    for index in np.flatnonzero(waiting.any(axis=0)).tolist():
        event = moment.board.events[index]
        chosen = option_taken(moment, index)
        for number, option in enumerate(event.options):
            where = waiting[:, index] & (chosen == number)
            if where.any():
                occurrences.append(Occurrence(f"{event.name}: {option.name}", option.effects, where))
    change = consequences(moment, occurrences, "decisions")
    return replace(change, pending=world.pending & ~waiting)


def option_taken(moment: Moment, index: int) -> Integers:
    """The option of event `index` that was chosen, or drawn by weight `[R]`."""
    event = moment.board.events[index]
    weights = np.cumsum([option.weight for option in event.options])
    drawn = moment.draws.uniform(moment.turn, OPTION, moment.board.event_keys[index : index + 1])[:, 0]
    by_weight = np.searchsorted(weights, drawn * weights[-1], side="right")
    given = moment.orders.option[:, index]
    return np.where(given >= 0, given, np.minimum(by_weight, len(event.options) - 1))
