"""Brinkmanship: what each side of a crisis chooses, by quantal response over scores that are sums of named terms.

With s the stake, p the odds it gives itself in a fight (guarantors counted), k its own rung, l the higher of the two:

    prize       what it may win: s p (1 + l/6) by climbing, less by holding, a share of s by an off-ramp
    fight       what the next rung may cost: blows on limited force, and the war that grows likelier rung by rung
    commitment  the words that limited force would break: gravity, times how solemn the pledge is and its giver's credit
    guarantors  that nobody uses force on a guarded state it expects to lose to
    audience    what backing down costs at home, times k, and the price later of climbing now
    resolve     its personality: assertive and daring states climb, the others look for a way out
    mediation   a mediator makes an off-ramp easier to take

The unit is the stake of an ordinary dispute. A state uses force only from an ultimatum, so it has warned before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import ACTOR, NONE
from game.kernel.compiled import entry, kernel
from game.kernel.declare import Booleans, Floats, Integers
from game.kernel.draws import STANCE, drawn_words, joined, key
from game.kernel.numerics import in_hundredths, on_coarse_grid, total
from game.kernel.orders import BACK_DOWN, ESCALATE, HOLD, OFF_RAMP, STANCES
from game.kernel.setting import ASSERTIVENESS, DOMESTIC_FOCUS, RATIONALITY, RISK_TOLERANCE, Setting
from game.kernel.world import FORCE, ULTIMATUM, WAR, World
from game.policies.reasoner.pledge_breaches import broken
from game.policies.reasoner.thoughts import Thoughts, Weights
from game.rules.crises import mediated
from game.submodels.conflict import expected, guarded
from game.submodels.territory import in_crisis

TERMS = ("prize", "fight", "commitment", "guarantors", "audience", "resolve", "mediation")
"""The terms of a score, in the order they are listed."""

HOLDING = 0.4
"""How likely the other yields to holding, over how likely it yields to climbing."""

BARGAIN = 0.4
"""The share of the stake that a way out is worth."""

DANGER = (0.0, 0.0, 0.02, 0.05, 0.15, 0.35, 1.0)
"""How likely each rung leads to war, as those see it who stand on it."""

RUIN = 4.0
"""What war costs, at odds of a half."""

BLOWS = 1.0
"""What limited force costs one that is sure to lose."""

DETERRENCE = 6.0
"""What keeps a state from using force on a guarded one that it expects to lose to."""

WORD = 0.04
"""What breaking a word costs, a point of its gravity."""

AUDIENCE = 0.15
"""What backing down costs at home, a rung, for a state of middling concern for it."""

RESOLVE = 0.6
"""How much a personality counts."""

HELP = 0.25
"""What a mediator adds to a way out."""

SPREAD = 0.3
"""The difference in score that changes the odds by e at rationality 1."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What every side of every crisis chooses `[D, 2]`, -1 where there is none, and what it weighs, else zeros."""

    stance: Integers
    terms: Floats  # [D, 2, T, 4]
    chance: Floats  # [D, 2, 4] in units of score

    @property
    def score(self) -> Floats:
        """The sum of the terms `[D, 2, 4]`."""
        return total(self.terms, axis=2)


def no_choices(disputes: int) -> Choices:
    """Nobody's choices yet over so many disputes."""
    sides = (disputes, 2)
    return Choices(
        np.full(sides, NONE, dtype=np.int64),
        np.zeros((*sides, len(TERMS), len(STANCES))),
        np.zeros((*sides, len(STANCES))),
    )


@dataclass(frozen=True, slots=True)
class StanceRationale:
    """Why a side chose as it did: score, terms and luck of its choice, and the runner-up."""

    stance: str
    score: float
    chance: float
    terms: Mapping[str, float]
    runner_up: str
    runner_up_score: float
    runner_up_chance: float


# ---- kernels

_STANCE_KEYS = tuple(np.uint64(key(name)) for name in STANCES)
_UPPER = np.uint64(16)

PRIZE, FIGHT, COMMITMENT, GUARANTORS, HOME, DARING, MEDIATION = range(len(TERMS))
"""The terms by their numbers."""

