"""Acts and orders: the compiled catalogue, what an order does, who may give it, and its one-line text.

An act has two parties, the actor and the target. Its effects are linear: so much in how the target regards the actor,
so much in how each onlooker regards either, weighted by how much of a rival, friend or neighbour the onlooker is. So
the effects of all orders of a turn commute, and what a preview shows is what happens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from game.declare import Booleans, Floats, Integers, Shorts
from game.errors import IllegalOrder, InvalidOrder, UnaffordableOrder, nearest
from game.numerics import COARSE, contraction, hundredths, snap
from game.predicate import Condition, Sight, text, truth
from game.world import Board, World

NONE = -1
"""No act, no target, nothing about."""

STATEMENT, DEAL, DEED = range(3)
KINDS = ("statement", "deal", "deed")

RIVALS, FRIENDS, NEIGHBOURS, OTHERS = range(4)
SELECTORS = ("rivals", "friends", "neighbours", "others")
"""The graded onlookers; selectors from 4 on stand for one named state each."""

ALL_KINDS = -2
"""An act that breaks ties of every kind."""

ACTOR, TARGET = 0, 1


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The compiled acts `[A]`. Rows A..2A-1 of the effects are those of a refused deal.

    `direct` [V, 2A, L, 2]: the target's regard of the actor, the actor's of the target. `onlook` [V, 2A, L, G, 2, 2]:
    an onlooker graded by selector G relative to actor or target changes its regard of actor or target. `outward`, the
    same axes: actor or target changes its regard of such an onlooker. V is 1, or R where an effect has a spread.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    kind: npt.NDArray[np.int8]
    cost: Floats
    pause: Shorts
    usual: Floats
    low: Floats
    high: Floats
    units: tuple[str | None, ...]
    signs: Shorts
    turns: Shorts
    breaks: Shorts
    may_act: Booleans  # [A, N]
    may_receive: Booleans  # [A, N]
    requires: tuple[tuple[Booleans, Condition], ...]  # (which acts [A], what must hold)
    floor: Shorts  # [2, A] least regard, in hundredths, of actor for target and of target for actor
    ceiling: Shorts  # [2, A] greatest
    further: tuple[tuple[Booleans, Condition], ...]  # the requirements that floor and ceiling do not cover
    named: tuple[int, ...]  # the states that selectors from 4 on stand for
    direct: Floats
    onlook: Floats
    outward: Floats | None
    pairs: tuple[tuple[int, int], ...]  # fixed pairs of states that acts touch, whoever the parties are
    aside: Floats  # [V, 2A, L, pairs]
    attributes: Floats  # [V, 2A, Q, 2]
    tension: Floats  # [V, 2A, D]
    opposed: Floats  # [V, 2A] on each dispute between the two parties
    weight: Floats  # [A] the score it is grounded on, -1 to 1
    character: Floats  # [A, sliders]
    sliders: tuple[str, ...]
    keys: Any  # [A] uint64

    def act(self, name: str) -> int:
        """The index of an act; KeyError when there is none."""
        try:
            return self.names.index(name)
        except ValueError:
            raise KeyError(name) from None


@dataclass(frozen=True, slots=True)
class Orders:
    """What every state does this turn: `act`, `target` and `about` [R, N, S] (-1 for none), `scale` [R, N, S].

    `scale` is the value at stake over the act's usual value; `option` [R, E] is what each decider chose for an event
    that waits for it, -1 to leave it to the weights.
    """

    act: Integers
    target: Integers
    scale: Floats
    about: Integers
    option: Integers


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one state, in words: names, not indices."""

    state: str
    act: str
    target: str
    value: float | None = None

    def __str__(self) -> str:
        value = "" if self.value is None else f" value={written(self.value)}"
        return f"{self.state}: {self.act} {self.target}{value}"


def written(value: float) -> str:
    """A value to six digits, never with an exponent: as an order's text takes it."""
    return np.format_float_positional(value, precision=6, fractional=False, trim="-")


@dataclass(frozen=True, slots=True)
class Deeds:
    """Acts that took place, flat over all replicas: `replica actor target act outcome` [O], `scale` [O]."""

    replica: Integers
    actor: Integers
    slot: Integers
    target: Integers
    act: Integers
    refused: Booleans
    scale: Floats


@dataclass(frozen=True, slots=True)
class Impulses:
    """What deeds do: `regard` [O, L, 2, N] in how each state regards the actor and the target, `outward` likewise for
    how those two regard each state, `aside` [O, L, pairs] between fixed states, `attributes` [O, Q, 2] and `tension`
    [O, D].
    """

    regard: Floats
    outward: Floats | None
    aside: Floats
    attributes: Floats
    tension: Floats


