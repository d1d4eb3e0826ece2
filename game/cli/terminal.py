"""A game in the terminal: a line is read, the seat changes, and what came of it is printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, takewhile
from pathlib import Path

import click

from game import journal as journals
from game.analysis.bargaining import Bargain, the_most_to_ask, what_would_it_take
from game.analysis.explain import explain
from game.cli import options, report
from game.cli.commands.why import parsed, relation_in_words
from game.cli.echo import echo
from game.cli.setups import begun, opened, repaired, replayed, writable
from game.errors import GameError, IllegalOrder, InvalidOrder, UnknownName, nearest
from game.journal import Kept, TurnLine
from game.kernel.catalogue import DEAL, STATEMENT
from game.kernel.orders import STANCES, parse_order
from game.kernel.world import Board
from game.match import turn_taking
from game.match.history import OrderRecord
from game.match.match import Match, Spreads
from game.match.turn_taking import Plan, Seat
from game.narrative import briefing as briefings
from game.narrative import chronicle
from game.narrative.wording import counted, table
from game.scenario.spec import Scenario


@dataclass(frozen=True, slots=True)
class Given:
    """What was given on the command line for a game in the terminal."""

    seats: tuple[str, ...]
    seed: int
    values: Mapping[str, float]
    spreads: Spreads
    difficulty: str | None
    journal: Path | None


LEAVE = ("quit", "exit")

HELP = (
    ("{word} {other}", "plan an order; `{deal} {other} side_payment=0.5` offers something with it"),
    ("back_down {dispute}", "choose in a crisis: escalate, hold, off_ramp or back_down"),
    ("acts [STATE]", "what you may do now, and what it costs"),
    ("take {deal} {other}", "what it would take for {other_name} to agree to a deal this turn"),
    ("ask {deal} {other}", "the most that you can ask for it"),
    ("plan", "what is planned; drop 1 takes an order back"),
    ("relations [STATE]", "how you, or another state, stand with everybody"),
    ("depth [STATE]", "what you, or another state, share with everybody, and who trusts whom"),
    ("pledges [STATE]", "what you, or another state, have promised and been promised"),
    ("rumours", "what is rumoured, and what you keep secret"),
    ("intentions", "what you are about with others, and what they seem to be about with you"),
    ("why {other} -> {own}", "where a relation comes from"),
    ("goals", "what you want, and what the others say they want"),
    ("undo", "take back the last order or choice or, with none planned, the last turn"),
    ("end", "end the turn"),
    ("quit", "leave; the game is kept"),
)
"""What can be said, and what it does: with names of the game that is played."""


def help_for(board: Board, me: int) -> list[str]:
    """What the player of a state can say; what the game has nothing of is left out."""
    other = 1 if me == 0 else 0
    first = dict(zip(board.acts.kind[::-1].tolist(), board.acts.names[::-1], strict=True))
    known = {
        "own": board.states[me], "other": board.states[other], "other_name": board.names[other],
        "word": first.get(STATEMENT), "deal": first.get(DEAL),
        "dispute": board.disputes[0].name if board.disputes else None,
    }  # fmt: skip
    lacking = [f"{{{name}}}" for name, found in known.items() if found is None]
    rows = [row for row in HELP if not any(name in text for name in lacking for text in row)]
    return table([(words.format(**known), use.format(**known)) for words, use in rows])


def played(context: click.Context, scenario: str, resume: bool, given: Given) -> None:
    """Play a game at the prompt: a new one, or one that was left."""
    person, policies = seated(context, given.seats)
    if resume:
        path = given.journal or last_game(scenario)
        Table(*resumed(path, person)).play()
        return
    if given.journal is not None and given.journal.exists():
        raise click.UsageError(f"{given.journal} is there already; --resume goes on with it, or name another file")
    path = given.journal or free_name(scenario)
    writable(path)
    made = opened(scenario)
    name = player(made, person)
    match = begun(
        made, given.seed, given.spreads, given.values, {**policies, name: turn_taking.PERSON}, given.difficulty
    )
    Table(Seat.of(match, name), path).play()


def player(made: Scenario, name: str | None) -> str:
    """The state that a person plays: the one that is named, or the usual one."""
    playing = [each for each, state in made.states.items() if state.plays]
    chosen = name or made.seat or playing[0]
    if chosen not in made.states:
        raise UnknownName("state", chosen, made.states)
    if chosen not in playing:
        raise click.UsageError(f"{chosen} takes no turns in this scenario; choose one of {', '.join(playing)}")
    return chosen


def saved_games(scenario: str) -> Iterator[Path]:
    """Where games of a scenario are kept in this folder: SCENARIO.jsonl, SCENARIO-2.jsonl and so on without end."""
    stem = Path(scenario).stem
    yield Path(f"{stem}.jsonl")
    for number in count(2):
        yield Path(f"{stem}-{number}.jsonl")


def free_name(scenario: str) -> Path:
    """The first name that no game has, so that none is written over."""
    return next(path for path in saved_games(scenario) if not path.exists())


def last_game(scenario: str) -> Path:
    """The game begun last; where there is none, the name it would have."""
    kept = list(takewhile(Path.exists, saved_games(scenario)))
    return kept[-1] if kept else next(saved_games(scenario))


def seated(context: click.Context, given: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """The person's state, and the policies of others."""
    people = [word for word in given if "=" not in word]
    if len(people) > 1:
        raise click.UsageError(f"one person plays one state; you gave {' and '.join(people)}", context)
    others = tuple(word for word in given if "=" in word)
    option = next(each for each in context.command.params if each.name == "seats")
    return (people[0] if people else None), options.assignments(context, option, others)


