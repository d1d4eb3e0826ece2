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

from dataclasses import dataclass

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.causes import (
    ANSWERED,
    IN_DEFENCE,
    PLEDGE_BROKEN,
    PLEDGE_HONOURED,
    UNEXCUSED,
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
    Value,
    leaf,
)
from game.kernel.deeds import secretly
from game.kernel.draws import PLEDGE, drawn_uniform, joined
from game.kernel.known import anything, public_in, relation_in, shown_in
from game.kernel.numerics import on_coarse_grid
from game.kernel.orders import ESCALATE
from game.kernel.phases import RULES
from game.kernel.relations import regards
from game.kernel.step import Step
from game.kernel.world import (
    FORCE,
    NEVER,
    World,
)
from game.submodels.evaluation import holds
from game.submodels.information import seen_by
from game.submodels.pledges import (
    end_pledge,
    pledge_by_deeds,
    pledge_given,
    run_down,
)

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


BREACHED, SHOWN, FALSE = range(3)
"""What is found of a pledge: its holder knows that it is broken; everybody knows of both; it was false when given."""

AS_IT_IS, SHOWN_TO_ALL, SHOWN_TO_HOLDER, BY_ORDERS, BY_NOBODY = range(5)
"""The sights in which a pledge may be broken: the world, what everybody or the holder may know of it, and the world had
its giver done nothing but what it ordered in the open this turn, or nobody done anything, as far as acts are asked for.
"""


@kernel
def pledges(step: Step, params: Params) -> None:
    """Let pledges run down, end those that are broken, add those that deeds give, and remember what became of them.

    >>> from dataclasses import replace
    >>> from game.testing import change_by, context, triad
    >>> board = triad(pledges="pledges: {peace: {kind: no_attack, giver: arda, to: borea, turns: 5}}").board
    >>> calm = context(board)
    >>> change_by(pledges, calm, Params()).pledges[0, board.pledges.names.index("no_attack")].tolist()
    [[0, 4, 0], [0, 0, 0], [0, 0, 0]]
    >>> last = calm.world.last.copy()
    >>> last[0, board.acts.act("limited_strike"), 0, 1] = calm.turn  # arda strikes borea
    >>> change = change_by(pledges, context(board, replace(calm.world, last=last)), Params())
    >>> change.entries[0].cause, float(change.memories[0, board.scars, 1, 0])
    (PledgeBroken(kind=0, excuse=0, holder=None), -12.0)
    """
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
            if pledge_given(step.setting, step.deeds, o, way) != NONE:
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
                    end_pledge(pledges, pledged_on, solemnity, private_pledge, kind, giver, holder)
    run_down(pledges, pledged_on, step.turn)
    pledge_by_deeds(step.setting, pledges, pledged_on, solemnity, private_pledge, step.deeds, step.turn)


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
    end_pledge(after.pledges, after.pledged_on, after.solemnity, after.private_pledge, kind, giver, holder)


# What is broken


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
        broken = holds(step.setting, view, public_in(step), relation, turn - 1, True, turn, breach, giver, holder)
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
        seen_by(step.setting, step.world, step.turn - 1, holder, step.seen)
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
    known = sight != AS_IT_IS or _found_out(step, kind, giver, holder)
    found[BREACHED, kind, giver, holder] = known
    found[SHOWN, kind, giver, holder] = sight == SHOWN_TO_ALL and not step.world.private_pledge[kind, giver, holder]
    return known


@kernel
def _found_out(step: Step, kind: int, giver: int, holder: int) -> bool:
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


# What is remembered


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
