"""Games that are looked at closely: what was ordered and why, how crises went, what relations came to.

All that is read off the engine's records stands here, so that figures need not change with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from game.kernel import causes
from game.kernel.catalogue import DEAL, NONE
from game.kernel.causes import BackedDown, Clash, Escalation, PledgeBroken, PledgeHonoured
from game.kernel.conditions import ACTOR, renamed
from game.kernel.declare import Booleans, Floats
from game.kernel.draws import Draws
from game.kernel.orders import BACK_DOWN, ESCALATE, OFF_RAMP, SLOTTED, Orders
from game.kernel.world import ALERT, CALM, FORCE, WAR, Board, World, start_world
from game.match.difficulty import LEVELS
from game.match.history import History
from game.measures.conditions import value
from game.measures.objectives import objective_points, objectives_met
from game.parameters import with_values
from game.policies import Policy, Reasoner, Seats, observe
from game.scenario.compile import Compiled, compiled
from game.scenario.spec import Scenario
from game.study.runs import table

NOTHING = np.zeros((0, 1, 1))
"""Room for no relations."""

OBLIGATIONS = ("Invoked", "ObligationHonoured", "StoodAside", "ObligationArgued")
"""What the ledger calls what becomes of obligations, in engines that have them."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An order that was carried out, or refused by its target."""

    turn: int
    actor: int
    target: int
    act: int
    deal: bool
    refused: bool
    paid: bool  # political capital was offered or asked with it
    pledged: bool  # a pledge was given with it


@dataclass(frozen=True, slots=True)
class Crisis:
    """A crisis from its first rung to its end: `lapse`, `terms`, `backing down`, `war` or `open`."""

    dispute: int
    began: int
    ended: int
    top: int
    end: str


@dataclass(slots=True)
class Game:
    """One game by the reasoner."""

    board: Board
    series: Floats  # [T + 1, N, N]
    points: Floats  # [N]
    met: Booleans  # [objectives]
    deeds: list[Deed] = field(default_factory=list)
    crises: list[Crisis] = field(default_factory=list)
    chosen: int = 0  # strikes by choice
    accidental: int = 0  # strikes by accident
    wars: list[int] = field(default_factory=list)  # disputes
    drawn_in: int = 0  # third states at war
    alert: Booleans = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))  # [T, D] at alert or above
    calm: Booleans = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))  # [T, D] no crisis
    aims: float = 0.0  # the positive objective terms of chosen orders
    positive: float = 0.0  # all positive terms
    below_zero: int = 0  # orders chosen with a score below zero
    lost: list[float] = field(default_factory=list)  # capital that lapsed, by state and turn
    kept_words: int = 0
    broken_words: int = 0
    obligations: dict[str, int] = field(default_factory=dict)
    pacts: Booleans = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))  # [N, N] ever bound to fight
    bonds: list[Booleans] = field(default_factory=list)  # [N, N] who was bound to fight, at the start and turn by turn
    rungs: list[Any] = field(default_factory=list)  # [D, 2] of the two sides, likewise
    stronger_won: list[bool] = field(default_factory=list)  # of clashes, and of crises in which a side backed down
    settled: set[tuple[int, int]] = field(default_factory=set)  # the disputes and turns of these
    last: int = 0


@dataclass(slots=True)
class Table:
    """All games of one seed: the same numbers drawn and the same luck, whoever plays."""

    made: Compiled
    seed: int
    turns: int
    reasoners: dict[str | None, Reasoner] = field(default_factory=dict)
    seat: Any = None

    @classmethod
    def of(cls, scenario: Scenario, seed: int, turns: int | None = None) -> Table:
        """The table of a seed, its spreads drawn."""
        return cls(compiled(scenario, Draws.of(seed)), seed, turns or scenario.turns)

    @property
    def board(self) -> Board:
        return self.made.board

    def reasoner(self, level: str | None = None) -> Reasoner:
        """The reasoner at a level of difficulty."""
        if level not in self.reasoners:
            values = LEVELS[level] if level else {}
            block = with_values(self.made.parameters, values)["reasoner"]
            self.reasoners[level] = Reasoner(self.board, block)
        return self.reasoners[level]

    def points(self, seats: Mapping[int, Policy], level: str | None = None) -> Floats:
        """The points of all states at the end `[N]`, with some states played by others than the reasoner."""
        if self.seat is None:
            self.seat = table(self.board, self.made.parameters, 0, self.turns)
        start = start_world(self.board)
        if not seats and level is None:
            self.seat.play(start, 0, self.seed, NOTHING)
        else:
            self.seat.play_with(self._deciding(seats, self.reasoner(level)), start, 0, self.seed, NOTHING)
        return np.array(self.seat.points)

    def _deciding(self, seats: Seats, reasoner: Reasoner) -> Any:
        luck = Draws.of(self.seed).run(0)

        def asked(opened: World) -> tuple[Orders, Booleans]:
            view = observe(self.board, opened)  # once a turn: what was thought of it serves the answers too
            orders = reasoner.orders(view, luck)
            for state, policy in seats.items():
                seat(self.board, state, policy.orders(view, luck), orders)
            accepted = reasoner.answer(view, orders, luck)
            for state, policy in seats.items():
                asked_of = orders.target == state
                accepted[asked_of] = policy.answer(view, orders, luck)[asked_of]
            return _batch(orders), np.asarray(accepted & (orders.act != NONE))[None]

        return asked

    def watched(self, board: Board | None = None) -> Game:
        """The game by the reasoner, looked at closely; `board` is another start of the same states."""
        return watched(board or self.board, self.made.parameters, self.seed, self.turns)


