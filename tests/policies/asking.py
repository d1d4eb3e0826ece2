"""What tests ask a reasoner about orders."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from game.kernel.catalogue import ACTOR, NONE
from game.kernel.orders import Orders
from game.policies import Reasoner, View
from game.policies.reasoner.deal_terms import Bid, bid_in
from game.policies.reasoner.reasoner import by_name


def worth(reasoner: Reasoner, view: View, bid: Bid, role: int = ACTOR, *, foreseen: bool = False) -> dict[str, float]:
    """The terms of what an order is worth to one of its parties."""
    return dict(by_name(reasoner.worth(view, [bid], role, foreseen=foreseen)[0]))


def score(reasoner: Reasoner, view: View, bid: Bid, role: int = ACTOR, *, foreseen: bool = False) -> float:
    """What an order is worth to one of its parties."""
    return float(reasoner.worth(view, [bid], role, foreseen=foreseen).sum())


def given(orders: Orders) -> Iterator[tuple[int, int, Bid]]:
    """Every order with the state that gives it and the slot."""
    for state, slot in np.argwhere(orders.act != NONE).tolist():
        yield state, slot, bid_in(orders, state, slot)
