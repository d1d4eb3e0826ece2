"""Find the splits into two camps in which the states of a table would come to rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np

from game.analysis.landscape import Landscape, Minimum, energy, frustrations, gains, landscape
from game.analysis.tables import Table
from game.cli import options, tables
from game.cli.echo import echo
from game.cli.landscape_picture import picture
from game.errors import UnknownName
from game.files.disk import target_of, write_whole
from game.narrative.wording import counted, listed, table

SHOWN = 12
"""How many minima are told one by one; all are in the JSON."""


@click.command("landscape")
@tables.given
@click.option(
    "--sizes", metavar="NAME", help="Sizes of the states: `equal`, `power`, an attribute, a column, or FILE.csv:COLUMN."
)
@click.option(
    "--camp", metavar="NAMES", help="Look at this split as well: the states of one camp, with commas between."
)
@click.option(
    "--lowest", type=click.IntRange(0, 1000), default=3, show_default=True, help="How many of the lowest splits."
)
@click.option(
    "--picture",
    "svg",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.svg",
    help="Draw the minima there.",
)
@options.output("text", "json")
def command(
    file: str, turn: int | None, at: float | None, seed: int, values: dict[str, float], value: str | None, mean: bool,
    sizes: str | None, camp: str | None, lowest: int, svg: Path | None, form: str,
) -> None:  # fmt: skip
    """Find where the states of FILE, a scenario, a journal or a table in CSV, would come to rest in two camps."""
    read = tables.read_source(tables.Question(file, turn, at, seed, values, value, mean, sizes))
    found = landscape(read.table.values, read.table.sizes, names=read.table.names, lowest=lowest)
    asked = None if camp is None else split_of(camp, read.table)
    if svg is not None:
        write_whole(target_of(svg), picture(read.title, read.table, found).encode())
    echo(
        json.dumps(as_data(read.title, read.table, found, asked), ensure_ascii=False, indent=1)
        if form == "json"
        else "\n".join(in_words(read.title, read.table, found, asked))
    )


def split_of(camp: str, read: Table) -> Any:
    """The split [N] in which the named states are one camp; UnknownName for one that is not there."""
    chosen = [name.strip() for name in camp.split(",") if name.strip()]
    for name in chosen:
        if name not in read.names:
            raise UnknownName("state", name, read.names)
    return np.array([name in chosen for name in read.names])


def as_data(title: str, read: Table, found: Landscape, asked: Any) -> dict[str, Any]:
    """The landscape as JSON has it."""
    return {
        "source": title,
        "states": dict(zip(read.names, read.sizes.tolist(), strict=True)),
        "splits": found.splits,
        "exact": found.exact,
        "mean_energy": found.mean,
        "bound": found.bound,
        "gap": found.gap,
        "minima": [
            {**split_as_data(read, each.camps), "basin": each.basin, "free": named(read, each.free)}
            for each in found.minima
        ],
        "lowest": [{"energy": level, "camps": both(read, camps)} for level, camps in found.lowest],
        **({} if asked is None else {"split": split_as_data(read, asked)}),
    }


def split_as_data(read: Table, camps: Any) -> dict[str, Any]:
    """A split: its energy, its camps, and for each state what it suffers and what it would gain by a switch."""
    suffered, gained = frustrations(read.values, camps, read.sizes), gains(read.values, camps, read.sizes)
    return {
        "energy": energy(read.values, camps, read.sizes),
        "camps": both(read, camps),
        "frustration": dict(zip(read.names, suffered.tolist(), strict=True)),
        "gain": dict(zip(read.names, gained.tolist(), strict=True)),
    }


def named(read: Table, chosen: Any) -> list[str]:
    """The names of the chosen states."""
    return [name for name, is_chosen in zip(read.names, chosen, strict=True) if is_chosen]


def both(read: Table, camps: Any) -> list[list[str]]:
    """The names in either camp."""
    return [named(read, camps), named(read, ~np.asarray(camps))]


def in_words(title: str, read: Table, found: Landscape, asked: Any) -> Iterator[str]:
    """The landscape as a person reads it."""
    minima = "1 local minimum" if len(found.minima) == 1 else f"{len(found.minima):,} local minima"
    yield f"{title}: {counted(len(read.names), 'state')}, {found.splits:,} ways to split them, {minima}"
    yield f"mean energy {number(found.mean)}; a state switches camps if that makes it better placed"
    if not found.exact:
        yield (
            f"not every split was looked at: there may be more minima, and energies down to {number(found.bound)}, "
            f"{number(found.gap)} below the lowest found"
        )
    for place, each in enumerate(found.minima[:SHOWN], 1):
        yield ""
        yield from minimum_in_words(place, read, each, exact=found.exact)
    if len(found.minima) > SHOWN:
        yield from ("", f"… and {len(found.minima) - SHOWN} more; --format json has them all")
    if found.lowest:
        yield from ("", "lowest splits")
        yield from table([(number(level), sides(read, camps)) for level, camps in found.lowest], right=frozenset({0}))
    if asked is not None:
        yield from ("", f"the split you ask about: energy {number(energy(read.values, asked, read.sizes))}")
        yield from states_in_words(read, asked)


def minimum_in_words(place: int, read: Table, each: Minimum, *, exact: bool) -> Iterator[str]:
    """A minimum: its energy and basin, its camps, and how firmly each state stands."""
    ends = "of all splits lead here" if exact else "of the descents that were tried led here"
    yield f"{place}. energy {number(each.energy)}; {each.basin:.1%} {ends}"
    for camp in both(read, each.camps):
        yield f"  | {listed(camp) if camp else 'nobody'}"
    loose = named(read, each.free)
    if loose:
        yield f"  {listed(loose)} may stand on either side"
    yield from states_in_words(read, each.camps)


def states_in_words(read: Table, camps: Any) -> list[str]:
    """Each state, from the one that gains most by a switch: its frustration, and what a switch would gain it."""
    suffered, gained = frustrations(read.values, camps, read.sizes), gains(read.values, camps, read.sizes)
    order = sorted(range(len(read.names)), key=lambda one: (-gained[one], read.names[one]))
    rows = [("", "size", "frustration", "gain by a switch")]
    rows += [(read.names[i], number(read.sizes[i]), number(suffered[i]), signed_number(gained[i])) for i in order]
    return table(rows, indent=4, right=frozenset({1, 2, 3}))


def sides(read: Table, camps: Any) -> str:
    """A split on one line: the smaller camp, against the rest."""
    one, other = sorted(both(read, camps), key=len)
    return f"{', '.join(one)} against the rest" if one else f"all together: {', '.join(other)}"


def number(value: float) -> str:
    """A number with as many digits as tell it apart: five, or all of a whole one."""
    digits = 0 if value == round(value) or abs(value) >= 10_000 else max(0, 4 - len(str(int(abs(value)))) + 1)
    text = f"{abs(value):,.{digits}f}"
    return f"−{text}" if value < 0 and text.strip("0.,") else text


def signed_number(value: float) -> str:
    """The same with a plus where it is above 0."""
    return f"+{number(value)}" if value > 0 else number(value)
