"""What a session shows: the game as the side that is shown knows it, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from game.kernel.catalogue import TARGET
from game.kernel.conditions import attributes_in
from game.kernel.orders import Order, cost_of
from game.kernel.records import one_world
from game.match.match import Match
from game.match.turn_taking import proposals_to, questions, remaining_capital
from game.narrative.chronicle import PHRASES, Chronicle
from game.narrative.wording import dated
from game.play import deal_view, observation
from game.play.crisis_view import crises
from game.play.explained.endings import end_of
from game.play.observation import Sight
from game.play.queries import as_record, ranked, ripple
from game.play.session import Session
from game.play.snapshot import Draft, Entry, Game, Inset, Inspection, Item, Proposal, Question, Sketch, Snapshot
from game.play.turn_review import cards, last_moves, outcomes, seen_when_planned
from game.policies.reasoner.deal_terms import bid_in
from game.policies.reasoner.reasoner import by_name


def snapshot_of(session: Session) -> Snapshot:
    """Everything that may be shown now."""
    match = session.match
    return Snapshot(
        entries=_entries(session), game=None if match is None else _game(session, match), account=session.account,
        back=session.back, preview=session.preview,
        options=dict(session.options), answer=session.answer, saves=session.saves, forecast=session.forecast,
        traces=session.traces, codex=session.codex, pins=session.pins.get(session.side, frozenset()),
        inspection=_inspection(session), counterfactuals=session.retracer.answer(session.side),
        preparation=session.preparation.progress,
    )  # fmt: skip


def _entries(session: Session) -> tuple[Entry, ...]:
    """The scenarios there are; to a side of a game, what states do not say is not told by their pictures either."""
    if not _sworn(session):
        return session.entries
    return tuple(replace(each, sketch=_outside(each.sketch)) for each in session.entries)


def _inspection(session: Session) -> Inspection | None:
    """The file that is being written, without what its states do not say while a side plays a game."""
    found = session.inspection
    if found is None or not _sworn(session):
        return found
    # The line that a finding quotes may be one that only another side may read.
    quiet = tuple(replace(each, excerpt="") for each in found.findings)
    return replace(found, sketch=_outside(found.sketch), findings=quiet)


def _sworn(session: Session) -> bool:
    """Whether the window shows one side of a game that is not over."""
    return session.match is not None and session.side is not None and not session.match.finished


def _outside(sketch: Sketch | None) -> Sketch | None:
    """A picture of how a scenario begins, without what its states keep to themselves."""
    if sketch is None:
        return None
    return replace(sketch, states=tuple(replace(each, secrets=()) for each in sketch.states))


def _game(session: Session, match: Match) -> Game:
    """The position, which is made once, with what the side has planned."""
    game = session.once(("game", session.side), lambda: _position(session, match))
    plan, side = session.plan, session.side
    stances = {order.target: order.act for order in plan.stances}
    return replace(
        game,
        left=0.0 if side is None else remaining_capital(match, side, plan),
        plan=tuple(_draft(session, match, order) for order in plan.orders),
        stances=stances,
        crises=tuple(replace(each, chosen=stances.get(each.dispute)) for each in game.crises),
        proposals=_proposals(session, match) if session.phase == "inbox" else (),
        questions=_questions(session),
        phase=session.phase,
        undoable=bool(session.done) or match.history.turn > 0,
        redoable=bool(session.undone),
    )


def _position(session: Session, match: Match) -> Game:
    sight = Sight(match, session.side)
    history, board, scenario = match.history, match.history.board, match.setup.scenario
    series = _series(session, sight)
    plays = None if session.side is None else board.state(session.side)
    capital = 0.0 if plays is None else float(history.world.capital[0, plays])
    turn = history.turn if match.finished else history.turn + 1
    return Game(
        scenario=scenario.id,
        title=scenario.title,
        side=session.side,
        seats=session.people,
        turn=turn,
        turns=scenario.turns,
        date=board.calendar.label(turn),
        dates=tuple(board.calendar.label(each) for each in range(len(series))),
        finished=match.finished,
        ending="" if match.ending() is None else board.endings[int(history.world.over[0])].text,
        capital=capital,
        left=capital,
        slots=board.orders,
        states=observation.state_cards(sight),
        relations=sight.relation(history.world),
        before=sight.relation(seen_when_planned(history).world),
        series=series,
        tensions=observation.tensions(sight),
        agreements=observation.agreements(sight),
        words=observation.words(sight),
        disputes=observation.disputes(sight),
        record=_record(session, sight),
        objectives=observation.objectives(sight),
        plan=(),
        stances={},
        proposals=(),
        questions=(),
        rumours=observation.whispers(sight),
        postures=observation.postures(sight),
        trust=observation.credit(sight),
        depth=observation.depths(sight),
        view=_window(scenario.map.get("view")),
        offices=deal_view.offices(board),
        pledges=deal_view.pledges(board),
        crises=crises(sight),
        phrases=PHRASES,
        end=end_of(match),
        days=tuple(dated(board.calendar.label(each)) for each in range(len(series))),
        cards=cards(sight),
        moves=session.once_for_all(("moves", session.side, history.turn), partial(last_moves, sight)),
        outcomes=session.once_for_all(("outcomes", session.side, history.turn), partial(outcomes, sight, history.turn)),
        trunk=_trunk(session),
        insets=tuple(_insets(_block(scenario.map.get("insets")))),
        power=tuple(map(board.attributes.names.index, dict.fromkeys(attributes_in(board.power)))),
    )


def _series(session: Session, sight: Sight) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Relations after every turn, the start first; made once a turn."""
    worlds = sight.match.history.worlds
    return tuple(
        session.once_for_all(("regard", sight.side, turn), partial(sight.relation, world))
        for turn, world in enumerate(worlds)
    )


