"""The director: holds the game, carries out what scenes want, and says what each side may be shown.

It is the shell between the window and the engine. It knows no pygame and draws nothing, so that a whole game can be
played through it in a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from game import history as games
from game import journal as journals
from game.analysis.bargaining import Bargain, the_most_to_ask, what_would_it_take
from game.analysis.explain import explain
from game.difficulty import at_level
from game.errors import GameError, IllegalOrder, ScenarioError
from game.files import shipped_scenarios
from game.journal import TurnLine
from game.match import Match, Setup, begin
from game.orders import Order, Orders, check_order, cost_of, is_proposal, parse_order
from game.policies import answered, decided
from game.scenario import load, read
from game.scenario.spec import Scenario
from game.screen import commands as wanted
from game.screen import observing
from game.screen.messages import Answered
from game.screen.observing import Sight
from game.screen.snapshot import (
    Account,
    Answer,
    Cause,
    Draft,
    Entry,
    Game,
    Item,
    Offer,
    Option,
    Question,
    Save,
    Snapshot,
)  # fmt: skip
from game.seat import PERSON
from game.telling.chronicle import Chronicle
from game.turn import step
from game.world import relations

QUICK = "quick-save.jsonl"
RIPPLES = 6
"""How many relations a preview shows."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What one side has planned for the coming turn, and what it has taken back."""

    plan: tuple[Order, ...] = ()
    stances: tuple[Order, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    replies: Mapping[str, bool] = field(default_factory=dict)


class Director:
    """The game as it goes on, for one window."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.match: Match | None = None
        self.people: tuple[str, ...] = ()
        self.shown = 0
        self.desks: dict[str, Desk] = {}
        self.undone: list[tuple[str, Desk]] = []
        self.done: list[tuple[str, Desk]] = []
        self.phase = "planning"
        self.behind = ""
        self.lines: tuple[TurnLine, ...] = ()
        self.records: dict[tuple[str | None, int], tuple[Item, ...]] = {}
        self.path: Path | None = None
        self.entries: tuple[Entry, ...] = ()
        self.saves: tuple[Save, ...] = ()
        self.account: Account | None = None
        self.options: dict[str, tuple[Option, ...]] = {}
        self.answer: Answer | None = None
        self.forecast: tuple[tuple[float, ...], ...] = ()

    # ---- what the window is told

    @property
    def side(self) -> str | None:
        """The state whose side is shown, None for those who watch."""
        return self.people[self.shown] if self.people else None

    @property
    def current(self) -> Match:
        """The match that is played; IllegalOrder where there is none."""
        if self.match is None:
            raise IllegalOrder("no game has been begun")
        return self.match

    def snapshot(self) -> Snapshot:
        """Everything that may be shown now."""
        game = None if self.match is None else self._game(self.match)
        return Snapshot(
            entries=self.entries, game=game, account=self.account, options=dict(self.options), answer=self.answer,
            saves=self.saves, forecast=self.forecast,
        )  # fmt: skip

    def _game(self, match: Match) -> Game:
        sight = Sight(match, self.side)
        history, board, scenario = match.history, match.history.board, match.setup.scenario
        worlds = history.worlds
        series = tuple(sight.regard(world) for world in worlds)
        plays = None if self.side is None else board.state(self.side)
        capital = 0.0 if plays is None else float(history.world.capital[0, plays])
        desk = self._desk()
        turn = history.turn if match.finished else history.turn + 1
        return Game(
            scenario=scenario.id,
            title=scenario.title,
            side=self.side,
            seats=self.people,
            turn=turn,
            turns=scenario.turns,
            date=board.calendar.label(turn),
            dates=tuple(board.calendar.label(each) for each in range(len(worlds))),
            finished=match.finished,
            ending="" if match.ending() is None else board.endings[int(history.world.over[0])].text,
            capital=capital,
            left=capital - sum(cost_of(order, board) for order in desk.plan),
            slots=board.orders,
            states=observing.state_cards(sight),
            relations=sight.regard(history.world),
            before=series[-2] if len(series) > 1 else series[-1],
            series=series,
            tensions=observing.tensions(sight),
            bonds=observing.bonds(sight),
            words=observing.words(sight),
            quarrels=observing.quarrels(sight),
            record=self._record(sight),
            aims=observing.aims(sight),
            plan=tuple(self._draft(match, order) for order in desk.plan),
            stances={order.target: order.act for order in desk.stances},
            offers=self._offers(match) if self.phase == "inbox" else (),
            questions=self._questions(match),
            rumours=observing.whispers(sight),
            postures=observing.postures(sight),
            trust=observing.credit(sight),
            depth=observing.depths(sight),
            view=_window(scenario.map.get("view")),
            insets={name: box for name, each in _block(scenario.map.get("insets")).items() if (box := _window(each))},
            phase=self.phase,
            undoable=bool(self.done) or history.turn > 0,
            redoable=bool(self.undone),
        )

    def _record(self, sight: Sight) -> tuple[Item, ...]:
        """The record of all turns, newest last, and the events of the turn that is open; made once a turn."""
        items: list[Item] = []
        for turn in range(1, sight.match.history.turn + 1):
            key = (sight.side, turn)
            if key not in self.records:
                self.records[key] = observing.record(sight, turn)
            items += self.records[key]
        history = sight.match.history
        if history.opened is not None:
            fired = np.flatnonzero(history.world.fired[0] == history.turn + 1).tolist()
            comments = Chronicle.of(sight.match).comments
            for each in (history.board.events[index] for index in fired):
                kind = "comment" if each.name in comments else "event"
                items.append(Item(history.turn + 1, kind, each.headline))
        return tuple(items)

    def _draft(self, match: Match, order: Order) -> Draft:
        teller = Chronicle.of(match)
        return Draft(
            str(order), teller.deed(_as_record(order)), cost_of(order, match.history.board), self.ripple(order)
        )

    def _questions(self, match: Match) -> tuple[Question, ...]:
        history, found = match.history, []
        for index in np.flatnonzero(history.world.pending[0]).tolist():
            event = history.board.events[index]
            if self.side is not None and event.decider == history.board.state(self.side):
                labels = tuple((option.name, option.label) for option in event.options)
                chosen = self._desk().options.get(event.name)
                found.append(Question(event.name, event.headline, event.text, labels, chosen))
        return tuple(found)

    def _offers(self, match: Match) -> tuple[Offer, ...]:
        board, every = match.history.board, self._orders(match)
        if self.side is None:
            return ()
        mine = np.argwhere(is_proposal(board, every)[0] & (every.target[0] == board.state(self.side))).tolist()
        teller, view, found = Chronicle.of(match), match.history.view(), []
        for state, slot in mine:
            order = games.in_words(board, every, state, slot)
            if order is not None:
                terms = match.reasoner.answer_terms(view, every, 0, state, slot)
                found.append(Offer(f"{state}:{slot}", order.state, teller.deed(_as_record(order)), _ranked(terms)))
        return tuple(found)

    def _desk(self) -> Desk:
        return self.desks.get(self.side or "", Desk())

    # ---- what the window wants

    def carry_out(self, command: Any) -> Answered | None:
        """Do what a command says; a notice where there is something to say, a fault where it could not be done."""
        try:
            return self._do[type(command)](self, command)
        except (GameError, ScenarioError, OSError, KeyError, IndexError, ValueError) as error:
            return Answered(str(error).strip("'\""), fault=True)

    def begin(self, command: wanted.Begin) -> None:
        """Start a game."""
        scenario = load(command.scenario)
        if command.turns is not None:
            scenario = replace(scenario, turns=min(command.turns, scenario.turns))
        parameters = at_level(command.difficulty, {}) if command.difficulty else {}
        setup = Setup(scenario, command.seed, "central", parameters, dict.fromkeys(command.seats, PERSON))
        self._seat(begin(setup), command.seats, ())
        self.path = _free(self.folder, scenario.id)
        self.keep()

    def _seat(self, match: Match, people: Sequence[str], lines: tuple[TurnLine, ...]) -> None:
        """Put a match on the table."""
        self.match = match if match.finished else match.with_history(match.history.open())
        self.people, self.lines = tuple(people), lines
        self.desks, self.records = {}, {}
        self._clear()
        self._show(0, "briefing" if people else "planning")
        if match.finished:
            self.phase = "over"

    def _clear(self) -> None:
        self.done, self.undone = [], []
        self.account, self.options, self.answer, self.forecast = None, {}, None, ()

    def _laid(self, desk: Desk) -> None:
        """The side's desk after a change, which can be taken back."""
        side = self.side or ""
        self.done.append((side, self._desk()))
        self.undone.clear()
        self.desks[side] = desk
        self.options, self.answer = {}, None

    def plan(self, command: wanted.Plan) -> Answered | None:
        """Add an order to the plan of the side."""
        match, desk, side = self.current, self._desk(), self._must_play()
        board, world = match.history.board, match.history.world
        order = parse_order(command.text if ":" in command.text else f"{side}: {command.text}", board)
        if order.state != side:
            raise IllegalOrder(f"{side} cannot give an order for {order.state}")
        if len(desk.plan) >= board.orders:
            raise IllegalOrder(f"all {board.orders} orders of this turn are planned; take one back first")
        if any((each.act, each.target) == (order.act, order.target) for each in desk.plan):
            raise IllegalOrder(f"{order.act} {order.target} is planned already")
        capital = world.capital.copy()
        capital[0, board.state(side)] -= sum(cost_of(each, board) for each in desk.plan)
        check_order(order, board, replace(world, capital=capital), match.history.view().regard)
        self._laid(replace(desk, plan=(*desk.plan, order)))
        return None

    def drop(self, command: wanted.Drop) -> None:
        """Take an order back."""
        desk = self._desk()
        self._laid(replace(desk, plan=desk.plan[: command.number] + desk.plan[command.number + 1 :]))

    def stand(self, command: wanted.Stand) -> None:
        """Choose in a crisis."""
        match, desk, side = self.current, self._desk(), self._must_play()
        order = parse_order(f"{side}: {command.stance} {command.dispute}", match.history.board)
        check_order(order, match.history.board, match.history.world, match.history.view().regard)
        others = tuple(each for each in desk.stances if each.target != command.dispute)
        self._laid(replace(desk, stances=(*others, order)))

    def choose(self, command: wanted.Choose) -> None:
        """Take an option of an event."""
        desk = self._desk()
        self._laid(replace(desk, options={**desk.options, command.event: command.option}))

    def reply(self, command: wanted.Reply) -> None:
        """Accept or refuse a proposal."""
        desk = self._desk()
        self.desks[self.side or ""] = replace(desk, replies={**desk.replies, command.key: command.accept})

    def commit(self, command: wanted.Commit) -> None:
        """The next side plans; after the last one come the inboxes, and the turn is played."""
        self._must_play()
        self._clear()
        if self.shown + 1 < len(self.people):
            self._show(self.shown + 1, "briefing")
        else:
            self._to_the_inbox_of(0)

    def proceed(self, command: wanted.Proceed) -> None:
        """What the phase had to show has been seen."""
        match self.phase:
            case "curtain":
                self.phase, self.behind = self.behind, ""
            case "briefing":
                self.phase = "planning"
            case "inbox":
                self._to_the_inbox_of(self.shown + 1)
            case "report":
                self._after_the_report()
            case _:
                pass

    def _show(self, number: int, phase: str) -> None:
        """Turn the window to a side: behind a curtain where more than one person plays."""
        self.shown = number
        self.phase, self.behind = ("curtain", phase) if len(self.people) > 1 else (phase, "")

    def _to_the_inbox_of(self, first: int) -> None:
        """The first side from here on that has something to answer; where there is none, the turn is played."""
        for number in range(first, len(self.people)):
            self.shown = number
            if self._offers(self.current):
                self._show(number, "inbox")
                return
        self.shown = 0
        self._play()

    def _after_the_report(self) -> None:
        if self.current.finished:
            self.phase = "over"
        elif self.people:
            self._show(0, "briefing")
        else:
            self.phase = "planning"

    def _play(self) -> None:
        match = self.current
        every = self._orders(match)
        accepted = answered(match.reasoner, match.seats, match.history.view(), every, match.history.draws).copy()
        for desk in self.desks.values():
            for key, answer in desk.replies.items():
                state, slot = (int(part) for part in key.split(":"))
                accepted[0, state, slot] = answer
        after = match.with_history(match.history.play(every, accepted))
        self._played(after)

    def _played(self, after: Match) -> None:
        self.lines = (*self.lines, journals.line_of(after, after.history.turn))
        self.match = after if after.finished else after.with_history(after.history.open())
        self.desks = {}
        self._clear()
        self.keep()
        self.shown, self.phase = 0, "report"
        if not self.people:
            self.phase = "over" if after.finished else "planning"

    def advance(self, command: wanted.Advance) -> None:
        """Play a turn with policies deciding for everybody."""
        if not self.current.finished:
            self._played(self.current.advance())

    def _orders(self, match: Match) -> Orders:
        """Everybody's orders for this turn, those of people from their desks."""
        board = match.history.board
        others = decided(match.reasoner, match.seats, match.history.view(), match.history.draws)
        given = {
            board.state(name): games.in_slots(
                [*self.desks.get(name, Desk()).plan, *self.desks.get(name, Desk()).stances]
            )
            for name in self.people
        }
        every = games.orders_of(board, given, others)
        option = every.option.copy()
        for desk in self.desks.values():
            for name, chosen in desk.options.items():
                index = [event.name for event in board.events].index(name)
                option[0, index] = [each.name for each in board.events[index].options].index(chosen)
        return replace(every, option=option)

    def undo(self, command: wanted.Undo) -> Answered | None:
        """Take back the last change of a plan or, where there is none, the last turn."""
        if self.done:
            side, desk = self.done.pop()
            self.undone.append((side, self.desks.get(side, Desk())))
            self.desks[side] = desk
            return None
        if not self.current.history.turn:
            raise IllegalOrder("this is the start; there is nothing to take back")
        self.branch(wanted.Branch(self.current.history.turn - 1))
        return Answered("The last turn is taken back.")

    def redo(self, command: wanted.Redo) -> None:
        """Do again what was taken back."""
        if not self.undone:
            raise IllegalOrder("there is nothing to do again")
        side, desk = self.undone.pop()
        self.done.append((side, self.desks.get(side, Desk())))
        self.desks[side] = desk

    def branch(self, command: wanted.Branch) -> None:
        """Go on from an earlier turn, in a file of its own."""
        match = self.current
        turns = command.turn
        history = match.history.back_to(turns)
        self._seat(match.with_history(history), self.people, self.lines[:turns])
        self.path = _free(self.folder, match.setup.scenario.id)
        self.keep()

    # ---- questions

    def explain(self, command: wanted.Explain) -> None:
        """Account for a relation."""
        match, viewer = self.current, self.side
        found = explain(match.history, command.first, command.second, command.turn, viewer=viewer)
        teller = Chronicle.of(match, viewer)
        rows = tuple(
            Cause(teller.cause(row.cause), row.turn, row.rule, row.left, row.impulse, row.gone) for row in found.rows
        )
        self.account = Account(found.first, found.second, found.turn, found.relation, rows)

    def survey(self, command: wanted.Survey) -> None:
        """What may be ordered towards a state now, and why the rest may not."""
        match, side, desk = self.current, self._must_play(), self._desk()
        board, world, regard = match.history.board, match.history.world, match.history.view().regard
        capital = world.capital.copy()
        capital[0, board.state(side)] -= sum(cost_of(each, board) for each in desk.plan)
        left = replace(world, capital=capital)
        found = []
        for index, name in enumerate(board.acts.names):
            act = match.setup.scenario.acts[name]
            try:
                check_order(Order(side, name, command.target), board, left, regard)
                reason = ""
            except IllegalOrder as error:
                reason = str(error).partition(": ")[2] or str(error)
            kind = int(board.acts.signs[index])
            found.append(
                Option(
                    act=name, title=act.name, kind=act.kind, cost=float(board.acts.cost[index]), doc=act.doc,
                    legal=not reason, why_not=reason, unit=board.acts.units[index], low=float(board.acts.low[index]),
                    high=float(board.acts.high[index]), usual=float(board.acts.usual[index]),
                    secret=index in board.acts.secrets, signs=None if kind < 0 else board.ties.titles[kind],
                )
            )  # fmt: skip
        self.options[command.target] = tuple(found)

    def sound(self, command: wanted.Sound) -> None:
        """How a deal would be received and, where it is asked, what it would take and the most to ask."""
        match, side = self.current, self._must_play()
        board = match.history.board
        order = parse_order(command.text if ":" in command.text else f"{side}: {command.text}", board)
        ripple = self.ripple(order)
        every = games.orders_of(board, {board.state(side): {0: order}}, self._orders(match))
        accepted, terms = True, {}
        if is_proposal(board, every)[0, board.state(side), 0]:
            view = match.history.view()
            replies = answered(match.reasoner, match.seats, view, every, match.history.draws)
            accepted = bool(replies[0, board.state(side), 0])
            terms = dict(match.reasoner.answer_terms(view, every, 0, board.state(side), 0))
        take = most = Bargain(())
        if command.packages:
            take = what_would_it_take(match, side, order.act, order.target)
            most = the_most_to_ask(match, side, order.act, order.target)
        teller = Chronicle.of(match)
        packages = tuple((str(each.order), teller.terms(each.order) or " as it is") for each in take.packages)
        asked = "; ".join(teller.terms(each.order).strip(" ,") or "nothing more" for each in most.packages)
        self.answer = Answer(
            str(order),
            accepted,
            float(sum(terms.values())),
            _ranked(terms),
            take.blocker or "",
            ripple,
            packages,
            asked,
        )

    def ripple(self, order: Order) -> tuple[tuple[str, str, float], ...]:
        """How relations would stand otherwise after a turn with this order alone, luck aside, largest first."""
        match = self.current
        history, board = match.history, match.history.board
        quiet = games.orders_of(board, {})
        alone = games.orders_of(board, {board.state(order.state): {0: order}})
        ready = history.open()
        worlds = []
        for orders in (quiet, alone):
            consent = is_proposal(board, orders)
            worlds.append(step(board, ready.world, orders, consent, history.parameters, history.draws)[0])
        seen = [relations(board, Sight(match, self.side).seen(world))[0] for world in worlds]
        change = seen[1] - seen[0]
        cells = sorted(np.argwhere(np.abs(change) >= 0.5).tolist(), key=lambda cell: -abs(change[cell[0], cell[1]]))
        return tuple((board.states[i], board.states[j], float(change[i, j])) for i, j in cells[:RIPPLES])

    def _must_play(self) -> str:
        if self.side is None:
            raise IllegalOrder("nobody decides here: this game is watched")
        return self.side

    # ---- files

    def keep(self) -> None:
        """Write the game down; what is on the disk is never older than the last turn that was played."""
        if self.match is not None and self.path is not None:
            journals.write(self.path, journals.Journal(journals.header_of(self.match.setup), self.lines))

    def save(self, command: wanted.Save) -> Answered:
        """Keep a copy under a name."""
        path = self.folder / (QUICK if command.name is None else f"{command.name}.jsonl")
        journals.write(path, journals.Journal(journals.header_of(self.current.setup), self.lines))
        return Answered(f"The game is kept as {path.name}.")

    def load(self, command: wanted.Load) -> Answered:
        """Go on with a kept game."""
        path = Path(command.path)
        kept = journals.read(path, recover=True)
        people = tuple(name for name, policy in kept.header.policies.items() if policy == PERSON)
        self._seat(journals.replay(kept), people, kept.turns)
        self.path = path if path.name != QUICK else _free(self.folder, kept.header.scenario)
        mended = f" It was damaged ({kept.damage}) and goes on from its last whole turn." if kept.damage else ""
        return Answered(f"{kept.header.scenario}, turn {len(kept.turns)}.{mended}")

    def leave(self, command: wanted.Leave) -> None:
        """Put the game away."""
        self.keep()
        self.match, self.people, self.lines = None, (), ()
        self.refresh(wanted.Refresh())

    def refresh(self, command: wanted.Refresh) -> None:
        """Read the scenarios and the kept games anew."""
        self.entries = tuple(entry_of(path) for path in shipped_scenarios().values())
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = sorted(self.folder.glob("*.jsonl"), key=lambda path: -path.stat().st_mtime)
        self.saves = tuple(each for each in (_save_of(path) for path in kept) if each is not None)

    _do: Mapping[type, Callable[[Director, Any], Answered | None]] = {
        wanted.Begin: begin, wanted.Plan: plan, wanted.Drop: drop, wanted.Stand: stand, wanted.Choose: choose,
        wanted.Reply: reply, wanted.Commit: commit, wanted.Proceed: proceed, wanted.Advance: advance,
        wanted.Undo: undo, wanted.Redo: redo, wanted.Branch: branch, wanted.Explain: explain, wanted.Survey: survey,
        wanted.Sound: sound, wanted.Save: save, wanted.Load: load, wanted.Leave: leave, wanted.Refresh: refresh,
    }  # fmt: skip


def entry_of(path: Path) -> Entry:
    """A scenario as the browser shows it, with its findings where it can't be played."""
    reading = read(path, audience="play")
    found = tuple(str(each) for each in reading.findings)
    if reading.scenario is None:
        return Entry(path.stem, path.stem.replace("-", " "), "", (), str(path), 0, (), found)
    spec: Scenario = reading.scenario
    states = tuple(
        (name, each.name, str(each.codes.get("iso3", ""))) for name, each in spec.states.items() if each.plays
    )
    return Entry(spec.id, spec.title, spec.summary, spec.authors, str(path), spec.turns, states, ())


def _as_record(order: Order) -> games.OrderRecord:
    return games.OrderRecord(order, 0, None, None)


def _ranked(terms: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    found = sorted(terms.items(), key=lambda term: -abs(term[1]))
    return tuple((name, float(value)) for name, value in found if abs(value) >= 0.005)


def _block(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _window(value: object) -> tuple[float, float, float, float] | None:
    """A window of degrees as a scenario gives it: west, south, east, north."""
    block = _block(value)
    if not block:
        return None
    west, south, east, north = (float(block[name]) for name in ("west", "south", "east", "north"))
    return west, south, east, north


def _free(folder: Path, scenario: str) -> Path:
    """The first name in the folder that no game has."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while (path := folder / f"{scenario}-{number}.jsonl").exists():
        number += 1
    return path


def _save_of(path: Path) -> Save | None:
    """What a kept game says of itself; None for a file that is no journal."""
    try:
        kept = journals.read(path, recover=True)
    except (GameError, OSError):
        return None
    people = [name for name, policy in kept.header.policies.items() if policy == PERSON]
    date = kept.turns[-1].date if kept.turns else ""
    return Save(str(path), kept.header.scenario, path.stem, ", ".join(people), len(kept.turns), date)
