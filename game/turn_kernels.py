"""One turn by compiled kernels, one world at a time: what `game.turn` does once they are ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from game.kernel.changes import (
    AGREEMENTS,
    CONCEALED,
    FIRED,
    HIDDEN,
    LAST,
    MEMORIES,
    PLEDGED_ON,
    PLEDGES,
    PRIVATE_PLEDGE,
    PURPOSE,
    RUNG,
    SECRECY,
    SOLEMNITY,
    SUSPENDED,
    SUSPICION,
    VOLUME,
    Rows,
    applied,
    filled,
    rows_of,
)
from game.kernel.compiled import compiled, kernel, packed
from game.kernel.declare import Booleans, Integers, of_replica
from game.kernel.deeds import collect
from game.kernel.draws import Draws
from game.kernel.ledger import Ledger
from game.kernel.orders import Orders
from game.kernel.phases import NAMES, PHASES, RULES
from game.kernel.records import changed
from game.kernel.step import Step
from game.kernel.world import NEVER, Board, World
from game.kernel.workspaces import Workspace, workspace
from game.rules.acts import Params as ActsParams
from game.rules.acts import k_acts
from game.rules.agreements import Params as AgreementsParams
from game.rules.agreements import k_agreements
from game.rules.balance import Params as BalanceParams
from game.rules.balance import k_balance
from game.rules.capital import Params as CapitalParams
from game.rules.capital import k_capital
from game.rules.crises import Params as CrisesParams
from game.rules.crises import k_crises
from game.rules.decisions import Params as DecisionsParams
from game.rules.decisions import k_decisions
from game.rules.disputes import Params as DisputesParams
from game.rules.disputes import k_disputes
from game.rules.drift import Params as DriftParams
from game.rules.drift import k_drift
from game.rules.endings import Params as EndingsParams
from game.rules.endings import k_endings
from game.rules.events import Params as EventsParams
from game.rules.events import k_events
from game.rules.pledges import Params as PledgesParams
from game.rules.pledges import k_pledges
from game.rules.posture import Params as PostureParams
from game.rules.posture import k_posture
from game.rules.secrecy import Params as SecrecyParams
from game.rules.secrecy import k_secrecy
from game.rules.suspicion import Params as SuspicionParams
from game.rules.suspicion import k_suspicion
from game.rules.triggers import Params as TriggersParams
from game.rules.triggers import k_triggers

Parameters = Mapping[str, Any]
"""One `Params` a rule, by the rule's name."""


@dataclass(frozen=True, slots=True)
class RuleParameters:
    """The parameters of every rule, each a number."""

    events: EventsParams
    decisions: DecisionsParams
    acts: ActsParams
    triggers: TriggersParams
    agreements: AgreementsParams
    secrecy: SecrecyParams
    disputes: DisputesParams
    capital: CapitalParams
    crises: CrisesParams
    pledges: PledgesParams
    suspicion: SuspicionParams
    balance: BalanceParams
    drift: DriftParams
    posture: PostureParams
    endings: EndingsParams


(
    EVENTS_RULE, DECISIONS_RULE, ACTS_RULE, TRIGGERS_RULE, AGREEMENTS_RULE, SECRECY_RULE, DISPUTES_RULE, CAPITAL_RULE,
    CRISES_RULE, PLEDGES_RULE, SUSPICION_RULE, BALANCE_RULE, DRIFT_RULE, POSTURE_RULE, ENDINGS_RULE,
) = range(len(RULES) - 1)  # fmt: skip
"""The rules by their numbers, in the order of the phases."""


@kernel
def carry_out(step: Step, parameters: RuleParameters, rule: int) -> None:
    """One rule, by its number."""
    if rule == DECISIONS_RULE:
        k_decisions(step, parameters.decisions)
    elif rule == ACTS_RULE:
        k_acts(step, parameters.acts)
    elif rule == TRIGGERS_RULE:
        k_triggers(step, parameters.triggers)
    elif rule == AGREEMENTS_RULE:
        k_agreements(step, parameters.agreements)
    elif rule == SECRECY_RULE:
        k_secrecy(step, parameters.secrecy)
    elif rule == DISPUTES_RULE:
        k_disputes(step, parameters.disputes)
    elif rule == CAPITAL_RULE:
        k_capital(step, parameters.capital)
    else:
        _carry_out_later(step, parameters, rule)


@kernel
def _carry_out_later(step: Step, parameters: RuleParameters, rule: int) -> None:
    """The rules of the later phases."""
    if rule == CRISES_RULE:
        k_crises(step, parameters.crises)
    elif rule == PLEDGES_RULE:
        k_pledges(step, parameters.pledges)
    elif rule == SUSPICION_RULE:
        k_suspicion(step, parameters.suspicion)
    elif rule == BALANCE_RULE:
        k_balance(step, parameters.balance)
    elif rule == DRIFT_RULE:
        k_drift(step, parameters.drift)
    elif rule == POSTURE_RULE:
        k_posture(step, parameters.posture)
    elif rule == ENDINGS_RULE:
        k_endings(step, parameters.endings)


@kernel
def settle(step: Step) -> None:
    """Carry the changes of a phase out; what follows from the world is to be worked out anew where it may differ."""
    added, begun = step.changes.added, step.changes.set
    if (
        added[MEMORIES] or added[HIDDEN] or added[CONCEALED] or begun[AGREEMENTS] or begun[VOLUME] or begun[SUSPENDED]
        or begun[PURPOSE] or begun[PLEDGES] or begun[PLEDGED_ON] or begun[SOLEMNITY] or begun[PRIVATE_PLEDGE]
        or begun[SECRECY] or begun[SUSPICION] or begun[RUNG] or begun[LAST]
    ):  # fmt: skip
        filled(step.fresh, False)
    applied(step.world, step.changes, step.rows, step.setting.low, step.setting.high)


