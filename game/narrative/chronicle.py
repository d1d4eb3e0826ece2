"""A match told as a chronicle: what happened, who did what to whom and why, and how they stand since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from game.journal import TurnLine
from game.kernel.causes import Cause
from game.kernel.orders import STANCES, Order
from game.kernel.world import Board, World
from game.match.history import OrderRecord
from game.match.information import estimate, known_then, reasons
from game.match.match import EventRecord, Match, met_objectives
from game.narrative.causes import worded
from game.narrative.wording import (
    PERIODS,
    band,
    counted,
    dated,
    sentence,
    signed,
    table,
    whole,
)

Relations = Sequence[Sequence[int]]
"""Hundredths, row regards column."""

MOVED = 4
"""How many relations a turn shows."""

LEAST = 100
"""The least change of a relation that is worth telling, in hundredths."""

PHRASES: Mapping[str, tuple[str, str]] = {
    "objectives": ("serves its objectives", "harms its objectives"),
    "standing": ("pleases those who matter to it", "annoys those who matter to it"),
    "security": ("makes it safer", "makes it less safe"),
    "congruence": ("fits how it regards them", "does not fit how it regards them"),
    "reciprocity": ("answers what it received", "does not answer what it received"),
    "balance": ("sides with its friends' friends", "goes against its friends' friends"),
    "material": ("gains by it", "loses by it"),
    "cost": ("costs little", "costs political capital"),
    "commitment": ("keeps what it agreed", "strains what it agreed"),
    "fatigue": ("is not worn out between them", "comes soon after much else between them"),
    "posture": ("serves what it is about with them", "works against what it is about with them"),
    "personality": ("suits its character", "is not in its character"),
    "prize": ("may win what is at stake", "wins nothing by it"),
    "fight": ("comes no nearer to war", "may come to blows"),
    "guarantors": ("has nobody else to fear", "would meet the other's guarantors"),
    "audience": ("looks well at home", "looks weak at home"),
    "resolve": ("suits its resolve", "is not in its nature"),
    "mediation": ("has a mediator to help it", "slights the mediator"),
}
"""What each term of a score says when it speaks for an act, and against it."""


CHOICES: Mapping[str, str] = dict(
    zip(STANCES, ("escalates", "stands firm", "offers a way out", "backs down"), strict=True)
)
"""What a side of a crisis does, by its choice."""


def weighed(score: object, chance: object) -> str:
    """A score and the luck that came on top of it: `+0.11 (luck +0.42)`."""
    assert isinstance(score, int | float)
    assert isinstance(chance, int | float)
    return f"{signed(score, 2)} (luck {signed(chance, 2)})"


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Tells the turns of one match, all of it or what one state may know.

    `reasoned` are the states whose answers have the reasons that are recorded, `capitals` the cities where statements
    are made, `comments` the events that are analysts' comments, `viewer` the state to whom it is told, `queries` the
    turns and disputes of crises that were a matter of their two sides, and not of the viewer; `match` is what is told.
    """

    board: Board
    reasoned: frozenset[str]
    capitals: Mapping[str, str] = field(default_factory=dict)
    comments: frozenset[str] = frozenset()
    viewer: str | None = None
    queries: frozenset[tuple[int, str]] = frozenset()
    match: Match | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, match: Match, viewer: str | None = None) -> Chronicle:
        """The teller of a match."""
        board, scenario = match.history.board, match.setup.scenario
        seated = {board.states[state] for state in match.seats}
        capitals = {name: state.capital.name for name, state in scenario.states.items() if state.capital}
        comments = frozenset(name for name, event in scenario.events.items() if event.comment)
        queries = frozenset() if viewer is None else frozenset(_queries(match, board.state(viewer)))
        return cls(board, frozenset(board.states) - seated, capitals, comments, viewer, queries, match)

    def name(self, state: str) -> str:
        """What a state is called."""
        return self.board.names[self.board.state(state)]

    def turn(
        self, line: TurnLine, before: Relations, news: Sequence[str] = (), after: Relations | None = None
    ) -> Iterator[str]:
        """One turn, line by line, with an empty line before it: events, orders, news, the relations that moved most.

        `after` is how they stand since, where that is not what the line says.
        """
        yield from ("", f"{dated(line.date)} · turn {line.turn}")
        for event in line.events:
            yield from self.event(event)
        orders = [record for record in line.orders if self.may_know(record.order, line.turn)]
        known = self.known(line.turn)
        for record in orders:
            yield from self.order(record, known)
        if not orders:
            yield "  Nobody does anything."
        yield from (f"  ▪ {each}" for each in news)
        yield from table(self.moves(line.relations if after is None else after, before), right=frozenset({1, 3}))

    def may_know(self, order: Order, turn: int = 0) -> bool:
        """Whether the one to whom it is told may know of an order: of what is secret or private, only its parties.

        A choice in a crisis that never left its lowest rung in that `turn` is private, too.
        """
        if order.is_stance:
            return (turn, order.target) not in self.queries
        closed = order.secret or order.audience == "private"
        return not closed or self.viewer in (None, order.state, order.target)

    def event(self, event: EventRecord) -> Iterator[str]:
        """An event, and the option its decider took; an analyst's comment has a sign of its own."""
        yield f"  {'❝' if event.event in self.comments else '◆'} {event.headline}"
        if event.label:
            decider = next((each.decider for each in self.board.events if each.name == event.event), None)
            who = "" if decider is None else f"{self.board.names[decider]}: "
            yield f"      {who}{event.label}"

    def known(self, turn: int) -> Match | None:
        """What a turn that was played was decided on, as the viewer knows it; None for one who knows all."""
        return None if self.viewer is None or self.match is None else known_then(self.match, self.viewer, turn)

    def order(self, record: OrderRecord, known: Match | None = None) -> Iterator[str]:
        """An order as what was done, how it was answered, and why.

        The reasons of others are told to a viewer as they seem to it, from the match as that has `known` it.
        """
        yield f"  {self.action(record)}"
        if self.viewer not in (None, record.order.state):
            if known is not None and record.order.state in self.reasoned:
                said = spoken(reasons(known, record.order), numbers=False)
                yield from (f"      why: it {said}",) if said else ()
            return
        if record.why is None:
            return
        yield f"      {self.why(record.why)}"
        answer = record.why.get("answer")
        if answer and record.accepted is False and record.order.target in self.reasoned:
            against = spoken(answer if known is None else estimate(known, record.order).terms, against=True)
            if against:
                yield f"      {self.name(record.order.target)} refuses: it {against}"

    def action(self, record: OrderRecord) -> str:
        """What an order came to, in the words of its act."""
        order, acts = record.order, self.board.acts
        if order.is_stance:
            return f"{self.name(order.state)} {CHOICES[order.act]} over {self.dispute(order.target)}"
        act = acts.act(order.act)
        target, terms = self.name(order.target), self.terms(order)
        if record.accepted is False:
            return f"{self.name(order.state)} offers {target}: {acts.titles[act]}{terms}, and is refused"
        text = sentence(acts.texts[act], dict(zip(acts.roles[act], (self.speaker(order), target), strict=True)))
        return f"{text[:1].upper()}{text[1:]}{terms}{', agreed' if record.accepted else ''}"

    def dispute(self, name: str) -> str:
        """What a dispute is called."""
        return next((each.title for each in self.board.disputes if each.name == name), name)

    def speaker(self, order: Order) -> str:
        """Who does it: the state, or one of its offices, "an envoy of Bora"."""
        if order.office is None or order.office == self.board.offices.names[0]:
            return self.name(order.state)
        office = self.board.offices.titles[self.board.offices.names.index(order.office)]
        return f"{office[:1].lower()}{office[1:]} of {self.name(order.state)}"

    def terms(self, order: Order) -> str:
        """What an order says besides act and target, to be read after its sentence."""
        said = []
        if order.value is not None:
            said.append(f" ({order.value:g} {self.board.acts.units[self.board.acts.act(order.act)]})")
        if order.about is not None:
            said.append(f" (about {self.name(order.about)})")
        if order.purpose is not None:
            said.append(f", for {self.dispute(order.purpose)}")
        if order.audience == "private":
            said.append(" in private")
        elif order.audience not in (None, "public"):
            said.append(f" in {self.capitals.get(order.audience, self.name(order.audience))}")
        if order.pledge is not None:
            pledge = self.board.pledges.titles[self.board.pledges.names.index(order.pledge)]
            said.append(f", with a pledge: {pledge}")
        if order.side_payment:
            verb = "adding" if order.side_payment > 0 else "asking"
            said.append(f", {verb} {abs(order.side_payment):g} political capital")
        return "".join([*said, ", in secret" if order.secret else ""])

    def cause(self, cause: Cause) -> str:
        """A cause in words: an event by its headline, an order by what was done."""
        return worded(
            cause, self.board, lambda order, no: self.action(OrderRecord(order, 0, False if no else None, None))
        )

    def why(self, why: Mapping[str, object]) -> str:
        """The terms that spoke for an order, its score and luck, and what would have been done instead."""
        reasons = spoken(_terms_of(why)) or "nothing spoke for it but chance"
        other = why["runner_up"]
        instead = self.act_in_words(other) if isinstance(other, str) else "nothing"
        return (
            f"why: {reasons}; score {weighed(why['score'], why['chance'])}, "
            f"else {instead} {weighed(why['runner_up_score'], why['runner_up_chance'])}"
        )

    def act_in_words(self, text: str) -> str:
        """`praise bora` as Praise → Bora, `off_ramp strait` as what a side of its crisis does."""
        act, _, target = text.partition(" ")
        if act in CHOICES:
            return CHOICES[act]
        if act not in self.board.acts.names or target not in self.board.states:
            return text
        return f"{self.board.acts.titles[self.board.acts.act(act)]} → {self.name(target)}"

    def moves(self, after: Relations, before: Relations, most: int = MOVED) -> list[tuple[str, ...]]:
        """The relations that moved most: pair, old, arrow, new, band."""
        changes = [
            (abs(after[i][j] - before[i][j]), i, j)
            for i in range(len(self.board.states))
            for j in range(len(self.board.states))
            if abs(after[i][j] - before[i][j]) >= LEAST
        ]
        changes.sort(key=lambda change: (-change[0], change[1:]))
        return [self._move(i, j, before[i][j], after[i][j]) for _, i, j in changes[:most]]

    def _move(self, i: int, j: int, old: int, new: int) -> tuple[str, ...]:
        pair = f"{self.board.names[i]} → {self.board.names[j]}"
        glyph, word = band(whole(new))
        return (pair, signed(whole(old)), "→", signed(whole(new)), f"{glyph} {word}")


