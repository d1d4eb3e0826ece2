"""inbox: what others ask of one's state before the turn is played: proposals to answer, crises to choose in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from game.narrative.wording import dated
from game.play.commands import Choose, Proceed, Reply
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
from game.screen.kit.page import spoken
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
from game.screen.messages import Back, Go, Gripped

TERMS, FEW = 5, 2
"""How many reasons a letter names on each side, and in all where there is little room."""


@dataclass(frozen=True, slots=True)
class Model:
    """How far the letters are scrolled."""

    lists: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counter:
    """Refuse what is proposed, and propose something else."""

    key: str
    state: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Answers are sent, or the window is closed: the inbox is not left unseen."""


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """Ctrl+Enter sends the answers, Enter does when all are given; Esc leads away only from an inbox looked up."""
    game = snapshot.game
    phase = game is not None and game.phase == "inbox"
    done = game is not None and not _unanswered(game)
    return {"end turn": Proceed(), **({"confirm": Proceed()} if done else {}), **({"back": Stay()} if phase else {})}


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Answer, and send the answers."""
    game = snapshot.game
    if game is None:
        return model, ()
    match message:
        case Proceed():
            return model, (Proceed() if game.phase == "inbox" else Back(),)
        case Counter(key, state):
            return model, (Reply(key, False), Go("deal", {"target": state}))
        case Reply() | Go() | Choose():
            return model, (message,)
        case Gripped():
            return replace(model, lists=pages.scrolled(model.lists, message, {"letters": _count(game)})), ()
    return model, ()


def calls(game: Game) -> tuple[DisputeView, ...]:
    """The crises of the side; what it has chosen in them is said with them."""
    return tuple(each for each in game.disputes if max(each.rungs) >= 0 and game.side in each.parties)


def _count(game: Game) -> int:
    return len(game.proposals) + len(calls(game)) + len(game.questions)


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The letters, one under the other."""
    game = snapshot.game
    if game is None or game.side is None:
        return (Panel(frame.rect, theme.PANEL),)
    note = f"{dated(game.date)}  ·  before turn {game.turn} is played"
    shown = pages.page(frame, "What others ask of you", note, game.state(game.side), "bell")
    body = shown.body.middle(min(shown.body.width, pages.WIDEST), shown.body.height)
    pieces = [
        *(Piece(72.0, partial(_call, game, dispute, frame)) for dispute in calls(game)),
        *(Piece(_asks(question, frame), partial(_question, question, frame)) for question in game.questions),
        *(Piece(_height(proposal, frame), partial(_letter, game, proposal, frame)) for proposal in game.proposals),
    ]
    shapes: list[Shape] = [*shown.shapes]
    if not pieces:
        shapes.append(Words(body.top(30)[0], "Nobody asks anything of you.", theme.BODY, theme.FAINT))
    shapes += pages.column(body, pieces, model.lists.get("letters", 0), "letters")
    hint = f"Key: {spoken(frame.settings.key('end turn'))}"
    phase = game.phase == "inbox"
    face = Button("Send the answers" if phase else "Back", Proceed(), "go on", "send", True, hint=hint)
    left, right = shown.foot.columns((3, 2), 12)
    shapes += pages.buttons(frame, right, [face])
    shapes += pages.lines(frame, left.inset(0, 6), _unanswered(game), theme.SMALL, theme.FAINT)[0]
    return tuple(shapes)


def _unanswered(game: Game) -> str:
    """What becomes of what is left open."""
    silent = sum(proposal.reply is None for proposal in game.proposals)
    idle = sum(each.id not in game.stances for each in calls(game))
    parts = [
        f"{silent} {'proposal' if silent == 1 else 'proposals'} without an answer: silence is a refusal."
        * bool(silent),
        "Who chooses nothing in a crisis stands firm." * bool(idle),
    ]
    return " ".join(part for part in parts if part)


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
        yield from _reasons(frame, left, "Speaks for it", good, most)
        yield from _reasons(frame, right, "Speaks against it", bad, most)
    yield from _answers(game, proposal, frame, foot)


def _sender(game: Game, proposal: Proposal, frame: Frame, rect: Rect) -> Iterator[Shape]:
    state = game.state(proposal.proposer)
    yield from pages.emblem(state, Rect(rect.x, rect.y + 5, 42, 28))
    ours, words = rect.end(0 if pages.narrow(frame) else 250)
    _, words = words.left(58)
    title, line = words.top(22)
    yield Words(title, proposal.sentence, theme.STRONG, theme.TEXT)
    yield Words(line, f"{state.name} asks for your word", theme.SMALL, theme.FAINT)
    if not pages.narrow(frame) and game.side is not None:
        for number, (text, first, second) in enumerate(
            ((f"{state.name} of us", proposal.proposer, game.side), ("we of it", game.side, proposal.proposer))
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
    why = "Refuse, and propose something else" if free else "All your orders of this turn are given"
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
        Button("Refuse", Reply(proposal.key, False), f"refuse {proposal.key}", "check" if no else "x", no),
        Button("Accept", Reply(proposal.key, True), f"accept {proposal.key}", "check", yes),
    ]
    yield from pages.buttons(frame, rect, faces)
    said = {True: "You accept.", False: "You refuse.", None: ""}[proposal.reply]
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
        f"{game.state(other).name} waits for what you do." if chosen is None else f"You have chosen: {CHOSEN[chosen]}."
    )
    yield Words(line, text, theme.SMALL, theme.FAINT)
    face = Button("Crisis room", Go("crisis", {"dispute": dispute.id}), f"crisis {dispute.id}", "swords")
    yield from button(frame, end.middle(end.width, 36), face)


CHOSEN = {"escalate": "climb", "hold": "stand firm", "off_ramp": "offer a way out", "back_down": "back down"}
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
