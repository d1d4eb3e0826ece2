"""The weights of every act for its two parties: how much it moves whom, column by column.

Each column goes with one feature of a position (`utility`), so that a score is a sum of weights times features. Some
columns grow with the value at stake, and some need others to know of the act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel import conditions
from game.kernel.catalogue import (
    ACTOR,
    DEAL,
    DEED,
    NONE,
    STATEMENT,
    TARGET,
    entry_of,
)
from game.kernel.declare import Booleans, Floats, Integers
from game.kernel.numerics import COARSE, snap, total
from game.kernel.world import APPEASE, COERCE, COURT, HEDGE, ISOLATE, Board
from game.policies.reasoner.objective_gradients import Want, linear, wants
from game.policies.reasoner.pledge_breaches import Breach, breaches

WEIGHT_BITS = 16
"""Bits after the point of an act's weights: feature times weight times a hundred terms stays exact."""

SOFT_ATTRIBUTE = 100.0
"""The scale on which a change of an attribute counts like one of a relation."""

NARROWEST = 1e-6
"""A range below this is none: the attribute can't change."""

PROTECTION = 0.08
"""What a fully binding pact adds to safety, on the scale of a relation's share."""

VALUE_STEPS = 5
"""How many values on either side of the usual one are considered."""


AFFINITY = {
    COURT: (0.5, 1.0, 0.5),
    HEDGE: (0.0, 0.0, 0.0),
    ISOLATE: (-0.5, -1.0, -0.5),
    COERCE: (-0.5, -0.5, -1.0),
    APPEASE: (1.0, 0.5, 1.0),
}
"""How much each posture favours friendly statements, deals and deeds, and disfavours hostile ones."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What of the scoring never changes in a run, for one replica."""

    wants: tuple[Want, ...]
    actor: Floats  # [A, M] weights of each act for its actor
    target: Floats  # [P, M] weights of each deal for its target
    deals: Integers  # [P] which acts are deals
    place: Integers  # [A] where an act stands among the deals
    segments: Mapping[str, slice]  # which features belong to a term
    onlookers: Mapping[str, slice]  # which of them are what onlookers come to think
    scaled: Booleans  # [M] which grow with the value at stake
    seen: Booleans  # [M] which need others to know
    breaches: tuple[Breach, ...]  # which acts break which pledge
    personality: Floats  # [N, A]
    opposite: Floats  # [A] the sign of each act's tone
    size: Floats  # [A] how much an act counts as lately done
    tiring: Floats  # [A] the weight of what was lately done
    values: Floats  # [A, 2 * VALUE_STEPS + 1] the values considered over the usual one, which is in the middle
    power: Mapping[int, float]  # what a unit of each attribute adds to power


@dataclass(frozen=True, slots=True)
class Block:
    """Some columns side by side `[A, n]`."""

    weights: Floats
    scaled: bool = False
    seen: bool = False
    onlookers: bool = False


def tables(board: Board, horizon: float, replica: int = 0) -> Tables:
    """The weights of every act for both of its parties, impulses valued over so many turns, in one replica."""
    power = {
        board.attributes.names.index(term.name): coefficient
        for term, coefficient in linear(board.power).items()
        if isinstance(term, conditions.Attribute)
    }
    broken = breaches(board)
    numbers = _Numbers(board, horizon, replica)
    blocks = _blocks(board, numbers, ACTOR, power, broken)
    others = _blocks(board, numbers, TARGET, power, broken)
    deals = np.flatnonzero(board.acts.kind == DEAL)
    tone = tone_of(board)
    members = [member for each in blocks.values() for member in each]
    return Tables(
        wants=wants(board),
        actor=_beside(members),
        target=_beside([member for each in others.values() for member in each])[deals],
        deals=deals,
        place=np.cumsum(board.acts.kind == DEAL) - 1,
        segments=_segments(blocks, onlookers=False),
        onlookers=_segments(blocks, onlookers=True),
        scaled=_marked(members, "scaled"),
        seen=_marked(members, "seen"),
        breaches=broken,
        personality=_character(board),
        opposite=np.sign(board.acts.weight),
        size=snap(0.25 + np.abs(board.acts.weight), COARSE),
        tiring=snap(-np.abs(tone), WEIGHT_BITS),
        values=_values(board),
        power=power,
    )


