"""The cards in the corners of the map: what is shown and how, its legend, the states off the map, and the inset."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from game.play.snapshot import Game
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Dot,
    Flag,
    Ground,
    Hatch,
    Icon,
    Line,
    Panel,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.theme import Colour
from game.screen.kit.widgets import held, ring, wrapped
from game.screen.map.agreements import OTHER, SORTS, agreement_arcs
from game.screen.map.mapping import framing
from game.screen.map.model import (
    MODES,
    Gauge,
    Look,
    Mode,
    Model,
    Show,
    Weigh,
    centre_of,
    drawn_as_graph,
    has_map,
    mode_of,
    on_map,
)
from game.screen.map.modes import (
    PALE,
    SHARED,
    STRENGTH,
    TRUST,
    Mark,
    dispute_of,
    measure_of,
    most_of,
)
from game.screen.map.pills import paper

ICONS = {"graph": "network", "relations": "scale", "agreements": "handshake", "claims": "flag", "arms": "shield",
         "knowledge": "eye", "change": "trending-up"}  # fmt: skip
SAID = {
    "graph": "Everybody with everybody", "relations": "Relations", "agreements": "Agreements and pledges",
    "claims": "Claims and control", "arms": "Arms", "knowledge": "What is known", "change": "Since the last turn",
}  # fmt: skip
SMALL = 470.0
"""Below this width or height of the map its cards say less."""
LINE = 18.0


@dataclass(frozen=True, slots=True)
class Corners:
    """Where the cards lie; those there is nothing for are None."""

    title: Rect
    legend: Rect
    far: Rect | None
    inset: Rect | None

    def boxes(self) -> tuple[Rect, ...]:
        """What they cover."""
        return tuple(each for each in (self.title, self.legend, self.far, self.inset) if each is not None)


def small(chart: Rect) -> bool:
    """Whether the map is too small for cards with all their words."""
    return chart.width < SMALL or chart.height < SMALL * 0.8


def corners(model: Model, game: Game, chart: Rect) -> Corners:
    """The places of the cards for a map of a size."""
    tight = small(chart)
    gap = 6.0 if tight else 14.0
    title = Rect(chart.x + gap, chart.y + gap, min(7 * 31.0 + 20, chart.width - 2 * gap), 40.0 if tight else 88.0)
    height = 26.0 if tight else 36.0 + legend_height(model, game)
    legend = Rect(chart.x + gap, chart.bottom - gap - height, min(200.0 if tight else 292.0, chart.width - 2 * gap),
                  height)  # fmt: skip
    far = None
    away = [] if drawn_as_graph(model, game) else [state for state in game.states if not on_map(state)]
    if away and not tight:
        rows = min(len(away), int((chart.height - 60) / 34))
        far = Rect(chart.right - gap - 236, chart.y + gap, 236, 40 + 34 * rows)
    inset = None
    if not tight and chart.width >= 800 and game.insets and not drawn_as_graph(model, game):
        near = model.outlook is not None and model.outlook.zoom > 1.7
        if not near:
            inset = Rect(chart.right - gap - 236, chart.bottom - gap - 176, 236, 176)
    return Corners(title, legend, far, inset)


# ---- what is shown


def title_card(model: Model, game: Game, frame: Frame, box: Rect) -> Iterator[Shape]:
    """What the map shows, and a button for each way to show it."""
    yield paper(box)
    inner = box.inset(10, 7)
    mode = mode_of(model, game)
    if box.height > 60:
        line, inner = inner.top(26)
        yield Words(line, _heading(mode, model, game), theme.Style("semibold", 18), theme.INK)
        line, inner = inner.top(18)
        yield Words(line, _below(mode, model, game), theme.NOTE, theme.QUIET)
    row = Rect(inner.x, inner.bottom - 28, inner.width, 28)
    names = [name for name in MODES if name != "relations" or has_map(game)]
    for name, place in zip(names, row.columns((1,) * len(names), 3), strict=True):
        yield from _mode_button(frame, place, name, name == mode)


def _mode_button(frame: Frame, place: Rect, name: str, on: bool) -> Iterator[Shape]:
    over = held(frame, name, place)
    ground = theme.INK if on else theme.mixed(theme.PAPER, theme.INK, 0.14 if over else 0.06)
    yield Panel(place, ground, radius=6)
    yield Icon(place.middle(17, 17), ICONS[name], theme.PAPER if on else theme.INK)
    yield from ring(frame, f"mode {name}", place)
    hint = f"{SAID[name]} · {frame.key(name)}"
    yield Zone(place, Mode(name), f"mode {name}", hint)


def _heading(mode: str, model: Model, game: Game) -> str:
    name = game.state(centre_of(model, game)).name
    dispute = dispute_of(model, game)
    return {
        "relations": f"Relations of {name}",
        "graph": f"Relations of {name}",
        "agreements": f"Ties of {name}",
        "claims": dispute.title if dispute else "Claims and control",
        "arms": game.states[0].attributes[measure_of(model, game)][0] if game.states[0].attributes else "Arms",
        "knowledge": f"The word of {name}",
        "change": f"{name}: since the last turn",
    }[mode]


def _below(mode: str, model: Model, game: Game) -> str:
    dispute = dispute_of(model, game)
    return {
        "relations": "How the others regard it",
        "graph": "Every relation as a line",
        "agreements": "Shade: how much they share",
        "claims": f"Tension {dispute.tension:.0f} of 100" if dispute else "There is no dispute",
        "arms": "Of every state",
        "knowledge": "How far others trust its word, of 100",
        "change": "How the others' regard has moved",
    }[mode]


# ---- the legend


def legend_height(model: Model, game: Game) -> float:
    """How much room the legend needs below its title."""
    match mode_of(model, game):
        case "agreements":
            return LINE * ((len(_sorts(model, game)) + 1) // 2 + 1) + 6
        case "claims":
            return 32.0 + 24.0 * min(len(game.disputes), 6)
        case "arms":
            return 62.0
        case "knowledge":
            return 34.0 + 2 * LINE * min(len(game.rumours) or 1, 3)
        case _:
            return 34.0


def legend(model: Model, game: Game, frame: Frame, box: Rect) -> Iterator[Shape]:
    """What the colours and lines mean."""
    yield paper(box)
    if box.height < 30:
        yield from _ramp(box.inset(10, 9), _shade_of(model, game))
        return
    head, rest = box.inset(12, 9).top(18)
    mode = mode_of(model, game)
    yield Words(head, _legend_title(mode, model, game), theme.NOTE, theme.INK)
    drawn: Callable[[Model, Game, Frame, Rect], Iterator[Shape]] = {
        "agreements": _legend_of_agreements, "claims": _legend_of_claims, "arms": _legend_of_arms,
        "knowledge": _legend_of_knowledge,
    }.get(mode, _legend_of_relations)  # fmt: skip
    yield from drawn(model, game, frame, rest)


def _legend_title(mode: str, model: Model, game: Game) -> str:
    name = game.state(centre_of(model, game)).name
    return {
        "agreements": "Lines are ties, by their sort", "claims": "Which quarrel", "arms": "What is measured",
        "knowledge": "What is rumoured", "change": f"Change of regard for {name}",
    }.get(mode, f"Regard for {name}")  # fmt: skip


def _shade_of(model: Model, game: Game) -> Callable[[float], Colour]:
    """The colours of the map from one end of their scale to the other."""
    match mode_of(model, game):
        case "agreements":
            return lambda share: theme.mixed(PALE, SHARED, share * 0.75)
        case "arms":
            return lambda share: theme.mixed(PALE, STRENGTH, 0.85 * share**0.6)
        case "knowledge":
            return lambda share: theme.mixed(PALE, TRUST, share * 0.8)
        case _:
            return lambda share: theme.tint(-100 + 200 * share)


def _ramp(strip: Rect, shade: Callable[[float], Colour]) -> Iterator[Shape]:
    steps = 32
    for number, part in enumerate(strip.columns((1,) * steps)):
        yield Panel(Rect(part.x, part.y, part.width + 1, part.height), shade(number / (steps - 1)))


def _scale(rest: Rect, shade: Callable[[float], Colour], words: tuple[str, str, str]) -> Iterator[Shape]:
    strip, names = Rect(rest.x, rest.y + 3, rest.width, rest.height - 3).top(11)
    yield from _ramp(strip, shade)
    line = Rect(names.x, names.y + 2, names.width, LINE)
    yield Words(line, words[0], theme.NOTE, theme.QUIET)
    yield Words(line, words[1], theme.NOTE, theme.QUIET, "centre")
    yield Words(line, words[2], theme.NOTE, theme.QUIET, "right")


def _legend_of_relations(model: Model, game: Game, frame: Frame, rest: Rect) -> Iterator[Shape]:
    changed = mode_of(model, game) == "change"
    words = ("worse", "the same", "better") if changed else ("hostile", "neutral", "friendly")
    yield from _scale(rest, _shade_of(model, game), words)


def _sorts(model: Model, game: Game) -> tuple[str, ...]:
    found = {agreement_arc.sort.title for agreement_arc in agreement_arcs(game, centre_of(model, game))}
    return tuple(sort.title for sort in (*SORTS, OTHER) if sort.title in found)


def _legend_of_agreements(model: Model, game: Game, frame: Frame, rest: Rect) -> Iterator[Shape]:
    wanted = _sorts(model, game)
    shown = [sort for sort in (*SORTS, OTHER) if sort.title in wanted]
    for number, sort in enumerate(shown):
        cell = Rect(rest.x + rest.width / 2 * (number % 2), rest.y + LINE * (number // 2), rest.width / 2, LINE)
        yield Icon(Rect(cell.x, cell.y + 2, 14, 14), sort.icon, sort.colour)
        yield Words(Rect(cell.x + 20, cell.y, cell.width - 22, LINE), sort.title, theme.NOTE, theme.INK)
    last = Rect(rest.x, rest.y + LINE * ((len(shown) + 1) // 2) + 4, rest.width, LINE)
    yield Line(((last.x, last.centre[1]), (last.x + 26, last.centre[1])), theme.QUIET, 2, dashed=True)
    yield Words(Rect(last.x + 32, last.y, 80, LINE), "suspended", theme.NOTE, theme.QUIET)
    yield Icon(Rect(last.x + 124, last.y + 3, 12, 12), "lock", theme.QUIET)
    yield Words(Rect(last.x + 142, last.y, 130, LINE), "known to you alone", theme.NOTE, theme.QUIET)


def _legend_of_claims(model: Model, game: Game, frame: Frame, rest: Rect) -> Iterator[Shape]:
    chosen = dispute_of(model, game)
    _, rest = rest.top(5)
    for dispute, row in zip(sorted(game.disputes, key=lambda each: -each.tension), rest.rows(22, 2), strict=False):
        on = chosen is not None and dispute.id == chosen.id
        yield Panel(row, theme.INK if on else theme.mixed(theme.PAPER, theme.INK, 0.05), radius=5)
        ink = theme.PAPER if on else theme.INK
        yield Words(Rect(row.x + 8, row.y, row.width - 80, row.height), dispute.title, theme.NOTE, ink)
        yield Panel(Rect(row.right - 68, row.centre[1] - 3, 36, 6), theme.mixed(theme.PAPER, theme.INK, 0.3), radius=3)
        yield Panel(Rect(row.right - 68, row.centre[1] - 3, 36 * dispute.tension / 100, 6), theme.RAMP[1][1], radius=3)
        yield Words(Rect(row.right - 30, row.y, 24, row.height), f"{dispute.tension:.0f}", theme.NOTE, ink, "right")
        yield from ring(frame, f"quarrel {dispute.id}", row)
        yield Zone(row, Weigh(dispute.id), f"quarrel {dispute.id}", f"Who stands where: {dispute.title}")
    first, second = ("", "") if chosen is None else (game.state(each).name for each in chosen.parties)
    foot = Rect(rest.x, rest.bottom - LINE, rest.width, LINE)
    yield Words(foot, f"with {first}", theme.NOTE, theme.RAMP[0][1])
    yield Words(foot, f"with {second}", theme.NOTE, theme.RAMP[-1][1], "right")


def _legend_of_arms(model: Model, game: Game, frame: Frame, rest: Rect) -> Iterator[Shape]:
    chosen, names = measure_of(model, game), game.states[0].attributes
    row, rest = rest.top(24)
    if names:
        for number, place in enumerate(row.columns((1,) * len(names), 4)):
            on = number == chosen
            yield Panel(place, theme.INK if on else theme.mixed(theme.PAPER, theme.INK, 0.06), radius=5)
            yield Words(place.inset(5, 0), names[number][0], theme.NOTE, theme.PAPER if on else theme.INK, "centre")
            yield from ring(frame, f"measure {number}", place)
            yield Zone(place, Gauge(number), f"measure {number}", f"Show {names[number][0].lower()}")
        most, unit = most_of(game, chosen), names[chosen][2]
        _, rest = rest.top(4)
        yield from _scale(rest, _shade_of(model, game), ("0", "", f"{most:,.0f} {unit}".rstrip()))


def _legend_of_knowledge(model: Model, game: Game, frame: Frame, rest: Rect) -> Iterator[Shape]:
    said = game.rumours or ("Nothing is rumoured.",)
    y = rest.y + 1
    for text in said[:3]:
        for line in list(wrapped(frame, text, theme.NOTE, rest.width))[:2]:
            yield Words(Rect(rest.x, y, rest.width, LINE), line, theme.NOTE, theme.QUIET)
            y += LINE
    yield from _scale(rest.base(34)[0], _shade_of(model, game), ("not trusted", "", "trusted"))


# ---- off the map, and the other camera


def far_card(model: Model, game: Game, frame: Frame, box: Rect, found: Mapping[str, Mark]) -> Iterator[Shape]:
    """The states that lie off the map, with their flags and what the map would say of them."""
    yield paper(box)
    head, rest = box.inset(12, 8).top(20)
    yield Words(head, "Off the map", theme.NOTE, theme.QUIET)
    away = [state for state in game.states if not on_map(state)]
    for state, row in zip(away, rest.rows(30, 4), strict=False):
        if state.id == model.chosen or held(frame, state.id, row):
            yield Panel(row.inset(-5, 0), theme.mixed(theme.PAPER, theme.INK, 0.09), radius=6)
        yield Flag(Rect(row.x, row.y + 5, 30, 20), state.code, state.name, state.colour)
        mark = found[state.id]
        wide = min(frame.measure(mark.text, theme.NOTE) if mark.text else 0.0, 110.0)
        dot = row.right - wide - 14
        yield Words(Rect(row.x + 40, row.y, dot - row.x - 50, row.height), state.name, theme.SMALL, theme.INK)
        yield Dot((dot, row.centre[1]), 6.5, mark.tint, theme.mixed(mark.tint, theme.INK, 0.4))
        yield Words(Rect(row.right - wide, row.y, wide, row.height), mark.text, theme.NOTE, theme.INK)
        yield from ring(frame, f"state {state.id}", row)
        yield Zone(row, Look(state.id), f"state {state.id}", f"Look at {state.name}")


def inset_card(
    game: Game, frame: Frame, box: Rect, tints: tuple[tuple[str, Colour], ...], hatches: tuple[Hatch, ...]
) -> Iterator[Shape]:
    """The other camera, small; a click looks through it."""
    if not game.insets:
        return
    yield paper(box)
    inner = box.inset(5)
    head, picture = inner.top(20)
    inset = game.insets[0]
    yield Words(head.inset(7, 0), inset.name, theme.NOTE, theme.INK)
    yield Words(head.inset(7, 0), frame.key("near"), theme.NOTE, theme.QUIET, "right")
    camera = framing(*inset.box, round(picture.width), round(picture.height))
    yield Ground(picture, camera, tints, hatches)
    yield from ring(frame, "inset", box)
    yield Zone(box, Show("near"), "inset", f"Look at it from near · {frame.key('near')}")
