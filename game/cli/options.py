"""Options that several commands share, so that they are called and explained alike everywhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import reduce
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

import click

from game.errors import GameError
from game.match import arguments
from game.match.difficulty import LEVELS

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Option = Callable[[Decorated], Decorated]


def whole(check: Callable[[object], int]) -> Callable[..., int | None]:
    """The callback of an option with a whole number, held to the library's own check and refused in its words."""

    def checked(ctx: click.Context, param: click.Parameter, word: str | None) -> int | None:
        given: object = word
        with suppress(ValueError, TypeError):  # what is no number is for the check to refuse
            given = int(word or "")
        return None if word is None else _refused(check, given, ctx, param)

    return checked


def _refused(check: Callable[[object], Any], given: object, ctx: click.Context, param: click.Parameter) -> Any:
    try:
        return check(given)
    except GameError as error:
        raise click.BadParameter(str(error), ctx, param) from error


def one_of(*names: str, check: Callable[[object], Any]) -> dict[str, Any]:
    """What an option takes to have one of some names, refused in the library's words."""

    def completed(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
        return [name for name in names if name.startswith(begun)]

    return {
        "metavar": f"[{'|'.join(names)}]",
        "callback": lambda ctx, param, word: _refused(check, word, ctx, param),
        "shell_complete": completed,
    }


def numbers(ctx: click.Context, param: click.Parameter, words: tuple[str, ...]) -> dict[str, float]:
    """The values of `--set`, each path once and each a plain number."""
    values = {}
    for path, right in assignments(ctx, param, words).items():
        try:
            values[path] = float(right)
        except ValueError:
            values[path] = float("nan")
        if not isfinite(values[path]):
            raise click.BadParameter(f"{path} needs a number, not {right!r}", ctx, param)
    return values


def assignments(ctx: click.Context, param: click.Parameter, words: tuple[str, ...]) -> dict[str, str]:
    """Words of the form `name=value`, each name once."""
    given: dict[str, str] = {}
    for word in words:
        name, sign, right = (part.strip() for part in word.partition("="))
        if not (name and sign and right):
            raise click.BadParameter(f"{word!r} is not of the form {param.metavar}", ctx, param)
        if name in given:
            raise click.BadParameter(f"{name} is given twice, as {given[name]} and as {right}", ctx, param)
        given[name] = right
    return given


def combined(*options: Option[Any]) -> Option[Any]:
    """Several options as one decorator, in the order in which they are listed."""
    return lambda function: reduce(lambda made, option: option(made), reversed(options), function)


scenario = click.argument("scenario", metavar="SCENARIO")

journal = click.argument("journal", metavar="JOURNAL", type=click.Path(path_type=Path))

seed = click.option(
    "--seed",
    callback=whole(arguments.seed_of),
    default="0",
    show_default=True,
    metavar="N",
    help="The luck of the game: the same seed gives the same game.",
)

parameters = click.option(
    "--set",
    "values",
    multiple=True,
    callback=numbers,
    metavar="PATH=VALUE",
    help="Set a parameter of the model for this run; may be given more than once.",
)

spreads = click.option(
    "--spreads",
    **one_of("central", "drawn", check=arguments.spreads_of),
    default="central",
    show_default=True,
    help="Numbers that the scenario leaves open: their central values, or drawn by the seed.",
)

seats = click.option(
    "--state",
    "seats",
    multiple=True,
    callback=assignments,
    metavar="STATE=POLICY",
    help="Who decides for a state: reasoner (the default), random, wait or script:FILE; may be given more than once.",
)

difficulty = click.option(
    "--difficulty",
    **one_of(*LEVELS, check=arguments.difficulty_of),
    help="How far the states that the computer leads look ahead; never dice or resources.",
)

setup = combined(seed, parameters, spreads, difficulty)


def output(*forms: str) -> Option[Any]:
    """`--format` with the forms a command has, the first being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help="The form of the output.",
    )
