"""What the Tab key completes in bash, zsh and fish."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SHELLS = ("bash", "zsh", "fish")


def answer(instruction: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "PYTHONPATH": str(CHECKOUT), "_REALPOLITIK_COMPLETE": instruction, **environment}
    program = "from game.cli import main; main()"
    return subprocess.run([sys.executable, "-c", program], env=given, capture_output=True, text=True, check=False)


def completed(shell: str, line: str) -> list[str]:
    """What a shell is offered for the last word of a line."""
    words = line.split(" ")
    place = words[-1] if shell == "fish" else str(len(words) - 1)
    done = answer(f"{shell}_complete", COMP_WORDS=line, COMP_CWORD=place)
    assert not done.stderr
    rows = [row for row in done.stdout.splitlines() if row]
    return [row.partition(",")[2] for row in rows] if shell == "bash" else rows


@pytest.mark.parametrize("shell", SHELLS)
def test_the_beginning_of_a_command_is_completed(shell: str) -> None:
    offered = "\n".join(completed(shell, "realpolitik re"))
    assert "replay" in offered
    assert "scenarios" not in offered


@pytest.mark.parametrize("shell", SHELLS)
def test_the_beginning_of_an_option_is_completed(shell: str) -> None:
    offered = "\n".join(completed(shell, "realpolitik run --se"))
    assert "--seed" in offered
    assert "--journal" not in offered


def test_a_wrong_command_in_the_line_is_not_complained_of() -> None:
    assert completed("bash", "realpolitik nonsense --se") == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_lines_of_the_readme_give_a_script_that_names_the_command(shell: str) -> None:
    assert f"_REALPOLITIK_COMPLETE={shell}_source realpolitik" in (CHECKOUT / "README.md").read_text(encoding="utf-8")
    done = answer(f"{shell}_source")
    assert done.returncode == 0
    assert f"_REALPOLITIK_COMPLETE={shell}_complete" in done.stdout
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=done.stdout, text=True, check=True)
