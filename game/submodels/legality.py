"""Legality: which orders a state may give now, and why it may not give the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from game.errors import (
    IllegalOrder,
    UnaffordableOrder,
)
from game.kernel.catalogue import (
    ALL_KINDS,
    NONE,
)
from game.kernel.conditions import Condition, names_crises, names_others, text
from game.kernel.declare import Booleans, Floats
from game.kernel.numerics import (
    hundredths,
)
from game.kernel.orders import Order, cost_of
from game.kernel.records import changed
from game.kernel.world import (
    RUMOURED,
    SECRET,
    WAR,
    Board,
    World,
    relations,
)
from game.submodels.evaluation import Sight, truth
from game.submodels.information import known_rungs, open_world
from game.submodels.territory import in_crisis


def permitted(board: Board, world: World, relation: Floats) -> Booleans:
    """Which orders are legal now, whatever they cost `[R, N, A, N]`."""
    return by_state(permitted_by_act(board, world, relation))


def by_state(legal: Booleans) -> Booleans:
    """`[A, R, N, N]` as `[R, N, A, N]`."""
    return np.ascontiguousarray(legal.transpose(1, 2, 0, 3))


def permitted_by_act(board: Board, world: World, relation: Floats, shown: Sight | None = None) -> Booleans:
    """Which orders are legal now `[A, R, N, N]`: with the acts first, each test runs over one unbroken block.

    `shown` is what everybody sees, where the caller has it already.
    """
    acts = board.acts
    states = len(board.states)
    static = acts.may_act[:, :, None] & acts.may_receive[:, None, :] & ~np.eye(states, dtype=bool)
    legal = static[:, None] & (np.swapaxes(world.cooldown, 0, 1) == 0)
    legal &= world.running[:, None, None]
    if world.out.any():
        legal &= ~(world.out[:, :, None] | world.out[:, None, :])
    own = hundredths(relation).astype(np.int16)
    for side, each in enumerate((own, np.ascontiguousarray(np.swapaxes(own, -1, -2)))):
        legal &= each >= acts.floor[side][:, None, None, None]
        legal &= each <= acts.ceiling[side][:, None, None, None]
    sight = Sight(board, world, relation)
    if shown is None and any(wide for _, _, wide in acts.further):
        shown = _seen(sight)
    for which, condition, wide in acts.further:
        legal[which] &= _held(condition, shown if wide and shown else sight, world)
    _permit_by_agreements(board, world, sight, legal)
    return np.asarray(legal)


def _seen(sight: Sight) -> Sight:
    """What a requirement that names a third state is judged by: what shows; one of the two alone takes the truth."""
    public = open_world(sight.board, sight.world)
    if public is sight.world:
        return sight
    return Sight(sight.board, public, relations(sight.board, public))


def _held(condition: Condition, sight: Sight, world: World) -> Booleans:
    """Where a requirement holds, broadcastable to `[R, N, N]`: of the queries in `world` each state knows its own."""
    board = sight.board
    if known_rungs(board, world) is world.rung or not names_crises(condition):
        return truth(condition, sight)
    shape, result = (world.replicas, len(board.states), len(board.states)), []
    for state in range(len(board.states)):
        known = changed(sight.world, rung=known_rungs(board, world, state))
        result.append(np.broadcast_to(truth(condition, replace(sight, world=known)), shape)[:, state])
    return np.stack(result, axis=1)


def _permit_by_agreements(board: Board, world: World, sight: Sight, legal: Booleans) -> None:
    """Sign only what is not in force, break, suspend or resume only what is; answer only rumours; cede only one's own.

    `legal` [A, R, N, N] is narrowed in place.
    """
    acts = board.acts
    by_kind, held_up = np.swapaxes(world.agreements, 0, 1), np.swapaxes(world.suspended, 0, 1)
    for kinds, able in (
        (acts.signs, lambda kind: by_kind[kind] == 0),
        (acts.suspends, lambda kind: (by_kind[kind] > 0) & ~held_up[kind]),
        (acts.resumes, lambda kind: (by_kind[kind] > 0) & held_up[kind]),
    ):
        which = kinds != NONE
        if which.any():
            legal[which] &= able(kinds[which])
    if (acts.breaks == ALL_KINDS).any():
        legal[acts.breaks == ALL_KINDS] &= sight.signed().any(axis=1)
    breaking = acts.breaks >= 0
    if breaking.any():
        legal[breaking] &= by_kind[acts.breaks[breaking]] > 0
    if acts.discloses.any():
        for sign, least in ((1, SECRET), (-1, RUMOURED)):
            doubted = np.asarray(world.secrecy >= least).any(axis=1)
            legal[acts.discloses == sign] &= doubted | np.swapaxes(doubted, -1, -2)
    if acts.cedes.any():
        legal[acts.cedes] &= _may_cede(board, world)


def _may_cede(board: Board, world: World) -> Booleans:
    """Where i holds a territory that j claims `[R, N, N]`."""
    able = np.zeros((world.replicas, len(board.states), len(board.states)), dtype=bool)
    for place, dispute in enumerate(board.disputes):
        for one, other in (dispute.parties, dispute.parties[::-1]):
            able[:, one, other] |= world.holder[:, place] == one
    return able


def check_order(order: Order, board: Board, world: World, relation: Floats, legal: Booleans | None = None) -> None:
    """Raise IllegalOrder, or its child UnaffordableOrder, when the order may not be given now, and say why.

    `legal` is what `permitted` gives, where the caller has it already.
    """
    if not world.running[0]:
        raise IllegalOrder(f"the game is over: {board.endings[int(world.over[0])].text}")
    actor = board.state(order.state)
    if world.out[0, actor]:
        raise IllegalOrder(f"{order.state} is at war, and its game is over")
    if order.is_stance:
        _check_stance(order, board, world, actor)
        return
    act, target = board.acts.act(order.act), board.state(order.target)
    able = permitted(board, world, relation) if legal is None else legal
    if not able[0, actor, act, target]:
        raise IllegalOrder(f"{order}: {_why_not(act, actor, target, board, world, relation)}")
    cost, left = cost_of(order, board), float(world.capital[0, actor])
    if hundredths(cost) > hundredths(left):
        raise UnaffordableOrder(f"{order} costs {cost:g} political capital and {order.state} has {left:g} left")


def _check_stance(order: Order, board: Board, world: World, actor: int) -> None:
    place = [each.name for each in board.disputes].index(order.target)
    dispute = board.disputes[place]
    if actor not in dispute.parties:
        parties = " and ".join(board.states[each] for each in dispute.parties)
        raise IllegalOrder(f"{order}: the crisis over {dispute.title} is between {parties}")
    if (world.rung[0, place] == WAR).any():
        raise IllegalOrder(f"{order}: it is war over {dispute.title}, and nothing is left to choose")
    if not in_crisis(board, world)[0, place]:
        raise IllegalOrder(f"{order}: there is no crisis over {dispute.title}")


def _why_not(act: int, actor: int, target: int, board: Board, world: World, relation: Floats) -> str:
    acts = board.acts
    name = acts.names[act]
    if actor == target:
        return "a state cannot address itself"
    if world.out[0, target]:
        return f"{board.states[target]} is at war, and its game is over"
    if not acts.may_act[act, actor]:
        who = ", ".join(board.states[each] for each in np.flatnonzero(acts.may_act[act]))
        return f"only {who} may do this" if who else f"nobody may do {name}"
    if not acts.may_receive[act, target]:
        who = ", ".join(board.states[each] for each in np.flatnonzero(acts.may_receive[act]))
        return f"it may be directed only at {who}"
    left = int(world.cooldown[0, act, actor, target])
    if left:
        return f"it was done lately; again in {left} turn{'s' if left > 1 else ''}"
    sight = Sight(board, world, relation)
    for which, condition in acts.requires:
        if which[act]:
            judged = _seen(sight) if names_others(condition) else sight
            held = np.broadcast_to(_held(condition, judged, world), (1, len(board.states), len(board.states)))
            if not held[0, actor, target]:
                return f"it requires {text(condition, acts.roles[act])}"
    return _why_no_agreement(act, board)


def _why_no_agreement(act: int, board: Board) -> str:
    """Why the agreements between the two do not allow an act."""
    acts = board.acts
    if acts.signs[act] != NONE:
        return f"an agreement of this kind ({board.agreements.titles[acts.signs[act]]}) is already in force"
    for kinds, lacking in ((acts.suspends, "in force"), (acts.resumes, "suspended")):
        if kinds[act] != NONE:
            return f"no agreement of this kind ({board.agreements.titles[kinds[act]]}) is {lacking}"
    if acts.discloses[act]:
        return "nothing between the two is kept secret or rumoured"
    if acts.cedes[act]:
        return "it holds no territory that the other claims"
    return "there is no agreement to break"