def no_orders(board: Board, replicas: int = 1) -> Orders:
    """Nobody does anything."""
    shape = (replicas, len(board.states), board.orders)
    nothing = np.full(shape, NONE, dtype=np.int64)
    option = np.full((replicas, len(board.events)), NONE, dtype=np.int64)
    return Orders(nothing, nothing, np.ones(shape), nothing, option)


def is_proposal(board: Board, orders: Orders) -> Booleans:
    """Which orders need the target's consent `[R, N, S]`."""
    return np.asarray(entry_of(board.acts.kind == DEAL, orders.act).astype(bool))


def gradings(board: Board, regard: Floats) -> Floats:
    """How much k is a rival, friend, neighbour ... of x: `[R, G, N(k), N(x)]`, 0 to 1, nothing of itself."""
    states = len(board.states)
    share = snap(regard / 100.0, COARSE)
    graded = np.empty((share.shape[0], len(SELECTORS) + len(board.acts.named), states, states))
    np.maximum(-share, 0.0, out=graded[:, RIVALS])
    np.maximum(share, 0.0, out=graded[:, FRIENDS])
    graded[:, NEIGHBOURS] = board.borders
    graded[:, OTHERS] = 1.0 - np.eye(states)
    for place, named in enumerate(board.acts.named, len(SELECTORS)):
        graded[:, place] = 0.0
        graded[:, place, named] = 1.0
        graded[:, place, named, named] = 0.0
    return graded


def deeds_of(orders: Orders, accepted: Booleans, board: Board, running: Booleans) -> Deeds:
    """The acts that orders lead to: statements and deeds as given, deals as answered; none where the run has ended."""
    replica, actor, slot = np.nonzero((orders.act != NONE) & running[:, None, None])
    act = orders.act[replica, actor, slot]
    refused = (board.acts.kind[act] == DEAL) & ~accepted[replica, actor, slot]
    target = orders.target[replica, actor, slot]
    deeds = Deeds(replica, actor, slot, target, act, np.asarray(refused), orders.scale[replica, actor, slot])
    return replace(deeds, scale=deeds.scale / _crossed(board, deeds))


def entry_of(values: Any, index: Integers | Shorts) -> Any:
    """What belongs to each act or kind of tie, 0 where the index is `NONE`; there need not be any."""
    return np.append(values, 0)[index]


def _crossed(board: Board, deeds: Deeds) -> Floats:
    """How many orders make one agreement `[O]`: 2 where both proposed the same mutual pact, so each counts half."""
    kind = board.acts.signs[deeds.act]
    mutual = entry_of(board.ties.mutual, kind).astype(bool) & (board.acts.kind[deeds.act] == DEAL) & ~deeds.refused
    shared = np.ones(deeds.act.size)
    if np.count_nonzero(mutual) > 1:
        low, high = np.minimum(deeds.actor, deeds.target), np.maximum(deeds.actor, deeds.target)
        pacts = np.stack([deeds.replica, deeds.act, low, high])[:, mutual]
        _, which, count = np.unique(pacts, axis=1, return_inverse=True, return_counts=True)
        shared[mutual] = count[which.reshape(-1)]
    return shared


def impulses(board: Board, graded: Floats, deeds: Deeds) -> Impulses:
    """What each deed does, before anything is summed."""
    acts = board.acts
    row = deeds.act + np.where(deeds.refused, len(acts.names), 0)
    scale = deeds.scale
    pair = np.arange(deeds.act.size)
    about_actor = graded[deeds.replica, :, :, deeds.actor]
    about_target = graded[deeds.replica, :, :, deeds.target]
    weights = np.stack([about_actor, about_target], axis=2)
    weights[pair, :, :, deeds.actor] = 0.0
    weights[pair, :, :, deeds.target] = 0.0
    onlook = _scaled(_taken(acts.onlook, deeds.replica, row), scale)
    regard = contraction("olgxy,ogxk->olyk", onlook, weights)
    direct = _scaled(_taken(acts.direct, deeds.replica, row), scale)
    regard[pair, :, ACTOR, deeds.target] = direct[:, :, 0]
    regard[pair, :, TARGET, deeds.actor] = direct[:, :, 1]
    outward = None
    if acts.outward is not None:
        outward = contraction("olgxy,ogxk->olyk", _scaled(_taken(acts.outward, deeds.replica, row), scale), weights)
    tension = _scaled(_taken(acts.tension, deeds.replica, row), scale)
    shared = board.opposed[:, deeds.actor, deeds.target].T
    tension = tension + shared * _scaled(_taken(acts.opposed, deeds.replica, row), scale)[:, None]
    attributes = _scaled(_taken(acts.attributes, deeds.replica, row), scale)
    aside = _scaled(_taken(acts.aside, deeds.replica, row), scale)
    return Impulses(regard, outward, aside, attributes, tension)


