"""deal: a table with two sides, what each gives, how the other leans, what it would take and the most one can ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from game.screen import building, theme
from game.screen.building import HEAD, Field, Listed, Open, Pick, Put, Room, Track
from game.screen.commands import Consider, Drop, Plan, Sound, Survey
from game.screen.frame import Frame
from game.screen.geometry import Rect
from game.screen.messages import Back, Click, Drag, Gripped, Key, Wheel
from game.screen.shapes import Dot, Flag, Icon, Line, Panel, Shape, View, Words, Zone
from game.screen.snapshot import Answer, Game, Good, Option, Snapshot
from game.screen.widgets import Button, button, card, held, paragraph, ring, tall

PANES = ("Deals", "Table", "Answer")
NARROW_PANES = ("Deals", "Table", "Terms", "Answer", "Advice", "Effects")
FOOT, GOOD, PACKAGE = 60.0, 24.0, 30.0
OFFER_STEP = 0.25
MOST_OFFERED = 20.0
LEANS = 1.0
"""The score at which the bar of acceptance is full."""
first = "act"
"""The control that has the focus when the scene opens."""


@dataclass(frozen=True, slots=True)
class Model:
    """What lies on the table; `asked` is what was last asked of the engine, `packages` for what text more was asked."""

    target: str | None = None
    act: str | None = None
    value: float | None = None
    offer: float = 0.0
    purpose: str | None = None
    clause: str | None = None
    secret: bool = False
    room: Room = field(default_factory=lambda: Room(pane=PANES[0], over=first))
    asked: tuple[object, ...] = ()
    answer: Answer | None = None  # what was said to "what would it take?", kept while terms are tried out


@dataclass(frozen=True, slots=True)
class Planned:
    """Sign what lies on the table: it is planned, and the table left."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Ask what it would take, and for the most that can be asked."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Offer so much more political capital, or ask so much more where it is below 0."""

    step: float


@dataclass(frozen=True, slots=True)
class Sized:
    """Move the value by so many steps."""

    steps: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Put a package on the table in place of what lies there."""

    text: str


