"""What a possible act is worth to each of its two parties, as a sum of named terms.

Everything is linear: a feature of the pair (how they stand, who onlooks, who threatens) times a weight of the act (how
much it moves whom). One matrix product scores every act between every two states in every replica, and any score can
be taken apart again into its terms exactly, because all factors lie on the coarse grid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from game.kernel.catalogue import ACTOR, RIVALS
from game.kernel.declare import (
    Booleans,
    Floats,
    Value,
    leaf,
    per_replica,
)
from game.kernel.numerics import (
    COARSE,
    contraction,
    product,
    snap,
    total,
)
from game.kernel.world import (
    APPEASE,
    COERCE,
    COURT,
    HEDGE,
    ISOLATE,
    RUMOURED,
    Board,
    World,
    in_force,
    relations,
    strongest,
)
from game.policies.reasoner.objective_gradients import Slopes, slopes
from game.policies.reasoner.utility_weights import (
    Tables,
    has_credit,
    has_force,
    has_land,
    has_pledges,
    has_rumours,
    signed_commitment,
)
from game.submodels import evaluation
from game.submodels.conflict import peril, relative_powers
from game.submodels.dependence import dependence
from game.submodels.impulses import gradings
from game.submodels.information import (
    counted_by,
    known_rungs,
    open_world,
    same_but_queries,
    seen_by,
)
from game.submodels.reputation import credit
from game.submodels.threat import hostility, threats

PLEDGED = 0.2
"""What a pledge of somebody who threatens nobody is worth, against one of full exposure."""

BINDING = 0.25
"""What a pledge to a friend costs in freedom, against one to an enemy."""

BREACH = 4.0
"""How much worse it is to break one's word than to be bound by it."""

HUSHED = 0.1
"""What a rumour is thought to move in an onlooker, as a share of the scale."""

AT_STAKE = 0.25
"""How much of what its word counts for a state puts at risk by a denial."""

AFFINITY = {
    COURT: (0.5, 1.0, 0.5),
    HEDGE: (0.0, 0.0, 0.0),
    ISOLATE: (-0.5, -1.0, -0.5),
    COERCE: (-0.5, -0.5, -1.0),
    APPEASE: (1.0, 0.5, 1.0),
}
"""How much each posture favours friendly statements, deals and deeds, and disfavours hostile ones."""

