"""A real window on a screen that nobody sees, driven by keyboard: what is drawn, which keys do what, and its place."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from queue import Empty, Queue
from threading import Thread

import numpy as np
import pytest

from game.play import commands as wanted
from game.screen.display import BESIDE, LEAST, fitting
from game.screen.messages import Key
from tests.screens.desktop import MISSING, PATIENCE, WITHOUT, desktop, until

TOLERANCE = 24
"""How far a pixel may be off, of 255, and still count as the same."""

PRESSED = (("question", "?"), ("Escape", "escape"), ("Return", "enter"), ("Tab", "tab"), ("l", "l"))
"""Keys as the screen and as the window calls them; each of them changes what is shown."""

S, BRACKET, Z, Y, W, A, SLASH, ESCAPE, CONTROL, RIGHT_ALT, PAD_4 = (
    "39", "35", "52", "29", "25", "38", "61", "Escape", "37", "108", "83",
)  # fmt: skip
"""Places on the keyboard, by their numbers in X."""

LAYOUTS = {"us": "s", "ru": "ы", "am": "վ", "ge": "ს", "il": "ד", "ir": "س", "gr": "σ", "az": "s", "tr": "s", "de": "s",
           "fr": "s", "pl": "s"}  # fmt: skip
"""Every layout that is tried, and what its S key writes."""
LATIN = {"us": Z, "az": Z, "tr": Z, "pl": Z, "de": Y, "fr": W}
"""Where Z is written."""

pytestmark = pytest.mark.skipif(bool(MISSING), reason=WITHOUT)


def drawn(app):
    """The picture that the driver without a screen draws."""
    import pygame

    return pygame.surfarray.array3d(app.draw()).swapaxes(0, 1)


def share_alike(first, second):
    """Which share of the pixels is the same, within the tolerance."""
    if first.shape != second.shape:
        return 0.0
    off = np.abs(first.astype(np.int16) - second.astype(np.int16)).max(axis=2)
    return float((off <= TOLERANCE).mean())


def on_screen(desk):
    """What the screen shows of the window."""
    x, y, width, height = desk.place()
    return desk.seen()[y : y + height, x : x + width]


def test_a_real_window_is_played_by_keyboard_and_shows_what_is_drawn_without_one(tmp_path):
    from game.screen.app import App

    with desktop(tmp_path, (1400, 820)) as desk:
        desk.settings()
        call = ("-m", "game", "play", "classroom-triad", "--state", "arda", "--seed", "5")
        with desk.started(*call):
            size = desk.place()[2:]
            assert size == fitting((1400, 820))
            (tmp_path / "drawn").mkdir()
            shutil.copy(desk.home / "settings.json", tmp_path / "drawn")
            app = App(tmp_path / "drawn", size)
            app.must(wanted.Begin("classroom-triad", ("arda",), 5))
            until(lambda: share_alike(on_screen(desk), drawn(app)) > 0.99, "the window shows something else")
            for typed, key in PRESSED:
                before = drawn(app).copy()
                desk.keys(typed)
                app.send(Key(key))
                after = drawn(app)
                until(lambda after=after: share_alike(on_screen(desk), after) > 0.99, f"{key} shows something else")
                assert share_alike(before, after) < 1.0, f"{key} changes nothing"


class Ear:
    """What the window says, line by line."""

    def __init__(self, stream):
        self.lines: Queue[str] = Queue()
        Thread(target=lambda: [self.lines.put(line.strip()) for line in stream], daemon=True).start()

    def until(self, wanted_line):
        """Everything up to a line that has some words in it."""
        found, end = [], time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                found.append(self.lines.get(timeout=1.0))
            except Empty:
                continue
            if wanted_line in found[-1]:
                return found
        raise AssertionError(f"no {wanted_line!r} among {found}")


def names(line):
    """The names of a key in a line: the first, and the others."""
    return re.findall(r"'([^']*)'", line)


@pytest.mark.skipif(shutil.which("setxkbmap") is None, reason="setxkbmap is not installed, so there is one layout only")
def test_commands_work_on_every_keyboard_and_text_is_what_it_writes(tmp_path):
    with desktop(tmp_path, (1280, 800)) as desk:
        desk.settings()
        with desk.started("-m", "tests.screens.told") as process:
            ear = Ear(process.stdout)
            ear.until("ready")
            for layout, letter in LAYOUTS.items():
                if layout != "us":  # which is there at first, so that nothing would be told
                    desk.run("setxkbmap", layout)
                    ear.until(f"caps {letter}")
                desk.keys(S, BRACKET)
                assert names(ear.until("Key")[-1])[0] == "s", layout
                assert names(ear.until("Key")[-1])[0] == "]", layout
                desk.run("xdotool", "keydown", CONTROL, "key", LATIN.get(layout, Z), "keyup", CONTROL)
                assert names(ear.until("Key")[-1])[0] == "ctrl+z", layout
                desk.keys(SLASH)
                ear.until("Key")
                desk.keys(S)
                assert ear.until("Typed")[-1] == f"Typed(text='{letter}')", layout
                desk.keys(ESCAPE)
                ear.until("escape")


@pytest.mark.skipif(shutil.which("setxkbmap") is None, reason="setxkbmap is not installed, so there is one layout only")
def test_locks_alt_gr_and_dead_keys_behave(tmp_path):
    with desktop(tmp_path, (1280, 800)) as desk:
        desk.settings()
        with desk.started("-m", "tests.screens.told") as process:
            ear = Ear(process.stdout)
            ear.until("ready")
            desk.keys("Caps_Lock", S)
            assert names(ear.until("Key")[-1])[0] == "s", "Caps Lock changes no command"
            desk.keys("Caps_Lock", PAD_4)
            assert names(ear.until("Key")[-1]) == ["left"]
            desk.keys("Num_Lock", PAD_4)
            assert names(ear.until("Key")[-1]) == ["4"]
            desk.keys("Num_Lock")
            desk.run("setxkbmap", "pl")
            desk.keys(SLASH)
            ear.until("Key")
            desk.run("xdotool", "keydown", RIGHT_ALT, "key", A, "keyup", RIGHT_ALT)
            assert ear.until("Typed")[-1] == "Typed(text='ą')"
            desk.keys(ESCAPE)
            ear.until("escape")
            desk.run("setxkbmap", "fr")
            ear.until("caps s")
            desk.keys(SLASH)
            ear.until("Key")
            desk.keys("34", "26")  # the dead circumflex, and E
            assert ear.until("Typed")[-1] == "Typed(text='ê')"


def test_a_key_that_was_down_before_the_window_had_the_keyboard_presses_nothing(tmp_path):
    with desktop(tmp_path, (1280, 800)) as desk:
        desk.settings()
        with desk.started("-m", "tests.screens.told") as process:
            ear = Ear(process.stdout)
            ear.until("ready")
            desk.run("xdotool", "keydown", "Return")
            assert "held=False" in ear.until("Key")[-1]
            root = desk.run("xdotool", "getwindowfocus").strip()
            assert root
            subprocess.run(["xdotool", "keyup", "Return"], env=desk.environment, check=True)


MANAGER = next((name for name in ("openbox", "xfwm4", "metacity", "marco") if shutil.which(name)), None)
WMCTRL = shutil.which("wmctrl")


@pytest.mark.skipif(MANAGER is None or WMCTRL is None, reason="no window manager is installed, or wmctrl is not")
def test_full_screen_and_back_leaves_the_window_as_it_was(tmp_path):
    with desktop(tmp_path, (1600, 1000), MANAGER) as desk:
        desk.settings()
        with desk.started("-m", "tests.screens.told") as process:
            Ear(process.stdout).until("ready")

            def settled(size):
                return until(lambda: desk.place() if desk.place()[2:] == size else None, f"never {size}", 20.0)

            def maximised(how):
                names_ = "maximized_vert,maximized_horz"
                desk.run("wmctrl", "-i", "-r", desk.window, "-b", f"{how},{names_}")

            desk.run("xdotool", "windowactivate", "--sync", desk.window, check=False)
            first = desk.place()
            assert first[2:] == fitting((1600, 1000))
            desk.keys("F11")
            settled((1600, 1000))
            desk.keys("F11")
            assert settled(first[2:]) == first
            time.sleep(1.0)
            maximised("add")
            large = until(lambda: desk.place() if desk.place()[2] == 1600 else None, "never maximised", 20.0)
            time.sleep(1.0)
            desk.keys("F11")
            settled((1600, 1000))
            desk.keys("F11")
            assert settled(large[2:]) == large
            time.sleep(1.0)
            maximised("remove")
            x, y, *size = settled(first[2:])
            assert tuple(size) == first[2:]
            assert abs(x - first[0]) < 60
            assert abs(y - first[1]) < 60
            desk.run("xdotool", "windowsize", desk.window, "200", "100")
            settled(LEAST)


@pytest.mark.parametrize("screen", [(640, 400), (1024, 600), (1280, 720), (1366, 768), (1920, 1080), (3840, 2160)])
def test_a_new_window_fits_its_screen(screen):
    width, height = fitting(screen)
    assert width <= screen[0]
    assert height <= screen[1]
    assert width >= min(screen[0], LEAST[0])
    assert height >= min(screen[1], LEAST[1])
    if screen[1] >= LEAST[1] + BESIDE[1]:
        assert height <= screen[1] - BESIDE[1], "bars and the title of the window have room"


@pytest.mark.skipif(sys.platform != "linux", reason="another system has another library of sound")
def test_nothing_of_the_sound_is_written_on_the_terminal(tmp_path):
    script = (
        "import pygame; pygame.display.init(); pygame.display.get_driver = lambda: 'x11'\n"
        "from game.screen.paint.player import Player; Player().play('turn'); print('played')"
    )
    with desktop(tmp_path, (640, 480)) as desk:
        environment = {**desk.environment, "SDL_AUDIODRIVER": "alsa", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False,
            timeout=PATIENCE,
        )  # fmt: skip
    assert (done.stdout, done.stderr) == ("played\n", "")
