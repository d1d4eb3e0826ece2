"""Explain a finding's code, with a bad and a good example."""

from __future__ import annotations

import click

from game.cli.echo import echo
from game.narrative.wording import table
from game.scenario import explanation
from game.scenario.findings.codes import CODES


@click.command("explain")
@click.argument("code", metavar="[CODE]", required=False)
def command(code: str | None) -> None:
    """Explain what the finding CODE means, with a bad and a good example; without one, list all codes."""
    if code is None:
        echo("\n".join(table([(name, each.severity, each.title) for name, each in CODES.items()], indent=0)))
    else:
        echo(explanation(code).rstrip("\n"))
