"""debrief: how it ended: what everybody wanted, what was hidden, the story in lines, and what might have been."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from game.narrative.wording import dated
from game.play import debrief_page
from game.play.commands import Export, Leave, Retrace
from game.play.snapshot import (
    Counterfactual,
    Game,
    ObjectiveView,
    Snapshot,
    StateCard,
)
from game.screen.kit import panes as pages
from game.screen.kit import plots, theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.page import Choice, choices
from game.screen.kit.panes import Piece
from game.screen.kit.shapes import (
    Icon,
    Line,
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.widgets import Button, bar
from game.screen.messages import (
    Back,
    Go,
    Gripped,
    Swap,
    Tick,
)

first = "export"

ASKS = 0.5
"""Seconds between two looks whether what might have been is worked out."""

PARTS = {"end": "Verdict", "aims": "Results", "story": "Story", "detours": "What if"}


@dataclass(frozen=True, slots=True)
class Model:
    """How far the objectives are scrolled, what is shown where there is room for one thing, and when it was asked."""

    part: str = "end"
    lists: Mapping[str, int] = field(default_factory=dict)
    waited: float = ASKS


@dataclass(frozen=True, slots=True)
class Part:
    """Show one of the parts."""

    name: str


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """The pages that lead on from here."""
    return {"timeline": Go("timeline"), "log": Go("log"), "charts": Go("charts"), "matrix": Go("matrix")}


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Look, keep the page, leave."""
    game = snapshot.game
    if game is None:
        return model, ()
    match message:
        case Tick(seconds) if game.finished and game.seats and snapshot.counterfactuals is None:
            waited = model.waited + seconds
            return (replace(model, waited=0.0), (Retrace(),)) if waited >= ASKS else (replace(model, waited=waited), ())
        case Part(name):
            return replace(model, part=name), ()
        case Leave():
            return model, (Leave(), Swap("title"))
        case Go() | Back() | Export():
            return model, (message,)
        case Gripped():
            sizes = {"aims": len(debrief_page.standings(game))}
            return replace(model, lists=pages.scrolled(model.lists, message, sizes)), ()
    return model, ()


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """Objectives on the left, the story and what might have been on the right."""
    game = snapshot.game
    if game is None:
        return (Panel(frame.rect, theme.PANEL),)
    flag = None if game.side is None else game.state(game.side)
    note = "Debrief"
    shown = pages.page(frame, game.title, note, flag, "flag")
    shapes: list[Shape] = [*shown.shapes]
    if pages.narrow(frame):
        shapes += _one(model, game, snapshot, frame, shown.body)
    else:
        head, height = _verdict(game, snapshot, frame, shown.body)
        shapes += head
        body = shown.body.top(height)[1]
        left, right = body.columns((7, 11), 30)
        shapes += _objectives(model, game, frame, left)
        strip = bool(game.seats)
        upper, lower = right.top(right.height * (0.52 if strip else 1.0))
        shapes += _story(game, frame, upper)
        if strip:
            shapes += _counterfactuals(game, snapshot.counterfactuals, frame, lower.top(14)[1])
    shapes += pages.buttons(frame, shown.foot, _faces())
    return tuple(shapes)


def _verdict(game: Game, snapshot: Snapshot, frame: Frame, rect: Rect) -> tuple[list[Shape], float]:
    """How it came out, why it ended, and what would have kept it from it; and how high that stands."""
    shapes: list[Shape] = [Words(rect.top(30)[0], debrief_page.verdict(game), theme.HEADING, theme.ACCENT)]
    y = 32.0
    texts = (debrief_page.ending(game), *debrief_page.why(game, snapshot.counterfactuals))
    for number, text in enumerate(texts):
        style = theme.BODY if number == 0 else theme.SMALL
        drawn, height = pages.lines(frame, rect.top(y)[1], text, style, theme.TEXT if number < 2 else theme.FAINT)
        shapes += drawn
        y += height + 2
    return shapes, min(y + 10, rect.height * 0.45)


