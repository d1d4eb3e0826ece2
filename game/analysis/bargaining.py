"""bargaining: what it would take for another to agree to a deal, and the most that can be asked of it.

Both are estimates of the one who proposes, on what that may know (`game.match.information`): not the other's secrets,
hidden objectives or orders, nor the chance in its answer. Of its political capital it is known what it gets each turn.
Where nothing is secret, and the other has that capital left, the estimate is exact but for chance.

They are looked for on a fixed grid of terms: political capital in steps of `OFFER_STEP`, the value in `VALUES` even
steps over its range, any one pledge, any one dispute as its purpose, in the open or in secret. A score is linear in its
terms and each pair of them adds up, so that every point of the grid is weighed at once, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from game.kernel.catalogue import DEAL, NONE
from game.kernel.declare import Booleans, Floats, Integers
from game.kernel.numerics import hundredths, total
from game.kernel.orders import Order
from game.kernel.refusals import (
    AnswersForItself,
    Blocker,
    GameOver,
    Illegal,
    NotADeal,
    NoTermsSuffice,
    NothingToAsk,
    TakesNoTurns,
    Veto,
)
from game.kernel.world import Board
from game.match.information import bid_of, chances, known_match
from game.match.match import Match
from game.measures.legality import refusal_of
from game.policies import Reasoner, View
from game.policies.reasoner.deal_terms import OFFER_STEP, Bid
from game.policies.reasoner.reasoner import by_name
from game.policies.reasoner.utility_weights import written

VALUES = 40
"""Into how many even steps the range of a value is divided."""


@dataclass(frozen=True, slots=True)
class Package:
    """A proposal that its target leans to accept, as far as its proposer can tell.

    `kind` says what is different about it: nothing ("as it is"), "capital", "value", "a pledge", "how it is put" (a
    purpose, or secrecy) or "several things". `worth` is its score to the proposer, `margin` by how much the target
    seems to lean to accept, `chance` how likely it is to, 0 to 1; `terms` and `answer` sum to the two scores.
    """

    kind: str
    order: Order
    worth: float
    margin: float
    chance: float
    terms: Mapping[str, float]
    answer: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Bargain:
    """Packages, best for the proposer first; without any, `blocker` says why."""

    packages: tuple[Package, ...]
    blocker: Blocker | None = None


def what_would_it_take(match: Match, proposer: str, act: str, target: str) -> Bargain:
    """Up to three packages with which the target would seem to accept a deal now, each different in kind.

    Raises UnknownName for a state or act that does not exist.
    """
    ready, blocker = _opened(match, Order(proposer, act, target))
    if blocker is not None:
        return Bargain((), blocker)
    grid = _Grid.of(ready, Order(proposer, act, target), asking=False)
    if grid.veto is not None:
        return Bargain((), grid.veto)
    found: dict[Order, Package] = {}
    for kind, sought in _ways(grid):
        if kind == "several things" and found:
            break
        best = next((place for where in sought if (place := grid.best(where)) is not None), None)
        if best is not None:
            package = grid.package(kind, best)
            found.setdefault(package.order, package)
        if kind == "as it is" and found:
            break
    if not found:
        return Bargain((), NoTermsSuffice(ready.history.board.state(target)))
    packages = sorted(found.values(), key=lambda each: -each.worth)
    return Bargain(tuple(packages[:3]))


def the_most_to_ask(match: Match, proposer: str, act: str, target: str) -> Bargain:
    """The most capital that can be asked with a deal, and the best value for the proposer, that seem still accepted.

    The one as the package "capital", with the usual value; the other as "value", with nothing asked or offered.
    """
    ready, blocker = _opened(match, Order(proposer, act, target))
    if blocker is not None:
        return Bargain((), blocker)
    grid = _Grid.of(ready, Order(proposer, act, target), asking=True)
    if grid.veto is not None:
        return Bargain((), grid.veto)
    asked = np.flatnonzero(grid.accepted[0, 0, 0])
    most: tuple[int, ...] | None = None if not asked.size else (0, 0, 0, int(asked[-1]))
    found: list[tuple[str, tuple[int, ...] | None]] = [("capital", most)]
    if len(grid.values) > 1:
        found.append(("value", grid.best(grid.open_and_plain() & (grid.side_payment == 0.0))))
    packages = tuple(grid.package(kind, place) for kind, place in found if place is not None)
    if not packages:
        return Bargain((), NothingToAsk(ready.history.board.state(target)))
    return Bargain(packages)


def _opened(match: Match, order: Order) -> tuple[Match, Blocker | None]:
    """The match with its coming turn open, as its proposer knows it, and what forbids the proposal, if anything."""
    board = match.history.board
    proposer, act, target = board.state(order.state), board.acts.act(order.act), board.state(order.target)
    if board.acts.kind[act] != DEAL:
        return match, NotADeal(act)
    if match.finished:
        return match, GameOver()
    ready = known_match(match.with_history(match.history.open()), order.state)
    if not board.plays[proposer]:
        return ready, TakesNoTurns(proposer)
    if target in ready.seats:
        return ready, AnswersForItself(target)
    refusal = refusal_of(order, board, ready.history.world)
    return ready, None if refusal is None else Illegal(order, refusal)


def _ways(grid: _Grid) -> Iterator[tuple[str, tuple[Booleans, ...]]]:
    """The kinds of package, each as sets of terms to look in, the plainest first."""
    plain, nothing = grid.open_and_plain(), grid.side_payment == 0.0
    usual = grid.usual[:, None, None]
    unpledged = (grid.pledge == NONE)[:, None]
    open_ = grid.open_[:, None, None, None]
    yield "as it is", (plain & usual & nothing,)
    yield "capital", (plain & usual,)
    yield "value", (plain & nothing,)
    yield "a pledge", (open_ & usual & ~unpledged & nothing,)
    yield "how it is put", (usual & unpledged & nothing & ~open_,)
    yield "several things", (open_ & unpledged, open_, np.ones(grid.shape, dtype=bool))


@dataclass(frozen=True, slots=True)
class _Grid:
    """Every choice of terms, on the axes (veil, value, clause, offer), what each is worth and whether it is accepted.

    A veil is a purpose, or secrecy, or neither.
    """

    reasoner: Reasoner
    match: Match
    view: View
    order: Order
    left: Floats  # [N] political capital as the proposer knows it
    veils: tuple[tuple[bool, int], ...]
    values: tuple[float | None, ...]
    pledge: Integers
    side_payment: Floats
    usual: Booleans
    worth: Floats
    accepted: Booleans
    veto: Veto | None

    @classmethod
    def of(cls, match: Match, order: Order, *, asking: bool) -> _Grid:
        """The grid of a deal: capital asked of the target, or added by the proposer."""
        history, board = match.history, match.history.board
        view = history.view()
        actor, target, act = board.state(order.state), board.state(order.target), board.acts.act(order.act)
        able = act in board.acts.secrets
        purposes = range(len(board.disputes)) if board.acts.signs[act] != NONE else ()
        veils = ((False, NONE), *(((True, NONE),) if able else ()), *((False, each) for each in purposes))
        values = _values(board, act)
        pledge = np.arange(-1, len(board.pledges.names))
        spent = board.acts.cost[act]
        left = view.world.capital
        most = left[target] if asking else left[actor] - spent
        steps = np.arange(int(np.floor(hundredths(max(most, 0.0)) / hundredths(OFFER_STEP))) + 1)
        side_payment = (-1.0 if asking else 1.0) * np.rint(steps) / round(1.0 / OFFER_STEP) + 0.0
        made = cls(
            match.reasoner, match, view, order, left, veils, values, pledge, side_payment,
            np.array([value is None for value in values]), np.zeros(0), np.zeros(0, dtype=bool), None,
        )  # fmt: skip
        return made._weighed(history.draws)

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """How many choices there are of each term."""
        return len(self.veils), len(self.values), self.pledge.size, self.side_payment.size

    @property
    def open_(self) -> Booleans:
        """Which veils are none `[veils]`."""
        return np.array([veil == (False, NONE) for veil in self.veils])

    def open_and_plain(self) -> Booleans:
        """Where nothing is kept secret or said to be for something, and no pledge is given."""
        return np.asarray(np.ones(self.shape, dtype=bool) & self.open_[:, None, None, None]
                          & (self.pledge == NONE)[:, None])  # fmt: skip

    def _weighed(self, draws: Any) -> _Grid:
        """The grid with what each point is worth to either side: the sum of what each term adds."""
        veils, values, pledges_given, offers = self.shape
        base = [self._bid(*divmod(place, values)) for place in range(veils * values)]
        pledged = [self._bid(0, 0)._replace(pledge=pledge) for pledge in self.pledge.tolist()]
        offered = [self._bid(0, 0)._replace(side_payment=offer) for offer in self.side_payment.tolist()]
        parts = []
        for bids, shape in ((base, (veils, values, 1, 1)), (pledged, (1, 1, pledges_given, 1)), (offered, (offers,))):
            answer = self.reasoner.reception(self.view, bids, draws, self.left)
            worth = total(self.reasoner.worth(self.view, bids), axis=1)
            parts.append((worth.reshape(shape), answer.score.reshape(shape), answer))
        (own, other, received), (pledge, pledge_other, _), (gift, gift_other, reception) = parts
        start, start_other = float(own[0, 0, 0, 0]), float(other[0, 0, 0, 0])
        worth = own + (pledge - start) + (gift - start)
        score = other + (pledge_other - start_other) + (gift_other - start_other)
        accepted = (score >= 0.0) & reception.payable
        ally = int(received.veto[0])
        veto = None if not ally else Veto(ally - 1, base[0].target)
        return replace(self, worth=worth, accepted=accepted, veto=veto)

    def _bid(self, veil: int, value: int) -> Bid:
        """The deal with some choice of veil and value, and nothing else."""
        secret, purpose = self.veils[veil]
        plain = bid_of(self.match.history.board, replace(self.order, value=self.values[value]))
        return plain._replace(secret=secret, purpose=purpose)

    def best(self, where: Booleans) -> tuple[int, ...] | None:
        """The accepted point that is worth most to the proposer, the first of equals; None when there is none."""
        value = np.where(np.broadcast_to(where, self.shape) & self.accepted, self.worth, -np.inf)
        place = np.unravel_index(int(value.argmax()), self.shape)
        return tuple(int(each) for each in place) if value[place] > -np.inf else None

    def package(self, kind: str, place: tuple[int, ...]) -> Package:
        """A point of the grid as a proposal in words."""
        board = self.match.history.board
        veil, value, pledge, side_payment = place
        secret, purpose = self.veils[veil]
        given = int(self.pledge[pledge])
        order = replace(
            self.order, value=self.values[value], secret=secret, side_payment=float(self.side_payment[side_payment]),
            purpose=None if purpose == NONE else board.disputes[purpose].name,
            pledge=None if given == NONE else board.pledges.names[given],
        )  # fmt: skip
        bid = self._bid(veil, value)._replace(side_payment=float(self.side_payment[side_payment]), pledge=given)
        received = self.reasoner.reception(self.view, [bid], self.match.history.draws, self.left)
        terms = self.reasoner.worth(self.view, [bid])[0]
        return Package(
            kind, order, float(total(terms, axis=0)), float(received.score[0]),
            float(chances(self.match, bid.target, received.score)[0]), by_name(terms), by_name(received.terms[0]),
        )  # fmt: skip


def _values(board: Board, act: int) -> tuple[float | None, ...]:
    """The values an act may have, as the text of an order holds them; the usual one, which needs no word, is first."""
    if board.acts.units[act] is None:
        return (None,)
    low, high = float(board.acts.low[act]), float(board.acts.high[act])
    steps = [written(low + (high - low) * step / VALUES) for step in range(VALUES + 1)]
    return (None, *(value for value in steps if low <= value <= high))
