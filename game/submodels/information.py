"""What shows: the relations, agreements and attributes that everybody may know, and the world one state may know.

Third parties react to the public face of relations; the two parties of a secret alone know what is behind it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.changes import copied, filled
from game.kernel.compiled import entry, kernel
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.known import knows_of_crisis, secret_agreement
from game.kernel.numerics import clipped
from game.kernel.records import changed
from game.kernel.setting import Setting
from game.kernel.world import (
    CALM,
    NEVER,
    OPEN,
    QUERY,
    SECRET,
    Board,
    World,
    relations,
)

OWN_AFFAIRS = (
    *("agreements", "volume", "suspended", "purpose", "hidden"),
    *("pledges", "pledged_on", "solemnity", "private_pledge"),
)
"""What two states have between them, and each of the two knows as it is."""


def secret_agreements(board: Board, world: World) -> Booleans:
    """Which agreements the world does not know for certain, giver to receiver `[R, K, N, N]`."""
    result = np.zeros(world.agreements.shape, dtype=bool)
    for place, act in enumerate(board.acts.secrets):
        kind = int(board.acts.signs[act])
        if kind != NONE:
            closed = world.secrecy[:, place] > OPEN
            result[:, kind] |= closed
            if board.agreements.mutual[kind]:
                result[:, kind] |= np.swapaxes(closed, -1, -2)
    return result


def open_world(board: Board, world: World) -> World:
    """The world without what is secret: what everybody may know of relations, agreements, attributes and crises."""
    plain = _without_confidences(world)
    rung = known_rungs(board, world)
    if rung is not world.rung:
        plain = changed(plain, rung=rung)
    if not world.secrecy.any() and not world.hidden.any() and not world.concealed.any():
        return plain
    closed = secret_agreements(board, world)
    unknown = np.zeros(world.last.shape, dtype=bool)
    unknown[:, list(board.acts.secrets)] = world.secrecy > OPEN
    agreements: dict[str, Any] = {}
    if closed.any():
        agreements = {
            "agreements": np.where(closed, np.int16(0), world.agreements),
            "volume": np.where(closed, 0.0, world.volume),
            "suspended": world.suspended & ~closed,
            "purpose": np.where(closed, np.int16(NONE), world.purpose),
        }
    return changed(
        plain,
        last=np.where(unknown, np.int16(NEVER), world.last),
        hidden=np.zeros_like(world.hidden),
        concealed=np.zeros_like(world.concealed),
        **agreements,
    )


def _without_confidences(world: World) -> World:
    """The world without the pledges that only two know of."""
    if not world.private_pledge.any():
        return world
    return changed(
        world,
        pledges=np.where(world.private_pledge, np.int16(0), world.pledges),
        pledged_on=np.where(world.private_pledge, np.int16(NEVER), world.pledged_on),
        solemnity=np.where(world.private_pledge, 0.0, world.solemnity),
        private_pledge=np.zeros_like(world.private_pledge),
    )


def apparent(board: Board, world: World, public: World | None = None) -> Floats:
    """How i seems to regard j, to everybody else `[R, N, N]`.

    `public` is the world without what is secret, where the caller has it already.
    """
    return relations(board, open_world(board, world) if public is None else public)


def whole(board: Board, world: World) -> World:
    """The world with what is concealed counted in: the attributes as they are, not as they seem."""
    if not world.concealed.any():
        return world
    low, high = board.attributes.low, board.attributes.high
    return changed(
        world,
        attributes=np.clip(world.attributes + world.concealed, low, high),
        concealed=np.zeros_like(world.concealed),
    )


def seen_by(board: Board, world: World, state: int) -> World:
    """The world as one state may know it: its own affairs as they are, those of others as they show.

    It holds nothing by which a secret could be told from none at all: what secret orders cost, when an act that may be
    secret was done long ago, and what events are set for, are left out for everybody, always.
    """
    shown = open_world(board, world)
    own = np.zeros((len(board.states),) * 2, dtype=bool)
    own[state] = own[:, state] = True

    def mixed(name: str, otherwise: Any) -> Any:
        return np.where(own, getattr(world, name), otherwise)

    rumours = np.where(world.secrecy > SECRET, world.secrecy, np.int16(OPEN))
    alone = np.arange(len(board.states)) == state
    return changed(
        shown,
        **{name: mixed(name, getattr(shown, name)) for name in OWN_AFFAIRS},
        concealed=np.where(alone[:, None], world.concealed, 0.0),
        secrecy=mixed("secrecy", rumours),
        stake=mixed("stake", np.where(rumours > OPEN, world.stake, 0.0)),
        capital=np.where(alone, world.capital, board.income),
        cooldown=mixed("cooldown", np.int16(0)),
        last=mixed("last", _lately(board, shown)),
        posture=np.where(alone[:, None], world.posture, np.int16(0)),
        due=np.full_like(world.due, NEVER),
        rung=known_rungs(board, world, state),
    )


def counted_by(board: Board, world: World, public: World, state: int) -> World:
    """The world as far as one state may put it in numbers: of `seen_by` what terms of conditions look at, and no more.

    `public` is the world without what is secret.
    """
    alone = np.arange(len(board.states)) == state
    own = np.where(alone[:, None], world.concealed, 0.0)
    return whole(board, changed(public, concealed=own, rung=known_rungs(board, world, state)))


def known_rungs(board: Board, world: World, state: int | None = None) -> Shorts:
    """How high the sides of each crisis stand, as one state may know it, or all `[R, D, B]`.

    A query is a matter of its two sides.
    """
    party = np.array([state in each.parties for each in board.disputes], dtype=bool)
    known = (world.rung.max(axis=2) != QUERY) | party
    return world.rung if known.all() else np.where(known[..., None], world.rung, np.int16(CALM))


def same_but_queries(world: World, public: World) -> bool:
    """Whether what everybody may know of a world is all there is to it, but for queries."""
    return public.last is world.last and public.pledges is world.pledges


def _lately(board: Board, shown: World) -> Shorts:
    """The turn each act was last done, of those that may be secret only if it was lately `[R, A, N, N]`.

    Done again in secret, an act would wipe out when it was last done for all to see, and show by the gap.
    """
    result = shown.last.copy()
    which = list(board.acts.secrets)
    result[:, which] = np.where(result[:, which] >= shown.turn - 1, result[:, which], np.int16(NEVER))
    return result


# ---- kernels

COUNTED = ("attributes", "concealed", "rung")
"""The arrays of a world in which what one state may put in numbers is not what it is."""


def counted_of(world: World) -> World:
    """A world to write to what one state may put in numbers of another: it shares with it all the rest."""
    return changed(world, **{name: np.zeros_like(getattr(world, name)) for name in COUNTED})


@kernel
def k_whole(setting: Setting, world: World, state: int, attribute: int) -> float:
    """An attribute with what is concealed counted in: as it is, not as it seems."""
    value = world.attributes[state, attribute] + world.concealed[state, attribute]
    return clipped(value, setting.low[attribute], setting.high[attribute])


@kernel
def k_known_rungs(setting: Setting, world: World, state: int, rung: Shorts) -> None:
    """How high the sides of each crisis stand, as one state, or with -1 everybody, may know it, to `rung` [D, B]."""
    for dispute in range(world.rung.shape[0]):
        known = knows_of_crisis(setting, world, dispute, state)
        for side in range(2):
            rung[dispute, side] = world.rung[dispute, side] if known else CALM


@kernel
def k_counted_by(setting: Setting, world: World, state: int, counted: World) -> None:
    """Write to `counted` what one state may put in numbers of `world`: all that terms of conditions look at.

    Relations and depth, which terms get apart from a world, are not in it.
    """
    copied(counted.attributes, world.attributes)
    for attribute in range(world.attributes.shape[1]):
        counted.attributes[state, attribute] = k_whole(setting, world, state, attribute)
    filled(counted.concealed, 0.0)
    k_known_rungs(setting, world, state, counted.rung)


@entry
def k_seen_by(setting: Setting, world: World, turn: int, state: int, seen: World) -> None:
    """Write to `seen` the world as one state may know it, with `turn` turns played.

    Nothing in it tells a secret from none at all, as in `seen_by`. All arrays of SEEN are its own.
    """
    _see_agreements(setting, world, state, seen)
    _see_pledges(world, state, seen)
    _see_secrets(world, state, seen)
    _see_acts(setting, world, turn, state, seen)
    _see_states(setting, world, state, seen)
    k_known_rungs(setting, world, state, seen.rung)
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
