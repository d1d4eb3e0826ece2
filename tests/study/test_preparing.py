"""preparing: the engine is compiled beside what goes on, and nobody has to wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from game.errors import StudyError
from game.kernel.compiled import SWITCH
from game.screen.kit.shapes import Words
from game.screen.shell import Shell
from game.study import preparing
from game.study.preparing import Preparation


@pytest.fixture(autouse=True)
def not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    monkeypatch.setattr(preparing, "in_use", lambda: False)


def until(reached: Event) -> None:
    assert reached.wait(10.0)


def test_it_tells_how_far_it_is_and_nothing_before_and_after(monkeypatch: pytest.MonkeyPatch) -> None:
    half, go_on, over = Event(), Event(), Event()

    def warm() -> Iterator[tuple[int, int]]:
        yield 1, 2
        half.set()
        until(go_on)
        yield 2, 2

    class Told(Preparation):
        def _compile(self) -> None:
            super()._compile()
            over.set()

    monkeypatch.setattr(preparing, "warm", warm)
    told = Told()
    assert told.progress is None
    told.begin()
    until(half)
    assert told.progress == (1, 2)
    go_on.set()
    until(over)
    assert told.progress is None


@pytest.mark.parametrize("why", ["kept already", "kernels as they stand are asked for"])
def test_nothing_is_compiled_where_that_is_of_no_use(monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    if why == "kept already":
        monkeypatch.setattr(preparing, "in_use", lambda: True)
    else:
        monkeypatch.setenv(SWITCH, "plain")
    monkeypatch.setattr(preparing, "Thread", lambda **_: pytest.fail("something was compiled"))
    Preparation().begin()


def test_where_nothing_can_be_compiled_games_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def warm() -> Iterator[tuple[int, int]]:
        yield 0, 2
        raise StudyError("nothing can be compiled here")

    monkeypatch.setattr(preparing, "warm", warm)
    told = Preparation()
    told._compile()
    assert told.progress is None


def test_the_title_shows_it_while_it_goes_on(tmp_path: Path) -> None:
    shell = Shell(tmp_path, lambda text, style: 6.0 * len(text))
    written = [each.text for each in shell.shapes() if isinstance(each, Words)]
    assert not [text for text in written if "Preparing" in text]
    shell.snapshot = replace(shell.snapshot, preparation=(12, 30))
    written = [each.text for each in shell.shapes() if isinstance(each, Words)]
    assert "Preparing the engine, once: 12 of 30" in written
