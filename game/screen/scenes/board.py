"""board: the map, what may be done, and the turn. Most of a game is played here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from game.play.commands import (
    Advance,
    Answered,
    Choose,
    Commit,
    Consider,
    Drop,
    Explain,
    Plan,
    Redo,
    Save,
    Survey,
    Undo,
)
from game.play.snapshot import Draft, Game, Option, Snapshot
from game.screen import watching
from game.screen.board import (
    cards,
    dossier,
    foot,
    head,
    orders,
    panel,
)
from game.screen.board.head import crisis_of
from game.screen.kit import theme
from game.screen.kit.editing import Written
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Panel,
    Shape,
    View,
    zone_at,
)
from game.screen.map import chart, corners
from game.screen.map.atlas import state_at
from game.screen.map.mapping import Outlook, framing
from game.screen.map.model import (
    AT_REST,
    MODES,
    Ask,
    Chart,
    Cycle,
    Edit,
    Every,
    Gauge,
    Look,
    Mode,
    Model,
    Open,
    Pan,
    Scroll,
    Search,
    Show,
    Tab,
    Take,
    Turned,
    Weigh,
    centre_of,
    drawn_as_graph,
    on_map,
)
from game.screen.messages import (
    Click,
    Drag,
    EndTurn,
    Focus,
    Go,
    Gripped,
    Inquired,
    Key,
    Over,
    Tick,
    Wheel,
)

__all__ = ["Cycle", "Look", "Mode", "Model", "Open", "Pan", "Search", "Show", "Tab", "keys", "update", "view"]

RIGHT = 3
"""The button of the mouse that asks what can be done about a state."""
TOP, SIDE, FOOT = 46.0, 348.0, 62.0
USUAL = Rect(0.0, 0.0, 932.0, 612.0)
"""The map at the usual size: what keys move it by is a share of this."""
ZOOM = 1.25


@dataclass(frozen=True, slots=True)
class Find:
    """List the orders that have something in their names, possible or not."""

    text: str


def keys(model: Model, snapshot: Snapshot) -> Mapping[str, Any]:
    """What the keys do here."""
    game = snapshot.game
    turn: Any = EndTurn(Commit()) if game and game.side else Advance()
    if game and game.finished:
        turn = Go("debrief")
    found: dict[str, Any] = {
        **{mode: Mode(mode) for mode in MODES}, "end turn": turn, "undo": Undo(), "redo": Redo(), "save": Save(),
        "previous state": Cycle(-1), "next state": Cycle(1), "region": Show("region"), "near": Show("near"),
        "zoom in": Show("nearer"), "zoom out": Show("farther"), "pan left": Pan(-0.1, 0.0), "pan right": Pan(0.1, 0.0),
        "pan up": Pan(0.0, 0.1), "pan down": Pan(0.0, -0.1), "search": Search(True), "dossier": Tab("relation"),
        "statement": Open("statement"), "deal": Open("deal"), "log": Open("log"), "charts": Open("charts"),
        "matrix": Open("matrix"), "timeline": Open("timeline"), "codex": Open("codex"), "load": Open("saves"),
        "keys": Open("shortcuts"), "why": Open("why"), "crisis": Open("crisis"),
        "report": Go("report"), "inbox": Go("inbox"), "mediate": Find("mediat"),
    }  # fmt: skip
    if model.typing:
        found["confirm"] = Take()
    if game is not None and game.side is None:
        found |= watching.keys()
    if model.typing or model.search or model.chosen is not None:
        found["back"] = Search(False) if model.typing or model.search else Look(None)
    return found


def typed(model: Model) -> str:
    """The text of the field."""
    return model.search


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Look around, choose, plan."""
    game = snapshot.game
    if game is None:
        return model, ()
    if isinstance(message, watching.Wish):
        watched, wanted = watching.update(model.watching, message, game)
        return replace(model, watching=watched), wanted
    match message:
        case Tick(seconds):
            return _ticked(model, seconds, snapshot, game)
        case Look() | Cycle() | Open() | Over() | Inquired() | Edit():
            return _looked(model, message, snapshot, game)
        case Take() | Find():
            return _sought(model, message, snapshot, game)
        case Show() | Pan() | Gripped():
            return _moved(model, message, game)
        case Search() | Written() | Key():
            return _typed(model, message), ()
        case Tab() | Mode() | Turned() | Every() | Weigh() | Gauge() | Ask() | Scroll():
            return _opened(model, message), ()
        case Choose():
            return replace(model, asked=0), (message,)
        case Go() | EndTurn() | Commit() | Advance() | Undo() | Redo() | Save() | Plan() | Drop():
            return model, (message,)
    return model, ()


