"""secrecy: what was done in secret leaks, is denied or confirmed, and comes out.

A secret leaks, and a rumour is proved, by an addressed draw each turn after the one it was done in:

    P(leak) = rate (1 + company n) (1 + prying H),   P(proof) = proof P(leak)

n others share secrets with one of the two, and H is the sum over the others k of reach[k, x] max(0, -X[k, x]) over both
parties x, X as it shows. Onlookers react by how far they believe it, all at once what they would have felt in the open:

    B[k] = 0 kept secret, `belief` rumoured, belief times (1 - trust[k, d]) for each d that denies it, 1 in the open
    impulse[k] = (B after - B before) times what the act moves in the open

Tensions follow the mean of B. What comes out ends as a broken word of those who denied it, by the trust put in them:

    broken[k, d] += trust[k, d],   scar[k, d] -= lie trust[k, d]

Grounded in the logic of Simmel (1906), The sociology of secrecy and of secret societies: a secret is the less safe the
more share it. The numbers are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.causes import DENIAL_EXPOSED, SECRET_RELEASED
from game.kernel.changes import (
    ATTRIBUTES,
    BROKEN,
    CONCEALED,
    DUE,
    LAST,
    PRIVATE_PLEDGE,
    SECRECY,
    STAKE,
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
from game.kernel.deeds import DISCLOSED, secretly
from game.kernel.draws import LEAK, drawn_uniform, joined
from game.kernel.known import anything, shown_in
from game.kernel.numerics import on_coarse_grid
from game.kernel.orders import PUBLIC
from game.kernel.phases import RULES
from game.kernel.setting import Setting
from game.kernel.step import Step
from game.kernel.world import (
    DENIED_BY_ACTOR,
    DENIED_BY_BOTH,
    DENIED_BY_TARGET,
    NEVER,
    OPEN,
    RUMOURED,
    SECRET,
    World,
)
from game.submodels.audience import ABROAD, FOR_A_PURPOSE, onlookers
from game.submodels.event_effects import due_after, option_taken
from game.submodels.impulses import Heard, impulses
from game.submodels.pledges import disclose
from game.submodels.reputation import trust
from game.submodels.secrecy import denied, left_by_denials
from game.submodels.threat import hostility

RULE = RULES.index("secrecy")


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: secrecy:`."""

    rate: Value = leaf(0.03, 0.0, 1.0, "a turn", "how likely a secret leaks that nobody else shares or pries into")
    company: Value = leaf(0.5, 0.0, 10.0, "times a state", "how much likelier with each other state in their secrets")
    prying: Value = leaf(0.5, 0.0, 10.0, "times", "how much likelier with one wholly hostile state within reach")
    proof: Value = leaf(0.25, 0.0, 1.0, "times", "how likely a rumour is proved, against how likely a secret leaks")
    belief: Value = leaf(0.5, 0.0, 1.0, "share", "how far onlookers believe a rumour that nobody denies")
    lie: Value = leaf(8.0, 0.0, 100.0, "points", "the scar of a false denial with one that trusted it wholly")
    span: Value = leaf(12.0, 0.0, 240.0, "turns", "how long an act that leaves no agreement is a secret to keep")


class Affair(NamedTuple):
    """What is not open: where it stands in `World.secrecy`, its act, its two parties, and its stage."""

    place: int
    act: int
    actor: int
    target: int
    stage: int


class Turn(NamedTuple):
    """What becomes of an affair: its stage before anything comes out, whether it comes out or simply ends."""

    stage: int
    opened: bool
    ended: bool


@kernel
def secrecy(step: Step, params: Params) -> None:
    """What the world knows of secret acts after this turn, and what it makes of the news.

    >>> from game.testing import change_by, context, triad
    >>> change_by(secrecy, context(triad().board), Params()).anything  # nobody has anything to hide
    False
    """
    world, secrets = step.world, step.setting.acts.secrets
    if not anything(world.secrecy):
        return
    states = world.secrecy.shape[1]
    sharing, opened = np.zeros((states, states), np.bool_), np.zeros((states, states), np.bool_)
    rumoured, revealed = np.zeros((states, states), np.bool_), np.zeros((states, states), np.bool_)
    _share(world, sharing)
    _bring_up(step, rumoured, revealed)
    news = False
    for place in range(secrets.size):
        for actor in range(states):
            for target in range(states):
                stage = int(np.int64(world.secrecy[place, actor, target]))
                if stage > OPEN:
                    affair = Affair(place, int(secrets[place]), actor, target, stage)
                    turn = _turned(step, params, affair, sharing, rumoured, revealed)
                    if turn.opened or turn.ended or turn.stage != stage:
                        news = True
                        _settle(step, params, affair, turn, opened)
    if news:
        _release(step, opened)


