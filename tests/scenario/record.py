"""Write the golden files about findings anew: `python -m tests.scenario.record`, then read the difference."""

from __future__ import annotations

from pathlib import Path

from game.scenario import read
from game.scenario.codes import CODES
from game.scenario.finding import full
from tests.scenario.examples import example

FINDINGS = Path(__file__).resolve().parent.parent / "findings"


def main() -> None:
    for code in CODES:
        shown = example(code, "Bad")
        if shown.kept:
            (FINDINGS / "err" / f"{code}.yaml").write_bytes(shown.content)
    for path in sorted((FINDINGS / "err").glob("*.yaml")):
        reading = read(path.read_bytes(), path=path.name, audience="strict")
        path.with_suffix(".out").write_bytes(full(reading.findings, reading.text).encode())


if __name__ == "__main__":
    main()
