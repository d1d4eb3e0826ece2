"""What happens when an event, or the option its decider took, takes effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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


def consequences(moment: Moment, occurrences: Sequence[Occurrence], rule: str) -> Change:
    """All that the occurrences change together; the fields of events themselves are left to the rule."""
    board, world = moment.board, moment.world
    if not occurrences:
        return Change()
    graded = moment.graded()
    change, deeds, names = _deeds(moment, graded, occurrences, rule)
    memories, entries = change.memories, list(change.entries)
    attributes, tension = change.attributes, change.tension
    flags = world.flags.copy()
    ties = agreed_ties(board, world.ties, deeds) if names else world.ties
    for each in occurrences:
        regard = regard_of(board, graded, each.effects)
        if regard is not None:
            regard = np.where(each.where[:, None, None, None], regard, 0.0)
            memories = _sum(memories, regard)
            entries.append(FieldEntry(rule, each.cause, regard))
        attributes = _sum(attributes, _attributes(moment, each))
        tension = _sum(tension, _tension(moment, each))
        ties = _broken(ties, each)
        for flag, value in each.effects.flags:
            flags[each.where, flag] = value
    return Change(
        memories=memories, attributes=attributes, tension=tension, ties=ties, flags=flags, entries=tuple(entries)
    )


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


def _attributes(moment: Moment, each: Occurrence) -> Floats | None:
    effects = each.effects
    if effects.attributes is None and not effects.attributes_set:
        return None
    present = moment.world.attributes
    change = np.zeros_like(present) if effects.attributes is None else np.zeros_like(present) + effects.attributes
    for state, attribute, goal in effects.attributes_set:
        change[:, state, attribute] += goal - present[:, state, attribute]
    return np.where(each.where[:, None, None], change, 0.0)


def _tension(moment: Moment, each: Occurrence) -> Floats | None:
    effects = each.effects
    if effects.tension is None and not effects.tension_set:
        return None
    present = moment.world.tension
    change = np.zeros_like(present) if effects.tension is None else np.zeros_like(present) + effects.tension
    for dispute, goal in effects.tension_set:
        change[:, dispute] += goal - present[:, dispute]
    return np.where(each.where[:, None], change, 0.0)


def _broken(ties: Shorts, each: Occurrence) -> Shorts:
    if not each.effects.breaks:
        return ties
    result = ties.copy()
    for kind, first, second in each.effects.breaks:
        kinds = slice(None) if kind is None else slice(kind, kind + 1)
        for one, other in ((first, second), (second, first)):
            result[each.where, kinds, one, other] = 0
    return result


def merged(left: Change, right: Change) -> Change:
    """Two changes of one rule, one after the other: sums are added, what `right` sets anew stands."""
    return replace(
        left,
        memories=_sum(left.memories, right.memories),
        attributes=_sum(left.attributes, right.attributes),
        tension=_sum(left.tension, right.tension),
        ties=left.ties if right.ties is None else right.ties,
        flags=left.flags if right.flags is None else right.flags,
        entries=left.entries + right.entries,
    )
