"""deal: a table with two sides, what each gives, how the other leans, what it would take and the most one can ask."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.snapshot import (
    Answer,
    Game,
    Good,
    Option,
    Snapshot,
)
from game.screen.dealing import (
    OFFER_STEP,
    Asked,
    Model,
    Offered,
    Planned,
    Taken,
    advice_on,
    answered,
    deals,
    fields,
    first,
    keys,
    option_of,
    problem_of,
    replaced,
    signed,
    text_of,
    update,
)
from game.screen.kit import fields as building
from game.screen.kit import numbers, theme
from game.screen.kit.fields import (
    HEAD,
    Field,
    Listed,
    Put,
)
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Flag,
    Icon,
    Line,
    Panel,
    Shape,
    View,
    Words,
    Zone,
)
from game.screen.kit.widgets import (
    Button,
    button,
    card,
    held,
    paragraph,
    ring,
    tall,
)

__all__ = ["Model", "first", "keys", "update", "view"]

PANES = ("Deals", "Table", "Answer")
NARROW_PANES = ("Deals", "Table", "Terms", "Answer", "Advice", "Effects")
FOOT, GOOD, PACKAGE = 60.0, 24.0, 30.0
LEANS = 1.0
"""The score at which the bar of acceptance is full."""


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
    yield from building.relations_of(both, game, model.target or "")
    title, inner = inner.top(26)
    yield Words(title, "What is agreed, and its cost", theme.NOTE, theme.FAINT)
    yield from building.acts(frame, inner, deals(model, snapshot), model.act, model.room)


def _table(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What is agreed, the two sides of it and, where there is room, the terms that can be set."""
    option = option_of(model, snapshot)
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
    option = option_of(model, snapshot)
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
    hints = (frame.key("previous state"), frame.key("next state"))
    ask = Button("", Offered(-OFFER_STEP), "ask more", "minus", hint=f"Offer less, or ask for more. Key: {hints[0]}")
    give = Button("", Offered(OFFER_STEP), "offer more", "plus", hint=f"Offer more, or ask for less. Key: {hints[1]}")
    yield from button(frame, less, ask)
    yield from button(frame, more, give)
    box = middle.inset(6, 0)
    yield Panel(box, theme.RAISED, radius=6, edge=theme.RULE)
    text = (
        f"We add {model.side_payment:g}"
        if model.side_payment > 0
        else f"We ask {-model.side_payment:g}"
        if model.side_payment
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
    yield Flag(Rect(head.x, head.y + 4, 27, 18), state.code, state.name, state.colour)
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
    pledge = next((each for each in game.pledges if each.id == model.pledge), None)
    if ours and pledge is not None:
        found.append(Good(f"Pledge: {pledge.title}", kind="pledge"))
    if model.side_payment and (model.side_payment > 0) == ours:
        found.append(Good(f"{abs(model.side_payment):g} political capital", kind="capital"))
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
    return f"{numbers.signed(size, 2)} {good.text[:1].lower()}{good.text[1:]}"


def _icon(good: Good) -> str:
    if good.kind == "pledge":
        return "scroll-text"
    return "coins" if good.kind == "capital" else "trending-up" if good.amount else "file-text"


def _sealed(model: Model, snapshot: Snapshot, game: Game, rect: Rect, ours: bool) -> Iterator[Shape]:
    """Whether a side has agreed to just these terms."""
    answer = answered(model, snapshot, game)
    yield Line(((rect.x, rect.y), (rect.right, rect.y)), theme.RULE)
    if ours:
        agreed, text = signed(model, game), "Signed and planned" if signed(model, game) else "Not signed yet"
    elif answer is None:
        agreed, text = False, "Has not been asked"
    else:
        agreed, text = answer.accepted, "Would probably agree" if answer.accepted else "Would probably refuse"
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
    answer, advice = answered(model, snapshot, game), advice_on(model, snapshot, game)
    shapes, inner = card(rect)
    yield from shapes
    if building.wide(frame):
        fitting = min(max(int((inner.height - 230 - _tall_advice(advice)) // 2 // 24), 3), 8)
        upper, inner = inner.top(56 + 24 * fitting + (24 if answer is not None and answer.veto else 0))
        asked, inner = inner.top(_tall_advice(advice) + 10)
        yield from _leans(model, answer, game, upper)
        yield from _asked(model, advice, game, frame, asked)
        yield from _rippling(model, snapshot, game, frame, inner)
    else:
        yield from _leans(model, answer, game, inner)


def _advised(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What it would take and the most to ask, alone."""
    shapes, inner = card(rect)
    yield from (*shapes, *_asked(model, advice_on(model, snapshot, game), game, frame, inner))


def _effects(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """What third states would make of it, alone."""
    shapes, inner = card(rect)
    yield from (*shapes, *_rippling(model, snapshot, game, frame, inner))


def _rippling(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    answer, preview = answered(model, snapshot, game), snapshot.preview
    title, rest = rect.top(24)
    yield Words(title, "What everybody would make of it", theme.STRONG, theme.TEXT)
    if answer is not None and preview is not None:
        parties = (game.side or "", model.target or "")
        scroll = model.room.scroll("reactions")
        yield from numbers.ripple(frame, rest, game, parties, answer.ripple, preview.tensions, scroll)


def _leans(model: Model, answer: Answer | None, game: Game, rect: Rect) -> Iterator[Shape]:
    """The bar of acceptance, and under it the terms that make it."""
    place, rest = rect.top(52)
    yield from _leaning(answer, game.state(model.target or "").name, place)
    if answer is not None and answer.veto:
        line, rest = rest.top(24)
        yield Words(line, f"{answer.veto}.", theme.SMALL, theme.ACCENT)
    yield Zone(rest, None, "terms", focusable=False, grip=Listed("terms"))
    found = () if answer is None else answer.terms
    yield from numbers.terms(rest, found, game.phrases, model.room.scroll("terms"))


def _leaning(answer: Answer | None, name: str, rect: Rect) -> Iterator[Shape]:
    """The bar of acceptance: from refusal on the left to agreement on the right."""
    head, rest = rect.top(24)
    score = 0.0 if answer is None else answer.score
    text = (
        f"{name} has not been asked"
        if answer is None
        else f"{name} would probably {'agree' if answer.accepted else 'refuse'}"
    )
    yield Words(head, text, theme.HEADING, theme.TEXT)
    if answer is not None:
        likely = "" if answer.veto else f", {answer.chance:.0%} likely"
        yield Words(head, f"{numbers.signed(score, 2)}{likely}", theme.SMALL, theme.TEXT, "right")
    track = Rect(rest.x, rest.y + 8, rest.width, 12)
    middle, share = track.centre[0], min(max(score / LEANS, -1.0), 1.0) * track.width / 2
    yield Panel(track, theme.RULE, radius=6)
    yield Panel(Rect(min(middle, middle + share), track.y, max(abs(share), 2.0), 12), numbers.tone(score), radius=3)
    yield Line(((middle, track.y - 3), (middle, track.bottom + 3)), theme.TEXT)


def _tall_advice(advice: Answer | None) -> float:
    """How much room the buttons and what was answered to them take."""
    if advice is None:
        return 38.0
    return 38.0 + PACKAGE * len(advice.packages) + (42.0 if advice.most else 0.0) + (42.0 if advice.blocker else 0.0)


def _asked(model: Model, advice: Answer | None, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    place, rest = rect.top(32)
    key = frame.key("why")
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
    """Terms that would seem to be agreed to; one click puts them on the table."""
    name = f"package {number + 1}"
    yield Panel(rect, theme.RULE if taken or held(frame, name, rect) else theme.RAISED, radius=6)
    yield Icon(Rect(rect.x + 8, rect.centre[1] - 7, 14, 14), "check" if taken else "package", theme.ACCENT)
    plain = words.strip(" ,")
    said = f"{plain[:1].upper()}{plain[1:]}" if plain else "As it is"
    yield Words(Rect(rect.x + 30, rect.y, rect.width - 38, rect.height), said, theme.SMALL, theme.TEXT)
    yield from ring(frame, name, rect.inset(2))
    yield Zone(rect, Taken(text), name, f"It would probably agree to this. Put it on the table: {said}")


PAINTED = {
    "Deals": _choosing,
    "Table": _table,
    "Terms": _setting,
    "Answer": _answer,
    "Advice": _advised,
    "Effects": _effects,
}


def _foot(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    problem = problem_of(model, snapshot, game)
    answer = answered(model, snapshot, game)
    cost = 0.0 if snapshot.preview is None else snapshot.preview.cost
    doubt = " It would probably be refused as it stands." if answer is not None and not answer.accepted else ""
    text = problem or f"Costs {cost:g} political capital; {game.left:g} left before it.{doubt}"
    label = "Sign and plan" if replaced(model, game) is None else "Sign in its place"
    yield from building.foot(frame, rect, text, label, Planned(), not problem)
