"""What is read besides the board: series for charts, futures, and the codex."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from game.kernel.world import World
from game.measures.alliance_depth import depth
from game.measures.objectives import objective_points
from game.measures.reputation import trust
from game.narrative.codex import pages
from game.play import commands as wanted
from game.play.forecasts import TURNS, Question
from game.play.observation import Sight, rows_of
from game.play.session import Session
from game.play.snapshot import (
    Fan,
    Page,
    Passage,
    Traces,
)

Table = tuple[tuple[float, ...], ...]
Measured = tuple[Table, Table, tuple[float | None, ...], Table]
"""Depth, trust, points and attributes after one turn."""


def trace(session: Session, command: wanted.Trace) -> None:
    """Measure every turn that has not been measured yet."""
    sight = Sight(session.current, session.side)
    worlds, over = sight.match.history.worlds, sight.match.finished
    turns = [
        session.once_for_all(("trace", session.side, turn, last), partial(_measured, sight, world, last))
        for turn, world in enumerate(worlds)
        for last in (over and turn == len(worlds) - 1,)
    ]
    depths, trusts, points, attributes = zip(*turns, strict=True)
    session.traces = Traces(len(worlds) - 1, depths, trusts, points, attributes)


def _measured(sight: Sight, world: World, last: bool) -> Measured:
    """What a side knows of a turn; of the `last` of a game, how many points it came to in truth."""
    board, seen = sight.board, sight.seen(world)
    points = objective_points(board, world if last else seen)[0].tolist()
    own = tuple(
        float(value) if sight.side in (None, name) else None for name, value in zip(board.states, points, strict=True)
    )
    return (
        rows_of(depth(board, seen, secrets=True)[0]),
        rows_of(trust(board, seen)[0]),
        own,
        rows_of(seen.attributes[0]),
    )


def forecast(session: Session, command: wanted.Forecast) -> None:
    """Have futures of a relation worked out, from what the side knows; what is being worked out already goes on."""
    match = session.current
    board, turn = match.history.board, match.history.turn
    fan = Fan(command.first, command.second, turn)
    if match.finished or (session.forecast is not None and replace(session.forecast, rows=()) == fan):
        return
    first, second = board.state(command.first), board.state(command.second)
    ahead = min(TURNS, match.setup.scenario.turns - turn)
    known = session.known.history
    session.forecaster.ask(Question(known.board, known.parameters, known.world, first, second, ahead))
    session.forecast = fan


def gather(session: Session, command: wanted.Gather) -> None:
    """Take in what has been foreseen, if it is there."""
    rows = session.forecaster.answer()
    if rows is not None and session.forecast is not None:
        session.forecast = replace(session.forecast, rows=rows)


def pin(session: Session, command: wanted.Pin) -> None:
    """Keep an item of the record in sight, or let it go."""
    session.pins[session.side] = session.pins.get(session.side, frozenset()) ^ {command.number}


def consult(session: Session, command: wanted.Consult) -> None:
    """Open the codex."""
    match = session.match
    scenario = None if match is None else match.setup.scenario
    reader = session.side if match is None or not match.finished else None
    everything = match is not None and reader is None
    session.codex = tuple(
        Page(chapter, title, tuple(Passage(*each) for each in passages))
        for chapter, title, passages in pages(scenario, reader, everything=everything)
    )
