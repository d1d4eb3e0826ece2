"""A match as data: one JSON object, or rows of CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from game.cli.chronicle import Relations
from game.journal import TurnLine
from game.match import Match, met_goals
from game.numerics import hundredths
from game.world import digest, relations

CSV_HEADER = "turn,date,from,to,relation"


def table_after(match: Match, turn: int) -> tuple[tuple[int, ...], ...]:
    """How everybody stood after a turn, in hundredths."""
    history = match.history
    rows = hundredths(relations(history.board, history.worlds[turn])[0]).astype(int).tolist()
    return tuple(tuple(row) for row in rows)


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
        "endings": _endings(match),
        "goals": [
            {"state": state, "goal": label, "met": met, "points": points, "hidden": hidden}
            for state, label, met, points, hidden in met_goals(match)
        ],
    }


def as_json(match: Match, lines: Sequence[TurnLine]) -> str:
    """The object as text."""
    return json.dumps(document(match, lines), ensure_ascii=False, indent=1) + "\n"


def _acts(lines: Sequence[TurnLine]) -> Iterator[dict[str, Any]]:
    for line in lines:
        for record in line.orders:
            order = record.order
            yield {
                "turn": line.turn, "date": line.date, "state": order.state, "act": order.act, "target": order.target,
                "value": order.value, "accepted": record.accepted, "why": record.why,
            }  # fmt: skip


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


def csv_rows(states: Sequence[str], turn: int, date: str, table: Relations) -> Iterator[str]:
    """A row a pair: ids and numbers only, so that nothing needs quotes."""
    for i, first in enumerate(states):
        for j, second in enumerate(states):
            if i != j:
                yield f"{turn},{date},{first},{second},{table[i][j] / 100:.2f}"
