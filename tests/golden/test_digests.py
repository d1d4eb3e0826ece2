"""The same bytes everywhere: digests of golden runs are pinned, and hold with and without the processor's wide vectors.

`python -m tests.golden.renew` writes them anew after a change that is meant to change them; the engine's number in
`game/version.py` goes up with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.files import shipped_scenarios
from tests.golden.renew import DIGESTS, RUNS, digests


def pinned():
    return json.loads(DIGESTS.read_text(encoding="utf-8"))


def test_every_shipped_scenario_is_pinned():
    assert {run.split(" ")[0] for run in pinned()} == set(shipped_scenarios())


@pytest.mark.parametrize("run", [" ".join(map(str, run)) for run in RUNS])
def test_a_golden_run_gives_its_pinned_digests(run):
    name, seed, spreads = run.split(" ")
    assert digests(name, int(seed), spreads) == pinned()[run]


def test_the_pinned_digests_hold_without_wide_vectors():
    available = supported()
    if not available:
        pytest.skip("this processor has no wide vectors that numpy could leave unused")
    environment = os.environ | {"NPY_DISABLE_CPU_FEATURES": " ".join(available)}
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.golden.renew", "--print"],
        env=environment, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert json.loads(told.stdout) == pinned()


def supported() -> list[str]:
    """The features numpy found on this processor and may be told to leave unused."""
    found = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    return list(found)


def test_a_batch_of_the_same_seeds_gives_the_pinned_digests():
    from game.kernel.world import digest
    from game.scenario import load
    from game.study import ensemble

    for name, seed, spreads in RUNS:
        runs = ensemble(load(name), range(seed - 2, seed + 3), spreads=spreads, keep=["worlds"])
        digests = pinned()[f"{name} {seed} {spreads}"]
        # In a batch the clock goes on where a run has come to an ending; nothing else does.
        assert digest(replace(runs.world(2), turn=len(digests) - 1)) == digests[-1]
