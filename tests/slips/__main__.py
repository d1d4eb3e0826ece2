"""The figures of the corpus: `python -m tests.slips`, with `-v` for each slip that is not answered well."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from tests.slips.corpus import corpus
from tests.slips.slip import Answer, answered


def figures(answers: Sequence[Answer]) -> dict[str, float]:
    """The shares that matter, in percent, and the most findings that one slip gave."""
    count = len(answers)
    return {
        "slips": count,
        "exactly one finding": 100 * sum(each.one for each in answers) / count,
        "found": 100 * sum(bool(each.findings) for each in answers) / count,
        "right line": 100 * sum(each.placed for each in answers) / count,
        "with help": 100 * sum(each.helped for each in answers) / count,
        "misleading": sum(bool(each.misleading) for each in answers),
        "most findings": max(len(each.findings) for each in answers),
    }


def main() -> None:
    answers = [answered(slip) for slip in corpus()]
    for name, value in figures(answers).items():
        sys.stdout.write(f"{name:>20}  {value:.4g}\n")
    if "-v" in sys.argv:
        for each in answers:
            if not (each.one and each.placed and each.helped) or each.misleading:
                _show(each)
        kinds = Counter(each.slip.kind for each in answers)
        sys.stdout.write("".join(f"{count:5}  {kind}\n" for kind, count in kinds.most_common()))


def _show(answer: Answer) -> None:
    flags = [] if answer.one else [f"{len(answer.findings)} findings"]
    flags += [] if answer.placed or not answer.findings else [f"not in line {answer.slip.lines[0]}"]
    flags += [] if answer.helped else ["no help"]
    flags += [answer.misleading] if answer.misleading else []
    sys.stdout.write(f"\n{answer.slip.name}\n   [{'; '.join(flags)}]\n")
    for each in answer.findings[:4]:
        sys.stdout.write(f"   {each.span.line}:{each.span.column} {each.code} {each.message}\n      = {each.help}\n")


if __name__ == "__main__":
    main()
