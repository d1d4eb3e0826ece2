"""The map with everything on it: tints, lines, names, what happened, and what a plan would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from game.play.snapshot import Game, Snapshot, StateCard
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Point, Rect
from game.screen.kit.shapes import (
    Clip,
    Dot,
    Ground,
    Hatch,
    Panel,
    Ribbon,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.widgets import ring
from game.screen.map import actions, agreements, graph
from game.screen.map.atlas import state_at
from game.screen.map.corners import (
    Corners,
    corners,
    far_card,
    inset_card,
    legend,
    small,
    title_card,
)
from game.screen.map.labels import (
    Called,
    Layout,
    laid_out,
    name_of_state,
    quiet_names,
)
from game.screen.map.mapping import Camera, framing, projected
from game.screen.map.model import (
    AT_REST,
    Chart,
    Look,
    Model,
    centre_of,
    drawn_as_graph,
    mode_of,
    on_map,
    share_of,
)
from game.screen.map.modes import Mark, dispute_of, marks
from game.screen.map.pills import pill, pill_width
from game.screen.map.placement import bent
from game.screen.map.planned import ghosts

WIDE = (24.0, 24.0, 63.0, 48.0)
"""What is shown of a map whose scenario does not say what."""
HALF_OPEN = ("relations", "change", "graph")
"""Ways to show the map in which the deeds of the last turn are drawn."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The map as it lies on the screen: cameras, corners, what is said of each state, and where it stands."""

    chart: Rect
    camera: Camera
    home: Camera
    corners: Corners
    marks: Mapping[str, Mark]
    layout: Layout
    places: Mapping[str, Point]
    settled: Mapping[str, Point]  # where they stood before the map began to move
    taken: tuple[Rect, ...]


def home_camera(game: Game, chart: Rect) -> Camera:
    """The camera that shows the scenario's region."""
    return framing(*(game.view or WIDE), max(round(chart.width), 1), max(round(chart.height), 1))


def laid(model: Model, game: Game, frame: Frame, chart: Rect) -> Scene:
    """Everything that is worked out before anything is drawn.

    While the map is being moved, names and words keep the places that were found before, and go along with it.
    """
    home = home_camera(game, chart)
    camera = home if model.outlook is None else model.outlook.camera(home)
    cards = corners(model, game, chart)
    found = marks(model, game, share_of(model, frame.settings.motion))
    if small(chart):
        found = {name: Mark(mark.tint, mark.text.partition("  ")[0]) for name, mark in found.items()}
    if drawn_as_graph(model, game):
        places = graph.node_places(game, chart)
        taken = (*cards.boxes(), *graph.taken(game, frame, places))
        return Scene(chart, camera, home, cards, found, Layout(), places, places, taken)
    moving = model.rest < AT_REST
    before = replace(model, outlook=model.settled) if moving else model
    still = home if before.outlook is None else before.outlook.camera(home)
    kept = corners(before, game, chart)
    layout = _layout(game, frame, chart, still, kept, found)
    settled = _places(game, chart, still, layout, kept)
    taken = (*kept.boxes(), *layout.taken)
    if not moving:
        return Scene(chart, camera, home, cards, found, layout, settled, settled, taken)
    layout = layout.seen(still, camera, chart)
    return Scene(chart, camera, home, cards, found, layout, _places(game, chart, camera, layout, cards), settled, taken)


def _layout(game: Game, frame: Frame, chart: Rect, camera: Camera, cards: Corners, found: Mapping[str, Mark]) -> Layout:
    """The names in their places, in pixels of the screen."""
    called = tuple(
        Called(
            state.id, state.code, state.name, None if state.place is None else projected(*state.place),
            round(pill_width(frame.measure(found[state.id].text, theme.NOTE))) if found[state.id].text else 0.0,
        )
        for state in game.states
        if on_map(state)
    )  # fmt: skip
    disputed = tuple((each.area, each.title) for each in game.disputes if each.area)
    blocked = tuple(box.moved(-chart.x, -chart.y) for box in cards.boxes())
    return laid_out(camera, called, disputed, blocked, frame.measure).moved(chart.x, chart.y)


def _places(game: Game, chart: Rect, camera: Camera, layout: Layout, cards: Corners) -> Mapping[str, Point]:
    """Where lines to each state end, for those that are in view."""
    found = ((state.id, _place(state, chart, camera, layout, cards, game)) for state in game.states)
    return {name: place for name, place in found if place is not None}


def _place(state: StateCard, chart: Rect, camera: Camera, layout: Layout, cards: Corners, game: Game) -> Point | None:
    """Where lines to a state end: its capital, its name where that is not in view, its row off the map."""
    if not on_map(state):
        away = [each.id for each in game.states if not on_map(each)]
        if cards.far is None or away.index(state.id) * 34 + 70 > cards.far.height:
            return None
        return cards.far.x - 4, cards.far.y + 43 + 34 * away.index(state.id)
    if state.place is not None:
        x, y = camera.seen(projected(*state.place))
        if 0 <= x <= chart.width and 0 <= y <= chart.height:
            return x + chart.x, y + chart.y
    box = next((label.box for label in layout.states if label.id == state.id and label.inside), None)
    return None if box is None else (box.centre[0], box.y - 2)