def _blocks(
    board: Board, numbers: _Numbers, role: int, power: Mapping[int, float], broken: Sequence[Breach]
) -> Mapping[str, list[Block]]:
    """The weights of every act for the party in `role`, block by block in the order of the features."""
    direct, onlook = numbers.direct(role), numbers.onlook(role)
    trust_level = direct[:, 1:] * (board.acts.credible[:, None] if role == ACTOR else 0.0)
    attributes = numbers.attributes(role)
    by_others = Block(_flat(onlook[..., 0]), scaled=True, seen=True, onlookers=True)
    received = direct[:, 1:]
    objectives = [
        Block(direct, scaled=True),
        Block(_flat(onlook), scaled=True, seen=True, onlookers=True),
        Block(_flat(attributes) / SOFT_ATTRIBUTE, scaled=True),
        Block(numbers.done(board.acts.tension) / 100.0, scaled=True, seen=True),
        Block(numbers.done(board.acts.opposed)[:, None] / 100.0, scaled=True, seen=True),
        Block(numbers.aside(), scaled=True, seen=True),
        *([Block(trust_level, scaled=True)] if has_credit(board) else []),
    ]
    seats = [by_others, *([Block(trust_level, scaled=True)] if has_credit(board) else [])]
    safety = _safety(board, role, attributes, power, float(numbers.own(board.power_scale)))
    blocks = {
        "objectives": objectives,
        "standing": [Block(received, scaled=True), *seats, *_standing_of_words(board, role)],
        "security": [Block(received, scaled=True), *seats, *safety],
        "congruence": [_each(tone_of(board))],
        "reciprocity": [_each(tone_of(board))],
        "balance": [_each(tone_of(board))],
        "material": [_gained(board, attributes, power), _each(_worth(board, role)), *_ceded(board, role)],
        "cost": [_each(-board.acts.cost / max(board.income, 1.0) if role == ACTOR else 0.0 * board.acts.cost)],
        "commitment": _commitment(board, role, broken),
        "fatigue": [_each(-np.abs(tone_of(board)))],
        "posture": [Block(_by_kind(board))],
    }
    return {term: [member for member in members if member.weights.shape[-1]] for term, members in blocks.items()}


def has_credit(board: Board) -> bool:
    """Whether any act works by the credit of its speaker."""
    return bool(board.acts.credible.any())


def has_pledges(board: Board) -> bool:
    """Whether any act gives a pledge."""
    return bool((board.acts.pledges != NONE).any())


def has_rumours(board: Board) -> bool:
    """Whether any act confirms or denies."""
    return bool(board.acts.discloses.any())


def has_force(board: Board) -> bool:
    """Whether any act uses force."""
    return bool(board.acts.force.any())


def _standing_of_words(board: Board, role: int) -> list[Block]:
    """What a pledge relieves and a denial hushes."""
    found = []
    if has_pledges(board):
        given = board.acts.pledges[:, role]
        found.append(_each(entry_of(board.pledges.reliability * board.pledges.shelters, given)))
    if has_rumours(board):
        found.append(_each(-1.0 * board.acts.discloses * (role == ACTOR)))
    return found


def _safety(board: Board, role: int, attributes: Floats, power: Mapping[int, float], scale: float) -> list[Block]:
    """Own power and the other's, protection, the pledges it is given, and force against who is guarded."""
    gained = np.zeros((len(attributes), 2))
    for attribute, coefficient in power.items():
        gained = gained + attributes[:, attribute] * coefficient
    found = [
        Block(gained / scale, scaled=True),
        _each(PROTECTION * signed_commitment(board)),
    ]
    if has_pledges(board):
        taken = board.acts.pledges[:, 1 - role]
        honest = entry_of(board.pledges.reliability, taken)
        found.append(_each(honest * entry_of(board.pledges.gravity, taken) / 100.0))
        found.append(_each(honest * entry_of(board.pledges.shelters, taken)))
    if has_force(board):
        found.append(_each(-1.0 * board.acts.force * (role == ACTOR)))
    return found


