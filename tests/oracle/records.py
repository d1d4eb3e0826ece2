"""What is kept of a turn: one number of 64 bits for each thing that may differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from hashlib import blake2b
from struct import pack
from typing import Any

import numpy as np

from game.kernel.ledger import Ledger
from game.kernel.orders import Orders
from game.kernel.world import ARRAYS, Board
from game.measures.information import open_world
from game.measures.relations import relations
from game.narrative.causes import in_ids
from game.rules import NAMES
from game.study import Ensemble
from tests.oracle.games import THOUGHTS, Step

FIELDS = tuple(each.name for each in fields(Orders))
RULES = (*NAMES, "limits")
COLUMNS = (
    *(f"opened {name}" for name in ARRAYS),
    "relations",
    "relations that show",
    *(f"reasoner: {name}" for name in THOUGHTS),
    *(f"orders: {name}" for name in FIELDS),
    "answers",
    *(f"world {name}" for name in ARRAYS),
    *(f"ledger: {name}" for name in RULES),
)
"""The columns of a turn, in the order in which things happen: the first that differs is where to look."""

ABSENT = 0
"""What stands where there is nothing to say."""


def hashed(array: Any) -> int:
    """The shape and the bytes of an array; whole numbers and truths of any width alike, a negative zero is not zero."""
    plain = np.ascontiguousarray(array)
    plain = plain.astype("<f8" if plain.dtype.kind == "f" else "<i8", copy=False)
    return _number(repr(plain.shape).encode() + plain.tobytes())


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")


def row_of(board: Board, step: Step, replica: int = 0) -> list[int]:
    """The columns of one turn of one replica."""
    ledger = ledger_digests(board, step.ledger, replica)
    unknown = set(ledger) - set(RULES)
    if unknown:
        raise SystemExit(f"the ledger names rules that have no column here: {', '.join(sorted(unknown))}")
    return [
        *(hashed(array[replica]) for _, array in step.opened.arrays()),
        hashed(relations(board, step.opened)[replica]),
        hashed(relations(board, open_world(board, step.opened))[replica]),
        *(hashed(step.thoughts[replica][name]) for name in THOUGHTS),
        *(hashed(getattr(step.orders, name)[replica]) for name in FIELDS),
        hashed(step.accepted[replica]),
        *(hashed(array[replica]) for _, array in step.world.arrays()),
        *(ledger.get(name, ABSENT) for name in RULES),
    ]


def ledger_digests(board: Board, ledger: Ledger, replica: int) -> Mapping[str, int]:
    """The rows of each rule, sorted: which pair, which memory, hidden or not, from what cause, how much."""
    found: dict[str, list[bytes]] = {}
    for i, j, row in ledger.every(board, replica):
        head = pack("<3i?d", i, j, row.layer, row.hidden, row.impulse + 0.0)
        found.setdefault(row.rule, []).append(head + in_ids(row.cause, board).encode())
    return {rule: _number(b"\n".join(sorted(rows))) for rule, rows in found.items()}


def ensemble_row(runs: Ensemble) -> list[int]:
    """All that an ensemble gives back: the relations of every turn, and the last world of every run."""
    worlds = [runs.world(replica) for replica in range(len(runs.seeds))]
    return [
        hashed(runs.series),
        *(hashed(np.concatenate([getattr(world, name) for world in worlds])) for name in ARRAYS),
    ]


ENSEMBLE_COLUMNS = ("series", *(f"last {name}" for name in ARRAYS))


def kinds_of(world: Any) -> Mapping[str, str]:
    """The type of each array of a world."""
    return {name: str(array.dtype) for name, array in world.arrays()}