def resumed(path: Path, person: str | None) -> tuple[Seat, Path, tuple[TurnLine, ...]]:
    """The seat as a journal left it, its file, and the turns that stand in it."""
    read, match = replayed(path, recover=True)
    mine = [name for name, policy in read.header.policies.items() if policy == turn_taking.PERSON]
    name = person or (mine[0] if mine else None)
    if name not in mine or name is None:
        raise click.UsageError(
            f"the game in {path} was played for {' or '.join(mine) or 'nobody'}; name that with --state"
        )
    if read.damage is not None:
        echo(repaired(path, read), err=True)
    return Seat.of(match, name), path, read.turns


def planned(place: Seat, line: str) -> Seat:
    """The seat with one more order, or another choice in a crisis; a GameError where that can't be."""
    return replace(place, plan=turn_taking.with_order(place.match, place.name, place.plan, line))


class Table:
    """The game on a terminal: reads a line, changes the seat, prints what came of it."""

    def __init__(self, place: Seat, path: Path, lines: Sequence[TurnLine] = ()) -> None:
        self.seat, self.path, self.lines = place, path, tuple(lines)
        self.kept: Kept | None = None
        self.commands: Mapping[str, Callable[[str], None]] = {
            "acts": self.acts, "plan": self.plan, "drop": self.drop, "relations": self.relations, "why": self.why,
            "objectives": self.objectives, "depth": self.depth, "pledges": self.pledges, "rumours": self.rumours,
            "posture": self.posture, "take": self.take, "ask": self.ask, "undo": self.undo, "help": self.help,
        }  # fmt: skip

    @property
    def match(self) -> Match:
        """The match that is played."""
        return self.seat.match

    def play(self) -> None:
        """Play until the end, or until the person leaves."""
        self.say(chronicle.opening(self.match, self.match.setup.scenario.turns, self.seat.name))
        echo(f"You decide for {self._called(self.seat.name)}. `help` lists what you can say.")
        self.keep(self.match)
        if self.lines:
            self.report()
        while not self.match.finished:
            self.say(briefings.briefing(self.seat))
            if not self.turn():
                echo(f"The game is kept in {self.path}; --resume goes on with it.")
                return
        self.say(chronicle.closing(self.match))
        echo(f"The game is kept in {self.path}.")

    def turn(self) -> bool:
        """One turn at the prompt; False when the person leaves."""
        while True:
            words = ask("> ")
            if words is None or words in LEAVE:
                return False
            if words == "end":
                return self.end()
            before = self.match.history.turn
            try:
                self.obey(words)
            except (GameError, click.UsageError) as error:
                echo(str(error))
            if self.match.history.turn != before:
                return True

    def obey(self, words: str) -> None:
        """Do what a line says: one of the commands, or an order."""
        first, _, rest = words.partition(" ")
        if not first:
            return
        if first in self.commands:
            self.commands[first](rest.strip())
            return
        board = self.match.history.board
        if ":" not in words and first not in (*board.acts.names, *STANCES):
            close = nearest(first, [*self.commands, "end", "quit", *board.acts.names, *STANCES])
            raise InvalidOrder(
                f"there is no act or command called {first!r}" + (f"; did you mean {close!r}?" if close else "")
            )
        self.seat = planned(self.seat, words)
        self.plan("")

    def end(self) -> bool:
        """Answer what waits for an answer, play the turn, keep it and tell it; False when the person leaves instead."""
        match, me = self.match, self.seat.name
        for event in turn_taking.questions(match, me):
            answer = choice(event.headline, [option.label for option in event.options])
            if answer is None:
                return False
            option = event.options[answer].name
            self.lay(turn_taking.with_option(match, me, self.seat.plan, event.name, option))
        for place in turn_taking.open_crises(match, me, self.seat.plan):
            question, each = briefings.choices(self.seat, place)
            answer = choice(question, [f"{name}: {what}" for name, what in each], [name for name, _ in each])
            if answer is None:
                return False
            dispute = match.history.board.disputes[place].name
            self.lay(turn_taking.with_stance(match, me, self.seat.plan, STANCES[answer], dispute))
        if not self.answer():
            return False
        if self.adopt(turn_taking.played(match, {me: self.seat.plan})):
            self.report()
        return True

    def answer(self) -> bool:
        """Answer what others propose; False when the person leaves instead."""
        match, me = self.match, self.seat.name
        every, teller = turn_taking.collected(match, {me: self.seat.plan}), chronicle.Chronicle.of(match, me)
        for _, slot, order in turn_taking.proposals_to(match, every, me):
            answer = choice(f"A proposal: {teller.action(OrderRecord(order, slot, None, None))}", ["accept", "refuse"])
            if answer is None:
                return False
            self.lay(turn_taking.with_reply(match, me, self.seat.plan, every, order, answer == 0))
        return True

    def lay(self, plan: Plan) -> None:
        """Go on with another plan."""
        self.seat = replace(self.seat, plan=plan)

    def adopt(self, match: Match) -> bool:
        """Go on from another turn, once it is kept; False, and all as it was, where it can't be."""
        try:
            self.keep(match)
        except OSError as error:
            echo(f"This can't be kept in {self.path}: {error.strerror or error}. Nothing has changed; try again.")
            return False
        self.seat = Seat.of(match, self.seat.name)
        return True

    def report(self) -> None:
        """Tell the last turn."""
        match, me, turn = self.match, self.seat.name, self.match.history.turn
        before, after = (report.table_after(match, each, me) for each in (turn - 1, turn))
        news = report.news(match, turn, me)
        self.say(chronicle.Chronicle.of(match, me).turn(self.lines[-1], before, news, after))

    def keep(self, match: Match) -> None:
        """Write the journal of a match; what it tells next is on the disk."""
        journal = journals.journal_of(match, self.lines[: match.history.turn])
        self.kept = journals.keep(self.path, journal, self.kept)
        self.lines = journal.turns

    def acts(self, about: str) -> None:
        """Print what may be done now, towards one state or all."""
        self._known(about)
        titles = self.match.history.board.acts
        rows = [
            (act, f"cost {cost:g}", titles.titles[titles.act(act)] if about else ", ".join(targets))
            for act, cost, targets in turn_taking.open_acts(self.match, self.seat.name, self.seat.plan)
            if not about or about in targets
        ]
        self.say(iter(table(rows) or ["  nothing"]))

    def plan(self, _: str) -> None:
        """Print what is planned."""
        for number, order in enumerate(self.seat.plan.orders, 1):
            echo(f"  {number}. {order}")
        for order in self.seat.plan.stances:
            echo(f"  in the crisis: {order}")
        slots = self.match.history.board.orders
        echo(f"  {len(self.seat.plan.orders)} of {counted(slots, 'order')}, capital left {self.seat.left:g}")

    def drop(self, number: str) -> None:
        """Take a planned order back."""
        self.lay(turn_taking.without_order(self.seat.plan, int(number) if number.isdecimal() else 0))
        self.plan("")

    def relations(self, about: str) -> None:
        """Print how a state stands with everybody."""
        self.say(briefings.standing(self.seat, self._number(about)))

    def depth(self, about: str) -> None:
        """Print what a state shares with everybody, and who trusts whom."""
        self.say(briefings.agreements(self.seat, self._number(about)))

    def pledges(self, about: str) -> None:
        """Print what a state has promised and been promised."""
        self.say(briefings.pledges(self.seat, self._number(about)))

    def rumours(self, _: str) -> None:
        """Print what is rumoured, and the person's own secrets."""
        self.say(briefings.whispers(self.seat))

    def posture(self, _: str) -> None:
        """Print what the person's state is about with others, and they, as it seems, with it."""
        self.say(briefings.posture(self.seat))

    def take(self, deal: str) -> None:
        """Print what it would take for another to agree to a deal this turn."""
        self.say(briefings.packages(self._bargain(what_would_it_take, deal), self.match.history.board))

    def ask(self, deal: str) -> None:
        """Print the most that can be asked for a deal this turn."""
        self.say(briefings.packages(self._bargain(the_most_to_ask, deal), self.match.history.board))

    def _bargain(self, bargaining: Callable[[Match, str, str, str], Bargain], deal: str) -> Bargain:
        order = parse_order(f"{self.seat.name}: {deal}", self.match.history.board)
        return bargaining(
            turn_taking.committed(self.match, self.seat.name, self.seat.plan), order.state, order.act, order.target
        )

    def why(self, pair: str) -> None:
        """Print where a relation comes from."""
        found = explain(self.match.history, *parsed(pair.strip("\"'"), self.match.history.board), viewer=self.seat.name)
        self.say(relation_in_words(self.match, found, now=True))

    def objectives(self, _: str) -> None:
        """Print the goals of all, the hidden ones of others left out."""
        self.say(chronicle.objectives(self.match, hidden=False, own=self.seat.name, world=self.seat.seen))

    def undo(self, _: str) -> None:
        """Take back the last order or, where none is planned, the last choice in a crisis, or else the last turn."""
        plan, turn = self.seat.plan, self.match.history.turn
        if plan.orders:
            self.lay(replace(plan, orders=plan.orders[:-1]))
        elif plan.stances:
            self.lay(replace(plan, stances=plan.stances[:-1]))
        elif not turn:
            raise IllegalOrder("this is the start; there is nothing to undo")
        elif not self.adopt(self.match.with_history(self.match.history.back_to(turn - 1))):
            return
        self.plan("")

    def help(self, _: str) -> None:
        """Print what can be said."""
        self.say(help_for(self.seat.match.history.board, self.seat.state))

    def say(self, lines: Iterable[str]) -> None:
        """Print lines."""
        echo("\n".join(lines))

    def _called(self, state: str) -> str:
        board = self.match.history.board
        return board.names[board.state(state)]

    def _number(self, state: str) -> int:
        """The number of a state that was named, or of the person's own."""
        self._known(state)
        return self.match.history.board.state(state or self.seat.name)

    def _known(self, state: str) -> None:
        if state and state not in self.match.history.board.states:
            raise UnknownName("state", state, self.match.history.board.states)


def ask(prompt: str) -> str | None:
    """A line from the person, None at the end of the input."""
    echo(prompt, nl=False)
    line = sys.stdin.readline()
    if not line:
        echo()
        return None
    return " ".join(line.split())


def choice(question: str, labels: Sequence[str], names: Sequence[str] = ()) -> int | None:
    """The number of the answer a person gives, from 0, by number or name; None at the end of the input."""
    echo(question)
    for number, label in enumerate(labels, 1):
        echo(f"  {number}. {label}")
    while True:
        words = ask("choose> ")
        if words is None or words in LEAVE:
            return None
        if words.isdecimal() and 1 <= int(words) <= len(labels):
            return int(words) - 1
        if words in (names or labels):
            return (names or labels).index(words)
        echo(f"Give a number from 1 to {len(labels)}.")
