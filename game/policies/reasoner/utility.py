"""What a possible act is worth to each of its two parties, as a sum of named terms.

Everything is linear: a feature of the pair (how they stand, who onlooks, who threatens) times a weight of the act (how
much it moves whom). Every act between every two states is scored at once, and any score can be taken apart again into
its terms exactly, because all factors lie on the coarse grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.kernel.catalogue import FRIENDS, NEIGHBOURS, OTHERS, RIVALS
from game.kernel.compiled import entry, kernel
from game.kernel.declare import Floats, Integers, Value, leaf
from game.kernel.known import gradings
from game.kernel.numerics import clipped, on_coarse_grid
from game.kernel.relations import counts
from game.kernel.setting import Setting
from game.kernel.world import QUERY, RUMOURED, World
from game.policies.reasoner.objective_gradients import (
    WantTable,
    slopes,
    urgencies_as_known,
    urgencies_as_shown,
)
from game.policies.reasoner.pledge_breaches import broken
from game.policies.reasoner.thoughts import Outlook, Sparse, Thoughts, Weights, foresight_in
from game.submodels.conflict import peril, relative_power
from game.submodels.dependence import dependence_by_kind
from game.submodels.reputation import credit
from game.submodels.threat import threat

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


# ---- kernels

GRAVE = 50.0
"""From how hostile to the other an ally forbids a binding agreement."""

ALLIED = 0.8
"""From how binding an agreement makes an ally that may forbid others."""


@entry
def appraise(
    setting: Setting, world: World, public: World, relation: Floats, shown: Floats, turn: int, weights: Weights,
    params: Params, thoughts: Thoughts,
) -> None:  # fmt: skip
    """Score every act between every two states, written to `thoughts`.

    `turn` is what conditions take it for; `shown` [N, N] is how i seems to regard j, which is `relation` where nothing
    is secret.
    """
    thoughts.secretive[0] = _is_secretive(world)
    secretive = thoughts.secretive[0]
    own, others = thoughts.outlook, thoughts.foresight
    _want(setting, world, public, relation, shown, float(turn), weights.wants, thoughts)
    _know(setting, world, public, shown, weights, params, thoughts)
    _regard(setting, world, relation, thoughts.capability, own)
    if secretive:
        _regard(setting, public, shown, thoughts.capability, others)
    if weights.words:
        _value_pledges(world, thoughts)
    _features(setting, world, world, shown, weights, thoughts, own)
    if secretive:
        _features(setting, world, public, shown, weights, thoughts, others)
    _weigh_terms(weights.starts, params, thoughts.weight)
    _score(weights, thoughts)
    _forbid(own.commitments, shown, thoughts.veto)
    _forbid(foresight_in(thoughts).commitments, shown, thoughts.foreseen_veto)


@kernel
def _is_secretive(world: World) -> bool:
    """Whether anything but queries, which only conditions ask about, is secret."""
    if _any(world.secrecy) or _any(world.private_pledge) or _any(world.hidden):
        return True
    for i in range(world.concealed.shape[0]):
        for attribute in range(world.concealed.shape[1]):
            if world.concealed[i, attribute] != 0.0:
                return True
    return False


@kernel
def _any(between: Any) -> bool:
    """Whether anything is not zero of what is between states, of any kind `[kinds, N, N]`."""
    for kind in range(between.shape[0]):
        for i in range(between.shape[1]):
            found = 0
            for j in range(between.shape[2]):
                found |= between[kind, i, j] != 0
            if found:
                return True
    return False


@kernel
def _has_queries(world: World) -> bool:
    """Whether any crisis stands at a query, of which only its two sides know."""
    found = False
    for dispute in range(world.rung.shape[0]):
        found = found or max(world.rung[dispute, 0], world.rung[dispute, 1]) == QUERY
    return found


# ---- what everything is made of


@kernel
def _want(
    setting: Setting, world: World, public: World, relation: Floats, shown: Floats, now: float, wants: WantTable,
    thoughts: Thoughts,
) -> None:  # fmt: skip
    """The slopes of all objectives, each as its own state may know, and as anybody may foresee them."""
    known, own, others = thoughts.known, thoughts.outlook, thoughts.foresight
    if thoughts.secretive[0] or _has_queries(world):
        urgencies_as_known(setting, world, public, relation, shown, now, wants, known)
    else:
        urgencies_as_shown(setting, world, relation, now, wants, known.urgency)
    slopes(wants, known.urgency, own.relation, own.attributes, own.tension)
    if thoughts.secretive[0]:
        urgencies_as_shown(setting, public, shown, now, wants, known.urgency)
        slopes(wants, known.urgency, others.relation, others.attributes, others.tension)


@kernel
def _know(
    setting: Setting, world: World, public: World, shown: Floats, weights: Weights, params: Params, thoughts: Thoughts
) -> None:
    """What all features take up that is the same in anybody's eyes."""
    gradings(setting, shown, thoughts.graded)
    for i in range(shown.shape[0]):
        thoughts.capability[i] = clipped(relative_power(setting, public, i), 0.0, 4.0)
        for act in range(weights.personality.shape[1]):
            thoughts.leaning[i, act] = on_coarse_grid(weights.personality[i, act] * params.personality)
        for j in range(shown.shape[0]):
            thoughts.trust_level[i, j] = credit(setting, world, i, j)
    _lately(world, weights.size, thoughts)
    if weights.force:
        peril(setting, public, shown, thoughts.peril)