TERMS = (
    "objectives",
    "standing",
    "security",
    "congruence",
    "reciprocity",
    "balance",
    "material",
    "cost",
    "commitment",
    "fatigue",
    "posture",
    "personality",
)
"""The terms of a score, in the order they are listed."""


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: reasoner:`."""

    objectives: Value = leaf(30.0, 0.0, 50.0, "1", "weight of progress towards a state's own objectives")
    standing: Value = leaf(12.0, 0.0, 50.0, "1", "weight of what others who matter to it will think")
    security: Value = leaf(12.0, 0.0, 50.0, "1", "weight of the threat it removes or invites")
    congruence: Value = leaf(0.5, 0.0, 50.0, "1", "weight of friendly deeds to friends, hostile ones to enemies")
    reciprocity: Value = leaf(1.0, 0.0, 50.0, "1", "weight of answering in kind what was lately received")
    balance: Value = leaf(0.4, 0.0, 50.0, "1", "weight of siding with the friends of friends")
    material: Value = leaf(1.0, 0.0, 50.0, "1", "weight of what it gains in attributes")
    cost: Value = leaf(1.0, 0.0, 50.0, "1", "weight of the political capital spent")
    commitment: Value = leaf(2.0, 0.0, 50.0, "1", "weight of agreements that the act would strain")
    fatigue: Value = leaf(0.3, 0.0, 50.0, "1", "weight of what was lately done towards the same state")
    personality: Value = leaf(0.4, 0.0, 50.0, "1", "weight of the state's personality")
    threshold: Value = leaf(0.15, -20.0, 20.0, "score", "what an act must be worth to be preferred to doing nothing")
    spread: Value = leaf(
        0.15, 0.01, 20.0, "score", "the difference in score that changes the odds by e at rationality 1",
        "quantal response: McKelvey and Palfrey 1995",
    )  # fmt: skip
    noise: Value = leaf(1.0, 0.0, 1.0, "1", "1: quantal response; 0: always the best act")
    posture: Value = leaf(0.15, 0.0, 50.0, "1", "weight of what the state is about with the other")
    horizon: Value = leaf(6.0, 1.0, 60.0, "turns", "how many turns ahead the effects of an act are valued")
    insight: Value = leaf(
        1.0,
        0.0,
        1.0,
        "1",
        "1: foresees answers as far as it may know; 0: proposes without a thought of them",
    )
    generosity: Value = leaf(
        0.5, 0.0, 10.0, "turns' income", "the most political capital it adds where the other is just short of accepting"
    )
    departure: Value = leaf(
        0.1, 0.0, 20.0, "score", "what secrecy, a stated purpose or the least or greatest value must gain to be chosen"
    )
    leak: Value = leaf(0.3, 0.0, 1.0, "share", "of what others would make of a secret deal, what it expects anyway")


@dataclass(frozen=True)
class View:
    """A position as those who decide look at it.

    The view that `observe` makes is every state's at once: of row i, `regard[i, j]` and `regard[j, i]` are i's own
    affairs and the truth, and what others have between them is `shown`. Whoever takes for row i only what is i's own
    from `world` and `regard`, and the rest from `public` and `shown`, decides as it would on `of(i)`, which holds no
    more. What follows from these is worked out once.
    """

    board: Board
    world: World
    relation: Floats  # [R, N, N] how i regards j
    shown: Floats  # [R, N, N] how i seems to everybody to regard j; `regard` itself where nothing is secret
    public: World  # what everybody may know; `world` itself where nothing is secret

    @property
    def turn(self) -> int:
        """The turn that is being decided."""
        return self.world.turn + 1

    @property
    def all_is_open(self) -> bool:
        """Whether nothing is secret but queries, which only conditions ask about."""
        return same_but_queries(self.world, self.public)

    def of(self, state: int) -> View:
        """What one state may know; of the board, it does not know the hidden objectives of others."""
        return observe(_as_said(self.board, state), seen_by(self.board, self.world, state))

    @cached_property
    def everybodys(self) -> View:
        """What everybody may know."""
        return self if self.all_is_open else View(self.board, self.public, self.shown, self.shown, self.public)

    @cached_property
    def shares(self) -> Floats:
        """How i regards j, in shares of the scale `[R, N, N]`."""
        return snap(self.relation / 100.0, COARSE)

    @cached_property
    def capability(self) -> Floats:
        """Each state's power as it shows, in shares of the greatest at the start `[R, N]`."""
        return capabilities(self) if self.all_is_open else self.everybodys.capability

    @cached_property
    def standing(self) -> Floats:
        """How much i minds what k thinks of it `[R, N, N]`."""
        return _standing(self)

    @cached_property
    def exposure(self) -> Floats:
        """How much i minds k for its safety `[R, N, N]`."""
        return _exposure(self)

    @cached_property
    def agreements(self) -> Floats:
        """How bound i and j are by what is in force between them `[R, N, N]`."""
        return _commitments(self)

    @cached_property
    def trust_level(self) -> Floats:
        """How much more or less than usual the word of j counts with i `[R, N, N]`."""
        return credit(self.board, self.world)

    @cached_property
    def lately(self) -> Floats:
        """How much i has lately done towards j `[R, N, N]`."""
        return _lately(self)

    def sight(self, state: int) -> evaluation.Sight:
        """What a number looks at in the eyes of one state: its own affairs as they are, the rest as it shows."""
        if self.public is self.world:
            return evaluation.Sight(self.board, self.world, self.relation)
        if not _has_secrets(self.board, self.world, state):
            return evaluation.Sight(self.board, self.public, self.shown)
        own = np.zeros(self.relation.shape[1:], dtype=bool)
        own[state] = own[:, state] = True
        known = counted_by(self.board, self.world, self.public, state)
        return evaluation.Sight(self.board, known, np.where(own, self.relation, self.shown))


def _as_said(board: Board, state: int) -> Board:
    """The board without what others do not say that they want, and without what could tell of it."""
    silent = sorted(
        {objective.state for objective in board.objectives if objective.hidden and objective.state != state}
    )
    if not silent:
        return board
    interests, posture = board.interests.copy(), np.array(board.start["posture"])
    interests[:, silent], posture[:, silent] = 0.0, HEDGE
    said = tuple(objective for objective in board.objectives if objective.state == state or not objective.hidden)
    return replace(board, objectives=said, interests=interests, start={**board.start, "posture": posture})


def _has_secrets(board: Board, world: World, state: int) -> bool:
    """Whether a state has any part in what is secret, in any replica."""
    if (known_rungs(board, world, state) != known_rungs(board, world)).any():
        return True
    shared = (world.secrecy, world.hidden, world.private_pledge)
    between = any(array[..., state, :].any() or array[..., state].any() for array in shared)
    return between or bool(world.concealed[:, state].any())


@dataclass(frozen=True, slots=True)
class Outlook:
    """What states make of a position: the features of every pair `[R, M, N, N]`, and what those are made of.

    `standing` and `exposure` [R, N, N] are how much i minds what each onlooker thinks; `vows` [R, 4, N, N] what a
    pledge is worth: in safety, in shelter from suspicion, in suspicion relieved, in freedom (None without kinds).
    """

    features: Floats
    slope: Floats
    standing: Floats
    exposure: Floats
    pledges: Floats | None


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The scores of a position: `actor` [R, A, N, N] of doing act a to j, `target` [R, P, N, N] to state i of the deal
    that j proposes to it.

    `foreseen` and `foreseen_veto` are `target` and `veto` as the proposer j may foresee them: it does not know what i
    keeps from it, nor what i is about.
    """

    outlook: Outlook
    actor: Floats
    target: Floats
    veto: Floats  # [R, P, N, N] 1 + the ally that forbids i to accept the deal of j, 0 where none does
    foresight: Outlook
    foreseen: Floats
    foreseen_veto: Floats
    graded: Floats  # [R, G, N, N] as it shows


def observe(board: Board, world: World) -> View:
    """The view of the position."""
    public, relation = open_world(board, world), relations(board, world)
    shown = relation if same_but_queries(world, public) else relations(board, public)
    return View(board, world, relation, shown, public)


def appraise(view: View, each: Tables, params: Params) -> Appraisal:
    """Score every act between every two states."""
    graded = gradings(view.board, view.shown)
    perilous = peril(view.board, view.public, view.shown) if has_force(view.board) else None
    outlook = _outlook(view, view, each, params, graded, perilous)
    leaning = np.swapaxes(leanings(each, params), 1, 2)[..., None]
    actor = _scores(each.actor, outlook.features) + leaning
    veto = _vetoes(view, view, each)
    unknown = each.segments["posture"]
    plain = _scores(each.target, outlook.features, slice(0, unknown.start)) + leaning[:, each.deals]
    target = plain + _scores(each.target, outlook.features, unknown)
    if view.all_is_open:
        return Appraisal(outlook, actor, target, veto, outlook, plain, veto, graded)
    foresight = _outlook(view, view.everybodys, each, params, graded, perilous)
    foreseen = _scores(each.target, foresight.features, slice(0, unknown.start)) + leaning[:, each.deals]
    foreseen_veto = _vetoes(view, view.everybodys, each)
    return Appraisal(outlook, actor, target, veto, foresight, foreseen, foreseen_veto, graded)


def leanings(each: Tables, params: Params) -> Floats:
    """What personality adds to each act of each state `[1 or R, N, A]`."""
    return snap(each.personality * per_replica(params.personality, 3), COARSE).reshape(
        np.size(params.personality), *each.personality.shape
    )


def _scores(weights: Floats, features: Floats, columns: slice = slice(None)) -> Floats:
    """Weights `[V, A, M]` times features `[R, M, N, N]`, or some columns of both: `[R, A, N, N]`, exactly."""
    chosen = features[:, columns]
    replicas, count, states, _ = chosen.shape
    scored = product(weights[..., columns], chosen.reshape(replicas, count, states * states))
    return scored.reshape(replicas, weights.shape[1], states, states)


def _outlook(
    view: View, around: View, each: Tables, params: Params, graded: Floats, perilous: Floats | None
) -> Outlook:
    """What every state i makes of every other j.

    What i and j have between them is taken from `view`, what i has with others from `around`: the same view where i
    decides, what shows where j foresees it. What others have between them is always what shows.
    """
    board = view.board
    slope = slopes(board, each.wants, around.sight)
    standing, exposure = view.standing, view.exposure
    shares, seen = view.shares, view.everybodys.shares
    pledges = _pledges(view) if has_credit(board) or board.pledges.names else None
    believed = [np.swapaxes(view.trust_level, -1, -2) - 1.0] if has_credit(board) else []
    states = np.arange(len(board.states))
    received = np.stack([slope.relation[:, state, :, state] for state in states.tolist()], axis=1)
    blocks = (
        (params.objectives, [*_objective_features(board, slope, graded), *_by_credit(received, believed)]),
        (
            params.standing,
            [
                _relation_features(standing, around.standing, graded),
                *_by_credit(standing, believed),
                *_word_features(view, graded, around.standing, pledges),
            ],
        ),
        (
            params.security,
            [
                _relation_features(exposure, around.exposure, graded),
                *_by_credit(exposure, believed),
                *_safety_features(view, around, pledges),
                *([] if perilous is None else [perilous[:, None]]),
            ],
        ),
        (params.congruence, [shares[:, None]]),
        (params.reciprocity, [np.clip(_moods(view.world, board.recent) / 20.0, -1.0, 1.0)[:, None]]),
        (params.balance, [_friends_of_friends(around.shares, seen)[:, None]]),
        (params.material, [np.ones((1, 2, 1, 1)), *([_land(board, view.world)] if has_land(board) else [])]),
        (params.cost, [np.ones((1, 1, 1, 1))]),
        (params.commitment, _commitment_features(view, around, each, pledges)),
        (params.fatigue, [view.lately[:, None]]),
        (params.posture, [_affinity(view.world)]),
    )
    return Outlook(_stacked(view.world, each, blocks), slope.relation, around.standing, around.exposure, pledges)


def _land(board: Board, world: World) -> Floats:
    """The stakes of the territories that i holds and j claims, and the other way round `[R, 2, N, N]`."""
    held = np.zeros((world.replicas, len(board.states), len(board.states)))
    for place, dispute in enumerate(board.disputes):
        for one, other in (dispute.parties, dispute.parties[::-1]):
            held[:, one, other] += np.where(world.holder[:, place] == one, dispute.stake, 0.0)
    return np.stack([held, np.swapaxes(held, -1, -2)], axis=1)


def _stacked(world: World, each: Tables, blocks: Sequence[tuple[Value, Sequence[Floats]]]) -> Floats:
    """Features side by side in the order of the weights, each times the weight of its term."""
    states = world.capital.shape[1]
    features = np.empty((world.replicas, each.actor.shape[2], states, states))
    start = 0
    for weight, parts in blocks:
        for part in parts:
            span = slice(start, start + part.shape[1])
            np.multiply(part, per_replica(weight, 4), out=features[:, span])
            start = span.stop
    assert start == features.shape[1], "features and weights go together"
    return snap(features, COARSE)


def _by_credit(concern: Floats, believed: Sequence[Floats]) -> list[Floats]:
    """A concern for what the other thinks, times how much more than usual it believes `[R, 1, N, N]`."""
    return [snap(concern * each, COARSE)[:, None] for each in believed]


def _pledges(view: View) -> Floats:
    """What a pledge between i and j is worth to i `[R, 4, N, N]`.

    Given by j: the safety and the shelter from suspicion that i makes of its word. Given by i: the suspicion of j that
    it relieves, and the freedom it takes.
    """
    trust_level, wary = view.trust_level, np.maximum(view.world.suspicion, 0.0) / 100.0
    back = np.swapaxes(trust_level * wary, -1, -2)
    free = -(BINDING + np.maximum(-view.shares, 0.0))
    return snap(
        np.stack([trust_level * (PLEDGED + view.exposure), trust_level * wary, back * view.standing, free], axis=1),
        COARSE,
    )


def _word_features(view: View, graded: Floats, standing: Floats, pledges: Floats | None) -> list[Floats]:
    """The suspicion that a pledge relieves, and what there is to hush up `[R, 1, N, N]`."""
    found = [pledges[:, 2:3]] if pledges is not None and has_pledges(view.board) else []
    if has_rumours(view.board):
        minded = snap(standing * np.minimum(np.swapaxes(view.trust_level, -1, -2), 2.0), COARSE)
        onlookers = product(minded, graded[:, RIVALS]) * HUSHED
        found.append(np.where(_rumoured(view.world), snap(onlookers, COARSE), 0.0)[:, None])
    return found


def _rumoured(world: World) -> Booleans:
    """Where something between i and j is rumoured `[R, N, N]`."""
    doubted = np.asarray(world.secrecy >= RUMOURED).any(axis=1)
    return np.asarray(doubted | np.swapaxes(doubted, -1, -2))


def _safety_features(view: View, around: View, pledges: Floats | None) -> list[Floats]:
    """Power and protection, the pledges that one is given, and the peril of force, side by side."""
    board, capability, seen = view.board, view.capability, view.everybodys
    under = np.minimum(total(threats(board, around.shares, capability), axis=2), 4.0)
    burden = under if around is seen else np.minimum(total(threats(board, seen.shares, capability), axis=2), 4.0)
    found = [_power_features(board, view.shares, capability, under, burden)]
    if pledges is not None and has_pledges(board):
        found.append(pledges[:, :2])
    return found


def _commitment_features(view: View, around: View, each: Tables, pledges: Floats | None) -> list[Floats]:
    """What an act would strain: agreements and dependence, other pacts, freedom, pledges, a word that is doubted."""
    board, world = view.board, view.world
    bound = np.maximum(view.agreements, dependence(board, around.world))
    found = [bound[:, None], _strained(around.agreements, view.everybodys.shares)[:, None]]
    if pledges is not None and has_pledges(board):
        found.append(pledges[:, 3:])
    if each.breaches:
        found.append(_breach_features(view, around, each))
    if has_rumours(board):
        others = max(len(board.states) - 1, 1)
        word = total(view.trust_level * (1.0 - np.eye(len(board.states))), axis=1) / others
        found.append(np.where(_rumoured(world), snap(AT_STAKE * word, COARSE)[:, :, None], 0.0)[:, None])
    return found


def _breach_features(view: View, around: View, each: Tables) -> Floats:
    """What it would break of i's word to do with j what some pledges forbid `[R, columns, N, N]`, by gravity."""
    board, world = view.board, around.world
    found = np.zeros((world.replicas, len(each.breaches), len(board.states), len(board.states)))
    if not world.pledges.any():
        return found
    trust_level = np.swapaxes(view.trust_level, -1, -2)
    for place, breach in enumerate(each.breaches):
        given = np.where(world.pledges[:, breach.kind] > 0, world.solemnity[:, breach.kind], 0.0)
        owed = snap(given * trust_level * (BREACH * board.pledges.gravity[breach.kind] / 100.0), COARSE)
        found[:, place] = breach.broken(board, view.shown, owed)
    return found


def _affinity(world: World) -> Floats:
    """How much what i is about with j favours friendly statements, deals and deeds `[R, 3, N, N]`."""
    table = np.array([AFFINITY[posture] for posture in sorted(AFFINITY)])
    return np.moveaxis(table[world.posture], -1, 1)


def _standing(view: View) -> Floats:
    """How much i minds what k thinks of it, k's power and i's regard for it together `[R, N, N]`."""
    shares = view.shares
    room = 1.0 - np.swapaxes(shares, -1, -2)
    return _of_others((view.capability[:, None, :] * 0.25 + np.maximum(shares, 0.0) * 0.75) * room * _offence(view))


def _exposure(view: View) -> Floats:
    """How much i minds it for its safety: k's power, reach and hostility together `[R, N, N]`."""
    hostility = np.swapaxes(view.board.reach[None] * (1.0 - view.shares) / 2.0, -1, -2)
    return _of_others(view.capability[:, None, :] * hostility * _offence(view))


def _of_others(concern: Floats) -> Floats:
    """The concern on the coarse grid, nobody's with itself."""
    result = snap(concern, COARSE)
    states = np.arange(result.shape[-1])
    result[:, states, states] = 0.0
    return result


def capabilities(view: View) -> Floats:
    """Each state's power in shares of the greatest at the start, as the view has it `[R, N]`."""
    return np.clip(relative_powers(view.board, view.world), 0.0, 4.0)


def _objective_features(board: Board, slope: Slopes, graded: Floats) -> list[Floats]:
    """The features of the objectives, as the weights of `_blocks` expect them."""
    states = np.arange(len(board.states))
    towards = slope.relation
    own = towards[:, states, states, :]
    received = np.stack([towards[:, state, :, state] for state in range(len(board.states))], axis=1)
    direct = np.stack([own, received], axis=1)
    by_self = total(np.swapaxes(graded, -1, -2) * received[:, None], axis=-1)[..., None]
    self_self = by_self - np.swapaxes(graded, -1, -2) * received[:, None]
    other_self = product(received[:, None], graded)
    self_other = contraction("rgki,rikj->rgij", graded, towards)
    other_other = contraction("rgkj,rikj->rgij", graded, towards) - graded * own[:, None]
    onlook = np.stack([self_self, self_other, other_self, other_other], axis=2)
    replicas, selectors = onlook.shape[:2]
    flat = onlook.reshape(replicas, selectors * 4, *onlook.shape[3:])
    return [direct, flat, *_material_objectives(board, slope), _aside(board, slope)]


def _material_objectives(board: Board, slope: Slopes) -> list[Floats]:
    """Slopes of attributes (self and other by turns) and of tensions (named, shared)."""
    states = np.arange(len(board.states))
    own = np.swapaxes(slope.attributes[:, states, states], 1, 2)[..., None]
    other = np.moveaxis(slope.attributes, -1, 1)
    parts = np.stack(np.broadcast_arrays(own, other), axis=2)
    flat = parts.reshape(parts.shape[0], 2 * parts.shape[1], *parts.shape[3:])
    named = np.swapaxes(slope.tension, 1, 2)[..., None]
    shared = contraction("rid,dij->rij", slope.tension, board.opposed)[:, None]
    return [flat, named, shared]


def _aside(board: Board, slope: Slopes) -> Floats:
    """Slopes of the relations between fixed pairs of states `[R, pairs, N, 1]`."""
    replicas, states = slope.relation.shape[:2]
    found = [slope.relation[:, :, first, second] for first, second in board.acts.pairs]
    return np.stack(found, axis=1)[..., None] if found else np.zeros((replicas, 0, states, 1))


def _relation_features(concern: Floats, around: Floats, graded: Floats) -> Floats:
    """From how much i minds each k's regard `[R, N, N]`: (the other's, by selector: self's, the other's onlookers').

    `concern` is for the other of the two, `around` for onlookers.
    """
    back = np.swapaxes(graded, -1, -2) * around[:, None]
    of_self = total(back, axis=-1)[..., None] - back
    of_other = product(around[:, None], graded)
    onlook = np.stack([of_self, of_other], axis=2)
    flat = onlook.reshape(onlook.shape[0], 2 * onlook.shape[1], *onlook.shape[3:])
    return np.concatenate([concern[:, None], flat], axis=1)


def _power_features(board: Board, shares: Floats, capability: Floats, under: Floats, others: Floats) -> Floats:
    """(the threat one lives under, what the other's power means to one, the protection it gives) `[R, 3, N, N]`.

    `under` [R, N] is the threat that i knows of to itself, `others` that which shows.
    """
    back = np.swapaxes(shares, -1, -2)
    reach = np.swapaxes(board.reach, -1, -2)[None]
    alarm = reach * (np.minimum(back, 0.0) + 0.25 * np.maximum(back, 0.0))
    shield = np.minimum(under, 1.0)[:, :, None] * capability[:, None, :] * (0.2 + np.maximum(shares, 0.0))
    burden = 0.3 * np.minimum(others, 1.0)[:, None, :]
    return np.stack(np.broadcast_arrays(under[:, :, None], alarm, shield - burden), axis=1)


def _friends_of_friends(shares: Floats, seen: Floats) -> Floats:
    """How the friends of i stand to j: mean over k of X[i, k] X[k, j], the latter as it shows `[R, N, N]`."""
    others = max(shares.shape[-1] - 2, 1)
    return np.asarray(product(shares, seen) / others)


def _moods(world: World, layer: int) -> Floats:
    """What is left of one layer in how i regards j, what only the two know of included `[R, N, N]`."""
    return np.asarray(world.memories[:, layer] + world.hidden[:, layer])


def _lately(view: View) -> Floats:
    """How much i has lately done towards j: the weights of the acts still in pause, and half of j's towards i."""
    size = 0.25 + np.abs(view.board.acts.weight)
    done = total(np.where(view.world.cooldown > 0, size[:, None, None], 0.0), axis=1)
    return np.asarray(done + np.swapaxes(done, -1, -2) / 2.0)


def _offence(view: View) -> Floats:
    """How much more i minds what k thinks of it when k has just taken offence: 1 to 5 `[R, N(i), N(k)]`."""
    mood = np.swapaxes(_moods(view.world, view.board.recent), -1, -2)
    return 1.0 + np.minimum(np.maximum(-mood, 0.0) / 5.0, 4.0)


def _commitments(view: View) -> Floats:
    """How bound i and j are by what is in force between them, 0 to 1 `[R, N, N]`."""
    bound = strongest(in_force(view.world), view.board.agreements.commitment)
    return np.asarray(np.maximum(bound, np.swapaxes(bound, -1, -2)))


def _strained(commitments: Floats, seen: Floats) -> Floats:
    """How much a pact of i with j would strain i's pacts: its partners' hostility to j, as it shows `[R, N, N]`."""
    bound = snap(commitments, COARSE)
    return np.asarray(np.minimum(product(bound, hostility(seen)), 1.0))


def _vetoes(view: View, around: View, each: Tables) -> Floats:
    """Which ally forbids a binding agreement: 1 + the partner of i most hostile to j, where that is below -0.5."""
    bound = around.agreements >= 0.8
    hostile = np.where(bound[:, :, :, None], -view.shown[:, None, :, :], 0.0)
    worst = hostile.argmax(axis=2)
    forbidden = np.max(hostile, axis=2, initial=0.0) > 50.0
    by_pair = np.where(forbidden, worst + 1.0, 0.0)
    binding = (signed_commitment(view.board)[each.deals] >= 0.5)[:, None, None]
    return np.where(binding, by_pair[:, None], 0.0)


def contributions(
    each: Tables, appraisal: Appraisal, params: Params, cell: tuple[int, int, int, int], role: int = ACTOR
) -> Mapping[str, float]:
    """The terms of one score of an act as it is usually done; they sum to the score exactly.

    `cell` is (replica, self, act, other).
    """
    replica, own, act, other = cell
    weights, row = (each.actor, act) if role == ACTOR else (each.target, each.place[act])
    features = appraisal.outlook.features[replica, :, own, other]
    parts = weights[replica if weights.shape[0] > 1 else 0, row] * features
    found = {term: float(total(parts[span], axis=0)) for term, span in each.segments.items()}
    leaning = leanings(each, params)
    found["personality"] = float(leaning[replica if leaning.shape[0] > 1 else 0, own, act])
    return found
