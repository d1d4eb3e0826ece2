"""What happens when an event, or the option its decider took, takes effect."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.causes import HAPPENING
from game.kernel.changes import (
    AGREEMENTS,
    ATTRIBUTES,
    DUE,
    FLAGS,
    HOLDER,
    LAST,
    PLEDGED_ON,
    PLEDGES,
    PRIVATE_PLEDGE,
    PURPOSE,
    RECOGNITION,
    RUNG,
    SECRECY,
    SOLEMNITY,
    STAKE,
    SUSPENDED,
    TENSION,
    VOLUME,
    begun,
    copied,
    felt,
)
from game.kernel.compiled import kernel
from game.kernel.declare import Floats, Integers, Shorts
from game.kernel.deeds import BY_EVENT, Deeds, secretly
from game.kernel.draws import OPTION, drawn_uniform
from game.kernel.events.table import EffectList, EventTable
from game.kernel.known import graded_in
from game.kernel.numerics import on_coarse_grid, on_grid
from game.kernel.setting import Setting
from game.kernel.step import Step
from game.submodels.agreements import agree
from game.submodels.audience import ABROAD, ECHO, FOR_A_PURPOSE, move
from game.submodels.pledges import give_pledge, pledge_by_deeds
from game.submodels.secrecy import keep_secret, noted
from game.submodels.territory import cede, recognise


@kernel
def option_drawn(events: EventTable, event: int, turn: int, seed: np.uint64) -> int:
    """The option of an event that its weights draw: P(option) = weight / sum of weights."""
    first, end, weight = events.first_option[event], events.first_option[event + 1], events.weight
    total = 0.0
    for option in range(first, end):
        total += weight[option]
    drawn = drawn_uniform(seed, turn, OPTION, events.keys[event]) * total
    passed = 0.0
    for option in range(first, end):
        passed += weight[option]
        if drawn < passed:
            return int(option - first)
    return int(end - first - 1)


@kernel
def option_taken(step: Step, event: int) -> int:
    """The option of an event that its decider chose, or that its weights draw where nobody chose."""
    given = step.orders.option[event]
    if given >= 0:
        return int(given)
    return option_drawn(step.setting.events, event, step.turn, step.seed[0])


@kernel
def due_after(setting: Setting, due: Shorts, deeds: Deeds, turn: int) -> None:
    """Set the events that wait for one of some deeds in `due` [E]: for `turn` plus their delay."""
    events = setting.events
    for event in range(events.after_act.size):
        if events.after_act[event] != NONE:
            for o in range(deeds.count[0]):
                if _triggers(events, event, deeds, o):
                    due[event] = turn + events.delay[event]


@kernel
def _triggers(events: EventTable, event: int, deeds: Deeds, o: int) -> bool:
    """Whether a deed is what an event waits for: agreed to, and not known to its parties alone."""
    if deeds.act[o] != events.after_act[event] or deeds.refused[o] or secretly(deeds, o):
        return False
    actor, target = events.after_actor[event], events.after_target[event]
    return bool((actor == NONE or actor == deeds.actor[o]) and (target == NONE or target == deeds.target[o]))


@kernel
def moves_relations(setting: Setting, number: int) -> bool:
    """Whether effects move any relations."""
    effects = setting.events.effects
    return bool(
        effects.relation.first[number] < effects.relation.first[number + 1]
        or effects.onlookers.first[number] < effects.onlookers.first[number + 1]
    )


@kernel
def relation_of(setting: Setting, graded: Floats, number: int) -> Floats:
    """The impulse of effects to how i regards j, onlookers included `[L, N, N]`."""
    states = setting.plays.size
    result = np.zeros((setting.factors.size, states, states))
    relation, onlookers = setting.events.effects.relation, setting.events.effects.onlookers
    for n in range(relation.first[number], relation.first[number + 1]):
        memory, i, j = relation.numbers[n, 0], relation.numbers[n, 1], relation.numbers[n, 2]
        result[memory, i, j] += relation.amounts[n]
    for n in range(onlookers.first[number], onlookers.first[number + 1]):
        _onlook(graded, onlookers, n, result)
    return result


@kernel
def _onlook(graded: Floats, onlookers: EffectList, n: int, result: Floats) -> None:
    """Add what those who are graded onlookers of a state come to feel for another, or it for them."""
    selector, reference, other = onlookers.numbers[n, 0], onlookers.numbers[n, 1], onlookers.numbers[n, 2]
    memory, outward = onlookers.numbers[n, 3], onlookers.numbers[n, 4] != 0
    for k in range(graded.shape[1]):
        if k != other:
            impulse = on_grid(graded[selector, k, reference] * onlookers.amounts[n])
            if outward:
                result[memory, other, k] += impulse
            else:
                result[memory, k, other] += impulse


@kernel
def gain(setting: Setting, graded: Floats, number: int, slope: Floats) -> float:
    """What the effects on relations are worth by the slope [N, N] of one state's objectives."""
    if not moves_relations(setting, number):
        return 0.0
    impulse = relation_of(setting, graded, number)
    gain = 0.0
    for i in range(slope.shape[0]):
        for j in range(slope.shape[1]):
            moved = 0.0
            for memory in range(impulse.shape[0]):
                moved += impulse[memory, i, j]
            gain += on_coarse_grid(moved / 100.0) * slope[i, j]
    return gain


