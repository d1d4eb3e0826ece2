"""pledges: what was pledged runs down, is kept or is broken, and is remembered.

Kept, at every `schedule` turns since it was given, v how verifiable the kind is and s how solemn the pledge:

    kept[holder, giver] += v s / 2,   memory[holder, giver] += gratitude v s / 2

Broken, in a turn in which the breach that the kind names is true, g the kind's gravity and m what excuses it:

    scar[holder, giver] -= g s m,   broken[holder, giver] += m,   and the share `onlookers` of both
    with every other state that holds a pledge of the same giver; the pledge ends.

m is 1; 1 - (1 - answered) min(1, b) where the giver had seen the holder break its word before, b by its record;
`defence` where the holder used force on the giver this turn or the last. A pledge is judged from the turn after it was
given, and in that turn by what its giver ordered in it. A breach that the holder cannot know of is noticed with the
odds v a turn, or when it comes out. Trust is the Beta count of `game.submodels.reputation`; reputation with those who
hold the same giver's word: Gibler (2008), The costs of reneging: reputation and alliance formation. The numbers are
ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.causes import (
    ANSWERED,
    IN_DEFENCE,
    PLEDGE_BROKEN,
    PLEDGE_HONOURED,
    UNEXCUSED,
    Cause,
    PledgeBroken,
    PledgeHonoured,
)
from game.kernel.changes import (
    BROKEN,
    KEPT,
    PLEDGED_ON,
    PLEDGES,
    PRIVATE_PLEDGE,
    SOLEMNITY,
    begun,
    felt,
)
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Booleans,
    Floats,
    Integers,
    Shorts,
    Value,
    leaf,
    per_replica,
)
from game.kernel.deeds import secretly
from game.kernel.draws import PLEDGE, combined, drawn_uniform, joined, keys
from game.kernel.known import anything, public_in, relation_in, shown_in
from game.kernel.ledger import Change, FieldEntry
from game.kernel.numerics import COARSE, on_coarse_grid, snap, total
from game.kernel.orders import ESCALATE, private
from game.kernel.phases import RULES
from game.kernel.records import changed
from game.kernel.relations import regards
from game.kernel.step import Step
from game.kernel.world import (
    FORCE,
    NEVER,
    Board,
    World,
    relations,
)
from game.submodels.context import StepContext
from game.submodels.evaluation import Sight, k_holds, truth
from game.submodels.information import k_seen_by, seen_by
from game.submodels.pledges import (
    Pledges,
    k_end_pledge,
    k_pledge_by_deeds,
    k_pledge_given,
    k_run_down,
    pledged_by_acts,
    run_down,
    without,
)
from game.submodels.secrecy import noted, selected

RULE = RULES.index("pledges")

EXCUSES = (UNEXCUSED, ANSWERED, IN_DEFENCE)
"""A breach that counts in full, and those that count for less."""


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: pledges:`."""

    schedule: Value = leaf(
        6.0, 1.0, 240.0, "turns", "how often a pledge that is kept is remembered, from the turn given"
    )
    gratitude: Value = leaf(2.0, 0.0, 20.0, "points", "what the most solemn and verifiable pledge adds when it is kept")
    onlookers: Value = leaf(
        0.3, 0.0, 1.0, "share", "of a breach that counts with others who hold a pledge of the same giver"
    )
    answered: Value = leaf(
        0.5, 0.0, 1.0, "times", "how much a breach counts towards one that broke a whole pledge first"
    )
    defence: Value = leaf(0.25, 0.0, 1.0, "times", "how much a breach counts towards one that has just used force")


@dataclass(frozen=True, slots=True)
class Breaches:
    """The pledges that were broken this turn, from giver to holder."""

    noticed: Booleans  # [R, P, N, N] the holder knows
    shown: Booleans  # [R, P, N, N] everybody knows of both the pledge and the breach
    excuse: Integers  # [R, N, N] an index of EXCUSES
    counts: Floats  # [R, N, N] how much a breach counts


