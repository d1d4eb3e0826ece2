"""events: what is scheduled, triggered or random happens as a turn opens.

An event fires when its turn has come (`at`, `window`), when what it waits for has happened (`after`, plus `delay`), or
by chance (`mean_turns`: memoryless, 1/mean a turn); then `when` must hold and `chance` be met. What fires may trigger
others in the same opening, in waves. An event with a decider waits for the choice; `decisions` carries it out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.consequences import Occurrence, consequences, merged
from game.declare import Booleans, Shorts, Value, leaf, per_replica
from game.draws import CHANCE, EVENT
from game.ledger import Change, Moment
from game.predicate import Sight, holds
from game.world import NEVER

WAVES = 4
"""How far a chain of events runs within one opening; its rest waits for the next."""


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: events:`."""

    rate: Value = leaf(1.0, 0.0, 10.0, "times", "how often random events happen, relative to the file's `mean_turns`")


def events(moment: Moment, params: Params) -> Change:
    """What fires as the turn opens; `[R, E]` fields fired, due and pending are set."""
    board, world = moment.board, moment.world
    if not board.events:
        return Change()
    triggered = _at_random(moment, params) | (world.due == moment.turn)
    fired, due, pending = world.fired.copy(), world.due.copy(), world.pending.copy()
    change = Change()
    for _ in range(WAVES):
        firing = _firing(moment, triggered, fired)
        if not firing.any():
            break
        fired[firing] = moment.turn
        due = _set_due(moment, due, firing)
        pending |= firing & np.array([bool(event.options) for event in board.events])
        occurrences = [
            Occurrence(event.name, event.effects, firing[:, index])
            for index, event in enumerate(board.events)
            if firing[:, index].any()
        ]
        change = merged(change, consequences(_later(moment, change), occurrences, "events"))
        triggered = (due == moment.turn) & ~firing & (fired != moment.turn)
    return replace(change, fired=fired, due=due, pending=pending)


def _at_random(moment: Moment, params: Params) -> Booleans:
    """Which memoryless events come up `[R, E]`."""
    board = moment.board
    result = np.zeros((moment.world.replicas, len(board.events)), dtype=bool)
    random = [index for index, event in enumerate(board.events) if event.rate is not None]
    if random:
        drawn = moment.draws.uniform(moment.turn, EVENT, board.event_keys[random])
        for column, index in enumerate(random):
            rate = board.events[index].rate
            assert rate is not None
            result[:, index] = drawn[:, column] < rate * per_replica(params.rate, 1)
    return result


def _firing(moment: Moment, triggered: Booleans, fired: Shorts) -> Booleans:
    """Which of the triggered events really fire: `when`, `chance`, and once only unless they repeat `[R, E]`."""
    board, world = moment.board, moment.world
    firing = triggered & world.running[:, None]
    for index in np.flatnonzero(firing.any(axis=0)).tolist():
        event = board.events[index]
        if not event.repeats:
            firing[:, index] &= fired[:, index] == NEVER
        if event.when is not None:
            firing[:, index] &= holds(event.when, Sight(board, world, moment.regard))
        if (event.chance < 1.0).any():
            drawn = moment.draws.uniform(moment.turn, CHANCE, board.event_keys[index : index + 1])
            firing[:, index] &= drawn[:, 0] < event.chance
    return firing


def _set_due(moment: Moment, due: Shorts, firing: Booleans) -> Shorts:
    """When the events that wait for these, or for the acts these have done, are set for `[R, E]`."""
    board = moment.board
    result = due.copy()
    for index, event in enumerate(board.events):
        if event.after_event is not None:
            result[firing[:, event.after_event], index] = moment.turn + event.delay
        if event.after_act is not None:
            result[_deed_done(moment, index, firing), index] = moment.turn + event.delay
    return result


def _deed_done(moment: Moment, index: int, firing: Booleans) -> Booleans:
    """Where one of the firing events has the act done that event `index` waits for `[R]`."""
    waiting = moment.board.events[index]
    done = np.zeros(moment.world.replicas, dtype=bool)
    for cause in np.flatnonzero(firing.any(axis=0)).tolist():
        for deed in moment.board.events[cause].effects.deeds:
            if (
                deed.act == waiting.after_act
                and waiting.after_actor in (None, deed.actor)
                and waiting.after_target in (None, deed.target)
            ):
                done |= firing[:, cause]
    return done


def _later(moment: Moment, change: Change) -> Moment:
    """The moment as the next wave finds it: ties and flags that were just set stand."""
    fresh = {name: value for name in ("ties", "flags") if (value := getattr(change, name)) is not None}
    return replace(moment, world=replace(moment.world, **fresh)) if fresh else moment