@kernel
def _lately(world: World, size: Floats, thoughts: Thoughts) -> None:
    """How much i has lately done towards j: the weights of the acts still in pause, and half of j's towards i."""
    cooldown, lately, done = world.cooldown, thoughts.lately, thoughts.done
    for i in range(done.shape[0]):
        for j in range(done.shape[0]):
            done[i, j] = 0.0
    for act in range(size.size):
        for i in range(done.shape[0]):
            paused = 0
            for j in range(done.shape[0]):
                paused |= cooldown[act, i, j]
            if paused != 0:
                for j in range(done.shape[0]):
                    done[i, j] += size[act] if cooldown[act, i, j] > 0 else 0.0
    for i in range(done.shape[0]):
        for j in range(done.shape[0]):
            lately[i, j] = done[i, j] + done[j, i] / 2.0


@kernel
def _regard(setting: Setting, world: World, relation: Floats, capability: Floats, outlook: Outlook) -> None:
    """How states stand to each other in a world with its relations [N, N]."""
    shares = outlook.shares
    for i in range(shares.shape[0]):
        for j in range(shares.shape[0]):
            shares[i, j] = on_coarse_grid(relation[i, j] / 100.0)
    for i in range(shares.shape[0]):
        _mind(setting, world, capability, outlook, i)
        under = 0.0
        for k in range(shares.shape[0]):
            under += threat(setting, shares, capability, i, k)
        outlook.under[i] = min(under, 4.0)
    _commit(setting, world, outlook.commitments)


@kernel
def _mind(setting: Setting, world: World, capability: Floats, outlook: Outlook, i: int) -> None:
    """How much i minds what each k thinks of it, and minds k for its safety; the more when k has taken offence."""
    recent, reach, shares = setting.recent, setting.reach, outlook.shares
    standing, exposure, memories, hidden = outlook.standing, outlook.exposure, world.memories, world.hidden
    for k in range(shares.shape[0]):
        mood = memories[recent, k, i] + hidden[recent, k, i]
        offence = 1.0 + min(max(-mood, 0.0) / 5.0, 4.0)
        room = 1.0 - shares[k, i]
        near = capability[k] * 0.25 + max(shares[i, k], 0.0) * 0.75
        hostility = reach[k, i] * room / 2.0
        standing[i, k] = on_coarse_grid(near * room * offence)
        exposure[i, k] = on_coarse_grid(capability[k] * hostility * offence)
    standing[i, i] = 0.0
    exposure[i, i] = 0.0


@kernel
def _commit(setting: Setting, world: World, commitments: Floats) -> None:
    """How bound i and j are by what is in force between them, 0 to 1, written to `commitments` [N, N]."""
    commitment = setting.agreements.commitment
    for i in range(commitments.shape[0]):
        for j in range(commitments.shape[0]):
            commitments[i, j] = 0.0
    for kind in range(commitment.size):
        if commitment[kind] > 0.0:
            for i in range(commitments.shape[0]):
                for j in range(commitments.shape[0]):
                    if counts(world, kind, i, j):
                        bound = max(commitments[i, j], commitment[kind])
                        commitments[i, j] = bound
                        commitments[j, i] = max(commitments[j, i], bound)