@dataclass(frozen=True, slots=True)
class Trace:
    """What one cause leaves in one memory of how holders regard givers; `closed` if nobody else knows."""

    cause: Cause
    layer: int
    points: Floats  # [R, N, N]
    closed: bool = False


def pledges(context: StepContext, params: Params) -> Change:
    """Pledges after this turn `[R, P, N, N]`, what was kept and broken of them, and what is remembered of it.

    >>> from dataclasses import replace
    >>> from game.testing import context, triad
    >>> board = triad(pledges="pledges: {peace: {kind: no_attack, giver: arda, to: borea, turns: 5}}").board
    >>> calm = context(board)
    >>> pledges(calm, Params()).pledges[0, board.pledges.names.index("no_attack")].tolist()
    [[0, 4, 0], [0, 0, 0], [0, 0, 0]]
    >>> last = calm.world.last.copy()
    >>> last[0, board.acts.act("limited_strike"), 0, 1] = calm.turn  # arda strikes borea
    >>> change = pledges(context(board, replace(calm.world, last=last)), Params())
    >>> change.entries[0].cause, float(change.memories[0, board.scars, 1, 0])
    (PledgeBroken(kind=0, excuse=0, holder=None), -12.0)
    """
    board, world = context.board, context.world
    present = Pledges.of(world)
    if not world.pledges.any() and pledged_by_acts(board, present, context.actions, context.turn) is present:
        return Change()
    breaches = _breaches(context, params)
    audited = _audited(context, params) & ~breaches.noticed
    after = run_down(without(present, breaches.noticed), context.turn)
    after = pledged_by_acts(board, after, context.actions, context.turn)
    false = _sworn_falsely(context, after)
    change = _standing(without(after, false | (after.pledges == 0)))
    if false.any():
        context, breaches = _with_the_false(context, after, breaches, false & ~breaches.noticed)
        world = context.world
    if not breaches.noticed.any() and not audited.any():
        return change
    weight = _weight(board, world, audited)
    traces = [*_kept(context, params, weight), *_scars(context, breaches), *_alarm(context, params, breaches)]
    return changed(
        change,
        kept=_of_holders(np.where(world.private_pledge, 0.0, weight)),
        broken=_counted(context, params, breaches),
        **_remembered(board, traces),
    )


def _standing(pledges: Pledges) -> Change:
    return Change(**{each.name: getattr(pledges, each.name) for each in fields(pledges)})


def _of_holders(values: Floats) -> Floats:
    """What all kinds of pledge `[R, P, giver, holder]` add up to `[R, holder, giver]`."""
    return np.swapaxes(total(values, axis=1), -1, -2)


# ---- kept


def _audited(context: StepContext, params: Params) -> Booleans:
    """Which pledges come up for remembrance; those of the start do not: the table and the record hold them already."""
    world = context.world
    schedule = np.rint(per_replica(params.schedule, 4)).astype(np.int16)
    age = np.int16(context.turn) - world.pledged_on
    return np.asarray((world.pledges > 0) & (world.pledged_on > 0) & (age > 0) & (age % schedule == 0))


def _weight(board: Board, world: World, audited: Booleans) -> Floats:
    """How much each pledge that was kept counts `[R, P, N, N]`, 0 to 1."""
    verifiable = board.pledges.verifiable[:, None, None]
    return snap(np.where(audited, verifiable * world.solemnity / 2.0, 0.0), COARSE)


def _kept(context: StepContext, params: Params, weight: Floats) -> Iterator[Trace]:
    board, world = context.board, context.world
    for kind in np.flatnonzero(weight.any(axis=(0, 2, 3))).tolist():
        points = snap(per_replica(params.gratitude, 3) * weight[:, kind], COARSE)
        yield from _split(PledgeHonoured(kind), board.lasting, points, world.private_pledge[:, kind])


