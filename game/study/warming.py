"""Warming: compile the kernels that games and ensembles need, once a machine, and keep them.

Each part is compiled in one of two processes of its own, which take the next part when they are done with one.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import chain
from os import environ
from queue import SimpleQueue
from typing import Any
from warnings import warn

import numpy as np

from game.errors import StudyError
from game.files import usual_scenario
from game.kernel.compiled import SWITCH, compiled, in_use, packed, readiness, renew
from game.kernel.compiled.positions import position
from game.kernel.compiled.workspaces import Workspace, made
from game.kernel.declare import Booleans, of_replica
from game.kernel.draws import Draws
from game.kernel.orders import Orders
from game.kernel.world import World, start_world
from game.policies import answered, decided, observe
from game.policies.reasoner.reasoner import EXPLANATIONS, PARTS, Reasoner, arguments
from game.rules import RULES
from game.scenario import load
from game.scenario.compile import Compiled
from game.scenario.compile import compiled as compiled_scenario
from game.study.runs import table
from game.turn import begin, gather, settle

WORKERS = 2
"""How many processes compile at once: what is shared is compiled by each, so that more would bring little."""

WORTH_IT = 240.0
"""How many seconds uncompiled kernels may be expected to take before they are compiled first."""

TURN, PAIR = 0.03, 0.003
"""About how many seconds an uncompiled turn takes: so many, and so many for each pair of states."""


def warm_for(turns: int, states: int) -> None:
    """Compile everything first where so many turns of so many states would take longer without.

    Where that is not possible it is said once, and they are played by kernels as they stand.
    """
    renew()
    if in_use() or environ.get(SWITCH) == "plain" or turns * (TURN + PAIR * states * states) < WORTH_IT:
        return
    try:
        for _ in warm():
            pass
    except StudyError as error:
        warn(str(error), RuntimeWarning, stacklevel=3)
    renew()


def warm() -> Iterator[tuple[int, int]]:
    """Compile everything, telling after each part how many of how many are done.

    Nothing is done where it is kept already. StudyError, with the reason, where nothing can be compiled.
    """
    if readiness.kept():
        yield len(_PARTS), len(_PARTS)
        return
    yield 0, len(_PARTS)
    yield from _compiled_parts()
    if readiness.keep() is None:
        raise StudyError("what was compiled can't be kept here, because no folder can be written to")


def _compiled_parts() -> Iterator[tuple[int, int]]:
    """After each part that is compiled, how many of how many are."""
    idle: SimpleQueue[_Worker] = SimpleQueue()
    with ThreadPoolExecutor(WORKERS) as threads:
        try:
            for _ in range(WORKERS):
                idle.put(_Worker())
            waiting = [threads.submit(_compile_in_one, idle, name) for name in _PARTS]
            for done, each in enumerate(as_completed(waiting), 1):
                each.result()
                yield done, len(_PARTS)
        finally:
            threads.shutdown(cancel_futures=True)
            while not idle.empty():
                idle.get().end()


class _Worker:
    """A process that compiles one part after the other: it reads their names and tells when each is done."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "game.study.warming"], env={**environ, SWITCH: "compiled"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        )  # fmt: skip

    def compile(self, name: str) -> None:
        """Compile a part; StudyError, with the reason, if it can't."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(f"{name}\n")
            stdin.flush()
            answer = stdout.readline()
        except OSError:
            answer = ""
        if answer.strip() != name:
            reason = answer.strip() or "the compiler ended"
            raise StudyError(f"nothing can be compiled here ({reason}); games are played without it, more slowly")

    def end(self) -> None:
        """Let the process end."""
        self._process.kill()
        self._process.communicate()


def _compile_in_one(idle: SimpleQueue[_Worker], name: str) -> None:
    worker = idle.get()
    try:
        worker.compile(name)
    finally:
        idle.put(worker)


def compile_part(name: str) -> None:
    """Compile one part, and keep it."""
    if compiled(begin) is begin:
        raise StudyError("numba does not load")
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
    """Whole games; none is played, since what plays them can be compiled before what it calls."""
    board = scene.board
    seat, nothing = (
        table(board, scene.parameters, 0, 0, alone=True),
        np.zeros((0, len(board.states), len(board.states))),
    )
    seat.play(start_world(board), 0, 1, nothing)


def _games_with_policies(scene: Compiled) -> None:
    """What stands between the decisions of whole games."""
    board = scene.board
    seat, nothing = table(board, scene.parameters, 0, 1), np.zeros((0, len(board.states), len(board.states)))
    reasoner, draws = Reasoner(board, scene.parameters["reasoner"]), Draws.of(1)

    def decide(opened: World) -> tuple[Orders, Booleans]:
        orders = decided(reasoner, {}, board, opened, draws)
        return orders, answered(reasoner, {}, board, opened, orders, draws)

    seat.play_with(decide, start_world(board), 0, 1, nothing)


_THOUGHTS = [(f"thoughts: {each.__name__}", _thought(each)) for each in (*PARTS, *EXPLANATIONS)]
_BODIES = [(f"rule: {name}", _rule(name)) for name in RULES]
_PARTS: Mapping[str, Callable[[Compiled], None]] = dict(
    [
        *chain.from_iterable(zip(_THOUGHTS, _BODIES, strict=False)), *_THOUGHTS[len(_BODIES) :],
        *_BODIES[len(_THOUGHTS) :], ("whole games", _games), ("between the rules", _between),
        ("games with policies", _games_with_policies),
    ]
)  # fmt: skip
"""Everything that is compiled, thoughts and rules by turns: they share least, so that little is compiled twice."""


def serve() -> None:
    """Compile the parts whose names are read, one a line, and tell of each when it is done; the first fault ends it."""
    sys.excepthook = _tell
    for line in sys.stdin:
        compile_part(line.strip())
        print(line.strip(), flush=True)


def _tell(kind: type[BaseException], error: BaseException, _trace: object) -> None:
    """Say in one line what went wrong."""
    told = str(error).strip().splitlines()
    print(f"{kind.__name__}: {told[-1] if told else 'no more is known'}", flush=True)


if __name__ == "__main__":
    serve()