def keys(model: Model, snapshot: Snapshot) -> dict[str, Any]:
    """What the keys do here."""
    found: dict[str, Any] = {
        "end turn": Planned(), "why": Asked(), "zoom in": Sized(1), "zoom out": Sized(-1),
        "previous state": Offered(-OFFER_STEP), "next state": Offered(OFFER_STEP),
    }  # fmt: skip
    return {**found, "back": Open("")} if model.room.open else found


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Change the terms: each change clears what either side had agreed to, and asks anew."""
    game = snapshot.game
    if game is None or game.side is None:
        return model, (message,) if isinstance(message, Back) else ()
    match message:
        case Planned():
            return model, _planned(model, snapshot, game)
        case Asked():
            return replace(model, asked=()), (Sound(text_of(model, game), packages=True),)
    return _asking(_changed(model, message, snapshot, game), snapshot, game)


def _changed(model: Model, message: Any, snapshot: Snapshot, game: Game) -> Model:
    option = _option(model, snapshot)
    match message:
        case Put(name, value):
            return _put(model, name, value)
        case Offered(step):
            return replace(model, offer=min(max(model.offer + step, -MOST_OFFERED), MOST_OFFERED))
        case Sized(steps) if option is not None:
            return _sized(model, option, steps)
        case Taken(text):
            return _taken(model, text)
        case Gripped(Track() as track, Click(x, _) | Drag(x, _, _, _)):
            return replace(model, value=track.value(x))
        case Gripped(Track(), Wheel(_, _, steps)) if option is not None:
            return _sized(model, option, round(steps))
        case Key(name) if name in ("up", "down", "left", "right"):
            return _keyed(model, name, snapshot, game)
    return replace(model, room=model.room.after(message))


def _keyed(model: Model, name: str, snapshot: Snapshot, game: Game) -> Model:
    """An arrow: another deal in their list, another value on the slider, another choice in a field."""
    over, step = model.room.over, 1 if name in ("down", "right") else -1
    option = _option(model, snapshot)
    if name in ("up", "down"):
        found = building.neighbour(_deals(model, snapshot), model.act, step) if over == "act" else None
        return model if found is None else _put(model, "act", found)
    if over == "value" and option is not None:
        return _sized(model, option, step)
    if over == "capital":
        return replace(model, offer=min(max(model.offer + step * OFFER_STEP, -MOST_OFFERED), MOST_OFFERED))
    shown = next((each for each in fields(model, snapshot, game) if each.name == over), None)
    return model if shown is None else _put(model, shown.name, shown.beside(step).id)


def _sized(model: Model, option: Option, steps: int) -> Model:
    if option.unit is None:
        return model
    now, step = model.value if model.value is not None else option.usual, (option.high - option.low) / building.STEPS
    return replace(model, value=building.stepped(now + steps * step, option.low, option.high))


def _put(model: Model, name: str, value: str | None) -> Model:
    closed = replace(model.room, open="", follows=True)
    match name:
        case "target":
            return Model(value, model.act, room=closed)
        case "act" if value != model.act:
            return Model(model.target, value, room=closed)
        case "purpose":
            return replace(model, purpose=value, room=closed)
        case "clause":
            return replace(model, clause=value, room=closed)
        case "secret":
            return replace(model, secret=value is not None, room=closed)
    return replace(model, room=closed)


def _taken(model: Model, text: str) -> Model:
    """The terms of a package, read off the text of its order."""
    terms = text.partition(": ")[2].split()[2:]
    given = dict(term.split("=", 1) for term in terms if "=" in term)
    return replace(
        model,
        value=float(given["value"]) if "value" in given else None,
        offer=float(given.get("offer", 0.0)),
        purpose=given.get("purpose"),
        clause=given.get("clause"),
        secret="secret" in terms,
    )


def _deals(model: Model, snapshot: Snapshot) -> tuple[Option, ...]:
    return building.ordered(snapshot.options.get(model.target or "", ()), "deal")


def _option(model: Model, snapshot: Snapshot) -> Option | None:
    return next((each for each in _deals(model, snapshot) if each.act == model.act), None)


def text_of(model: Model, game: Game) -> str:
    """The deal as the text of an order."""
    terms = [f"value={model.value:.6g}"] if model.value is not None else []
    terms += [f"offer={model.offer:.6g}"] if model.offer else []
    terms += [f"{key}={name}" for key, name in (("purpose", model.purpose), ("clause", model.clause)) if name]
    return " ".join([f"{game.side}: {model.act} {model.target}", *terms, *(["secret"] if model.secret else [])])


def _asking(model: Model, snapshot: Snapshot, game: Game) -> tuple[Model, tuple[Any, ...]]:
    """The model with what may be filled in, and what has to be asked for it to be shown."""
    if model.target is None or model.target == game.side:
        model = replace(model, target=building.states(game, game.side)[0].id)
    found, plan = _deals(model, snapshot), tuple(draft.text for draft in game.plan)
    if found and model.act not in [each.act for each in found]:
        model = Model(model.target, found[0].act, room=model.room)
    answer, text = snapshot.answer, text_of(model, game)
    if answer is not None and (answer.packages or answer.most or answer.blocker):
        model = replace(model, answer=answer)
    if not found:
        survey = ("survey", model.target, game.turn, plan)
        return (model, ()) if model.asked == survey else (replace(model, asked=survey), (Survey(model.target or ""),))
    known = answer is not None and answer.text == text and snapshot.preview is not None
    if (known and snapshot.preview is not None and snapshot.preview.text == text) or model.asked == (text, plan):
        return model, ()
    return replace(model, asked=(text, plan)), (Consider(text), Sound(text))


def _answered(model: Model, snapshot: Snapshot, game: Game) -> Answer | None:
    """What the other side says to just what lies on the table; None where it has not been asked."""
    answer = snapshot.answer
    return answer if answer is not None and answer.text == text_of(model, game) else None


def _advice(model: Model, snapshot: Snapshot, game: Game) -> Answer | None:
    """What it would take, and the most to ask, for the deal on the table."""
    start = f"{game.side}: {model.act} {model.target} "
    answer = model.answer
    return answer if answer is not None and f"{answer.text} ".startswith(start) else None


def _replaced(model: Model, game: Game) -> int | None:
    """The planned order of the same kind towards the same state, which this one would replace."""
    start = f"{game.side}: {model.act} {model.target} "
    return next((n for n, draft in enumerate(game.plan) if f"{draft.text} ".startswith(start)), None)


def _signed(model: Model, game: Game) -> bool:
    """Whether just what lies on the table is planned: this side has signed."""
    return any(draft.text == text_of(model, game) for draft in game.plan)


def _fault(model: Model, snapshot: Snapshot, game: Game) -> str:
    """Why what lies on the table can't be planned; empty where it can."""
    preview = snapshot.preview
    if preview is None or preview.text != text_of(model, game):
        return "Waiting for an answer"
    if preview.fault:
        return preview.fault
    if _signed(model, game):
        return "This is planned already"
    if _replaced(model, game) is None and len(game.plan) >= game.slots:
        return f"All {game.slots} orders of this turn are planned; take one back first"
    return ""


