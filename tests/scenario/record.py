"""Write the golden files and pages about findings anew: `python -m tests.scenario.record`, then read the difference."""

from __future__ import annotations

from pathlib import Path

from game.scenario import read
from game.scenario.findings.codes import CODES
from game.scenario.findings.finding import full
from game.scenario.schema.reference import pages
from tests.scenario.examples import example

FINDINGS = Path(__file__).resolve().parents[1] / "findings"
REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def main() -> None:
    for code in CODES:
        shown = example(code, "Bad")
        if shown.kept:
            (FINDINGS / "err" / f"{code}.yaml").write_bytes(shown.content)
    for path in sorted((FINDINGS / "err").glob("*.yaml")):
        reading = read(path.read_bytes(), path=path.name, audience="strict")
        path.with_suffix(".out").write_bytes(full(reading.findings, reading.text).encode())
    for name, page in pages().items():
        path = REFERENCE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.encode())


if __name__ == "__main__":
    main()
