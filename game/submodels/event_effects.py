"""What happens when an event, or the option its decider took, takes effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from game.kernel.catalogue import (
    NONE,
    Deeds,
    Impulses,
    impulses,
    summed_attributes,
    summed_regard,
    summed_tension,
)
from game.kernel.declare import (
    Booleans,
    Floats,
    Integers,
    Shorts,
)
from game.kernel.events import Deed, Effects
from game.kernel.ledger import (
    Change,
    DeedsEntry,
    FieldEntry,
    Moment,
)
from game.kernel.numerics import snap
from game.kernel.records import changed
from game.kernel.world import Board
from game.submodels.agreements import Agreements, agreed, tidied
from game.submodels.audience import heard
from game.submodels.pledges import Promises, promised, vowed
from game.submodels.secrecy import (
    kept_secret,
    noted,
    private,
    selected,
)
from game.submodels.territory import ceded, recognised


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Effects that take place in some replicas, and what to call their cause."""

    cause: str
    effects: Effects
    where: Booleans  # [R]


def consequences(moment: Moment, occurrences: Sequence[Occurrence], rule: str, due: int) -> Change:
    """All that the occurrences change together; events that wait for an act they do are set for turn `due`."""
    board, world = moment.board, moment.world
    if not occurrences:
        return Change()
    graded = moment.graded
    change, deeds = _deeds(moment, graded, occurrences, rule)
    memories, entries = change.memories, list(change.entries)
    flags = world.flags.copy()
    for each in occurrences:
        regard = regard_of(board, graded, each.effects)
        if regard is not None:
            regard = np.where(each.where[:, None, None, None], regard, 0.0)
            memories = _sum(memories, regard)
            entries.append(FieldEntry(rule, each.cause, regard))
        for flag, value in each.effects.flags:
            flags[each.where, flag] = value
    effects, where = [each.effects for each in occurrences], [each.where for each in occurrences]
    attributes = _moved(
        world.attributes,
        where,
        [each.attributes for each in effects],
        [[((state, quantity), goal) for state, quantity, goal in each.attributes_set] for each in effects],
    )
    tension = _moved(
        world.tension,
        where,
        [each.tension for each in effects],
        [[((dispute,), goal) for dispute, goal in each.tension_set] for each in effects],
    )
    return changed(
        change,
        memories=memories,
        attributes=_sum(change.attributes, attributes),
        tension=_sum(change.tension, tension),
        flags=flags,
        due=due_after(board, world.due, deeds, due),
        entries=tuple(entries),
        **_bonds(moment, deeds, occurrences),
        **_claims(moment, deeds, occurrences),
    )


def _bonds(moment: Moment, deeds: Deeds, occurrences: Sequence[Occurrence]) -> dict[str, Any]:
    """Agreements, pledges and secrets, as the deeds and the occurrences leave them."""
    board, world = moment.board, moment.world
    agreements = agreed(board, Agreements.of(world), deeds) if len(deeds) else Agreements.of(world)
    ties = agreements.ties
    for each in occurrences:
        ties = _broken(ties, each)
    agreements = tidied(changed(agreements, ties=ties))
    promises = promised(board, Promises.of(world), deeds, moment.turn)
    vows = [(vow, each.where) for each in occurrences for vow in each.effects.vows]
    promises = vowed(promises, vows, moment.turn)
    secrets = kept_secret(board, world, deeds)
    bonds = (agreements, promises, secrets)
    return {each.name: getattr(bond, each.name) for bond in bonds for each in fields(bond)}


def _claims(moment: Moment, deeds: Deeds, occurrences: Sequence[Occurrence]) -> dict[str, Any]:
    """Who holds what, whose side others take, and crises, as the deeds and the occurrences leave them."""
    board, world = moment.board, moment.world
    holder = ceded(board, world.holder, deeds).copy()
    recognition = recognised(board, world.recognition, deeds).copy()
    rung = world.rung.copy()
    for each in occurrences:
        for dispute, state in each.effects.cessions:
            holder[each.where, dispute] = state
        for dispute, state, side in each.effects.recognitions:
            recognition[each.where, dispute, state] = side
        for dispute, height in each.effects.crises:
            rung[each.where, dispute] = height
    last = noted(world.last, deeds, moment.turn)
    return {"holder": holder, "recognition": recognition, "rung": rung, "last": last}


def due_after(board: Board, due: Shorts, deeds: Deeds, turn: int) -> Shorts:
    """When events that wait for an act are set, once these have been done: for `turn` plus their delay `[R, E]`."""
    result = due.copy()
    for index, event in enumerate(board.events):
        if event.after_act is None:
            continue
        match = (deeds.act == event.after_act) & deeds.done & ~private(deeds)
        if event.after_actor is not None:
            match = match & (deeds.actor == event.after_actor)
        if event.after_target is not None:
            match = match & (deeds.target == event.after_target)
        result[deeds.replica[match], index] = turn + event.delay
    return result