def _ticked(model: Model, seconds: float, snapshot: Snapshot, game: Game) -> tuple[Model, tuple[Any, ...]]:
    """Time goes on; what the open page shows and is not at hand is asked for."""
    fresh = game.turn != model.turn
    model = replace(
        model, since=0.0 if fresh else model.since + seconds, turn=game.turn, rest=model.rest + seconds,
        asked=0 if fresh else model.asked,
    )  # fmt: skip
    wanted: list[Any] = []
    if game.side is None:
        watched, due = watching.update(model.watching, Tick(seconds), game)
        model = replace(model, watching=watched)
        wanted += due
    if model.chosen is not None and game.phase == "planning" and not game.finished:
        tab = panel.tab_of(model, game)
        if tab == "orders" and model.chosen not in snapshot.options:
            wanted.append(Survey(model.chosen))
        if tab == "relation" and dossier.account_of(model, snapshot, game) is None:
            wanted.append(Explain(*dossier.pair_of(model, game)))
    return model, tuple(wanted)


def _looked(model: Model, message: Any, snapshot: Snapshot, game: Game) -> tuple[Model, tuple[Any, ...]]:
    match message:
        case Look(state):
            return _looking(model, state, game), ()
        case Cycle(step):
            names = [state.id for state in game.states if state.id != game.side]
            place = names.index(model.chosen) + step if model.chosen in names else 0
            return _looking(model, names[place % len(names)], game), ()
        case Over(name):
            return _considered(model, name, snapshot)
        case Inquired(Look(str() as state)):
            return _asking(model, state, game), ()
        case Edit(number) if number < len(game.plan):
            return _edited(model, game.plan[number], game)
        case Open(scene):
            found = _leading_to(model, scene, game)
            return model, () if found is None else (found,)
    return model, ()


def _asking(model: Model, state: str, game: Game) -> Model:
    """What can be done about a state: its orders, or one's own goals."""
    return replace(_looking(model, state, game), tab="aims" if state == game.side else "orders")


def _edited(model: Model, draft: Draft, game: Game) -> tuple[Model, tuple[Any, ...]]:
    """The builder that an order comes from, with what it says; what has no terms is shown where it was chosen."""
    terms, given = draft.terms, {"target": draft.target, "act": draft.act}
    match draft.kind:
        case "deal":
            value = float(terms["value"]) if "value" in terms else None
            payment = float(terms.get("side_payment", 0.0))
            more = {"purpose": terms.get("purpose"), "pledge": terms.get("pledge"), "secret": "secret" in terms}
            return model, (Go("deal", {**given, "value": value, "side_payment": payment, **more}),)
        case "statement":
            more = {name: terms.get(name) for name in ("about", "audience", "office")}
            return model, (Go("statement", {**given, **more}),)
    return _asking(model, draft.target, game), ()


def _sought(model: Model, message: Any, snapshot: Snapshot, game: Game) -> tuple[Model, tuple[Any, ...]]:
    """From the filter to what it has found first; or the filter set to what a key stands for."""
    if isinstance(message, Find):
        if model.chosen in (None, game.side) or game.side is None:
            return model, (Answered("Select a state first: then this key lists what fits.", problem=True),)
        return replace(model, tab="orders", search=message.text, every=True, scroll=0), ()
    first = next((row for row in orders.rows_of(model, snapshot) if isinstance(row, Option)), None)
    model = replace(model, typing=False)
    return model, () if first is None else (Focus(f"act {first.act}"),)


def _looking(model: Model, state: str | None, game: Game) -> Model:
    return replace(model, chosen=state, scroll=0, search="", typing=False, turned=False, over="")


