"""The window on a screen: it starts, is resized, goes on after it was killed, and says so where there is no screen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from game.play import commands as wanted

CHECKOUT = Path(__file__).resolve().parents[2]
BEGIN = wanted.Begin("classroom-triad", ("arda",), 7)


@pytest.fixture
def app(tmp_path):
    """A window that nobody sees."""
    from game.screen.app import App

    return App(tmp_path)


def ended_turn(app):
    """Commit, and go by all that a turn shows until states plan again or the game is over."""
    app.ask(wanted.Commit())
    while app.snapshot.game.phase not in ("planning", "over"):
        app.ask(wanted.Proceed())


def keys(app, *names):
    from game.screen.messages import Key

    app.send(*(Key(name) for name in names))


def pressed(app, name):
    """Go round with the tab key to a control, and press it."""
    for _ in range(200):
        if app.window.focus == name:
            break
        keys(app, "tab")
    assert app.window.focus == name, f"no control {name!r} in {app.scene}"
    keys(app, "enter")


def test_the_window_opens_with_its_title(app):
    assert app.scene == "title"
    assert app.draw().get_size() == (1280, 720)


def test_what_is_there_already_is_not_painted_again(app):
    app.draw()
    painted = app.painted
    app.surface.fill((1, 2, 3))
    app.draw()
    assert app.surface.get_at((5, 5))[:3] == (1, 2, 3)
    assert app.painted is painted


@pytest.mark.parametrize(
    ("size", "chosen", "scale"),
    [
        ((1280, 720), 1.0, 1.0),
        ((1920, 1080), 1.0, 1.5),
        ((1280, 720), 2.0, 2.0),
        ((640, 400), 1.0, 1.0),
        ((640, 400), 2.0, 1.0),
        ((1000, 700), 1.0, 1.0),
    ],
)
def test_text_is_never_smaller_than_it_can_be_read_and_views_never_without_room(size, chosen, scale):
    from game.screen.app import scale_of

    assert scale_of(size, chosen) == pytest.approx(scale)


@pytest.mark.parametrize("size", [(640, 400), (1920, 1080), (200, 120), (1, 1)])
def test_the_window_is_drawn_at_any_size(app, size):
    import pygame

    app.ask(BEGIN)
    app.shown.minimum_size = (1, 1)
    app.shown.size = size
    app.handle(pygame.event.Event(pygame.WINDOWSIZECHANGED, x=size[0], y=size[1]))
    assert app.draw().get_size() == size
    assert app.window.size[0] == pytest.approx(size[0] / app.scale)


def test_a_press_on_a_key_of_the_keyboard_reaches_the_scene(app):
    import pygame

    before = app.window.focus
    app.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode="\t"))
    assert app.window.focus != before


def test_a_game_that_cannot_be_begun_leaves_the_title_with_a_notice(app):
    app.ask(wanted.Begin("classroom-triad", ("nobody",), 1))
    assert app.scene == "title"
    assert app.window.notice.problem
    assert app.draw()


def test_a_game_that_is_left_brings_back_the_title_and_can_be_gone_on_with(app):
    app.ask(BEGIN)
    ended_turn(app)
    app.ask(wanted.Leave())
    assert (app.scene, app.snapshot.game) == ("title", None)
    pressed(app, "continue")
    assert app.snapshot.game.turn == 2


PLAYING = """
import sys
from pathlib import Path
from game.play import commands as wanted
from game.screen.app import App

app = App(Path(sys.argv[1]))
app.ask(wanted.Begin("classroom-triad", ("arda",), 7))
while True:
    game = app.snapshot.game
    if game.phase == "planning":
        target = ("borea", "cestia")[game.turn % 2]
        app.ask(wanted.Survey(target))
        act = next(each.act for each in app.snapshot.options[target] if each.legal)
        app.ask(wanted.Plan(f"{act} {target}"), wanted.Commit())
    elif game.phase == "report":
        app.draw()
        print(len(app.director.lines), app.director.lines[-1].digest, flush=True)
        if len(app.director.lines) == int(sys.argv[2]):
            app.ask(wanted.Proceed(), wanted.Proceed(), wanted.Plan("praise borea"))
            app.draw()
            print("planning", flush=True)
            sys.stdin.read()
        app.ask(wanted.Proceed())
    else:
        app.ask(wanted.Proceed())
"""


@pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")
@pytest.mark.parametrize("turns", [1, 4])
def test_no_committed_turn_is_lost_when_the_process_is_killed_in_mid_turn(tmp_path, turns):
    from game.screen.app import App

    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "PYTHONPATH": str(CHECKOUT)}
    call = [sys.executable, "-c", PLAYING, str(tmp_path), str(turns)]
    with subprocess.Popen(call, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        said = []
        while not said or said[-1] != "planning":
            line = process.stdout.readline()
            assert line, "the game ended before it was killed"
            said.append(line.strip())
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    played = [line.split() for line in said if len(line.split()) == 2]
    app = App(tmp_path)
    pressed(app, "continue")
    assert [[str(number), line.digest] for number, line in enumerate(app.director.lines, 1)] == played
    assert app.snapshot.game.turn == turns + 1
    assert app.director.current.history.digests()[-1] == played[-1][1]


def without_display(tmp_path, *arguments):
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "game", *arguments],
        cwd=tmp_path, env={**environment, "PYTHONPATH": str(CHECKOUT), "REALPOLITIK_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_one_sentence_names_the_terminal(tmp_path):
    done = without_display(tmp_path, "play", "classroom-triad")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "there is no display" in done.stderr
    assert "--terminal" in done.stderr


def test_a_preview_is_drawn_without_a_display(tmp_path):
    import pygame

    done = without_display(tmp_path, "preview", "south-caucasus-2012", "--png", "board.png", "--size", "800x450")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "board.png\n"
    assert pygame.image.load(tmp_path / "board.png").get_size() == (800, 450)


def test_a_game_is_gone_on_with_from_the_command_line_only_where_there_is_one(tmp_path):
    (tmp_path / "torn.jsonl").write_text("no journal\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "game", "play", "--load", "torn.jsonl"],
        cwd=tmp_path,
        env={**os.environ, "SDL_VIDEODRIVER": "dummy", "PYTHONPATH": str(CHECKOUT), "REALPOLITIK_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("realpolitik: ")
    assert done.stderr.count("\n") == 1
