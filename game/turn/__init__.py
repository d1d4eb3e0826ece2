"""One turn: world in, orders in, world out.

`opening` lets the events of the turn happen; then every state decides on the same world; `step` carries the orders out,
rule by rule. Both return the ledger of what changed and why: what a turn leaves in a memory is what was there, what the
rows of the ledger add, and what fading takes, exactly. Each world of a batch is played by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from game.kernel.changes import (
    AGREEMENTS,
    CONCEALED,
    FIRED,
    HIDDEN,
    LAST,
    MEMORIES,
    PLEDGED_ON,
    PLEDGES,
    PRIVATE_PLEDGE,
    PURPOSE,
    RUNG,
    SECRECY,
    SOLEMNITY,
    SUSPENDED,
    SUSPICION,
    VOLUME,
    Rows,
    applied,
    filled,
    rows_of,
    written,
)
from game.kernel.compiled import compiled, entry, kernel, packed, until_renewed
from game.kernel.compiled.workspaces import Workspace, workspace
from game.kernel.declare import Booleans, of_replica
from game.kernel.deeds import collect
from game.kernel.draws import Draws
from game.kernel.ledger import Ledger
from game.kernel.orders import Orders
from game.kernel.phases import NAMES, PHASES
from game.kernel.records import changed
from game.kernel.step import Step
from game.kernel.world import NEVER, Board, World
from game.rules import RULES

Parameters = Mapping[str, Any]
"""One `Params` a rule, by the rule's name."""


@entry
def settle(step: Step) -> None:
    """Carry the changes of a phase out; what follows from the world is to be worked out anew where it may differ."""
    added, begun = step.changes.added, step.changes.set
    if (
        added[MEMORIES] or added[HIDDEN] or added[CONCEALED] or begun[AGREEMENTS] or begun[VOLUME] or begun[SUSPENDED]
        or begun[PURPOSE] or begun[PLEDGES] or begun[PLEDGED_ON] or begun[SOLEMNITY] or begun[PRIVATE_PLEDGE]
        or begun[SECRECY] or begun[SUSPICION] or begun[RUNG] or begun[LAST]
    ):  # fmt: skip
        filled(step.fresh, False)
    applied(step.world, step.changes, step.rows, step.setting.low, step.setting.high)


@kernel
def begin(step: Step, turn: int) -> None:
    """Say which turn is played; no events have had anything done in it yet."""
    step.turn = turn
    step.by_events.count[0] = 0


@kernel
def gather(step: Step) -> None:
    """The deeds that the step's orders lead to."""
    collect(step.setting, step.orders, step.accepted, step.deeds)


def opening(board: Board, world: World, parameters: Parameters, draws: Draws) -> tuple[World, Ledger]:
    """The world after the events of the turn that opens, and their ledger; unchanged when it is open already."""
    turn = world.turn + 1
    if world.opened:
        return world, Ledger(turn)
    if not board.events:
        return changed(world, opened=True), Ledger(turn)

    def open_one(work: Workspace, replica: int) -> None:
        numbers, firing = _numbers(parameters, replica)["events"], True
        while firing:
            compiled(begin)(work.packed, turn)
            compiled(RULES["events"])(work.packed, numbers)
            firing = bool(work.step.changes.set[FIRED])
            compiled(settle)(work.packed)

    after, rows = _each(board, world, draws, open_one)
    return changed(after, turn=world.turn, opened=True), Ledger(turn, (rows,))


def step(
    board: Board,
    world: World,
    orders: Orders,
    accepted: Booleans,
    parameters: Parameters,
    draws: Draws,
    phases: Sequence[Sequence[str]] = PHASES,
) -> tuple[World, Ledger]:
    """The world a turn later, and the ledger of the turn.

    `accepted` [R, N, S] says which proposals their targets agreed to. A world that is not open yet is opened first. A
    replica that has ended stays as it is. Nothing is raised here: what is legal was settled before. In whatever order
    `phases` names the rules of one phase, the world is the same.
    """
    opened, first = opening(board, world, parameters, draws)
    turn = world.turn + 1

    def play_one(work: Workspace, replica: int) -> None:
        numbers = _numbers(parameters, replica)
        work.order(orders, accepted, replica)
        compiled(begin)(work.packed, turn)
        compiled(gather)(work.packed)
        for phase in phases:
            for name in phase:
                compiled(RULES[name])(work.packed, numbers[name])
            compiled(settle)(work.packed)

    after, rows = _each(board, opened, draws, play_one)
    return changed(after, turn=turn, opened=False), first + Ledger(turn, (rows,))


def _each(
    board: Board, world: World, draws: Draws, play: Callable[[Workspace, int], None]
) -> tuple[World, tuple[Rows, ...]]:
    """What becomes of each replica's world, and its ledger; one whose game is over stays as it is."""
    arrays = {name: np.array(array) for name, array in world.arrays()}
    ledgers = []
    for replica in range(world.replicas):
        if world.over[replica] != NEVER:
            ledgers.append(NOTHING)
            continue
        with workspace(board, replica) as work:
            work.load(world, replica, int(draws.seeds[replica]))
            play(work, replica)
            while work.cramped:
                work.enlarge(board)
                work.load(world, replica, int(draws.seeds[replica]))
                play(work, replica)
            work.unload(arrays, replica)
            ledgers.append(written(work.step.rows))
    return changed(world, **arrays), tuple(ledgers)


NOTHING = rows_of(0, 0)
"""The ledger of a turn that was not played."""


def _numbers(parameters: Parameters, replica: int) -> Mapping[str, Any]:
    """The parameters of one replica, by rule, packed."""
    try:
        return _packed_numbers(tuple(parameters[name] for name in NAMES))
    except TypeError:  # arrays, one value a replica, have no hash
        return {name: packed(of_replica(parameters[name], replica)) for name in NAMES}


@lru_cache(maxsize=64)
def _packed_numbers(blocks: tuple[Any, ...]) -> Mapping[str, Any]:
    return {name: packed(of_replica(block, 0)) for name, block in zip(NAMES, blocks, strict=True)}


until_renewed(_packed_numbers.cache_clear)
