"""Tables of relations, propensities or signed ties from the text of a CSV file.

Three forms are read, told apart by their first line:

- a matrix: a row and a column for every state, and columns of numbers about the states, such as their sizes;
- a list of pairs: two columns of names and one of values. A pair that is named once stands for both directions. With
  columns `begin` and `end` (the last moment at which it holds) or `end_exclusive` (the first at which it no longer
  does), the ties of one moment are read;
- the rows that `realpolitik run --format csv` writes, of which one turn is read.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from game.analysis.tables import MOST, Table, sizes_of
from game.errors import InvalidArgument, UnknownName, quoted
from game.kernel.declare import Floats

PAIRS = (
    ("a", "b"), ("from", "to"), ("actor", "target"), ("source", "target"), ("first", "second"), ("state1", "state2"),
    ("statea", "stateb"), ("country1", "country2"), ("node1", "node2"), ("i", "j"),
)  # fmt: skip
"""What the two columns of names may be called."""

VALUES = ("relation", "propensity", "sign", "value", "weight", "score", "tie")
"""What the column of values may be called, where there is no telling which is meant."""

SIZES = ("size", "sizes", "strength", "power", "capability", "cinc")
"""What a column of sizes may be called, where there is no telling which is meant."""

EQUAL = "equal"
"""What is asked for where all sizes are to be 1."""

BEGIN, END, END_EXCLUSIVE, TURN = "begin", "end", "end_exclusive", "turn"

LARGEST = 64 * 1024 * 1024
"""Letters of a file: more than a table of `MOST` states has."""

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read of a file: a moment, a turn, the column of values or of sizes; None: what there is."""

    at: float | None = None
    turn: int | None = None
    value: str | None = None
    sizes: str | None = None


def read_table(text: str, source: str, asked: Asked | None = None) -> Table:
    r"""The table in the text of a CSV file; sizes are 1 where the file has none.

    `source` names it in what errors say. Raises InvalidArgument, with the place, for what is no such table, and
    UnknownName for a column that is not there.

    >>> table = read_table("state,size,ada,bora\nada,2,0,5\nbora,1,5,0\n", "two.csv")
    >>> table.names, table.values.tolist(), table.sizes.tolist()
    (('ada', 'bora'), [[0.0, 5.0], [5.0, 0.0]], [2.0, 1.0])
    >>> read_table("a,b,sign\nada,bora,-1\n", "ties.csv").values.tolist()
    [[0.0, -1.0], [-1.0, 0.0]]
    """
    wanted = asked or Asked()
    header, rows = _rows(text, source)
    pair = _pair_columns(header)
    if pair is not None and len({row[0] for row in rows} & set(header)) < 2:
        return _from_pairs(header, rows, pair, source, wanted)
    return _from_matrix(header, rows, source, wanted)


def column_of_sizes(text: str, source: str, column: str, names: Sequence[str]) -> Floats:
    r"""The sizes [N] of some states from a column of another file, in any of whose other columns they are named.

    >>> column_of_sizes("code,name,power\n1,ada,3\n2,bora,4\n", "states.csv", "power", ["bora", "ada"]).tolist()
    [4.0, 3.0]

    Raises UnknownName for a column, InvalidArgument for a state, that is not there.
    """
    header, rows = _rows(text, source)
    if column not in header:
        raise UnknownName(f"column of {source}", column, header)
    place = header.index(column)
    best = max(range(len(header)), key=lambda one: len({row[one] for row in rows} & set(names)))
    found = {row[best]: _number(row[place], f"{source}, {row[best]}, {column}") for row in rows}
    missing = [name for name in names if name not in found]
    if missing:
        raise InvalidArgument(f"{source} has no size for {quoted(missing[0])}; add a row for it")
    return sizes_of([found[name] for name in names], len(names), names)


def _rows(text: str, source: str) -> tuple[list[str], list[list[str]]]:
    """The first line and the others, without those that are empty or begin with #."""
    if len(text) > LARGEST:
        raise InvalidArgument(f"{source} has more than {LARGEST:,} letters; give a table of at most {MOST:,} states")
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip() and not line.startswith("#")]
    try:
        read = [[cell.strip() for cell in row] for row in csv.reader(lines, strict=True)]
    except csv.Error as error:
        raise InvalidArgument(f"{source} is not CSV: {error}; put quotes around cells with commas") from error
    if len(read) < 2:
        raise InvalidArgument(f"{source} has no rows; give a first line that names the columns, and rows below it")
    header, *rows = read
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise InvalidArgument(
                f"{source}, row {number} has {len(row)} cells and the first line {len(header)}; give both as many"
            )
    twice = next((name for name in header[1:] if header.count(name) > 1), None)
    if twice is not None:
        raise InvalidArgument(f"{source} has two columns called {quoted(twice)}; give every column a name of its own")
    return header, rows


