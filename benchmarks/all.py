"""Every benchmark, as one table each or as one JSON of all: what `docs/performance.md` is written from."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from benchmarks import checking, ensemble, frames, memory, starting, turns
from benchmarks.timing import Row, machine, parser, table

SMALL, WHOLE = "small", "whole"

PARTS: Mapping[str, Mapping[str, Callable[[int], Iterable[Row]]]] = {
    "ensemble": {
        WHOLE: lambda rounds: ensemble.rows((4, 20, 50), rounds, turns=4),
        SMALL: lambda rounds: ensemble.rows((3,), rounds, turns=1, replicas=4),
    },
    "turns": {
        WHOLE: lambda rounds: turns.rows((4, 8, 12, 20, 50), (13, 26, 52), (1, 8, 64), rounds),
        SMALL: lambda rounds: turns.rows((3,), (5,), (2,), rounds, usual=3),
    },
    "memory": {
        WHOLE: lambda rounds: memory.rows((1_000, 10_000, 100_000)),
        SMALL: lambda rounds: memory.rows((2,), states=3, turns=1),
    },
    "starting": {
        WHOLE: lambda rounds: starting.rows(rounds=rounds),
        SMALL: lambda rounds: starting.rows(starting.CALLS[:1], rounds),
    },
    "checking": {
        WHOLE: lambda rounds: checking.rows(rounds=rounds),
        SMALL: lambda rounds: checking.rows((80,), rounds),
    },
    "frames": {
        WHOLE: lambda rounds: frames.rows((12, 40), rounds),
        SMALL: lambda rounds: frames.rows((6,), rounds, count=3),
    },
}
"""What is measured, as it is written about and, in seconds, to see that it runs."""


def measured(names: Sequence[str], rounds: int, size: str) -> dict[str, object]:
    """The rows of some benchmarks, by name, and the machine."""
    found: dict[str, object] = {"machine": machine(), "load": load()}
    for name in names:
        found[name] = [*PARTS[name][size](rounds)]
    return found


def load() -> float | None:
    """How many processes were waiting for a processor in the last minutes, for each processor there is."""
    if not hasattr(os, "getloadavg"):
        return None
    return os.getloadavg()[1] / (os.cpu_count() or 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which; without, all")
    options.add_argument("--small", action="store_true", help="as little as shows that it runs")
    given = options.parse_args(arguments)
    found = measured(given.parts or [*PARTS], given.rounds, SMALL if given.small else WHOLE)
    if given.format == "json":
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
        return
    sys.stdout.write(f"{found['machine']}\n")
    for name, rows in found.items():
        if isinstance(rows, list):
            sys.stdout.write(f"\n{name}\n\n{table(rows)}")


if __name__ == "__main__":
    main()
