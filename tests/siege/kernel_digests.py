"""`python -m tests.siege.kernel_digests`: what the engine gives in some games, as digests by name, in JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from hashlib import blake2b
from typing import Any

import numpy as np

from game import turn
from game.kernel.draws import Draws
from game.kernel.world import digest, start_world
from game.policies import Reasoner, answered, decided
from game.study import ensemble
from game.study.runs import table
from tests.kernels import told
from tests.oracle.frozen import read
from tests.oracle.games import Game, made_of, seated

TURNS = 6
KEPT = ("series", "outcomes", "worlds")
GAMES = (
    ("classroom_triad", 1), ("classroom_triad", 15), ("hegemon_and_five", 17), ("south_caucasus_2012", 1),
    ("invented-1", 1), ("invented-5", 5), ("invented-7", 7), ("deep-3", 103), ("any-2", 102), ("secret-1", 101),
    ("secret-2", 102),
)  # fmt: skip


def numbers_of(record: Any) -> bytes:
    """The bytes of every array of a record."""
    found = [getattr(record, each.name) for each in fields(record)]
    return b"".join(np.ascontiguousarray(each).tobytes() for each in found if isinstance(each, np.ndarray))


def named(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()


def digests_of(game: Game) -> Iterator[tuple[str, str]]:
    """What every turn of a game comes to: worlds, orders, answers and the rows of the ledger."""
    made, draws = made_of(game, [game.seed]), Draws.of(game.seed)
    board, world = made.board, start_world(made.board)
    reasoner, seats = Reasoner(board, made.parameters["reasoner"]), seated(game.seats, len(made.board.states))
    for number in range(1, TURNS + 1):
        opened, first = turn.opening(board, world, made.parameters, draws)
        orders = decided(reasoner, seats, board, opened, draws)
        accepted = answered(reasoner, seats, board, opened, orders, draws)
        world, then = turn.step(board, opened, orders, accepted, made.parameters, draws)
        yield f"{game}, turn {number}: opened", digest(opened)
        yield f"{game}, turn {number}: orders", named(numbers_of(orders))
        yield f"{game}, turn {number}: answers", named(accepted.tobytes())
        yield f"{game}, turn {number}: world", digest(world)
        yield f"{game}, turn {number}: ledger", named(repr(told(board, first + then)).encode())


def whole_game(game: Game) -> Iterator[tuple[str, str]]:
    """What a whole game comes to, and what is counted of it."""
    made = made_of(game, [game.seed])
    states = len(made.board.states)
    series = np.zeros((TURNS + 1, states, states))
    seat = table(made.board, made.parameters, 0, TURNS)
    seat.play(start_world(made.board, made.board.drawn), 0, game.seed, series)
    yield f"{game}: series", named(series.tobytes())
    yield f"{game}: world", named(numbers_of(seat.work.step.world))
    yield f"{game}: tally", named(numbers_of(seat.tally))


def ensembles() -> Iterator[tuple[str, str]]:
    """What some ensembles come to."""
    swept = {"balance.coupling": [0.1, 1.0, 2.0, 3.0]}
    for runs in (
        ensemble("classroom-triad", range(4), turns=TURNS, spreads="drawn", keep=KEPT),
        ensemble("hegemon-and-five", range(4), turns=TURNS, parameters=swept, keep=KEPT),
        ensemble("classroom-triad", range(4), turns=TURNS, policies={"arda": "wait"}, keep=KEPT),
    ):
        name = f"ensemble of {runs.states}"
        yield f"{name}: series", named(runs.series.tobytes())
        yield f"{name}: tally", named(numbers_of(runs.tally))
        yield f"{name}: outcomes", named(numbers_of(runs.outcomes))
        for run in range(4):
            yield f"{name}: world of run {run}", digest(runs.world(run))


def found() -> Mapping[str, str]:
    """Every digest, by what it is of."""
    games = {(game.name, game.seed): replace(game, turns=TURNS) for game in read().games}
    made: dict[str, str] = {}
    for name in GAMES:
        made.update(digests_of(games[name]))
        made.update(whole_game(games[name]))
    made.update(ensembles())
    return made


if __name__ == "__main__":
    began = time.monotonic()
    digests = found()
    json.dump({"digests": digests, "seconds": time.monotonic() - began, "numba": "numba" in sys.modules}, sys.stdout)
