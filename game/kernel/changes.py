"""Changes: what the rules of one phase do to a world, kept apart from it until the phase is over.

What changes are added to starts at zero and is summed. What they set anew starts as the world has it: whoever sets such
a field takes it by `begun` first, which copies it once a phase. So all rules of a phase look at one world, and their
order can't matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.causes import SCALE_END
from game.kernel.compiled import kernel
from game.kernel.declare import Booleans, Floats, Integers, shaped
from game.kernel.numerics import clipped
from game.kernel.phases import RULES
from game.kernel.world import World

LIMITS = RULES.index("limits")

ADDED = ("memories", "hidden", "attributes", "concealed", "tension", "capital", "kept", "broken")
"""What changes add to; the rest they replace."""

(MEMORIES, HIDDEN, ATTRIBUTES, CONCEALED, TENSION, CAPITAL, KEPT, BROKEN) = range(len(ADDED))

REPLACED = (
    "agreements", "volume", "suspended", "purpose", "pledges", "pledged_on", "solemnity", "private_pledge", "secrecy",
    "stake", "suspicion", "holder", "recognition", "rung", "posture", "last", "out", "cooldown", "fired", "due",
    "pending", "flags", "over",
)  # fmt: skip

(
    AGREEMENTS, VOLUME, SUSPENDED, PURPOSE, PLEDGES, PLEDGED_ON, SOLEMNITY, PRIVATE_PLEDGE, SECRECY,
    STAKE, SUSPICION, HOLDER, RECOGNITION, RUNG, POSTURE, LAST, OUT, COOLDOWN, FIRED, DUE,
    PENDING, FLAGS, OVER,
) = range(len(REPLACED))  # fmt: skip


@dataclass(slots=True)
class Changes:
    """The changes of one phase: `world` holds what is added, from zero, and what is set anew, once it has `begun`."""

    world: World
    added: Booleans = shaped("Y")  # which fields of ADDED anything was added to
    set: Booleans = shaped("Y")  # which fields of REPLACED have begun


def changes_of(world: World) -> Changes:
    """No changes of a world of this form."""
    empty = World(turn=0, opened=False, **{name: np.zeros_like(array) for name, array in world.arrays()})
    return Changes(empty, np.zeros(len(ADDED), dtype=bool), np.zeros(len(REPLACED), dtype=bool))


@kernel
def copied(after: Any, before: Any) -> None:
    """Copy an array of any number of axes into another of the same shape."""
    for place in range(after.size):
        after.flat[place] = before.flat[place]


@kernel
def filled(array: Any, value: Any) -> None:
    """Set every cell of an array of any number of axes."""
    for place in range(array.size):
        array.flat[place] = value


@kernel
def begun(changes: Changes, field: int, after: Any, before: Any) -> Any:
    """The field of `changes.world` to set, `after`, as the world has it, `before`, unless it has begun already.

    Called as `begun(changes, LAST, changes.world.last, world.last)`.
    """
    if not changes.set[field]:
        changes.set[field] = True
        copied(after, before)
    return after


@dataclass(slots=True)
class Rows:
    """The ledger of a turn as kernels write it: one row an impulse, in the order they came.

    `places` [n, 9] are rule, kind of cause, up to three numbers that name the cause, memory, 1 if hidden, i and j;
    `amounts` [n] the impulse to how i regards j. `deeds` [m, 14] and `values` [m, 3] are the acts that causes name, as
    `game.kernel.deeds` writes them. The counts [1] go on beyond the room there is: what has no room is not kept, and
    with no room at all nothing is wanted.
    """

    places: Integers = shaped("YZ")
    amounts: Floats = shaped("Y")
    count: Integers = shaped("Y")
    deeds: Integers = shaped("YZ")
    values: Floats = shaped("YZ")
    deed_count: Integers = shaped("Y")


def rows_of(room: int, deeds: int) -> Rows:
    """An empty ledger with room for so many rows, and for so many deeds."""
    whole = np.int64
    return Rows(
        np.zeros((room, 9), dtype=whole), np.zeros(room), np.zeros(1, dtype=whole),
        np.zeros((deeds, 14), dtype=whole), np.zeros((deeds, 3)), np.zeros(1, dtype=whole),
    )  # fmt: skip


def written(rows: Rows) -> Rows:
    """What a ledger holds, in arrays of its own that take half the room."""
    count, deeds = int(rows.count[0]), int(rows.deed_count[0])
    return Rows(
        rows.places[:count].astype(np.int32), rows.amounts[:count].copy(), rows.count.copy(),
        rows.deeds[:deeds].astype(np.int32), rows.values[:deeds].copy(), rows.deed_count.copy(),
    )  # fmt: skip


Named = tuple[int, int, int, int]
"""A cause as kernels write it: its kind and up to three numbers, as `game.kernel.causes` lists them."""


@kernel
def note(rows: Rows, rule: int, cause: Named, layer: int, hidden: bool, i: int, j: int, amount: float) -> None:
    """Write a row, if there is anything to write and room for it."""
    if amount != 0.0:
        place = rows.count[0]
        rows.count[0] = place + 1
        if place < rows.amounts.size:
            places = rows.places
            places[place, 0] = rule
            places[place, 1] = cause[0]
            places[place, 2] = cause[1]
            places[place, 3] = cause[2]
            places[place, 4] = cause[3]
            places[place, 5] = layer
            places[place, 6] = hidden
            places[place, 7] = i
            places[place, 8] = j
            rows.amounts[place] = amount


@kernel
def felt(
    changes: Changes, rows: Rows, rule: int, cause: Named, layer: int, hidden: bool, i: int, j: int, amount: float
) -> None:
    """Add an impulse to how i regards j, in the open or known to the two alone, and write its row."""
    if amount != 0.0:
        if hidden:
            changes.world.hidden[layer, i, j] += amount
            changes.added[HIDDEN] = True
        else:
            changes.world.memories[layer, i, j] += amount
            changes.added[MEMORIES] = True
        note(rows, rule, cause, layer, hidden, i, j, amount)


@kernel
def applied(world: World, changes: Changes, rows: Rows, low: Floats, high: Floats) -> None:
    """Carry the changes of a phase out, within the ends of the scales, and leave none."""
    _add(world, changes, rows, low, high)
    _set(world, changes)


@kernel
def _add(world: World, changes: Changes, rows: Rows, low: Floats, high: Floats) -> None:
    change, added = changes.world, changes.added
    if added[MEMORIES]:
        _add_memories(world.memories, change.memories, rows, False)
    if added[HIDDEN]:
        _add_memories(world.hidden, change.hidden, rows, True)
    if added[ATTRIBUTES]:
        _add_attributes(world.attributes, change.attributes, low, high)
    if added[CONCEALED]:
        _add_within(world.concealed, change.concealed, -np.inf, np.inf)
    if added[TENSION]:
        _add_within(world.tension, change.tension, 0.0, 100.0)
    if added[CAPITAL]:
        _add_within(world.capital, change.capital, 0.0, np.inf)
    if added[KEPT]:
        _add_within(world.kept, change.kept, 0.0, np.inf)
    if added[BROKEN]:
        _add_within(world.broken, change.broken, 0.0, np.inf)
    filled(added, False)


@kernel
def _add_memories(present: Floats, change: Floats, rows: Rows, hidden: bool) -> None:
    """Memories end at -100 and 100; what the end takes is a row of its own."""
    for layer in range(present.shape[0]):
        for i in range(present.shape[1]):
            for j in range(present.shape[2]):
                after = present[layer, i, j] + change[layer, i, j]
                ended = clipped(after, -100.0, 100.0)
                if ended != after:
                    note(rows, LIMITS, (SCALE_END, 0, 0, 0), layer, hidden, i, j, ended - after)
                present[layer, i, j] = ended
                change[layer, i, j] = 0.0


@kernel
def _add_attributes(present: Floats, change: Floats, low: Floats, high: Floats) -> None:
    for state in range(present.shape[0]):
        for attribute in range(present.shape[1]):
            after = present[state, attribute] + change[state, attribute]
            present[state, attribute] = clipped(after, low[attribute], high[attribute])
            change[state, attribute] = 0.0


@kernel
def _add_within(present: Any, change: Any, low: float, high: float) -> None:
    """Whatever the number of axes."""
    for place in range(present.size):
        present.flat[place] = clipped(present.flat[place] + change.flat[place], low, high)
        change.flat[place] = 0.0


@kernel
def _set(world: World, changes: Changes) -> None:
    change, begun_ = changes.world, changes.set
    if begun_[AGREEMENTS]:
        copied(world.agreements, change.agreements)
    if begun_[VOLUME]:
        copied(world.volume, change.volume)
    if begun_[SUSPENDED]:
        copied(world.suspended, change.suspended)
    if begun_[PURPOSE]:
        copied(world.purpose, change.purpose)
    if begun_[PLEDGES]:
        copied(world.pledges, change.pledges)
    if begun_[PLEDGED_ON]:
        copied(world.pledged_on, change.pledged_on)
    _set_more(world, changes)
    _set_the_rest(world, changes)


@kernel
def _set_more(world: World, changes: Changes) -> None:
    change, begun_ = changes.world, changes.set
    if begun_[SOLEMNITY]:
        copied(world.solemnity, change.solemnity)
    if begun_[PRIVATE_PLEDGE]:
        copied(world.private_pledge, change.private_pledge)
    if begun_[SECRECY]:
        copied(world.secrecy, change.secrecy)
    if begun_[STAKE]:
        copied(world.stake, change.stake)
    if begun_[SUSPICION]:
        copied(world.suspicion, change.suspicion)
    if begun_[POSTURE]:
        copied(world.posture, change.posture)


@kernel
def _set_the_rest(world: World, changes: Changes) -> None:
    change, begun_ = changes.world, changes.set
    if begun_[HOLDER]:
        copied(world.holder, change.holder)
    if begun_[RECOGNITION]:
        copied(world.recognition, change.recognition)
    if begun_[RUNG]:
        copied(world.rung, change.rung)
    if begun_[LAST]:
        copied(world.last, change.last)
    if begun_[OUT]:
        copied(world.out, change.out)
    if begun_[COOLDOWN]:
        copied(world.cooldown, change.cooldown)
    if begun_[FIRED]:
        copied(world.fired, change.fired)
    if begun_[DUE]:
        copied(world.due, change.due)
    if begun_[PENDING]:
        copied(world.pending, change.pending)
    if begun_[FLAGS]:
        copied(world.flags, change.flags)
    if begun_[OVER]:
        copied(world.over, change.over)
    filled(begun_, False)