def _planned(model: Model, snapshot: Snapshot, game: Game) -> tuple[Any, ...]:
    if _fault(model, snapshot, game):
        return ()
    old = _replaced(model, game)
    return (*(() if old is None else (Drop(old),)), Plan(text_of(model, game)), Back())


def fields(model: Model, snapshot: Snapshot, game: Game) -> tuple[Field, ...]:
    """With whom, and the terms that are chosen from a list."""
    option = _option(model, snapshot)
    found = [Field("target", "With whom", building.states(game, game.side), model.target, "Who is to agree")]
    clauses = tuple(Pick(each.id, each.title) for each in game.promises)
    if clauses:
        hint = "A pledge that we give with the deal"
        found.append(Field("clause", "Our pledge with it", (Pick(None, "None"), *clauses), model.clause, hint))
    if option is not None and option.signs is not None and game.quarrels:
        picks = (Pick(None, "None stated"), *(Pick(each.id, each.title) for each in game.quarrels))
        found.append(Field("purpose", "Said to be for", picks, model.purpose, "What the agreement is said to be for"))
    if option is not None and option.secret:
        veils = (Pick(None, "In the open"), Pick("secret", "In secret", "it may come out"))
        chosen = "secret" if model.secret else None
        found.append(Field("secret", "How it is made", veils, chosen, "A secret deal stirs nobody until it comes out"))
    return tuple(found)


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The deals, the table, and the answer."""
    game = snapshot.game
    if game is None or game.side is None or model.target is None:
        return (Panel(frame.rect, building.NIGHT),)
    strip, rest = frame.rect.top(HEAD)
    foot, middle = rest.base(FOOT)
    shapes: list[Shape] = [Panel(frame.rect, building.NIGHT)]
    shapes += building.head(frame, strip, "handshake", f"Deal with {game.state(model.target).name}", game)
    names = PANES if building.wide(frame) else NARROW_PANES
    for pane, place in building.panes(frame, middle.inset(14, 12), names, (30, 52, 44), model.room, shapes):
        shapes += PAINTED[pane](model, snapshot, game, frame, place)
    shapes += _foot(model, snapshot, game, frame, foot)
    shown = next((each for each in fields(model, snapshot, game) if each.name == model.room.open), None)
    if shown is None:
        return tuple(shapes)
    return building.opened(frame, tuple(shapes), shown, model.room.scroll("list"))


def _choosing(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    shapes, inner = card(rect)
    yield from shapes
    whom, inner = inner.top(building.FIELD)
    yield from building.field(frame, whom, fields(model, snapshot, game)[0])
    both, inner = inner.top(26)
    yield from building.regards(both, game, model.target or "")
    title, inner = inner.top(26)
    yield Words(title, "What is agreed, and its cost", theme.NOTE, theme.FAINT)
    yield from building.acts(frame, inner, _deals(model, snapshot), model.act, model.room)


def _table(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What is agreed, the two sides of it and, where there is room, the terms that can be set."""
    option = _option(model, snapshot)
    shapes, inner = card(rect)
    yield from shapes
    if option is None:
        return
    title, inner = inner.top(26)
    yield Words(title, option.title, theme.HEADING, theme.TEXT)
    if option.turns is not None:
        yield Words(title, f"lasts {option.turns} turns", theme.SMALL, theme.FAINT, "right")
    if building.wide(frame):
        doc, inner = inner.top(tall(frame, option.doc, theme.SMALL, inner.width) + 8)
        yield from paragraph(frame, doc, option.doc, theme.SMALL, theme.FAINT)
        lower, inner = inner.base(len(_controls(model, option, snapshot, game)) * (building.FIELD + 4))
        yield from _terms(model, option, snapshot, game, frame, lower)
    for ours, place in zip((True, False), inner.columns((1, 1), 10), strict=True):
        yield from _side(model, option, snapshot, game, frame, place, ours)


