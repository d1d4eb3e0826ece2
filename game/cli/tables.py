"""From the file that is named to the table that is analysed: a scenario, a journal or a CSV file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path

import click

from game.analysis.table_csv import EQUAL, LARGEST, Asked, column_of_sizes, read_table
from game.analysis.tables import Table, mutual
from game.analysis.worlds import POWER, table_after
from game.cli import options
from game.cli.setups import begun, opened, replayed
from game.errors import InvalidArgument, UnknownName
from game.files import opened as opened_file
from game.files import shipped_scenarios
from game.match.match import Match
from game.narrative.wording import counted, dated

given = options.combined(
    click.argument("file", metavar="FILE"),
    click.option(
        "--turn", type=click.IntRange(min=0), metavar="T", help="After this turn; of a scenario, 0 unless told."
    ),
    click.option("--at", type=float, metavar="MOMENT", help="Of ties with a begin and an end, those of this moment."),
    options.seed,
    options.parameters,
    click.option("--value", metavar="COLUMN", help="Of a list of pairs, the column with the values."),
    click.option(
        "--mean",
        is_flag=True,
        help="Of a table whose two directions differ, take the mean; of games it is always taken.",
    ),
)
"""What both commands ask of a file."""


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: the table, what it is of, in words, and the match where it is of a game."""

    table: Table
    title: str
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for on the command line."""

    file: str
    turn: int | None
    at: float | None
    seed: int
    values: dict[str, float]
    value: str | None
    mean: bool
    sizes: str | None = None


def read_source(question: Question) -> Source:
    """The table of a scenario (at its start or after some turns), of a journal, or of a CSV file.

    Raises UnknownName for what is none of them, and whatever reading one raises.
    """
    if question.file.lower().endswith(".csv"):
        return _of_csv(question)
    if question.at is not None or question.value is not None:
        raise click.UsageError("--at and --value are for CSV files")
    match = _match(question)
    turn = match.history.turn if question.turn is None else question.turn
    date = match.history.board.calendar.label(turn)
    sizes = question.sizes or POWER
    file, found, column = sizes.rpartition(":")
    table = table_after(match.history, turn, EQUAL if found else sizes)
    if found:
        table = replace(table, sizes=column_of_sizes(_text(file), file, column, table.names))
    return Source(replace(table, values=mutual(table.values)), f"{match.setup.scenario.title}, {dated(date)}", match)


def _match(question: Question) -> Match:
    """The match of a journal, or of a scenario as far as it is to be played."""
    if _is_scenario(question.file):
        scenario = opened(question.file)
        if (question.turn or 0) > scenario.turns:
            raise click.UsageError(
                f"the scenario has {counted(scenario.turns, 'turn')}; there is no turn {question.turn} to look at"
            )
        match = begun(scenario, question.seed, "central", question.values, {})
        while match.history.turn < (question.turn or 0) and not match.over:
            match = match.advance()
        return match
    if question.values or question.seed:
        raise click.UsageError("--seed and --set are for scenarios; a journal has its own")
    return replayed(Path(question.file))[1]


def _is_scenario(name: str) -> bool:
    if name.lower().endswith((".yaml", ".yml")) or name.replace("-", "_") in shipped_scenarios():
        return True
    if Path(name).exists():
        return False
    if "/" in name or "." in name:
        raise FileNotFoundError(2, "there is no such file", name)
    raise UnknownName("scenario or file", name, [each.replace("_", "-") for each in shipped_scenarios()])


def _of_csv(question: Question) -> Source:
    if question.values or question.seed:
        raise click.UsageError("--seed and --set are for scenarios")
    sizes = question.sizes
    file, found, column = (sizes or "").rpartition(":")
    asked = Asked(question.at, question.turn, question.value, EQUAL if found else sizes)
    table = read_table(_text(question.file), question.file, asked)
    if found:
        table = replace(table, sizes=column_of_sizes(_text(file), file, column, table.names))
    if question.mean:
        table = replace(table, values=mutual(table.values))
    moment = "" if question.at is None else f", {question.at:g}"
    return Source(table, f"{Path(question.file).name}{moment}")


def _text(path: str) -> str:
    with TextIOWrapper(opened_file(Path(path)), encoding="utf-8-sig") as file:
        try:
            return file.read(LARGEST + 1)
        except UnicodeDecodeError:
            raise InvalidArgument(f"{path} is not UTF-8 text; save it as CSV in UTF-8") from None
