"""Futures of a relation: the game played on many times from what one side knows, each time with other luck.

`futures` is a pure function. `Forecaster` has it worked out in a process of its own, so that the window goes on being
drawn, and gives up what nobody waits for any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

import numpy as np

from game import turn
from game.kernel.draws import Draws
from game.kernel.world import Board, World, relations
from game.policies import answered, decided, observe
from game.policies.reasoner.reasoner import Reasoner

RUNS, TURNS = 48, 12
"""How many futures are looked at, and how far."""

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
        view = observe(board, opened)
        orders = decided(reasoner, {}, view, draws)
        accepted = answered(reasoner, {}, view, orders, draws)
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
    """Has futures worked out in another process, the latest question only."""

    def __init__(self) -> None:
        self._asked = 0
        self._waiting = False
        self._questions: SimpleQueue[tuple[int, Question | None]] = SimpleQueue()
        self._answers: SimpleQueue[tuple[int, Rows]] = SimpleQueue()
        self._thread: Thread | None = None

    def ask(self, question: Question) -> None:
        """Begin to work out a question; the one before is given up."""
        if self._thread is None:
            self._thread = Thread(target=_converse, args=(self._questions, self._answers), daemon=True)
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
        return None


def _converse(questions: SimpleQueue[Any], answers: SimpleQueue[tuple[int, Rows]]) -> None:
    """Hand questions to the other process and take in its answers; where there can be none, work them out here."""
    worker: Connection | None = None
    with suppress(OSError):
        worker = _started()
    while True:
        number, question = questions.get()
        if worker is not None:
            try:
                _exchange(worker, number, question, questions, answers)
                continue
            except (OSError, EOFError):
                worker = None
        if question is not None and questions.empty():
            answers.put((number, by_run(futures(question))))


def _exchange(
    worker: Connection,
    number: int,
    question: Question | None,
    questions: SimpleQueue[Any],
    answers: SimpleQueue[tuple[int, Rows]],
) -> None:
    """Ask, and wait for the answer or for something else to be asked; an answer to what came before is passed over."""
    worker.send((number, question))
    while question is not None and questions.empty():
        if worker.poll(0.05):
            found = worker.recv()
            if found[0] == number:
                answers.put(found)
                return


def _started() -> Connection:
    """One end of a line to a fresh process, which ends when the line does."""
    context = get_context("spawn")
    here, there = context.Pipe()
    context.Process(target=work, args=(there,), daemon=True).start()
    there.close()
    return here


def work(line: Connection) -> None:
    """Answer questions until nobody asks any more; a later question ends the work on the one before."""
    with suppress(EOFError, OSError):
        while True:
            number, question = line.recv()
            if question is not None:
                turns = _unless_asked(line, question)
                if turns is not None:
                    line.send((number, by_run(iter(turns))))


def _unless_asked(line: Connection, question: Question) -> list[tuple[float, ...]] | None:
    """Futures turn by turn, None as soon as something else is asked."""
    turns = []
    for each in futures(question):
        turns.append(each)
        if line.poll():
            return None
    return turns