def _number(cell: str, place: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise InvalidArgument(f"{place}: {quoted(cell)} is not a finite number; put one there, 0 for no tie")
    return value


# ---- a matrix


def _from_matrix(header: list[str], rows: list[list[str]], source: str, asked: Asked) -> Table:
    names = [row[0] for row in rows]
    _one_each(names, header, source)
    cells = {name: header.index(name, 1) for name in names}
    values = [
        [0.0 if name == other else _number(row[cells[other]], f"{source}, {name} -> {other}") for other in names]
        for name, row in zip(names, rows, strict=True)
    ]
    others = [column for column in header[1:] if column not in cells]
    return Table(tuple(names), np.array(values), _own_sizes(others, header, rows, names, source, asked))


def _one_each(names: list[str], header: list[str], source: str) -> None:
    """A column for every row and no row twice, or what is wrong."""
    known = [name for name in names if name in header[1:]]
    if not known:
        raise InvalidArgument(
            f"{source} is neither a matrix, with a row and a column for every state, nor a list of pairs, with columns "
            f"such as 'a,b,sign' or 'from,to,relation'; its first line is {quoted(','.join(header))}"
        )
    missing = next((name for name in names if name not in header[1:]), None)
    if missing is not None:
        raise InvalidArgument(f"{source} has a row {quoted(missing)} and no such column; give every state both")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidArgument(f"{source} has two rows called {quoted(twice)}; give every state one")


def _own_sizes(
    others: list[str], header: list[str], rows: list[list[str]], names: list[str], source: str, asked: Asked
) -> Floats:
    """The sizes in the column that is asked for or, where none is, in the one that is called so."""
    known = [name for name in others if name.lower() in SIZES]
    # A column of another name may be that of a state whose row is missing.
    strange = [name for name in others if name not in (*known, asked.sizes)]
    if strange:
        raise InvalidArgument(
            f"{source} has a column {quoted(strange[0])} and no such row; give every state both, "
            f"and call a column of sizes {SIZES[0]!r}"
        )
    column = asked.sizes or (known[0] if known else EQUAL)
    if column == EQUAL:
        return np.ones(len(names))
    if column not in others:
        raise UnknownName(f"column of sizes in {source}", column, [*others, EQUAL])
    place = header.index(column)
    return sizes_of([_number(row[place], f"{source}, {row[0]}, {column}") for row in rows], len(names), names)


# ---- a list of pairs


def _pair_columns(header: Sequence[str]) -> tuple[int, int] | None:
    lower = [name.lower() for name in header]
    for first, second in PAIRS:
        if first in lower and second in lower:
            return lower.index(first), lower.index(second)
    return None


def _from_pairs(header: list[str], rows: list[list[str]], pair: tuple[int, int], source: str, asked: Asked) -> Table:
    if asked.sizes not in (None, EQUAL):
        raise InvalidArgument(
            f"{source} is a list of pairs and has no sizes; name a file that has them, --sizes FILE:{asked.sizes}"
        )
    column = _value_column(header, pair, source, asked)
    names = list(dict.fromkeys(row[side] for row in rows for side in pair))
    if len(names) > MOST:
        raise InvalidArgument(f"{source} names {len(names):,} states; give it 1 to {MOST:,}")
    index = {name: place for place, name in enumerate(names)}
    given: dict[tuple[int, int], float] = {}
    for number, row in enumerate(rows, 2):
        if not _holds(header, row, f"{source}, row {number}", asked, rows):
            continue
        first, second = row[pair[0]], row[pair[1]]
        key = index[first], index[second]
        if first == second or key in given:
            why = "is a tie of a state with itself" if first == second else "is there twice"
            raise InvalidArgument(f"{source}, row {number}: {first} -> {second} {why}; leave it out")
        given[key] = _number(row[column], f"{source}, row {number}, {header[column]}")
    values = np.zeros((len(names), len(names)))
    for (i, j), value in given.items():
        values[i, j] = value
        if (j, i) not in given:
            values[j, i] = value
    return Table(tuple(names), values, np.ones(len(names)))


def _value_column(header: list[str], pair: tuple[int, int], source: str, asked: Asked) -> int:
    if asked.value is not None:
        if asked.value not in header:
            raise UnknownName(f"column of {source}", asked.value, header)
        return header.index(asked.value)
    lower = [name.lower() for name in header]
    found = [lower.index(name) for name in VALUES if name in lower and lower.index(name) not in pair]
    if not found:
        raise InvalidArgument(f"{source} has no column called {', '.join(VALUES)}; name one with --value COLUMN")
    return found[0]


def _holds(header: list[str], row: list[str], place: str, asked: Asked, rows: list[list[str]]) -> bool:
    """Whether a row is about the moment or turn that is asked for."""
    if TURN in header:
        column = header.index(TURN)
        wanted = max(_number(each[column], place) for each in rows) if asked.turn is None else asked.turn
        return _number(row[column], place) == wanted
    if BEGIN not in header:
        return True
    if asked.at is None:
        moments = [_number(each[header.index(BEGIN)], place) for each in rows]
        raise InvalidArgument(
            f"{place.partition(',')[0]} says from when to when its ties hold; ask for one moment, "
            f"--at {min(moments):g} to --at {max(moments):g} or later"
        )
    if _number(row[header.index(BEGIN)], place) > asked.at:
        return False
    if END_EXCLUSIVE in header:
        return asked.at < _number(row[header.index(END_EXCLUSIVE)], place)
    return END not in header or asked.at <= _number(row[header.index(END)], place)
