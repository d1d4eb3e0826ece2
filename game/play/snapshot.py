"""What the window knows of the game: plain values, and nothing that the side it is shown to may not know.

A snapshot is made by `game.play.dispatch` and by nobody else. Views read it; they never see the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def colour(code: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


@dataclass(frozen=True, slots=True)
class StateCard:
    """A state, as far as it is known."""

    id: str
    name: str
    code: str  # ISO 3166, three letters; empty where the scenario gives none
    colour: tuple[int, int, int]
    city: str
    place: tuple[float, float] | None  # degrees of longitude and latitude
    off_map: bool
    plays: bool
    attributes: tuple[tuple[str, float, str], ...]  # name, value, unit
    points: float
    out: bool


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement in force; `turns` is None where it has no end."""

    kind: str
    title: str
    giver: str
    receiver: str
    mutual: bool
    worth: float
    turns: int | None
    suspended: bool
    purpose: str | None
    secret: bool
    sort: str


@dataclass(frozen=True, slots=True)
class Word:
    """A pledge in force."""

    kind: str
    title: str
    giver: str
    holder: str
    turns: int | None
    since: str
    solemnity: float


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute: who holds what, who takes whose side, tension, and the crisis if there is one (rungs from -1)."""

    id: str
    title: str
    kind: str
    parties: tuple[str, str]
    holder: str | None
    claimant: str | None
    recognition: Mapping[str, float]
    tension: float
    rungs: tuple[int, int]
    area: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the record: an act, an event, a comment, or what changed besides relations."""

    turn: int
    kind: str  # act, refused, event, comment, tidings
    text: str
    actor: str | None = None
    target: str | None = None
    tone: float = 0.0  # -1 hostile to 1 friendly
    value: str = ""
    why: tuple[tuple[str, float], ...] = ()
    runner_up: str = ""
    title: str = ""  # of the act: `Arms package`
    topic: str = ""  # what news are of, a key of `game.narrative.news.TOPICS`


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective; those of others only where they are public."""

    state: str
    label: str
    points: float
    held: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that is planned: its text, its sentence, its cost, and what it would change."""

    text: str
    sentence: str
    cost: float
    ripple: tuple[tuple[str, str, float], ...] = ()  # how much a's regard of b moves, largest first
    kind: str = ""  # statement, deal or deed
    act: str = ""
    title: str = ""  # of the act
    target: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)  # as they stand in the text; `secret` where it is


@dataclass(frozen=True, slots=True)
class Good:
    """What one side gives another with an act; `amount` is for the usual value, 0 where it is not a quantity."""

    text: str
    amount: float = 0.0
    unit: str = ""
    doc: str = ""
    kind: str = ""  # pledge, capital, or anything else


@dataclass(frozen=True, slots=True)
class Option:
    """An act that may be ordered towards a state now, or may not and why."""

    act: str
    title: str
    kind: str
    cost: float
    doc: str
    legal: bool
    why_not: str
    barrier: str  # what kind of thing forbids it, of `game.play.explained.barriers`; empty where nothing does
    unit: str | None
    low: float
    high: float
    usual: float
    secret: bool
    signs: str | None
    turns: int | None = None  # how long what it signs lasts; None where it signs nothing, or without end
    gives: tuple[Good, ...] = ()  # from the side that orders it
    gets: tuple[Good, ...] = ()  # from the one it is ordered towards


@dataclass(frozen=True, slots=True)
class Office:
    """Who may speak for a state: how much the word weighs and costs, against that of the government."""

    id: str
    title: str
    weight: float
    cost: float


@dataclass(frozen=True, slots=True)
class Pledge:
    """A kind of pledge that may be given with a deal."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an order would come to, luck aside: all that would move, and why it can't be given where that is so."""

    text: str
    sentence: str
    cost: float
    ripple: tuple[tuple[str, str, float], ...]  # how much a's regard of b moves, largest first
    tensions: tuple[tuple[str, float], ...]  # dispute, change
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the four choices of a side of a crisis, and what it leads to if the other side holds."""

    stance: str
    title: str
    text: str
    rungs: tuple[int, int]
    tension: float
    capital: tuple[tuple[str, float], ...]
    relation: tuple[tuple[str, str, float], ...]
    ends_game: bool = False


@dataclass(frozen=True, slots=True)
class CrisisView:
    """A crisis as a side may know it: where both stand, who is bound to whom, the odds, and what may be chosen."""

    dispute: str
    title: str
    parties: tuple[str, str]
    rungs: tuple[int, int]
    tension: float
    odds: tuple[float, float]
    guarantors: tuple[tuple[str, str, float], ...]  # who, for whom, how far it is bound, 0 to 1
    mediators: tuple[tuple[str, str], ...]  # who, for whom
    accident: float
    acceptance: float  # that an off-ramp is taken by a side that holds
    choices: tuple[Choice, ...] = ()  # for a side of it alone
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What another state proposes to the side that is shown: its key, its sentence, what speaks for and against."""

    key: str
    proposer: str
    sentence: str
    terms: tuple[tuple[str, float], ...]
    reply: bool | None = None  # what the side has answered so far


