"""Golden runs: their digests and chronicles, and the command that pins them anew."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from click.testing import CliRunner

from game.cli import realpolitik
from game.files import shipped_scenarios
from game.match.match import Setup, Spreads, begin
from game.scenario import load

SEED, TURNS = 7, 8
"""Which run the chronicles tell, and how much of it."""

DIGESTS = Path(__file__).with_name("digests.json")

RUNS: tuple[tuple[str, int, Spreads], ...] = tuple(
    (name, 7, spreads) for name in sorted(shipped_scenarios()) for spreads in ("central", "drawn")
)
"""Scenario, seed, spreads."""


def digests(name: str, seed: int, spreads: str) -> list[str]:
    """The digest after every turn of a whole run, turn 0 first."""
    match = begin(Setup(load(name), seed, "drawn" if spreads == "drawn" else "central"))
    while not match.finished:
        match = match.advance()
    return list(match.history.digests())


def all_digests() -> dict[str, list[str]]:
    """The digests of every golden run."""
    return {f"{name} {seed} {spreads}": digests(name, seed, spreads) for name, seed, spreads in RUNS}


def chronicle(name: str) -> str:
    """What `realpolitik run` prints of a scenario's first turns: the most readable test there is."""
    call = ["run", name, "--seed", str(SEED), "--turns", str(TURNS)]
    told = CliRunner().invoke(realpolitik, call, catch_exceptions=False)
    if told.exit_code:
        raise RuntimeError(told.output)
    return told.stdout


def chronicle_file(name: str) -> Path:
    """Where the chronicle of a scenario is pinned."""
    return DIGESTS.with_name(f"{name}.txt")


if __name__ == "__main__":
    text = json.dumps(all_digests(), indent=1) + "\n"
    if "--print" in sys.argv:
        sys.stdout.write(text)
    else:
        DIGESTS.write_text(text, encoding="utf-8")
        for each in shipped_scenarios():
            chronicle_file(each).write_text(chronicle(each), encoding="utf-8")