@kernel
def _relate(step: Step, number: int, rule: int) -> None:
    """The impulses of effects to relations."""
    if moves_relations(step.setting, number):
        effects = step.setting.events.effects
        cause = (HAPPENING, effects.event[number], effects.option[number], 0)
        relation = relation_of(step.setting, graded_in(step), number)
        for memory in range(relation.shape[0]):
            for i in range(relation.shape[1]):
                for j in range(relation.shape[2]):
                    felt(step.changes, step.rows, rule, cause, memory, False, i, j, relation[memory, i, j])


@kernel
def _moved(change: Any, present: Any, added: EffectList, settled: EffectList, occurring: Integers) -> bool:
    """Add to a field what occurrences add, on top of what they set; of two that set the same, the later in the file
    counts. Whether they do either.
    """
    if _count_of(added, occurring) + _count_of(settled, occurring) == 0:
        return False
    base, summed = np.zeros(present.size), np.zeros(present.size)
    copied(base, present)
    for place in range(occurring.size):
        number = occurring[place]
        for n in range(settled.first[number], settled.first[number + 1]):
            base[settled.numbers[n, 0]] = settled.amounts[n]
        for n in range(added.first[number], added.first[number + 1]):
            summed[added.numbers[n, 0]] += added.amounts[n]
    for cell in range(present.size):
        change.flat[cell] += base[cell] - present.flat[cell] + summed[cell]
    return True


@kernel
def _count_of(effects: EffectList, occurring: Integers) -> int:
    """How many effects of this kind the occurrences have."""
    count = 0
    for place in range(occurring.size):
        count += effects.first[occurring[place] + 1] - effects.first[occurring[place]]
    return count


@kernel
def consequences(step: Step, occurring: Integers, rule: int, due: int) -> None:
    """All that the effects of these numbers change together; events that wait for an act they do are set for `due`."""
    setting, world, changes = step.setting, step.world, step.changes
    effects, change = setting.events.effects, changes.world
    _do(step, occurring)
    deeds = step.by_events
    if deeds.count[0] > 0:
        for o in range(deeds.count[0]):
            move(step, deeds, o, rule, ABROAD, ECHO, FOR_A_PURPOSE, 1.0, 1.0)
        _agree(step, deeds)
        _leave_traces(step, deeds)
        due_after(setting, begun(changes, DUE, change.due, world.due), deeds, due)
    for place in range(occurring.size):
        _relate(step, occurring[place], rule)
        _settle(step, occurring[place])
        _claim(step, occurring[place])
    if _moved(change.attributes, world.attributes, effects.attributes, effects.attributes_set, occurring):
        changes.added[ATTRIBUTES] = True
    if _moved(change.tension, world.tension, effects.tension, effects.tension_set, occurring):
        changes.added[TENSION] = True


@kernel
def _do(step: Step, occurring: Integers) -> None:
    """Collect the acts that the occurrences have done in `by_events`, in their order."""
    effects, deeds = step.setting.events.effects, step.by_events
    deeds.count[0] = 0
    for place in range(occurring.size):
        number = occurring[place]
        for n in range(effects.acts.first[number], effects.acts.first[number + 1]):
            o = deeds.count[0]
            _enter(step.setting, effects.acts, n, deeds, o)
            deeds.event[o], deeds.option[o] = effects.event[number], effects.option[number]
            deeds.count[0] = o + 1


@kernel
def _enter(setting: Setting, acts: EffectList, n: int, deeds: Deeds, o: int) -> None:
    """Write one act of an event as a deed that was agreed to."""
    deeds.act[o], deeds.actor[o], deeds.target[o] = acts.numbers[n, 0], acts.numbers[n, 1], acts.numbers[n, 2]
    deeds.secret[o], deeds.audience[o] = acts.numbers[n, 3] != 0, acts.numbers[n, 4]
    deeds.about[o], deeds.purpose[o] = acts.numbers[n, 6], acts.numbers[n, 7]
    deeds.term[o] = acts.amounts[n]
    deeds.scale[o] = acts.amounts[n] * setting.office_weight[acts.numbers[n, 5]]
    deeds.refused[o] = False
    deeds.side_payment[o] = 0.0
    deeds.pledge[o] = NONE
    deeds.origin[o] = BY_EVENT