@dataclass(frozen=True, slots=True)
class Move:
    """How one state's regard of another has moved, and why: rows that sum to the difference."""

    first: str
    second: str
    before: float
    after: float
    rows: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order of the side in the last turn: how it was answered, and whose regard of whom it moved."""

    text: str
    target: str | None
    accepted: bool | None  # None: it needed no answer
    effects: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Something a briefing tells: what has changed and why, how much it matters, and where on the map it is."""

    kind: str  # question, crisis, pledge, rumour, relation, event
    name: str  # of the event, the dispute, the pledge or the pair: no two cards of a kind share it
    title: str
    text: str
    weight: float
    state: str | None = None
    move: Move | None = None
    effects: tuple[tuple[str, str, float], ...] = ()  # whose regard of whom it has moved, and by how much


@dataclass(frozen=True, slots=True)
class Rise:
    """A turn in which the tension of a dispute rose: by how much, and to what."""

    dispute: str
    title: str
    turn: int
    date: str
    size: float
    level: float


@dataclass(frozen=True, slots=True)
class EndView:
    """An ending that a game has come to: its text, the condition that held, and the turns that led to it most."""

    text: str
    because: str
    rises: tuple[Rise, ...] = ()


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """How a relation would have come out had an order not been given; both lines begin before the turn of the order."""

    turn: int
    date: str
    text: str
    state: str
    first: str
    second: str
    line: tuple[float, ...]
    other: tuple[float, ...]
    points: float
    other_points: float
    given_up: int  # later orders of people that could not have been given then
    averted: bool = False  # whether the game would not have come to its ending, or not in that turn


@dataclass(frozen=True, slots=True)
class Question:
    """An event that waits for the side's choice."""

    event: str
    headline: str
    text: str
    options: tuple[tuple[str, str], ...]  # id, label
    chosen: str | None


@dataclass(frozen=True, slots=True)
class Cause:
    """A row of an explanation."""

    text: str
    turn: int
    rule: str
    left: float
    impulse: float
    gone: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """Why one state regards another as it does: rows that sum to `relation`."""

    first: str
    second: str
    turn: int
    relation: float
    rows: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a deal would seem to be received: whether the other leans to accept, how likely it does, and the terms."""

    text: str
    accepted: bool
    score: float
    terms: tuple[tuple[str, float], ...]
    blocker: str
    ripple: tuple[tuple[str, str, float], ...]
    packages: tuple[tuple[str, str], ...] = ()  # order text, in words: what would do
    most: str = ""
    chance: float = 0.0  # how likely it is accepted, 0 to 1, as far as the side can tell
    veto: str = ""  # what forbids it, whatever the terms say


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding about a scenario file: where, what, and what would mend it; `excerpt` is the line it is about."""

    line: int
    column: int
    severity: str  # error, warning, hint
    code: str
    message: str
    help: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A state before a game has begun: who it is, and what it wants, `secrets` being what it does not say."""

    id: str
    name: str
    code: str
    colour: tuple[int, int, int]
    place: tuple[float, float] | None
    off_map: bool
    plays: bool
    objectives: tuple[tuple[str, float], ...] = ()  # what, points
    secrets: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Sketch:
    """The board of turn 0: who there is, how they stand (row regards column), who holds which disputed area."""

    states: tuple[Figure, ...]
    relations: tuple[tuple[float, ...], ...]
    areas: tuple[tuple[str, str | None], ...]
    view: tuple[float, float, float, float] | None
    centre: str = ""  # the state that claims an area it does not hold, if there is one

    def relation(self, first: str, second: str) -> float:
        """How one state regards another."""
        names = [state.id for state in self.states]
        return self.relations[names.index(first)][names.index(second)]

    def state(self, name: str) -> Figure:
        """A state by its id."""
        return next(each for each in self.states if each.id == name)


@dataclass(frozen=True, slots=True)
class Entry:
    """A scenario in the browser; one with errors has findings and can't be played."""

    id: str
    title: str
    summary: str
    authors: tuple[str, ...]
    path: str
    turns: int
    states: tuple[tuple[str, str, str], ...]  # id, name, code
    findings: tuple[Problem, ...]
    own: bool = False  # the person's, not one that comes with the game
    sources: tuple[str, ...] = ()
    licence: str = ""
    step: str = ""  # what a turn is: week, month, quarter, year
    dates: tuple[str, ...] = ()  # of turn 0, 1 and so on
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """A scenario file that is being written: what is to be mended, and its board as of the last version that read."""

    path: str
    stamp: tuple[int, int] | None  # when it was changed, and its size; None where it can't be opened
    findings: tuple[Problem, ...]
    sketch: Sketch | None
    whole: bool = False  # whether the board is that of the file as it is now
    title: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a page: `head` above others, `text` to be read, a `fact` of name and value, a `source`."""

    kind: str
    text: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the codex."""

    chapter: str
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Traces:
    """What has been measured after every turn, turn 0 first, as far as the side may know: more than relations."""

    turn: int
    depth: tuple[tuple[tuple[float, ...], ...], ...]
    trust: tuple[tuple[tuple[float, ...], ...], ...]
    points: tuple[tuple[float | None, ...], ...]  # None where they are nobody else's business
    attributes: tuple[tuple[tuple[float, ...], ...], ...]  # state by state, in the order of its card


