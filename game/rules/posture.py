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
    per_replica,
)
from game.kernel.known import relation_in
from game.kernel.ledger import Change
from game.kernel.numerics import COARSE, clipped, contraction, on_coarse_grid, snap
from game.kernel.records import changed
from game.kernel.relations import regards
from game.kernel.setting import Setting
from game.kernel.step import Step
from game.kernel.world import (
    HEDGE,
    POSTURES,
    Board,
    World,
    relations,
    start_world,
)
from game.submodels.conflict import GREATEST, LEAST, k_relative_power, k_strength, strengths
from game.submodels.context import StepContext
from game.submodels.dependence import dependence, k_dependence
from game.submodels.threat import hostility, k_hostility, k_threat, threats

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


def posture(context: StepContext, params: Params) -> Change:
    """What each state is about with each other `[R, N, N]`, in the turns of review.

    >>> from dataclasses import replace
    >>> from game.testing import context, triad, with_relations
    >>> from game.kernel.world import POSTURES
    >>> seen = replace(context(triad().board), turn=3)
    >>> [POSTURES[each] for each in posture(seen, Params()).posture[0, 0].tolist()]  # arda is about ...
    ['hedge', 'court', 'coerce']
    >>> quarrel = with_relations(seen.board, {"arda -> borea": -60, "borea -> arda": -60})
    >>> later = replace(seen, board=quarrel)
    >>> POSTURES[posture(later, Params()).posture[0, 0, 1]]  # borea is nearly as strong
    'isolate'
    """
    board, world = context.board, context.world
    due = np.asarray(context.turn % np.rint(params.review) == 0)
    if not due.any():
        return Change()
    scores = posture_scores(board, world, params)
    present = np.take_along_axis(scores, world.posture[:, None].astype(np.int64), axis=1)[:, 0]
    best = scores.argmax(axis=1)
    better = np.max(scores, axis=1) > present + per_replica(params.inertia, 3)
    posture = np.where(better & per_replica(due, 3), best, world.posture)
    return Change(posture=_plain(board, posture))


def opening_posture(board: Board, params: Params) -> Shorts:
    """What each state is about with each other before the first turn `[1 or R, N, N]`."""
    replicas = max(np.shape(given)[0] for given in (board.opening, *board.start.values()))
    return _plain(board, posture_scores(board, start_world(board, replicas), params).argmax(axis=1))


def posture_scores(board: Board, world: World, params: Params) -> Floats:
    """The score of each posture of i towards j, for what i may know `[R, 5, N, N]`."""
    return contraction("pm,rmij->rpij", affinity(), terms(board, world, params))


def affinity() -> Floats:
    """How much each term speaks for each posture `[5, M]`."""
    return np.array([AFFINITY[name] for name in POSTURES])


def terms(board: Board, world: World, params: Params) -> Floats:
    """The terms of every pair, those of i for what i may know `[R, M, N, N]`, in the order of TERMS.

    Of relations and agreements only those of i itself enter, which it knows; of what is concealed only its own.
    """
    shares = snap(relations(board, world) / 100.0, COARSE)
    back = np.swapaxes(shares, -1, -2)
    shown = _shown(board, world)
    own, other = strengths(board, world)[:, :, None], shown[:, None, :]
    weight = per_replica(params.objectives, 3)
    parts = (
        np.ones((1, 1, 1)),
        shares,
        back,
        threats(board, shares, shown),
        (own - other) / (own + other) * hostility((shares + back) / 2.0),
        weight * board.interests[0],
        weight * board.interests[1],
        dependence(board, world),
    )
    return np.stack(np.broadcast_arrays(*(snap(part, COARSE) for part in parts)), axis=1)


def _shown(board: Board, world: World) -> Floats:
    """Each state's capability as others know it `[R, N]`."""
    return strengths(board, changed(world, concealed=np.zeros_like(world.concealed)))


