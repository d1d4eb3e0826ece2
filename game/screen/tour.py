"""A tour of every screen: a game is played by script, and the window stops at each scene in turn.

Pictures for the documents are taken on it, and tests read what stands on the screens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import Any

from game.play import commands as wanted
from game.play.snapshot import Game, Snapshot
from game.screen.messages import (
    Back,
    Go,
    Key,
    Tick,
)
from game.screen.shell import Shell

BEFORE = ("title", "browser", "setup", "settings", "saves", "shortcuts", "codex", "authoring")
"""What there is to see before a game."""

LOOKED_AT = 4
"""The turn in which the tour looks around: enough has happened by then."""

SETTLED = 4.0
"""Seconds after which nothing moves any more."""


def tour(shell: Shell, begin: wanted.Begin) -> Iterator[str]:
    """Go from scene to scene, yielding the name of each when it is shown."""
    settle(shell)
    yield "title"
    for name in BEFORE[1:]:
        yield from _visited(shell, Go(name))
    shell.ask(begin)
    yield from _played(shell)
    wait_for(shell, lambda snapshot: snapshot.counterfactuals is not None)
    yield "debrief"
    game = _game(shell)
    others = [state.id for state in game.states if state.plays and state.id not in begin.seats]
    shell.ask(wanted.Begin(begin.scenario, (*begin.seats, *others[:1]), begin.seed))
    settle(shell)
    yield "curtain"


def settle(shell: Shell) -> None:
    """Let the clock run until all has come to rest."""
    shell.send(*[Tick(SETTLED / 8)] * 8)


def wait_for(shell: Shell, there: Callable[[Snapshot], bool], patience: float = 60.0) -> None:
    """Let time pass until something that is worked out beside the drawing has come in, or patience ends."""
    until = monotonic() + patience
    while not there(shell.snapshot) and monotonic() < until:
        sleep(0.02)
        shell.send(Tick(SETTLED / 8))
    settle(shell)


def _game(shell: Shell) -> Game:
    game = shell.snapshot.game
    if game is None:
        raise LookupError(shell.window.notice.text if shell.window.notice is not None else "no game was begun")
    return game


def _visited(shell: Shell, go: Go) -> Iterator[str]:
    """A scene opened, seen and left."""
    shell.send(go)
    settle(shell)
    if go.scene == "charts":
        wait_for(shell, lambda snapshot: snapshot.forecast is not None and bool(snapshot.forecast.rows))
    yield shell.scene
    shell.send(Back())


def _played(shell: Shell) -> Iterator[str]:
    """The game to its end, with the scenes of a turn as they come the first time and a look around in one of them."""
    seen: set[str] = set()
    while (game := _game(shell)).phase != "over":
        settle(shell)
        phase = game.phase
        if (game.turn >= LOOKED_AT or phase == "inbox") and shell.scene == phase and phase not in seen:
            seen.add(phase)
            yield phase
        if phase != "planning":
            shell.ask(*(wanted.Reply(proposal.key, True) for proposal in game.proposals), wanted.Proceed())
            continue
        if game.turn == LOOKED_AT:
            yield from _around(shell, game)
        hot = any(max(dispute.rungs) >= 0 for dispute in game.disputes)
        if "crisis" not in seen and game.disputes and (hot or game.turn == game.turns):
            seen.add("crisis")
            yield from _crisis(shell, game)
        _plan(shell, game)
        shell.ask(wanted.Commit())
    settle(shell)


def _around(shell: Shell, game: Game) -> Iterator[str]:
    """The board with a state looked at, and what opens from there."""
    shell.send(Key("]"))
    settle(shell)
    yield "board"
    side = game.side or game.states[0].id
    other = next(state.id for state in game.states if state.plays and state.id != side)
    pair: dict[str, object] = {"first": other, "second": side}
    target: dict[str, object] = {"target": other}
    for name, given in (("statement", target), ("deal", target), ("why", pair), ("charts", pair)):
        yield from _visited(shell, Go(name, given))
    for name in ("log", "matrix", "timeline", "unfinished"):
        yield from _visited(shell, Go(name))


def _crisis(shell: Shell, game: Game) -> Iterator[str]:
    hottest = max(game.disputes, key=lambda dispute: max(dispute.rungs))
    yield from _visited(shell, Go("crisis", {"dispute": hottest.id}))


def _plan(shell: Shell, game: Game) -> None:
    """Two orders towards the first state that takes any, and the first answer to every question."""
    shell.ask(*(wanted.Choose(question.event, question.options[0][0]) for question in game.questions))
    others = [state.id for state in game.states if state.plays and state.id != game.side]
    target = others[game.turn % len(others)]
    shell.ask(wanted.Survey(target))
    options: Any = shell.snapshot.options.get(target, ())
    for option in [each for each in options if each.legal][:2]:
        shell.ask(wanted.Plan(f"{option.act} {target}"))
