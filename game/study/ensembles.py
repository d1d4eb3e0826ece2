"""An ensemble: one scenario under many seeds, each run the same bytes as the single game of its seed.

Runs are played one after the other on each of a few threads, since kernels hold no lock of the interpreter's, and are
counted as they are played. Nothing of a run is kept but what was asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from functools import partial
from os import PathLike
from typing import Any, Literal, get_args

import numpy as np

from game.errors import StudyError, UnknownName
from game.kernel.declare import Booleans, Floats, Integers, Value
from game.kernel.draws import Draws
from game.kernel.orders import Orders
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
from game.study.runs import Decide, Table, table
from game.study.tallies import Tally, empty
from game.study.warming import warm_for

CHUNK = 64
"""How many runs a thread plays before what it counted is added up."""

THREADS = os.cpu_count() or 1
"""How many runs are played side by side."""

Kept = Literal["series", "outcomes", "worlds"]
"""What can be kept of each run."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How each run ended and what was done in it, a row a run."""

    ending: Integers  # [R] the ending it came to, in the order of the scenario's; -1 where it came to none
    last: Integers  # [R] the turn it ended with
    acts: Integers  # [R] acts done
    refused: Integers  # [R] deals refused
    events: Integers  # [R] events that happened
    crises: Integers  # [R] crises that began
    wars: Integers  # [R] disputes that came to war
    signed: Integers  # [R] agreements that came into force
    broken: Integers  # [R] agreements that ended before their time
    points: Floats  # [R, N] what each state had by its objectives at the end


COUNTED = {
    "acts": "done", "refused": "refused", "events": "events", "crises": "crises", "wars": "wars", "signed": "signed",
    "broken": "broken",
}  # fmt: skip
"""The column of `Outcomes` that sums up each count of a `Tally`."""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """The runs of an ensemble, counted, and of each what was asked for.

    `series` [R, T + 1, N, N] are relations, turn 0 first; `worlds` the last worlds, chunk by chunk, each with the
    board they were played on, since each run may have drawn its own numbers.
    """

    seeds: tuple[int, ...]
    states: tuple[str, ...]
    tally: Tally
    kept: frozenset[str]
    _series: Floats | None = field(repr=False)
    _outcomes: Outcomes | None = field(repr=False)
    _worlds: tuple[tuple[Board, World], ...] = field(repr=False)

    @property
    def series(self) -> Floats:
        """Relations after every turn of every run `[R, T + 1, N, N]`, turn 0 first; StudyError unless kept."""
        if self._series is None:
            raise _not_kept("series")
        return self._series

    @property
    def outcomes(self) -> Outcomes:
        """How each run ended; StudyError unless kept."""
        if self._outcomes is None:
            raise _not_kept("outcomes")
        return self._outcomes

    @property
    def worlds(self) -> tuple[tuple[Board, World], ...]:
        """The last worlds, chunk by chunk, each with its board; StudyError unless kept."""
        if "worlds" not in self.kept:
            raise _not_kept("worlds")
        return self._worlds

    def world(self, run: int) -> World:
        """The last world of one run, as a batch of one."""
        for _, chunk in self.worlds:
            if run < chunk.replicas:
                return chunk.replica(run)
            run -= chunk.replicas
        raise IndexError(f"the ensemble has {len(self.seeds)} runs")


