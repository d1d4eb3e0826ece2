"""statement: what is said, to whom, where and by whom, with the reactions of all others live beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from game.play.commands import (
    Consider,
    Drop,
    Plan,
    Survey,
)
from game.play.snapshot import (
    Game,
    Option,
    Preview,
    Snapshot,
)
from game.screen.kit import fields as building
from game.screen.kit import numbers, theme
from game.screen.kit.fields import (
    HEAD,
    Field,
    Open,
    Pick,
    Put,
    Room,
)
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Flag,
    Panel,
    Shape,
    View,
    Words,
)
from game.screen.kit.widgets import (
    bar,
    card,
    paragraph,
    tall,
)
from game.screen.messages import Back, Key

PANES = ("Say", "How", "Reactions")
FOOT = 60.0
first = "act"
"""The control that has the focus when the scene opens."""


@dataclass(frozen=True, slots=True)
class Model:
    """What is being said; `asked` is what was last asked of the engine."""

    target: str | None = None
    act: str | None = None
    about: str | None = None
    audience: str | None = None
    office: str | None = None
    room: Room = field(default_factory=lambda: Room(pane=PANES[0], over=first))
    asked: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """Plan what is being said, and leave."""


def keys(model: Model, snapshot: Snapshot) -> dict[str, Any]:
    """What the keys do here."""
    found: dict[str, Any] = {"end turn": Planned()}
    return {**found, "back": Open("")} if model.room.open else found


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Choose words, and ask at once what would come of them."""
    game = snapshot.game
    if game is None or game.side is None:
        return model, (message,) if isinstance(message, Back) else ()
    match message:
        case Planned():
            return model, _planned(model, snapshot, game)
        case Put(name, value):
            model = _put(model, name, value)
        case Key(name) if name in ("up", "down") and model.room.over == "act":
            model = _beside(model, snapshot, 1 if name == "down" else -1)
        case Key(name) if name in ("left", "right"):
            shown = next((each for each in fields(model, game) if each.name == model.room.over), None)
            if shown is not None:
                model = _put(model, shown.name, shown.beside(1 if name == "right" else -1).id)
        case _:
            model = replace(model, room=model.room.after(message))
    return _asking(model, snapshot, game)


def _put(model: Model, name: str, value: str | None) -> Model:
    closed = replace(model.room, open="", follows=True)
    match name:
        case "target":
            return Model(value, model.act, None, None, model.office, closed)
        case "act":
            return replace(model, act=value, room=closed)
        case "about":
            return replace(model, about=value, room=closed)
        case "audience":
            return replace(model, audience=value, room=closed)
        case "office":
            return replace(model, office=value, room=closed)
    return model


def _beside(model: Model, snapshot: Snapshot, step: int) -> Model:
    """The statement before or after; the model as it is at either end."""
    found = building.neighbour(_statements(model, snapshot), model.act, step)
    return model if found is None else _put(model, "act", found)


def _statements(model: Model, snapshot: Snapshot) -> tuple[Option, ...]:
    return building.ordered(snapshot.options.get(model.target or "", ()), "statement")


def _asking(model: Model, snapshot: Snapshot, game: Game) -> tuple[Model, tuple[Any, ...]]:
    """The model with what may be filled in, and what has to be asked for it to be shown."""
    if model.target is None or model.target == game.side:
        model = replace(model, target=building.states(game, game.side)[0].id)
    found = _statements(model, snapshot)
    if found and model.act not in [each.act for each in found]:
        model = replace(model, act=found[0].act)
    plan = tuple(draft.text for draft in game.plan)
    wanted: list[Any] = []
    if not found and model.asked != (survey := ("survey", model.target, game.turn, plan)):
        model, wanted = replace(model, asked=survey), [Survey(model.target or "")]
    text = text_of(model, game)
    if found and (snapshot.preview is None or snapshot.preview.text != text) and model.asked != (text, plan):
        model, wanted = replace(model, asked=(text, plan)), [Consider(text)]
    return model, tuple(wanted)


def text_of(model: Model, game: Game) -> str:
    """The statement as the text of an order."""
    named = (("audience", model.audience), ("office", model.office), ("about", model.about))
    terms = [f"{key}={value}" for key, value in named if value is not None]
    return " ".join([f"{game.side}: {model.act} {model.target}", *terms])