STANCE_TERMS = len(TERMS)


@kernel
def may_strike(setting: Setting, world: World, stance: Integers, i: int, j: int) -> bool:
    """Whether i may use force on j: in a dispute only from an ultimatum that was given, and to climb."""
    parties, opposed = setting.disputes.parties, False
    for dispute in range(parties.shape[0]):
        for side in range(2):
            if parties[dispute, side] == i and parties[dispute, 1 - side] == j:
                opposed = True
                if world.rung[dispute, side] >= ULTIMATUM and stance[dispute, side] == ESCALATE:
                    return True
    return not opposed


@kernel
def stance_terms(
    setting: Setting, world: World, dispute: int, side: int, odds: float, deterred: bool, mediated: bool, words: float,
    terms: Floats,
) -> None:  # fmt: skip
    """The terms of each stance of one side of a crisis, written to `terms` [7, 4].

    `odds` are what it gives itself in a fight, `deterred` says whether the other has a guarantor, and `words` is what
    it would break of its word by using force.
    """
    sliders, state = setting.sliders, setting.disputes.parties[dispute, side]
    level = max(world.rung[dispute, 0], world.rung[dispute, 1], 0)
    forceful = level + 1 >= FORCE
    _hopes(terms, odds, setting.disputes.stake[dispute], level)
    _fears(terms, odds, level)
    terms[COMMITMENT, ESCALATE] = -words if forceful else 0.0
    terms[GUARANTORS, ESCALATE] = -DETERRENCE if deterred and in_hundredths(odds) < 50.0 and forceful else 0.0
    home = AUDIENCE * (0.5 + sliders[DOMESTIC_FOCUS, state]) * (0.5 if mediated else 1.0)
    terms[HOME, BACK_DOWN] = -home * max(world.rung[dispute, side], 0)
    terms[HOME, ESCALATE] = -home * (1.0 - odds)
    daring = sliders[ASSERTIVENESS, state] + sliders[RISK_TOLERANCE, state] - 1.0
    terms[DARING, ESCALATE] = RESOLVE * 1.0 * daring
    terms[DARING, HOLD] = RESOLVE * 0.5 * daring
    terms[DARING, OFF_RAMP] = RESOLVE * -0.5 * daring
    terms[DARING, BACK_DOWN] = RESOLVE * -1.0 * daring
    terms[MEDIATION, OFF_RAMP] = HELP if mediated else 0.0
    for term in range(terms.shape[0]):
        for choice in range(terms.shape[1]):
            terms[term, choice] = on_coarse_grid(terms[term, choice])


@kernel
def _hopes(terms: Floats, odds: float, stake: float, level: int) -> None:
    """What each stance may win."""
    prize = stake * odds * (1.0 + level / WAR)
    terms[PRIZE, ESCALATE] = prize
    terms[PRIZE, HOLD] = HOLDING * prize
    terms[PRIZE, OFF_RAMP] = BARGAIN * stake


@kernel
def _fears(terms: Floats, odds: float, level: int) -> None:
    """What each stance may cost in blows and in war."""
    above = min(level + 1, WAR)
    ruin = RUIN * (1.5 - odds)
    blows = BLOWS * (1.0 - odds) if above == FORCE else 0.0
    terms[FIGHT, ESCALATE] = -DANGER[above] * ruin - blows
    terms[FIGHT, HOLD] = -0.5 * DANGER[level] * ruin
    terms[FIGHT, OFF_RAMP] = -0.25 * DANGER[level] * ruin


@kernel
def stance_luck(
    setting: Setting, turn: int, seed: np.uint64, gumbel: Floats, noise: float, dispute: int, side: int, luck: Floats
) -> None:
    """The luck of each stance of one side of a crisis in units of score, written to `luck` [4]."""
    state = setting.disputes.parties[dispute, side]
    place = joined(setting.keys[state], setting.disputes.keys[dispute])
    sharpness = setting.sliders[RATIONALITY, state] / SPREAD
    for choice in range(len(_STANCE_KEYS)):
        words = drawn_words(seed, turn, STANCE, joined(place, _STANCE_KEYS[choice]))
        luck[choice] = gumbel[words[0] >> _UPPER] * noise / max(sharpness, 1e-6)


