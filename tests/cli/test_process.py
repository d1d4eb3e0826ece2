"""The real command in a process of its own: what it loads, its bytes, a reader that goes away, an interruption."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from game import journal as journals
from game.cli import group, realpolitik

CHECKOUT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONWARNINGS": "error"}
KERNELS = "REALPOLITIK_KERNELS"
HEAVY = {"mesa", "pygame", "pandas", "scipy", "matplotlib", "rich", "numba"}
NAMES = sorted(path.stem for path in group.FOLDER.glob("[a-z]*.py"))


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "game", *arguments]


def run(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*arguments), cwd=folder, env={**ENVIRONMENT, **more}, capture_output=True, check=False, timeout=120
    )


def loaded(*arguments: str, folder: Path, **more: str) -> set[str]:
    """The libraries that a command line loads."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *command(*arguments)[1:]],
        cwd=folder, env={**ENVIRONMENT, **more}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    names = re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, re.MULTILINE)
    assert "click" in names
    return {name.partition(".")[0] if not name.startswith("game") else name for name in names}


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["scenarios"], ["check", "classroom-triad"], ["explain", "S001"], ["acts"],
     ["new", "lake"], ["warm", "--help"]],
    ids=" ".join,
)  # fmt: skip
def test_no_command_loads_a_front_end_or_a_heavy_library(arguments: list[str], tmp_path: Path) -> None:
    assert not loaded(*arguments, folder=tmp_path, **{KERNELS: "compiled"}) & HEAVY


def test_a_run_loads_none_either_where_no_kernels_are_compiled(tmp_path: Path) -> None:
    assert not loaded("run", "classroom-triad", "--turns", "2", folder=tmp_path, **{KERNELS: "plain"}) & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["explain", "S001"], ["rum"]], ids=" ".join)
def test_what_needs_no_engine_loads_none(arguments: list[str], tmp_path: Path) -> None:
    names = loaded(*arguments, folder=tmp_path)
    assert not names & {"numpy", "yaml", "game.match.match", "game.kernel.world"}


def test_the_help_lists_every_command_without_importing_any(tmp_path: Path) -> None:
    listed = run("--help", folder=tmp_path).stdout.decode()
    assert all(re.search(rf"^  {name} +\w", listed, re.MULTILINE) for name in NAMES)
    assert not {name for name in loaded("--help", folder=tmp_path) if name.startswith("game.cli.commands.")}


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself(name: str, tmp_path: Path) -> None:
    done = run(name, "--help", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().startswith(f"Usage: realpolitik {name} ")
    assert group.summary(name).endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_is_on_the_reference_page(name: str) -> None:
    page = (CHECKOUT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    command = realpolitik.get_command(
        realpolitik.make_context("realpolitik", [name, "--help"], resilient_parsing=True), name
    )
    assert command is not None
    section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert section, f"docs/reference/commands.md has no section on {name}"
    missing = [
        option for each in command.params for option in each.opts if option[:2] == "--" and option not in section
    ]
    assert not missing


def test_the_bytes_do_not_depend_on_the_locale(tmp_path: Path) -> None:
    arguments = ("run", "south-caucasus-2012", "--turns", "2")
    here = run(*arguments, folder=tmp_path)
    there = run(*arguments, folder=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONHASHSEED="7")
    assert here.returncode == there.returncode == 0, there.stderr.decode()
    assert here.stdout == there.stdout
    assert "Türkiye" in here.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    long = command("run", "classroom-triad", "--turns", "400", "--format", "csv")
    with subprocess.Popen(
        long, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"turn,date,from,to,relation\n"
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""
    assert process.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="streams are closed otherwise there")
@pytest.mark.parametrize(
    ("closed", "arguments", "code"),
    [
        (">&-", "scenarios", 0),
        (">&- 2>&-", "scenarios", 0),
        (">&-", "replay nothing.jsonl", 2),
        (">&-", "--version", 0),
        ("<&- >&-", "play --terminal classroom-triad", 0),
    ],
)
def test_a_stream_closed_from_the_start_is_no_error(closed: str, arguments: str, code: int, tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m game {arguments} {closed}', sys.executable],
        cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert done.stderr == ("" if code == 0 else "realpolitik: nothing.jsonl: no such file or directory\n")


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
def test_control_c_keeps_the_whole_turns(tmp_path: Path) -> None:
    long = command("run", "classroom-triad", "--turns", "4000", "--journal", "game.jsonl")
    # What starts in the background of a shell ignores interrupts, and so would what it starts.
    with subprocess.Popen(
        long, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        while b"turn 5" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        said = process.stderr.read().decode()
    assert process.returncode == 130
    assert "Traceback" not in said
    kept = journals.read(tmp_path / "game.jsonl")
    assert kept.damage is None
    assert len(kept.turns) >= 4
    assert f"interrupted after {len(kept.turns)} whole turns" in said
