"""Board and World: what a run can't change, and what it can.

Axes: R replicas, N states, S order slots a turn, A acts, K kinds of tie, L memories, Q attributes, D disputes,
E events, F flags. Every array is C order with the replica axis first; where that axis is 1 on a board, all
replicas share it. Floats are float64 on the grid of `game.numerics`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

from game.declare import Booleans, Floats, Shorts
from game.numerics import product, total

if TYPE_CHECKING:
    from game.acts import Catalogue
    from game.happenings import Ending, Event, Goal
    from game.predicate import Term

FOREVER = 9999
"""Turns left of a tie that has no end."""

NEVER = -1
"""The turn of something that has not happened."""


def axes(names: str, low: float, high: float, doc: str, *, symmetric: bool = False) -> Any:
    """A world field that declares its axes, bounds and symmetry: checks, digests and test worlds follow from it."""
    return field(metadata={"axes": tuple(names), "low": low, "high": high, "doc": doc, "symmetric": symmetric})


@dataclass(frozen=True, slots=True)
class Dispute:
    """Who stands against whom over what."""

    name: str
    title: str
    kind: str
    parties: tuple[int, ...]
    holder: int | None
    claimant: int | None


@dataclass(frozen=True, slots=True)
class TieKinds:
    """The kinds of agreement `[K]`."""

    names: tuple[str, ...]
    titles: tuple[str, ...]
    mutual: Booleans
    giver: Floats
    receiver: Floats
    commitment: Floats
    delivers: Floats  # [1 or R, K, Q], to the receiver, a turn


@dataclass(frozen=True, slots=True)
class Memories:
    """The decaying traces `[L]`."""

    names: tuple[str, ...]
    half_lives: tuple[float, ...]
    factors: Floats  # [L] what a turn leaves


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of a state `[Q]`."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Personalities:
    """Each state's sliders `[N]`, 0 to 1 (rationality 0 to 5)."""

    sliders: Mapping[str, Floats]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """From turns to dates."""

    year: int
    month: int
    day: int
    unit: str
    turns: int

    def label(self, turn: int) -> str:
        """The date of a turn, 1 being the first that is played; 0 is the start itself."""
        steps = max(turn - 1, 0)
        if self.unit == "year":
            return f"{self.year + steps}"
        if self.unit == "week":
            year, week, _ = (date(self.year, self.month, self.day) + timedelta(weeks=steps)).isocalendar()
            return f"{year}-W{week:02d}"
        months = self.month - 1 + steps * (3 if self.unit == "quarter" else 1)
        return f"{self.year + months // 12}-{months % 12 + 1:02d}"


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a run can't change. Built by `game.scenario.compile`."""

    scenario: str
    title: str
    states: tuple[str, ...]
    names: tuple[str, ...]
    plays: Booleans  # [N] takes turns
    keys: Any  # [N] uint64 address of each state's draws
    borders: Booleans  # [N, N]
    reach: Floats  # [N, N] how far i's power reaches j, 0 to 1
    baseline: Floats  # [1 or R, N, N] what history made of the two, without ties
    opening: Floats  # [1 or R, N, N] relations at the start
    opening_pull: Floats  # [1 or R, N, N] triads of the opening
    critical_rate: Floats  # [1 or R] the balance rate of coupling 1
    memories: Memories
    lasting: int  # the memory that balance pulls on
    recent: int  # the memory of what was lately received
    attributes: Attributes
    power: Term
    power_scale: Floats  # [1 or R] the greatest power at the start
    ties: TieKinds
    disputes: tuple[Dispute, ...]
    opposed: Floats  # [D, N, N] 1 where the two are opposite parties
    calm: Floats  # [1 or R, D] tension at the start
    orders: int
    income: float
    carry: float
    acts: Catalogue
    events: tuple[Event, ...]
    event_keys: Any  # [E] uint64
    flags: tuple[str, ...]
    goals: tuple[Goal, ...]
    endings: tuple[Ending, ...]
    personalities: Personalities
    calendar: Calendar
    start: Mapping[str, Any] = field(repr=False)  # the first World's arrays

    def state(self, name: str) -> int:
        """The index of a state; KeyError when there is none."""
        return _index(self.states, name)

    def sizes(self, replicas: int) -> Mapping[str, int]:
        """The length of each axis."""
        return {
            "R": replicas, "N": len(self.states), "A": len(self.acts.names), "K": len(self.ties.names),
            "L": len(self.memories.names), "Q": len(self.attributes.names), "D": len(self.disputes),
            "E": len(self.events), "F": len(self.flags),
        }  # fmt: skip


