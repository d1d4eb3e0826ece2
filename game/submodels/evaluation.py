"""Evaluation: what conditions and terms come to in a world."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from game.kernel.conditions import (
    ACTOR,
    RIVALRY,
    TARGET,
    Arithmetic,
    Attribute,
    AtWar,
    Bond,
    Border,
    Comparison,
    Condition,
    Crisis,
    Depth,
    Did,
    Ended,
    Flag,
    Group,
    Happened,
    Happening,
    Holds,
    Number,
    Pact,
    Party,
    Pledge,
    Recognises,
    Relation,
    Rumour,
    Rung,
    Standing,
    Suspended,
    Suspicion,
    Tension,
    Term,
    Those,
    Trust,
    Turn,
)
from game.kernel.declare import Booleans, Floats
from game.kernel.numerics import hundredths
from game.kernel.world import (
    CALM,
    RUMOURED,
    SIDES,
    Board,
    World,
    in_force,
)
from game.submodels.alliance_depth import depth
from game.submodels.reputation import trust


@dataclass(frozen=True, slots=True)
class Sight:
    """What a condition looks at: a world with its relations `[R, N, N]`; acts count as done `since` a turn.

    What stands under `none` is looked for from the turn before on, whatever that turn is: an act of this turn breaks a
    word, but one of the turn before may already have kept it.
    """

    board: Board
    world: World
    relations: Floats
    agreed: dict[object, Booleans] = field(default_factory=dict, compare=False)
    """What was asked about agreements already: many acts ask the same of one position."""
    since: int | None = None
    """The first turn whose deeds count as done lately; None for the turn that is played and the one before."""

    def signed(self) -> Booleans:
        """Which agreements bind two states, whoever gives and suspended or not `[R, K, N, N]`."""
        if "signed" not in self.agreed:
            self.agreed["signed"] = _either_way(self.world.agreements > 0)
        return self.agreed["signed"]

    def in_force(self) -> Booleans:
        """Which agreements count between two states: those signed that are not suspended `[R, K, N, N]`."""
        if not self.world.suspended.any():
            return self.signed()
        if "in force" not in self.agreed:
            self.agreed["in force"] = _either_way(in_force(self.world))
        return self.agreed["in force"]


def value(term: Term, sight: Sight) -> Floats:
    """A term's value, broadcastable to `[R, N, N]`: axis 1 is the actor, axis 2 the target, where it names them."""
    match term:
        case Number(constant):
            return np.full((1, 1, 1), constant)
        case Relation(first, second):
            return np.asarray(_between(sight.relations, sight.board, first, second))
        case Attribute(owner, name):
            column = sight.world.attributes[:, :, sight.board.attributes.names.index(name)]
            return np.asarray(_of(column, sight.board, owner))
        case Tension(dispute):
            return sight.world.tension[:, _dispute(sight.board, dispute), None, None]
        case Turn():
            return np.full((1, 1, 1), float(sight.world.turn + sight.world.opened))
        case Arithmetic(operator, left, right):
            return arithmetic(operator, value(left, sight), value(right, sight))
        case Trust(first, second):
            return np.asarray(_between(trust(sight.board, sight.world), sight.board, first, second))
        case Suspicion(first, second):
            return np.asarray(_between(sight.world.suspicion, sight.board, first, second))
        case Rung(dispute):
            highest = sight.world.rung[:, _dispute(sight.board, dispute)].max(axis=-1)
            return np.asarray(highest[:, None, None], dtype=np.float64)
        case Depth(first, second):
            return np.asarray(_between(depth(sight.board, sight.world), sight.board, first, second))


def truth(condition: Condition, sight: Sight) -> Booleans:
    """Where a condition holds, broadcastable to `[R, N, N]` as in `value`."""
    match condition:
        case Comparison(operator, left, right):
            return np.asarray(_COMPARE[operator](hundredths(value(left, sight)), hundredths(value(right, sight))))
        case Group(mode, members):
            return _group(mode, members, sight)
        case Pact() | Border() | Pledge() | Rumour() | Suspended():
            return _bond(condition, sight)
        case Happened() | Ended() | Flag():
            return _happening(condition, sight)
        case Did(first, second, act):
            return _did(sight, first, second, act)
        case Holds() | Recognises() | Crisis() | AtWar():
            return _standing(condition, sight)


def holds(condition: Condition, sight: Sight) -> Booleans:
    """Where a condition without roles holds `[R]`."""
    flat = truth(condition, sight)[:, 0, 0]
    return np.broadcast_to(flat, (sight.world.replicas,))


def _happening(condition: Happening, sight: Sight) -> Booleans:
    match condition:
        case Happened(event):
            fired = sight.world.fired[:, _event(sight.board, event)]
            return np.asarray(fired >= 0)[:, None, None]
        case Ended(ending):
            names = [each.name for each in sight.board.endings]
            return np.asarray(sight.world.over == names.index(ending))[:, None, None]
        case Flag(name):
            return sight.world.flags[:, sight.board.flags.index(name), None, None]


def _bond(condition: Bond, sight: Sight) -> Booleans:
    """What is or is not between two states; each is worked out once a position."""
    board, world, agreed = sight.board, sight.world, sight.agreed
    if condition in agreed:
        return agreed[condition]
    found: Any
    match condition:
        case Pact(_, _, kind):
            force = sight.in_force()
            found = force.any(axis=1) if kind is None else force[:, board.agreements.names.index(kind)]
        case Border():
            found = board.borders[None]
        case Pledge(_, _, kind):
            given = world.pledges if kind is None else world.pledges[:, [board.pledges.names.index(kind)]]
            found = (given > 0).any(axis=1)
        case Rumour():
            found = _either_way(np.any(world.secrecy >= RUMOURED, axis=1))
        case Suspended(_, _, kind):
            found = _either_way(world.suspended[:, board.agreements.names.index(kind)])
    agreed[condition] = np.asarray(_between(found, board, condition.first, condition.second))
    return agreed[condition]


