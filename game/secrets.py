"""Secrets: what is kept from the world when an act is done in secret, until it comes out."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np

from game.acts import Deeds, Impulses
from game.declare import Booleans, Floats, Shorts
from game.world import SECRET, Board, World

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


def kept_secret(board: Board, present: Secrets, deeds: Deeds) -> Secrets:
    """The secrets of a world once the secret deeds are done; a refusal leaves nothing to hide but the talk of it."""
    which = deeds.secret & deeds.done
    if not which.any():
        return present
    places = {act: place for place, act in enumerate(board.acts.secrets)}
    place = np.array([places[act] for act in deeds.act[which].tolist()], dtype=np.int64)
    cell = (deeds.replica[which], place, deeds.actor[which], deeds.target[which])
    secrecy, stake = present.secrecy.copy(), present.stake.copy()
    secrecy[cell], stake[cell] = SECRET, deeds.term[which]
    return Secrets(secrecy, stake)


def private(deeds: Deeds) -> Booleans:
    """Which deeds only their two parties know of `[O]`."""
    return np.asarray(deeds.secret | (deeds.audience == -2))


def selected(flat: Flat, which: Booleans) -> Flat:
    """Some of the deeds, or of their impulses."""
    parts: dict[str, Any] = {each.name: getattr(flat, each.name) for each in fields(flat)}
    kept: dict[str, Any] = {name: None if value is None else value[which] for name, value in parts.items()}
    return replace(flat, **kept)
