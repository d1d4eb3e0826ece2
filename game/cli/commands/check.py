"""Check scenario files and show what is wrong, where, and what to do."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from game.cli.check_settings import FORMS, settings_for
from game.cli.checked_files import STDIN, Checked, checked, checked_input
from game.cli.echo import echo
from game.cli.errors import FINDINGS
from game.files import path_from_here, scenario_path
from game.scenario.findings.baseline import baseline_of, beyond
from game.scenario.findings.finding import Audience, as_json, concise, full, summary
from game.scenario.findings.sarif import as_sarif
from game.scenario.findings.services import as_github, as_junit

BEGINS, ENDS = "checking {}", "watching {}"
"""What `--watch` says as a round begins, and when it has ended."""

_WAIT = 0.3
"""Seconds between two looks at whether a file has changed."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be checked, and how."""

    names: tuple[str, ...]
    paths: tuple[Path | None, ...]  # None for standard input
    audience: Audience
    form: str
    ignored: frozenset[str]
    baseline: Path | None
    update: bool

    def files(self) -> list[Checked]:
        """Every file as it stands now."""
        return [self._file(name, path) for name, path in zip(self.names, self.paths, strict=True)]

    def _file(self, name: str, path: Path | None) -> Checked:
        found = checked_input(name, self.audience) if path is None else checked(path, name, self.audience)
        kept = tuple(each for each in found.findings if each.code not in self.ignored or each.severity == "error")
        return Checked(found.name, found.text, kept)


@click.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(FORMS),
    help="The form of the output: full, but github in a workflow of GitHub.",
)  # fmt: skip
@click.option(
    "--audience",
    type=click.Choice(["play", "author", "strict"]),
    help="play: only what keeps it from running; author (unless told): what an author wants to know; strict: all.",
)
@click.option("--profile", metavar="NAME", help="Check as a profile of realpolitik.toml says.")
@click.option(
    "--baseline", metavar="FILE", type=click.Path(path_type=Path), help="Leave out the findings that this file holds."
)
@click.option("--update-baseline", "update", is_flag=True, help="Write what is found now to the file of --baseline.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until interrupted.")
@click.option("--stdin-name", default="<stdin>", metavar="NAME", help="What to call the file that is read from '-'.")
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    form: str | None,
    audience: Audience | None,
    profile: str | None,
    baseline: Path | None,
    update: bool,
    watch: bool,
    stdin_name: str,
) -> None:
    """Check each FILE: a scenario (or the name of one that is shipped), a catalogue, event data, or settings.

    '-' is standard input. Exit code 0: nothing found; 1: findings.
    """
    settings = settings_for(profile, Path.cwd())
    kept = baseline or (Path(settings.baseline) if settings.baseline else None)
    _refuse_what_does_not_go_together(files, watch=watch, update=update, baseline=kept)
    paths = tuple(None if name == STDIN else path_of(name) for name in files)
    task = _Task(
        names=tuple(stdin_name if path is None else path_from_here(path) for path in paths),
        paths=paths,
        audience=audience or settings.audience,
        form=form or settings.format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"),
        ignored=frozenset(settings.ignore),
        baseline=kept,
        update=update,
    )
    if watch:
        watched(task, time.sleep)
    elif _round(task):
        context.exit(FINDINGS)


def path_of(name: str) -> Path:
    """The file of a name: settings by their file alone, anything else as scenarios are named."""
    path = Path(name)
    return path if path.suffix in (".toml", ".json") and path.is_file() else scenario_path(name)


def _refuse_what_does_not_go_together(
    files: Sequence[str], *, watch: bool, update: bool, baseline: Path | None
) -> None:
    if files.count(STDIN) > 1:
        raise click.UsageError("standard input can be read only once")
    if watch and STDIN in files:
        raise click.UsageError("standard input can't be watched")
    if update and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE")


def _round(task: _Task) -> bool:
    """Check every file and show what was found; whether anything was."""
    files = task.files()
    if task.update and task.baseline is not None:
        found = [each for file in files for each in file.findings]
        task.baseline.write_text(baseline_of(found), encoding="utf-8", newline="\n")
        echo(f"wrote {task.baseline}: {summary(found, len(found))}", err=True)
        return False
    files = _beyond(files, task.baseline)
    _show(files, task.form)
    return any(file.findings for file in files)


def _beyond(files: list[Checked], baseline: Path | None) -> list[Checked]:
    """The files with the findings that the baseline does not hold."""
    if baseline is None:
        return files
    text = baseline.read_text(encoding="utf-8")
    found = [each for file in files for each in file.findings]
    new, gone = beyond(found, text, str(baseline))
    if gone:
        echo(f"{gone} of the findings in {baseline} are gone; --update-baseline takes them off", err=True)
    left = {id(each) for each in new}
    return [Checked(file.name, file.text, tuple(each for each in file.findings if id(each) in left)) for file in files]


def _show(files: Sequence[Checked], form: str) -> None:
    found = [each for file in files for each in file.findings]
    whole: dict[str, Callable[[], str]] = {
        "json": lambda: as_json(found),
        "sarif": lambda: as_sarif(found),
        "github": lambda: as_github(found),
        "junit": lambda: as_junit({file.name: (file.findings, file.text) for file in files}),
        "concise": lambda: "".join(f"{concise(each)}\n" for each in found),
    }
    if form in whole:
        echo(whole[form](), nl=False)
    for file in files if form == "full" else ():
        if file.findings:
            echo(full(file.findings, file.text, colour=coloured()), coloured=True)
        else:
            echo(f"{file.name}: nothing found")
    if len(files) > 1 and form in ("full", "concise"):
        echo(f"{len(files)} files: {summary(found, len(found))}", err=True)


def watched(task: _Task, wait: Callable[[float], object]) -> None:
    """Check, and again after every change, until interrupted; a file that is away for a moment is waited for."""
    seen: list[object] = []
    said = ", ".join(task.names)
    while True:
        now = [_state(path) for path in task.paths if path is not None]
        if now != seen:
            echo(BEGINS.format(said))
            try:
                _round(task)
            except OSError as error:
                echo(f"{error.filename}: {(error.strerror or str(error)).lower()}", err=True)
            echo(ENDS.format(said))
            sys.stdout.flush()
            seen = now
        wait(_WAIT)


def _state(path: Path) -> object:
    """What changes when a file does."""
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None


def coloured() -> bool:
    """Whether a terminal reads the output and has not asked for plain text."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
