"""Information: the world as one state may know it.

Third parties react to the public face of relations; the two parties of a secret alone know what is behind it. What
everybody may know is worked out by `game.kernel.known`.
"""

from __future__ import annotations

from game.kernel.catalogue import NONE
from game.kernel.changes import filled
from game.kernel.compiled import entry, kernel
from game.kernel.declare import Shorts
from game.kernel.known import knows_of_crisis, secret_agreement
from game.kernel.setting import Setting
from game.kernel.world import CALM, NEVER, OPEN, SECRET, World


@kernel
def known_rungs(setting: Setting, world: World, state: int, rung: Shorts) -> None:
    """How high the sides of each crisis stand, as one state, or with -1 everybody, may know it, to `rung` [D, B]."""
    for dispute in range(world.rung.shape[0]):
        known = knows_of_crisis(setting, world, dispute, state)
        for side in range(2):
            rung[dispute, side] = world.rung[dispute, side] if known else CALM


@entry
def seen_by(setting: Setting, world: World, turn: int, state: int, seen: World) -> None:
    """Write to `seen` the world as one state may know it, with `turn` turns played: others' affairs as they show.

    It holds nothing by which a secret could be told from none at all: what secret orders cost, when an act that may be
    secret was done long ago, and what events are set for, are left out for everybody, always. All arrays of SEEN are
    its own.
    """
    _see_agreements(setting, world, state, seen)
    _see_pledges(world, state, seen)
    _see_secrets(world, state, seen)
    _see_acts(setting, world, turn, state, seen)
    _see_states(setting, world, state, seen)
    known_rungs(setting, world, state, seen.rung)
    filled(seen.due, NEVER)


@kernel
def _see_agreements(setting: Setting, world: World, state: int, seen: World) -> None:
    for kind in range(world.agreements.shape[0]):
        for i in range(world.agreements.shape[1]):
            for j in range(world.agreements.shape[2]):
                known = i == state or j == state or not secret_agreement(setting, world, kind, i, j)
                seen.agreements[kind, i, j] = world.agreements[kind, i, j] if known else 0
                seen.volume[kind, i, j] = world.volume[kind, i, j] if known else 0.0
                seen.suspended[kind, i, j] = world.suspended[kind, i, j] and known
                seen.purpose[kind, i, j] = world.purpose[kind, i, j] if known else NONE


@kernel
def _see_pledges(world: World, state: int, seen: World) -> None:
    for kind in range(world.pledges.shape[0]):
        for i in range(world.pledges.shape[1]):
            for j in range(world.pledges.shape[2]):
                private = world.private_pledge[kind, i, j]
                known = i == state or j == state or not private
                seen.pledges[kind, i, j] = world.pledges[kind, i, j] if known else 0
                seen.pledged_on[kind, i, j] = world.pledged_on[kind, i, j] if known else NEVER
                seen.solemnity[kind, i, j] = world.solemnity[kind, i, j] if known else 0.0
                seen.private_pledge[kind, i, j] = private and known


@kernel
def _see_secrets(world: World, state: int, seen: World) -> None:
    """What others keep secret is not known of before it is rumoured."""
    for place in range(world.secrecy.shape[0]):
        for i in range(world.secrecy.shape[1]):
            for j in range(world.secrecy.shape[2]):
                known = i == state or j == state or world.secrecy[place, i, j] > SECRET
                seen.secrecy[place, i, j] = world.secrecy[place, i, j] if known else OPEN
                seen.stake[place, i, j] = world.stake[place, i, j] if known else 0.0


@kernel
def _see_acts(setting: Setting, world: World, turn: int, state: int, seen: World) -> None:
    """Of the acts of others that may be secret, it is known that they were done in the open, if lately."""
    secret_place, last, secrecy = setting.acts.secret_place, world.last, world.secrecy
    for act in range(last.shape[0]):
        place = secret_place[act]
        for i in range(last.shape[1]):
            for j in range(last.shape[2]):
                own = i == state or j == state
                lost = place != NONE and (secrecy[place, i, j] > OPEN or last[act, i, j] < turn - 1)
                seen.last[act, i, j] = NEVER if lost and not own else last[act, i, j]
                seen.cooldown[act, i, j] = world.cooldown[act, i, j] if own else 0


@kernel
def _see_states(setting: Setting, world: World, state: int, seen: World) -> None:
    """What states conceal, feel in secret, have to spend and are about."""
    for i in range(world.capital.shape[0]):
        seen.capital[i] = world.capital[i] if i == state else setting.income
        for attribute in range(world.concealed.shape[1]):
            seen.concealed[i, attribute] = world.concealed[i, attribute] if i == state else 0.0
        for j in range(world.posture.shape[1]):
            own = i == state or j == state
            seen.posture[i, j] = world.posture[i, j] if i == state else 0
            for layer in range(world.hidden.shape[0]):
                seen.hidden[layer, i, j] = world.hidden[layer, i, j] if own else 0.0
