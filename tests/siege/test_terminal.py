"""Whatever a scenario, a journal or a name holds, a terminal is only ever given words."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from game.cli import realpolitik
from game.cli.echo import echo
from game.scenario import read
from game.scenario.findings.finding import full
from game.text import unfit

CLI = Path(__file__).resolve().parents[2] / "game" / "cli"
INJECTED = "\x1b]0;PWNED\x07\x9b2J\u202e\x7f"


def said(*arguments: str) -> str:
    done = CliRunner().invoke(realpolitik, arguments, prog_name="realpolitik")
    return done.stdout + done.stderr


def test_no_module_of_the_command_line_prints_past_the_gate():
    for path in CLI.rglob("*.py"):
        if path.name != "echo.py":
            calls = [
                each for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(each, ast.Call)
            ]
            names = {ast.unparse(each.func) for each in calls}
            assert not names & {"click.echo", "click.secho", "print", "sys.stdout.write", "sys.stderr.write"}, path


@given(st.text(st.characters(codec=None, categories=None)))
def test_what_is_echoed_holds_nothing_that_does_something(text):
    from click import command

    @command()
    def speak() -> None:
        echo(text)
        echo(text, err=True)
        echo(text, coloured=True)

    done = CliRunner().invoke(speak)
    assert done.exit_code == 0
    assert unfit(done.stdout.replace("\x1b[0m", "")) is None or "\x1b[" in text
    assert unfit(done.stderr) is None


@pytest.mark.parametrize("command", ["check", "run", "acts", "test", "preview --png out.png", "play --terminal"])
def test_names_of_files_and_states_are_spelled_out(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = f"a{INJECTED.replace('/', '')}.yaml"
    escapes = "".join(f"\\u{ord(each):04x}" for each in INJECTED)
    text = f'format: 1\nid: x\ntitle: "{escapes}"\nstart: 2012\nturns: 2\nstates: {{ada: {{name: Ada}}}}\n'
    Path(name).write_text(text, encoding="utf-8")
    first, *rest = command.split()
    output = said(first, name, *rest)
    assert output
    assert unfit(output) is None
    for missing in (f"b{INJECTED}", f"./b{INJECTED}.yaml"):
        assert unfit(said(first, missing, *rest)) is None


LINES = ('{"journal": "\\u001b]0;PWNED\\u0007"}', "\x1b]0;PWNED\x07", '{"format": 1, "scenario": "\x9b2J"}')


@pytest.mark.parametrize("command", ["replay", "why"])
@pytest.mark.parametrize("line", LINES)
def test_journals_are_spelled_out(command, line, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    extra = ["a -> b"] if command == "why" else []
    assert unfit(said(command, str(path), *extra)) is None


def test_the_colours_of_findings_pass_and_no_others(capsys):
    reading = read('format: 1\nx"\x1b[5m": 1\n')
    shown = full(reading.findings, reading.text, colour=True)
    assert "\x1b[1;31m" in shown
    echo("\x1b[1;31mred\x1b[0m \x1b[5mblinking \x1b[2J", coloured=True)
    assert "\\u001b[5mblinking \\u001b[2J" in capsys.readouterr().out


def test_a_process_with_a_name_that_is_no_text_says_one_sentence(tmp_path):
    if sys.platform == "win32":
        pytest.skip("names are text there")
    name = os.fsdecode(b"caf\xe9\x1b[2J.yaml")
    done = subprocess.run([sys.executable, "-m", "game", "check", name], capture_output=True, cwd=tmp_path, timeout=60,
                          env={**os.environ, "PYTHONPATH": str(CLI.parents[1])}, check=False)  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert unfit(done.stderr.decode()) is None
