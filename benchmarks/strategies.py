"""Ways to play a state that need no thought, to hold the reasoner against: lists of orders, words only, set stances.

A list is a fixed order of priority: in every turn its lines are gone through from the top, and what is legal and can be
paid for is done, as long as there are slots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Any

import numpy as np

from game import turn
from game.kernel.catalogue import DEAL, NONE, STATEMENT
from game.kernel.conditions import Comparison, Condition, Group, text
from game.kernel.declare import Booleans, Floats
from game.kernel.draws import Draws
from game.kernel.numerics import hundredths
from game.kernel.orders import BACK_DOWN, ESCALATE, HOLD, OFF_RAMP, Orders, no_orders
from game.kernel.world import CALM, Board, World, start_world
from game.measures.conditions import holds, value
from game.policies import Policy, View
from game.scenario.compile import Compiled

Line = tuple[int, int]
"""An act and its target."""

LONGEST = 20
"""How many lines a list has at the most."""

STANCES = {"climb": ESCALATE, "hold": HOLD, "offer": OFF_RAMP, "back down": BACK_DOWN}
"""What is always chosen in crises, by its name in the figures."""

CERTAIN = 20.0
"""How far a threshold counts as far off, in points: what is that far on the right side needs no help."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A state that follows a list, says the same to all proposals, and chooses the same in every crisis."""

    state: int
    lines: tuple[Line, ...]
    accepts: bool = False
    stance: int = HOLD
    name: str = "list"
    by_rows: bool = True

    def orders(self, view: View, draws: Draws) -> Orders:
        """The first lines that are legal and can be paid for `[N, S]`."""
        board, orders, legal = view.board, view.nothing(), view.permitted()[self.state]
        left, slot = int(hundredths(view.world.capital[self.state])), 0
        for act, target in self.lines:
            cost = int(hundredths(board.acts.cost[act]))
            if slot < board.orders and legal[act, target] and cost <= left:
                orders.act[self.state, slot], orders.target[self.state, slot] = act, target
                left, slot = left - cost, slot + 1
        set_stances(view, self.state, self.stance, orders)
        return orders

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """The same to everything `[N, S]`."""
        return np.asarray((orders.act != NONE) & self.accepts)


@dataclass(frozen=True, slots=True)
class Stubborn:
    """A state that another policy plays, but for what it chooses in crises."""

    policy: Policy
    state: int
    stance: int
    name: str = "stubborn"
    by_rows: bool = True

    def orders(self, view: View, draws: Draws) -> Orders:
        """The orders of the other policy with the one stance `[N, S]`."""
        orders = self.policy.orders(view, draws)
        own = replace(orders, stance=np.array(orders.stance))
        set_stances(view, self.state, self.stance, own)
        return own

    def answer(self, view: View, orders: Orders, draws: Draws) -> Booleans:
        """As the other policy `[N, S]`."""
        return self.policy.answer(view, orders, draws)


def set_stances(view: View, state: int, stance: int, orders: Orders) -> None:
    """Write what a state chooses in every crisis of its own to `orders`."""
    for place, dispute in enumerate(view.board.disputes):
        for side, party in enumerate(dispute.parties):
            if party == state and (view.world.rung[place] != CALM).any():
                orders.stance[place, side] = stance


# ---- lists without thought


def scripts(board: Board, state: int) -> dict[str, Listed]:
    """The dull ways to play a state, by name."""
    named = towards(board, state)
    everybody = [*named, *(other for other in range(len(board.states)) if other not in (*named, state))]

    def lines(acts: Sequence[int], targets: Sequence[int]) -> tuple[Line, ...]:
        return tuple((act, target) for target in targets for act in acts)

    words = friendly_words(board)
    visits = [act for act in words if is_visit(board, act)]
    praise = [act for act in words if board.acts.kind[act] == STATEMENT and board.acts.cost[act] == least(board, words)]
    courting = lines(words, named)
    return {
        "visits": Listed(state, lines(visits, everybody)),
        "praise": Listed(state, lines(praise, everybody)),
        "pledges": Listed(state, lines(pledging(board), everybody)),
        "flattery": Listed(state, lines(words, everybody)),
        "acceptance": Listed(state, (), accepts=True),
        "off-ramps": Listed(state, (), stance=OFF_RAMP),
        "all of these": Listed(state, courting + lines(words, everybody), accepts=True, stance=OFF_RAMP),
    }


def towards(board: Board, state: int) -> list[int]:
    """Whom the goals of a state name, besides itself, in the order they do."""
    found: list[int] = []
    for goal in board.objectives:
        if goal.state == state:
            said = text(goal.condition)
            found += [other for other, name in enumerate(board.states) if name in said and other != state]
    return list(dict.fromkeys(found))


