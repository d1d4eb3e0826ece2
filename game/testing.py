"""For those who add rules and policies: small worlds to try them on.

from game.testing import context, triad
change = balance(context(triad().board), Params())
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from game.kernel.declare import Booleans
from game.kernel.draws import Draws
from game.kernel.orders import (
    Order,
    Orders,
    actions_of,
    is_proposal,
    no_orders,
    order_of,
)
from game.kernel.world import (
    Board,
    World,
    agreement_worth,
    in_force,
    relations,
    start_world,
)
from game.match.history import orders_of
from game.scenario import read
from game.scenario.compile import Compiled, compiled
from game.scenario.findings.finding import ScenarioError
from game.submodels.context import StepContext

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


def context(
    board: Board,
    world: World | None = None,
    orders: Sequence[str] = (),
    *,
    refused: Sequence[str] = (),
    seed: int = 1,
) -> StepContext:
    """What a rule sees when these orders are given, all proposals but the `refused` accepted; replica axis 1."""
    present = world or start_world(board)
    given, accepted = arrays(board, orders, refused)
    actions = actions_of(given, accepted, board, present.running)
    worth = agreement_worth(board, in_force(present))
    return StepContext(board, present, present.turn + 1, worth, given, actions, Draws.of(seed))


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
