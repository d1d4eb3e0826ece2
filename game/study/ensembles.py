"""An ensemble: one scenario under many seeds, replica by replica the same bytes as the single runs of those seeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from game import turn
from game.errors import StudyError
from game.kernel.declare import Floats, Value
from game.kernel.draws import Draws
from game.kernel.ledger import Ledger
from game.kernel.world import (
    Board,
    World,
    relations,
    start_world,
)
from game.parameters import Parameters, with_values
from game.policies import (
    Seats,
    answered,
    decided,
    observe,
)
from game.policies.reasoner.reasoner import Reasoner
from game.scenario.compile import compiled
from game.scenario.spec import Scenario

PAIR_CELLS = 8192
"""Cells of [R, N, N] a chunk holds: few enough for its arrays to stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """The runs of an ensemble: `series` [R, T + 1, N, N] of relations, turn 0 first, and the last worlds."""

    seeds: tuple[int, ...]
    series: Floats
    boards: tuple[Board, ...]  # one a chunk, since each replica draws its own spreads
    worlds: tuple[World, ...]  # one a chunk

    @property
    def states(self) -> tuple[str, ...]:
        """The states, in the order of the series' axes."""
        return self.boards[0].states

    def world(self, replica: int) -> World:
        """The last world of one replica, as a batch of one."""
        for chunk in self.worlds:
            if replica < chunk.replicas:
                return chunk.replica(replica)
            replica -= chunk.replicas
        raise IndexError(f"the ensemble has {len(self.seeds)} replicas")


def ensemble(
    scenario: Scenario,
    seeds: Sequence[int],
    *,
    turns: int | None = None,
    parameters: Mapping[str, Value] | None = None,
    spreads: str = "drawn",
    chunk: int | None = None,
) -> Ensemble:
    """Run a scenario once a seed, with the reasoner deciding for every state that plays.

    A parameter is a number, or one a replica `[R]`. Raises StudyError when there is no seed, UnknownName for a
    parameter that does not exist.
    """
    if not seeds:
        raise StudyError("an ensemble needs at least one seed")
    length = scenario.turns if turns is None else turns
    size = chunk or max(1, PAIR_CELLS // len(scenario.states) ** 2)
    series, worlds, boards = [], [], []
    for first in range(0, len(seeds), size):
        part = slice(first, first + size)
        values = {
            path: value[part] if isinstance(value, np.ndarray) else value for path, value in (parameters or {}).items()
        }
        draws = Draws.of(*seeds[part])
        made = compiled(scenario, draws if spreads == "drawn" else None)
        boards.append(made.board)
        frames = [*_frames(made.board, with_values(made.parameters, values), draws, length)]
        series.append(np.stack([relations(made.board, world) for world in frames], axis=1))
        worlds.append(frames[-1])
    return Ensemble(tuple(seeds), np.concatenate(series), tuple(boards), tuple(worlds))


def _frames(board: Board, parameters: Parameters, draws: Draws, turns: int) -> Iterator[World]:
    """The world before the first turn and after each."""
    yield start_world(board, draws.seeds.size)
    for world, _ in played(board, parameters, draws, turns):
        yield world


def played(
    board: Board, parameters: Parameters, draws: Draws, turns: int, seats: Seats | None = None
) -> Iterator[tuple[World, Ledger]]:
    """Every turn of a batch: the world after it `[R]`, and its ledger."""
    reasoner = Reasoner(board, parameters["reasoner"])
    world = start_world(board, draws.seeds.size)
    for _ in range(turns):
        opened, first = turn.opening(board, world, parameters, draws)
        view = observe(board, opened)
        orders = decided(reasoner, seats or {}, view, draws)
        accepted = answered(reasoner, seats or {}, view, orders, draws)
        world, ledger = turn.step(board, opened, orders, accepted, parameters, draws)
        yield world, first + ledger
