"""Names that are no files: each is answered in one sentence, at once, and stops nothing else."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from game import files
from game.cli import realpolitik
from game.errors import PolicyError, UnreadableFile
from game.match.match import Setup, begin
from game.play.library import entries, inspected, own_folder
from game.scenario import load, read

GOOD = "format: 1\nid: good\ntitle: Good\nstart: 2012\nturns: 2\nstates: {ada: {name: Ada}, bora: {name: Bora}}\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are POSIX's")


def make(kind: str, path: Path) -> Path:
    """Something that is no scenario under a scenario's name."""
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path)
        case "dangling":
            path.symlink_to(path.parent / "nowhere.yaml")
        case "device":
            path.symlink_to("/dev/zero")
        case "socket":
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(str(path))
        case "binary":
            path.write_bytes(bytes(range(256)))
        case "empty":
            path.touch()
        case "huge":
            with path.open("wb") as file:
                file.truncate(1 << 33)
        case "nested":
            path.write_text("[" * 100_000, encoding="utf-8")
    return path


NO_FILES = ("pipe", "folder", "loop", "dangling", "device", "socket")
KINDS = (*NO_FILES, "binary", "empty", "huge", "nested")
COMMANDS = ("check", "run", "test", "acts", "preview --png x.png", "play --terminal")


@pytest.mark.timeout(30)
@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_in_one_sentence_why_it_is_no_scenario(kind, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make(kind, Path("a.yaml").absolute())
    Path("ab.yaml").write_text(GOOD, encoding="utf-8")
    first, *rest = command.split()
    done = CliRunner().invoke(realpolitik, [first, "a.yaml", *rest], prog_name="realpolitik")
    assert done.exit_code in (2, 3)
    assert done.stderr.count("\n") == 1
    assert "a.yaml" in done.stderr
    assert "did you mean" not in done.stderr
    assert "bug" not in done.stderr


@pytest.mark.timeout(60)
def test_the_browser_shows_every_scenario_whatever_lies_beside_it(tmp_path):
    games = tmp_path / "games"
    own = own_folder(games)
    own.mkdir(parents=True)
    for kind in KINDS:
        make(kind, own / f"{kind}.yaml")
    (own / "zz.yaml").write_text(GOOD, encoding="utf-8")
    found = {Path(each.path).stem: each for each in entries(games)}
    assert {*KINDS, "zz", *(path.stem for path in files.shipped_scenarios().values())} == set(found)
    assert not found["zz"].findings
    for kind in KINDS:
        assert found[kind].findings, kind
        assert found[kind].findings[0].message


def test_a_bug_that_one_file_brings_about_is_shown_as_one_and_hides_no_other(tmp_path, monkeypatch):
    own = own_folder(tmp_path / "games")
    own.mkdir()
    for name in ("a", "b"):
        (own / f"{name}.yaml").write_text(GOOD.replace("good", name), encoding="utf-8")
    from game.play import library

    sketched = library.sketch_of

    def failing(spec):
        if spec.id == "a":
            raise IndexError("out of bounds")
        return sketched(spec)

    monkeypatch.setattr(library, "sketch_of", failing)
    found = {each.id: each for each in entries(tmp_path / "games")}
    assert "IndexError: out of bounds" in found["a"].findings[0].message
    assert not found["b"].findings


def test_a_folder_that_is_none_is_shown_beside_the_scenarios_that_ship(tmp_path):
    own_folder(tmp_path / "games").write_text("no folder", encoding="utf-8")
    found = entries(tmp_path / "games")
    assert len(found) == len(files.shipped_scenarios()) + 1
    assert "can't be read" in found[-1].findings[0].message


@pytest.mark.timeout(30)
@pytest.mark.parametrize("kind", ["pipe", "broken", "loop"])
def test_the_list_of_scenarios_shows_the_broken_one_with_its_reason(kind, tmp_path, monkeypatch):
    if kind == "broken":
        (tmp_path / "a.yaml").write_text("format: 1\n", encoding="utf-8")
    else:
        make(kind, tmp_path / "a.yaml")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    data_folder = files.data_folder
    monkeypatch.setattr(files, "data_folder", lambda name: tmp_path if name == "scenarios" else data_folder(name))
    done = CliRunner().invoke(realpolitik, ["scenarios"], prog_name="realpolitik")
    assert done.exit_code == 0
    assert "a\n  does not run: " in done.stdout
    assert "Good" in done.stdout
    assert all("faults" not in line for line in done.stdout.splitlines())


@pytest.mark.timeout(30)
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_a_script_that_is_no_file_is_refused(kind, tmp_path):
    path = make(kind, tmp_path / "orders.txt")
    with pytest.raises(PolicyError, match="not a file"):
        begin(Setup(load("classroom-triad"), policies={"arda": f"script:{path}"}))


@pytest.mark.timeout(30)
@pytest.mark.parametrize("kind", NO_FILES)
def test_an_author_who_opens_what_is_no_file_is_told_so(kind, tmp_path):
    found = inspected(make(kind, tmp_path / "a.yaml"), None)
    assert [each.severity for each in found.findings] == ["error"]


@pytest.mark.parametrize("name", ["a\0b.yaml", "\ud800.yaml"])
def test_a_name_that_no_file_can_have_is_unreadable(name):
    with pytest.raises(UnreadableFile, match="can be called that"):
        read(Path(name))


def test_a_file_without_permission_says_so(tmp_path, monkeypatch):
    path = tmp_path / "a.yaml"
    path.write_text(GOOD, encoding="utf-8")

    def refused(*_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(files.os, "open", refused)
    done = CliRunner().invoke(realpolitik, ["check", str(path)], prog_name="realpolitik")
    assert done.stderr == f"realpolitik: {path}: permission denied\n"