def _split(cause: Cause, layer: int, points: Floats, private_pledge: Booleans) -> Iterator[Trace]:
    """What is known to all, and what only the two know, of points by giver and holder `[R, N, N]`."""
    for closed in (False, True):
        part = np.where(private_pledge == closed, points, 0.0)
        if part.any():
            yield Trace(cause, layer, np.swapaxes(part, -1, -2), closed)


# ---- broken


def _breaches(context: StepContext, params: Params) -> Breaches:
    world = context.world
    # What is given this turn is judged by its giver's orders alone, unless it was in force before.
    judged = (world.pledges > 0) & ((world.pledged_on < context.turn) | (world.solemnity > 1.0))
    true = _broken(context, world, judged, context.relation)
    noticed = shown = true
    if true.any() and context.public is not world:
        shown = true & _broken(context, context.public, judged)
        unseen = true & ~shown
        noticed = shown | _known(context, unseen) | _found_out(context, unseen)
    excuse = _excuse(context)
    answered = 1.0 - (1.0 - per_replica(params.answered, 3)) * np.minimum(world.broken, 1.0)
    excused = np.where(excuse == ANSWERED, answered, per_replica(params.defence, 3))
    counts = snap(np.where(excuse == UNEXCUSED, 1.0, excused), COARSE)
    return Breaches(noticed, shown & ~world.private_pledge, excuse, counts)


def _broken(context: StepContext, view: World, judged: Booleans, relation: Floats | None = None) -> Booleans:
    """Which of the pledges `judged` somebody who sees the world like this finds broken this turn."""
    board = context.board
    if relation is None:
        relation = relations(board, view)
    found = np.zeros_like(judged)
    kinds = np.flatnonzero(judged.any(axis=(0, 2, 3)))
    if kinds.size:
        sight = Sight(board, view, relation, since=context.turn)
        for kind in kinds.tolist():
            found[:, kind] = judged[:, kind] & truth(board.pledges.breach[kind], sight)
    return found


def _sworn_falsely(context: StepContext, given: Pledges) -> Booleans:
    """Which pledges of this turn their givers' own orders break for all to see `[R, P, N, N]`.

    What was done before, or is so anyway, was known when the pledge was given and taken.
    """
    fresh = (given.pledges > 0) & (given.pledged_on == context.turn)
    false: Booleans = np.zeros(fresh.shape, dtype=bool)
    if not fresh.any():
        return false
    done, world = _ordered(context), context.world
    idle = np.full_like(world.last, NEVER)
    for giver in np.flatnonzero(fresh.any(axis=(0, 1, 3)) & (done > NEVER).any(axis=(0, 1, 3))).tolist():
        alone = fresh & (np.arange(fresh.shape[2]) == giver)[:, None]
        own = idle.copy()
        own[:, :, giver] = done[:, :, giver]
        false |= _broken(context, changed(world, last=own), alone) & ~_broken(context, changed(world, last=idle), alone)
    return false


def _ordered(context: StepContext) -> Shorts:
    """The acts that were ordered this turn, open ones alone, and the force that was chosen in crises `[R, A, N, N]`."""
    board, world = context.board, context.world
    done = noted(np.full_like(world.last, NEVER), selected(context.actions, ~private(context.actions)), context.turn)
    for place, dispute in enumerate(board.disputes):
        for side, (one, other) in enumerate((dispute.parties, dispute.parties[::-1])):
            climbed = (context.orders.stance[:, place, side] == ESCALATE) & (world.rung[:, place, side] >= FORCE)
            for act in np.flatnonzero(board.acts.force).tolist():
                struck = climbed & (world.last[:, act, one, other] == context.turn)
                done[struck, act, one, other] = context.turn
    return done


def _with_the_false(
    context: StepContext, given: Pledges, breaches: Breaches, false: Booleans
) -> tuple[StepContext, Breaches]:
    """The moment in which the pledges that were false when given had been in force, and the breaches with theirs."""
    world = context.world
    sworn = {each.name: np.where(false, getattr(given, each.name), getattr(world, each.name)) for each in fields(given)}
    shown = breaches.shown | (false & ~given.private_pledge)
    return (
        replace(context, world=changed(world, **sworn)),
        replace(breaches, noticed=breaches.noticed | false, shown=shown),
    )


