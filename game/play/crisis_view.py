"""From a match to its crises as one side may know them: places on the ladder, bonds, odds, and what choices lead to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from game.kernel.records import one_world
from game.kernel.relations import counts
from game.kernel.world import ALERT, CALM, WAR
from game.match.turn_taking import Seat
from game.measures.conflict import chances, guarantees
from game.measures.crises import mediation
from game.measures.territory import in_crisis
from game.narrative.briefing import Outcome, choices, outcomes
from game.play.observation import Sight
from game.play.snapshot import Choice, CrisisView

TITLES = {"escalate": "Escalate", "hold": "Hold", "off_ramp": "Offer a way out", "back_down": "Back down"}
TAKEN = {"off_ramp": "off_ramp"}
"""What the other side is taken to do while one chooses: it holds, or takes the way out that is offered."""

LEAST = 0.5
"""Less of a change of regard than this is left out."""


def crises(sight: Sight) -> tuple[CrisisView, ...]:
    """Every crisis that the side knows of."""
    board, world = sight.board, sight.world
    return tuple(_crisis(sight, place) for place in range(len(board.disputes)) if world.rung[0, place].max() > CALM)


def _crisis(sight: Sight, place: int) -> CrisisView:
    match, board, world = sight.match, sight.board, sight.world
    dispute, rungs = board.disputes[place], world.rung[0, place].tolist()
    first, second = dispute.parties
    params = match.history.parameters["crises"]
    mediators = tuple(_mediators(sight, place))
    mediated = bool(mediation(board, world)[0, place])
    refusal = (1.0 - float(np.mean(params.acceptance))) * (float(np.mean(params.mediation)) if mediated else 1.0)
    accident = float(np.mean(params.accident)) * max(max(rungs) - ALERT + 1, 0) if max(rungs) < WAR else 0.0
    prevails = float(chances(board, world)[0, first, second])
    return CrisisView(
        dispute=dispute.name,
        title=dispute.title,
        parties=(board.states[first], board.states[second]),
        rungs=(int(rungs[0]), int(rungs[1])),
        tension=float(world.tension[0, place]),
        odds=(prevails, 1.0 - prevails),
        guarantors=tuple(_guarantors(sight, place)),
        mediators=mediators,
        accident=accident,
        acceptance=1.0 - refusal,
        choices=tuple(_choices(sight, place)),
    )


def _guarantors(sight: Sight, place: int) -> Iterator[tuple[str, str, float]]:
    """Third states that are bound to fight for either side, as far as is known."""
    board, parties = sight.board, sight.board.disputes[place].parties
    bound = guarantees(board, sight.world)[0]
    for ward in parties:
        for state in np.flatnonzero(bound[:, ward] > 0.0).tolist():
            if state not in parties:
                yield board.states[state], board.states[ward], float(bound[state, ward])


def _mediators(sight: Sight, place: int) -> Iterator[tuple[str, str]]:
    """Third states at peace that mediate for either side."""
    board, world, parties = sight.board, one_world(sight.world, 0), sight.board.disputes[place].parties
    kinds = np.flatnonzero(board.agreements.mediates).tolist()
    for party in parties:
        for state, name in enumerate(board.states):
            mediating = any(counts(world, kind, state, party) for kind in kinds)
            if mediating and not world.out[state] and state not in parties:
                yield name, board.states[party]


def _choices(sight: Sight, place: int) -> Iterator[Choice]:
    """The four choices, for a side of the crisis that may still choose."""
    match, board = sight.match, sight.board
    if sight.side is None or board.state(sight.side) not in board.disputes[place].parties:
        return
    if match.finished or not in_crisis(board, match.history.world)[0, place]:
        return
    seat = Seat(match, board.state(sight.side))
    _, texts = choices(seat, place)
    led = outcomes(seat, place, TAKEN)
    for stance, text in texts:
        yield _choice(sight, stance, text, led[stance])


def _choice(sight: Sight, stance: str, text: str, led: Outcome) -> Choice:
    board = sight.board
    moved = np.argwhere(np.abs(led.relation) >= LEAST).tolist()
    moved.sort(key=lambda cell: -abs(led.relation[cell[0], cell[1]]))
    spent = np.flatnonzero(np.abs(led.capital) >= LEAST / 100.0).tolist()
    # What the other side pays at home is its own affair.
    own = [state for state in spent if board.states[state] == sight.side]
    return Choice(
        stance=stance,
        title=TITLES[stance],
        text=f"{text[:1].upper()}{text[1:]}.",
        rungs=led.rungs,
        tension=led.tension,
        capital=tuple((board.states[state], float(led.capital[state])) for state in own),
        relation=tuple((board.states[one], board.states[two], float(led.relation[one, two])) for one, two in moved),
        ends_game=max(led.rungs) >= WAR,
    )
