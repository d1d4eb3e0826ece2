"""disputes: arms, words and deeds drive tension; clashes have losses; settlements change who holds what."""

from __future__ import annotations

from dataclasses import dataclass

from game.ledger import Change, Moment


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set yet."""


def disputes(moment: Moment, params: Params) -> Change:
    """Nothing yet."""
    return Change()
