"""acts: statements, deals and deeds take effect, all of a turn's at once.

Each effect is linear: so much for a party, so much for an onlooker times how much of a rival, friend or neighbour it
is. The catalogue's weights follow the PLOVER mode scores (expert pairwise judgement) and the Goldstein (1992) scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.changes import CAPITAL, COOLDOWN, LAST, SECRECY, STAKE, begun
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Floats,
    Shorts,
    Value,
    leaf,
)
from game.kernel.deeds import Deeds
from game.kernel.numerics import COARSE, on_coarse_grid
from game.kernel.orders import Orders
from game.kernel.phases import RULES
from game.kernel.setting import Setting
from game.kernel.step import Step
from game.submodels.audience import move
from game.submodels.secrecy import keep_secret, noted

RULE = RULES.index("acts")
COARSE_STEP = 1.0 / (1 << COARSE)


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: acts:`."""

    strength: Value = leaf(1.0, 0.0, 5.0, "times", "how strongly the acts that states order move relations")
    onlookers: Value = leaf(1.0, 0.0, 5.0, "times", "how strongly third parties react to them")
    refusal: Value = leaf(6.0, 0.0, 100.0, "turns", "how much longer a deal that was refused is not proposed again")
    abroad: Value = leaf(2.0, 0.0, 10.0, "times", "how strongly a statement works in the third capital it is made in")
    echo: Value = leaf(
        0.25, 0.0, 1.0, "share", "of what its target feels towards the speaker, what its host feels towards the target"
    )
    purpose: Value = leaf(
        0.5, 0.0, 1.0, "share", "how much a stated purpose alarms those it is for, and calms those who believe it"
    )


@kernel
def acts(step: Step, params: Params) -> None:
    """Impulses of this turn's deeds to memories, attributes and tension, their cost, and the pause that follows.

    >>> from game.testing import change_by, context, triad
    >>> change = change_by(acts, context(triad().board, orders=["arda: visit borea"]), Params())
    >>> change.capital.tolist()  # arda has paid for it
    [[-1.0, 0.0, 0.0]]
    >>> bool(change.memories[0, :, 1, 0].sum() > 0)  # borea thinks better of arda
    True
    """
    deeds, changes, world = step.deeds, step.changes, step.world
    for o in range(deeds.count[0]):
        move(step, deeds, o, RULE, params.abroad, params.echo, params.purpose, params.strength, params.onlookers)
    _pay(step.setting, step.orders, deeds, world.capital, changes.world.capital)
    changes.added[CAPITAL] = True
    _cool(step.setting, deeds, params.refusal, begun(changes, COOLDOWN, changes.world.cooldown, world.cooldown))
    noted(begun(changes, LAST, changes.world.last, world.last), deeds, step.turn)
    if _any_secret(deeds):
        secrecy = begun(changes, SECRECY, changes.world.secrecy, world.secrecy)
        stake = begun(changes, STAKE, changes.world.stake, world.stake)
        keep_secret(step.setting, world, secrecy, stake, deeds)


@kernel
def _any_secret(deeds: Deeds) -> bool:
    """Whether any deed is done in secret."""
    for o in range(deeds.count[0]):
        if deeds.secret[o] and not deeds.refused[o]:
            return True
    return False


@kernel
def _spend(setting: Setting, orders: Orders, spent: Floats) -> None:
    """Add what each state's orders cost, what they offer apart, to `spent` [N]."""
    for state in range(orders.act.shape[0]):
        for slot in range(orders.act.shape[1]):
            if orders.act[state, slot] != NONE:
                cost = setting.acts.cost[orders.act[state, slot]]
                spent[state] += on_coarse_grid(cost * setting.office_cost[orders.office[state, slot]])


@kernel
def _pay(setting: Setting, orders: Orders, deeds: Deeds, capital: Floats, change: Floats) -> None:
    """Add what orders cost, and what is paid between the parties of deals that are agreed, to `change` [N].

    Where more is asked of a state than it has left, every asker gets the same share of what it asked.
    """
    spent, given, asked = np.zeros(capital.size), np.zeros(capital.size), np.zeros(capital.size)
    _spend(setting, orders, spent)
    for o in range(deeds.count[0]):
        if not deeds.refused[o]:
            given[deeds.actor[o]] += max(deeds.side_payment[o], 0.0)
            asked[deeds.target[o]] += max(-deeds.side_payment[o], 0.0)
    received = np.zeros(capital.size)
    for o in range(deeds.count[0]):
        received[deeds.target[o]] += _paid(deeds, o, capital, spent, given, asked)
    # All that comes in before all that goes out, because payments need not lie on a grid.
    for o in range(deeds.count[0]):
        received[deeds.actor[o]] -= _paid(deeds, o, capital, spent, given, asked)
    for state in range(capital.size):
        change[state] += received[state] - spent[state]


@kernel
def _paid(deeds: Deeds, o: int, capital: Floats, spent: Floats, given: Floats, asked: Floats) -> float:
    """What the actor of a deed pays its target with it, below 0 what it gets; all other arrays `[N]`."""
    offered = 0.0 if deeds.refused[o] else deeds.side_payment[o]
    if offered >= 0.0:
        return offered
    payer = deeds.target[o]
    left = max(capital[payer] - spent[payer] - given[payer], 0.0)
    able = on_coarse_grid(min(left / max(asked[payer], COARSE_STEP), 1.0))
    return on_coarse_grid(offered * able)


@kernel
def _cool(setting: Setting, deeds: Deeds, refusal: float, cooldown: Shorts) -> None:
    """Take a turn off every pause of `cooldown` [A, N, N], and begin one after what was just ordered."""
    for place in range(cooldown.size):
        left = cooldown.flat[place]
        cooldown.flat[place] = left - 1 if left > 0 else 0
    longer = int(np.rint(refusal))
    for o in range(deeds.count[0]):
        act = deeds.act[o]
        length = setting.acts.cooldown[act] + (longer if deeds.refused[o] else 0)
        cooldown[act, deeds.actor[o], deeds.target[o]] = length
