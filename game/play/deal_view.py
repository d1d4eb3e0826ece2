"""What an act gives and gets, in words: for those who build statements and deals."""

from __future__ import annotations

from collections.abc import Iterator

from game.kernel.catalogue import (
    ACTOR,
    DEED,
    NONE,
    TARGET,
)
from game.kernel.world import FOREVER, Board
from game.match.match import Match
from game.narrative.wording import counted
from game.play.snapshot import Good, Office, Pledge

LEAST = 0.005
"""Less of an attribute than this is not worth a line."""


def offices(board: Board) -> tuple[Office, ...]:
    """Who may speak for a state, the usual voice first."""
    each = board.offices
    rows = zip(each.names, each.titles, each.weight.tolist(), each.cost.tolist(), strict=True)
    return tuple(Office(name, title, round(weight, 4), round(cost, 4)) for name, title, weight, cost in rows)


def pledges(board: Board) -> tuple[Pledge, ...]:
    """The kinds of pledge that may go with a deal."""
    return tuple(Pledge(*row) for row in zip(board.pledges.names, board.pledges.titles, strict=True))


def lasting(board: Board, act: int) -> int | None:
    """How many turns the agreement lasts that an act signs; None where it signs none, or one without end."""
    turns = int(board.acts.turns[act])
    return None if board.acts.signs[act] == NONE or turns >= FOREVER else turns


def goods(match: Match, act: int) -> tuple[tuple[Good, ...], tuple[Good, ...]]:
    """What a statement or a deal brings: from the state that does it, and from the other one."""
    if match.history.board.acts.kind[act] == DEED:
        return (), ()
    found: tuple[list[Good], list[Good]] = ([], [])
    for giver, good in (*_signed(match, act), *_pledged(match, act), *_moved(match, act)):
        found[giver].append(good)
    return tuple(found[ACTOR]), tuple(found[TARGET])


def _signed(match: Match, act: int) -> Iterator[tuple[int, Good]]:
    """The agreement that is signed: given by one, or by both."""
    board, kind = match.history.board, int(match.history.board.acts.signs[act])
    if kind == NONE:
        return
    agreements, doc = board.agreements, match.setup.scenario.agreement_kinds[board.agreements.names[kind]].doc
    for giver in (ACTOR, TARGET) if agreements.mutual[kind] else (ACTOR,):
        yield giver, Good(agreements.titles[kind], doc=doc)
        for name, amount in zip(board.attributes.names, agreements.delivers[0, kind].tolist(), strict=True):
            if abs(amount) >= LEAST:
                size = amount * int(agreements.every[kind])
                often = (
                    f"every {counted(int(agreements.every[kind]), 'turn')}" if agreements.every[kind] > 1 else "a turn"
                )
                yield giver, Good(f"{_titled(match, name)} {often}", size)


def _pledged(match: Match, act: int) -> Iterator[tuple[int, Good]]:
    """The word that either gives with it."""
    board = match.history.board
    for giver, kind in zip((ACTOR, TARGET), board.acts.pledges[act].tolist(), strict=True):
        if kind != NONE:
            doc = match.setup.scenario.pledge_kinds[board.pledges.names[kind]].doc
            yield giver, Good(f"Pledge: {board.pledges.titles[kind]}", doc=doc, kind="pledge")


def _moved(match: Match, act: int) -> Iterator[tuple[int, Good]]:
    """What either's attributes gain by the other, at once."""
    board = match.history.board
    for number, name in enumerate(board.attributes.names):
        for owner, giver in ((TARGET, ACTOR), (ACTOR, TARGET)):
            amount = float(board.acts.attributes[0, act, number, owner])
            if abs(amount) >= LEAST:
                yield giver, Good(_titled(match, name), amount, board.attributes.units[number])


def _titled(match: Match, name: str) -> str:
    return match.setup.scenario.attributes[name].name
