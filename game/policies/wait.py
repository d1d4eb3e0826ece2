"""wait: a state that does nothing and refuses every proposal; in a crisis it holds."""

from __future__ import annotations

import numpy as np

from game.kernel.declare import Booleans
from game.kernel.draws import Draws
from game.kernel.orders import Orders
from game.policies.view import View


class Wait:
    """The policy `wait`."""

    name = "wait"
    by_rows = True

    def orders(self, view: View, draws: Draws) -> Orders:
        """Nothing at all `[N, S]`."""
        return view.nothing()

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """No to everything `[N, S]`."""
        return np.zeros(orders.act.shape, dtype=bool)
