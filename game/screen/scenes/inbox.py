"""inbox: what others ask of one's state before the turn is played: proposals to answer, crises to choose in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from game.narrative.wording import dated
from game.play.commands import Choose, Proceed, Reply, Revise
from game.play.explained.pending import CRISIS, PROPOSAL, QUESTION, asks_first, in_crisis, in_short
from game.play.snapshot import (
    DisputeView,
    Game,
    Proposal,
    Question,
    Snapshot,
)
from game.screen.kit import panes as pages
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.panes import Piece
from game.screen.kit.phrases import for_us
from game.screen.kit.shapes import (
    Icon,
    Line,
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.widgets import Button, button
from game.screen.messages import Back, EndTurn, Go, Gripped

TERMS, FEW = 5, 2
"""How many reasons a letter names on each side, and in all where there is little room."""


@dataclass(frozen=True, slots=True)
class Model:
    """How far the letters are scrolled."""

    lists: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counter:
    """Propose something else; what was proposed stays open until it is answered."""

    key: str
    state: str


@dataclass(frozen=True, slots=True)
class Seek:
    """Scroll to a letter: a proposal by its key, a question by its event, a crisis by its dispute."""

    kind: str
    name: str


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """Ctrl+Enter sends the answers; Esc leads back to the plan, or to where an inbox was looked up from."""
    game = snapshot.game
    if game is None or game.phase != "inbox":
        return {"end turn": Back()}
    done = {} if asks_first(game) else {"confirm": EndTurn(Proceed())}
    return {"end turn": EndTurn(Proceed()), "back": Revise(), **done}


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Answer, and send the answers."""
    game = snapshot.game
    if game is None:
        return model, ()
    match message:
        case Seek(kind, name):
            place = _letters(game).index((kind, name))
            return replace(model, lists={**model.lists, "letters": place}), ()
        case Counter(_, state):
            return model, (Go("deal", {"target": state}),)
        case Reply() | Go() | Choose() | Revise() | EndTurn() | Back():
            return model, (message,)
        case Gripped():
            return replace(model, lists=pages.scrolled(model.lists, message, {"letters": len(_letters(game))})), ()
    return model, ()


