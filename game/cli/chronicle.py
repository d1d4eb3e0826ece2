"""A match told as a chronicle: what happened, who did what to whom and why, and how they stand since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from game.cli.words import PERIODS, band, counted, dated, sentence, signed, table, whole
from game.errors import InvalidOrder
from game.history import OrderRecord
from game.journal import TurnLine
from game.match import EventRecord, Match, met_goals
from game.orders import parse_order
from game.world import Board

Relations = Sequence[Sequence[int]]
"""Hundredths, row regards column."""

REFUSED = " (refused)"
"""How the ledger marks a deal that was refused."""

MOVED = 4
"""How many relations a turn shows."""

LEAST = 100
"""The least change of a relation that is worth telling, in hundredths."""

PHRASES: Mapping[str, tuple[str, str]] = {
    "goals": ("serves its objectives", "harms its objectives"),
    "standing": ("pleases those who matter to it", "annoys those who matter to it"),
    "security": ("makes it safer", "makes it less safe"),
    "congruence": ("fits how it regards them", "does not fit how it regards them"),
    "reciprocity": ("answers what it received", "does not answer what it received"),
    "balance": ("sides with its friends' friends", "goes against its friends' friends"),
    "material": ("gains by it", "loses by it"),
    "cost": ("costs little", "costs political capital"),
    "commitment": ("keeps what it agreed", "strains what it agreed"),
    "fatigue": ("is not worn out between them", "comes soon after much else between them"),
    "character": ("suits its character", "is not in its character"),
}
"""What each term of a score says when it speaks for an act, and against it."""


def weighed(score: object, luck: object) -> str:
    """A score and the luck that came on top of it: `+0.11 (luck +0.42)`."""
    assert isinstance(score, int | float)
    assert isinstance(luck, int | float)
    return f"{signed(score, 2)} (luck {signed(luck, 2)})"


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Tells the turns of one match; `reasoned` are the states whose answers have the reasons that are recorded."""

    board: Board
    reasoned: frozenset[str]

    @classmethod
    def of(cls, match: Match) -> Chronicle:
        """The teller of a match."""
        seated = {match.history.board.states[state] for state in match.seats}
        return cls(match.history.board, frozenset(match.history.board.states) - seated)

    def name(self, state: str) -> str:
        """What a state is called."""
        return self.board.names[self.board.state(state)]

    def turn(self, line: TurnLine, before: Relations) -> Iterator[str]:
        """One turn, line by line, with an empty line before it."""
        yield from ("", f"{dated(line.date)} · turn {line.turn}")
        for event in line.events:
            yield from self.event(event)
        for record in line.orders:
            yield from self.order(record)
        if not line.orders:
            yield "  Nobody does anything."
        yield from table(self.moves(line.relations, before), right=frozenset({1, 3}))

    def event(self, event: EventRecord) -> Iterator[str]:
        """An event, and the option its decider took."""
        yield f"  ◆ {event.headline}"
        if event.label:
            decider = next((each.decider for each in self.board.events if each.name == event.event), None)
            who = "" if decider is None else f"{self.board.names[decider]}: "
            yield f"      {who}{event.label}"

    def order(self, record: OrderRecord) -> Iterator[str]:
        """An order as what was done, how it was answered, and why."""
        yield f"  {self.deed(record)}"
        if record.why is None:
            return
        yield f"      {self.why(record.why)}"
        answer = record.why.get("answer")
        if answer and record.accepted is False and record.order.target in self.reasoned:
            against = spoken(answer, against=True)
            if against:
                yield f"      {self.name(record.order.target)} refuses: it {against}"

    def deed(self, record: OrderRecord) -> str:
        """What an order came to, in the words of its act."""
        order, acts = record.order, self.board.acts
        act = acts.act(order.act)
        actor, target = self.name(order.state), self.name(order.target)
        value = "" if order.value is None else f" ({order.value:g} {acts.units[act]})"
        if record.accepted is False:
            return f"{actor} offers {target}: {acts.titles[act]}{value}, and is refused"
        text = sentence(acts.texts[act], dict(zip(acts.roles[act], (actor, target), strict=True)))
        return f"{text}{value}{', agreed' if record.accepted else ''}"

    def cause(self, text: str) -> str:
        """A cause as the ledger has it, in words: an event by its headline, an order by what was done."""
        event, colon, rest = text.partition(": ")
        source = next((each for each in self.board.events if each.name == event), None)
        if source is not None:
            label = next((option.label for option in source.options if option.name == rest), None)
            return f"{source.headline}: {label or self.cause(rest)}" if colon else source.headline
        refused = text.endswith(REFUSED)
        try:
            order = parse_order(text.removesuffix(REFUSED), self.board)
        except InvalidOrder:
            return text
        return self.deed(OrderRecord(order, 0, False if refused else None, None))

    def why(self, why: Mapping[str, object]) -> str:
        """The terms that spoke for an order, its score and luck, and what would have been done instead."""
        terms = why["terms"]
        assert isinstance(terms, Mapping)
        reasons = spoken(terms) or "nothing spoke for it but chance"
        other = why["runner_up"]
        instead = self.act_in_words(other) if isinstance(other, str) else "nothing"
        return (
            f"why: {reasons}; score {weighed(why['score'], why['luck'])}, "
            f"else {instead} {weighed(why['runner_up_score'], why['runner_up_luck'])}"
        )

    def act_in_words(self, text: str) -> str:
        """`praise iran` as Praise → Iran."""
        act, _, target = text.partition(" ")
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


def spoken(terms: Mapping[str, float], *, against: bool = False, most: int = 2) -> str:
    """The two terms that weigh most for an act, or against it, in words with their numbers."""
    sign = -1.0 if against else 1.0
    weighty = sorted(terms.items(), key=lambda term: -sign * term[1])[:most]
    return ", ".join(
        f"{PHRASES.get(name, (name, name))[against]} {signed(value, 2)}"
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


def objectives(match: Match, *, hidden: bool = True, own: str | None = None) -> Iterator[str]:
    """Each state's goals, whether they are reached now, and its points; without `hidden`, only one's own secrets."""
    board = match.history.board
    shown = [goal for goal in met_goals(match) if hidden or not goal[4] or goal[0] == own]
    for state in dict.fromkeys(goal[0] for goal in shown):
        mine = [goal for goal in shown if goal[0] == state]
        reached = sum(points for _, _, met, points, _ in mine if met)
        yield f"{board.names[board.state(state)]}: {reached:g} of {sum(goal[3] for goal in mine):g} points"
        for _, label, met, points, secret in mine:
            yield f"  {'✓' if met else '✗'} {points:g}  {label}{' (hidden)' if secret else ''}"
