"""How long the command line takes to start."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.timing import medians

CALLS = (("--help",), ("scenarios",), ("explain", "Y010"), ("check", "classroom-triad"))


def figures() -> list[tuple[str, str, str]]:
    """(what, measured, target)."""
    works = [lambda call=call: run(call) for call in CALLS]
    taken = medians(works, rounds=5)
    return [
        (f"realpolitik {' '.join(call)}", f"{each:.2f} s", "0.4 s") for call, each in zip(CALLS, taken, strict=True)
    ]


def run(call: tuple[str, ...]) -> None:
    """One call in a fresh interpreter."""
    subprocess.run([sys.executable, "-m", "game", *call], check=True, capture_output=True)
