"""Draw the board of a scenario before its first turn."""

from __future__ import annotations

import os
from pathlib import Path

import click

from game.cli import options
from game.cli.echo import echo
from game.cli.setups import opened


def pixels(context: click.Context, parameter: click.Parameter, text: str) -> tuple[int, int]:
    """Width and height from `1280x720`."""
    width, sign, height = text.partition("x")
    if not (sign and width.isdecimal() and height.isdecimal()):
        raise click.BadParameter(f"{text!r} is not of the form 1280x720", context, parameter)
    if not (SMALLEST <= int(width) <= LARGEST and SMALLEST <= int(height) <= LARGEST):
        raise click.BadParameter(f"each side has {SMALLEST} to {LARGEST} pixels", context, parameter)
    return int(width), int(height)


SMALLEST, LARGEST = 200, 8000


@click.command("preview")
@options.scenario
@click.option(
    "--png",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="Where the picture is written.",
)
@click.option(
    "--size", default="1280x720", show_default=True, callback=pixels, metavar="WIDTHxHEIGHT", help="Of the picture."
)
def command(scenario: str, png: Path, size: tuple[int, int]) -> None:
    """Draw the board of SCENARIO before its first turn, without opening a window."""
    opened(scenario)
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy")
    from game.screen.shots import board_of

    board_of(scenario, png, size)
    echo(str(png))
