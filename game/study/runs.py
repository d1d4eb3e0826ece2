"""Runs: whole games played by compiled kernels, turn after turn, the built-in reasoner deciding for everybody."""

from __future__ import annotations

from game.kernel.compiled import kernel
from game.kernel.declare import Floats, Integers, Shorts
from game.kernel.known import public_in, relation_in, shown_in
from game.kernel.step import Step
from game.kernel.world import NEVER
from game.policies.reasoner.reasoner import k_answer, k_decide
from game.policies.reasoner.thoughts import Thoughts, Weights
from game.policies.reasoner.utility import Params
from game.study.tallies import Tally, count_acts, count_agreements, count_crises, count_end, count_relations
from game.turn_kernels import RuleParameters, open_turn, play_turn


@kernel
def decide_all(step: Step, turn: int, weights: Weights, params: Params, thoughts: Thoughts) -> None:
    """What all states order and answer in a turn that is open, written to the step's orders and answers."""
    setting, world, seed = step.setting, step.world, step.seed[0]
    public, relation, shown = public_in(step), relation_in(step), shown_in(step)
    k_decide(setting, world, public, relation, shown, turn, True, seed, weights, params, thoughts, step.orders)
    k_answer(setting, world, turn, seed, weights, params, thoughts, step.orders, step.accepted)


@kernel
def run_game(
    step: Step, parameters: RuleParameters, plan: Integers, weights: Weights, params: Params, thoughts: Thoughts,
    first: int, last: int, tally: Tally, agreements: Shorts, rung: Shorts, series: Floats,
) -> None:  # fmt: skip
    """Play the turns from `first` to `last` and count them in `tally`.

    `agreements` [K, N, N] and `rung` [D, B] are those of the world as it stands, and are kept up. Relations after each
    turn are written to `series` [T + 1, N, N], unless that has no rows; a game that is over stays as it is.
    """
    for turn in range(first, last + 1):
        if step.world.over[0] == NEVER:
            open_turn(step, parameters, turn)
        if step.world.over[0] == NEVER:
            decide_all(step, turn, weights, params, thoughts)
            play_turn(step, parameters, plan, turn)
            count_acts(tally, step)
            count_agreements(tally, step, agreements)
            count_crises(tally, step, rung)
        relation = relation_in(step)
        count_relations(tally, turn, relation)
        if series.shape[0] > 0:
            write_relations(series, turn, relation)
    count_end(tally, step.world)


@kernel
def write_relations(series: Floats, turn: int, relation: Floats) -> None:
    """Keep the relations after a turn."""
    for i in range(relation.shape[0]):
        for j in range(relation.shape[1]):
            series[turn, i, j] = relation[i, j]
