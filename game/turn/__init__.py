"""One turn: world in, orders in, world out.

`opening` lets the events of the turn happen; then every state decides on the same world; `step` carries the orders out,
rule by rule. Both return the ledger of what changed and why: `after == before + sum of the ledger`, exactly.

Compiled kernels do it where they are ready (`game.kernel.compiled.readiness`), one world at a time; until then it is
done by arrays, for all worlds at once. Both give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np

from game.kernel.causes import ScaleEnd
from game.kernel.changes import ADDED, REPLACED
from game.kernel.compiled.readiness import ready
from game.kernel.declare import Booleans, Floats
from game.kernel.draws import Draws
from game.kernel.ledger import MERGED, Change, FieldEntry, Ledger
from game.kernel.orders import Orders, actions_of, no_orders
from game.kernel.records import changed
from game.kernel.world import (
    Board,
    World,
    agreement_worth,
    in_force,
)
from game.rules import OPENING, PHASES, RULES
from game.submodels.context import StepContext
from game.turn import kernels

Parameters = Mapping[str, Any]
"""One `Params` a rule, by the rule's name."""


def opening(board: Board, world: World, parameters: Parameters, draws: Draws) -> tuple[World, Ledger]:
    """The world after the events of the turn that opens, and their ledger; unchanged when it is open already."""
    if world.opened:
        return world, Ledger(world.turn + 1)
    if ready():
        return kernels.opening(board, world, parameters, draws)
    if not board.events:
        return changed(world, opened=True), Ledger(world.turn + 1)
    nobody = no_orders(board, world.replicas)
    consent = np.zeros(nobody.act.shape, dtype=bool)
    ledger = Ledger(world.turn + 1)
    opened, fired = changed(world, opened=True), None
    while fired is None or (opened.fired != fired).any():
        fired = opened.fired
        opened, wave = _played(board, opened, nobody, consent, parameters, draws, OPENING)
        ledger = ledger + wave
    return opened, ledger


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
    if ready():
        return kernels.step(board, world, orders, accepted, parameters, draws, phases)
    world, first = opening(board, world, parameters, draws)
    played, ledger = _played(board, world, orders, accepted, parameters, draws, phases)
    return changed(played, turn=world.turn + 1, opened=False), first + ledger


def _played(
    board: Board,
    world: World,
    orders: Orders,
    accepted: Booleans,
    parameters: Parameters,
    draws: Draws,
    phases: Sequence[Sequence[str]],
) -> tuple[World, Ledger]:
    running = world.running
    actions = actions_of(orders, accepted, board, running)
    changes: list[tuple[str, Change]] = []
    context = StepContext(board, world, world.turn + 1, agreement_worth(board, in_force(world)), orders, actions, draws)
    for phase in phases:
        made = [(name, frozen(RULES[name](context, parameters[name]), world, running)) for name in phase]
        world, limits = applied(board, context.world, [change for _, change in made])
        context = _after(context, world)
        changes.extend(made)
        if limits is not None:
            changes.append(("limits", limits))
    return world, Ledger(world.turn + 1, tuple(changes))


def _after(context: StepContext, world: World) -> StepContext:
    """The moment of the next phase: the same one, with all that was worked out, where nothing has changed."""
    before = context.world
    if world is before:
        return context
    same = world.agreements is before.agreements and world.suspended is before.suspended
    worth = context.worth if same else agreement_worth(context.board, in_force(world))
    return StepContext(context.board, world, context.turn, worth, context.orders, context.actions, context.draws)


def frozen(change: Change, world: World, running: Booleans) -> Change:
    """The change without what it would do to replicas that have ended."""
    if running.all():
        return change
    parts: dict[str, Any] = {}
    for name in ADDED:
        value = getattr(change, name)
        if value is not None:
            parts[name] = np.where(_shaped(running, value), value, 0.0)
    for name in REPLACED:
        value = getattr(change, name)
        if value is not None:
            parts[name] = np.where(_shaped(running, value), value, getattr(world, name))
    entries = tuple(
        changed(entry, relation=np.where(_shaped(running, entry.relation), entry.relation, 0.0))
        if isinstance(entry, FieldEntry)
        else entry
        for entry in change.entries
    )
    return changed(change, **parts, entries=entries)


def _shaped(running: Booleans, like: Any) -> Booleans:
    return running.reshape(running.shape + (1,) * (like.ndim - 1))


def applied(board: Board, world: World, changes: Sequence[Change]) -> tuple[World, Change | None]:
    """The world with the changes of one phase, and what the ends of the scales took."""
    values: dict[str, Any] = {}
    taken: dict[str, Any] = {}
    for name in ADDED:
        parts = _given(changes, name)
        if not parts:
            continue
        # The parts first: they lie on a grid, where sums are exact in any order, and a bound need not.
        after = getattr(world, name) + reduce(np.add, parts)
        low, high = bounds(board, name)
        clipped = np.clip(after, low, high)
        if (clipped != after).any():
            taken[name] = clipped - after
        values[name] = clipped
    for name in REPLACED:
        before = getattr(world, name)
        parts = [value for value in _given(changes, name) if value is not before]
        if parts:
            values[name] = parts[0] if len(parts) == 1 else _merged(board, name, before, parts)
    if not taken:
        return (changed(world, **values) if values else world), None
    entries = tuple(
        FieldEntry("limits", ScaleEnd(), taken[name], name == "hidden")
        for name in ("memories", "hidden")
        if name in taken
    )
    return changed(world, **values), Change(**taken, entries=entries)


def _given(changes: Sequence[Change], name: str) -> list[Any]:
    """What the changes say of a field."""
    return [value for change in changes if (value := getattr(change, name)) is not None]


def _merged(board: Board, name: str, before: Any, values: Sequence[Any]) -> Any:
    """A field that several rules of one phase set."""
    if name not in MERGED:
        raise TypeError(
            f"two rules of one phase set {name!r}: say in MERGED of game.kernel.ledger how their values join in any "
            "order, or give each rule a phase of its own"
        )
    return MERGED[name](board, before, values)


def bounds(board: Board, name: str) -> tuple[Floats | float, Floats | float]:
    """The ends of the scale of a field that changes add to."""
    if name == "attributes":
        return board.attributes.low, board.attributes.high
    if name == "tension":
        return 0.0, 100.0
    if name in ("memories", "hidden"):
        return -100.0, 100.0
    if name == "concealed":
        return -np.inf, np.inf
    return 0.0, np.inf
