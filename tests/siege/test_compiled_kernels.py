"""Compiled for real, kernels give what they give as they stand, and what arrays give: worlds, orders, ledgers, runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def digests(switch: str, caches: Path) -> dict[str, Any]:
    """What a process of its own finds, with its own folders for what it compiles."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(CHECKOUT), "REALPOLITIK_KERNELS": switch,
        "NUMBA_CACHE_DIR": str(caches / "numba"), "XDG_CACHE_HOME": str(caches / "own"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.siege.kernel_digests"],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.timeout(1800)
def test_compiled_kernels_give_what_kernels_as_they_stand_and_arrays_give(tmp_path: Path) -> None:
    plain, arrays = digests("plain", tmp_path), digests("arrays", tmp_path)
    assert not plain["numba"]
    assert not arrays["numba"]
    first, again = digests("compiled", tmp_path), digests("compiled", tmp_path)
    assert first["numba"]
    print(
        f"{first['seconds']:.0f} s with compiling, {again['seconds']:.0f} s with what was kept, "
        f"{plain['seconds']:.0f} s uncompiled, {arrays['seconds']:.0f} s by arrays"
    )
    assert any((tmp_path / "numba").rglob("*.nbc")), "compiled kernels are kept where they are told to be"
    assert first["digests"] == plain["digests"]
    assert again["digests"] == plain["digests"]
    assert arrays["digests"].items() <= plain["digests"].items()
    assert len(arrays["digests"]) > 300
