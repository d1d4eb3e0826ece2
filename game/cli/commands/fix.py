"""Mend what the findings of a scenario say how to mend, and leave the rest as it is written."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import click

from game.cli.echo import echo
from game.cli.errors import FINDINGS
from game.cli.rewriting import rewritten, text_to_rewrite
from game.files import path_from_here, scenario_path
from game.scenario.editing.fix import Fix
from game.scenario.editing.fixes import fixed
from game.scenario.findings.finding import Audience


@click.command("fix")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--unsafe", is_flag=True, help="Also make fixes that guess, such as the nearest name: look at them.")
@click.option("--diff", "only_shown", is_flag=True, help="Show what would change, and change nothing.")
@click.option(
    "--audience", type=click.Choice(["play", "author", "strict"]), default="author", show_default=True,
    help="Whose findings are mended.",
)  # fmt: skip
@click.pass_context
def command(context: click.Context, files: tuple[str, ...], unsafe: bool, only_shown: bool, audience: Audience) -> None:
    """Mend each FILE as its findings say; comments and layout stay. No fix is made that leads to a new finding.

    With --diff the exit code is 1 where something would change.
    """
    changed = False
    for path in [scenario_path(name) for name in files]:
        text = text_to_rewrite(path)
        mended, done = fixed(text, audience, unsafe=unsafe)
        changed |= mended != text
        if only_shown:
            echo(difference(text, mended, path), nl=False)
        else:
            guesses = [] if unsafe else fixed(mended, audience, unsafe=True)[1]
            _report(path, done, len(guesses))
            rewritten(path, text, mended)
    if only_shown and changed:
        context.exit(FINDINGS)


def _report(path: Path, done: list[Fix], guesses: int) -> None:
    """What was done to a file, and how much more could be done by guessing."""
    for fix in done:
        place = f"{path_from_here(path)}:{fix.finding.span.line}:{fix.finding.span.column}"
        echo(f"{place}: {fix.title} ({fix.finding.code}: {fix.finding.message})")
    if guesses:
        echo(f"{path_from_here(path)}: --unsafe would make {guesses} more by guessing")
    elif not done:
        echo(f"{path_from_here(path)}: nothing that can be mended")


def difference(before: str, after: str, path: Path) -> str:
    """What differs between two versions of a file, as patches are written."""
    name = path_from_here(path)
    return "".join(unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, name))
