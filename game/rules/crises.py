"""crises: both sides of a crisis choose at once, and climb, hold, step off or back down.

The ladder has seven rungs: 0 query (in private), 1 protest, 2 penalty, 3 alert, 4 ultimatum, 5 limited force, 6 war. A
crisis opens on the lowest where tension reaches `onset` (or `margin` above the start, if that is more), on alert where
a party used force outside of one, and where an event says; who uses force in one is on alert at the least. Then, from
the two choices of a turn:

    off-ramp and no climbing     agreed: both leave, and sign what settles; against a hold only by `acceptance`
    one backs down               it is over; who backs down pays the audience cost, times its own rung
    one or both climb            each to the rung above the higher of the two
    both hold                    both step down; from the lowest rung that ends it

A third state that mediates for either side halves the audience cost and has an off-ramp accepted. From alert on an
accident may lift both sides a rung, with the chance `accident` times the rungs above penalty. Each rung that a side
climbs to costs it the other's regard; limited force costs both power, by the contest rule; and war costs both the same
share of theirs, ends the game of both, and is worth no points to either.

Audience costs: Fearon (1994), Tomz (2007). The ladder: Kahn (1965), shortened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from game.kernel.catalogue import ACTOR, FRIENDS, NONE, TARGET
from game.kernel.causes import ACCIDENT, BACKED_DOWN, ESCALATION
from game.kernel.causes import WAR as WAR_BEGUN
from game.kernel.changes import (
    AGREEMENTS,
    ATTRIBUTES,
    BROKEN,
    CAPITAL,
    LAST,
    OUT,
    PLEDGED_ON,
    PLEDGES,
    PRIVATE_PLEDGE,
    RUNG,
    SOLEMNITY,
    TENSION,
    VOLUME,
    begun,
    felt,
)
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Floats,
    Value,
    leaf,
)
from game.kernel.draws import CRISIS, drawn_uniform
from game.kernel.known import anything, graded_in, public_in, relation_in
from game.kernel.numerics import on_coarse_grid
from game.kernel.orders import (
    BACK_DOWN,
    ESCALATE,
    HOLD,
    OFF_RAMP,
)
from game.kernel.phases import RULES
from game.kernel.relations import counts
from game.kernel.setting import DOMESTIC_FOCUS, Setting
from game.kernel.step import Step
from game.kernel.world import (
    ALERT,
    CALM,
    FORCE,
    QUERY,
    WAR,
    World,
)
from game.submodels.conflict import (
    chance,
    guarantee,
    losses,
)
from game.submodels.pledges import give_pledge, signing
from game.submodels.territory import in_crisis, resting

CRISES = RULES.index("crises")


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: crises:`."""

    onset: Value = leaf(80.0, 0.0, 100.0, "points", "the tension at which a crisis opens")
    margin: Value = leaf(15.0, 0.0, 100.0, "points", "how far above its start tension must be, at the least")
    accident: Value = leaf(0.02, 0.0, 0.3, "chance a turn", "of an accident on alert; twice that on an ultimatum, …")
    acceptance: Value = leaf(0.5, 0.0, 1.0, "chance", "that an off-ramp is taken by a side that holds")
    mediation: Value = leaf(0.5, 0.0, 1.0, "times", "what a mediator leaves of the audience cost, and of a refusal")
    audience: Value = leaf(0.8, 0.0, 20.0, "capital a rung", "what backing down costs at home")
    doubt: Value = leaf(1.5, 0.0, 20.0, "points a rung", "what the friends of one that backs down think less of it")
    desertion: Value = leaf(0.1, 0.0, 2.0, "pledges a rung", "broken, as those see it whom it is bound to defend")
    standing: Value = leaf(0.75, 0.0, 20.0, "points a rung", "what the friends of the other think more of it")
    affront: Value = leaf(1.5, 0.0, 20.0, "points a rung", "of mood that climbing costs with the other side")
    grievance: Value = leaf(1.0, 0.0, 20.0, "points a rung", "of memory that it costs, from a penalty on")
    blood: Value = leaf(8.0, 0.0, 100.0, "points", "the scar that limited force leaves")
    climb: Value = leaf(3.0, 0.0, 50.0, "points", "tension that a rung adds")
    descent: Value = leaf(4.0, 0.0, 50.0, "points", "tension that stepping down takes away")
    retreat: Value = leaf(0.5, 0.0, 1.0, "share", "of tension above its rest that backing down leaves")
    settlement: Value = leaf(0.2, 0.0, 1.0, "share", "of tension above its rest that an off-ramp leaves")
    price: Value = leaf(0.5, 0.0, 20.0, "capital", "what an off-ramp costs each side at home")
    term: Value = leaf(24.0, 1.0, 9998.0, "turns", "how long the agreement of an off-ramp lasts")
    won: Value = leaf(0.02, 0.0, 1.0, "share", "of its power that limited force costs the side that prevails")
    lost: Value = leaf(0.05, 0.0, 1.0, "share", "of its power that it costs the other")
    war: Value = leaf(0.3, 0.0, 1.0, "share", "of its power that war costs each side")
    ruin: Value = leaf(30.0, 0.0, 100.0, "points", "the scar that war leaves with each side, and with guarantors")