@kernel
def _settle(step: Step, params: Params, affair: Affair, turn: Turn, opened: Booleans) -> None:
    """Carry out what becomes of an affair, and note in `opened` [N, N] between whom something has come out."""
    world, changes = step.world, step.changes
    secrecy = begun(changes, SECRECY, changes.world.secrecy, world.secrecy)
    last = begun(changes, LAST, changes.world.last, world.last)
    secrecy[affair.place, affair.actor, affair.target] = OPEN if turn.opened or turn.ended else turn.stage
    if turn.ended:
        # Nobody learns of what ends while it is secret: no trace of when it was done may outlast the secret.
        if affair.stage == SECRET:
            last[affair.act, affair.actor, affair.target] = NEVER
        return
    if turn.opened:
        # To the world it is news of this turn: pledges that it broke are broken now.
        last[affair.act, affair.actor, affair.target] = step.turn
        opened[affair.actor, affair.target] = opened[affair.target, affair.actor] = True
        _break_word(step, params, affair, turn)
    _react(step, params, affair, turn)


# What becomes of it


@kernel
def _turned(
    step: Step, params: Params, affair: Affair, sharing: Booleans, rumoured: Booleans, revealed: Booleans
) -> Turn:
    """What becomes of an affair, from who shares secrets and what events brought up, all between two `[N, N]`."""
    one, other = affair.actor, affair.target
    older = not _signed_since(step, affair)
    mistaken = _mistaken(step, params, affair, sharing)
    stage = _stage(step, affair, mistaken, older and rumoured[one, other])
    opened = older and revealed[one, other]
    opened = opened or (mistaken and affair.stage > SECRET) or _done_openly(step, affair)
    opened = opened or _said(step, 1, one, other) or _said(step, 1, other, one)
    return Turn(stage, opened, not opened and _over(step, params, affair))


@kernel
def _stage(step: Step, affair: Affair, mistaken: bool, rumoured: bool) -> int:
    """The stage of an affair before anything comes out: who denies it, or whether there is a rumour of it."""
    by_actor, by_target = denied(affair.stage, 0), denied(affair.stage, 1)
    # What an event set going as the turn opened may be denied before the turn is over.
    if affair.stage > SECRET or rumoured:
        by_actor = by_actor or _said(step, -1, affair.actor, affair.target)
        by_target = by_target or _said(step, -1, affair.target, affair.actor)
    if by_actor and by_target:
        return DENIED_BY_BOTH
    if by_actor:
        return DENIED_BY_ACTOR
    if by_target:
        return DENIED_BY_TARGET
    return RUMOURED if affair.stage > SECRET or mistaken or rumoured else SECRET


@kernel
def _mistaken(step: Step, params: Params, affair: Affair, sharing: Booleans) -> bool:
    """Whether a secret leaks this turn, or a rumour is proved."""
    setting, actor, target = step.setting, affair.actor, affair.target
    if step.world.last[affair.act, actor, target] >= step.turn:
        return False
    odds = params.rate * (1.0 + params.company * _company(affair, sharing))
    odds = odds * (1.0 + params.prying * _prying(setting, shown_in(step), affair))
    odds = odds * (params.proof if affair.stage > SECRET else 1.0)
    cell = joined(joined(setting.acts.keys[affair.act], setting.keys[actor]), setting.keys[target])
    return bool(drawn_uniform(step.seed[0], step.turn, LEAK, cell) < odds)


@kernel
def _share(world: World, sharing: Booleans) -> None:
    """Note in `sharing` [N, N] which two have secrets with each other."""
    for place in range(world.secrecy.shape[0]):
        for i in range(world.secrecy.shape[1]):
            for j in range(world.secrecy.shape[2]):
                if world.secrecy[place, i, j] > OPEN:
                    sharing[i, j] = sharing[j, i] = True


@kernel
def _company(affair: Affair, sharing: Booleans) -> float:
    """How many others share secrets with one of the two."""
    company = 0.0
    for k in range(sharing.shape[0]):
        if k not in (affair.actor, affair.target) and (sharing[affair.actor, k] or sharing[affair.target, k]):
            company += 1.0
    return company


@kernel
def _prying(setting: Setting, shown: Floats, affair: Affair) -> float:
    """How much hostile power to find out is within reach of the two: reach times hostility of the others, summed."""
    prying = 0.0
    for k in range(shown.shape[0]):
        if k not in (affair.actor, affair.target):
            prying += _hostile(setting, shown, k, affair.actor) + _hostile(setting, shown, k, affair.target)
    return prying


@kernel
def _hostile(setting: Setting, shown: Floats, k: int, x: int) -> float:
    """How much hostile power of k is within reach of x, as it shows."""
    return on_coarse_grid(setting.reach[k, x] * hostility(shown[k, x]) / 100.0)


