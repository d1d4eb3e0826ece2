"""Two games that look the same to one side, and all that side can ask of either, at the window and the terminal.

A `Pair` is a game with a secret and the same game without it. `Window` and `Prompt` open both to a side that may not
know of the secret, ask everything there is, and say where the answers differ. What there is comes from the tables of
commands themselves, so a new command is asked by itself; one whose arguments nobody can make up is a fault of the test.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, fields, replace
from itertools import product
from pathlib import Path
from random import Random
from types import NoneType
from typing import Any, get_args, get_type_hints

import click

from game import journal as journals
from game.cli.terminal import Table
from game.errors import GameError
from game.files import scenario_path
from game.journal import TurnLine
from game.kernel.orders import STANCES
from game.kernel.world import World
from game.match.match import Match
from game.match.turn_taking import Seat
from game.play import commands as wanted
from game.play import flow
from game.play.counterfactuals import Retracer, counterfactuals
from game.play.dispatch import CARRIED_OUT, Director
from game.play.forecasts import (
    Forecaster,
    Question,
    by_run,
    futures,
)

LEAVING = (wanted.Begin, wanted.Commit, wanted.Proceed, wanted.Advance, wanted.Undo, wanted.Branch, wanted.Load,
           wanted.Leave)  # fmt: skip
SOME = 2
"""Commands that leave the turn in which they are given, and how many of them are tried in each game."""

SIDES = ("plain", "secret")
"""Without and with the secret."""

FOLDER = "FOLDER"
"""Stands for the folder in which the games of a window are kept."""

MOST = 6
"""How many of all ways to give a command are tried, drawn anew for each world."""

STEPS = 40
"""After so many commands of others it should be the side's turn again."""

OTHER = scenario_path("classroom-triad").read_text(encoding="utf-8")
"""A scenario file that has nothing to do with the game."""


@dataclass(frozen=True)
class Pair:
    """A game with a secret and the same game without it; `viewers` are the states that may not know of it."""

    kind: str
    plain: Match
    secret: Match
    viewers: tuple[str, ...]
    texts: tuple[str, str]
    lines: tuple[tuple[TurnLine, ...], tuple[TurnLine, ...]]

    @classmethod
    def of(cls, kind: str, plain: Match, secret: Match, viewers: Sequence[str], texts: tuple[str, str]) -> Pair:
        """Two games as they were played, and the texts of their scenarios."""
        kept = tuple(tuple(journals.line_of(each, turn + 1) for turn in range(each.history.turn))
                     for each in (plain, secret))  # fmt: skip
        return cls(kind, plain, secret, tuple(viewers), texts, (kept[0], kept[1]))

    @property
    def matches(self) -> tuple[Match, Match]:
        """Both games, the plain one first."""
        return self.plain, self.secret


def altered(match: Match, change: Callable[[World], World]) -> Match:
    """A game in whose positions something is otherwise that nobody did."""
    history = match.history
    opened = None if history.opened is None else (change(history.opened[0]), history.opened[1])
    after = replace(history, worlds=tuple(change(world) for world in history.worlds), opened=opened)
    return match.with_history(after)


@dataclass(frozen=True)
class Difference:
    """A question that two games answer differently to the same side."""

    kind: str
    viewer: str
    question: str
    answers: tuple[str, str]

    def __str__(self) -> str:
        one, other = self.answers
        start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
        start = max(start - 60, 0)
        return (
            f"{self.kind}: {self.viewer} can tell by {self.question}\n"
            f"  without it: …{one[start : start + 200]}\n  with it:    …{other[start : start + 200]}"
        )


# ---- the window


class Foreseeing(Forecaster):
    """The same work as the process that forecasts does, less of it, at once."""

    def __init__(self) -> None:
        super().__init__()
        self.question: Question | None = None

    def ask(self, question: Question) -> None:
        """Keep the question."""
        self.question = question

    def cancel(self) -> None:
        """Forget it."""
        self.question = None

    def answer(self) -> Any:
        """The futures."""
        asked, self.question = self.question, None
        return None if asked is None else by_run(futures(replace(asked, runs=3, turns=min(asked.turns, 3))))