OFF_RAMP_LUCK, ACCIDENT_LUCK, OUTCOME_LUCK = range(3)
"""What the luck of a crisis decides: whether a side that holds takes an off-ramp, accidents, who prevails."""


class Exchange(NamedTuple):
    """What the choices of both sides of one dispute, and luck, come to."""

    before: tuple[int, int]  # the rungs of the two sides
    after: tuple[int, int]
    backing: tuple[bool, bool]  # a side backs down
    climbing: tuple[bool, bool]  # it enters a higher rung by its own will
    agreed: bool  # an off-ramp is taken
    accident: bool
    opened: bool
    mediated: bool  # somebody makes it easier to back down
    war: bool  # it begins


@kernel
def crises(step: Step, params: Params) -> None:
    """Rungs, and what climbing, backing down, agreement and force change.

    >>> from dataclasses import replace
    >>> from game.testing import change_by, context, triad
    >>> seen = context(triad().board, orders=["arda: back_down islet", "cestia: escalate islet"])
    >>> change_by(crises, seen, Params()).anything  # there is no crisis to choose in
    False
    >>> high = replace(seen, world=replace(seen.world, rung=seen.world.rung + 4))
    >>> change = change_by(crises, high, Params())
    >>> change.rung.tolist(), change.capital.round(2).tolist()  # it is over, and arda pays 3 times 0.8
    ([[[-1, -1]]], [[-2.4, 0.0, 0.0]])
    """
    setting, world = step.setting, step.world
    owed, share = np.zeros(setting.plays.size), np.zeros(setting.plays.size)
    for dispute in range(world.tension.size):
        opened = _opens(setting, world, dispute, params)
        forced = (_forced(step, dispute, 0), _forced(step, dispute, 1))
        if not (opened or forced[0] or forced[1] or _unsettled(setting, world, dispute)):
            continue
        exchange = _exchange(step, dispute, params, opened, forced)
        _move(step, dispute, params, exchange)
        for side in range(2):
            _strike(step, dispute, side, exchange)
            _desert(step, dispute, side, params, exchange)
            _ascend(step, dispute, side, params, exchange)
            _retreat(step, dispute, side, params, exchange)
        if exchange.war:
            _war(step, dispute, params)
        if exchange.agreed:
            _sign(step, dispute, params)
        _owe(setting, dispute, params, exchange, owed)
        _toll(step, dispute, params, exchange, share)
    _pay(step, owed)
    if anything(share):
        losses(setting, world, share, step.changes.world.attributes)
        step.changes.added[ATTRIBUTES] = True


@kernel
def _pay(step: Step, owed: Floats) -> None:
    """Take from each state's political capital what it owes `[N]`, as far as there is any."""
    for state in range(owed.size):
        if owed[state] != 0.0:
            step.changes.world.capital[state] -= min(on_coarse_grid(owed[state]), step.world.capital[state])
            step.changes.added[CAPITAL] = True


