"""Information: a match as one of its states may know it, and what that state makes of another's answer.

Everything that a side is told beforehand, what a deal would come to, what others would make of an order, where a crisis
leads, how the game may go on, is worked out on this match and on no other. It holds nothing that the side may not know:
not the secrets of others, nor their hidden objectives, their capital, their orders, or the luck of the game. What the
other really does is its own affair: it answers on what it knows itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from game import turn
from game.kernel.declare import Floats
from game.kernel.draws import Draws
from game.kernel.ledger import Ledger
from game.kernel.numerics import exponential_of
from game.kernel.orders import STANCES, Order, indices
from game.kernel.records import changed
from game.kernel.world import Board, World
from game.match.history import History
from game.match.match import Match
from game.measures.information import seen_by
from game.measures.posture import posture_scores
from game.policies.reasoner import crisis_bargaining
from game.policies.reasoner.deal_terms import Bid
from game.policies.reasoner.reasoner import Reasoner, by_name
from game.scenario.compile.posture import with_posture

FAR = 60.0
"""Beyond this many units of the luck of an answer it is certain, to all digits."""

OTHER_LUCK = 0x65737469 << 32
"""The seed of what is foreseen: far from those that games are given, so that no luck of a game is told beforehand."""


def known_board(board: Board, parameters: turn.Parameters, state: int) -> Board:
    """The board without the hidden objectives of others, and without what those would have them be about."""
    known = tuple(objective for objective in board.objectives if objective.state == state or not objective.hidden)
    if len(known) == len(board.objectives):
        return board
    return with_posture(replace(board, objectives=known), parameters["posture"])


def known_world(board: Board, world: World, parameters: turn.Parameters, state: int) -> World:
    """The world as a state may know it, others being about what they seem to be about.

    `board` is the one that the state knows: what seems follows from what shows and from objectives that are public.
    """
    seen = seen_by(board, world, state)
    seeming = posture_scores(board, seen, parameters["posture"]).argmax(axis=1)
    states = np.arange(len(board.states))
    seeming[:, states, states] = world.posture[:, states, states]
    own = (states == state)[:, None]
    return changed(seen, posture=np.where(own, world.posture, seeming.astype(np.int16)))


def known_history(history: History, state: int) -> History:
    """A game as a state may know it: the position alone, from which it goes on with other luck."""
    board = known_board(history.board, history.parameters, state)
    world = known_world(board, history.world, history.parameters, state)
    opened = None if history.opened is None else (world, Ledger(history.turn + 1))
    return History(board, history.parameters, Draws.of(OTHER_LUCK), (world,), opened=opened)


def known_match(match: Match, state: str) -> Match:
    """A match as one of its states may know it: the position alone, other luck, and a reasoner that leaves none to it.

    Raises KeyError for a state that does not exist.
    """
    known = known_history(match.history, match.history.board.state(state))
    return replace(match, history=known, reasoner=Reasoner(known.board, replace(match.reasoner.params, noise=0.0)))


def known_then(match: Match, state: str, turn: int) -> Match:
    """The position that a turn which was played was decided on, as a state may know it."""
    opened = match.history.turns[turn - 1].opened
    then = replace(match.history.back_to(turn - 1), opened=(opened, Ledger(turn)))
    return known_match(match.with_history(then), state)


def reasons(known: Match, order: Order) -> Mapping[str, float]:
    """What an order seems to be worth to the one who gives it, term by term, in a match as an onlooker knows it."""
    history = known.history
    board, view = history.board, history.view()
    if order.is_stance:
        place = [each.name for each in board.disputes].index(order.target)
        side = board.disputes[place].parties.index(board.state(order.state))
        terms = known.reasoner.stance_terms(view, place, side)
        return crisis_bargaining.named(terms[:, STANCES.index(order.act)])
    return by_name(known.reasoner.worth(view, [bid_of(board, order)])[0])


def bid_of(board: Board, order: Order) -> Bid:
    """An order, as the reasoner weighs it."""
    given = indices(board, order)
    return Bid(
        board.state(order.state), int(given["act"]), int(given["target"]), float(given["scale"]),
        bool(given["secret"]), int(given["purpose"]), float(given["side_payment"]), int(given["pledge"]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a state makes of another's answer to a proposal: terms that sum to `score`, and how likely the other agrees.

    `veto` is the ally that is known to forbid it, None where there is none; `payable` whether the other is known to
    have what is asked of it each turn.
    """

    terms: Mapping[str, float]
    score: float
    chance: float
    veto: int | None
    payable: bool

    @property
    def accepted(self) -> bool:
        """Whether it leans to agree, and nothing that is known forbids it."""
        return self.score >= 0.0 and self.veto is None and self.payable


def estimate(known: Match, order: Order) -> Estimate:
    """The answer to a proposal as far as its proposer can tell, from the match as that knows it."""
    history = known.history
    bid = bid_of(history.board, order)
    found = known.reasoner.reception(history.view(), [bid], history.draws)
    score, veto, payable = float(found.score[0]), int(found.veto[0]), bool(found.payable[0])
    agreed = float(chances(known, bid.target, found.score)[0]) if payable and not veto else 0.0
    return Estimate(by_name(found.terms[0]), score, agreed, veto - 1 if veto else None, payable)


def chances(known: Match, target: int, score: Floats) -> Floats:
    """How likely a state accepts proposals by their scores, 0 to 1: 1 / (1 + exp(-sharpness score / noise)) `[O]`."""
    history = known.history
    noise = float(np.asarray(history.parameters["reasoner"].noise).flat[0])
    if noise == 0.0:
        return np.where(score >= 0.0, 1.0, 0.0)
    sharpness = known.reasoner.sharpness(history.view(), target)
    doubts = np.clip(-sharpness * score / noise, -FAR, FAR)
    return np.array([1.0 / (1.0 + exponential_of(doubt)) for doubt in doubts.tolist()])
