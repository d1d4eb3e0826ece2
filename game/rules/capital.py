"""capital: political capital is refilled every turn, and little of it is carried over.

capital(t + 1) = income + min(carry, what is left)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.changes import CAPITAL
from game.kernel.compiled import kernel
from game.kernel.ledger import Change
from game.kernel.step import Step
from game.submodels.context import StepContext


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: `capital: {income, carry}` stands at the top of a scenario."""


def capital(context: StepContext, params: Params) -> Change:
    """The refill, as a change `[R, N]`.

    >>> from game.testing import context, triad
    >>> capital(context(triad().board), Params()).capital.tolist()  # income 4, 2 of the 4 left carried over
    [[2.0, 2.0, 2.0]]
    """
    left = context.world.capital
    return Change(capital=context.board.income + np.minimum(context.board.carry, left) - left)


@kernel
def k_capital(step: Step, params: Params) -> None:
    """The refill: the income, and what may be carried over of what is left."""
    setting, left, change = step.setting, step.world.capital, step.changes.world.capital
    for state in range(left.size):
        carried = left[state] if left[state] < setting.carry else setting.carry
        change[state] += setting.income + carried - left[state]
    step.changes.added[CAPITAL] = True