@kernel
def _move(step: Step, dispute: int, params: Params, exchange: Exchange) -> None:
    """Set the rungs that the two sides come to, and move tension."""
    changes = step.changes
    rung = begun(changes, RUNG, changes.world.rung, step.world.rung)
    rung[dispute, 0], rung[dispute, 1] = exchange.after
    changes.world.tension[dispute] += _tension(step.setting, step.world, dispute, params, exchange)
    changes.added[TENSION] = True


@kernel
def _unsettled(setting: Setting, world: World, dispute: int) -> bool:
    """Whether there is a crisis, or a war that has yet to be fought."""
    parties = setting.disputes.parties
    level = max(world.rung[dispute, 0], world.rung[dispute, 1])
    return level > CALM and not (level == WAR and world.out[parties[dispute, 0]] and world.out[parties[dispute, 1]])


@kernel
def _opens(setting: Setting, world: World, dispute: int, params: Params) -> bool:
    """Whether a crisis opens on the lowest rung, by tension."""
    onset = max(params.onset, min(setting.disputes.calm[dispute] + params.margin, 100.0))
    tension = world.tension[dispute]
    if tension < onset or world.rung[dispute, 0] != CALM or world.rung[dispute, 1] != CALM:
        return False
    if world.out[setting.disputes.parties[dispute, 0]] or world.out[setting.disputes.parties[dispute, 1]]:
        return False
    return bool(tension > resting(setting, world, dispute))


@kernel
def _forced(step: Step, dispute: int, side: int) -> bool:
    """Whether a side of a dispute used force on the other this turn."""
    deeds, force, parties = step.deeds, step.setting.acts.force, step.setting.disputes.parties
    for o in range(deeds.count[0]):
        between = deeds.actor[o] == parties[dispute, side] and deeds.target[o] == parties[dispute, 1 - side]
        meant = between and deeds.purpose[o] in (NONE, dispute)
        if meant and force[deeds.act[o]] and not deeds.refused[o]:
            return True
    return False


@kernel
def _exchange(step: Step, dispute: int, params: Params, opened: bool, forced: tuple[bool, bool]) -> Exchange:
    """What the choices of both sides, and luck, come to."""
    setting, world = step.setting, step.world
    before = (int(world.rung[dispute, 0]), int(world.rung[dispute, 1]))
    stances = (_stance(step, dispute, 0, forced), _stance(step, dispute, 1, forced))
    level, live = max(before[0], before[1]), in_crisis(setting, world, dispute)
    out = (world.out[setting.disputes.parties[dispute, 0]], world.out[setting.disputes.parties[dispute, 1]])
    agreed = live and _agreed(step, dispute, stances, params)
    deciding = live and not agreed
    backing = (deciding and stances[0] == BACK_DOWN, deciding and stances[1] == BACK_DOWN)
    eased = (backing[0] or backing[1]) and mediated(setting, public_in(step), dispute)
    over = agreed or backing[0] or backing[1] or ((out[0] or out[1]) and level < WAR)
    deciding = live and not over
    climbing = (deciding and stances[0] == ESCALATE, deciding and stances[1] == ESCALATE)
    after = (CALM, CALM)
    if not over:
        stepping = live and _stepping(step, dispute, stances)
        after = (
            _rung(before[0], level, climbing[0], forced[0], stepping),
            _rung(before[1], level, climbing[1], forced[1], stepping),
        )
    accident = live and _accident(step, dispute, max(after[0], after[1]), params)
    if accident:
        after = (max(after[0], after[1]) + 1, max(after[0], after[1]) + 1)
    if (forced[0] or forced[1]) and level == CALM and not (out[0] or out[1]):
        opened, after = True, (ALERT, ALERT)
    elif opened:
        after = (QUERY, QUERY)
    war = max(after[0], after[1]) == WAR and not (out[0] and out[1])
    if war:
        after = (WAR, WAR)
    return Exchange(before, after, backing, climbing, agreed, accident, opened, eased, war)