def _one(model: Model, game: Game, snapshot: Snapshot, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """One part at a time, where there is no room for more."""
    tabs, rest = rect.top(36)
    names = [name for name in PARTS if name != "detours" or game.seats]
    part = model.part if model.part in names else names[0]
    yield from choices(
        frame, tabs, tuple(Choice(PARTS[each], Part(each), f"tab {each}", each == part) for each in names)
    )
    rest = rest.top(8)[1]
    if part == "end":
        yield from _verdict(game, snapshot, frame, rest)[0]
    elif part == "aims":
        yield from _objectives(model, game, frame, rest)
    elif part == "story":
        yield from _story(game, frame, rest)
    else:
        yield from _counterfactuals(game, snapshot.counterfactuals, frame, rest)


def _faces() -> tuple[Button, ...]:
    return (
        Button("Log", Go("log"), "log", "list"),
        Button("Charts", Go("charts"), "charts", "chart-line"),
        Button("Timeline", Go("timeline"), "timeline", "history"),
        Button("The map", Back(), "map", "map", hint="Look at the board as it was left"),
        Button("Leave", Leave(), "leave", "log-out", hint="Save and quit to title"),
        Button("Export as HTML", Export(), "export", "download", True, hint="Write this debrief as one HTML page"),
    )


def _objectives(model: Model, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What everybody wanted and reached; what was hidden is told now."""
    head, rest = rect.top(0 if pages.narrow(frame) else 32)
    if head.height:
        yield Words(head.top(24)[0], "Results", theme.HEADING, theme.TEXT)
    found = debrief_page.standings(game)
    pieces = [
        Piece(
            40.0 + sum(_objective_height(frame, objective, rect.width) for objective in objectives),
            partial(_state, game, state, objectives, frame),
        )
        for state, objectives in found
    ]
    yield from pages.column(rest, pieces, model.lists.get("aims", 0), "aims", 10)


def _objective_height(frame: Frame, objective: ObjectiveView, width: float) -> float:
    return pages.high(frame, _label(objective), theme.SMALL, width - pages.SCROLLER - 68, 3) + 3


def _label(objective: ObjectiveView) -> str:
    return f"{objective.label} (was hidden)" if objective.hidden else objective.label


def _state(
    game: Game, state: StateCard, objectives: tuple[ObjectiveView, ...], frame: Frame, rect: Rect
) -> Iterator[Shape]:
    head, rest = rect.top(26)
    yield from pages.emblem(state, Rect(head.x, head.y + 4, 27, 18))
    _, line = head.left(38)
    number, line = line.end(86)
    own = state.id == game.side
    name = f"{state.name} (you)" if own else state.name
    width = frame.measure(name, theme.STRONG) + 14
    yield Words(line.left(width)[0], name, theme.STRONG, theme.ACCENT if own else theme.TEXT)
    whole = sum(objective.points for objective in objectives)
    track = line.left(width)[1]
    if track.width > 40:
        share = state.points / whole if whole else 0.0
        yield from bar(Rect(track.x, track.centre[1] - 3, track.width, 6), share, theme.ACCENT if own else pages.BETTER)
    text = f"{state.points:g} of {whole:g}".replace("-", pages.MINUS)
    yield Words(number, text, theme.STRONG, theme.TEXT, "right")
    rest = rest.top(4)[1]
    for objective in objectives:
        sign, ink = ("check", pages.BETTER) if objective.held else ("x", pages.WORSE)
        yield Icon(Rect(rest.x + 6, rest.y + 1, 16, 16), sign, ink)
        points, words = rest.left(38)[1].end(30)
        drawn, height = pages.lines(
            frame, words, _label(objective), theme.SMALL, theme.TEXT if objective.held else theme.FAINT, 3
        )
        yield from drawn
        yield Words(points.top(18)[0], f"{objective.points:g}", theme.SMALL, theme.FAINT, "right")
        rest = rest.top(height + 3)[1]


def _story(game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The relations that went farthest up and down."""
    head, rest = rect.top(32)
    title = "Others' view of you" if game.side is not None else "The relations that moved most"
    yield Words(head.top(24)[0], title, theme.HEADING, theme.TEXT)
    pairs = debrief_page.key_pairs(game)
    shown = [
        plots.Curve(pages.relation(game, *pair), debrief_page.path(game, *pair), plots.CURVES[number])
        for number, pair in enumerate(pairs)
    ]
    yield from lines_of(frame, rest, shown, ("start", *map(plots.short, game.dates[1:])))


def lines_of(
    frame: Frame, rect: Rect, shown: list[plots.Curve], dates: tuple[str, ...], names: float = 190.0
) -> Iterator[Shape]:
    """Curves of relations over turns, with their names at their ends."""
    values = [value for curve in shown for value in curve.values if value is not None]
    last = max((len(curve.values) for curve in shown), default=1) - 1
    if not values or last < 1:
        yield Words(rect.top(24)[0], "No turn has been played yet.", theme.SMALL, theme.FAINT)
        return
    room = min(names, rect.width * 0.4)
    inner = Rect(rect.x + 46, rect.y + 8, rect.width - 46 - room, rect.height - 36)
    field = plots.plot(inner, values, float(last), (-100.0, 100.0))
    yield from plots.axes(field, dates, frame)
    yield from plots.curves(field, shown)
    yield from plots.names(field, shown, frame, room)


def _counterfactuals(
    game: Game, counterfactuals: tuple[Counterfactual, ...] | None, frame: Frame, rect: Rect
) -> Iterator[Shape]:
    """Up to three orders without which it would have come out otherwise."""
    head, rest = rect.top(30)
    yield Words(head.top(24)[0], "What if", theme.HEADING, theme.TEXT)
    if not counterfactuals:
        text = "The game is being played again without your weightiest orders…"
        if counterfactuals is not None:
            text = "Without any one of your orders it would have come out much the same."
        yield Words(rest.top(24)[0], text, theme.SMALL, theme.FAINT)
        return
    for counterfactual, place in zip(
        counterfactuals, rest.columns((1,) * max(len(counterfactuals), 2), 14), strict=False
    ):
        yield from _counterfactual(game, counterfactual, frame, place)


def _counterfactual(game: Game, counterfactual: Counterfactual, frame: Frame, rect: Rect) -> Iterator[Shape]:
    yield Panel(rect, theme.RAISED, radius=8, edge=theme.RULE)
    inner = rect.inset(12, 9)
    when, rest = inner.top(17)
    yield Words(when, f"{dated(counterfactual.date)}, without this order:", theme.NOTE, theme.FAINT)
    drawn, height = pages.lines(frame, rest, counterfactual.text, theme.SMALL, theme.TEXT, 2)
    yield from drawn
    number, rest = rest.top(height + 4)[1].top(22)
    yield Words(number, debrief_page.instead(counterfactual), theme.STRONG, theme.ACCENT)
    pair, rest = rest.top(18)
    yield Words(
        pair,
        f"{game.state(counterfactual.first).name} {debrief_page.ARROW} {_who(game, counterfactual)}",
        theme.SMALL,
        theme.FAINT,
    )
    note = debrief_page.aside(counterfactual)
    if note:
        foot, rest = rest.base(min(pages.high(frame, note, theme.NOTE, inner.width, 2) + 2, rest.height))
        yield from pages.lines(frame, foot, note, theme.NOTE, theme.FAINT, 2)[0]
    if rest.height > 48:
        yield from _twins(counterfactual, frame, rest.inset(0, 5))


def _who(game: Game, counterfactual: Counterfactual) -> str:
    return "you" if counterfactual.state == game.side else game.state(counterfactual.second).name


def _twins(counterfactual: Counterfactual, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """Both courses: as it came, and dashed as it would have come."""
    shown = [
        plots.Curve("as it came", counterfactual.line, theme.FAINT),
        plots.Curve("without it", counterfactual.other, theme.ACCENT, True),
    ]
    foot, rest = rect.base(17)
    for curve, place in zip(shown, foot.columns((1, 1), 8), strict=True):
        y = place.centre[1]
        yield Line(((place.x, y), (place.x + 20, y)), curve.colour, 2.0, curve.dashed)
        yield Words(place.left(27)[1], curve.name, theme.NOTE, theme.FAINT)
    inner = rest.inset(4, 6)
    values = [*counterfactual.line, *counterfactual.other]
    field = plots.Plot(inner, 0.0, float(max(len(counterfactual.line) - 1, 1)), min(values) - 1.0, max(values) + 1.0)
    yield from plots.curves(field, shown)
