"""An ensemble: one scenario under many seeds, replica by replica the same bytes as the single runs of those seeds."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from os import PathLike
from typing import Any

import numpy as np

from game import turn
from game.errors import StudyError
from game.kernel.compiled.readiness import ready
from game.kernel.declare import Floats, Value, is_swept
from game.kernel.draws import Draws
from game.kernel.ledger import Ledger
from game.kernel.world import Board, World, start_world
from game.match import arguments
from game.match.difficulty import at_level
from game.match.match import (
    Setup,
    Spreads,
    begin,
    seats_of,
)
from game.measures.relations import relations
from game.parameters import Parameters, with_values
from game.policies import (
    Policy,
    Seats,
    answered,
    decided,
)
from game.policies.reasoner.reasoner import Reasoner
from game.scenario.compile import compiled
from game.scenario.spec import Scenario
from game.study.runs import Table, table

PAIR_CELLS = 8192
"""Cells of [R, N, N] a chunk holds: few enough for its arrays to stay in the processor's cache."""

THREADS = os.cpu_count() or 1
"""How many parts of an ensemble kernels play side by side: they hold no lock of the interpreter's."""


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


class FailedRuns(StudyError):
    """Runs that broke off in mid-game: which (`failed`, by their places), and the others, whole (`others`).

    Its cause is what the first of them broke off with.
    """

    def __init__(self, failed: Mapping[int, int], others: Ensemble | None) -> None:
        self.failed, self.others = dict(failed), others
        named = ", ".join(f"run {place} (seed {seed})" for place, seed in [*failed.items()][:3])
        more = f" and {len(failed) - 3} more" if len(failed) > 3 else ""
        super().__init__(f"{named}{more} broke off; the other runs are whole, in `others` of this error")


def ensemble(
    scenario: str | PathLike[str] | Scenario,
    seeds: int | Collection[int] | None,
    *,
    turns: int | None = None,
    parameters: Mapping[str, float | Collection[float]] | None = None,
    policies: Mapping[str, str | Policy] | None = None,
    difficulty: str | None = None,
    spreads: Spreads = "central",
    chunk: int | None = None,
) -> Ensemble:
    """Run a scenario once a seed: the same bytes as `AllianceModel` and the command line give for each.

    Args:
        scenario: the name of a shipped scenario, a path, or a loaded Scenario.
        seeds: from 0 to 2**63 - 1, in a list, tuple, range, array or series; None among them is drawn, and
            `Ensemble.seeds` says what it became.
        turns: how many are played; None for the scenario's.
        parameters: values by path, each a number, or one a run `[R]` in a list, tuple, array or series.
        policies: who decides, by state, as in `game.match.match.Setup`; a Policy is asked for all runs of a chunk at
            once.
        difficulty: `novice`, `normal`, `expert`, or None.
        spreads: `central` takes the middle of every spread in the file, `drawn` draws each, anew for every run.
        chunk: how many runs are played at once; None for as many as the processor's cache holds.

    Raises what Setup raises, before anything is played, and FailedRuns, after everything else was, for runs that broke
    off in mid-game.
    """
    given = arguments.seeds_of(seeds)
    setup = Setup(scenario, given[0], spreads, None, policies, difficulty)
    swept = {**at_level(setup.difficulty, {}), **arguments.swept_parameters_of(parameters, given)}
    length = setup.scenario.turns if turns is None else arguments.turns_of(turns)
    chunk = None if chunk is None else arguments.chunk_of(chunk)
    # Before anything is played, so that it is refused as what it is and takes no run with it.
    begin(replace(setup, parameters={path: _of_run(value, 0) for path, value in swept.items()}))
    parts: list[_Part] = []
    failed: dict[int, int] = {}
    for run in _all_parts(setup, given, swept, _size(setup, len(given), chunk), length):
        if isinstance(run, int):
            failed[run] = given[run]
        else:
            parts.append(run)
    if not failed:
        return _together(given, parts)
    others = tuple(seed for place, seed in enumerate(given) if place not in failed)
    try:
        _part(setup, given, swept, range(min(failed), min(failed) + 1), length)
    except Exception as error:
        raise FailedRuns(failed, _together(others, parts) if parts else None) from error
    raise AssertionError("a run that broke off did not do so again")


