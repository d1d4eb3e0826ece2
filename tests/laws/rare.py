"""Moments made rare at random: secrets, pledges, crises, wars and deeds that games seldom come to all at once."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from game.kernel.catalogue import DEAL, NONE, STATEMENT
from game.kernel.deeds import ORDERED, Deeds, deeds_of
from game.kernel.numerics import COARSE, snap
from game.kernel.orders import PRIVATE, PUBLIC
from game.kernel.world import Board, World
from game.testing import Context

Chance = np.random.Generator


def rare(moment: Context, chance: Chance) -> Context:
    """The same moment in a world that is shaken at random, with other deeds, options and stances."""
    board = moment.board
    world = _bonds(board, _regards(moment.world, chance), moment.turn, chance)
    world = _crises(_secrets(board, world, chance), chance)
    choice = moment.orders.option.shape
    most = np.array([max(len(event.options) - 1, 0) for event in board.events], dtype=np.int64)
    orders = replace(
        moment.orders,
        stance=chance.integers(NONE, 4, moment.orders.stance.shape),
        option=np.where(chance.random(choice) < 0.5, NONE, np.minimum(chance.integers(0, 3, choice), most)),
    )
    deeds = _deeds(board, int(chance.choice([0, 3, 12, 30])), chance)
    return replace(moment, world=world, orders=orders, deeds=deeds)


def rare_parameters(params: Any, chance: Chance) -> Any:
    """The same parameters, some of them anywhere within their bounds."""
    values = {}
    for each in fields(params):
        leaf = each.metadata["leaf"]
        if chance.random() < 0.3:
            values[each.name] = float(leaf.low + (min(leaf.high, leaf.low + 10.0) - leaf.low) * chance.random() ** 2)
    return replace(params, **values)


def _some(array: Any, share: float, other: Any, chance: Chance) -> Any:
    """The array with some of its cells from another."""
    return np.where(chance.random(array.shape) < share, other, array).astype(array.dtype)


def _regards(world: World, chance: Chance) -> World:
    """Other memories, trust, attributes, capital and posture."""
    apart = ~np.eye(world.out.shape[1], dtype=bool)

    def added(array: Any, spread: float) -> Any:
        return snap(_some(array, 0.3, array + chance.normal(0, spread, array.shape), chance))

    return replace(
        world,
        memories=np.clip(added(world.memories, 20), -100, 100) * apart + 0.0,
        hidden=np.clip(added(world.hidden, 9), -100, 100) * apart + 0.0,
        suspicion=np.clip(added(world.suspicion, 5), -100, 100) * apart + 0.0,
        concealed=snap(added(world.concealed, 2), COARSE),
        kept=snap(np.abs(added(world.kept, 3)), COARSE),
        broken=snap(np.abs(added(world.broken, 3)), COARSE),
        capital=np.round(chance.random(world.capital.shape) * 6, 3) * (chance.random(world.capital.shape) < 0.8),
        posture=_some(world.posture, 0.3, chance.integers(0, 5, world.posture.shape), chance) * apart,
    )


def _bonds(board: Board, world: World, turn: int, chance: Chance) -> World:
    """Other agreements and pledges, some suspended, some private."""
    apart = ~np.eye(len(board.states), dtype=bool)
    agreements = (
        _some(world.agreements, 0.15, chance.choice([0, 1, 2, 5, 9999], world.agreements.shape), chance) * apart
    )
    force = agreements > 0
    purpose = chance.integers(NONE, max(len(board.disputes), 1), force.shape) if board.disputes else NONE
    pledges = _some(world.pledges, 0.15, chance.integers(0, 9, world.pledges.shape), chance) * apart
    given = pledges > 0
    return replace(
        world,
        agreements=agreements,
        volume=np.where(force, snap(chance.random(force.shape) * 2, COARSE), 0.0),
        suspended=force & (chance.random(force.shape) < 0.15),
        purpose=np.where(force, purpose, NONE).astype(np.int16),
        pledges=pledges,
        pledged_on=np.where(given, chance.integers(0, turn, given.shape), NONE).astype(np.int16),
        solemnity=np.where(given, chance.choice([1.0, 1.5, 1.75], given.shape), 0.0),
        private_pledge=given & (chance.random(given.shape) < 0.4),
    )


def _secrets(board: Board, world: World, chance: Chance) -> World:
    """Other secrets in every stage, and other acts of late."""
    apart = ~np.eye(len(board.states), dtype=bool)
    share = float(chance.choice([0.03, 0.3]))
    secrecy = _some(world.secrecy, share, chance.integers(0, 6, world.secrecy.shape), chance) * apart
    now = world.turn + 1
    return replace(
        world,
        secrecy=secrecy,
        stake=np.where(secrecy > 0, snap(chance.random(secrecy.shape) * 2, COARSE), 0.0),
        last=_some(world.last, 0.2, chance.integers(max(NONE, now - 9), now + 1, world.last.shape), chance),
        fired=_some(world.fired, 0.2, now, chance),
    )


def _crises(world: World, chance: Chance) -> World:
    """Disputes at any height, and states at war."""
    rung = _some(world.rung, 0.5, chance.integers(NONE, 7, world.rung.shape), chance)
    return replace(
        world,
        rung=rung,
        tension=_some(world.tension, 0.5, np.round(60 + 40 * chance.random(world.tension.shape), 2), chance),
        out=chance.random(world.out.shape) < 0.1,
    )


def _deeds(board: Board, count: int, chance: Chance) -> Deeds:
    """Any acts between any states, with any terms."""
    acts, states = board.acts, len(board.states)
    count = count if acts.names else 0
    actor = chance.integers(0, states, count)
    target = (actor + chance.integers(1, states, count)) % states if states > 1 else actor
    act = chance.integers(0, max(len(acts.names), 1), count)
    if acts.secrets:
        act[: count // 3] = chance.choice(acts.secrets, count // 3)
    deal, statement = acts.kind[act] == DEAL, acts.kind[act] == STATEMENT
    signs, pledges = acts.signs[act] != NONE, len(board.pledges.names)

    def one_of(many: int, where: Any) -> Any:
        return np.where(where & (chance.random(count) < 0.5), chance.integers(0, max(many, 1), count), NONE)

    def third(where: Any) -> Any:
        found = one_of(states, where)
        return np.where((found == actor) | (found == target), NONE, found)

    told = np.where(chance.random(count) < 0.3, PRIVATE, third(statement))
    given = {
        "actor": actor, "target": target, "act": act, "refused": deal & (chance.random(count) < 0.2),
        "scale": snap(chance.random(count) * 2, COARSE), "term": snap(chance.random(count) * 2, COARSE),
        "secret": np.isin(act, acts.secrets) & (chance.random(count) < 0.5),
        "audience": np.where(statement & (told != NONE), told, PUBLIC), "about": third(statement),
        "purpose": one_of(len(board.disputes), signs & bool(board.disputes)),
        "side_payment": np.where(deal & (chance.random(count) < 0.5), np.round(chance.normal(size=count), 2), 0.0),
        "pledge": one_of(pledges, deal & bool(pledges)), "origin": np.full(count, ORDERED),
    }  # fmt: skip
    deeds = deeds_of(max(count, 1))
    deeds.count[0] = count
    for name, values in given.items():
        getattr(deeds, name)[:count] = values
    return deeds
