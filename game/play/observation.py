"""From a match to what one side may know of it: the only place where the window looks at the engine's arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.analysis.posture import PHRASES
from game.kernel.catalogue import NONE
from game.kernel.world import FOREVER, POSTURES, Board, World
from game.match.history import OrderRecord
from game.match.match import Match, met_objectives
from game.measures.alliance_depth import depth
from game.measures.information import secret_agreements, seen_by
from game.measures.objectives import objective_points
from game.measures.relations import relations
from game.measures.reputation import trust
from game.narrative.briefing import rumour
from game.narrative.chronicle import Chronicle
from game.narrative.news import by_topic, causes_of, rumours
from game.play.snapshot import AgreementView, DisputeView, Item, ObjectiveView, StateCard, Word, colour

PLAIN = "#7a8296"
"""The colour of a state whose scenario gives none."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A match as a side sees it; `side` None sees everything."""

    match: Match
    side: str | None

    @property
    def board(self) -> Board:
        return self.match.history.board

    def seen(self, world: World) -> World:
        """A world as the side may know it."""
        return world if self.side is None else seen_by(self.board, world, self.board.state(self.side))

    @property
    def world(self) -> World:
        """The position now, as the side may know it."""
        return self.seen(self.match.history.world)

    def relation(self, world: World) -> tuple[tuple[float, ...], ...]:
        """How everybody regards everybody in a world, as the side may know it."""
        return rows_of(relations(self.board, self.seen(world))[0])


def rows_of(table: Any) -> tuple[tuple[float, ...], ...]:
    """An array `[N, N]` as rows."""
    return tuple(tuple(row) for row in table.tolist())


def state_cards(sight: Sight) -> tuple[StateCard, ...]:
    """Every state, as far as the side knows it."""
    match, board, world = sight.match, sight.board, sight.world
    points = objective_points(board, match.history.world if match.finished else world)[0]
    cards = []
    for number, (name, state) in enumerate(match.setup.scenario.states.items()):
        place = None if state.capital is None else (state.capital.longitude, state.capital.latitude)
        shown = world.attributes[0, number].tolist()
        titles = [each.name for each in match.setup.scenario.attributes.values()]
        cards.append(
            StateCard(
                id=name,
                name=state.name,
                code=str(state.codes.get("iso3", "")),
                colour=colour(state.colour or PLAIN),
                city="" if state.capital is None else state.capital.name,
                place=place,
                off_map=state.off_map,
                plays=state.plays,
                attributes=tuple(zip(titles, shown, board.attributes.units, strict=True)),
                points=float(points[number]) if match.finished or sight.side in (None, name) else 0.0,
                out=bool(world.out[0, number]),
            )
        )
    return tuple(cards)


def agreements(sight: Sight) -> tuple[AgreementView, ...]:
    """The agreements in force that the side knows of; a mutual one once."""
    board, world, kinds = sight.board, sight.world, sight.board.agreements
    closed = secret_agreements(board, world)[0]
    found = []
    for kind, giver, receiver in np.argwhere(world.agreements[0] > 0).tolist():
        if kinds.mutual[kind] and giver > receiver:
            continue
        left, purpose = int(world.agreements[0, kind, giver, receiver]), int(world.purpose[0, kind, giver, receiver])
        found.append(
            AgreementView(
                kind=kinds.names[kind],
                title=kinds.titles[kind],
                giver=board.states[giver],
                receiver=board.states[receiver],
                mutual=bool(kinds.mutual[kind]),
                worth=float(kinds.giver[kind] + kinds.receiver[kind]),
                turns=None if left >= FOREVER else left,
                suspended=bool(world.suspended[0, kind, giver, receiver]),
                purpose=None if purpose == NONE else board.disputes[purpose].title,
                secret=bool(closed[kind, giver, receiver]),
                sort=kinds.sorts[kind],
            )
        )
    return tuple(found)


def words(sight: Sight) -> tuple[Word, ...]:
    """The pledges in force that the side knows of."""
    board, world = sight.board, sight.world
    found = []
    for kind, giver, holder in np.argwhere(world.pledges[0] > 0).tolist():
        left, since = int(world.pledges[0, kind, giver, holder]), int(world.pledged_on[0, kind, giver, holder])
        found.append(
            Word(
                kind=board.pledges.names[kind],
                title=board.pledges.titles[kind],
                giver=board.states[giver],
                holder=board.states[holder],
                turns=None if left >= FOREVER else left,
                since="from the start" if since <= 0 else board.calendar.label(since),
                solemnity=float(world.solemnity[0, kind, giver, holder]),
            )
        )
    return tuple(found)