def _size(setup: Setup, runs: int, chunk: int | None) -> int:
    """How many runs are played at once: as many as the processor's cache holds.

    Kernels play them one after the other; runs that share all numbers are dealt out to threads in equal parts.
    """
    if chunk is not None:
        return chunk
    held = max(1, PAIR_CELLS // len(setup.scenario.states) ** 2)
    return max(held, -(-runs // THREADS)) if ready() and setup.spreads == "central" else held


def _all_parts(
    setup: Setup, seeds: Sequence[int], swept: Mapping[str, Value], size: int, turns: int
) -> Iterator[_Part | int]:
    """All runs in parts, in order: each that is whole, or its place if it is not. Kernels play parts side by side."""

    def played_part(first: int) -> list[_Part | int]:
        return [*_whole_parts(setup, seeds, swept, range(first, min(first + size, len(seeds))), turns)]

    starts = range(0, len(seeds), size)
    if not ready() or len(starts) < 2:
        yield from chain.from_iterable(map(played_part, starts))
        return
    with ThreadPoolExecutor(THREADS) as threads:
        yield from chain.from_iterable(threads.map(played_part, starts))


@dataclass(frozen=True, slots=True)
class _Part:
    """Some runs, played at once."""

    series: Floats
    board: Board
    world: World


def _whole_parts(
    setup: Setup, seeds: Sequence[int], swept: Mapping[str, Value], places: range, turns: int
) -> Iterator[_Part | int]:
    """Some runs at once or, if one breaks off, one by one: each that is whole, or its place if it is not."""
    with suppress(Exception):
        yield _part(setup, seeds, swept, places, turns)
        return
    if len(places) == 1:
        yield places[0]
        return
    for place in places:
        yield from _whole_parts(setup, seeds, swept, range(place, place + 1), turns)


def _part(setup: Setup, seeds: Sequence[int], swept: Mapping[str, Value], places: range, turns: int) -> _Part:
    part = slice(places.start, places.stop)
    values = {path: value[part] if isinstance(value, np.ndarray) else value for path, value in swept.items()}
    draws = Draws.of(*seeds[part])
    made = compiled(setup.scenario, draws if setup.spreads == "drawn" else None)
    parameters = with_values(made.parameters, values)
    seats = seats_of(setup, made.board, Reasoner(made.board, parameters["reasoner"]))
    if ready() and not seats:
        return _played_apart(made.board, parameters, draws, turns)
    frames = [*_frames(made.board, parameters, draws, turns, seats)]
    return _Part(np.stack([relations(made.board, world) for world in frames], axis=1), made.board, frames[-1])


def _played_apart(board: Board, parameters: Parameters, draws: Draws, turns: int) -> _Part:
    """The same runs by compiled kernels, one after the other; they share a table where they share all numbers."""
    start, states = start_world(board, draws.seeds.size), len(board.states)
    series = np.zeros((start.replicas, turns + 1, states, states))
    series[:, 0] = relations(board, start)
    arrays: dict[str, Any] = {name: np.array(array) for name, array in start.arrays()}
    shared = board.drawn == 1 and not any(is_swept(parameters[block]) for block in parameters)
    seat: Table | None = None
    for replica in range(start.replicas):
        if seat is None or not shared:
            seat = table(board, parameters, replica, turns)
        seat.play(start, replica, int(draws.seeds[replica]), series[replica])
        seat.work.unload(arrays, replica)
    return _Part(series, board, replace(start, turn=turns, **arrays))


def _together(seeds: tuple[int, ...], parts: Sequence[_Part]) -> Ensemble:
    return Ensemble(
        seeds,
        np.concatenate([part.series for part in parts]),
        tuple(part.board for part in parts),
        tuple(part.world for part in parts),
    )


def _of_run(value: Value, run: int) -> float:
    return float(value[run]) if isinstance(value, np.ndarray) else value


def _frames(board: Board, parameters: Parameters, draws: Draws, turns: int, seats: Seats) -> Iterator[World]:
    """The world before the first turn and after each."""
    yield start_world(board, draws.seeds.size)
    for world, _ in played(board, parameters, draws, turns, seats):
        yield world


def played(
    board: Board, parameters: Parameters, draws: Draws, turns: int, seats: Seats | None = None
) -> Iterator[tuple[World, Ledger]]:
    """Every turn of a batch: the world after it `[R]`, and its ledger."""
    reasoner = Reasoner(board, parameters["reasoner"])
    world = start_world(board, draws.seeds.size)
    for _ in range(turns):
        opened, first = turn.opening(board, world, parameters, draws)
        orders = decided(reasoner, seats or {}, board, opened, draws)
        accepted = answered(reasoner, seats or {}, board, opened, orders, draws)
        world, ledger = turn.step(board, opened, orders, accepted, parameters, draws)
        yield world, first + ledger
