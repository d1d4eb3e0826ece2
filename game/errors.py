"""The errors of the engine: each says the fact, the place and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any


class GameError(Exception):
    """Anything this package raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are rebuilt from their message, which is not what every constructor here takes; one that can't be
        # read again leaves a pool of processes waiting for ever.
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[GameError], args: tuple[Any, ...], fields: Mapping[str, Any]) -> GameError:
    """An error as it was in the process that raised it."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error


class InvalidArgument(GameError, ValueError):
    """What a run was asked for with makes no sense: a seed, a number of turns, a mapping of the wrong kind."""


class UnknownName(GameError, LookupError):
    """A scenario, state, act, parameter or path that does not exist; carries the nearest one that does."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        self.kind, self.name = kind, name
        self.nearest = nearest(name, known) if isinstance(name, str) else None
        super().__init__(f"there is no {kind} called {quoted(name)}{self.hint}")

    @property
    def hint(self) -> str:
        return f"; did you mean {self.nearest!r}?" if self.nearest else ""


class UnreadableFile(GameError, OSError):
    """What has a file's name and is none: a folder, a pipe, a device."""


class NoSuchTurn(GameError, IndexError):
    """A turn that a game does not have, or does not have yet."""


class InvalidOrder(GameError, ValueError):
    """An order that is not well formed, or names something that does not exist."""


class IllegalOrder(GameError, ValueError):
    """A well-formed order that may not be given now; says why, and what may.

    `refusal` is the same as a value, where the rules of the scenario forbid the order.
    """

    def __init__(self, message: str, refusal: Any = None) -> None:
        self.refusal = refusal
        super().__init__(message)


class UnaffordableOrder(IllegalOrder):
    """A legal order whose cost exceeds the capital its state has left."""


class JournalError(GameError):
    """A journal that is damaged, or whose replay differs from what it recorded."""

    def __init__(self, message: str, *, line: int | None = None, turn: int | None = None) -> None:
        self.line, self.turn = line, turn
        super().__init__(message)


class PolicyError(GameError):
    """A policy that returned something that is not a choice."""


class StudyError(GameError):
    """A study that cannot be planned or carried out."""


SHOWN = 80
"""How much of what was given an error repeats."""


def quoted(given: object) -> str:
    """What was given, as Python writes it, on one line and no longer than a line."""
    if isinstance(given, int) and given.bit_length() > 256:
        return f"a number of {given.bit_length()} bits"
    try:
        text = " ".join(repr(given).split())
    except ValueError:  # of numbers so long that Python does not write them
        text = f"a {type(given).__name__}"
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when none is close."""
    close = get_close_matches(name, list(known), 1, 0.6)
    return close[0] if close else None