@kernel
def preferred(terms: Floats, luck: Floats) -> int:
    """The stance with the greatest sum of terms `[7, 4]` and luck `[4]`, the first of equals."""
    chosen, greatest = 0, -np.inf
    for choice in range(luck.size):
        score = 0.0
        for term in range(terms.shape[0]):
            score += terms[term, choice]
        if score + luck[choice] > greatest:
            chosen, greatest = choice, score + luck[choice]
    return chosen


@kernel
def word(setting: Setting, world: World, shown: Floats, weights: Weights, trust_level: Floats, i: int, j: int) -> float:
    """What i would break of its word by using force on j."""
    breaches_, cost = weights.breaches, 0.0
    for breach in range(breaches_.kind.size):
        if breaches_.role[breach] == ACTOR and _by_force(setting, breaches_.acts, breach):
            unit = WORD * setting.pledges.gravity[breaches_.kind[breach]]
            cost += broken(setting, world, breaches_, breach, shown, trust_level, unit, i, j)
    return cost


@kernel
def _by_force(setting: Setting, acts: Booleans, breach: int) -> bool:
    """Whether any use of force is such a breach."""
    forceful = 0
    for act in range(acts.shape[1]):
        forceful += acts[breach, act] and setting.acts.force[act]
    return forceful > 0


@entry
def stances(
    setting: Setting, world: World, public: World, relation: Floats, shown: Floats, turn: int, seed: np.uint64,
    weights: Weights, noise: float, thoughts: Thoughts, stance: Integers, terms: Floats, luck: Floats,
) -> None:  # fmt: skip
    """What every side of every crisis chooses, written to `stance` [D, 2].

    What they weigh is written to `terms` [D, 2, 7, 4] and `luck` [D, 2, 4].
    """
    for dispute in range(stance.shape[0]):
        if not in_crisis(setting, world, dispute):
            continue
        for side in range(2):
            if setting.plays[setting.disputes.parties[dispute, side]]:
                weighed, lots = terms[dispute, side], luck[dispute, side]
                weigh_stances(
                    setting, world, public, relation, shown, weights, thoughts.trust_level, dispute, side, weighed
                )
                stance_luck(setting, turn, seed, weights.gumbel, noise, dispute, side, lots)
                stance[dispute, side] = preferred(weighed, lots)


@entry
def weigh_stances(
    setting: Setting, world: World, public: World, relation: Floats, shown: Floats, weights: Weights,
    trust_level: Floats, dispute: int, side: int, terms: Floats,
) -> None:  # fmt: skip
    """The terms of each stance that one side of a dispute could take, written to `terms` [7, 4]."""
    one, other = setting.disputes.parties[dispute, side], setting.disputes.parties[dispute, 1 - side]
    odds = expected(setting, world, public, relation, shown, one, other)
    deterred = guarded(setting, public, shown, one, other)
    words = word(setting, world, shown, weights, trust_level, one, other)
    eased = mediated(setting, public, dispute)
    stance_terms(setting, world, dispute, side, odds, deterred, eased, words, terms)


def stance_rationale(made: Choices, dispute: int, side: int) -> StanceRationale:
    """Why a side chose as it did."""
    chosen = int(made.stance[dispute, side])
    score, chance = made.score[dispute, side], made.chance[dispute, side]
    order = np.argsort(-(score + chance), kind="stable").tolist()
    other = order[1] if order[0] == chosen else order[0]
    return StanceRationale(
        STANCES[chosen], float(score[chosen]), float(chance[chosen]),
        named(made.terms[dispute, side, :, chosen]),
        STANCES[other], float(score[other]), float(chance[other]),
    )  # fmt: skip


def named(terms: Any) -> Mapping[str, float]:
    """The terms of one stance `[T]` by their names."""
    return dict(zip(TERMS, terms.tolist(), strict=True))
