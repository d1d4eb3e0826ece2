"""intentions: what a state is about with another changes slowly."""

from __future__ import annotations

from dataclasses import dataclass

from game.ledger import Change, Moment


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set yet."""


def intentions(moment: Moment, params: Params) -> Change:
    """Nothing yet."""
    return Change()