def view(model: Model, snapshot: Snapshot, game: Game, frame: Frame, chart: Rect) -> Iterator[Shape]:
    """The map, its lines and names, and the cards in its corners."""
    scene = laid(model, game, frame, chart)
    grip = Chart(scene.camera, scene.home, chart.x, chart.y)
    as_graph = drawn_as_graph(model, game)
    tints, hatches = _tints(game, scene), _hatches(model, game, scene)
    if as_graph:
        yield graph.ground(chart)
    else:
        chosen = game.state(model.chosen).code if model.chosen and on_map(game.state(model.chosen)) else None
        yield Ground(chart, scene.camera, tints, hatches, chosen)
        yield Zone(chart, None, "map", focusable=False, grip=grip)
    yield Clip(chart, tuple(_within(model, snapshot, game, frame, scene)))
    yield from title_card(model, game, frame, scene.corners.title)
    yield from legend(model, game, frame, scene.corners.legend)
    if scene.corners.far is not None:
        yield from far_card(model, game, frame, scene.corners.far, scene.marks)
    if scene.corners.inset is not None:
        yield from inset_card(game, frame, scene.corners.inset, tints, hatches)


def _within(model: Model, snapshot: Snapshot, game: Game, frame: Frame, scene: Scene) -> Iterator[Shape]:
    """What lies on the ground: lines first, then names, then the words on the lines."""
    words: list[Shape] = []
    for shape in (*_lines(model, game, frame, scene), *_actions(model, game, frame, scene)):
        if isinstance(shape, Ribbon):
            yield shape
        else:
            words.append(shape)
    if drawn_as_graph(model, game):
        yield from graph.nodes(model, game, frame, scene.places, scene.marks)
    else:
        yield from quiet_names(scene.layout)
        yield from _names(game, frame, scene)
    yield from words
    covered = (*scene.taken, *(shape.rect for shape in words if isinstance(shape, Panel)))
    yield from ghosts(model, snapshot, game, frame, scene.places, covered, scene.chart)


def _tints(game: Game, scene: Scene) -> tuple[tuple[str, theme.Colour], ...]:
    return tuple((state.code, scene.marks[state.id].tint) for state in game.states if on_map(state))


def _hatches(model: Model, game: Game, scene: Scene) -> tuple[Hatch, ...]:
    return tuple(
        Hatch(each.area, theme.mixed(scene.marks[each.holder].tint, theme.INK, 0.18))
        for each in game.disputes
        if each.area and each.holder
    )


def _names(game: Game, frame: Frame, scene: Scene) -> Iterator[Shape]:
    for state in game.states:
        if on_map(state) and state.place is not None:
            x, y = scene.camera.seen(projected(*state.place))
            yield Dot((x + scene.chart.x, y + scene.chart.y), 3.2, theme.INK, theme.PAPER)
    for label in scene.layout.areas:
        yield Words(label.box.inset(-6, 0), label.text, label.style, theme.INK, "centre", theme.PAPER)
    for label in scene.layout.states:
        mark = scene.marks[label.id]
        yield from name_of_state(label, mark.tint)
        if mark.text:
            wide = pill_width(frame.measure(mark.text, theme.NOTE))
            below = label.box.base(20)[0].middle(wide, 20)
            yield from pill(below, mark.text, mark.tint)
        yield from ring(frame, f"state {label.id}", label.box)
        yield Zone(label.box, Look(label.id), f"state {label.id}")


def _lines(model: Model, game: Game, frame: Frame, scene: Scene) -> Iterator[Shape]:
    """The lines of the way the map is shown."""
    mode, centre = mode_of(model, game), centre_of(model, game)
    if mode == "agreements":
        yield from agreements.agreement_lines(game, centre, scene.places)
    elif mode == "claims":
        yield from _claim(model, game, frame, scene)
    elif mode == "graph":
        yield from graph.lines(model, game, scene.places)
    elif mode == "relations" and game.side is not None and centre != game.side:
        found, _ = actions.relation_lines(game, frame, (game.side, centre), scene)
        yield from found


def _claim(model: Model, game: Game, frame: Frame, scene: Scene) -> Iterator[Shape]:
    """The dispute in view, between its parties."""
    dispute = dispute_of(model, game)
    if dispute is None:
        return
    first, second = dispute.parties
    if not (first in scene.places and second in scene.places and first in scene.settled and second in scene.settled):
        return
    ends = scene.places[first], scene.places[second]
    text = f"{dispute.title}  {dispute.tension:.0f}"
    wide = pill_width(frame.measure(text, theme.NOTE))
    still = scene.settled[first], scene.settled[second]
    place = bent(*still, (wide, 20.0), scene.taken, scene.chart, (0.12, -0.12, 0.22, -0.22)).between(*ends)
    yield Ribbon(ends[0], ends[1], place.bend, theme.RAMP[0][1], 2 + dispute.tension / 25, True, plain=True)
    yield from pill(place.box, text, theme.RAMP[1][1])


def _actions(model: Model, game: Game, frame: Frame, scene: Scene) -> Iterator[Shape]:
    if mode_of(model, game) not in HALF_OPEN or small(scene.chart):
        return
    centre = centre_of(model, game)
    numbers: tuple[Rect, ...] = ()
    if mode_of(model, game) == "relations" and game.side is not None and centre != game.side:
        _, numbers = actions.relation_lines(game, frame, (game.side, centre), scene)
    gap = graph.radius_of(game) + 3 if drawn_as_graph(model, game) else 7.0
    yield from actions.ribbons(model, game, frame, scene, (*scene.taken, *numbers), gap)


def state_under(model: Model, game: Game, frame: Frame, chart: Rect) -> str | None:
    """The state under the pointer, where that is on the open map."""
    if model.rest < AT_REST or frame.pointer is None or not chart.holds(*frame.pointer) or drawn_as_graph(model, game):
        return None
    if any(box.holds(*frame.pointer) for box in corners(model, game, chart).boxes()):
        return None
    home = home_camera(game, chart)
    camera = home if model.outlook is None else model.outlook.camera(home)
    code = state_at(camera, (frame.pointer[0] - chart.x, frame.pointer[1] - chart.y))
    return None if code is None else next((each.id for each in game.states if each.code == code and on_map(each)), None)
