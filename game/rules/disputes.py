"""disputes: arms, words and deeds drive tension; clashes have losses; settlements change who holds what.

    change of tension = arms |p - p0| + recognition times how many others took a side - relief times concessions

p is the first party's share of the power of both, as it shows, and p0 that of the start: an arms race alarms whoever
falls behind and tempts whoever gets ahead. What is said and done between the parties raises or lowers tension by the
effects of the acts themselves, so words count there and nowhere else. Above a threshold the parties may clash,

    P(clash in a turn) = clash (tension - T) / (100 - T),  T = max(threshold, tension at the start)

where they share a border or one holds what the other claims. The contest rule (`game.submodels.conflict`) says who
prevails; both lose power, the loser more. A territory changes hands when its holder gives it up. Once both parties take
the same side, and it has what it claims, the dispute is settled and `drift` cools it to a low level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.causes import CLASH as CLASHED
from game.kernel.changes import ATTRIBUTES, HOLDER, RECOGNITION, TENSION, begun, felt
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Floats,
    Value,
    leaf,
)
from game.kernel.draws import CLASH, drawn_uniform
from game.kernel.known import relation_in
from game.kernel.numerics import on_coarse_grid
from game.kernel.phases import RULES
from game.kernel.setting import Setting
from game.kernel.step import Step
from game.kernel.world import WAR, World
from game.submodels.conflict import (
    chance,
    losses,
)
from game.submodels.evaluation import power
from game.submodels.territory import (
    cede,
    conceded,
    recognise,
    resting,
)

DISPUTES = RULES.index("disputes")


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: disputes:`."""

    arms: Value = leaf(4.0, 0.0, 100.0, "points a turn", "tension when the whole balance of power has shifted")
    recognition: Value = leaf(2.0, 0.0, 50.0, "points", "tension when a third state takes a side, or changes sides")
    relief: Value = leaf(10.0, 0.0, 100.0, "points", "what tension loses when a party takes the other's side")
    threshold: Value = leaf(70.0, 0.0, 100.0, "points", "the tension above which the parties may clash")
    clash: Value = leaf(0.25, 0.0, 1.0, "chance a turn", "that they clash, at tension 100")
    heat: Value = leaf(4.0, 0.0, 100.0, "points", "tension that a clash adds")
    mood: Value = leaf(6.0, 0.0, 100.0, "points", "what a clash takes from how each regards the other, for a while")
    scar: Value = leaf(4.0, 0.0, 100.0, "points", "and for good")
    won: Value = leaf(0.005, 0.0, 1.0, "share", "of its power that a clash costs the side that prevails")
    lost: Value = leaf(0.015, 0.0, 1.0, "share", "of its power that it costs the other")


@kernel
def disputes(step: Step, params: Params) -> None:
    """Tension, clashes, and who holds and recognises what.

    >>> from dataclasses import replace
    >>> import numpy as np
    >>> from game.testing import change_by, context, triad
    >>> seen = context(triad().board)
    >>> change_by(disputes, seen, Params()).anything  # nothing has moved
    False
    >>> armed = replace(seen.world, attributes=seen.world.attributes + np.array([[[0.0], [0.0], [20.0]]]))
    >>> change_by(disputes, replace(seen, world=armed), Params()).tension.round(3)  # 4 |60/100 - 60/80|
    array([[0.6]])
    """
    setting, world, change = step.setting, step.world, step.changes.world
    disputes = world.tension.size
    if disputes == 0:
        return
    cede(setting, world, begun(step.changes, HOLDER, change.holder, world.holder), step.deeds)
    recognition = begun(step.changes, RECOGNITION, change.recognition, world.recognition)
    recognise(setting, recognition, step.deeds)
    share, fought = np.zeros(setting.plays.size), False
    for dispute in range(disputes):
        arms = _armed(setting, world, dispute, params)
        change.tension[dispute] += arms + _taken_sides(setting, world, recognition, dispute, params)
        outcome = _clash(step, dispute, params)
        if outcome != 0:
            fought = True
            change.tension[dispute] += on_coarse_grid(params.heat)
            _bitterness(step, dispute, outcome, params)
            _toll(setting, dispute, outcome, params, share)
    step.changes.added[TENSION] = True
    if fought:
        losses(setting, world, share, change.attributes)
        step.changes.added[ATTRIBUTES] = True