def _known(context: StepContext, true: Booleans) -> Booleans:
    """Which of the breaches that do not show their holders know of all the same, being party to what broke them."""
    known = np.zeros_like(true)
    for holder in np.flatnonzero(true.any(axis=(0, 1, 2))).tolist():
        view = seen_by(context.board, context.world, holder)
        alone = np.arange(true.shape[-1]) == holder
        known |= _broken(context, view, true & alone)
    return known


def _found_out(context: StepContext, true: Booleans) -> Booleans:
    """Which of the breaches that do not show their holders find out by themselves."""
    board = context.board
    cell = np.nonzero(true)
    replica, kind, giver, holder = cell
    pledge = combined(keys(board.pledges.names)[kind], combined(board.keys[giver], board.keys[holder]))
    found = np.zeros_like(true)
    found[cell] = context.draws.uniform(context.turn, PLEDGE, pledge, replica) < board.pledges.verifiable[kind]
    return found


def _excuse(context: StepContext) -> Integers:
    """What excuses a giver towards a holder `[R, N, N]`: an index of EXCUSES."""
    board, world = context.board, context.world
    struck = (world.last[:, board.acts.force] >= max(context.turn - 1, 1)).any(axis=1)
    return np.where(np.swapaxes(struck, -1, -2), IN_DEFENCE, np.where(world.broken > 0.0, ANSWERED, UNEXCUSED))


def _points(context: StepContext, breaches: Breaches, kind: int) -> Floats:
    """The scar of the breaches of a kind of pledge `[R, giver, holder]`."""
    gravity = float(context.board.pledges.gravity[kind])
    scar = gravity * context.world.solemnity[:, kind] * breaches.counts
    return snap(np.where(breaches.noticed[:, kind], scar, 0.0), COARSE)


def _scars(context: StepContext, breaches: Breaches) -> Iterator[Trace]:
    """What is left with those to whom the pledges were owed."""
    board, private_pledge = context.board, context.world.private_pledge
    for kind in np.flatnonzero(breaches.noticed.any(axis=(0, 2, 3))).tolist():
        points = _points(context, breaches, kind)
        for excuse in EXCUSES:
            part = np.where(breaches.excuse == excuse, -points, 0.0)
            yield from _split(PledgeBroken(kind, excuse), board.scars, part, private_pledge[:, kind])


def _alarm(context: StepContext, params: Params, breaches: Breaches) -> Iterator[Trace]:
    """What is left with the others who hold a pledge of the same giver, of the breaches that show."""
    board = context.board
    share = per_replica(params.onlookers, 3)
    for kind, holder in np.argwhere(breaches.shown.any(axis=(0, 2))).tolist():
        points = np.where(breaches.shown[:, kind, :, holder], _points(context, breaches, kind)[:, :, holder], 0.0)
        witnesses = _witnesses(context, holder)
        for excuse in EXCUSES:
            given = np.where(breaches.excuse[:, :, holder] == excuse, points, 0.0)
            alarm = np.where(witnesses, snap(share * given[:, None, :], COARSE), 0.0)
            if alarm.any():
                yield Trace(PledgeBroken(kind, excuse, holder), board.scars, 0.0 - alarm)


def _witnesses(context: StepContext, holder: int) -> Booleans:
    """Who is known to hold a pledge of whom, apart from one holder `[R, holder, giver]`."""
    known = (context.world.pledges > 0) & ~context.world.private_pledge
    holds = np.swapaxes(known.any(axis=1), -1, -2).copy()
    holds[:, holder] = False
    return holds


