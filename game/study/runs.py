"""Runs: whole games played by compiled kernels, turn after turn, the built-in reasoner deciding for everybody.

The rules and the parts of a decision are called by address (`game.kernel.compiled.invoke`): each is compiled by itself,
for single games too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from game.kernel.changes import FIRED
from game.kernel.compiled import compiled, entry, invoke, kernel, packed, pointers
from game.kernel.compiled.workspaces import Workspace, made
from game.kernel.declare import Booleans, Floats, Integers, Shorts, of_replica, shaped
from game.kernel.known import public_in, relation_in, shown_in
from game.kernel.orders import STANCES, Orders
from game.kernel.phases import NAMES, PHASES
from game.kernel.step import Step
from game.kernel.world import NEVER, Board, World
from game.policies.reasoner.choosing import clear
from game.policies.reasoner.crisis_bargaining import STANCE_TERMS
from game.policies.reasoner.reasoner import PARTS
from game.policies.reasoner.thoughts import Thoughts, Weights, thoughts_of, weights_of
from game.policies.reasoner.utility import Params
from game.rules import RULES
from game.rules.acts import Params as Acts
from game.rules.agreements import Params as Agreements
from game.rules.balance import Params as Balance
from game.rules.capital import Params as Capital
from game.rules.crises import Params as Crises
from game.rules.decisions import Params as Decisions
from game.rules.disputes import Params as Disputes
from game.rules.drift import Params as Drift
from game.rules.endings import Params as Endings
from game.rules.events import Params as Events
from game.rules.pledges import Params as Pledges
from game.rules.posture import Params as Posture
from game.rules.secrecy import Params as Secrecy
from game.rules.suspicion import Params as Suspicion
from game.rules.triggers import Params as Triggers
from game.study.tallies import Tally, count_acts, count_agreements, count_crises, count_end, count_relations, empty
from game.turn import Parameters, begin, gather, settle


@dataclass(frozen=True, slots=True)
class RuleParameters:
    """The parameters of every rule, each a number."""

    events: Events
    decisions: Decisions
    acts: Acts
    triggers: Triggers
    agreements: Agreements
    secrecy: Secrecy
    disputes: Disputes
    capital: Capital
    crises: Crises
    pledges: Pledges
    suspicion: Suspicion
    balance: Balance
    drift: Drift
    posture: Posture
    endings: Endings


@dataclass(frozen=True, slots=True)
class Mind:
    """What it takes to decide for everybody; what sides of crises weigh and their luck is of no use afterwards."""

    weights: Weights
    params: Params
    thoughts: Thoughts
    terms: Floats = shaped("DBYZ")
    luck: Floats = shaped("DBZ")


EVENTS, DECISIONS, ACTS, TRIGGERS, AGREEMENTS, SECRECY, DISPUTES, CAPITAL = range(8)
CRISES, PLEDGES, SUSPICION, BALANCE, DRIFT, POSTURE, ENDINGS, SETTLE = range(8, 16)
"""The rules by their numbers, and what carries the changes of a phase out: the place of each among the pointers."""

SCORES, LEGALITY, STANCES_, CHOICES, OPTIONS, TERMS, ANSWERS = range(7)
"""The parts of a decision, in the order of `game.policies.reasoner.reasoner.PARTS`."""


@kernel
def carry_out(step: Step, parameters: RuleParameters, rules: Any, rule: int) -> None:
    """One rule of a turn, by its number."""
    if rule == DECISIONS:
        invoke(rules, DECISIONS, (step, parameters.decisions))
    elif rule == ACTS:
        invoke(rules, ACTS, (step, parameters.acts))
    elif rule == TRIGGERS:
        invoke(rules, TRIGGERS, (step, parameters.triggers))
    elif rule == AGREEMENTS:
        invoke(rules, AGREEMENTS, (step, parameters.agreements))
    elif rule == SECRECY:
        invoke(rules, SECRECY, (step, parameters.secrecy))
    elif rule == DISPUTES:
        invoke(rules, DISPUTES, (step, parameters.disputes))
    elif rule == CAPITAL:
        invoke(rules, CAPITAL, (step, parameters.capital))
    else:
        _carry_out_later(step, parameters, rules, rule)


@kernel
def _carry_out_later(step: Step, parameters: RuleParameters, rules: Any, rule: int) -> None:
    """One rule of the later phases."""
    if rule == CRISES:
        invoke(rules, CRISES, (step, parameters.crises))
    elif rule == PLEDGES:
        invoke(rules, PLEDGES, (step, parameters.pledges))
    elif rule == SUSPICION:
        invoke(rules, SUSPICION, (step, parameters.suspicion))
    elif rule == BALANCE:
        invoke(rules, BALANCE, (step, parameters.balance))
    elif rule == DRIFT:
        invoke(rules, DRIFT, (step, parameters.drift))
    elif rule == POSTURE:
        invoke(rules, POSTURE, (step, parameters.posture))
    elif rule == ENDINGS:
        invoke(rules, ENDINGS, (step, parameters.endings))


@entry
def open_turn(step: Step, parameters: RuleParameters, rules: Any, turn: int) -> None:
    """Let the events of a turn happen, wave after wave until none fires."""
    firing = True
    while firing:
        begin(step, turn)
        invoke(rules, EVENTS, (step, parameters.events))
        firing = step.changes.set[FIRED]
        invoke(rules, SETTLE, (step,))


@entry
def play_turn(step: Step, parameters: RuleParameters, rules: Any, plan: Integers, turn: int) -> None:
    """Carry the orders of an open turn out, rule by rule; `plan` [n, 2] is rule and phase of each."""
    begin(step, turn)
    gather(step)
    for place in range(plan.shape[0]):
        carry_out(step, parameters, rules, plan[place, 0])
        if place + 1 == plan.shape[0] or plan[place + 1, 1] != plan[place, 1]:
            invoke(rules, SETTLE, (step,))


@kernel
def decide_all(step: Step, turn: int, opened: bool, mind: Mind, parts: Any) -> None:
    """What all states order and answer in a turn that is open, written to the step's orders and answers."""
    setting, world, seed = step.setting, step.world, step.seed[0]
    public, relation, shown = public_in(step), relation_in(step), shown_in(step)
    orders, weights, params, thoughts = step.orders, mind.weights, mind.params, mind.thoughts
    before = turn - 1
    invoke(parts, SCORES, (setting, world, public, relation, shown, turn, weights, params, thoughts))
    invoke(parts, LEGALITY, (setting, world, public, relation, shown, before, opened, thoughts.legal))
    clear(orders)
    invoke(
        parts, STANCES_, (setting, world, public, relation, shown, turn, seed, weights, params.noise, thoughts,
                          orders.stance, mind.terms, mind.luck),
    )  # fmt: skip
    invoke(parts, CHOICES, (setting, world, turn, seed, weights, params, thoughts, orders))
    invoke(parts, OPTIONS, (setting, turn, seed, weights, params, thoughts, world.pending, orders.option))
    invoke(parts, TERMS, (setting, world, weights, params, thoughts, orders))
    invoke(parts, ANSWERS, (setting, world, turn, seed, weights, params, thoughts, orders, step.accepted))