class Retracing(Retracer):
    """The same work as the thread that plays a finished game again does, at once."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Any = None
        self.viewer: str | None = None

    def ask(self, match: Match, people: Sequence[str], viewer: str | None = None) -> None:
        """Play it again."""
        self.found, self.viewer = counterfactuals(match, people, viewer=viewer), viewer

    def answer(self, viewer: str | None = None) -> Any:
        """What came of it, for whom it was asked."""
        return self.found if viewer == self.viewer else None

    def cancel(self) -> None:
        """Forget it."""
        self.found = None


class Window:
    """Two windows, one over each game of a pair, before which the same side sits."""

    def __init__(self, pair: Pair, viewer: str, people: Sequence[str], folder: Path, seed: int) -> None:
        self.pair, self.viewer, self.people, self.folder = pair, viewer, tuple(people), folder
        self.chance = Random(f"{seed} {viewer} {pair.kind}")
        self.led = len(people) == 1
        for name, text in zip(SIDES, pair.texts, strict=True):
            (folder / name / "scenarios").mkdir(parents=True, exist_ok=True)
            (folder / name / "scenarios" / "drawn.yaml").write_text(text, "utf-8")
            # Who opens the file of the very game reads it whole; another one tells the sides alike.
            (folder / name / "scenarios" / "other.yaml").write_text(OTHER, "utf-8")
        self.directors = self.opened()

    def opened(self) -> list[Director]:
        """Both windows with the game on the table, gone on until the side plans."""
        made = []
        for name, match, lines in zip(SIDES, self.pair.matches, self.pair.lines, strict=True):
            director = Director(self.folder / name / "games")
            director.forecaster, director.retracer = Foreseeing(), Retracing()
            flow.seat(director, match, self.people, lines, director.folder / "drawn.jsonl")
            self.go_on(director)
            made.append(director)
        return made

    def go_on(self, director: Director) -> None:
        """Let everybody else do nothing until it is the side's turn to plan, or the game is over."""
        for _ in range(STEPS):
            if director.match is None or director.phase == "over":
                return
            if director.side == self.viewer and director.phase == "planning":
                return
            director.carry_out(wanted.Commit() if director.phase == "planning" else wanted.Proceed())

    def shown(self, director: Director, said: Any) -> str:
        """All that stands in the window of the side, and what it was told last."""
        snapshot = director.snapshot()
        # When a file was written, and how long it is, is no part of what it says; the list has the newest first.
        saves = tuple(sorted((replace(each, kept="") for each in snapshot.saves), key=lambda each: each.path))
        inspection = None if snapshot.inspection is None else replace(snapshot.inspection, stamp=None)
        found = repr((said, replace(snapshot, saves=saves, inspection=inspection)))
        for name in SIDES:
            found = found.replace(str(self.folder / name), FOLDER)
        return found

    def differences(self) -> Iterator[Difference]:
        """What the side can tell the two games apart by: by looking, and by every command there is.

        After a command that leaves the side's turn the game has to be opened anew, which takes time: of those that are
        known to do so a few are tried in each game, and all of them over the games.
        """
        yield from self._told_apart("a look at it", [self.shown(each, None) for each in self.directors])
        passed = self.chance.sample(LEAVING, len(LEAVING) - SOME)
        for kind in (each for each in CARRIED_OUT if each not in passed):
            for command in self.commands(kind):
                before = self.directors
                yield from self._asked(command)
                if self.directors is not before:
                    break

    def _asked(self, command: Any) -> Iterator[Difference]:
        turns = [each.current.history.turn for each in self.directors]
        said = [each.carry_out(_here(command, each)) for each in self.directors]
        left = any(
            each.match is None or (each.side, each.phase) != (self.viewer, "planning") for each in self.directors
        )
        if any(each.side != self.viewer for each in self.directors):
            said = [None, None]
            for each in self.directors:
                self.go_on(each)
        if not self._others_have_decided(turns) and all(each.match is not None for each in self.directors):
            yield from self._compared(command, said)
        if left or any(each.current.history.turn != turn for each, turn in zip(self.directors, turns, strict=True)):
            self.directors = self.opened()

    def _compared(self, command: Any, said: Sequence[Any]) -> Iterator[Difference]:
        yield from self._told_apart(
            repr(command), [self.shown(*each) for each in zip(self.directors, said, strict=True)]
        )

    def _others_have_decided(self, turns: Sequence[int]) -> bool:
        """Whether those that lead themselves have ordered anything since: of what they keep secret they act on."""
        if not self.led or any(each.match is None for each in self.directors):
            return False
        moved = any(each.current.history.turn > turn for each, turn in zip(self.directors, turns, strict=True))
        return moved or any(each.phase == "inbox" for each in self.directors)

    def _told_apart(self, question: str, answers: Sequence[str]) -> Iterator[Difference]:
        if answers[0] != answers[1]:
            yield Difference(self.pair.kind, self.viewer, question, (answers[0], answers[1]))

    def commands(self, kind: type) -> list[Any]:
        """Some of the ways to give a command; LookupError, with what is missing, where nobody knows one."""
        known, hints = self.arguments(), get_type_hints(kind)
        each = []
        for field in fields(kind):
            if field.name not in known:
                raise LookupError(
                    f"nobody knows what {kind.__name__}.{field.name} may be, so no secret can be looked for by it; "
                    "give some values in `Window.arguments`"
                )
            optional = NoneType in get_args(hints[field.name])
            each.append([value for value in known[field.name] if optional or value is not None])
        ways = list(product(*each))
        return [kind(*way) for way in self.chance.sample(ways, min(len(ways), MOST))]

    def arguments(self) -> Mapping[str, Sequence[Any]]:
        """What the fields of commands may be, by their names."""
        board, turn = self.pair.plain.history.board, self.pair.plain.history.turn
        disputes = [each.name for each in board.disputes]
        events = [each.name for each in board.events]
        options = [option.name for each in board.events for option in each.options]
        return {
            "target": board.states,
            "first": board.states,
            "second": board.states,
            "text": list(self.texts()),
            "number": (0, 1, 7),
            "dispute": (*disputes, "nowhere"),
            "stance": STANCES,
            "event": (*events, "nothing"),
            "option": (*options, "nothing"),
            "key": [f"{state}:{slot}" for state in range(len(board.states)) for slot in range(board.orders)],
            "accept": (True, False),
            "packages": (True, False),
            "turn": (None, 0, turn - 1, turn),
            "name": (None, "mine"),
            "path": (None, f"{FOLDER}/games/mine.jsonl", f"{FOLDER}/scenarios/other.yaml", "/nowhere"),
            "scenario": (f"{FOLDER}/scenarios/drawn.yaml",),
            "seats": ((self.viewer,),),
            "seed": (1,),
            "difficulty": (None, "novice"),
            "turns": (None, 2),
        }

    def texts(self) -> Iterator[str]:
        """Orders of the side towards everybody, with terms, and some of others, which are none of its business."""
        board = self.pair.plain.history.board
        others = [name for name in board.states if name != self.viewer]
        deals = [name for name, kind in zip(board.acts.names, board.acts.kind.tolist(), strict=True) if kind == 1]
        for target in others:
            for act in self.chance.sample(board.acts.names, min(len(board.acts.names), 4)):
                yield f"{act} {target}"
            for act in self.chance.sample(deals, min(len(deals), 6)):
                paid = self.chance.choice(("", "0.5", "-1", "-5"))
                yield f"{act} {target}" + (f" side_payment={paid}" if paid else "")
        for name, target in product(others, board.states):
            yield f"{name}: {self.chance.choice(deals)} {target}"
        yield from (f"hold {each.name}" for each in board.disputes)
        yield "no order"


