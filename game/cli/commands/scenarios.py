"""List the scenarios that come with the game."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from game.cli import options
from game.cli.echo import echo
from game.errors import GameError
from game.files import path_from_here, shipped_scenarios
from game.narrative.wording import PERIODS
from game.scenario import read


@click.command("scenarios")
@options.output("text", "json")
def command(form: str) -> None:
    """List every shipped scenario; `run`, `check` and `play` take it by its name."""
    found = [described(path) for path in shipped_scenarios().values()]
    if form == "json":
        echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for number, each in enumerate(found):
        echo(("\n" if number else "") + in_words(each))


def described(path: Path) -> dict[str, Any]:
    """What a list says of a scenario; of a broken one, why it does not run."""
    place = path_from_here(path)
    try:
        reading = read(path, path=place, audience="play")
    except OSError as error:
        return {"name": path.stem, "path": place, "broken": f"{place}: {error.strerror or error}"}
    except GameError as error:
        return {"name": path.stem, "path": place, "broken": str(error)}
    made = reading.scenario
    if made is None:
        return {"name": path.stem, "path": place, "broken": str(reading.findings[0])}
    return {
        "name": path.stem, "path": place, "id": made.id, "title": made.title, "summary": made.summary,
        "start": f"{made.start.year}-{made.start.month:02d}", "turn": made.turn, "turns": made.turns,
        "states": list(made.states), "plays": [state.id for state in made.states.values() if state.plays],
        "authors": list(made.authors), "license": made.license,
    }  # fmt: skip


def in_words(each: dict[str, Any]) -> str:
    """An entry of the list."""
    if "broken" in each:
        return f"{each['name']}\n  does not run: {each['broken']}"
    size = f"{len(each['states'])} states, {each['turns']} {PERIODS[each['turn']]} from {each['start']}"
    return f"{each['name']}\n  {each['title']}: {size}\n  {' '.join(each['summary'].split())}"
