"""Compile the engine's kernels, once: games and studies are many times faster afterwards."""

from __future__ import annotations

import sys

import click

from game.cli.echo import echo


@click.command("warm")
def command() -> None:
    """Compile the engine's kernels, once: games and studies are many times faster afterwards.

    It takes a minute or two, and is kept for all later runs on this machine. Nothing depends on it: without it the same
    games are played, with the same bytes.
    """
    from game.study.warming import warm

    for done, all_of_it in warm():
        end = "\n" if done == all_of_it else ""
        echo(f"\rcompiled {done} of {all_of_it} parts{end}", nl=False, err=True)
        sys.stderr.flush()
