"""From two positions to what has changed between them and why: the moves, outcomes and cards that a side is shown."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

import numpy as np

from game.analysis.explain import Explanation, explain
from game.kernel.causes import Act, AgreementInForce, Cause, Happening
from game.kernel.declare import Floats
from game.kernel.ledger import Ledger
from game.kernel.orders import Order
from game.kernel.world import CALM, SECRET, Board, World
from game.match.history import History, OrderRecord, Played
from game.measures.relations import relations
from game.narrative.briefing import rumour
from game.narrative.chronicle import Chronicle
from game.narrative.news import (
    causes_of,
    crisis_news,
    judgements,
    rumours,
    stands,
)
from game.play.observation import Sight, words
from game.play.snapshot import Card, Move, Outcome

LEAST = 0.5
"""The least change of a relation that is told."""

MOVES = 8
"""How many moves a turn keeps."""

ROWS = 4
"""How many causes a move names; the rest are summed up."""

OWN = 0.5
"""How much the side's own regard of another matters beside that of the other for it."""

EFFECTS, EFFECTS_OF_AN_EVENT = 5, 3
"""How many effects of an order, and of an event, are told."""

ASKED, FELT = 200.0, 2.0
"""What a question weighs, and a point of relation: what has changed comes before what has merely happened."""

SOON = 2
"""With how many turns left a pledge is said to run out."""

FADED, SMALLER = "what was felt before fades", "smaller matters"
PASSING = frozenset({"suspicion", "limits"})
"""Rules of which an account has one row, dated by itself: its words say how things stand, not how they have changed."""


def seen_when_planned(history: History) -> History:
    """The game as it lay before everybody when the last turn was planned; at the start, as the scenario begins."""
    if not history.turns:
        return replace(history, opened=None)
    return history.back_to(history.turn - 1).open()


def moves(sight: Sight, before: History, after: History, most: int = MOVES, about: str | None = None) -> list[Move]:
    """The relations that moved most between two points of a game, with the causes of each."""
    board = sight.board
    was, now = (relations(board, sight.seen(each.world))[0] for each in (before, after))
    change = np.abs(now - was)
    cells = sorted(np.argwhere(change >= LEAST).tolist(), key=lambda cell: (-change[cell[0], cell[1]], cell))
    pairs = [(board.states[first], board.states[second]) for first, second in cells]
    kept = [pair for pair in pairs if about is None or about in pair][:most]
    teller = Chronicle.of(sight.match, sight.side)
    return [_move(teller, *(explain(each, *pair, viewer=sight.side) for each in (before, after))) for pair in kept]


def _move(teller: Chronicle, was: Explanation, now: Explanation) -> Move:
    """The difference of two accounts, row by row: what is new by its name, what has faded summed up."""
    old, new = _by_cause(was), _by_cause(now)
    rows: dict[str, float] = {}
    for key in dict.fromkeys([*new, *old]):
        change = new.get(key, 0.0) - old.get(key, 0.0)
        if change:
            passing = key[0] in PASSING
            name = _passed(teller, key[0], now.second, change) if passing else _named(teller, key, old, new)
            rows[name] = rows.get(name, 0.0) + change
    ranked = sorted(((name, value) for name, value in rows.items()), key=lambda row: -abs(row[1]))
    kept, rest = ranked[:ROWS], sum(value for _, value in ranked[ROWS:])
    shown = (*kept, *([(SMALLER, rest)] if rest else []))
    return Move(now.first, now.second, was.relation, now.relation, shown)


Key = tuple[str, Cause | None, int]


def _by_cause(account: Explanation) -> Mapping[Key, float]:
    """What is left of each cause: its rule, what it is and its turn; of what passes, its rule alone."""
    found: dict[Key, float] = {}
    for row in account.rows:
        key: Key = (row.rule, None, 0) if row.rule in PASSING else (row.rule, row.cause, row.turn)
        found[key] = found.get(key, 0.0) + row.left
    return found


def _passed(teller: Chronicle, rule: str, of: str, change: float) -> str:
    """What a change that suspicion or the end of the scale makes is called: suspicion falls where regard rises."""
    if rule == "suspicion":
        return f"suspicion of {teller.name(of)} {'falls' if change > 0.0 else 'grows'}"
    return "the end of the scale"


