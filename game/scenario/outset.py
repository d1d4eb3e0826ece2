"""The world before its first turn, at central values, as conditions look at it.

It is what a game compiles, by the same compiler, of a scenario without whatever conditions can't see: what acts and
events do, those that no condition asks about, and who speaks and decides how.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from game.kernel import conditions as predicate
from game.kernel.catalogue import NONE
from game.kernel.known import mask
from game.kernel.programs import programs_of
from game.kernel.records import changed, one_world
from game.kernel.relations import regards
from game.kernel.setting import setting_of
from game.kernel.step import public_of
from game.kernel.world import Board, start_world
from game.scenario import spec, visit
from game.scenario.compile.board import compiled_board
from game.scenario.compile.numbers import Numbers
from game.submodels.evaluation import holds


def outset(scenario: spec.Scenario, conditions: Sequence[predicate.Condition]) -> list[bool]:
    """Which of some conditions hold at the start of a scenario."""
    board = asked_board(scenario, conditions)
    programs, world = programs_of(board, conditions), one_world(start_world(board), 0)
    setting, public = changed(setting_of(board), programs=programs), public_of(world)
    relation = np.zeros((len(board.states), len(board.states)))
    # By kernels as they stand: to load what compiles them takes longer than one world does.
    regards(setting, world, relation)
    known = public if mask(setting, world, public) else world
    return [holds(setting, world, known, relation, 0, False, NONE, int(place), NONE, NONE) for place in programs.asked]


def asked_board(scenario: spec.Scenario, conditions: Sequence[predicate.Condition]) -> Board:
    """The board of a scenario at central values, as far as these conditions ask about it."""
    return compiled_board(_bare(scenario, conditions), Numbers(None))


def _bare(scenario: spec.Scenario, conditions: Sequence[predicate.Condition]) -> spec.Scenario:
    asked = [node for condition in conditions for node in visit.nodes(condition)]
    acts = {node.act for node in asked if isinstance(node, predicate.Did)}
    events = {node.event for node in asked if isinstance(node, predicate.Happened)}
    return replace(
        scenario,
        acts={
            name: replace(scenario.acts[name], requires=(), effects=(), refused=())
            for name in scenario.acts
            if name in acts
        },
        events={name: _silent(scenario.events[name]) for name in scenario.events if name in events},
        pledge_kinds={name: replace(kind, breach=()) for name, kind in scenario.pledge_kinds.items()},
        offices={},
        personalities={},
        objectives={},
        endings={name: replace(ending, when=()) for name, ending in scenario.endings.items()},
    )


def _silent(event: spec.Event) -> spec.Event:
    """An event that can be asked about, and does and waits for nothing."""
    trigger = replace(event.trigger, form="at", at=1, after_event=None, after_act=None, mean_turns=None, window=None)
    return replace(event, trigger=trigger, when=(), effects=(), decider=None, options=())
