"""Breaches: which acts would break which pledge, as far as the acts that its breach names say so.

A pledge is broken by a condition; here its `did(...)` leaves are read apart from any conditions of state beside them,
so a state shies from what may break its word, whether or not the rest of the condition holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from game.kernel import conditions
from game.kernel.catalogue import ACTOR, TARGET
from game.kernel.conditions import (
    Did,
    Group,
    Party,
    Those,
)
from game.kernel.declare import Floats
from game.kernel.numerics import product, total
from game.kernel.world import Board

HOLDER = conditions.TARGET
GIVER = conditions.ACTOR


@dataclass(frozen=True, slots=True)
class Breach:
    """Acts that break one kind of pledge when its giver is the party in `role`, towards `whom` it names."""

    kind: int
    acts: Floats  # [A] 1 for those that do
    role: int
    whom: Party

    def broken(self, board: Board, shown: Floats, owed: Floats) -> Floats:
        """What i breaks by such an act with j, from what it owes each holder `[R, N(i), N(holder)]`: `[R, N, N]`."""
        if self.whom == HOLDER:
            return owed
        if isinstance(self.whom, Those) and self.whom.name == GIVER:
            return np.asarray(total(owed, axis=2)[:, :, None] * _kin(board, shown, self.whom))
        return product(owed, _others(board, shown, self.whom))


def _others(board: Board, shown: Floats, whom: Party) -> Floats:
    """Who the other is to each holder, 1 where it is meant `[1 or R, N(holder), N(other)]`."""
    states = len(board.states)
    if isinstance(whom, str):
        return np.broadcast_to((np.arange(states) == board.state(whom)) * 1.0, (1, states, states))
    if whom.selector == "others":
        return np.asarray((1.0 - np.eye(states))[None])
    if whom.name != HOLDER:
        one = board.state(whom.name)
        return np.broadcast_to(_kin(board, shown, whom)[:, one : one + 1], (shown.shape[0], states, states))
    return _kin(board, shown, whom)


def _kin(board: Board, shown: Floats, those: Those) -> Floats:
    """Whether the second is a rival, friend or neighbour of the first `[1 or R, N, N]`."""
    if those.selector == "neighbours":
        return np.asarray(board.borders[None] * 1.0)
    toward = np.swapaxes(shown, -1, -2)
    meant = toward <= -conditions.RIVALRY if those.selector == "rivals" else toward >= conditions.RIVALRY
    return np.asarray(meant * 1.0)


def breaches(board: Board) -> tuple[Breach, ...]:
    """Every way to break a pledge by an act, those of one kind towards the same together."""
    found: dict[tuple[int, int, Party], Floats] = {}
    for kind, condition in enumerate(board.pledges.breach):
        for leaf in _leaves(condition):
            for role, giver, whom in ((ACTOR, leaf.first, leaf.second), (TARGET, leaf.second, leaf.first)):
                if giver == GIVER:
                    acts = found.setdefault((kind, role, whom), np.zeros(len(board.acts.names)))
                    acts[board.acts.act(leaf.act)] = 1.0
    return tuple(Breach(kind, acts, role, whom) for (kind, role, whom), acts in found.items())


def _leaves(condition: conditions.Condition) -> Iterator[Did]:
    """The acts that a condition names, whatever else it asks for."""
    if isinstance(condition, Did):
        yield condition
    if isinstance(condition, Group) and condition.mode != "none":
        for member in condition.members:
            yield from _leaves(member)