def _letters(game: Game) -> tuple[tuple[str, str], ...]:
    """What lies in the inbox, in its order: kind and name."""
    return (
        *((CRISIS, each.id) for each in in_crisis(game)),
        *((QUESTION, each.event) for each in game.questions),
        *((PROPOSAL, each.key) for each in game.proposals),
    )


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The letters, one under the other."""
    game = snapshot.game
    if game is None or game.side is None:
        return (Panel(frame.rect, theme.PANEL),)
    note = f"{dated(game.date)}  ·  turn {game.turn}"
    shown = pages.page(frame, "Proposals", note, game.state(game.side), "bell")
    body = shown.body.middle(min(shown.body.width, pages.WIDEST), shown.body.height)
    pieces = [
        *(Piece(72.0, partial(_call, game, dispute, frame)) for dispute in in_crisis(game)),
        *(Piece(_asks(question, frame), partial(_question, question, frame)) for question in game.questions),
        *(Piece(_height(proposal, frame), partial(_letter, game, proposal, frame)) for proposal in game.proposals),
    ]
    shapes: list[Shape] = [*shown.shapes]
    if not pieces:
        shapes.append(Words(body.top(30)[0], "No proposals.", theme.BODY, theme.FAINT))
    shapes += pages.column(body, pieces, model.lists.get("letters", 0), "letters")
    left, right = shown.foot.columns((2, 3), 12)
    shapes += pages.buttons(frame, right, _faces(game, frame))
    shapes += pages.lines(frame, left.inset(0, 6), _pending(game), theme.SMALL, theme.FAINT)[0]
    return tuple(shapes)


def _faces(game: Game, frame: Frame) -> tuple[Button, ...]:
    if game.phase != "inbox":
        return (Button("Back", Back(), "go on", "arrow-left", True, hint=f"Key: {frame.key('back')}"),)
    plan = f"Change your orders; the inbox comes again \N{MIDDLE DOT} {frame.key('back')}"
    return (
        Button("Back to planning", Revise(), "revise", "arrow-left", hint=plan),
        Button("Submit answers", EndTurn(Proceed()), "go on", "send", True,
               hint=f"Key: {frame.key('end turn')}"),
    )  # fmt: skip


def _pending(game: Game) -> str:
    """What is still open, in a line."""
    return ", ".join(in_short(game)) if game.phase == "inbox" else ""


def _height(proposal: Proposal, frame: Frame) -> float:
    good, bad = _sides(proposal)
    rows = min(len(proposal.terms), FEW) if pages.narrow(frame) else max(len(good), len(bad))
    return 142.0 + 20.0 * max(rows, 1)


def _sides(proposal: Proposal) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]]:
    """What speaks for a proposal and what against it, weightiest first."""
    good = tuple((for_us(name, value), value) for name, value in proposal.terms if value > 0)
    bad = tuple((for_us(name, value), value) for name, value in proposal.terms if value < 0)
    return good[:TERMS], bad[:TERMS]


def _letter(game: Game, proposal: Proposal, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """A proposal: from whom, what, what speaks for and against it, and the answers."""
    yield Panel(rect, theme.RAISED, radius=8, edge=theme.RULE)
    inner = rect.inset(16, 12)
    foot, inner = inner.base(36)
    head, rest = inner.top(44)
    yield from _sender(game, proposal, frame, head)
    yield Line(((inner.x, rest.y + 2), (inner.right, rest.y + 2)), theme.RULE)
    _, rest = rest.top(8)
    good, bad = _sides(proposal)
    most = max((abs(value) for _, value in (*good, *bad)), default=1.0)
    if pages.narrow(frame):
        weightiest = sorted((*good, *bad), key=lambda term: -abs(term[1]))[:FEW]
        yield from _reasons(frame, rest, "What weighs most", tuple(weightiest), most)
    else:
        left, right = rest.columns((1, 1), 36)
        yield from _reasons(frame, left, "Pros", good, most)
        yield from _reasons(frame, right, "Cons", bad, most)
    yield from _answers(game, proposal, frame, foot)


def _sender(game: Game, proposal: Proposal, frame: Frame, rect: Rect) -> Iterator[Shape]:
    state = game.state(proposal.proposer)
    yield from pages.emblem(state, Rect(rect.x, rect.y + 5, 42, 28))
    ours, words = rect.end(0 if pages.narrow(frame) else 250)
    _, words = words.left(58)
    title, line = words.top(22)
    yield Words(title, proposal.sentence, theme.STRONG, theme.TEXT)
    yield Words(line, f"{state.name} awaits your answer", theme.SMALL, theme.FAINT)
    if not pages.narrow(frame) and game.side is not None:
        for number, (text, first, second) in enumerate(
            (("Their view of us", proposal.proposer, game.side), ("Our view of them", game.side, proposal.proposer))
        ):
            row = Rect(ours.x, ours.y + 22 * number, ours.width, 20)
            yield Words(row.left(180)[0], text, theme.SMALL, theme.FAINT, "right")
            value = game.relation(first, second)
            yield Words(row.end(62)[0], pages.told(value), theme.STRONG, pages.ink_of(value), "right")


def _reasons(frame: Frame, rect: Rect, title: str, rows: tuple[tuple[str, float], ...], most: float) -> Iterator[Shape]:
    head, rest = rect.top(22)
    yield Words(head, title, theme.NOTE, theme.FAINT)
    if not rows:
        yield Words(rest.top(20)[0], "nothing of weight", theme.SMALL, theme.FAINT)
    yield from pages.weights(frame, rest, rows, most)


def _answers(game: Game, proposal: Proposal, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """Accept, refuse, or propose something else; what is chosen carries a tick."""
    yes, no = proposal.reply is True, proposal.reply is False
    free = len(game.plan) < game.slots
    why = "Make a counter-offer" if free else "All orders of this turn are planned"
    faces = [
        Button(
            "Counter",
            Counter(proposal.key, proposal.proposer),
            f"counter {proposal.key}",
            "refresh-cw",
            False,
            free,
            why,
        ),
        Button("Reject", Reply(proposal.key, False), f"refuse {proposal.key}", "check" if no else "x", no),
        Button("Accept", Reply(proposal.key, True), f"accept {proposal.key}", "check", yes),
    ]
    yield from pages.buttons(frame, rect, faces)
    said = {True: "Accepted", False: "Rejected", None: ""}[proposal.reply]
    yield Words(Rect(rect.x, rect.y, 140, rect.height), said, theme.STRONG, theme.ACCENT)


def _call(game: Game, dispute: DisputeView, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """A crisis that waits for a choice."""
    yield Panel(rect, theme.RAISED, radius=8, edge=theme.ACCENT)
    inner = rect.inset(16, 10)
    yield Icon(Rect(inner.x, inner.centre[1] - 12, 24, 24), "triangle-alert", theme.ACCENT)
    end, words = inner.left(42)[1].end(170)
    title, line = words.top(24)
    yield Words(title, f"Crisis over {dispute.title}", theme.STRONG, theme.TEXT)
    chosen = game.stances.get(dispute.id)
    other = next(party for party in dispute.parties if party != game.side)
    text = (
        f"{game.state(other).name} is waiting for your choice."
        if chosen is None
        else f"You have chosen: {CHOSEN[chosen]}."
    )
    yield Words(line, text, theme.SMALL, theme.FAINT)
    face = Button("Crisis room", Go("crisis", {"dispute": dispute.id}), f"crisis {dispute.id}", "swords")
    yield from button(frame, end.middle(end.width, 36), face)


CHOSEN = {"escalate": "escalate", "hold": "hold", "off_ramp": "offer an off-ramp", "back_down": "back down"}
"""A choice in a crisis, in words."""


def _asks(question: Question, frame: Frame) -> float:
    return 52.0 + 40.0 * (len(question.options) if pages.narrow(frame) else 1)


def _question(question: Question, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """An event that still waits for a choice."""
    yield Panel(rect, theme.RAISED, radius=8, edge=theme.ACCENT if question.chosen is None else theme.RULE)
    inner = rect.inset(16, 10)
    title, rest = inner.top(30)
    yield Words(title, question.headline, theme.STRONG, theme.TEXT)
    count = len(question.options)
    places = list(rest.rows(34, 6)) if pages.narrow(frame) else list(rest.top(34)[0].columns((1,) * count, 10))
    for (option, label), place in zip(question.options, places, strict=False):
        chosen = option == question.chosen
        face = Button(label, Choose(question.event, option), f"choose {question.event} {option}",
                      "check" if chosen else None, chosen, hint=label)  # fmt: skip
        yield from button(frame, place, face, theme.SMALL)