def _trunk(session: Session) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Relations after every turn of the line from which this one was branched."""
    if session.trunk is None:
        return ()
    sight = Sight(session.trunk, session.side)
    return session.once_for_all(
        ("trunk", session.side), lambda: tuple(sight.relation(world) for world in sight.match.history.worlds)
    )


def _record(session: Session, sight: Sight) -> tuple[Item, ...]:
    """The record of all turns, newest last, and the events of the turn that is open; made once a turn."""
    items: list[Item] = []
    for turn in range(1, sight.match.history.turn + 1):
        key = ("record", sight.side, turn)
        items += session.once_for_all(key, partial(observation.record, sight, turn))
    history = sight.match.history
    if history.opened is not None:
        fired = np.flatnonzero(history.world.fired[0] == history.turn + 1).tolist()
        comments = Chronicle.of(sight.match).comments
        for each in (history.board.events[index] for index in fired):
            kind = "comment" if each.name in comments else "event"
            items.append(Item(history.turn + 1, kind, each.headline))
    return tuple(items)


def _draft(session: Session, match: Match, order: Order) -> Draft:
    text, board = str(order), match.history.board
    act = match.setup.scenario.acts[order.act]
    return Draft(
        text, Chronicle.of(match).action(as_record(order)), cost_of(order, board), ripple(session, order), act.kind,
        order.act, act.name, order.target, _terms(text),
    )  # fmt: skip


def _terms(text: str) -> Mapping[str, str]:
    """The terms of an order as its text has them: `value=2 secret` are two."""
    words = text.partition(": ")[2].split()[2:]
    return {name: value for name, _, value in (word.partition("=") for word in words)}


def _questions(session: Session) -> tuple[Question, ...]:
    found = []
    waiting = () if session.side is None else questions(session.current, session.side)
    for event in waiting:
        labels = tuple((option.name, option.label) for option in event.options)
        chosen = session.plan.options.get(event.name)
        found.append(Question(event.name, event.headline, event.text, labels, chosen))
    return tuple(found)


def _proposals(session: Session, match: Match) -> tuple[Proposal, ...]:
    if session.side is None:
        return ()
    every = session.orders
    teller, known, found = Chronicle.of(match), session.known, []
    for state, slot, order in proposals_to(match, every, session.side):
        bid = bid_in(one_world(every, 0), state, slot)
        terms = by_name(known.reasoner.worth(known.history.view(), [bid], TARGET)[0])
        sentence, reply = teller.action(as_record(order)), session.plan.replies.get(order)
        found.append(Proposal(f"{state}:{slot}", order.state, sentence, ranked(terms), reply))
    return tuple(found)


def _block(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _insets(blocks: Mapping[str, Any]) -> Iterator[Inset]:
    """The parts of the map that are shown larger, in the order of the scenario."""
    for name, each in blocks.items():
        box = _window(each)
        if box is not None:
            yield Inset(str(each.get("name", name.replace("_", " ").capitalize())), box)


def _window(value: object) -> tuple[float, float, float, float] | None:
    """A window of degrees as a scenario gives it: west, south, east, north."""
    block = _block(value)
    if not block:
        return None
    west, south, east, north = (float(block[name]) for name in ("west", "south", "east", "north"))
    return west, south, east, north
