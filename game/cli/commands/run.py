"""Play a scenario without a window, and tell what happens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from game import journal as journals
from game.cli import options, report
from game.cli.echo import echo
from game.cli.setups import begun, opened, writable
from game.journal import Journal, Kept, TurnLine
from game.match.arguments import turns_of
from game.match.match import Match, Spreads
from game.narrative import chronicle
from game.narrative.wording import counted

LONG = 60
"""From how many turns on a bar shows how far the run is."""

Advance = Callable[[], Any]


@click.command("run", short_help="Play a scenario without a window.")
@options.scenario
@options.setup
@options.seats
@click.option("--turns", callback=options.whole(turns_of), metavar="N", help="How many turns; default: the scenario's.")
@click.option("--journal", type=click.Path(path_type=Path), metavar="FILE", help="Keep the game in this file.")
@options.output("text", "json", "csv")
@click.option(
    "--series",
    type=click.Choice(report.SERIES_NAMES),
    default="relations",
    show_default=True,
    help="What the rows of --format csv are about.",
)
@click.option("--quiet", is_flag=True, help="Only how it ended, as text; no bar.")
def command(
    scenario: str, seed: int, values: Mapping[str, float], spreads: Spreads, difficulty: str | None,
    seats: Mapping[str, str], turns: int | None, journal: Path | None, form: str, series: str, quiet: bool,
) -> None:  # fmt: skip
    """Play SCENARIO, a shipped one by its name or a file, every state deciding for itself, and tell it turn by turn."""
    if form != "csv" and series != "relations":
        raise click.UsageError(f"--series {series} is for rows; write --format csv --series {series}")
    writable(journal)
    match = begun(opened(scenario), seed, spreads, values, seats, difficulty)
    length = turns or match.setup.scenario.turns
    tell = Csv(match, series) if form == "csv" else Json() if form == "json" else Text(match, length, quiet)
    record = Record(journal)
    try:
        with progress(length, wanted=not quiet) as advance:
            match = _played(match, length, record, tell.turn, advance)
    except KeyboardInterrupt:
        # It may have come while a turn was being written: what is said here is what is on the disk.
        record.keep(match)
        kept = f", kept in {journal}" if journal is not None and record.lines else ""
        echo(f"realpolitik: interrupted after {counted(len(record.lines), 'whole turn')}{kept}", err=True)
        raise
    tell.end(match, record.lines)


class Record:
    """The turns of a run so far and, where they are kept, the journal that has them before they are told."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.lines: list[TurnLine] = []
        self.kept: Kept | None = None

    def add(self, match: Match) -> TurnLine:
        """Record the turn just played; it is on the disk when this returns."""
        self.lines.append(journals.line_of(match, match.history.turn))
        self.keep(match)
        return self.lines[-1]

    def keep(self, match: Match) -> None:
        """Write what is not on the disk yet; an old journal is not given up for no turn."""
        if self.path is not None and self.lines:
            journal = Journal(journals.header_of(match.setup), tuple(self.lines))
            self.kept = journals.keep(self.path, journal, self.kept)


def _played(
    match: Match, length: int, record: Record, tell: Callable[[Match, TurnLine], None], advance: Advance
) -> Match:
    """The match after its turns; each is kept before it is told."""
    while match.history.turn < length and not match.over:
        match = match.advance()
        line = record.add(match)
        for reason in match.left_out(match.history.turn):
            echo(f"realpolitik: turn {match.history.turn}, left out: {reason}", err=True)
        tell(match, line)
        advance()
    return match


class Text:
    """Tells a run as a chronicle."""

    def __init__(self, match: Match, length: int, quiet: bool) -> None:
        self.quiet = quiet
        self.teller = chronicle.Chronicle.of(match)
        self.before = report.table_after(match, 0)
        self.say(chronicle.opening(match, length))

    def say(self, lines: Iterator[str]) -> None:
        """Print lines, unless only the end is wanted."""
        if not self.quiet:
            echo("\n".join(lines))

    def turn(self, match: Match, line: TurnLine) -> None:
        """Tell a turn."""
        self.say(self.teller.turn(line, self.before, report.news(match, line.turn)))
        self.before = line.relations

    def end(self, match: Match, lines: list[TurnLine]) -> None:
        """Tell the end."""
        echo("\n".join(chronicle.closing(match)).removeprefix("\n" if self.quiet else ""))


class Json:
    """Gives a run as one object, at its end."""

    def turn(self, match: Match, line: TurnLine) -> None:
        """Nothing yet."""

    def end(self, match: Match, lines: list[TurnLine]) -> None:
        """Print the object."""
        echo(report.as_json(match, lines), nl=False)


class Csv:
    """Gives a series as rows, turn by turn."""

    def __init__(self, match: Match, series: str) -> None:
        self.series = series
        echo(report.csv_header(series))
        self.rows(match, 0)

    def rows(self, match: Match, turn: int) -> None:
        """Print a row a pair, or a dispute."""
        board = match.history.board
        rows = report.csv_rows(board, turn, board.calendar.label(turn), match.history.worlds[turn], self.series)
        echo("".join(f"{row}\n" for row in rows), nl=False)

    def turn(self, match: Match, line: TurnLine) -> None:
        """Print a turn."""
        self.rows(match, line.turn)

    def end(self, match: Match, lines: list[TurnLine]) -> None:
        """All is said."""


@contextmanager
def progress(length: int, *, wanted: bool) -> Iterator[Advance]:
    """A bar on stderr for a long run, where a person sees it and nothing else is printed there."""
    if not wanted or length < LONG or not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("turns", total=length)
        yield lambda: bar.advance(task)
