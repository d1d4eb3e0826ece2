"""warm: compile the kernels ahead. Nothing is compiled here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from game.errors import StudyError
from game.kernel.compiled import readiness
from game.study import warming

Call = Callable[..., Result]


def test_it_tells_how_many_parts_are_done(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "warm", lambda: iter([(1, 3), (2, 3), (3, 3)]))
    done = call("warm")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [f"compiled {part} of 3 parts" for part in (1, 2, 3)]


def test_what_is_kept_already_is_not_compiled_again(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "kept", lambda: True)
    monkeypatch.setattr(warming, "compile_part", lambda name: pytest.fail(f"{name} was compiled again"))
    done = call("warm")
    assert done.exit_code == 0
    (line,) = done.stderr.splitlines()
    parts = line.split()[1]
    assert line == f"compiled {parts} of {parts} parts"


def test_without_a_compiler_nothing_is_taken_to_be_compiled(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    class Worker:
        def compile(self, name: str) -> None:
            raise StudyError("nothing can be compiled here (numba does not load)")

        def end(self) -> None:
            pass

    monkeypatch.setattr(readiness, "kept", lambda: False)
    monkeypatch.setattr(warming, "_Worker", Worker)
    monkeypatch.setattr(readiness, "keep", lambda: pytest.fail("kernels were said to be ready"))
    done = call("warm")
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1] == "realpolitik: nothing can be compiled here (numba does not load)"


def test_what_can_not_be_kept_is_said(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "kept", lambda: False)
    monkeypatch.setattr(readiness, "keep", lambda: None)
    monkeypatch.setattr(warming, "_compiled_parts", lambda: iter([(1, 1)]))
    done = call("warm")
    assert done.exit_code == 2
    assert "no folder can be written to" in done.stderr


def test_a_process_that_can_not_compile_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = warming._Worker()
    try:
        with pytest.raises(StudyError, match=r"^nothing can be compiled here \(KeyError: 'no such part'\)"):
            worker.compile("no such part")
    finally:
        worker.end()