def _commitment(board: Board, role: int, broken: Sequence[Breach]) -> list[Block]:
    """Agreements that it strains, freedom that it gives away, pledges that it breaks, a word that may prove false."""
    found = [_each(np.minimum(board.acts.weight, 0.0)), _each(-signed_commitment(board))]
    if has_pledges(board):
        found.append(_each(entry_of(board.pledges.gravity, board.acts.pledges[:, role]) / 100.0))
    found.extend(_each(-1.0 * each.acts * (each.role == role)) for each in broken)
    if has_rumours(board):
        found.append(_each(-1.0 * (board.acts.discloses < 0) * (role == ACTOR)))
    return found


def _gained(board: Board, attributes: Floats, power: Mapping[int, float]) -> Block:
    """What the party gains in attributes other than power."""
    scale = _scales(board)
    gained = np.zeros(len(attributes))
    for attribute in range(attributes.shape[1]):
        if attribute not in power:
            gained = gained + attributes[:, attribute, 0] / scale[attribute]
    return Block(gained[:, None], scaled=True)


def _scales(board: Board) -> Floats:
    """What a gain in each attribute is measured by: its range, the usual one where it has no end or no width `[Q]`."""
    low, high = board.attributes.low, board.attributes.high
    ended = np.isfinite(high)
    scale = np.where(ended, high, 0.0) - np.where(ended & np.isfinite(low), low, 0.0)
    return np.where(np.abs(scale) < NARROWEST, SOFT_ATTRIBUTE, np.abs(scale))


def has_land(board: Board) -> bool:
    """Whether any act gives up a territory."""
    return bool(board.acts.cedes.any()) and bool(board.disputes)


def _ceded(board: Board, role: int) -> list[Block]:
    """What a party loses of the land it holds and the other claims, and gains of the land that it claims `[A, 2]`."""
    if not has_land(board):
        return []
    given = board.acts.cedes.astype(np.float64)
    sides = (-given, 0.0 * given) if role == ACTOR else (0.0 * given, given)
    return [Block(np.stack(sides, axis=-1))]


def _worth(board: Board, role: int) -> Floats:
    """What the agreement itself is worth to the party `[A]`."""
    kinds = board.agreements
    own = kinds.giver if role == ACTOR else np.where(kinds.mutual, kinds.giver, kinds.receiver)
    return np.asarray(entry_of(own, board.acts.signs) / 100.0)


class _Numbers:
    """What acts do, as one replica has it, impulses in shares of the scale and averaged over the turns ahead."""

    def __init__(self, board: Board, horizon: float, replica: int) -> None:
        self.board, self.replica, self.turns = board, replica, float(np.rint(horizon))
        left, summed = np.ones_like(board.memories.factors), np.zeros(board.memories.factors.size)
        for _ in range(int(self.turns)):
            left = left * board.memories.factors
            summed = summed + left
        self.share = summed / self.turns

    def own(self, values: Any) -> Any:
        """What belongs to the replica of an array `[V, ...]` that may be shared."""
        return values[self.replica if values.shape[0] > 1 else 0]

    def done(self, effects: Floats) -> Floats:
        """The rows of effects `[V, 2A, ...]` that are not those of refused deals `[A, ...]`."""
        return np.asarray(self.own(effects)[: len(self.board.acts.names)])

    def direct(self, role: int) -> Floats:
        """How an act moves (self's regard of other, other's regard of self) `[A, 2]`."""
        direct = self._lasting(self.board.acts.direct)
        return direct[..., ::-1] if role == ACTOR else direct

    def onlook(self, role: int) -> Floats:
        """How it moves onlookers: `[A, G, reference, regarded]`, the last two ordered (self, other)."""
        onlook = self._lasting(self.board.acts.onlook)
        return onlook if role == ACTOR else onlook[..., ::-1, ::-1]

    def aside(self) -> Floats:
        """How it moves fixed pairs of states `[A, pairs]`."""
        return self._lasting(self.board.acts.aside)

    def attributes(self, role: int) -> Floats:
        """What an act and the agreement it leaves add to attributes of self and other over the horizon `[A, Q, 2]`."""
        kinds, signs = self.board.agreements, self.board.acts.signs
        effects, delivers = self.done(self.board.acts.attributes), self.own(kinds.delivers)
        each = np.concatenate([delivers, np.zeros((1, *delivers.shape[1:]))])[signs]
        delivered = each * np.minimum(self.turns, self.board.acts.turns)[:, None]
        mutual = entry_of(kinds.mutual, signs).astype(bool)[:, None]
        both = effects + np.stack([np.where(mutual, delivered, 0.0), delivered], axis=-1)
        return np.asarray(both if role == ACTOR else both[..., ::-1])

    def _lasting(self, effects: Floats) -> Floats:
        """Effects `[V, 2A, L, ...]` of what is done with the memories summed out `[A, ...]`."""
        done = self.done(effects)
        share = self.share.reshape(-1, *([1] * (done.ndim - 2)))
        return total(snap(done * share / 100.0), axis=1)