@kernel
def _stance(step: Step, dispute: int, side: int, forced: tuple[bool, bool]) -> int:
    """What a side chooses: who uses force climbs, and who says nothing holds."""
    if forced[side]:
        return ESCALATE
    stance = step.orders.stance[dispute, side]
    return HOLD if stance == NONE else stance


@kernel
def _stepping(step: Step, dispute: int, stances: tuple[int, int]) -> bool:
    """Whether both sides hold, and so step down.

    Where neither side has chosen yet, because an option or an act began it in this turn, nobody has held either.
    """
    chosen = step.orders.stance[dispute, 0] != NONE or step.orders.stance[dispute, 1] != NONE
    return chosen and stances[0] == HOLD and stances[1] == HOLD


@kernel
def _rung(before: int, level: int, climbing: bool, forced: bool, stepping: bool) -> int:
    """The rung that a side comes to from its own and the higher of the two, where the crisis goes on."""
    if climbing:
        return max(level + 1, ALERT) if forced else level + 1
    return max(before - 1, CALM) if stepping else before


@kernel
def _agreed(step: Step, dispute: int, stances: tuple[int, int], params: Params) -> bool:
    """Whether an off-ramp is taken: by a side that offers one or backs down, and by chance one that holds."""
    if stances[0] == ESCALATE or stances[1] == ESCALATE:
        return False
    if stances[0] != OFF_RAMP and stances[1] != OFF_RAMP:
        return False
    if stances[0] != HOLD and stances[1] != HOLD:
        return True
    refusal = 1.0 - params.acceptance
    if mediated(step.setting, public_in(step), dispute):
        refusal = refusal * params.mediation
    return bool(_luck(step, dispute, OFF_RAMP_LUCK) >= refusal)


@kernel
def _accident(step: Step, dispute: int, top: int, params: Params) -> bool:
    """Whether an accident lifts both sides from the higher of their rungs."""
    if top < ALERT or top >= WAR:
        return False
    return bool(_luck(step, dispute, ACCIDENT_LUCK) < params.accident * (top - (ALERT - 1)))


@kernel
def _luck(step: Step, dispute: int, what: int) -> float:
    """The luck of a dispute, of one kind in this turn."""
    return drawn_uniform(step.seed[0], step.turn, CRISIS, step.setting.disputes.crisis_keys[dispute, what])


@kernel
def mediated(setting: Setting, world: World, dispute: int) -> bool:
    """Whether a third state that is at peace mediates for either side."""
    mediates, parties = setting.agreements.mediates, setting.disputes.parties
    first, second = parties[dispute, 0], parties[dispute, 1]
    for kind in range(mediates.size):
        if mediates[kind]:
            for third in range(setting.plays.size):
                bound = counts(world, kind, third, first) or counts(world, kind, third, second)
                if bound and third != first and third != second and not world.out[third]:
                    return True
    return False


@kernel
def _strike(step: Step, dispute: int, side: int, exchange: Exchange) -> None:
    """Write when a side last used force on the other, if it has climbed to limited force or war by its own will.

    It counts as every act of force, so that it breaks the pledges that such an act breaks.
    """
    level = max(exchange.before[0], exchange.before[1])
    if not exchange.climbing[side] or exchange.accident or level + 1 < FORCE:
        return
    parties, force = step.setting.disputes.parties, step.setting.acts.force
    last = begun(step.changes, LAST, step.changes.world.last, step.world.last)
    for act in range(force.size):
        if force[act]:
            last[act, parties[dispute, side], parties[dispute, 1 - side]] = step.turn


@kernel
def _tension(setting: Setting, world: World, dispute: int, params: Params, exchange: Exchange) -> float:
    """What climbing adds, and stepping down, backing down and agreement take; war is 100."""
    before, after = exchange.before, exchange.after
    if exchange.war:
        return float(100.0 - world.tension[dispute])
    above = max(world.tension[dispute] - resting(setting, world, dispute), 0.0)
    if exchange.agreed or exchange.backing[0] or exchange.backing[1]:
        left = params.settlement if exchange.agreed else params.retreat
        return on_coarse_grid(above * (left - 1.0))
    if after[0] < before[0] or after[1] < before[1]:
        return on_coarse_grid(-min(params.descent, above))
    if (after[0] > before[0] or after[1] > before[1]) and not exchange.opened:
        return on_coarse_grid(params.climb)
    return 0.0


