"""A match as data: one JSON object, or rows of CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from game.journal import TurnLine
from game.kernel.numerics import hundredths
from game.kernel.world import Board, World, digest
from game.match.match import Match, met_objectives
from game.measures.alliance_depth import depth
from game.measures.information import seen_by
from game.measures.relations import relations
from game.measures.reputation import trust
from game.narrative.news import causes_of, tidings

SERIES: Mapping[str, tuple[Callable[[Board, World], Any], int]] = {
    "relations": (lambda board, world: hundredths(relations(board, world)) / 100.0, 2),
    "depth": (lambda board, world: depth(board, world), 2),
    "trust": (lambda board, world: trust(board, world), 4),
    "suspicion": (lambda board, world: world.suspicion, 2),
}
"""What rows of CSV may be about: how it is measured between two states, and with how many digits it is written."""

SERIES_NAMES = (*SERIES, "tension")
COLUMNS = {"relations": "relation"}


Table = tuple[tuple[int, ...], ...]


def shown(match: Match, world: World, viewer: str | None = None) -> World:
    """A world of a match, all of it or as a state may know it."""
    board = match.history.board
    return world if viewer is None else seen_by(board, world, board.state(viewer))


def table_after(match: Match, turn: int, viewer: str | None = None) -> Table:
    """How everybody stood after a turn, in hundredths, in truth or as far as a state may know."""
    history = match.history
    rows = hundredths(relations(history.board, shown(match, history.worlds[turn], viewer))[0]).astype(int).tolist()
    return tuple(tuple(row) for row in rows)


def news(match: Match, turn: int, viewer: str | None = None) -> list[str]:
    """What a turn changed besides relations, as far as a state may know."""
    board, history = match.history.board, match.history
    played, state = history.turns[turn - 1], None if viewer is None else board.state(viewer)
    worlds = (history.worlds[turn - 1], history.worlds[turn], played.opened)
    before, after, opened = (shown(match, world, viewer) for world in worlds)
    return list(tidings(board, before, after, causes_of(board, played.ledger, state), opened))


def document(match: Match, lines: Sequence[TurnLine]) -> dict[str, Any]:
    """The whole run as one object; relations are numbers with two digits, turn 0 first."""
    board = match.history.board
    tables = [table_after(match, 0), *(line.relations for line in lines)]
    return {
        "scenario": match.setup.scenario.id,
        "seed": match.setup.seed,
        "turns": match.history.turn,
        "digest": digest(match.history.worlds[-1]),
        "states": {name: board.names[index] for index, name in enumerate(board.states)},
        "relations": {
            f"{first} -> {second}": [table[i][j] / 100 for table in tables]
            for i, first in enumerate(board.states)
            for j, second in enumerate(board.states)
            if i != j
        },
        "acts": list(_acts(lines)),
        "events": list(_events(lines)),
        "news": [
            {"turn": line.turn, "date": line.date, "news": each} for line in lines for each in news(match, line.turn)
        ],
        "endings": _endings(match),
        "objectives": [
            {"state": state, "objective": label, "met": met, "points": points, "hidden": hidden}
            for state, label, met, points, hidden in met_objectives(match)
        ],
    }


def as_json(match: Match, lines: Sequence[TurnLine]) -> str:
    """The object as text."""
    return json.dumps(document(match, lines), ensure_ascii=False, indent=1) + "\n"


def _acts(lines: Sequence[TurnLine]) -> Iterator[dict[str, Any]]:
    for line in lines:
        for record in line.orders:
            yield {"turn": line.turn, "date": line.date, **asdict(record.order), "accepted": record.accepted,
                   "why": record.why}  # fmt: skip


def _events(lines: Sequence[TurnLine]) -> Iterator[dict[str, Any]]:
    for line in lines:
        for event in line.events:
            yield {
                "turn": line.turn, "date": line.date, "event": event.event, "headline": event.headline,
                "option": event.option, "label": event.label,
            }  # fmt: skip


def _endings(match: Match) -> list[dict[str, Any]]:
    name = match.ending()
    return [
        {"ending": each.name, "turn": match.history.turn, "text": each.text}
        for each in match.history.board.endings
        if each.name == name
    ]


def csv_header(series: str) -> str:
    """The first row of a series."""
    return f"turn,date,dispute,{series}" if series == "tension" else f"turn,date,from,to,{COLUMNS.get(series, series)}"


def csv_rows(board: Board, turn: int, date: str, world: World, series: str = "relations") -> Iterator[str]:
    """A row a pair, or a dispute: ids and numbers only, so that nothing needs quotes."""
    if series == "tension":
        for place, dispute in enumerate(board.disputes):
            yield f"{turn},{date},{dispute.name},{world.tension[0, place]:.2f}"
        return
    measure, digits = SERIES[series]
    shown_ = np.round(measure(board, world)[0], digits) + 0.0
    for i, first in enumerate(board.states):
        for j, second in enumerate(board.states):
            if i != j:
                yield f"{turn},{date},{first},{second},{shown_[i, j]:.{digits}f}"
