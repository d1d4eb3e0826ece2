"""Hearing: who takes note of a deed, and how much they make of it.

- What is secret or said in private is for the two alone: onlookers, tension and third states learn nothing of it.
- What is said in a third capital counts `abroad` times there, and its host comes to feel towards the target the share
  `echo` of what the target comes to feel towards the speaker, times the speaker's credit with the host.
- An agreement with a stated purpose: those opposed to one of its parties in that dispute make `1 + purpose` times as
  much of it, all others `1 - purpose t`, where t is how far they trust the receiver to use it for that alone.
- What is credible by its nature counts with its target by the speaker's credit there.
- A pledge that is given again adds half of what it added the last time: 1, 1/2, 1/4 ..., never twice in all.

Credit is trust over the usual trust, 1 where nothing has been seen (`game.submodels.reputation`).
"""

from __future__ import annotations

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.compiled import kernel
from game.kernel.declare import Floats
from game.kernel.deeds import Deeds, secretly
from game.kernel.numerics import on_coarse_grid
from game.kernel.setting import Setting
from game.kernel.step import Step
from game.kernel.world import World
from game.submodels.impulses import Heard, impulses
from game.submodels.reputation import credit, trust

ABROAD, ECHO, FOR_A_PURPOSE = 2.0, 0.25, 0.5
"""How what is done is usually heard; of what states order, the `Params` of `game.rules.acts` say it."""


@kernel
def move(
    step: Step, deeds: Deeds, o: int, rule: int, abroad: float, echo: float, purpose: float, strength: float,
    watching: float,
) -> None:  # fmt: skip
    """Carry out all that a deed moves: regards, in the open or hidden, attributes and tension.

    `rule` is the number of the rule whose rows are written. What the deed does between states counts `strength` times,
    and what it does between its parties and third states `onlookers` times that.
    """
    setting, world = step.setting, step.world
    by_onlookers = np.zeros(setting.plays.size)
    onlookers(setting, world, deeds, o, abroad, purpose, by_onlookers)
    hearing = heard(setting, world, deeds, o, echo)
    impulses(step, deeds, o, rule, by_onlookers, hearing, strength, watching)


@kernel
def heard(setting: Setting, world: World, deeds: Deeds, o: int, echo: float) -> Heard:
    """How much its parties and its host make of a deed."""
    actor, target, host = deeds.actor[o], deeds.target[o], deeds.audience[o]
    believed = credit(setting, world, target, actor) if setting.acts.credible[deeds.act[o]] else 1.0
    echoed = on_coarse_grid(echo * credit(setting, world, host, actor)) if host >= 0 else 0.0
    own, told = _gains(setting, world, deeds, o)
    return Heard(on_coarse_grid(believed), own, told, echoed)


@kernel
def onlookers(
    setting: Setting, world: World, deeds: Deeds, o: int, abroad: float, purpose: float, by_onlookers: Floats
) -> None:
    """How much each state makes of a deed as an onlooker, written to `by_onlookers` [N]."""
    _, told = _gains(setting, world, deeds, o)
    for k in range(by_onlookers.size):
        factor = abroad if k == deeds.audience[o] else 1.0
        if deeds.purpose[o] != NONE:
            factor = factor * _for_a_purpose(setting, world, deeds, o, purpose, k)
        by_onlookers[k] = on_coarse_grid(factor * told)


@kernel
def _for_a_purpose(setting: Setting, world: World, deeds: Deeds, o: int, purpose: float, k: int) -> float:
    """How much more or less a state makes of an agreement with a stated purpose."""
    opposed, dispute = setting.disputes.opposed, deeds.purpose[o]
    if opposed[dispute, deeds.actor[o], k] > 0.0 or opposed[dispute, deeds.target[o], k] > 0.0:
        return 1.0 + purpose
    return 1.0 - purpose * trust(setting, world, k, deeds.target[o])


@kernel
def _gains(setting: Setting, world: World, deeds: Deeds, o: int) -> tuple[float, float]:
    """What its parties, and what all others who hear of it, make of a deed.

    1, or for the giving of a pledge that is in force already, and known to them, the part that is still added.
    """
    acts, act = setting.acts, deeds.act[o]
    own, told = 1.0, 1.0
    for side in range(2):
        kind = acts.pledges[act, side]
        if kind == NONE or acts.signs[act] != NONE or deeds.refused[o]:
            continue
        giver, holder = (deeds.target[o], deeds.actor[o]) if side else (deeds.actor[o], deeds.target[o])
        solemn = world.solemnity[kind, giver, holder]
        if solemn > 0.0:
            own = min(own, (2.0 - solemn) / 2.0)
            if not world.private_pledge[kind, giver, holder]:
                told = min(told, (2.0 - solemn) / 2.0)
    return on_coarse_grid(own), 0.0 if secretly(deeds, o) else on_coarse_grid(told)