@kernel
def _said(step: Step, sign: int, one: int, other: int) -> bool:
    """Whether `one` confirmed (1) or denied (-1) this turn what there is between it and `other`."""
    discloses, last = step.setting.acts.discloses, step.world.last
    for act in range(discloses.size):
        if discloses[act] == sign and last[act, one, other] == step.turn:
            return True
    return False


@kernel
def _done_openly(step: Step, affair: Affair) -> bool:
    """Whether a secret act, or what it signed, was done again this turn for all to see."""
    deeds, signs = step.deeds, step.setting.acts.signs
    kind = signs[affair.act]
    for o in range(deeds.count[0]):
        if deeds.actor[o] == affair.actor and deeds.target[o] == affair.target and not deeds.refused[o]:
            same = deeds.act[o] == affair.act or (kind != NONE and signs[deeds.act[o]] == kind)
            if same and not secretly(deeds, o):
                return True
    return False


@kernel
def _over(step: Step, params: Params, affair: Affair) -> bool:
    """Whether it is no longer a secret to keep: its agreement is not in force, or the act is long past."""
    world, kind = step.world, step.setting.acts.signs[affair.act]
    if kind == NONE:
        return bool(step.turn - world.last[affair.act, affair.actor, affair.target] > params.span)
    return bool(world.agreements[kind, affair.actor, affair.target] == 0)


@kernel
def _signed_since(step: Step, affair: Affair) -> bool:
    """Whether an agreement was signed by orders of this turn, after its events had happened."""
    deeds = step.deeds
    if step.setting.acts.signs[affair.act] == NONE:
        return False
    for o in range(deeds.count[0]):
        same = deeds.act[o] == affair.act and deeds.actor[o] == affair.actor and deeds.target[o] == affair.target
        if same and deeds.secret[o] and not deeds.refused[o]:
            return True
    return False


@kernel
def _bring_up(step: Step, rumoured: Booleans, revealed: Booleans) -> None:
    """Note between which two events of this turn set a rumour going, and whose secrets they revealed `[N, N]`."""
    table, fired = step.setting.events, step.world.fired
    if table.effects.disclosures.amounts.size == 0:
        return
    for event in range(fired.size):
        if fired[event] == step.turn:
            _disclose_by(step, event, rumoured, revealed)
            if table.first_option[event] < table.first_option[event + 1]:
                option = table.first_option[event] + option_taken(step, event)
                _disclose_by(step, fired.size + option, rumoured, revealed)


@kernel
def _disclose_by(step: Step, number: int, rumoured: Booleans, revealed: Booleans) -> None:
    """The same of the effects of one number."""
    disclosures = step.setting.events.effects.disclosures
    for n in range(disclosures.first[number], disclosures.first[number + 1]):
        first, second = disclosures.numbers[n, 1], disclosures.numbers[n, 2]
        if disclosures.numbers[n, 0] == OPEN:
            revealed[first, second] = revealed[second, first] = True
        else:
            rumoured[first, second] = rumoured[second, first] = True


# What the world makes of it


@kernel
def _belief(step: Step, params: Params, affair: Affair, stage: int, k: int) -> float:
    """How far k believes an affair at a stage; what is not secret any more has come out."""
    if stage == OPEN:
        return 1.0
    if stage == SECRET:
        return 0.0
    doubts_actor = on_coarse_grid(1.0 - trust(step.setting, step.world, k, affair.actor))
    doubts_target = on_coarse_grid(1.0 - trust(step.setting, step.world, k, affair.target))
    return on_coarse_grid(params.belief * left_by_denials(stage, doubts_actor, doubts_target))


@kernel
def _react(step: Step, params: Params, affair: Affair, turn: Turn) -> None:
    """What onlookers make of a rumour, of a denial or of the truth: what the shift of their belief makes them feel."""
    setting, world, deeds = step.setting, step.world, step.by_events
    shift, stage = np.zeros(setting.plays.size), OPEN if turn.opened else turn.stage
    for k in range(shift.size):
        before = _belief(step, params, affair, affair.stage, k)
        shift[k] = _belief(step, params, affair, stage, k) - before
    if not anything(shift):
        return
    _tell(step, affair, stage)
    hearing = Heard(1.0, 0.0, _mean_shift(affair, shift), 0.0)
    by_onlookers = np.zeros(shift.size)
    onlookers(setting, world, deeds, 0, ABROAD, FOR_A_PURPOSE, by_onlookers)
    for k in range(shift.size):
        by_onlookers[k] = on_coarse_grid(by_onlookers[k] * shift[k])
    impulses(step, deeds, 0, RULE, by_onlookers, hearing, 1.0, 1.0)
    if affair.stage == SECRET:
        due = begun(step.changes, DUE, step.changes.world.due, world.due)
        due_after(setting, due, deeds, step.turn + 1)
    deeds.count[0] = 0


