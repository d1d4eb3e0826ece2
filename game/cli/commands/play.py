"""Play a state against the others, in a window or in the terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from game.cli import options, terminal
from game.cli.echo import echo
from game.cli.setups import opened
from game.cli.terminal import Given, player
from game.match.match import Spreads

if TYPE_CHECKING:
    from game.play.commands import Begin

WINDOWLESS = ("values", "spreads", "journal", "resume")
"""Options that the window does not have: it has screens for them, or does without."""


@click.command("play")
@click.argument("scenario", metavar="[SCENARIO]", required=False)
@click.option(
    "--state", "seats", type=str, multiple=True, metavar="STATE[=POLICY]",
    help="The state you decide for; more than one for several people at one window. "
    "In the terminal, with =POLICY, who decides for another (random, wait, script:FILE).",
)  # fmt: skip
@options.setup
@click.option("--load", "kept", type=click.Path(path_type=Path), metavar="FILE", help="Go on with a kept game.")
@click.option(
    "--shots",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Open no window: play a game by script and write a picture of every screen.",
)
@click.option("--terminal", "plain", is_flag=True, help="Play at a prompt, without a window.")
@click.option(
    "--journal",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --terminal: where the game is kept; default: a new SCENARIO.jsonl here.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="With --terminal: go on with the game in the journal; default: the one begun last here.",
)
@click.pass_context
def command(
    context: click.Context, scenario: str | None, seats: tuple[str, ...], seed: int, values: Mapping[str, float],
    spreads: Spreads, difficulty: str | None, kept: Path | None, shots: Path | None, plain: bool,
    journal: Path | None, resume: bool,
) -> None:  # fmt: skip
    """Play SCENARIO turn by turn: a briefing, your orders, what comes of them. The game is kept after every turn.

    Without SCENARIO the window opens with its title.
    """
    if plain:
        if scenario is None:
            raise click.UsageError("--terminal needs a SCENARIO; `realpolitik scenarios` lists them", context)
        if kept is not None or shots is not None:
            raise click.UsageError("--load and --shots are for the window; --resume goes on in the terminal", context)
        terminal.played(context, scenario, resume, Given(seats, seed, values, spreads, difficulty, journal))
        return
    for option in context.command.params:
        if option.name in WINDOWLESS and context.get_parameter_source(option.name) != DEFAULT:
            raise click.UsageError(f"{option.opts[0]} needs --terminal", context)
    begin = None if scenario is None else beginning(context, scenario, seats, seed, difficulty)
    in_a_window(begin, kept, shots)


DEFAULT = click.core.ParameterSource.DEFAULT


def beginning(
    context: click.Context, scenario: str, seats: tuple[str, ...], seed: int, difficulty: str | None
) -> Begin:
    """What begins the game that was asked for, once it is sure that it can be begun."""
    from game.play.commands import Begin

    if any("=" in seat for seat in seats):
        raise click.UsageError("--state STATE=POLICY needs --terminal", context)
    made = opened(scenario)
    return Begin(scenario, tuple(player(made, seat) for seat in dict.fromkeys(seats) or (None,)), seed, difficulty)


def in_a_window(begin: Begin | None, kept: Path | None, shots: Path | None) -> None:
    """Open the window, and stay until it is closed; or draw what it would show."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    if shots is not None:
        os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy")
        from game.screen.shots import take

        for path in take(shots) if begin is None else take(shots, begin):
            echo(str(path))
        return
    from game.screen.display import at_hand

    window = at_hand()  # something is seen while the rest is read
    from game.play.commands import Load
    from game.screen.app import App

    app = App(shown=window)
    for command in (begin, None if kept is None else Load(str(kept))):
        if command is not None:
            app.must(command)
    app.run()
