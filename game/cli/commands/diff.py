"""Show what differs between two scenarios by meaning, not by lines."""

from __future__ import annotations

import json

import click

from game.cli import options
from game.cli.echo import echo
from game.cli.errors import FINDINGS
from game.cli.setups import opened
from game.scenario.editing.meaning import differences


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@options.output("text", "json")
@click.pass_context
def command(context: click.Context, before: str, after: str, form: str) -> None:
    """Show what differs from scenario A to scenario B: relations, numbers, events, conditions, acts.

    Comments, layout and the order of entries don't count. Exit code 0: nothing; 1: something differs.
    """
    found = differences(opened(before), opened(after))
    if form == "json":
        records = [{"path": each.path, "kind": each.kind, "was": each.was, "now": each.now} for each in found]
        echo(json.dumps(records, ensure_ascii=False, indent=1))
    elif found:
        echo("\n".join(map(str, found)))
    else:
        echo("the two mean the same")
    if found:
        context.exit(FINDINGS)
