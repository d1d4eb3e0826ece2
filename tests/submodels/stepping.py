"""One world and what is done in it, as kernels take it."""

from __future__ import annotations

from collections.abc import Sequence

from game.kernel.compiled.workspaces import made
from game.kernel.step import Step
from game.kernel.world import Board, World
from game.testing import context, step_at


def step(board: Board, world: World | None = None, orders: Sequence[str] = (), replica: int = 0) -> Step:
    """The step in which these orders are given, all proposals accepted; of the start, where no world is given."""
    return step_at(context(board, world, orders), made(board, replica), replica)
