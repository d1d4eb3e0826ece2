"""Write a new scenario: a commented file to start from."""

from __future__ import annotations

import re
from pathlib import Path

import click

from game.cli.echo import echo
from game.scenario.template import FEWEST, MOST, SCHEMA, scenario_text

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
    schema = target.with_name(SCHEMA)
    if renewed(schema):
        echo(f"wrote {schema} too: the editors that know JSON Schema check and complete scenarios by it", err=True)
    echo(f"wrote {target}")
    echo(f"next: realpolitik check {target}, then realpolitik run {target}", err=True)


def renewed(schema: Path) -> bool:
    """Whether the schema was written: where there is none, or one of another version of this program."""
    from game.scenario.editing.json_schema import texts

    text = texts()[schema.name]
    if schema.is_file() and kept(schema, text):
        return False
    schema.write_text(text, encoding="utf-8", newline="\n")
    return True


def kept(schema: Path, text: str) -> bool:
    """Whether a file of this name stays as it is: it is up to date, or something else."""
    there = schema.read_text(encoding="utf-8", errors="replace")
    head = text.partition('"type"')[0]
    return there == text or not there.startswith(head)
