"""Futures of a relation: the game played on many times from what one side knows, each time with other luck.

`futures` is a pure function. `Forecaster` has it worked out in a process of its own, so that the window goes on being
drawn, and gives up what nobody waits for any more.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread, Timer
from time import monotonic
from typing import Any

import numpy as np

from game import turn
from game.kernel.draws import Draws
from game.kernel.world import Board, World
from game.measures.relations import relations
from game.policies import Reasoner, answered, decided

RUNS, TURNS = 48, 12
"""How many futures are looked at, and how far."""

PATIENCE = 20.0
"""Seconds without a sign of life, one of which comes with every turn, after which a process is replaced."""

TRIES = 2
"""How many processes are asked a question before it is answered without one."""

FIRST_SEED = 0x666F7265 << 32
"""Where the seeds of forecasts begin: far from those that games are given, so that no future is the one to come."""

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be foreseen: how `first` regards `second`, from a position as somebody knows it."""

    board: Board
    parameters: turn.Parameters
    world: World
    first: int
    second: int
    turns: int = TURNS
    runs: int = RUNS


def futures(question: Question) -> Iterator[tuple[float, ...]]:
    """The relation in every run, turn by turn, the present first; the built-in reasoner decides for everybody."""
    board, runs = question.board, question.runs
    draws = Draws.of(*range(FIRST_SEED, FIRST_SEED + runs))
    reasoner = Reasoner(board, question.parameters["reasoner"])
    world = repeated(question.world, runs)
    yield _relation(question, world)
    for _ in range(question.turns):
        opened, _ = turn.opening(board, world, question.parameters, draws)
        orders = decided(reasoner, {}, board, opened, draws)
        accepted = answered(reasoner, {}, board, opened, orders, draws)
        world, _ = turn.step(board, opened, orders, accepted, question.parameters, draws)
        yield _relation(question, world)


def repeated(world: World, runs: int) -> World:
    """A world of one replica as a batch of equal ones."""
    arrays: dict[str, Any] = {
        name: np.ascontiguousarray(np.broadcast_to(each, (runs, *each.shape[1:]))) for name, each in world.arrays()
    }
    return replace(world, **arrays)


def _relation(question: Question, world: World) -> tuple[float, ...]:
    values: list[float] = relations(question.board, world)[:, question.first, question.second].tolist()
    return tuple(values)


def by_run(turns: Iterator[tuple[float, ...]]) -> Rows:
    """What came turn by turn, run by run."""
    return tuple(zip(*turns, strict=True))


class Forecaster:
    """Has futures worked out in another process, the latest question only.

    A process that was killed, or gives no sign of life for `patience` seconds, is replaced; where that does not help
    the futures are worked out in this one.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._asked = 0
        self._waiting = False
        self._questions: SimpleQueue[tuple[int, Question | None]] = SimpleQueue()
        self._answers: SimpleQueue[tuple[int, Rows]] = SimpleQueue()
        self._thread: Thread | None = None

    def ask(self, question: Question) -> None:
        """Begin to work out a question; the one before is given up."""
        if self._thread is None:
            given = (self._questions, self._answers, self._patience)
            self._thread = Thread(target=_converse, args=given, daemon=True)
            self._thread.start()
        self._asked += 1
        self._waiting = True
        self._questions.put((self._asked, question))

    def cancel(self) -> None:
        """Give up what is being worked out."""
        if self._waiting:
            self._asked += 1
            self._waiting = False
            self._questions.put((self._asked, None))

    def answer(self) -> Rows | None:
        """The futures last asked for, run by run, once they are there; they are given once."""
        while not self._answers.empty():
            number, rows = self._answers.get()
            if self._waiting and number == self._asked:
                self._waiting = False
                return rows
        if self._waiting and self._thread is not None and not self._thread.is_alive():
            raise RuntimeError("forecasts have broken down; the error output says where")
        return None


def _converse(questions: SimpleQueue[Any], answers: SimpleQueue[tuple[int, Rows]], patience: float) -> None:
    """Hand questions to the other process and take in its answers; where there are none, work them out here."""
    worker: Worker | None = None
    while True:
        number, question = questions.get()
        for _ in range(TRIES):
            try:
                worker = worker or Worker(patience)
                if _exchanged(worker, number, question, questions, answers):
                    break
            except (OSError, EOFError):
                pass  # it was killed, or could not be started
            if worker is not None:
                worker.end()
                worker = None
        else:
            if question is not None and questions.empty():
                answers.put((number, by_run(futures(question))))


def _exchanged(
    worker: Worker,
    number: int,
    question: Question | None,
    questions: SimpleQueue[Any],
    answers: SimpleQueue[tuple[int, Rows]],
) -> bool:
    """Ask, and wait for the answer or for something else to be asked; False where there is no sign of life.

    An answer to what came before is passed over.
    """
    worker.send((number, question))
    heard = monotonic()
    while question is not None and questions.empty():
        found = worker.heard()
        if found is not None:
            heard = monotonic()
            if found[0] == number and found[1] is not None:
                answers.put((number, found[1]))
                return True
        elif monotonic() - heard > worker.patience:
            return False
    return True


class Worker:
    """A fresh process at the other end of a line, which ends when the line does; what it is sent it answers in time."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        context = get_context("spawn")
        self.line, there = context.Pipe()
        self.process = context.Process(target=work, args=(there,), daemon=True)
        self.process.start()
        there.close()
        # A process that was stopped does not heed the request to end that the interpreter waits for when it ends.
        atexit.register(self.process.kill)

    def send(self, said: object) -> None:
        """Send something; OSError where it is not taken in time."""
        with self._in_time():
            self.line.send(said)

    def heard(self) -> tuple[int, Rows | None] | None:
        """What is said, None where nothing is for a moment; OSError or EOFError where the process has ended."""
        if not self.line.poll(0.05):
            return None
        with self._in_time():
            found: tuple[int, Rows | None] = self.line.recv()
        return found

    def end(self) -> None:
        """End the process, whatever it is about."""
        atexit.unregister(self.process.kill)
        self.process.kill()
        self.process.join()
        self.line.close()

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """The process is killed if this takes too long: a line is full, or half a message on it, when it is stopped."""
        watch = Timer(self.patience, self.process.kill)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


def work(line: Connection) -> None:
    """Answer questions until nobody asks any more; a later question ends the work on the one before."""
    with suppress(EOFError, OSError):
        while True:
            number, question = line.recv()
            if question is not None:
                turns = _unless_asked(line, number, question)
                if turns is not None:
                    line.send((number, by_run(iter(turns))))


def _unless_asked(line: Connection, number: int, question: Question) -> list[tuple[float, ...]] | None:
    """Futures turn by turn, each with a sign of life; None as soon as something else is asked."""
    turns = []
    for each in futures(question):
        turns.append(each)
        line.send((number, None))
        if line.poll():
            return None
    return turns
