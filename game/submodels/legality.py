"""Legality: which orders a state may give now, and why it may not give the others."""

from __future__ import annotations

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.changes import filled
from game.kernel.compiled import compiled, entry, kernel
from game.kernel.compiled.positions import Position
from game.kernel.conditions import names_others
from game.kernel.declare import Booleans, Floats, Integers
from game.kernel.numerics import hundredths, in_hundredths
from game.kernel.orders import Order, cost_of
from game.kernel.programs import FALSE, TRUE
from game.kernel.refusals import (
    ActorNotEligible,
    AgreementInForce,
    AgreementNotInForce,
    AgreementNotSuspended,
    AtWar,
    Cooldown,
    GameOver,
    NoCrisis,
    NotAParty,
    NothingSecret,
    NothingToBreak,
    NothingToCede,
    Refusal,
    Requires,
    SelfAddressed,
    TargetNotEligible,
    TooCostly,
    WarBegun,
)
from game.kernel.setting import Setting
from game.kernel.world import NEVER, RUMOURED, SECRET, WAR, Board, World
from game.submodels.evaluation import condition_holds, doubted, follow_for_all
from game.submodels.information import known_rungs
from game.submodels.territory import in_crisis


def refusal(order: Order, board: Board, world: World, at: Position, legal: Booleans | None = None) -> Refusal | None:
    """Why an order may not be given now; None where it may. `world` is one world, without replicas, `at` its position.

    `legal` [N, A, N] is what `permitted` gives, where the caller has it already.
    """
    if at.over:
        return GameOver(int(world.over[0]))
    actor = board.state(order.state)
    if world.out[actor]:
        return AtWar(actor)
    if order.is_stance:
        return _stance_refused(order, board, world, at, actor)
    act, target = board.acts.act(order.act), board.state(order.target)
    if legal is None:
        legal = np.zeros((len(board.states), len(board.acts.names), len(board.states)), dtype=bool)
        compiled(permitted)(at.setting, at.world, at.public, at.relation, at.shown, at.turn, at.opened, legal)
    if not legal[actor, act, target]:
        return _refused(act, actor, target, board, world, at)
    cost, left = cost_of(order, board), float(world.capital[actor])
    return TooCostly(actor, cost, left) if hundredths(cost) > hundredths(left) else None


def _stance_refused(order: Order, board: Board, world: World, at: Position, actor: int) -> Refusal | None:
    place = [each.name for each in board.disputes].index(order.target)
    if actor not in board.disputes[place].parties:
        return NotAParty(place)
    if (world.rung[place] == WAR).any():
        return WarBegun(place)
    return None if compiled(in_crisis)(at.setting, at.world, place) else NoCrisis(place)


def _refused(act: int, actor: int, target: int, board: Board, world: World, at: Position) -> Refusal:
    """Why an act that is not permitted may not be done."""
    acts = board.acts
    if actor == target:
        return SelfAddressed()
    if world.out[target]:
        return AtWar(target)
    if not acts.may_act[act, actor]:
        return ActorNotEligible(act, tuple(np.flatnonzero(acts.may_act[act]).tolist()))
    if not acts.may_receive[act, target]:
        return TargetNotEligible(act, tuple(np.flatnonzero(acts.may_receive[act]).tolist()))
    left = int(world.cooldown[act, actor, target])
    if left:
        return Cooldown(left)
    place = (at.setting, at.world, at.public, at.relation, at.shown, at.turn, at.opened)
    for requirement, (which, condition) in enumerate(acts.requires):
        if which[act] and not compiled(meets)(*place, requirement, names_others(condition), actor, target):
            regard = float(at.relation[actor, target]), float(at.relation[target, actor])
            return Requires(condition, act, actor, target, regard)
    return _refused_by_agreements(act, board)


def _refused_by_agreements(act: int, board: Board) -> Refusal:
    """Why the agreements between the two do not allow an act."""
    acts = board.acts
    if acts.signs[act] != NONE:
        return AgreementInForce(int(acts.signs[act]))
    if acts.suspends[act] != NONE:
        return AgreementNotInForce(int(acts.suspends[act]))
    if acts.resumes[act] != NONE:
        return AgreementNotSuspended(int(acts.resumes[act]))
    if acts.discloses[act]:
        return NothingSecret()
    return NothingToCede() if acts.cedes[act] else NothingToBreak()


# ---- kernels


@entry
def meets(
    setting: Setting, world: World, public: World, relation: Floats, shown: Floats, turn: int, opened: bool,
    requirement: int, wide: bool, actor: int, target: int,
) -> bool:  # fmt: skip
    """Whether two states meet a requirement of acts, judged as in `permitted`; `wide`, if it names a third state."""
    unconcealed, program = setting.programs.unconcealed, setting.programs.requires[requirement]
    rung = np.zeros_like(world.rung)
    known_rungs(setting, world, actor, rung)
    if wide:
        return condition_holds(
            setting, public, public, shown, unconcealed, rung, turn, opened, NONE, program, actor, target
        )
    return condition_holds(
        setting, world, public, relation, unconcealed, rung, turn, opened, NONE, program, actor, target
    )


