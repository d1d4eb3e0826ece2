"""agreements: they are broken, signed, renewed, suspended and resumed; each in force delivers, and runs out.

A tie is worth something to the relation of its members only while it is in force: that share is recomputed, never
remembered. What `delivers` names goes to the receiver's attributes, times the volume that was agreed: every turn, or
in tranches, whenever the turns left are a multiple of `every` (without an end: the turn of the game), each what the
`every` turns together bring. A suspended tie delivers nothing, counts for nothing and waits. Who breaks or suspends
what another depends on is not forgiven soon:

    change of memory[j, i] = -withheld sum over kinds cut of dependence(j on i by that kind)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.causes import WITHHELD
from game.kernel.changes import AGREEMENTS, ATTRIBUTES, CONCEALED, PURPOSE, SUSPENDED, VOLUME, begun, felt
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Booleans,
    Floats,
    Shorts,
    Value,
    leaf,
)
from game.kernel.deeds import Deeds
from game.kernel.known import public_in, secret_agreement
from game.kernel.numerics import (
    on_coarse_grid,
    on_grid,
)
from game.kernel.phases import RULES
from game.kernel.relations import counts
from game.kernel.setting import Setting
from game.kernel.step import Step
from game.kernel.world import (
    FOREVER,
    World,
)
from game.submodels.agreements import agree, cut
from game.submodels.dependence import dependence_by_kind

RULE = RULES.index("agreements")


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: agreements:`; terms are the acts' and the scenario's."""

    withheld: Value = leaf(
        12.0, 0.0, 100.0, "points", "what suspending or breaking an agreement costs its giver with one wholly dependent"
    )


@kernel
def agreements(step: Step, params: Params) -> None:
    """Agreements after this turn, what those in force delivered, and what it costs to cut one off.

    >>> from game.testing import change_by, context, triad
    >>> pact = "agreements: {old_friends: {kind: defence_pact, members: [arda, borea], turns: 5}}"
    >>> board = triad(agreements=pact).board
    >>> kind = board.agreements.names.index("defence_pact")
    >>> change_by(agreements, context(board), Params()).agreements[0, kind].tolist()
    [[0, 4, 0], [4, 0, 0], [0, 0, 0]]
    """
    setting, world, changes = step.setting, step.world, step.changes
    agreements = begun(changes, AGREEMENTS, changes.world.agreements, world.agreements)
    volume = begun(changes, VOLUME, changes.world.volume, world.volume)
    suspended = begun(changes, SUSPENDED, changes.world.suspended, world.suspended)
    purpose = begun(changes, PURPOSE, changes.world.purpose, world.purpose)
    _shorten(agreements, suspended)
    agree(setting, agreements, volume, suspended, purpose, step.deeds)
    _deliver(step)
    for o in range(step.deeds.count[0]):
        if _cuts(setting, step.deeds, o) and not _cut_before(setting, step.deeds, o):
            _resent(step, params.withheld, step.deeds.actor[o], step.deeds.target[o])


@kernel
def _shorten(agreements: Shorts, suspended: Booleans) -> None:
    """Take a turn off every agreement [K, N, N] that has an end and is not suspended."""
    for place in range(agreements.size):
        left = agreements.flat[place]
        running = (left > 0) & (left < FOREVER) & (not suspended.flat[place])  # without branches, many at once
        agreements.flat[place] = left - 1 if running else left


@kernel
def _deliver(step: Step) -> None:
    """Add what agreements in force bring their receivers to attributes, concealed where they are secret."""
    setting, changes = step.setting, step.changes
    delivers = setting.agreements.delivers
    received = np.zeros((2, delivers.shape[0], setting.plays.size))
    for kind in range(delivers.shape[0]):
        if _delivers(setting, kind):
            _receive(setting, step.world, step.turn, kind, received)
    for state in range(setting.plays.size):
        for attribute in range(delivers.shape[1]):
            plain, secret = 0.0, 0.0
            for kind in range(delivers.shape[0]):
                plain += received[0, kind, state] * delivers[kind, attribute]
                secret += received[1, kind, state] * delivers[kind, attribute]
            if plain != 0.0:
                changes.world.attributes[state, attribute] += on_coarse_grid(plain)
                changes.added[ATTRIBUTES] = True
            if secret != 0.0:
                changes.world.concealed[state, attribute] += on_coarse_grid(secret)
                changes.added[CONCEALED] = True


@kernel
def _delivers(setting: Setting, kind: int) -> bool:
    """Whether a kind of agreement delivers anything."""
    delivers = setting.agreements.delivers
    for attribute in range(delivers.shape[1]):
        if delivers[kind, attribute] != 0.0:
            return True
    return False


@kernel
def _receive(setting: Setting, world: World, turn: int, kind: int, received: Floats) -> None:
    """Add what each state receives this turn of a kind, in the open and in secret, to `received` [2, K, N]."""
    every = setting.agreements.every[kind]
    for giver in range(received.shape[2]):
        for receiver in range(received.shape[2]):
            if not counts(world, kind, giver, receiver):
                continue
            left = world.agreements[kind, giver, receiver]
            clock = left if left < FOREVER else turn
            if clock % every == 0:
                secret = 1 if secret_agreement(setting, world, kind, giver, receiver) else 0
                received[secret, kind, receiver] += on_coarse_grid(world.volume[kind, giver, receiver] * every)


@kernel
def _cuts(setting: Setting, deeds: Deeds, o: int) -> bool:
    """Whether a deed suspends or breaks agreements of any kind."""
    acts, act = setting.acts, deeds.act[o]
    return not deeds.refused[o] and (acts.breaks[act] != NONE or acts.suspends[act] != NONE)


@kernel
def _cut_before(setting: Setting, deeds: Deeds, o: int) -> bool:
    """Whether an earlier deed between the same two suspends or breaks agreements."""
    for other in range(o):
        same = deeds.actor[other] == deeds.actor[o] and deeds.target[other] == deeds.target[o]
        if same and _cuts(setting, deeds, other):
            return True
    return False


@kernel
def _resent(step: Step, withheld: float, giver: int, receiver: int) -> None:
    """What a receiver makes of losing the agreements it depends on, the secret ones known to the two alone."""
    setting, world, public = step.setting, step.world, public_in(step)
    missed = np.zeros(2)
    for kind in range(setting.agreements.dependence.size):
        if cut(setting, step.deeds, kind, giver, receiver):
            if secret_agreement(setting, world, kind, giver, receiver):
                missed[1] += dependence_by_kind(setting, world, kind, giver, receiver)
            else:
                missed[0] += dependence_by_kind(setting, public, kind, giver, receiver)
    cause, layer = (WITHHELD, 0, 0, 0), setting.lasting
    for hidden in range(2):
        amount = on_grid(-withheld * missed[hidden])
        felt(step.changes, step.rows, RULE, cause, layer, hidden == 1, receiver, giver, amount)
