"""Print the JSON Schema that editors check and complete files by."""

from __future__ import annotations

import click

from game.cli.echo import echo
from game.scenario.editing.json_schema import file_name, texts


@click.command("schema")
@click.argument("kind", type=click.Choice(["scenario", "catalogue"]), default="scenario")
def command(kind: str) -> None:
    """Print the JSON Schema (draft-07) of a scenario or a catalogue file."""
    echo(texts()[file_name(kind)], nl=False)