def disputes(sight: Sight) -> tuple[DisputeView, ...]:
    """The disputes, with their crises."""
    board, world = sight.board, sight.world
    found = []
    for place, dispute in enumerate(board.disputes):
        holder = int(world.holder[0, place])
        sides = world.recognition[0, place].tolist()
        first, second = (board.states[party] for party in dispute.parties)
        rungs = world.rung[0, place].tolist()
        found.append(
            DisputeView(
                id=dispute.name,
                title=dispute.title,
                kind=dispute.kind,
                parties=(first, second),
                holder=None if holder < 0 else board.states[holder],
                claimant=None if dispute.claimant is None else board.states[dispute.claimant],
                recognition=dict(zip(board.states, sides, strict=True)),
                tension=float(world.tension[0, place]),
                rungs=(int(rungs[0]), int(rungs[1])),
                area=sight.match.setup.scenario.disputes[dispute.name].shape,
            )
        )
    return tuple(found)


def objectives(sight: Sight) -> tuple[ObjectiveView, ...]:
    """The side's objectives, and those of others that are public; once the game is over, all."""
    over = sight.match.finished
    everything = sight.side is None or over
    world = sight.match.history.world if over else sight.world
    return tuple(
        ObjectiveView(state, label, points, held, hidden)
        for state, label, held, points, hidden in met_objectives(sight.match, world)
        if everything or not hidden or state == sight.side
    )


def record(sight: Sight, turn: int) -> tuple[Item, ...]:
    """What happened in a turn, as far as the side may know."""
    match, board = sight.match, sight.board
    teller = Chronicle.of(match, sight.side)
    items = []
    for event in match.events(turn):
        kind = "comment" if event.event in teller.comments else "event"
        label = f": {event.label}" if event.label else ""
        items.append(Item(turn, kind, f"{event.headline}{label}"))
    known = (each for each in match.records(turn) if teller.may_know(each.order, turn))
    items += [_act(teller, board, each, turn, sight.side) for each in known]
    history = match.history
    before, after = (sight.seen(world) for world in (history.worlds[turn - 1], history.worlds[turn]))
    viewer = None if sight.side is None else board.state(sight.side)
    played = history.turns[turn - 1]
    news = by_topic(board, before, after, causes_of(board, played.ledger, viewer), sight.seen(played.opened))
    return (*items, *(Item(turn, "tidings", text, topic=topic) for topic, text in news))


def _act(teller: Chronicle, board: Board, each: OrderRecord, turn: int, side: str | None) -> Item:
    order = each.order
    if order.is_stance:
        return Item(turn, "act", teller.action(each), order.state, None, -0.5)
    act = board.acts.act(order.act)
    value = "" if order.value is None else f"{order.value:g} {board.acts.units[act]}"
    why: Mapping[str, Any] = each.why or {}
    known = side in (None, order.state)
    terms = sorted(why.get("terms", {}).items(), key=lambda term: -abs(term[1])) if known else []
    return Item(
        turn=turn,
        kind="refused" if each.accepted is False else "act",
        text=teller.action(each),
        actor=order.state,
        target=order.target,
        tone=float(board.acts.weight[act]),
        value=value,
        why=tuple((name, float(value)) for name, value in terms if abs(value) >= 0.005),
        runner_up=teller.act_in_words(str(why.get("runner_up") or "nothing")) if why and known else "",
        title=board.acts.titles[act],
    )


def whispers(sight: Sight) -> tuple[str, ...]:
    """What is rumoured, and the side's own secrets."""
    return tuple(rumour(sight.board, *each) for each in rumours(sight.board, sight.world))


def postures(sight: Sight) -> Mapping[tuple[str, str], str]:
    """What the side is about with each other state, in words; of others nothing is known for certain."""
    board, world = sight.board, sight.world
    found = {}
    for first in range(len(board.states)):
        if sight.side not in (None, board.states[first]):
            continue
        for second in range(len(board.states)):
            if first != second:
                phrase = PHRASES[POSTURES[int(world.posture[0, first, second])]]
                found[board.states[first], board.states[second]] = phrase.format(
                    one=board.names[first], other=board.names[second]
                )
    return found


def credit(sight: Sight) -> tuple[tuple[float, ...], ...]:
    """How far everybody takes everybody at its word, as far as the side may know."""
    return rows_of(trust(sight.board, sight.world)[0])


def depths(sight: Sight) -> tuple[tuple[float, ...], ...]:
    """How much every two states share, as far as the side may know."""
    return rows_of(depth(sight.board, sight.world, secrets=True)[0])


def tensions(sight: Sight) -> Mapping[str, tuple[float, ...]]:
    """The tension of each dispute after every turn, turn 0 first."""
    worlds = [sight.seen(world) for world in sight.match.history.worlds]
    return {
        dispute.name: tuple(float(world.tension[0, place]) for world in worlds)
        for place, dispute in enumerate(sight.board.disputes)
    }
