"""A turn that was told is on the disk: whatever step of the writing fails, and whoever is killed when."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from game.files import disk
from game.journal import (
    Journal,
    header_of,
    keep,
    line_of,
    read,
    replay,
    swept,
    text_of,
    writable,
    write,
)
from game.match.match import Setup, begin
from game.scenario import load

CHECKOUT = Path(__file__).resolve().parents[2]
STEPS = ("open", "write", "fsync", "replace", "chmod", "ftruncate", "lseek")
"""What the system is asked to do in writing; what only looks, and what only tidies up, loses nothing by failing."""


@pytest.fixture(scope="module")
def match():
    """A game of three turns."""
    playing = begin(Setup(load("classroom-triad"), 4))
    for _ in range(3):
        playing = playing.advance()
    return playing


@pytest.fixture(scope="module")
def journals(match):
    """The journals of that game after each turn, the start first; a turn is the same value in each of them."""
    lines = tuple(line_of(match, turn) for turn in (1, 2, 3))
    return [Journal(header_of(match.setup), lines[:turns]) for turns in range(4)]


class Killed(BaseException):
    """The process ends here, and nothing that would tidy up after it is done."""


class Shim:
    """Counts the steps of a writing, and lets the one of a number fail: with an error, or as the process is killed.

    A write that fails has written half of what it was given.
    """

    def __init__(self, monkeypatch, fails, dies):
        self.count, self.fails, self.dies, self.dead, self.done = 0, fails, dies, False, []
        for name in STEPS:
            monkeypatch.setattr(os, name, self.step(name, getattr(os, name)))
        monkeypatch.setattr(os, "unlink", self.unless_dead(os.unlink))

    def step(self, name, usual):
        def done(*given, **more):
            if self.dead:
                raise Killed
            self.count += 1
            self.done.append(name)
            if self.count != self.fails:
                return usual(*given, **more)
            if name == "write":
                usual(given[0], bytes(given[1])[: len(given[1]) // 2])
            if self.dies:
                self.dead = True
                raise Killed
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return done

    def unless_dead(self, usual):
        def done(*given, **more):
            if self.dead:
                raise Killed
            return usual(*given, **more)

        return done


@contextmanager
def failing(fails, *, dies=False):
    with pytest.MonkeyPatch.context() as patch:
        yield Shim(patch, fails, dies)


def told(path, journals):
    """Writes the journals one after the other, as a game is played, and counts the turns that were told."""
    before = None
    for turns, journal in enumerate(journals):
        before = keep(path, journal, before)
        yield turns


def steps_of(tmp_path, journals):
    with failing(0) as shim:
        list(told(tmp_path / "whole.jsonl", journals))
    return shim.count


def test_a_game_is_written_line_by_line_and_is_whole_after_every_turn(tmp_path, journals):
    path = tmp_path / "game.jsonl"
    numbers = []
    for turns in told(path, journals):
        assert path.read_text("utf-8") == text_of(journals[turns])
        numbers.append(path.stat().st_ino)
    assert len(set(numbers)) == 1  # grown, and not replaced


@pytest.mark.parametrize("dies", [False, True], ids=["fails", "killed"])
def test_whichever_step_of_the_writing_fails_no_turn_is_lost_that_was_told(tmp_path, journals, dies):
    count = steps_of(tmp_path, journals)
    assert count > 15
    for fails in range(1, count + 1):
        path, last = tmp_path / f"{fails}.jsonl", -1
        with failing(fails, dies=dies) as shim, suppress(OSError, Killed):
            for turns in told(path, journals):
                last = turns
        assert shim.count >= fails
        if last < 0:
            # The name may not be on the disk yet, but what it names is whole.
            assert not path.exists() or read(path).turns == ()
            continue
        kept = read(path, recover=True)
        assert len(kept.turns) >= last
        assert kept.turns == journals[3].turns[: len(kept.turns)]
        if not dies:
            assert path.read_text("utf-8") in (text_of(journals[last]), text_of(journals[min(last + 1, 3)]))


@pytest.mark.parametrize("dies", [False, True], ids=["fails", "killed"])
def test_whichever_step_of_a_replacement_fails_the_old_file_or_the_new_one_is_there(tmp_path, journals, dies):
    path = tmp_path / "game.jsonl"
    write(path, journals[3])
    with failing(0) as shim:
        write(path, journals[1])
    for fails in range(1, shim.count + 1):
        write(path, journals[3])
        with failing(fails, dies=dies), pytest.raises((OSError, Killed)):
            write(path, journals[1])
        assert path.read_text("utf-8") in (text_of(journals[3]), text_of(journals[1]))
        swept(tmp_path)
        assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("dies", [False, True], ids=["fails", "killed"])
def test_after_a_failure_the_game_goes_on_in_the_same_file(tmp_path, journals, dies):
    for fails in range(1, 9):
        path = tmp_path / f"{fails}.jsonl"
        before = keep(path, journals[1])
        with failing(fails, dies=dies), suppress(OSError, Killed):
            before = keep(path, journals[2], before)
        keep(path, journals[3], before)
        assert path.read_text("utf-8") == text_of(journals[3])


def test_what_was_written_is_on_the_disk_before_it_counts(tmp_path, journals):
    path = tmp_path / "game.jsonl"
    with failing(0) as shim:
        before = keep(path, journals[1])
        replaced, shim.done = shim.done, []
        keep(path, journals[2], before)
    # The content before the name, the name in its folder, and a turn before it is told.
    assert [each for each in replaced if each != "open"] == ["write", "fsync", "replace", "fsync"]
    assert shim.done[-2:] == ["write", "fsync"]


def test_a_model_of_mesa_keeps_every_step_and_plays_none_that_it_cannot_keep(tmp_path):
    from game.model import AllianceModel

    path, model = tmp_path / "game.jsonl", AllianceModel("classroom-triad", 4)
    model.step()
    model.keep(path)
    number = path.stat().st_ino
    for turn in (2, 3):
        model.step()
        assert path.read_text("utf-8") == text_of(model.journal())
        assert len(read(path).turns) == turn
    assert path.stat().st_ino == number
    with failing(3), pytest.raises(OSError, match="No space left"):
        model.step()
    assert model.turn == len(read(path).turns) == 3
    model.step()
    model.undo(2)
    assert model.turn == len(read(path).turns) == 2
    model.step()
    assert replay(read(path)).history.digests() == model.history.digests()


def test_a_file_that_was_changed_by_somebody_else_is_written_anew(tmp_path, journals):
    path = tmp_path / "game.jsonl"
    before = keep(path, journals[1])
    path.write_text("something else", "utf-8")
    before = keep(path, journals[2], before)
    assert path.read_text("utf-8") == text_of(journals[2])
    path.unlink()
    keep(path, journals[3], before)
    assert path.read_text("utf-8") == text_of(journals[3])


def test_a_turn_that_is_taken_back_is_no_longer_in_the_file(tmp_path, journals, match):
    path = tmp_path / "game.jsonl"
    before = keep(path, journals[3])
    before = keep(path, journals[1], before)
    assert path.read_text("utf-8") == text_of(journals[1])
    again = Journal(journals[1].header, (*journals[1].turns, line_of(match, 2)))
    before = keep(path, again, before)
    other = Journal(journals[1].header, (line_of(match, 1), line_of(match, 2), line_of(match, 3)))
    keep(path, other, before)
    assert path.read_text("utf-8") == text_of(journals[3])


def test_a_journal_that_would_be_too_large_to_be_read_is_not_written(tmp_path, journals, monkeypatch):
    path = tmp_path / "game.jsonl"
    monkeypatch.setattr("game.journal.file.LARGEST", len(text_of(journals[2]).encode()))
    before = keep(path, journals[2])
    with pytest.raises(OSError, match="this one is full"):
        keep(path, journals[3], before)
    assert read(path).turns == journals[2].turns


LEFT = ".journal-0123456789abcdef"


def test_what_a_killed_program_left_is_removed_and_nothing_else(tmp_path):
    ours = [tmp_path / LEFT, tmp_path / LEFT.replace("0", "f")]
    ours[0].write_text('{"journal":{"for', "utf-8")
    ours[1].touch()
    others = {".journal-notes": "mine", ".journal-0123456789abcdeg": "{", ".journal-00000000000000aa": "Dear diary"}
    for name, content in others.items():
        (tmp_path / name).write_text(content, "utf-8")
    folder, link = tmp_path / ".journal-00000000000000bb", tmp_path / ".journal-00000000000000cc"
    folder.mkdir()
    link.symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / ".journal-00000000000000dd")
    kept = {each.name for each in tmp_path.iterdir()} - {each.name for each in ours}
    writable(tmp_path / "game.jsonl")
    assert {each.name for each in tmp_path.iterdir()} == kept


def test_a_file_that_is_being_written_is_not_taken_for_one_that_was_left(tmp_path):
    with disk._temporary(tmp_path) as (path, descriptor, _):
        os.write(descriptor, b"{")
        swept(tmp_path)
        assert path.exists()
    assert not path.exists()


def test_a_window_that_starts_removes_what_was_left(tmp_path):
    from game.screen.shell import Shell

    (tmp_path / "games").mkdir()
    for folder in (tmp_path, tmp_path / "games"):
        (folder / LEFT).write_text("{", "utf-8")
    Shell(tmp_path, lambda text, style: len(text) * 8.0)
    assert not list(tmp_path.rglob(".journal-*"))


RUN = ["run", "classroom-triad", "--turns", "4000", "--journal", "game.jsonl"]
PLAY = ["play", "--terminal", "classroom-triad", "--state", "arda", "--journal", "game.jsonl"]


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
@pytest.mark.parametrize("signalled", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=str)
@pytest.mark.parametrize("arguments", [RUN, PLAY], ids=["run", "terminal"])
def test_whoever_ends_the_program_the_turns_that_were_told_are_in_the_file(tmp_path, arguments, signalled):
    with subprocess.Popen(
        [sys.executable, "-m", "game", *arguments], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        if arguments is PLAY:
            process.stdin.write("end\n1\n" * 60)
            process.stdin.flush()
        while "turn 5" not in process.stdout.readline():
            assert process.poll() is None, process.stderr.read()
        process.send_signal(signalled)
        process.stdout.read()
        process.stdin.close()
        said = process.stderr.read()
    assert "Traceback" not in said
    kept = read(tmp_path / "game.jsonl", recover=True)
    assert len(kept.turns) >= 4
    assert replay(kept).history.digests()[1:] == [line.digest for line in kept.turns]


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
from game.cli import main
sys.argv[1:] = {arguments!r}
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits differ elsewhere")
@pytest.mark.parametrize("size", [12_000, 12_345, 14_000])
def test_a_disk_that_fills_in_mid_run_ends_it_with_a_sentence_and_every_told_turn(tmp_path, size):
    done = subprocess.run(
        [sys.executable, "-c", FULL.format(size=size, arguments=RUN)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.startswith("realpolitik: game.jsonl: ")
    kept = read(tmp_path / "game.jsonl")
    assert f"turn {len(kept.turns)}" in done.stdout.lower()
    assert f"turn {len(kept.turns) + 1}\n" not in done.stdout.lower()
    assert [each.name for each in tmp_path.iterdir()] == ["game.jsonl"]
