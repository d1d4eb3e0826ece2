"""suspicion: a state is wary of a neighbour whose soil its enemies might use."""

from __future__ import annotations

from dataclasses import dataclass

from game.ledger import Change, Moment


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set yet."""


def suspicion(moment: Moment, params: Params) -> Change:
    """Nothing yet."""
    return Change()