@dataclass(frozen=True, slots=True)
class Fan:
    """Futures of how one state regards another: one row a run, a value a turn, the present first.

    There are no rows while they are being worked out.
    """

    first: str
    second: str
    turn: int
    rows: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Save:
    """A kept game."""

    path: str
    scenario: str
    title: str
    state: str
    turn: int
    date: str
    kept: str = ""  # when it was written
    quick: bool = False
    problem: str = ""  # why it can't be loaded
    repaired: str = ""  # what was damaged behind its last whole turn


@dataclass(frozen=True, slots=True)
class Inset:
    """A part of the map that may be looked at from near: west, south, east, north in degrees."""

    name: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Game:
    """A game as one side knows it; `side` is None for somebody who only watches, and then knows all."""

    scenario: str
    title: str
    side: str | None
    seats: tuple[str, ...]
    turn: int
    turns: int
    date: str
    dates: tuple[str, ...]
    finished: bool
    ending: str
    capital: float
    left: float
    slots: int
    states: tuple[StateCard, ...]
    relations: tuple[tuple[float, ...], ...]
    before: tuple[tuple[float, ...], ...]
    series: tuple[tuple[tuple[float, ...], ...], ...]  # relations after every turn, turn 0 first
    tensions: Mapping[str, tuple[float, ...]]
    agreements: tuple[AgreementView, ...]
    words: tuple[Word, ...]
    disputes: tuple[DisputeView, ...]
    record: tuple[Item, ...]
    objectives: tuple[ObjectiveView, ...]
    plan: tuple[Draft, ...]
    stances: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    questions: tuple[Question, ...]
    rumours: tuple[str, ...]
    postures: Mapping[tuple[str, str], str]
    trust: tuple[tuple[float, ...], ...]
    depth: tuple[tuple[float, ...], ...]
    view: tuple[float, float, float, float] | None
    insets: tuple[Inset, ...] = ()
    power: tuple[int, ...] = ()  # the numbers of the attributes that count when states weigh each other
    phase: str = "planning"  # curtain, briefing, planning, inbox, report, over
    undoable: bool = False
    redoable: bool = False
    cards: tuple[Card, ...] = ()  # what a briefing may tell, what matters most first
    moves: tuple[Move, ...] = ()  # the relations that moved most in the last turn
    outcomes: tuple[Outcome, ...] = ()
    trunk: tuple[tuple[tuple[float, ...], ...], ...] = ()  # the series of the line this game has branched from
    offices: tuple[Office, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    crises: tuple[CrisisView, ...] = ()
    days: tuple[str, ...] = ()  # the dates as they are read: March 2012
    end: EndView | None = None  # why it ended before its last turn
    phrases: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # a term in words: for an act, against it

    def state(self, name: str) -> StateCard:
        """A state by its id."""
        return next(each for each in self.states if each.id == name)

    def index(self, name: str) -> int:
        """The number of a state."""
        return next(number for number, each in enumerate(self.states) if each.id == name)

    def relation(self, first: str, second: str) -> float:
        """How one state regards another, as far as the side knows."""
        return self.relations[self.index(first)][self.index(second)]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the views may show."""

    entries: tuple[Entry, ...] = ()
    game: Game | None = None
    account: Account | None = None
    back: Account | None = None
    """The other direction of the same relation, at the same turn."""
    preview: Preview | None = None
    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    answer: Answer | None = None
    codex: tuple[Page, ...] = ()
    saves: tuple[Save, ...] = ()
    inspection: Inspection | None = None
    forecast: Fan | None = None
    traces: Traces | None = None
    pins: frozenset[int] = frozenset()  # items of the record that are kept in sight, by their numbers
    counterfactuals: tuple[Counterfactual, ...] | None = None
    """How it would have come without the most decisive orders; None until it is worked out."""
    preparation: tuple[int, int] | None = None
    """How many parts of the engine are compiled, of how many; None while none is."""