def _queries(match: Match, viewer: int) -> Iterator[tuple[int, str]]:
    """The turns and disputes of the crises that a state did not hear of."""
    history = match.history
    for played in history.turns:
        before, after = played.opened.rung[0], history.worlds[played.turn].rung[0]
        for dispute, was, now in zip(history.board.disputes, before, after, strict=True):
            if viewer not in dispute.parties and max(*was, *now) <= 0:
                yield played.turn, dispute.name


def _terms_of(why: Mapping[str, object]) -> Mapping[str, float]:
    terms = why["terms"]
    assert isinstance(terms, Mapping)
    return terms


def spoken(terms: Mapping[str, float], *, against: bool = False, most: int = 2, numbers: bool = True) -> str:
    """The two terms that weigh most for an act, or against it, in words, with their numbers or without."""
    sign = -1.0 if against else 1.0
    weighty = sorted(terms.items(), key=lambda term: -sign * term[1])[:most]
    return ", ".join(
        PHRASES.get(name, (name, name))[against] + (f" {signed(value, 2)}" if numbers else "")
        for name, value in weighty
        if sign * value > 0.005
    )


def opening(match: Match, turns: int, person: str | None = None) -> Iterator[str]:
    """What a chronicle begins with; nobody has to be told who decides for the person."""
    setup = match.setup
    scenario, calendar = setup.scenario, match.history.board.calendar
    yield scenario.title
    unit = scenario.turn if turns == 1 else PERIODS[scenario.turn]
    yield f"{turns} {unit} from {dated(calendar.label(1))}, seed {setup.seed}"
    for path, value in setup.parameters.items():
        yield f"with {path} = {value:g}"
    for state, policy in setup.policies.items():
        if state != person:
            yield f"with {match.history.board.names[match.history.board.state(state)]} decided by {policy}"