def _counted(context: StepContext, params: Params, breaches: Breaches) -> Floats:
    """What holders and onlookers have seen broken `[R, N, N]`; what only two know is on nobody's record."""
    share = per_replica(params.onlookers, 3)
    open_ = breaches.noticed & ~context.world.private_pledge
    seen = _of_holders(np.where(open_, breaches.counts[:, None], 0.0))
    for holder in np.flatnonzero(breaches.shown.any(axis=(0, 1, 2))).tolist():
        shown = np.where(breaches.shown[:, :, :, holder], breaches.counts[:, None, :, holder], 0.0)
        seen = seen + np.where(_witnesses(context, holder), snap(share * total(shown, axis=1)[:, None], COARSE), 0.0)
    return seen


# ---- remembered


def _remembered(board: Board, traces: Sequence[Trace]) -> dict[str, Any]:
    """What all traces add to the memories that show and to those that do not, and an entry for each."""
    sums: dict[str, Floats] = {}
    entries = []
    for each in traces:
        relation = np.zeros((each.points.shape[0], len(board.memories.names), *each.points.shape[1:]))
        relation[:, each.layer] = each.points
        name = "hidden" if each.closed else "memories"
        sums[name] = sums[name] + relation if name in sums else relation
        entries.append(FieldEntry("pledges", each.cause, relation, hidden=each.closed))
    return {**sums, "entries": tuple(entries)}


# ---- kernels

BREACHED, SHOWN, FALSE = range(3)
"""What is found of a pledge: its holder knows that it is broken; everybody knows of both; it was false when given."""

AS_IT_IS, SHOWN_TO_ALL, SHOWN_TO_HOLDER, BY_ORDERS, BY_NOBODY = range(5)
"""The sights in which a pledge may be broken: the world, what everybody or the holder may know of it, and the world had
its giver done nothing but what it ordered in the open this turn, or nobody done anything, as far as acts are asked for.
"""


@kernel
def k_pledges(step: Step, params: Params) -> None:
    """Let pledges run down, end those that are broken, add those that deeds give, and remember what became of them."""
    if not (anything(step.world.pledges) or _gives_any(step)):
        return
    kinds, states = step.world.pledges.shape[0], step.world.pledges.shape[1]
    found = np.zeros((3, kinds, states, states), dtype=np.bool_)
    any_broken = False
    for fresh in (False, True):
        if fresh:
            _carry_on(step, found)
        any_broken = _judge(step, found, fresh) or any_broken
    _remember_kept(step, params, found)
    if any_broken:
        _remember_broken(step, params, found)
    _end(step, found)


@kernel
def _gives_any(step: Step) -> bool:
    """Whether a deed gives a pledge."""
    for o in range(step.deeds.count[0]):
        for way in range(3):
            if k_pledge_given(step.setting, step.deeds, o, way) != NONE:
                return True
    return False


@kernel
def _carry_on(step: Step, found: Booleans) -> None:
    """Set the pledges of the next turn: without those that are broken, a turn less, and with those that deeds give."""
    after, before = step.changes.world, step.world
    pledges = begun(step.changes, PLEDGES, after.pledges, before.pledges)
    pledged_on = begun(step.changes, PLEDGED_ON, after.pledged_on, before.pledged_on)
    solemnity = begun(step.changes, SOLEMNITY, after.solemnity, before.solemnity)
    private_pledge = begun(step.changes, PRIVATE_PLEDGE, after.private_pledge, before.private_pledge)
    for kind in range(pledges.shape[0]):
        for giver in range(pledges.shape[1]):
            for holder in range(pledges.shape[2]):
                if found[BREACHED, kind, giver, holder]:
                    k_end_pledge(pledges, pledged_on, solemnity, private_pledge, kind, giver, holder)
    k_run_down(pledges, pledged_on, step.turn)
    k_pledge_by_deeds(step.setting, pledges, pledged_on, solemnity, private_pledge, step.deeds, step.turn)