@kernel
def _value_pledges(world: World, thoughts: Thoughts) -> None:
    """What a pledge between i and j is worth to i, written to `pledges` [4, N, N].

    Given by j: the safety and the shelter from suspicion that i makes of its word. Given by i: the suspicion of j that
    it relieves, and the freedom it takes.
    """
    own, trust, pledges = thoughts.outlook, thoughts.trust_level, thoughts.pledges
    for i in range(trust.shape[0]):
        for j in range(trust.shape[0]):
            wary = max(world.suspicion[i, j], 0.0) / 100.0
            back = trust[j, i] * (max(world.suspicion[j, i], 0.0) / 100.0)
            pledges[0, i, j] = on_coarse_grid(trust[i, j] * (PLEDGED + own.exposure[i, j]))
            pledges[1, i, j] = on_coarse_grid(trust[i, j] * wary)
            pledges[2, i, j] = on_coarse_grid(back * own.standing[i, j])
            pledges[3, i, j] = on_coarse_grid(-(BINDING + max(-own.shares[i, j], 0.0)))


# ---- features


@kernel
def _features(
    setting: Setting, world: World, around: World, shown: Floats, weights: Weights, thoughts: Thoughts,
    outlook: Outlook,
) -> None:  # fmt: skip
    """The features of every pair, written to `outlook`, in the order of the weights, but for the weights of terms.

    What i and j have between them is taken from `world`, what i has with others from `around`: the same world where i
    decides, what shows where j foresees it. What others have between them is always what shows.
    """
    column = _objective_features(setting, weights, thoughts, outlook)
    column = _standing_features(setting, world, weights, thoughts, outlook, column)
    column = _security_features(setting, weights, thoughts, outlook, column)
    column = _affinity_features(setting, world, thoughts, outlook, column)
    column = _material_features(setting, world, weights, outlook, column)
    column = _commitment_features(setting, world, around, shown, weights, thoughts, outlook, column)
    _closing_features(world, weights, thoughts, outlook, column)


@kernel
def _objective_features(setting: Setting, weights: Weights, thoughts: Thoughts, outlook: Outlook) -> int:
    """Slopes of relations, as the act and its onlookers move them, of attributes and tensions; the next column."""
    wants, graded, features = weights.wants, thoughts.graded, outlook.features
    for i in range(graded.shape[1]):
        if wants.first[i + 1] > wants.first[i]:
            for j in range(graded.shape[1]):
                features[0, i, j] = outlook.relation[i, i, j]
                features[1, i, j] = outlook.relation[i, j, i]
            for selector in range(graded.shape[0]):
                _onlookers_of_wants(wants, graded, outlook, i, selector)
    column = 2 + 4 * graded.shape[0]
    if wants.attribute.shape[0] > 0:
        _attribute_features(outlook, column)
    column += 2 * setting.low.size
    if wants.tension.shape[0] > 0:
        _tension_features(setting.disputes.opposed, outlook, column)
    column += outlook.tension.shape[1] + 1
    column = _aside_features(setting.acts.pairs, outlook, column)
    return _believed(outlook.relation, weights, thoughts, outlook, column)


@kernel
def _onlookers_of_wants(wants: WantTable, graded: Floats, outlook: Outlook, i: int, selector: int) -> None:
    """What i gains as onlookers of itself, or of the other, regard itself, or the other, by its slopes of relations."""
    features, slope, cells = outlook.features, outlook.relation, wants.cells
    place = 2 + 4 * selector
    by_self = 0.0
    for j in range(graded.shape[1]):
        by_self += graded[selector, j, i] * slope[i, j, i]
    for j in range(graded.shape[1]):
        features[place, i, j] = by_self - graded[selector, j, i] * slope[i, j, i]
        features[place + 1, i, j] = 0.0
        features[place + 2, i, j] = 0.0
        features[place + 3, i, j] = 0.0
    for cell in range(wants.first[i], wants.first[i + 1]):
        k, regarded = cells[cell, 0], cells[cell, 1]
        gain = slope[i, k, regarded]
        features[place + 1, i, regarded] += graded[selector, k, i] * gain
        if k != i:
            features[place + 3, i, regarded] += graded[selector, k, regarded] * gain
        if regarded == i:
            for j in range(graded.shape[1]):
                features[place + 2, i, j] += graded[selector, k, j] * gain


@kernel
def _attribute_features(outlook: Outlook, column: int) -> None:
    """Slopes of attributes, of self and of the other by turns."""
    features, slope = outlook.features, outlook.attributes
    for attribute in range(slope.shape[2]):
        place = column + 2 * attribute
        for i in range(slope.shape[0]):
            for j in range(slope.shape[0]):
                features[place, i, j] = slope[i, i, attribute]
                features[place + 1, i, j] = slope[i, j, attribute]


@kernel
def _tension_features(opposed: Floats, outlook: Outlook, column: int) -> None:
    """Slopes of tensions, of each that is named and of those that the two share."""
    features, slope = outlook.features, outlook.tension
    shared = column + slope.shape[1]
    for i in range(slope.shape[0]):
        for j in range(slope.shape[0]):
            features[shared, i, j] = 0.0
        for dispute in range(slope.shape[1]):
            for j in range(slope.shape[0]):
                features[column + dispute, i, j] = slope[i, dispute]
                features[shared, i, j] += slope[i, dispute] * opposed[dispute, i, j]


