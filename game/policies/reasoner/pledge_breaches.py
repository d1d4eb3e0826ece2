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
from game.kernel.compiled import kernel
from game.kernel.conditions import (
    RIVALRY,
    Did,
    Group,
    Party,
)
from game.kernel.declare import Booleans, Floats, Integers, shaped
from game.kernel.numerics import on_coarse_grid
from game.kernel.setting import Setting
from game.kernel.world import Board, World

HOLDER = conditions.TARGET
GIVER = conditions.ACTOR


@dataclass(frozen=True, slots=True)
class Breach:
    """Acts that break one kind of pledge when its giver is the party in `role`, towards `whom` it names."""

    kind: int
    acts: Floats  # [A] 1 for those that do
    role: int
    whom: Party


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


# ---- kernels

TO_HOLDER, TO_KIN_OF_GIVER, TO_ONE, TO_OTHERS, TO_KIN_OF_ONE, TO_KIN_OF_HOLDER = range(6)
"""Towards whom an act breaks a pledge: its holder, some of its giver's, one state, others, or some of one's."""

KIN_RIVALS, KIN_FRIENDS, KIN_NEIGHBOURS = range(3)
"""Which of a state's are meant."""


@dataclass(frozen=True, slots=True)
class BreachTable:
    """The ways to break a pledge by an act."""

    kind: Integers = shaped("E")
    role: Integers = shaped("E")
    acts: Booleans = shaped("EA")
    whom: Integers = shaped("E", "one of TO_HOLDER to TO_KIN_OF_HOLDER")
    selector: Integers = shaped("E", "one of KIN_RIVALS to KIN_NEIGHBOURS")
    state: Integers = shaped("E", "the one state that is named, -1 for none")


def breach_table(board: Board, each_breach: tuple[Breach, ...]) -> BreachTable:
    """The breaches of a board as kernels take them."""
    found = [_named(board, breach.whom) for breach in each_breach]
    acts = np.array([breach.acts for breach in each_breach], dtype=bool)
    return BreachTable(
        kind=np.array([breach.kind for breach in each_breach], dtype=np.int64),
        role=np.array([breach.role for breach in each_breach], dtype=np.int64),
        acts=acts.reshape(len(each_breach), len(board.acts.names)),
        whom=np.array([whom for whom, _, _ in found], dtype=np.int64),
        selector=np.array([selector for _, selector, _ in found], dtype=np.int64),
        state=np.array([state for _, _, state in found], dtype=np.int64),
    )


def _named(board: Board, whom: Party) -> tuple[int, int, int]:
    """How those towards whom an act breaks a pledge are named: the way, which of a state's, and the state."""
    if whom == HOLDER:
        return TO_HOLDER, KIN_RIVALS, -1
    if isinstance(whom, str):
        return TO_ONE, KIN_RIVALS, board.state(whom)
    selector = {"rivals": KIN_RIVALS, "neighbours": KIN_NEIGHBOURS}.get(whom.selector, KIN_FRIENDS)
    if whom.name == GIVER:
        return TO_KIN_OF_GIVER, selector, -1
    if whom.selector == "others":
        return TO_OTHERS, selector, -1
    if whom.name == HOLDER:
        return TO_KIN_OF_HOLDER, selector, -1
    return TO_KIN_OF_ONE, selector, board.state(whom.name)


@kernel
def owed(world: World, trust_level: Floats, unit: float, kind: int, i: int, holder: int) -> float:
    """What i owes a holder by a kind of pledge: how solemnly it gave it, its credit, and what the kind weighs."""
    if world.pledges[kind, i, holder] <= 0:
        return 0.0
    return on_coarse_grid(world.solemnity[kind, i, holder] * trust_level[holder, i] * unit)


@kernel
def broken(
    setting: Setting, world: World, breaches: BreachTable, breach: int, shown: Floats, trust_level: Floats, unit: float,
    i: int, j: int,
) -> float:  # fmt: skip
    """What i breaks of its word by such an act with j; `unit` is what the kind of pledge weighs."""
    kind, whom = breaches.kind[breach], breaches.whom[breach]
    if whom == TO_HOLDER:
        return owed(world, trust_level, unit, kind, i, j)
    broken = 0.0
    for holder in range(shown.shape[0]):
        due = owed(world, trust_level, unit, kind, i, holder)
        if due != 0.0 and _meant(setting, breaches, breach, shown, i, holder, j):
            broken += due
    return broken


@kernel
def _meant(
    setting: Setting, breaches: BreachTable, breach: int, shown: Floats, giver: int, holder: int, other: int
) -> bool:
    """Whether an act with the other breaks a pledge of a giver to a holder."""
    whom = breaches.whom[breach]
    if whom == TO_ONE:
        return bool(other == breaches.state[breach])
    if whom == TO_OTHERS:
        return other != holder
    selector = breaches.selector[breach]
    if whom == TO_KIN_OF_GIVER:
        return _kin(setting, shown, selector, giver, other)
    if whom == TO_KIN_OF_HOLDER:
        return _kin(setting, shown, selector, holder, other)
    return _kin(setting, shown, selector, breaches.state[breach], other)


@kernel
def _kin(setting: Setting, shown: Floats, selector: int, state: int, other: int) -> bool:
    """Whether the other is a rival, friend or neighbour of a state."""
    if selector == KIN_NEIGHBOURS:
        return bool(setting.borders[state, other])
    if selector == KIN_RIVALS:
        return bool(shown[other, state] <= -RIVALRY)
    return bool(shown[other, state] >= RIVALRY)