@kernel
def _end(step: Step, found: Booleans) -> None:
    """Leave nothing of pledges that have run out or were false when given."""
    after = step.changes.world
    for kind in range(after.pledges.shape[0]):
        for giver in range(after.pledges.shape[1]):
            for holder in range(after.pledges.shape[2]):
                if found[FALSE, kind, giver, holder] or after.pledges[kind, giver, holder] == 0:
                    _take_back(after, kind, giver, holder)


@kernel
def _take_back(after: World, kind: int, giver: int, holder: int) -> None:
    k_end_pledge(after.pledges, after.pledged_on, after.solemnity, after.private_pledge, kind, giver, holder)


# ---- what is broken


@kernel
def _judge(step: Step, found: Booleans, fresh: bool) -> bool:
    """Find the pledges that are broken this turn, or of the `fresh` ones of this turn those that were false when given.

    True if those to whom they are owed know of any.
    """
    owed = step.changes.world if fresh else step.world
    pledges, any_known = owed.pledges, False
    for kind in range(pledges.shape[0]):
        for giver in range(pledges.shape[1]):
            for holder in range(pledges.shape[2]):
                if pledges[kind, giver, holder] > 0 and _is_judged(step, fresh, kind, giver, holder):
                    sight = _sight_of_breach(step, fresh, kind, giver, holder)
                    if sight == BY_ORDERS:
                        any_known = _call_false(owed, found, kind, giver, holder) or any_known
                    elif sight != NONE and sight != BY_NOBODY:
                        any_known = _call_broken(step, found, sight, kind, giver, holder) or any_known
    return any_known


@kernel
def _is_judged(step: Step, fresh: bool, kind: int, giver: int, holder: int) -> bool:
    """Whether a pledge in force is to be judged, as a `fresh` one or not."""
    if fresh:
        return bool(step.changes.world.pledged_on[kind, giver, holder] == step.turn)
    # What is given this turn is judged by its giver's orders alone, unless it was in force before.
    before = step.world.pledged_on[kind, giver, holder] < step.turn
    return bool(before or step.world.solemnity[kind, giver, holder] > 1.0)


@kernel
def _sight_of_breach(step: Step, fresh: bool, kind: int, giver: int, holder: int) -> int:
    """In which sight a pledge turns out to be broken this turn: -1 for none, the first where the others don't show it.

    A `fresh` one is false where its giver's own orders break it for all to see. What was done before, or is so anyway,
    was known when it was given and taken.
    """
    breach, turn = step.setting.programs.breach[kind], step.turn
    first = BY_ORDERS if fresh else AS_IT_IS
    last = BY_NOBODY if fresh else SHOWN_TO_HOLDER
    for sight in range(first, last + 1):
        view = _view(step, sight, giver, holder)
        relation = _relation(step, sight, view)
        broken = k_holds(step.setting, view, public_in(step), relation, turn - 1, True, turn, breach, giver, holder)
        if sight == BY_ORDERS:
            _note_orders(step, giver, NEVER)
        if sight == first and not broken:
            return NONE
        if sight > first and broken:
            return sight
    return first


@kernel
def _view(step: Step, sight: int, giver: int, holder: int) -> World:
    """The world that is looked at with one of the sights."""
    if sight == AS_IT_IS:
        return step.world
    if sight == SHOWN_TO_ALL:
        return public_in(step)
    if sight == SHOWN_TO_HOLDER:
        k_seen_by(step.setting, step.world, step.turn - 1, holder, step.seen)
        return step.seen
    if sight == BY_ORDERS:
        _note_orders(step, giver, step.turn)
    return step.idle


@kernel
def _relation(step: Step, sight: int, view: World) -> Floats:
    """How states regard each other in what is looked at with one of the sights [N, N]."""
    if sight == SHOWN_TO_ALL:
        return shown_in(step)
    if sight != SHOWN_TO_HOLDER:
        return relation_in(step)
    relation = np.zeros((step.setting.plays.size, step.setting.plays.size))
    regards(step.setting, view, relation)
    return relation