def seat(board: Board, state: int, own: Orders, orders: Orders) -> None:
    """Write what a state orders and chooses by its own policy into the orders of all."""
    for name in SLOTTED:
        getattr(orders, name)[state] = getattr(own, name)[state]
    for place, event in enumerate(board.events):
        if event.decider == state:
            orders.option[place] = own.option[place]
    for place, dispute in enumerate(board.disputes):
        for side, party in enumerate(dispute.parties):
            if party == state:
                orders.stance[place, side] = own.stance[place, side]


def watched(board: Board, parameters: Any, seed: int, turns: int) -> Game:
    """Play a game and write down what figures need."""
    draws, reasoner = Draws.of(seed), Reasoner(board, parameters["reasoner"])
    history = History.begin(board, parameters, draws)
    places = len(board.disputes)
    game = Game(board, np.zeros(0), np.zeros(0), np.zeros(0, dtype=bool))
    alert, calm = np.zeros((turns, places), dtype=bool), np.zeros((turns, places), dtype=bool)
    open_crises = _begun(history.world, 0)
    _note_standing(game, history.world)
    for number in range(1, turns + 1):
        if not history.world.running[0]:
            break
        history = history.open()
        view, luck = observe(board, history.world), draws.run(0)
        decision = reasoner.decide(view, luck)
        orders = decision.orders
        accepted = np.asarray(reasoner.answer(view, orders, luck) & (orders.act != NONE))
        _weigh(game, reasoner, view, decision)
        _write_deeds(game, orders, accepted, number)
        _write_lost(game, board, view.world, orders)
        before = history.world
        history = history.play(_batch(orders), accepted[None])
        _follow_crises(game, open_crises, before, history, orders, number)
        level = history.world.rung[0].max(axis=1, initial=CALM)
        alert[number - 1], calm[number - 1] = level >= ALERT, level == CALM
        _note_standing(game, history.world)
        game.last = number
    game.crises += [Crisis(d, began, game.last, top, "open") for d, (began, top) in open_crises.items()]
    world = history.world
    game.series, game.points = history.series(), objective_points(board, world)[0]
    game.met, game.alert, game.calm = objectives_met(board, world)[0], alert, calm
    game.pacts = np.any(game.bonds, axis=0)
    parties = {party for place in game.wars for party in board.disputes[place].parties}
    game.drawn_in = sum(1 for state in np.flatnonzero(world.out[0]) if int(state) not in parties)
    return game


def _note_standing(game: Game, world: World) -> None:
    game.bonds.append(bound(game.board, world))
    game.rungs.append(np.array(world.rung[0]))


def _batch(orders: Orders) -> Orders:
    return replace(orders, **{each.name: getattr(orders, each.name)[None] for each in fields(orders)})


def bound(board: Board, world: World) -> Booleans:
    """Who is bound to fight for whom by an agreement in force `[N, N]`."""
    fights = board.agreements.guarantee > 0.0
    inside = world.agreements[0][fights] > 0
    return np.asarray(inside.any(axis=0))


def _begun(world: World, number: int) -> dict[int, tuple[int, int]]:
    """The crises there are at first, with the turn and the rung they stand on."""
    level = world.rung[0].max(axis=1, initial=CALM)
    return {int(place): (number, int(level[place])) for place in np.flatnonzero(level > CALM)}


def _weigh(game: Game, reasoner: Reasoner, view: Any, decision: Any) -> None:
    """Add up the positive terms of what was chosen."""
    for state, slot in zip(*np.nonzero(decision.orders.act != NONE), strict=True):
        why = reasoner.rationale(view, decision, int(state), int(slot))
        game.positive += sum(max(term, 0.0) for term in why.terms.values())
        game.aims += max(why.terms["objectives"], 0.0)
        game.below_zero += why.score < 0.0


