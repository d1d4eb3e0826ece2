"""For those who add rules and policies: small worlds to try them on.

from game.testing import change_by, context, triad
change = change_by(RULES["balance"], context(triad().board), Params())
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from game.kernel.causes import Cause
from game.kernel.changes import ADDED, REPLACED, Changes, written
from game.kernel.compiled import workspaces
from game.kernel.compiled.workspaces import Workspace
from game.kernel.declare import Booleans, Floats, is_swept, of_replica
from game.kernel.deeds import Deeds
from game.kernel.draws import Draws
from game.kernel.ledger import Ledger
from game.kernel.orders import Order, Orders, is_proposal, no_orders, order_of
from game.kernel.step import Step
from game.kernel.world import NEVER, Board, World, start_world
from game.match.history import orders_of
from game.measures.relations import relations
from game.rules import Rule
from game.scenario import read
from game.scenario.compile import Compiled, compiled
from game.scenario.findings.finding import ScenarioError
from game.turn import begin, gather

ROWS, DEEDS = 1 << 14, 1 << 10
"""The room of a ledger for what one rule does in one turn."""

TRIAD = """\
format: 1
id: triad
title: Triad
summary: Three invented states on one peninsula.
start: 2001-01
turn: month
turns: 12
orders: 3
capital: {income: 4, carry: 2}
catalogue: standard
attributes:
  military: {unit: index, min: 0, max: 100}
power: military
states:
  arda: {name: Arda, stats: {military: 60}, borders: [borea]}
  borea: {name: Borea, stats: {military: 40}, borders: [arda, cestia]}
  cestia: {name: Cestia, stats: {military: 20}, borders: [borea]}
relations:
  table: |
    from\\to  arda  borea  cestia
    arda        .     60     -40
    borea      50      .     -20
    cestia    -60    -30       .
disputes:
  islet: {name: The islet, kind: territory, held_by: arda, claimed_by: cestia, tension: 40}
agreements:
  old_friends: {kind: defence_pact, members: [arda, borea]}
"""
"""A scenario of three states: two friends with a pact, and a third that disputes an islet with one of them."""


def made(text: str = TRIAD, seeds: Sequence[int] | None = None) -> Compiled:
    """The arrays of a scenario's text: central values, or drawn once a seed; ScenarioError when it has errors."""
    reading = read(text)
    if reading.scenario is None:
        raise ScenarioError(reading.findings)
    return compiled(reading.scenario, Draws.of(*seeds) if seeds is not None else None)


def triad(**sections: str) -> Compiled:
    """The triad, with some top-level sections replaced or added: `triad(events="events: {...}")`."""
    kept, skipping = [], False
    for line in TRIAD.splitlines():
        if line and not line[0].isspace():
            skipping = line.split(":")[0] in sections
        if not skipping:
            kept.append(line)
    return made("\n".join([*kept, *sections.values()]) + "\n")


@dataclass(frozen=True)
class Context:
    """What a rule looks at: worlds, the turn that is played in them, and what is done in it.

    What has no replicas of its own, one of orders or draws for many worlds, is the same in all of them.
    """

    board: Board
    world: World
    turn: int  # the turn being played, from 1
    orders: Orders
    accepted: Booleans  # [R, N, S]
    draws: Draws
    deeds: Deeds | None = None  # what is done, where it is not what the orders lead to


@dataclass(frozen=True)
class Entry:
    """What one cause did to how states regard each other `[R, L, N, N]`; `hidden` if only the two know of it."""

    rule: str
    cause: Cause
    relation: Floats
    hidden: bool