@kernel
def _aside_features(pairs: Integers, outlook: Outlook, column: int) -> int:
    """Slopes of the relations between fixed pairs of states; the next column."""
    features, slope = outlook.features, outlook.relation
    for place in range(pairs.shape[0]):
        for i in range(slope.shape[0]):
            gain = slope[i, pairs[place, 0], pairs[place, 1]]
            for j in range(slope.shape[0]):
                features[column + place, i, j] = gain
    return int(column + pairs.shape[0])


@kernel
def _believed(slope: Floats, weights: Weights, thoughts: Thoughts, outlook: Outlook, column: int) -> int:
    """What i gains by the other's regard, times how much more than usual it believes; the next column."""
    if not weights.credit:
        return column
    features, trust = outlook.features, thoughts.trust_level
    for i in range(trust.shape[0]):
        for j in range(trust.shape[0]):
            features[column, i, j] = on_coarse_grid(slope[i, j, i] * (trust[j, i] - 1.0))
    return column + 1


@kernel
def _concern_features(
    setting: Setting, weights: Weights, thoughts: Thoughts, concern: Floats, around: Floats, outlook: Outlook,
    column: int,
) -> int:  # fmt: skip
    """How much i minds the regard of the other, and by selector that of self's onlookers and the other's.

    `concern` [N, N] is for the other of the two, `around` [N, N] for onlookers. Gives the next column.
    """
    features, graded, trust = outlook.features, thoughts.graded, thoughts.trust_level
    for i in range(concern.shape[0]):
        for j in range(concern.shape[0]):
            features[column, i, j] = concern[i, j]
    column += 1
    for selector in range(graded.shape[0]):
        _onlookers_of_self(graded, around, features, selector, column + 2 * selector)
        _onlookers_of_other(setting, graded, around, features, selector, column + 2 * selector + 1)
    column += 2 * graded.shape[0]
    if not weights.credit:
        return column
    for i in range(concern.shape[0]):
        for j in range(concern.shape[0]):
            features[column, i, j] = on_coarse_grid(concern[i, j] * (trust[j, i] - 1.0))
    return column + 1


@kernel
def _onlookers_of_self(graded: Floats, around: Floats, features: Floats, selector: int, column: int) -> None:
    """How much i minds those who onlook as one kind of its own, but for the other."""
    for i in range(around.shape[0]):
        minded = 0.0
        for k in range(around.shape[0]):
            minded += graded[selector, k, i] * around[i, k]
        for j in range(around.shape[0]):
            features[column, i, j] = minded - graded[selector, j, i] * around[i, j]


@kernel
def _onlookers_of_other(
    setting: Setting, graded: Floats, around: Floats, features: Floats, selector: int, column: int
) -> None:
    """How much i minds those who onlook as one kind of the other's."""
    if selector == OTHERS:
        _minded_but_other(around, features, column)
        return
    _zero(features, column)
    if selector in (RIVALS, FRIENDS):
        _add_product(around, graded, selector, features, column)
    elif selector == NEIGHBOURS:
        _add_neighbours(setting, around, features, column)
    else:
        _add_named(setting.acts.named[selector - OTHERS - 1], around, features, column)


@kernel
def _zero(features: Floats, column: int) -> None:
    for i in range(features.shape[1]):
        for j in range(features.shape[2]):
            features[column, i, j] = 0.0


@kernel
def _minded_but_other(around: Floats, features: Floats, column: int) -> None:
    """How much i minds everybody but the other."""
    for i in range(around.shape[0]):
        minded = 0.0
        for k in range(around.shape[0]):
            minded += around[i, k]
        for j in range(around.shape[0]):
            features[column, i, j] = minded - around[i, j]


@kernel
def _add_neighbours(setting: Setting, around: Floats, features: Floats, column: int) -> None:
    """Add how much i minds the neighbours of the other."""
    for k in range(around.shape[0]):
        for j in range(around.shape[0]):
            if setting.borders[k, j]:
                for i in range(around.shape[0]):
                    features[column, i, j] += around[i, k]


@kernel
def _add_named(named: int, around: Floats, features: Floats, column: int) -> None:
    """Add how much i minds one state, if it is not the other."""
    for i in range(around.shape[0]):
        for j in range(around.shape[0]):
            if j != named:
                features[column, i, j] += around[i, named]