@kernel
def _call_broken(step: Step, found: Booleans, sight: int, kind: int, giver: int, holder: int) -> bool:
    """Write who knows that a pledge is broken, being shown it or finding it out; whether its holder does."""
    known = sight != AS_IT_IS or _k_found_out(step, kind, giver, holder)
    found[BREACHED, kind, giver, holder] = known
    found[SHOWN, kind, giver, holder] = sight == SHOWN_TO_ALL and not step.world.private_pledge[kind, giver, holder]
    return known


@kernel
def _k_found_out(step: Step, kind: int, giver: int, holder: int) -> bool:
    """Whether the holder of a pledge finds out by itself that it is broken."""
    setting = step.setting
    pledge = joined(setting.pledges.keys[kind], joined(setting.keys[giver], setting.keys[holder]))
    return bool(drawn_uniform(step.seed[0], step.turn, PLEDGE, pledge) < setting.pledges.verifiable[kind])


@kernel
def _call_false(given: World, found: Booleans, kind: int, giver: int, holder: int) -> bool:
    """Write that a pledge was false when given; False where it was broken before that, and this is what counts."""
    if found[BREACHED, kind, giver, holder]:
        _take_back(given, kind, giver, holder)
        return False
    found[FALSE, kind, giver, holder] = True
    found[BREACHED, kind, giver, holder] = True
    found[SHOWN, kind, giver, holder] = not given.private_pledge[kind, giver, holder]
    return True


@kernel
def _note_orders(step: Step, giver: int, turn: int) -> None:
    """Note in the idle world what a state did in the open this turn by order, as of a turn, or with -1 take it back."""
    deeds, last = step.deeds, step.idle.last
    for o in range(deeds.count[0]):
        if deeds.actor[o] == giver and not deeds.refused[o] and not secretly(deeds, o):
            last[deeds.act[o], giver, deeds.target[o]] = turn
    parties = step.setting.disputes.parties
    for dispute in range(parties.shape[0]):
        for side in range(2):
            if parties[dispute, side] == giver and _climbed_to_force(step, dispute, side):
                _note_force(step, giver, parties[dispute, 1 - side], turn)


@kernel
def _climbed_to_force(step: Step, dispute: int, side: int) -> bool:
    """Whether a side of a crisis chose force this turn."""
    return bool(step.orders.stance[dispute, side] == ESCALATE and step.world.rung[dispute, side] >= FORCE)


@kernel
def _note_force(step: Step, giver: int, other: int, turn: int) -> None:
    """Note in the idle world the force that a state used on another this turn."""
    force = step.setting.acts.force
    for act in range(force.size):
        if force[act] and step.world.last[act, giver, other] == step.turn:
            step.idle.last[act, giver, other] = turn


# ---- what is remembered


@kernel
def _sworn(step: Step, found: Booleans, kind: int, giver: int, holder: int) -> World:
    """The world whose pledge is judged: the next turn's, where it was false when given, and otherwise this turn's."""
    return step.changes.world if found[FALSE, kind, giver, holder] else step.world


@kernel
def _remember_kept(step: Step, params: Params, found: Booleans) -> None:
    """Remember the pledges that come up for it and were kept.

    Those of the start do not come up: the table and the record hold them already.
    """
    pledges, pledged_on = step.world.pledges, step.world.pledged_on
    schedule = int(np.rint(params.schedule))
    for kind in range(pledges.shape[0]):
        for giver in range(pledges.shape[1]):
            for holder in range(pledges.shape[2]):
                since = pledged_on[kind, giver, holder]
                if pledges[kind, giver, holder] == 0 or since <= 0 or since >= step.turn:
                    continue
                broken = found[BREACHED, kind, giver, holder] and not found[FALSE, kind, giver, holder]
                if (step.turn - since) % schedule == 0 and not broken:
                    _remember_as_kept(step, params, found, kind, giver, holder)


