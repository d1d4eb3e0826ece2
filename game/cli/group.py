"""The group of commands: one a file of `commands/`, imported when it runs and not before."""

from __future__ import annotations

import ast
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from game.cli.echo import echo
from game.cli.errors import PIPE_CLOSED, guarded
from game.errors import UnknownName
from game.version import ENGINE, VERSION

FOLDER = Path(__file__).with_name("commands")


class Commands(click.Group):
    """Finds its commands in the folder; the line each has in the list is the first of its docstring."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"game.cli.commands.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without arguments, the help."""
        return super().parse_args(ctx, args or ["--help"])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with; UnknownName with the nearest one when there is none."""
        # While a shell completes a line, a wrong word in it is not to be complained of.
        known = ctx.resilient_parsing or not args or args[0].startswith("-") or args[0] in self.list_commands(ctx)
        if not known:
            raise UnknownName("command", args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, read from the files without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary(name)) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that has gone away ends it without a word."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered would raise again when the interpreter flushes it at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(PIPE_CLOSED) from None
        return result

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command line and exit: every way it can fail has its exit code and its sentence."""
        call = super().main
        sys.exit(guarded(lambda: call(*args, **{**extra, "standalone_mode": False})))


def version() -> click.Option:
    """`--version`: the version of the program and of its engine."""

    def show(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            echo(f"realpolitik {VERSION}, engine {ENGINE}")
            ctx.exit()

    help_ = "Show the version and exit."
    return click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=help_)


def summary(name: str) -> str:
    """The first line of a command's docstring."""
    module = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(module) or "").partition("\n")[0]
