"""An ensemble against the plain Mesa model and the project's own: what one turn of one run costs in each.

`mesa_ms` is a turn of `benchmarks.mesa_model`, `model_ms` one of `AllianceModel`, `engine_us` one of a run in an
ensemble on one thread, all in CPU time. `threads2_us` is `engine_us` over what a second thread brings: twice the wall
time of two processes over that of two threads that do the same. Processes wait for no lock of each other's. On a
machine that is busy with something else neither pair runs at once for long, and the figure is too good. `ratio` is
`mesa_ms` over `engine_us`, `ratio2` over `threads2_us`. `c_share` is the speed of the hottest phase over that of the
same sums in C, compiled on the spot (`benchmarks.native`): null without a compiler, and where kernels are not compiled.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from statistics import median
from time import perf_counter

from benchmarks.mesa_model import Region
from benchmarks.native import c_share
from benchmarks.timing import Row, medians, numbers, parser, written
from benchmarks.worlds import scenario_text
from game.model import AllianceModel
from game.scenario import read
from game.scenario.spec import Scenario
from game.study import ensemble

PAIRS = 48_000
"""How many pairs of states, turns and runs together an ensemble plays: enough for its chunks to be full."""


def rows(states: Sequence[int], rounds: int = 5, turns: int = 6, replicas: int | None = None) -> Iterator[Row]:
    """One row a number of states."""
    for count in states:
        scenario = scenario_of(count)
        runs = replicas or max(2, PAIRS // (count * count * turns))
        mesa, model, engine = medians(
            [mesa_turns(scenario, turns), model_turns(scenario, turns), lambda s=scenario, r=runs: batch(s, r, turns)],
            rounds,
        )
        alone = engine / turns / runs
        both = alone / two_threads(scenario, runs, turns, rounds)
        yield {
            "states": count,
            "mesa_ms": mesa / turns * 1e3,
            "model_ms": model / turns * 1e3,
            "engine_us": alone * 1e6,
            "threads2_us": both * 1e6,
            "ratio": mesa / turns / alone,
            "ratio2": mesa / turns / both,
            "c_share": c_share(count, rounds),
        }


def scenario_of(states: int) -> Scenario:
    """The measured world of so many states."""
    scenario = read(scenario_text(states)).scenario
    if scenario is None:
        raise SystemExit(f"the measured scenario of {states} states has errors")
    return scenario


def mesa_turns(scenario: Scenario, turns: int) -> Callable[[], object]:
    """So many turns of the plain Mesa model, which goes on from where the last call left it."""
    model = Region(scenario, 1)

    def play() -> None:
        for _ in range(turns):
            model.step()

    return play


def model_turns(scenario: Scenario, turns: int) -> Callable[[], object]:
    """So many turns of the project's Mesa model, and back."""
    model = AllianceModel(scenario, seed=1, spreads="drawn")

    def play() -> None:
        model.run(turns)
        model.undo(turns)

    return play


def batch(scenario: Scenario, replicas: int, turns: int, first: int = 0) -> object:
    """An ensemble of so many runs on one thread, of which nothing is kept but what is counted over all."""
    return ensemble(scenario, range(first, first + replicas), turns=turns, keep=(), threads=1)


def two_threads(scenario: Scenario, replicas: int, turns: int, rounds: int = 5) -> float:
    """How many times faster two threads are than one, judged by two processes that do the same: the median."""
    halves = [(scenario, max(replicas // 2, 1), turns, place * replicas) for place in range(2)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes, ThreadPoolExecutor(2) as threads:
        [*processes.map(_worked, halves)]
        return median(2.0 * _wall(processes, halves) / _wall(threads, halves) for _ in range(rounds))


def _wall(pool: Executor, halves: Sequence[tuple[Scenario, int, int, int]]) -> float:
    start = perf_counter()
    [*pool.map(_worked, halves)]
    return perf_counter() - start


def _worked(half: tuple[Scenario, int, int, int]) -> None:
    """Some runs, of which nothing is handed back: what they give would have to be carried between processes."""
    batch(*half)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the result."""
    options = parser(__doc__)
    options.add_argument("--states", type=numbers, default=(4, 20, 50), help="how many states, such as 4,20,50")
    options.add_argument("--turns", type=int, default=6, help="how many turns each run has")
    options.add_argument("--replicas", type=int, default=None, help="how many runs; without, as many as fill a chunk")
    given = options.parse_args(arguments)
    sys.stdout.write(written([*rows(given.states, given.rounds, given.turns, given.replicas)], given.format))


if __name__ == "__main__":
    main()