def _problem(model: Model, snapshot: Snapshot, game: Game) -> str:
    """Why what is being said can't be planned; empty where it can."""
    preview = snapshot.preview
    if preview is None or preview.text != text_of(model, game):
        return "Working out what it would change"
    if preview.problem:
        return preview.problem
    if any(draft.text == preview.text for draft in game.plan):
        return "This is planned already"
    if _replaced(model, game) is None and len(game.plan) >= game.slots:
        return f"All {game.slots} orders of this turn are planned; take one back first"
    return ""


def _replaced(model: Model, game: Game) -> int | None:
    """The planned order of the same kind towards the same state, which this one would replace."""
    start = f"{game.side}: {model.act} {model.target}"
    return next((n for n, draft in enumerate(game.plan) if f"{draft.text} ".startswith(f"{start} ")), None)


def _planned(model: Model, snapshot: Snapshot, game: Game) -> tuple[Any, ...]:
    if _problem(model, snapshot, game):
        return ()
    old = _replaced(model, game)
    return (*(() if old is None else (Drop(old),)), Plan(text_of(model, game)), Back())


def fields(model: Model, game: Game) -> tuple[Field, ...]:
    """Whom it is said to and about, who hears it, who says it."""
    target, side = model.target, game.side
    third = building.states(game, side, target)
    hosts = (each for each in game.states if each.id not in (side, target))
    cities = tuple(Pick(each.id, f"In {each.city or each.name}", each.name, each.code) for each in hosts)
    everywhere = (Pick(None, "In public", "all hear it"), Pick("private", "In private", "the two alone"), *cities)
    nobody = (Pick(None, "Nobody else"), *third)
    voices = tuple(
        Pick(
            None if number == 0 else each.id,
            each.title,
            f"weight {each.weight:g}, cost \N{MULTIPLICATION SIGN}{each.cost:g}",
        )
        for number, each in enumerate(game.offices)
    )
    return (
        Field("target", "To whom", building.states(game, side), target, "Whom it is said to"),
        Field("about", "About", nobody, model.about, "A third state that it is about"),
        Field("audience", "Who hears it", everywhere, model.audience, "In public, in private, or in a third capital"),
        Field("office", "Who says it", voices, model.office, "How much the word weighs, and what it costs"),
    )


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """What is said, how, and what everybody would make of it."""
    game = snapshot.game
    if game is None or game.side is None or model.target is None:
        return (Panel(frame.rect, building.NIGHT),)
    strip, rest = frame.rect.top(HEAD)
    foot, middle = rest.base(FOOT)
    name = game.state(model.target).name
    shapes: list[Shape] = [Panel(frame.rect, building.NIGHT)]
    shapes += building.head(frame, strip, "message-square", f"Statement to {name}", game)
    for pane, place in building.panes(frame, middle.inset(14, 12), PANES, (34, 44, 44), model.room, shapes):
        shapes += PAINTED[pane](model, snapshot, game, frame, place)
    shapes += _foot(model, snapshot, game, frame, foot)
    shown = next((each for each in fields(model, game) if each.name == model.room.open), None)
    if shown is None:
        return tuple(shapes)
    return building.opened(frame, tuple(shapes), shown, model.room.scroll("list"))