def _not_kept(what: Kept) -> StudyError:
    return StudyError(f"the {what} of these runs were not kept; ask for them with keep=[{what!r}]")


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
    keep: Collection[Kept] = ("series", "outcomes"),
    threads: int | None = None,
    chunk: int | None = None,
) -> Ensemble:
    """Run a scenario once a seed: the same bytes as `AllianceModel` and the command line give for each.

    Args:
        scenario: the name of a shipped scenario, a path, or a loaded Scenario.
        seeds: from 0 to 2**63 - 1, in a list, tuple, range, array or series; None among them is drawn, and
            `Ensemble.seeds` says what it became.
        turns: how many are played; None for the scenario's.
        parameters: values by path, each a number, or one a run `[R]` in a list, tuple, array or series.
        policies: who decides, by state, as in `game.match.match.Setup`; a Policy is asked run by run.
        difficulty: `novice`, `normal`, `expert`, or None.
        spreads: `central` takes the middle of every spread in the file, `drawn` draws each, anew for every run.
        keep: what is kept of each run: `series`, `outcomes`, `worlds`. Counts over all runs come with every ensemble,
            in `Ensemble.tally`; with nothing kept, memory does not grow with the number of runs.
        threads: how many runs are played side by side; None for one a processor. Policies of your own are asked on one.
        chunk: how many runs a thread plays before its counts are added up; whatever it is, the bytes are the same.

    Raises what Setup raises, before anything is played, and FailedRuns, after everything else was, for runs that broke
    off in mid-game.
    """
    given = arguments.seeds_of(seeds)
    setup = Setup(scenario, given[0], spreads, None, policies, difficulty)
    swept = {**at_level(setup.difficulty, {}), **arguments.swept_parameters_of(parameters, given)}
    length = setup.scenario.turns if turns is None else arguments.turns_of(turns)
    size = CHUNK if chunk is None else arguments.chunk_of(chunk)
    if policies and spreads == "drawn":
        size = 1  # what a policy looks at is one board, with numbers of its own
    plan = Plan(setup, given, swept, length, _kinds(keep))
    # Before anything is played, so that it is refused as what it is and takes no run with it.
    begin(replace(setup, parameters={path: _of_run(value, 0) for path, value in swept.items()}))
    warm_for(len(given) * length, len(setup.scenario.states))
    if spreads == "central" and not any(isinstance(value, np.ndarray) for value in swept.values()):
        plan = replace(plan, shared=_Shared(setup, swept))
    found = _Gathered(plan)
    for part in _all_parts(plan, size, THREADS if threads is None else arguments.threads_of(threads)):
        found.take(part)
    if not found.failed:
        return found.ensemble()
    try:
        _part(plan, range(min(found.failed), min(found.failed) + 1))
    except Exception as error:
        others = found.ensemble() if len(found.failed) < len(given) else None
        raise FailedRuns({place: given[place] for place in sorted(found.failed)}, others) from error
    raise AssertionError("a run that broke off did not do so again")


def _kinds(keep: Collection[str]) -> frozenset[str]:
    known = get_args(Kept)
    for each in keep:
        if each not in known:
            raise UnknownName("kind of result", str(each), known)
    return frozenset(keep)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be played, and what is to be kept of it."""

    setup: Setup
    seeds: tuple[int, ...]
    swept: Mapping[str, Value]
    turns: int
    kept: frozenset[str]
    shared: _Shared | None = None  # where all runs have the same numbers


class _Shared:
    """What all runs have in common: the board, the parameters, and tables, each for one thread at a time."""

    def __init__(self, setup: Setup, swept: Mapping[str, Value]) -> None:
        made = compiled(setup.scenario)
        self.board, self.parameters = made.board, with_values(made.parameters, swept)
        self._idle: list[Table] = []

    @contextmanager
    def table(self, turns: int) -> Iterator[Table]:
        """A table that nobody else plays at, and has counted nothing."""
        try:
            found = self._idle.pop()
        except IndexError:
            found = table(self.board, self.parameters, 0, turns)
        found.clear()
        yield found
        self._idle.append(found)


@dataclass(slots=True)
class _Part:
    """Some runs, played one after the other."""

    places: range
    tally: Tally
    board: Board
    series: Floats  # [R, T + 1, N, N], or of no rows
    outcomes: Outcomes
    world: World | None


class _Gathered:
    """What parts have come to, taken in the order of their runs."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.failed: set[int] = set()
        self._tally: Tally | None = None
        self._parts: list[_Part] = []

    def take(self, part: _Part | int) -> None:
        """Add a part up, and keep of it what is asked for; or note a run that broke off, by its place."""
        if isinstance(part, int):
            self.failed.add(part)
            return
        self._tally = part.tally if self._tally is None else self._tally.added(part.tally)
        if self.plan.kept:
            self._parts.append(part)

    def ensemble(self) -> Ensemble:
        """All that was gathered."""
        assert self._tally is not None
        plan, parts = self.plan, self._parts
        seeds = tuple(seed for place, seed in enumerate(plan.seeds) if place not in self.failed)
        return Ensemble(
            seeds, tuple(plan.setup.scenario.states), self._tally, plan.kept,
            np.concatenate([part.series for part in parts]) if "series" in plan.kept else None,
            _joined([part.outcomes for part in parts]) if "outcomes" in plan.kept else None,
            tuple((part.board, part.world) for part in parts if part.world is not None),
        )  # fmt: skip


def _joined(parts: Sequence[Outcomes]) -> Outcomes:
    return Outcomes(**{
        each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Outcomes)
    })  # fmt: skip


