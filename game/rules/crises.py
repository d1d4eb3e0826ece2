"""crises: both sides of a crisis choose at once, and climb, hold, step off or back down."""

from __future__ import annotations

from dataclasses import dataclass

from game.ledger import Change, Moment


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set yet."""


def crises(moment: Moment, params: Params) -> Change:
    """Nothing yet."""
    return Change()
