"""Information: what everybody may know of worlds, and what one state may."""

from __future__ import annotations

import numpy as np

from game.kernel.compiled import compiled, entry, packed
from game.kernel.compiled.workspaces import by_replica
from game.kernel.declare import Booleans, Floats
from game.kernel.known import mask, secret_agreement
from game.kernel.records import one_world
from game.kernel.setting import Setting
from game.kernel.step import MASKED, public_of, seen_of
from game.kernel.world import Board, World
from game.submodels import information
from game.submodels.evaluation import attribute_value


def open_world(board: Board, world: World) -> World:
    """The worlds without what is secret: what everybody may know of relations, agreements, attributes and crises."""
    public = public_of(world)
    for replica, setting, own in by_replica(board, world):
        if not compiled(mask)(setting, own, packed(one_world(public, replica))):
            for name in MASKED:
                getattr(public, name)[replica] = getattr(world, name)[replica]
    return public


def seen_by(board: Board, world: World, state: int) -> World:
    """The worlds as one state may know them: its own affairs as they are, those of others as they show.

    They hold nothing by which a secret could be told from none at all: what secret orders cost, when an act that may be
    secret was done long ago, and what events are set for, are left out for everybody, always.
    """
    seen = seen_of(world)
    for replica, setting, own in by_replica(board, world):
        compiled(information.seen_by)(setting, own, world.turn, state, packed(one_world(seen, replica)))
    return seen


def attributes(board: Board, world: World) -> Floats:
    """The attributes of states as they are, what is concealed counted in `[R, N, Q]`."""
    found = np.zeros(world.attributes.shape)
    for replica, setting, own in by_replica(board, world):
        compiled(_attributes)(setting, own, found[replica])
    return found


def secret_agreements(board: Board, world: World) -> Booleans:
    """Which agreements the world does not know for certain, giver to receiver `[R, K, N, N]`."""
    found = np.zeros(world.agreements.shape, dtype=bool)
    for replica, setting, own in by_replica(board, world):
        compiled(_secret_agreements)(setting, own, found[replica])
    return found


@entry
def _attributes(setting: Setting, world: World, found: Floats) -> None:
    """The attributes of states as they are, written to `found` [N, Q]."""
    for state in range(found.shape[0]):
        for attribute in range(found.shape[1]):
            found[state, attribute] = attribute_value(setting, world, world.concealed, state, attribute)


@entry
def _secret_agreements(setting: Setting, world: World, found: Booleans) -> None:
    """Which agreements the world does not know for certain, written to `found` [K, N, N]."""
    for kind in range(found.shape[0]):
        for giver in range(found.shape[1]):
            for receiver in range(found.shape[2]):
                found[kind, giver, receiver] = secret_agreement(setting, world, kind, giver, receiver)
