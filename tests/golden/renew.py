"""Golden runs: their digests, and the command that pins them anew."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from game.files import shipped_scenarios
from game.match import Setup, Spreads, begin
from game.scenario import load

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


if __name__ == "__main__":
    text = json.dumps(all_digests(), indent=1) + "\n"
    if "--print" in sys.argv:
        sys.stdout.write(text)
    else:
        DIGESTS.write_text(text, encoding="utf-8")