@kernel
def run_game(
    step: Step, parameters: RuleParameters, rules: Any, plan: Integers, mind: Mind, parts: Any, first: int, last: int,
    opened: bool, tally: Tally, agreements: Shorts, rung: Shorts, series: Floats, points: Floats, ended: Integers,
) -> None:  # fmt: skip
    """Play the turns from `first` to `last` and count them in `tally`; `opened` is true, if only it is no constant.

    `agreements` [K, N, N] and `rung` [D, B] are those of the world as it stands, and are kept up. Relations after each
    turn are written to `series` [T + 1, N, N], unless that has no rows, the points of states at the end to `points` [N]
    and the turn of the end to `ended` [1]; a game that is over stays as it is.
    """
    ended[0] = first - 1
    for turn in range(first, last + 1):
        if step.world.over[0] == NEVER:
            ended[0] = turn
            open_turn(step, parameters, rules, turn)
            decide_all(step, turn, opened, mind, parts)
            play_turn(step, parameters, rules, plan, turn)
            count_turn(tally, step, agreements, rung)
        keep_relations(tally, step, turn, series)
    count_end(tally, step, last, points)


@entry
def count_turn(tally: Tally, step: Step, agreements: Shorts, rung: Shorts) -> None:
    """Count what was done in a turn; `agreements` [K, N, N] and `rung` [D, B] are those before it, and are kept up."""
    count_acts(tally, step)
    count_agreements(tally, step, agreements)
    count_crises(tally, step, rung)


@entry
def keep_relations(tally: Tally, step: Step, turn: int, series: Floats) -> None:
    """Count the relations after a turn, and write them to `series` [T + 1, N, N] if it has rows."""
    relation = relation_in(step)
    count_relations(tally, turn, relation)
    if series.shape[0] > 0:
        write_relations(series, turn, relation)


@kernel
def write_relations(series: Floats, turn: int, relation: Floats) -> None:
    """Keep the relations after a turn."""
    for i in range(relation.shape[0]):
        for j in range(relation.shape[1]):
            series[turn, i, j] = relation[i, j]


def plan_of(phases: Sequence[Sequence[str]]) -> Integers:
    """The rules of some phases in order, each with the number of its phase `[n, 2]`."""
    rows = [(NAMES.index(name), number) for number, phase in enumerate(phases) for name in phase]
    return np.array(rows, dtype=np.int64)


PLAN = plan_of(PHASES)


Decide = Callable[[World], tuple[Orders, Booleans]]
"""What gives the orders and answers `[1, N, S]` of an open turn."""