def _taken(effects: Floats, replica: Integers, row: Integers) -> Floats:
    """The effect rows of deeds, from a table shared by all replicas or one a replica."""
    return np.asarray(effects[0, row] if effects.shape[0] == 1 else effects[replica, row])


def _scaled(values: Floats, scale: Floats) -> Floats:
    return snap(values * scale.reshape((-1,) + (1,) * (values.ndim - 1)), COARSE)


def summed_regard(board: Board, replicas: int, deeds: Deeds, done: Impulses) -> Floats:
    """The impulses of all deeds together `[R, L, N, N]`."""
    states = len(board.states)
    columns = np.zeros((replicas, states, len(board.memories.names), states))
    np.add.at(columns, (deeds.replica, deeds.actor), done.regard[:, :, ACTOR])
    np.add.at(columns, (deeds.replica, deeds.target), done.regard[:, :, TARGET])
    summed = np.ascontiguousarray(columns.transpose(0, 2, 3, 1))
    if done.outward is not None:
        rows = np.zeros_like(columns)
        np.add.at(rows, (deeds.replica, deeds.actor), done.outward[:, :, ACTOR])
        np.add.at(rows, (deeds.replica, deeds.target), done.outward[:, :, TARGET])
        summed = summed + rows.transpose(0, 2, 1, 3)
    for place, (first, second) in enumerate(board.acts.pairs):
        np.add.at(summed[:, :, first, second], (deeds.replica,), done.aside[:, :, place])
    return summed


def summed_attributes(board: Board, replicas: int, deeds: Deeds, done: Impulses) -> Floats:
    """What all deeds add to attributes `[R, N, Q]`."""
    summed = np.zeros((replicas, len(board.states), len(board.attributes.names)))
    np.add.at(summed, (deeds.replica, deeds.actor), done.attributes[:, :, ACTOR])
    np.add.at(summed, (deeds.replica, deeds.target), done.attributes[:, :, TARGET])
    return summed


def summed_tension(board: Board, replicas: int, deeds: Deeds, done: Impulses) -> Floats:
    """What all deeds add to tensions `[R, D]`."""
    summed = np.zeros((replicas, len(board.disputes)))
    np.add.at(summed, (deeds.replica,), done.tension)
    return summed


def agreed_ties(board: Board, ties: Shorts, deeds: Deeds) -> Shorts:
    """Ties after the deeds' breaking, then signing and renewing; a renewed tie keeps the longer term `[R, K, N, N]`."""
    acts = board.acts
    result = ties.copy()
    breaks = acts.breaks[deeds.act]
    every = (breaks == ALL_KINDS) & ~deeds.refused
    for one, other in ((deeds.actor, deeds.target), (deeds.target, deeds.actor)):
        result[deeds.replica[every], :, one[every], other[every]] = 0
    for where in _bound(board, deeds, breaks, (breaks >= 0) & ~deeds.refused):
        result[where] = 0
    signing = (acts.signs[deeds.act] != NONE) & ~deeds.refused
    term = acts.turns[deeds.act[signing]]
    given, returned = _bound(board, deeds, acts.signs[deeds.act], signing)
    np.maximum.at(result, given, term)
    np.maximum.at(result, returned, term[board.ties.mutual[acts.signs[deeds.act[signing]]]])
    return result


def _bound(board: Board, deeds: Deeds, kinds: Shorts, which: Booleans) -> tuple[Any, Any]:
    """Where the ties of some deeds stand, `(replica, kind, giver, receiver)`: as given, and back if they are mutual."""
    place = (deeds.replica[which], kinds[which], deeds.actor[which], deeds.target[which])
    replica, kind, actor, target = (each[board.ties.mutual[place[1]]] for each in place)
    return place, (replica, kind, target, actor)


def permitted(board: Board, world: World, regard: Floats) -> Booleans:
    """Which orders are legal now, whatever they cost `[R, N, A, N]`."""
    return by_state(permitted_by_act(board, world, regard))


def by_state(legal: Booleans) -> Booleans:
    """`[A, R, N, N]` as `[R, N, A, N]`."""
    return np.ascontiguousarray(legal.transpose(1, 2, 0, 3))