@dataclass(frozen=True)
class Change:
    """What a rule does to worlds, before it is carried out: each array of a world that changes, by its name `[R, ...]`.

    `change.memories` and whatever else rules add to is what is added; `change.agreements` and whatever else they set
    anew is what it comes to.
    """

    board: Board
    ledger: Ledger
    arrays: Mapping[str, Any] = field(repr=False)
    before: World = field(repr=False)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self.arrays:
            raise AttributeError(f"a rule changes no {name!r}")
        return self.arrays[name]

    @property
    def moved(self) -> frozenset[str]:
        """The arrays in which something changes."""
        added = {name for name in ADDED if self.arrays[name].any()}
        replaced = {name for name in REPLACED if (self.arrays[name] != getattr(self.before, name)).any()}
        return frozenset(added | replaced)

    @property
    def anything(self) -> bool:
        """Whether anything changes."""
        return bool(self.moved) or bool(self.entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is in the ledger, cause by cause, in the order in which they first come up."""
        found: dict[tuple[str, Cause, bool], Floats] = {}
        for replica in range(self.before.replicas):
            for first, second, row in self.ledger.every(self.board, replica):
                relation = found.setdefault((row.rule, row.cause, row.hidden), np.zeros_like(self.before.memories))
                relation[replica, row.layer, first, second] += row.impulse
        return tuple(Entry(rule, cause, relation, hidden) for (rule, cause, hidden), relation in found.items())


def change_by(rule: Rule, context: Context, params: Any) -> Change:
    """What the kernel of a rule would change, run as it stands; a world whose game is over is left as it is."""
    board, world, ledgers = context.board, context.world, []
    arrays = {name: np.zeros_like(getattr(world, name)) for name in ADDED}
    arrays |= {name: np.array(getattr(world, name)) for name in REPLACED}
    work, swept = workspaces.made(board, 0, ROWS, DEEDS), is_swept(params)
    numbers = of_replica(params, 0)
    for replica in range(world.replicas):
        if board.drawn > 1:
            work = workspaces.made(board, replica, ROWS, DEEDS)
        step = step_at(context, work, replica)
        if world.over[replica] == NEVER:
            rule(step, of_replica(params, replica) if swept else numbers)
            if work.cramped:
                raise ValueError(f"a rule writes more than {ROWS} rows or {DEEDS} deeds: raise these in game.testing")
        _take(step.changes, arrays, replica)
        ledgers.append(written(step.rows))
    return Change(board, Ledger(context.turn, (tuple(ledgers),)), arrays, world)


def step_at(context: Context, work: Workspace, replica: int = 0) -> Step:
    """What a kernel takes, of one replica, in a workspace of its board."""
    seeds, orders = context.draws.seeds, context.orders
    work.load(context.world, replica, int(seeds[replica if len(seeds) > 1 else 0]))
    work.order(orders, context.accepted, replica if len(orders.act) > 1 else 0)
    step = work.step
    begin(step, context.turn)
    if context.deeds is None:
        gather(step)
    else:
        step.deeds = context.deeds
    return step


def _take(changes: Changes, arrays: Mapping[str, Any], replica: int) -> None:
    """Move what has changed to a replica's place, so that nothing of it is left."""
    done = [*zip(ADDED, changes.added, strict=True), *zip(REPLACED, changes.set, strict=True)]
    for name in (name for name, touched in done if touched):
        array = getattr(changes.world, name)
        arrays[name][replica] = array if arrays[name].ndim > 1 else array[0]
        array.fill(0)
    changes.added.fill(False)
    changes.set.fill(False)


def context(
    board: Board,
    world: World | None = None,
    orders: Sequence[str] = (),
    *,
    refused: Sequence[str] = (),
    seed: int = 1,
) -> Context:
    """What a rule looks at when these orders are given and all proposals but the `refused` are accepted."""
    present = world or start_world(board)
    return Context(board, present, present.turn + 1, *arrays(board, orders, refused), Draws.of(seed))


def arrays(board: Board, orders: Sequence[str], refused: Sequence[str] = ()) -> tuple[Orders, Booleans]:
    """Orders in words as arrays, and which of them are accepted."""
    given: dict[int, dict[int, Order]] = {}
    answers = {}
    for line in orders:
        order = order_of(line)
        row = given.setdefault(board.state(order.state), {})
        answers[board.state(order.state), len(row)] = line not in refused
        row[len(row)] = order
    made_orders = orders_of(board, given) if given else no_orders(board)
    accepted = is_proposal(board, made_orders)
    for (state, slot), answer in answers.items():
        accepted[0, state, slot] &= answer
    return made_orders, accepted


def with_relations(board: Board, table: Mapping[str, float]) -> Board:
    """The board with some entries of its baseline set: `{"arda -> borea": 10}` is the relation without memories."""
    baseline = board.baseline.copy()
    now = relations(board, start_world(board))
    for pair, value in table.items():
        first, second = (board.state(part.strip()) for part in pair.split("->"))
        baseline[:, first, second] += value - now[:, first, second]
    return replace(board, baseline=baseline)
