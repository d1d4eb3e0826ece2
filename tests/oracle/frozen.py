"""The file of the oracle: which games, and a matrix of digests, each turn as what has changed since the one before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.oracle.games import Game

FILE = Path(__file__).with_name("oracle.npz")
Rows = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Frozen:
    """Games with the rows of their turns `[T, columns]`, and ensembles with one row each."""

    columns: tuple[str, ...]
    kinds: Mapping[str, str]
    games: tuple[Game, ...]
    rows: tuple[Rows, ...]
    ensembles: Mapping[str, Sequence[int]]


def write(frozen: Frozen, file: Path = FILE) -> None:
    """Write the oracle; the same games give the same bytes."""
    manifest = {
        "columns": frozen.columns,
        "kinds": [*frozen.kinds.items()],
        "games": [
            {**{name: getattr(game, name) for name in Game.__slots__}, "rows": len(rows)}
            for game, rows in zip(frozen.games, frozen.rows, strict=True)
        ],
        "ensembles": {name: [str(number) for number in row] for name, row in frozen.ensembles.items()},
    }
    text = np.frombuffer(json.dumps(manifest, sort_keys=True).encode(), dtype=np.uint8)
    # Column by column, each number as what has changed since the turn before: most arrays of most turns have not.
    columns = np.concatenate([_changes(rows) for rows in frozen.rows]).T.copy()
    np.savez_compressed(file, manifest=text, changes=columns)


def read(file: Path = FILE) -> Frozen:
    """The oracle as it was written."""
    with np.load(file) as archive:
        manifest: dict[str, Any] = json.loads(archive["manifest"].tobytes())
        changes = archive["changes"].T
    games, rows, start = [], [], 0
    for entry in manifest["games"]:
        count = entry.pop("rows")
        games.append(Game(**entry))
        rows.append(np.bitwise_xor.accumulate(changes[start : start + count], axis=0))
        start += count
    ensembles = {name: [int(number) for number in row] for name, row in manifest["ensembles"].items()}
    return Frozen(tuple(manifest["columns"]), dict(manifest["kinds"]), tuple(games), tuple(rows), ensembles)


def _changes(rows: Rows) -> Rows:
    changes = rows.copy()
    changes[1:] ^= rows[:-1]
    return changes


def difference(game: Game, columns: Sequence[str], frozen: Rows, now: Rows, renamed: Mapping[str, str]) -> str | None:
    """The first difference of a game, in words; None where there is none.

    Columns are told apart by their place, so that an array or a rule may get another name; `renamed` is how the columns
    are called now.
    """
    if frozen.shape != now.shape:
        return f"{game}: {now.shape[0]} turns of {now.shape[1]} columns, and {frozen.shape} were frozen"
    unlike = np.argwhere(frozen != now)
    if not unlike.size:
        return None
    turn = int(unlike[0, 0])
    here = [columns[column] for place, column in unlike.tolist() if place == turn]
    # What a rule has written says more than the array that it was added to.
    here.sort(key=lambda name: name.startswith("world"))
    first = renamed.get(here[0], here[0])
    more = ", ".join(renamed.get(name, name) for name in here[1:9])
    return f"{game}, turn {turn + 1}: {first} differs" + (f" (and so {more})" if more else "")