@kernel
def open_turn(step: Step, parameters: RuleParameters, turn: int) -> None:
    """Let the events of a turn happen, wave after wave until none fires; nothing where the game is over."""
    step.turn = turn
    if step.world.over[0] != NEVER:
        return
    firing = True
    while firing:
        step.by_events.count[0] = 0
        k_events(step, parameters.events)
        firing = step.changes.set[FIRED]
        settle(step)


@kernel
def play_turn(step: Step, parameters: RuleParameters, plan: Integers, turn: int) -> None:
    """Carry the orders of an open turn out, rule by rule; `plan` [n, 2] is rule and phase of each.

    Nothing where the game is over.
    """
    step.turn = turn
    if step.world.over[0] != NEVER:
        return
    collect(step.setting, step.orders, step.accepted, step.deeds)
    step.by_events.count[0] = 0
    for place in range(plan.shape[0]):
        carry_out(step, parameters, plan[place, 0])
        if place + 1 == plan.shape[0] or plan[place + 1, 1] != plan[place, 1]:
            settle(step)


@kernel
def begin(step: Step, turn: int) -> None:
    """Say which turn is played; no events have had anything done in it yet."""
    step.turn = turn
    step.by_events.count[0] = 0


def plan_of(phases: Sequence[Sequence[str]]) -> Integers:
    """The rules of some phases in order, each with the number of its phase `[n, 2]`."""
    rows = [(RULES.index(name), number) for number, phase in enumerate(phases) for name in phase]
    return np.array(rows, dtype=np.int64)


PLAN = plan_of(PHASES)


def opening(board: Board, world: World, parameters: Parameters, draws: Draws) -> tuple[World, Ledger]:
    """The world after the events of the turn that opens, and their ledger; unchanged when it is open already."""
    turn = world.turn + 1
    if world.opened or not board.events:
        return changed(world, opened=True), Ledger(turn)

    def open_one(work: Workspace, replica: int) -> None:
        numbers, firing = _numbers(parameters, replica)["events"], True
        while firing:
            compiled(begin)(work.packed, turn)
            compiled(k_events)(work.packed, numbers)
            firing = bool(work.step.changes.set[FIRED])
            compiled(settle)(work.packed)

    after, rows = _each(board, world, draws, open_one)
    return changed(after, turn=world.turn, opened=True), Ledger(turn, parts=(rows,))


def step(
    board: Board,
    world: World,
    orders: Orders,
    accepted: Booleans,
    parameters: Parameters,
    draws: Draws,
    phases: Sequence[Sequence[str]] = PHASES,
) -> tuple[World, Ledger]:
    """The world a turn later, and the ledger of the turn, as `game.turn.step` has it."""
    opened, first = opening(board, world, parameters, draws)
    turn = world.turn + 1

    def play_one(work: Workspace, replica: int) -> None:
        numbers = _numbers(parameters, replica)
        work.order(orders, accepted, replica)
        compiled(begin)(work.packed, turn)
        compiled(gather)(work.packed)
        for phase in phases:
            for name in phase:
                compiled(BODIES[name])(work.packed, numbers[name])
            compiled(settle)(work.packed)

    after, rows = _each(board, opened, draws, play_one)
    return changed(after, turn=turn, opened=False), first + Ledger(turn, parts=(rows,))


@kernel
def gather(step: Step) -> None:
    """The deeds that the step's orders lead to."""
    collect(step.setting, step.orders, step.accepted, step.deeds)


BODIES: Mapping[str, Callable[[Step, Any], None]] = {
    "events": k_events, "decisions": k_decisions, "acts": k_acts, "triggers": k_triggers, "agreements": k_agreements,
    "secrecy": k_secrecy, "disputes": k_disputes, "capital": k_capital, "crises": k_crises, "pledges": k_pledges,
    "suspicion": k_suspicion, "balance": k_balance, "drift": k_drift, "posture": k_posture, "endings": k_endings,
}  # fmt: skip
"""The kernel of each rule."""


def _each(
    board: Board, world: World, draws: Draws, play: Callable[[Workspace, int], None]
) -> tuple[World, tuple[Rows, ...]]:
    """What becomes of each replica's world, and its ledger; one whose game is over stays as it is."""
    arrays = {name: np.array(array) for name, array in world.arrays()}
    ledgers = []
    for replica in range(world.replicas):
        if world.over[replica] != NEVER:
            ledgers.append(NOTHING)
            continue
        with workspace(board, replica) as work:
            work.load(world, replica, int(draws.seeds[replica]))
            play(work, replica)
            while work.cramped:
                work.enlarge()
                work.load(world, replica, int(draws.seeds[replica]))
                play(work, replica)
            work.unload(arrays, replica)
            ledgers.append(work.written())
    return changed(world, **arrays), tuple(ledgers)


NOTHING = rows_of(0, 0)
"""The ledger of a turn that was not played."""


def _numbers(parameters: Parameters, replica: int) -> Mapping[str, Any]:
    """The parameters of one replica, by rule, packed."""
    try:
        return _packed_numbers(tuple(parameters[name] for name in NAMES))
    except TypeError:  # arrays, one value a replica, have no hash
        return {name: packed(of_replica(parameters[name], replica)) for name in NAMES}


@lru_cache(maxsize=64)
def _packed_numbers(blocks: tuple[Any, ...]) -> Mapping[str, Any]:
    return {name: packed(of_replica(block, 0)) for name, block in zip(NAMES, blocks, strict=True)}


def rule_parameters(parameters: Parameters, replica: int) -> RuleParameters:
    """The parameters of one replica, for whole games."""
    return RuleParameters(*(of_replica(parameters[name], replica) for name in NAMES))