def _setting(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The terms alone, where the table has no room for them."""
    option = _option(model, snapshot)
    shapes, inner = card(rect)
    yield from shapes
    if option is not None:
        yield from _terms(model, option, snapshot, game, frame, inner)


def _terms(model: Model, option: Option, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    controls = _controls(model, option, snapshot, game)
    for shown, place in zip(controls, rect.rows(building.FIELD - 4, 4), strict=False):
        yield from _control(model, option, frame, place, shown)


Control = str | Field | tuple[Field, ...]


def _controls(model: Model, option: Option, snapshot: Snapshot, game: Game) -> list[Control]:
    """What can be set, row by row: the value, the capital, and what is chosen from lists, two in a row."""
    chosen = fields(model, snapshot, game)[1:]
    rows: list[Control] = ["value"] if option.unit is not None else []
    rows.append("capital")
    rows += [chosen[start : start + 2] for start in range(0, len(chosen), 2)]
    return rows


def _control(model: Model, option: Option, frame: Frame, rect: Rect, shown: Control) -> Iterator[Shape]:
    if shown == "value":
        yield from _value(model, option, frame, rect)
    elif shown == "capital":
        yield from _capital(model, frame, rect)
    elif isinstance(shown, tuple):
        for each, place in zip(shown, rect.columns((1,) * len(shown), 12), strict=True):
            yield from building.field(frame, place, each)


def _value(model: Model, option: Option, frame: Frame, rect: Rect) -> Iterator[Shape]:
    label, track = rect.top(18)
    now = option.usual if model.value is None else model.value
    yield Words(label, f"Value, {option.low:g} to {option.high:g} {option.unit}", theme.NOTE, theme.FAINT)
    number, track = track.end(110)
    yield Words(number, f"{now:g} {option.unit}", theme.STRONG, theme.TEXT, "right")
    yield from building.slider(frame, track, "value", now, option.low, option.high, option.usual)


def _capital(model: Model, frame: Frame, rect: Rect) -> Iterator[Shape]:
    label, control = rect.top(18)
    yield Words(label, "Political capital that goes with it", theme.NOTE, theme.FAINT)
    control = Rect(control.x, control.y, control.width, 30)
    less, rest = control.left(34)
    more, middle = rest.end(34)
    hints = (frame.settings.key("previous state"), frame.settings.key("next state"))
    ask = Button("", Offered(-OFFER_STEP), "ask more", "minus", hint=f"Offer less, or ask for more. Key: {hints[0]}")
    give = Button("", Offered(OFFER_STEP), "offer more", "plus", hint=f"Offer more, or ask for less. Key: {hints[1]}")
    yield from button(frame, less, ask)
    yield from button(frame, more, give)
    box = middle.inset(6, 0)
    yield Panel(box, theme.RAISED, radius=6, edge=theme.RULE)
    text = (
        f"We add {model.offer:g}"
        if model.offer > 0
        else f"We ask {-model.offer:g}"
        if model.offer
        else "None either way"
    )
    yield Words(box, text, theme.BODY, theme.TEXT, "centre")
    yield from ring(frame, "capital", box.inset(2))
    yield Zone(box, Put("capital", None), "capital", "Left asks for more, right offers more")


def _side(
    model: Model, option: Option, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect, ours: bool
) -> Iterator[Shape]:
    """One side of the table: who it is, what it gives, and whether it has agreed."""
    state = game.state((game.side if ours else model.target) or "")
    yield Panel(rect, theme.mixed(theme.PANEL, theme.RAISED, 0.6), radius=8, edge=theme.RULE)
    inner = rect.inset(10, 8)
    head, inner = inner.top(26)
    yield Flag(Rect(head.x, head.y + 4, 27, 18), state.code)
    name = Rect(head.x + 36, head.y, head.width - 36, head.height)
    yield Words(name, "We give" if ours else f"{state.name} gives", theme.STRONG, theme.TEXT)
    seal, inner = inner.base(26)
    goods = _goods(model, option, game, ours)
    if goods:
        yield from _listed(frame, inner.inset(0, 4), goods, option, model, ours)
    elif inner.height > GOOD:
        yield Words(inner.inset(0, 4).top(GOOD)[0], "Nothing but consent", theme.SMALL, theme.FAINT)
    yield from _sealed(model, snapshot, game, seal, ours)


def _goods(model: Model, option: Option, game: Game, ours: bool) -> tuple[Good, ...]:
    """What a side gives: what belongs to the deal, and what is added on the table."""
    found = list(option.gives if ours else option.gets)
    clause = next((each for each in game.promises if each.id == model.clause), None)
    if ours and clause is not None:
        found.append(Good(f"Pledge: {clause.title}"))
    if model.offer and (model.offer > 0) == ours:
        found.append(Good(f"{abs(model.offer):g} political capital"))
    return tuple(found)


def _listed(
    frame: Frame, rect: Rect, goods: tuple[Good, ...], option: Option, model: Model, ours: bool
) -> Iterator[Shape]:
    """What a side gives, as far as there is room; how much more there is where there is none."""
    rest = rect
    for number, good in enumerate(goods):
        text = _worded(good, option, model)
        height = tall(frame, text, theme.SMALL, rect.width - 22) + 5
        more = len(goods) - number
        if rest.height < height + (GOOD if more > 1 else 0.0):
            hint = "\n".join(_worded(each, option, model) for each in goods[number:])
            yield Words(rest.top(GOOD)[0], f"and {more} more", theme.SMALL, theme.FAINT)
            yield Zone(rest.top(GOOD)[0], None, f"{'we' if ours else 'they'} give more", hint, focusable=False)
            return
        place, rest = rest.top(height)
        yield Icon(Rect(place.x, place.y + 3, 14, 14), _icon(good), theme.ACCENT)
        yield from paragraph(frame, Rect(place.x + 22, place.y, place.width - 22, height), text, theme.SMALL)
        if good.doc:
            name = f"{'we' if ours else 'they'} give {good.text}"
            yield Zone(place, None, name, good.doc, focusable=False)


def _worded(good: Good, option: Option, model: Model) -> str:
    """What is given, with how much of it the value on the table makes."""
    if not good.amount:
        return good.text
    size = good.amount * (1.0 if model.value is None or option.unit is None else model.value / option.usual)
    return f"{building.signed(size, 2)} {good.text[:1].lower()}{good.text[1:]}"


def _icon(good: Good) -> str:
    if good.text.startswith("Pledge: "):
        return "scroll-text"
    return "coins" if good.text.endswith("political capital") else "trending-up" if good.amount else "file-text"


def _sealed(model: Model, snapshot: Snapshot, game: Game, rect: Rect, ours: bool) -> Iterator[Shape]:
    """Whether a side has agreed to just these terms."""
    answer = _answered(model, snapshot, game)
    yield Line(((rect.x, rect.y), (rect.right, rect.y)), theme.RULE)
    if ours:
        agreed, text = _signed(model, game), "Signed and planned" if _signed(model, game) else "Not signed yet"
    elif answer is None:
        agreed, text = False, "Has not been asked"
    else:
        agreed, text = answer.accepted, "Would agree" if answer.accepted else "Would refuse"
    waiting = not agreed and (ours or answer is None)
    icon, ink = (
        ("check", building.PLUS)
        if agreed
        else ("clock" if waiting else "x", theme.FAINT if waiting else building.MINUS)
    )
    yield Icon(Rect(rect.x, rect.centre[1] - 6, 16, 16), icon, ink)
    yield Words(Rect(rect.x + 24, rect.y + 3, rect.width - 24, rect.height - 3), text, theme.STRONG, theme.TEXT)


def _answer(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """How the other side leans and, where there is room, what it would take and what everybody would make of it."""
    answer, advice = _answered(model, snapshot, game), _advice(model, snapshot, game)
    shapes, inner = card(rect)
    yield from shapes
    if building.wide(frame):
        fitting = min(max(int((inner.height - 230 - _tall_advice(advice)) // 2 // 24), 3), 8)
        upper, inner = inner.top(56 + 24 * fitting + (24 if answer is not None and answer.hurdle else 0))
        asked, inner = inner.top(_tall_advice(advice) + 10)
        yield from _leans(model, answer, game, upper)
        yield from _asked(model, advice, game, frame, asked)
        yield from _rippling(model, snapshot, game, frame, inner)
    else:
        yield from _leans(model, answer, game, inner)


def _advised(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What it would take and the most to ask, alone."""
    shapes, inner = card(rect)
    yield from (*shapes, *_asked(model, _advice(model, snapshot, game), game, frame, inner))


def _effects(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What third states would make of it, alone."""
    shapes, inner = card(rect)
    yield from (*shapes, *_rippling(model, snapshot, game, frame, inner))


def _rippling(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    answer, preview = _answered(model, snapshot, game), snapshot.preview
    title, rest = rect.top(24)
    yield Words(title, "What everybody would make of it", theme.STRONG, theme.TEXT)
    if answer is not None and preview is not None:
        parties = (game.side or "", model.target or "")
        scroll = model.room.scroll("reactions")
        yield from building.ripple(frame, rest, game, parties, answer.ripple, preview.tensions, scroll)


def _leans(model: Model, answer: Answer | None, game: Game, rect: Rect) -> Iterator[Shape]:
    """The bar of acceptance, and under it the terms that make it."""
    place, rest = rect.top(52)
    yield from _leaning(answer, game.state(model.target or "").name, place)
    if answer is not None and answer.hurdle:
        line, rest = rest.top(24)
        yield Words(line, f"{answer.hurdle}.", theme.SMALL, theme.ACCENT)
    yield Zone(rest, None, "terms", focusable=False, grip=Listed("terms"))
    found = () if answer is None else answer.terms
    yield from building.terms(rest, found, game.phrases, model.room.scroll("terms"))


def _leaning(answer: Answer | None, name: str, rect: Rect) -> Iterator[Shape]:
    """The bar of acceptance: from refusal on the left to agreement on the right."""
    head, rest = rect.top(24)
    score = 0.0 if answer is None else answer.score
    text = (
        f"{name} has not been asked"
        if answer is None
        else f"{name} {'would agree' if answer.accepted else 'would refuse'}"
    )
    yield Words(head, text, theme.HEADING, theme.TEXT)
    if answer is not None:
        luck = f", luck {building.signed(answer.luck, 2)}" if answer.luck else ""
        yield Words(head, f"{building.signed(score, 2)}{luck}", theme.SMALL, theme.TEXT, "right")
    track = Rect(rest.x, rest.y + 8, rest.width, 12)
    middle, share = track.centre[0], min(max(score / LEANS, -1.0), 1.0) * track.width / 2
    yield Panel(track, theme.RULE, radius=6)
    yield Panel(Rect(min(middle, middle + share), track.y, max(abs(share), 2.0), 12), building.tone(score), radius=3)
    yield Line(((middle, track.y - 3), (middle, track.bottom + 3)), theme.TEXT)
    if answer is not None and answer.luck:
        at = middle + min(max((score + answer.luck) / LEANS, -1.0), 1.0) * track.width / 2
        yield Dot((at, track.centre[1]), 5, theme.TEXT, theme.INK)


def _tall_advice(advice: Answer | None) -> float:
    """How much room the buttons and what was answered to them take."""
    if advice is None:
        return 38.0
    return 38.0 + PACKAGE * len(advice.packages) + (42.0 if advice.most else 0.0) + (42.0 if advice.blocker else 0.0)


def _asked(model: Model, advice: Answer | None, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    place, rest = rect.top(32)
    key = frame.settings.key("why")
    face = Button(
        "What would it take, and what is the most I can ask?", Asked(), "ask", "circle-help", hint=f"Key: {key}"
    )
    yield from button(frame, place, face, theme.SMALL)
    if advice is None:
        return
    _, rest = rest.top(6)
    if advice.blocker:
        text, rest = rest.top(42)
        yield from paragraph(frame, text, f"Nothing would do. {advice.blocker}.", theme.SMALL, theme.ACCENT)
    for number, (order, words) in enumerate(advice.packages):
        row, rest = rest.top(PACKAGE)
        yield from _package(frame, row.inset(0, 2), number, order, words, order == text_of(model, game))
    if advice.most:
        yield from paragraph(frame, rest, f"The most to ask: {advice.most}.", theme.SMALL)


def _package(frame: Frame, rect: Rect, number: int, text: str, words: str, taken: bool) -> Iterator[Shape]:
    """Terms that would be agreed to; one click puts them on the table."""
    name = f"package {number + 1}"
    yield Panel(rect, theme.RULE if taken or held(frame, name, rect) else theme.RAISED, radius=6)
    yield Icon(Rect(rect.x + 8, rect.centre[1] - 7, 14, 14), "check" if taken else "package", theme.ACCENT)
    plain = words.strip(" ,")
    said = f"{plain[:1].upper()}{plain[1:]}" if plain else "As it is"
    yield Words(Rect(rect.x + 30, rect.y, rect.width - 38, rect.height), said, theme.SMALL, theme.TEXT)
    yield from ring(frame, name, rect.inset(2))
    yield Zone(rect, Taken(text), name, f"It would agree to this. Put it on the table: {said}")


PAINTED = {
    "Deals": _choosing,
    "Table": _table,
    "Terms": _setting,
    "Answer": _answer,
    "Advice": _advised,
    "Effects": _effects,
}


def _foot(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    fault = _fault(model, snapshot, game)
    answer = _answered(model, snapshot, game)
    cost = 0.0 if snapshot.preview is None else snapshot.preview.cost
    doubt = " It would be refused as it stands." if answer is not None and not answer.accepted else ""
    text = fault or f"Costs {cost:g} political capital; {game.left:g} left before it.{doubt}"
    label = "Sign and plan" if _replaced(model, game) is None else "Sign in its place"
    yield from building.foot(frame, rect, text, label, Planned(), not fault)