def _considered(model: Model, name: str, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """What the order under the pointer would change is asked for."""
    act = name.removeprefix("act ")
    option = next((each for each in snapshot.options.get(model.chosen or "", ()) if each.act == act), None)
    if option is None or not option.legal or act == name:
        return replace(model, over=""), ()
    text = f"{act} {model.chosen}"
    return replace(model, over=text), (Consider(text),)


def _leading_to(model: Model, scene: str, game: Game) -> Go | None:
    """The way to another screen, about the state that is looked at; None where it has nothing to show."""
    other = model.chosen if model.chosen != game.side else None
    pair = {"first": other or centre_of(model, game), "second": game.side or game.states[0].id}
    match scene:
        case "statement" | "deal":
            return Go(scene, {"target": other}) if game.side is not None and not game.finished else None
        case "why" | "charts":
            if pair["first"] == pair["second"]:
                pair["first"] = next(state.id for state in game.states if state.id != pair["second"])
            return Go(scene, pair)
        case "crisis":
            crisis = crisis_of(game)
            return None if crisis is None else Go("crisis", {"dispute": crisis.id})
        case _:
            return Go(scene)


def _typed(model: Model, message: Any) -> Model:
    match message:
        case Search(on):
            return replace(model, typing=on, search=model.search if on else "", tab="orders" if on else model.tab)
        case Written(text):
            return replace(model, search=text, scroll=0)
        case Key("page down"):
            return replace(model, scroll=model.scroll + 8)
        case Key("page up"):
            return replace(model, scroll=max(model.scroll - 8, 0))
    return model


def _opened(model: Model, message: Any) -> Model:
    match message:
        case Tab(name):
            return replace(model, tab=name, scroll=0, typing=False)
        case Mode(name):
            return replace(model, mode=name)
        case Turned():
            return replace(model, turned=not model.turned, scroll=0)
        case Every():
            return replace(model, every=not model.every)
        case Weigh(dispute):
            return replace(model, dispute=dispute)
        case Gauge(measure):
            return replace(model, measure=measure)
        case Ask(number):
            return replace(model, asked=number + 1)
        case Scroll(rows):
            return replace(model, scroll=max(model.scroll + rows, 0))
    return model


def _moved(model: Model, message: Any, game: Game) -> tuple[Model, tuple[Any, ...]]:
    """The map moved or zoomed, the panel scrolled, a state on the map chosen."""
    match message:
        case Gripped("panel", Wheel(_, _, steps)):
            return replace(model, scroll=max(model.scroll - round(steps * 3), 0)), ()
        case Gripped(Chart() as grip, Wheel(x, y, steps)):
            about = grip.camera.placed((x - grip.x, y - grip.y))
            return _outlook(model, grip.outlook().nearer(1.15**steps, about)), ()
        case Gripped(Chart() as grip, Drag(_, _, across, down)):
            grain = grip.camera.grain
            return _outlook(model, grip.outlook().moved(-across * grain, down * grain)), ()
        case Gripped(Chart() as grip, Click(x, y, button)):
            code = state_at(grip.camera, (x - grip.x, y - grip.y))
            found = next((state.id for state in game.states if state.code == code and on_map(state)), None)
            chosen = _asking if button == RIGHT else _looking
            return (model if found is None else chosen(model, found, game)), ()
        case Show(name):
            return _shown(model, name, game), ()
        case Pan(across, down) if not drawn_as_graph(model, game):
            home, look = chart.home_camera(game, USUAL), _look(model, game)
            grain = home.grain / look.zoom
            return _outlook(model, look.moved(across * USUAL.width * grain, down * USUAL.height * grain)), ()
    return model, ()


def _outlook(model: Model, outlook: Outlook | None) -> Model:
    settled = model.outlook if model.rest >= AT_REST else model.settled
    return replace(model, outlook=outlook, settled=settled, rest=0.0)


def _look(model: Model, game: Game) -> Outlook:
    """Where one looks; at home before the map was moved."""
    home = chart.home_camera(game, USUAL)
    return model.outlook or Outlook(home.east, home.north)


def _shown(model: Model, name: str, game: Game) -> Model:
    match name:
        case "region":
            return _outlook(model, None)
        case "nearer" | "farther":
            return _outlook(model, _look(model, game).nearer(ZOOM if name == "nearer" else 1 / ZOOM))
        case _:
            if not game.insets:
                return model
            home = chart.home_camera(game, USUAL)
            near = framing(*game.insets[0].box, round(USUAL.width), round(USUAL.height))
            return _outlook(model, Outlook(near.east, near.north, home.grain / near.grain))


def view(model: Model, snapshot: Snapshot, frame: Frame) -> View:
    """The bar, the map, the panel, and the plan."""
    game = snapshot.game
    if game is None:
        return (Panel(frame.rect, theme.PANEL),)
    return tuple(_shapes(model, snapshot, game, frame))


def _shapes(model: Model, snapshot: Snapshot, game: Game, frame: Frame) -> Iterator[Shape]:
    bar, rest = frame.rect.top(TOP)
    plan, rest = rest.base(FOOT)
    side, ground = rest.end(min(SIDE, frame.rect.width * 0.42))
    yield from chart.view(model, snapshot, game, frame, ground)
    yield from foot.chips(model, game, frame, ground)
    beside = corners.corners(model, game, ground).legend.right + 10
    asked = tuple(cards.question(model, game, frame, ground, beside))
    yield from asked
    yield from head.view(game, frame, bar)
    yield from panel.view(model, snapshot, game, frame, side)
    yield from foot.view(model, game, frame, plan)
    under = chart.state_under(model, game, frame, ground)
    if under is not None and frame.settings.tips and zone_at(asked, *(frame.pointer or (0.0, 0.0))) is None:
        yield from cards.hovered(model, game, frame, ground, under)