def _standing(condition: Standing, sight: Sight) -> Booleans:
    """Where states stand in a dispute."""
    board, world = sight.board, sight.world
    match condition:
        case Holds(state, dispute):
            held = world.holder[:, _dispute(board, dispute), None] == np.arange(len(board.states))
            return np.asarray(_of(held, board, state))
        case Recognises(first, second, dispute):
            place = _dispute(board, dispute)
            side = world.recognition[:, place]
            taken = np.zeros((*side.shape, side.shape[-1]), dtype=bool)
            for sign, party in zip(SIDES, board.disputes[place].parties, strict=True):
                taken[:, :, party] = side * sign > 0.0
            return np.asarray(_between(taken, board, first, second))
        case Crisis(dispute):
            highest = world.rung[:, _dispute(board, dispute)].max(axis=-1)
            return np.asarray(highest > CALM)[:, None, None]
        case AtWar(state):
            return np.asarray(_of(world.out, board, state))


def _did(sight: Sight, first: Party, second: Party, act: str) -> Booleans:
    """Whether anyone whom `first` stands for did the act to anyone whom `second` stands for."""
    board, world = sight.board, sight.world
    since = max(world.turn if sight.since is None else sight.since, 0)
    done = np.asarray(world.last[:, board.acts.act(act)] >= since)
    if not done.any():
        return np.zeros((1, 1, 1), dtype=bool)
    if isinstance(first, Those):
        if isinstance(second, Those):
            targets = (done[:, None, None] & _members(sight, second)[..., None, :]).any(axis=-1)
        else:
            targets = _row(np.swapaxes(done, -1, -2), board, second)
        return np.asarray((targets & _members(sight, first)).any(axis=-1))
    if isinstance(second, Those):
        return np.asarray((_row(done, board, first) & _members(sight, second)).any(axis=-1))
    return np.asarray(_between(done, board, first, second))


def _row(pairs: Booleans, board: Board, name: str) -> Booleans:
    """What one party has to do with every state: `[R, N or 1, N or 1, N]` of `[R, N, N]`."""
    if name == ACTOR:
        return pairs[:, :, None]
    return pairs[:, None] if name == TARGET else pairs[:, None, None, board.state(name)]


def _members(sight: Sight, those: Those) -> Booleans:
    """Whom onlookers are, seen from actor and target: `[R or 1, N or 1, N or 1, N]`."""
    board = sight.board
    if those.selector == "others":
        alone = np.eye(len(board.states), dtype=bool)[None]
        result = np.ones((1, 1, 1, len(board.states)), dtype=bool)
        for name in those.besides:
            result = result & ~_row(alone, board, name)
        return result
    if those.selector == "neighbours":
        return _row(board.borders[None], board, those.name)
    toward = np.swapaxes(sight.relations, -1, -2)
    return _row(toward <= -RIVALRY if those.selector == "rivals" else toward >= RIVALRY, board, those.name)


def _either_way(pairs: Booleans) -> Booleans:
    return np.asarray(pairs | np.swapaxes(pairs, -1, -2))


def _group(mode: str, members: tuple[Condition, ...], sight: Sight) -> Booleans:
    result = np.full((1, 1, 1), mode != "any")
    if mode == "none" and sight.since is not None:
        sight = replace(sight, since=None)
    for member in members:
        held = truth(member, sight)
        if mode == "all":
            result = result & held
        elif mode == "any":
            result = result | held
        else:
            result = result & ~held
    return result


def _between(pairs: Any, board: Board, first: str, second: str) -> Any:
    """The entries of `[R, N, N]` that two names stand for."""
    if (first, second) == (ACTOR, TARGET):
        return pairs
    if (first, second) == (TARGET, ACTOR):
        return np.swapaxes(pairs, -1, -2)
    if first == ACTOR:
        return pairs[:, :, board.state(second), None]
    if second == ACTOR:
        return pairs[:, board.state(first), :, None]
    if first == TARGET:
        return pairs[:, None, :, board.state(second)]
    if second == TARGET:
        return pairs[:, None, board.state(first), :]
    return pairs[:, board.state(first), board.state(second), None, None]


def _of(column: Any, board: Board, owner: str) -> Any:
    """The entries of `[R, N]` that a name stands for."""
    if owner == ACTOR:
        return column[:, :, None]
    if owner == TARGET:
        return column[:, None, :]
    return column[:, board.state(owner), None, None]


LARGEST = 1e100
"""The end of the scale of formulas: two of it can still be multiplied."""


def arithmetic(operator: str, left: Floats, right: Floats) -> Floats:
    """The sum, difference, product or quotient of two arrays; a quotient by zero is zero.

    No product or quotient goes beyond `LARGEST`, so that a formula of any length stays finite.
    """
    if operator == "+":
        return np.asarray(left + right)
    if operator == "-":
        return np.asarray(left - right)
    if operator == "*":
        return np.clip(left * right, -LARGEST, LARGEST)
    nothing = np.abs(right) < 1.0 / LARGEST
    return np.clip(np.where(nothing, 0.0, left / np.where(nothing, 1.0, right)), -LARGEST, LARGEST)


def _dispute(board: Board, name: str) -> int:
    return [each.name for each in board.disputes].index(name)


def _event(board: Board, name: str) -> int:
    return [each.name for each in board.events].index(name)


_COMPARE = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
