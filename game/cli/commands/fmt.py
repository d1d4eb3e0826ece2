"""Lay a scenario out: align the table of relations, trim the ends of lines, and touch nothing else."""

from __future__ import annotations

import click

from game.cli.commands.fix import difference
from game.cli.echo import echo
from game.cli.errors import FINDINGS
from game.cli.rewriting import rewritten, text_to_rewrite
from game.files import path_from_here, scenario_path
from game.scenario.editing.layout import laid_out


@click.command("fmt")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--diff", "only_shown", is_flag=True, help="Show what would change, and change nothing.")
@click.pass_context
def command(context: click.Context, files: tuple[str, ...], only_shown: bool) -> None:
    """Lay each FILE out: its table aligned, no spaces at the ends of lines. Words and comments stay.

    With --diff the exit code is 1 where something would change.
    """
    changed = False
    for path in [scenario_path(name) for name in files]:
        text = text_to_rewrite(path)
        after = laid_out(text)
        changed |= after != text
        if only_shown:
            echo(difference(text, after, path), nl=False)
        elif rewritten(path, text, after):
            echo(f"laid out {path_from_here(path)}")
    if only_shown and changed:
        context.exit(FINDINGS)
