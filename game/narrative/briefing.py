"""What a person is told before deciding: only what its state may know. Nothing here prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from game.analysis.bargaining import Bargain
from game.analysis.posture import PHRASES
from game.kernel.declare import Floats
from game.kernel.numerics import hundredths
from game.kernel.orders import STANCES, Order
from game.kernel.world import (
    CALM,
    DENIED_BY_ACTOR,
    DENIED_BY_BOTH,
    DENIED_BY_TARGET,
    POSTURES,
    SECRET,
    WAR,
    Board,
)
from game.match import turn_taking as seats
from game.match.history import History, in_slots, orders_of
from game.match.information import known_history
from game.match.turn_taking import Seat
from game.measures.alliance_depth import declared, depth_parts
from game.measures.crises import consequences
from game.measures.posture import posture_scores
from game.measures.relations import relations
from game.measures.reputation import trust
from game.narrative.news import (
    lasting,
    rumours,
    rung,
    said,
    stands,
)
from game.narrative.refusals import blocker_in_ids
from game.narrative.wording import (
    band,
    counted,
    dated,
    signed,
    table,
    whole,
)

STAGES = {
    SECRET: "secret",
    DENIED_BY_ACTOR: "rumoured, denied by {actor}",
    DENIED_BY_TARGET: "rumoured, denied by {target}",
    DENIED_BY_BOTH: "rumoured, denied by both",
}
"""What the world knows of a secret act; else it is rumoured."""


def briefing(place: Seat) -> Iterator[str]:
    """What a turn begins with: the date, what has happened, crises and rumours about oneself, what may be spent."""
    match = place.match
    history = match.history
    turn = history.turn + 1
    yield ""
    yield f"━━ {dated(history.board.calendar.label(turn))} · turn {turn} of {match.setup.scenario.turns} ━━"
    for index, event in enumerate(history.board.events):
        if int(history.world.fired[0, index]) == turn:
            yield f"  {'❝' if match.setup.scenario.events[event.name].comment else '◆'} {event.headline}"
    for number, dispute in enumerate(history.board.disputes):
        if place.state in dispute.parties:
            yield f"  {dispute.title}: tension {history.world.tension[0, number]:.0f} of 100{crisis(place, number)}"
    for act, actor, target, stage in rumours(history.board, place.seen):
        if place.state in (actor, target) and stage > SECRET:
            yield f"  {rumour(history.board, act, actor, target, stage)}"
            answers = [
                f"`{each.act} {each.target}`" for each in seats.answers_to(match, place.name, act, actor, target)
            ]
            yield f"      {' or '.join([*answers, 'say nothing'])}"
    yield f"  capital {place.left:g}, {counted(history.board.orders, 'order')}"


def crisis(place: Seat, number: int) -> str:
    """How high both sides of a crisis stand, to be read after its dispute; empty where there is none."""
    rungs = place.match.history.world.rung[0, number]
    return "" if (rungs == CALM).all() else f", crisis: {stands(place.match.history.board, number, rungs)}"


def rumour(board: Board, act: int, actor: int, target: int, stage: int) -> str:
    """A rumour or a secret, and what the world knows of it."""
    known = STAGES.get(stage, "rumoured").format(actor=board.names[actor], target=board.names[target])
    return f"{known[:1].upper()}{known[1:]}: {said(board, act, actor, target)}"


def whispers(place: Seat) -> Iterator[str]:
    """All that is rumoured, and one's own secrets."""
    board = place.match.history.board
    found = [rumour(board, *each) for each in rumours(board, place.seen)]
    yield from (f"  {each}" for each in found)
    if not found:
        yield "  nothing is rumoured, and you keep nothing secret"


def pledges(place: Seat, state: int) -> Iterator[str]:
    """What a state has promised, and what it was promised, as far as the person may know."""
    board, seen = place.match.history.board, place.seen
    rows = []
    for kind, giver, holder in np.argwhere(seen.pledges[0] > 0).tolist():
        if state in (giver, holder):
            given = int(seen.pledged_on[0, kind, giver, holder])
            since = "from the start" if given <= 0 else f"given {dated(board.calendar.label(given))}"
            left = lasting(int(seen.pledges[0, kind, giver, holder]))
            solemn = f"weighs {seen.solemnity[0, kind, giver, holder]:.2f}"
            between = "between the two" if seen.private_pledge[0, kind, giver, holder] else ""
            parties = f"{board.names[giver]} to {board.names[holder]}"
            rows.append((parties, board.pledges.titles[kind], left, since, solemn, between))
    yield from table(rows) or [f"  {board.names[state]} has given no word that is in force, and holds none"]


def standing(place: Seat, state: int) -> Iterator[str]:
    """How a state regards everybody, and they it, as far as the person may know."""
    board = place.match.history.board
    relation = relations(board, place.seen)[0]
    rows = []
    for other, name in enumerate(board.names):
        if other != state:
            there, back = (
                whole(round(float(value) * 100)) for value in (relation[state, other], relation[other, state])
            )
            rows.append((f"{board.names[state]} → {name}", signed(there), " ".join(band(there)), "back", signed(back),
                         " ".join(band(back))))  # fmt: skip
    yield from table(rows, right=frozenset({1, 4}))