@kernel
def _mean_shift(affair: Affair, shift: Floats) -> float:
    """How far the belief of third states has shifted on average."""
    summed = 0.0
    for k in range(shift.size):
        if k not in (affair.actor, affair.target):
            summed += shift[k]
    return on_coarse_grid(summed / max(shift.size - 2, 1))


@kernel
def _tell(step: Step, affair: Affair, stage: int) -> None:
    """Write an affair that comes to a stage to `by_events` as the one deed it is, done in the open."""
    deeds, world, kind = step.by_events, step.world, step.setting.acts.signs[affair.act]
    stake = world.stake[affair.place, affair.actor, affair.target]
    deeds.count[0] = 1
    deeds.actor[0], deeds.target[0], deeds.act[0] = affair.actor, affair.target, affair.act
    deeds.refused[0] = deeds.secret[0] = False
    deeds.scale[0] = deeds.term[0] = stake
    deeds.audience[0], deeds.about[0], deeds.pledge[0] = PUBLIC, NONE, NONE
    deeds.purpose[0] = NONE if kind == NONE else world.purpose[kind, affair.actor, affair.target]
    deeds.side_payment[0] = 0.0
    deeds.origin[0], deeds.event[0], deeds.option[0] = DISCLOSED, stage, NONE


@kernel
def _break_word(step: Step, params: Params, affair: Affair, turn: Turn) -> None:
    """What denials cost those who made them, now that they prove false."""
    if denied(turn.stage, 0):
        _expose(step, params, affair, affair.actor)
    if denied(turn.stage, 1):
        _expose(step, params, affair, affair.target)


@kernel
def _expose(step: Step, params: Params, affair: Affair, liar: int) -> None:
    """What a false denial costs a party with all others, by the trust that they put in it."""
    setting, world, changes = step.setting, step.world, step.changes
    cause = (DENIAL_EXPOSED, affair.act, affair.actor, affair.target)
    for k in range(setting.plays.size):
        if k not in (affair.actor, affair.target):
            believed = trust(setting, world, k, liar)
            changes.world.broken[k, liar] += believed
            changes.added[BROKEN] = True
            felt(changes, step.rows, RULE, cause, setting.scars, False, k, liar, on_coarse_grid(-params.lie * believed))


# What the two no longer need to hide


@kernel
def _release(step: Step, opened: Booleans) -> None:
    """Let what was hidden between two, or concealed of one, join what shows once nothing of theirs is secret any more.

    `opened` [N, N] says between whom something has come out.
    """
    secrecy, stake = step.changes.world.secrecy, begun(step.changes, STAKE, step.changes.world.stake, step.world.stake)
    closed = np.zeros(opened.shape, np.bool_)
    for place in range(secrecy.shape[0]):
        for i in range(secrecy.shape[1]):
            for j in range(secrecy.shape[2]):
                if secrecy[place, i, j] > OPEN:
                    closed[i, j] = closed[j, i] = True
                else:
                    stake[place, i, j] = 0.0
    for i in range(opened.shape[0]):
        for j in range(opened.shape[1]):
            if opened[i, j] and not closed[i, j]:
                _show_feelings(step, i, j)
        if _open_at_last(opened, closed, i):
            _show_attributes(step, i)


@kernel
def _open_at_last(opened: Booleans, closed: Booleans, i: int) -> bool:
    """Whether something of a state has come out, and it has no secrets with anybody any more."""
    found = False
    for j in range(opened.shape[1]):
        if closed[i, j]:
            return False
        found = found or opened[i, j]
    return found


@kernel
def _show_feelings(step: Step, i: int, j: int) -> None:
    """What was hidden in how i regards j moves to where it shows, and their pledges are private no more."""
    changes, hidden = step.changes, step.world.hidden
    cause = (SECRET_RELEASED, 0, 0, 0)
    for layer in range(hidden.shape[0]):
        felt(changes, step.rows, RULE, cause, layer, False, i, j, hidden[layer, i, j])
        felt(changes, step.rows, RULE, cause, layer, True, i, j, 0.0 - hidden[layer, i, j])
    private_pledge = begun(changes, PRIVATE_PLEDGE, changes.world.private_pledge, step.world.private_pledge)
    disclose(private_pledge, i, j)


@kernel
def _show_attributes(step: Step, i: int) -> None:
    """What was concealed of the attributes of a state moves to where it shows."""
    change, concealed = step.changes.world, step.world.concealed
    for attribute in range(concealed.shape[1]):
        if concealed[i, attribute] != 0.0:
            change.attributes[i, attribute] += concealed[i, attribute]
            change.concealed[i, attribute] -= concealed[i, attribute]
            step.changes.added[ATTRIBUTES] = True
            step.changes.added[CONCEALED] = True