def _plain(board: Board, posture: Shorts) -> Shorts:
    """Postures as they are stored; a state is about nothing with itself."""
    alone = np.eye(len(board.states), dtype=bool)
    return np.where(alone, HEDGE, posture).astype(np.int16)


# ---- kernels


@kernel
def k_posture(step: Step, params: Params) -> None:
    """What each state is about with each other, in the turns of review."""
    if step.turn % np.rint(params.review) != 0.0:
        return
    world = step.world
    present = begun(step.changes, POSTURE, step.changes.world.posture, world.posture)
    states = world.posture.shape[0]
    scores = np.zeros((WEIGHTS.shape[0], states, states))
    _k_scores(step.setting, world, relation_in(step), params, scores)
    for i in range(states):
        for j in range(states):
            best = k_favoured(scores, i, j)
            if i == j:
                present[i, j] = HEDGE
            elif scores[best, i, j] > scores[present[i, j], i, j] + params.inertia:
                present[i, j] = best


@kernel
def k_opening_posture(setting: Setting, params: Params, posture: Shorts) -> None:
    """What each state is about with each other before the first turn, written to `posture` [N, N]."""
    states = posture.shape[0]
    scores = np.zeros((WEIGHTS.shape[0], states, states))
    k_posture_scores(setting, setting.start, params, scores)
    for i in range(states):
        for j in range(states):
            posture[i, j] = HEDGE if i == j else k_favoured(scores, i, j)


@kernel
def k_favoured(scores: Floats, i: int, j: int) -> int:
    """The posture of i towards j with the greatest score, the first of equals."""
    best = 0
    for posture in range(1, scores.shape[0]):
        if scores[posture, i, j] > scores[best, i, j]:
            best = posture
    return best


@kernel
def k_posture_scores(setting: Setting, world: World, params: Params, scores: Floats) -> None:
    """The score of each posture of i towards j, for what i may know, written to `scores` [5, N, N]."""
    relation = np.zeros(world.posture.shape)
    regards(setting, world, relation)
    _k_scores(setting, world, relation, params, scores)


@kernel
def _k_scores(setting: Setting, world: World, relation: Floats, params: Params, scores: Floats) -> None:
    """The same, of relations that are worked out already."""
    states = relation.shape[0]
    shares, own, shown = np.zeros((states, states)), np.zeros(states), np.zeros(states)
    for i in range(states):
        own[i] = k_strength(setting, world, i)
        shown[i] = clipped(k_relative_power(setting, world, i), LEAST, GREATEST)
        for j in range(states):
            shares[i, j] = on_coarse_grid(relation[i, j] / 100.0)
    terms = np.zeros(WEIGHTS.shape[1])
    for i in range(states):
        for j in range(states):
            _k_terms(setting, world, shares, own, shown, params.objectives, i, j, terms)
            for posture in range(scores.shape[0]):
                score = 0.0
                for term in range(terms.size):
                    score += WEIGHTS[posture, term] * terms[term]
                scores[posture, i, j] = score


@kernel
def _k_terms(
    setting: Setting, world: World, shares: Floats, own: Floats, shown: Floats, objectives: float, i: int, j: int,
    terms: Floats,
) -> None:  # fmt: skip
    """The terms of one pair for what i may know, written to `terms` [M] in the order of TERMS.

    Of capabilities it knows its own, `own` [N], and of others what shows, `shown` [N].
    """
    share, back = shares[i, j], shares[j, i]
    advantage = (own[i] - shown[j]) / (own[i] + shown[j]) * k_hostility((share + back) / 2.0)
    terms[0] = 1.0
    terms[1] = share
    terms[2] = back
    terms[3] = k_threat(setting, shares, shown, i, j)
    terms[4] = on_coarse_grid(advantage)
    terms[5] = on_coarse_grid(objectives * setting.interests[0, i, j])
    terms[6] = on_coarse_grid(objectives * setting.interests[1, i, j])
    terms[7] = k_dependence(setting, world, i, j)
