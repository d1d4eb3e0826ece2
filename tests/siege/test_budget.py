"""What a file may ask of the machine: refused with the sums before anything of it is asked for."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from game.kernel.world import start_world
from game.match.match import Setup, begin
from game.scenario import budget, read
from game.scenario.text.source import LARGEST


def full(states: int, more: str = "", width: int = 5) -> str:
    """A scenario whose table states every relation."""
    names = [f"state_{place:03}" for place in range(states)]
    rows = [
        name + "".join(("." if i == j else str((7 * i + 13 * j) % 201 - 100)).rjust(width) for j in range(states))
        for i, name in enumerate(names)
    ]
    table = "".join(f"    {row}\n" for row in ("from\\to " + " ".join(name.rjust(width - 1) for name in names), *rows))
    declared = "".join(f"  {name}: {{name: {name}}}\n" for name in names)
    head = "format: 1\nid: big\ntitle: Big\nstart: 2012\nturns: 12\nstates:\n"
    return f"{head}{declared}relations:\n  table: |\n{table}{more}"


def many(section: str, count: int, entry: str) -> str:
    return f"{section}:\n" + "".join(f"  k{place}: {entry}\n" for place in range(count))


ACT = "{kind: deal, roles: {x: any, y: any}}"
HUNGRY = {
    "acts": (150, many("acts", 2500, ACT)),
    "kinds of agreement": (200, many("agreement_kinds", 6000, "{name: K, mutual: true}")),
    "kinds of pledge": (200, many("pledge_kinds", 3500, "{name: K, breach: at_war(giver), reliability: 0.5}")),
    "memories": (150, "memories:\n  mood: {half_life: 2}\n  memory: {half_life: 9}\n"
                 + many("", 4000, "{half_life: 2}").removeprefix(":\n")),
    "disputes": (200, many("disputes", 1500, "{name: K, kind: security, parties: [state_000, state_001], tension: 1}")),
    "attributes": (150, many("attributes", 1200, "{unit: x}")),
}  # fmt: skip


def sparse(states: int, more: str) -> str:
    declared = "".join(f"  state_{place:03}: {{name: S}}\n" for place in range(states))
    return f"format: 1\nid: big\ntitle: Big\nstart: 2012\nturns: 12\nstates:\n{declared}{more}"


@pytest.mark.parametrize("what", HUNGRY)
def test_a_small_file_that_asks_for_gigabytes_is_refused_with_the_sums(what):
    text = sparse(*HUNGRY[what])
    assert len(text) < LARGEST
    finding = next(each for each in read(text, audience="play").findings if each.code == "S017")
    assert what in finding.message
    assert "GiB" in finding.message
    assert what in (finding.help or "")


def test_a_thousand_states_are_refused_for_themselves():
    finding = read(sparse(1000, ""), audience="play").findings[0]
    assert finding.code == "S017"
    assert "1,000 states × 1,000 states × 1,000 states" in finding.message


@pytest.mark.parametrize("width", [5, 11])
def test_two_hundred_states_with_a_full_table_and_the_catalogue_are_read(width):
    reading = read(full(200, "catalogue: standard\n", width), audience="play")
    assert reading.findings == ()
    assert reading.scenario is not None
    assert len(reading.scenario.relations) == 200 * 199


def test_a_world_within_the_budget_takes_no_more_than_it_says():
    scenario = read(full(40, many("acts", 60, ACT)), audience="play").scenario
    assert scenario is not None
    tracemalloc.start()
    try:
        begin(Setup(scenario)).advance()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1.5 * sum(budget.demands(scenario).values()) + 20 * 2**20


def test_the_sums_hold_every_array_of_the_world():
    scenario = read(full(7, "catalogue: standard\n"), audience="play").scenario
    assert scenario is not None
    sizes = {**budget.sizes_of(scenario), "R": 1}
    counted = sum(size * int(np.prod([sizes[axis] for axis in axes])) for axes, size in budget.cell_sizes())
    world = start_world(begin(Setup(scenario)).history.board)
    assert counted == sum(array.nbytes for _, array in world.arrays())
