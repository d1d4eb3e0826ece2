"""What the README guarantees can be verified with the commands it names."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
GUARANTEES = README.partition("## What you can rely on")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| (?P<guarantee>[^|]+) \| (?P<commands>`[^|]+`) \|$", GUARANTEES, re.MULTILINE)
COMMANDS = [command for _, commands in ROWS for command in re.findall(r"`([^`]+)`", commands)]
OURS = sorted(command for command in COMMANDS if command.startswith("realpolitik "))
TESTS = [command for command in COMMANDS if command.startswith("python -m pytest ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the game has been played that the commands read."""
    place = tmp_path_factory.mktemp("readme")
    (first,) = re.findall(r"^    (realpolitik .+)$", GUARANTEES, re.MULTILINE)
    done = run(first, place)
    assert done.returncode == 0, done.stderr
    return place


def run(command: str, place: Path) -> subprocess.CompletedProcess[str]:
    arguments = shlex.split(command)[1:]
    program = [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(CHECKOUT)!r}); from game.cli import main; main()",
    ]
    return subprocess.run([*program, *arguments], cwd=place, capture_output=True, text=True, check=False)


def test_every_guarantee_has_a_command() -> None:
    assert len(ROWS) >= 10
    assert len(GUARANTEES.split("\n| ")) - 1 == len(ROWS) + 2, "a row of the table has no command"
    assert sorted([*OURS, *TESTS]) == sorted(COMMANDS)


@pytest.mark.parametrize("command", OURS)
def test_a_command_that_shows_a_guarantee_runs(command: str, folder: Path) -> None:
    done = run(command, folder)
    assert done.returncode == 0, done.stderr


def test_the_tests_that_show_a_guarantee_are_there() -> None:
    for command in TESTS:
        for path in shlex.split(command)[3:]:
            files = [CHECKOUT / path] if path.endswith(".py") else sorted((CHECKOUT / path).rglob("test_*.py"))
            assert files, f"{command} plays no test"
            assert all(re.search(r"^def test_", file.read_text(encoding="utf-8"), re.MULTILINE) for file in files), (
                command
            )


def test_the_run_that_is_shown_is_played_to_its_last_turn() -> None:
    shown = README.partition("<!-- the run")[2].partition("<!-- the end of the run")[0]
    turns = re.search(r"^(\d+) months from", shown, re.MULTILINE)
    assert turns
    assert f"\nThe end, after {turns[1]} turns.\n" in shown
