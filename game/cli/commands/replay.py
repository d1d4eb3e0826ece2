"""Play a journal again and verify every turn."""

from __future__ import annotations

from pathlib import Path

import click

from game import journal as journals
from game.cli import options
from game.cli.words import counted
from game.world import digest


@click.command("replay")
@options.journal
@click.option("--recover", is_flag=True, help="Of a damaged file, verify the turns that are whole.")
def command(journal: Path, recover: bool) -> None:
    """Play the game in JOURNAL again from its own orders and answers; exit code 1 says which turn and pair differ."""
    read = journals.read(journal, recover=recover)
    if read.damage is not None:
        click.echo(f"realpolitik: {read.damage}; the turns before it are kept", err=True)
    match = journals.replay(read)
    head = read.header
    click.echo(
        f"{head.scenario}, seed {head.seed}: {counted(match.history.turn, 'turn')} played again, every digest agrees"
    )
    click.echo(f"digest {digest(match.history.worlds[-1])}")
