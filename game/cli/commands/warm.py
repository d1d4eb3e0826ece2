"""Compile the engine's kernels, once: games are played some hundred times faster afterwards."""

from __future__ import annotations

import click

from game.cli.echo import echo


@click.command("warm")
def command() -> None:
    """Compile the engine's kernels, once: games and ensembles are many times faster afterwards.

    It takes a minute or two, and is kept for all later runs on this machine, until the program or one of its libraries
    changes. No result depends on it: without it the same games are played, with the same bytes.
    """
    from game.study.warming import warm

    for done, all_of_it in warm():
        echo(f"compiled {done} of {all_of_it} parts", err=True)
