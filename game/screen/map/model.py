"""What the board remembers, and the messages that change it."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.play.snapshot import Game, StateCard
from game.screen.map.mapping import Camera, Outlook
from game.screen.watching import Watching

MODES = ("graph", "relations", "agreements", "claims", "arms", "knowledge", "change")
AT_REST = 0.25
"""Seconds after which a map that was moved is at rest."""
STEPS = 16
"""In how many steps the tints of the map change after a turn."""
TABS = ("orders", "relation", "aims", "agreements", "history", "knowledge")


@dataclass(frozen=True, slots=True)
class Model:
    """Where one looks, whom one looks at, and what is open."""

    outlook: Outlook | None = None
    chosen: str | None = None
    mode: str = "relations"
    tab: str = "orders"
    scroll: int = 0
    since: float = 0.0  # seconds since the turn began to be shown
    turn: int = 0
    rest: float = 1.0  # seconds since the map was moved
    settled: Outlook | None = None  # where one looked before it began to move
    search: str = ""
    typing: bool = False
    turned: bool = False  # how we regard them, and not how they regard us
    every: bool = False  # also what may not be ordered
    dispute: str | None = None
    measure: int | None = None
    asked: int = 0  # which question, from 1; 0 the first that waits, -1 none for now
    over: str = ""  # the order the pointer is on, as `praise bora`
    watching: Watching = field(default_factory=Watching)


@dataclass(frozen=True, slots=True)
class Chart:
    """The grip of the map: the cameras it is seen with, and where on the screen it begins."""

    camera: Camera
    home: Camera
    x: float
    y: float

    def outlook(self) -> Outlook:
        """Where one looks, as the screen has it."""
        return Outlook(self.camera.east, self.camera.north, self.home.grain / self.camera.grain)


@dataclass(frozen=True, slots=True)
class Look:
    """Look at a state; at none with None."""

    state: str | None


@dataclass(frozen=True, slots=True)
class Tab:
    """Open a page of the panel."""

    name: str


@dataclass(frozen=True, slots=True)
class Mode:
    """Show the map in another way."""

    name: str


@dataclass(frozen=True, slots=True)
class Show:
    """One of the two cameras, or the next zoom."""

    name: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """Look at the state before or after."""

    step: int


@dataclass(frozen=True, slots=True)
class Pan:
    """Move the map by a share of its size."""

    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Search:
    """Begin to filter the orders by what is typed, or leave it."""

    on: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """Account for the other direction of the relation."""


@dataclass(frozen=True, slots=True)
class Every:
    """List what may not be ordered too, or no longer."""


@dataclass(frozen=True, slots=True)
class Weigh:
    """Show the map of one dispute."""

    dispute: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """Show the map of one attribute, by its number."""

    measure: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Show one of the questions that wait, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Scroll:
    """Go down the panel by so many rows."""

    rows: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Change a planned order, by its number from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class Take:
    """Leave the filter for the first order that it has found."""


@dataclass(frozen=True, slots=True)
class Open:
    """Open another scene about the state that is looked at."""

    scene: str


def on_map(state: StateCard) -> bool:
    """Whether a state has an outline on the map."""
    return bool(state.code) and state.place is not None and not state.off_map


def has_map(game: Game) -> bool:
    """Whether the scenario has a geography; where it has none its board is a graph."""
    return any(on_map(state) for state in game.states)


def mode_of(model: Model, game: Game) -> str:
    """The way the map is shown."""
    return model.mode if model.mode != "relations" or has_map(game) else "graph"


def drawn_as_graph(model: Model, game: Game) -> bool:
    """Whether there is a graph in place of the map."""
    return model.mode == "graph" or not has_map(game)


def centre_of(model: Model, game: Game) -> str:
    """The state that relations are shown towards: the chosen one, else one's own, else the first."""
    return model.chosen or game.side or game.states[0].id


def share_of(model: Model, moves: bool, seconds: float = 1.2) -> float:
    """How far what changed with the turn has come to be shown, 0 to 1, slowly at first and at last."""
    if not moves:
        return 1.0
    share = round(min(model.since / seconds, 1.0) * STEPS) / STEPS
    return share * share * (3.0 - 2.0 * share)


def relation_at(game: Game, first: str, second: str, share: float) -> float:
    """How one state regards another between the last turn and now."""
    i, j = game.index(first), game.index(second)
    return game.before[i][j] + (game.relations[i][j] - game.before[i][j]) * share


def moved_by(game: Game, first: str, second: str) -> float:
    """How much the last turn changed how one state regards another."""
    i, j = game.index(first), game.index(second)
    return game.relations[i][j] - game.before[i][j]
