"""How long the command line takes to start: the CPU time of a fresh interpreter, its children included."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.timing import Row, child_seconds, parser, written

CALLS: tuple[tuple[str, ...], ...] = (
    ("--help",),
    ("scenarios",),
    ("explain", "Y010"),
    ("check", "classroom-triad"),
    ("run", "classroom-triad", "--seed", "7"),
    ("run", "south-caucasus-2012", "--seed", "7"),
)


def rows(calls: Sequence[Sequence[str]] = CALLS, rounds: int = 5) -> Iterator[Row]:
    """One row a call, and how much of it is Python itself."""
    empty = median(child_seconds([sys.executable, "-c", ""]) for _ in range(rounds))
    yield {"call": "python, nothing", "cpu_s": empty}
    for call in calls:
        command = [sys.executable, "-m", "game", *call]
        yield {
            "call": f"realpolitik {' '.join(call)}",
            "cpu_s": median(child_seconds(command) for _ in range(rounds)),
        }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the result."""
    options = parser(__doc__)
    options.add_argument("--few", action="store_true", help="only the first call")
    given = options.parse_args(arguments)
    sys.stdout.write(written([*rows(CALLS[:1] if given.few else CALLS, given.rounds)], given.format))


if __name__ == "__main__":
    main()