@kernel
def _owe(setting: Setting, dispute: int, params: Params, exchange: Exchange, owed: Floats) -> None:
    """Add to `owed` [N] what backing down and an off-ramp cost each side in political capital."""
    soft = params.mediation if exchange.mediated else 1.0
    for side in range(2):
        party = setting.disputes.parties[dispute, side]
        if exchange.backing[side]:
            home = 0.5 + setting.sliders[DOMESTIC_FOCUS, party]
            owed[party] += params.audience * max(exchange.before[side], 0) * soft * home
        if exchange.agreed:
            owed[party] += params.price


@kernel
def _rungs_yielded(exchange: Exchange, side: int, params: Params) -> float:
    """From how high a side backs down, less where somebody mediates; 0 where it does not."""
    if not exchange.backing[side]:
        return 0.0
    return max(exchange.before[side], 0) * (params.mediation if exchange.mediated else 1.0)


@kernel
def _desert(step: Step, dispute: int, side: int, params: Params, exchange: Exchange) -> None:
    """Add to what those whom a side is bound to defend count as broken when it backs down."""
    size = _rungs_yielded(exchange, side, params) * params.desertion
    if size == 0.0:
        return
    public, party = public_in(step), step.setting.disputes.parties[dispute, side]
    for ward in range(step.world.out.size):
        bound = guarantee(step.setting, public, party, ward)
        step.changes.world.broken[ward, party] += on_coarse_grid(bound * size)
    step.changes.added[BROKEN] = True


@kernel
def _toll(step: Step, dispute: int, params: Params, exchange: Exchange, share: Floats) -> None:
    """Add to `share` [N] what share of its power each side loses, by limited force and by war."""
    before, after = exchange.before, exchange.after
    force = (after[0] == FORCE and before[0] != FORCE) or (after[1] == FORCE and before[1] != FORCE)
    if not force and not exchange.war:
        return
    setting, losses_ = step.setting, (params.war, params.war)
    first, second = setting.disputes.parties[dispute, 0], setting.disputes.parties[dispute, 1]
    if not exchange.war:
        likelihood = chance(setting, step.world, relation_in(step), first, second)
        wins = _luck(step, dispute, OUTCOME_LUCK) < likelihood
        losses_ = (params.won, params.lost) if wins else (params.lost, params.won)
    share[first] = min(share[first] + on_coarse_grid(losses_[0]), 1.0)
    share[second] = min(share[second] + on_coarse_grid(losses_[1]), 1.0)


@kernel
def _ascend(step: Step, dispute: int, side: int, params: Params, exchange: Exchange) -> None:
    """Write what the rung that a side climbs to, or is carried to by an accident, costs between the two."""
    rung, setting = exchange.after[side], step.setting
    if not (exchange.climbing[side] or exchange.accident) or rung < 1 or rung >= WAR:
        return
    one, other = setting.disputes.parties[dispute, side], setting.disputes.parties[dispute, 1 - side]
    cause = (ACCIDENT if exchange.accident else ESCALATION, dispute, one, rung)
    for layer in range(setting.factors.size):
        loss = on_coarse_grid(_offence(setting, layer, rung, params))
        felt(step.changes, step.rows, CRISES, cause, layer, False, other, one, loss)


@kernel
def _offence(setting: Setting, layer: int, rung: int, params: Params) -> float:
    """What a rung takes from a memory of the other side's regard."""
    loss = 0.0
    if layer == setting.recent:
        loss -= params.affront * rung
    if layer == setting.lasting:
        loss -= params.grievance * max(rung - 1, 0)
    if layer == setting.scars and rung == FORCE:
        loss -= params.blood
    return loss


