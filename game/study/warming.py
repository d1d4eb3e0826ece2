"""Warming: compile the kernels that games and ensembles need, once a machine, and keep them.

What can be compiled apart is, on two processors; whole games, which need all of it, come last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any

import numpy as np

from game.errors import StudyError
from game.files import usual_scenario
from game.kernel.compiled import compiled, packed, readiness
from game.kernel.compiled.positions import position
from game.kernel.compiled.workspaces import Workspace, made
from game.kernel.declare import of_replica
from game.kernel.draws import Draws
from game.kernel.world import start_world
from game.policies import observe
from game.policies.reasoner.reasoner import EXPLANATIONS, PARTS, Reasoner, arguments
from game.rules import RULES
from game.scenario import load
from game.scenario.compile import Compiled
from game.scenario.compile import compiled as compiled_scenario
from game.study.runs import table
from game.turn import begin, gather, settle

WORKERS = 2
"""How many processes compile at once: what is shared is compiled by each, so that more would bring little."""


def warm() -> Iterator[tuple[int, int]]:
    """Compile everything, telling after each part how many of how many are done.

    Nothing is done where it is kept already. StudyError where numba does not load: uncompiled, kernels are far slower
    than arrays, so that they must not be taken to be ready.
    """
    *parts, last = _PARTS
    if readiness.kept():
        yield len(_PARTS), len(_PARTS)
        return
    if compiled(begin) is begin:
        raise StudyError("nothing can be compiled here, because numba does not load; games are played without it")
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as workers:
        waiting = [workers.submit(compile_part, name) for name in parts]
        for done, each in enumerate(as_completed(waiting), 1):
            each.result()
            yield done, len(_PARTS)
    compile_part(last)
    readiness.keep()
    yield len(_PARTS), len(_PARTS)


def compile_part(name: str) -> None:
    """Compile one part, and keep it."""
    _PARTS[name](compiled_scenario(load(usual_scenario())))


def _rule(name: str) -> Callable[[Compiled], None]:
    def compile_it(scene: Compiled) -> None:
        compiled(RULES[name])(_work(scene).packed, packed(of_replica(scene.parameters[name], 0)))

    return compile_it


def _work(scene: Compiled) -> Workspace:
    work = made(scene.board, 0)
    work.load(start_world(scene.board), 0, 1)
    return work


def _between(scene: Compiled) -> None:
    """What stands between the rules of a turn, and what follows from a world."""
    work = _work(scene)
    compiled(begin)(work.packed, 1)
    compiled(gather)(work.packed)
    compiled(settle)(work.packed)
    position(scene.board, start_world(scene.board))


def _thought(kernel: Callable[..., Any]) -> Callable[[Compiled], None]:
    """A kernel of the reasoner's, on a position that it has not thought about: nothing comes of it."""

    def compile_it(scene: Compiled) -> None:
        view = observe(scene.board, start_world(scene.board))
        given = arguments(Reasoner(scene.board, scene.parameters["reasoner"]), view, Draws.of(1))
        compiled(kernel)(*given[kernel])

    return compile_it


def _games(scene: Compiled) -> None:
    board = scene.board
    series = np.zeros((0, len(board.states), len(board.states)))
    table(board, scene.parameters, 0, 1).play(start_world(board), 0, 1, series)


_PARTS: Mapping[str, Callable[[Compiled], None]] = {
    **{f"thoughts: {each.__name__}": _thought(each) for each in (*PARTS, *EXPLANATIONS)},
    **{f"rule: {name}": _rule(name) for name in RULES},
    "between the rules": _between,
    "whole games": _games,
}
"""Everything that is compiled, the longest first, but for whole games, which are made of all the rest."""