def closing(match: Match) -> Iterator[str]:
    """How it ended, and what each state reached."""
    board = match.history.board
    ending = match.ending()
    yield ""
    if ending is None:
        yield f"The end, after {counted(match.history.turn, 'turn')}."
    else:
        text = next(each.text for each in board.endings if each.name == ending)
        yield f"The end, after {counted(match.history.turn, 'turn')}: {ending}. {text}"
    yield from objectives(match)


def objectives(
    match: Match, *, hidden: bool = True, own: str | None = None, world: World | None = None
) -> Iterator[str]:
    """Each state's goals, whether they are reached now, and its points; without `hidden`, only one's own secrets.

    `world` is the position as far as the reader may know it, where that is not all.
    """
    board = match.history.board
    shown = [
        objective for objective in met_objectives(match, world) if hidden or not objective[4] or objective[0] == own
    ]
    for state in dict.fromkeys(objective[0] for objective in shown):
        mine = [objective for objective in shown if objective[0] == state]
        reached = sum(points for _, _, met, points, _ in mine if met)
        yield f"{board.names[board.state(state)]}: {reached:g} of {sum(objective[3] for objective in mine):g} points"
        for _, label, met, points, secret in mine:
            yield f"  {'✓' if met else '✗'} {points:g}  {label}{' (hidden)' if secret else ''}"
