"""What happens to the window, as values: keys, clicks, the passing of time; and what scenes want done.

A scene defines messages of its own beside these; what only the shell can do it returns as a command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.play.commands import Answered
from game.screen.kit.editing import Composing, Written


@dataclass(frozen=True, slots=True)
class Key:
    """A key was pressed, by name, with its modifiers before it: `a`, `escape`, `ctrl+enter`, `shift+tab`.

    `held` where it was pressed before, and is told of again because it is still down. `others` are names by which it is
    known, too, best first: what it writes, where it is named by its place on the keyboard.
    """

    name: str
    held: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """Text was typed, pasted or put together by an input method, for the field that is typed in."""

    text: str


@dataclass(frozen=True, slots=True)
class Click:
    """A button of the mouse was pressed and released at a point: 1 left, 2 middle, 3 right.

    `again` where it is the second click of a double click.
    """

    x: float
    y: float
    button: int = 1
    again: bool = False


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheel was turned at a point; `steps` above 0 is away from the hand."""

    x: float
    y: float
    steps: float


@dataclass(frozen=True, slots=True)
class Drag:
    """The pointer went from a point by so much while the left button was down."""

    x: float
    y: float
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Gripped:
    """A zone with a grip was wheeled over, dragged or clicked: its grip, which knows what is drawn there, and how."""

    grip: object
    done: Click | Wheel | Drag


@dataclass(frozen=True, slots=True)
class Inquired:
    """The right button asks what can be done about that which sends a message."""

    about: object


@dataclass(frozen=True, slots=True)
class Over:
    """The pointer, or the focus, has come to another zone; empty where it is on none."""

    name: str


@dataclass(frozen=True, slots=True)
class Hover:
    """The pointer rests at a point."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Resized:
    """The window has another size, in logical pixels."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pressed:
    """A zone was clicked, or pressed by the keyboard, and sends nothing of its own."""

    name: str


@dataclass(frozen=True, slots=True)
class Go:
    """Show another scene on top of this one: its model, or its name for a fresh one."""

    scene: object
    given: Mapping[str, object] = field(default_factory=dict)  # what its model begins with, where it is named


@dataclass(frozen=True, slots=True)
class Phase:
    """The game has come to another phase: its scene is shown over the board, which is new where the game is another."""

    name: str
    anew: bool = False


@dataclass(frozen=True, slots=True)
class EndTurn:
    """The side is done: a command ends what it does, once it has been asked about what is still open."""

    command: object


@dataclass(frozen=True, slots=True)
class Swap:
    """Show another scene, by model or name, in place of this one and of all that lie under it."""

    scene: object


@dataclass(frozen=True, slots=True)
class Back:
    """Leave this scene for the one under it, which is given a message where there is one."""

    then: object | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """Give a zone of the uppermost scene the focus."""

    zone: str


@dataclass(frozen=True, slots=True)
class Quit:
    """Close the window."""


Writing = Typed | Composing | Written
Happening = (
    Key | Writing | Click | Wheel | Drag | Gripped | Inquired | Over | Hover | Tick | Resized | Pressed | Answered
)
Message = Happening | Go | Phase | EndTurn | Swap | Back | Focus | Quit
