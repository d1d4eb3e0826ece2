"""Compiled for real, kernels give what they give as they stand: worlds, orders, ledgers, runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
KEPT = "*.nbc"
"""What numba keeps of each compiled function."""


def run(switch: str, *module: str) -> str:
    """What a process of its own prints that plays by such kernels."""
    done = subprocess.run(
        [sys.executable, "-m", *module], cwd=CHECKOUT, env={**os.environ, "REALPOLITIK_KERNELS": switch},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def digests(switch: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(switch, "tests.siege.kernel_digests"))
    return found


def kept() -> set[str]:
    return {str(path) for path in (CHECKOUT / "game").rglob(KEPT)}


@pytest.mark.timeout(1800)
def test_compiled_kernels_give_what_kernels_as_they_stand_give_and_all_of_them_were_compiled_ahead() -> None:
    pytest.importorskip("numba", reason="numba does not load here")
    run("compiled", "game", "warm")
    ahead = kept()
    assert ahead, "compiled kernels are kept beside their sources"
    compiled, plain = digests("compiled"), digests("plain")
    assert compiled["numba"]
    assert not plain["numba"]
    assert compiled["digests"] == plain["digests"]
    assert len(plain["digests"]) > 300
    run("compiled", "game", "run", "classroom-triad", "--turns", "3", "--seed", "5")
    assert kept() == ahead, "nothing has to be compiled in a game"
    print(f"{compiled['seconds']:.0f} s compiled, {plain['seconds']:.0f} s uncompiled")