def _here(command: Any, director: Director) -> Any:
    """A command that names a file, for the folder of one window."""
    named = {name: getattr(command, name, None) for name in ("path", "scenario")}
    there = str(director.folder.parent)
    return replace(command, **{name: text.replace(FOLDER, there) for name, text in named.items() if text is not None})


# ---- the terminal


class Prompt:
    """Two games at the terminal, at which the same side sits."""

    def __init__(self, pair: Pair, viewer: str, folder: Path, seed: int) -> None:
        self.pair, self.viewer, self.folder = pair, viewer, folder
        self.chance = Random(f"{seed} {viewer} {pair.kind}")

    def tables(self) -> list[Table]:
        """Both games on the table."""
        made = []
        for which, (match, lines) in enumerate(zip(self.pair.matches, self.pair.lines, strict=True)):
            path = self.folder / ("plain.jsonl" if not which else "secret.jsonl")
            made.append(Table(Seat.of(match, self.viewer), path, lines))
        return made

    def differences(self, *, ending: bool) -> Iterator[Difference]:
        """What the side can tell by: the whole way in, every command with every kind of word, and the end of a turn.

        A turn is ended only where nobody leads itself: what others keep secret they act on.
        """
        yield from self._said("the way in", [_heard(table.play) for table in self.tables()])
        tables = self.tables()
        for name in tables[0].commands:
            for words in self.words():
                yield from self._said(
                    f"{name} {words}".strip(), [_heard(_obeying(table, f"{name} {words}")) for table in tables]
                )
        for line in self.orders():
            yield from self._said(line, [_heard(_obeying(table, line)) for table in tables])
        if ending:
            yield from self._said("end", [_heard(table.end, "1\n" * STEPS) for table in self.tables()])

    def words(self) -> list[str]:
        """What may stand behind a command, whichever it is: nothing, states, pairs, deals, numbers and nonsense."""
        board = self.pair.plain.history.board
        deals = [name for name, kind in zip(board.acts.names, board.acts.kind.tolist(), strict=True) if kind == 1]
        others = [name for name in board.states if name != self.viewer]
        pairs = [f"{first} -> {second}" for first in board.states for second in board.states if first != second]
        some = [f"{self.chance.choice(deals)} {target}" for target in others for _ in range(2)]
        return ["", *board.states, *pairs, *some, "1", "9", "nonsense"]

    def orders(self) -> list[str]:
        """Orders of the side, whether they may be given or not, and one of another."""
        board = self.pair.plain.history.board
        others = [name for name in board.states if name != self.viewer]
        mine = [f"{self.chance.choice(board.acts.names)} {target}" for target in others for _ in range(4)]
        return [*mine, f"{others[0]}: praise {self.viewer}", *(f"hold {each.name}" for each in board.disputes)]

    def _said(self, question: str, answers: Sequence[str]) -> Iterator[Difference]:
        plain = [re.sub(r"(plain|secret)\.jsonl", "FILE", each.replace(str(self.folder), "FOLDER")) for each in answers]
        if plain[0] != plain[1]:
            yield Difference(self.pair.kind, self.viewer, f"`{question}` in the terminal", (plain[0], plain[1]))


def _obeying(table: Table, words: str) -> Callable[[], object]:
    def obey() -> None:
        try:
            table.obey(" ".join(words.split()))
        except (GameError, click.UsageError) as error:
            click.echo(str(error))

    return obey


def _heard(act: Callable[[], object], typed: str = "quit\n") -> str:
    """What is printed while something is done, and what is typed meanwhile."""
    out, before = io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(typed)
    try:
        with redirect_stdout(out):
            act()
    finally:
        sys.stdin = before
    return out.getvalue()
