"""Kernels as they stand, uncompiled, for tests; afterwards all is as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pytest

from game import turn
from game.kernel import compiled
from game.kernel.compiled import positions, workspaces
from game.kernel.ledger import Ledger
from game.kernel.world import Board
from game.narrative.causes import in_ids

MADE: Mapping[Any, tuple[str, ...]] = {
    compiled: ("_INNER",),
    workspaces: ("_IDLE", "_PACKED", "_WORLDS"),
    positions: ("_KNOWN",),
}
"""What is kept of kernels that were compiled and of records that were packed for them."""

Told = tuple[int, int, str, int, bool, float, str]
"""A row of a ledger: i, j, rule, memory, if it is hidden, impulse and cause."""


@contextmanager
def uncompiled() -> Iterator[None]:
    """The engine plays by kernels, uncompiled; what was compiled before is put aside meanwhile."""
    before = dict(compiled._KERNELS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(compiled.SWITCH, "plain")
        patch.setattr(compiled, "_compiler", lambda: None)
        patch.setattr(turn, "_packed_numbers", lru_cache(turn._packed_numbers.__wrapped__))
        for module, names in MADE.items():
            for name in names:
                patch.setattr(module, name, {})
        compiled._KERNELS.update(dict.fromkeys(before))
        try:
            yield
        finally:
            # Kernels of modules that were first loaded meanwhile stay, as yet uncompiled.
            compiled._KERNELS.update({each: before.get(each) for each in compiled._KERNELS})


def told(board: Board, ledger: Ledger, replica: int = 0) -> list[Told]:
    """Every row of a ledger, sorted: in which order rules of one phase write theirs does not matter."""
    states = range(len(board.states))
    return sorted(
        (i, j, row.rule, row.layer, row.hidden, row.impulse, in_ids(row.cause, board))
        for i in states
        for j in states
        if i != j
        for row in ledger.rows(board, i, j, replica)
    )