def _write_deeds(game: Game, orders: Orders, accepted: Booleans, number: int) -> None:
    kind = game.board.acts.kind
    for state, slot in zip(*np.nonzero(orders.act != NONE), strict=True):
        act = int(orders.act[state, slot])
        deal = bool(kind[act] == DEAL)
        game.deeds.append(Deed(
            number, int(state), int(orders.target[state, slot]), act, deal, deal and not accepted[state, slot],
            bool(orders.side_payment[state, slot]), bool(orders.pledge[state, slot] != NONE),
        ))  # fmt: skip


def _write_lost(game: Game, board: Board, world: World, orders: Orders) -> None:
    """The capital that each state leaves unspent beyond what may be carried over."""
    for state in np.flatnonzero(board.plays & ~world.out):
        given = orders.act[state] != NONE
        acts = orders.act[state][given]
        spent = (board.acts.cost[acts] * board.offices.cost[orders.office[state][given]]).sum()
        spent += np.maximum(orders.side_payment[state][given], 0.0).sum()
        game.lost.append(float(max(world.capital[state] - spent - board.carry, 0.0)))


def _follow_crises(
    game: Game, open_crises: dict[int, tuple[int, int]], before: World, history: History, orders: Orders, number: int
) -> None:
    """Write down which crises began, went on and ended in a turn, and what the ledger says of strikes and words."""
    was = before.rung[0].max(axis=1, initial=CALM)
    now = history.world.rung[0].max(axis=1, initial=CALM)
    accidents = _read_ledger(game, history)
    for place in range(was.size):
        if was[place] > CALM or now[place] > CALM:
            began, top = open_crises.get(place, (number, CALM))
            open_crises[place] = (began, max(top, int(was[place]), int(now[place])))
        if was[place] < FORCE <= now[place]:
            game.accidental += place in accidents
            game.chosen += place not in accidents
        if now[place] == WAR and was[place] < WAR:
            game.wars.append(place)
            _close(game, open_crises, place, number, "war")
        elif was[place] == WAR:
            open_crises.pop(place, None)
        elif was[place] > CALM and now[place] == CALM:
            _close(game, open_crises, place, number, ending(orders.stance[place].tolist()))


def _close(game: Game, open_crises: dict[int, tuple[int, int]], place: int, number: int, end: str) -> None:
    if place in open_crises:
        began, top = open_crises.pop(place)
        game.crises.append(Crisis(place, began, number, top, end))


def ending(stances: Sequence[int]) -> str:
    """How a crisis ended that is over after both sides chose so.

    >>> ending([BACK_DOWN, ESCALATE]), ending([OFF_RAMP, BACK_DOWN]), ending([NONE, NONE])
    ('backing down', 'terms', 'lapse')
    """
    if OFF_RAMP in stances and ESCALATE not in stances:
        return "terms"
    return "backing down" if BACK_DOWN in stances else "lapse"


def _read_ledger(game: Game, history: History) -> set[int]:
    """The disputes in which an accident lifted both sides to force; words kept and broken are counted besides."""
    accidents: set[int] = set()
    kinds = {name: kind for name in OBLIGATIONS if (kind := getattr(causes, name, None)) is not None}
    seen: set[Any] = set()
    for first, second, row in history.turns[-1].ledger.named(game.board):
        cause = row.cause
        if (cause, first, second) in seen:
            continue  # one cause may go to several memories
        seen.add((cause, first, second))
        if isinstance(cause, Escalation) and cause.accident and cause.rung >= FORCE:
            accidents.add(cause.dispute)
        elif isinstance(cause, BackedDown):
            _note_winner(game, history, cause.dispute, loser=cause.state)
        elif isinstance(cause, Clash):
            _note_winner(game, history, cause.dispute, loser=cause.loser)
        game.kept_words += isinstance(cause, PledgeHonoured)
        game.broken_words += isinstance(cause, PledgeBroken) and cause.holder is None
        for name, kind in kinds.items():
            if isinstance(cause, kind):
                game.obligations[name] = game.obligations.get(name, 0) + 1
    return accidents


def _note_winner(game: Game, history: History, dispute: int, loser: int) -> None:
    """Whether the stronger side of a dispute prevails, once a dispute and turn."""
    place = dispute, len(history.turns)
    if place in game.settled:
        return
    game.settled.add(place)
    (winner,) = (party for party in game.board.disputes[dispute].parties if party != loser)
    board, opened = game.board, history.turns[-1].opened
    won, lost = (
        value(renamed(board.power, {ACTOR: board.states[party]}), board, opened)[0] for party in (winner, loser)
    )
    game.stronger_won.append(bool(won > lost))


def deciding(board: Board) -> list[int]:
    """The states that take turns and want something."""
    wanting = {goal.state for goal in board.objectives}
    return [state for state in range(len(board.states)) if board.plays[state] and state in wanting]


def tables(scenario: Scenario, seeds: Sequence[int], turns: int | None = None) -> Iterator[Table]:
    """The tables of some seeds, one after the other."""
    for seed in seeds:
        yield Table.of(scenario, seed, turns)
