"""What an act gives and gets, in words, and why one may not be done: for those who build statements and deals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from game.kernel.catalogue import (
    ACTOR,
    DEED,
    NONE,
    TARGET,
)
from game.kernel.world import FOREVER, Board
from game.match.match import Match
from game.narrative.wording import counted, signed
from game.play.snapshot import Good, Office, Pledge

LEAST = 0.005
"""Less of an attribute than this is not worth a line."""

RELATION = re.compile(r"(\w+) (->|<->) (\w+) (>=|<=|>|<) (-?[0-9.]+)")
BOUNDS = {">=": "at least {}", "<=": "at most {}", ">": "above {}", "<": "below {}"}
PACT = re.compile(r"pact\((\w+) <-> (\w+): (\w+)\)")
DEAR = re.compile(r"costs [0-9.]+ political capital and .*$")
BORDER = re.compile(r"border\((\w+) <-> (\w+)\)")


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
            yield giver, Good(f"Pledge: {board.pledges.titles[kind]}", doc=doc)


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


def reason(text: str, board: Board, act: int, relation: Any, parties: tuple[int, int]) -> str:
    """Why an order may not be given, with the parties named and the number that falls short."""
    roles = dict(zip(board.acts.roles[act], parties, strict=True))
    dear = DEAR.search(text)
    after = text.partition(f"{board.acts.names[act]} {board.states[parties[1]]}")[2]
    plain = f"it {dear[0]}" if dear else after.partition(": ")[2] or text

    def spoken(found: re.Match[str]) -> str:
        first, arrow, second, sign, bound = found.groups()
        if first not in roles or second not in roles:
            return found[0]
        one, other = roles[first], roles[second]
        limit = BOUNDS[sign].format(signed(float(bound)))
        both = "both ways" if arrow == "<->" else f"now {signed(float(relation[one, other]))}"
        return f"{board.names[one]}'s regard of {board.names[other]} to be {limit} ({both})"

    plain = RELATION.sub(spoken, plain)
    plain = PACT.sub(lambda found: _agreement(board, found[3]), plain).replace(
        "requires neither ", "requires that there be no "
    )
    plain = BORDER.sub("a common border", plain)
    return _sentence(with_names(plain, board), roles, board)


def with_names(text: str, board: Board) -> str:
    """A text of the rules with what states are called in place of their ids."""
    known = dict(zip(board.states, board.names, strict=True))
    return re.sub(r"[a-z][a-z0-9_]*", lambda word: known.get(word[0], word[0]), text)


def _agreement(board: Board, kind: str) -> str:
    named = dict(zip(board.agreements.names, board.agreements.titles, strict=True))
    title = named.get(kind, kind)
    return f"{title[:1].lower()}{title[1:]}"


def _sentence(text: str, roles: Mapping[str, int], board: Board) -> str:
    """A text with the roles of an act by the names of the states, its first letter large."""
    for role, state in roles.items():
        text = re.sub(rf"\b{role}\b", board.names[state], text)
    return f"{text[:1].upper()}{text[1:]}"
