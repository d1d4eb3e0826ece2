"""What a possible act is worth to each of its two parties, as a sum of named terms.

Everything is linear: a feature of the pair (how they stand, who onlooks, who threatens) times a weight of the act (how
much it moves whom). One matrix product scores every act between every two states in every replica, and any score can
be taken apart again into its terms exactly, because all factors lie on the coarse grid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from game import predicate
from game.acts import ACTOR, DEAL, TARGET, entry_of, gradings
from game.apparent import open_world, seen_by, whole
from game.declare import Booleans, Floats, Integers, Value, leaf, per_replica
from game.numerics import COARSE, contraction, flattened, product, snap, total
from game.policies.wants import Slopes, Want, linear, slopes, wants
from game.world import Board, World, relations

WEIGHT_BITS = 16
"""Bits after the point of an act's weights: feature times weight times sixty terms stays exact."""

HORIZON = 6
"""How many turns ahead an impulse is valued."""

SOFT_ATTRIBUTE = 100.0
"""The scale on which a change of an attribute counts like one of a relation."""

PROTECTION = 0.08
"""What a fully binding pact adds to safety, on the scale of a relation's share."""

TERMS = (
    "goals",
    "standing",
    "security",
    "congruence",
    "reciprocity",
    "balance",
    "material",
    "cost",
    "commitment",
    "fatigue",
    "character",
)
"""The terms of a score, in the order they are listed."""


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: reasoner:`."""

    goals: Value = leaf(30.0, 0.0, 50.0, "1", "weight of progress towards a state's own objectives")
    standing: Value = leaf(12.0, 0.0, 50.0, "1", "weight of what others who matter to it will think")
    security: Value = leaf(12.0, 0.0, 50.0, "1", "weight of the threat it removes or invites")
    congruence: Value = leaf(0.5, 0.0, 50.0, "1", "weight of friendly deeds to friends, hostile ones to enemies")
    reciprocity: Value = leaf(1.0, 0.0, 50.0, "1", "weight of answering in kind what was lately received")
    balance: Value = leaf(0.4, 0.0, 50.0, "1", "weight of siding with the friends of friends")
    material: Value = leaf(1.0, 0.0, 50.0, "1", "weight of what it gains in attributes")
    cost: Value = leaf(1.0, 0.0, 50.0, "1", "weight of the political capital spent")
    commitment: Value = leaf(2.0, 0.0, 50.0, "1", "weight of agreements that the act would strain")
    fatigue: Value = leaf(0.3, 0.0, 50.0, "1", "weight of what was lately done towards the same state")
    character: Value = leaf(0.4, 0.0, 50.0, "1", "weight of the state's personality")
    threshold: Value = leaf(0.15, -20.0, 20.0, "score", "what an act must be worth to be preferred to doing nothing")
    spread: Value = leaf(
        0.15, 0.01, 20.0, "score", "the difference in score that changes the odds by e at rationality 1",
        "quantal response: McKelvey and Palfrey 1995",
    )  # fmt: skip
    noise: Value = leaf(1.0, 0.0, 1.0, "1", "1: quantal response; 0: always the best act")


@dataclass(frozen=True, slots=True)
class Tables:
    """What of the scoring never changes in a run."""

    wants: tuple[Want, ...]
    actor: Floats  # [V, A, M] weights of each act for its actor
    target: Floats  # [V, P, M] weights of each deal for its target
    deals: Integers  # [P] which acts are deals
    place: Integers  # [A] where an act stands among the deals
    segments: Mapping[str, slice]  # which features belong to a term
    character: Floats  # [N, A]
    opposite: Floats  # [A] the sign of each act's tone
    power: Mapping[int, float]  # what a unit of each attribute adds to power


@dataclass(frozen=True, slots=True)
class View:
    """A position as those who decide look at it.

    The view that `observe` makes is every state's at once: of row i, `regard[i, j]` and `regard[j, i]` are i's own
    affairs and the truth, and what others have between them is `shown`. Whoever takes for row i only what is i's own
    from `world` and `regard`, and the rest from `public` and `shown`, decides as it would on `of(i)`, which holds no
    more.
    """

    board: Board
    world: World
    regard: Floats  # [R, N, N] how i regards j
    shown: Floats  # [R, N, N] how i seems to everybody to regard j; `regard` itself where nothing is secret
    public: World  # what everybody may know; `world` itself where nothing is secret

    @property
    def turn(self) -> int:
        """The turn that is being decided."""
        return self.world.turn + 1

    @property
    def all_is_open(self) -> bool:
        """Whether nothing is secret."""
        return self.public is self.world

    def of(self, state: int) -> View:
        """What one state may know."""
        return observe(self.board, seen_by(self.board, self.world, state))

    def to_all(self) -> View:
        """What everybody may know."""
        return self if self.all_is_open else View(self.board, self.public, self.shown, self.shown, self.public)

    def sight(self, state: int) -> predicate.Sight:
        """What a condition looks at in the eyes of one state: its own affairs as they are, the rest as it shows."""
        if self.all_is_open:
            return predicate.Sight(self.board, self.world, self.regard)
        own = np.zeros(self.regard.shape[1:], dtype=bool)
        own[state] = own[:, state] = True
        known = whole(self.board, seen_by(self.board, self.world, state))
        return predicate.Sight(self.board, known, np.where(own, self.regard, self.shown))


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The features of a position `[R, M, N, N]` and the scores that follow: `actor` [R, A, N, N] of doing act a to j,
    `target` [R, P, N, N] to state i of the deal that j proposes to it.

    `foreseen` and `foreseen_veto` are `target` and `veto` as the proposer j may foresee them: it does not know what i
    keeps from it.
    """

    features: Floats
    actor: Floats
    target: Floats
    veto: Floats  # [R, P, N, N] 1 + the ally that forbids i to accept the deal of j, 0 where none does
    foreseen: Floats
    foreseen_veto: Floats


def observe(board: Board, world: World) -> View:
    """The view of the position."""
    public, regard = open_world(board, world), relations(board, world)
    return View(board, world, regard, regard if public is world else relations(board, public), public)


def tables(board: Board) -> Tables:
    """The weights of every act, for both of its parties."""
    power = {
        board.attributes.names.index(term.name): coefficient
        for term, coefficient in linear(board.power).items()
        if isinstance(term, predicate.Attribute)
    }
    blocks, segments = _blocks(board, ACTOR, power)
    others, _ = _blocks(board, TARGET, power)
    deals = np.flatnonzero(board.acts.kind == DEAL)
    return Tables(
        wants(board),
        snap(blocks, WEIGHT_BITS),
        snap(others[:, deals], WEIGHT_BITS),
        deals,
        np.cumsum(board.acts.kind == DEAL) - 1,
        segments,
        _character(board),
        np.sign(board.acts.weight),
        power,
    )


def _blocks(board: Board, role: int, power: Mapping[int, float]) -> tuple[Floats, Mapping[str, slice]]:
    """The weights `[V, A, M]` of every act for the party in `role`, block by block in the order of `_features`."""
    blocks = {
        "goals": [_regard_weights(board, role), _regard_onlook(board, role), *_other_goals(board, role)],
        "standing": [_standing_weights(board, role)],
        "security": [_standing_weights(board, role), _security_weights(board, role, power)],
        "congruence": [_each(board, _tone(board))],
        "reciprocity": [_each(board, _tone(board))],
        "balance": [_each(board, _tone(board))],
        "material": [_material_weights(board, role, power)],
        "cost": [_each(board, -board.acts.cost / max(board.income, 1.0) if role == ACTOR else 0.0 * board.acts.cost)],
        "commitment": [_each(board, np.minimum(board.acts.weight, 0.0)), _each(board, -_signed_commitment(board))],
        "fatigue": [_each(board, -np.abs(_tone(board)))],
    }
    segments, start = {}, 0
    for term, members in blocks.items():
        size = sum(member.shape[-1] for member in members)
        segments[term] = slice(start, start + size)
        start += size
    return _joined([member for members in blocks.values() for member in members]), segments


def _joined(parts: list[Floats]) -> Floats:
    """Weights side by side, those that all replicas share repeated where others differ `[V, A, M]`."""
    depth = max(part.shape[0] for part in parts)
    return np.concatenate([np.broadcast_to(part, (depth, *part.shape[1:])) for part in parts], axis=-1)


def _tone(board: Board) -> Floats:
    """How friendly an act is `[A]`, -1 to 1: the mildest word shows half of what the strongest deed does."""
    weight = board.acts.weight
    return np.asarray(np.sign(weight) * (1.0 + np.abs(weight)) / 2.0)


def _persistence(board: Board) -> Floats:
    """The mean share of an impulse over the horizon, by memory `[L]`."""
    left, summed = np.ones_like(board.memories.factors), np.zeros_like(board.memories.factors)
    for _ in range(HORIZON):
        left = left * board.memories.factors
        summed = summed + left
    return summed / HORIZON


def _lasting(effects: Floats, persistence: Floats, axis: int) -> Floats:
    """Effects in shares of the scale, averaged over the horizon, with the memory axis summed out."""
    shape = [1] * effects.ndim
    shape[axis] = -1
    return total(snap(effects * persistence.reshape(shape) / 100.0), axis=axis)


def _done(board: Board, effects: Floats) -> Floats:
    """The rows of effects that are not those of refused deals."""
    return effects[:, : len(board.acts.names)]


def _sides(effects: Floats, role: int) -> Floats:
    """The last axis ordered (self, other) for the party in `role`."""
    return effects if role == ACTOR else effects[..., ::-1]


def _regard_weights(board: Board, role: int) -> Floats:
    """How an act moves (self's regard of other, other's regard of self) `[V, A, 2]`."""
    direct = _lasting(_done(board, board.acts.direct), _persistence(board), 2)
    return direct[..., ::-1] if role == ACTOR else direct


def _onlook(board: Board, role: int) -> Floats:
    """How an act moves onlookers: `[V, A, G, reference, regarded]`, the last two ordered (self, other)."""
    onlook = _lasting(_done(board, board.acts.onlook), _persistence(board), 2)
    return onlook if role == ACTOR else onlook[..., ::-1, ::-1]


def _regard_onlook(board: Board, role: int) -> Floats:
    onlook = _onlook(board, role)
    return flattened(onlook)


def _standing_weights(board: Board, role: int) -> Floats:
    """(other's regard of self, onlookers' regard of self by selector and reference) `[V, A, 1 + 2 G]`."""
    direct = _regard_weights(board, role)[..., 1:]
    onlook = _onlook(board, role)[..., 0]
    return _joined([direct, flattened(onlook)])


def _other_goals(board: Board, role: int) -> list[Floats]:
    """How an act moves attributes (self, other) and tensions (named, shared) `[V, A, 2 Q]`, `[V, A, D + 1]`."""
    attributes = _sides(_done(board, board.acts.attributes), role) / SOFT_ATTRIBUTE
    flat = flattened(attributes)
    named = _done(board, board.acts.tension) / 100.0
    shared = _done(board, board.acts.opposed)[..., None] / 100.0
    return [flat, named, shared]


def _security_weights(board: Board, role: int, power: Mapping[int, float]) -> Floats:
    """What an act adds to (own power, the other's power, protection) `[V, A, 3]`, power in shares of the greatest."""
    attributes = _sides(_done(board, board.acts.attributes), role)
    gained = np.zeros((*attributes.shape[:2], 2))
    for attribute, coefficient in power.items():
        gained = gained + attributes[:, :, attribute] * coefficient
    gained = gained / board.power_scale[:, None, None]
    signed = np.broadcast_to(
        PROTECTION * _signed_commitment(board)[None, :, None], (gained.shape[0], gained.shape[1], 1)
    )
    return np.concatenate([gained, signed], axis=-1)


def _signed_commitment(board: Board) -> Floats:
    """How binding the agreement is that an act leaves `[A]`."""
    return np.asarray(entry_of(board.ties.commitment, board.acts.signs))


def _material_weights(board: Board, role: int, power: Mapping[int, float]) -> Floats:
    """What the party gains in attributes other than power, and by the tie's own worth `[V, A, 1]`."""
    attributes = _sides(_done(board, board.acts.attributes), role)[..., 0]
    scale = np.where(np.isfinite(board.attributes.high), board.attributes.high, SOFT_ATTRIBUTE)
    gained = np.zeros(attributes.shape[:2])
    for attribute in range(attributes.shape[2]):
        if attribute not in power:
            gained = gained + attributes[:, :, attribute] / scale[attribute]
    kinds = board.ties
    own = kinds.giver if role == ACTOR else np.where(kinds.mutual, kinds.giver, kinds.receiver)
    worth = entry_of(own, board.acts.signs) / 100.0
    return np.asarray((gained + worth)[..., None])


def _each(board: Board, weights: Floats) -> Floats:
    return np.asarray(weights, dtype=np.float64)[None, :, None]


def _character(board: Board) -> Floats:
    """How much each state's personality favours each act `[N, A]`."""
    acts = board.acts
    result = np.zeros((len(board.states), len(acts.names)))
    for column, slider in enumerate(acts.sliders):
        leaning = board.personalities.sliders[slider] * 2.0 - 1.0
        result = result + leaning[:, None] * acts.character[None, :, column]
    return snap(result, COARSE)


def appraise(view: View, each: Tables, params: Params) -> Appraisal:
    """Score every act between every two states."""
    graded = gradings(view.board, view.shown)
    features = _features(view, view, each, params, graded)
    leaning = np.swapaxes(_leaning(each, params), 1, 2)[..., None]
    actor = _scores(each.actor, features) + leaning
    target = _scores(each.target, features) + leaning[:, each.deals]
    veto = _vetoes(view, view, each)
    if view.all_is_open:
        return Appraisal(features, actor, target, veto, target, veto)
    others = _features(view, view.to_all(), each, params, graded)
    foreseen = _scores(each.target, others) + leaning[:, each.deals]
    return Appraisal(features, actor, target, veto, foreseen, _vetoes(view, view.to_all(), each))


def _leaning(each: Tables, params: Params) -> Floats:
    """What personality adds to each act of each state `[1 or R, N, A]`."""
    return snap(each.character * per_replica(params.character, 3), COARSE).reshape(
        np.size(params.character), *each.character.shape
    )


def _scores(weights: Floats, features: Floats) -> Floats:
    """Weights `[V, A, M]` times features `[R, M, N, N]`: `[R, A, N, N]`, exactly."""
    replicas, count, states, _ = features.shape
    scored = product(weights, features.reshape(replicas, count, states * states))
    return scored.reshape(replicas, weights.shape[1], states, states)


def _features(view: View, around: View, each: Tables, params: Params, graded: Floats) -> Floats:
    """The features of every pair (self i, other j) `[R, M, N, N]`, in the order of `_blocks`, weighted by term.

    What i and j have between them is taken from `view`, what i has with others from `around`: the same view where i
    decides, what shows where j foresees it. What others have between them is always what shows.
    """
    board, world = view.board, view.world
    shares, seen = snap(view.regard / 100.0, COARSE), snap(view.shown / 100.0, COARSE)
    near = shares if around is view else seen
    capability = capabilities(view.to_all())
    slope = slopes(board, each.wants, around.sight)
    standing, standing_around = _twice(_standing, view, around, capability)
    exposure, exposure_around = _twice(_exposure, view, around, capability)
    commitments = _commitments(view)
    bonds = commitments if around is view else _commitments(around)
    under = np.minimum(total(threats(board, near, capability), axis=2), 4.0)
    burden = under if view.all_is_open else np.minimum(total(threats(board, seen, capability), axis=2), 4.0)
    blocks = (
        (params.goals, _goal_features(board, slope, graded)),
        (params.standing, [_regard_features(standing, standing_around, graded)]),
        (
            params.security,
            [
                _regard_features(exposure, exposure_around, graded),
                _power_features(board, shares, capability, under, burden),
            ],
        ),
        (params.congruence, [shares[:, None]]),
        (params.reciprocity, [np.clip(_moods(world, board.recent) / 20.0, -1.0, 1.0)[:, None]]),
        (params.balance, [_friends_of_friends(near, seen)[:, None]]),
        (params.material, [np.ones((1, 1, 1, 1))]),
        (params.cost, [np.ones((1, 1, 1, 1))]),
        (params.commitment, [commitments[:, None], _strained(bonds, seen)[:, None]]),
        (params.fatigue, [_lately(view)[:, None]]),
    )
    features = np.empty((world.replicas, each.actor.shape[2], len(board.states), len(board.states)))
    start = 0
    for weight, parts in blocks:
        for part in parts:
            span = slice(start, start + part.shape[1])
            np.multiply(part, per_replica(weight, 4), out=features[:, span])
            start = span.stop
    return snap(features, COARSE)


def _twice(concern: Callable[[View, Floats], Floats], view: View, around: View, capability: Floats) -> Sequence[Floats]:
    """A concern of i for k `[R, N, N]` by what the two know, and by what `around` shows."""
    known = concern(view, capability)
    return known, known if around is view else concern(around, capability)


def _standing(view: View, capability: Floats) -> Floats:
    """How much i minds what k thinks of it, k's power and i's regard for it together `[R, N, N]`."""
    shares = snap(view.regard / 100.0, COARSE)
    room = 1.0 - np.swapaxes(shares, -1, -2)
    return _of_others((capability[:, None, :] * 0.25 + np.maximum(shares, 0.0) * 0.75) * room * _offence(view))


def _exposure(view: View, capability: Floats) -> Floats:
    """How much i minds it for its safety: k's power, reach and hostility together `[R, N, N]`."""
    shares = snap(view.regard / 100.0, COARSE)
    hostility = np.swapaxes(view.board.reach[None] * (1.0 - shares) / 2.0, -1, -2)
    return _of_others(capability[:, None, :] * hostility * _offence(view))


def _of_others(concern: Floats) -> Floats:
    """The concern on the coarse grid, nobody's with itself."""
    result = snap(concern, COARSE)
    states = np.arange(result.shape[-1])
    result[:, states, states] = 0.0
    return result


def capabilities(view: View) -> Floats:
    """Each state's power in shares of the greatest at the start, as the view has it `[R, N]`."""
    power = predicate.value(view.board.power, predicate.Sight(view.board, view.world, view.regard))[:, :, 0]
    return np.clip(snap(power / view.board.power_scale[:, None], COARSE), 0.0, 4.0)


def threats(board: Board, shares: Floats, capability: Floats) -> Floats:
    """How much k threatens i: capability times reach times hostility `[R, N(i), N(k)]`."""
    hostile = np.maximum(0.0, -shares) * board.reach[None]
    return snap(np.swapaxes(hostile * capability[:, :, None], -1, -2), COARSE)


def _goal_features(board: Board, slope: Slopes, graded: Floats) -> list[Floats]:
    """The features of the objectives, as the weights of `_blocks` expect them."""
    states = np.arange(len(board.states))
    towards = slope.regard
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
    return [direct, flat, *_material_goals(board, slope)]


def _material_goals(board: Board, slope: Slopes) -> list[Floats]:
    """Slopes of attributes (self and other by turns) and of tensions (named, shared)."""
    states = np.arange(len(board.states))
    own = np.swapaxes(slope.attributes[:, states, states], 1, 2)[..., None]
    other = np.moveaxis(slope.attributes, -1, 1)
    parts = np.stack(np.broadcast_arrays(own, other), axis=2)
    flat = parts.reshape(parts.shape[0], 2 * parts.shape[1], *parts.shape[3:])
    named = np.swapaxes(slope.tension, 1, 2)[..., None]
    shared = contraction("rid,dij->rij", slope.tension, board.opposed)[:, None]
    return [flat, named, shared]


def _regard_features(concern: Floats, around: Floats, graded: Floats) -> Floats:
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
    done = total(np.where(view.world.pause > 0, size[:, None, None], 0.0), axis=1)
    return np.asarray(done + np.swapaxes(done, -1, -2) / 2.0)


def _offence(view: View) -> Floats:
    """How much more i minds what k thinks of it when k has just taken offence: 1 to 5 `[R, N(i), N(k)]`."""
    mood = np.swapaxes(_moods(view.world, view.board.recent), -1, -2)
    return 1.0 + np.minimum(np.maximum(-mood, 0.0) / 5.0, 4.0)


def _commitments(view: View) -> Floats:
    """How bound i and j are by what is in force between them, 0 to 1 `[R, N, N]`."""
    force = view.world.ties > 0
    bound = np.max(np.where(force, view.board.ties.commitment[:, None, None], 0.0), axis=1, initial=0.0)
    return np.asarray(np.maximum(bound, np.swapaxes(bound, -1, -2)))


def _strained(commitments: Floats, seen: Floats) -> Floats:
    """How much a pact of i with j would strain i's pacts: its partners' hostility to j, as it shows `[R, N, N]`."""
    bound = snap(commitments, COARSE)
    return np.asarray(np.minimum(product(bound, np.maximum(0.0, -seen)), 1.0))


def _vetoes(view: View, around: View, each: Tables) -> Floats:
    """Which ally forbids a binding agreement: 1 + the partner of i most hostile to j, where that is below -0.5."""
    bound = _commitments(around) >= 0.8
    hostile = np.where(bound[:, :, :, None], -view.shown[:, None, :, :], 0.0)
    worst = hostile.argmax(axis=2)
    forbidden = np.max(hostile, axis=2, initial=0.0) > 50.0
    by_pair = np.where(forbidden, worst + 1.0, 0.0)
    binding = (_signed_commitment(view.board)[each.deals] >= 0.5)[:, None, None]
    return np.where(binding, by_pair[:, None], 0.0)


def contributions(
    each: Tables, appraisal: Appraisal, params: Params, cell: tuple[int, int, int, int], role: int = ACTOR
) -> Mapping[str, float]:
    """The terms of one score: `cell` is (replica, self, act, other); they sum to the score exactly."""
    replica, own, act, other = cell
    weights, row = (each.actor, act) if role == ACTOR else (each.target, each.place[act])
    parts = weights[replica if weights.shape[0] > 1 else 0, row] * appraisal.features[replica, :, own, other]
    found = {term: float(total(parts[span], axis=0)) for term, span in each.segments.items()}
    leaning = _leaning(each, params)
    found["character"] = float(leaning[replica if leaning.shape[0] > 1 else 0, own, act])
    return found


def accepts_in_principle(appraisal: Appraisal) -> Booleans:
    """Where the target of a deal would take it as far as its proposer can tell `[R, P, N(actor), N(target)]`."""
    return np.swapaxes((appraisal.foreseen >= 0.0) & (appraisal.foreseen_veto == 0.0), -1, -2)
