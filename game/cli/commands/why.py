"""Say why two states stand as they do, or why an order was given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from game.analysis.explain import CauseRow, Explanation, explain
from game.cli import options
from game.cli.echo import echo
from game.cli.setups import replayed
from game.errors import InvalidOrder, UnknownName, nearest
from game.journal import Journal, TurnLine
from game.kernel.orders import parse_order
from game.kernel.world import Board
from game.match.history import OrderRecord
from game.match.match import Match
from game.narrative.causes import in_ids
from game.narrative.chronicle import PHRASES, Chronicle, weighed
from game.narrative.wording import (
    band,
    counted,
    dated,
    signed,
    table,
)

PAIR = re.compile(r"\s*([a-z0-9_]+)\s*(?:->|→)\s*([a-z0-9_]+)\s*")

SMALL = 0.05
"""Causes below this are told together."""


@click.command("why")
@options.journal
@click.argument("pair", metavar='["FIRST -> SECOND"]', required=False)
@click.option("--order", "given", metavar='"STATE: ACT TARGET"', help="Explain this order instead of a relation.")
@click.option("--turn", type=click.IntRange(min=0), metavar="T", help="After this turn; default: the last.")
@click.option("--recover", is_flag=True, help="Of a damaged file, use the turns that are whole; it stays as it is.")
@options.output("text", "json")
def command(journal: Path, pair: str | None, given: str | None, turn: int | None, recover: bool, form: str) -> None:
    """Take apart how one state regards another in JOURNAL, cause by cause, or say why an order was given."""
    if (pair is None) == (given is None):
        raise click.UsageError('name a relation, "bora -> ada", or an order, --order "ada: reassure bora"')
    read, match = replayed(journal, recover=recover)
    if read.damage is not None:
        echo(f"realpolitik: {journal}: {read.damage}; this is about the turns before it", err=True)
    board = match.history.board
    if turn is not None and turn > match.history.turn:
        raise click.UsageError(
            f"the journal has {counted(match.history.turn, 'turn')}; there is no turn {turn} to explain"
        )
    if pair is not None:
        found = explain(match.history, *parsed(pair, board), turn)
        echo(
            json.dumps(relation_as_data(found, board), indent=1)
            if form == "json"
            else "\n".join(relation_in_words(match, found))
        )
        return
    assert given is not None
    line, record = recorded(read, given, turn, board)
    echo(json.dumps(order_as_data(line, record), ensure_ascii=False, indent=1) if form == "json" else
               "\n".join(order_in_words(match, line, record)))  # fmt: skip


def parsed(pair: str, board: Board) -> tuple[str, str]:
    """The two states of `bora -> ada`."""
    found = PAIR.fullmatch(pair)
    if found is None:
        raise click.UsageError(f"{pair!r} is not a relation; write 'bora -> ada'")
    for name in found.groups():
        if name not in board.states:
            raise UnknownName("state", name, board.states)
    if found[1] == found[2]:
        raise click.UsageError(f"{found[1]} has no relation to itself; name two states")
    return found[1], found[2]


def relation_in_words(match: Match, found: Explanation, *, now: bool = False) -> Iterator[str]:
    """The relation and its causes, largest first; the rows sum to it."""
    board, teller = match.history.board, Chronicle.of(match)
    first, second = (board.names[board.state(name)] for name in (found.first, found.second))
    glyph, word = band(found.relation)
    when = f"after turn {found.turn} ({dated(board.calendar.label(found.turn))})" if found.turn else "at the start"
    yield f"{first} → {second} {'now' if now else when}: {signed(found.relation, 1)} {glyph} {word}"
    rows = [row for row in found.rows if abs(row.left) >= SMALL]
    rest = [row for row in found.rows if abs(row.left) < SMALL]
    lines = [(signed(row.left, 1), _told(teller, row), _since(row.turn), _fades(row.memory, row.gone)) for row in rows]
    if rest:
        lines.append((signed(sum(row.left for row in rest), 1), f"{counted(len(rest), 'smaller cause')}", "", ""))
    yield from table(lines, right=frozenset({0}))


def relation_as_data(found: Explanation, board: Board) -> dict[str, Any]:
    """The relation and its causes as JSON has them."""
    rows = [{**asdict(row), "cause": in_ids(row.cause, board)} for row in found.rows]
    return {**asdict(found), "rows": rows}


def _told(teller: Chronicle, row: CauseRow) -> str:
    return f"{teller.cause(row.cause)}{' (known to the two alone)' if row.hidden else ''}"


def _since(turn: int) -> str:
    return f"turn {turn}" if turn else "start"


def _fades(memory: str | None, gone: int | None) -> str:
    if memory is None:
        return "lasts" if gone is None else f"until turn {gone}"
    return f"{memory}, gone by turn {gone}"


def recorded(journal: Journal, text: str, turn: int | None, board: Board) -> tuple[TurnLine, OrderRecord]:
    """The last turn in which an order was given, or the one that is asked for, with its record."""
    wanted = parse_order(text, board)
    lines = [line for line in journal.turns if turn in (None, line.turn)]
    for line in reversed(lines):
        for record in line.orders:
            order = record.order
            same = (order.state, order.act, order.target) == (wanted.state, wanted.act, wanted.target)
            if same and wanted.value in (None, order.value):
                return line, record
    when = "was given in no turn" if turn is None else f"was not given in turn {turn}"
    close = nearest(text, [str(record.order) for line in lines for record in line.orders])
    raise InvalidOrder(f"{text!r} {when}" + (f"; did you mean {close!r}?" if close else ""))


def order_in_words(match: Match, line: TurnLine, record: OrderRecord) -> Iterator[str]:
    """What came of an order, every term of its score, the runner-up and the answer."""
    teller = Chronicle.of(match)
    yield f"{record.order}  (turn {line.turn}, {dated(line.date)})"
    yield teller.action(record)
    if record.why is None:
        policy = match.setup.policies.get(record.order.state, "a person")
        yield f"No reasons are recorded: {teller.name(record.order.state)} was decided by {policy}."
        return
    yield f"score {weighed(record.why['score'], record.why['chance'])}"
    yield from _terms(record.why["terms"])
    other = record.why["runner_up"]
    instead = teller.act_in_words(other) if other is not None else "nothing"
    yield f"else: {instead} {weighed(record.why['runner_up_score'], record.why['runner_up_chance'])}"
    if "answer" in record.why and record.order.target in teller.reasoned:
        verb = "accepted" if record.accepted else "refused"
        leaning = signed(sum(record.why["answer"].values()), 2)
        yield f"{teller.name(record.order.target)} {verb}; to it, this weighed {leaning}"
        yield from _terms(record.why["answer"])


def _terms(terms: dict[str, float]) -> list[str]:
    ordered = sorted(terms.items(), key=lambda term: -abs(term[1]))
    rows = [
        (signed(value, 2), name, PHRASES.get(name, (name, name))[value < 0])
        for name, value in ordered
        if abs(value) >= 0.005
    ]
    return table(rows, right=frozenset({0}))


def order_as_data(line: TurnLine, record: OrderRecord) -> dict[str, Any]:
    """The record of an order as JSON has it."""
    return {
        "turn": line.turn,
        "date": line.date,
        **asdict(record.order),
        "accepted": record.accepted,
        "why": record.why,
    }