@kernel
def _retreat(step: Step, dispute: int, side: int, params: Params, exchange: Exchange) -> None:
    """Write what their friends think of a side that backs down, and of the side that stood."""
    rungs = _rungs_yielded(exchange, side, params)
    if rungs == 0.0:
        return
    setting, friends = step.setting, graded_in(step)
    one, other = setting.disputes.parties[dispute, side], setting.disputes.parties[dispute, 1 - side]
    lost = on_coarse_grid(rungs * params.doubt)
    won = 0.0 if exchange.backing[1 - side] else on_coarse_grid(rungs * params.standing)
    cause = (BACKED_DOWN, dispute, one, 0)
    for k in range(friends.shape[1]):
        if k != one and k != other:
            fallen, risen = friends[FRIENDS, k, one] * -lost, friends[FRIENDS, k, other] * won
            felt(step.changes, step.rows, CRISES, cause, setting.lasting, False, k, one, on_coarse_grid(fallen))
            felt(step.changes, step.rows, CRISES, cause, setting.lasting, False, k, other, on_coarse_grid(risen))


@kernel
def _war(step: Step, dispute: int, params: Params) -> None:
    """Write that the game of both parties is over, and what war leaves with them and with who is bound to either."""
    setting, scars, cause = step.setting, step.setting.scars, (WAR_BEGUN, dispute, 0, 0)
    out = begun(step.changes, OUT, step.changes.world.out, step.world.out)
    ruin = -on_coarse_grid(params.ruin)
    for side in range(2):
        one, other = setting.disputes.parties[dispute, side], setting.disputes.parties[dispute, 1 - side]
        out[one] = True
        felt(step.changes, step.rows, CRISES, cause, scars, False, one, other, ruin)
        for k in range(out.size):
            if k != one and k != other:
                loss = on_coarse_grid(guarantee(setting, public_in(step), k, one) * params.ruin)
                felt(step.changes, step.rows, CRISES, cause, scars, False, k, other, -loss)


@kernel
def _sign(step: Step, dispute: int, params: Params) -> None:
    """Sign what two sides sign as they step off: the first kind that settles and is not in force, and its pledges."""
    setting, changes = step.setting, step.changes
    first, second = setting.disputes.parties[dispute, 0], setting.disputes.parties[dispute, 1]
    agreements = begun(changes, AGREEMENTS, changes.world.agreements, step.world.agreements)
    volume = begun(changes, VOLUME, changes.world.volume, step.world.volume)
    for kind in range(agreements.shape[0]):
        settles = setting.agreements.settles[kind] and setting.agreements.mutual[kind]
        if settles and agreements[kind, first, second] == 0:
            agreements[kind, first, second] = agreements[kind, second, first] = int(np.rint(params.term))
            volume[kind, first, second] = volume[kind, second, first] = 1.0
            _pledge_with(step, kind, ACTOR, first, second)
            _pledge_with(step, kind, TARGET, second, first)
            return


@kernel
def _pledge_with(step: Step, kind: int, role: int, giver: int, holder: int) -> None:
    """Give what one party pledges the other with an agreement: what the first act that signs it has them give."""
    setting, changes, world = step.setting, step.changes, step.world
    pledge = _pledge_signed(setting, kind, role)
    if pledge == NONE:
        return
    change = changes.world
    give_pledge(
        begun(changes, PLEDGES, change.pledges, world.pledges),
        begun(changes, PLEDGED_ON, change.pledged_on, world.pledged_on),
        begun(changes, SOLEMNITY, change.solemnity, world.solemnity),
        begun(changes, PRIVATE_PLEDGE, change.private_pledge, world.private_pledge),
        pledge, giver, holder, setting.pledges.turns[pledge], False, step.turn,
    )  # fmt: skip


@kernel
def _pledge_signed(setting: Setting, kind: int, role: int) -> int:
    """The kind of pledge that a party gives with an agreement, -1 for none."""
    act = signing(setting, kind)
    return NONE if act == NONE else setting.acts.pledges[act, role]
