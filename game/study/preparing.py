"""Preparing: the engine's kernels are compiled beside what goes on, the first time that a machine plays."""

from __future__ import annotations

from os import environ
from threading import Thread

from game.errors import StudyError
from game.kernel.compiled import SWITCH, in_use
from game.study.warming import warm


class Preparation:
    """Compiling, in processes of its own; games that are begun afterwards are played by what it made."""

    def __init__(self) -> None:
        self.progress: tuple[int, int] | None = None
        """How many parts of how many are done; None while nothing is compiled."""

    def begin(self) -> None:
        """Compile, unless that was done before or kernels are to run as they stand."""
        if self.progress is None and not in_use() and environ.get(SWITCH) != "plain":
            Thread(target=self._compile, daemon=True).start()

    def _compile(self) -> None:
        try:
            for self.progress in warm():
                pass
        except StudyError:
            pass  # `realpolitik warm` says why; games are played without it
        self.progress = None