def _flat(values: Floats) -> Floats:
    """All axes from the second on as one, also where there is nothing `[a, b * c * ...]`."""
    size = 1
    for length in values.shape[1:]:
        size *= length
    return values.reshape(values.shape[0], size)


def _each(weights: Any) -> Block:
    """One column of one weight an act."""
    return Block(np.asarray(weights, dtype=np.float64)[:, None])


def _beside(members: Sequence[Block]) -> Floats:
    """The weights of blocks side by side, on their grid `[A, M]`."""
    return snap(np.concatenate([member.weights for member in members], axis=-1), WEIGHT_BITS)


def _segments(blocks: Mapping[str, Sequence[Block]], *, onlookers: bool) -> Mapping[str, slice]:
    """Where the columns of each term stand, or those of its onlookers alone."""
    found, start = {}, 0
    for term, members in blocks.items():
        first = start
        for member in members:
            if member.onlookers and onlookers:
                found[term] = slice(start, start + member.weights.shape[-1])
            start += member.weights.shape[-1]
        if not onlookers:
            found[term] = slice(first, start)
    return found


def _marked(members: Sequence[Block], mark: str) -> Booleans:
    return np.concatenate([np.full(member.weights.shape[-1], getattr(member, mark)) for member in members])


def tone_of(board: Board) -> Floats:
    """How friendly an act is `[A]`, -1 to 1: the mildest word shows half of what the strongest deed does."""
    weight = board.acts.weight
    return np.asarray(np.sign(weight) * (1.0 + np.abs(weight)) / 2.0)


def _by_kind(board: Board) -> Floats:
    """The tone of each act, in the column of its kind `[A, 3]`."""
    kinds = board.acts.kind[:, None] == np.array([STATEMENT, DEAL, DEED])
    return np.asarray(tone_of(board)[:, None] * kinds)


def signed_commitment(board: Board) -> Floats:
    """How binding the agreement is that an act leaves `[A]`."""
    return np.asarray(entry_of(board.agreements.commitment, board.acts.signs))


def _character(board: Board) -> Floats:
    """How much each state's personality favours each act `[N, A]`."""
    acts = board.acts
    result = np.zeros((len(board.states), len(acts.names)))
    for column, slider in enumerate(acts.sliders):
        leaning = board.personalities.sliders[slider] * 2.0 - 1.0
        result = result + leaning[:, None] * acts.personality[None, :, column]
    return snap(result, COARSE)


def _values(board: Board) -> Floats:
    """The values considered of each act over the usual one, from the lowest to the highest in even steps."""
    acts, steps = board.acts, np.arange(1, VALUE_STEPS + 1) / VALUE_STEPS
    found = np.ones((len(acts.names), 2 * VALUE_STEPS + 1))
    for act, unit in enumerate(acts.units):
        if unit is not None and acts.usual[act] > 0.0:
            below = acts.usual[act] - (acts.usual[act] - acts.low[act]) * steps[::-1]
            above = acts.usual[act] + (acts.high[act] - acts.usual[act]) * steps
            values = [written(value) for value in (*below, acts.usual[act], *above)]
            found[act] = np.array(values) / acts.usual[act]
    return found


def written(value: float) -> float:
    """A number as the text of an order holds it, in six digits."""
    return float(f"{float(value):.6g}")