@kernel
def _add_product(left: Floats, graded: Floats, selector: int, features: Floats, column: int) -> None:
    """Add the matrix product of `left` [N, N] and who is which onlooker of whom; four rows at a time."""
    states = left.shape[0]
    for i in range(states):
        k = 0
        while k + 4 <= states:
            a, b, c, d = left[i, k], left[i, k + 1], left[i, k + 2], left[i, k + 3]
            for j in range(states):
                features[column, i, j] += (
                    a * graded[selector, k, j] + b * graded[selector, k + 1, j]
                    + c * graded[selector, k + 2, j] + d * graded[selector, k + 3, j]
                )  # fmt: skip
            k += 4
        while k < states:
            a = left[i, k]
            for j in range(states):
                features[column, i, j] += a * graded[selector, k, j]
            k += 1


@kernel
def _standing_features(
    setting: Setting, world: World, weights: Weights, thoughts: Thoughts, outlook: Outlook, column: int
) -> int:
    """What others who matter to it think, the suspicion that a pledge relieves, and what there is to hush up."""
    column = _concern_features(setting, weights, thoughts, thoughts.outlook.standing, outlook.standing, outlook, column)
    if weights.pledges:
        column = _pledge_feature(thoughts, 2, outlook, column)
    if weights.rumours:
        _zero(outlook.features, column)
        if thoughts.secretive[0]:
            _hush(world, thoughts, outlook, column)
        column += 1
    return column


@kernel
def _pledge_feature(thoughts: Thoughts, worth: int, outlook: Outlook, column: int) -> int:
    """One of what a pledge is worth, as a feature; the next column."""
    features, pledges = outlook.features, thoughts.pledges
    for i in range(pledges.shape[1]):
        for j in range(pledges.shape[1]):
            features[column, i, j] = pledges[worth, i, j]
    return column + 1


@kernel
def _hush(world: World, thoughts: Thoughts, outlook: Outlook, column: int) -> None:
    """How much i minds what the rivals of the other make of a rumour about the two."""
    features, graded, trust, standing = outlook.features, thoughts.graded, thoughts.trust_level, outlook.standing
    for i in range(trust.shape[0]):
        for j in range(trust.shape[0]):
            if rumoured(world, i, j):
                minded = 0.0
                for k in range(trust.shape[0]):
                    minded += on_coarse_grid(standing[i, k] * min(trust[k, i], 2.0)) * graded[RIVALS, k, j]
                features[column, i, j] = on_coarse_grid(minded * HUSHED)


@kernel
def rumoured(world: World, i: int, j: int) -> bool:
    """Whether something between two states is rumoured."""
    for place in range(world.secrecy.shape[0]):
        if max(world.secrecy[place, i, j], world.secrecy[place, j, i]) >= RUMOURED:
            return True
    return False


@kernel
def _security_features(setting: Setting, weights: Weights, thoughts: Thoughts, outlook: Outlook, column: int) -> int:
    """The threats others are, power and protection, the pledges that it is given, and the peril of force."""
    column = _concern_features(setting, weights, thoughts, thoughts.outlook.exposure, outlook.exposure, outlook, column)
    _power_features(setting, thoughts, outlook, column)
    column += 3
    if weights.pledges:
        column = _pledge_feature(thoughts, 0, outlook, column)
        column = _pledge_feature(thoughts, 1, outlook, column)
    if weights.force:
        for i in range(thoughts.peril.shape[0]):
            for j in range(thoughts.peril.shape[0]):
                outlook.features[column, i, j] = thoughts.peril[i, j]
        column += 1
    return column


@kernel
def _power_features(setting: Setting, thoughts: Thoughts, outlook: Outlook, column: int) -> None:
    """The threat one lives under, what the other's power means to one, and the protection it gives.

    It is the threat that i knows of to itself, and of that to the other what shows.
    """
    features, shares, capability = outlook.features, thoughts.outlook.shares, thoughts.capability
    under, others, reach = outlook.under, foresight_in(thoughts).under, setting.reach
    for i in range(shares.shape[0]):
        for j in range(shares.shape[0]):
            back = shares[j, i]
            shield = min(under[i], 1.0) * capability[j] * (0.2 + max(shares[i, j], 0.0))
            features[column, i, j] = under[i]
            features[column + 1, i, j] = reach[j, i] * (min(back, 0.0) + 0.25 * max(back, 0.0))
            features[column + 2, i, j] = shield - 0.3 * min(others[j], 1.0)


