"""pledges: what was pledged is kept or broken, and remembered."""

from __future__ import annotations

from dataclasses import dataclass, fields

from game.ledger import Change, Moment
from game.vows import Promises, promised


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing may be set yet."""


def pledges(moment: Moment, params: Params) -> Change:
    """Nothing yet."""
    board, world = moment.board, moment.world
    promises = promised(board, Promises.of(world), moment.deeds, moment.turn)
    return Change(**{each.name: getattr(promises, each.name) for each in fields(promises)})