def _say(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    shapes, inner = card(rect)
    yield from shapes
    whom, inner = inner.top(building.FIELD)
    yield from building.field(frame, whom, fields(model, game)[0])
    both, inner = inner.top(26)
    yield from building.relations_of(both, game, model.target or "")
    title, inner = inner.top(26)
    yield Words(title, "What is said, and its cost", theme.NOTE, theme.FAINT)
    yield from building.acts(frame, inner, _statements(model, snapshot), model.act, model.room)


def _how(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    shapes, inner = card(rect)
    yield from shapes
    option = next((each for each in _statements(model, snapshot) if each.act == model.act), None)
    preview = snapshot.preview
    if inner.height > 300:
        flags, inner = inner.top(34)
        yield from _flags(model, game, flags)
    if option is not None:
        sentence = preview.sentence if preview is not None else option.title
        words, inner = inner.top(tall(frame, sentence, theme.HEADING, inner.width))
        yield from paragraph(frame, words, sentence, theme.HEADING)
    _, about, audience, office = fields(model, game)
    if not building.wide(frame):
        upper, lower = inner.top(building.FIELD + 10)
        places = [*upper.columns((1, 1), 12), *lower.columns((1, 1), 12)]
        for shown, place in zip((about, audience, office), places, strict=False):
            yield from building.field(frame, place, shown)
        yield from _credit(model, option, game, frame, places[3])
        return
    if option is not None:
        doc, inner = inner.top(tall(frame, option.doc, theme.SMALL, inner.width) + 10)
        yield from paragraph(frame, doc, option.doc, theme.SMALL, theme.FAINT)
    for shown in (about, audience, office):
        place, inner = inner.top(building.FIELD + 6)
        yield from building.field(frame, place, shown)
    yield from _credit(model, option, game, frame, inner)


def _flags(model: Model, game: Game, rect: Rect) -> Iterator[Shape]:
    ours, theirs = game.state(game.side or ""), game.state(model.target or "")
    yield Flag(Rect(rect.x, rect.y, 36, 24), ours.code, ours.name, ours.colour)
    yield Words(Rect(rect.x + 42, rect.y, 24, 24), building.ARROW, theme.HEADING, theme.FAINT, "centre")
    yield Flag(Rect(rect.x + 72, rect.y, 36, 24), theirs.code, theirs.name, theirs.colour)
    if model.about is not None:
        yield Words(Rect(rect.x + 118, rect.y, 50, 24), "about", theme.SMALL, theme.FAINT)
        yield Flag(
            Rect(rect.x + 164, rect.y, 36, 24),
            game.state(model.about).code,
            game.state(model.about).name,
            game.state(model.about).colour,
        )


def _credit(model: Model, option: Option | None, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """How far the one who is spoken to, and the host, take the side at its word; and the word that is given."""
    hosts = [each.id for each in game.states if each.id == model.audience]
    _, rest = rect.top(4)
    title, rest = rest.top(22)
    if title.height < 22:
        return
    yield Words(title, "Our credibility", theme.NOTE, theme.FAINT)
    for listener in (model.target or "", *hosts):
        line, rest = rest.top(26)
        if line.height < 26:
            return
        share = game.trust[game.index(listener)][game.index(game.side or "")]
        name, number = line.left(line.width - 34)
        name, picture = name.left(name.width * 0.5)
        yield Words(name, f"{game.state(listener).name} trusts our word", theme.SMALL, theme.TEXT)
        yield from bar(Rect(picture.x, picture.centre[1] - 4, picture.width - 10, 8), share, theme.ACCENT)
        yield Words(number, f"{100 * share:.0f}", theme.STRONG, theme.TEXT, "right")
    for good in option.gives if option is not None else ():
        text = f"{good.text}. {good.doc}" if good.doc else ""
        if text:
            _, rest = rest.top(4)
            yield from paragraph(
                frame, rest, f"At stake: {text} A word that is broken costs trust.", theme.SMALL, theme.ACCENT
            )


def _reactions(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    shapes, inner = card(rect, "What everybody would make of it")
    yield from shapes
    preview = _present(model, snapshot, game)
    if preview is None:
        yield Words(inner.top(24)[0], "Choose what to say.", theme.SMALL, theme.FAINT)
        return
    parties = (game.side or "", model.target or "")
    scroll = model.room.scroll("reactions")
    yield from numbers.ripple(frame, inner, game, parties, preview.ripple, preview.tensions, scroll)


def _present(model: Model, snapshot: Snapshot, game: Game) -> Preview | None:
    """The preview of what is being said; that of what was said a moment ago, until the new one comes."""
    preview = snapshot.preview
    same = preview is not None and preview.text.startswith(f"{game.side}: ") and f" {model.target}" in preview.text
    return preview if same else None


PAINTED = {"Say": _say, "How": _how, "Reactions": _reactions}


def _foot(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    problem = _problem(model, snapshot, game)
    cost = 0.0 if snapshot.preview is None else snapshot.preview.cost
    text = problem or f"Costs {cost:g} political capital; {game.left:g} left before it."
    label = "Plan it" if _replaced(model, game) is None else "Plan it instead"
    yield from building.foot(frame, rect, text, label, Planned(), not problem)