@kernel
def _affinity_features(setting: Setting, world: World, thoughts: Thoughts, outlook: Outlook, column: int) -> int:
    """How i regards the other, its mood, and how its friends regard the other; the next column."""
    features, shares, recent = outlook.features, thoughts.outlook.shares, setting.recent
    for i in range(shares.shape[0]):
        for j in range(shares.shape[0]):
            mood = world.memories[recent, i, j] + world.hidden[recent, i, j]
            features[column, i, j] = shares[i, j]
            features[column + 1, i, j] = clipped(mood / 20.0, -1.0, 1.0)
    _friends_of_friends(outlook.shares, foresight_in(thoughts).shares, features, column + 2)
    return column + 3


@kernel
def _friends_of_friends(shares: Floats, seen: Floats, features: Floats, column: int) -> None:
    """How the friends of i stand to j: mean over k of X[i, k] X[k, j], the latter as it shows; two at a time."""
    states = shares.shape[0]
    others = max(states - 2, 1)
    for i in range(states):
        for j in range(states):
            features[column, i, j] = shares[i, states - 1] * seen[states - 1, j] if states % 2 == 1 else 0.0
        for k in range(0, states - 1, 2):
            a, b = shares[i, k], shares[i, k + 1]
            for j in range(states):
                features[column, i, j] += a * seen[k, j] + b * seen[k + 1, j]
        for j in range(states):
            features[column, i, j] = features[column, i, j] / others


@kernel
def _material_features(setting: Setting, world: World, weights: Weights, outlook: Outlook, column: int) -> int:
    """What is gained and what it costs, whoever the other is, and the land that one of the two may cede the other."""
    features = outlook.features
    cost = column + (4 if weights.land else 2)
    for i in range(features.shape[1]):
        for j in range(features.shape[2]):
            features[column, i, j] = 1.0
            features[column + 1, i, j] = 1.0
            features[cost, i, j] = 1.0
    if weights.land:
        _zero(features, column + 2)
        _zero(features, column + 3)
        _land(setting, world, features, column + 2)
    return cost + 1


@kernel
def _land(setting: Setting, world: World, features: Floats, column: int) -> None:
    """The stakes of the territories that i holds and j claims, and the other way round."""
    disputes = setting.disputes
    for dispute in range(disputes.stake.size):
        for side in range(2):
            one, other = disputes.parties[dispute, side], disputes.parties[dispute, 1 - side]
            if world.holder[dispute] == one:
                features[column, one, other] += disputes.stake[dispute]
                features[column + 1, other, one] += disputes.stake[dispute]


@kernel
def _commitment_features(
    setting: Setting, world: World, around: World, shown: Floats, weights: Weights, thoughts: Thoughts,
    outlook: Outlook, column: int,
) -> int:  # fmt: skip
    """What an act would strain: agreements and dependence, other pacts, freedom, pledges, a word that is doubted."""
    features, bound = outlook.features, thoughts.outlook.commitments
    _depend(setting, around, features, column)
    for i in range(bound.shape[0]):
        for j in range(bound.shape[0]):
            features[column, i, j] = max(bound[i, j], min(features[column, i, j], 1.0))
    _strain(outlook.commitments, thoughts.graded, features, column + 1)
    column += 2
    if weights.pledges:
        column = _pledge_feature(thoughts, 3, outlook, column)
    for breach in range(weights.breaches.kind.size):
        _breach_feature(setting, around, shown, weights, thoughts, breach, features, column + breach)
    column += weights.breaches.kind.size
    if weights.rumours:
        _zero(features, column)
        if thoughts.secretive[0]:
            _doubted(world, thoughts.trust_level, features, column)
        column += 1
    return column


@kernel
def _depend(setting: Setting, around: World, features: Floats, column: int) -> None:
    """How much i would miss what j provides."""
    _zero(features, column)
    for kind in range(setting.agreements.dependence.size):
        if setting.agreements.dependence[kind] != 0.0:
            for giver in range(features.shape[1]):
                for receiver in range(features.shape[2]):
                    if around.agreements[kind, giver, receiver] > 0:
                        missed = dependence_by_kind(setting, around, kind, giver, receiver)
                        features[column, receiver, giver] += missed


@kernel
def _strain(commitments: Floats, graded: Floats, features: Floats, column: int) -> None:
    """How much a pact of i with j would strain i's pacts: its partners' hostility to j, as it shows."""
    for i in range(commitments.shape[0]):
        for j in range(commitments.shape[0]):
            features[column, i, j] = 0.0
        for k in range(commitments.shape[0]):
            if commitments[i, k] != 0.0:
                bound = on_coarse_grid(commitments[i, k])
                for j in range(commitments.shape[0]):
                    features[column, i, j] += bound * graded[RIVALS, k, j]
        for j in range(commitments.shape[0]):
            features[column, i, j] = min(features[column, i, j], 1.0)