@kernel
def _armed(setting: Setting, world: World, dispute: int, params: Params) -> float:
    """What the shift of power between the parties adds to tension."""
    first, second = setting.disputes.parties[dispute, 0], setting.disputes.parties[dispute, 1]
    if world.out[first] or world.out[second]:
        return 0.0
    now = _share(power(setting, world, first), power(setting, world, second))
    then = _share(power(setting, setting.start, first), power(setting, setting.start, second))
    return on_coarse_grid(abs(now - then) * params.arms)


@kernel
def _share(first: float, second: float) -> float:
    """The first party's share of the power of both, a half where neither has any."""
    both = first + second
    return on_coarse_grid(first / both) if both > 0.0 else 0.5


@kernel
def _taken_sides(setting: Setting, world: World, recognition: Floats, dispute: int, params: Params) -> float:
    """What taking sides, of which `recognition` [D, N] is what has come, does to tension.

    A third state's raises it, a party's concession lowers it.
    """
    moved = 0.0
    for state in range(recognition.shape[1]):
        if state != setting.disputes.parties[dispute, 0] and state != setting.disputes.parties[dispute, 1]:
            moved += abs(recognition[dispute, state] - world.recognition[dispute, state])
    yielded = 0.0
    for side in range(2):
        if conceded(setting, world.recognition, recognition, dispute, side):
            yielded += 1.0
    return on_coarse_grid(moved * params.recognition - yielded * params.relief)


@kernel
def _clash(step: Step, dispute: int, params: Params) -> int:
    """Whether a dispute comes to a clash, and for whom it goes well: 1 the first party, -1 the second, 0 for none."""
    setting, world = step.setting, step.world
    first, second = setting.disputes.parties[dispute, 0], setting.disputes.parties[dispute, 1]
    if world.out[first] or world.out[second] or not _in_touch(setting, world, dispute):
        return 0
    floor = min(max(params.threshold, resting(setting, world, dispute)), 99.0)
    excess = world.tension[dispute] - floor
    if excess <= 0.0:
        return 0
    keys = setting.disputes
    drawn = drawn_uniform(step.seed[0], step.turn, CLASH, keys.keys[dispute])
    if drawn >= params.clash * excess / (100.0 - floor):
        return 0
    luck = drawn_uniform(step.seed[0], step.turn, CLASH, keys.outcome_keys[dispute])
    return 1 if luck < chance(setting, world, relation_in(step), first, second) else -1


@kernel
def _in_touch(setting: Setting, world: World, dispute: int) -> bool:
    """Where the parties face each other: across a border, or over a territory that one of them holds."""
    if max(world.rung[dispute, 0], world.rung[dispute, 1]) >= WAR:
        return False
    first, second = setting.disputes.parties[dispute, 0], setting.disputes.parties[dispute, 1]
    return world.holder[dispute] in (first, second) or bool(setting.borders[first, second])


@kernel
def _toll(setting: Setting, dispute: int, outcome: int, params: Params, share: Floats) -> None:
    """Add to `share` [N] what share of its power each party loses in a clash."""
    for side in range(2):
        party = setting.disputes.parties[dispute, side]
        prevails = (outcome > 0) == (side == 0)
        share[party] = min(share[party] + on_coarse_grid(params.won if prevails else params.lost), 1.0)


@kernel
def _bitterness(step: Step, dispute: int, outcome: int, params: Params) -> None:
    """What a clash takes from how its parties regard each other."""
    setting = step.setting
    parties = setting.disputes.parties
    first, second = parties[dispute, 0], parties[dispute, 1]
    cause = (CLASHED, dispute, first, second) if outcome > 0 else (CLASHED, dispute, second, first)
    for side in range(2):
        one, other = parties[dispute, side], parties[dispute, 1 - side]
        felt(step.changes, step.rows, DISPUTES, cause, setting.recent, False, one, other, -on_coarse_grid(params.mood))
        felt(step.changes, step.rows, DISPUTES, cause, setting.scars, False, one, other, -on_coarse_grid(params.scar))