def _named(teller: Chronicle, key: Key, old: Container[Key], new: Container[Key]) -> str:
    _, cause, _ = key
    assert cause is not None
    if isinstance(cause, AgreementInForce):
        return teller.cause(cause) if key in new else f"no longer: {teller.board.agreements.titles[cause.kind]}"
    if key in old:
        return FADED
    return teller.cause(cause)


def last_moves(sight: Sight) -> tuple[Move, ...]:
    """The relations that moved most in the last turn that was played."""
    history = sight.match.history
    if not history.turns:
        return ()
    return tuple(moves(sight, history.back_to(history.turn - 1), replace(history, opened=None)))


def outcomes(sight: Sight, turn: int) -> tuple[Outcome, ...]:
    """What came of the side's own orders in a turn."""
    match = sight.match
    if sight.side is None or turn < 1:
        return ()
    teller, played = Chronicle.of(match, sight.side), match.history.turns[turn - 1]
    found = []
    for each in match.records(turn):
        order = each.order
        if order.state == sight.side:
            target = None if order.is_stance else order.target
            found.append(Outcome(teller.action(each), target, each.accepted, effects(sight.board, played, each)))
    return tuple(found)


def effects(board: Board, played: Played, record: OrderRecord) -> tuple[tuple[str, str, float], ...]:
    """Whose regard of whom an order moved in its turn, most first."""
    if record.order.is_stance:
        return ()
    moved = impact(board, played.ledger, record.order)
    cells = sorted(np.argwhere(np.abs(moved) >= LEAST).tolist(), key=lambda cell: -abs(moved[cell[0], cell[1]]))
    return tuple((board.states[i], board.states[j], float(moved[i, j])) for i, j in cells[:EFFECTS])


def impact(board: Board, ledger: Ledger, order: Order) -> Floats:
    """What a ledger says that an order did to relations `[N, N]`."""
    text = str(replace(order, office=None))
    total = np.zeros((len(board.states), len(board.states)))
    for first, second, row in ledger.every(board):
        if isinstance(row.cause, Act) and row.cause.origin is None and str(row.cause.order) == text:
            total[first, second] += row.impulse
    return total


# ---- the cards of a briefing


def cards(sight: Sight) -> tuple[Card, ...]:
    """What a briefing may tell the side, what matters most first."""
    if sight.match.finished:
        return ()
    before = seen_when_planned(sight.match.history)
    found = [
        *_questions_and_events(sight),
        *_crisis_cards(sight, before.world),
        *_pledge_cards(sight),
        *_rumour_cards(sight, before.world),
        *_relation_cards(sight, before),
    ]
    return tuple(sorted(found, key=lambda card: -card.weight))


def _relation_cards(sight: Sight, before: History) -> Iterator[Card]:
    """One card for each other state: how it regards the side, unless the side's own regard has moved far more."""
    told: set[frozenset[str]] = set()
    names = dict(zip(sight.board.states, sight.board.names, strict=True))
    found = moves(sight, before, sight.match.history, most=2 * MOVES, about=sight.side)
    for move in sorted(found, key=lambda each: -_matters(each, sight.side)):
        pair = frozenset((move.first, move.second))
        if pair in told or round(move.before) == round(move.after):
            continue  # what is shown as it was is no news
        told.add(pair)
        size = _matters(move, sight.side)
        way = "better" if move.after > move.before else "worse"
        title = f"{names[move.first]} thinks {way} of {'us' if move.second == sight.side else names[move.second]}"
        if move.first == sight.side:
            title = f"We think {way} of {names[move.second]}"
        other = move.first if move.second == sight.side else move.second
        yield Card("relation", f"{move.first} {move.second}", title, "", FELT * size, other, move)


def _matters(move: Move, side: str | None) -> float:
    """How much a move matters to a side: what it feels itself, half as much as what is felt for it."""
    return abs(move.after - move.before) * (OWN if move.first == side else 1.0)


