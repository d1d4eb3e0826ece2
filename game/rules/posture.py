"""posture: how a state approaches another: to court, hedge, isolate, coerce or appease it. It changes slowly.

Every posture has a score, the sum of the terms below times what they say for it (AFFINITY). Every `review` turns a
state looks again; it stays with what it is about unless another posture's score exceeds its score by `inertia`.

    plain        1
    regard       X[i, j]                          how i regards j, over 100
    reciprocity  X[j, i]
    threat       C[j] reach[j, i] max(0, -X[j, i])    capability, reach and hostility (Walt 1987)
    advantage    (C[i] - C[j]) / (C[i] + C[j]) times max(0, -(X[i, j] + X[j, i]) / 2)
    objectives   what the objectives of i gain when the two draw closer, or j grows
    company      what they gain when others keep their distance from j
    dependence   how much i would miss what j provides

It starts where the scores of the start are greatest. A state judges others by what shows, its own affairs as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from game.kernel.changes import POSTURE, begun
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Floats,
    Shorts,
    Value,
    leaf,
)
from game.kernel.known import relation_in
from game.kernel.numerics import clipped, on_coarse_grid
from game.kernel.relations import regards
from game.kernel.setting import Setting
from game.kernel.step import Step
from game.kernel.world import (
    HEDGE,
    POSTURES,
    World,
)
from game.submodels.conflict import GREATEST, LEAST, relative_power, strength
from game.submodels.dependence import dependence
from game.submodels.threat import hostility, threat

TERMS = ("plain", "relation", "reciprocity", "threat", "advantage", "objectives", "company", "dependence")

AFFINITY: Mapping[str, tuple[float, ...]] = {
    # plain, regard, reciprocity, threat, advantage, objectives, company, dependence
    "court": (0.0, 0.625, 0.375, -0.5, -0.5, 1.0, -0.5, 0.5),
    "hedge": (0.25, 0.0, 0.0, 0.25, 0.0, 0.0, 0.0, 0.25),
    "isolate": (0.0, -0.75, -0.125, 0.125, -0.25, -0.75, 1.0, -0.5),
    "coerce": (-0.125, -0.625, -0.125, 0.125, 1.0, -0.75, 0.0, -0.5),
    "appease": (0.0, 0.0, 0.0, 1.0, -1.0, 0.25, -0.25, 0.5),
}
"""How much each term speaks for each posture."""

WEIGHTS = np.array([AFFINITY[name] for name in POSTURES])
"""The same as kernels take it `[5, M]`."""


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: intentions:`."""

    inertia: Value = leaf(0.1, 0.0, 2.0, "score", "by how much another posture must be better to be taken up")
    review: Value = leaf(3.0, 1.0, 100.0, "turns", "how often a state looks again at what it is about")
    objectives: Value = leaf(1.0, 0.0, 5.0, "times", "how much its objectives weigh in what a state is about")


@kernel
def posture(step: Step, params: Params) -> None:
    """What each state is about with each other, in the turns of review.

    >>> from dataclasses import replace
    >>> from game.testing import change_by, context, triad, with_relations
    >>> from game.kernel.world import POSTURES
    >>> seen = replace(context(triad().board), turn=3)
    >>> change = change_by(posture, seen, Params())
    >>> [POSTURES[each] for each in change.posture[0, 0].tolist()]  # arda is about ...
    ['hedge', 'court', 'coerce']
    >>> quarrel = with_relations(seen.board, {"arda -> borea": -60, "borea -> arda": -60})
    >>> later = replace(seen, board=quarrel)
    >>> POSTURES[change_by(posture, later, Params()).posture[0, 0, 1]]  # borea is nearly as strong
    'isolate'
    """
    if step.turn % np.rint(params.review) != 0.0:
        return
    world = step.world
    present = begun(step.changes, POSTURE, step.changes.world.posture, world.posture)
    states = world.posture.shape[0]
    scores = np.zeros((WEIGHTS.shape[0], states, states))
    posture_scores(step.setting, world, relation_in(step), params.objectives, scores)
    for i in range(states):
        for j in range(states):
            best = favoured(scores, i, j)
            if i == j:
                present[i, j] = HEDGE
            elif scores[best, i, j] > scores[present[i, j], i, j] + params.inertia:
                present[i, j] = best


@kernel
def opening_posture(setting: Setting, params: Params, posture: Shorts) -> None:
    """What each state is about with each other before the first turn, written to `posture` [N, N]."""
    states = posture.shape[0]
    relation, scores = np.zeros((states, states)), np.zeros((WEIGHTS.shape[0], states, states))
    regards(setting, setting.start, relation)
    posture_scores(setting, setting.start, relation, params.objectives, scores)
    for i in range(posture.shape[0]):
        for j in range(posture.shape[0]):
            posture[i, j] = HEDGE if i == j else favoured(scores, i, j)


@kernel
def favoured(scores: Floats, i: int, j: int) -> int:
    """The posture of i towards j with the greatest score, the first of equals."""
    best = 0
    for posture in range(1, scores.shape[0]):
        if scores[posture, i, j] > scores[best, i, j]:
            best = posture
    return best


@kernel
def posture_scores(setting: Setting, world: World, relation: Floats, objectives: float, scores: Floats) -> None:
    """The score of each posture of i towards j, for what i may know, written to `scores` [5, N, N].

    `relation` [N, N] is how they regard each other; objectives weigh `objectives` times.
    """
    terms = np.zeros((WEIGHTS.shape[1], relation.shape[0], relation.shape[0]))
    posture_terms(setting, world, relation, objectives, terms)
    for posture in range(scores.shape[0]):
        for i in range(relation.shape[0]):
            for j in range(relation.shape[0]):
                score = 0.0
                for term in range(terms.shape[0]):
                    score += WEIGHTS[posture, term] * terms[term, i, j]
                scores[posture, i, j] = score


@kernel
def posture_terms(setting: Setting, world: World, relation: Floats, objectives: float, terms: Floats) -> None:
    """The terms of every pair, those of i for what i may know, written to `terms` [M, N, N] in the order of TERMS.

    Of relations and agreements only those of i itself enter, which it knows; of what is concealed only its own.
    """
    states = relation.shape[0]
    shares, own, shown = np.zeros((states, states)), np.zeros(states), np.zeros(states)
    for i in range(states):
        own[i] = strength(setting, world, i)
        shown[i] = clipped(relative_power(setting, world, i), LEAST, GREATEST)
        for j in range(states):
            shares[i, j] = on_coarse_grid(relation[i, j] / 100.0)
    for i in range(states):
        for j in range(states):
            share, back = shares[i, j], shares[j, i]
            advantage = (own[i] - shown[j]) / (own[i] + shown[j]) * hostility((share + back) / 2.0)
            terms[0, i, j] = 1.0
            terms[1, i, j] = share
            terms[2, i, j] = back
            terms[3, i, j] = threat(setting, shares, shown, i, j)
            terms[4, i, j] = on_coarse_grid(advantage)
            terms[5, i, j] = on_coarse_grid(objectives * setting.interests[0, i, j])
            terms[6, i, j] = on_coarse_grid(objectives * setting.interests[1, i, j])
            terms[7, i, j] = dependence(setting, world, i, j)
