"""triggers: an act that was just done sets the events that wait for it.

`after: {act: …}` sets the event for the next opening, plus its `delay`. A refused deal triggers nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.kernel.changes import DUE, begun
from game.kernel.compiled import kernel
from game.kernel.ledger import Change
from game.kernel.step import Step
from game.submodels.context import StepContext
from game.submodels.event_effects import due_after, k_due_after


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: triggers are the scenario's."""


def triggers(context: StepContext, params: Params) -> Change:
    """When each waiting event is now due `[R, E]`.

    >>> from game.testing import context, triad
    >>> text = "events: {thanks: {headline: Thanks, after: {act: visit}, effects: {islet.tension: -1}}}"
    >>> triggers(context(triad(events=text).board, orders=["arda: visit borea"]), Params()).due.tolist()
    [[2]]
    """
    if all(event.after_act is None for event in context.board.events):
        return Change()
    return Change(due=due_after(context.board, context.world.due, context.actions, context.turn + 1))


# ---- kernels


@kernel
def k_triggers(step: Step, params: Params) -> None:
    """Set the events that wait for one of this turn's deeds."""
    changes = step.changes
    if step.deeds.count[0] > 0:
        k_due_after(step.setting, begun(changes, DUE, changes.world.due, step.world.due), step.deeds, step.turn + 1)