def _questions_and_events(sight: Sight) -> Iterator[Card]:
    history, board = sight.match.history, sight.board
    world = history.world
    ledger = history.opened[1] if history.opened else Ledger(history.turn + 1)
    for index, event in enumerate(board.events):
        asked = world.pending[0, index] and sight.side is not None and event.decider == board.state(sight.side)
        fired = int(world.fired[0, index]) == history.turn + 1 and not event.comment
        if not (asked or fired):
            continue
        moved = _moved_by(sight, ledger, index)
        told = sorted(moved, key=lambda each: (sight.side not in each[:2], -abs(each[2])))[:EFFECTS_OF_AN_EVENT]
        touched = [state for first, second, _ in told for state in (first, second) if state != sight.side]
        ours = sum(abs(value) for first, second, value in moved if sight.side in (first, second))
        weight = ASKED if asked else 3.0 + ours
        kind = "question" if asked else "event"
        place = touched[0] if touched else sight.side
        yield Card(kind, event.name, event.headline, event.text, weight, place, effects=tuple(told))


def _moved_by(sight: Sight, ledger: Ledger, event: int) -> list[tuple[str, str, float]]:
    """Whose regard of whom an event moved, as far as the side may know it."""
    board = sight.board
    moved = np.zeros((len(board.states), len(board.states)))
    side = None if sight.side is None else board.state(sight.side)
    for first, second, row in ledger.every(board):
        origin = row.cause.origin if isinstance(row.cause, Act) else row.cause
        known = not row.hidden or side is None or side in (first, second)
        if known and isinstance(origin, Happening) and origin.event == event:
            moved[first, second] += row.impulse
    cells = np.argwhere(np.abs(moved) >= LEAST).tolist()
    return [(board.states[i], board.states[j], float(moved[i, j])) for i, j in cells]


def _crisis_cards(sight: Sight, before: World) -> Iterator[Card]:
    """Crises of the side, and those of others that have moved since."""
    board, now, was = sight.board, sight.world, sight.seen(before)
    for place, dispute in enumerate(board.disputes):
        rungs, parties = now.rung[0, place], [board.states[party] for party in dispute.parties]
        moved = bool((rungs != was.rung[0, place]).any())
        if (rungs == CALM).all() and not moved:
            continue
        ours = sight.side in parties
        if not ours and not moved:
            continue
        over = bool((rungs == CALM).all())
        told = [text for number, _, text in crisis_news(board, was, now) if number == place]
        text = ". ".join(told) or f"Still on: {stands(board, place, rungs)}"
        weight = (12.0 if over else 60.0 + 10.0 * float(rungs.max())) / (1.0 if ours else 4.0)
        state = next((party for party in parties if party != sight.side), None)
        title = f"The crisis over {dispute.title} is over" if over else f"Crisis over {dispute.title}"
        yield Card("crisis", dispute.name, title, text, weight, state)


def _pledge_cards(sight: Sight) -> Iterator[Card]:
    """Words of the side, and words given to it, that were broken or run out."""
    board, side, history = sight.board, sight.side, sight.match.history
    if side is None:
        return
    me = board.state(side)
    names = dict(zip(board.states, board.names, strict=True))
    causes = causes_of(history.board, history.turns[-1].ledger, me) if history.turns else []
    for cause in causes:
        for pair in (pair for pair in cause.pairs if me in pair):
            for verdict, text in judgements(board, [replace(cause, pairs=(pair,))]):
                other = board.states[pair[0] if pair[1] == me else pair[1]]
                broken = verdict == "broken"
                title = "A pledge is broken" if broken else "A pledge is kept"
                yield Card("pledge", text, title, text, 40.0 if broken else 4.0, other)
    for word in words(sight):
        if side in (word.giver, word.holder) and word.turns is not None and word.turns <= SOON:
            other = word.holder if word.giver == side else word.giver
            left = "after this turn" if word.turns <= 1 else f"in {word.turns} turns"
            text = f"What {names[word.giver]} has promised {names[word.holder]} ends {left}: {word.title}"
            yield Card("pledge", f"{word.kind} {word.giver} {word.holder}", "A pledge runs out", text, 8.0, other)


def _rumour_cards(sight: Sight, before: World) -> Iterator[Card]:
    """Rumours about the side; those that are new, or were denied since, weigh more."""
    board = sight.board
    if sight.side is None:
        return
    me, known = board.state(sight.side), set(rumours(board, sight.seen(before)))
    for act, actor, target, stage in rumours(board, sight.world):
        if me in (actor, target) and stage > SECRET:
            fresh = (act, actor, target, stage) not in known
            text = rumour(board, act, actor, target, stage)
            other = board.states[target if actor == me else actor]
            yield Card("rumour", text, "A rumour about us", text, 22.0 if fresh else 6.0, other)
