"""secrecy: what was done in secret leaks, is confirmed or denied, and comes out."""

from __future__ import annotations

from dataclasses import dataclass

from game.ledger import Change, Moment


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set yet."""


def secrecy(moment: Moment, params: Params) -> Change:
    """Nothing yet."""
    return Change()
