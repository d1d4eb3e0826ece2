"""What goes wrong around the window: it starts with any settings, outlives its worker, and shows a bug as a bug."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from time import monotonic, sleep

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.errors import UnknownName
from game.files import shipped_scenarios
from game.journal import read
from game.match.match import Setup, begin
from game.play import commands as wanted
from game.play import counterfactuals, forecasts, library
from game.play import dispatch as directors
from game.play.counterfactuals import Retracer
from game.play.dispatch import Director
from game.play.forecasts import (
    Forecaster,
    Question,
    Worker,
    by_run,
    futures,
)
from game.scenario import load
from game.screen.app import App
from game.screen.crashing import Crashed
from game.screen.kit.frame import Settings
from game.screen.kit.shapes import texts
from game.screen.messages import Go, Tick
from game.screen.preferences import examined, write_settings
from game.screen.shell import Shell


def by_letters(text, style):
    return len(text) * style.size * 0.5


def said(shell):
    return " ".join(words.text for words in texts(shell.shapes()))


# Settings

ODD = {
    "number of 400 digits": b'{"scale": 1' + b"0" * 400 + b"}",
    "number of 5000 digits": b'{"scale": 1' + b"0" * 5000 + b"}",
    "number below zero without end": b'{"scale": -Infinity}',
    "number that is none": b'{"scale": NaN}',
    "brackets": b"[" * 200_000,
    "nested keys": b'{"keys": ' * 50_000,
    "list": b"[1, 2, 3]",
    "nothing": b"",
    "zeros": bytes(100),
    "no text": b"\xff\xfe",
    "large": b" " * 10**7,
    "wrong types": b'{"scale": [], "motion": "no", "sound": 1, "tips": {}, "keys": [1]}',
    "keys that are none": b'{"keys": {"log": "\\u0000", "codex": 5, "save": "", "undo": "\\ud800"}}',
    "key of a thousand letters": b'{"keys": {"log": "' + b"x" * 1000 + b'"}}',
    "two actions on a key": b'{"keys": {"log": "d"}}',
    "unheard of": b'{"volume": 11}',
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_a_window_starts_with_settings_of_any_content_and_says_what_it_could_not_use(tmp_path, content):
    (tmp_path / "settings.json").write_bytes(content)
    shell = Shell(tmp_path, by_letters)
    assert "the usual ones hold" in said(shell)
    assert shell.window.notice.problem
    assert not shell.window.settings.conflicts()
    shell.send(Go("settings", {"part": "keys"}), Tick(0.1))
    assert shell.shapes()


@pytest.mark.skipif(os.name == "nt", reason="there are no such files there")
@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "loop"])
def test_a_window_starts_whatever_stands_in_the_place_of_its_settings(tmp_path, kind):
    path = tmp_path / "settings.json"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "loop":
            path.symlink_to(path)
    shell = Shell(tmp_path, by_letters)
    assert shell.window.settings == Settings()
    assert "can't be read" in said(shell)
    shell.ask(Settings(scale=1.5))
    assert shell.window.settings.scale == 1.5
    assert "can't be kept" in said(shell)


def test_settings_that_are_right_are_used_without_a_word(tmp_path):
    path = tmp_path / "settings.json"
    assert examined(path) == (Settings(), None)
    chosen = Settings(scale=1.5, sound=False, keys={**Settings().keys, "log": "f6"})
    assert write_settings(path, chosen) == ""
    assert examined(path) == (chosen, None)
    path.write_text('{"scale": 2, "keys": {"log": "f6"}}', "utf-8")
    assert examined(path)[1] is None


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["scale", "keys", "log", "x"]), inner),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["scale", "motion", "sound", "tips", "keys", "y"]), JSON))
def test_any_settings_leave_a_window_that_can_be_used(tmp_path_factory, kept):
    path = tmp_path_factory.getbasetemp() / "any settings.json"
    path.write_text(json.dumps(kept), "utf-8")
    found, _ = examined(path)
    assert 1.0 <= found.scale <= 2.0
    assert [type(each) for each in (found.motion, found.sound, found.tips)] == [bool] * 3
    assert set(found.keys) == set(Settings().keys)
    assert all(isinstance(key, str) and key.isprintable() and key for key in found.keys.values())


# Kept games and scenarios


@pytest.mark.skipif(os.name == "nt", reason="there are no such files there")
def test_one_broken_save_hides_no_other(tmp_path):
    director = Director(tmp_path / "games")
    director.carry_out(wanted.Begin("classroom-triad", ("arda",), 3))
    director.carry_out(wanted.Save("good"))
    games = tmp_path / "games"
    (games / "folder.jsonl").mkdir()
    os.mkfifo(games / "pipe.jsonl")
    (games / "device.jsonl").symlink_to("/dev/zero")
    (games / "nowhere.jsonl").symlink_to("nothing")
    (games / "loop.jsonl").symlink_to("loop.jsonl")
    (games / "old.jsonl").write_bytes((games / "good.jsonl").read_bytes())
    os.utime(games / "old.jsonl", (2**40, 2**40))
    Path(os.fsdecode(os.fsencode(games) + b"/\xff\x01.jsonl")).write_bytes(b"no game")
    assert director.carry_out(wanted.Refresh()) is None
    listed = {save.title: save for save in director.snapshot().saves}
    assert not listed["good"].problem
    assert not listed["old"].problem
    assert {title for title, save in listed.items() if save.problem} >= {"folder", "pipe", "device", "??"}


def test_one_scenario_that_brings_a_bug_to_light_hides_no_other_and_is_called_a_bug(tmp_path, monkeypatch, caplog):
    own = tmp_path / "scenarios"
    own.mkdir()
    (own / "mine.yaml").write_bytes(shipped_scenarios()["classroom_triad"].read_bytes())
    usual = library.sketch_of

    def broken(spec):
        if "mine" in str(spec.path):
            raise ZeroDivisionError("by zero")
        return usual(spec)

    monkeypatch.setattr(library, "sketch_of", broken)
    library._read_entry.cache_clear()
    director = Director(tmp_path / "games")
    director.carry_out(wanted.Refresh())
    entries = {entry.path: entry for entry in director.snapshot().entries}
    assert len(entries) == len(shipped_scenarios()) + 1
    assert "a bug of Realpolitik" in entries[str(own / "mine.yaml")].findings[0].message
    assert "ZeroDivisionError" in caplog.text
    director.carry_out(wanted.Inspect(str(own / "mine.yaml")))
    assert "a bug of Realpolitik" in director.snapshot().inspection.findings[0].message


# The worker


def question(**more):
    match = begin(Setup(load("classroom-triad"), 3))
    history = match.history
    return Question(history.board, history.parameters, history.world, 0, 1, **{"turns": 3, "runs": 4, **more})


def answered(forecaster, patience=120.0):
    until = monotonic() + patience
    while monotonic() < until:
        rows = forecaster.answer()
        if rows is not None:
            return rows
        sleep(0.02)
    raise AssertionError("there was no answer")


@pytest.fixture
def workers(monkeypatch):
    """The workers that are made, in order."""
    made = []

    class Noted(Worker):
        def __init__(self, patience):
            super().__init__(patience)
            made.append(self)

    monkeypatch.setattr(forecasts, "Worker", Noted)
    yield made
    for worker in made:
        worker.process.kill()


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
@pytest.mark.parametrize("sent", ["SIGKILL", "SIGSTOP"])
def test_a_worker_that_is_killed_or_stopped_is_replaced(workers, sent):
    forecaster, expected = Forecaster(patience=15.0), by_run(futures(question()))
    forecaster.ask(question())
    assert answered(forecaster) == expected
    os.kill(workers[0].process.pid, getattr(signal, sent))
    forecaster.ask(question())
    assert answered(forecaster) == expected
    assert len(workers) == 2
    assert not workers[0].process.is_alive()
    forecaster.ask(question(turns=2))
    assert len(answered(forecaster)[0]) == 3
    assert len(workers) == 2


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
def test_a_worker_that_is_stopped_at_once_each_time_leaves_the_work_to_the_window(workers, monkeypatch):
    usual = Worker.send

    def stopped(self, said):
        os.kill(self.process.pid, signal.SIGSTOP)
        usual(self, said)

    monkeypatch.setattr(Worker, "send", stopped)
    forecaster = Forecaster(patience=0.3)
    forecaster.ask(question())
    assert answered(forecaster) == by_run(futures(question()))
    assert len(workers) == forecasts.TRIES


def test_forecasts_and_counterfactuals_that_break_down_are_a_bug_and_not_waited_for(monkeypatch):
    monkeypatch.setattr("threading.excepthook", lambda given: None)

    def broken(*given):
        raise KeyError("x")

    def refused(patience):
        raise OSError("no more processes")

    monkeypatch.setattr(forecasts, "futures", broken)
    monkeypatch.setattr(forecasts, "Worker", refused)
    monkeypatch.setattr(counterfactuals, "counterfactuals", broken)
    forecaster, retracer = Forecaster(), Retracer()
    asked = question()
    forecaster.ask(asked)
    with pytest.raises(RuntimeError, match="forecasts have broken down"):
        answered(forecaster)
    retracer.ask(begin(Setup(load("classroom-triad"), 3)), ("arda",))
    with pytest.raises(RuntimeError, match="can't be worked out"):
        answered(retracer)


def test_what_is_found_of_a_game_too_late_is_not_told_of_another(monkeypatch):
    late = []
    monkeypatch.setattr(counterfactuals, "counterfactuals", lambda match, *rest: late.append(match) or (rest,))
    retracer, match = Retracer(), begin(Setup(load("classroom-triad"), 3))
    retracer.ask(match, ("arda",))
    first = retracer._work
    first.join()
    retracer.cancel()
    first.run()
    assert retracer.answer() is None


# A bug


@pytest.mark.parametrize(
    ("error", "where"),
    [
        (KeyError("x\0\u202e"), "command"),
        (ValueError("no"), "drawing"),
        # Of a command it is a refusal; where something is drawn nobody asked for anything.
        (UnknownName("zone", "x", ()), "drawing"),
    ],
    ids=["a command", "drawing", "a name in drawing"],
)
def test_a_bug_is_written_down_and_shown_and_the_game_is_kept(tmp_path, monkeypatch, error, where):
    def broken(*given, **more):
        raise error

    app = App(tmp_path)
    app.ask(wanted.Begin("classroom-triad", (), 3), wanted.Advance())
    if where == "drawing":
        monkeypatch.setattr("game.screen.scenes.board.view", broken)
    else:
        monkeypatch.setattr(directors, "CARRIED_OUT", {**directors.CARRIED_OUT, wanted.Save: broken})
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F5, mod=0, unicode=""))
    painted = []
    monkeypatch.setattr("game.screen.crashing.view", lambda said, frame: painted.append(said) or ())
    monkeypatch.setattr(pygame.event, "wait", lambda: pygame.event.Event(pygame.QUIT))
    with pytest.raises(Crashed, match=type(error).__name__):
        app.run()
    log = next((tmp_path / "crashes").iterdir())
    report = log.read_text("utf-8")
    assert "Traceback" in report
    assert "scenario classroom_triad, seed 3, turn 1" in report
    shown = " ".join(painted[0])
    assert "a bug of Realpolitik, not a fault of yours" in shown
    assert str(log) in shown
    assert str(app.director.path) in shown
    assert shown.isprintable()
    assert len(read(app.director.path).turns) == 1


def test_the_screen_of_a_bug_can_be_painted_at_any_size(tmp_path, monkeypatch):
    monkeypatch.setattr(pygame.event, "wait", lambda: pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a))
    for size in ((1280, 720), (640, 360), (1, 1)):
        app = App(tmp_path, size)
        app.crashed(KeyError("a" * 1000))
    assert len(list((tmp_path / "crashes").iterdir())) == 3


def test_a_bug_in_the_middle_of_a_load_writes_no_game_over_another(tmp_path, monkeypatch):
    director = Director(tmp_path)
    director.carry_out(wanted.Begin("classroom-triad", ("arda",), 3))
    director.carry_out(wanted.Save("other"))
    director.carry_out(wanted.Begin("hegemon-and-five", (), 3))
    director.carry_out(wanted.Advance())
    path, before = director.path, director.path.read_bytes()

    def broken(*given):
        raise KeyError("x")

    monkeypatch.setattr("game.play.flow._show", broken)
    with pytest.raises(KeyError):
        director.carry_out(wanted.Load(str(tmp_path / "other.jsonl")))
    director.keep()
    assert path.read_bytes() == before


@pytest.mark.parametrize("fault", [pygame.error, NotImplementedError, AttributeError])
def test_without_a_full_screen_there_is_a_notice(tmp_path, monkeypatch, fault):
    def refused():
        raise fault("not here")

    app = App(tmp_path)
    monkeypatch.setattr(app.screen, "toggle", refused)
    app.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F11, mod=0, unicode=""))
    assert "no full screen here" in said(app)
    app.send(Go("browser"))
    assert app.scene == "browser"
