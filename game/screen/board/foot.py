"""The bar below the map: what is planned, undo and redo, and the end of the turn with what is still open."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.commands import (
    Advance,
    Commit,
    Drop,
    Redo,
    Undo,
)
from game.play.explained.pending import in_short
from game.play.snapshot import Draft, Game
from game.screen import watching
from game.screen.board.cards import question_shown
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Icon,
    Line,
    Panel,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.widgets import (
    Button,
    button,
    held,
    ring,
)
from game.screen.map.model import Ask, Edit, Model
from game.screen.map.planned import words_of
from game.screen.messages import EndTurn, Go


def view(model: Model, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The plan from the left, the end of the turn on the right."""
    yield Panel(rect, theme.PANEL)
    yield Line(((rect.x, rect.y), (rect.right, rect.y)), theme.RULE)
    inner = rect.inset(14, 8)
    end, rest = inner.end(min(252.0, inner.width * 0.32))
    yield from _end(game, frame, end)
    if game.side is None:
        yield from watching.view(model.watching, game, frame, rest.inset(4, 0))
        return
    steps, rest = rest.end(78)
    for face, place in zip(_steps(game, frame), steps.inset(4, 5).columns((1, 1), 4), strict=True):
        yield from button(frame, place, face)
    for number, place in enumerate(rest.columns((1,) * max(game.slots, 1), 8)):
        if number < len(game.plan):
            yield from _planned(game, frame, place, number, game.plan[number])
        else:
            yield Panel(place, theme.PANEL, radius=7, edge=theme.RULE)
            yield Words(place, f"Order {number + 1}", theme.SMALL, theme.FAINT, "centre")


def _steps(game: Game, frame: Frame) -> tuple[Button, Button]:
    return (
        Button("", Undo(), "undo", "undo-2", live=game.undoable, hint=f"Take back · {frame.key('undo')}"),
        Button("", Redo(), "redo", "redo-2", live=game.redoable, hint=f"Do again · {frame.key('redo')}"),
    )


def _planned(game: Game, frame: Frame, box: Rect, number: int, draft: Draft) -> Iterator[Shape]:
    """An order that is planned, with its cost and the change it would make most of; its cross takes it back."""
    name = f"order {number + 1}"
    over = held(frame, name, box)
    yield Panel(box, theme.mixed(theme.RAISED, theme.TEXT, 0.1 if over else 0.0), radius=7, edge=theme.RULE)
    cross, rest = box.inset(6, 3).end(24)
    inner = rest.inset(6, 0)
    first, second = inner.rows(inner.height / 2)
    yield Words(first, f"{draft.title}: {game.state(draft.target).name}", theme.SMALL, theme.TEXT)
    changes = [words_of(game, *each) for each in draft.ripple]
    cost = f"costs {draft.cost:g}"
    yield Words(second, f"{cost}  \N{MIDDLE DOT}  {changes[0]}" if changes else cost, theme.NOTE, theme.FAINT)
    yield from ring(frame, name, box)
    how = "Press to change it" if draft.kind != "deed" else f"Press to see {game.state(draft.target).name}"
    yield Zone(box, Edit(number), name, "\n".join([draft.sentence, *changes, how]))
    drop = f"drop {number + 1}"
    if held(frame, drop, cross):
        yield Panel(cross, theme.RULE, radius=5)
    yield Icon(cross.middle(14, 14), "x", theme.TEXT if held(frame, drop, cross) else theme.FAINT)
    yield from ring(frame, drop, cross)
    yield Zone(cross, Drop(number), drop, f"Take it back: {draft.title}")


def _end(game: Game, frame: Frame, box: Rect) -> Iterator[Shape]:
    """The button that ends the turn; beneath its name what is still open."""
    if game.finished:
        hint = f"How it ended · {frame.key('end turn')}"
        yield from button(frame, box, Button("Debrief", Go("debrief"), "debrief", "flag", main=True, hint=hint))
        return
    watched = game.side is None
    open_ = () if watched else in_short(game)
    over = held(frame, "end turn", box)
    yield Panel(box, theme.mixed(theme.ACCENT, theme.PAPER, 0.3 if over else 0.0), radius=8)
    sign, rest = box.inset(12, 0).left(26)
    yield Icon(sign.middle(20, 20), "skip-forward", theme.INK)
    label = "Next turn" if watched else "End turn"
    if open_:
        upper, lower = rest.inset(4, 5).rows(rest.inset(4, 5).height / 2)
        yield Words(upper, label, theme.STRONG, theme.INK)
        # Where there is no room for all of it, the first is said; the hint has the rest.
        said = next((each for each in (", ".join(open_), f"{open_[0]} …") if _fits(frame, each, lower)), open_[0])
        yield Words(lower, said, theme.NOTE, theme.INK)
    else:
        yield Words(rest.inset(4, 0), label, theme.STRONG, theme.INK)
    yield from ring(frame, "end turn", box)
    hint = "\n".join([f"{label} · {frame.key('end turn')}", *open_])
    yield Zone(box, Advance() if watched else EndTurn(Commit()), "end turn", hint)


def _fits(frame: Frame, text: str, box: Rect) -> bool:
    return frame.measure(text, theme.NOTE) <= box.width


def chips(model: Model, game: Game, frame: Frame, chart: Rect) -> Iterator[Shape]:
    """A way back to questions that were put off, or answered and may still be answered otherwise."""
    if not game.questions or question_shown(model, game) is not None:
        return
    waiting = [number for number, each in enumerate(game.questions) if each.chosen is None]
    count = len(waiting) or len(game.questions)
    what = "1 question" if count == 1 else f"{count} questions"
    text, icon = (f"{what} open", "circle-help") if waiting else (f"{what} answered", "check")
    box = Rect(chart.centre[0] - 100, chart.bottom - 44, 200, 30)
    hint = "Decide" if waiting else "See or change the answer"
    face = Button(text, Ask(waiting[0] if waiting else 0), "questions", icon, main=bool(waiting), hint=hint)
    yield from button(frame, box, face, theme.SMALL)