def _index(names: tuple[str, ...], name: str) -> int:
    try:
        return names.index(name)
    except ValueError:
        raise KeyError(name) from None


@dataclass(frozen=True, slots=True)
class World:
    """Everything a run can change, after `turn` turns; `opened` when the events of the next one have happened."""

    turn: int
    opened: bool
    memories: Floats = axes("RLNN", -100, 100, "what is left of deeds in how i regards j, one layer a memory")
    ties: Shorts = axes("RKNN", 0, FOREVER, "turns left of an agreement i gives and j receives")
    attributes: Floats = axes("RNQ", -np.inf, np.inf, "the attributes of each state, bounded as declared")
    tension: Floats = axes("RD", 0, 100, "tension of each dispute, 0 calm to 100 force")
    capital: Floats = axes("RN", 0, np.inf, "political capital left to spend")
    pause: Shorts = axes("RANN", 0, FOREVER, "turns before i may direct the act at j again")
    fired: Shorts = axes("RE", NEVER, FOREVER, "the turn an event last fired, -1 for never")
    due: Shorts = axes("RE", NEVER, FOREVER, "the turn an event is set for, -1 for none")
    pending: Booleans = axes("RE", 0, 1, "the event waits for its decider")
    flags: Booleans = axes("RF", 0, 1, "which flags are up")
    over: Shorts = axes("R", NEVER, FOREVER, "the ending the run has come to, -1 for none")

    @property
    def replicas(self) -> int:
        return int(self.over.shape[0])

    @property
    def running(self) -> Booleans:
        """Which replicas have not ended `[R]`."""
        return np.asarray(self.over == NEVER)

    def arrays(self) -> Iterator[tuple[str, Any]]:
        """Every array with its name, in the declared order."""
        for name in ARRAYS:
            yield name, getattr(self, name)

    def replica(self, index: int) -> World:
        """The world of one replica, as a batch of one."""
        return replace(self, **{name: array[index : index + 1] for name, array in self.arrays()})


ARRAYS = tuple(each.name for each in fields(World) if "axes" in each.metadata)
"""The world's arrays in the order they are digested and stored."""


def start_world(board: Board, replicas: int = 1) -> World:
    """The world before the first turn, with R replicas."""
    arrays = {}
    for name in ARRAYS:
        given = np.asarray(board.start[name])
        arrays[name] = np.ascontiguousarray(np.broadcast_to(given, (replicas, *given.shape[1:])))
    return World(turn=0, opened=False, **arrays)


def tie_worth(board: Board, ties: Shorts) -> Floats:
    """What the agreements in force add to how i regards j `[R, N, N]`."""
    kinds = board.ties
    replicas, count, states, _ = ties.shape
    force = (ties > 0).astype(np.float64).reshape(replicas, count, states * states)
    worth = product(np.stack([kinds.giver, kinds.receiver]), force).reshape(replicas, 2, states, states)
    return np.asarray(worth[:, 0] + np.swapaxes(worth[:, 1], -1, -2))


def unclipped_relations(board: Board, world: World, worth: Floats | None = None) -> Floats:
    """Baseline, ties and memories together, before the scale ends at 100 `[R, N, N]`."""
    agreed = tie_worth(board, world.ties) if worth is None else worth
    return np.asarray(board.baseline + agreed + total(world.memories, axis=1))


def relations(board: Board, world: World, worth: Floats | None = None) -> Floats:
    """How i regards j, -100 enmity to 100 alliance `[R, N, N]`: derived, never stored. The diagonal is 0.

    `worth` [R, N, N] is what the agreements in force add, where the caller has it already.
    """
    return np.clip(unclipped_relations(board, world, worth), -100.0, 100.0)


def digest(world: World) -> str:
    """Sixteen hexadecimal digits that name a world: the same bytes on every machine."""
    summary = sha256(f"{world.turn} {world.opened}".encode())
    for name, array in world.arrays():
        summary.update(name.encode())
        summary.update(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
    return summary.hexdigest()[:16]