@kernel
def _breach_feature(
    setting: Setting, around: World, shown: Floats, weights: Weights, thoughts: Thoughts, breach: int,
    features: Floats, column: int,
) -> None:  # fmt: skip
    """What it would break of i's word to do with j what some pledges forbid, by gravity."""
    kind = weights.breaches.kind[breach]
    unit = BREACH * setting.pledges.gravity[kind] / 100.0
    for i in range(shown.shape[0]):
        given = False
        for holder in range(shown.shape[0]):
            features[column, i, holder] = 0.0
            given = given or around.pledges[kind, i, holder] > 0
        if given:
            for j in range(shown.shape[0]):
                features[column, i, j] = broken(
                    setting, around, weights.breaches, breach, shown, thoughts.trust_level, unit, i, j
                )


@kernel
def _doubted(world: World, trust_level: Floats, features: Floats, column: int) -> None:
    """What its word counts for i, where something between the two is rumoured: a denial puts it at risk."""
    states = trust_level.shape[0]
    for i in range(states):
        word = 0.0
        for k in range(states):
            word += 0.0 if k == i else trust_level[k, i]
        risked = on_coarse_grid(AT_STAKE * (word / max(states - 1, 1)))
        for j in range(states):
            if rumoured(world, i, j):
                features[column, i, j] = risked


@kernel
def _closing_features(world: World, weights: Weights, thoughts: Thoughts, outlook: Outlook, column: int) -> None:
    """What i did lately, and how much what it is about with j favours friendly statements, deals and deeds."""
    features, lately = outlook.features, thoughts.lately
    for i in range(lately.shape[0]):
        for j in range(lately.shape[0]):
            features[column, i, j] = lately[i, j]
            for kind in range(3):
                features[column + 1 + kind, i, j] = weights.affinity[world.posture[i, j], kind]


# ---- scores


@kernel
def _weigh_terms(starts: Integers, params: Params, weight: Floats) -> None:
    """The weight of the term of each feature, written to `weight` [M]."""
    _weigh_term(weight, starts, 0, params.objectives)
    _weigh_term(weight, starts, 1, params.standing)
    _weigh_term(weight, starts, 2, params.security)
    _weigh_term(weight, starts, 3, params.congruence)
    _weigh_term(weight, starts, 4, params.reciprocity)
    _weigh_term(weight, starts, 5, params.balance)
    _weigh_term(weight, starts, 6, params.material)
    _weigh_term(weight, starts, 7, params.cost)
    _weigh_term(weight, starts, 8, params.commitment)
    _weigh_term(weight, starts, 9, params.fatigue)
    _weigh_term(weight, starts, 10, params.posture)


@kernel
def _weigh_term(weight: Floats, starts: Integers, term: int, value: Value) -> None:
    for column in range(starts[term], starts[term + 1]):
        weight[column] = value


@kernel
def _score(weights: Weights, thoughts: Thoughts) -> None:
    """What every act is worth to its actor, and every deal to its target, also as its proposer may foresee it."""
    features, foreseen = thoughts.outlook.features, foresight_in(thoughts).features
    for i in range(features.shape[1]):
        _weigh(thoughts.weight, features, i)
        score_acts(weights, thoughts, features, i)
        if thoughts.secretive[0]:
            _weigh(thoughts.weight, foreseen, i)
            _score_deals(weights, thoughts, features, i, thoughts.target)
            _add_posture(weights, features, i, thoughts.target, thoughts.target)
        _score_deals(weights, thoughts, foreseen, i, thoughts.foreseen)
        if not thoughts.secretive[0]:
            _add_posture(weights, features, i, thoughts.foreseen, thoughts.target)


@kernel
def _weigh(weight: Floats, features: Floats, i: int) -> None:
    """Each feature of i with every other times the weight of its term."""
    for column in range(weight.size):
        term = weight[column]
        for j in range(features.shape[2]):
            features[column, i, j] = on_coarse_grid(features[column, i, j] * term)


@kernel
def score_acts(weights: Weights, thoughts: Thoughts, features: Floats, i: int) -> None:
    """The scores of every act of i."""
    scoring, sums, scores = weights.scoring, thoughts.sums, thoughts.actor
    _add_up(scoring.sums, features, i, sums)
    for act in range(scores.shape[0]):
        score = thoughts.leaning[i, act] + _alone(scoring.alone, features, act, i)
        for j in range(scores.shape[2]):
            scores[act, i, j] = score
        _add_terms(scoring.rows, sums, scores, act, i)