@dataclass(slots=True)
class Table:
    """What it takes to play whole games with the numbers of one replica, one after the other; for one thread."""

    work: Workspace
    tally: Tally
    turns: int
    agreements: Shorts
    rung: Shorts
    given: tuple[Any, Any, Integers, Any, Any]  # what `run_game` takes between the step and the first turn
    counted: Any  # the tally, packed
    points: Floats  # [N] of the game that was last played
    ended: Integers  # [1] the turn it ended with

    def play(self, world: World, replica: int, seed: int, series: Floats) -> None:
        """Play a game from a replica's world on, and count it; relations go to `series` [T + 1, N, N] or nowhere."""
        self._begin(world, replica, seed)
        parameters, rules, plan, mind, parts = self.given
        compiled(run_game)(
            self.work.packed, parameters, rules, plan, mind, parts, world.turn + 1, self.turns, True, self.counted,
            self.agreements, self.rung, series, self.points, self.ended,
        )  # fmt: skip

    def play_with(self, decide: Decide, world: World, replica: int, seed: int, series: Floats) -> None:
        """The same, but orders and answers come from `decide`, which is asked in every turn."""
        self._begin(world, replica, seed)
        step, (parameters, rules, plan, *_) = self.work.packed, self.given
        start = world.replica(replica)
        self.ended[0] = world.turn
        for turn in range(world.turn + 1, self.turns + 1):
            if self.work.step.world.over[0] == NEVER:
                self.ended[0] = turn
                compiled(open_turn)(step, parameters, rules, turn)
                self.work.order(*decide(self._opened(start, turn)), 0)
                compiled(play_turn)(step, parameters, rules, plan, turn)
                compiled(count_turn)(self.counted, step, self.agreements, self.rung)
            compiled(keep_relations)(self.counted, step, turn, series)
        compiled(count_end)(self.counted, step, self.turns, self.points)

    def clear(self) -> None:
        """Forget what was counted."""
        for each in fields(self.tally):
            getattr(self.tally, each.name).fill(0)

    def _begin(self, world: World, replica: int, seed: int) -> None:
        self.work.load(world, replica, seed)
        start = self.work.step.world
        np.copyto(self.agreements, start.agreements)
        np.copyto(self.rung, start.rung)

    def _opened(self, start: World, turn: int) -> World:
        """The world as it stands in an open turn, as a batch of one."""
        arrays: dict[str, Any] = {name: np.array(array) for name, array in start.arrays()}
        self.work.unload(arrays, 0)
        return replace(start, turn=turn - 1, opened=True, **arrays)


def table(board: Board, parameters: Parameters, replica: int, turns: int, *, alone: bool = False) -> Table:
    """A table for games up to so many turns, with the numbers of one replica; `alone`, for games of no turns only."""
    work = made(board, replica, rows=0, deeds=0)
    params = of_replica(parameters["reasoner"], replica)
    weights = weights_of(board, params, replica)
    thoughts = thoughts_of(work.step.setting, weights)
    sides = (len(board.disputes), 2)
    mind = Mind(
        weights, params, thoughts, np.zeros((*sides, STANCE_TERMS, len(STANCES))), np.zeros((*sides, len(STANCES)))
    )
    numbers = RuleParameters(*(of_replica(parameters[name], replica) for name in RULES))
    tally, world = empty(board, turns), work.step.world
    rules, parts = (pointers({}), pointers({})) if alone else (_rules(work, numbers), _parts(work, mind))
    return Table(
        work, tally, turns, np.zeros_like(world.agreements), np.zeros_like(world.rung),
        (packed(numbers), rules, PLAN, packed(mind), parts), packed(tally), np.zeros(len(board.states)),
        np.zeros(1, dtype=np.int64),
    )  # fmt: skip


def _rules(work: Workspace, numbers: RuleParameters) -> Any:
    """The rules in the order of their numbers, and what comes after each phase."""
    rules = {body: (work.packed, packed(getattr(numbers, name))) for name, body in RULES.items()}
    return pointers({**rules, settle: (work.packed,)})


def _parts(work: Workspace, mind: Mind) -> Any:
    """The parts of a decision in their order."""
    step, turn, seed = work.step, 1, np.uint64(1)
    world, orders = step.world, step.orders
    place = (packed(step.setting), packed(world), packed(step.masked), step.relation, step.shown)
    setting, now = place[:2]
    thought = (packed(mind.weights), packed(mind.params), packed(mind.thoughts))
    given = (
        (*place, turn, *thought),
        (*place, turn, True, mind.thoughts.legal),
        (*place, turn, seed, thought[0], mind.params.noise, thought[2], orders.stance, mind.terms, mind.luck),
        (setting, now, turn, seed, *thought, packed(orders)),
        (setting, turn, seed, *thought, world.pending, orders.option),
        (setting, now, *thought, packed(orders)),
        (setting, now, turn, seed, *thought, packed(orders), step.accepted),
    )
    return pointers(dict(zip(PARTS, given, strict=True)))