def permitted_by_act(board: Board, world: World, regard: Floats) -> Booleans:
    """Which orders are legal now `[A, R, N, N]`: with the acts first, each test runs over one unbroken block."""
    acts = board.acts
    states = len(board.states)
    static = acts.may_act[:, :, None] & acts.may_receive[:, None, :] & ~np.eye(states, dtype=bool)
    legal = static[:, None] & (np.swapaxes(world.pause, 0, 1) == 0)
    legal &= world.running[:, None, None]
    own = hundredths(regard).astype(np.int16)
    for side, each in enumerate((own, np.ascontiguousarray(np.swapaxes(own, -1, -2)))):
        legal &= each >= acts.floor[side][:, None, None, None]
        legal &= each <= acts.ceiling[side][:, None, None, None]
    sight = Sight(board, world, regard)
    for which, condition in acts.further:
        legal[which] &= truth(condition, sight)
    signing = acts.signs != NONE
    if signing.any():
        legal[signing] &= np.swapaxes(world.ties, 0, 1)[acts.signs[signing]] == 0
    if (acts.breaks == ALL_KINDS).any():
        legal[acts.breaks == ALL_KINDS] &= sight.in_force().any(axis=1)
    breaking = acts.breaks >= 0
    if breaking.any():
        legal[breaking] &= np.swapaxes(world.ties, 0, 1)[acts.breaks[breaking]] > 0
    return np.asarray(legal)


_ORDER = re.compile(
    r"\s*(?P<state>[a-z][a-z0-9_]*)\s*:\s*(?P<act>[a-z][a-z0-9_]*)\s+(?P<target>[a-z][a-z0-9_]*)"
    r"(?:\s+value\s*=\s*(?P<value>[0-9]+(?:\.[0-9]+)?))?\s*"
)


def order_of(line: str) -> Order:
    """The order a line of text means, before its names are looked up: `azerbaijan: arms_package israel value=1.6`.

    Raises InvalidOrder when the line has another form.
    """
    found = _ORDER.fullmatch(line)
    if found is None:
        raise InvalidOrder(f"{line!r} is not an order; write 'azerbaijan: reassure iran' or '… value=1.6'")
    # Six digits are what the text of an order holds, so what is played is what a journal can write down.
    value = None if found["value"] is None else float(f"{float(found['value']):.6g}")
    return Order(found["state"], found["act"], found["target"], value)


def parse_order(line: str, board: Board) -> Order:
    """The order a line of text means on a board.

    Raises InvalidOrder when the line has another form or names something that does not exist.
    """
    order = order_of(line)
    for kind, name, known in (
        ("state", order.state, board.states),
        ("act", order.act, board.acts.names),
        ("state", order.target, board.states),
    ):
        if name not in known:
            close = nearest(name, known)
            hint = f"; did you mean {close!r}?" if close else ""
            raise InvalidOrder(f"there is no {kind} called {name!r}{hint}")
    _check_value(order, board)
    return order


def _check_value(order: Order, board: Board) -> None:
    act = board.acts.act(order.act)
    unit = board.acts.units[act]
    if order.value is None:
        return
    if unit is None:
        raise InvalidOrder(f"{order.act} has no value; write '{order.state}: {order.act} {order.target}'")
    low, high = board.acts.low[act], board.acts.high[act]
    if not low <= order.value <= high:
        raise InvalidOrder(f"{order.act} is worth {low:g} to {high:g} {unit}, not {order.value:g}")


def check_order(order: Order, board: Board, world: World, regard: Floats) -> None:
    """Raise IllegalOrder, or its child UnaffordableOrder, when the order may not be given now, and say why."""
    act, actor, target = board.acts.act(order.act), board.state(order.state), board.state(order.target)
    if not world.running[0]:
        raise IllegalOrder(f"the game is over: {board.endings[int(world.over[0])].text}")
    if not permitted(board, world, regard)[0, actor, act, target]:
        raise IllegalOrder(f"{order}: {_why_not(act, actor, target, board, world, regard)}")
    cost, left = float(board.acts.cost[act]), float(world.capital[0, actor])
    if hundredths(cost) > hundredths(left):
        raise UnaffordableOrder(f"{order} costs {cost:g} political capital and {order.state} has {left:g} left")


def _why_not(act: int, actor: int, target: int, board: Board, world: World, regard: Floats) -> str:
    acts = board.acts
    name = acts.names[act]
    if actor == target:
        return "a state cannot address itself"
    if not acts.may_act[act, actor]:
        who = ", ".join(board.states[each] for each in np.flatnonzero(acts.may_act[act]))
        return f"only {who} may do this" if who else f"nobody may do {name}"
    if not acts.may_receive[act, target]:
        who = ", ".join(board.states[each] for each in np.flatnonzero(acts.may_receive[act]))
        return f"it may be directed only at {who}"
    left = int(world.pause[0, act, actor, target])
    if left:
        return f"it was done lately; again in {left} turn{'s' if left > 1 else ''}"
    sight = Sight(board, world, regard)
    for which, condition in acts.requires:
        if which[act]:
            held = np.broadcast_to(truth(condition, sight), (1, len(board.states), len(board.states)))
            if not held[0, actor, target]:
                return f"it requires {text(condition, acts.roles[act])}"
    if acts.signs[act] != NONE:
        return f"an agreement of this kind ({board.ties.titles[acts.signs[act]]}) is already in force"
    return "there is no agreement to break"
