"""The tables of published results, read as anybody would read them: through `game.analysis.table_csv`."""

from __future__ import annotations

from pathlib import Path

from game.analysis.table_csv import Asked, column_of_sizes, read_table
from game.analysis.tables import Table
from game.kernel.declare import Booleans

DATA = Path(__file__).parent / "data"

ISIS = DATA / "landscape_isis2016.csv"
EUROPE = DATA / "axelrod1936_reconstruction.csv"
NATIONS = DATA / "axelrod1936_nations.csv"
GREAT_POWERS = DATA / "wwi_signed_ties.csv"


def table_of(path: Path, at: float | None = None) -> Table:
    """The table in a file."""
    return read_table(path.read_text(encoding="utf-8"), path.name, Asked(at=at))


def europe(year: int) -> Table:
    """The seventeen states of Europe with the propensities of 1936 and the sizes of a year."""
    table = table_of(EUROPE)
    sizes = column_of_sizes(NATIONS.read_text(encoding="utf-8"), NATIONS.name, f"cinc{year}_pct", table.names)
    return Table(table.names, table.values, sizes)


def camp_of(table: Table, camps: Booleans) -> set[str]:
    """The camp without the first state, by name."""
    return {name for name, side in zip(table.names, camps, strict=True) if not side}
