"""`python -m tests.oracle freeze|check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np

from game.kernel.world import start_world
from game.scenario import load
from game.study import ensemble
from tests.oracle.frozen import FILE, Frozen, Rows, difference, read, write
from tests.oracle.games import Game, all_games, made_of, played
from tests.oracle.records import COLUMNS, ensemble_row, kinds_of, row_of

T = TypeVar("T")
U = TypeVar("U")

ENSEMBLES: Mapping[str, Callable[[], list[int]]] = {
    "south-caucasus-2012, 24 drawn runs of 6 turns": lambda: _ensemble("south-caucasus-2012", 24, 6),
    "hegemon-and-five, 40 drawn runs of 12 turns in chunks of 7": lambda: _ensemble(
        "hegemon-and-five", 40, 12, chunk=7
    ),
    "classroom-triad, 64 central runs of 12 turns": lambda: _ensemble("classroom-triad", 64, 12, spreads="central"),
    "classroom-triad, a swept coupling and threshold": lambda: _swept("classroom-triad"),
}
"""What is frozen of the batch runner itself."""


def _ensemble(name: str, runs: int, turns: int, chunk: int | None = None, spreads: str = "drawn") -> list[int]:
    return ensemble_row(
        ensemble(load(name), range(runs), turns=turns, chunk=chunk, spreads=spreads, keep=("series", "worlds"))
    )


def _swept(name: str) -> list[int]:
    values = {"balance.coupling": np.linspace(0.1, 2.0, 9), "reasoner.threshold": np.linspace(-0.2, 0.5, 9)}
    return ensemble_row(ensemble(load(name), range(9), turns=8, parameters=values, keep=("series", "worlds")))


def rows_of(game: Game) -> Rows:
    """The rows of a game that is played alone; it stops where it ends."""
    made = made_of(game, [game.seed])
    found = []
    for step in played(made, game.seats, [game.seed], game.turns):
        found.append(row_of(made.board, step))
        if not step.world.running[0]:
            break
    return np.array(found, dtype=np.uint64)


def rows_in_batch(game: Game, seeds: Sequence[int]) -> dict[int, Rows]:
    """The rows of each replica of a batch, up to where it ends."""
    made = made_of(game, seeds)
    found: dict[int, list[list[int]]] = {seed: [] for seed in seeds}
    for step in played(made, game.seats, seeds, game.turns):
        for replica, seed in enumerate(seeds):
            if step.opened.running[replica]:
                found[seed].append(row_of(made.board, step, replica))
    return {seed: np.array(rows, dtype=np.uint64) for seed, rows in found.items()}


def freeze(file: Path, jobs: int) -> None:
    """Play every game and write what came of it."""
    games = all_games()
    rows = [*_spread(rows_of, games, jobs)]
    kinds = kinds_of(start_world(made_of(games[0], [0]).board))
    write(Frozen(COLUMNS, kinds, tuple(games), tuple(rows), {name: made() for name, made in ENSEMBLES.items()}), file)


def check(file: Path, jobs: int, only: str = "", every: int = 1) -> Iterator[str]:
    """Play again what was frozen, alone and in batches, and say what differs, the first difference of each game."""
    frozen = read(file)
    if len(frozen.columns) != len(COLUMNS):
        yield f"{len(COLUMNS)} columns where {len(frozen.columns)} were frozen: an array, order or rule came or went"
        return
    renamed = {old: new for old, new in zip(frozen.columns, COLUMNS, strict=True) if old != new}
    kept = [place for place, game in enumerate(frozen.games) if only in game.name][::every]
    games = [frozen.games[place] for place in kept]
    for place, now in zip(kept, _spread(rows_of, games, jobs), strict=True):
        found = difference(frozen.games[place], frozen.columns, frozen.rows[place], now, renamed)
        if found:
            yield found
    if every == 1:
        yield from _check_batches(frozen, only, jobs, renamed)
        yield from _check_ensembles(frozen, only)
        yield from check_kinds(frozen)


def _check_batches(frozen: Frozen, only: str, jobs: int, renamed: Mapping[str, str]) -> Iterator[str]:
    """Every kind of game in one batch: each replica is the game of its seed."""
    rows = {_key(game): rows for game, rows in zip(frozen.games, frozen.rows, strict=True)}
    batches: dict[tuple[object, ...], list[Game]] = {}
    for game in frozen.games:
        if only in game.name:
            batches.setdefault((game.name, game.text, game.drawn, game.seats), []).append(game)
    # Of an invented world only one seed is frozen: it is the middle one of three.
    shared = [(games[0], [game.seed for game in games]) for games in batches.values() if len(games) > 1]
    alone = [
        (games[0], [games[0].seed + 7, games[0].seed, games[0].seed + 900_001])
        for games in batches.values()
        if len(games) == 1
    ]
    work = [*shared, *alone]
    for (game, _), found in zip(work, _spread(_batched, work, jobs), strict=True):
        for seed, now in found.items():
            which = Game(game.name, game.text, seed, game.drawn, game.seats, game.turns)
            if _key(which) in rows:
                told = difference(which, frozen.columns, rows[_key(which)], now, renamed)
                if told:
                    yield f"in a batch: {told}"


def _key(game: Game) -> tuple[object, ...]:
    return game.name, game.seed, game.drawn, game.seats


def _batched(work: tuple[Game, list[int]]) -> dict[int, Rows]:
    return rows_in_batch(*work)


def _check_ensembles(frozen: Frozen, only: str) -> Iterator[str]:
    for name, made in ENSEMBLES.items():
        if only in name and frozen.ensembles.get(name) != made():
            yield f"ensemble: {name} differs"


def check_kinds(frozen: Frozen) -> Iterator[str]:
    """A type that has changed alone is told last: the numbers are the same."""
    now = kinds_of(start_world(made_of(frozen.games[0], [0]).board))
    for (name, before), kind in zip(frozen.kinds.items(), now.values(), strict=True):
        if before != kind:
            yield f"world {name} is {kind} and was {before}"


def _spread(work: Callable[[T], U], parts: Sequence[T], jobs: int) -> Iterator[U]:
    """The work on every part, in order, by several processes."""
    if jobs == 1:
        yield from map(work, parts)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Freeze or check; 1 when something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("what", choices=("freeze", "check"))
    parser.add_argument("--file", type=Path, default=FILE)
    parser.add_argument("--only", default="", help="only games whose name holds this")
    parser.add_argument("--every", type=int, default=1, help="one game in so many, and no batches")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes play")
    given = parser.parse_args(arguments)
    start = perf_counter()
    if given.what == "freeze":
        freeze(given.file, given.jobs)
        found = []
    else:
        found = [*check(given.file, given.jobs, given.only, given.every)]
    for line in found:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{given.what}: {len(found)} differences, {perf_counter() - start:.0f} s\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