def _all_parts(plan: Plan, size: int, threads: int) -> Iterator[_Part | int]:
    """All runs in parts, in order: each that is whole, or its place if it is not."""
    pieces = [range(first, min(first + size, len(plan.seeds))) for first in range(0, len(plan.seeds), size)]
    if threads == 1 or len(pieces) == 1 or plan.setup.policies:
        for piece in pieces:
            yield from _whole_parts(plan, piece)
        return
    with ThreadPoolExecutor(threads) as pool:
        # A few pieces ahead, so that what was played does not pile up before it is taken.
        waiting = [pool.submit(_listed, plan, piece) for piece in pieces[: 2 * threads]]
        for place in range(len(pieces)):
            yield from waiting[place].result()
            waiting[place] = waiting[-1]
            if place + 2 * threads < len(pieces):
                waiting.append(pool.submit(_listed, plan, pieces[place + 2 * threads]))


def _listed(plan: Plan, places: range) -> list[_Part | int]:
    return [*_whole_parts(plan, places)]


def _whole_parts(plan: Plan, places: range) -> Iterator[_Part | int]:
    """Some runs together or, if one breaks off, one by one: each that is whole, or its place if it is not."""
    with suppress(Exception):
        yield _part(plan, places)
        return
    if len(places) == 1:
        yield places[0]
        return
    for place in places:
        yield from _whole_parts(plan, range(place, place + 1))


def _part(plan: Plan, places: range) -> _Part:
    part = slice(places.start, places.stop)
    draws = Draws.of(*plan.seeds[part])
    if plan.shared is not None:
        with plan.shared.table(plan.turns) as seat:
            return _played(plan, places, plan.shared.board, plan.shared.parameters, draws, seat)
    values = {path: value[part] if isinstance(value, np.ndarray) else value for path, value in plan.swept.items()}
    made = compiled(plan.setup.scenario, draws if plan.setup.spreads == "drawn" else None)
    return _played(plan, places, made.board, with_values(made.parameters, values), draws, None)


def _played(
    plan: Plan, places: range, board: Board, parameters: Parameters, draws: Draws, shared: Table | None
) -> _Part:
    """Some runs, one after the other, at the table that they share or each at its own."""
    start, states = start_world(board, draws.seeds.size), len(board.states)
    kept = plan.turns + 1 if "series" in plan.kept else 0
    series, nothing = np.zeros((start.replicas, kept, states, states)), np.zeros((0, states, states))
    if kept:
        series[:, 0] = relations(board, start)
    arrays: dict[str, Any] = {name: np.array(array) for name, array in start.arrays()}
    total, columns, decide = (
        empty(board, plan.turns),
        _columns(start.replicas, states),
        _policies(plan, board, parameters),
    )
    for run in range(start.replicas):
        seat = table(board, parameters, run, plan.turns) if shared is None else shared
        before, seed, room = _sums(seat.tally), int(draws.seeds[run]), series[run] if kept else nothing
        if decide is None:
            seat.play(start, run, seed, room)
        else:
            seat.play_with(decide(seed), start, run, seed, room)
        seat.work.unload(arrays, run)
        _note(columns, run, seat, before)
        total = total.added(seat.tally) if shared is None else total
    world = replace(start, turn=plan.turns, **arrays) if "worlds" in plan.kept else None
    return _Part(places, total if shared is None else shared.tally.added(total), board, series, columns, world)


def _policies(plan: Plan, board: Board, parameters: Parameters) -> Callable[[int], Decide] | None:
    """What asks everybody's policies in the run of a seed; None where the built-in reasoner decides for all."""
    reasoner = Reasoner(board, parameters["reasoner"])
    seats = seats_of(plan.setup, board, reasoner)
    return partial(_decide, board, reasoner, seats) if seats else None


def _decide(board: Board, reasoner: Reasoner, seats: Seats, seed: int) -> Decide:
    """What asks the policy of each state."""
    draws = Draws.of(seed)

    def asked(opened: World) -> tuple[Orders, Booleans]:
        orders = decided(reasoner, seats, board, opened, draws)
        return orders, answered(reasoner, seats, board, opened, orders, draws)

    return asked


def _columns(runs: int, states: int) -> Outcomes:
    """Room for how some runs ended."""
    counts = {each.name: np.zeros(runs, dtype=np.int64) for each in fields(Outcomes) if each.name != "points"}
    return Outcomes(**counts, points=np.zeros((runs, states)))


def _sums(tally: Tally) -> Mapping[str, int]:
    return {column: int(getattr(tally, counted).sum()) for column, counted in COUNTED.items()}


def _note(columns: Outcomes, run: int, seat: Table, before: Mapping[str, int]) -> None:
    """Write down how a run ended and what was counted in it."""
    world = seat.work.step.world
    for column, counted in _sums(seat.tally).items():
        getattr(columns, column)[run] = counted - before[column]
    columns.ending[run] = world.over[0]
    columns.last[run] = seat.ended[0]
    columns.points[run] = seat.points


def _of_run(value: Value, run: int) -> float:
    return float(value[run]) if isinstance(value, np.ndarray) else value
