"""triggers: an act that was just done sets the events that wait for it.

`after: {act: …}` sets the event for the next opening, plus its `delay`. A refused deal triggers nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.kernel.changes import DUE, begun
from game.kernel.compiled import kernel
from game.kernel.step import Step
from game.submodels.event_effects import due_after


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: triggers are the scenario's."""


@kernel
def triggers(step: Step, params: Params) -> None:
    """Set the events that wait for one of this turn's deeds.

    >>> from game.testing import change_by, context, triad
    >>> text = "events: {thanks: {headline: Thanks, after: {act: visit}, effects: {islet.tension: -1}}}"
    >>> change_by(triggers, context(triad(events=text).board, orders=["arda: visit borea"]), Params()).due.tolist()
    [[2]]
    """
    changes = step.changes
    if step.deeds.count[0] > 0:
        due_after(step.setting, begun(changes, DUE, changes.world.due, step.world.due), step.deeds, step.turn + 1)
