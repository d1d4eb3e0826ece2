"""The command line as a test calls it: in this process, in an empty folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from game.cli import realpolitik

Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Runs a command line in an empty folder; `typed` is what a person types."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(realpolitik, arguments, input=typed, prog_name="realpolitik")

    return run


@pytest.fixture
def journal(call: Call) -> Path:
    """The journal of six turns of the classroom triad: Borea waits, the other two never miss a chance to act."""
    setup = ("--seed", "3", "--turns", "6", "--state", "borea=wait", "--set", "reasoner.threshold=-20")
    done = call("run", "classroom-triad", *setup, "--journal", "game.jsonl")
    assert done.exit_code == 0, done.stderr
    return Path("game.jsonl")
