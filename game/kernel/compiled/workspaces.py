"""Workspaces: the arrays of a step for one board, made once and used again, and the worlds that go in and come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any
from weakref import finalize

import numpy as np

from game.kernel.compiled import packed, until_renewed
from game.kernel.declare import Booleans
from game.kernel.orders import Orders, no_orders
from game.kernel.records import changed, one_world
from game.kernel.setting import Setting, setting_like, setting_of
from game.kernel.step import Step, step_of
from game.kernel.world import ARRAYS, Board, World, start_world

ROWS, DEEDS = 4096, 256
"""The room of a ledger to begin with; a turn that needs more is played again with more."""


@dataclass(slots=True)
class Workspace:
    """A step of one replica of a board, and the same packed.

    It does not hold the board, which would be kept for ever by what is kept for as long as the board lives.
    """

    replica: int
    step: Step
    packed: Any

    def load(self, world: World, replica: int, seed: int) -> None:
        """Take a replica's world as the one to play on, with an empty ledger."""
        own = self.step.world
        for name in ARRAYS:
            array = getattr(world, name)
            np.copyto(getattr(own, name), array[replica] if array.ndim > 1 else array[replica : replica + 1])
        self.step.seed[0] = seed
        self.step.fresh.fill(False)
        self.step.rows.count[0] = self.step.rows.deed_count[0] = 0

    def order(self, orders: Orders, accepted: Booleans, replica: int) -> None:
        """Take a replica's orders and answers."""
        for each in fields(orders):
            np.copyto(getattr(self.step.orders, each.name), getattr(orders, each.name)[replica])
        np.copyto(self.step.accepted, accepted[replica])

    def unload(self, arrays: Mapping[str, Any], replica: int) -> None:
        """Copy the world into a replica's place in arrays `[R, ...]` by name."""
        own = self.step.world
        for name, array in arrays.items():
            array[replica] = getattr(own, name) if array.ndim > 1 else getattr(own, name)[0]

    @property
    def cramped(self) -> bool:
        """Whether the ledger had no room for all that was to be written."""
        rows = self.step.rows
        return bool(rows.count[0] > rows.amounts.size or rows.deed_count[0] > rows.deeds.shape[0])

    def enlarge(self, board: Board) -> None:
        """Make room for twice of what the last turn wanted to write."""
        rows = self.step.rows
        other = made(board, self.replica, 2 * int(rows.count[0]), 2 * int(rows.deed_count[0]))
        self.step, self.packed = other.step, other.packed


def made(board: Board, replica: int, rows: int = ROWS, deeds: int = DEEDS) -> Workspace:
    """A workspace for one replica of a board, with so much room for the ledger."""
    setting = setting_for(board, replica)
    world = one_world(start_world(board, board.drawn), 0)
    world = changed(world, **{name: np.array(array) for name, array in world.arrays()})
    orders = one_world(no_orders(board), 0)
    orders = changed(orders, **{each.name: np.array(getattr(orders, each.name)) for each in fields(orders)})
    accepted = np.zeros(orders.act.shape, dtype=bool)
    step = step_of(setting, world, orders, accepted, 0, rows=rows, deeds=deeds)
    return Workspace(replica, step, packed(step))


_SETTINGS: dict[tuple[int, int], Setting] = {}
_IDLE: dict[tuple[int, int], list[Workspace]] = {}
"""What was made for boards that are still there, by the board's identity and the replica."""


def setting_for(board: Board, replica: int) -> Setting:
    """The setting of a replica, made once a board; where a board has no spreads, all replicas share one."""
    found: Setting = _kept(_SETTINGS, board, replica, _setting)
    return found


def _setting(board: Board, replica: int) -> Setting:
    return setting_like(setting_for(board, 0), board, replica) if replica else setting_of(board)


def packed_setting(board: Board, replica: int) -> Any:
    """The same, packed."""
    return _kept(_PACKED, board, replica, lambda *place: packed(setting_for(*place)))


_PACKED: dict[tuple[int, int], Any] = {}


@contextmanager
def workspace(board: Board, replica: int) -> Iterator[Workspace]:
    """A workspace of a replica that nobody else uses meanwhile."""
    idle = _kept(_IDLE, board, replica, lambda *_: [])
    try:
        work = idle.pop()
    except IndexError:
        work = made(board, replica if board.drawn > 1 else 0)
    yield work
    idle.append(work)


def _kept(store: dict[tuple[int, int], Any], board: Board, replica: int, make: Callable[[Board, int], Any]) -> Any:
    """What a store holds for a replica of a board, made when it is first asked for, for as long as the board lives."""
    key = id(board), replica if board.drawn > 1 else 0
    found = store.get(key)
    if found is None:
        store[key] = found = make(board, key[1])
        finalize(board, store.pop, key, None)
    return found


def by_replica(board: Board, world: World) -> Iterator[tuple[int, Any, Any]]:
    """Each replica of a batch as kernels take it: its number, setting and world."""
    for replica in range(world.replicas):
        yield replica, packed_setting(board, replica), packed_world(world, replica)


_WORLDS: dict[tuple[int, int], Any] = {}


def packed_world(world: World, replica: int) -> Any:
    """A replica's world, packed once for as long as the batch lives; for kernels that only read it."""
    key = id(world), replica
    found = _WORLDS.get(key)
    if found is None:
        _WORLDS[key] = found = packed(one_world(world, replica))
        finalize(world, _WORLDS.pop, key, None)
    return found


for _packed_records in (_IDLE, _PACKED, _WORLDS):
    until_renewed(_packed_records.clear)
