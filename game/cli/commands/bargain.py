"""Say what it would take for another state to agree to a deal, and the most that can be asked of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import click

from game.analysis.bargaining import (
    Bargain,
    Package,
    the_most_to_ask,
    what_would_it_take,
)
from game.cli import options
from game.cli.echo import echo
from game.cli.setups import begun, opened
from game.errors import UnknownName
from game.kernel.orders import parse_order
from game.kernel.world import Board
from game.match.match import Match
from game.narrative.refusals import blocker_in_ids
from game.narrative.wording import (
    counted,
    dated,
    signed,
    table,
)


@click.command("bargain")
@options.scenario
@click.argument("deal", metavar='"ACT TARGET"')
@click.option("--state", required=True, metavar="STATE", help="Who would propose it.")
@click.option("--turn", type=click.IntRange(min=0), default=0, show_default=True, metavar="T",
              help="Ask after this many turns, played by the policies.")  # fmt: skip
@options.setup
@options.output("text", "json")
def command(
    scenario: str, deal: str, state: str, turn: int, seed: int, values: dict[str, float], spreads: Any,
    difficulty: str | None, form: str,
) -> None:  # fmt: skip
    """Say with what terms the other side of a deal in SCENARIO would seem to accept it now, and the most to ask of it.

    It is what STATE can tell of the other's answer: hidden objectives and secrets of others are left out, and luck.
    """
    match = begun(opened(scenario), seed, spreads, values, {}, difficulty)
    board = match.history.board
    if state not in board.states:
        raise UnknownName("state", state, board.states)
    order = parse_order(f"{state}: {deal}", board)
    if str(order) != f"{order.state}: {order.act} {order.target}":
        raise click.UsageError(
            f"name the act and the state alone; the terms are what is sought: '{order.act} {order.target}'"
        )
    while match.history.turn < turn and not match.finished:
        match = match.advance()
    if match.history.turn < turn:
        raise click.UsageError(f"the game ends after {counted(match.history.turn, 'turn')}; there is no turn {turn}")
    taking = what_would_it_take(match, order.state, order.act, order.target)
    asking = the_most_to_ask(match, order.state, order.act, order.target)
    if form == "json":
        echo(json.dumps({"take": as_data(taking, board), "ask": as_data(asking, board)}, ensure_ascii=False, indent=1))
    else:
        echo("\n".join(in_words(match, order.target, taking, asking)))


def in_words(match: Match, target: str, taking: Bargain, asking: Bargain) -> Iterator[str]:
    """Both answers, each package with the terms of the other's answer."""
    board = match.history.board
    name = board.names[board.state(target)]
    yield f"What would it take for {name} to accept, {dated(board.calendar.label(match.history.turn + 1))}?"
    yield from _packages(name, taking, board)
    yield f"What is the most to ask of {name}?"
    yield from _packages(name, asking, board)


def _packages(name: str, bargain: Bargain, board: Board) -> Iterator[str]:
    if bargain.blocker is not None:
        yield f"  Nothing: {blocker_in_ids(bargain.blocker, board)}."
    for package in bargain.packages:
        yield f"  {package.order}"
        yield f"      {package.kind}; worth {signed(package.worth, 2)} to the proposer"
        yield f"      {name} seems to lean to accept by {signed(package.margin, 2)}, so {package.chance:.0%} likely:"
        yield from _terms(package.answer)


def _terms(terms: Mapping[str, float]) -> list[str]:
    rows = [(signed(value, 2), term) for term, value in sorted(terms.items(), key=lambda each: -abs(each[1]))]
    return table([row for row in rows if row[0].strip("+−0.")], indent=8, right=frozenset({0}))


def as_data(bargain: Bargain, board: Board) -> Mapping[str, Any]:
    """A bargain as JSON has it."""
    blocker = None if bargain.blocker is None else blocker_in_ids(bargain.blocker, board)
    return {"blocker": blocker, "packages": [_package(each) for each in bargain.packages]}


def _package(package: Package) -> Mapping[str, Any]:
    return {**asdict(package), "order": str(package.order)}
