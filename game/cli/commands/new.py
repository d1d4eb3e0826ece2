"""Write a new scenario: a commented file to start from."""

from __future__ import annotations

import re
from pathlib import Path

import click

from game.cli.echo import echo
from game.scenario.template import FEWEST, MOST, scenario_text

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@click.command("new")
@click.argument("name", metavar="NAME")
@click.option(
    "--states",
    type=click.IntRange(FEWEST, MOST),
    default=3,
    show_default=True,
    metavar="N",
    help="How many states it has.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def command(name: str, states: int, force: bool) -> None:
    """Write NAME.yaml, a small commented scenario that is clean under `check --audience strict`."""
    target = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    identifier = target.stem.replace("-", "_")
    if not NAME.fullmatch(identifier):
        raise click.UsageError(
            f"{target.stem!r} can't name a scenario; use small letters, digits and hyphens, a letter first, at most 40"
        )
    try:
        with target.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(scenario_text(identifier, states))
    except FileExistsError:
        raise click.UsageError(f"{target} is there already; --force replaces it") from None
    echo(f"wrote {target}")
    echo(f"next: realpolitik check {target}, then realpolitik run {target}", err=True)
