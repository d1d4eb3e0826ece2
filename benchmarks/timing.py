"""How time is measured: process CPU time, medians, and things that are compared taking turns in one process.

Wall time says how busy a machine is; the processor's time hardly does, and a ratio of two less still.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np

Row = Mapping[str, Any]
"""One line of a result: names and numbers."""


def seconds(work: Callable[[], object]) -> float:
    """The CPU time of this process that a call takes, all its threads together."""
    start = process_time()
    work()
    return process_time() - start


def medians(works: Sequence[Callable[[], object]], rounds: int = 9) -> list[float]:
    """The median CPU time of each work, one round of all after another, after a round that does not count."""
    for work in works:
        work()
    taken = [[seconds(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*taken, strict=True)]


def child_seconds(call: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """The CPU time of a fresh process, its children included; CalledProcessError when it fails."""
    before = _children()
    subprocess.run([*call], check=True, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})})
    return _children() - before


def _children() -> float:
    used = os.times()
    return used.children_user + used.children_system


def peak_memory() -> int:
    """The most memory this process has held so far, in bytes; 0 where the system does not say."""
    try:
        # What the parent held when it started us counts in `getrusage`; here it does not.
        for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        from resource import RUSAGE_SELF, getrusage
    except (OSError, ImportError):
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def machine() -> str:
    """What was measured on, in one line."""
    return (
        f"{_processor()}, {os.cpu_count()} processors; {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}, numpy {np.__version__}"
    )


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def parser(description: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    found = argparse.ArgumentParser(description=description)
    found.add_argument("--format", choices=("text", "json"), default="text", help="how the result is written")
    found.add_argument("--rounds", type=int, default=5, help="how many times each thing is measured")
    return found


def numbers(text: str) -> tuple[int, ...]:
    """Whole numbers between commas, for an option."""
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of whole numbers such as 4,20,50") from None


def written(rows: Sequence[Row], form: str) -> str:
    """The result as text for a reader or as JSON for a program."""
    if form == "json":
        return json.dumps({"machine": machine(), "rows": [*rows]}, indent=1) + "\n"
    return f"{machine()}\n\n{table(rows)}"


def table(rows: Sequence[Row]) -> str:
    """Rows as aligned columns under their names."""
    if not rows:
        return ""
    names = [*rows[0]]
    cells = [names, *([_cell(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(names))]
    return "".join(
        "  ".join(cell.ljust(width) if not column else cell.rjust(width)
                  for column, (cell, width) in enumerate(zip(line, widths, strict=True))).rstrip() + "\n"
        for line in cells
    )  # fmt: skip


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return significant(value) if isinstance(value, float) else str(value)


def significant(value: float, digits: int = 3) -> str:
    """A number to so many digits, never with an exponent."""
    return np.format_float_positional(value, precision=digits, fractional=False, trim="-") if value else "0"