def friendly_words(board: Board) -> list[int]:
    """The acts that need no consent, sign and promise nothing, change nothing but regard, and please the target."""
    acts = board.acts
    pleasing = acts.direct[0].sum(axis=1)[: len(acts.names), 0] > 0.0
    moves = np.abs(acts.attributes[0]).sum(axis=(1, 2))[: len(acts.names)] > 0.0
    given = (acts.pledges != NONE).any(axis=1) | (acts.signs != NONE) | (acts.breaks != NONE) | (acts.discloses != 0)
    meek = pleasing & ~moves & ~given & ~acts.cedes & ~acts.force & (acts.kind != DEAL) & (acts.recognises < 0)
    return [int(act) for act in np.flatnonzero(meek)]


def is_visit(board: Board, act: int) -> bool:
    """Whether a friendly word is a deed: one goes there."""
    return bool(board.acts.kind[act] != STATEMENT)


def least(board: Board, acts: Sequence[int]) -> float:
    """What the cheapest statement among some acts costs."""
    costs = [float(board.acts.cost[act]) for act in acts if board.acts.kind[act] == STATEMENT]
    return min(costs, default=0.0)


def pledging(board: Board) -> list[int]:
    """The statements by which a state gives its word."""
    acts = board.acts
    return [int(act) for act in np.flatnonzero((acts.kind == STATEMENT) & (acts.pledges[:, 0] != NONE))]


# ---- lists that are written from goals


def lists(made: Compiled, state: int) -> Iterator[Listed]:
    """Lists of what brings a state nearer to its goals, by what each act alone, agreed to, does to a quiet world."""
    board = made.board
    gained = gains(made, state)
    deals, cost = board.acts.kind == DEAL, np.maximum(board.acts.cost, 0.25)
    by = {
        "by gain": gained,
        "by gain over cost": gained / cost[:, None],
        "deals first": np.where(gained > 0.0, gained + 1e3 * deals[:, None], gained),
        "no deals": np.where(deals[:, None], 0.0, gained),
    }
    for name, scores in by.items():
        order = np.argsort(-scores, axis=None, kind="stable")[:LONGEST]
        lines = tuple(
            (int(place // scores.shape[1]), int(place % scores.shape[1])) for place in order if scores.flat[place] > 0.0
        )
        for accepts in (False, True):
            for stance in (HOLD, OFF_RAMP, ESCALATE):
                yield Listed(state, lines, accepts, stance, name)


def gains(made: Compiled, state: int) -> Floats:
    """What each act to each target brings a state, in points of its goals times points of the scales `[A, N]`."""
    board = made.board
    acts, states = len(board.acts.names), len(board.states)
    tried = [
        (act, target) for act in range(acts) if board.acts.may_act[act, state]
        for target in range(states) if target != state and board.acts.may_receive[act, target]
    ]  # fmt: skip
    found = np.zeros((acts, states))
    runs = len(tried) + 1
    orders = no_orders(board, runs)
    given = replace(orders, act=np.array(orders.act), target=np.array(orders.target))
    for place, (act, target) in enumerate(tried, 1):
        given.act[place, state, 0], given.target[place, state, 0] = act, target
    draws = Draws.of(*[0] * runs)
    after, _ = turn.step(board, start_world(board, runs), given, given.act != NONE, made.parameters, draws)
    reached = nearness(board, after, state)
    for place, line in enumerate(tried, 1):
        found[line] = reached[place] - reached[0]
    return found


def nearness(board: Board, world: World, state: int) -> Floats:
    """How near a state's goals are in each world: its points times how far each is on the right side `[R]`."""
    goals = [goal for goal in board.objectives if goal.state == state]
    if not goals:
        return np.zeros(world.replicas)
    return np.asarray(sum(goal.points * reach(goal.condition, board, world) for goal in goals))


def reach(condition: Condition, board: Board, world: World) -> Floats:
    """How far a condition is on the right side of its threshold, in points, never beyond `CERTAIN` `[R]`."""
    if isinstance(condition, Group):
        parts = np.array([reach(member, board, world) for member in condition.members])
        sign = -1.0 if condition.mode == "none" else 1.0
        return np.asarray(sign * (parts.max(axis=0) if condition.mode == "any" else parts.mean(axis=0)))
    if isinstance(condition, Comparison):
        over = value(condition.left, board, world) - value(condition.right, board, world)
        if condition.operator in ("==", "!="):
            over = np.abs(over) * (-1.0 if condition.operator == "==" else 1.0)
        elif condition.operator in ("<", "<="):
            over = -over
        return np.minimum(over, CERTAIN)
    return np.where(holds(condition, board, world), CERTAIN, 0.0)


def mean_points(points: Sequence[Any], state: int) -> float:
    """The mean of one state's points over some games."""
    return fsum(float(row[state]) for row in points) / max(len(points), 1)