def agreements(place: Seat, state: int) -> Iterator[str]:
    """How much a state shares with each other one, how far each takes the other at its word, and what they declare."""
    board, seen = place.match.history.board, place.seen
    parts = depth_parts(board, seen, secrets=True)
    declares, trust_level = declared(board, seen)[0], trust(board, seen)[0]
    rows = []
    for other, name in enumerate(board.names):
        if other == state:
            continue
        points = {part: float(value[0, state, other]) for part, value in parts.items()}
        shares = ", ".join(f"{part} {value:.0f}" for part, value in points.items() if round(value))
        pact = "alliance declared" if declares[state, other] else ""
        rows.append((name, f"depth {sum(points.values()):.0f}", shares, pact, f"trust {trust_level[state, other]:.2f}",
                     f"back {trust_level[other, state]:.2f}"))  # fmt: skip
    yield from table(rows)


def posture(place: Seat) -> Iterator[str]:
    """What the person's state is about with each other one, and what each seems to be about with it.

    Nobody is told what others are about: this is what would follow from what shows, their objectives left aside.
    """
    history, me = place.match.history, place.state
    board, seen = history.board, place.seen
    seeming = posture_scores(board, seen, replace(history.parameters["posture"], objectives=0.0))[0].argmax(axis=0)
    rows = []
    for other, name in enumerate(board.names):
        if other != me and board.plays[other]:
            own = PHRASES[POSTURES[int(seen.posture[0, me, other])]].format(one=board.names[me], other=name)
            theirs = PHRASES[POSTURES[int(seeming[other, me])]].format(one=name, other=board.names[me])
            rows.append((own, f"it seems that {theirs}"))
    yield from table(rows)


def packages(found: Bargain, board: Board) -> Iterator[str]:
    """Proposals that would seem to be accepted this turn, or what stands in the way."""
    yield from table([
        (each.kind, str(each.order).partition(": ")[2], f"worth {signed(each.worth, 2)} to you",
         f"{each.chance:.0%} likely to be accepted")
        for each in found.packages
    ])  # fmt: skip
    if found.blocker is not None:
        yield f"  {blocker_in_ids(found.blocker, board)}"


def choices(place: Seat, number: int) -> tuple[str, list[tuple[str, str]]]:
    """The question that a crisis puts to a side, and its four choices with what each would come to for all it knows."""
    history = known_history(place.match.history, place.state)
    board, world = history.board, history.world
    dispute, rungs = board.disputes[number], world.rung[0, number]
    other = next(party for party in dispute.parties if party != place.state)
    level, own = int(rungs.max()), int(rungs[dispute.parties.index(place.state)])
    params = history.parameters["crises"]
    climbing, backing = (_outcome(history, place.state, number, stance) for stance in ("escalate", "back_down"))
    higher = rung(min(level + 1, WAR))
    loss = float(climbing.relation[other, place.state])
    dread = "; both lose, and your game is over" if higher == rung(WAR) else f"; {board.names[other]} {signed(loss)}"
    paid = -float(backing.capital[place.state])
    return f"Crisis over {dispute.title}: {stands(board, number, rungs)}", [
        ("escalate", f"climb to {higher}{dread}"),
        ("hold", f"stay at {rung(own)}; if both hold, both step down"),
        ("off_ramp", f"offer a way out; if it is taken, it costs {_capital(float(np.mean(params.price)))}"),
        ("back_down", f"give way; it costs {_capital(paid)} and the regard of your friends"),
    ]


def _capital(amount: float) -> str:
    return f"{hundredths(amount) / 100 + 0.0:g} political capital"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a choice alone would change: regard `[N, N]`, capital `[N]`, tension, and the rungs it leads to."""

    relation: Floats
    capital: Floats
    tension: float
    rungs: tuple[int, int]


def outcomes(place: Seat, number: int, answers: Mapping[str, str]) -> Mapping[str, Outcome]:
    """What each choice would come to for all that its side knows, if no accident happened, by the rule itself.

    The other side is taken to hold, or to do what `answers` says for a choice.
    """
    history = known_history(place.match.history, place.state)
    return {stance: _outcome(history, place.state, number, stance, answers.get(stance)) for stance in STANCES}


def _outcome(history: History, state: int, number: int, stance: str, answer: str | None = None) -> Outcome:
    """What a choice of a state would come to in a game as that state knows it."""
    board, world = history.board, history.world
    dispute = board.disputes[number]
    given = orders_of(board, {
        party: in_slots([Order(board.states[party], choice, dispute.name)])
        for party in dispute.parties
        if (choice := stance if party == state else answer) is not None
    })  # fmt: skip
    found = consequences(board, world, given, history.parameters["crises"], history.draws)
    first, second = found.rung[number].tolist()
    return Outcome(found.relation, found.capital, float(found.tension[number]), (first, second))
