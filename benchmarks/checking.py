"""How long it takes to check a scenario of 250 and of 10,000 lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from benchmarks.timing import Row, medians, numbers, parser, written
from benchmarks.worlds import scenario_text
from game.scenario import read


def rows(lines: Sequence[int] = (250, 10_000), rounds: int = 5) -> Iterator[Row]:
    """One row a length of the file."""
    texts = [scenario_text(6 if count < 1000 else 12, count) for count in lines]
    for text in texts:
        wrong = [each for each in read(text).findings if each.severity == "error"]
        if wrong:
            raise SystemExit(f"the measured scenario has errors: {wrong[0]}")
    taken = medians([lambda text=text: read(text) for text in texts], rounds)
    for text, each in zip(texts, taken, strict=True):
        yield {"lines": text.count("\n"), "check_ms": each * 1e3}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the result."""
    options = parser(__doc__)
    options.add_argument("--lines", type=numbers, default=(250, 10_000))
    given = options.parse_args(arguments)
    sys.stdout.write(written([*rows(given.lines, given.rounds)], given.format))


if __name__ == "__main__":
    main()
