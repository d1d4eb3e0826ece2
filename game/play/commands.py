"""Commands: what scenes want of the engine, as values. `game.play.dispatch` carries them out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Begin:
    """Start a game: `seats` are the states that people decide for, none to watch."""

    scenario: str
    seats: tuple[str, ...]
    seed: int
    difficulty: str | None = None
    turns: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Add an order, as text, to the plan of the side that is shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Take an order back, counted from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class Stand:
    """Choose in a crisis: escalate, hold, off_ramp or back_down."""

    dispute: str
    stance: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Take an option of an event that waits."""

    event: str
    option: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Accept or refuse what another proposes."""

    key: str
    accept: bool


@dataclass(frozen=True, slots=True)
class Commit:
    """The side that is shown has planned: the next side, the inbox or the turn itself follows."""


@dataclass(frozen=True, slots=True)
class Proceed:
    """What the phase had to show has been seen: the curtain, the briefing, the inbox, the report."""


@dataclass(frozen=True, slots=True)
class Revise:
    """Back from the inbox to the plan; what others propose is asked again once it is done."""


@dataclass(frozen=True, slots=True)
class Advance:
    """Play a turn with nobody deciding: for those who watch."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last change of the plan or, where there is none, the last turn."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was taken back."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Go back to an earlier turn and go on from there; the game so far stays in its file."""

    turn: int


@dataclass(frozen=True, slots=True)
class Explain:
    """Account for a relation, now or as a past turn left it."""

    first: str
    second: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What may be ordered towards a state now."""

    target: str


@dataclass(frozen=True, slots=True)
class Consider:
    """What an order, as text, would change for everybody, before it is planned."""

    text: str


@dataclass(frozen=True, slots=True)
class Sound:
    """How a deal, as text, would be received; with `packages`, what it would take and the most to ask."""

    text: str
    packages: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """Work out futures of a relation, off the drawing thread; `Gather` brings them once they are there."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Gather:
    """Take in the futures that were asked for, if they have been worked out."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Measure what charts show besides relations and tension, after every turn so far."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Keep an item of the record, by its number, where it is found again; or let it go."""

    number: int


@dataclass(frozen=True, slots=True)
class Consult:
    """Open the codex of the game that is played or, where there is none, of the standard catalogue."""


@dataclass(frozen=True, slots=True)
class Save:
    """Keep the game in a file of its own, or in the quick save."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """Go on with a kept game, or with the quick save where none is named."""

    path: str | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Throw a kept game away."""

    path: str


@dataclass(frozen=True, slots=True)
class Retrace:
    """Work out how a finished game would have come without its most decisive orders, off the drawing thread."""


@dataclass(frozen=True, slots=True)
class Export:
    """Write the debrief as a page."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Put the game away; it is kept."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """Read the scenarios and kept games anew."""


@dataclass(frozen=True, slots=True)
class Inspect:
    """Read a scenario file for the authoring panel: findings, and the board of turn 0."""

    path: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the engine says to a command: a notice for the person, `problem` where it could not be done."""

    text: str
    problem: bool = False
