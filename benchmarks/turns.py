"""How long a turn of the Mesa model takes, and how many times faster numpy runs over replicas."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.timing import medians
from benchmarks.worlds import scenario_text
from game.model import AllianceModel
from game.scenario import read
from game.scenario.spec import Scenario
from game.study import ensemble

TURNS = 12
REPLICAS = 1024


def figures() -> list[tuple[str, str, str]]:
    """(what, measured, target)."""
    found = []
    for states, target in ((4, "1.5 ms"), (20, "5 ms")):
        scenario = read(scenario_text(states)).scenario
        assert scenario is not None
        replicas = REPLICAS if states == 4 else 64
        single, batch = medians([_single(scenario), _batch(scenario, replicas)], rounds=7)
        turn = single / TURNS
        ratio = turn / (batch / TURNS / replicas)
        found.append((f"turn of the Mesa model, {states} states", f"{turn * 1000:.2f} ms", target))
        objective = "20 x" if states == 4 else ""
        found.append((f"runs a second over the Mesa model's, {states} states", f"{ratio:.0f} x", objective))
    return found


def _single(scenario: Scenario) -> Callable[[], object]:
    model = AllianceModel(scenario, seed=1, spreads="drawn")

    def play() -> None:
        model.run(TURNS)
        model.undo(TURNS)

    return play


def _batch(scenario: Scenario, replicas: int) -> Callable[[], object]:
    return lambda: ensemble(scenario, range(replicas), turns=TURNS, spreads="drawn")