def regard_of(board: Board, graded: Floats, effects: Effects) -> Floats | None:
    """The impulse to relations, onlookers included `[R, L, N, N]`, or None when there is none."""
    if effects.regard is None and not effects.onlookers:
        return None
    replicas, states = graded.shape[0], len(board.states)
    result = np.zeros((replicas, len(board.memories.names), states, states))
    if effects.regard is not None:
        result = result + effects.regard
    for each in effects.onlookers:
        weights = graded[:, each.selector, :, each.reference].copy()
        weights[:, each.other] = 0.0
        impulse = snap(weights * each.amount[:, None])
        if each.outward:
            result[:, each.memory, each.other, :] += impulse
        else:
            result[:, each.memory, :, each.other] += impulse
    return result


def _deeds(moment: Moment, graded: Floats, occurrences: Sequence[Occurrence], rule: str) -> tuple[Change, Deeds]:
    """The change of the acts that events have done, and those acts."""
    board, world = moment.board, moment.world
    deeds, names = _done_by(board, world.replicas, occurrences)
    if not names:
        return Change(), deeds
    done = impulses(board, graded, deeds, heard(board, world, deeds))
    return changed(moved(board, world.replicas, deeds, done), entries=(DeedsEntry(rule, deeds, done, names),)), deeds


def _done_by(board: Board, replicas: int, occurrences: Sequence[Occurrence]) -> tuple[Deeds, tuple[str, ...]]:
    """The acts that events have done, replica by replica, and the event behind each."""
    rows: list[tuple[int, Deed, float]] = []
    names: list[str] = []
    for each in occurrences:
        for deed in each.effects.deeds:
            scale = np.broadcast_to(deed.scale, (replicas,))
            for replica in np.flatnonzero(each.where).tolist():
                rows.append((replica, deed, float(scale[replica])))
                names.append(each.cause)
    whose, which = [row[0] for row in rows], [row[1] for row in rows]
    scale, count = np.array([row[2] for row in rows]), len(rows)

    def column(values: Sequence[int]) -> Integers:
        return np.array(values, dtype=np.int64)

    office = column([deed.office for deed in which])
    deeds = Deeds(
        replica=column(whose),
        actor=column([deed.actor for deed in which]),
        slot=np.full(count, NONE, dtype=np.int64),
        target=column([deed.target for deed in which]),
        act=column([deed.act for deed in which]),
        refused=np.zeros(count, dtype=bool),
        scale=scale * board.offices.weight[office],
        term=scale,
        secret=np.array([deed.secret for deed in which], dtype=bool),
        audience=column([deed.audience for deed in which]),
        about=column([deed.about for deed in which]),
        purpose=column([deed.purpose for deed in which]),
        offer=np.zeros(count),
        clause=np.full(count, NONE, dtype=np.int64),
    )
    return deeds, tuple(names)


def moved(board: Board, replicas: int, deeds: Deeds, done: Impulses) -> Change:
    """What deeds move, in the open or, of those only their parties know, hidden from the rest."""
    closed = private(deeds)
    if not closed.any():
        return Change(
            memories=summed_regard(board, replicas, deeds, done),
            attributes=summed_attributes(board, replicas, deeds, done),
            tension=summed_tension(board, replicas, deeds, done),
        )
    open_deeds, open_done = selected(deeds, ~closed), selected(done, ~closed)
    own_deeds, own_done = selected(deeds, closed), selected(done, closed)
    return Change(
        memories=summed_regard(board, replicas, open_deeds, open_done),
        attributes=summed_attributes(board, replicas, open_deeds, open_done),
        tension=summed_tension(board, replicas, deeds, done),
        hidden=summed_regard(board, replicas, own_deeds, own_done),
        concealed=summed_attributes(board, replicas, own_deeds, own_done),
    )


def _sum(left: Floats | None, right: Floats | None) -> Floats | None:
    if left is None or right is None:
        return right if left is None else left
    return left + right


def _moved(
    present: Floats,
    where: Sequence[Booleans],
    added: Sequence[Floats | None],
    settled: Sequence[Sequence[tuple[tuple[int, ...], Floats]]],
) -> Floats | None:
    """What occurrences add to a field, on top of what they set; of two that set the same, the later in the file counts.

    For each occurrence: where it takes place `[R]`, what it adds, and the cells it sets with their values `[1 or R]`.
    """
    if all(part is None for part in added) and not any(settled):
        return None
    base, summed = present.copy(), np.zeros_like(present)
    for place, part, cells in zip(where, added, settled, strict=True):
        for cell, goal in cells:
            entry: tuple[Any, ...] = (slice(None), *cell)
            base[entry] = np.where(place, goal, base[entry])
        if part is not None:
            summed = summed + np.where(place.reshape(place.shape + (1,) * (present.ndim - 1)), part, 0.0)
    return base - present + summed


def _broken(ties: Shorts, each: Occurrence) -> Shorts:
    if not each.effects.breaks:
        return ties
    result = ties.copy()
    for kind, first, second in each.effects.breaks:
        kinds = slice(None) if kind is None else slice(kind, kind + 1)
        for one, other in ((first, second), (second, first)):
            result[each.where, kinds, one, other] = 0
    return result