@kernel
def _remember_as_kept(step: Step, params: Params, found: Booleans, kind: int, giver: int, holder: int) -> None:
    sworn, setting = _sworn(step, found, kind, giver, holder), step.setting
    private = sworn.private_pledge[kind, giver, holder]
    weight = on_coarse_grid(setting.pledges.verifiable[kind] * sworn.solemnity[kind, giver, holder] / 2.0)
    if not private:
        step.changes.world.kept[holder, giver] += weight
        step.changes.added[KEPT] = True
    points = on_coarse_grid(params.gratitude * weight)
    felt(step.changes, step.rows, RULE, (PLEDGE_HONOURED, kind, 0, 0), setting.lasting, private, holder, giver, points)


@kernel
def _remember_broken(step: Step, params: Params, found: Booleans) -> None:
    """Remember the pledges that are known to be broken: who held them, and who holds others of the same giver."""
    states = found.shape[2]
    for giver in range(states):
        for holder in range(states):
            shown = 0.0
            for kind in range(found.shape[1]):
                if found[BREACHED, kind, giver, holder]:
                    shown += _remember_as_broken(step, params, found, kind, giver, holder)
            if shown > 0.0:
                _witness(step, found, giver, holder, on_coarse_grid(params.onlookers * shown))


@kernel
def _remember_as_broken(step: Step, params: Params, found: Booleans, kind: int, giver: int, holder: int) -> float:
    """Remember one pledge as broken; how much of it everybody knows."""
    sworn, setting = _sworn(step, found, kind, giver, holder), step.setting
    private = sworn.private_pledge[kind, giver, holder]
    excuse = _excuse_for(step, giver, holder)
    counts = _counts(step, params, excuse, giver, holder)
    if not private:
        step.changes.world.broken[holder, giver] += counts
        step.changes.added[BROKEN] = True
    points = on_coarse_grid(setting.pledges.gravity[kind] * sworn.solemnity[kind, giver, holder] * counts)
    cause = (PLEDGE_BROKEN, kind, excuse, NONE)
    felt(step.changes, step.rows, RULE, cause, setting.scars, private, holder, giver, -points)
    if not found[SHOWN, kind, giver, holder]:
        return 0.0
    alarm, cause = on_coarse_grid(params.onlookers * points), (PLEDGE_BROKEN, kind, excuse, holder)
    for witness in range(setting.plays.size):
        if witness != holder and _holds_a_pledge(step, found, giver, witness):
            felt(step.changes, step.rows, RULE, cause, setting.scars, False, witness, giver, -alarm)
    return counts


@kernel
def _witness(step: Step, found: Booleans, giver: int, holder: int, share: float) -> None:
    """Add to what others who hold a pledge of the same giver have seen it break."""
    for witness in range(step.setting.plays.size):
        if witness != holder and _holds_a_pledge(step, found, giver, witness):
            step.changes.world.broken[witness, giver] += share
            step.changes.added[BROKEN] = True


@kernel
def _holds_a_pledge(step: Step, found: Booleans, giver: int, holder: int) -> bool:
    """Whether a state is known to hold a pledge of another."""
    for kind in range(found.shape[1]):
        sworn = _sworn(step, found, kind, giver, holder)
        if sworn.pledges[kind, giver, holder] > 0 and not sworn.private_pledge[kind, giver, holder]:
            return True
    return False


@kernel
def _excuse_for(step: Step, giver: int, holder: int) -> int:
    """What excuses a giver towards a holder."""
    world, force = step.world, step.setting.acts.force
    for act in range(force.size):
        if force[act] and world.last[act, holder, giver] >= max(step.turn - 1, 1):
            return IN_DEFENCE
    return ANSWERED if world.broken[giver, holder] > 0.0 else UNEXCUSED


@kernel
def _counts(step: Step, params: Params, excuse: int, giver: int, holder: int) -> float:
    """How much a breach counts."""
    if excuse == UNEXCUSED:
        return 1.0
    if excuse == IN_DEFENCE:
        return on_coarse_grid(params.defence)
    return on_coarse_grid(1.0 - (1.0 - params.answered) * min(step.world.broken[giver, holder], 1.0))
