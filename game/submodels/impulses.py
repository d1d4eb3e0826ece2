"""Impulses: what the acts of a turn do to whom."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.kernel.catalogue import ACTOR, NONE, TARGET
from game.kernel.causes import ACT
from game.kernel.changes import ATTRIBUTES, CONCEALED, TENSION, Named, felt
from game.kernel.compiled import kernel
from game.kernel.declare import Floats
from game.kernel.deeds import Deeds, logged, secretly
from game.kernel.known import graded_in
from game.kernel.numerics import on_coarse_grid, on_grid
from game.kernel.setting import ActTable
from game.kernel.step import Step


class Heard(NamedTuple):
    """How much is made of a deed: factors on what it does.

    `credit` on what the target makes of it, `direct` on the two parties, `open` on tension and on what nobody may know;
    `echo` is the share of what the target feels towards the actor that the host comes to feel towards the target.
    """

    credit: float
    direct: float
    open: float
    echo: float


@kernel
def impulses(
    step: Step, deeds: Deeds, o: int, rule: int, by_onlookers: Floats, hearing: Heard, strength: float,
    onlookers: float,
) -> None:  # fmt: skip
    """Carry out what a deed does, as each state notes it by `by_onlookers` [N], and write its rows for a rule."""
    acts, graded, closed = step.setting.acts, graded_in(step), secretly(deeds, o)
    row = deeds.act[o] + (acts.kind.size if deeds.refused[o] else 0)
    cause = (ACT, logged(step.rows, deeds, o), 0, 0)
    noted = np.zeros(by_onlookers.size)
    for side in range(2):
        party = deeds.target[o] if side else deeds.actor[o]
        other = deeds.actor[o] if side else deeds.target[o]
        for outward in range(2):
            for layer in range(acts.direct.shape[1]):
                onlooking = _note_onlookers(acts, graded, deeds, o, outward, row, by_onlookers, side, layer, noted)
                if outward and not onlooking and deeds.about[o] == NONE:
                    continue
                _note_others(acts, deeds, o, row, hearing, side, layer, outward, noted)
                for k in range(noted.size):
                    if noted[k] != 0.0:
                        between = k == other and not outward
                        amount = on_grid(noted[k] * (strength if between else onlookers * strength))
                        i, j = (party, k) if outward else (k, party)
                        felt(step.changes, step.rows, rule, cause, layer, closed, i, j, amount)
                        noted[k] = 0.0
    _aside(step, deeds, o, rule, row, cause, hearing, onlookers * strength)
    _move_parties(step, deeds, o, row, hearing)


@kernel
def _note_onlookers(
    acts: ActTable, graded: Floats, deeds: Deeds, o: int, outward: int, row: int, by_onlookers: Floats, side: int,
    layer: int, noted: Floats,
) -> bool:  # fmt: skip
    """Add to `noted` [N] what a deed does to how onlookers, by their grade, regard a party, or outward the party them.

    `side` is the party, 0 for the actor and 1 for the target. Whether there is anything.
    """
    first, last = acts.graded_span[outward, row, side, layer, 0], acts.graded_span[outward, row, side, layer, 1]
    if first == last or secretly(deeds, o):
        return False
    actor, target = deeds.actor[o], deeds.target[o]
    for place in range(first, last):
        amount = on_coarse_grid(acts.graded_amount[place] * deeds.scale[o])
        selector, near = acts.graded_by[place, 0], target if acts.graded_by[place, 1] else actor
        for k in range(noted.size):
            noted[k] += amount * on_coarse_grid(graded[selector, k, near] * by_onlookers[k])
    noted[actor], noted[target] = 0.0, 0.0
    return True


@kernel
def _note_others(
    acts: ActTable, deeds: Deeds, o: int, row: int, hearing: Heard, side: int, layer: int, outward: int,
    noted: Floats,
) -> None:  # fmt: skip
    """Add to `noted` [N] what a deed does with a party to the other one, to its host and to whom it is about."""
    strength = deeds.scale[o] * hearing.direct
    believed = on_coarse_grid(on_coarse_grid(acts.direct[row, layer, ACTOR] * strength) * hearing.credit)
    if side == ACTOR and not outward:
        noted[deeds.target[o]] += believed
    elif not outward:
        noted[deeds.actor[o]] += on_coarse_grid(acts.direct[row, layer, TARGET] * strength)
        if hearing.echo != 0.0:
            noted[deeds.audience[o]] += on_coarse_grid(believed * hearing.echo)
    if deeds.about[o] != NONE:
        effect = acts.subject[row, layer, side, outward]
        noted[deeds.about[o]] += on_coarse_grid(effect * (deeds.scale[o] * hearing.open))


@kernel
def _aside(step: Step, deeds: Deeds, o: int, rule: int, row: int, cause: Named, hearing: Heard, weight: float) -> None:
    """What a deed does between fixed pairs of states, whoever its parties are."""
    acts = step.setting.acts
    for place in range(acts.pairs.shape[0]):
        for layer in range(acts.aside.shape[1]):
            effect = on_coarse_grid(acts.aside[row, layer, place] * (deeds.scale[o] * hearing.open))
            i, j, closed = acts.pairs[place, 0], acts.pairs[place, 1], secretly(deeds, o)
            felt(step.changes, step.rows, rule, cause, layer, closed, i, j, on_grid(effect * weight))


@kernel
def _move_parties(step: Step, deeds: Deeds, o: int, row: int, hearing: Heard) -> None:
    """What a deed adds to the attributes of its parties, concealed where only they know of it, and to tension.

    To each dispute as it names it, and to those of its parties as theirs.
    """
    acts, changes, actor, target = step.setting.acts, step.changes, deeds.actor[o], deeds.target[o]
    closed, strength = secretly(deeds, o), deeds.scale[o] * hearing.direct
    moved, kind = (changes.world.concealed, CONCEALED) if closed else (changes.world.attributes, ATTRIBUTES)
    for attribute in range(acts.attributes.shape[1]):
        to_actor = on_coarse_grid(acts.attributes[row, attribute, ACTOR] * strength)
        to_target = on_coarse_grid(acts.attributes[row, attribute, TARGET] * strength)
        if to_actor != 0.0 or to_target != 0.0:
            moved[actor, attribute] += to_actor
            moved[target, attribute] += to_target
            changes.added[kind] = True
    between = on_coarse_grid(acts.opposed[row] * deeds.scale[o])
    for dispute in range(acts.tension.shape[1]):
        amount = on_coarse_grid(acts.tension[row, dispute] * deeds.scale[o])
        amount = amount + step.setting.disputes.opposed[dispute, actor, target] * between
        amount = on_coarse_grid(amount * hearing.open)
        if amount != 0.0:
            changes.world.tension[dispute] += amount
            changes.added[TENSION] = True
