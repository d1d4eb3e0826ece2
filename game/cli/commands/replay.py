"""Play a journal again and verify every turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from game.cli import options
from game.cli.echo import echo
from game.cli.setups import repaired, replayed
from game.journal import Journal
from game.journal.verify import of_another_kind
from game.kernel.world import digest
from game.narrative.wording import counted


@click.command("replay")
@options.journal
@click.option("--recover", is_flag=True, help="Mend a damaged file: keep its whole turns, and the old file beside it.")
def command(journal: Path, recover: bool) -> None:
    """Play the game in JOURNAL again from its own orders and answers; exit code 1 says what differs, and where."""
    read, match = replayed(journal, recover=recover)
    if read.damage is not None:
        echo(repaired(journal, read), err=True)
    head = read.header
    echo(f"{head.scenario}, seed {head.seed}: {counted(match.history.turn, 'turn')} played again, every digest agrees")
    echo(f"digest {digest(match.history.worlds[-1])}")
    echo("\n".join(reasons_in_words(read, of_another_kind(read, match.setup))))


def reasons_in_words(journal: Journal, other: str) -> Iterator[str]:
    """What was found out about the reasons of orders, once a journal was played again, and what nobody can find out."""
    every = [record for line in journal.turns for record in line.orders]
    without = sum(record.why is None for record in every)
    told = counted(len(every) - without, "order")
    if other:
        yield f"not verified: the reasons of {told}, as {other}"
    elif len(every) > without:
        yield f"the reasons of {told} were worked out again, and agree"
    if without:
        yield f"not verified: why {counted(without, 'other order')} came about, as people and scripts record no reasons"
    yield "not verified: who played, and when; whoever has the program can write a journal of another game"