@kernel
def _score_deals(weights: Weights, thoughts: Thoughts, features: Floats, i: int, scores: Floats) -> None:
    """The scores of every deal that somebody else proposes to i, but for what i is about with it."""
    foreseeing, sums, deals = weights.foreseeing, thoughts.sums, weights.deals
    _add_up(foreseeing.sums, features, i, sums)
    for deal in range(scores.shape[0]):
        score = thoughts.leaning[i, deals[deal]] + _alone(foreseeing.alone, features, deal, i)
        for j in range(scores.shape[2]):
            scores[deal, i, j] = score
        _add_terms(foreseeing.rows, sums, scores, deal, i)


@kernel
def _alone(alone: Sparse, features: Floats, row: int, i: int) -> float:
    """What a score gets from the features that are the same whoever the other is."""
    score = 0.0
    for item in range(alone.first[row], alone.first[row + 1]):
        score += alone.weight[item] * features[alone.column[item], i, 0]
    return score


@kernel
def _add_up(table: Sparse, features: Floats, i: int, sums: Floats) -> None:
    """The sums of features of i with every other, written to `sums` [S, N]."""
    first, column, sign = table.first, table.column, table.weight
    for place in range(first.size - 1):
        item, last = first[place], first[place + 1]
        second = sign[last - 1] if last > item + 1 else 0.0
        _begin_sum(column[item], column[last - 1], second, features, i, sums, place)
        for between in range(item + 1, last - 1):
            feature, signed = column[between], sign[between]
            for j in range(sums.shape[1]):
                sums[place, j] += signed * features[feature, i, j]


@kernel
def _begin_sum(first: int, last: int, sign: float, features: Floats, i: int, sums: Floats, place: int) -> None:
    """Begin a sum with two of its features, the second as its sign says."""
    for j in range(sums.shape[1]):
        sums[place, j] = features[first, i, j] + sign * features[last, i, j]


@kernel
def _add_terms(table: Sparse, sums: Floats, scores: Floats, row: int, i: int) -> None:
    """Add the weights of a row times the sums they go with, four at a time, to the scores [rows, N, N] of i."""
    column, weight = table.column, table.weight
    item, last = table.first[row], table.first[row + 1]
    while item + 4 <= last:
        a, b, c, d = column[item], column[item + 1], column[item + 2], column[item + 3]
        of_a, of_b, of_c, of_d = weight[item], weight[item + 1], weight[item + 2], weight[item + 3]
        for j in range(sums.shape[1]):
            scores[row, i, j] += of_a * sums[a, j] + of_b * sums[b, j] + of_c * sums[c, j] + of_d * sums[d, j]
        item += 4
    while item < last:
        a, of_a = column[item], weight[item]
        for j in range(sums.shape[1]):
            scores[row, i, j] += of_a * sums[a, j]
        item += 1


@kernel
def _add_posture(weights: Weights, features: Floats, i: int, scores: Floats, whole: Floats) -> None:
    """The scores of every deal with what i is about with every other added, written to `whole` [P, N, N]."""
    table, posture = weights.taking, weights.starts[weights.starts.size - 2]
    for deal in range(scores.shape[0]):
        for j in range(scores.shape[2]):
            whole[deal, i, j] = scores[deal, i, j]
        item = table.first[deal + 1] - 1
        while item >= table.first[deal] and table.column[item] >= posture:
            column, weight = table.column[item], table.weight[item]
            for j in range(scores.shape[2]):
                whole[deal, i, j] += weight * features[column, i, j]
            item -= 1


@kernel
def _forbid(commitments: Floats, shown: Floats, veto: Integers) -> None:
    """1 + the ally of i most hostile to j, who forbids i binding agreements with it, written to `veto` [N, N]."""
    for i in range(shown.shape[0]):
        for j in range(shown.shape[0]):
            veto[i, j] = 0
        allied = False
        for k in range(shown.shape[0]):
            allied = allied or commitments[i, k] >= ALLIED
        if allied:
            for j in range(shown.shape[0]):
                veto[i, j] = _forbidding(commitments, shown, i, j)


@kernel
def _forbidding(commitments: Floats, shown: Floats, i: int, j: int) -> int:
    """1 + the first of the allies of i that is most hostile to j, 0 where none is enough."""
    worst, found = GRAVE, 0
    for k in range(shown.shape[0]):
        if commitments[i, k] >= ALLIED and -shown[k, j] > worst:
            worst = -shown[k, j]
            found = k + 1
    return found
