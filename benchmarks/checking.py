"""How long it takes to check a scenario of 250 and of 10,000 lines."""

from __future__ import annotations

from benchmarks.timing import medians
from benchmarks.worlds import scenario_text
from game.scenario import read


def figures() -> list[tuple[str, str, str]]:
    """(what, measured, target)."""
    short, long = scenario_text(6, 250), scenario_text(12, 10_000)
    for text in (short, long):
        found = read(text).findings
        if any(each.severity == "error" for each in found):
            raise SystemExit(f"the measured scenario has errors: {found[0]}")
    first, second = medians([lambda: read(short), lambda: read(long)])
    return [
        (f"check of {short.count(chr(10))} lines", f"{first * 1000:.1f} ms", "5 ms"),
        (f"check of {long.count(chr(10)):,} lines", f"{second * 1000:.0f} ms", "150 ms"),
    ]
