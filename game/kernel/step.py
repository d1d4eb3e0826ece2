"""The step: what every rule of a phase looks at and writes to, of one world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.changes import Changes, Rows, changes_of, rows_of
from game.kernel.declare import Booleans, Floats, Words, shaped
from game.kernel.deeds import Deeds, deeds_of
from game.kernel.orders import Orders
from game.kernel.records import changed
from game.kernel.setting import Setting
from game.kernel.world import NEVER, World

PUBLIC, RELATION, SHOWN, GRADED = range(4)
"""What follows from a world and is worked out once a phase, when a rule first asks."""


@dataclass(slots=True)
class Step:
    """One world, what is done in it, and what rules make of it.

    Rules read `world` and write to `changes`, never to the world. What follows from the world, `masked` to `graded`, is
    asked of `game.kernel.known`, which works it out where `fresh` says that it is not.
    """

    setting: Setting
    world: World
    orders: Orders
    deeds: Deeds  # what orders lead to
    by_events: Deeds  # what the events and options of this phase have done, or one deed that comes out
    changes: Changes
    rows: Rows
    masked: World  # the world as everybody may know it, where that is not all there is to it
    seen: World  # room for the world as one state may know it
    idle: World  # the world, had nobody done anything in it; whoever notes deeds in it takes them back
    accepted: Booleans = shaped("RNS")
    relation: Floats = shaped("RNN")  # how i regards j
    shown: Floats = shaped("RNN")  # how i seems to everybody to regard j
    graded: Floats = shaped("RGNN")  # how much k shows itself a rival, friend, neighbour ... of x
    fresh: Booleans = shaped("Y")  # which of PUBLIC to GRADED hold
    secretive: Booleans = shaped("Y")  # whether anything is secret
    seed: Words = shaped("Y")
    turn: int = 0  # the turn being played, from 1


MASKED = (
    "rung", "pledges", "pledged_on", "solemnity", "private_pledge", "agreements", "volume", "suspended", "purpose",
    "last", "hidden", "concealed",
)  # fmt: skip
"""The arrays of a world that hold what can be secret."""


SEEN = (*MASKED, "secrecy", "stake", "capital", "cooldown", "posture", "due")
"""The arrays of a world that are not the same in the eyes of one state."""


def public_of(world: World) -> World:
    """A world to write to what everybody may know of another: it shares with it what can't be secret."""
    return changed(world, **{name: np.zeros_like(getattr(world, name)) for name in MASKED})


def seen_of(world: World) -> World:
    """A world to write to what one state may know of another: it shares with it what nobody hides."""
    return changed(world, **{name: np.zeros_like(getattr(world, name)) for name in SEEN})


def step_of(
    setting: Setting, world: World, orders: Orders, accepted: Booleans, seed: int, *, rows: int = 0, deeds: int = 0
) -> Step:
    """What a turn of a world needs; all arrays but the world's, the orders' and `accepted` are its own."""
    states = setting.plays.size
    blank = changes_of(world)
    return Step(
        setting=setting,
        world=world,
        orders=orders,
        deeds=deeds_of(states * orders.act.shape[1]),
        by_events=deeds_of(max(setting.events.effects.acts.amounts.size, 1)),
        changes=blank,
        rows=rows_of(rows, deeds),
        masked=public_of(world),
        seen=seen_of(world),
        idle=changed(world, last=np.full_like(world.last, NEVER)),
        accepted=accepted,
        relation=np.zeros((states, states)),
        shown=np.zeros((states, states)),
        graded=np.zeros((4 + setting.acts.named.size, states, states)),
        fresh=np.zeros(4, dtype=bool),
        secretive=np.zeros(1, dtype=bool),
        seed=np.array([seed], dtype=np.uint64),
        turn=world.turn + 1,
    )
