"""What a turn costs, and which part of it: by how many states there are, how many acts, how many runs at once.

`decide_us`, `answer_us` and `step_us` are the reasoner's orders, its answers and the rules, `turn_us` all three, each
of one run of a batch. Each column grows alone, the others at twelve states, all acts, one run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.ensemble import scenario_of
from benchmarks.timing import Row, medians, numbers, parser, written
from game import turn
from game.kernel.conditions import Did
from game.kernel.draws import Draws
from game.kernel.world import World, start_world
from game.policies import Reasoner, answered, decided
from game.scenario.compile import compiled
from game.scenario.spec import Scenario

USUAL = 12
"""How many states there are where something else grows."""

EARLIER = 3
"""Turns that are played before one is measured, so that there is something to remember."""


def rows(
    states: Sequence[int], acts: Sequence[int], replicas: Sequence[int], rounds: int = 5, usual: int = USUAL
) -> Iterator[Row]:
    """One row a point of each of the three curves."""
    for count in states:
        yield _row("states", scenario_of(count), 1, rounds)
    for count in acts:
        yield _row("acts", with_acts(scenario_of(usual), count), 1, rounds)
    for count in replicas:
        yield _row("replicas", scenario_of(usual), count, rounds)


def with_acts(scenario: Scenario, count: int) -> Scenario:
    """The scenario with only so many of its acts, those first that break pledges."""
    named = [leaf.node for kind in scenario.pledge_kinds.values() for line in kind.breach for leaf in line.leaves]
    breaking = {node.act for node in named if isinstance(node, Did)}
    first = sorted(scenario.acts, key=lambda name: name not in breaking)[: max(count, len(breaking))]
    return replace(scenario, acts={name: act for name, act in scenario.acts.items() if name in first})


def _row(grows: str, scenario: Scenario, replicas: int, rounds: int) -> Row:
    draws = Draws.of(*range(replicas))
    made = compiled(scenario, draws)
    board = made.board
    reasoner, world = Reasoner(board, made.parameters["reasoner"]), start_world(board, replicas)
    for _ in range(EARLIER):
        opened, _ = turn.opening(board, world, made.parameters, draws)
        orders = decided(reasoner, {}, board, opened, draws)
        accepted = answered(reasoner, {}, board, opened, orders, draws)
        world, _ = turn.step(board, opened, orders, accepted, made.parameters, draws)
    opened, _ = turn.opening(board, world, made.parameters, draws)
    orders = decided(reasoner, {}, board, opened, draws)
    accepted = answered(reasoner, {}, board, opened, orders, draws)
    taken = medians(
        [
            lambda: decided(reasoner, {}, board, unknown(opened), draws),
            lambda: answered(reasoner, {}, board, opened, orders, draws),
            lambda: turn.step(board, world, orders, accepted, made.parameters, draws),
        ],
        rounds,
    )
    decide, answer, step = (each * 1e6 / replicas for each in taken)
    return {
        "grows": grows, "states": len(board.states), "acts": len(board.acts.names), "replicas": replicas,
        "decide_us": decide, "answer_us": answer, "step_us": step, "turn_us": decide + answer + step,
    }  # fmt: skip


def unknown(world: World) -> World:
    """The same worlds as others that nobody has thought about yet."""
    return replace(world)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the result."""
    options = parser(__doc__)
    options.add_argument("--states", type=numbers, default=(4, 8, 12, 20, 50))
    options.add_argument("--acts", type=numbers, default=(13, 26, 52))
    options.add_argument("--replicas", type=numbers, default=(1, 8, 64))
    options.add_argument(
        "--usual", type=int, default=USUAL, help="how many states there are where something else grows"
    )
    given = options.parse_args(arguments)
    found = rows(given.states, given.acts, given.replicas, given.rounds, given.usual)
    sys.stdout.write(written([*found], given.format))


if __name__ == "__main__":
    main()
