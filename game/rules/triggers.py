"""triggers: an act that was just done sets the events that wait for it.

`after: {act: …}` sets the event for the next opening, plus its `delay`. A refused deal triggers nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.declare import Booleans
from game.happenings import Event
from game.ledger import Change, Moment


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: triggers are the scenario's."""


def triggers(moment: Moment, params: Params) -> Change:
    """When each waiting event is now due `[R, E]`."""
    waiting = [index for index, event in enumerate(moment.board.events) if event.after_act is not None]
    if not waiting:
        return Change()
    due = moment.world.due.copy()
    for index in waiting:
        event = moment.board.events[index]
        due[_done(moment, event), index] = moment.turn + 1 + event.delay
    return Change(due=due)


def _done(moment: Moment, event: Event) -> Booleans:
    """Where the act that the event waits for was done this turn `[R]`."""
    deeds = moment.deeds
    match = (deeds.act == event.after_act) & ~deeds.refused
    if event.after_actor is not None:
        match = match & (deeds.actor == event.after_actor)
    if event.after_target is not None:
        match = match & (deeds.target == event.after_target)
    done = np.zeros(moment.world.replicas, dtype=bool)
    done[deeds.replica[match]] = True
    return done
