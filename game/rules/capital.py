"""capital: political capital is refilled every turn, and little of it is carried over.

capital(t + 1) = income + min(carry, what is left)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.ledger import Change
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
