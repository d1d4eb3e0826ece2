"""What whoever decides may look at: one world, without any axis for the runs of a batch."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from weakref import finalize

import numpy as np

from game.kernel.compiled import compiled, packed
from game.kernel.compiled.positions import Position, position, position_of
from game.kernel.declare import Booleans, Floats
from game.kernel.orders import Orders, no_orders
from game.kernel.records import changed, one_world
from game.kernel.step import seen_of
from game.kernel.world import HEDGE, Board, World
from game.submodels.information import seen_by
from game.submodels.legality import permitted


@dataclass(frozen=True, slots=True)
class View:
    """A position of one run as those who decide look at it.

    The view that `observe` makes is every state's at once: of row i, `relation[i, j]` and `relation[j, i]` are i's own
    affairs and the truth, and what others have between them is `shown`. Whoever takes for row i only what is i's own
    from `world` and `relation`, and the rest as it shows, decides as it would on `of(i)`, which holds no more.
    """

    board: Board
    world: World  # arrays without the axis R
    replica: int  # whose numbers of the board are this run's, where runs have numbers of their own
    position: Position = field(repr=False)  # the same, as kernels take it

    @property
    def turn(self) -> int:
        """The turn that is being decided."""
        return self.world.turn + 1

    @property
    def relation(self) -> Floats:
        """How i regards j `[N, N]`."""
        return self.position.relation

    @property
    def shown(self) -> Floats:
        """How i seems to everybody to regard j `[N, N]`; `relation` itself where nothing is secret."""
        return self.position.shown

    def permitted(self) -> Booleans:
        """Which orders are legal now, whatever they cost `[N, A, N]`."""
        here = self.position
        legal = np.zeros((len(self.board.states), len(self.board.acts.names), len(self.board.states)), dtype=bool)
        compiled(permitted)(
            here.setting, here.world, here.public, here.relation, here.shown, here.turn, here.opened, legal
        )
        return legal

    def nothing(self) -> Orders:
        """The orders of states that do nothing `[N, S]`, in arrays to write others to."""
        nothing = one_world(no_orders(self.board), 0)
        return changed(nothing, **{each.name: np.array(getattr(nothing, each.name)) for each in fields(nothing)})

    def of(self, state: int) -> View:
        """What one state may know; of the board, it does not know the hidden objectives of others."""
        board, seen = _as_said(self.board, state), seen_of(self.world)
        compiled(seen_by)(self.position.setting, self.position.world, self.world.turn, state, packed(seen))
        return View(board, seen, self.replica, position_of(board, seen, self.replica))


def observe(board: Board, world: World, replica: int = 0) -> View:
    """The view of one world of a batch."""
    return View(board, one_world(world, replica), replica, position(board, world, replica))


_SAID: dict[tuple[int, int], Board] = {}
"""What one state knows of boards that are still there, by the board's identity and the state."""


def _as_said(board: Board, state: int) -> Board:
    """The board without what others do not say that they want, and without what could tell of it."""
    silent = sorted({each.state for each in board.objectives if each.hidden and each.state != state})
    if not silent:
        return board
    key = id(board), state
    found = _SAID.get(key)
    if found is None:
        interests, posture = board.interests.copy(), np.array(board.start["posture"])
        interests[:, silent], posture[:, silent] = 0.0, HEDGE
        said = tuple(each for each in board.objectives if each.state == state or not each.hidden)
        start = {**board.start, "posture": posture}
        _SAID[key] = found = replace(board, objectives=said, interests=interests, start=start)
        finalize(board, _SAID.pop, key, None)
    return found
