"""events: what is scheduled, triggered or random happens as a turn opens.

An event comes up when its turn has come (`at`, `window`), when what it waits for has happened (`after`, plus `delay`),
or by chance (`mean_turns`: memoryless, 1/mean a turn); it fires if `when` holds and `chance` is met, at most once in an
opening. The rule is one wave: what fires may trigger others, or make their conditions true, and they fire in the next
wave of the same opening, until nothing more does. An event with a decider waits for the choice; `decisions` carries it
out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.changes import DUE, FIRED, PENDING, begun
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Booleans,
    Value,
    leaf,
)
from game.kernel.draws import CHANCE, EVENT, drawn_uniform
from game.kernel.events.table import EventTable
from game.kernel.known import public_in, shown_in
from game.kernel.phases import RULES
from game.kernel.step import Step
from game.kernel.world import NEVER
from game.submodels.evaluation import holds
from game.submodels.event_effects import consequences

EVENTS = RULES.index("events")


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: events:`."""

    rate: Value = leaf(1.0, 0.0, 10.0, "times", "how often random events happen, relative to the file's `mean_turns`")


@kernel
def events(step: Step, params: Params) -> None:
    """Let the events fire that have come up, whose `when` holds and whose `chance` is met; those with options wait.

    >>> from game.testing import change_by, context, triad
    >>> text = "events: {storm: {headline: A storm, at: 1, effects: {islet.tension: 5}}}"
    >>> change = change_by(events, context(triad(events=text).board), Params())
    >>> change.fired.tolist(), change.tension.tolist()
    ([[1]], [[5.0]])
    """
    setting, world, changes = step.setting, step.world, step.changes
    table, change = setting.events, changes.world
    firing = np.zeros(table.rate.size, np.bool_)
    count = 0
    for event in range(firing.size):
        if _fires(step, params, event):
            firing[event] = True
            count += 1
    if count == 0:
        return
    fired = begun(changes, FIRED, change.fired, world.fired)
    pending = begun(changes, PENDING, change.pending, world.pending)
    occurring = np.zeros(count, np.int64)
    place = 0
    for event in range(firing.size):
        if firing[event]:
            occurring[place] = event
            place += 1
            fired[event] = step.turn
            if table.first_option[event] < table.first_option[event + 1]:
                pending[event] = True
    consequences(step, occurring, EVENTS, step.turn)
    _follow(step, firing)


@kernel
def _fires(step: Step, params: Params, event: int) -> bool:
    """Whether an event fires: one that has come up, whose `when` holds and `chance` is met, once an opening."""
    table, world = step.setting.events, step.world
    fired, seed, key = world.fired[event], step.seed[0], table.keys[event]
    if fired == step.turn or (fired != NEVER and not table.repeats[event]):
        return False
    if world.due[event] != step.turn and not _comes_up_by_chance(table, params, event, step.turn, seed):
        return False
    if not _when_holds(step, event):
        return False
    chance = table.chance[event]
    return bool(chance >= 1.0 or drawn_uniform(seed, step.turn, CHANCE, key) < chance)


@kernel
def _comes_up_by_chance(table: EventTable, params: Params, event: int, turn: int, seed: np.uint64) -> bool:
    """Whether a memoryless event comes up."""
    rate = table.rate[event]
    return bool(rate > 0.0 and drawn_uniform(seed, turn, EVENT, table.keys[event]) < rate * params.rate)


@kernel
def _when_holds(step: Step, event: int) -> bool:
    """Whether what an event requires holds, as everybody may know."""
    program = step.setting.programs.when[event]
    if program == NONE:
        return True
    public = public_in(step)
    return holds(step.setting, public, public, shown_in(step), step.turn - 1, True, NONE, program, NONE, NONE)


@kernel
def _follow(step: Step, firing: Booleans) -> None:
    """Set the events that wait for those that fire."""
    table, changes = step.setting.events, step.changes
    for event in range(firing.size):
        before = table.after_event[event]
        if before != NONE and firing[before]:
            due = begun(changes, DUE, changes.world.due, step.world.due)
            due[event] = step.turn + table.delay[event]
