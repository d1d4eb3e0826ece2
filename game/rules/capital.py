"""capital: political capital is refilled every turn, and little of it is carried over.

capital(t + 1) = income + min(carry, what is left)
"""

from __future__ import annotations

from dataclasses import dataclass

from game.kernel.changes import CAPITAL
from game.kernel.compiled import kernel
from game.kernel.step import Step


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set: `capital: {income, carry}` stands at the top of a scenario."""


@kernel
def capital(step: Step, params: Params) -> None:
    """The refill: the income, and what may be carried over of what is left.

    >>> from game.testing import change_by, context, triad
    >>> change_by(capital, context(triad().board), Params()).capital.tolist()  # income 4, 2 of 4 carried over
    [[2.0, 2.0, 2.0]]
    """
    setting, left, change = step.setting, step.world.capital, step.changes.world.capital
    for state in range(left.size):
        carried = left[state] if left[state] < setting.carry else setting.carry
        change[state] += setting.income + carried - left[state]
    step.changes.added[CAPITAL] = True
