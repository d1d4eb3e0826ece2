"""What happens when an event, or the option its decider took, takes effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.acts import (
    NONE,
    Deeds,
    agreed_ties,
    impulses,
    summed_attributes,
    summed_regard,
    summed_tension,
)
from game.declare import Booleans, Floats, Shorts
from game.happenings import Effects
from game.ledger import Change, DeedsEntry, FieldEntry, Moment
from game.numerics import snap
from game.world import Board


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
    graded = moment.graded()
    change, deeds, names = _deeds(moment, graded, occurrences, rule)
    memories, entries = change.memories, list(change.entries)
    flags = world.flags.copy()
    ties = agreed_ties(board, world.ties, deeds) if names else world.ties
    for each in occurrences:
        regard = regard_of(board, graded, each.effects)
        if regard is not None:
            regard = np.where(each.where[:, None, None, None], regard, 0.0)
            memories = _sum(memories, regard)
            entries.append(FieldEntry(rule, each.cause, regard))
        ties = _broken(ties, each)
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
    return Change(
        memories=memories,
        attributes=_sum(change.attributes, attributes),
        tension=_sum(change.tension, tension),
        ties=ties,
        flags=flags,
        due=due_after(board, world.due, deeds, due),
        entries=tuple(entries),
    )


def due_after(board: Board, due: Shorts, deeds: Deeds, turn: int) -> Shorts:
    """When events that wait for an act are set, once these have been done: for `turn` plus their delay `[R, E]`."""
    result = due.copy()
    for index, event in enumerate(board.events):
        if event.after_act is None:
            continue
        match = (deeds.act == event.after_act) & ~deeds.refused
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


def _deeds(
    moment: Moment, graded: Floats, occurrences: Sequence[Occurrence], rule: str
) -> tuple[Change, Deeds, tuple[str, ...]]:
    """The change of the acts that events have done, those acts, and the event behind each."""
    board, world = moment.board, moment.world
    parts: list[tuple[int, int, int, int, float]] = []
    names: list[str] = []
    for each in occurrences:
        for deed in each.effects.deeds:
            scale = np.broadcast_to(deed.scale, (world.replicas,))
            for replica in np.flatnonzero(each.where).tolist():
                parts.append((replica, deed.actor, deed.target, deed.act, float(scale[replica])))
                names.append(each.cause)
    columns = list(zip(*parts, strict=True)) if parts else [(), (), (), (), ()]
    where, actor, target, act = (np.array(column, dtype=np.int64) for column in columns[:4])
    refused = np.zeros(len(parts), dtype=bool)
    slot = np.full(len(parts), NONE, dtype=np.int64)
    deeds = Deeds(where, actor, slot, target, act, refused, np.array(columns[4], dtype=np.float64))
    if not parts:
        return Change(), deeds, ()
    done = impulses(board, graded, deeds)
    change = Change(
        memories=summed_regard(board, world.replicas, deeds, done),
        attributes=summed_attributes(board, world.replicas, deeds, done),
        tension=summed_tension(board, world.replicas, deeds, done),
        entries=(DeedsEntry(rule, deeds, done, tuple(names)),),
    )
    return change, deeds, tuple(names)


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
