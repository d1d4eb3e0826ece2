"""How much memory an ensemble needs at its peak, by the number of its runs: each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from time import process_time

from benchmarks.ensemble import batch, scenario_of
from benchmarks.timing import Row, numbers, parser, peak_memory, written

MIB = 1 << 20


def rows(runs: Sequence[int], states: int = 4, turns: int = 2) -> Iterator[Row]:
    """One row a number of runs, after one for what a single run needs."""
    for count in (1, *runs):
        call = [sys.executable, "-m", "benchmarks.memory", "--alone", f"{count},{states},{turns}"]
        told = json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
        yield {"states": states, "turns": turns, "runs": count, **told}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the result."""
    options = parser(__doc__)
    options.add_argument("--runs", type=numbers, default=(1_000, 10_000, 100_000))
    options.add_argument("--states", type=int, default=4)
    options.add_argument("--turns", type=int, default=2)
    options.add_argument("--alone", type=numbers, help="what the process that is measured does: runs,states,turns")
    given = options.parse_args(arguments)
    if given.alone:
        count, states, turns = given.alone
        kept = batch(scenario_of(states), count, turns)
        sys.stdout.write(json.dumps({"peak_mib": peak_memory() / MIB, "cpu_s": process_time()}) + "\n")
        del kept
    else:
        sys.stdout.write(written([*rows(given.runs, given.states, given.turns)], given.format))


if __name__ == "__main__":
    main()
