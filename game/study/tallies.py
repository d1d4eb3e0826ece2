"""Tallies: what an ensemble counts while its runs are played, in whole numbers, so that no order of adding matters.

Relations are counted in hundredths. A tally takes the same room for ten runs as for a million.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from game.kernel.changes import copied
from game.kernel.compiled import entry, kernel
from game.kernel.declare import Floats, Integers, Shorts, shaped
from game.kernel.known import public_in, relation_in
from game.kernel.numerics import in_hundredths
from game.kernel.step import Step
from game.kernel.world import CALM, NEVER, WAR, Board
from game.submodels.objectives import objective_points, objectives_met


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over runs. T is turns, turn 0 the start.

    `relation` and `squares` [T + 1, N, N] are sums over runs of relations in hundredths and of their squares; a run
    that has ended counts on as it ended. An agreement is `signed` when it comes into force, and `broken` when it ends
    before its time; a mutual one counts once.
    """

    runs: Integers = shaped("Y", "how many runs were counted")
    relation: Integers = shaped("TNN")
    squares: Integers = shaped("TNN")
    done: Integers = shaped("TA", "acts done in each turn")
    refused: Integers = shaped("TA", "deals refused in each turn")
    events: Integers = shaped("TE", "events that happened as each turn opened")
    crises: Integers = shaped("TD", "crises that began in each turn")
    wars: Integers = shaped("TD", "disputes that came to war in each turn")
    signed: Integers = shaped("TK")
    broken: Integers = shaped("TK")
    endings: Integers = shaped("Z", "runs that came to each ending, the last those that came to none")
    at_war: Integers = shaped("N", "runs in which each state was at war")
    goals: Integers = shaped("Y", "runs at whose end each objective held, in the order of the board's")

    def added(self, other: Tally) -> Tally:
        """Both tallies together."""
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def empty(board: Board, turns: int) -> Tally:
    """A tally of no runs yet."""
    sizes = board.sizes(1)
    states, steps = sizes["N"], turns + 1

    def zeros(*shape: int) -> Integers:
        return np.zeros(shape, dtype=np.int64)

    return Tally(
        zeros(1), zeros(steps, states, states), zeros(steps, states, states), zeros(steps, sizes["A"]),
        zeros(steps, sizes["A"]), zeros(steps, sizes["E"]), zeros(steps, sizes["D"]), zeros(steps, sizes["D"]),
        zeros(steps, sizes["K"]), zeros(steps, sizes["K"]), zeros(len(board.endings) + 1),
        zeros(states), zeros(len(board.objectives)),
    )  # fmt: skip


@kernel
def count_relations(tally: Tally, turn: int, relation: Floats) -> None:
    """Count how i regards j after a turn, `relation` [N, N]."""
    for i in range(relation.shape[0]):
        for j in range(relation.shape[1]):
            value = int(in_hundredths(relation[i, j]))
            tally.relation[turn, i, j] += value
            tally.squares[turn, i, j] += value * value


@kernel
def count_acts(tally: Tally, step: Step) -> None:
    """Count the acts of a turn, and the events it opened with."""
    deeds = step.deeds
    for o in range(deeds.count[0]):
        if deeds.refused[o]:
            tally.refused[step.turn, deeds.act[o]] += 1
        else:
            tally.done[step.turn, deeds.act[o]] += 1
    for event in range(step.world.fired.size):
        if step.world.fired[event] == step.turn:
            tally.events[step.turn, event] += 1


@kernel
def count_agreements(tally: Tally, step: Step, before: Shorts) -> None:
    """Count the agreements that a turn has brought into force or ended before their time; `before` [K, N, N]."""
    after, mutual = step.world.agreements, step.setting.agreements.mutual
    for kind in range(after.shape[0]):
        for i in range(after.shape[1]):
            for j in range(i + 1 if mutual[kind] else 0, after.shape[2]):
                if before[kind, i, j] == 0 and after[kind, i, j] > 0:
                    tally.signed[step.turn, kind] += 1
                elif before[kind, i, j] > 1 and after[kind, i, j] == 0:
                    tally.broken[step.turn, kind] += 1
    copied(before, after)


@kernel
def count_crises(tally: Tally, step: Step, before: Shorts) -> None:
    """Count the crises and wars that began in a turn; `before` [D, B] are the rungs as it began."""
    after = step.world.rung
    for dispute in range(after.shape[0]):
        was = max(before[dispute, 0], before[dispute, 1])
        now = max(after[dispute, 0], after[dispute, 1])
        if was == CALM and now > CALM:
            tally.crises[step.turn, dispute] += 1
        if was < WAR and now == WAR:
            tally.wars[step.turn, dispute] += 1
    copied(before, after)


@entry
def count_end(tally: Tally, step: Step, turn: int, points: Floats) -> None:
    """Count a run that is over, so many turns having been played, and write the points of states to `points` [N]."""
    world = step.world
    tally.runs[0] += 1
    over = world.over[0]
    tally.endings[tally.endings.size - 1 if over == NEVER else over] += 1
    for state in range(world.out.size):
        if world.out[state]:
            tally.at_war[state] += 1
    public, relation = public_in(step), relation_in(step)
    objective_points(step.setting, world, public, relation, turn, False, points)
    met = np.zeros(tally.goals.size, dtype=np.bool_)
    objectives_met(step.setting, world, public, relation, turn, False, met)
    for place in range(met.size):
        if met[place]:
            tally.goals[place] += 1
