"""Secrets: what is kept from the world when an act is done in secret, until it comes out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np

from game.kernel.catalogue import NONE, Actions
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.ledger import Impulses
from game.kernel.orders import PRIVATE, private
from game.kernel.records import changed
from game.kernel.world import (
    DENIED_BY_ACTOR,
    DENIED_BY_BOTH,
    DENIED_BY_TARGET,
    SECRET,
    Board,
    World,
)
from game.submodels.information import secret_agreements

Flat = TypeVar("Flat", Actions, Impulses)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the world knows of acts that can be kept secret, and their value, `[R, C, N, N]`."""

    secrecy: Shorts
    stake: Floats

    @classmethod
    def of(cls, world: World) -> Secrets:
        """Those of a world."""
        return cls(world.secrecy, world.stake)


def kept_secret(board: Board, world: World, actions: Actions) -> Secrets:
    """The secrets of a world once the secret deeds are done; a refusal leaves nothing to hide but the talk of it.

    What is done once more adds to what is secret, but not to what is rumoured already: that would show.
    """
    present = Secrets.of(world)
    which = actions.secret & actions.done
    if not which.any():
        return present
    which &= ~_in_the_open(board, world, actions)
    places = {act: place for place, act in enumerate(board.acts.secrets)}
    place = np.array([places[act] for act in actions.act[which].tolist()], dtype=np.int64)
    cell = (actions.replica[which], place, actions.actor[which], actions.target[which])
    quiet = present.secrecy[cell] <= SECRET
    added, done = tuple(axis[quiet] for axis in cell), actions.scale[which][quiet]
    lasting = board.acts.signs[actions.act[which][quiet]] != NONE
    secrecy, stake = present.secrecy.copy(), present.stake.copy()
    secrecy[added] = SECRET
    # One by one, since the same may be done twice at once: two events have it done, or one of them twice.
    np.maximum.at(stake, tuple(axis[lasting] for axis in added), done[lasting])
    np.add.at(stake, tuple(axis[~lasting] for axis in added), done[~lasting])
    return Secrets(secrecy, stake)


def _in_the_open(board: Board, world: World, actions: Actions) -> Booleans:
    """Which deeds sign what everybody knows of already, or sees signed in the same turn: no secret any more `[O]`."""
    kind = board.acts.signs[actions.act]
    known = (world.agreements > 0) & ~secret_agreements(board, world)
    plain = (kind != NONE) & actions.done & ~private(actions)
    known[actions.replica[plain], kind[plain], actions.actor[plain], actions.target[plain]] = True
    result = np.zeros(kind.shape, dtype=bool)
    signs = np.flatnonzero(kind != NONE)
    replica, actor, target = actions.replica[signs], actions.actor[signs], actions.target[signs]
    back = board.agreements.mutual[kind[signs]] & known[replica, kind[signs], target, actor]
    result[signs] = known[replica, kind[signs], actor, target] | back
    return result


def denied(stage: Shorts) -> tuple[Booleans, Booleans]:
    """Whether actor and target deny what is at a stage; the shape it has, twice."""
    both = stage == DENIED_BY_BOTH
    return both | (stage == DENIED_BY_ACTOR), both | (stage == DENIED_BY_TARGET)


def left_by_denials(stage: Shorts, doubts_actor: Floats, doubts_target: Floats) -> Floats:
    """What denials leave of a rumour with whoever doubts the word of its two parties so far; all that broadcasts."""
    by_actor, by_target = denied(stage)
    return np.asarray(np.where(by_actor, doubts_actor, 1.0) * np.where(by_target, doubts_target, 1.0))


def noted(last: Shorts, actions: Actions, turn: int) -> Shorts:
    """The turn each act was last done, once the deeds are `[R, A, N, N]`; a private word leaves nothing to point at."""
    result = last.copy()
    which = actions.done & (actions.audience != PRIVATE)
    result[actions.replica[which], actions.act[which], actions.actor[which], actions.target[which]] = turn
    return result


def selected(flat: Flat, which: Booleans) -> Flat:
    """Some of the deeds, or of their impulses."""
    parts: dict[str, Any] = {each.name: getattr(flat, each.name) for each in fields(flat)}
    kept: dict[str, Any] = {name: None if value is None else value[which] for name, value in parts.items()}
    return changed(flat, **kept)
