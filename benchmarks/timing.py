"""How time is measured: medians of several runs, in one process, the things compared taking turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def medians(works: Sequence[Callable[[], object]], rounds: int = 9) -> list[float]:
    """The median time of each work, one round of all after another, after a round that does not count."""
    for work in works:
        work()
    taken = [[seconds(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*taken, strict=True)]
