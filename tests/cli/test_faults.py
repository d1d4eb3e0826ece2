"""Whatever goes wrong is one sentence on stderr, with the nearest right name, and an exit code; never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from game.cli.errors import guarded
from game.errors import JournalError, PolicyError, UnknownName

Call = Callable[..., Result]

BROKEN = "format: 1\nid: broken\ntitle: Broken\nturns: many\n"

SLIPS = [
    (["rum"], "there is no command called 'rum'; did you mean 'run'?"),
    (["run"], "missing argument 'SCENARIO'"),
    (["run", "classroom-triade"], "there is no scenario called 'classroom-triade'; did you mean 'classroom-triad'?"),
    (["run", "classroom-triad", "--sed", "3"], "there is no option called '--sed'; did you mean '--seed'?"),
    (["run", "classroom-triad", "--seed", "-1"], "--seed"),
    (["run", "classroom-triad", "--turns", "0"], "--turns"),
    (["run", "classroom-triad", "--format", "xml"], "'xml' is not one of 'text', 'json', 'csv'"),
    (["run", "classroom-triad", "--set", "balance.couplin=1"], "did you mean 'balance.coupling'?"),
    (["run", "classroom-triad", "--set", "balance.coupling"], "is not of the form PATH=VALUE"),
    (["run", "classroom-triad", "--set", "balance.coupling=much"], "needs a number, not 'much'"),
    (["run", "classroom-triad", "--set", "balance.coupling=nan"], "needs a number, not 'nan'"),
    (["run", "classroom-triad", "--set", "reasoner.noise=9"], "reasoner.noise lies between 0 and 1"),
    (["run", "classroom-triad", "--set", "balance.alpha=0", "--set", "balance.alpha=1"], "is given twice"),
    (["run", "classroom-triad", "--state", "aroda=wait"], "there is no state called 'aroda'; did you mean 'arda'?"),
    (["run", "classroom-triad", "--state", "arda=wiat"], "there is no policy called 'wiat'; did you mean 'wait'?"),
    (["run", "classroom-triad", "--state", "arda=script:none.txt"], "cannot read the script 'none.txt'"),
    (["run", "classroom-triad", "--journal", "missing/game.jsonl"], "missing/game.jsonl: there is no such folder"),
    (["run", "missing.yaml"], "there is no scenario file called 'missing.yaml'"),
    (["check"], "missing argument 'FILE...'"),
    (["check", "missing.yaml"], "there is no scenario file called 'missing.yaml'"),
    (["explain", "Y9999"], "there is no finding code called 'Y9999'"),
    (["replay", "missing.jsonl"], "missing.jsonl: no such file or directory"),
    (["why", "missing.jsonl"], "name a relation"),
    (["new", "Not A Name"], "can't name a scenario"),
    (["play", "--terminal", "classroom-triad", "--state", "aroda"], "did you mean 'arda'?"),
    (["play", "--terminal", "classroom-triad", "--state", "arda", "--state", "borea"], "one person plays one state"),
    (["play", "--terminal", "south-caucasus-2012", "--state", "angola"], "angola takes no turns in this scenario"),
    (["play", "--terminal"], "--terminal needs a SCENARIO"),
    (["play", "--terminal", "classroom-triad", "--load", "x.jsonl"], "--load and --shots are for the window"),
    (["play", "classroom-triad", "--journal", "x.jsonl"], "--journal needs --terminal"),
    (["play", "classroom-triad", "--set", "balance.alpha=0"], "--set needs --terminal"),
    (["play", "classroom-triad", "--state", "borea=wait"], "--state STATE=POLICY needs --terminal"),
    (["play", "classroom-triad", "--state", "aroda"], "did you mean 'arda'?"),
    (["preview", "classroom-triad"], "missing option '--png'"),
    (["preview", "classroom-triad", "--png", "x.png", "--size", "large"], "'large' is not of the form 1280x720"),
    (["preview", "classroom-triad", "--png", "x.png", "--size", "1x1"], "each side has 200 to 8000 pixels"),
    (["preview", "classroom-triade", "--png", "x.png"], "did you mean 'classroom-triad'?"),
    (["acts", "classroom-triade"], "did you mean 'classroom-triad'?"),
]


@pytest.mark.parametrize(("arguments", "sentence"), SLIPS, ids=[" ".join(mistake[0]) for mistake in SLIPS])
def test_a_mistake_is_answered_in_one_sentence_and_exit_code_two(
    call: Call, arguments: list[str], sentence: str
) -> None:
    done = call(*arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert done.stderr.startswith("realpolitik: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["run", "play", "acts", "play --terminal", "preview --png board.png"])
def test_a_scenario_with_errors_shows_its_findings_and_never_runs(call: Call, command: str) -> None:
    Path("broken.yaml").write_text(BROKEN, encoding="utf-8")
    done = call(*command.split(), "broken.yaml")
    assert done.exit_code == 1
    assert "broken.yaml:4:8" in done.stderr
    assert "error[" in done.stderr
    assert "the scenario has errors and does not run" in done.stderr
    assert done.stdout == ""
    assert [path.name for path in Path.cwd().iterdir()] == ["broken.yaml"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnknownName("state", "irn", ["iran"]), 2),
        (PolicyError("no"), 2),
        (JournalError("turn 3 differs"), 1),
        (FileNotFoundError(2, "No such file", "x"), 2),
        (PermissionError(13, "Permission denied", "x"), 3),
        (OSError(28, "No space left on device"), 3),
        (ZeroDivisionError("by zero"), 3),
        (click.Abort(), 130),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_every_kind_of_failure_has_its_exit_code(error: Exception, code: int) -> None:
    def fail() -> None:
        raise error

    assert guarded(fail) == code


def test_a_bug_is_called_a_bug_and_says_where(capsys: pytest.CaptureFixture[str]) -> None:
    guarded(lambda: 1 // 0)
    said = capsys.readouterr().err
    assert "a bug, not a fault of yours: ZeroDivisionError" in said
    assert "test_faults.py:" in said
    assert "Traceback" not in said


def test_a_bug_shows_its_traceback_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REALPOLITIK_TRACEBACK", "1")
    with pytest.raises(RuntimeError) as caught:
        guarded(lambda: 1 // 0)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