@kernel
def _agree(step: Step, deeds: Deeds) -> None:
    """Agreements and pledges, as the deeds leave them."""
    setting, world, changes = step.setting, step.world, step.changes
    change = changes.world
    agree(
        setting,
        begun(changes, AGREEMENTS, change.agreements, world.agreements),
        begun(changes, VOLUME, change.volume, world.volume),
        begun(changes, SUSPENDED, change.suspended, world.suspended),
        begun(changes, PURPOSE, change.purpose, world.purpose),
        deeds,
    )
    pledge_by_deeds(
        setting,
        begun(changes, PLEDGES, change.pledges, world.pledges),
        begun(changes, PLEDGED_ON, change.pledged_on, world.pledged_on),
        begun(changes, SOLEMNITY, change.solemnity, world.solemnity),
        begun(changes, PRIVATE_PLEDGE, change.private_pledge, world.private_pledge),
        deeds,
        step.turn,
    )


@kernel
def _leave_traces(step: Step, deeds: Deeds) -> None:
    """Secrets, claims, and when each act was last done, as the deeds leave them."""
    setting, world, changes = step.setting, step.world, step.changes
    change = changes.world
    secrecy = begun(changes, SECRECY, change.secrecy, world.secrecy)
    keep_secret(setting, world, secrecy, begun(changes, STAKE, change.stake, world.stake), deeds)
    cede(setting, world, begun(changes, HOLDER, change.holder, world.holder), deeds)
    recognise(setting, begun(changes, RECOGNITION, change.recognition, world.recognition), deeds)
    noted(begun(changes, LAST, change.last, world.last), deeds, step.turn)


@kernel
def _settle(step: Step, number: int) -> None:
    """Agreements that effects break, pledges that they have given, and flags that they raise or lower."""
    effects, world, changes = step.setting.events.effects, step.world, step.changes
    breaks, pledges, flags = effects.breaks, effects.pledges, effects.flags
    for n in range(breaks.first[number], breaks.first[number + 1]):
        _break(step, breaks.numbers[n, 0], breaks.numbers[n, 1], breaks.numbers[n, 2])
    for n in range(pledges.first[number], pledges.first[number + 1]):
        _pledge(step, pledges, n)
    for n in range(flags.first[number], flags.first[number + 1]):
        raised = begun(changes, FLAGS, changes.world.flags, world.flags)
        raised[flags.numbers[n, 0]] = flags.numbers[n, 1] != 0


@kernel
def _break(step: Step, which: int, first: int, second: int) -> None:
    """Break agreements of a kind, or of all with -1, between two states."""
    world, changes = step.world, step.changes
    change = changes.world
    agreements = begun(changes, AGREEMENTS, change.agreements, world.agreements)
    volume = begun(changes, VOLUME, change.volume, world.volume)
    suspended = begun(changes, SUSPENDED, change.suspended, world.suspended)
    purpose = begun(changes, PURPOSE, change.purpose, world.purpose)
    for kind in range(agreements.shape[0]):
        if which in (kind, NONE):
            agreements[kind, first, second] = agreements[kind, second, first] = 0
            volume[kind, first, second] = volume[kind, second, first] = 0.0
            suspended[kind, first, second] = suspended[kind, second, first] = False
            purpose[kind, first, second] = purpose[kind, second, first] = NONE


@kernel
def _pledge(step: Step, pledges: EffectList, n: int) -> None:
    """Have a pledge given, for all to hear."""
    world, changes = step.world, step.changes
    change = changes.world
    give_pledge(
        begun(changes, PLEDGES, change.pledges, world.pledges),
        begun(changes, PLEDGED_ON, change.pledged_on, world.pledged_on),
        begun(changes, SOLEMNITY, change.solemnity, world.solemnity),
        begun(changes, PRIVATE_PLEDGE, change.private_pledge, world.private_pledge),
        pledges.numbers[n, 0], pledges.numbers[n, 1], pledges.numbers[n, 2], pledges.numbers[n, 3], False, step.turn,
    )  # fmt: skip


@kernel
def _claim(step: Step, number: int) -> None:
    """Who holds what, whose side states take, and crises, as effects leave them."""
    effects, world, changes = step.setting.events.effects, step.world, step.changes
    change = changes.world
    cessions, recognitions, crises = effects.cessions, effects.recognitions, effects.crises
    for n in range(cessions.first[number], cessions.first[number + 1]):
        holder = begun(changes, HOLDER, change.holder, world.holder)
        holder[cessions.numbers[n, 0]] = cessions.numbers[n, 1]
    for n in range(recognitions.first[number], recognitions.first[number + 1]):
        recognition = begun(changes, RECOGNITION, change.recognition, world.recognition)
        recognition[recognitions.numbers[n, 0], recognitions.numbers[n, 1]] = recognitions.amounts[n]
    for n in range(crises.first[number], crises.first[number + 1]):
        rung = begun(changes, RUNG, change.rung, world.rung)
        rung[crises.numbers[n, 0], 0] = rung[crises.numbers[n, 0], 1] = crises.numbers[n, 1]
