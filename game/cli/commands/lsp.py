"""Serve editors: findings, completion, hover, definitions, renaming and fixes, over the Language Server Protocol."""

from __future__ import annotations

from importlib.util import find_spec

import click


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as is done anyway.")
def command(stdio: bool) -> None:
    """Serve an editor over standard input and output until it says to stop (needs the extra `editor`)."""
    if find_spec("pygls") is None:
        raise click.UsageError("the language server needs the extra 'editor': pip install 'realpolitik[editor]'")
    from game.cli.language_server import serve

    serve()
