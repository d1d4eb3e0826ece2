"""Secrets: what is kept from the world when an act is done in secret, until it comes out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np

from game.kernel.catalogue import NONE, Deeds, Impulses
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.orders import PRIVATE
from game.kernel.records import changed
from game.kernel.world import SECRET, Board, World
from game.submodels.information import secret_ties

Flat = TypeVar("Flat", Deeds, Impulses)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the world knows of acts that can be kept secret, and their value, `[R, C, N, N]`."""

    secrecy: Shorts
    stake: Floats

    @classmethod
    def of(cls, world: World) -> Secrets:
        """Those of a world."""
        return cls(world.secrecy, world.stake)


def kept_secret(board: Board, world: World, deeds: Deeds) -> Secrets:
    """The secrets of a world once the secret deeds are done; a refusal leaves nothing to hide but the talk of it.

    What is done once more adds to what is secret, but not to what is rumoured already: that would show.
    """
    present = Secrets.of(world)
    which = deeds.secret & deeds.done
    if not which.any():
        return present
    which &= ~_in_the_open(board, world, deeds)
    places = {act: place for place, act in enumerate(board.acts.secrets)}
    place = np.array([places[act] for act in deeds.act[which].tolist()], dtype=np.int64)
    cell = (deeds.replica[which], place, deeds.actor[which], deeds.target[which])
    quiet = present.secrecy[cell] <= SECRET
    added, done = tuple(axis[quiet] for axis in cell), deeds.scale[which][quiet]
    lasting = board.acts.signs[deeds.act[which][quiet]] != NONE
    secrecy, stake = present.secrecy.copy(), present.stake.copy()
    secrecy[added] = SECRET
    stake[added] = np.where(lasting, np.maximum(done, stake[added]), done + stake[added])
    return Secrets(secrecy, stake)


def _in_the_open(board: Board, world: World, deeds: Deeds) -> Booleans:
    """Which deeds sign what everybody knows of already, or sees signed in the same turn: no secret any more `[O]`."""
    kind = board.acts.signs[deeds.act]
    known = (world.ties > 0) & ~secret_ties(board, world)
    plain = (kind != NONE) & deeds.done & ~private(deeds)
    known[deeds.replica[plain], kind[plain], deeds.actor[plain], deeds.target[plain]] = True
    result = np.zeros(kind.shape, dtype=bool)
    signs = np.flatnonzero(kind != NONE)
    replica, actor, target = deeds.replica[signs], deeds.actor[signs], deeds.target[signs]
    back = board.ties.mutual[kind[signs]] & known[replica, kind[signs], target, actor]
    result[signs] = known[replica, kind[signs], actor, target] | back
    return result


def noted(last: Shorts, deeds: Deeds, turn: int) -> Shorts:
    """The turn each act was last done, once the deeds are `[R, A, N, N]`; a private word leaves nothing to point at."""
    result = last.copy()
    which = deeds.done & (deeds.audience != PRIVATE)
    result[deeds.replica[which], deeds.act[which], deeds.actor[which], deeds.target[which]] = turn
    return result


def private(deeds: Deeds) -> Booleans:
    """Which deeds only their two parties know of `[O]`."""
    return np.asarray(deeds.secret | (deeds.audience == PRIVATE))


def selected(flat: Flat, which: Booleans) -> Flat:
    """Some of the deeds, or of their impulses."""
    parts: dict[str, Any] = {each.name: getattr(flat, each.name) for each in fields(flat)}
    kept: dict[str, Any] = {name: None if value is None else value[which] for name, value in parts.items()}
    return changed(flat, **kept)
