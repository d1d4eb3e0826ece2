"""What went wrong, in one sentence, and the exit code that says so: 1 findings, 2 usage, 3 failure, 130 interrupted."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Any

import click

from game.cli.echo import echo
from game.errors import GameError, JournalError, UnknownName
from game.scenario.findings.finding import ScenarioError, full

FINDINGS, USAGE, FAILURE, INTERRUPTED, PIPE_CLOSED = 1, 2, 3, 130, 141

TRACEBACK = "REALPOLITIK_TRACEBACK"
"""Set this variable to see where inside the program a failure comes from."""

NOT_THERE = (FileNotFoundError, IsADirectoryError, NotADirectoryError, FileExistsError)


class Broken(click.ClickException):
    """A scenario with errors: its findings, with the lines they are about."""

    exit_code = FINDINGS

    def __init__(self, findings: Sequence[Any], text: str) -> None:
        super().__init__("the scenario has errors and does not run")
        self.findings, self.text = tuple(findings), text

    def show(self, file: Any = None) -> None:
        """Print the findings and then the sentence."""
        echo(full(self.findings, self.text), err=True, nl=False)
        echo(f"realpolitik: {self.message}", err=True)


def guarded(call: Callable[[], Any]) -> int:
    """The exit code of a call, after one sentence on stderr where it failed."""
    try:
        result = call()
    except Broken as error:
        error.show()
        return FINDINGS
    except click.ClickException as error:
        _say(_usage(error))
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except (GameError, OSError) as error:
        _say(_sentence(error))
        return _code(error)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise RuntimeError("this is a bug of realpolitik") from error
        _say(_bug(error))
        return FAILURE
    return result if isinstance(result, int) else 0


def _say(sentence: str) -> None:
    echo(f"realpolitik: {sentence}", err=True)


def _usage(error: click.ClickException) -> str:
    """The message of click, and where the options are listed."""
    if isinstance(error, click.NoSuchOption):
        return str(UnknownName("option", error.option_name, error.possibilities or ()))
    message = error.format_message().strip().rstrip(".")
    message = message[:1].lower() + message[1:]
    context = getattr(error, "ctx", None)
    return message if context is None else f"{message} (see {context.command_path} --help)"


def _sentence(error: Exception) -> str:
    if isinstance(error, ScenarioError):
        return "\n".join([*map(str, error.findings), "realpolitik: the scenario has errors and does not run"])
    if isinstance(error, OSError) and error.strerror:
        reason = error.strerror[:1].lower() + error.strerror[1:]
        return f"{error.filename}: {reason}" if error.filename else reason
    return str(error)


def _code(error: Exception) -> int:
    if isinstance(error, JournalError | ScenarioError):
        return FINDINGS
    if isinstance(error, OSError) and not isinstance(error, (*NOT_THERE, GameError)):
        return FAILURE
    return USAGE


def _bug(error: Exception) -> str:
    place = extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    kind = type(error).__name__
    return f"a bug, not a fault of yours: {kind}: {error} ({where}); {TRACEBACK}=1 shows where it comes from"