@entry
def permitted(
    setting: Setting, world: World, public: World, relation: Floats, shown: Floats, turn: int, opened: bool,
    legal: Booleans,
) -> None:  # fmt: skip
    """Which orders are legal now, whatever they cost, written to `legal` [N, A, N].

    `turn` turns have been played, and the next may have `opened`. A requirement that names a third state is judged by
    what shows: `public`, and how states seem to regard each other.
    """
    if world.over[0] != NEVER:
        filled(legal, False)
        return
    _permit_by_regard(setting, world, relation, legal)
    for act in range(setting.acts.cost.size):
        _permit_by_agreements(setting, world, act, legal)
        if setting.acts.discloses[act] != 0:
            _permit_by_secrets(setting, world, act, legal)
        if setting.acts.cedes[act]:
            _permit_by_claims(setting, world, act, legal)
    place = np.zeros((relation.shape[0], relation.shape[0]), dtype=np.int64)
    for further in range(setting.programs.further.size):
        _wait(setting, further, legal, place)
        program = setting.programs.further[further]
        if setting.programs.further_wide[further]:
            follow_for_all(setting, public, public, shown, world, turn, opened, program, place)
        else:
            follow_for_all(setting, world, public, relation, world, turn, opened, program, place)
        _keep_where_true(setting, further, place, legal)


@kernel
def _permit_by_regard(setting: Setting, world: World, relation: Floats, legal: Booleans) -> None:
    """What the parties of acts may do at all, not too soon, as they regard each other; writes all of `legal`."""
    states = relation.shape[0]
    regard, back = np.zeros((states, states)), np.zeros((states, states))
    for i in range(states):
        for j in range(states):
            regard[i, j] = in_hundredths(relation[i, j])
            back[j, i] = regard[i, j]
    acts, cooldown, out = setting.acts, world.cooldown, world.out
    floor, ceiling, may_act, may_receive = acts.floor, acts.ceiling, acts.may_act, acts.may_receive
    for i in range(states):
        for act in range(floor.shape[1]):
            able = may_act[act, i] and not out[i]
            low, high = float(floor[0, act]), float(ceiling[0, act])
            back_low, back_high = float(floor[1, act]), float(ceiling[1, act])
            for j in range(states):
                there = regard[i, j] >= low and regard[i, j] <= high
                returned = back[i, j] >= back_low and back[i, j] <= back_high
                free = may_receive[act, j] and cooldown[act, i, j] == 0 and not out[j] and i != j
                legal[i, act, j] = able and there and returned and free


@kernel
def _permit_by_agreements(setting: Setting, world: World, act: int, legal: Booleans) -> None:
    """Sign only what is not in force, break, suspend or resume only what is."""
    acts = setting.acts
    signs, breaks, suspends, resumes = acts.signs[act], acts.breaks[act], acts.suspends[act], acts.resumes[act]
    if signs == NONE and breaks == NONE and suspends == NONE and resumes == NONE:
        return
    left, held_up = world.agreements, world.suspended
    for i in range(legal.shape[0]):
        for j in range(legal.shape[0]):
            if not legal[i, act, j]:
                continue
            able = signs == NONE or left[signs, i, j] == 0
            able = able and (suspends == NONE or (left[suspends, i, j] > 0 and not held_up[suspends, i, j]))
            able = able and (resumes == NONE or (left[resumes, i, j] > 0 and held_up[resumes, i, j]))
            legal[i, act, j] = able and (breaks == NONE or _may_break(world, breaks, i, j))


@kernel
def _may_break(world: World, breaks: int, i: int, j: int) -> bool:
    """Whether there is an agreement that i may break: of one kind that it gives j, or of all kinds either way."""
    left = world.agreements
    if breaks >= 0:
        return bool(left[breaks, i, j] > 0)
    turns = 0
    for kind in range(left.shape[0]):
        turns = max(turns, left[kind, i, j], left[kind, j, i])
    return turns > 0


@kernel
def _permit_by_secrets(setting: Setting, world: World, act: int, legal: Booleans) -> None:
    """Confirm only what the world does not know for certain, deny only what is rumoured."""
    least = SECRET if setting.acts.discloses[act] > 0 else RUMOURED
    for i in range(legal.shape[0]):
        for j in range(legal.shape[0]):
            legal[i, act, j] = legal[i, act, j] and doubted(world, least, i, j)


@kernel
def _permit_by_claims(setting: Setting, world: World, act: int, legal: Booleans) -> None:
    """Cede only what the one holds and the other claims."""
    for i in range(legal.shape[0]):
        for j in range(legal.shape[0]):
            legal[i, act, j] = legal[i, act, j] and _may_cede(setting, world, i, j)


@kernel
def _may_cede(setting: Setting, world: World, i: int, j: int) -> bool:
    """Whether i holds a territory that j claims."""
    parties = setting.disputes.parties
    for dispute in range(parties.shape[0]):
        first, second = parties[dispute, 0], parties[dispute, 1]
        opposite = (first == i and second == j) or (first == j and second == i)
        if opposite and world.holder[dispute] == i:
            return True
    return False


@kernel
def _wait(setting: Setting, further: int, legal: Booleans, place: Integers) -> None:
    """Let the pairs wait at a requirement for whom any of the acts that have it is still legal."""
    programs = setting.programs
    acts, program = programs.further_acts, programs.further[further]
    first, last = programs.further_first[further], programs.further_first[further + 1]
    for i in range(place.shape[0]):
        for j in range(place.shape[0]):
            place[i, j] = FALSE
            for each in range(first, last):
                if legal[i, acts[each], j]:
                    place[i, j] = program


@kernel
def _keep_where_true(setting: Setting, further: int, place: Integers, legal: Booleans) -> None:
    """Forbid the acts that have a requirement where it does not hold."""
    programs = setting.programs
    for each in range(programs.further_first[further], programs.further_first[further + 1]):
        act = programs.further_acts[each]
        for i in range(place.shape[0]):
            for j in range(place.shape[0]):
                legal[i, act, j] = legal[i, act, j] and place[i, j] == TRUE
