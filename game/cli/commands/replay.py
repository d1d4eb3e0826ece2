"""Play a journal again and verify every turn."""

from __future__ import annotations

from pathlib import Path

import click

from game.cli import options
from game.cli.echo import echo
from game.cli.setups import repaired, replayed
from game.kernel.world import digest
from game.narrative.wording import counted


@click.command("replay")
@options.journal
@click.option("--recover", is_flag=True, help="Mend a damaged file: keep its whole turns, and the old file beside it.")
def command(journal: Path, recover: bool) -> None:
    """Play the game in JOURNAL again from its own orders and answers; exit code 1 says which turn and pair differ."""
    read, match = replayed(journal, recover=recover)
    if read.damage is not None:
        echo(repaired(journal, read), err=True)
    head = read.header
    echo(f"{head.scenario}, seed {head.seed}: {counted(match.history.turn, 'turn')} played again, every digest agrees")
    echo(f"digest {digest(match.history.worlds[-1])}")
