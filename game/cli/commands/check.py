"""Check scenario files and show what is wrong, where, and what to do."""

from __future__ import annotations

import os
import sys

import click

from game.cli import options
from game.cli.echo import echo
from game.cli.errors import FINDINGS
from game.cli.setups import shown
from game.files import scenario_path
from game.scenario import read
from game.scenario.findings.finding import (
    Audience,
    Finding,
    as_json,
    concise,
    full,
    summary,
)


@click.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@options.output("full", "concise", "json")
@click.option(
    "--audience",
    type=click.Choice(["play", "author", "strict"]),
    default="author",
    show_default=True,
    help="play: only what keeps it from running; author: what an author wants to know; strict: all.",
)
@click.pass_context
def command(context: click.Context, files: tuple[str, ...], form: str, audience: Audience) -> None:
    """Check each FILE (or shipped scenario, by its name). Exit code 0: nothing found; 1: findings."""
    found: list[Finding] = []
    for path in [scenario_path(name) for name in files]:
        reading = read(path, path=shown(path), audience=audience)
        found.extend(reading.findings)
        if form == "concise":
            echo("".join(f"{concise(each)}\n" for each in reading.findings), nl=False)
        elif form == "full" and reading.findings:
            echo(full(reading.findings, reading.text, colour=coloured()), coloured=True)
        elif form == "full":
            echo(f"{shown(path)}: nothing found")
    if form == "json":
        echo(as_json(found), nl=False)
    elif len(files) > 1:
        echo(f"{len(files)} files: {summary(found, len(found))}", err=True)
    if found:
        context.exit(FINDINGS)


def coloured() -> bool:
    """Whether a terminal reads the output and has not asked for plain text."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
